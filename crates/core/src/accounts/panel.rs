//! What accounts show in the places of others: what happened to one, and how many there are.

use axum::extract::{Path, State};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Page, known};

use super::views::{HistoryPanel, SummaryPanel};
use super::web::{HISTORY, PLACE};
use super::{AccountError, LIST, bulk};
use crate::actor::Actor;
use crate::{events, tallies};

/// What happened to an account: a panel of its page.
///
/// # Errors
/// No such account here, or the database's.
pub async fn history(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let id = known(&id)?;
    let (account, history, origin) = db
        .read(move |tx| {
            let account = super::find(tx, &actor, id)?.ok_or(AccountError::Unknown)?;
            let mut history = events::about(tx, actor.workspace, id, HISTORY)?;
            let origin = bulk::origin(tx, &account, &history, actor.workspace)?;
            history.retain(|event| event.is_for(&actor));
            Ok::<_, AccountError>((account, history, origin))
        })
        .await?;
    let view = HistoryPanel {
        t: &t,
        history,
        origin,
    };
    let page = Page::new(t.say("panel-history"), &view);
    Ok(page
        .place(PLACE)
        .crumb(t.say("accounts-title"), "/accounts")
        .crumb(&account.name, format!("/accounts/{id}"))
        .live(id.to_string()))
}

/// How many accounts there are: a panel of the home page.
///
/// # Errors
/// The database's.
pub async fn summary(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let open = db
        .read(move |tx| tallies::total(tx, actor.workspace, super::OPEN_TALLY))
        .await?;
    let page = Page::new(t.say("panel-accounts"), &SummaryPanel { t: &t, open });
    Ok(page.place("home").crumb(t.say("nav-home"), "/").live(LIST))
}
