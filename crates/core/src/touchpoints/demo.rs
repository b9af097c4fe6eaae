//! Invented touchpoints of the sample data.

use kit::db::Tx;
use kit::id::Ids;

use super::kinds::{CALL, MEETING, MESSAGE, VISIT};
use super::{Direction, Impression, Kind, NewTouchpoint, TouchpointError};
use crate::accounts::Account;
use crate::actor::Actor;
use crate::contacts::memberships;

/// What is said, and how it left them: an index into [`Impression::ALL`], or nothing.
const SAID: &[(&Kind, &str, Option<usize>)] = &[
    (&CALL, "Went through the open questions; all answered.", Some(3)),
    (
        &CALL,
        "They had waited two days for an answer and said so.",
        Some(1),
    ),
    (&CALL, "Short check: nothing new.", Some(2)),
    (
        &MEETING,
        "Monthly check: usage grows, two more teams want in.",
        Some(4),
    ),
    (&MEETING, "Review of the quarter with their management.", Some(3)),
    (
        &MEETING,
        "The project lead has left; nobody has taken over yet.",
        Some(0),
    ),
    (
        &VISIT,
        "Came by the counter with a question about an invoice.",
        Some(2),
    ),
    (&VISIT, "Visited them on site and watched how they work.", Some(4)),
    (&MESSAGE, "Thanked us for the quick fix.", Some(4)),
    (&MESSAGE, "Asked when the export will be ready.", None),
    (&MESSAGE, "Is comparing us with another product.", Some(1)),
];

/// Somebody speaks with somebody at `account`.
///
/// # Errors
/// The database's.
pub(crate) fn speak(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: &Account,
    dice: &Ids,
) -> Result<(), TouchpointError> {
    let below = |end: usize| usize::try_from(dice.below(end as u64)).expect("an index fits");
    let (kind, summary, impression) = SAID[below(SAID.len())];
    let people = memberships::at_account(tx, actor, account.id, 20).map_err(super::of_contact)?;
    let contact = (!people.is_empty()).then(|| people[below(people.len())].1.id);
    let directions = [Direction::Inbound, Direction::Outbound];
    let new = NewTouchpoint {
        contact,
        kind: kind.word.to_owned(),
        channel: kind.channel,
        direction: directions[below(2)],
        summary: summary.to_owned(),
        evidence: None,
        happened_at: None,
        impression: impression.map(|place| (Impression::ALL[place], String::new())),
    };
    super::add(tx, actor, account.id, &new).map(drop)
}
