//! What a question after solving is, what its answers come to: no database, no HTML.

use kit::clock::Timestamp;
use kit::db::DbError;
use kit::stats::wilson;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Forbidden;
use tandem_core::agents::AgentId;
use tandem_core::contacts::ContactId;
use tandem_core::teams::TeamId;

use super::SurveyId;
use crate::tickets::{TicketError, TicketId};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident $word:literal $text:literal,)* }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        $(#[$doc])*
        pub enum $name {
            $($(#[$of])* $variant,)*
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

            /// Reads what [`Self::as_str`] wrote.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }
    };
}

words! {
    /// What is asked.
    #[schemars(rename = "SurveyQuestion")]
    Question {
        /// How content they are.
        Csat "csat" "surveys-question-csat",
        /// How much effort it took them.
        Ces "ces" "surveys-question-ces",
    }
}

words! {
    /// What the high end of the scale says.
    #[schemars(rename = "SurveyDirection")]
    Direction {
        /// It was good, or easy.
        Easy "easy" "surveys-direction-easy",
        /// It took much effort.
        Effort "effort" "surveys-direction-effort",
    }
}

words! {
    /// What follows from a low rating.
    #[schemars(rename = "SurveyAfterLow")]
    AfterLow {
        /// Nothing but its event.
        Nothing "nothing" "surveys-after-nothing",
        /// The ticket is open again.
        Reopen "reopen" "surveys-after-reopen",
        /// A note in the ticket.
        Note "note" "surveys-after-note",
    }
}

/// A question to one contact about one ticket, with the answer that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    /// Its id.
    pub id: SurveyId,
    /// The ticket.
    pub ticket: TicketId,
    /// Who was asked.
    pub contact: Option<ContactId>,
    /// Whose work the ticket was.
    pub agent: Option<AgentId>,
    /// Which team's.
    pub team: Option<TeamId>,
    /// What is asked, on which scale.
    pub asks: Asks,
    /// In which language: a tag.
    pub language: String,
    /// Whether a mail brought it; else an agent handed its link over.
    pub is_mailed: bool,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// The answer that holds.
    pub answer: Option<Answer>,
}

/// An answer as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The place on the scale: from 1.
    pub rating: i64,
    /// What they wrote; empty for nothing.
    pub comment: String,
    /// When they first answered.
    pub first_at: Timestamp,
    /// When they gave this answer.
    pub at: Timestamp,
}

/// What is asked, on which scale, and which of its ends is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asks {
    /// What.
    pub question: Question,
    /// What the high end says.
    pub direction: Direction,
    /// The highest rating; the lowest is 1.
    pub scale: i64,
}

impl Asks {
    /// Whether a rating stands on the scale.
    pub fn has(&self, rating: i64) -> bool {
        (1..=self.scale).contains(&rating)
    }

    /// How good a rating is: from 0, the bad end of the scale, to 1.
    pub fn goodness(&self, rating: i64) -> f64 {
        let share = (rating - 1) as f64 / (self.scale - 1).max(1) as f64;
        match self.direction {
            Direction::Easy => share,
            Direction::Effort => 1.0 - share,
        }
    }

    /// How much effort a rating tells of: from 0 to 100.
    pub fn effort(&self, rating: i64) -> i64 {
        (100.0 * (1.0 - self.goodness(rating))).round() as i64
    }

    /// How a rating says it left the customer: from −2 to 2.
    pub fn impression(&self, rating: i64) -> i64 {
        (self.goodness(rating) * 4.0).round() as i64 - 2
    }

    /// Whether a rating says that something went wrong.
    pub fn is_low(&self, rating: i64) -> bool {
        self.impression(rating) < 0
    }

    /// How a mark of the rating is coloured.
    pub fn tone(&self, rating: i64) -> &'static str {
        match self.impression(rating) {
            i64::MIN..=-1 => "bad",
            0 => "warn",
            _ => "good",
        }
    }

    /// What stands beside the two ends of the scale: keys.
    pub fn ends(&self) -> (&'static str, &'static str) {
        match (self.question, self.direction) {
            (Question::Csat, _) => ("surveys-end-bad", "surveys-end-good"),
            (Question::Ces, Direction::Easy) => ("surveys-end-hard", "surveys-end-easy"),
            (Question::Ces, Direction::Effort) => ("surveys-end-easy", "surveys-end-hard"),
        }
    }

    /// The key of the question as it is asked without own words.
    pub fn words(&self) -> &'static str {
        match (self.question, self.direction) {
            (Question::Csat, _) => "surveys-ask-csat",
            (Question::Ces, Direction::Easy) => "surveys-ask-easy",
            (Question::Ces, Direction::Effort) => "surveys-ask-effort",
        }
    }
}

/// Ratings that were counted: how many of each on one scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ratings {
    /// The question and its scale.
    pub asks: Asks,
    /// Each rating with how often it was given.
    pub counts: Vec<(i64, i64)>,
}

impl Ratings {
    /// How many answers there are.
    pub fn n(&self) -> i64 {
        self.counts.iter().map(|(_, count)| count).sum()
    }

    fn sum(&self, of: impl Fn(i64) -> f64) -> f64 {
        let parts = self
            .counts
            .iter()
            .map(|(rating, count)| of(*rating) * *count as f64);
        parts.sum()
    }

    /// How many ratings are among the two best of five: 4 and 5.
    pub fn content(&self) -> i64 {
        let good = self.counts.iter().filter(|(rating, _)| *rating >= 4);
        good.map(|(_, count)| count).sum()
    }

    /// CSAT: the share of 4 and 5 on a scale from 1 to 5, with its interval at 95 %; none without an answer.
    pub fn csat(&self) -> Option<(f64, (f64, f64))> {
        let (n, content) = (self.n(), self.content());
        let interval = wilson(content.unsigned_abs(), n.unsigned_abs(), 0.95);
        (n > 0).then(|| (content as f64 / n as f64, interval))
    }

    /// The mean form from 0 to 100. Of content: 100·(mean−min)/(max−min), the higher the better. Of effort the lower is
    /// less of it, whichever end of the scale is called easy.
    pub fn mean(&self) -> Option<f64> {
        let n = self.n();
        let good = self.sum(|rating| self.asks.goodness(rating)) / n.max(1) as f64;
        (n > 0).then_some(match self.asks.question {
            Question::Csat => 100.0 * good,
            Question::Ces => 100.0 * (1.0 - good),
        })
    }
}

/// Why nothing was asked, answered or changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SurveyError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such survey here.
    #[error("there is no such survey")]
    Unknown,
    /// The link never led anywhere, or does not any more.
    #[error("the link is not valid any more")]
    Closed,
    /// The answer was given too long ago to be another.
    #[error("the answer can't be changed any more")]
    Settled,
    /// The rating does not stand on the scale.
    #[error("the rating does not stand on the scale")]
    BadRating,
    /// The comment is too long.
    #[error("a comment has up to 2,000 characters")]
    LongComment,
    /// The ticket is not solved.
    #[error("the ticket is not solved")]
    NotSolved,
    /// The scale is neither 5 nor 7, or not the one that CSAT has.
    #[error("a scale has 5 or 7 places, that of CSAT 5")]
    BadScale,
    /// The delay is none of 0 minutes to 30 days.
    #[error("a question comes up to 30 days after solving")]
    BadDelay,
    /// The rest is none of 0 to 365 days.
    #[error("a contact rests for up to 365 days")]
    BadRest,
    /// Who is to be told of low ratings is nobody of this workspace.
    #[error("nobody, assignee, team, or an agent of this workspace")]
    BadAlert,
    /// A question is too long.
    #[error("a question has up to 300 characters")]
    LongQuestion,
    /// Somebody changed it meanwhile.
    #[error("somebody changed it meanwhile")]
    Stale,
    /// What is wrong with the ticket.
    #[error(transparent)]
    Ticket(#[from] TicketError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSAT: Asks = Asks {
        question: Question::Csat,
        direction: Direction::Easy,
        scale: 5,
    };

    fn effort(direction: Direction, scale: i64) -> Asks {
        Asks {
            question: Question::Ces,
            direction,
            scale,
        }
    }

    #[test]
    fn csat_is_the_share_of_four_and_five_with_its_interval() {
        let ratings = Ratings {
            asks: CSAT,
            counts: vec![(1, 1), (3, 1), (4, 3), (5, 5)],
        };
        let (share, (low, high)) = ratings.csat().unwrap();
        assert!((share - 0.8).abs() < 1e-12);
        assert_eq!((low, high), wilson(8, 10, 0.95));
        // The mean is 4.1: 100·(4.1−1)/4.
        assert!((ratings.mean().unwrap() - 77.5).abs() < 1e-9);
        let none = Ratings {
            asks: CSAT,
            counts: Vec::new(),
        };
        assert_eq!((none.csat(), none.mean()), (None, None));
    }

    #[test]
    fn less_effort_is_lower_whichever_end_is_called_easy() {
        for (direction, rating, wanted) in [
            (Direction::Easy, 7, 0.0),
            (Direction::Easy, 1, 100.0),
            (Direction::Easy, 4, 50.0),
            (Direction::Effort, 1, 0.0),
            (Direction::Effort, 7, 100.0),
            (Direction::Effort, 2, 100.0 / 6.0),
        ] {
            let ratings = Ratings {
                asks: effort(direction, 7),
                counts: vec![(rating, 3)],
            };
            let mean = ratings.mean().unwrap();
            assert!((mean - wanted).abs() < 1e-9, "{direction:?} {rating}: {mean}");
        }
    }

    #[test]
    fn a_rating_leaves_an_impression() {
        let of =
            |asks: Asks| -> Vec<i64> { (1..=asks.scale).map(|rating| asks.impression(rating)).collect() };
        assert_eq!(of(CSAT), [-2, -1, 0, 1, 2]);
        assert_eq!(of(effort(Direction::Effort, 5)), [2, 1, 0, -1, -2]);
        assert_eq!(of(effort(Direction::Easy, 7)), [-2, -1, -1, 0, 1, 1, 2]);
        assert!(CSAT.is_low(2) && !CSAT.is_low(3) && !CSAT.has(0) && !CSAT.has(6));
    }
}
