//! What other features say of messages, in a line below each: that a mail has left, or why one came here. Each feature
//! says it in a constant; the server's wiring lists them all.

use kit::db::Tx;
use kit::i18n::Text;
use tandem_core::actor::Actor;

use super::{MessageId, Ticket, TicketError};

/// What is said of one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Of which.
    pub message: MessageId,
    /// A tone of the design: empty, `good`, `warn` or `bad`.
    pub tone: &'static str,
    /// An icon.
    pub icon: &'static str,
    /// What is said, in the reader's language.
    pub text: String,
    /// Where more stands: what the link is called, and its address.
    pub links: Vec<(String, String)>,
    /// What can be done: what the button is called, and the address that its form is posted to.
    pub acts: Vec<(String, String)>,
    /// What can be unfolded below the message.
    pub folds: Vec<Fold>,
}

/// A part that is fetched when somebody unfolds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fold {
    /// What its frame is called in the page.
    pub frame: String,
    /// An icon.
    pub icon: &'static str,
    /// What it is, in the reader's language.
    pub text: String,
    /// Where it is.
    pub address: String,
}

impl Mark {
    /// Words without a tone, links or buttons.
    pub fn new(message: MessageId, icon: &'static str, text: String) -> Self {
        Self {
            message,
            tone: "",
            icon,
            text,
            links: Vec::new(),
            acts: Vec::new(),
            folds: Vec::new(),
        }
    }
}

impl Fold {
    /// Whether it shows a mail as it was sent, for those who wish to see that at once.
    pub fn is_sheet(&self) -> bool {
        self.frame.starts_with("sheet-")
    }
}

/// Gives what one feature says of these messages of a ticket to this reader.
pub type Say = fn(&mut Tx<'_>, &Actor, &Text, &Ticket, &[MessageId]) -> Result<Vec<Mark>, TicketError>;

/// What all features say; attached to the database's handle.
#[derive(Clone, Debug, Default)]
pub struct Marks(Vec<Say>);

impl Marks {
    /// The table, in the order in which it is shown.
    pub fn new(features: &[Say]) -> Self {
        Self(features.to_vec())
    }

    /// What is said of these messages.
    pub(super) fn of(
        tx: &mut Tx<'_>,
        actor: &Actor,
        t: &Text,
        ticket: &Ticket,
        messages: &[MessageId],
    ) -> Result<Vec<Mark>, TicketError> {
        let Some(marks) = tx.attached::<Self>() else {
            return Ok(Vec::new());
        };
        let mut said = Vec::new();
        for say in &marks.0 {
            said.extend(say(tx, actor, t, ticket, messages)?);
        }
        Ok(said)
    }
}
