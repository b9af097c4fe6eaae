//! From packed days, and the facts of stale ones, to a report.

use kit::day::Day;
use kit::db::{DbError, Tx};
use tandem_core::workspaces::WorkspaceId;

use super::fact::Fact;
use super::item::Item;
use super::packing::unpack;
use super::period::Ask;
use super::report::Report;
use super::store::{self, Side};

/// What the tickets of a time come to.
pub(super) fn report(tx: &mut Tx<'_>, workspace: WorkspaceId, ask: &Ask) -> Result<Report, DbError> {
    let period = ask.period;
    let mut report = Report::new(period.steps().len());
    let told = (ask.by, ask.hours);
    // What came after the time is needed to know what was open at its end.
    let until = period.until.max(ask.today.plus_days(1));
    let lets = |item: &Item| ask.filter.lets(item);
    see(tx, workspace, Side::Opened, (period.from, until), |day, item| {
        if !lets(item) {
            return;
        }
        match period.place(day) {
            Some(step) => report.open(item, step, told),
            None => report.after.1 += 1,
        }
    })?;
    see(tx, workspace, Side::Solved, (period.from, until), |day, item| {
        if !lets(item) {
            return;
        }
        match period.place(day) {
            Some(step) => report.solve(item, step, told),
            None => report.after.0 += i64::from(!item.is_open),
        }
    })?;
    for fact in store::open(tx, workspace)? {
        let item = Item::from(&fact);
        if lets(&item) {
            report.wait(&item, fact.opened_day.days_until(ask.today), ask.by);
        }
    }
    report.sort();
    Ok(report)
}

/// Shows every ticket that counts on a day of a time, on one of its sides.
fn see(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    side: Side,
    time: (Day, Day),
    mut seen: impl FnMut(Day, &Item),
) -> Result<(), DbError> {
    for (day, content) in store::days(tx, workspace, side, time)? {
        let packed = content.and_then(|content| whole(&content));
        match packed {
            Some(items) => items.iter().for_each(|item| seen(day, item)),
            None => {
                // A few days are stale: today, and those of tickets that changed in the last minutes.
                for fact in store::of_day(tx, workspace, (side, day))? {
                    seen(day, &Item::from(&fact));
                }
            }
        }
    }
    Ok(())
}

/// The tickets of a packed day; none of one that can't be read.
fn whole(content: &[u8]) -> Option<Vec<Item>> {
    let mut items = Vec::new();
    unpack(content, |item| items.push(item.clone()))?;
    Some(items)
}

/// Packs a day anew.
pub(super) fn pack(tx: &mut Tx<'_>, workspace: WorkspaceId, day: (Side, Day)) -> Result<(), DbError> {
    let facts: Vec<Fact> = store::of_day(tx, workspace, day)?;
    store::pack(tx, workspace, day, &super::packing::pack(&facts))
}
