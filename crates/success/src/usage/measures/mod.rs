//! What the usage of an account says of it in numbers. An account that never sent anything has none of them.
//!
//! Who is active did something that counts: a key action, where somebody said which those are ([`super::counts`]), else
//! anything. What was used at all, and when last, is asked of every event.

mod course;
pub mod history;
mod store;
mod trending;

use kit::day::Day;
use kit::db::{DbError, Tx};
use tandem_core::accounts::AccountId;
use tandem_core::metrics::{Metric, Producer, Reading, Unit, number};
use tandem_core::permissions::Permission::UsageRead;
use tandem_core::subscriptions::{self, Subscription};
use tandem_core::workspaces::WorkspaceId;

use super::{counts, people};
use course::{Done, Figures, WEEKS, WINDOW, figures};

pub use trending::Trend;

/// People who did something that counts in the last seven days.
pub const ACTIVE_7: Metric = Metric::new("usage.active_people_7d", Unit::Count, UsageRead);
/// People who did something that counts in the last thirty days.
pub const ACTIVE_30: Metric = Metric::new("usage.active_people_30d", Unit::Count, UsageRead);
/// How often something that counts was done in the last thirty days.
pub const KEY_ACTIONS: Metric = Metric::new("usage.key_actions_30d", Unit::Count, UsageRead);
/// The same for each person who was active in them: depth.
pub const DEPTH: Metric = Metric::new("usage.depth_30d", Unit::Number, UsageRead);
/// Different things that were done in the last thirty days: breadth.
pub const FEATURES: Metric = Metric::new("usage.features_30d", Unit::Count, UsageRead);
/// How active people changed: those of the last fourteen days against those of the fourteen before, less one; −1 where nobody
/// was there in either, who had been before.
pub const CHANGE: Metric = Metric::new("usage.change_14d", Unit::Share, UsageRead);
/// Of the people of a month, how many are there on a usual day of the last week: stickiness.
pub const STICKINESS: Metric = Metric::new("usage.stickiness", Unit::Share, UsageRead);
/// Days since anybody did anything.
pub const LAST: Metric = Metric::new("usage.last_used", Unit::DaysSince, UsageRead);
/// Of the seats that are paid for, the share that somebody used in the last thirty days.
pub const SEATS: Metric = Metric::new("usage.seats_used", Unit::Share, UsageRead);

/// How many more active people there are each week, over thirteen weeks; 0 where they may as well stand still.
pub const TREND: Metric = Metric::new("usage.trend_13w", Unit::Number, UsageRead);

/// How many days the weeks of a trend have.
const WEEKS_DAYS: i64 = 7 * WEEKS as i64;

/// Usage of an account.
pub const PRODUCER: Producer = Producer {
    metrics: &[
        &ACTIVE_7,
        &ACTIVE_30,
        &KEY_ACTIONS,
        &DEPTH,
        &FEATURES,
        &CHANGE,
        &STICKINESS,
        &LAST,
        &SEATS,
        &TREND,
    ],
    read,
};

fn read(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    today: Day,
) -> Result<Vec<Reading>, DbError> {
    if people::shifting::resting(tx, workspace, account)?.is_some() {
        return Ok(Vec::new());
    }
    let Some(last) = store::last_day(tx, workspace, account, today)? else {
        let all = PRODUCER.metrics.iter();
        return Ok(all.map(|metric| metric.may_be(None)).collect());
    };
    let month = (today.plus_days(1 - WINDOW), today);
    let weeks = (today.plus_days(1 - WEEKS_DAYS), today);
    let keys = counts::keys(tx, workspace)?;
    let done = Done {
        first: store::first_day(tx, workspace, account)?,
        last: Some(last),
        seen: store::seen(tx, workspace, account, weeks, keys.as_deref())?,
        features: store::features(tx, workspace, account, month)?,
    };
    let seats = seats(&subscriptions::of(tx, workspace, account)?, today);
    let now = figures(&done, (today, today)).pop().unwrap_or_default();
    Ok(readings(&now, seats))
}

/// Which way the active people of an account go by its weeks that end today, the oldest first.
///
/// # Errors
/// [`DbError`] of the database.
pub(in crate::usage) fn trend_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    (weeks, today): (&[i64], Day),
) -> Result<Option<Trend>, DbError> {
    let Some(first) = store::first_day(tx, workspace, account)? else {
        return Ok(None);
    };
    let ago = |place: usize| 7 * (weeks.len() - place) as i64 - 1;
    let known = |(place, count): (usize, &i64)| (first <= today.plus_days(-ago(place))).then_some(*count);
    let weeks: Vec<Option<i64>> = weeks.iter().enumerate().map(known).collect();
    Ok(trending::trend(&weeks))
}

/// The seats that are paid for on a day.
fn seats(subscriptions: &[Subscription], day: Day) -> i64 {
    let paid = subscriptions.iter().filter(|one| one.is_active_on(day));
    paid.map(|one| one.price_on(day).seats).sum()
}

/// What the figures of a day are as metrics; of an account that was used before.
fn readings(figures: &Figures, seats: i64) -> Vec<Reading> {
    let rounded = |share: f64| (share * 100.0).round() / 100.0;
    let month = figures.month as f64;
    let of_month = |sum: f64| if figures.month > 0 { sum / month } else { 0.0 };
    vec![
        ACTIVE_7.is(figures.week as f64),
        ACTIVE_30.is(month),
        KEY_ACTIONS.is(figures.actions as f64),
        DEPTH.is(rounded(of_month(figures.actions as f64))),
        FEATURES.is(figures.features as f64),
        CHANGE.may_be(change(figures.lately, figures.before).map(rounded)),
        STICKINESS.is(rounded(of_month(figures.daily as f64 / 7.0))),
        LAST.may_be(figures.last.map(number)),
        SEATS.may_be((seats > 0).then(|| rounded(month / seats as f64))),
        TREND.may_be(
            trending::trend(&figures.weeks).map(|trend| match trend.is_flat() {
                true => 0.0,
                false => rounded(trend.slope),
            }),
        ),
    ]
}

/// How many more or fewer there are than before. Where there once were some and are none in either time, all of them are gone:
/// were that not known, an account would look better the longer it is silent. A share of nothing is nothing: of those who are
/// new, or came back, it is not known.
fn change(now: i64, before: i64) -> Option<f64> {
    match (now, before) {
        (0, 0) => Some(-1.0),
        (_, 0) => None,
        (now, before) => Some(now as f64 / before as f64 - 1.0),
    }
}

#[cfg(test)]
mod tests;
