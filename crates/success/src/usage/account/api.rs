//! The usage of an account for programs.

use axum::extract::State;
use kit::day::Day;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::Failure;
use kit::web::api::{At, Single};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;

pub use super::documents::SHOW;
use super::documents::UsageDocument;

/// `GET /api/v1/accounts/{id}/usage`
///
/// # Errors
/// No such account here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<AccountId>,
) -> Result<Single, Failure> {
    let today = Day::of(t.now(), t.zone());
    let usage = db.read(move |tx| super::of(tx, &actor, id, today)).await?;
    Ok(Single::of(&UsageDocument::from(usage)).without_tag())
}
