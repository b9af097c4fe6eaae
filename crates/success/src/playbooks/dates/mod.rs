//! Playbooks by dates: so many days before or after a renewal, the start of a subscription, the day an account came, or a day
//! in an own field. Each night the accounts are looked for whose day it is. A day that had its occasion is written down, so that
//! it begins one run at most; where the date is another later, that day has its own.

mod store;

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::fields::{FieldId, FieldKind};
use tandem_core::workspaces::{self, WorkspaceId};
use tandem_core::{accounts, fields};

use super::beginning::occasion;
use super::{Begun, PlaybookError, PlaybookId, Side};

/// What began by a date is called so in its run.
pub(super) const CAUSE: &str = "date";
/// How many nights that were missed are made up for.
const MISSED: i64 = 3;

/// From which date to which an occasion is due: before a date until it is over, after one for a few nights.
pub(super) fn due(today: Day, days: i64, side: Side) -> (Day, Day) {
    match side {
        Side::Before => (today, today.plus_days(days)),
        Side::After => (today.plus_days(-days - MISSED), today.plus_days(-days)),
    }
}

/// The day on which a date has its occasion.
pub(super) fn occasion_of(date: Day, days: i64, side: Side) -> Day {
    match side {
        Side::Before => date.plus_days(-days),
        Side::After => date.plus_days(days),
    }
}

/// Up to `limit` open accounts that have a date between two days, after a place.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn on(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    date: &str,
    ((from, until), after): ((Day, Day), Option<(Day, AccountId)>),
    limit: i64,
) -> Result<Vec<(AccountId, Day)>, DbError> {
    let place = after.unwrap_or((from.plus_days(-1), AccountId::from_uuid(Uuid::max())));
    let span = (place, until);
    match date {
        "renewal" => super::past::store::renewing(tx, workspace, span, limit),
        "start" => store::starting(tx, workspace, span, limit),
        "added" => {
            let zone = workspaces::zone(tx, workspace)?;
            let after = after.map_or(AccountId::from_uuid(Uuid::nil()), |(_, account)| account);
            let (Some(from), Some(until)) = (begins(from, &zone), begins(until.plus_days(1), &zone)) else {
                return Ok(Vec::new());
            };
            let added = store::added(tx, workspace, ((from, until), after), limit)?;
            Ok(added
                .into_iter()
                .map(|(account, at)| (account, Day::of(at, &zone)))
                .collect())
        }
        field => match field.parse::<FieldId>() {
            Ok(field) => store::in_field(tx, workspace, (field, span), limit),
            Err(_) => Ok(Vec::new()),
        },
    }
}

/// The moment at which a day begins.
fn begins(day: Day, zone: &jiff::tz::TimeZone) -> Option<kit::clock::Timestamp> {
    let day: jiff::civil::Date = kit::i18n::Value::value(&day);
    let begin = day.to_zoned(zone.clone()).ok()?;
    Some(kit::clock::Timestamp(begin.timestamp().as_microsecond()))
}

/// Begins a playbook for a date of an account, unless that date had its occasion.
///
/// # Errors
/// The database's, as [`PlaybookError::Db`].
pub(super) fn occasion_on(
    tx: &mut Tx<'_>,
    actor: &Actor,
    playbook: PlaybookId,
    (account, date): (AccountId, Day),
) -> Result<Begun, PlaybookError> {
    if store::had(tx, actor.workspace, (playbook, account), date)? {
        return Ok(Begun::No);
    }
    let begun = occasion(tx, actor, playbook, account, CAUSE)?;
    // Who is none for it today, or busy, may be tomorrow.
    if begun != Begun::No {
        store::put(tx, actor.workspace, (playbook, account), date)?;
    }
    Ok(begun)
}

/// Whether there is such a date: one of ours, or an own field that holds a day.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn is_there(tx: &mut Tx<'_>, workspace: WorkspaceId, date: &str) -> Result<bool, DbError> {
    if ["renewal", "start", "added"].contains(&date) {
        return Ok(true);
    }
    let open = fields::open(tx, workspace, &accounts::NOUN)?;
    let is_it = |field: &fields::Field| field.kind == FieldKind::Date && field.id.to_string() == date;
    Ok(open.iter().any(is_it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_due_until_it_is_over_and_after_it_for_some_nights() {
        let day = |text: &str| text.parse::<Day>().expect("a day");
        let today = day("2026-11-23");
        assert_eq!(due(today, 30, Side::Before), (today, day("2026-12-23")));
        assert_eq!(due(today, 7, Side::After), (day("2026-11-13"), day("2026-11-16")));
        assert_eq!(occasion_of(day("2026-12-23"), 30, Side::Before), today);
        assert_eq!(occasion_of(day("2026-11-16"), 7, Side::After), today);
    }
}
