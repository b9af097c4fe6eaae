//! A conversation of old mail as a ticket with its past.

use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use tandem_core::contacts::ContactId;

use super::place::{Place, Sheet};
use crate::askers;
use crate::mailboxes;
use crate::mails::placing::{self, Unplaced, actor};
use crate::mails::understanding::Understood;
use crate::tickets::past::{self, Story};
use crate::tickets::{self, Field, MessageId, MessageKind, NewTicket, Status, Ticket};

/// A day, as tickets stay open by it.
const DAY: Duration = Duration::from_secs(24 * 3_600);

impl Place<'_> {
    /// A ticket with its past.
    ///
    /// # Errors
    /// As of the verbs that would have made it.
    pub(super) fn opened(
        &self,
        tx: &mut Tx<'_>,
        sheets: &[Sheet<'_>],
    ) -> Result<(Ticket, Vec<MessageId>), Unplaced> {
        let nothing = || Unplaced::Failed("there is nothing to write".to_owned());
        let ((first, rest), last) = sheets.split_first().zip(sheets.last()).ok_or_else(nothing)?;
        let system = actor(self.workspace);
        let mut writers = sheets.iter().filter(|sheet| !sheet.mail.is_stranger);
        let contact = match writers.find_map(|sheet| sheet.letter.contact) {
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
        past::letters::look(tx, self.workspace, &ticket)?;
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
    fn addressee(&self, tx: &mut Tx<'_>, read: &Understood) -> Result<Option<ContactId>, DbError> {
        let others = read.message.to.iter().chain(&read.message.cc);
        let other = others
            .map(|one| (mailboxes::folded(&one.address), &one.name))
            .find(|(address, _)| !self.ours.has(address));
        match other {
            Some((address, name)) => askers::who(tx, &actor(self.workspace), &address, name),
            None => Ok(None),
        }
    }
}
