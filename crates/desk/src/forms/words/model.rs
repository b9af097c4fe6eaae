//! Words of one language, and where they stand.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use tandem_core::fields::FieldId;

use crate::forms::FormError;

/// What a form says in each language that has words, by its tag.
pub type Translations = BTreeMap<&'static str, Words>;

/// Where words stand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// Above the form.
    Title,
    /// Below the title.
    Intro,
    /// On the page after sending.
    Thanks,
    /// What a field is called.
    Label(FieldId),
    /// What helps to fill a field in.
    Hint(FieldId),
    /// A choice of a field, as the field says it.
    Choice(FieldId, String),
}

impl Spot {
    /// How many characters words have there at most: as many as what they stand for.
    fn most(&self) -> usize {
        match self {
            Self::Title => 100,
            Self::Intro => 2_000,
            Self::Thanks => 1_000,
            Self::Hint(_) => 200,
            Self::Label(_) | Self::Choice(..) => 80,
        }
    }

    /// Whether words have several lines there.
    pub(super) fn is_long(&self) -> bool {
        matches!(self, Self::Intro | Self::Thanks)
    }

    fn field(&self) -> Option<FieldId> {
        match self {
            Self::Title | Self::Intro | Self::Thanks => None,
            Self::Label(field) | Self::Hint(field) | Self::Choice(field, _) => Some(*field),
        }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Title => f.write_str("title"),
            Self::Intro => f.write_str("intro"),
            Self::Thanks => f.write_str("thanks"),
            Self::Label(field) => write!(f, "label/{field}"),
            Self::Hint(field) => write!(f, "hint/{field}"),
            Self::Choice(field, choice) => write!(f, "choice/{field}/{choice}"),
        }
    }
}

/// A text that says no place of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSpot;

impl FromStr for Spot {
    type Err = NoSpot;

    fn from_str(text: &str) -> Result<Self, NoSpot> {
        let field = |id: &str| id.parse::<FieldId>().map_err(|_| NoSpot);
        match text.split_once('/') {
            None => match text {
                "title" => Ok(Self::Title),
                "intro" => Ok(Self::Intro),
                "thanks" => Ok(Self::Thanks),
                _ => Err(NoSpot),
            },
            Some(("label", id)) => field(id).map(Self::Label),
            Some(("hint", id)) => field(id).map(Self::Hint),
            Some(("choice", rest)) => {
                let (id, choice) = rest.split_once('/').ok_or(NoSpot)?;
                Ok(Self::Choice(field(id)?, choice.to_owned()))
            }
            Some(_) => Err(NoSpot),
        }
    }
}

/// What a form says in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(BTreeMap<Spot, String>);

impl Words {
    /// Puts words somewhere.
    pub fn put(&mut self, spot: Spot, words: impl Into<String>) {
        self.0.insert(spot, words.into());
    }

    /// The words there, where there are any.
    pub fn get(&self, spot: &Spot) -> Option<&str> {
        self.0.get(spot).map(String::as_str)
    }

    /// The words there, or what the form itself says.
    pub fn or(&self, spot: &Spot, own: &str) -> String {
        self.get(spot).unwrap_or(own).to_owned()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (&Spot, &str)> {
        self.0.iter().map(|(spot, words)| (spot, words.as_str()))
    }

    /// The fields of which they say something.
    pub(super) fn fields(&self) -> impl Iterator<Item = FieldId> {
        let all: BTreeSet<FieldId> = self.0.keys().filter_map(Spot::field).collect();
        all.into_iter()
    }

    /// As they are kept: without those that say nothing, on one line where there is one.
    ///
    /// # Errors
    /// [`FormError::LongWords`] naming where they are too long.
    pub(super) fn checked(&self) -> Result<Self, FormError> {
        let mut kept = BTreeMap::new();
        for (spot, words) in &self.0 {
            let is_kept = |c: &char| !c.is_control() || (*c == '\n' && spot.is_long());
            let words: String = words.replace("\r\n", "\n").chars().filter(is_kept).collect();
            let words = words.trim();
            if words.chars().count() > spot.most() {
                return Err(FormError::LongWords(spot.to_string()));
            }
            if !words.is_empty() {
                kept.insert(spot.clone(), words.to_owned());
            }
        }
        Ok(Self(kept))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spot_is_read_as_it_is_written() {
        let field: FieldId = "fld_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().unwrap();
        for spot in [
            Spot::Title,
            Spot::Intro,
            Spot::Thanks,
            Spot::Label(field),
            Spot::Hint(field),
            Spot::Choice(field, "In / out".to_owned()),
        ] {
            assert_eq!(spot.to_string().parse::<Spot>(), Ok(spot));
        }
        for bad in [
            "",
            "name",
            "label",
            "label/x",
            "choice/fld_01k5x0h3m8f2rq7v9c4w6d1nbe",
        ] {
            assert_eq!(bad.parse::<Spot>(), Err(NoSpot), "{bad}");
        }
    }

    #[test]
    fn empty_words_go_and_long_ones_are_named() {
        let mut words = Words::default();
        words.put(Spot::Title, " Napisz\u{7} ");
        words.put(Spot::Intro, "a\r\nb");
        words.put(Spot::Thanks, "  ");
        let kept = words.checked().unwrap();
        assert_eq!(
            kept.iter().collect::<Vec<_>>(),
            [(&Spot::Title, "Napisz"), (&Spot::Intro, "a\nb")]
        );
        words.put(Spot::Title, "x".repeat(101));
        assert_eq!(words.checked(), Err(FormError::LongWords("title".to_owned())));
    }
}
