//! What touchpoints say of an account in numbers.

use kit::day::Day;
use kit::db::{DbError, Tx};

use super::{Experience, JUDGED_MOST, store};
use crate::accounts::AccountId;
use crate::metrics::{Metric, Producer, Reading, Unit, number};
use crate::permissions::Permission::AccountsRead;
use crate::workspaces::{self, WorkspaceId};

/// How the customer fares with us: the experience index, from −2 to +2.
pub const EXPERIENCE: Metric = Metric::new("people.experience", Unit::Number, AccountsRead);
/// Days since somebody there and somebody here last had to do with each other.
pub const LAST_TOUCH: Metric = Metric::new("people.last_touch", Unit::DaysSince, AccountsRead);
/// Days since somebody there last turned to us or answered; where nobody ever did, since we first turned to them.
pub const LAST_HEARD: Metric = Metric::new("people.last_heard", Unit::DaysSince, AccountsRead);
/// How often we turned to them in thirty days.
pub const REACHED: Metric = Metric::new("people.reached_30d", Unit::Count, AccountsRead);

/// Experience, the last touch, and who writes to whom.
pub const PRODUCER: Producer = Producer {
    metrics: &[&EXPERIENCE, &LAST_TOUCH, &LAST_HEARD, &REACHED],
    read,
};

fn read(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    _: Day,
) -> Result<Vec<Reading>, DbError> {
    let impressions = store::impressions(tx, workspace, account, JUDGED_MOST)?;
    let experience = Experience::of(&impressions, tx.now());
    let zone = workspaces::zone(tx, workspace)?;
    let (now, moments) = (tx.now(), impressions.iter().map(|(_, at)| *at));
    let newest = moments.filter(|at| *at <= now).max();
    let last = store::last_personal(tx, workspace, account)?;
    let month = now.minus(std::time::Duration::from_secs(30 * 86_400));
    let (heard, first, reached) = store::turned(tx, workspace, account, month)?;
    Ok(vec![
        Reading {
            // Rounded, so that it does not change a little with every day that passes.
            value: experience.index.map(|index| (index * 100.0).round() / 100.0),
            as_of: newest.map(|at| Day::of(at, &zone)),
            ..EXPERIENCE.may_be(None)
        },
        LAST_TOUCH.may_be(last.map(|at| number(Day::of(at, &zone)))),
        LAST_HEARD.may_be(heard.or(first).map(|at| number(Day::of(at, &zone)))),
        REACHED.may_be(last.map(|_| reached as f64)),
    ])
}
