//! The pages of agents: all answers, and the link of a ticket's question.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::Response;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::api::{At, cursor};
use kit::web::{Choice, Failure, Filled, Page};
use tandem_core::actor::Actor;
use tandem_core::agents;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::contacts;
use tandem_core::permissions::Permission;
use tandem_core::sheets::{self, Cell, Sheet};
use tandem_core::teams;

use super::listing::{self, Cursor, Figures, Filter};
use super::model::{Survey, SurveyError};
use super::views::{LinkPage, ListPage, Names, TicketPage};
use super::{LIST, Origin, store};
use crate::tickets::{self, TicketId};

const PLACE: &str = "reports";
/// Answers on one page.
const PAGE: i64 = 50;
/// The periods that one chooses from, in days.
const PERIODS: [&str; 4] = ["7", "30", "90", "365"];

/// All answers, the newest first, and what they come to.
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Page, Failure> {
    let mut form: Filled = asked.into_iter().collect();
    let filter = filter(&form, &t);
    let after = Some(form.value("after")).filter(|after| !after.is_empty());
    let after: Option<Cursor> = cursor::wanted(LIST, after)?;
    let reader = actor.clone();
    let found = db.read(move |tx| found(tx, &reader, &filter, after)).await?;
    let (mut surveys, figures, names, is_on) = found;
    let (agents, teams) = people(&db, &actor, &t, &form).await?;
    let next = trim(&mut surveys).map(|last| {
        form.set("after", cursor::write(LIST, &last));
        form.address("/surveys", &[])
    });
    let view = ListPage {
        t: &t,
        is_filtered: is_filtered(&form),
        is_on,
        may_set: actor.may(Permission::InboxWrite),
        figures,
        surveys,
        names,
        periods: periods(&t, &form),
        bands: bands(&t, &form),
        agents,
        teams,
        next,
        form,
    };
    Ok(Page::new(t.say("surveys-title"), &view)
        .place(PLACE)
        .actions(&view.actions())
        .live(LIST))
}

fn is_filtered(form: &Filled) -> bool {
    form.pairs()
        .any(|(name, value)| !matches!(name, "after" | "period") && !value.is_empty())
}

/// A page of answers, what all of them come to, what they name, and whether the workspace asks.
fn found(
    tx: &mut Tx<'_>,
    actor: &Actor,
    filter: &Filter,
    after: Option<Cursor>,
) -> Result<(Vec<Survey>, Figures, Names, bool), SurveyError> {
    let surveys = listing::list(tx, actor, filter, after, PAGE + 1)?;
    let names = names(tx, actor, &surveys)?;
    let figures = listing::figures(tx, actor, filter)?;
    let is_on = super::settings(tx, actor.workspace)?.is_on;
    Ok((surveys, figures, names, is_on))
}

fn trim(surveys: &mut Vec<Survey>) -> Option<Cursor> {
    let page = usize::try_from(PAGE).expect("a page is small");
    (surveys.len() > page).then(|| {
        surveys.truncate(page);
        Cursor::after(&surveys[page - 1])
    })
}

/// What the form asks for; the last ninety days until somebody chooses.
fn filter(form: &Filled, t: &Text) -> Filter {
    let days = form.value("period").parse::<u32>().unwrap_or(90).clamp(1, 3_650);
    let day = std::time::Duration::from_secs(86_400);
    let until = t.now().plus(std::time::Duration::from_secs(1));
    let mut filter = Filter::between(t.now().minus(day * days), until);
    filter.agent = form.value("agent").parse().ok();
    filter.team = form.value("team").parse().ok();
    filter.with_comment = form.has("comments");
    filter.impressions = match form.value("rating") {
        "low" => (-2, -1),
        "middle" => (0, 0),
        "high" => (1, 2),
        _ => (-2, 2),
    };
    filter
}

fn periods(t: &Text, form: &Filled) -> Vec<Choice> {
    let chosen = Some(form.value("period")).filter(|days| !days.is_empty());
    let chosen = chosen.unwrap_or("90").to_owned();
    let choice = |days: &str| {
        let text = t.count("surveys-last-days", days.parse().unwrap_or(0_i64));
        Choice::new(days, text).chosen_if(days == chosen)
    };
    PERIODS.into_iter().map(choice).collect()
}

fn bands(t: &Text, form: &Filled) -> Vec<Choice> {
    let chosen = form.value("rating");
    [
        ("", "surveys-band-all"),
        ("low", "surveys-band-low"),
        ("middle", "surveys-band-middle"),
        ("high", "surveys-band-high"),
    ]
    .map(|(word, text)| Choice::new(word, t.say(text)).chosen_if(word == chosen))
    .to_vec()
}

async fn people(
    db: &Db,
    actor: &Actor,
    t: &Text,
    form: &Filled,
) -> Result<(Vec<Choice>, Vec<Choice>), Failure> {
    let workspace = actor.workspace;
    let (agents, teams) = db
        .read(move |tx| {
            let teams = teams::all(tx, workspace)?;
            Ok::<_, SurveyError>((agents::all(tx, workspace)?, teams))
        })
        .await?;
    let all = |key: &str| std::iter::once(Choice::new("", t.say(key)));
    let agent = |agent: &agents::Agent| {
        let id = agent.id.to_string();
        let is_chosen = id == form.value("agent");
        Choice::new(id, agent.name.clone()).chosen_if(is_chosen)
    };
    let team = |team: &teams::Team| {
        let id = team.id.to_string();
        let is_chosen = id == form.value("team");
        Choice::new(id, team.name.clone()).chosen_if(is_chosen)
    };
    Ok((
        all("surveys-all-agents")
            .chain(agents.iter().map(agent))
            .collect(),
        all("surveys-all-teams").chain(teams.iter().map(team)).collect(),
    ))
}

fn names(tx: &mut Tx<'_>, actor: &Actor, surveys: &[Survey]) -> Result<Names, SurveyError> {
    let mut names = Names::default();
    for survey in surveys {
        // A look-up by key for each row of a page.
        if let Some(ticket) = tickets::find(tx, actor, survey.ticket)? {
            names.tickets.insert(ticket.id, ticket);
        }
    }
    let contacts: Vec<_> = surveys.iter().filter_map(|survey| survey.contact).collect();
    if actor.may(Permission::ContactsRead) && !contacts.is_empty() {
        names.contacts = contacts::names(tx, actor, &contacts).map_err(|error| match error {
            contacts::ContactError::Db(error) => SurveyError::Db(error),
            _ => SurveyError::Unknown,
        })?;
    }
    let agents = agents::all(tx, actor.workspace)?;
    names.agents = agents.into_iter().map(|agent| (agent.id, agent.name)).collect();
    Ok(names)
}

/// The answers that the list shows, as a file; taking it is recorded.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn export(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let form: Filled = sent.into_iter().collect();
    let filter = filter(&form, &t);
    let sheet = db.write(move |tx| sheet(tx, &actor, &t, &filter)).await?;
    sheet.file(form.value("format"))
}

fn sheet(tx: &mut Tx<'_>, actor: &Actor, t: &Text, filter: &Filter) -> Result<Sheet, SurveyError> {
    let surveys = listing::list(tx, actor, filter, None, sheets::ASKED)?;
    let entry = Entry::of(Act::Exported, actor.workspace).after(serde_json::json!({ "what": "surveys" }));
    audit::record(tx, actor, entry)?;
    let row = |survey: &Survey| {
        let answer = survey.answer.as_ref();
        let id = |id: Option<String>| Cell::text(id.unwrap_or_default());
        vec![
            Cell::text(survey.id),
            Cell::text(survey.ticket),
            id(survey.contact.map(|id| id.to_string())),
            id(survey.agent.map(|id| id.to_string())),
            id(survey.team.map(|id| id.to_string())),
            Cell::text(survey.asks.question.as_str()),
            Cell::text(survey.asks.direction.as_str()),
            Cell::Number(survey.asks.scale as f64),
            Cell::Number(answer.map_or(0, |answer| answer.rating) as f64),
            Cell::text(answer.map_or("", |answer| &answer.comment)),
            Cell::text(t.machine(survey.asked_at)),
            id(answer.map(|answer| t.machine(answer.at))),
        ]
    };
    let head = [
        "survey",
        "ticket",
        "contact",
        "agent",
        "team",
        "question",
        "high_end",
        "scale",
        "rating",
        "comment",
        "asked_at",
        "answered_at",
    ];
    Ok(Sheet::new("surveys", head, surveys.iter().map(row).collect()).cut(t))
}

/// What was asked about a ticket, every answer, and the way to a link.
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn of_ticket(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<TicketId>,
) -> Result<Page, Failure> {
    let may_write = actor.may(Permission::TicketsWrite);
    let (ticket, survey, answers) = db
        .read(move |tx| {
            let ticket = tickets::find(tx, &actor, id)?.ok_or(SurveyError::Unknown)?;
            let survey = super::of_ticket(tx, &actor, id)?;
            let answers = match &survey {
                Some(survey) => store::answers(tx, actor.workspace, survey.id)?,
                None => Vec::new(),
            };
            Ok::<_, SurveyError>((ticket, survey, answers))
        })
        .await?;
    let (number, subject) = (ticket.number, ticket.subject.clone());
    let view = TicketPage {
        t: &t,
        may_link: may_write && (survey.is_some() || ticket.solved_at.is_some()),
        ticket,
        survey,
        answers,
    };
    Ok(Page::new(t.say("surveys-one"), &view)
        .place("inbox")
        .crumb(t.say("nav-inbox"), "/inbox")
        .crumb(format!("#{number} {subject}"), format!("/tickets/{id}"))
        .live(id.to_string()))
}

/// Makes a link by which a ticket's contact answers, and shows it once.
///
/// # Errors
/// The ticket is not solved; no such ticket here, a missing permission, or the database's.
pub async fn link(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<TicketId>,
) -> Result<Page, Failure> {
    let (_, secret) = db.write(move |tx| super::link(tx, &actor, id)).await?;
    let origin = db.attached::<Origin>();
    let view = LinkPage {
        t: &t,
        ticket: id,
        link: super::address(origin.as_ref().map_or("", |origin| &origin.0), &secret),
    };
    Ok(Page::new(t.say("surveys-link-title"), &view)
        .place("inbox")
        .crumb(t.say("nav-inbox"), "/inbox"))
}
