//! Playbooks on the account's page: which run, which leave it alone, and starting one by hand.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Choice, Failure, Filled, Notice, Page, known};
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::panels::{Panel, Place};
use tandem_core::permissions::Permission;

use super::runs::views::{AccountPanel, RunLine};
use super::{PlaybookError, PlaybookId, Status, runs};

/// Runs in the panel.
const MOST: i64 = 6;

/// The panel of the account's page.
pub const PANEL: Panel = Panel::new(
    "playbooks",
    Place::Account,
    Permission::TasksRead,
    "/accounts/{id}/playbooks",
);

/// The runs at an account.
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
    let reader = actor.clone();
    let (name, lines, held, startable) = db
        .read(move |tx| {
            let name = accounts::name(tx, reader.workspace, id)?.ok_or(PlaybookError::Unknown)?;
            let mut lines = Vec::new();
            for (run, name) in super::runs_at(tx, &reader, id, MOST)? {
                let of = runs::length(tx, &reader, &run)?;
                let href = format!("/playbook-runs/{}", run.id);
                lines.push(RunLine { run, name, href, of });
            }
            let held = runs::store::holding_out(tx, reader.workspace, id)?;
            let busy = runs::store::live_at(tx, reader.workspace, id)?;
            let mut startable = super::list(tx, &reader)?;
            startable
                .retain(|one| one.status == Status::Active && busy.iter().all(|run| run.playbook != one.id));
            Ok::<_, PlaybookError>((name, lines, held, startable))
        })
        .await?;
    let view = AccountPanel {
        t: &t,
        account: id,
        lines,
        held: held.into_iter().map(|(_, name)| name).collect(),
        startable: startable
            .into_iter()
            .map(|one| Choice::new(one.id.to_string(), one.name))
            .collect(),
        may_write: actor.may(Permission::TasksWrite),
    };
    Ok(Page::new(t.say("panel-playbooks"), &view)
        .place("accounts")
        .crumb(t.say("accounts-title"), "/accounts")
        .crumb(name, format!("/accounts/{id}"))
        .live(id.to_string()))
}

/// Starts one by hand.
///
/// # Errors
/// No such account or playbook here, one that is not in force or runs already, a missing permission, or the database's.
pub async fn start(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id: AccountId = known(&id)?;
    let form: Filled = sent.into_iter().collect();
    let playbook: PlaybookId = known(form.value("playbook"))?;
    let run = db.write(move |tx| super::begin(tx, &actor, playbook, id)).await?;
    let notice =
        Notice::new(t.say("playbooks-run-was-started")).undo(format!("/playbook-runs/{}/stop", run.id));
    Ok((notice, Redirect::to(&format!("/accounts/{id}"))).into_response())
}
