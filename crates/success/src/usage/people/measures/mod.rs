//! The people at an account by what they do: who turned to us, and who uses the product. Who did neither is not heard of.

mod store;

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use tandem_core::accounts::AccountId;
use tandem_core::metrics::{Metric, Producer, Reading, Unit, number};
use tandem_core::permissions::Permission::ContactsRead;
use tandem_core::workspaces::{self, WorkspaceId};

/// Days since a champion last turned to us or used the product.
pub const CHAMPION_SEEN: Metric = Metric::new("people.champion_seen", Unit::DaysSince, ContactsRead);
/// How many of the people there turned to us or used the product in ninety days.
pub const ACTIVE: Metric = Metric::new("people.active_90d", Unit::Count, ContactsRead);

/// Champions and active people.
pub const PRODUCER: Producer = Producer {
    metrics: &[&CHAMPION_SEEN, &ACTIVE],
    read,
};

/// Days in which somebody who did something counts as active.
const ACTIVE_DAYS: i64 = 90;

fn read(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    today: Day,
) -> Result<Vec<Reading>, DbError> {
    if super::shifting::resting(tx, workspace, account)?.is_some() {
        return Ok(Vec::new());
    }
    let zone = workspaces::zone(tx, workspace)?;
    let used = store::used(tx, workspace, account, today)?;
    let mut last: Vec<(bool, Option<Day>)> = Vec::new();
    for (contact, is_champion, heard) in store::heard(tx, workspace, account, today)? {
        let heard = heard.map(|at: Timestamp| Day::of(at, &zone));
        last.push((is_champion, heard.max(used.get(&contact).copied())));
    }
    let champion = last.iter().filter(|(is_champion, _)| *is_champion);
    let seen = champion.filter_map(|(_, day)| *day).max();
    let from = today.plus_days(-ACTIVE_DAYS);
    let active = last
        .iter()
        .filter(|(_, day)| day.is_some_and(|day| day >= from))
        .count();
    // Where nobody was ever heard of, nothing is known of who is active.
    let is_known = last.iter().any(|(_, day)| day.is_some());
    Ok(vec![
        CHAMPION_SEEN.may_be(seen.map(number)),
        ACTIVE.may_be(is_known.then_some(active as f64)),
    ])
}
