//! The accounts behind the repeat-order rate.

use axum::extract::{Query, State};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::cursor;
use kit::web::{Failure, Page, address};
use serde::{Deserialize, Serialize};

use super::Period;
use super::views::{OrderingPage, retention_at};
use crate::accounts::AccountId;
use crate::actor::Actor;
use crate::orders;

/// Accounts on one page.
const PAGE: i64 = 50;

/// Which months, whether only those that ordered again, and where to go on.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct OrderingQuery {
    from: String,
    last: String,
    of: String,
    after: Option<String>,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Cursor {
    account: AccountId,
}

/// The accounts that ordered in a period, or those of them that ordered again.
///
/// # Errors
/// A period that is none, a cursor that is none, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<OrderingQuery>,
) -> Result<Page, Failure> {
    let days = query.from.parse().ok().zip(query.last.parse().ok());
    let period = days.and_then(|(from, last)| Period::new(from, last));
    let period = period.ok_or_else(|| Failure::of(StatusCode::BAD_REQUEST))?;
    let after: Option<Cursor> = cursor::wanted(orders::LIST, query.after.as_deref())?;
    let only_again = query.of == "again";
    let mut found = db
        .report(move |tx| {
            let wanted = ((period.from, period.until), only_again);
            orders::repeating::repeaters(tx, &actor, wanted, after.map(|cursor| cursor.account), PAGE + 1)
        })
        .await?;
    let page = usize::try_from(PAGE).expect("a page is small");
    let next = (found.len() > page).then(|| {
        found.truncate(page);
        let account = found[page - 1].account;
        let after = cursor::write(orders::LIST, &Cursor { account });
        ordering_at(period, only_again, &after)
    });
    let view = OrderingPage {
        t: &t,
        period,
        only_again,
        found,
        next,
    };
    Ok(Page::new(t.say(view.title()), &view)
        .place("retention")
        .crumb(t.say("retention-title"), retention_at(period, ""))
        .actions(&view.actions())
        .live(orders::LIST))
}

/// The address of the accounts that ordered in a period, or of those that ordered again.
pub(super) fn ordering_at(period: Period, only_again: bool, after: &str) -> String {
    let (from, last) = (period.from.to_string(), period.last().to_string());
    let of = if only_again { "again" } else { "all" };
    address(
        "/retention/orders",
        &[("of", of), ("from", &from), ("last", &last), ("after", after)],
    )
}
