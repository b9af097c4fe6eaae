//! The tags of one thing, as its page shows them: chips, and a form that puts another on it.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::{Db, DbError, Tx};
use kit::i18n::Text;
use kit::id::{AnyId, Uuid};
use kit::web::{Failure, Notice, Sent, address};

use super::Tag;
use crate::actor::Actor;
use crate::nouns::Noun;

/// What is shown; rendered into the page of the thing.
#[derive(Debug, Template)]
#[template(path = "tags/views/line.html")]
pub struct TagLine<'a> {
    t: &'a Text,
    action: String,
    tags: Vec<Tag>,
    known: Vec<String>,
    may_write: bool,
}

/// What a line is made of, read with the thing it is about.
#[derive(Clone, Debug)]
pub struct Tags {
    tags: Vec<Tag>,
    known: Vec<String>,
}

impl Tags {
    /// The tags of `subject`; for those who may put others on it, the vocabulary too.
    ///
    /// # Errors
    /// [`DbError`] of the database.
    pub fn of(tx: &mut Tx<'_>, actor: &Actor, noun: &Noun, subject: Uuid) -> Result<Self, DbError> {
        let known = if actor.may(noun.writes) {
            super::all(tx, actor.workspace)?
        } else {
            Vec::new()
        };
        Ok(Self {
            tags: super::of(tx, actor.workspace, noun, subject)?,
            known: known.into_iter().map(|(tag, _)| tag.name).collect(),
        })
    }

    /// The line on the page of `noun` with this id.
    pub fn line<'a>(self, t: &'a Text, actor: &Actor, noun: &Noun, id: &str) -> TagLine<'a> {
        TagLine {
            t,
            action: format!("{}/tags", noun.page(id)),
            tags: self.tags,
            known: self.known,
            may_write: actor.may(noun.writes),
        }
    }
}

/// Whether a thing is there for this actor; gives its id with its prefix.
pub type Find = fn(&mut Tx<'_>, &Actor, &str) -> Result<AnyId, Failure>;

/// Puts a tag on the thing of a path; the address may name it too, so that taking off can be taken back.
///
/// # Errors
/// No such thing here, a word that can't be a tag, a missing permission, or the database's.
pub async fn put(
    (db, actor, t): (Db, Actor, Text),
    noun: &'static Noun,
    find: Find,
    (id, sent): (String, Sent),
) -> Result<Response, Failure> {
    let (name, page) = (sent.one("name").to_owned(), noun.page(&id));
    let put = db.write(move |tx| {
        let subject = find(tx, &actor, &id)?;
        Ok::<_, Failure>(super::put(tx, &actor, noun, subject, &name)?)
    });
    let notice = match put.await {
        Ok(tag) => {
            let undo = address(&format!("{page}/tags/end"), &[("tag", &tag.id.to_string())]);
            Notice::new(t.say_with("tags-was-put", kit::args!(name = tag.name.as_str()))).undo(undo)
        }
        Err(failure) if !failure.fields.is_empty() => Notice::bad(failure.field_text("name", &t)),
        Err(failure) => return Err(failure),
    };
    Ok((notice, Redirect::to(&page)).into_response())
}

/// Takes a tag off the thing of a path.
///
/// # Errors
/// No such thing or tag here, a missing permission, or the database's.
pub async fn take(
    (db, actor, t): (Db, Actor, Text),
    noun: &'static Noun,
    find: Find,
    (id, sent): (String, Sent),
) -> Result<Response, Failure> {
    let (tag, page) = (kit::web::known(sent.one("tag"))?, noun.page(&id));
    let tag = db
        .write(move |tx| {
            let subject = find(tx, &actor, &id)?;
            Ok::<_, Failure>(super::take(tx, &actor, noun, subject, tag)?)
        })
        .await?;
    let undo = address(&format!("{page}/tags"), &[("name", &tag.name)]);
    let said = t.say_with("tags-was-taken", kit::args!(name = tag.name.as_str()));
    Ok((Notice::new(said).undo(undo), Redirect::to(&page)).into_response())
}
