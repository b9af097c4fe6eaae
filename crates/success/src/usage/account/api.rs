//! The usage of an account for programs.

use axum::extract::State;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, Single};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::workspaces;

pub use super::documents::SHOW;
use super::documents::UsageDocument;

/// `GET /api/v1/accounts/{id}/usage`
///
/// # Errors
/// No such account here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<AccountId>) -> Result<Single, Failure> {
    let usage = db
        .read(move |tx| {
            let today = workspaces::today(tx, actor.workspace)?;
            super::of(tx, &actor, id, today)
        })
        .await?;
    Ok(Single::of(&UsageDocument::from(usage)).without_tag())
}
