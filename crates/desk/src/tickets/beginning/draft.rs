//! What an agent has begun to fill in of a new ticket: each form on its own, kept while they type, gone when the ticket is opened.

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::super::sending::FormId;
use super::super::{LONGEST, TicketError};
use super::{Source, store};

/// How many characters a form holds at most: a message, the same with its formatting, and what stands around.
const MOST: usize = LONGEST * 12;
/// What a form holds that nobody typed.
const UNTYPED: [&str; 9] = [
    "form", "by", "channel", "priority", "kind", "agent", "team", "from", "html",
];

/// A form as far as it is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormDraft {
    /// Its fields, in their order.
    pub pairs: Vec<(String, String)>,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// When it was last kept.
    pub saved_at: Timestamp,
}

impl FormDraft {
    /// Which form it is; empty for one that does not say.
    pub fn form(&self) -> &str {
        form_of(&self.pairs)
    }
}

/// The id that a form has while it is shown.
fn form_of(pairs: &[(String, String)]) -> &str {
    let form = pairs.iter().find(|(name, _)| name == "form");
    form.map(|(_, form)| form.as_str())
        .filter(|form| form.parse::<FormId>().is_ok())
        .unwrap_or_default()
}

/// Keeps what a form holds in place of what it held before; one in which nothing was typed ends it, and no other form of the
/// actor. What comes after the form was sent is no draft any more.
///
/// # Errors
/// [`TicketError::BadBody`] for too many words, a missing permission, or the database's.
pub fn save(
    tx: &mut Tx<'_>,
    actor: &Actor,
    pairs: Vec<(String, String)>,
) -> Result<Option<FormDraft>, TicketError> {
    actor.must(Permission::TicketsWrite)?;
    let agent = actor.agent().ok_or(TicketError::NoAgent)?;
    let length: usize = pairs.iter().map(|(name, value)| name.len() + value.len()).sum();
    if length > MOST {
        return Err(TicketError::BadBody);
    }
    if was_sent(tx, actor, &pairs)? {
        return Ok(None);
    }
    if !says_something(&pairs) {
        store::delete_draft(tx, actor.workspace, agent, form_of(&pairs))?;
        return Ok(None);
    }
    let before = store::begun_at(tx, actor.workspace, agent, form_of(&pairs))?;
    let now = tx.now();
    let draft = FormDraft {
        pairs,
        begun_at: before.unwrap_or(now),
        saved_at: now,
    };
    store::put_draft(tx, actor.workspace, agent, &draft)?;
    Ok(Some(draft))
}

fn says_something(pairs: &[(String, String)]) -> bool {
    let is_typed =
        |(name, value): &(String, String)| !UNTYPED.contains(&name.as_str()) && !value.trim().is_empty();
    pairs.iter().any(is_typed)
}

fn was_sent(tx: &mut Tx<'_>, actor: &Actor, pairs: &[(String, String)]) -> Result<bool, TicketError> {
    let Ok(form) = form_of(pairs).parse::<FormId>() else {
        return Ok(false);
    };
    let Ok(source) = Source::Form(form).key() else {
        return Ok(false);
    };
    Ok(store::of_source(tx, actor.workspace, &source)?.is_some())
}

/// What the actor has begun to fill in, of several forms the last.
///
/// # Errors
/// [`TicketError::Forbidden`], or the database's.
pub fn mine(tx: &mut Tx<'_>, actor: &Actor) -> Result<Option<FormDraft>, TicketError> {
    actor.must(Permission::TicketsWrite)?;
    match actor.agent() {
        Some(agent) => Ok(store::draft(tx, actor.workspace, agent)?),
        None => Ok(None),
    }
}

/// A form is a ticket, or was thrown away. Twice is no harm.
///
/// # Errors
/// [`DbError`] of the database.
pub fn end(tx: &mut Tx<'_>, actor: &Actor, form: &str) -> Result<(), DbError> {
    match actor.agent() {
        Some(agent) => store::delete_draft(tx, actor.workspace, agent, form),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_in_which_nothing_was_typed_is_no_draft() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let untouched = vec![pair("from", "us"), pair("channel", "phone"), pair("subject", " ")];
        assert!(!says_something(&untouched));
        for typed in ["subject", "address", "body", "f.order"] {
            let mut pairs = untouched.clone();
            pairs.push(pair(typed, "a"));
            assert!(says_something(&pairs), "{typed}");
        }
    }
}
