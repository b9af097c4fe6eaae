//! What a field is, and which values it takes.

use kit::clock::Timestamp;
use kit::db::DbError;
use kit::text::fold;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{FieldId, FieldValue};
use crate::actor::Forbidden;

/// Something that a workspace wants to know of a noun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its id.
    pub id: FieldId,
    /// Of which noun.
    pub noun: &'static str,
    /// What it takes.
    pub kind: FieldKind,
    /// What people say about it.
    pub text: FieldText,
    /// Where it stands among the others.
    pub place: i64,
    /// Grows by one with every change of the text.
    pub version: i64,
    /// Who archived it and when, while it is archived.
    pub archiving: Option<Archiving>,
}

/// Who archived a field, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archiving {
    /// Their signature.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What people say about a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldText {
    /// What programs call it; made from the label when it is empty.
    pub key: String,
    /// What people call it.
    pub label: String,
    /// What helps to fill it in.
    pub hint: String,
    /// Whether it has to be filled in.
    pub is_required: bool,
    /// What can be chosen, where something can.
    pub choices: Vec<String>,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident $word:literal $icon:literal $text:literal;)*) => {
        /// What a field takes.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum FieldKind {
            #[default]
            $($(#[$doc])* $name,)*
        }

        impl FieldKind {
            /// Every kind, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The word in tables and documents.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// The key of its name in the reader's language.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// Its icon in the sprite.
            pub const fn icon(self) -> &'static str {
                match self { $(Self::$name => $icon,)* }
            }
        }
    };
}

kinds! {
    /// One line.
    Text "text" "pencil" "fields-kind-text";
    /// Several lines.
    LongText "long_text" "file-text" "fields-kind-long_text";
    /// A number.
    Number "number" "hash" "fields-kind-number";
    /// A day.
    Date "date" "calendar" "fields-kind-date";
    /// Yes or no.
    YesNo "yes_no" "check" "fields-kind-yes_no";
    /// One of several choices.
    Choice "choice" "circle-dot" "fields-kind-choice";
    /// Any of several choices.
    Choices "choices" "list-checks" "fields-kind-choices";
    /// An address of the web.
    Link "link" "link" "fields-kind-link";
    /// An amount of money in a currency of its own.
    Money "money" "receipt" "fields-kind-money";
}

impl FieldKind {
    /// The kind with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == word)
    }

    /// Whether it has choices.
    pub const fn has_choices(self) -> bool {
        matches!(self, Self::Choice | Self::Choices)
    }
}

/// Why a value does not fit its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It has to be filled in.
    Missing,
    /// It is longer than a line of 200 characters or a text of 10 000.
    TooLong,
    /// It is no number.
    NoNumber,
    /// It is no day.
    NoDay,
    /// It is none of the choices.
    NoChoice,
    /// It is no address of the web.
    NoLink,
    /// It is no amount with its currency, or one beyond what we count.
    NoMoney,
    /// It is a value of another kind.
    OtherKind,
}

impl Trouble {
    /// The key of its sentence.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Missing => "fields-trouble-missing",
            Self::TooLong => "fields-trouble-too-long",
            Self::NoNumber => "fields-trouble-number",
            Self::NoDay => "fields-trouble-day",
            Self::NoChoice => "fields-trouble-choice",
            Self::NoLink => "fields-trouble-link",
            Self::NoMoney => "fields-trouble-money",
            Self::OtherKind => "fields-trouble-kind",
        }
    }

    /// For programs.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Missing => "the field is required",
            Self::TooLong => "a line has up to 200 characters, a long text up to 10000",
            Self::NoNumber => "a number",
            Self::NoDay => "a day like 2026-11-22",
            Self::NoChoice => "one of the field's choices",
            Self::NoLink => "an address like https://example.com/page",
            Self::NoMoney => {
                "an amount like {\"minor\": 125000, \"currency\": \"EUR\"}, up to 10^15 minor units"
            }
            Self::OtherKind => "a value of the field's kind",
        }
    }
}

/// A value that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The field's key.
    pub key: String,
    /// The field's label.
    pub label: String,
    /// What is wrong.
    pub trouble: Trouble,
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The label is empty or longer than 80 characters.
    #[error("a label has 1 to 80 characters")]
    BadLabel,
    /// The key is none.
    #[error("a key has 1 to 40 small letters, digits and underscores, and begins with a letter")]
    BadKey,
    /// Another field of the noun has this key.
    #[error("another field has this key")]
    KeyTaken,
    /// The hint is too long.
    #[error("a hint has up to 200 characters")]
    LongHint,
    /// There are no choices, too many, or two alike.
    #[error("2 to 100 different choices of up to 80 characters")]
    BadChoices,
    /// The noun has as many fields as it can have.
    #[error("up to 100 fields")]
    TooMany,
    /// Values do not fit their fields.
    #[error("values do not fit: {}", .0.iter().map(|wrong| format!("{}: {}", wrong.key, wrong.trouble.reason())).collect::<Vec<_>>().join("; "))]
    Wrong(Vec<Wrong>),
    /// There is no such field here.
    #[error("there is no such field")]
    Unknown,
    /// Someone changed it meanwhile; this is how it is now.
    #[error("someone changed the field meanwhile")]
    Stale(Box<Field>),
    /// The database failed.
    #[error(transparent)]
    Db(DbError),
}

impl From<DbError> for FieldError {
    fn from(error: DbError) -> Self {
        match error {
            taken if taken.is_unique(&["workspace_id", "noun", "key"]) => Self::KeyTaken,
            other => Self::Db(other),
        }
    }
}

impl FieldText {
    pub(super) fn checked(&self, kind: FieldKind) -> Result<Self, FieldError> {
        let label = one_line(&self.label);
        if label.is_empty() || label.chars().count() > 80 {
            return Err(FieldError::BadLabel);
        }
        let hint = one_line(&self.hint);
        if hint.chars().count() > 200 {
            return Err(FieldError::LongHint);
        }
        let typed = self.key.trim();
        let key = if typed.is_empty() {
            key_of(&label)
        } else {
            typed.to_owned()
        };
        let begins_well = key.starts_with(|c: char| c.is_ascii_lowercase());
        let is_clean = key
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if !begins_well || !is_clean || key.len() > 40 {
            return Err(FieldError::BadKey);
        }
        Ok(Self {
            key,
            label,
            hint,
            is_required: self.is_required,
            choices: if kind.has_choices() {
                checked_choices(&self.choices)?
            } else {
                Vec::new()
            },
        })
    }
}

impl Field {
    /// The value in the form in which it is kept; none when it is empty.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn checked(&self, value: Option<&FieldValue>) -> Result<Option<FieldValue>, Trouble> {
        let value = match value {
            Some(value) => value.fitting(self)?,
            None => None,
        };
        if value.is_none() && self.text.is_required {
            return Err(Trouble::Missing);
        }
        Ok(value)
    }

    /// What is wrong with a value of this field.
    pub(super) fn wrong(&self, trouble: Trouble) -> Wrong {
        Wrong {
            key: self.text.key.clone(),
            label: self.text.label.clone(),
            trouble,
        }
    }
}

fn one_line(text: &str) -> String {
    let clean: String = text.chars().filter(|c| !c.is_control()).collect();
    clean.trim().to_owned()
}

/// A key from a label: small Latin letters and digits, underscores between; `field` where nothing is left.
fn key_of(label: &str) -> String {
    let folded = fold(label);
    let plain = folded.chars().map(|c| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '_'
        }
    });
    let words: Vec<String> = plain
        .collect::<String>()
        .split('_')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let key: String = words.join("_").chars().take(40).collect();
    if key.starts_with(|c: char| c.is_ascii_lowercase()) {
        key
    } else {
        format!("field_{key}").trim_end_matches('_').to_owned()
    }
}

fn checked_choices(choices: &[String]) -> Result<Vec<String>, FieldError> {
    let clean: Vec<String> = choices
        .iter()
        .map(|choice| one_line(choice))
        .filter(|choice| !choice.is_empty())
        .collect();
    let mut folded: Vec<String> = clean.iter().map(|choice| fold(choice)).collect();
    folded.sort();
    folded.dedup();
    let fits = (2..=100).contains(&clean.len())
        && folded.len() == clean.len()
        && clean.iter().all(|choice| choice.chars().count() <= 80);
    if fits {
        Ok(clean)
    } else {
        Err(FieldError::BadChoices)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_from_labels() {
        assert_eq!(key_of("Number of sites"), "number_of_sites");
        assert_eq!(key_of("Отрасль"), "field");
        assert_eq!(key_of("2nd line"), "field_2nd_line");
    }

    #[test]
    fn choices_are_different_and_at_least_two() {
        let choices =
            |list: &[&str]| checked_choices(&list.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>());
        assert_eq!(
            choices(&["A", " B ", ""]),
            Ok(vec!["A".to_owned(), "B".to_owned()])
        );
        assert_eq!(choices(&["A", "a"]), Err(FieldError::BadChoices));
        assert_eq!(choices(&["A"]), Err(FieldError::BadChoices));
    }
}
