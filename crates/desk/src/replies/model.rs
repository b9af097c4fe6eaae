//! What a saved reply is: its words, for whom it is, and what a macro changes. No database, no HTML.

use std::collections::BTreeMap;
use std::fmt;

use kit::clock::Timestamp;
use kit::db::DbError;
use kit::i18n::Locale;
use kit::text::fold;
use tandem_core::actor::{Actor, Forbidden};
use tandem_core::agents::AgentId;
use tandem_core::teams::TeamId;

use super::ReplyId;
use super::templates::{self, Broken};
use crate::tickets::extras::Extras;
use crate::tickets::{Field, Kind, Priority, Step, TicketError};

/// The longest text, in characters.
pub const LONGEST: usize = 20_000;

/// The fields that a macro can change, in the order of its form.
pub const FIELDS: [Field; 6] = [
    Field::Status,
    Field::Agent,
    Field::Team,
    Field::Priority,
    Field::Kind,
    Field::Snooze,
];

/// Until when a macro snoozes, as words.
pub const SNOOZES: [(&str, &str); 4] = [
    ("hours", "tickets-snooze-hours"),
    ("tomorrow", "tickets-snooze-tomorrow"),
    ("monday", "tickets-snooze-monday"),
    ("week", "tickets-snooze-week"),
];

/// Who sees and uses a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everybody who works on tickets.
    Everyone,
    /// The members of a team.
    Team(TeamId),
    /// One agent alone.
    Own(AgentId),
}

impl Audience {
    /// The word in rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Team(_) => "team",
            Self::Own(_) => "own",
        }
    }

    /// What a form or a program says: `everyone`, `own`, or the id of a team.
    ///
    /// # Errors
    /// [`ReplyError::BadAudience`] for anything else, and for `own` of nobody.
    pub fn said(word: &str, actor: &Actor) -> Result<Self, ReplyError> {
        match word {
            "everyone" => Ok(Self::Everyone),
            "own" => actor.agent().map(Self::Own).ok_or(ReplyError::BadAudience),
            team => team.parse().map(Self::Team).map_err(|_| ReplyError::BadAudience),
        }
    }

    /// Whether others than its owner see it.
    pub const fn is_shared(self) -> bool {
        !matches!(self, Self::Own(_))
    }
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Team(team) => team.fmt(f),
            other => f.write_str(other.as_str()),
        }
    }
}

/// What people say of a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyText {
    /// What it is called.
    pub name: String,
    /// In which folder it lies; empty for none.
    pub folder: String,
    /// The words, with variables; may be empty in a macro.
    pub body: String,
    /// The words in other languages, by the language's tag: whoever speaks one of them gets these.
    pub words: BTreeMap<String, String>,
    /// Whether the words are a note, not an answer.
    pub is_note: bool,
    /// For whom it is.
    pub audience: Audience,
    /// What it changes: fields and words for their values.
    pub changes: Vec<(Field, String)>,
    /// What it does beside that: tags, and following.
    pub extras: Extras,
}

/// A saved reply; one that changes fields is a macro.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Its id.
    pub id: ReplyId,
    /// What people say of it.
    pub text: ReplyText,
    /// How many times it was used.
    pub uses: i64,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
    /// Grows by one with every change of the text.
    pub version: i64,
    /// When it came.
    pub created_at: Timestamp,
    /// Who wrote it: a signature.
    pub created_by: String,
    /// Who removed it and when, while it is removed.
    pub removal: Option<Removal>,
}

/// Who removed a reply, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// Their signature.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl Reply {
    /// Whether it changes something.
    pub fn is_macro(&self) -> bool {
        !self.text.changes.is_empty() || !self.text.extras.is_nothing()
    }

    /// The beginning of its words, in a line.
    pub fn preview(&self) -> String {
        let words = self.text.body.split_whitespace().collect::<Vec<_>>().join(" ");
        words.chars().take(140).collect()
    }

    /// Whether it has all the words of a search, in its name, folder or text.
    pub fn has(&self, words: &str) -> bool {
        let all = fold(&format!(
            "{} {} {}",
            self.text.name, self.text.folder, self.text.body
        ));
        fold(words).split_whitespace().all(|word| all.contains(word))
    }
}

impl ReplyText {
    /// What it changes a field to, as a word.
    pub fn change(&self, field: Field) -> Option<&str> {
        let found = self.changes.iter().find(|(one, _)| *one == field);
        found.map(|(_, value)| value.as_str())
    }

    /// The words for somebody who speaks a language; its own words where it has none in it.
    pub fn said_in(&self, language: Option<&str>) -> &str {
        let locale = language.and_then(Locale::parse);
        let found = locale.and_then(|locale| self.words.get(locale.tag()));
        found.unwrap_or(&self.body)
    }

    /// Whether its words go to the customer.
    pub fn is_answer(&self) -> bool {
        !self.body.is_empty() && !self.is_note
    }

    /// By folder, those without first, then by name.
    pub(super) fn sort_key(&self) -> String {
        format!("{}\u{1}{}", fold(&self.folder), fold(&self.name))
    }

    /// The form in which it is stored.
    ///
    /// # Errors
    /// [`ReplyError`] naming the field that does not fit.
    pub(super) fn checked(&self) -> Result<Self, ReplyError> {
        let name = line(&self.name, 80).filter(|name| !name.is_empty());
        let folder = line(&self.folder, 60);
        let body = body(&self.body);
        if body.chars().count() > LONGEST {
            return Err(ReplyError::LongBody);
        }
        templates::check(&body)?;
        let words = words(&self.words)?;
        if body.is_empty() && !words.is_empty() {
            return Err(ReplyError::Empty);
        }
        let changes = changes(&self.changes)?;
        let extras = self.extras.checked().map_err(ReplyError::BadTags)?;
        if body.is_empty() && changes.is_empty() && extras.is_nothing() {
            return Err(ReplyError::Empty);
        }
        Ok(Self {
            name: name.ok_or(ReplyError::BadName)?,
            folder: folder.ok_or(ReplyError::BadFolder)?,
            body,
            words,
            changes,
            extras,
            ..self.clone()
        })
    }
}

/// The words in the form in which they are stored.
pub(super) fn body(text: &str) -> String {
    text.trim().replace("\r\n", "\n")
}

/// The words in other languages as they are stored: those that say something, in languages that Tandem speaks.
fn words(wanted: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>, ReplyError> {
    let mut checked = BTreeMap::new();
    for (tag, text) in wanted {
        let is_known = Locale::parse(tag).is_some_and(|locale| locale.tag() == tag);
        if !is_known {
            return Err(ReplyError::BadLanguage);
        }
        let text = body(text);
        if text.chars().count() > LONGEST {
            return Err(ReplyError::BadWords(tag.clone(), Broken::TooLong));
        }
        templates::check(&text).map_err(|broken| ReplyError::BadWords(tag.clone(), broken))?;
        if !text.is_empty() {
            checked.insert(tag.clone(), text);
        }
    }
    Ok(checked)
}

/// A text as one line of up to `most` characters.
fn line(text: &str, most: usize) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (line.chars().count() <= most && !line.chars().any(char::is_control)).then_some(line)
}

/// The changes in the order of the form, each field once.
fn changes(wanted: &[(Field, String)]) -> Result<Vec<(Field, String)>, ReplyError> {
    let mut checked = Vec::new();
    for (field, value) in wanted {
        let is_twice = checked.iter().any(|(other, _)| other == field);
        if is_twice || !FIELDS.contains(field) || !fits(*field, value) {
            return Err(ReplyError::BadChange(*field));
        }
        checked.push((*field, value.clone()));
    }
    let has = |field, value: Option<&str>| {
        checked
            .iter()
            .any(|(one, word)| *one == field && value.is_none_or(|value| value == Step::category(word)))
    };
    // What is solved is not snoozed.
    if has(Field::Snooze, None) && has(Field::Status, Some("solved")) {
        return Err(ReplyError::BadChange(Field::Snooze));
    }
    checked.sort_by_key(|(field, _)| FIELDS.iter().position(|one| one == field));
    Ok(checked)
}

fn fits(field: Field, value: &str) -> bool {
    match field {
        Field::Status => value.parse::<Step>().is_ok(),
        Field::Priority => value.parse::<Priority>().is_ok(),
        Field::Kind => value.parse::<Kind>().is_ok(),
        Field::Agent => matches!(value, "me" | "nobody") || value.parse::<AgentId>().is_ok(),
        Field::Team => value == "none" || value.parse::<TeamId>().is_ok(),
        Field::Snooze => SNOOZES.iter().any(|(word, _)| *word == value),
        _ => false,
    }
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReplyError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The name is empty or too long.
    #[error("a name has 1 to 80 characters")]
    BadName,
    /// The folder's name is too long.
    #[error("a folder has up to 60 characters")]
    BadFolder,
    /// The text is too long.
    #[error("a text has up to 20000 characters")]
    LongBody,
    /// Neither words nor changes.
    #[error("write words or choose a change")]
    Empty,
    /// The text can't be filled in.
    #[error(transparent)]
    Broken(#[from] Broken),
    /// The words in another language can't be filled in or are too long: which language, and why.
    #[error("{0}: {1}")]
    BadWords(String, Broken),
    /// A language that Tandem does not speak.
    #[error("there is no such language")]
    BadLanguage,
    /// A change that no macro can make.
    #[error("{} can't be changed to that", .0.as_str())]
    BadChange(Field),
    /// Words that can't be tags, too many of them, or one that is both put on and taken off: which of the two.
    #[error("up to 20 tags of 1 to 40 characters without a comma, none both added and removed")]
    BadTags(&'static str),
    /// For whom it is: no such team here.
    #[error("for everyone, own, or a team of this workspace")]
    BadAudience,
    /// It is others' too, and the actor does not set up the inbox.
    #[error("it is shared: only who sets up the inbox changes it")]
    NotYours,
    /// As many as there can be.
    #[error("a workspace has up to 1000 saved replies")]
    TooMany,
    /// There is no such reply here.
    #[error("there is no such saved reply")]
    Unknown,
    /// Someone changed it meanwhile; this is how it is now.
    #[error("someone changed it meanwhile")]
    Stale(Box<Reply>),
    /// The ticket did not take it.
    #[error(transparent)]
    Ticket(#[from] TicketError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

#[cfg(test)]
mod tests;
