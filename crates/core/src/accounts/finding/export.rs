//! The filtered list as a file.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::HeaderValue;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use kit::db::{Db, Tx};
use kit::web::Failure;
use serde_json::json;

use super::{Wishes, found};
use crate::accounts::listing::TABLE;
use crate::accounts::{Account, AccountId, LIST, heading};
use crate::actor::Actor;
use crate::audit::{self, Act, Entry};

/// How many accounts a file has at most.
pub const MOST: i64 = 20_000;

/// The accounts that the filters leave, as comma-separated values.
///
/// # Errors
/// The database's.
pub async fn csv(
    State(db): State<Db>,
    actor: Actor,
    Form(wishes): Form<Wishes>,
) -> Result<Response, Failure> {
    let text = db.write(move |tx| written(tx, &actor, &wishes)).await?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (
            CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"accounts.csv\""),
        ),
    ];
    Ok((headers, text).into_response())
}

fn written(tx: &mut Tx<'_>, actor: &Actor, wishes: &Wishes) -> Result<String, Failure> {
    let accounts = found(tx, actor, wishes, (TABLE.sort, None), MOST)?;
    let ids: Vec<AccountId> = accounts.iter().map(|account| account.id).collect();
    let mut headings = heading::of(tx, actor, &ids)?;
    let head = [
        "id", "name", "kind", "website", "state", "owner", "tier", "stage", "currency", "mrr", "arr",
        "renews",
    ];
    let mut text = kit::csv::line(head);
    for account in &accounts {
        let heading = headings.remove(&account.id).unwrap_or_default();
        text.push_str(&kit::csv::line(row(account, &heading)));
    }
    let entry = Entry::of(Act::Exported, actor.workspace).named(LIST);
    audit::record(tx, actor, entry.after(json!({ "accounts": accounts.len() })))?;
    Ok(text)
}

fn row(account: &Account, heading: &heading::Heading) -> [String; 12] {
    let worth = heading.worth.as_ref();
    let major = |minor: i64, worth: &crate::worth::Worth| {
        let scale = worth.currency.scale();
        let digits = usize::try_from(scale.ilog10()).unwrap_or(0);
        match digits {
            0 => minor.to_string(),
            _ => format!("{}.{:0digits$}", minor / scale, minor.abs() % scale),
        }
    };
    let said = |text: Option<&str>| text.unwrap_or_default().to_owned();
    [
        account.id.to_string(),
        account.name.clone(),
        account.kind.as_str().to_owned(),
        said(account.website.as_deref()),
        (if account.is_open() { "open" } else { "closed" }).to_owned(),
        said(heading.owner.as_ref().map(|span| span.name.as_str())),
        said(heading.rung().map(|tier| tier.text.name.as_str())),
        said(heading.stage.as_ref().map(|stage| stage.text.name.as_str())),
        worth.map(|worth| worth.currency.to_string()).unwrap_or_default(),
        worth.map(|worth| major(worth.mrr, worth)).unwrap_or_default(),
        worth.map(|worth| major(worth.arr, worth)).unwrap_or_default(),
        worth
            .and_then(|worth| worth.renews)
            .map(|day| day.to_string())
            .unwrap_or_default(),
    ]
}
