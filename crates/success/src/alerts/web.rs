//! The pages of early warning: the feed, and an alert with its reasons and history.

use axum::extract::{Path, Query, State as Held};
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::money::Currency;
use kit::web::api::cursor;
use kit::web::{Choice, Failure, Filled, Page, Tab, address, known};
use serde::Deserialize;
use tandem_core::actor::Actor;
use tandem_core::agents::{self, Agent, AgentId};
use tandem_core::currencies;
use tandem_core::metrics::{self, Producers};

use super::rules::Rule;
use super::views::{AlertActions, AlertPage, ListActions, ListPage, Seen};
use super::{AlertError, AlertId, Cursor, Filter, LIST, Line, Shown, State, Tallies, Way, Whose};
use super::{feed, list as listed, rules, show as shown, tallies};

pub(super) const PLACE: &str = "alerts";
/// Alerts on one page.
const PAGE: i64 = 50;
/// The book of those that are nobody's, as addresses name it.
const NOBODYS: &str = "nobody";

/// Which alerts.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct FeedQuery {
    way: String,
    state: String,
    book: String,
    after: Option<String>,
}

impl FeedQuery {
    fn filter(&self, actor: &Actor) -> Filter {
        Filter {
            way: Way::named(&self.way),
            state: State::named(&self.state).unwrap_or(State::Open),
            owner: match self.book.as_str() {
                NOBODYS => Whose::Nobodys,
                "all" => Whose::Anybodys,
                _ => actor.agent().into(),
            },
            account: None,
        }
    }
}

/// What the feed shows.
struct Found {
    lines: Vec<Line>,
    tallies: Tallies,
    unowned: Tallies,
    basis: Basis,
}

/// What every page of alerts is told with.
pub(crate) struct Basis {
    pub(super) rules: Vec<Rule>,
    pub(super) currency: Currency,
}

impl Basis {
    pub(crate) fn read(tx: &mut Tx<'_>, actor: &Actor) -> Result<Self, AlertError> {
        Ok(Self {
            rules: rules::ever(tx, actor.workspace)?,
            currency: currencies::reporting(tx, actor.workspace)?,
        })
    }

    pub(crate) fn seen<'a>(self, t: &'a Text, actor: &'a Actor, producers: &'a Producers) -> Seen<'a> {
        Seen {
            t,
            producers,
            actor,
            currency: self.currency,
            rules: self.rules,
        }
    }
}

/// The alerts: one's own, or everybody's.
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    Held(db): Held<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<FeedQuery>,
) -> Result<Page, Failure> {
    let after: Option<Cursor> = cursor::wanted(LIST, query.after.as_deref())?;
    let mut filter = query.filter(&actor);
    let (reader, is_asked) = (actor.clone(), ["own", NOBODYS].contains(&query.book.as_str()));
    let (filter, found) = db
        .read(move |tx| {
            // Whoever has none of their own begins with everybody's.
            if !is_asked && tallies(tx, &reader, filter.owner)? == Tallies::default() {
                filter.owner = Whose::Anybodys;
            }
            let found = Found {
                lines: listed(tx, &reader, filter, after, PAGE + 1)?,
                tallies: tallies(tx, &reader, filter.owner)?,
                unowned: tallies(tx, &reader, Whose::Nobodys)?,
                basis: Basis::read(tx, &reader)?,
            };
            Ok::<_, AlertError>((filter, found))
        })
        .await?;
    let is_own = matches!(filter.owner, Whose::Of(_));
    let producers = metrics::producers_of(&db, actor.workspace).await?;
    let view = view(&t, &query, (filter, is_own), found, (&actor, &producers));
    Ok(Page::new(t.say("alerts-title"), &view)
        .place(PLACE)
        .actions(&ListActions { t: &t })
        .live(LIST))
}

fn view<'a>(
    t: &'a Text,
    query: &FeedQuery,
    (filter, is_own): (Filter, bool),
    mut found: Found,
    (actor, producers): (&'a Actor, &'a Producers),
) -> ListPage<'a> {
    let next = next(&mut found.lines).map(|last| {
        let after = cursor::write(LIST, &feed::place(&last));
        here(&query.way, &query.state, &query.book, &after)
    });
    let tallies = found.tallies;
    let state =
        |state: &State| Choice::new(state.as_str(), t.say(state.text())).chosen_if(*state == filter.state);
    ListPage {
        t,
        tabs: tabs(t, query, filter, tallies),
        states: State::ALL.iter().map(state).collect(),
        hidden: vec![("way", query.way.clone()), ("book", query.book.clone())],
        next,
        tallies,
        is_own,
        other: here(&query.way, &query.state, if is_own { "all" } else { "own" }, ""),
        nobodys: (filter.owner != Whose::Nobodys)
            .then(|| here(&query.way, &query.state, NOBODYS, ""))
            .zip(Some(found.unowned.risks + found.unowned.chances).filter(|count| *count > 0)),
        back: here(&query.way, &query.state, &query.book, ""),
        state: filter.state,
        lines: found.lines,
        seen: found.basis.seen(t, actor, producers),
    }
}

/// The feed of a way, in a state, of a book, after a place.
fn here(way: &str, state: &str, book: &str, after: &str) -> String {
    let pairs = [("way", way), ("state", state), ("book", book), ("after", after)];
    address("/alerts", &pairs)
}

fn tabs(t: &Text, query: &FeedQuery, filter: Filter, tallies: Tallies) -> Vec<Tab> {
    let tab = |way: Option<Way>, text: &str, count: i64| Tab {
        text: t.say(text),
        href: here(way.map_or("", Way::as_str), &query.state, &query.book, ""),
        current: filter.way == way,
        count: Some(count).filter(|_| filter.state == State::Open),
    };
    vec![
        tab(None, "alerts-both", tallies.risks + tallies.chances),
        tab(Some(Way::Risk), "alerts-risks", tallies.risks),
        tab(Some(Way::Chance), "alerts-chances", tallies.chances),
    ]
}

fn next(lines: &mut Vec<Line>) -> Option<Line> {
    let page = usize::try_from(PAGE).expect("a page is small");
    (lines.len() > page).then(|| {
        lines.truncate(page);
        lines[page - 1].clone()
    })
}

/// An alert: what it says, why, and what happened to it.
///
/// # Errors
/// No such alert here, or the database's.
pub async fn show(
    Held(db): Held<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    page(&db, &actor, &t, known(&id)?, &Filled::default()).await
}

/// The alert's page with forms as they were filled in.
///
/// # Errors
/// No such alert here, or the database's.
pub(super) async fn page(
    db: &Db,
    actor: &Actor,
    t: &Text,
    id: AlertId,
    form: &Filled,
) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (shown, people, basis) = db
        .read(move |tx| {
            let shown: Shown = shown(tx, &reader, id)?;
            let people = agents::all(tx, reader.workspace)?;
            Ok::<_, AlertError>((shown, people, Basis::read(tx, &reader)?))
        })
        .await?;
    let producers = metrics::producers_of(db, actor.workspace).await?;
    let taken_by = shown.line.alert.work.taken_by;
    let alert = shown.line.alert.clone();
    let name = shown.line.name.clone();
    let view = AlertPage {
        t,
        shown,
        form,
        agents: choices(t, people, taken_by),
        seen: basis.seen(t, actor, &producers),
    };
    let title = view.seen.title(&alert);
    let page = Page::new(format!("{title}: {name}"), &view)
        .place(PLACE)
        .crumb(t.say("alerts-title"), "/alerts")
        .live(id.to_string());
    if !view.seen.may_write() {
        return Ok(page);
    }
    Ok(page.actions(&AlertActions::new(t, actor, &alert)))
}

/// To whom an alert may be given.
fn choices(t: &Text, people: Vec<Agent>, taken_by: Option<AgentId>) -> Vec<Choice> {
    let nobody = Choice::new("", t.say("alerts-account-owner")).chosen_if(taken_by.is_none());
    let here = people
        .into_iter()
        .filter(|agent| agent.is_active || Some(agent.id) == taken_by);
    let here =
        here.map(|agent| Choice::new(agent.id.to_string(), agent.name).chosen_if(Some(agent.id) == taken_by));
    [nobody].into_iter().chain(here).collect()
}
