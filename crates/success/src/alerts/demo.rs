//! Sample data of early warning: what the rules would have found in the last quarter, week by week, and what people did with it.

use std::time::Duration;

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{Db, DbError, Tx};
use kit::id::Ids;
use tandem_core::accounts::Account;
use tandem_core::actor::Actor;
use tandem_core::agents;
use tandem_core::demo::{Cast, Plan};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::{self, WorkspaceId};

use super::{Alert, AlertError, Outcome, Reason, Way, acting, look, look_on, quality, store};

const DAY: Duration = Duration::from_secs(86_400);
/// How many weeks are gone through.
const WEEKS: u32 = 12;

/// Why there is no sample data of early warning.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// Nobody could act.
    #[error(transparent)]
    Alert(#[from] AlertError),
    /// Nobody could ask how right the rules were.
    #[error(transparent)]
    Quality(#[from] quality::QualityError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Lets the rules look at the sample accounts as they were every week, and people act on what they found.
///
/// # Errors
/// [`DemoError`]; the data made so far stays.
pub async fn fill(db: &Db, plan: &Plan, cast: &Cast) -> Result<(), DemoError> {
    let (workspace, end) = (cast.workspace.id, plan.end);
    for (number, account) in cast.accounts.iter().enumerate() {
        let (account, seed) = (account.clone(), plan.seed + number as u64);
        db.write(move |tx| live_through(tx, workspace, &account, (end, seed)))
            .await?;
    }
    db.write(move |tx| {
        let actor = Actor::system(workspace, "demo");
        let ask = quality::Ask {
            horizon: 60,
            reach: 20,
        };
        quality::ask(tx, &actor, ask)
    })
    .await?;
    Ok(())
}

fn live_through(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: &Account,
    (end, seed): (Timestamp, u64),
) -> Result<(), DemoError> {
    let dice = Ids::seeded(seed ^ 0x0A1E7);
    let zone = workspaces::zone(tx, workspace)?;
    for week in (1..=WEEKS).rev() {
        let moment = end.minus(DAY * 7 * week);
        if moment < account.created_at || account.closure.is_some() {
            continue;
        }
        tx.as_of(moment, |tx| {
            look_on(tx, workspace, account.id, &[Day::of(moment, &zone)])?;
            for alert in store::unclosed(tx, workspace, &[account.id])? {
                act(tx, workspace, &alert, dice.below(100))?;
            }
            Ok::<_, DemoError>(())
        })?;
    }
    look(tx, workspace, account.id)?;
    Ok(())
}

/// What somebody does in a week with an alert, if anything.
fn act(tx: &mut Tx<'_>, workspace: WorkspaceId, alert: &Alert, dice: u64) -> Result<(), DemoError> {
    let owner = match alert.owner {
        Some(owner) => agents::find(tx, workspace, owner)?,
        None => None,
    };
    // Whoever may not work on alerts has somebody else do it.
    let owner = owner.map(|agent| agent.actor(workspace));
    let owner = owner.filter(|actor| actor.may(Permission::AlertsWrite));
    let actor = owner.unwrap_or_else(|| Actor::system(workspace, "demo"));
    let id = alert.id;
    if let Some(said) = outcome(alert.way, dice) {
        acting::handle(tx, &actor, id, said)?;
        return Ok(());
    }
    match dice {
        8..11 => {
            let said = (Reason::Expected, "Holidays: their office is closed.");
            acting::dismiss(tx, &actor, id, said)?;
        }
        11..12 => {
            let said = (Reason::Wrong, "They moved to another login in that week.");
            acting::dismiss(tx, &actor, id, said)?;
        }
        12..18 => {
            let today = workspaces::today(tx, workspace)?;
            acting::snooze(tx, &actor, id, today.plus_days(14))?;
        }
        18..24 if actor.agent().is_some() => {
            acting::give(tx, &actor, id, actor.agent())?;
        }
        _ => {}
    }
    Ok(())
}

fn outcome(way: Way, dice: u64) -> Option<(Outcome, &'static str)> {
    Some(match (dice, way) {
        (0..4, Way::Chance) => (Outcome::Won, "Bought ten more seats."),
        (0..4, Way::Risk) => (Outcome::Saved, "They stay; a call with both heads settled it."),
        (4..6, _) => (Outcome::Nothing, "Talked to them twice; nothing moved."),
        (6..8, _) => (Outcome::False, "All is well there."),
        _ => return None,
    })
}
