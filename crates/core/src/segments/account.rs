//! Segments on the account's page: which ones it is in.

use axum::extract::{Path, State};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Page, known};

use super::views::AccountPanel;
use super::{LIST, SegmentError};
use crate::accounts::{self, AccountId};
use crate::actor::Actor;
use crate::panels::{Panel, Place};
use crate::permissions::Permission;

/// The panel of the account's page.
pub const PANEL: Panel = Panel::new(
    "segments",
    Place::Account,
    Permission::AccountsRead,
    "/accounts/{id}/segments",
);

/// The segments that an account is in.
///
/// # Errors
/// No such account here, or the database's.
pub async fn panel(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let id: AccountId = known(&id)?;
    let (name, segments) = db
        .read(move |tx| {
            let name = accounts::name(tx, actor.workspace, id)?.ok_or(SegmentError::Unknown)?;
            Ok::<_, SegmentError>((name, super::of_account(tx, &actor, id)?))
        })
        .await?;
    let view = AccountPanel { t: &t, segments };
    Ok(Page::new(t.say("panel-segments"), &view)
        .place("accounts")
        .crumb(t.say("accounts-title"), "/accounts")
        .crumb(name, format!("/accounts/{id}"))
        .live(id.to_string())
        .live(LIST))
}
