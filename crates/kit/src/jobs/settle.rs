//! What becomes of a job that did not do its work: back into the queue, over, or merged into one that waits.

use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::id::Ids;
use crate::jobs::registry::Options;
use crate::jobs::store::{self, Again, Held, Over};
use crate::jobs::{Backoff, JobError, TOPIC};

/// How often a job's worker may vanish before the job is taken for what kills it.
const MOST_CRASHES: i64 = 30;
/// Crashes from which on the job waits before it runs again.
const MANY_CRASHES: i64 = 3;

/// What is to become of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Back into the queue.
    Again {
        /// Not before this moment.
        at: Timestamp,
        /// Whether `at` is an appointment rather than a wait.
        is_appointment: bool,
        /// Whether this was an attempt.
        counts: bool,
    },
    /// Over until someone revives it.
    Dead,
}

/// What follows from `error` of the attempt number `attempt`.
pub(super) fn verdict(
    error: &JobError,
    attempt: i64,
    options: &Options,
    now: Timestamp,
    chance: &Ids,
) -> Verdict {
    if matches!(error, JobError::Stopped) {
        return again(now, false);
    }
    if error.is_excused() {
        return again(now.plus(options.backoff.wait(1, chance)), false);
    }
    if attempt >= options.attempts || matches!(error, JobError::GiveUp(_)) {
        return Verdict::Dead;
    }
    match error {
        JobError::RetryAt(moment, _) => Verdict::Again {
            at: *moment,
            is_appointment: true,
            counts: true,
        },
        _ => again(now.plus(options.backoff.wait(attempt, chance)), true),
    }
}

fn again(at: Timestamp, counts: bool) -> Verdict {
    Verdict::Again {
        at,
        is_appointment: false,
        counts,
    }
}

/// How a settled job ended up; the outcome in the metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Settled {
    /// Waits for its next attempt.
    Waits,
    /// Over until revived.
    Dead,
    /// Over because someone asked for it.
    Cancelled,
    /// One with the same key waits already; this one is gone.
    Merged,
    /// In other hands, or gone: nothing was changed.
    Lost,
}

impl Settled {
    /// The outcome's name in metrics and logs.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Waits => "retried",
            Self::Dead => "dead",
            Self::Cancelled => "cancelled",
            Self::Merged => "merged",
            Self::Lost => "lost",
        }
    }
}

/// Stores the verdict about a held job. Someone's wish to cancel it comes first.
pub(super) fn settle(
    tx: &mut Tx<'_>,
    held: Held,
    verdict: &Verdict,
    error: &JobError,
) -> Result<Settled, DbError> {
    tx.wake(super::PROGRESS);
    let reason = (*error != JobError::Stopped).then(|| error.reason());
    match store::is_cancel_asked(tx, held)? {
        None => return Ok(Settled::Lost),
        Some(true) => return over(tx, held, "cancelled", 0, reason),
        Some(false) => {}
    }
    match verdict {
        Verdict::Dead => over(tx, held, "dead", 1, reason),
        Verdict::Again {
            at,
            is_appointment,
            counts,
        } => {
            let again = Again {
                run_at: *at,
                waits_since: (!is_appointment).then_some(tx.now()),
                failures: i64::from(*counts),
                crashes: 0,
                error: reason,
            };
            put_back(tx, held, &again)
        }
    }
}

fn over(
    tx: &mut Tx<'_>,
    held: Held,
    state: &'static str,
    failures: i64,
    error: Option<String>,
) -> Result<Settled, DbError> {
    let over = Over {
        state,
        failures,
        error,
        forget_at: (state == "cancelled").then(|| tx.now().plus(super::CANCELLED_KEPT)),
    };
    let is_held = store::finish(tx, held, &over)?;
    Ok(match (is_held, state) {
        (false, _) => Settled::Lost,
        (true, "dead") => Settled::Dead,
        (true, _) => Settled::Cancelled,
    })
}

/// Puts a held job back; merges it into a waiting one of the same key.
fn put_back(tx: &mut Tx<'_>, held: Held, again: &Again) -> Result<Settled, DbError> {
    let tried = if held.has_key {
        tx.attempt(|tx| store::put_back(tx, held, again))
    } else {
        store::put_back(tx, held, again)
    };
    let is_held = match tried {
        Err(DbError::Unique { .. }) => {
            store::remove(tx, held)?;
            return Ok(Settled::Merged);
        }
        other => other?,
    };
    if is_held && again.run_at <= tx.now() {
        tx.wake(TOPIC);
    }
    Ok(if is_held { Settled::Waits } else { Settled::Lost })
}

/// Why a job is taken from whoever holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// Its node vanished.
    Crashed,
    /// Its node gives it back.
    Released,
}

/// Takes a job that was held for the `crashes + 1`st time from its holder, for others to claim.
pub(super) fn take(tx: &mut Tx<'_>, held: Held, crashes: i64, taken: Taken) -> Result<Settled, DbError> {
    let now = tx.now();
    if store::is_cancel_asked(tx, held)? == Some(true) {
        return over(tx, held, "cancelled", 0, None);
    }
    let crashes = if taken == Taken::Crashed { crashes + 1 } else { 0 };
    if crashes >= MOST_CRASHES {
        let error = format!("its worker vanished {crashes} times");
        return over(tx, held, "dead", 0, Some(error));
    }
    let wait = if crashes > MANY_CRASHES {
        Backoff::default().wait(crashes - MANY_CRASHES, tx.ids())
    } else {
        std::time::Duration::ZERO
    };
    let again = Again {
        run_at: now.plus(wait),
        waits_since: Some(now),
        failures: 0,
        crashes: i64::from(taken == Taken::Crashed),
        error: None,
    };
    put_back(tx, held, &again)
}
