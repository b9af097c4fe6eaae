//! Whose the events are that are shown: the contact and the account that each is put down to, and how often it came again.

use std::collections::{BTreeSet, HashMap};

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::TypedId;
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::contacts::{self, ContactError, ContactId};
use tandem_core::permissions::Permission;
use tandem_core::workspaces;

use super::{Seen, store};
use crate::usage::log;
use crate::usage::people::{NameId, Placing};

/// Whose an event is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whose {
    /// The contact, for whoever may see contacts.
    pub contact: Option<(ContactId, String)>,
    /// The account, for whoever may see accounts.
    pub account: Option<(AccountId, String)>,
    /// How often it came again and was not taken again.
    pub again: i64,
}

/// Whose these events are, in their order.
///
/// # Errors
/// [`DbError`] of the database.
pub fn whose(tx: &mut Tx<'_>, actor: &Actor, events: &[Seen]) -> Result<Vec<Whose>, DbError> {
    let known = known(tx, actor, events)?;
    let places: Vec<_> = events.iter().map(|seen| place(&known, seen)).collect();
    let (mut persons, mut alone, mut groups) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (person, group) in &places {
        persons.extend(*person);
        groups.extend(*group);
        if group.is_none() {
            alone.extend(*person);
        }
    }
    let mut placing = Placing::of(actor.workspace);
    placing.prepare(tx, (&persons, &alone), &groups)?;
    let zone = workspaces::zone(tx, actor.workspace)?;
    let again = again(tx, actor, events)?;
    let mut all = Vec::with_capacity(events.len());
    for ((person, group), (seen, again)) in places.into_iter().zip(events.iter().zip(again)) {
        let day = Day::of(Timestamp(seen.event.header.happened), &zone);
        let found = match person {
            Some(person) => Some(placing.whose(tx, (person, group), day)?),
            None => None,
        };
        let (who, account) = found.unzip();
        all.push((who.map(ContactId::from_uuid), account.flatten(), again));
    }
    named(tx, actor, all)
}

type Known = HashMap<(String, String), NameId>;

/// The ids of the events that were counted before.
fn known(tx: &mut Tx<'_>, actor: &Actor, events: &[Seen]) -> Result<Known, DbError> {
    let mut values = BTreeSet::new();
    for seen in events {
        let header = &seen.event.header;
        let ids = [&header.user, &header.anonymous, &header.group];
        values.extend(ids.into_iter().flatten().map(String::as_str));
    }
    let values: Vec<&str> = values.into_iter().collect();
    let found = store::names(tx, actor.workspace, &values)?;
    Ok(found
        .into_iter()
        .map(|(kind, value, id)| ((kind, value), id))
        .collect())
}

/// The person and the group of an event, as far as they are known.
fn place(known: &Known, seen: &Seen) -> (Option<NameId>, Option<NameId>) {
    let header = &seen.event.header;
    let find = |kind: &str, value: &Option<String>| {
        let value = value.clone()?;
        known.get(&(kind.to_owned(), value)).copied()
    };
    let person = match &header.user {
        Some(_) => find("user", &header.user),
        None => find("anonymous", &header.anonymous),
    };
    let group = find("group", &header.group);
    // Whose it is turns on a group that nobody knows yet.
    match header.group.is_some() && group.is_none() {
        true => (None, None),
        false => (person, group),
    }
}

/// How often each of the events came again.
fn again(tx: &mut Tx<'_>, actor: &Actor, events: &[Seen]) -> Result<Vec<i64>, DbError> {
    let mark = |seen: &Seen| seen.event.header.message.as_deref().map(log::mark_of);
    let marks: Vec<Option<log::Mark>> = events.iter().map(mark).collect();
    let asked: Vec<&[u8]> = marks.iter().flatten().map(<[u8; 16]>::as_slice).collect();
    let found: HashMap<log::Mark, i64> = log::again(tx, actor.workspace, &asked)?.into_iter().collect();
    let each = |mark: &Option<log::Mark>| mark.and_then(|mark| found.get(&mark).copied());
    Ok(marks.iter().map(|mark| each(mark).unwrap_or_default()).collect())
}

/// The same with names.
fn named(
    tx: &mut Tx<'_>,
    actor: &Actor,
    all: Vec<(Option<ContactId>, Option<AccountId>, i64)>,
) -> Result<Vec<Whose>, DbError> {
    let ids: BTreeSet<ContactId> = all.iter().filter_map(|(contact, ..)| *contact).collect();
    let ids: Vec<ContactId> = ids.into_iter().collect();
    let contacts = match contacts::names(tx, actor, &ids) {
        Ok(names) => names,
        Err(ContactError::Db(error)) => return Err(error),
        Err(_) => HashMap::new(),
    };
    let mut accounts: HashMap<AccountId, String> = HashMap::new();
    if actor.may(Permission::AccountsRead) {
        let ids: BTreeSet<AccountId> = all.iter().filter_map(|(_, account, _)| *account).collect();
        for id in ids {
            // What comes together is of few accounts.
            accounts.extend(accounts::name(tx, actor.workspace, id)?.map(|name| (id, name)));
        }
    }
    let whose = all.into_iter().map(|(contact, account, again)| Whose {
        contact: contact.and_then(|id| Some((id, contacts.get(&id)?.clone()))),
        account: account.and_then(|id| Some((id, accounts.get(&id)?.clone()))),
        again,
    });
    Ok(whose.collect())
}
