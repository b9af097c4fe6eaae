//! What asks: a job for each ticket that is solved, some time after it.

use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::jobs::{About, Job, JobError, Queue};
use serde::{Deserialize, Serialize};
use tandem_core::events::{Event, Listener};

use super::model::SurveyError;
use super::settings::{Settings, settings};
use crate::tickets::{self, TicketId};
use crate::{outbox, working};

/// Asks about a ticket, if it is solved as it was.
#[derive(Debug, Serialize, Deserialize)]
pub struct Ask {
    ticket: TicketId,
    solved_at: i64,
}

impl Job for Ask {
    const KIND: &'static str = "surveys.ask";
}

/// Queues the question about a ticket that was solved, where the workspace asks.
pub const FOLLOW: Listener = Listener::new(Ask::KIND, queue);

fn queue(tx: &mut Tx<'_>, event: &Event) -> Result<(), DbError> {
    let settings = settings(tx, event.workspace)?;
    let Ok(id) = event.subject.parse::<TicketId>() else {
        return Ok(());
    };
    if !settings.is_on {
        return Ok(());
    }
    let ticket = tickets::with_id(tx, event.workspace, id)?;
    let Some(solved_at) = ticket.and_then(|ticket| ticket.solved_at) else {
        return Ok(());
    };
    let Some(due) = due(tx, event, &settings, solved_at)? else {
        return Ok(());
    };
    let job = Ask {
        ticket: id,
        solved_at: solved_at.0,
    };
    // One for each solving: of one that was taken back nothing is asked.
    let key = format!("{id} {}", solved_at.0);
    Queue::new(&job)
        .workspace(event.workspace)
        .key(key)
        .at(due)
        .put(tx)?;
    Ok(())
}

/// When the question is due; never where nobody ever works.
fn due(
    tx: &mut Tx<'_>,
    event: &Event,
    settings: &Settings,
    solved_at: Timestamp,
) -> Result<Option<Timestamp>, DbError> {
    let minutes = u64::try_from(settings.delay_minutes).unwrap_or_default();
    // An answer that can still be taken back takes its solving back with it.
    let window = outbox::settings(tx, event.workspace)?.undo_seconds;
    let window = Duration::from_secs(u64::try_from(window).unwrap_or_default());
    let delay = Duration::from_secs(60 * minutes).max(window);
    if !settings.is_working_time {
        return Ok(Some(solved_at.plus(delay)));
    }
    let calendar = working::calendar(tx, event.workspace)?;
    Ok(calendar.after(solved_at, delay))
}

/// Asks.
///
/// # Errors
/// The database's.
pub fn ask(tx: &mut Tx<'_>, job: &Ask, about: &About) -> Result<(), JobError> {
    match super::ask(tx, about.workspace()?, job.ticket, Timestamp(job.solved_at)) {
        Ok(_) => Ok(()),
        Err(SurveyError::Db(error)) => Err(error.into()),
        Err(error) => Err(JobError::give_up(error.to_string())),
    }
}
