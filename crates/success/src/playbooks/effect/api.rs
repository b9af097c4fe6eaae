//! The effect of playbooks, for programs.

use axum::extract::State;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, Sample, Single};
use tandem_core::actor::Actor;

use super::model::{Arm, Aside, Outcome};
use super::{Effect, PlaybookId};
use crate::playbooks::Goal;

/// `GET /api/v1/playbooks/{id}/effect`
///
/// # Errors
/// No such playbook here, a missing permission, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<PlaybookId>) -> Result<Single, Failure> {
    let effect = db.report(move |tx| super::of(tx, &actor, id)).await?;
    Ok(Single::of(&effect))
}

impl Sample for Effect {
    fn sample() -> Self {
        let arm = |reached: usize, n: usize| {
            let reached = std::iter::repeat_n(Outcome::Reached, reached);
            Arm::of(reached.chain(std::iter::repeat_n(Outcome::Missed, n)))
        };
        let aside = Aside {
            crossed: 1,
            by_hand: 3,
            holdout: 20,
            ..Aside::default()
        };
        Self::of(Goal::default(), (arm(180, 120), arm(24, 51)), aside)
    }
}
