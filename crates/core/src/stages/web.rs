//! The stages of an account: a panel of its page, and what changes the present one.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Notice, Page, Sent, address, known};

use super::views::PanelView;
use super::{StageError, store};
use crate::accounts::{self, AccountId};
use crate::actor::Actor;
use crate::ladders::{self, Ladder, RungId};
use crate::permissions::Permission;

/// On which stages an account was, with how it fared.
///
/// # Errors
/// No such account here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let id: AccountId = known(&id)?;
    let reader = actor.clone();
    let (name, spans, stages) = db
        .read(move |tx| {
            let account = accounts::find(tx, &reader, id)?.ok_or(StageError::UnknownAccount)?;
            let spans = super::spans(tx, &reader, id)?;
            let stages = ladders::open(tx, reader.workspace, Ladder::Stages)?;
            Ok::<_, Failure>((account.name, spans, stages))
        })
        .await?;
    let view = PanelView {
        t: &t,
        account: id,
        spans,
        stages,
        may_write: actor.may(Permission::AccountsWrite),
    };
    Ok(Page::new(t.say("panel-stages"), &view)
        .place("accounts")
        .crumb(t.say("accounts-title"), "/accounts")
        .crumb(name, format!("/accounts/{id}"))
        .live(id.to_string()))
}

/// Says on which stage an account is; the address may say it too, so that it can be taken back.
///
/// # Errors
/// No such account or stage here, a missing permission, or the database's.
pub async fn set(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    (Path(id), Query(back)): (Path<String>, Query<Vec<(String, String)>>),
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id: AccountId = known(&id)?;
    let sent: Sent = sent.into_iter().chain(back).collect();
    let (before, now) = db
        .write(move |tx| {
            // Whether the account is there comes before what the form says.
            if !accounts::exists(tx, actor.workspace, id)? {
                return Err(StageError::UnknownAccount);
            }
            let stage: RungId = sent.one("stage").parse().map_err(|_| StageError::UnknownStage)?;
            let before = super::set(tx, &actor, id, stage)?.filter(|before| *before != stage);
            let now = store::now(tx, actor.workspace, &[id])?.into_iter().next();
            Ok::<_, StageError>((before, now.map(|(_, stage)| stage.text.name)))
        })
        .await?;
    let name = now.unwrap_or_default();
    let notice = Notice::new(t.say_with("stages-was-set", kit::args!(name = name.as_str())));
    let notice = match before {
        Some(before) => notice.undo(address(
            &format!("/accounts/{id}/stage"),
            &[("stage", &before.to_string())],
        )),
        None => notice,
    };
    Ok((notice, Redirect::to(&format!("/accounts/{id}"))).into_response())
}
