//! Why nothing was done at the counter.

use kit::db::DbError;
use tandem_core::actor::Forbidden;
use tandem_core::contacts::ContactError;

use crate::tickets::TicketError;

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CounterError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such place or visit here.
    #[error("there is no such place or visit")]
    Unknown,
    /// The name is empty or too long.
    #[error("a place has a name of 1 to 60 characters")]
    BadName,
    /// Another place has this name.
    #[error("another place has this name")]
    NameTaken,
    /// There is no queue, or one of them does not fit.
    #[error(
        "a place has 1 to 6 queues, each with a letter from A to F of its own and a name of up to 60 characters"
    )]
    BadQueues,
    /// A queue names a team of no or another workspace.
    #[error("there is no such team")]
    NoTeam,
    /// Somebody changed it meanwhile.
    #[error("somebody changed the place meanwhile")]
    Stale,
    /// There are too many places.
    #[error("a workspace has up to 100 places")]
    TooMany,
    /// The place is archived.
    #[error("the place is archived")]
    Archived,
    /// The place has no queue of this letter.
    #[error("the place has no such queue")]
    NoQueue,
    /// Nobody is named.
    #[error("say who it is: a name, or a contact")]
    NoWho,
    /// There is no such contact.
    #[error("there is no such contact")]
    NoContact,
    /// What they came for is missing or too long.
    #[error("say what they came for in 1 to 2,000 characters")]
    BadWhat,
    /// The window's name does not fit.
    #[error("a window has a name of 1 to 8 characters")]
    BadWindow,
    /// Somebody else serves somebody at this window.
    #[error("somebody else is serving at this window")]
    WindowTaken,
    /// The agent has no window at this place today.
    #[error("choose your window first")]
    NoSeat,
    /// The agent serves somebody still.
    #[error("somebody is at the window still")]
    Busy,
    /// Nobody waits.
    #[error("nobody waits")]
    Nobody,
    /// The visit does not stand so that this can be done with it.
    #[error("that can't be done with this visit any more")]
    BadDeed,
    /// No such act.
    #[error("there is no such act")]
    BadAct,
    /// It was on another day.
    #[error("the day is over")]
    AnotherDay,
    /// The board's key leads nowhere.
    #[error("the board is not there any more")]
    Closed,
    /// What is wrong with the ticket.
    #[error(transparent)]
    Ticket(#[from] TicketError),
    /// The database failed.
    #[error(transparent)]
    Db(DbError),
}

impl From<DbError> for CounterError {
    fn from(error: DbError) -> Self {
        match error {
            taken if taken.is_unique(&["workspace_id", "name_folded"]) => Self::NameTaken,
            other => Self::Db(other),
        }
    }
}

impl From<ContactError> for CounterError {
    fn from(error: ContactError) -> Self {
        match error {
            ContactError::Forbidden(missing) => missing.into(),
            ContactError::Db(error) => Self::Db(error),
            ContactError::BadName | ContactError::BadIdentity(_) => Self::NoWho,
            _ => Self::NoContact,
        }
    }
}
