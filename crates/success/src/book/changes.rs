//! What changed at one's accounts since one last said that one had seen it: bands of health, alerts found, told and eased,
//! tickets that came back, stages.

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::Tx;
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;
use tandem_core::workspaces;

use super::{BookError, store};
use crate::alerts::{self, Alert, Filter, State};
use crate::health::{self, Band};

/// Entries of each sort at most.
const MOST: i64 = 100;

/// Something that changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// When.
    pub at: Timestamp,
    /// At which account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// What.
    pub what: What,
}

/// What can change at an account.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// It went into another band: before, now, and the score now.
    Banded(Band, Band, Option<f64>),
    /// A rule found something, or somebody told us.
    Alerted(Alert),
    /// The cause of an alert is gone.
    Eased(Alert),
    /// A solved ticket came back; where it is.
    Reopened(String),
    /// It went on to another stage.
    Moved(String),
}

/// What changed at the actor's accounts since a moment, the last first.
///
/// # Errors
/// [`BookError`].
pub fn changes(tx: &mut Tx<'_>, actor: &Actor, since: Timestamp) -> Result<Vec<Change>, BookError> {
    actor.must(Permission::AccountsRead)?;
    let agent = actor.agent().ok_or(BookError::NoAgent)?;
    let mut found = banded(tx, actor, since)?;
    if actor.may(Permission::AlertsRead) {
        alerted(tx, actor, since, &mut found)?;
    }
    if actor.may(Permission::TicketsRead) {
        for (account, name, at, path) in store::reopened(tx, actor.workspace, (agent, since), MOST)? {
            let what = What::Reopened(path);
            found.push(Change {
                at,
                account,
                name,
                what,
            });
        }
    }
    for (account, name, at, stage) in store::moved(tx, actor.workspace, (agent, since), MOST)? {
        let what = What::Moved(stage);
        found.push(Change {
            at,
            account,
            name,
            what,
        });
    }
    found.sort_by(|one, other| (other.at, &one.name).cmp(&(one.at, &other.name)));
    Ok(found)
}

/// Accounts whose band is another than before the first time it moved.
fn banded(tx: &mut Tx<'_>, actor: &Actor, since: Timestamp) -> Result<Vec<Change>, BookError> {
    let agent = actor.agent().ok_or(BookError::NoAgent)?;
    let zone = workspaces::zone(tx, actor.workspace)?;
    let mut found = Vec::new();
    for (account, name, first, last) in store::banded(tx, actor.workspace, (agent, since), MOST)? {
        // One look-up for each of a few: those that moved since somebody looked.
        let before = Day::of(first, &zone).plus_days(-1);
        let today = Day::of(tx.now(), &zone);
        let course = health::course(tx, actor.workspace, account, (before, today))?;
        let of = |day: Day| course.iter().rev().find(|(since, ..)| *since <= day);
        let then = of(before).map_or(Band::Unknown, |(.., band)| *band);
        let Some((_, score, _, now)) = of(today) else {
            continue;
        };
        if then != *now {
            let what = What::Banded(then, *now, *score);
            found.push(Change {
                at: last,
                account,
                name,
                what,
            });
        }
    }
    Ok(found)
}

fn alerted(
    tx: &mut Tx<'_>,
    actor: &Actor,
    since: Timestamp,
    found: &mut Vec<Change>,
) -> Result<(), BookError> {
    for state in [State::Open, State::Eased] {
        let filter = Filter {
            way: None,
            state,
            owner: actor.agent().into(),
            account: None,
        };
        for line in alerts::lately(tx, actor, filter, since, MOST)? {
            let (alert, name) = (line.alert, line.name);
            let at = match state {
                State::Eased => alert.work.closed_at.unwrap_or(alert.opened_at),
                _ => alert.opened_at,
            };
            let account = alert.account;
            let what = match state {
                State::Eased => What::Eased(alert),
                _ => What::Alerted(alert),
            };
            found.push(Change {
                at,
                account,
                name,
                what,
            });
        }
    }
    Ok(())
}
