//! What a ticket is and what follows from what happens to it: no database, no HTML.

use kit::clock::Timestamp;
use tandem_core::accounts::AccountId;
use tandem_core::agents::AgentId;
use tandem_core::contacts::ContactId;
use tandem_core::teams::TeamId;
use tandem_core::touchpoints::Channel;

use super::files::FileId;
use super::{ChangeId, Field, Kind, MessageId, MessageKind, Priority, Status, Step, TicketError, TicketId};
use crate::statuses::StatusId;

/// One request of a customer, from any channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Its id.
    pub id: TicketId,
    /// What people call it: `#1042`.
    pub number: i64,
    /// The account it is about, where that is known.
    pub account: Option<AccountId>,
    /// Who asks, where that is known.
    pub contact: Option<ContactId>,
    /// In a line what it is about.
    pub subject: String,
    /// How far it has come.
    pub status: Status,
    /// The workspace's own status in that category; none where the category says it all.
    pub own: Option<StatusId>,
    /// How much it presses.
    pub priority: Priority,
    /// What sort of request it is.
    pub kind: Kind,
    /// Which way it came.
    pub channel: Channel,
    /// Whose work it is.
    pub agent: Option<AgentId>,
    /// Which team's work it is.
    pub team: Option<TeamId>,
    /// Until when nobody wants to see it.
    pub snoozed_until: Option<Timestamp>,
    /// The beginning of its newest message.
    pub preview: String,
    /// Whether one of us opened it with a public message.
    pub is_ours: bool,
    /// How many public messages agents have written.
    pub replies: i64,
    /// How many times it was solved and came back.
    pub reopenings: i64,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When somebody last wrote in it.
    pub touched_at: Timestamp,
    /// When an agent first answered: the first response ends here.
    pub replied_at: Option<Timestamp>,
    /// When it was first solved.
    pub first_solved_at: Option<Timestamp>,
    /// When it was last solved; none while it is not.
    pub solved_at: Option<Timestamp>,
    /// Its newest public message.
    pub last_public: Option<MessageId>,
    /// Grows with every change.
    pub version: i64,
}

/// What somebody wrote in a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// The ticket.
    pub ticket: TicketId,
    /// Who may read it, and which way it went.
    pub kind: MessageKind,
    /// Who wrote it down: a signature.
    pub author: String,
    /// Whose words they are, where a contact wrote.
    pub contact: Option<ContactId>,
    /// The words.
    pub body: String,
    /// The same with formatting, canonical; none where the words say everything.
    pub html: Option<String>,
    /// When.
    pub written_at: Timestamp,
}

/// A field of a ticket that took another value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its id.
    pub id: ChangeId,
    /// The ticket.
    pub ticket: TicketId,
    /// Which field.
    pub field: Field,
    /// What stood there, as [`Ticket::value`] writes it.
    pub before: String,
    /// What stands there since.
    pub after: String,
    /// Who changed it: a signature.
    pub author: String,
    /// When.
    pub at: Timestamp,
    /// The change that it took back.
    pub undoes: Option<ChangeId>,
}

impl MessageKind {
    /// Whether the customer can read it.
    pub const fn is_public(self) -> bool {
        !matches!(self, Self::Note)
    }
}

impl Ticket {
    /// How far it has come, in the workspace's words.
    pub const fn step(&self) -> Step {
        Step {
            status: self.status,
            own: self.own,
        }
    }

    /// Where it lies: the word of its status, or `snoozed`.
    pub fn shelf(&self) -> &'static str {
        if self.snoozed_until.is_some() && !self.status.is_over() {
            "snoozed"
        } else {
            self.status.as_str()
        }
    }

    /// The names of the tallies in which it counts.
    pub fn tallies(&self) -> Vec<String> {
        let shelf = self.shelf();
        let mut names = vec![format!("tickets.{shelf}")];
        if shelf == Status::Open.as_str() {
            let whose = self
                .agent
                .map_or_else(|| "nobody".to_owned(), |agent| agent.to_string());
            names.push(format!("tickets.open.{whose}"));
            names.extend(self.team.map(|team| format!("tickets.open.{team}")));
        }
        names
    }

    /// What stands in a field, as changes keep it: ids, words, microseconds; empty for nothing.
    pub fn value(&self, field: Field) -> String {
        let written = |id: Option<String>| id.unwrap_or_default();
        match field {
            Field::Subject => self.subject.clone(),
            Field::Status => self.step().to_string(),
            Field::Priority => self.priority.as_str().to_owned(),
            Field::Kind => self.kind.as_str().to_owned(),
            Field::Agent => written(self.agent.map(|id| id.to_string())),
            Field::Team => written(self.team.map(|id| id.to_string())),
            Field::Account => written(self.account.map(|id| id.to_string())),
            Field::Contact => written(self.contact.map(|id| id.to_string())),
            Field::Snooze => written(self.snoozed_until.map(|at| at.0.to_string())),
        }
    }

    /// Puts a value that [`Ticket::value`] could have written into a field, and what follows from it at `now`.
    ///
    /// # Errors
    /// [`TicketError`] naming the field whose value it can't be.
    pub fn set(&mut self, field: Field, value: &str, now: Timestamp) -> Result<(), TicketError> {
        match field {
            Field::Subject => self.subject = subject(value)?,
            Field::Status => {
                let step: Step = value.parse()?;
                let is_choice = Status::CHOICES.contains(&step.status);
                if !is_choice && self.status != step.status {
                    return Err(TicketError::BadStatus);
                }
                self.come_to(step.status, now);
                self.own = step.own;
            }
            Field::Priority => self.priority = value.parse()?,
            Field::Kind => self.kind = value.parse()?,
            Field::Agent => self.agent = id(value, TicketError::NoAgent)?,
            Field::Team => self.team = id(value, TicketError::NoTeam)?,
            Field::Account => self.account = id(value, TicketError::NoAccount)?,
            Field::Contact => self.contact = id(value, TicketError::NoContact)?,
            Field::Snooze => self.snoozed_until = id(value, TicketError::BadSnooze)?.map(Timestamp),
        }
        Ok(())
    }

    fn come_to(&mut self, status: Status, now: Timestamp) {
        if self.status == status {
            return;
        }
        // One that was solved and lies in the trash comes back too, when somebody writes in it.
        let was_solved = self.status.is_apart() && self.solved_at.is_some();
        if self.status == Status::Solved || was_solved {
            self.reopenings += 1;
            self.solved_at = None;
        }
        if status == Status::Solved {
            self.first_solved_at = self.first_solved_at.or(Some(now));
            self.solved_at = Some(now);
            self.snoozed_until = None;
        }
        self.status = status;
        self.own = None;
    }

    /// What a status that was put back leaves uncounted. A solving that is taken back was none: the ticket did not come
    /// back, and was not solved for the first time. A coming back that is taken back was none either: the ticket is
    /// solved since `solving`, when that last happened. What an undo did was never counted, so nothing is taken off
    /// when it is undone.
    pub(super) fn unsolve(&mut self, done: &Change, solving: Option<Timestamp>, now: Timestamp) {
        let solved = Status::Solved.as_str();
        let counted = done.undoes.is_none();
        let (was, is) = (Step::category(&done.before), Step::category(&done.after));
        if was == is {
            return;
        }
        if is == solved && counted {
            self.reopenings -= 1;
            if self.first_solved_at == Some(done.at) {
                self.first_solved_at = None;
            }
        } else if was == solved {
            self.reopenings -= i64::from(counted);
            let since = solving.unwrap_or(now);
            self.solved_at = Some(since);
            self.first_solved_at = self.first_solved_at.map(|first| first.min(since));
        }
    }

    /// What a new message does to it: a customer's opens it again; an agent's first one ends the first response.
    pub fn hear(&mut self, message: &Message) {
        self.touched_at = message.written_at;
        self.preview = preview(&message.body);
        if message.kind.is_public() {
            self.last_public = Some(message.id);
        }
        match message.kind {
            // More spam opens nothing.
            MessageKind::Inbound if self.status == Status::Spam => {}
            MessageKind::Inbound => {
                self.snoozed_until = None;
                self.come_to(Status::Open, message.written_at);
            }
            MessageKind::Reply => {
                self.replies += 1;
                if !self.is_ours || self.replies > 1 {
                    self.replied_at = self.replied_at.or(Some(message.written_at));
                }
            }
            MessageKind::Note => {}
        }
    }
}

fn id<T: std::str::FromStr>(value: &str, failure: TicketError) -> Result<Option<T>, TicketError> {
    if value.is_empty() {
        return Ok(None);
    }
    value.parse().map(Some).map_err(|_| failure)
}

/// A subject as it is kept: one line of up to 300 characters.
///
/// # Errors
/// [`TicketError::BadSubject`]
pub fn subject(text: &str) -> Result<String, TicketError> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() || line.chars().count() > 300 {
        return Err(TicketError::BadSubject);
    }
    Ok(line)
}

/// The longest message, in characters.
pub const LONGEST: usize = 100_000;

/// A message's words as they are kept.
///
/// # Errors
/// [`TicketError::BadBody`] when there are none or too many.
pub fn body(text: &str) -> Result<String, TicketError> {
    let text = text.trim().replace("\r\n", "\n");
    let is_kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let text: String = text.chars().filter(is_kept).collect();
    if text.is_empty() || text.chars().count() > LONGEST {
        return Err(TicketError::BadBody);
    }
    Ok(text)
}

pub(super) fn preview(body: &str) -> String {
    let words = body.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(160).collect()
}

/// A new ticket, and its first message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTicket {
    /// In a line what it is about.
    pub subject: String,
    /// The first message; empty for none.
    pub body: String,
    /// The same with formatting, as an editor writes it; then the words follow from it.
    pub html: Option<String>,
    /// Whether one of us wrote it to the customer; else it is the customer's.
    pub is_ours: bool,
    /// The account.
    pub account: Option<AccountId>,
    /// Who asks.
    pub contact: Option<ContactId>,
    /// How much it presses.
    pub priority: Priority,
    /// What sort of request it is.
    pub kind: Kind,
    /// Which way it came.
    pub channel: Channel,
    /// Whose work it is.
    pub agent: Option<AgentId>,
    /// Which team's work it is.
    pub team: Option<TeamId>,
}

impl NewTicket {
    /// Whether it has a first message.
    pub(super) fn says_something(&self) -> bool {
        // An editor in which nothing was written gives an empty paragraph.
        let says = |html: &String| !mail::dom::text(html).0.trim().is_empty();
        self.html.as_ref().is_some_and(says) || !self.body.trim().is_empty()
    }

    /// Whether its subject and its first message can be kept.
    pub(crate) fn has_words(&self) -> bool {
        subject(&self.subject).is_ok() && body(&self.body).is_ok()
    }
}

impl Default for NewTicket {
    fn default() -> Self {
        Self {
            subject: String::new(),
            body: String::new(),
            html: None,
            is_ours: false,
            account: None,
            contact: None,
            priority: Priority::Normal,
            kind: Kind::Question,
            channel: Channel::Email,
            agent: None,
            team: None,
        }
    }
}

/// What somebody writes in a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMessage {
    /// Who may read it, and which way it goes.
    pub kind: MessageKind,
    /// The words.
    pub body: String,
    /// The words with formatting, as an editor writes them; then `body` follows from it.
    pub html: Option<String>,
    /// The newest public message that the writer had seen; where they say nothing of it, nothing stops theirs.
    pub seen: Option<Option<MessageId>>,
    /// How far the ticket has come with it; none leaves that as it follows.
    pub then: Option<Step>,
    /// Files that wait for it.
    pub files: Vec<FileId>,
}
