//! The pages of teams: the list, and the form with members to tick.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::{Db, DbError};
use kit::i18n::Text;
use kit::web::{Failure, Notice, Page, Sent, known};

use super::views::{FormActions, FormPage, ListPage};
use super::{LIST, Team, TeamError, TeamId, TeamText};
use crate::actor::Actor;
use crate::agents;
use crate::permissions::Permission;

const ADDRESS: &str = "/settings/teams";

/// The teams with their members.
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let workspace = actor.workspace;
    let (teams, agents) = db
        .read(move |tx| Ok::<_, DbError>((super::all(tx, workspace)?, agents::all(tx, workspace)?)))
        .await?;
    let may_write = actor.may(Permission::TeamsWrite);
    let view = ListPage {
        t: &t,
        teams,
        agents,
        may_write,
    };
    let page = Page::new(t.say("settings-teams"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .live(LIST);
    Ok(if may_write {
        page.actions(&view.actions())
    } else {
        page
    })
}

/// The empty form.
///
/// # Errors
/// The database's.
pub async fn new(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    form(&db, &actor, &t, &Shown::default(), None).await
}

/// Adds a team, or shows the form again with what is wrong.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let (writer, shown) = (actor.clone(), Shown::of(&sent, None));
    let text = shown.text.clone();
    match db.write(move |tx| super::add(tx, &writer, &text)).await {
        Ok(team) => Ok(done(&t, "teams-added", &team, None)),
        Err(error) => again(&db, &actor, &t, &shown, error).await,
    }
}

/// The form with a team in it.
///
/// # Errors
/// No such team here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let (id, reader) = (known(&id)?, actor.clone());
    let team = db
        .read(move |tx| super::find(tx, &reader, id)?.ok_or(TeamError::Unknown))
        .await?;
    let page = form(&db, &actor, &t, &Shown::from(team), None).await?;
    Ok(page.live(id.to_string()))
}

/// Changes a team, or shows the form again with what is wrong.
///
/// # Errors
/// No such team here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let (writer, shown) = (actor.clone(), Shown::of(&sent, Some(id)));
    let (text, version) = (shown.text.clone(), shown.version);
    match db
        .write(move |tx| super::change(tx, &writer, id, version, &text))
        .await
    {
        Ok(team) => Ok(done(&t, "teams-changed", &team, None)),
        Err(TeamError::Stale(now)) => {
            let version = now.version;
            let retry = Shown { version, ..shown };
            let stale = Failure::new(&super::failures::STALE);
            let page = form(&db, &actor, &t, &retry, Some(&stale)).await?;
            Ok(page.status(StatusCode::CONFLICT).into_response())
        }
        Err(error) => again(&db, &actor, &t, &shown, error).await,
    }
}

/// Archives a team.
///
/// # Errors
/// No such team here, a missing permission, or the database's.
pub async fn archive(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let team = db.write(move |tx| super::archive(tx, &actor, id)).await?;
    Ok(done(&t, "teams-was-archived", &team, Some("archiving/end")))
}

/// Brings a team back.
///
/// # Errors
/// As of [`archive`].
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let team = db.write(move |tx| super::restore(tx, &actor, id)).await?;
    Ok(done(&t, "teams-was-restored", &team, Some("archiving")))
}

/// A form as it stands: of which team, made from which version, what was typed and ticked.
#[derive(Default)]
struct Shown {
    id: Option<TeamId>,
    version: i64,
    text: TeamText,
}

impl Shown {
    fn of(sent: &Sent, id: Option<TeamId>) -> Self {
        let text = TeamText {
            name: sent.one("name").to_owned(),
            members: sent.all("members").filter_map(|id| id.parse().ok()).collect(),
        };
        let version = sent.one("version").parse().unwrap_or_default();
        Self { id, version, text }
    }

    fn from(team: Team) -> Self {
        Self {
            id: Some(team.id),
            version: team.version,
            text: TeamText {
                name: team.name,
                members: team.members,
            },
        }
    }
}

fn done(t: &Text, said: &str, team: &Team, undo: Option<&str>) -> Response {
    let notice = Notice::new(t.say_with(said, kit::args!(name = team.name.as_str())));
    let notice = match undo {
        Some(path) => notice.undo(format!("{ADDRESS}/{}/{path}", team.id)),
        None => notice,
    };
    (notice, Redirect::to(ADDRESS)).into_response()
}

/// The form as it was sent, with what is wrong beside the fields; failures of no field pass on.
async fn again(
    db: &Db,
    actor: &Actor,
    t: &Text,
    shown: &Shown,
    error: TeamError,
) -> Result<Response, Failure> {
    let failure = Failure::from(error);
    if failure.fields.is_empty() {
        return Err(failure);
    }
    let page = form(db, actor, t, shown, Some(&failure)).await?;
    Ok(page.status(failure.status()).into_response())
}

async fn form(
    db: &Db,
    actor: &Actor,
    t: &Text,
    shown: &Shown,
    wrong: Option<&Failure>,
) -> Result<Page, Failure> {
    let (reader, id) = (actor.clone(), shown.id);
    let (team, mut agents) = db
        .read(move |tx| {
            let team = match id {
                Some(id) => Some(super::find(tx, &reader, id)?.ok_or(TeamError::Unknown)?),
                None => None,
            };
            Ok::<_, TeamError>((team, agents::all(tx, reader.workspace)?))
        })
        .await?;
    agents.retain(|agent| agent.is_active || shown.text.members.contains(&agent.id));
    let whole = wrong.filter(|failure| failure.fields.is_empty());
    let view = FormPage {
        t,
        action: id.map_or_else(|| ADDRESS.to_owned(), |id| format!("{ADDRESS}/{id}")),
        version: shown.version,
        name: &shown.text.name,
        agents,
        members: &shown.text.members,
        is_archived: team.as_ref().is_some_and(|team| team.archiving.is_some()),
        name_error: wrong.map_or_else(String::new, |failure| failure.field_text("name", t)),
        whole: whole.map(|failure| t.say(failure.code.text)),
    };
    let title = if id.is_some() { "teams-edit" } else { "teams-new" };
    let page = Page::new(t.say(title), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say("settings-teams"), ADDRESS);
    Ok(match &team {
        Some(team) => page.actions(&FormActions { t, team }),
        None => page,
    })
}
