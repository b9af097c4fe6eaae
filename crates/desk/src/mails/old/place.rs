//! Where a conversation of old mail goes: a ticket with its past, or one that is there.

use std::collections::HashSet;

use kit::blob::BlobId;
use kit::db::{DbError, Tx};
use tandem_core::agents::AgentId;
use tandem_core::teams::TeamId;
use tandem_core::workspaces::WorkspaceId;

use super::model::Outcome;
use super::ours::Ours;
use super::{Choices, MailImportId, SENT, Touched, rows};
use crate::mailboxes::Mailbox;
use crate::mails::beside;
use crate::mails::placing::{self, Unplaced, actor};
use crate::mails::store as mail_rows;
use crate::mails::understanding::Understood;
use crate::mails::{Cause, Mail, State, carrying, suspicion};
use crate::sides::SideId;
use crate::tickets::past::letters::{self, Letter};
use crate::tickets::{self, MessageId, MessageKind, TicketId, connections};
use crate::{askers, numbers, outbox};

/// An old mail that was understood.
pub(super) struct Old {
    pub(super) number: i64,
    pub(super) thread: i64,
    pub(super) mail: Mail,
    pub(super) read: Result<Understood, String>,
}

/// What became of a mail.
pub(super) struct Told {
    pub(super) number: i64,
    pub(super) outcome: Outcome,
    pub(super) reason: &'static str,
}

/// A mail on its way into a ticket.
pub(super) struct Sheet<'m> {
    number: i64,
    pub(super) mail: Mail,
    pub(super) read: &'m Understood,
    pub(super) letter: Letter,
    /// Who of us wrote it.
    pub(super) agent: Option<AgentId>,
}

/// The ticket, the message and the side conversation in which a mail is already, as far as it is in any. What is in a side
/// conversation is in no ticket.
type There = (Option<TicketId>, Option<MessageId>, Option<SideId>);
/// What a mail was here already as: one identifier and one content, or the very same bytes.
type Same = (String, Option<[u8; 32]>, Option<BlobId>);

/// A conversation while its mails are gone through.
#[derive(Default)]
struct Course<'m> {
    told: Vec<Told>,
    sheets: Vec<Sheet<'m>>,
    seen: HashSet<Same>,
    ticket: Option<TicketId>,
    /// Mails that are in the file twice.
    again: Vec<Mail>,
}

/// Where conversations of an import go.
pub(super) struct Place<'p> {
    pub(super) workspace: WorkspaceId,
    pub(super) mailbox: &'p Mailbox,
    pub(super) team: Option<TeamId>,
    pub(super) ours: Ours,
    pub(super) choices: Choices,
    pub(super) import: MailImportId,
}

impl Place<'_> {
    /// Gives a conversation its place; one that can't have any is refused as a whole, and says why.
    ///
    /// # Errors
    /// [`DbError`] of the database.
    pub(super) fn settled(&self, tx: &mut Tx<'_>, conversation: &[Old]) -> Result<Vec<Told>, DbError> {
        let reason = match tx.attempt(|tx| self.placed(tx, conversation)) {
            Ok(told) => return Ok(told),
            Err(Unplaced::Db(error)) => return Err(error),
            Err(Unplaced::Failed(reason)) => reason,
        };
        let mut told = Vec::new();
        for old in conversation {
            told.push(self.refused(tx, old, &reason)?);
        }
        Ok(told)
    }

    fn refused(&self, tx: &mut Tx<'_>, old: &Old, reason: &str) -> Result<Told, DbError> {
        let mut mail = old.mail.clone();
        mail.state = State::Failed;
        reason.clone_into(&mut mail.trouble);
        self.keep(tx, mail)?;
        Ok(Told {
            number: old.number,
            outcome: Outcome::Refused,
            reason: "unreadable",
        })
    }

    fn placed(&self, tx: &mut Tx<'_>, conversation: &[Old]) -> Result<Vec<Told>, Unplaced> {
        let mut course = Course::default();
        for old in conversation {
            match &old.read {
                Ok(read) => self.read(tx, &mut course, old, read)?,
                Err(reason) => {
                    let told = self.refused(tx, old, reason)?;
                    course.told.push(told);
                }
            }
        }
        let Course {
            mut told,
            sheets,
            ticket,
            again,
            ..
        } = course;
        let ticket = if sheets.is_empty() {
            ticket
        } else {
            let (ticket, outcomes) = self.written(tx, ticket, sheets)?;
            told.extend(outcomes);
            Some(ticket)
        };
        for mut mail in again {
            mail.ticket = ticket;
            self.keep(tx, mail)?;
        }
        Ok(told)
    }

    /// What becomes of one mail, as far as it is known before all of them were looked at.
    fn read<'m>(
        &self,
        tx: &mut Tx<'_>,
        course: &mut Course<'m>,
        old: &'m Old,
        read: &'m Understood,
    ) -> Result<(), Unplaced> {
        let mut mail = old.mail.clone();
        mail.reading = read.reading.clone();
        if let Some(own) = &read.message.message_id {
            mail.arrival.message_id.clone_from(own);
        }
        let told = |outcome, reason| Told {
            number: old.number,
            outcome,
            reason,
        };
        if !course.seen.insert(same(&mail)) {
            mail.state = State::Repeated;
            course.again.push(mail);
            course.told.push(told(Outcome::Repeated, ""));
            return Ok(());
        }
        let is_first = course.sheets.is_empty() && course.ticket.is_none();
        let cause = self.cause(tx, &mail, read, is_first)?;
        if let Some((ticket, message, side)) = self.twin(tx, &mail, cause.is_some())? {
            mail.state = State::Repeated;
            (mail.ticket, mail.message, mail.side) = (ticket, message, side);
            if let (None, Some(ticket)) = (course.ticket, ticket) {
                course.ticket = Some(connections::survivor(tx, self.workspace, ticket)?);
            }
            self.keep(tx, mail)?;
            course.told.push(told(Outcome::Repeated, ""));
            return Ok(());
        }
        if let Some(cause) = cause {
            mail.state = State::Aside;
            mail.cause = Some(cause);
            self.keep(tx, mail)?;
            course.told.push(told(Outcome::Aside, cause.as_str()));
            return Ok(());
        }
        let sheet = self.sheet(tx, course, old.number, (mail, read))?;
        course.sheets.push(sheet);
        Ok(())
    }

    /// Whether one of us wrote a mail: whoever takes an address of ours without its domain's leave did not.
    fn is_ours(&self, mail: &Mail, read: &Understood) -> bool {
        self.ours.has(&mail.reading.sender) && !read.is_denied
    }

    /// What keeps a mail from becoming a message.
    fn cause(
        &self,
        tx: &mut Tx<'_>,
        mail: &Mail,
        read: &Understood,
        is_first: bool,
    ) -> Result<Option<Cause>, DbError> {
        let sender = &mail.reading.sender;
        if !self.is_ours(mail, read)
            && let Some(cause) = suspicion::of_kind(tx, self.workspace, sender, read)?
        {
            return Ok(Some(cause));
        }
        let nature = suspicion::of_nature(read);
        Ok(nature.filter(|_| is_first && !self.choices.takes_machines))
    }

    /// Where a mail is already: it had come by itself, in another file, or we had sent it. What was put aside counts for
    /// what would be put aside.
    fn twin(&self, tx: &mut Tx<'_>, mail: &Mail, is_aside: bool) -> Result<Option<There>, DbError> {
        let identifier = &mail.arrival.message_id;
        let known = if !identifier.is_empty() {
            if let Some(parcel) = outbox::is_ours(tx, self.workspace, identifier)? {
                let side = parcel.mail.side;
                let ticket = Some(parcel.mail.ticket).filter(|_| side.is_none());
                return Ok(Some((ticket, None, side)));
            }
            let mut known = mail_rows::identified(tx, self.workspace, self.mailbox.id, identifier)?;
            known.retain(|other| other.reading.content == mail.reading.content);
            known
        } else if let Some(blob) = mail.arrival.blob {
            mail_rows::of_blob(tx, self.workspace, self.mailbox.id, blob)?
        } else {
            Vec::new()
        };
        let counts = |other: &&Mail| {
            other.id != mail.id
                && !matches!(other.state, State::Failed | State::Old)
                && (is_aside || other.state != State::Aside)
        };
        let twin = known.iter().find(counts);
        Ok(twin.map(|other| (other.ticket, other.message, other.side)))
    }

    /// A mail as a message, and where its evidence leads.
    fn sheet<'m>(
        &self,
        tx: &mut Tx<'_>,
        course: &mut Course<'m>,
        number: i64,
        (mut mail, read): (Mail, &'m Understood),
    ) -> Result<Sheet<'m>, Unplaced> {
        let (sender, name) = (&mail.reading.sender, &mail.reading.sender_name);
        let is_ours = self.is_ours(&mail, read);
        let agent = self
            .ours
            .agent(sender, name)
            .filter(|agent| is_ours && agent.is_active);
        let (agent, author) = (
            agent.map(|agent| agent.id),
            self.ours.actor(self.workspace, sender, name),
        );
        let system = actor(self.workspace);
        if !is_ours {
            mail.contact = askers::who(tx, &system, sender, name)?;
        }
        if course.ticket.is_none() {
            let decision = placing::decision(tx, self.workspace, self.mailbox, &mail, read)?;
            course.ticket = beside::to_ticket(tx, self.workspace, &decision)?;
            if let Some(because) = decision.because.filter(|_| course.ticket.is_some()) {
                placing::clue_word(&because.clue).clone_into(&mut mail.clue);
                mail.clue_text = because.text.chars().take(300).collect();
            }
        }
        if mail.clue.is_empty() && !course.sheets.is_empty() {
            answered(&mut mail, read);
        }
        if is_ours {
            SENT.clone_into(&mut mail.clue);
            mail.clue_text.clear();
        }
        let letter = Letter {
            actor: if is_ours { author } else { system },
            at: mail.arrival.arrived_at,
            kind: if is_ours {
                MessageKind::Reply
            } else {
                MessageKind::Inbound
            },
            body: placing::body(read),
            contact: mail.contact,
            is_automatic: !placing::is_by_hand(read.nature),
        };
        Ok(Sheet {
            number,
            mail,
            read,
            letter,
            agent,
        })
    }

    /// Writes the messages of a conversation, and says of each mail which one it is.
    fn written(
        &self,
        tx: &mut Tx<'_>,
        there: Option<TicketId>,
        mut sheets: Vec<Sheet<'_>>,
    ) -> Result<(TicketId, Vec<Told>), Unplaced> {
        let there = match there {
            Some(id) => tickets::with_id(tx, self.workspace, id)?,
            None => None,
        };
        let is_new = there.is_none();
        let touched_at = there.as_ref().map(|ticket| ticket.touched_at);
        self.tell_strangers(tx, there.as_ref().map(|ticket| ticket.id), &mut sheets)?;
        let (ticket, messages) = match there {
            Some(ticket) => {
                let all: Vec<Letter> = sheets.iter().map(|sheet| sheet.letter.clone()).collect();
                letters::put(tx, self.workspace, &ticket, &all)?
            }
            None => self.opened(tx, &sheets)?,
        };
        let (system, mut told) = (actor(self.workspace), Vec::new());
        for (sheet, message) in sheets.into_iter().zip(messages) {
            let mut mail = sheet.mail;
            mail.state = State::Placed;
            (mail.ticket, mail.message) = (Some(ticket.id), Some(message));
            self.keep(tx, mail)?;
            carrying::keep(tx, &system, (ticket.id, message), &sheet.read.carried)?;
            let is_opener = is_new && told.is_empty();
            told.push(Told {
                number: sheet.number,
                outcome: if is_opener {
                    Outcome::Opened
                } else {
                    Outcome::Joined
                },
                reason: "",
            });
        }
        numbers::follow(tx, self.workspace, &ticket)?;
        let touched = Touched {
            touched_at,
            ticket: ticket.id,
            is_new,
            version: ticket.version,
        };
        rows::store::touch(tx, self.workspace, self.import, &touched)?;
        Ok((ticket.id, told))
    }

    fn keep(&self, tx: &mut Tx<'_>, mut mail: Mail) -> Result<(), DbError> {
        mail.read_at = Some(tx.now());
        mail_rows::update(tx, self.workspace, &mail)
    }
}

/// By what a mail is the same as another.
fn same(mail: &Mail) -> Same {
    let identifier = mail.arrival.message_id.clone();
    if identifier.is_empty() {
        (identifier, None, mail.arrival.blob)
    } else {
        (identifier, mail.reading.content, None)
    }
}

/// What a further mail of a conversation answers.
fn answered(mail: &mut Mail, read: &Understood) {
    let (clue, text) = match (read.message.in_reply_to.first(), read.message.references.last()) {
        (Some(answered), _) => ("known_in_reply_to", answered),
        (None, Some(named)) => ("known_reference", named),
        (None, None) => return,
    };
    clue.clone_into(&mut mail.clue);
    mail.clue_text = text.chars().take(300).collect();
}
