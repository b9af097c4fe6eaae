//! Merging accounts, and taking it back.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Notice, Page, known};
use serde::Deserialize;

use super::views::{FindPage, PreviewPage};
use crate::accounts::web::PLACE;
use crate::accounts::{self, AccountError, AccountId};
use crate::actor::Actor;

/// How many accounts are offered.
const OFFERED: i64 = 20;

/// Who is looked for, or who was chosen.
#[derive(Debug, Deserialize)]
pub struct MergeQuery {
    #[serde(default)]
    q: String,
    with: Option<AccountId>,
}

/// With whom an account can be merged; once one is chosen, what would happen.
///
/// # Errors
/// No such account here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Query(query): Query<MergeQuery>,
) -> Result<Page, Failure> {
    let id: AccountId = known(&id)?;
    match query.with {
        Some(with) => choose(&db, actor, &t, id, with).await,
        None => find(&db, actor, &t, id, query.q.trim().to_owned()).await,
    }
}

async fn find(db: &Db, actor: Actor, t: &Text, id: AccountId, asked: String) -> Result<Page, Failure> {
    let typed = asked.clone();
    let (account, offered) = db
        .read(move |tx| {
            let account = accounts::find(tx, &actor, id)?.ok_or(AccountError::Unknown)?;
            let wanted = if typed.is_empty() { &account.name } else { &typed };
            let mut offered = accounts::named(tx, &actor, wanted, OFFERED)?;
            offered.retain(|other| other.id != id);
            Ok::<_, AccountError>((account, offered))
        })
        .await?;
    let view = FindPage {
        t,
        account: &account,
        asked: &asked,
        offered,
    };
    Ok(around(Page::new(t.say("merging-title"), &view), t, &account))
}

async fn choose(db: &Db, actor: Actor, t: &Text, kept: AccountId, gone: AccountId) -> Result<Page, Failure> {
    let preview = db.read(move |tx| super::preview(tx, &actor, kept, gone)).await?;
    let view = PreviewPage { t, preview: &preview };
    let page = Page::new(t.say("merging-title"), &view);
    Ok(around(page, t, &preview.kept))
}

fn around(page: Page, t: &Text, account: &accounts::Account) -> Page {
    page.place(PLACE)
        .crumb(t.say("accounts-title"), "/accounts")
        .crumb(&account.name, format!("/accounts/{}", account.id))
}

/// Merges the account that the form names into this one, with the values that it chooses.
///
/// # Errors
/// Accounts that can't be merged, none here, a missing permission, or the database's.
pub async fn merge(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let kept: AccountId = known(&id)?;
    let other = sent.iter().find(|(name, _)| name == "other");
    let gone: AccountId = other
        .and_then(|(_, id)| id.parse().ok())
        .ok_or_else(|| Failure::of(StatusCode::UNPROCESSABLE_ENTITY))?;
    let taken = sent.iter().filter(|(_, value)| value == "theirs");
    let take: Vec<String> = taken.map(|(name, _)| name.clone()).collect();
    let (account, merge) = db
        .write(move |tx| {
            let account = super::merge(tx, &actor, kept, gone, &take)?;
            let merge = super::find(tx, &actor, gone)?.ok_or(AccountError::Unknown)?;
            Ok::<_, AccountError>((account, merge))
        })
        .await?;
    let said = t.say_with(
        "merging-was-merged",
        kit::args!(name = merge.name.as_str(), into = account.name.as_str()),
    );
    let notice = Notice::new(said).undo(format!("/accounts/{gone}/merge/end"));
    Ok((notice, Redirect::to(&format!("/accounts/{kept}"))).into_response())
}

/// Says that an account is a customer of its own after all.
///
/// # Errors
/// As of [`merge`].
pub async fn unmerge(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let gone: AccountId = known(&id)?;
    let account = db.write(move |tx| super::unmerge(tx, &actor, gone)).await?;
    let said = t.say_with("merging-was-unmerged", kit::args!(name = account.name.as_str()));
    let to = Redirect::to(&format!("/accounts/{gone}"));
    Ok((Notice::new(said), to).into_response())
}
