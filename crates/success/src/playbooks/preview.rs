//! A mail of a playbook as it would go out to the people of an account, without sending anything.

use axum::extract::{Path, Query, State};
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::{Failure, Page, known};
use serde::Deserialize;
use tandem_core::accounts::{self, AccountError, AccountId};
use tandem_core::actor::Actor;
use tandem_core::contacts::{self, ContactId};
use tandem_core::correspondence::{Carrier, Hindrance};
use tandem_core::permissions::Permission;

use super::asked::found;
use super::filling::Values;
use super::mailing::{Letter, meant, people};
use super::values::{of_account, with_contact};
use super::views::{PreviewPage, hindrance_text};
use super::web::PLACE;
use super::{PlaybookError, PlaybookId, Recipient, Step, find};

/// Of which step, from 1, and at which account: by its id, or by the beginning of its name.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PreviewQuery {
    step: usize,
    account: String,
}

/// A mail as it would go out to one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// To whom.
    pub contact: ContactId,
    /// Their name.
    pub name: String,
    /// Subject and words, or what they lack.
    pub said: Result<(String, String), Vec<String>>,
    /// Why they can't be written to; none where nothing is in the way.
    pub hindrance: Option<Hindrance>,
}

/// The mails of a step at an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The number of the step, from 1.
    pub step: usize,
    /// The account; none where nobody fits.
    pub account: Option<(AccountId, String)>,
    /// Whom it is for.
    pub to: Recipient,
    /// A mail for each of them.
    pub mails: Vec<Shown>,
}

/// What a mail of the newest version would say at an account; of the first mail where no step is named, and at the first
/// account by name where none is.
///
/// # Errors
/// [`PlaybookError::Unknown`] where the step is no mail, a missing permission, or the database's.
pub fn preview(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: PlaybookId,
    (step, account): (usize, &str),
) -> Result<Preview, PlaybookError> {
    actor.must(Permission::AccountsRead)?;
    actor.must(Permission::ContactsRead)?;
    let steps = find(tx, actor, id)?.content.steps;
    let is_mail = |step: &Step| matches!(step, Step::Mail { .. });
    let place = match step.checked_sub(1) {
        Some(place) => Some(place).filter(|place| steps.get(*place).is_some_and(is_mail)),
        None => steps.iter().position(is_mail),
    };
    let place = place.ok_or(PlaybookError::Unknown)?;
    let letter = Letter::of(&steps[place]).ok_or(PlaybookError::Unknown)?;
    let account = named(tx, actor, account)?;
    let mails = match &account {
        Some((account, _)) => mails(tx, actor, *account, letter)?,
        None => Vec::new(),
    };
    Ok(Preview {
        step: place + 1,
        account,
        to: letter.to,
        mails,
    })
}

fn named(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: &str,
) -> Result<Option<(AccountId, String)>, PlaybookError> {
    let of = |error: AccountError| -> PlaybookError {
        match error {
            AccountError::Db(error) => error.into(),
            AccountError::Forbidden(missing) => missing.into(),
            _ => PlaybookError::UnknownAccount,
        }
    };
    let found = match account.trim().parse() {
        Ok(id) => accounts::find(tx, actor, id).map_err(of)?,
        Err(_) if account.trim().is_empty() => {
            let all = accounts::list(tx, actor, None, 20).map_err(of)?;
            all.into_iter().find(|account| account.closure.is_none())
        }
        Err(_) => accounts::named(tx, actor, account, 1)
            .map_err(of)?
            .into_iter()
            .next(),
    };
    Ok(found.map(|account| (account.id, account.name)))
}

fn mails(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    letter: Letter<'_>,
) -> Result<Vec<Shown>, PlaybookError> {
    let people = people(tx, actor, account)?;
    // Whoever is to choose sees it for each of them.
    let meant = match letter.to {
        Recipient::Chosen => people.iter().map(|(_, contact)| contact).take(5).collect(),
        to => meant(&people, to),
    };
    let carrier = tx.attached::<Carrier>();
    let mut mails = Vec::new();
    for contact in meant {
        let t = contacts::reader(tx, actor.workspace, Some(contact.id))?;
        let values = seen(actor, with_contact(&of_account(tx, actor, account, &t)?, contact));
        mails.push(Shown {
            contact: contact.id,
            name: contact.text.name.clone(),
            said: letter.filled(&values),
            hindrance: match &carrier {
                Some(carrier) => (carrier.asks)(tx, actor.workspace, contact.id)?,
                None => Some(Hindrance::NoWay),
            },
        });
    }
    Ok(mails)
}

/// Without what the reader may not see.
fn seen(actor: &Actor, mut values: Values) -> Values {
    values.retain(|name, _| actor.may(Permission::MoneyRead) || !name.starts_with("renewal."));
    values
}

/// The page that shows a mail as it would go out.
///
/// # Errors
/// No such playbook or mail here, a missing permission, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    (Path(id), Query(query)): (Path<String>, Query<PreviewQuery>),
) -> Result<Page, Failure> {
    let one = found(&db, &actor, known(&id)?).await?;
    let (id, asked) = (one.id, query.account.clone());
    let preview = db
        .read(move |tx| preview(tx, &actor, id, (query.step, &query.account)))
        .await?;
    let view = PreviewPage {
        t: &t,
        action: format!("/playbooks/{id}/preview"),
        asked: preview.account.as_ref().map_or(asked, |(_, name)| name.clone()),
        hindered: preview
            .mails
            .iter()
            .map(|mail| {
                mail.hindrance
                    .map(|hindrance| t.say(hindrance_text(hindrance.as_str())))
            })
            .collect(),
        preview,
    };
    Ok(Page::new(t.say("playbooks-preview"), &view)
        .place(PLACE)
        .crumb(t.say("playbooks-title"), "/playbooks")
        .crumb(one.name, format!("/playbooks/{id}")))
}
