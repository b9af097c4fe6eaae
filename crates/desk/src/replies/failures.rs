//! How the failures of saved replies look from outside.

use http::StatusCode;
use kit::i18n::Text;
use kit::web::{Code, Failure};

use super::ReplyError;
use super::templates::Broken;
use crate::tickets::Field;

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

pub(super) const NAME: Code = Code::new("saved-reply-name", WRONG, "replies-failure-name");
pub(super) const FOLDER: Code = Code::new("saved-reply-folder", WRONG, "replies-failure-folder");
pub(super) const LONG: Code = Code::new("saved-reply-long", WRONG, "replies-failure-long");
pub(super) const EMPTY: Code = Code::new("saved-reply-empty", WRONG, "replies-failure-empty");
pub(super) const BROKEN: Code = Code::new("saved-reply-broken", WRONG, "replies-failure-broken");
pub(super) const LANGUAGE: Code = Code::new("saved-reply-language", WRONG, "replies-failure-language");
pub(super) const CHANGE: Code = Code::new("saved-reply-change", WRONG, "replies-failure-change");
pub(super) const TAGS: Code = Code::new("saved-reply-tags", WRONG, "replies-failure-tags");
pub(super) const AUDIENCE: Code = Code::new("saved-reply-audience", WRONG, "replies-failure-audience");
pub(super) const NOT_YOURS: Code = Code::new(
    "saved-reply-shared",
    StatusCode::CONFLICT,
    "replies-failure-not-yours",
);
pub(super) const TOO_MANY: Code = Code::new(
    "saved-reply-too-many",
    StatusCode::CONFLICT,
    "replies-failure-too-many",
);
/// Someone changed the reply since the sender saw it.
pub(super) const STALE: Code = Code::new("saved-reply-stale", StatusCode::CONFLICT, "replies-failure-stale");

/// What is wrong with a new or changed reply.
pub(super) const ALL: &[&Code] = &[
    &NAME, &FOLDER, &LONG, &EMPTY, &BROKEN, &LANGUAGE, &CHANGE, &TAGS, &AUDIENCE, &NOT_YOURS, &TOO_MANY,
];

/// The sentence about a text that can't be filled in, with the variable's name.
pub(crate) fn said(t: &Text, broken: &Broken) -> String {
    match broken {
        Broken::Syntax(line) => t.say_with("replies-broken-syntax", kit::args!(line = *line as i64)),
        Broken::Forbidden(what) => t.say_with("replies-broken-forbidden", kit::args!(what = what.as_str())),
        Broken::Unknown(name) => t.say_with("replies-broken-unknown", kit::args!(name = name.as_str())),
        Broken::Missing(name) => t.say_with("replies-broken-missing", kit::args!(name = name.as_str())),
        Broken::Tangled(line) => t.say_with("replies-broken-tangled", kit::args!(line = *line as i64)),
        Broken::TooLong => t.say("replies-failure-long"),
    }
}

/// The name of a field in a form.
pub(super) fn name(field: Field) -> &'static str {
    match field {
        Field::Status => "set_status",
        Field::Agent => "set_agent",
        Field::Team => "set_team",
        Field::Priority => "set_priority",
        Field::Kind => "set_kind",
        _ => "set_snooze",
    }
}

impl From<ReplyError> for Failure {
    fn from(error: ReplyError) -> Self {
        match error {
            ReplyError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            ReplyError::BadName => Self::field("name", &NAME),
            ReplyError::BadFolder => Self::field("folder", &FOLDER),
            ReplyError::LongBody => Self::field("body", &LONG),
            ReplyError::Empty => Self::field("body", &EMPTY),
            ReplyError::Broken(broken) => Self::field("body", &BROKEN).detail(broken.to_string()),
            ReplyError::BadWords(tag, broken) => {
                Self::field("words", &BROKEN).detail(format!("{tag}: {broken}"))
            }
            ReplyError::BadLanguage => Self::field("words", &LANGUAGE),
            ReplyError::BadChange(field) => Self::field(name(field), &CHANGE),
            ReplyError::BadTags(field) => Self::field(field, &TAGS),
            ReplyError::BadAudience => Self::field("audience", &AUDIENCE),
            ReplyError::NotYours => Self::new(&NOT_YOURS),
            ReplyError::TooMany => Self::new(&TOO_MANY),
            ReplyError::Unknown => Self::of(StatusCode::NOT_FOUND),
            ReplyError::Stale(now) => {
                Self::new(&STALE).detail(format!("the reply is at version {}", now.version))
            }
            ReplyError::Ticket(error) => error.into(),
            ReplyError::Db(error) => error.into(),
        }
    }
}
