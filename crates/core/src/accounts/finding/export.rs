//! The filtered list as a file.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::Failure;
use serde::Deserialize;
use serde_json::json;

use super::{Wishes, found};
use crate::accounts::listing::TABLE;
use crate::accounts::{Account, AccountId, LIST, columns, heading};
use crate::actor::Actor;
use crate::audit::{self, Act, Entry};
use crate::sheets::{self, Cell, Sheet};

const HEAD: [&str; 12] = [
    "id", "name", "kind", "website", "state", "owner", "tier", "stage", "currency", "mrr", "arr", "renews",
];

/// Which accounts, and as which file.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    #[serde(flatten)]
    wishes: Wishes,
    /// `xlsx` for a workbook, else comma-separated values.
    #[serde(default)]
    format: String,
}

/// The accounts that the filters leave, as a file; taking it is recorded.
///
/// # Errors
/// The database's.
pub async fn file(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(wanted): Form<Wanted>,
) -> Result<Response, Failure> {
    let (wishes, reader) = (wanted.wishes, actor.clone());
    // Of very many accounts this takes a while, for which nobody who writes waits.
    let read = db.report(move |tx| {
        let accounts = found(tx, &reader, &wishes, (TABLE.sort, None), sheets::ASKED)?;
        Ok::<_, Failure>((table(tx, &reader, &accounts)?.cut(&t), accounts.len()))
    });
    let (sheet, accounts) = read.await?;
    db.write(move |tx| note(tx, &actor, accounts)).await?;
    sheet.file(&wanted.format)
}

/// These accounts as a table; taking it is recorded.
///
/// # Errors
/// The database's.
pub(in crate::accounts) fn sheet(
    tx: &mut Tx<'_>,
    actor: &Actor,
    accounts: &[Account],
) -> Result<Sheet, Failure> {
    note(tx, actor, accounts.len())?;
    table(tx, actor, accounts)
}

/// Keeps that somebody takes so many accounts along.
fn note(tx: &mut Tx<'_>, actor: &Actor, accounts: usize) -> Result<(), Failure> {
    let most = usize::try_from(sheets::MOST).unwrap_or(usize::MAX);
    let entry = Entry::of(Act::Exported, actor.workspace).named(LIST);
    audit::record(tx, actor, entry.after(json!({ "accounts": accounts.min(most) })))?;
    Ok(())
}

fn table(tx: &mut Tx<'_>, actor: &Actor, accounts: &[Account]) -> Result<Sheet, Failure> {
    let ids: Vec<AccountId> = accounts.iter().map(|account| account.id).collect();
    let mut headings = heading::of(tx, actor, &ids)?;
    let extra = columns::filled(tx, actor, &ids, |column| column.in_files)?;
    let rows = accounts.iter().map(|account| {
        let heading = headings.remove(&account.id).unwrap_or_default();
        let mut cells = row(account, &heading);
        cells.extend(extra.iter().map(|column| column.plain(account.id)));
        cells
    });
    let rows = rows.collect();
    let mut head = HEAD.map(str::to_owned).to_vec();
    head.extend(extra.iter().map(columns::Filled::head));
    Ok(Sheet {
        name: "accounts",
        head,
        rows,
    })
}

fn row(account: &Account, heading: &heading::Heading) -> Vec<Cell> {
    let worth = heading.worth.as_ref();
    let said = |text: Option<&str>| Cell::text(text.unwrap_or_default());
    let amount = |minor: Option<i64>| match (minor, worth) {
        (Some(minor), Some(worth)) => Cell::Amount(minor, worth.currency),
        _ => Cell::text(""),
    };
    let renews = worth.and_then(|worth| worth.renews);
    vec![
        Cell::text(account.id),
        Cell::text(&account.name),
        Cell::text(account.kind.as_str()),
        said(account.website.as_deref()),
        Cell::text(if account.is_open() { "open" } else { "closed" }),
        said(heading.owner.as_ref().map(|span| span.name.as_str())),
        said(heading.rung().map(|tier| tier.text.name.as_str())),
        said(heading.stage.as_ref().map(|stage| stage.text.name.as_str())),
        Cell::text(worth.map(|worth| worth.currency.to_string()).unwrap_or_default()),
        amount(worth.map(|worth| worth.mrr)),
        amount(worth.map(|worth| worth.arr)),
        Cell::text(renews.map(|day| day.to_string()).unwrap_or_default()),
    ]
}
