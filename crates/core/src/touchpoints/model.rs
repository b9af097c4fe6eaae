//! What a touchpoint is, what it takes, and how impressions add up.

use kit::clock::Timestamp;
use kit::db::DbError;
use kit::web::api::cursor;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{LIST, PAGE, TouchpointId};
use crate::accounts::AccountId;
use crate::actor::Forbidden;
use crate::contacts::ContactId;

/// One entry on an account's timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touchpoint {
    /// Its id.
    pub id: TouchpointId,
    /// The account.
    pub account: AccountId,
    /// The contact, where it was one; as written down, before any merge.
    pub contact: Option<ContactId>,
    /// What it was: the word of a [`Kind`](super::Kind), or of a kind that is no more.
    pub kind: String,
    /// Which way it took.
    pub channel: Channel,
    /// Who began.
    pub direction: Direction,
    /// Who wrote it down: a signature.
    pub author: String,
    /// What was said or done; empty when the kind says it all.
    pub summary: String,
    /// The address of what proves it, a path of this site.
    pub evidence: Option<String>,
    /// When it happened.
    pub happened_at: Timestamp,
    /// When it was written down.
    pub recorded_at: Timestamp,
    /// How it left the customer, where somebody or something judged.
    pub impression: Option<Judged>,
}

/// How a touchpoint left the customer, and who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// How.
    pub impression: Impression,
    /// Who says so: a signature.
    pub by: String,
    /// Why; for automatic ones the reason of the rule.
    pub reason: String,
}

/// What somebody says about how a touchpoint left the customer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judging {
    /// How; none takes the judgement away.
    pub impression: Option<Impression>,
    /// Why; may be empty.
    pub reason: String,
    /// The impression that they saw before; where they say nothing of it, theirs holds whatever it was.
    pub seen: Option<Option<Impression>>,
}

/// How a touchpoint left the customer: −2 much worse, −1 worse, 0 as before, +1 better, +2 much better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "i64", into = "i64")]
pub struct Impression(#[schemars(range(min = -2, max = 2))] i64);

impl Impression {
    /// Every impression, the worst first.
    pub const ALL: [Self; 5] = [Self(-2), Self(-1), Self(0), Self(1), Self(2)];

    /// The number.
    pub const fn value(self) -> i64 {
        self.0
    }

    /// The key of its word in the reader's language.
    pub const fn text(self) -> &'static str {
        match self.0 {
            -2 => "touchpoints-much-worse",
            -1 => "touchpoints-worse",
            1 => "touchpoints-better",
            2 => "touchpoints-much-better",
            _ => "touchpoints-as-before",
        }
    }

    /// Its icon.
    pub const fn icon(self) -> &'static str {
        match self.0 {
            i64::MIN..=-1 => "frown",
            0 => "meh",
            _ => "smile",
        }
    }

    /// How its mark is coloured.
    pub const fn tone(self) -> &'static str {
        match self.0 {
            i64::MIN..=-1 => "bad",
            0 => "",
            _ => "good",
        }
    }
}

impl TryFrom<i64> for Impression {
    type Error = TouchpointError;
    fn try_from(number: i64) -> Result<Self, TouchpointError> {
        let mut all = Self::ALL.into_iter();
        all.find(|impression| impression.0 == number)
            .ok_or(TouchpointError::BadImpression)
    }
}

impl From<Impression> for i64 {
    fn from(impression: Impression) -> Self {
        impression.0
    }
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident: $($(#[$row:meta])* $variant:ident $word:literal $text:literal $icon:literal;)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$row])* $variant,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word in rows, forms and documents.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The key of its name in the reader's language.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// Its icon.
            pub const fn icon(self) -> &'static str {
                match self { $(Self::$variant => $icon,)* }
            }
        }

        impl std::str::FromStr for $name {
            type Err = TouchpointError;
            fn from_str(word: &str) -> Result<Self, TouchpointError> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word).ok_or(TouchpointError::BadWord)
            }
        }
    };
}

words! {
    /// Which way a touchpoint took.
    Channel:
    /// By mail.
    Email "email" "touchpoints-channel-email" "mail";
    /// In a chat or messenger.
    Chat "chat" "touchpoints-channel-chat" "message-square";
    /// On the phone.
    Phone "phone" "touchpoints-channel-phone" "phone";
    /// Over video.
    Video "video" "touchpoints-channel-video" "monitor";
    /// Face to face: a visit, the counter.
    InPerson "in_person" "touchpoints-channel-in-person" "handshake";
    /// In the company's product.
    Product "product" "touchpoints-channel-product" "zap";
    /// Nobody spoke: something happened.
    System "system" "touchpoints-channel-system" "activity";
    /// By a form on a page of the web.
    Web "web" "touchpoints-channel-web" "globe";
}

words! {
    /// Who began.
    Direction:
    /// The customer.
    Inbound "inbound" "touchpoints-direction-inbound" "arrow-down";
    /// We.
    Outbound "outbound" "touchpoints-direction-outbound" "arrow-up";
    /// Nobody in particular.
    Both "both" "touchpoints-direction-both" "chevrons-up-down";
}

/// What somebody or something says happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTouchpoint {
    /// The contact, where it was one.
    pub contact: Option<ContactId>,
    /// The word of its kind.
    pub kind: String,
    /// Which way it took.
    pub channel: Channel,
    /// Who began.
    pub direction: Direction,
    /// What was said or done.
    pub summary: String,
    /// The path of what proves it.
    pub evidence: Option<String>,
    /// When it happened; none for now.
    pub happened_at: Option<Timestamp>,
    /// How it left the customer, and why.
    pub impression: Option<(Impression, String)>,
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TouchpointError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The summary is empty or too long.
    #[error("a summary has 1 to 2000 characters")]
    BadSummary,
    /// Nobody writes touchpoints of this kind by hand.
    #[error("choose a call, a meeting, a visit, a message or something else")]
    BadKind,
    /// A word that names no channel or direction.
    #[error("not a channel or a direction")]
    BadWord,
    /// No such impression.
    #[error("an impression is between -2 and 2")]
    BadImpression,
    /// Somebody else judged it since the actor looked: as it is now.
    #[error("somebody judged this touchpoint in the meantime")]
    JudgedMeanwhile(Option<Judged>),
    /// The reason is too long.
    #[error("a reason has up to 500 characters")]
    LongReason,
    /// It is to happen yet.
    #[error("a touchpoint has happened: its time is not in the future")]
    InFuture,
    /// The contact is none of this workspace.
    #[error("there is no such contact")]
    NoContact,
    /// There is no such touchpoint or account here.
    #[error("there is no such touchpoint")]
    Unknown,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// A text as it is stored, or `None` when it is too long.
pub(super) fn tidy(text: &str, most: usize) -> Option<String> {
    let text = text.trim().replace("\r\n", "\n");
    (text.chars().count() <= most).then_some(text)
}

/// The customer's experience: the mean of impressions, in which one counts half as much for every
/// [`HALF_LIFE`](Experience::HALF_LIFE_DAYS) it is old.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Experience {
    /// From −2 to +2; `None` without impressions.
    pub index: Option<f64>,
    /// How many impressions it rests on.
    pub n: usize,
}

impl Experience {
    /// After how many days an impression counts half.
    pub const HALF_LIFE_DAYS: f64 = 90.0;

    /// The experience at `now` of these impressions, each with when it was made; those of the future do not count.
    pub fn of(impressions: &[(Impression, Timestamp)], now: Timestamp) -> Self {
        const DAY: f64 = 86_400_000_000.0;
        let (mut sum, mut weights, mut n) = (0.0, 0.0, 0);
        for (impression, at) in impressions.iter().filter(|(_, at)| *at <= now) {
            let age = (now.0 - at.0) as f64 / DAY;
            let weight = (-age / Self::HALF_LIFE_DAYS).exp2();
            sum += weight * impression.value() as f64;
            weights += weight;
            n += 1;
        }
        Self {
            index: (weights > 0.0).then(|| sum / weights),
            n,
        }
    }
}

/// A place in a timeline, newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// When the last one seen happened.
    pub at: i64,
    /// Its id.
    pub id: TouchpointId,
}

impl Cursor {
    /// The text for URLs.
    pub fn encode(&self) -> String {
        cursor::write(LIST, self)
    }

    /// Reads what [`Cursor::encode`] wrote; `None` for anything else.
    pub fn decode(text: &str) -> Option<Self> {
        cursor::read(LIST, text)
    }
}

/// Which touchpoints of a timeline are looked for, and which part of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Of this kind alone.
    pub kind: Option<String>,
    /// Of this channel alone.
    pub channel: Option<Channel>,
    /// Only those that made the impression worse (`false`) or better (`true`).
    pub is_good: Option<bool>,
    /// Only what happened at this moment or later.
    pub since: Option<Timestamp>,
    /// Only what happened before this moment.
    pub until: Option<Timestamp>,
    /// Those before this place; none for the newest.
    pub before: Option<Cursor>,
    /// How many at most.
    pub limit: i64,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            kind: None,
            channel: None,
            is_good: None,
            since: None,
            until: None,
            before: None,
            limit: PAGE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_impression_counts_half_after_its_half_life() {
        let day = 86_400_000_000;
        let now = Timestamp(1_000 * day);
        let at = |days: i64| Timestamp(now.0 - days * day);
        let none = Experience::of(&[], now);
        assert_eq!((none.index, none.n), (None, 0));
        // Weights 1 and 1/2: (2 − 1/2) / (3/2) = 1.
        let both = Experience::of(&[(Impression(2), at(0)), (Impression(-1), at(90))], now);
        assert!((both.index.unwrap() - 1.0).abs() < 1e-12 && both.n == 2);
        // Alone it is what it is, however old; what has not happened yet does not count.
        let old = Experience::of(&[(Impression(-2), at(900)), (Impression(2), at(-1))], now);
        assert!((old.index.unwrap() + 2.0).abs() < 1e-12 && old.n == 1);
    }

    #[test]
    fn impressions_are_five() {
        assert_eq!(Impression::try_from(2), Ok(Impression(2)));
        assert_eq!(Impression::try_from(3), Err(TouchpointError::BadImpression));
        assert!(serde_json::from_str::<Impression>("-3").is_err());
    }
}
