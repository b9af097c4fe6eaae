//! The queue of what belongs to no account: groups that nobody knows, and people who are at none or at several. Each says why it
//! waits and which accounts it may be; an account is chosen, or it is left on purpose, and both can be taken back.
//!
//! A group is called so by its account from then on, and everything that was done in it goes with it. Of a person the choice
//! holds on the days on which nothing else tells the account.

pub mod api;
mod candidates;
mod documents;
mod failures;
mod model;
pub mod operations;
mod store;
mod views;
pub mod web;

use std::collections::BTreeSet;

use kit::db::Tx;
use serde_json::json;
use tandem_core::accounts::{self, AccountId, AccountText, external_ids};
use tandem_core::actor::Actor;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::contacts::identities::{Kind, NewIdentity};
use tandem_core::contacts::{self, ContactId, ContactText, Introduction};
use tandem_core::permissions::Permission;
use tandem_core::workspaces;

pub use candidates::{Candidate, Looked, Reason, Why};
pub(in crate::usage) use candidates::{Subject, looked};
pub use documents::CandidateDocument;
pub use model::{Asked, Line, Made, Mark, Queued, SettleError, Waiting};
pub(in crate::usage) use views::{is_open, kind};

use super::folding::store as days;
use super::people::{self, Name, NameId, NameKind, REALM};

/// The name of the queue, in cursors.
pub const LIST: &str = "usage-unsettled";
/// Over how many days is looked, unless somebody says otherwise.
pub const RECENT: i64 = 30;

/// Up to `limit` names whose events belong to no account, those with the most events first.
///
/// # Errors
/// [`SettleError::Forbidden`], or the database's.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    asked: &Asked,
    after: Option<&Queued>,
    limit: i64,
) -> Result<Vec<Waiting>, SettleError> {
    actor.must(Permission::UsageRead)?;
    let today = workspaces::today(tx, actor.workspace)?;
    let since = asked.days.map_or(*days::FIRST, |days| today.plus_days(-days));
    let lines = store::waiting(tx, actor.workspace, (asked, since), after, limit)?;
    let subjects: Vec<Subject<'_>> = lines.iter().map(Line::subject).collect();
    let looked = looked(tx, actor.workspace, &subjects)?;
    let all = lines.into_iter().zip(looked);
    Ok(all.map(|(line, looked)| Waiting { line, looked }).collect())
}

/// A name of the workspace.
///
/// # Errors
/// [`SettleError::Unknown`], [`SettleError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: NameId) -> Result<Name, SettleError> {
    actor.must(Permission::UsageRead)?;
    people::name(tx, actor.workspace, id)?.ok_or(SettleError::Unknown)
}

/// Says which account a name is of; gives the one that was chosen before. What was counted goes with it, and what comes later.
///
/// # Errors
/// [`SettleError::NoAccount`] for an account of no or another workspace, [`SettleError::Account`] for a group that is another's.
pub fn settle(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: NameId,
    account: AccountId,
) -> Result<Option<AccountId>, SettleError> {
    actor.must(Permission::UsageWrite)?;
    let name = find(tx, actor, id)?;
    let chosen = accounts::find(tx, actor, account)?.ok_or(SettleError::NoAccount)?;
    let before = chosen_for(tx, actor, &name)?;
    if before == Some(account) {
        return Ok(before);
    }
    if is_group(&name) {
        external_ids::add(tx, actor, account, REALM, &name.value)?;
    } else {
        let mark = Mark::by(tx, actor);
        store::place(tx, actor.workspace, (id, account), &mark)?;
    }
    store::mind(tx, actor.workspace, id)?;
    let facts = json!({ "kind": name.kind, "account": account, "account_name": chosen.name });
    let entry = Entry::of(Act::UsageNameSettled, id).before(json!({ "account": before }));
    audit::record(tx, actor, entry.after(facts))?;
    follow(tx, actor, &name)?;
    Ok(before)
}

/// Takes the choice back: the name waits again, unless something else tells its account.
///
/// # Errors
/// As of [`find`]; a missing permission.
pub fn unsettle(tx: &mut Tx<'_>, actor: &Actor, id: NameId) -> Result<(), SettleError> {
    actor.must(Permission::UsageWrite)?;
    let name = find(tx, actor, id)?;
    let Some(account) = chosen_for(tx, actor, &name)? else {
        return Ok(());
    };
    if is_group(&name) {
        let called = external_ids::of(tx, actor, account)?;
        let own = |one: &&external_ids::ExternalId| one.source == REALM && one.value == name.value;
        if let Some(own) = called.iter().find(own) {
            external_ids::remove(tx, actor, own.id)?;
        }
    } else {
        store::unplace(tx, actor.workspace, id)?;
    }
    let facts = json!({ "kind": name.kind, "account": account });
    audit::record(tx, actor, Entry::of(Act::UsageNameUnsettled, id).before(facts))?;
    follow(tx, actor, &name)
}

/// Leaves a name without an account: it waits no more. Doing it twice keeps who did it first.
///
/// # Errors
/// As of [`unsettle`].
pub fn leave(tx: &mut Tx<'_>, actor: &Actor, id: NameId) -> Result<(), SettleError> {
    actor.must(Permission::UsageWrite)?;
    find(tx, actor, id)?;
    let mark = Mark::by(tx, actor);
    if store::leave(tx, actor.workspace, id, &mark)? {
        audit::record(tx, actor, Entry::of(Act::UsageNameLeft, id))?;
        super::folding::touch(tx, actor.workspace)?;
    }
    Ok(())
}

/// Lets a name wait again that was left.
///
/// # Errors
/// As of [`unsettle`].
pub fn mind(tx: &mut Tx<'_>, actor: &Actor, id: NameId) -> Result<(), SettleError> {
    actor.must(Permission::UsageWrite)?;
    find(tx, actor, id)?;
    if store::mind(tx, actor.workspace, id)? {
        audit::record(tx, actor, Entry::of(Act::UsageNameMinded, id))?;
        super::folding::touch(tx, actor.workspace)?;
    }
    Ok(())
}

/// Makes what a name stands for: an account of a group, a contact of a user.
///
/// # Errors
/// [`SettleError::Unfit`] for a browser, of which nothing can be made; what accounts and contacts refuse.
pub fn make(tx: &mut Tx<'_>, actor: &Actor, id: NameId) -> Result<Made, SettleError> {
    actor.must(Permission::UsageWrite)?;
    let name = find(tx, actor, id)?;
    let titles = people::titles(tx, actor.workspace, &[id])?;
    let title = titles
        .into_iter()
        .next()
        .map_or(name.value.clone(), |(_, title)| title);
    let made = match NameKind::named(&name.kind) {
        Some(NameKind::Group) => Made::Account(make_account(tx, actor, &name, &title)?),
        Some(NameKind::User) => Made::Contact(make_contact(tx, actor, &name, &title)?),
        _ => return Err(SettleError::Unfit),
    };
    store::mind(tx, actor.workspace, id)?;
    let facts = json!({ "kind": name.kind, "made": made.id() });
    audit::record(tx, actor, Entry::of(Act::UsageNameSettled, id).after(facts))?;
    people::link(tx, actor.workspace, &BTreeSet::from([id]))?;
    follow(tx, actor, &name)?;
    Ok(made)
}

fn make_account(tx: &mut Tx<'_>, actor: &Actor, name: &Name, title: &str) -> Result<AccountId, SettleError> {
    let text = AccountText {
        name: title.to_owned(),
        ..AccountText::default()
    };
    let made = accounts::add(tx, actor, &text)?.id;
    external_ids::add(tx, actor, made, REALM, &name.value)?;
    Ok(made)
}

fn make_contact(tx: &mut Tx<'_>, actor: &Actor, name: &Name, title: &str) -> Result<ContactId, SettleError> {
    let text = ContactText {
        name: title.to_owned(),
        ..ContactText::default()
    };
    let mut identities = vec![NewIdentity {
        kind: Kind::External,
        realm: REALM.to_owned(),
        value: name.value.clone(),
    }];
    let address = name.email.as_ref().or(Some(&name.value));
    let address = address.filter(|text| text.contains('@'));
    identities.extend(
        address
            .map(NewIdentity::email)
            .filter(|one| one.checked().is_ok()),
    );
    let introduction = Introduction {
        identities,
        ..Introduction::default()
    };
    Ok(contacts::add(tx, actor, &text, &introduction)?.id)
}

/// The account that was chosen for a name, by whoever it was.
fn chosen_for(tx: &mut Tx<'_>, actor: &Actor, name: &Name) -> Result<Option<AccountId>, SettleError> {
    if is_group(name) {
        let account = external_ids::account_of(tx, actor, REALM, &name.value)?;
        return Ok(account.map(|account| account.id));
    }
    let placed = store::placed(tx, actor.workspace, name.id)?;
    Ok(placed.map(|(account, _)| account))
}

/// What was chosen for a name and what was left, each with who said so; the choice for a group is an external id of its account.
pub(in crate::usage) fn said_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    name: &Name,
) -> Result<(Option<AccountId>, Option<Mark>), SettleError> {
    let chosen = match actor.may(Permission::AccountsRead) {
        true => chosen_for(tx, actor, name)?,
        false => None,
    };
    Ok((chosen, store::left(tx, actor.workspace, name.id)?))
}

/// Puts down anew what was done by or in a name.
fn follow(tx: &mut Tx<'_>, actor: &Actor, name: &Name) -> Result<(), SettleError> {
    let one = BTreeSet::from([name.id]);
    let (persons, groups) = match is_group(name) {
        true => (BTreeSet::new(), one),
        false => (one, BTreeSet::new()),
    };
    Ok(people::follow_names(tx, actor.workspace, (&persons, &groups))?)
}

fn is_group(name: &Name) -> bool {
    name.kind == NameKind::Group.as_str()
}
