//! Health, for programs.

use axum::extract::State;
use http::Uri;
use kit::day::Day;
use kit::db::{Db, Tx};
use kit::web::Failure;
use kit::web::api::{Asked, At, Limit, Listed, Operation, Sent, Single, cursor};
use schemars::JsonSchema;
use serde::Deserialize;
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::metrics;

use super::documents::{HealthDocument, LineDocument, SayInput, Shown, document};
use super::failures::{BAND, REASON, UNTIL};
use super::{Band, Cursor, Filter, HealthError, LIST, Place, explain, list as listed, overriding};

pub(crate) const PART: &str = "Health";

/// Which accounts, and how many.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BookQuery {
    /// In which band; all unless told.
    band: Option<Band>,
    /// The cursor of the part before: its `next`.
    after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    limit: Limit,
}

/// Of which day.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DayQuery {
    /// A day of the past; today unless told.
    day: Option<Day>,
}

/// `GET /api/v1/health`
pub const BOOK: Operation = Operation::new(
    PART,
    "List accounts by health",
    "Those that bring the most first; in one band, or all.",
)
.asks::<BookQuery>()
.gives::<Listed<LineDocument>>();

/// `GET /api/v1/accounts/{id}/health`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show an account's health",
    "The score with all it is made of, today or on a day of the past under the scorecard then in force.",
)
.of::<AccountId>()
.asks::<DayQuery>()
.shows::<HealthDocument>();

/// `PUT /api/v1/accounts/{id}/health/override`
pub const SAY: Operation = Operation::new(
    PART,
    "Say how an account is",
    "Shown in place of what the score says, until the end of a day; the score stays beside it. What was said before ends.",
)
.of::<AccountId>()
.takes::<SayInput>()
.shows::<HealthDocument>()
.fails(&[&BAND, &REASON, &UNTIL]);

/// `DELETE /api/v1/accounts/{id}/health/override`
pub const UNSAY: Operation = Operation::new(
    PART,
    "Let the score speak again",
    "Where nobody said anything, nothing changes.",
)
.of::<AccountId>()
.shows::<HealthDocument>();

/// `GET /api/v1/health`
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn book(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<BookQuery>,
) -> Result<Listed<LineDocument>, Failure> {
    let after: Option<Cursor> = cursor::wanted(LIST, query.after.as_deref())?;
    let filter = Filter {
        band: query.band,
        owner: None,
    };
    let (reader, limit) = (actor.clone(), query.limit);
    let lines = db
        .read(move |tx| listed(tx, &reader, filter, after, limit.and_one()))
        .await?;
    let producers = metrics::producers_of(&db, actor.workspace).await?;
    let lines = lines.into_iter().map(|line| Shown {
        line,
        producers: &producers,
        actor: &actor,
    });
    let next = |shown: &Shown<'_>| {
        let place = Place {
            account: shown.line.account,
        };
        cursor::write(LIST, &place)
    };
    Ok(Listed::of(lines.collect(), limit, next).linked(&address))
}

/// `GET /api/v1/accounts/{id}/health`
///
/// # Errors
/// No such account here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AccountId>,
    Asked(query): Asked<DayQuery>,
) -> Result<Single, Failure> {
    db.read(move |tx| single(tx, &actor, id, query.day))
        .await
        .map_err(Failure::from)
}

/// `PUT /api/v1/accounts/{id}/health/override`
///
/// # Errors
/// No such account here, what can't be said, a missing permission, or the database's.
pub async fn say(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AccountId>,
    Sent(input): Sent<SayInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        overriding::say(tx, &actor, id, (input.band, &input.reason, input.until))?;
        single(tx, &actor, id, None)
    })
    .await
    .map_err(Failure::from)
}

/// `DELETE /api/v1/accounts/{id}/health/override`
///
/// # Errors
/// No such account here, a missing permission, or the database's.
pub async fn unsay(State(db): State<Db>, actor: Actor, At(id): At<AccountId>) -> Result<Single, Failure> {
    db.write(move |tx| {
        overriding::end(tx, &actor, id)?;
        single(tx, &actor, id, None)
    })
    .await
    .map_err(Failure::from)
}

fn single(tx: &mut Tx<'_>, actor: &Actor, id: AccountId, day: Option<Day>) -> Result<Single, HealthError> {
    let explained = explain(tx, actor, id, day)?;
    Ok(Single::of(&document(id, explained)))
}
