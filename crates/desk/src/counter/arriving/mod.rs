//! Somebody comes: a ticket is opened, and they get a number.

mod views;
pub mod web;

use kit::db::Tx;
use tandem_core::actor::Actor;
use tandem_core::contacts::{self, ContactId};
use tandem_core::permissions::Permission;
use tandem_core::teams::{self, TeamId};
use tandem_core::touchpoints::Channel;
use tandem_core::workspaces;

use super::model::{Visit, VisitState};
use super::{ARRIVED, CounterError, CounterPlaceId, people, places, store, tell};
use crate::tickets::{self, NewTicket};

/// The longest words of what they came for, in characters.
const LONGEST: usize = 2_000;
/// The longest line that stands for these in lists.
const SUBJECT: usize = 120;

/// Who comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// A contact.
    Known(ContactId),
    /// Somebody of this name, address or phone number: the contact who is known by it, or a new one.
    Called(String),
}

/// Somebody comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// Who.
    pub who: Who,
    /// What for.
    pub what: String,
    /// The letter of the queue.
    pub queue: String,
}

/// Opens a ticket for whoever came to a place and gives them the next number of its day.
///
/// # Errors
/// [`CounterError`] for a missing permission, a field that does not fit, or a place or contact of no or another workspace.
pub fn arrive(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CounterPlaceId,
    new: &Arrival,
) -> Result<Visit, CounterError> {
    actor.must(Permission::CounterWrite)?;
    let place = places::known(tx, actor.workspace, id)?;
    if !place.is_open() {
        return Err(CounterError::Archived);
    }
    let (subject, body) = words(&new.what)?;
    let queue = place.queue(&new.queue).ok_or(CounterError::NoQueue)?;
    let contact = match &new.who {
        Who::Known(contact) => {
            let found = contacts::find(tx, actor, *contact)?;
            found.ok_or(CounterError::NoContact)?.root
        }
        Who::Called(typed) => people::add(tx, actor, typed)?,
    };
    let team = working(tx, actor, queue.team)?;
    let asked = NewTicket {
        subject,
        body,
        contact: Some(contact),
        kind: queue.kind,
        channel: Channel::InPerson,
        team,
        ..NewTicket::default()
    };
    let ticket = tickets::open(tx, actor, &asked)?;
    let (day, now) = (workspaces::today(tx, actor.workspace)?, tx.now());
    let number = store::next_number(tx, actor.workspace, id, (day, &new.queue))?;
    let visit = Visit {
        id: tx.new_id(),
        place: id,
        day,
        letter: new.queue.clone(),
        number,
        queue: new.queue.clone(),
        ticket: ticket.id,
        contact: Some(contact),
        state: VisitState::Waiting,
        came_at: now,
        since: now,
        called_at: None,
        calls: 0,
        agent: None,
        window: String::new(),
        waited: 0,
        served: 0,
        ended_at: None,
    };
    store::insert(tx, actor.workspace, &visit)?;
    tell(tx, actor, &ARRIVED, (&visit, None))?;
    Ok(visit)
}

/// The team of a queue, while it works: nobody is sent away because one was archived.
pub(super) fn working(
    tx: &mut Tx<'_>,
    actor: &Actor,
    team: Option<TeamId>,
) -> Result<Option<TeamId>, CounterError> {
    let Some(id) = team else {
        return Ok(None);
    };
    let teams = teams::all(tx, actor.workspace)?;
    let is_there = teams.iter().any(|team| team.id == id && team.archiving.is_none());
    Ok(Some(id).filter(|_| is_there))
}

/// What they came for, as a line for lists and in whole.
fn words(what: &str) -> Result<(String, String), CounterError> {
    let is_kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let what: String = what.trim().chars().filter(is_kept).collect();
    let what = what.trim();
    if what.is_empty() || what.chars().count() > LONGEST {
        return Err(CounterError::BadWhat);
    }
    let first = what.lines().next().unwrap_or_default();
    let line = first.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SUBJECT {
        return Ok((line, what.to_owned()));
    }
    let cut: String = line.chars().take(SUBJECT - 1).collect();
    Ok((format!("{}…", cut.trim_end()), what.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_story_gets_a_short_line() {
        let (line, body) = words("  The reader is   offline\nsince Monday ").unwrap();
        assert_eq!(
            (line.as_str(), body.as_str()),
            ("The reader is offline", "The reader is   offline\nsince Monday")
        );
        let (line, _) = words(&"word ".repeat(100)).unwrap();
        assert!(line.chars().count() <= SUBJECT && line.ends_with('…'), "{line}");
        assert_eq!(words(" \n "), Err(CounterError::BadWhat));
        assert_eq!(words(&"a".repeat(2_001)), Err(CounterError::BadWhat));
    }
}
