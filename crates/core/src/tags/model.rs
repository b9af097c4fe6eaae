//! What a tag is.

use kit::db::DbError;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::TagId;
use crate::actor::Forbidden;

/// A word of the vocabulary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its id.
    pub id: TagId,
    /// The word.
    pub name: String,
    /// Its colour.
    pub colour: Colour,
    /// Grows by one with every change.
    pub version: i64,
}

/// What people say about a tag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagText {
    /// The word.
    pub name: String,
    /// Its colour.
    pub colour: Colour,
}

macro_rules! colours {
    ($($(#[$doc:meta])* $name:ident $word:literal $text:literal;)*) => {
        /// A colour of the palette; what it looks like is the styles' in each theme.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum Colour {
            #[default]
            $($(#[$doc])* $name,)*
        }

        impl Colour {
            /// Every colour, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The word in tables, styles and documents.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// The key of its name in the reader's language.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

colours! {
    /// Grey: nothing special.
    Grey "grey" "tags-colour-grey";
    /// Blue.
    Blue "blue" "tags-colour-blue";
    /// Green.
    Green "green" "tags-colour-green";
    /// Orange.
    Orange "orange" "tags-colour-orange";
    /// Pink.
    Pink "pink" "tags-colour-pink";
    /// Teal.
    Teal "teal" "tags-colour-teal";
    /// Yellow.
    Yellow "yellow" "tags-colour-yellow";
    /// Violet.
    Violet "violet" "tags-colour-violet";
}

impl Colour {
    /// The colour with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|colour| colour.as_str() == word)
    }

    /// The colour that a word gets while nobody chose one: the same for the same word.
    pub fn of_name(name: &str) -> Self {
        let sum: usize = kit::text::fold(name.trim()).bytes().map(usize::from).sum();
        Self::ALL[sum % Self::ALL.len()]
    }
}

impl TagText {
    pub(crate) fn checked(&self) -> Result<Self, TagError> {
        let words: Vec<&str> = self.name.split_whitespace().collect();
        let name = words.join(" ");
        let is_clean = name.chars().all(|c| !c.is_control() && c != ',');
        if name.is_empty() || name.chars().count() > 40 || !is_clean {
            return Err(TagError::BadName);
        }
        Ok(Self {
            name,
            colour: self.colour,
        })
    }
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TagError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The name is empty, too long, or has a comma.
    #[error("a tag has 1 to 40 characters and no comma")]
    BadName,
    /// Another tag has this name.
    #[error("another tag has this name")]
    NameTaken,
    /// The tag to merge into is none of this workspace, or the same.
    #[error("choose another tag of this workspace")]
    BadMerge,
    /// The thing has as many tags as it can have.
    #[error("up to 50 tags can be on one thing")]
    TooMany,
    /// There is no such tag here.
    #[error("there is no such tag")]
    Unknown,
    /// Someone changed it meanwhile; this is how it is now.
    #[error("someone changed the tag meanwhile")]
    Stale(Box<Tag>),
    /// The database failed.
    #[error(transparent)]
    Db(DbError),
}

impl From<DbError> for TagError {
    fn from(error: DbError) -> Self {
        match error {
            taken if taken.is_unique(&["workspace_id", "name_folded"]) => Self::NameTaken,
            other => Self::Db(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_single_spaced_and_have_no_comma() {
        let checked = |name: &str| {
            TagText {
                name: name.to_owned(),
                colour: Colour::Blue,
            }
            .checked()
            .map(|text| text.name)
        };
        assert_eq!(checked("  key   account "), Ok("key account".to_owned()));
        for bad in ["", " ", "a,b", &"x".repeat(41)] {
            assert_eq!(checked(bad), Err(TagError::BadName), "{bad}");
        }
    }

    #[test]
    fn words_of_colours_lead_back_to_them() {
        for colour in Colour::ALL {
            assert_eq!(Colour::named(colour.as_str()), Some(*colour));
        }
        assert_eq!(Colour::of_name(" VIP"), Colour::of_name("vip"));
    }
}
