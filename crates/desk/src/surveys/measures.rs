//! What the answers of an account's people say of it in numbers.

use std::time::Duration;

use kit::day::Day;
use kit::db::{DbError, Tx};
use tandem_core::accounts::AccountId;
use tandem_core::metrics::{Metric, Producer, Reading, Unit};
use tandem_core::permissions::Permission::TicketsRead;
use tandem_core::workspaces::{self, WorkspaceId};

use super::listing::store;
use super::model::Question;

/// The share of 4 and 5 among the answers of the last ninety days; none without one.
pub const CSAT: Metric = Metric::new("surveys.csat", Unit::Share, TicketsRead);
/// How much effort it took, from 0 to 100, over the same days.
pub const EFFORT: Metric = Metric::new("surveys.effort", Unit::Number, TicketsRead);
/// How many answers there were.
pub const ANSWERS: Metric = Metric::new("surveys.answers_90d", Unit::Count, TicketsRead);
/// How many of them were low.
pub const UNHAPPY: Metric = Metric::new("surveys.unhappy_90d", Unit::Count, TicketsRead);

const DAY: Duration = Duration::from_secs(86_400);

/// How content an account is with our support.
pub const PRODUCER: Producer = Producer {
    metrics: &[&CSAT, &EFFORT, &ANSWERS, &UNHAPPY],
    read,
};

fn read(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    _: Day,
) -> Result<Vec<Reading>, DbError> {
    let now = tx.now();
    let (all, newest) = store::of_account(tx, workspace, account, (now.minus(DAY * 90), now))?;
    let zone = workspaces::zone(tx, workspace)?;
    let as_of = newest.map(|at| Day::of(at, &zone));
    let of = |question| all.iter().filter(move |one| one.asks.question == question);
    let csat = of(Question::Csat)
        .find_map(|one| one.csat())
        .map(|(share, _)| share);
    let (mut effort, mut efforts) = (0.0, 0);
    for one in of(Question::Ces) {
        effort += one.mean().unwrap_or_default() * one.n() as f64;
        efforts += one.n();
    }
    let low = all.iter().flat_map(|one| {
        let counts = one.counts.iter().filter(|(rating, _)| one.asks.is_low(*rating));
        counts.map(|(_, count)| *count)
    });
    let (n, low): (i64, i64) = (all.iter().map(super::Ratings::n).sum(), low.sum());
    let dated = |mut reading: Reading| {
        reading.as_of = as_of;
        reading
    };
    Ok(vec![
        dated(CSAT.may_be(csat)),
        dated(EFFORT.may_be((efforts > 0).then(|| effort / efforts as f64))),
        ANSWERS.is(n as f64),
        dated(UNHAPPY.may_be((n > 0).then_some(low as f64))),
    ])
}
