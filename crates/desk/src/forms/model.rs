//! What a form is, which of its fields are there with which answers: no database, no HTML.

use kit::clock::Timestamp;
use kit::db::DbError;
use kit::id::Ids;
use tandem_core::actor::Forbidden;
use tandem_core::fields::conditions::{self, Answers, deciding};
use tandem_core::fields::{Field, FieldError, FieldId};
use tandem_core::teams::TeamId;

pub use tandem_core::fields::conditions::Condition;

use super::WebFormId;
use crate::tickets::{Kind, Priority, TicketError};

/// How many digits a key has.
const KEY_LENGTH: usize = 24;
/// How many fields a form asks for at most.
pub const FIELDS: usize = 30;

/// A form on the web.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebForm {
    /// Its id.
    pub id: WebFormId,
    /// By which anybody opens it: `/forms/KEY`.
    pub key: String,
    /// What people say of it.
    pub text: FormText,
    /// Grows by one with every change.
    pub version: i64,
    /// When it came.
    pub created_at: Timestamp,
    /// Who closed it and when, while it is closed.
    pub closing: Option<Closing>,
}

/// Who closed a form, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// Their signature.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What people say of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormText {
    /// What stands above it.
    pub title: String,
    /// What stands below the title; may be empty.
    pub intro: String,
    /// What the page says when it was sent; ours when it is empty.
    pub thanks: String,
    /// Which team's work its tickets are.
    pub team: Option<TeamId>,
    /// What sort of request its tickets are.
    pub kind: Kind,
    /// How much they press.
    pub priority: Priority,
    /// Whether files may go along.
    pub takes_files: bool,
    /// How many it takes in an hour, from everybody together.
    pub per_hour: i64,
    /// What else it asks, in order.
    pub fields: Vec<FormField>,
}

impl Default for FormText {
    fn default() -> Self {
        Self {
            title: String::new(),
            intro: String::new(),
            thanks: String::new(),
            team: None,
            kind: Kind::Question,
            priority: Priority::Normal,
            takes_files: true,
            per_hour: 60,
            fields: Vec::new(),
        }
    }
}

/// A field of tickets that a form asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormField {
    /// Which.
    pub field: FieldId,
    /// Whether it has to be filled in here.
    pub is_required: bool,
    /// When it is there; always unless told.
    pub when: Option<Condition>,
}

/// A field that a form asks for, with what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The field.
    pub field: Field,
    /// Whether it has to be filled in where it is there.
    pub is_required: bool,
    /// When it is there, and what the input is called that decides.
    pub when: Option<(String, Condition)>,
    /// Of which kinds a ticket is that has it; none for all.
    pub kinds: Vec<Kind>,
}

/// Which of the fields are there with these answers: one whose condition does not hold is not, nor is what depends on it.
pub fn shown(asked: &[Asked], answers: &Answers) -> Vec<bool> {
    let with_condition = |one: &Asked| (one.field.id, one.when.clone().map(|(_, when)| when));
    let all: Vec<_> = asked.iter().map(with_condition).collect();
    let all: Vec<_> = all.iter().map(|(id, when)| (*id, when.as_ref())).collect();
    conditions::shown(&all, answers)
}

impl FormText {
    /// In the form in which it is stored; `open` are the fields of tickets that are in use.
    ///
    /// # Errors
    /// [`FormError`] naming what does not fit.
    pub(super) fn checked(&self, open: &[Field]) -> Result<Self, FormError> {
        let title = self.title.split_whitespace().collect::<Vec<_>>().join(" ");
        if title.is_empty() || title.chars().count() > 100 {
            return Err(FormError::BadTitle);
        }
        let intro = lines(&self.intro, 2_000).ok_or(FormError::LongIntro)?;
        let thanks = lines(&self.thanks, 1_000).ok_or(FormError::LongThanks)?;
        if !(1..=1_000).contains(&self.per_hour) {
            return Err(FormError::BadLimit);
        }
        self.check_fields(open)?;
        Ok(Self {
            title,
            intro,
            thanks,
            ..self.clone()
        })
    }

    fn check_fields(&self, open: &[Field]) -> Result<(), FormError> {
        if self.fields.len() > FIELDS {
            return Err(FormError::BadField);
        }
        let of = |id: FieldId| open.iter().find(|field| field.id == id);
        for (at, one) in self.fields.iter().enumerate() {
            let before = &self.fields[..at];
            if of(one.field).is_none() || before.iter().any(|other| other.field == one.field) {
                return Err(FormError::BadField);
            }
            let Some(when) = &one.when else { continue };
            let is_above = before.iter().any(|other| other.field == when.field);
            let has_value = of(when.field).is_some_and(|field| deciding(field).contains(&when.value));
            if !is_above || !has_value {
                return Err(FormError::BadCondition);
            }
        }
        Ok(())
    }
}

/// A text of up to `most` characters, without what is no character.
fn lines(text: &str, most: usize) -> Option<String> {
    let text = text.trim().replace("\r\n", "\n");
    let clean: String = text.chars().filter(|c| !c.is_control() || *c == '\n').collect();
    (clean.chars().count() <= most).then_some(clean)
}

/// A new key: 96 random bits.
pub(super) fn new_key(ids: &Ids) -> String {
    let mut bytes = [0; KEY_LENGTH / 2];
    ids.fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a text can be a key at all.
pub(super) fn is_key(text: &str) -> bool {
    text.len() == KEY_LENGTH && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Why nothing was changed or taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The title is empty or too long.
    #[error("a title has 1 to 100 characters")]
    BadTitle,
    /// The introduction is too long.
    #[error("an introduction has up to 2000 characters")]
    LongIntro,
    /// The words of thanks are too long.
    #[error("words of thanks have up to 1000 characters")]
    LongThanks,
    /// The team is none of this workspace, or archived.
    #[error("there is no such team")]
    BadTeam,
    /// A limit that is none.
    #[error("a form takes 1 to 1000 in an hour")]
    BadLimit,
    /// A field that is none of tickets, or is asked for twice, or one too many.
    #[error("up to 30 different fields of tickets that are in use")]
    BadField,
    /// A condition on no field further up, or on a value that it does not take.
    #[error("a field depends on a choice of one that stands further up")]
    BadCondition,
    /// Words in another language that are too long, and where.
    #[error("the words of {0} are too long")]
    LongWords(String),
    /// A language that is none of those that Tandem speaks, or comes twice.
    #[error("there is no such language")]
    BadLanguage,
    /// As many as there can be.
    #[error("a workspace has up to 100 forms")]
    TooMany,
    /// There is no such form here.
    #[error("there is no such form")]
    Unknown,
    /// Nobody can send it: there is none with this key, or it is closed.
    #[error("the form is closed")]
    Closed,
    /// As much came by it as it takes in an hour.
    #[error("the form takes no more in this hour")]
    Busy,
    /// Someone changed it meanwhile; this is how it is now.
    #[error("someone changed the form meanwhile")]
    Stale(Box<WebForm>),
    /// What was sent is no ticket.
    #[error(transparent)]
    Ticket(#[from] TicketError),
    /// What was sent does not fit a field.
    #[error(transparent)]
    Field(#[from] FieldError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use tandem_core::fields::{FieldKind, FieldText, FieldValue};

    use super::*;

    fn asked(number: u128, kind: FieldKind, when: Option<(u128, &str)>) -> Asked {
        let id = |number: u128| format!("fld_{number:026}").parse::<FieldId>().unwrap();
        Asked {
            field: Field {
                id: id(number),
                noun: "ticket",
                kind,
                text: FieldText {
                    key: format!("f{number}"),
                    ..FieldText::default()
                },
                place: 1,
                version: 1,
                archiving: None,
            },
            is_required: false,
            when: when.map(|(on, value)| {
                let when = Condition {
                    field: id(on),
                    value: value.to_owned(),
                };
                (format!("f.f{on}"), when)
            }),
            kinds: Vec::new(),
        }
    }

    #[test]
    fn what_depends_on_a_hidden_field_is_hidden_whatever_was_answered_there() {
        let all = [
            asked(1, FieldKind::Choice, None),
            asked(2, FieldKind::YesNo, Some((1, "Broken"))),
            asked(3, FieldKind::Text, Some((2, "yes"))),
        ];
        let answers = |choice: &str, flag: bool| {
            BTreeMap::from([
                (all[0].field.id, Some(FieldValue::Words(choice.to_owned()))),
                (all[1].field.id, Some(FieldValue::Flag(flag))),
            ])
        };
        assert_eq!(shown(&all, &answers("broken", true)), [true, true, true]);
        assert_eq!(shown(&all, &answers("Broken", false)), [true, true, false]);
        assert_eq!(shown(&all, &answers("Other", true)), [true, false, false]);
        assert_eq!(shown(&all, &BTreeMap::new()), [true, false, false]);
        assert_eq!(shown(&all[1..], &BTreeMap::new()), [true, false]);
    }
}
