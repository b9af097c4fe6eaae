//! What a view is: its words, its order, and where a ticket lies by them. No database, no HTML.

use kit::clock::Timestamp;
use kit::db::DbError;
use kit::id::{TypedId, Uuid};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Forbidden;
use tandem_core::agents::AgentId;

use super::OwnViewId;
use super::conditions::{Conditions, Facts};
use crate::replies::Audience;
use crate::tickets::listing::Cursor;
use crate::tickets::{Priority, Ticket, TicketError};

/// In which order a view shows its tickets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// What was written in last first.
    #[default]
    Newest,
    /// What has waited longest first.
    Oldest,
    /// What presses most first, then what has waited longest.
    Urgent,
    /// What was opened last first.
    Opened,
}

impl Order {
    /// All, in the order in which people choose.
    pub const ALL: [Self; 4] = [Self::Newest, Self::Oldest, Self::Urgent, Self::Opened];

    /// The word in rows and forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Urgent => "urgent",
            Self::Opened => "opened",
        }
    }

    /// The key of its name.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Newest => "own-views-newest",
            Self::Oldest => "own-views-oldest",
            Self::Urgent => "own-views-urgent",
            Self::Opened => "own-views-opened",
        }
    }

    /// The order of this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.as_str() == word)
    }

    /// A ticket's place: the smaller, the further above.
    pub fn key(self, ticket: &Ticket) -> i64 {
        // Later than any moment, earlier than two of them.
        const STEP: i64 = 1_000_000_000_000_000_000;
        let rank = match ticket.priority {
            Priority::Urgent => 0,
            Priority::High => 1,
            Priority::Normal => 2,
            Priority::Low => 3,
        };
        match self {
            Self::Newest => -ticket.touched_at.0,
            Self::Oldest => ticket.touched_at.0,
            Self::Urgent => rank * STEP + ticket.touched_at.0,
            Self::Opened => -ticket.opened_at.0,
        }
    }

    /// Where a list goes on after a ticket.
    pub fn cursor(self, ticket: &Ticket) -> Cursor {
        Cursor {
            at: self.key(ticket),
            id: ticket.id,
        }
    }
}

/// Where a ticket lies in a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Whose it is in a view of "mine"; zeros in others.
    pub bucket: Uuid,
    /// Its place in the order.
    pub key: i64,
    /// Whether it is in now.
    pub is_in: bool,
    /// When the clock alone takes it in or out.
    pub due: Option<Timestamp>,
}

/// What people say of a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewText {
    /// What it is called.
    pub name: String,
    /// Who sees it.
    pub audience: Audience,
    /// What it asks.
    pub conditions: Conditions,
    /// In which order it shows.
    pub order: Order,
}

/// A view that somebody made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnView {
    /// Its id.
    pub id: OwnViewId,
    /// What people say of it.
    pub text: ViewText,
    /// Whether all tickets have been looked through since its conditions changed.
    pub is_counted: bool,
    /// Grows by one with every change.
    pub version: i64,
    /// When it came.
    pub created_at: Timestamp,
    /// Who made it: a signature.
    pub created_by: String,
    /// Who removed it and when, while it is removed.
    pub removal: Option<(String, Timestamp)>,
}

impl OwnView {
    /// Where a ticket lies in it at `now`; none when it does not and will not by the clock alone.
    pub fn seat(&self, ticket: &Ticket, facts: &Facts, now: Timestamp) -> Option<Seat> {
        if ticket.status.is_apart() {
            return None;
        }
        let asked = &self.text.conditions;
        let is_in = asked.fits_at(ticket, facts, now);
        let mut moments = asked.moments(ticket).into_iter().filter(|moment| *moment > now);
        let due = moments.find(|moment| asked.fits_at(ticket, facts, *moment) != is_in);
        if !is_in && due.is_none() {
            return None;
        }
        let bucket = if asked.is_of_viewer() {
            ticket.agent?.uuid()
        } else {
            Uuid::nil()
        };
        Some(Seat {
            bucket,
            key: self.text.order.key(ticket),
            is_in,
            due,
        })
    }

    /// The tally of those that are in.
    pub fn tally(&self, bucket: Uuid) -> String {
        if bucket.is_nil() {
            format!("views.{}", self.id)
        } else {
            format!("views.{}.{}", self.id, AgentId::from_uuid(bucket))
        }
    }
}

impl ViewText {
    pub(super) fn checked(&self) -> Result<Self, ViewError> {
        let name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || name.chars().count() > 60 || name.chars().any(char::is_control) {
            return Err(ViewError::BadName);
        }
        Ok(Self {
            name,
            conditions: self.conditions.checked()?,
            ..self.clone()
        })
    }
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ViewError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The name is empty or too long.
    #[error("a name has 1 to 60 characters")]
    BadName,
    /// A condition that can't be asked.
    #[error("{0} can't be asked like that")]
    Bad(&'static str),
    /// For whom it is: no such team here.
    #[error("for everyone, own, or a team of this workspace")]
    BadAudience,
    /// It is others' too, and the actor does not set up the inbox.
    #[error("it is shared: only who sets up the inbox changes it")]
    NotYours,
    /// As many as there can be.
    #[error("a workspace has up to 500 views, and each agent up to 30 of their own")]
    TooMany,
    /// There is no such view here.
    #[error("there is no such view")]
    Unknown,
    /// Someone changed it meanwhile; this is how it is now.
    #[error("someone changed it meanwhile")]
    Stale(Box<OwnView>),
    /// Its tickets could not be read.
    #[error(transparent)]
    Ticket(#[from] TicketError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}
