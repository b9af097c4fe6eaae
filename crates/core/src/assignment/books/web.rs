//! The page of a book.

use axum::extract::{Query, State};
use kit::db::Db;
use kit::i18n::Text;
use kit::money::Currency;
use kit::web::{Failure, Page, address, known};
use serde::Deserialize;

use super::{part, store};
use crate::accounts::{self, Cursor};
use crate::actor::Actor;
use crate::agents::AgentId;
use crate::assignment::views::{BookPage, Entry};
use crate::assignment::{AssignmentError, LIST, Load, loads};
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
    let touch = TouchModel::named(&query.touch);
    let shown = Shown::read(&db, &actor, &t, (whose, touch), after).await?;
    let named = whose.map_or_else(|| "none".to_owned(), |agent| agent.to_string());
    let view = BookPage {
        t: &t,
        loads: &shown.loads,
        whose,
        entries: shown.entries,
        next: shown.next.map(|after| {
            address(
                "/book",
                &[("agent", &named), ("touch", &query.touch), ("after", &after)],
            )
        }),
        touch,
        counts: shown.counts,
        currency: shown.currency,
        may_see_money: actor.may(Permission::MoneyRead),
    };
    Ok(Page::new(t.say("assignment-book"), &view)
        .place("accounts")
        .crumb(t.say("accounts-title"), "/accounts")
        .live(LIST)
        .live(accounts::LIST))
}

/// What the page of a book shows.
struct Shown {
    entries: Vec<Entry>,
    next: Option<String>,
    /// How many of the book are looked after in which way.
    counts: Vec<(TouchModel, i64)>,
    loads: Vec<Load>,
    currency: Currency,
}

impl Shown {
    async fn read(
        db: &Db,
        actor: &Actor,
        t: &Text,
        (whose, touch): (Option<AgentId>, Option<TouchModel>),
        after: Option<Cursor>,
    ) -> Result<Self, AssignmentError> {
        let (reader, words, workspace) = (actor.clone(), t.clone(), actor.workspace);
        db.read(move |tx| {
            let (entries, next) = part(tx, &reader, &words, (whose, touch), after.as_ref())?;
            let counts = match whose {
                Some(agent) => store::counts(tx, workspace, agent)?,
                None => Vec::new(),
            };
            Ok(Self {
                entries,
                next,
                counts,
                loads: loads(tx, workspace)?,
                currency: currencies::reporting(tx, workspace)?,
            })
        })
        .await
    }
}
