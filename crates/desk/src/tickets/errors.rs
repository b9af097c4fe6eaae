//! Why nothing was changed in a ticket.

use kit::blob::BlobError;
use kit::db::DbError;
use tandem_core::actor::Forbidden;

use super::Message;

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TicketError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The subject is empty or too long.
    #[error("a subject has 1 to 300 characters")]
    BadSubject,
    /// The message is empty or too long.
    #[error("a message has 1 to 100000 characters")]
    BadBody,
    /// A message with formatting is empty or too long.
    #[error("a message has 1 to 100000 characters, its formatting counted")]
    BadHtml,
    /// A word that names no status.
    #[error("not a status: open, waiting, on_hold or solved")]
    BadStatus,
    /// A word that names no priority.
    #[error("not a priority: low, normal, high or urgent")]
    BadPriority,
    /// A word that names no kind.
    #[error("not a kind: question, problem, account, billing, product or technical")]
    BadKind,
    /// A word that names no kind of message.
    #[error("not a kind of message: inbound, reply or note")]
    BadMessage,
    /// A word that names no field.
    #[error("a ticket has no such field")]
    BadField,
    /// Fields are filled in before an agent solves it: the key and the label of each that is empty.
    #[error("before it is solved, fill in: {}", .0.iter().map(|(_, label)| label.as_str()).collect::<Vec<_>>().join(", "))]
    Unanswered(Vec<(String, String)>),
    /// What was filled in with solving does not fit: the key of each field, and the key of the sentence that says why.
    #[error("what was filled in does not fit")]
    Unfit(Vec<(String, &'static str)>),
    /// A ticket is snoozed until a moment to come.
    #[error("choose a moment to come")]
    BadSnooze,
    /// The agent is none of this workspace, or has no access.
    #[error("there is no such agent")]
    NoAgent,
    /// The team is none of this workspace, or archived.
    #[error("there is no such team")]
    NoTeam,
    /// The account is none of this workspace.
    #[error("there is no such account")]
    NoAccount,
    /// The contact is none of this workspace.
    #[error("there is no such contact")]
    NoContact,
    /// The ticket would have more tags than one can have.
    #[error("up to 50 tags can be on one ticket")]
    ManyTags,
    /// A file without a name, one of another ticket, or too many of them.
    #[error("a file has a name, and a message has at most 20 of them")]
    BadFile,
    /// A file that went with a message stays.
    #[error("a file that was sent stays")]
    FileSent,
    /// The files of one message are too large together.
    #[error("the files of one message have at most 25 MB together")]
    LargeFile,
    /// The store of files failed.
    #[error(transparent)]
    Blob(BlobError),
    /// Somebody wrote to the customer, or the customer to us, since the writer looked.
    #[error("a message came in the meantime")]
    Overtaken(Box<Message>),
    /// What was to be taken back has been changed again.
    #[error("somebody changed it again in the meantime")]
    ChangedMeanwhile,
    /// A ticket is named that is none of this workspace.
    #[error("there is no such other ticket")]
    NoTicket,
    /// A ticket is not joined with itself.
    #[error("a ticket can't be joined with itself")]
    SameTicket,
    /// The first is merged into the second: their numbers.
    #[error("#{0} is merged into #{1}")]
    Merged(i64, i64),
    /// It lies in the spam or the trash: its number.
    #[error("#{0} is in the spam or the trash")]
    Apart(i64),
    /// A ticket would be a part of itself.
    #[error("a ticket can't be a part of itself")]
    Circle,
    /// A ticket is a part of one other at most.
    #[error("it is a part of another ticket already")]
    HasWhole,
    /// The first message of a ticket stays in it.
    #[error("the first message of a ticket stays in it")]
    NothingLeft,
    /// A word that says nothing of how tickets are joined.
    #[error("not a way to join tickets: merged, part, duplicate or related")]
    BadJoint,
    /// There is no such ticket here.
    #[error("there is no such ticket")]
    Unknown,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}
