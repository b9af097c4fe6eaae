//! The settings pages of saved replies and macros.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::{Db, Tx};
use kit::i18n::{Locale, Text};
use kit::web::api::At;
use kit::web::{Failure, Filled, Notice, Page};
use serde::Deserialize;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;
use tandem_core::{agents, teams};

use super::failures::{STALE, said};
use super::files::{self, ReplyFile};
use super::views::{FormPage, ListPage, Preview};
use super::{Audience, FIELDS, LIST, Reply, ReplyError, ReplyId, ReplyText, filling, templates};
use crate::statuses;
use crate::tickets::extras::Extras;
use crate::tickets::listing::{self, View};
use crate::tickets::{self, Field, Ticket, TicketError};

pub(super) const ADDRESS: &str = "/settings/replies";

/// Which replies.
#[derive(Debug, Default, Deserialize)]
pub struct ListQuery {
    #[serde(default)]
    pub(super) q: String,
    #[serde(default)]
    pub(super) folder: String,
    #[serde(default)]
    pub(super) kind: String,
}

/// The replies and macros, with a search.
///
/// # Errors
/// The database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<ListQuery>,
) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (replies, teams) = db
        .read(move |tx| Ok::<_, ReplyError>((super::all(tx, &reader)?, teams::all(tx, reader.workspace)?)))
        .await?;
    let view = ListPage::new(&t, replies, teams, &query);
    Ok(Page::new(t.say("settings-replies"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .actions(&view.actions())
        .live(LIST))
}

/// The empty form.
///
/// # Errors
/// The database's.
pub async fn new(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let mut filled = Filled::default();
    filled.set(
        "audience",
        if actor.agent().is_some() {
            "own"
        } else {
            "everyone"
        },
    );
    form(&db, &actor, &t, (None, filled), None).await
}

/// Adds a reply, or shows the form again with what is wrong.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let filled: Filled = sent.into_iter().collect();
    let (writer, asked) = (actor.clone(), filled.clone());
    let added = db.write(move |tx| super::add(tx, &writer, &described(&writer, &asked)?));
    match added.await {
        Ok(reply) => Ok(done(&t, "replies-was-added", &reply, None)),
        Err(error) => again(&db, &actor, &t, (None, filled), error).await,
    }
}

/// The form with a reply in it.
///
/// # Errors
/// No such reply here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, t: Text, At(id): At<ReplyId>) -> Result<Page, Failure> {
    let reader = actor.clone();
    let found = db.read(move |tx| super::find(tx, &reader, id)).await?;
    let reply = found.ok_or(ReplyError::Unknown)?;
    let filled = written(&reply);
    form(&db, &actor, &t, (Some(reply), filled), None).await
}

/// Changes a reply as the form says, or shows it again with what is wrong.
///
/// # Errors
/// No such reply here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<ReplyId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let filled: Filled = sent.into_iter().collect();
    let (writer, asked) = (actor.clone(), filled.clone());
    let now = db.read(move |tx| super::find(tx, &writer, id)).await?;
    let now = now.ok_or(ReplyError::Unknown)?;
    let writer = actor.clone();
    let changed = db.write(move |tx| {
        let text = described(&writer, &asked)?;
        super::change(tx, &writer, id, asked.version(), &text)
    });
    match changed.await {
        Ok(reply) => Ok(done(&t, "replies-was-changed", &reply, None)),
        Err(error) => again(&db, &actor, &t, (Some(now), filled), error).await,
    }
}

/// Removes a reply.
///
/// # Errors
/// No such reply here, one that is shared, a missing permission, or the database's.
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<ReplyId>,
) -> Result<Response, Failure> {
    let reply = db.write(move |tx| super::remove(tx, &actor, id)).await?;
    Ok(done(&t, "replies-was-removed", &reply, Some("removal/end")))
}

/// Brings a removed reply back.
///
/// # Errors
/// As of [`remove`].
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<ReplyId>,
) -> Result<Response, Failure> {
    let reply = db.write(move |tx| super::restore(tx, &actor, id)).await?;
    Ok(done(&t, "replies-was-restored", &reply, None))
}

/// Shows the form as it is filled in, with what its words become in a ticket. Nothing is stored.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn preview(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Page, Failure> {
    let mut filled: Filled = sent.into_iter().collect();
    let (reader, asked, voice) = (actor.clone(), filled.clone(), t.clone());
    let (reply, shown) = db
        .read(move |tx| {
            let id: Option<ReplyId> = asked.value("id").parse().ok();
            let reply = match id {
                Some(id) => super::find(tx, &reader, id)?,
                None => None,
            };
            Ok::<_, ReplyError>((reply, filled_in(tx, &reader, &voice, &asked)?))
        })
        .await?;
    let preview = match shown {
        Ok(preview) => Some(preview),
        Err((name, sentence)) => {
            filled.refuse(name, sentence);
            None
        }
    };
    form(&db, &actor, &t, (reply, filled), preview).await
}

/// What the words become in the ticket that is named, or else in the newest; or which field is wrong and why.
fn filled_in(
    tx: &mut Tx<'_>,
    actor: &Actor,
    t: &Text,
    asked: &Filled,
) -> Result<Result<Preview, (&'static str, String)>, ReplyError> {
    let Some(ticket) = chosen(tx, actor, asked.value("ticket"))? else {
        return Ok(Err(("ticket", t.say("replies-failure-ticket"))));
    };
    let values = filling::values(tx, actor, &ticket)?;
    let body = super::model::body(asked.value("body"));
    Ok(match templates::fill(&body, &values) {
        Ok(words) => Ok(Preview {
            number: ticket.number,
            subject: ticket.subject,
            words,
        }),
        Err(broken) => Err(("body", said(t, &broken))),
    })
}

fn chosen(tx: &mut Tx<'_>, actor: &Actor, typed: &str) -> Result<Option<Ticket>, TicketError> {
    let typed = typed.trim().trim_start_matches('#');
    if typed.is_empty() {
        return Ok(listing::view(tx, actor, View::All, None, 1)?.pop());
    }
    match typed.parse() {
        Ok(number) => tickets::numbered(tx, actor, number),
        Err(_) => Ok(None),
    }
}

/// The reply that a form describes. Of each field that a macro can change, empty leaves it.
fn described(actor: &Actor, filled: &Filled) -> Result<ReplyText, ReplyError> {
    let mut changes = Vec::new();
    for field in FIELDS {
        let value = filled.value(set(field));
        if !value.is_empty() {
            changes.push((field, value.to_owned()));
        }
    }
    let audience = match filled.value("audience") {
        "" => "own",
        word => word,
    };
    Ok(ReplyText {
        name: filled.value("name").to_owned(),
        folder: filled.value("folder").to_owned(),
        body: filled.value("body").to_owned(),
        words: Locale::all()
            .map(|one| (one.tag().to_owned(), filled.value(&input(one)).to_owned()))
            .collect(),
        is_note: filled.value("is_note") == "note",
        audience: Audience::said(audience, actor)?,
        changes,
        extras: Extras::said(
            filled.value("add_tags"),
            filled.value("remove_tags"),
            filled.value("follow"),
        ),
    })
}

/// The form of a reply as it is stored.
fn written(reply: &Reply) -> Filled {
    let mut filled = Filled::default();
    filled.set("name", &reply.text.name);
    filled.set("folder", &reply.text.folder);
    filled.set("body", &reply.text.body);
    for locale in Locale::all() {
        let words = reply.text.words.get(locale.tag()).cloned();
        filled.set(input(locale), words.unwrap_or_default());
    }
    filled.set("is_note", if reply.text.is_note { "note" } else { "reply" });
    filled.set("audience", reply.text.audience.to_string());
    filled.set("version", reply.version.to_string());
    for (field, value) in &reply.text.changes {
        filled.set(set(*field), value);
    }
    let extras = &reply.text.extras;
    filled.set("add_tags", extras.add_tags.join(", "));
    filled.set("remove_tags", extras.remove_tags.join(", "));
    filled.set("follow", if extras.follow { "on" } else { "" });
    filled
}

/// The name of the words in a language in the form.
pub(super) fn input(locale: Locale) -> String {
    format!("body.{}", locale.tag())
}

/// The name of a field in the form.
pub(crate) fn set(field: Field) -> &'static str {
    super::failures::name(field)
}

fn done(t: &Text, key: &str, reply: &Reply, undo: Option<&str>) -> Response {
    let said = t.say_with(key, kit::args!(name = reply.text.name.as_str()));
    let notice = Notice::new(said);
    let notice = match undo {
        Some(path) => notice.undo(format!("{ADDRESS}/{}/{path}", reply.id)),
        None => notice,
    };
    (notice, Redirect::to(ADDRESS)).into_response()
}

/// The form as it was sent, with what is wrong beside the fields; failures of no field stand above.
async fn again(
    db: &Db,
    actor: &Actor,
    t: &Text,
    (reply, mut filled): (Option<Reply>, Filled),
    error: ReplyError,
) -> Result<Response, Failure> {
    let status = match error {
        ReplyError::Broken(broken) => {
            filled.refuse("body", said(t, &broken));
            StatusCode::UNPROCESSABLE_ENTITY
        }
        ReplyError::BadWords(tag, broken) => {
            filled.refuse(format!("body.{tag}"), said(t, &broken));
            StatusCode::UNPROCESSABLE_ENTITY
        }
        ReplyError::Stale(now) => {
            filled.set("version", now.version.to_string());
            filled.set("whole", t.say(STALE.text));
            StatusCode::CONFLICT
        }
        error => filled.refuse_all(error.into(), t)?,
    };
    let page = form(db, actor, t, (reply, filled), None).await?;
    Ok(page.status(status).into_response())
}

async fn form(
    db: &Db,
    actor: &Actor,
    t: &Text,
    (reply, filled): (Option<Reply>, Filled),
    preview: Option<Preview>,
) -> Result<Page, Failure> {
    let reader = actor.clone();
    let files = files_of(db, actor, reply.as_ref()).await?;
    let (teams, agents, statuses, all) = db
        .read(move |tx| {
            Ok::<_, ReplyError>((
                teams::all(tx, reader.workspace)?,
                agents::all(tx, reader.workspace)?,
                statuses::all(tx, reader.workspace)?,
                super::all(tx, &reader)?,
            ))
        })
        .await?;
    let title = title(t, reply.as_ref());
    let view = FormPage {
        t,
        may_share: actor.may(Permission::InboxWrite),
        may_write: reply
            .as_ref()
            .is_none_or(|reply| super::may_change(actor, reply.text.audience)),
        reply,
        files,
        filled: &filled,
        preview,
        teams,
        agents,
        statuses,
        folders: super::folders(&all),
    };
    Ok(Page::new(title, &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say("settings-replies"), ADDRESS))
}

/// What goes along with a reply.
async fn files_of(db: &Db, actor: &Actor, reply: Option<&Reply>) -> Result<Vec<ReplyFile>, ReplyError> {
    let Some(id) = reply.map(|reply| reply.id) else {
        return Ok(Vec::new());
    };
    let reader = actor.clone();
    db.read(move |tx| files::of(tx, &reader, id)).await
}

fn title(t: &Text, reply: Option<&Reply>) -> String {
    match reply {
        Some(reply) => reply.text.name.clone(),
        None => t.say("replies-new"),
    }
}
