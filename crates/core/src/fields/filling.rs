//! The fields of one thing: a panel of its page, and the form that fills them in. The nouns' own addresses lead here.

use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::{Db, DbError};
use kit::i18n::Text;
use kit::id::AnyId;
use kit::web::{Failure, Filled, Notice, Page, Sent};

use super::conditions::{self, Answers, Condition};
use super::views::{EditPage, PanelView};
use super::{Field, FieldError, FieldId, Values, form};
use crate::actor::Actor;
use crate::nouns::Noun;
use crate::permissions::Permission;

/// Which of the fields of its noun a thing has.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    /// Fields that it does not have. What stands in them is kept and not shown.
    pub without: Vec<FieldId>,
    /// Fields that are there only where another has a value.
    pub whens: Vec<(FieldId, Condition)>,
    /// Fields that are to be filled in some day: an empty one says so.
    pub wanted: Vec<FieldId>,
}

impl Shape {
    /// When a field is there; always where there is no condition.
    pub(super) fn when(&self, field: FieldId) -> Option<&Condition> {
        let found = self.whens.iter().find(|(id, _)| *id == field);
        found.map(|(_, when)| when)
    }

    /// Which of these fields are there with these answers.
    fn shown(&self, fields: &[Field], answers: &Answers) -> Vec<bool> {
        let asked = fields.iter().map(|field| (field.id, self.when(field.id)));
        conditions::shown(&asked.collect::<Vec<_>>(), answers)
    }
}

/// One thing whose fields are asked for: its noun, its id, what it is called.
#[derive(Clone, Debug)]
pub struct Subject {
    /// What it is.
    pub noun: &'static Noun,
    /// Its id.
    pub id: AnyId,
    /// What it is called.
    pub name: String,
    /// Which fields it has.
    pub shape: Shape,
}

impl Subject {
    fn page(&self) -> String {
        self.noun.page(&self.id.to_string())
    }

    /// The address of its fields.
    fn details(&self) -> String {
        format!("{}/{}", self.page(), self.noun.details)
    }

    fn around(&self, t: &Text, page: Page) -> Page {
        page.place(self.noun.place)
            .crumb(t.say(self.noun.title), self.noun.home)
            .crumb(&self.name, self.page())
            .live(self.id.to_string())
    }
}

/// What stands in the fields.
///
/// # Errors
/// The database's.
pub async fn show(db: &Db, actor: &Actor, t: &Text, subject: &Subject) -> Result<Page, Failure> {
    let (mut fields, values) = held(db, actor, subject).await?;
    let answers = fields
        .iter()
        .map(|field| (field.id, values.get(field.id).cloned()));
    let mut is_shown = subject.shape.shown(&fields, &answers.collect()).into_iter();
    fields.retain(|_| is_shown.next().unwrap_or(true));
    let view = PanelView {
        t,
        fields,
        values,
        wanted: &subject.shape.wanted,
        edit: format!("{}/edit", subject.details()),
        may_write: actor.may(subject.noun.writes),
        may_shape: actor.may(Permission::ShapeWrite),
    };
    let page = Page::new(t.say("panel-fields"), &view);
    Ok(subject.around(t, page).live(super::LIST))
}

/// The form with what stands in the fields.
///
/// # Errors
/// The database's.
pub async fn edit(db: &Db, actor: &Actor, t: &Text, subject: &Subject) -> Result<Page, Failure> {
    let (fields, values) = held(db, actor, subject).await?;
    let filled = form::filled(t, &fields, &values);
    Ok(page(t, subject, fields, &filled))
}

/// Fills the fields in as the form says, or shows it again with what is wrong beside each.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn fill(
    db: &Db,
    actor: &Actor,
    t: &Text,
    subject: &Subject,
    sent: &Sent,
) -> Result<Response, Failure> {
    let (fields, _) = held(db, actor, subject).await?;
    let (mut values, mut filled) = form::read(t, &fields, sent);
    let is_shown = subject.shape.shown(&fields, &values);
    // What is not there keeps what stands in it.
    for (field, _) in fields.iter().zip(&is_shown).filter(|(_, is_shown)| !**is_shown) {
        values.remove(&field.id);
    }
    if filled.is_good() {
        let (writer, noun, id) = (actor.clone(), subject.noun, subject.id);
        match db
            .write(move |tx| super::set(tx, &writer, noun, id, &values))
            .await
        {
            Ok(shifts) => {
                let said = t.say_with("fields-were-filled", kit::args!(name = subject.name.as_str()));
                let mut notice = Notice::new(said);
                if noun.keeps.is_some() && !shifts.is_empty() {
                    notice = notice.undo(format!("{}/undo", subject.details()));
                }
                return Ok((notice, Redirect::to(&subject.page())).into_response());
            }
            Err(FieldError::Wrong(all)) => {
                for wrong in all {
                    filled.refuse(format!("f.{}", wrong.key), t.say(wrong.trouble.text()));
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
    let again = page(t, subject, fields, &filled);
    Ok(again.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

async fn held(db: &Db, actor: &Actor, subject: &Subject) -> Result<(Vec<Field>, Values), DbError> {
    let (workspace, noun, id) = (actor.workspace, subject.noun, subject.id.uuid);
    let without = subject.shape.without.clone();
    db.read(move |tx| {
        let mut fields = super::open(tx, workspace, noun)?;
        fields.retain(|field| !without.contains(&field.id));
        let mut values = super::of_many(tx, workspace, &fields, &[id])?;
        Ok((fields, values.remove(&id).unwrap_or_default()))
    })
    .await
}

fn page(t: &Text, subject: &Subject, fields: Vec<Field>, form: &Filled) -> Page {
    let view = EditPage {
        t,
        fields,
        form,
        shape: &subject.shape,
        action: subject.details(),
        back: subject.page(),
    };
    subject.around(t, Page::new(t.say("panel-fields"), &view))
}
