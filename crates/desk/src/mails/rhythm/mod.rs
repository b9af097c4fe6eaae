//! The rhythm of mailboxes whose mail another server hands over: nobody can ask that server, so a silence shows only against what
//! was usual before.

mod store;

use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use tandem_core::calendars::Calendar;
use tandem_core::workspaces::WorkspaceId;

use crate::mailboxes::{Incoming, Mailbox};
use crate::working;

/// How many times its usual longest gap a mailbox may be without mail.
const TIMES: u32 = 3;
/// A silence that is shorter in working hours is none: about half a day.
const FLOOR: Duration = Duration::from_secs(4 * 3_600);
/// The newest mails that say what is usual.
const LOOKED_AT: i64 = 200;
/// With fewer gaps nothing is usual.
const FEW: usize = 10;

/// How mail comes to a mailbox by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Rhythm {
    /// When the newest mail came; none where none ever did.
    pub(super) last: Option<Timestamp>,
    /// Whether none came for much longer than is usual.
    pub(super) is_quiet: bool,
}

/// The rhythm of a mailbox; nothing for one that takes no mail from other servers.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn of(tx: &mut Tx<'_>, workspace: WorkspaceId, mailbox: &Mailbox) -> Result<Rhythm, DbError> {
    if !mailbox.is_open() || mailbox.incoming != Incoming::Handed {
        return Ok(Rhythm::default());
    }
    let arrivals = store::arrivals(tx, workspace, mailbox.id, LOOKED_AT)?;
    let calendar = working::calendar(tx, workspace)?;
    Ok(Rhythm {
        last: arrivals.first().copied(),
        is_quiet: is_quiet(&calendar, &arrivals, tx.now()),
    })
}

/// Whether the silence since the newest arrival is out of the usual; `arrivals` are newest first. The longest gap of all is left
/// out: it may have been such a silence itself.
fn is_quiet(calendar: &Calendar, arrivals: &[Timestamp], now: Timestamp) -> bool {
    let Some(last) = arrivals.first() else {
        return false;
    };
    let gaps = arrivals
        .windows(2)
        .map(|pair| calendar.working_time(pair[1], pair[0]));
    let mut gaps: Vec<Duration> = gaps.collect();
    if gaps.len() < FEW {
        return false;
    }
    gaps.sort_unstable();
    let usual = gaps[gaps.len() - 2];
    calendar.working_time(*last, now) > (usual * TIMES).max(FLOOR)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;
    use kit::id::{TypedId, Uuid};
    use tandem_core::calendars::{CalendarId, Hours};

    /// Monday, 2 March 2026, 09:00 UTC.
    const MONDAY: Timestamp = Timestamp::from_seconds(1_772_442_000);

    fn calendar() -> Calendar {
        Calendar {
            id: CalendarId::from_uuid(Uuid::nil()),
            version: 0,
            zone: TimeZone::UTC,
            hours: Hours::usual(),
        }
    }

    fn hours(count: u64) -> Duration {
        Duration::from_secs(count * 3_600)
    }

    /// One mail a working hour on Monday and Tuesday, the newest first.
    fn hourly() -> Vec<Timestamp> {
        let mut all: Vec<Timestamp> = (0..7).map(|at| MONDAY.plus(hours(at))).collect();
        all.extend((24..31).map(|at| MONDAY.plus(hours(at))));
        all.reverse();
        all
    }

    #[test]
    fn a_silence_counts_in_working_hours_and_against_what_is_usual() {
        let arrivals = hourly();
        let last = arrivals[0];
        assert!(!is_quiet(&calendar(), &arrivals, last.plus(hours(2))));
        assert!(
            !is_quiet(&calendar(), &arrivals, last.plus(hours(12))),
            "a night is no silence"
        );
        assert!(
            is_quiet(&calendar(), &arrivals, last.plus(hours(24))),
            "a working day is"
        );
    }

    #[test]
    fn one_long_gap_makes_no_rhythm() {
        let mut arrivals = hourly();
        // A week without mail before all that.
        arrivals.push(MONDAY.minus(hours(7 * 24)));
        let last = arrivals[0];
        assert!(is_quiet(&calendar(), &arrivals, last.plus(hours(24))));
    }

    #[test]
    fn where_mail_is_rare_or_new_nothing_is_said() {
        let last = MONDAY.plus(hours(21 * 24));
        assert!(!is_quiet(&calendar(), &[], last));
        assert!(!is_quiet(&calendar(), &hourly()[..5], last));
        let weekly: Vec<Timestamp> = (0..15).rev().map(|at| MONDAY.plus(hours(at * 7 * 24))).collect();
        assert!(!is_quiet(&calendar(), &weekly, weekly[0].plus(hours(14 * 24))));
        assert!(is_quiet(&calendar(), &weekly, weekly[0].plus(hours(28 * 24))));
    }
}
