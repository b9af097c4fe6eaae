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
/// How active people changed: those of the last fourteen days against those of the fourteen before, less one.
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
    let seen = store::seen(tx, workspace, account, (today.plus_days(-29), today))?;
    let people = |from: i64, until: i64| -> BTreeSet<NameId> {
        let span = today.plus_days(-from)..=today.plus_days(-until);
        let within = seen.iter().filter(|(_, day)| span.contains(day));
        within.map(|(who, _)| *who).collect()
    };
    let (now, before) = (people(13, 0).len(), people(27, 14).len());
    let (week, month) = (people(6, 0).len(), people(29, 0).len());
    let daily = seen.iter().filter(|(_, day)| *day >= today.plus_days(-6)).count() as f64 / 7.0;
    let rounded = |share: f64| (share * 100.0).round() / 100.0;
    let mut paid = subscriptions::of(tx, workspace, account)?;
    paid.retain(|one| one.is_active_on(today));
    let seats: i64 = paid.iter().map(|one| one.price_on(today).seats).sum();
    Ok(vec![
        ACTIVE_7.is(week as f64),
        ACTIVE_30.is(month as f64),
        FEATURES.is(store::features(tx, workspace, account, (today.plus_days(-29), today))? as f64),
        CHANGE.may_be((before > 0).then(|| rounded(now as f64 / before as f64 - 1.0))),
        STICKINESS.may_be((month > 0).then(|| rounded(daily / month as f64))),
        LAST.is(number(last)),
        SEATS.may_be((seats > 0).then(|| rounded(month as f64 / seats as f64))),
    ])
}
