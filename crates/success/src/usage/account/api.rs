//! The usage of an account for programs.

use axum::extract::State;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, At, Single};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::workspaces;

pub use super::documents::SHOW;
use super::documents::{UsageDocument, UsageQuery};
use super::{UsageError, taken};

/// `GET /api/v1/accounts/{id}/usage`
///
/// # Errors
/// No such account here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AccountId>,
    Asked(query): Asked<UsageQuery>,
) -> Result<Single, Failure> {
    let window = query.window.into();
    let shown = db
        .read(move |tx| {
            let today = workspaces::today(tx, actor.workspace)?;
            let usage = super::of(tx, &actor, id, today)?;
            Ok::<_, UsageError>((usage, taken(tx, &actor, id, (today, window))?))
        })
        .await?;
    Ok(Single::of(&UsageDocument::from(shown)).without_tag())
}
