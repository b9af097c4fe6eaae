//! Giving old mails their place: a conversation at a time becomes a ticket with its past, or joins one that is there.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use kit::blob::BlobId;
use kit::clock::Timestamp;
use kit::db::{Db, DbError, Tx};
use kit::jobs::Errand;
use tandem_core::agents::AgentId;
use tandem_core::teams::{self, TeamId};
use tandem_core::workspaces::WorkspaceId;

use super::jobs::{Step, Stopped};
use super::keeping::rate;
use super::model::{MailImport, MailImportError, MailImportState, Outcome, Phase};
use super::ours::Ours;
use super::{Choices, MailImportId, SENT, Touched, record, store};
use crate::mailboxes::{self, Mailbox};
use crate::mails::placing::{self, Unplaced, actor};
use crate::mails::reading::all_understood;
use crate::mails::store as mail_rows;
use crate::mails::understanding::Understood;
use crate::mails::{Cause, Mail, State, carrying, suspicion};
use crate::tickets::past::letters::{self, Letter};
use crate::tickets::past::{self, Story};
use crate::tickets::{self, Field, MessageId, MessageKind, NewTicket, Status, Ticket, TicketId, connections};
use crate::{askers, numbers, outbox};

/// Mails that are read for one transaction; more than a conversation has in one.
const MOST: usize = 120;
/// Mails that are understood at a time.
const AT_A_TIME: usize = 16;
/// A day, as tickets stay open by it.
const DAY: Duration = Duration::from_secs(24 * 3_600);

/// An old mail that was understood.
struct Old {
    number: i64,
    thread: i64,
    mail: Mail,
    read: Result<Understood, String>,
}

/// Places what is left of the conversations.
pub(super) async fn bring(
    errand: &Errand,
    workspace: WorkspaceId,
    import: &MailImport,
) -> Result<(), Stopped> {
    let (db, id) = (errand.db(), import.id);
    let (mut after, box_id) = (import.thread, import.mailbox);
    loop {
        errand.go_on().map_err(|_| Stopped::Asked)?;
        let limit = i64::try_from(MOST).unwrap_or(i64::MAX);
        let (mailbox, mut mails) = db
            .read(move |tx| {
                let mailbox = mailboxes::one(tx, workspace, box_id)?;
                let mails = store::after_thread(tx, workspace, (id, after), limit)?;
                Ok::<_, DbError>((mailbox, mails))
            })
            .await?;
        let mailbox = mailbox.ok_or(MailImportError::NoMailbox)?;
        whole(&mut mails);
        let next = mails.last().map_or(after, |(_, thread, _)| *thread);
        let old = Arc::new(understood(db, (workspace, &mailbox), mails).await?);
        let step = db
            .write_in_turn(&tickets::turn(workspace), move |tx| {
                commit(tx, (workspace, &mailbox), (id, after), &old)
            })
            .await?;
        match step {
            Step::GoOn(done, total) => errand.progress(done, total),
            Step::Stop => return Ok(()),
        }
        after = next;
    }
}

/// Leaves out the last conversation where it may go on behind what was read.
fn whole(mails: &mut Vec<(i64, i64, Mail)>) {
    let first = mails.first().map(|(_, thread, _)| *thread);
    let last = mails.last().map(|(_, thread, _)| *thread);
    if mails.len() == MOST && first != last {
        mails.retain(|(_, thread, _)| Some(*thread) != last);
    }
}

/// Reads mails without asking anybody about them: what was true of their senders then, nobody can say now.
async fn understood(
    db: &Db,
    (workspace, mailbox): (WorkspaceId, &Mailbox),
    mails: Vec<(i64, i64, Mail)>,
) -> Result<Vec<Old>, Stopped> {
    let mut all = Vec::with_capacity(mails.len());
    for part in mails.chunks(AT_A_TIME) {
        let some = part.iter().map(|(_, _, mail)| mail.clone()).collect();
        let read = all_understood(db, (workspace, mailbox), some, None)
            .await
            .map_err(Stopped::Job)?;
        for ((number, thread, _), (mail, mut read)) in part.iter().zip(read) {
            if let Ok(read) = &mut read {
                // The files are in the store; their bytes are not needed here.
                for file in &mut read.message.attachments {
                    file.content = Vec::new();
                }
            }
            all.push(Old {
                number: *number,
                thread: *thread,
                mail,
                read,
            });
        }
    }
    Ok(all)
}

/// Conversations and the place after them, or nothing.
fn commit(
    tx: &mut Tx<'_>,
    (workspace, mailbox): (WorkspaceId, &Mailbox),
    (id, after): (MailImportId, i64),
    mails: &[Old],
) -> Result<Step, DbError> {
    let is_here = |import: &MailImport| {
        import.state == MailImportState::Running
            && import.phase == Phase::Placing
            && import.thread == after
    };
    let Some(mut import) = store::find(tx, workspace, id)?.filter(is_here) else {
        return Ok(Step::Stop);
    };
    let place = Place {
        workspace,
        mailbox,
        team: team(tx, workspace, mailbox)?,
        ours: Ours::of(tx, workspace, &import.choices.own)?,
        choices: import.choices.clone(),
        import: id,
    };
    for conversation in mails.chunk_by(|one, next| one.thread == next.thread) {
        for told in place.settled(tx, conversation)? {
            store::set_outcome(tx, workspace, (id, told.number), (told.outcome, told.reason))?;
            import.counts.add(told.outcome);
        }
        import.thread = conversation.first().map_or(import.thread, |old| old.thread);
    }
    import.rate = rate(mails.len(), import.changed_at, tx.now(), import.rate);
    import.changed_at = tx.now();
    let is_over = mails.is_empty();
    if is_over {
        import.state = MailImportState::Done;
    }
    store::update(tx, workspace, &import)?;
    record(tx, &actor(workspace), &import)?;
    Ok(if is_over {
        Step::Stop
    } else {
        Step::GoOn(import.counts.mails(), import.taken)
    })
}

/// The team that gets the mailbox's tickets, while it is there.
fn team(tx: &mut Tx<'_>, workspace: WorkspaceId, mailbox: &Mailbox) -> Result<Option<TeamId>, DbError> {
    let Some(id) = mailbox.team else {
        return Ok(None);
    };
    let teams = teams::all(tx, workspace)?;
    let is_there = teams.iter().any(|team| team.id == id && team.archiving.is_none());
    Ok(Some(id).filter(|_| is_there))
}

/// What became of a mail.
struct Told {
    number: i64,
    outcome: Outcome,
    reason: &'static str,
}

/// A mail on its way into a ticket.
struct Sheet<'m> {
    number: i64,
    mail: Mail,
    read: &'m Understood,
    letter: Letter,
    /// Who of us wrote it.
    agent: Option<AgentId>,
}

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
struct Place<'p> {
    workspace: WorkspaceId,
    mailbox: &'p Mailbox,
    team: Option<TeamId>,
    ours: Ours,
    choices: Choices,
    import: MailImportId,
}

impl Place<'_> {
    /// Gives a conversation its place; one that can't have any is refused as a whole, and says why.
    fn settled(&self, tx: &mut Tx<'_>, conversation: &[Old]) -> Result<Vec<Told>, DbError> {
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
        if let Some((ticket, message)) = self.twin(tx, &mail, cause.is_some())? {
            mail.state = State::Repeated;
            (mail.ticket, mail.message) = (ticket, message);
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

    /// What keeps a mail from becoming a message.
    fn cause(
        &self,
        tx: &mut Tx<'_>,
        mail: &Mail,
        read: &Understood,
        is_first: bool,
    ) -> Result<Option<Cause>, DbError> {
        let sender = &mail.reading.sender;
        if !self.ours.has(sender)
            && let Some(cause) = suspicion::of_kind(tx, self.workspace, sender, read)?
        {
            return Ok(Some(cause));
        }
        let nature = suspicion::of_nature(read);
        Ok(nature.filter(|_| is_first && !self.choices.takes_machines))
    }

    /// Where a mail is already: it had come by itself, in another file, or we had sent it. What was put aside counts for
    /// what would be put aside.
    fn twin(
        &self,
        tx: &mut Tx<'_>,
        mail: &Mail,
        is_aside: bool,
    ) -> Result<Option<(Option<TicketId>, Option<MessageId>)>, DbError> {
        let identifier = &mail.arrival.message_id;
        let known = if !identifier.is_empty() {
            if let Some(parcel) = outbox::is_ours(tx, self.workspace, identifier)? {
                return Ok(Some((Some(parcel.mail.ticket), None)));
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
        Ok(twin.map(|other| (other.ticket, other.message)))
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
        let is_ours = self.ours.has(sender);
        let agent = self.ours.agent(sender, name).filter(|agent| is_ours && agent.is_active);
        let (agent, author) = (agent.map(|agent| agent.id), self.ours.actor(self.workspace, sender, name));
        let system = actor(self.workspace);
        if !is_ours {
            mail.contact = askers::who(tx, &system, sender, name)?;
        }
        if course.ticket.is_none() {
            let decision = placing::decision(tx, self.workspace, self.mailbox, &mail, read)?;
            course.ticket = decision.conversation.map(placing::ticket_of);
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
            kind: if is_ours { MessageKind::Reply } else { MessageKind::Inbound },
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
        sheets: Vec<Sheet<'_>>,
    ) -> Result<(TicketId, Vec<Told>), Unplaced> {
        let there = match there {
            Some(id) => tickets::with_id(tx, self.workspace, id)?,
            None => None,
        };
        let is_new = there.is_none();
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
                outcome: if is_opener { Outcome::Opened } else { Outcome::Joined },
                reason: "",
            });
        }
        numbers::follow(tx, self.workspace, &ticket)?;
        let touched = Touched {
            ticket: ticket.id,
            is_new,
            version: ticket.version,
        };
        store::touch(tx, self.workspace, self.import, &touched)?;
        Ok((ticket.id, told))
    }

    /// A ticket with its past.
    fn opened(&self, tx: &mut Tx<'_>, sheets: &[Sheet<'_>]) -> Result<(Ticket, Vec<MessageId>), Unplaced> {
        let nothing = || Unplaced::Failed("there is nothing to write".to_owned());
        let ((first, rest), last) = sheets.split_first().zip(sheets.last()).ok_or_else(nothing)?;
        let system = actor(self.workspace);
        let contact = match sheets.iter().find_map(|sheet| sheet.letter.contact) {
            Some(contact) => Some(contact),
            None => self.addressee(tx, first.read)?,
        };
        let account = match contact {
            Some(contact) => tickets::only_account(tx, &system, contact)?,
            None => None,
        };
        let new = NewTicket {
            subject: placing::subject(&first.mail, &first.letter.body),
            body: first.letter.body.clone(),
            is_ours: first.letter.kind == MessageKind::Reply,
            contact,
            account,
            team: self.team,
            agent: sheets.iter().rev().find_map(|sheet| sheet.agent),
            ..NewTicket::default()
        };
        let number = past::take_numbers(tx, self.workspace, 1)?;
        let mut story = Story::open(tx, &first.letter.actor, (first.letter.at, number), &new)?;
        let mut messages = vec![story.first_message().ok_or_else(nothing)?];
        for sheet in rest {
            messages.push(story.take_in(tx, &sheet.letter)?);
        }
        let end = match last.letter.kind {
            _ if !self.is_recent(sheets, tx.now()) => Some(Status::Solved),
            MessageKind::Reply => Some(Status::Waiting),
            _ => None,
        };
        if let Some(end) = end {
            let values = [(Field::Status, end.as_str().to_owned())];
            story.change(tx, (&system, last.letter.at), &values)?;
        }
        let ticket = story.ticket.clone();
        past::bring(tx, self.workspace, vec![story])?;
        Ok((ticket, messages))
    }

    /// Whether a conversation went on lately. A mail that does not say when it was written says nothing of that.
    fn is_recent(&self, sheets: &[Sheet<'_>], now: Timestamp) -> bool {
        let days = u32::try_from(self.choices.open_days).unwrap_or_default();
        let since = now.minus(DAY * days);
        days > 0
            && sheets
                .iter()
                .any(|sheet| sheet.read.message.written.stated.is_some() && sheet.letter.at > since)
    }

    /// To whom one of us wrote first.
    fn addressee(
        &self,
        tx: &mut Tx<'_>,
        read: &Understood,
    ) -> Result<Option<tandem_core::contacts::ContactId>, DbError> {
        let others = read.message.to.iter().chain(&read.message.cc);
        let other = others
            .map(|one| (mailboxes::folded(&one.address), &one.name))
            .find(|(address, _)| !self.ours.has(address));
        match other {
            Some((address, name)) => askers::who(tx, &actor(self.workspace), &address, name),
            None => Ok(None),
        }
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
