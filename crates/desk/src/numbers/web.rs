//! The pages of numbers: the numbers with their charts, and the tickets behind each, as a list and as a file.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::api::cursor;
use kit::web::{Choice, Failure, Filled, Page};
use tandem_core::actor::Actor;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::permissions::Permission;
use tandem_core::sheets::{self, Cell, Sheet};
use tandem_core::workspaces;

use super::asking::{address, ask};
use super::fact::{Fact, Time};
use super::item::{By, Key};
use super::names::Names;
use super::period::Ask;
use super::report::{Hours, Report};
use super::rows::{Age, Cursor, Of, Rows};
use super::views::{ADDRESS, NumbersPage, ROWS, RowsPage, filters, tabs, written};
use super::{NumbersError, charts, own_columns};
use crate::{surveys, tickets};

const PLACE: &str = "reports";
/// The name of the list of rows, in cursors.
const LIST: &str = "ticket_facts";
/// A report is made anew for each open page: not more often than every so many seconds.
const LIVE_EVERY: u32 = 30;
/// Tickets on one page.
const PAGE: i64 = 50;
/// The periods that one chooses from, in days; others are typed.
const PERIODS: [&str; 4] = ["7", "30", "90", "365"];

/// Where reports begin.
pub async fn index() -> Redirect {
    Redirect::to(ADDRESS)
}

/// The numbers of a time. What can't be read is said above the usual ones.
///
/// # Errors
/// The database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Page, Failure> {
    let mut form: Filled = asked.into_iter().collect();
    let workspace = actor.workspace;
    let today = db.read(move |tx| workspaces::today(tx, workspace)).await?;
    let mut status = StatusCode::OK;
    let wanted = match ask(&form, today) {
        Ok(wanted) => wanted,
        Err(error) => {
            status = form.refuse_all(error.into(), &t)?;
            ask(&Filled::default(), today)?
        }
    };
    let (report, before, names) = read(&db, &actor, &wanted, form.has("compare")).await?;
    let view = NumbersPage {
        t: &t,
        periods: periods(&t, &form),
        hours: hours(&t, &wanted),
        filters: filters(&t, &names, &wanted),
        tabs: tabs(&t, &wanted),
        charts: charts::draw(&t, &wanted, &report, opens(&actor)),
        is_custom: form.value("period") == "custom" || !form.value("from").is_empty(),
        may_open: opens(&actor).is_some(),
        form: &form,
        ask: &wanted,
        report: &report,
        before: before.as_ref(),
        names: &names,
    };
    Ok(Page::new(t.say("numbers-title"), &view)
        .place(PLACE)
        .status(status)
        .live(tickets::LIST)
        .live(surveys::LIST)
        .live_every(LIVE_EVERY))
}

/// The numbers of a time, those of the time before where they are compared, and every name.
async fn read(
    db: &Db,
    actor: &Actor,
    ask: &Ask,
    compares: bool,
) -> Result<(Report, Option<Report>, Names), Failure> {
    let (reader, asked) = (actor.clone(), ask.clone());
    let read = db.report(move |tx| {
        let report = super::report(tx, &reader, &asked)?;
        let earlier = Ask {
            period: asked.period.before(),
            ..asked.clone()
        };
        let before = match compares {
            true => Some(super::report(tx, &reader, &earlier)?),
            false => None,
        };
        Ok::<_, NumbersError>((report, before, Names::of(tx, reader.workspace)?))
    });
    Ok(read.await?)
}

fn periods(t: &Text, form: &Filled) -> Vec<Choice> {
    let is_custom = form.value("period") == "custom" || !form.value("from").is_empty();
    let chosen = match form.value("period") {
        _ if is_custom => "custom",
        "" => "30",
        days => days,
    };
    let choice = |days: &str| {
        let text = t.count("surveys-last-days", days.parse().unwrap_or(0_i64));
        Choice::new(days, text).chosen_if(days == chosen)
    };
    let custom = Choice::new("custom", t.say("numbers-custom")).chosen_if(is_custom);
    PERIODS.into_iter().map(choice).chain([custom]).collect()
}

fn hours(t: &Text, ask: &Ask) -> Vec<Choice> {
    [
        (Hours::Calendar, "numbers-calendar"),
        (Hours::Working, "numbers-working"),
    ]
    .map(|(hours, text)| Choice::new(hours.as_str(), t.say(text)).chosen_if(hours == ask.hours))
    .to_vec()
}

/// The page of tickets behind a number, where the actor may open it.
fn opens(actor: &Actor) -> Option<&'static str> {
    actor.may(Permission::TicketsRead).then_some(ROWS)
}

/// The tickets that a form asks for.
fn wanted(form: &Filled, today: kit::day::Day) -> Result<(Ask, Rows), NumbersError> {
    let ask = ask(form, today)?;
    let of = Of::parse(form.value("of")).ok_or(NumbersError::BadWord("of"))?;
    let mut rows = Rows::behind(of, &ask);
    if let Some(age) = Age::parse(form.value("age")) {
        rows = rows.aged(age, today);
    }
    let number = |name: &str| form.value(name).parse::<i64>().ok();
    rows.clock = number("weekday")
        .filter(|weekday| (1..=7).contains(weekday))
        .zip(number("hour").filter(|hour| (0..24).contains(hour)));
    Ok((ask, rows))
}

/// The tickets behind a number.
///
/// # Errors
/// A number that is none, a cursor that is none, or the database's.
pub async fn rows(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Page, Failure> {
    let form: Filled = asked.into_iter().collect();
    let after = Some(form.value("after")).filter(|after| !after.is_empty());
    let after: Option<Cursor> = cursor::wanted(LIST, after)?;
    let (ask, rows, mut facts, names) = db.read(move |tx| behind(tx, &actor, &form, after)).await?;
    let page = usize::try_from(PAGE).expect("a page is small");
    let has_more = facts.len() > page;
    facts.truncate(page);
    let last = facts
        .last()
        .filter(|_| has_more)
        .map(|(last, _)| rows.cursor(last));
    let mut view = RowsPage {
        t: &t,
        ask: &ask,
        rows: &rows,
        facts,
        names: &names,
        next: None,
    };
    let mut pairs = view.pairs();
    view.next = last.map(|last| {
        pairs.push(("after".to_owned(), cursor::write(LIST, &last)));
        address(ROWS, &pairs)
    });
    Ok(Page::new(t.say(rows.of.text()), &view)
        .place(PLACE)
        .crumb(t.say("numbers-title"), ADDRESS)
        .actions(&view.actions()))
}

/// What is asked, the tickets behind it with their subjects, and every name.
type Behind = (Ask, Rows, Vec<(Fact, String)>, Names);

/// Finds what stands behind a number.
fn behind(
    tx: &mut Tx<'_>,
    actor: &Actor,
    form: &Filled,
    after: Option<Cursor>,
) -> Result<Behind, NumbersError> {
    let today = workspaces::today(tx, actor.workspace)?;
    let (ask, mut rows) = wanted(form, today)?;
    rows.after = after;
    let mut facts = Vec::new();
    for fact in super::rows::rows(tx, actor, &rows, PAGE + 1)? {
        // A look-up by key for each row of a page.
        let ticket = tickets::with_id(tx, actor.workspace, fact.ticket)?;
        facts.push((fact, ticket.map(|ticket| ticket.subject).unwrap_or_default()));
    }
    Ok((ask, rows, facts, Names::of(tx, actor.workspace)?))
}

/// The tickets behind a number, as a file; taking it is recorded.
///
/// # Errors
/// A number that is none, a missing permission, or the database's.
pub async fn export(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let form: Filled = sent.into_iter().collect();
    let format = form.value("format").to_owned();
    let sheet = db.write(move |tx| sheet(tx, &actor, &t, &form)).await?;
    Ok(sheet.file(&format)?.into_response())
}

fn sheet(tx: &mut Tx<'_>, actor: &Actor, t: &Text, form: &Filled) -> Result<Sheet, NumbersError> {
    let today = workspaces::today(tx, actor.workspace)?;
    let (_, rows) = wanted(form, today)?;
    let facts = super::rows::rows(tx, actor, &rows, sheets::ASKED)?;
    let entry = Entry::of(Act::Exported, actor.workspace).after(serde_json::json!({ "what": "support" }));
    audit::record(tx, actor, entry)?;
    let names = Names::of(tx, actor.workspace)?;
    let lines = facts.iter().map(|fact| line(t, &names, fact)).collect();
    let (own, cells) = own_columns::of(tx, actor.workspace, &facts)?;
    let head = [
        "ticket",
        "number",
        "opened_at",
        "solved_at",
        "is_open",
        "channel",
        "kind",
        "priority",
        "agent",
        "agent_name",
        "team",
        "mailbox",
        "tier",
        "tags",
        "replies",
        "is_reopened",
        "first_response_s",
        "first_response_working_s",
        "resolution_s",
        "resolution_working_s",
        "first_resolution_s",
        "first_resolution_working_s",
        "csat",
        "effort",
    ];
    Ok(Sheet::new("support", head, lines).beside(own, cells).cut(t))
}

fn line(t: &Text, names: &Names, fact: &Fact) -> Vec<Cell> {
    let calendar = |time: Option<Time>| number(time.map(|time| time.calendar));
    let working = |time: Option<Time>| number(time.map(|time| time.working));
    let tags: Vec<String> = fact
        .tags
        .iter()
        .map(|tag| names.name(t, By::Tag, &Key::Id(*tag)))
        .collect();
    let agent = fact.agent.map(|id| names.name(t, By::Agent, &Key::Id(id)));
    vec![
        Cell::text(fact.ticket),
        number(Some(fact.number)),
        Cell::text(t.machine(fact.opened_at)),
        Cell::text(fact.solved_at.map(|at| t.machine(at)).unwrap_or_default()),
        Cell::text(fact.is_open),
        Cell::text(fact.channel.as_str()),
        Cell::text(fact.kind.as_str()),
        Cell::text(fact.priority.as_str()),
        id(By::Agent, fact.agent),
        Cell::text(agent.unwrap_or_default()),
        id(By::Team, fact.team),
        id(By::Mailbox, fact.mailbox),
        id(By::Tier, fact.tier),
        Cell::text(tags.join(", ")),
        number(Some(fact.replies)),
        Cell::text(fact.is_reopened),
        calendar(fact.first_response),
        working(fact.first_response),
        calendar(fact.resolution),
        working(fact.resolution),
        calendar(fact.first_resolution),
        working(fact.first_resolution),
        number(fact.csat),
        number(fact.effort),
    ]
}

fn id(by: By, id: Option<kit::id::Uuid>) -> Cell {
    Cell::text(id.map(|id| written(by, &Key::Id(id))).unwrap_or_default())
}

fn number(number: Option<i64>) -> Cell {
    number.map_or_else(|| Cell::text(""), |number| Cell::Number(number as f64))
}
