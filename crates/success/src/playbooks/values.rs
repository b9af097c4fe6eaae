//! What variables stand for at an account: what is known of it, of whoever looks after it, and of the one who is written to.

use kit::db::{DbError, Tx};
use kit::i18n::Text;
use kit::id::TypedId;
use tandem_core::accounts::{self, AccountError, AccountId};
use tandem_core::actor::Actor;
use tandem_core::agents::{self, Agent};
use tandem_core::contacts::Contact;
use tandem_core::{assignment, fields, workspaces, worth};

use super::PlaybookError;
use super::filling::{FIELD, OF_ACCOUNT, OF_CONTACT, Values};

/// Who looks after an account.
pub(super) fn owner(tx: &mut Tx<'_>, actor: &Actor, account: AccountId) -> Result<Option<Agent>, DbError> {
    let span = assignment::of(tx, actor.workspace, &[account])?.remove(&account);
    match span {
        Some(span) => agents::find(tx, actor.workspace, span.agent),
        None => Ok(None),
    }
}

fn first(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or_default()
}

fn put(values: &mut Values, name: &str, value: &str) {
    if !value.trim().is_empty() {
        values.insert(name.to_owned(), value.trim().to_owned());
    }
}

/// What is known of an account; what is not has no place here.
///
/// # Errors
/// The database's, as [`PlaybookError::Db`].
pub(super) fn of_account(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    t: &Text,
) -> Result<Values, PlaybookError> {
    let (workspace, mut values) = (actor.workspace, Values::new());
    let found = match accounts::find(tx, actor, account) {
        Ok(found) => found,
        Err(AccountError::Db(error)) => return Err(error.into()),
        Err(_) => None,
    };
    if let Some(found) = found {
        put(&mut values, "account.name", &found.name);
        put(
            &mut values,
            "account.website",
            found.website.as_deref().unwrap_or_default(),
        );
    }
    if let Some(owner) = owner(tx, actor, account)? {
        put(&mut values, "owner.name", &owner.name);
        put(&mut values, "owner.first_name", first(&owner.name));
        put(&mut values, "owner.email", &owner.email);
    }
    let today = workspaces::today(tx, workspace)?;
    let renews = worth::of(tx, workspace, &[account])?.remove(&account);
    if let Some(renews) = renews.and_then(|worth| worth.renews) {
        put(&mut values, "renewal.date", &t.day(renews));
        put(&mut values, "renewal.days", &t.number(today.days_until(renews)));
    }
    if let Some(home) = workspaces::find(tx, workspace)? {
        put(&mut values, "workspace.name", &home.name);
    }
    put(&mut values, "today", &t.date(t.now()));
    let own = fields::open(tx, workspace, &accounts::NOUN)?;
    let held = fields::of_many(tx, workspace, &own, &[account.uuid()])?.remove(&account.uuid());
    for field in &own {
        if let Some(value) = held.as_ref().and_then(|held| held.get(field.id)) {
            let name = format!("{FIELD}{}", field.text.key);
            put(&mut values, &name, &fields::form::shown(t, value));
        }
    }
    Ok(values)
}

/// The same with what is known of the one who is written to.
pub(super) fn with_contact(values: &Values, contact: &Contact) -> Values {
    let mut values = values.clone();
    put(&mut values, "contact.name", &contact.text.name);
    put(&mut values, "contact.first_name", first(&contact.text.name));
    values
}

/// Whether there is a variable of this name; `keys` are those of own fields.
pub(super) fn is_known(name: &str, keys: &[String], is_mail: bool) -> bool {
    let is_in = |all: &[(&str, &str)]| all.iter().any(|(known, _)| *known == name);
    let is_own = || {
        name.strip_prefix(FIELD)
            .is_some_and(|key| keys.iter().any(|own| own == key))
    };
    is_in(OF_ACCOUNT) || (is_mail && is_in(OF_CONTACT)) || is_own()
}
