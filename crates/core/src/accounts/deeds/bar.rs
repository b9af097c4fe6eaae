//! What the bar below the list asks for, and what it sends.

use kit::db::{DbError, Tx};
use kit::i18n::Text;
use kit::web::{Failure, Sent};

use super::{AccountBulkError, Asks, Chosen, Deed, Deeds, NewAccountBulk, Offered, Wanted, own};
use crate::accounts::NOUN;
use crate::accounts::finding::Wishes;
use crate::actor::Actor;
use crate::fields::{self, Field, FieldValue, form};

/// What an input of the bar is called: `deed.owner`, `detail.tier`.
pub(super) fn input(deed: &Deed) -> String {
    format!("deed.{}", deed.key)
}

pub(super) fn detail_input(deed: &Deed) -> String {
    format!("detail.{}", deed.key)
}

/// What the bar offers to somebody.
pub(in crate::accounts) struct Offers {
    pub(super) deeds: Vec<(&'static Deed, Vec<Offered>)>,
    pub(super) fields: Vec<Field>,
}

impl Offers {
    /// Every deed that the actor may do, with what can be chosen.
    ///
    /// # Errors
    /// [`DbError`] of the database.
    pub(in crate::accounts) fn of(tx: &mut Tx<'_>, actor: &Actor) -> Result<Self, DbError> {
        let known = tx.attached::<Deeds>().unwrap_or_default();
        let mut offers = Self {
            deeds: Vec::new(),
            fields: Vec::new(),
        };
        for deed in known.all().filter(|deed| actor.may(deed.needs)) {
            match deed.asks {
                Asks::Choice(offer) | Asks::Word(offer) => {
                    let offered = offer(tx, actor)?;
                    if !offered.is_empty() || matches!(deed.asks, Asks::Word(_)) {
                        offers.deeds.push((deed, offered));
                    }
                }
                Asks::Fields => offers.fields = fields::open(tx, actor.workspace, &NOUN)?,
            }
        }
        Ok(offers)
    }
}

/// What an address or a form asks of the list.
pub(super) fn wishes_of(pairs: &[(String, String)]) -> Wishes {
    let pairs = pairs
        .iter()
        .map(|(name, value)| (name.clone(), value.trim().into()));
    serde_json::from_value(serde_json::Value::Object(pairs.collect())).unwrap_or_default()
}

/// Which accounts are chosen.
pub(super) fn chosen_of(sent: &Sent) -> Chosen {
    if sent.one("all").is_empty() {
        Chosen::These(sent.all("account").filter_map(|id| id.parse().ok()).collect())
    } else {
        Chosen::All
    }
}

/// What the bar says: the quick button, or what is filled in.
pub(super) fn described(
    tx: &mut Tx<'_>,
    actor: &Actor,
    t: &Text,
    pairs: &[(String, String)],
) -> Result<NewAccountBulk, AccountBulkError> {
    let sent: Sent = pairs.iter().cloned().collect();
    let mut deeds = Vec::new();
    if sent.one("quick") == "take" {
        deeds.push(Wanted {
            deed: own::OWNER.key.to_owned(),
            value: "me".to_owned(),
            detail: String::new(),
        });
    } else {
        let known = tx.attached::<Deeds>().unwrap_or_default();
        for deed in known.all() {
            match deed.asks {
                Asks::Fields => deeds.extend(filled(tx, actor, t, (deed, &sent))?),
                _ => deeds.extend(sent.given(&input(deed)).map(|value| Wanted {
                    deed: deed.key.to_owned(),
                    value: value.to_owned(),
                    detail: sent.one(&detail_input(deed)).to_owned(),
                })),
            }
        }
    }
    Ok(NewAccountBulk {
        wishes: wishes_of(pairs),
        chosen: chosen_of(&sent),
        deeds,
    })
}

/// The fields that are filled in, and the one that is to be emptied.
fn filled(
    tx: &mut Tx<'_>,
    actor: &Actor,
    t: &Text,
    (deed, sent): (&Deed, &Sent),
) -> Result<Vec<Wanted>, AccountBulkError> {
    let open = fields::open(tx, actor.workspace, &NOUN)?;
    let given: Vec<Field> = open
        .into_iter()
        .filter(|field| sent.given(&form::input(field)).is_some())
        .collect();
    let (values, form) = form::read(t, &given, sent);
    if !form.is_good() {
        return Err(AccountBulkError::BadValue(
            deed.key.to_owned(),
            "deeds-failure-field-value",
        ));
    }
    let wanted = |key: &str, value: Option<&FieldValue>| Wanted {
        deed: deed.key.to_owned(),
        value: value
            .map_or(serde_json::Value::Null, FieldValue::json)
            .to_string(),
        detail: key.to_owned(),
    };
    let mut all: Vec<Wanted> = given
        .iter()
        .map(|field| wanted(&field.text.key, values.get(&field.id).and_then(Option::as_ref)))
        .collect();
    all.extend(sent.given(&input(deed)).map(|key| wanted(key, None)));
    Ok(all)
}

/// Whether a failure is told beside the list, where it can be mended, and what is said then.
pub(super) fn told(error: &AccountBulkError, t: &Text) -> Option<String> {
    use AccountBulkError::{BadDeed, BadValue, NoAccounts, NoDeeds, TooMany};
    match error {
        BadValue(deed, why) => Some(format!("{}: {}", t.say(&format!("deeds-{deed}")), t.say(why))),
        NoAccounts | NoDeeds | TooMany | BadDeed(_) => Some(t.say(Failure::from(error.clone()).code.text)),
        _ => None,
    }
}
