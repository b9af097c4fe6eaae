//! Why an event is refused. The words are in the locales: what is wrong, and what the sender can do about it.

use kit::i18n::Text;

/// Why an event is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The body of the request is no JSON, or a batch has no list of events.
    NoBody,
    /// The body of the request is larger than a batch may be.
    LargeBody,
    /// A batch has more items than it may have.
    ManyItems,
    /// The item is no JSON object that can be read.
    Malformed,
    /// It says no kind of call, or one that there is not.
    NoCall,
    /// A field is of another type than it has to be.
    WrongType,
    /// It is larger than an event may be.
    Large,
    /// It names nobody: neither a user nor an anonymous id.
    NoPerson,
    /// A `track` without the name of its event.
    NoEvent,
    /// A `group` without the id of the group.
    NoGroup,
    /// An `alias` without both ids.
    NoPrevious,
    /// An id is longer than it may be.
    LongId,
    /// A name is longer than it may be.
    LongName,
    /// It has too many properties.
    ManyProperties,
    /// An id or a name has a NUL character in it.
    Nul,
    /// A time can't be read.
    BadTime,
    /// An event of the past does not say when it was.
    NoTime,
    /// It lies in the future.
    Future,
    /// It lies too far in the past.
    Ancient,
}

/// An item that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Its place in the batch, from 0.
    pub index: usize,
    /// The call, as far as it could be read.
    pub call: String,
    /// The sender's id of it, as far as it could be read.
    pub message: Option<String>,
    /// Why.
    pub reason: Reason,
    /// What of it is wrong: the name of a field, a number.
    pub about: String,
    /// The item as it came.
    pub body: String,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 19] = [
        Self::NoBody,
        Self::LargeBody,
        Self::ManyItems,
        Self::Malformed,
        Self::NoCall,
        Self::WrongType,
        Self::Large,
        Self::NoPerson,
        Self::NoEvent,
        Self::NoGroup,
        Self::NoPrevious,
        Self::LongId,
        Self::LongName,
        Self::ManyProperties,
        Self::Nul,
        Self::BadTime,
        Self::NoTime,
        Self::Future,
        Self::Ancient,
    ];

    /// The word in rows and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoBody => "no-body",
            Self::LargeBody => "large-body",
            Self::ManyItems => "many-items",
            Self::Malformed => "malformed",
            Self::NoCall => "no-call",
            Self::WrongType => "wrong-type",
            Self::Large => "large",
            Self::NoPerson => "no-person",
            Self::NoEvent => "no-event",
            Self::NoGroup => "no-group",
            Self::NoPrevious => "no-previous",
            Self::LongId => "long-id",
            Self::LongName => "long-name",
            Self::ManyProperties => "many-properties",
            Self::Nul => "nul",
            Self::BadTime => "bad-time",
            Self::NoTime => "no-time",
            Self::Future => "future",
            Self::Ancient => "ancient",
        }
    }

    /// Whether it is of the body of a request, and not of one event.
    pub const fn is_of_body(self) -> bool {
        matches!(self, Self::NoBody | Self::LargeBody | Self::ManyItems)
    }

    /// The reason with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == word)
    }

    /// What is wrong, in the reader's language.
    pub fn said(self, t: &Text, about: &str) -> String {
        t.say_with(
            &format!("usage-reason-{}", self.as_str()),
            kit::args!(about = about),
        )
    }

    /// What the sender can do about it.
    pub fn remedy(self, t: &Text, about: &str) -> String {
        t.say_with(
            &format!("usage-remedy-{}", self.as_str()),
            kit::args!(about = about),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_words_and_a_remedy() {
        let t = Text::default();
        for reason in Reason::ALL {
            assert_eq!(Reason::named(reason.as_str()), Some(reason));
            assert!(!reason.said(&t, "x").starts_with("usage-reason"), "{reason:?}");
            assert!(!reason.remedy(&t, "x").starts_with("usage-remedy"), "{reason:?}");
        }
    }
}
