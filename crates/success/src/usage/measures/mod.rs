//! What the usage of an account says of it in numbers. An account that never sent anything has none of them.

mod store;

use std::collections::BTreeSet;

use kit::day::Day;
use kit::db::{DbError, Tx};
use tandem_core::accounts::AccountId;
use tandem_core::metrics::{Metric, Producer, Reading, Unit, number};
use tandem_core::permissions::Permission::UsageRead;
use tandem_core::subscriptions;
use tandem_core::workspaces::WorkspaceId;

use super::people::NameId;

/// People who did something in the last seven days.
pub const ACTIVE_7: Metric = Metric::new("usage.active_people_7d", Unit::Count, UsageRead);
/// People who did something in the last thirty days.
pub const ACTIVE_30: Metric = Metric::new("usage.active_people_30d", Unit::Count, UsageRead);
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

/// Usage of an account.
pub const PRODUCER: Producer = Producer {
    metrics: &[
        &ACTIVE_7,
        &ACTIVE_30,
        &FEATURES,
        &CHANGE,
        &STICKINESS,
        &LAST,
        &SEATS,
    ],
    read,
};

/// What there is of an account's usage on a day.
struct Used {
    /// The last day on which anybody did anything.
    last: Day,
    /// Who was there on which of the last thirty days.
    seen: Vec<(NameId, Day)>,
    /// Different things that were done in them.
    features: i64,
    /// Seats that are paid for.
    seats: i64,
}

fn read(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    today: Day,
) -> Result<Vec<Reading>, DbError> {
    let Some(last) = store::last_day(tx, workspace, account, today)? else {
        let all = PRODUCER.metrics.iter();
        return Ok(all.map(|metric| metric.may_be(None)).collect());
    };
    let month = (today.plus_days(-29), today);
    let mut paid = subscriptions::of(tx, workspace, account)?;
    paid.retain(|one| one.is_active_on(today));
    let used = Used {
        last,
        seen: store::seen(tx, workspace, account, month)?,
        features: store::features(tx, workspace, account, month)?,
        seats: paid.iter().map(|one| one.price_on(today).seats).sum(),
    };
    Ok(used.readings(today))
}

impl Used {
    fn readings(&self, today: Day) -> Vec<Reading> {
        let (week, month) = (self.people(today, (6, 0)), self.people(today, (29, 0)));
        let from = today.plus_days(-6);
        let daily = self.seen.iter().filter(|(_, day)| *day >= from).count() as f64 / 7.0;
        let stickiness = if month > 0 { daily / month as f64 } else { 0.0 };
        let change = change(self.people(today, (13, 0)), self.people(today, (27, 14)));
        let rounded = |share: f64| (share * 100.0).round() / 100.0;
        vec![
            ACTIVE_7.is(week as f64),
            ACTIVE_30.is(month as f64),
            FEATURES.is(self.features as f64),
            CHANGE.may_be(change.map(rounded)),
            STICKINESS.is(rounded(stickiness)),
            LAST.is(number(self.last)),
            SEATS.may_be((self.seats > 0).then(|| rounded(month as f64 / self.seats as f64))),
        ]
    }

    /// How many people were there from so many days ago until so many days ago.
    fn people(&self, today: Day, (from, until): (i64, i64)) -> usize {
        let span = today.plus_days(-from)..=today.plus_days(-until);
        let within = self.seen.iter().filter(|(_, day)| span.contains(day));
        within.map(|(who, _)| *who).collect::<BTreeSet<NameId>>().len()
    }
}

/// How many more or fewer there are than before. Where there once were some and are none in either time, all of them are gone:
/// were that not known, an account would look better the longer it is silent. A share of nothing is nothing: of those who are
/// new, or came back, it is not known.
fn change(now: usize, before: usize) -> Option<f64> {
    match (now, before) {
        (0, 0) => Some(-1.0),
        (_, 0) => None,
        (now, before) => Some(now as f64 / before as f64 - 1.0),
    }
}

#[cfg(test)]
mod tests;
