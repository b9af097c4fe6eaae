//! The pages of segments: all of them, one with its accounts, and the builder.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::{Db, DbError, Tx};
use kit::i18n::Text;
use kit::web::{Failure, Notice, Page, Sent, known};

use super::catalogue::Catalogue;
use super::failures::STALE;
use super::form::Draft;
use super::members::store as rows;
use super::model::{Group, Segment, SegmentText};
use super::views::{BuilderPage, Happened, ListActions, ListPage, SegmentActions, SegmentPage};
use super::{LIST, Preview, SegmentError, SegmentId, Uses, wishes, words};
use crate::accounts::finding::Wishes;
use crate::actor::Actor;
use crate::currencies;
use crate::events;
use crate::permissions::Permission;

const PLACE: &str = "segments";
/// How many accounts the page of a segment names.
const SHOWN: i64 = 25;
/// How many events its history has.
const HISTORY: i64 = 20;

/// Every segment.
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let segments = db.read(move |tx| super::all(tx, &actor)).await?;
    let page = Page::new(t.say("segments-title"), &ListPage { t: &t, segments });
    let page = page.place(PLACE).crumb(t.say("accounts-title"), "/accounts");
    Ok(page.live(LIST).actions(&ListActions { t: &t }))
}

/// One with its definition in words, the accounts that came last, and what uses it.
///
/// # Errors
/// No such segment here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let id: SegmentId = known(&id)?;
    let (reader, words) = (actor.clone(), t.clone());
    let read = db.read(move |tx| {
        let segment = super::known(tx, &reader, id)?;
        let catalogue = Catalogue::of(tx, &reader)?;
        let said = words::said(&segment.text.definition, &catalogue, &words);
        let members = rows::newest(tx, reader.workspace, id, SHOWN)?;
        let arr = worth(tx, &reader, id)?;
        let uses = Uses::of(tx, &reader, id)?;
        let history = events::about(tx, reader.workspace, id, HISTORY)?;
        Ok::<_, SegmentError>((segment, said, members, (arr, uses, history)))
    });
    let (segment, said, members, (arr, uses, history)) = read.await?;
    let view = SegmentPage {
        t: &t,
        segment: &segment,
        said,
        members,
        arr,
        uses,
        history: history
            .iter()
            .filter_map(|event| Happened::of(event, &t))
            .collect(),
    };
    let page = framed(Page::new(&segment.text.name, &view), &t).live(id.to_string());
    Ok(page.actions(&SegmentActions {
        t: &t,
        segment: &segment,
        may_write: super::may_write(&actor, segment.text.owner),
    }))
}

fn worth(tx: &mut Tx<'_>, actor: &Actor, id: SegmentId) -> Result<Option<kit::money::Money>, DbError> {
    if !actor.may(Permission::MoneyRead) {
        return Ok(None);
    }
    Ok(Some(kit::money::Money {
        minor: rows::worth(tx, actor.workspace, id)?,
        currency: currencies::reporting(tx, actor.workspace)?,
    }))
}

/// The empty builder, or one with what the list of accounts was asked.
///
/// # Errors
/// The database's.
pub async fn new(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(asked): Query<Wishes>,
) -> Result<Page, Failure> {
    let (reader, words) = (actor.clone(), t.clone());
    let read = db.read(move |tx| {
        let catalogue = Catalogue::of(tx, &reader)?;
        let text = SegmentText {
            name: String::new(),
            about: String::new(),
            owner: reader.agent(),
            definition: wishes::definition(tx, &reader, &asked)?,
        };
        Ok::<_, SegmentError>(Draft::of(&text, 0, &catalogue, &words))
    });
    let mut draft = read.await?;
    if draft.nodes.len() == 1 {
        draft.arranged("line.0");
        draft.newest = None;
    }
    Built::new(&db, &actor, &t, None).page(draft, None).await
}

/// The builder with a segment in it.
///
/// # Errors
/// No such segment here, or the database's.
pub async fn edit(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let segment = to_write(&db, &actor, known(&id)?).await?;
    let built = Built::new(&db, &actor, &t, Some(&segment));
    let catalogue = built.catalogue().await?;
    let draft = Draft::of(&segment.text, segment.version, &catalogue, &t);
    built.page(draft, None).await
}

/// Adds a segment, or shows the builder arranged anew, or with what is wrong.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let built = Built::new(&db, &actor, &t, None);
    let (draft, text) = match built.read(&sent).await? {
        Ok(read) => read,
        Err(answer) => return Ok(answer),
    };
    let writer = actor.clone();
    match db.write(move |tx| super::add(tx, &writer, &text)).await {
        Ok(segment) => Ok(done(&t, "segments-was-added", &segment)),
        Err(error) => built.refused(draft, error).await,
    }
}

/// Changes a segment, or shows the builder arranged anew, or with what is wrong.
///
/// # Errors
/// No such segment here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let segment = to_write(&db, &actor, known(&id)?).await?;
    let built = Built::new(&db, &actor, &t, Some(&segment));
    let (draft, text) = match built.read(&sent).await? {
        Ok(read) => read,
        Err(answer) => return Ok(answer),
    };
    let (writer, id, version) = (actor.clone(), segment.id, draft.version);
    match db
        .write(move |tx| super::change(tx, &writer, id, version, &text))
        .await
    {
        Ok(segment) => Ok(done(&t, "segments-was-changed", &segment)),
        Err(error) => built.refused(draft, error).await,
    }
}

/// Removes a segment.
///
/// # Errors
/// No such segment here, one that is shared, or the database's.
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: SegmentId = known(&id)?;
    let segment = db.write(move |tx| super::remove(tx, &actor, id)).await?;
    let said = said(&t, "segments-was-removed", &segment);
    let notice = Notice::new(said).undo(format!("/segments/{id}/removal/end"));
    Ok((notice, Redirect::to("/segments")).into_response())
}

/// Brings a removed segment back.
///
/// # Errors
/// As of [`remove`].
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: SegmentId = known(&id)?;
    let segment = db.write(move |tx| super::restore(tx, &actor, id)).await?;
    Ok(done(&t, "segments-was-restored", &segment))
}

fn framed(page: Page, t: &Text) -> Page {
    page.place(PLACE)
        .crumb(t.say("accounts-title"), "/accounts")
        .crumb(t.say("segments-title"), "/segments")
}

fn said(t: &Text, key: &str, segment: &Segment) -> String {
    t.say_with(key, kit::args!(name = segment.text.name.as_str()))
}

fn done(t: &Text, key: &str, segment: &Segment) -> Response {
    let notice = Notice::new(said(t, key, segment));
    (notice, Redirect::to(&format!("/segments/{}", segment.id))).into_response()
}

/// A segment that the actor may change.
async fn to_write(db: &Db, actor: &Actor, id: SegmentId) -> Result<Segment, Failure> {
    let reader = actor.clone();
    let segment = db.read(move |tx| super::known(tx, &reader, id)).await?;
    if !super::may_write(actor, segment.text.owner) {
        return Err(SegmentError::NotYours.into());
    }
    Ok(segment)
}

/// What the page of the builder is made with.
struct Built<'a> {
    db: &'a Db,
    actor: &'a Actor,
    t: &'a Text,
    segment: Option<&'a Segment>,
}

/// What a form says, or the answer where it can't be kept like that.
type Said = Result<(Draft, SegmentText), Response>;

impl<'a> Built<'a> {
    fn new(db: &'a Db, actor: &'a Actor, t: &'a Text, segment: Option<&'a Segment>) -> Self {
        Self {
            db,
            actor,
            t,
            segment,
        }
    }

    async fn catalogue(&self) -> Result<Catalogue, Failure> {
        let reader = self.actor.clone();
        Ok(self.db.read(move |tx| Catalogue::of(tx, &reader)).await?)
    }

    async fn read(&self, sent: &Sent) -> Result<Said, Failure> {
        let mut draft = Draft::read(sent);
        let catalogue = self.catalogue().await?;
        let act = sent.given("act").unwrap_or("save");
        let is_arranged = draft.arranged(act);
        draft.tidied(&catalogue);
        if is_arranged {
            return Ok(Err(self.page(draft, None).await?.into_response()));
        }
        let Some(definition) = draft.definition(&catalogue, self.t) else {
            let page = self.page(draft, None).await?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(Err(page.status(status).into_response()));
        };
        let is_shared = draft.audience == "everyone";
        let text = SegmentText {
            name: draft.name.clone(),
            about: draft.about.clone(),
            owner: self.actor.agent().filter(|_| !is_shared),
            definition,
        };
        Ok(Ok((draft, text)))
    }

    /// The builder as it was sent, with what is wrong.
    async fn refused(&self, mut draft: Draft, error: SegmentError) -> Result<Response, Failure> {
        let (status, conflict) = match error {
            SegmentError::Stale(now) => {
                draft.version = now.version;
                (StatusCode::CONFLICT, Some(self.t.say(STALE.text)))
            }
            SegmentError::Bad(misplaced) => {
                draft.place(&misplaced, self.t);
                (StatusCode::UNPROCESSABLE_ENTITY, None)
            }
            error => {
                let failure = Failure::from(error);
                if failure.fields.is_empty() {
                    return Err(failure);
                }
                for (name, code) in &failure.fields {
                    draft.refuse(*name, self.t.say(code.text));
                }
                (failure.status(), None)
            }
        };
        let page = self.page(draft, conflict).await?;
        Ok(page.status(status).into_response())
    }

    async fn page(&self, draft: Draft, conflict: Option<String>) -> Result<Page, Failure> {
        let catalogue = self.catalogue().await?;
        // What is not finished yet is not refused for that.
        let preview = match draft.unmarked().definition(&catalogue, self.t) {
            Some(definition) => Some(self.preview(definition).await?),
            None => None,
        };
        let t = self.t;
        let view = BuilderPage {
            t,
            segment: self.segment,
            draft: &draft,
            catalogue: &catalogue,
            preview,
            conflict,
            may_share: self.actor.may(Permission::SegmentsWrite),
        };
        let title = self.segment.map(|segment| segment.text.name.clone());
        let title = title.unwrap_or_else(|| t.say("segments-new"));
        Ok(framed(Page::new(title, &view), t))
    }

    async fn preview(&self, definition: Group) -> Result<Preview, Failure> {
        let reader = self.actor.clone();
        let found = self.db.report(move |tx| super::preview(tx, &reader, &definition));
        Ok(found.await?)
    }
}
