//! Where an account is in its life with us, in numbers.

use kit::day::Day;
use kit::db::{DbError, Tx};

use super::store;
use crate::accounts::AccountId;
use crate::ladders::{self, Ladder};
use crate::metrics::{Metric, Producer, Reading, Unit, number};
use crate::permissions::Permission::AccountsRead;
use crate::workspaces::{self, WorkspaceId};

/// Which stage it is on, counted from 1.
pub const PLACE: Metric = Metric::new("stages.place", Unit::Count, AccountsRead);
/// Days since it came to its stage.
pub const SINCE: Metric = Metric::new("stages.since", Unit::DaysSince, AccountsRead);

/// The stage and since when.
pub const PRODUCER: Producer = Producer {
    metrics: &[&PLACE, &SINCE],
    read,
};

fn read(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    _: Day,
) -> Result<Vec<Reading>, DbError> {
    let now = tx.now();
    let spans = store::spans(tx, workspace, account)?;
    let held = spans.into_iter().filter(|span| span.since <= now);
    let Some(span) = held.max_by_key(|span| span.since) else {
        return Ok(vec![PLACE.may_be(None), SINCE.may_be(None)]);
    };
    let stages = ladders::open(tx, workspace, Ladder::Stages)?;
    let place = stages.iter().position(|stage| stage.id == span.stage.id);
    let zone = workspaces::zone(tx, workspace)?;
    Ok(vec![
        PLACE.may_be(place.map(|place| place as f64 + 1.0)),
        SINCE.is(number(Day::of(span.since, &zone))),
    ])
}
