//! The forms of views, behind the list of the inbox.

use std::str::FromStr;

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::{Db, DbError, Tx};
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Notice, Page, Sent};
use serde::Deserialize;
use tandem_core::actor::Actor;
use tandem_core::ladders::{self, Ladder};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;
use tandem_core::{agents, fields, tags, teams};

use super::views::{Choices, FormPage};
use super::{Conditions, FieldCondition, Order, OwnView, OwnViewId, ViewError, ViewText, found};
use crate::replies::Audience;
use crate::statuses;
use crate::tickets::nouns::NOUN;

/// What a view is to be made of.
#[derive(Debug, Default, Deserialize)]
pub struct NewQuery {
    /// A search that it is to show.
    #[serde(default)]
    q: String,
}

/// The empty form, or one that asks what a search asks.
///
/// # Errors
/// The database's.
pub async fn new(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<NewQuery>,
) -> Result<(Option<Notice>, Page), Failure> {
    let workspace = actor.workspace;
    let (asked, left) = match query.q.trim() {
        "" => {
            let open = Conditions {
                shelves: vec!["open".to_owned()],
                ..Conditions::default()
            };
            (open, Vec::new())
        }
        typed => {
            let choices = db.read(move |tx| choices(tx, workspace)).await?;
            found::conditions(typed, &choices)
        }
    };
    let text = ViewText {
        name: String::new(),
        audience: actor.agent().map_or(Audience::Everyone, Audience::Own),
        conditions: asked,
        order: Order::Oldest,
    };
    let page = form(&db, &actor, &t, (None, text, 0), None).await?;
    let filters = left.join(" ");
    let said = || Notice::bad(t.say_with("own-views-left-out", kit::args!(filters = filters)));
    Ok(((!left.is_empty()).then(said), page))
}

/// Adds a view, or shows the form again with what is wrong.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let text = described(&actor, &sent)?;
    let (writer, asked) = (actor.clone(), text.clone());
    match db.write(move |tx| super::add(tx, &writer, &asked)).await {
        Ok(view) => Ok(done(&t, "own-views-was-added", &view)),
        Err(error) => again(&db, &actor, &t, (None, text, 0), error).await,
    }
}

/// The form with a view in it.
///
/// # Errors
/// No such view here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<OwnViewId>,
) -> Result<Page, Failure> {
    let view = known(&db, &actor, id).await?;
    let (text, version) = (view.text.clone(), view.version);
    form(&db, &actor, &t, (Some(view), text, version), None).await
}

/// Changes a view as the form says, or shows it again with what is wrong.
///
/// # Errors
/// No such view here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<OwnViewId>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let now = known(&db, &actor, id).await?;
    let text = described(&actor, &sent)?;
    let version = sent.one("version").parse().unwrap_or(0);
    let (writer, asked) = (actor.clone(), text.clone());
    let changed = db.write(move |tx| super::change(tx, &writer, id, version, &asked));
    match changed.await {
        Ok(view) => Ok(done(&t, "own-views-was-changed", &view)),
        Err(error) => again(&db, &actor, &t, (Some(now), text, version), error).await,
    }
}

/// Removes a view and leads back to the inbox.
///
/// # Errors
/// No such view here, one that is shared, a missing permission, or the database's.
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<OwnViewId>,
) -> Result<Response, Failure> {
    let view = db.write(move |tx| super::remove(tx, &actor, id)).await?;
    let said = t.say_with(
        "own-views-was-removed",
        kit::args!(name = view.text.name.as_str()),
    );
    let notice = Notice::new(said).undo(format!("/inbox/views/{id}/removal/end"));
    Ok((notice, Redirect::to("/inbox/mine")).into_response())
}

/// Brings a removed view back.
///
/// # Errors
/// As of [`remove`].
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<OwnViewId>,
) -> Result<Response, Failure> {
    let view = db.write(move |tx| super::restore(tx, &actor, id)).await?;
    Ok(done(&t, "own-views-was-restored", &view))
}

async fn known(db: &Db, actor: &Actor, id: OwnViewId) -> Result<OwnView, Failure> {
    let reader = actor.clone();
    let found = db.read(move |tx| super::find(tx, &reader, id)).await?;
    Ok(found.ok_or(ViewError::Unknown)?)
}

/// The view that a form describes; words that are none ask nothing, but for ids, which the verb looks at.
fn described(actor: &Actor, sent: &Sent) -> Result<ViewText, ViewError> {
    let audience = sent.given("audience").unwrap_or("own");
    Ok(ViewText {
        name: sent.one("name").to_owned(),
        audience: Audience::said(audience, actor).map_err(|_| ViewError::BadAudience)?,
        conditions: Conditions {
            any: sent
                .all("any")
                .filter_map(|one| serde_json::from_str(one).ok())
                .collect(),
            fields: FieldCondition::sent(sent),
            ..conditions(sent)
        },
        order: Order::named(sent.one("order")).unwrap_or_default(),
    })
}

fn conditions(sent: &Sent) -> Conditions {
    let days = |name: &str| sent.given(name).map(|days| days.parse().unwrap_or(0));
    // What people have at hand is the address of a page, which ends with the id.
    let id = |name: &str| sent.one(name).rsplit('/').next().unwrap_or_default().to_owned();
    Conditions {
        shelves: sent.all("shelves").map(str::to_owned).collect(),
        statuses: several(sent, "statuses"),
        priorities: several(sent, "priorities"),
        kinds: several(sent, "kinds"),
        channels: several(sent, "channels"),
        agent: sent.one("agent").to_owned(),
        team: sent.one("team").to_owned(),
        tier: sent.one("tier").to_owned(),
        owner: sent.one("owner").to_owned(),
        quiet_hours: quiet_hours(sent),
        words: sent.one("words").to_owned(),
        account: id("account"),
        contact: id("contact"),
        opened_days: days("opened_days"),
        solved_days: days("solved_days"),
        touched_days: days("touched_days"),
        follower: sent.one("follower").to_owned(),
        rated_low: sent.given("rated_low").is_some(),
        tags: several(sent, "tags"),
        without_tags: several(sent, "without_tags"),
        ..Conditions::default()
    }
}

fn quiet_hours(sent: &Sent) -> Option<i64> {
    let unit = if sent.one("quiet_unit") == "days" { 24 } else { 1 };
    let hours = sent.given("quiet_hours")?;
    Some(
        hours
            .parse::<i64>()
            .map_or(0, |number| number.saturating_mul(unit)),
    )
}

/// What several words of a field stand for.
fn several<T: FromStr>(sent: &Sent, name: &str) -> Vec<T> {
    sent.all(name).filter_map(|word| word.parse().ok()).collect()
}

fn done(t: &Text, key: &str, view: &OwnView) -> Response {
    let said = t.say_with(key, kit::args!(name = view.text.name.as_str()));
    (Notice::new(said), Redirect::to(&format!("/inbox/{}", view.id))).into_response()
}

/// The form as it was sent, with what is wrong beside the fields; failures of no field pass on.
async fn again(
    db: &Db,
    actor: &Actor,
    t: &Text,
    (view, text, version): (Option<OwnView>, ViewText, i64),
    error: ViewError,
) -> Result<Response, Failure> {
    let version = match &error {
        ViewError::Stale(now) => now.version,
        _ => version,
    };
    let is_stale = matches!(error, ViewError::Stale(_));
    let failure = Failure::from(error);
    if failure.fields.is_empty() && !is_stale {
        return Err(failure);
    }
    let status: StatusCode = failure.status();
    let page = form(db, actor, t, (view, text, version), Some(&failure)).await?;
    Ok(page.status(status).into_response())
}

/// What can be chosen in the form.
fn choices(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Choices, DbError> {
    let tags = tags::all(tx, workspace)?.into_iter();
    Ok(Choices {
        agents: agents::all(tx, workspace)?,
        teams: teams::all(tx, workspace)?,
        tiers: ladders::open(tx, workspace, Ladder::Tiers)?,
        statuses: statuses::all(tx, workspace)?,
        fields: fields::all(tx, workspace, &NOUN)?,
        tags: tags.map(|(tag, _)| tag).collect(),
    })
}

async fn form(
    db: &Db,
    actor: &Actor,
    t: &Text,
    (view, text, version): (Option<OwnView>, ViewText, i64),
    wrong: Option<&Failure>,
) -> Result<Page, Failure> {
    let workspace = actor.workspace;
    let choices = db.read(move |tx| choices(tx, workspace)).await?;
    let title = match &view {
        Some(view) => view.text.name.clone(),
        None => t.say("own-views-new"),
    };
    let page = FormPage {
        t,
        may_share: actor.may(Permission::InboxWrite),
        may_write: view
            .as_ref()
            .is_none_or(|view| super::may_change(actor, view.text.audience)),
        view,
        text,
        version,
        choices,
        wrong,
    };
    Ok(Page::new(title, &page)
        .place("inbox")
        .crumb(t.say("nav-inbox"), "/inbox"))
}
