//! What a place, a queue and a visit are, and what becomes of a visit: no database, no HTML.

use kit::clock::Timestamp;
use kit::day::Day;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::agents::AgentId;
use tandem_core::contacts::ContactId;
use tandem_core::teams::TeamId;

use super::{CounterError, CounterPlaceId, CounterVisitId};
use crate::tickets::{Kind, TicketId};

/// The letters of queues; a place has up to six.
pub const LETTERS: [&str; 6] = ["A", "B", "C", "D", "E", "F"];

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident $word:literal $text:literal $icon:literal $tone:literal,)* }) => {
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

            /// Its icon.
            pub const fn icon(self) -> &'static str {
                match self { $(Self::$variant => $icon,)* }
            }

            /// How its mark is coloured.
            pub const fn tone(self) -> &'static str {
                match self { $(Self::$variant => $tone,)* }
            }

            /// Reads what [`Self::as_str`] wrote.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }
    };
}

words! {
    /// How far a visit has come.
    #[schemars(rename = "CounterVisitState")]
    VisitState {
        /// They wait to be called.
        Waiting "waiting" "counter-state-waiting" "hourglass" "info",
        /// They were called to a window.
        Called "called" "counter-state-called" "bell" "warn",
        /// They were served.
        Done "done" "counter-state-done" "circle-check" "good",
        /// They were called and nobody came.
        NoShow "no_show" "counter-state-no-show" "circle-x" "",
    }
}

words! {
    /// What an agent does with a visit.
    #[schemars(rename = "CounterVisitAct")]
    Deed {
        /// Call them to one's window.
        Call "call" "counter-act-call" "bell" "",
        /// Call them once more.
        CallAgain "call_again" "counter-act-call-again" "bell" "",
        /// They were served; their ticket goes on.
        Done "done" "counter-act-done" "check" "",
        /// They were served, and their ticket is solved.
        Solve "solve" "counter-act-solve" "circle-check" "",
        /// Nobody came.
        NoShow "no_show" "counter-act-no-show" "circle-x" "",
        /// They wait in another queue of the place, in the order in which they came.
        HandOn "hand_on" "counter-act-hand-on" "arrow-right" "",
        /// They wait again where they waited.
        PutBack "put_back" "counter-act-put-back" "undo-2" "",
    }
}

/// Where people come in person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its id.
    pub id: CounterPlaceId,
    /// What it is called.
    pub name: String,
    /// What people queue for there, by letter.
    pub queues: Vec<Queue>,
    /// Whether its waiting board can be opened.
    pub has_board: bool,
    /// Grows with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// Who archived it, and when.
    pub archiving: Option<Archiving>,
}

/// Who archived a place, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archiving {
    /// Their signature.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What people queue for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue {
    /// What their numbers begin with: one of [`LETTERS`].
    pub letter: String,
    /// What it is called.
    pub name: String,
    /// What sort of request their tickets are.
    pub kind: Kind,
    /// Whose work these are.
    pub team: Option<TeamId>,
}

/// What people write about a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceText {
    /// What it is called.
    pub name: String,
    /// What people queue for there.
    pub queues: Vec<Queue>,
}

/// At which window an agent serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The agent.
    pub agent: AgentId,
    /// The place.
    pub place: CounterPlaceId,
    /// What people see on the board: a number, mostly.
    pub window: String,
    /// The letters of the queues they serve; none for all.
    pub letters: String,
    /// The day for which it holds.
    pub day: Day,
    /// Since when.
    pub taken_at: Timestamp,
}

/// Somebody who came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Its id.
    pub id: CounterVisitId,
    /// Where.
    pub place: CounterPlaceId,
    /// The day of the workspace's calendar.
    pub day: Day,
    /// The letter of their slip.
    pub letter: String,
    /// The number of their slip: from 1 each day.
    pub number: i64,
    /// The letter of the queue in which they are now.
    pub queue: String,
    /// What they came for.
    pub ticket: TicketId,
    /// Who they are, where that is known.
    pub contact: Option<ContactId>,
    /// How far it has come.
    pub state: VisitState,
    /// When they came.
    pub came_at: Timestamp,
    /// Since when it stands as it does.
    pub since: Timestamp,
    /// When they were last called.
    pub called_at: Option<Timestamp>,
    /// How many times they were called since they last waited.
    pub calls: i64,
    /// Who called them.
    pub agent: Option<AgentId>,
    /// To which window.
    pub window: String,
    /// How long they have waited before they were called: microseconds.
    pub waited: i64,
    /// How long they were served: microseconds.
    pub served: i64,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
}

/// Microseconds from one moment to a later one.
pub fn span(from: Timestamp, until: Timestamp) -> i64 {
    (until.0 - from.0).max(0)
}

/// A number as it stands on slips and boards: `A007`.
pub fn code(letter: &str, number: i64) -> String {
    format!("{letter}{number:03}")
}

impl Place {
    /// Whether people may come.
    pub fn is_open(&self) -> bool {
        self.archiving.is_none()
    }

    /// The queue of a letter.
    pub fn queue(&self, letter: &str) -> Option<&Queue> {
        self.queues.iter().find(|queue| queue.letter == letter)
    }

    /// What the queue of a letter is called; its letter when it is no more.
    pub fn queue_name<'a>(&'a self, letter: &'a str) -> &'a str {
        self.queue(letter).map_or(letter, |queue| &queue.name)
    }
}

impl Seat {
    /// Whether they serve a queue.
    pub fn serves(&self, letter: &str) -> bool {
        self.letters.is_empty() || self.letters.contains(letter)
    }
}

impl PlaceText {
    /// As it is stored: names in one line, queues by letter.
    ///
    /// # Errors
    /// [`CounterError::BadName`], [`CounterError::BadQueues`].
    pub fn checked(&self) -> Result<Self, CounterError> {
        let mut queues = Vec::new();
        for queue in &self.queues {
            let known = LETTERS.contains(&queue.letter.as_str());
            let twice = queues.iter().any(|other: &Queue| other.letter == queue.letter);
            let name = line(&queue.name, 60).filter(|_| known && !twice);
            queues.push(Queue {
                name: name.ok_or(CounterError::BadQueues)?,
                ..queue.clone()
            });
        }
        if queues.is_empty() {
            return Err(CounterError::BadQueues);
        }
        queues.sort_by(|one, other| one.letter.cmp(&other.letter));
        Ok(Self {
            name: line(&self.name, 60).ok_or(CounterError::BadName)?,
            queues,
        })
    }
}

/// A text in one line of 1 to `most` characters.
pub fn line(text: &str, most: usize) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line: String = line.chars().filter(|c| !c.is_control()).collect();
    (!line.is_empty() && line.chars().count() <= most).then_some(line)
}

impl Visit {
    /// What stands on the slip: `A007`.
    pub fn code(&self) -> String {
        code(&self.letter, self.number)
    }

    /// Calls them to a window at `now`.
    ///
    /// # Errors
    /// [`CounterError::BadDeed`] unless they wait.
    pub fn call(&mut self, seat: &Seat, now: Timestamp) -> Result<(), CounterError> {
        self.must_be(&[VisitState::Waiting])?;
        self.waited += span(self.since, now);
        self.called_at = Some(now);
        self.calls = 1;
        self.agent = Some(seat.agent);
        self.window.clone_from(&seat.window);
        self.come_to(VisitState::Called, now);
        Ok(())
    }

    /// Calls them once more.
    ///
    /// # Errors
    /// [`CounterError::BadDeed`] unless they are called.
    pub fn call_again(&mut self, now: Timestamp) -> Result<(), CounterError> {
        self.must_be(&[VisitState::Called])?;
        self.calls += 1;
        self.called_at = Some(now);
        Ok(())
    }

    /// They were served, or nobody came.
    ///
    /// # Errors
    /// [`CounterError::BadDeed`] unless they are called.
    pub fn end(&mut self, state: VisitState, now: Timestamp) -> Result<(), CounterError> {
        self.must_be(&[VisitState::Called])?;
        if state == VisitState::Done {
            self.served += span(self.since, now);
        }
        self.ended_at = Some(now);
        self.come_to(state, now);
        Ok(())
    }

    /// They wait in another queue, in the order in which they came.
    ///
    /// # Errors
    /// [`CounterError::BadDeed`] unless they wait or are called.
    pub fn hand_on(&mut self, letter: &str, now: Timestamp) -> Result<(), CounterError> {
        self.must_be(&[VisitState::Waiting, VisitState::Called])?;
        match self.state {
            VisitState::Called => self.served += span(self.since, now),
            _ => self.waited += span(self.since, now),
        }
        letter.clone_into(&mut self.queue);
        self.wait(now);
        Ok(())
    }

    /// They wait again where they waited.
    ///
    /// # Errors
    /// [`CounterError::BadDeed`] unless they are called or did not come.
    pub fn put_back(&mut self, now: Timestamp) -> Result<(), CounterError> {
        self.must_be(&[VisitState::Called, VisitState::NoShow])?;
        self.wait(now);
        Ok(())
    }

    fn wait(&mut self, now: Timestamp) {
        self.called_at = None;
        self.calls = 0;
        self.agent = None;
        self.window.clear();
        self.ended_at = None;
        self.come_to(VisitState::Waiting, now);
    }

    fn come_to(&mut self, state: VisitState, now: Timestamp) {
        self.state = state;
        self.since = now;
    }

    fn must_be(&self, states: &[VisitState]) -> Result<(), CounterError> {
        match states.contains(&self.state) {
            true => Ok(()),
            false => Err(CounterError::BadDeed),
        }
    }
}

#[cfg(test)]
mod tests;
