//! The pages of health: the book, an account explained, and what a person says of it.

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use kit::chart::{Caption, Contribution, Contributions, Lines, Series, Unit};
use kit::day::Day;
use kit::db::Db;
use kit::i18n::Text;
use kit::money::Currency;
use kit::web::api::cursor;
use kit::web::{Failure, Filled, Notice, Page, Tab, address, known};
use serde::Deserialize;
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::currencies;
use tandem_core::metrics;
use tandem_core::permissions::Permission;

use super::views::{AccountPage, ListActions, ListPage, Seen, points};
use super::{Band, Cursor, Explained, Filter, HealthError, LIST, Line, OverrideId, Place, book, explain};
use super::{list as listed, overriding, tallies};

pub(super) const PLACE: &str = "health";
/// Accounts on one page.
const PAGE: i64 = 50;

/// Which accounts.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct BookQuery {
    band: String,
    book: String,
    after: Option<String>,
}

/// Of which day.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DayQuery {
    day: String,
}

/// Which ending is taken back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AgainQuery {
    of: String,
}

/// The accounts by health: one's own book, or everybody's.
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<BookQuery>,
) -> Result<Page, Failure> {
    let after: Option<Cursor> = cursor::wanted(LIST, query.after.as_deref())?;
    let is_own = query.book != "all" && actor.agent().is_some();
    let filter = Filter {
        band: Band::named(&query.band),
        owner: actor.agent().filter(|_| is_own),
    };
    let found = found(&db, &actor, filter, after).await?;
    let producers = metrics::producers_of(&db, actor.workspace).await?;
    let seen = Seen::new(&t, &producers, &actor, found.currency);
    let view = view(&t, &query, (filter, is_own), found, seen);
    Ok(Page::new(t.say("health-title"), &view)
        .place(PLACE)
        .actions(&ListActions { t: &t })
        .live(LIST))
}

/// What the list shows.
struct Found {
    lines: Vec<Line>,
    bands: Vec<(Band, i64, i64)>,
    courses: BTreeMap<AccountId, Vec<Option<f64>>>,
    currency: Currency,
}

async fn found(db: &Db, actor: &Actor, filter: Filter, after: Option<Cursor>) -> Result<Found, HealthError> {
    let reader = actor.clone();
    db.read(move |tx| {
        let lines = listed(tx, &reader, filter, after, PAGE + 1)?;
        let ids: Vec<AccountId> = lines.iter().map(|line| line.account).collect();
        Ok(Found {
            lines,
            bands: tallies(tx, &reader, filter.owner)?,
            courses: book::courses(tx, reader.workspace, &ids)?,
            currency: currencies::reporting(tx, reader.workspace)?,
        })
    })
    .await
}

fn view<'a>(
    t: &'a Text,
    query: &BookQuery,
    (filter, is_own): (Filter, bool),
    mut found: Found,
    seen: Seen<'a>,
) -> ListPage<'a> {
    let next = next(&mut found.lines).map(|last| {
        let after = cursor::write(LIST, &last);
        let pairs = [
            ("band", query.band.as_str()),
            ("book", &query.book),
            ("after", &after),
        ];
        address("/health", &pairs)
    });
    let at_risk = found.bands.iter().filter(|(band, _, _)| *band == Band::Red);
    let other = if is_own { "all" } else { "" };
    ListPage {
        t,
        tabs: tabs(t, filter.band, &query.book, &found.bands),
        next,
        at_risk: seen
            .money(at_risk.map(|(_, _, mrr)| mrr).sum::<i64>())
            .unwrap_or_default(),
        accounts: found.bands.iter().map(|(_, accounts, _)| accounts).sum(),
        is_own,
        other: address("/health", &[("band", query.band.as_str()), ("book", other)]),
        lines: found.lines,
        courses: found.courses,
        seen,
    }
}

fn next(lines: &mut Vec<Line>) -> Option<Place> {
    let page = usize::try_from(PAGE).expect("a page is small");
    (lines.len() > page).then(|| {
        lines.truncate(page);
        let last = &lines[page - 1];
        Place {
            account: last.account,
        }
    })
}

fn tabs(t: &Text, now: Option<Band>, book: &str, bands: &[(Band, i64, i64)]) -> Vec<Tab> {
    let all = Tab {
        text: t.say("health-every-band"),
        href: address("/health", &[("book", book)]),
        current: now.is_none(),
        count: None,
    };
    let of = |(band, accounts, _): &(Band, i64, i64)| Tab {
        text: t.say(band.text()),
        href: address("/health", &[("band", band.as_str()), ("book", book)]),
        current: now == Some(*band),
        count: Some(*accounts),
    };
    [all].into_iter().chain(bands.iter().map(of)).collect()
}

/// The score of an account, explained; of today or a day of the past.
///
/// # Errors
/// No such account here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    (Path(id), Query(query)): (Path<String>, Query<DayQuery>),
) -> Result<Page, Failure> {
    let day = t.read_day(&query.day).map(Day::from);
    let mut form = Filled::default();
    form.set(
        "until",
        t.today()
            .map(|today| t.day_written(Day::from(today).plus_days(30)))
            .unwrap_or_default(),
    );
    page(&db, &actor, &t, known(&id)?, (day, &form)).await
}

/// Says how an account is, until a day.
///
/// # Errors
/// No such account here, a missing permission, or the database's.
pub async fn say(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id: AccountId = known(&id)?;
    let mut form: Filled = sent.into_iter().collect();
    let band = Band::named(form.value("band")).unwrap_or(Band::Unknown);
    let reason = form.value("reason").to_owned();
    let writer = actor.clone();
    let Some(until) = form.day(&t, "until") else {
        let again = page(&db, &actor, &t, id, (None, &form)).await?;
        return Ok(again
            .status(http::StatusCode::UNPROCESSABLE_ENTITY)
            .into_response());
    };
    match db
        .write(move |tx| overriding::say(tx, &writer, id, (band, &reason, until)))
        .await
    {
        Ok(_) => Ok(done(
            id,
            Notice::new(t.say("health-was-said")).undo(format!("/accounts/{id}/health/override/end")),
        )),
        Err(error) => {
            let status = form.refuse_all(error.into(), &t)?;
            let again = page(&db, &actor, &t, id, (None, &form)).await?;
            Ok(again.status(status).into_response())
        }
    }
}

/// Lets the computed score be shown again.
///
/// # Errors
/// No such account here, a missing permission, or the database's.
pub async fn unsay(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: AccountId = known(&id)?;
    let ended = db.write(move |tx| overriding::end(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("health-was-unsaid"));
    Ok(done(
        id,
        match ended {
            Some(ended) => notice.undo(format!("/accounts/{id}/health/override/again?of={}", ended.id)),
            None => notice,
        },
    ))
}

/// Says again what was ended.
///
/// # Errors
/// Nothing was ended under this id, a missing permission, or the database's.
pub async fn say_again(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    (Path(id), Query(query)): (Path<String>, Query<AgainQuery>),
) -> Result<Response, Failure> {
    let (id, of): (AccountId, OverrideId) = (known(&id)?, known(&query.of)?);
    db.write(move |tx| overriding::again(tx, &actor, id, of)).await?;
    Ok(done(
        id,
        Notice::new(t.say("health-was-said")).undo(format!("/accounts/{id}/health/override/end")),
    ))
}

fn done(id: AccountId, notice: Notice) -> Response {
    (notice, Redirect::to(&format!("/accounts/{id}/health"))).into_response()
}

async fn page(
    db: &Db,
    actor: &Actor,
    t: &Text,
    id: AccountId,
    (day, form): (Option<Day>, &Filled),
) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (explained, currency) = db
        .read(move |tx| {
            let explained = explain(tx, &reader, id, day)?;
            Ok::<_, HealthError>((explained, currencies::reporting(tx, reader.workspace)?))
        })
        .await?;
    let producers = metrics::producers_of(db, actor.workspace).await?;
    let seen = Seen::new(t, &producers, actor, currency);
    let name = explained.name.clone();
    let view = AccountPage {
        t,
        account: id,
        contributions: contributions(t, &seen, &explained),
        changes: changes(t, &seen, &explained),
        course: course(t, &explained),
        explained,
        form,
        may_write: actor.may(Permission::AccountsWrite),
        seen,
    };
    Ok(Page::new(t.say("health-of-account"), &view)
        .place("accounts")
        .crumb(t.say("accounts-title"), "/accounts")
        .crumb(name, format!("/accounts/{id}"))
        .live(id.to_string()))
}

fn contributions(t: &Text, seen: &Seen<'_>, explained: &Explained) -> String {
    if explained.contributions.is_empty() {
        return String::new();
    }
    let mut parts = explained.contributions.clone();
    parts.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    let score = explained.kept.as_ref().and_then(|kept| kept.scored.score);
    let summary = t.say_with("health-made-of-says", kit::args!(score = points(t, score)));
    bars(
        t,
        seen,
        Caption::new("health-made-of", t.say("health-made-of"), summary),
        &parts,
    )
}

fn changes(t: &Text, seen: &Seen<'_>, explained: &Explained) -> String {
    if explained.changes.is_empty() {
        return String::new();
    }
    let score = explained.kept.as_ref().and_then(|kept| kept.scored.score);
    let summary = t.say_with(
        "health-changed-says",
        kit::args!(from = points(t, explained.week_ago), to = points(t, score)),
    );
    let caption = Caption::new("health-changes", t.say("health-what-changed"), summary);
    bars(t, seen, caption, &explained.changes)
}

fn bars(t: &Text, seen: &Seen<'_>, caption: Caption, parts: &[(String, f64)]) -> String {
    let part = |(metric, by): &(String, f64)| Contribution {
        name: seen.name(metric),
        by: *by,
    };
    Contributions {
        caption,
        unit: Unit::Number(1),
        parts: parts.iter().map(part).collect(),
    }
    .draw(t)
}

fn course(t: &Text, explained: &Explained) -> String {
    let known = explained
        .course
        .iter()
        .filter(|(_, score)| score.is_some())
        .count();
    if known < 2 {
        return String::new();
    }
    let last = explained.course.last().and_then(|(_, score)| *score);
    let first = explained.course.iter().find_map(|(_, score)| *score);
    let summary = t.say_with(
        "health-course-says",
        kit::args!(from = points(t, first), to = points(t, last)),
    );
    Lines {
        caption: Caption::new("health-course", t.say("health-course"), summary),
        unit: Unit::Number(0),
        places: explained.course.iter().map(|(day, _)| t.day(*day)).collect(),
        series: vec![Series {
            name: t.say("health-score"),
            values: explained.course.iter().map(|(_, score)| *score).collect(),
        }],
        band: None,
    }
    .draw(t)
}
