//! The effect of a playbook: what became of the accounts that it began with, beside those that it left alone on purpose.

pub mod api;
mod model;
mod reading;
mod store;
mod views;
pub mod web;

use kit::db::Tx;
use tandem_core::actor::Actor;
use tandem_core::metrics;
use tandem_core::permissions::Permission;

pub use model::{Arm, Difference, Effect, Verdict};

use super::{Aim, PlaybookError, PlaybookId, find};
use model::Outcome;

/// What a playbook changed, by the goal of its newest version.
///
/// # Errors
/// [`PlaybookError::Unknown`], a missing permission, or the database's.
pub fn of(tx: &mut Tx<'_>, actor: &Actor, id: PlaybookId) -> Result<Effect, PlaybookError> {
    actor.must(Permission::AccountsRead)?;
    let playbook = find(tx, actor, id)?;
    match &playbook.content.goal.aim {
        Aim::Metric { metric, .. } => {
            let producers = metrics::producers(tx, actor.workspace)?;
            if let Some(needs) = producers.needs(metric) {
                actor.must(needs)?;
            }
        }
        Aim::Renewed => actor.must(Permission::MoneyRead)?,
        Aim::Eased => actor.must(Permission::AlertsRead)?,
        Aim::Score { .. } => {}
    }
    let (units, aside) = reading::units(tx, actor.workspace, &playbook)?;
    let judge = reading::Judge::new(tx, actor.workspace, &playbook.content, &units)?;
    let outcomes = judge.outcomes(tx, &units)?;
    let side = |is_left_alone: bool| {
        let own = units.iter().zip(&outcomes);
        let own = own.filter(move |(unit, _)| unit.is_left_alone == is_left_alone);
        Arm::of(own.map(|(_, outcome): (_, &Outcome)| *outcome))
    };
    let sides = (side(false), side(true));
    Ok(Effect::of(playbook.content.goal.clone(), sides, aside))
}
