//! The page of a book.

use axum::extract::{Query, State};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Page, address, known};
use serde::Deserialize;

use super::{part, store};
use crate::accounts::{self, Cursor};
use crate::actor::Actor;
use crate::agents::AgentId;
use crate::assignment::views::BookPage;
use crate::assignment::{AssignmentError, LIST, loads};
use crate::currencies;
use crate::permissions::Permission;
use crate::tiers::service::TouchModel;

/// Whose book, and where to go on in it.
#[derive(Debug, Deserialize)]
pub struct BookQuery {
    #[serde(default)]
    agent: String,
    #[serde(default)]
    touch: String,
    after: Option<String>,
}

/// The accounts that somebody looks after: one's own, those of the agent that the address names, or those of nobody.
///
/// # Errors
/// A cursor or an agent that is none, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<BookQuery>,
) -> Result<Page, Failure> {
    let whose: Option<AgentId> = match query.agent.as_str() {
        "" => actor.agent(),
        "none" => None,
        agent => Some(known(agent)?),
    };
    let after = match &query.after {
        Some(text) => Some(Cursor::decode(text).ok_or_else(|| Failure::of(http::StatusCode::BAD_REQUEST))?),
        None => None,
    };
    let (reader, words) = (actor.clone(), t.clone());
    let touch = TouchModel::named(&query.touch);
    let ((entries, next), loads, currency) = db
        .read(move |tx| {
            let part = part(tx, &reader, &words, (whose, touch), after.as_ref())?;
            let currency = currencies::reporting(tx, reader.workspace)?;
            Ok::<_, AssignmentError>((part, loads(tx, reader.workspace)?, currency))
        })
        .await?;
    let counts = counts(&db, &actor, whose).await?;
    let named = whose.map_or_else(|| "none".to_owned(), |agent| agent.to_string());
    let view = BookPage {
        t: &t,
        loads: &loads,
        whose,
        entries,
        next: next.map(|after| {
            address(
                "/book",
                &[("agent", &named), ("touch", &query.touch), ("after", &after)],
            )
        }),
        touch,
        counts,
        currency,
        may_see_money: actor.may(Permission::MoneyRead),
    };
    Ok(Page::new(t.say("assignment-book"), &view)
        .place("accounts")
        .crumb(t.say("accounts-title"), "/accounts")
        .live(LIST)
        .live(accounts::LIST))
}

/// How many of somebody's accounts are looked after in which way.
async fn counts(
    db: &Db,
    actor: &Actor,
    whose: Option<AgentId>,
) -> Result<Vec<(TouchModel, i64)>, AssignmentError> {
    let (Some(agent), workspace) = (whose, actor.workspace) else {
        return Ok(Vec::new());
    };
    Ok(db.read(move |tx| store::counts(tx, workspace, agent)).await?)
}
