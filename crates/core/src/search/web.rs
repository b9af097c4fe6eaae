//! The page of results, the palette's answers, and the settings of the index.

use axum::Json;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::i18n::Text;
use kit::web::{Failure, Notice, Page};
use serde::Deserialize;

use super::palette::Palette;
use super::views::{IndexPage, ResultsPage};
use super::{Search, Wish};
use crate::actor::Actor;
use crate::permissions::Permission;
use crate::settings;

const ADDRESS: &str = "/settings/search";
/// How many of each kind stand together.
const EACH: usize = 5;
/// How many of one kind stand on a page.
const PAGE: usize = 20;
/// How many of each kind the palette shows.
const IN_PALETTE: usize = 4;

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
pub struct SearchQuery {
    #[serde(default)]
    q: String,
    after: Option<String>,
}

/// The results, by kind; of one kind when the query asks for one.
///
/// # Errors
/// A place to go on from that is none, or an index that can't be read.
pub async fn page(
    State(search): State<Search>,
    actor: Actor,
    t: Text,
    Query(query): Query<SearchQuery>,
) -> Result<Page, Failure> {
    let is_of_one_kind = query.q.to_lowercase().contains("kind:");
    let after = query.after.as_deref().map(str::parse).transpose();
    let wish = Wish {
        text: query.q.clone(),
        each: if is_of_one_kind { PAGE } else { EACH },
        after: after.map_err(|_| Failure::of(StatusCode::BAD_REQUEST))?,
    };
    let found = search.find(&actor, &t, wish).await?;
    let kinds = search.sources().iter().filter(|source| actor.may(source.needs));
    let view = ResultsPage::new(&t, &query.q, found, kinds.collect(), is_of_one_kind);
    Ok(Page::new(t.say("search-title"), &view))
}

/// What the palette shows below its commands.
///
/// # Errors
/// An index that can't be read.
pub async fn palette(
    State(search): State<Search>,
    actor: Actor,
    t: Text,
    Query(query): Query<SearchQuery>,
) -> Result<Json<Palette>, Failure> {
    let wish = Wish {
        text: query.q,
        each: IN_PALETTE,
        after: None,
    };
    let found = search.find(&actor, &t, wish).await?;
    Ok(Json(Palette::new(&found, search.sources(), &actor, &t)))
}

/// How the index of this node is.
///
/// # Errors
/// An index that can't be read.
pub async fn settings(State(search): State<Search>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let view = IndexPage {
        t: &t,
        condition: search.condition(actor.workspace).await?,
        may_rebuild: actor.may(Permission::WorkWrite),
    };
    Ok(settings::page(&t, t.say("search-index"), &view))
}

/// Has the index rebuilt beside the one in use.
///
/// # Errors
/// A missing permission.
pub async fn rebuild(State(search): State<Search>, actor: Actor, t: Text) -> Result<Response, Failure> {
    actor
        .must(Permission::WorkWrite)
        .map_err(|_| Failure::of(StatusCode::FORBIDDEN))?;
    search.want_rebuild();
    let said = Notice::new(t.say("search-rebuild-begun"));
    Ok((said, Redirect::to(ADDRESS)).into_response())
}
