//! Pages of services: the form of a tier's, and what an account gets.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page, Sent, address, known};

use super::failures::{CADENCE, MODEL, MOST, STALE};
use super::views::{FormPage, PanelView};
use super::{Service, ServiceError, TouchModel};
use crate::accounts::{self, AccountId};
use crate::actor::Actor;
use crate::ladders::{self, Ladder, Rung, RungId};
use crate::permissions::Permission;
use crate::touchpoints::Channel;
use crate::{assignment, workspaces};

/// The value of a form that says nothing of the tier.
const NOTHING: &str = "none";

/// What an account gets, and when somebody is to turn to it.
///
/// # Errors
/// No such account here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let id: AccountId = known(&id)?;
    let reader = actor.clone();
    let (name, service, rhythm, owner, today) = db
        .read(move |tx| {
            let account = accounts::find(tx, &reader, id)?.ok_or(ServiceError::UnknownAccount)?;
            let service = super::of(tx, reader.workspace, &[id])?.remove(&id);
            let rhythm = super::rhythm(tx, reader.workspace, id)?;
            let owner = assignment::of(tx, reader.workspace, &[id])?.remove(&id);
            let today = workspaces::today(tx, reader.workspace)?;
            Ok::<_, Failure>((account.name, service, rhythm, owner, today))
        })
        .await?;
    let view = PanelView {
        t: &t,
        service,
        rhythm,
        owner: owner.map(|span| span.name),
        today,
        may_shape: actor.may(Permission::ShapeWrite),
    };
    Ok(Page::new(t.say("panel-service"), &view)
        .place("accounts")
        .crumb(t.say("accounts-title"), "/accounts")
        .crumb(name, format!("/accounts/{id}"))
        .live(id.to_string()))
}

/// The form with what a tier gives.
///
/// # Errors
/// No such tier here, or the database's.
pub async fn edit(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let (tier, service) = read(&db, &actor, known(&id)?).await?;
    let mut form = Filled::default();
    let mut channels = Vec::new();
    form.set("model", NOTHING);
    form.set("version", "0");
    form.set("has_owner", "on");
    if let Some(service) = service {
        let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
        form.set("model", service.model.as_str());
        form.set("version", service.version.to_string());
        form.set("cadence", number(service.cadence));
        form.set("most", number(service.most));
        form.set("has_owner", if service.has_owner { "on" } else { "" });
        channels = service.channels;
    }
    Ok(page(&t, &tier, &form, &channels, None))
}

/// Keeps what the form says; the address may say it too, so that it can be taken back.
///
/// # Errors
/// No such tier here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    (Path(id), Query(back)): (Path<String>, Query<Vec<(String, String)>>),
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id: RungId = known(&id)?;
    let is_back = !back.is_empty();
    let sent: Sent = sent.into_iter().chain(back).collect();
    let mut form = form_of(&sent);
    let channels: Vec<Channel> = sent
        .all("channels")
        .filter_map(|word| word.parse().ok())
        .collect();
    let version = Some(form.version()).filter(|_| !is_back);
    let (tier, _) = read(&db, &actor, id).await?;
    let Some(service) = service_of(&mut form, &channels, &t) else {
        let again = page(&t, &tier, &form, &channels, None);
        return Ok(again.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    };
    let writer = actor.clone();
    let kept = db.write(move |tx| super::set(tx, &writer, id, version, service.clone()));
    let (status, whole) = match kept.await {
        Ok(before) => return Ok(done(&t, &tier, before.as_ref())),
        Err(ServiceError::Stale(_)) => {
            // What is typed stays; sent once more, it takes the place of what is there now.
            let (_, now) = read(&db, &actor, id).await?;
            let version = now.map_or(0, |service| service.version);
            form.set("version", version.to_string());
            (StatusCode::CONFLICT, Some(t.say(STALE.text)))
        }
        Err(error) => (form.refuse_all(error.into(), &t)?, None),
    };
    let again = page(&t, &tier, &form, &channels, whole);
    Ok(again.status(status).into_response())
}

async fn read(db: &Db, actor: &Actor, id: RungId) -> Result<(Rung, Option<Service>), Failure> {
    let workspace = actor.workspace;
    db.read(move |tx| {
        let tier = ladders::find(tx, workspace, Ladder::Tiers, id)?.ok_or(ServiceError::UnknownTier)?;
        Ok::<_, Failure>((tier, super::of_tier(tx, workspace, id)?))
    })
    .await
}

fn form_of(sent: &Sent) -> Filled {
    let mut form = Filled::default();
    for name in ["model", "cadence", "most", "has_owner", "version"] {
        form.set(name, sent.one(name));
    }
    form
}

/// What the form says: a service, or that nothing is said. Nothing where a field can't be read, which then says so.
fn service_of(form: &mut Filled, channels: &[Channel], t: &Text) -> Option<Option<Service>> {
    if form.value("model") == NOTHING {
        return Some(None);
    }
    let Some(model) = TouchModel::named(form.value("model")) else {
        form.refuse("model", t.say(MODEL.text));
        return None;
    };
    let mut number = |name: &'static str, wrong: &'static str| {
        let typed = form.value(name).to_owned();
        if typed.is_empty() {
            return None;
        }
        let read = typed.parse::<i64>().ok();
        if read.is_none() {
            form.refuse(name, t.say(wrong));
        }
        read
    };
    let (cadence, most) = (number("cadence", CADENCE.text), number("most", MOST.text));
    form.is_good().then(|| {
        Some(Service {
            model,
            channels: channels.to_vec(),
            cadence,
            has_owner: form.value("has_owner") == "on",
            most,
            version: 0,
        })
    })
}

fn done(t: &Text, tier: &Rung, before: Option<&Service>) -> Response {
    let path = format!("{}/{}/service", Ladder::Tiers.path(), tier.id);
    let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    let pairs: Vec<(&str, String)> = match before {
        None => vec![("model", NOTHING.to_owned())],
        Some(service) => {
            let own = [
                ("model", service.model.as_str().to_owned()),
                ("cadence", number(service.cadence)),
                ("most", number(service.most)),
                (
                    "has_owner",
                    if service.has_owner { "on" } else { "off" }.to_owned(),
                ),
            ];
            let channels = service.channels.iter();
            let channels = channels.map(|channel| ("channels", channel.as_str().to_owned()));
            own.into_iter().chain(channels).collect()
        }
    };
    let pairs: Vec<(&str, &str)> = pairs
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let said = t.say_with("service-was-saved", kit::args!(name = tier.text.name.as_str()));
    let notice = Notice::new(said).undo(address(&path, &pairs));
    (notice, Redirect::to(Ladder::Tiers.path())).into_response()
}

fn page(t: &Text, tier: &Rung, form: &Filled, channels: &[Channel], whole: Option<String>) -> Page {
    let view = FormPage {
        t,
        tier,
        form,
        channels,
        whole,
    };
    Page::new(t.say("service-title"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say(Ladder::Tiers.title()), Ladder::Tiers.path())
        .crumb(&tier.text.name, format!("{}/{}", Ladder::Tiers.path(), tier.id))
}
