//! The settings pages of ladders: the same for each, at its own address.

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::{Db, DbError};
use kit::i18n::Text;
use kit::money::Currency;
use kit::web::{Failure, Filled, Notice, Page, known};

use super::failures::STALE;
use super::views::{FormActions, FormPage, ListPage};
use super::{Ladder, LadderError, Rung, RungId, RungText};
use crate::actor::Actor;
use crate::currencies;
use crate::permissions::Permission;
use crate::tiers::service;

/// The rungs, and the form that adds one.
///
/// # Errors
/// The database's.
async fn list(ladder: Ladder, db: Db, actor: Actor, t: Text) -> Result<Page, Failure> {
    listed(ladder, &db, &actor, &t, &Filled::default()).await
}

/// Gives an empty ladder the usual rungs.
///
/// # Errors
/// A missing permission, or the database's.
async fn usual(ladder: Ladder, db: Db, actor: Actor, t: Text) -> Result<Redirect, Failure> {
    db.write(move |tx| super::begin(tx, &actor, ladder, &t)).await?;
    Ok(Redirect::to(ladder.path()))
}

/// Adds a rung, or shows the list again with what is wrong.
///
/// # Errors
/// A missing permission, or the database's.
async fn create(
    ladder: Ladder,
    db: Db,
    actor: Actor,
    t: Text,
    mut form: Filled,
) -> Result<Response, Failure> {
    let currency = currency(&db, &actor).await?;
    let Some(text) = text_of(ladder, &mut form, &t, currency) else {
        let page = listed(ladder, &db, &actor, &t, &form).await?;
        return Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    };
    let writer = actor.clone();
    match db.write(move |tx| super::add(tx, &writer, ladder, &text)).await {
        Ok(rung) => Ok(done(&t, "ladders-was-saved", &rung, None)),
        Err(error) => {
            let status = form.refuse_all(error.into(), &t)?;
            let page = listed(ladder, &db, &actor, &t, &form).await?;
            Ok(page.status(status).into_response())
        }
    }
}

/// The form with a rung in it.
///
/// # Errors
/// No such rung here, or the database's.
async fn edit(ladder: Ladder, db: Db, actor: Actor, t: Text, id: String) -> Result<Page, Failure> {
    let rung = rung(ladder, &db, &actor, known(&id)?).await?;
    let currency = currency(&db, &actor).await?;
    let mut form = Filled::default();
    form.set("name", &rung.text.name);
    form.set("colour", rung.text.colour.as_str());
    let threshold = rung
        .text
        .threshold
        .map(|minor| t.money_written(minor, currency.code()));
    form.set("threshold", threshold.unwrap_or_default());
    Ok(page(&t, &rung, &form, currency, None))
}

/// Changes a rung as the form says, or shows it again with what is wrong.
///
/// # Errors
/// No such rung here, a missing permission, or the database's.
async fn change(
    (ladder, id): (Ladder, String),
    db: Db,
    actor: Actor,
    t: Text,
    mut form: Filled,
) -> Result<Response, Failure> {
    let now = rung(ladder, &db, &actor, known(&id)?).await?;
    let currency = currency(&db, &actor).await?;
    let version = form.value("version").parse().unwrap_or(0);
    let Some(text) = text_of(ladder, &mut form, &t, currency) else {
        let again = page(&t, &now, &form, currency, None);
        return Ok(again.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    };
    match db
        .write(move |tx| super::change(tx, &actor, now.id, version, &text))
        .await
    {
        Ok(rung) => Ok(done(&t, "ladders-was-saved", &rung, None)),
        Err(LadderError::Stale(now)) => {
            let again = page(&t, &now, &form, currency, Some(t.say(STALE.text)));
            Ok(again.status(StatusCode::CONFLICT).into_response())
        }
        Err(error) => {
            let status = form.refuse_all(error.into(), &t)?;
            Ok(page(&t, &now, &form, currency, None)
                .status(status)
                .into_response())
        }
    }
}

/// Moves a rung one place up or down.
///
/// # Errors
/// No such rung here, a missing permission, or the database's.
async fn step(ladder: Ladder, db: Db, actor: Actor, id: String, is_up: bool) -> Result<Redirect, Failure> {
    let found = rung(ladder, &db, &actor, known(&id)?).await?;
    db.write(move |tx| super::step(tx, &actor, found.id, is_up))
        .await?;
    Ok(Redirect::to(ladder.path()))
}

/// Archives a rung, or brings it back.
///
/// # Errors
/// As of [`step`].
async fn archive(
    (ladder, id): (Ladder, String),
    db: Db,
    actor: Actor,
    t: Text,
    is_back: bool,
) -> Result<Response, Failure> {
    let found = rung(ladder, &db, &actor, known(&id)?).await?;
    let rung = db
        .write(move |tx| match is_back {
            true => super::restore(tx, &actor, found.id),
            false => super::archive(tx, &actor, found.id),
        })
        .await?;
    let (key, undo) = if is_back {
        ("ladders-was-restored", "archiving")
    } else {
        ("ladders-was-archived", "archiving/end")
    };
    Ok(done(&t, key, &rung, Some(undo)))
}

async fn rung(ladder: Ladder, db: &Db, actor: &Actor, id: RungId) -> Result<Rung, Failure> {
    let workspace = actor.workspace;
    let found = db.read(move |tx| super::find(tx, workspace, ladder, id)).await?;
    Ok(found.ok_or(LadderError::Unknown)?)
}

async fn currency(db: &Db, actor: &Actor) -> Result<Currency, DbError> {
    let workspace = actor.workspace;
    db.read(move |tx| currencies::reporting(tx, workspace)).await
}

/// What the form says; nothing where its amount can't be read, which then stands beside the field.
fn text_of(ladder: Ladder, form: &mut Filled, t: &Text, currency: Currency) -> Option<RungText> {
    let typed = form.value("threshold").trim().to_owned();
    let threshold = match typed.as_str() {
        "" => None,
        _ if !ladder.has_thresholds() => None,
        typed => match t.read_money(typed, currency.code()) {
            Ok(minor) => Some(minor),
            Err(trouble) => {
                form.refuse("threshold", t.money_trouble(trouble, currency.code()));
                return None;
            }
        },
    };
    Some(RungText {
        name: form.value("name").to_owned(),
        colour: crate::tags::Colour::named(form.value("colour")).unwrap_or_default(),
        threshold,
    })
}

fn done(t: &Text, key: &str, rung: &Rung, undo: Option<&str>) -> Response {
    let path = rung.ladder.path();
    let notice = Notice::new(t.say_with(key, kit::args!(name = rung.text.name.as_str())));
    let notice = match undo {
        Some(undo) => notice.undo(format!("{path}/{}/{undo}", rung.id)),
        None => notice,
    };
    (notice, Redirect::to(path)).into_response()
}

async fn listed(ladder: Ladder, db: &Db, actor: &Actor, t: &Text, form: &Filled) -> Result<Page, Failure> {
    let workspace = actor.workspace;
    let (rungs, services) = db
        .read(move |tx| {
            let services = match ladder {
                Ladder::Tiers => service::all(tx, workspace)?,
                Ladder::Stages => BTreeMap::new(),
            };
            Ok::<_, DbError>((super::all(tx, workspace, ladder)?, services))
        })
        .await?;
    let view = ListPage {
        t,
        ladder,
        rungs,
        form,
        currency: currency(db, actor).await?,
        may_write: actor.may(Permission::ShapeWrite),
        services,
    };
    Ok(Page::new(t.say(ladder.title()), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .live(ladder.list()))
}

fn page(t: &Text, rung: &Rung, form: &Filled, currency: Currency, whole: Option<String>) -> Page {
    let view = FormPage {
        t,
        rung,
        form,
        currency,
        whole,
    };
    Page::new(&rung.text.name, &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say(rung.ladder.title()), rung.ladder.path())
        .actions(&FormActions { t, rung })
}

/// The handlers of one ladder.
macro_rules! pages {
    ($(#[$doc:meta])* $module:ident, $ladder:expr) => {
        $(#[$doc])*
        #[allow(missing_docs, clippy::missing_errors_doc, reason = "each is the function of this name above, for one ladder")]
        pub mod $module {
            use super::*;

            pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
                super::list($ladder, db, actor, t).await
            }

            pub async fn usual(State(db): State<Db>, actor: Actor, t: Text) -> Result<Redirect, Failure> {
                super::usual($ladder, db, actor, t).await
            }

            pub async fn create(
                State(db): State<Db>,
                actor: Actor,
                t: Text,
                Form(sent): Form<Vec<(String, String)>>,
            ) -> Result<Response, Failure> {
                super::create($ladder, db, actor, t, sent.into_iter().collect()).await
            }

            pub async fn edit(
                State(db): State<Db>,
                actor: Actor,
                t: Text,
                Path(id): Path<String>,
            ) -> Result<Page, Failure> {
                super::edit($ladder, db, actor, t, id).await
            }

            pub async fn change(
                State(db): State<Db>,
                actor: Actor,
                t: Text,
                Path(id): Path<String>,
                Form(sent): Form<Vec<(String, String)>>,
            ) -> Result<Response, Failure> {
                super::change(($ladder, id), db, actor, t, sent.into_iter().collect()).await
            }

            pub async fn up(
                State(db): State<Db>,
                actor: Actor,
                Path(id): Path<String>,
            ) -> Result<Redirect, Failure> {
                super::step($ladder, db, actor, id, true).await
            }

            pub async fn down(
                State(db): State<Db>,
                actor: Actor,
                Path(id): Path<String>,
            ) -> Result<Redirect, Failure> {
                super::step($ladder, db, actor, id, false).await
            }

            pub async fn archive(
                State(db): State<Db>,
                actor: Actor,
                t: Text,
                Path(id): Path<String>,
            ) -> Result<Response, Failure> {
                super::archive(($ladder, id), db, actor, t, false).await
            }

            pub async fn restore(
                State(db): State<Db>,
                actor: Actor,
                t: Text,
                Path(id): Path<String>,
            ) -> Result<Response, Failure> {
                super::archive(($ladder, id), db, actor, t, true).await
            }
        }
    };
}

pages!(
    /// The pages of stages.
    stages,
    Ladder::Stages
);
pages!(
    /// The pages of tiers.
    tiers,
    Ladder::Tiers
);
