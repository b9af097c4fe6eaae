//! The day on which nothing worked: the ticket that says what it was, joined with those that tell of it.

use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::Tx;
use tandem_core::permissions::Role;
use tandem_core::touchpoints::Channel;

use super::history::Scene;
use crate::tickets::connections::{self, Joint};
use crate::tickets::past::{self, Story};
use crate::tickets::{Field, Kind, MessageKind, NewTicket, Priority, Status, TicketError, TicketId};

const MINUTE: Duration = Duration::from_secs(60);

/// What our lead wrote of the outage, minutes after it began.
const REPORT: &[(u32, &str)] = &[
    (
        12,
        "Sign-in answers 503 for everybody since 09:00 UTC. Database connections are used up. All reports are parts of this ticket.",
    ),
    (
        48,
        "The change of last night opens a connection for each request and keeps it. Rolling back.",
    ),
    (
        170,
        "Rolled back at 11:47 UTC, sign-in works. Customers are told; the report for them is due tomorrow.",
    ),
];

/// The ticket of the outage itself, with which those that tell of it are joined.
pub(super) fn report(
    tx: &mut Tx<'_>,
    scene: &Scene,
    (outage, number): (Timestamp, i64),
    told: &[(TicketId, Timestamp)],
) -> Result<(), TicketError> {
    let lead = scene.agents.iter().find(|agent| agent.role == Role::SupportLead);
    let Some(lead) = lead.or(scene.agents.first()) else {
        return Ok(());
    };
    let me = lead.actor(scene.rule.workspace);
    let new = NewTicket {
        subject: "Outage: nobody can sign in (error 503)".to_owned(),
        kind: Kind::Problem,
        priority: Priority::Urgent,
        channel: Channel::System,
        agent: Some(lead.id),
        ..NewTicket::default()
    };
    let at = |minutes: u32| outage.plus(MINUTE * minutes);
    let mut story = Story::open(tx, &me, (at(12), number), &new)?;
    for (minutes, words) in REPORT {
        story.write(tx, (&me, at(*minutes)), (MessageKind::Note, words), None)?;
    }
    let solved = [(Field::Status, Status::Solved.as_str().to_owned())];
    story.change(tx, (&me, at(178)), &solved)?;
    let whole = story.id();
    past::bring(tx, scene.rule.workspace, vec![story])?;
    for (part, opened_at) in told {
        let joined = opened_at.plus(MINUTE * 20).max(at(20));
        tx.as_of(joined, |tx| {
            connections::connect(tx, &me, (*part, whole), Joint::Part)
        })?;
    }
    Ok(())
}
