//! Numbers for programs. What the addresses are for stands in [`super::operations`].

use axum::extract::State;
use http::Uri;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, Listed, Single, cursor};
use tandem_core::actor::Actor;
use tandem_core::workspaces;

use super::NumbersError;
use super::asking::ask;
use super::documents::{NumbersDocument, NumbersQuery};
use super::rows::documents::{RowDocument, RowsQuery};
use super::rows::{Age, Cursor, Of, Rows};

/// The name of the list of rows, in cursors.
const LIST: &str = "ticket_facts";

/// `GET /api/v1/reports/support`
///
/// # Errors
/// A period or a word that is none, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    Asked(query): Asked<NumbersQuery>,
) -> Result<Single, Failure> {
    let form = query.form();
    let document = db
        .report(move |tx| {
            let today = workspaces::today(tx, actor.workspace)?;
            let ask = ask(&form, today)?;
            let report = super::report(tx, &actor, &ask)?;
            Ok::<_, NumbersError>(NumbersDocument::of(&ask, &report))
        })
        .await?;
    Ok(Single::of(&document))
}

/// `GET /api/v1/reports/support/tickets`
///
/// # Errors
/// A number, a period, a word or a cursor that is none, or the database's.
pub async fn rows(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<RowsQuery>,
) -> Result<Listed<RowDocument>, Failure> {
    let after: Option<Cursor> = cursor::wanted(LIST, query.after.as_deref())?;
    let of = Of::parse(&query.of).ok_or(NumbersError::BadWord("of"))?;
    let age = match query.age.as_deref() {
        Some(word) => Some(Age::parse(word).ok_or(NumbersError::BadWord("age"))?),
        None => None,
    };
    let limit = query.limit;
    let form = query.form();
    let (wanted, found) = db
        .read(move |tx| {
            let today = workspaces::today(tx, actor.workspace)?;
            let mut rows = Rows::behind(of, &ask(&form, today)?);
            rows.after = after;
            if let Some(age) = age {
                rows = rows.aged(age, today);
            }
            let found = super::rows::rows(tx, &actor, &rows, limit.and_one())?;
            Ok::<_, NumbersError>((rows, found))
        })
        .await?;
    let listed = Listed::of(found, limit, |last| cursor::write(LIST, &wanted.cursor(last)));
    Ok(listed.linked(&address))
}
