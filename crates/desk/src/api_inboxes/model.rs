//! What an API inbox is, what comes by it and how its answers stand. Pure: no database, no page.

use kit::clock::Timestamp;
use kit::db::DbError;
use kit::text::fold;
use tandem_core::actor::Forbidden;
use tandem_core::contacts::ContactError;
use tandem_core::teams::TeamId;
use tandem_core::touchpoints::Channel;
use tandem_core::webhooks::deliveries::{DeliveryId, DeliveryState};
use tandem_core::webhooks::{WebhookError, WebhookId};

use super::ApiInboxId;
use crate::tickets::{MessageId, TicketError, TicketId};

/// The longest name that the other side gives to a conversation, a message or a person, in characters.
pub const LONGEST_NAME: usize = 200;
/// How many characters of the reason are kept for which the other side could not bring an answer on.
const LONGEST_REFUSAL: usize = 500;
/// The longest name of the numbers by which the other side knows people.
const LONGEST_REALM: usize = 60;

/// Which ways an inbox can stand for: what the other side connects.
pub const CHANNELS: [Channel; 4] = [Channel::Chat, Channel::Phone, Channel::Product, Channel::Web];

/// An inbox of a program of the company's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiInbox {
    /// Its id.
    pub id: ApiInboxId,
    /// What people say of it.
    pub text: InboxText,
    /// The line by which answers leave.
    pub line: WebhookId,
    /// What the numbers are called by which the other side knows people.
    pub realm: String,
    /// Grows by one with every change.
    pub version: i64,
    /// When it was set up.
    pub created_at: Timestamp,
    /// Who set it up.
    pub created_by: String,
    /// Who closed it, while it is closed.
    pub closing: Option<Closing>,
}

/// Who closed an inbox, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// Who: a signature.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What people say of an inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxText {
    /// What they call it.
    pub name: String,
    /// Where answers go.
    pub url: String,
    /// Which way its tickets came.
    pub channel: Channel,
    /// Which team's work they are.
    pub team: Option<TeamId>,
}

impl Default for InboxText {
    fn default() -> Self {
        Self {
            name: String::new(),
            url: String::new(),
            channel: Channel::Chat,
            team: None,
        }
    }
}

impl InboxText {
    /// What the numbers are called that come by an inbox of this name.
    pub(super) fn realm(&self) -> String {
        let folded: String = fold(self.name.trim()).chars().take(LONGEST_REALM).collect();
        folded.trim().to_owned()
    }
}

/// An answer on its way to the other side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The message.
    pub message: MessageId,
    /// The inbox that it leaves by.
    pub inbox: ApiInboxId,
    /// Its ticket.
    pub ticket: TicketId,
    /// What the other side calls the conversation.
    pub conversation: String,
    /// What brings it.
    pub delivery: DeliveryId,
    /// How the delivery stands.
    pub state: DeliveryState,
    /// When it was written.
    pub written_at: Timestamp,
    /// When it was delivered, or failed.
    pub settled_at: Option<Timestamp>,
    /// What the other side says became of it.
    pub receipt: Receipt,
}

/// What the other side says became of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// When the customer got it.
    pub arrived_at: Option<Timestamp>,
    /// When the customer read it.
    pub read_at: Option<Timestamp>,
    /// When it turned out that it can't be brought to the customer, and why.
    pub refused: Option<(Timestamp, String)>,
}

/// What the other side tells of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// The customer got it.
    Arrived,
    /// The customer read it.
    Read,
    /// It can't be brought to the customer.
    Refused(String),
}

impl Receipt {
    /// Takes in what is told; whether anything is another now. What comes twice or too late changes nothing.
    pub(super) fn take(&mut self, told: &Told, now: Timestamp) -> bool {
        let before = self.clone();
        match told {
            Told::Arrived => {
                self.arrived_at.get_or_insert(now);
                self.refused = None;
            }
            Told::Read => {
                self.arrived_at.get_or_insert(now);
                self.read_at.get_or_insert(now);
                self.refused = None;
            }
            Told::Refused(why) if self.arrived_at.is_none() && self.refused.is_none() => {
                let plain = why.chars().filter(|letter| !letter.is_control());
                self.refused = Some((now, plain.take(LONGEST_REFUSAL).collect()));
            }
            Told::Refused(_) => {}
        }
        *self != before
    }
}

/// How an answer stands, as people are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It waits for its first attempt or a later one.
    Waiting,
    /// The other side has it.
    Delivered,
    /// The customer has it.
    Arrived,
    /// The customer has read it.
    Read,
    /// Nobody took it.
    Failed,
    /// The other side could not bring it on.
    Refused,
}

impl Answer {
    /// How it stands.
    pub fn standing(&self) -> Standing {
        match (&self.state, &self.receipt) {
            (_, receipt) if receipt.refused.is_some() => Standing::Refused,
            (_, receipt) if receipt.read_at.is_some() => Standing::Read,
            (_, receipt) if receipt.arrived_at.is_some() => Standing::Arrived,
            (DeliveryState::Waiting, _) => Standing::Waiting,
            (DeliveryState::Delivered, _) => Standing::Delivered,
            (DeliveryState::Failed, _) => Standing::Failed,
        }
    }
}

impl Standing {
    /// The word for programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::Arrived => "arrived",
            Self::Read => "read",
            Self::Failed => "failed",
            Self::Refused => "refused",
        }
    }

    /// Tone, icon and the key of its sentence.
    pub(super) const fn look(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Waiting => ("", "clock", "api-inboxes-answer-waiting"),
            Self::Delivered => ("good", "circle-check", "api-inboxes-answer-delivered"),
            Self::Arrived => ("good", "circle-check", "api-inboxes-answer-arrived"),
            Self::Read => ("good", "eye", "api-inboxes-answer-read"),
            Self::Failed => ("bad", "circle-alert", "api-inboxes-answer-failed"),
            Self::Refused => ("bad", "circle-alert", "api-inboxes-answer-refused"),
        }
    }
}

/// What the other side calls something: trimmed, not empty, not too long, without control characters.
pub(super) fn checked_name(name: &str) -> Option<String> {
    let name = name.trim();
    let fits = !name.is_empty() && name.chars().count() <= LONGEST_NAME;
    (fits && !name.chars().any(char::is_control)).then(|| name.to_owned())
}

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApiInboxError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// A team of no or another workspace, or an archived one.
    #[error("there is no such team in use")]
    BadTeam,
    /// A way that no program of one's own stands for.
    #[error("an inbox stands for a chat, the phone, the product or the web")]
    BadChannel,
    /// What a conversation is called does not fit.
    #[error("a conversation has a name of 1 to 200 characters")]
    BadConversation,
    /// What a message is called does not fit.
    #[error("a message has a name of 1 to 200 characters")]
    BadMessage,
    /// Nobody is named, or not so that they can be known again.
    #[error("an author has an external id, an address or a phone number")]
    BadAuthor,
    /// A file is no base64.
    #[error("the content of a file is base64")]
    BadFile,
    /// It is closed.
    #[error("the inbox is closed")]
    Closed,
    /// There are as many as there may be.
    #[error("a workspace has at most 50 API inboxes")]
    TooMany,
    /// There is no such inbox or answer here.
    #[error("there is no such API inbox")]
    Unknown,
    /// Somebody changed it meanwhile.
    #[error("someone changed the API inbox meanwhile")]
    Stale(Box<ApiInbox>),
    /// The way back does not fit.
    #[error(transparent)]
    Line(#[from] WebhookError),
    /// What came is no message.
    #[error(transparent)]
    Ticket(#[from] TicketError),
    /// Who wrote can't be taken in.
    #[error(transparent)]
    Contact(#[from] ContactError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn receipts_only_go_forward_and_a_late_refusal_takes_nothing_back() {
        let mut receipt = Receipt::default();
        let (first, later) = (Timestamp(1), Timestamp(2));
        assert!(receipt.take(&Told::Refused("no such number\u{7}".to_owned()), first));
        assert_eq!(receipt.refused, Some((first, "no such number".to_owned())));
        assert!(!receipt.take(&Told::Refused("again".to_owned()), later));
        assert!(receipt.take(&Told::Read, later));
        assert_eq!((receipt.arrived_at, receipt.read_at), (Some(later), Some(later)));
        assert!(!receipt.take(&Told::Arrived, Timestamp(3)));
        assert!(!receipt.take(&Told::Refused("late".to_owned()), Timestamp(3)));
        assert_eq!(receipt.refused, None);
    }

    #[test]
    fn names_of_the_other_side_are_trimmed_and_bounded() {
        assert_eq!(checked_name(" chat-7 ").as_deref(), Some("chat-7"));
        let long = "x".repeat(LONGEST_NAME + 1);
        for wrong in ["", "  ", "a\nb", long.as_str()] {
            assert_eq!(checked_name(wrong), None, "{wrong:?}");
        }
    }
}
