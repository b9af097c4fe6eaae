//! Who takes part in a conversation of old mail, and who is a stranger in it: whoever names an identifier comes into it, and is
//! no participant by that.

use std::collections::HashSet;
use std::time::Duration;

use kit::db::{DbError, Tx};

use super::place::{Place, Sheet};
use crate::mails::{Reading, placing};
use crate::tickets::{MessageKind, TicketId};

impl Place<'_> {
    /// Says of each mail whether its writer is a stranger: in a ticket that is there, whoever does not take part in it; in a
    /// new one, whoever neither began it nor was written to.
    ///
    /// # Errors
    /// [`DbError`] of the database.
    pub(super) fn tell_strangers(
        &self,
        tx: &mut Tx<'_>,
        there: Option<TicketId>,
        sheets: &mut [Sheet<'_>],
    ) -> Result<(), DbError> {
        let answers = |sheet: &Sheet<'_>| {
            let message = &sheet.read.message;
            !message.references.is_empty() || !message.in_reply_to.is_empty()
        };
        // A date is soon forged: what answers something has not begun a conversation.
        let first = sheets
            .iter()
            .position(|sheet| !answers(sheet))
            .unwrap_or_default();
        let mut circle = Circle::default();
        if there.is_none()
            && let Some(sheet) = sheets.get(first)
        {
            circle.widen(&sheet.mail.reading);
        }
        for sheet in sheets.iter_mut() {
            let writer = &sheet.mail.reading.sender;
            let mut is_in = sheet.letter.kind == MessageKind::Reply || circle.has(writer);
            if let Some(ticket) = there.filter(|_| !is_in) {
                is_in = placing::takes_part(tx, self.workspace, (self.mailbox, ticket), writer)?;
            }
            sheet.mail.is_stranger = !is_in;
            if is_in {
                circle.widen(&sheet.mail.reading);
            }
        }
        if there.is_none() {
            begin_with_one_who_takes_part(sheets);
        }
        Ok(())
    }
}

/// Puts strangers who say that they wrote before everybody else behind the one who began: nobody answers what is not there.
fn begin_with_one_who_takes_part(sheets: &mut [Sheet<'_>]) {
    let Some(first) = sheets.iter().position(|sheet| !sheet.mail.is_stranger) else {
        return;
    };
    let after = sheets[first].letter.at.plus(Duration::from_millis(1));
    for sheet in &mut sheets[..first] {
        sheet.letter.at = after;
    }
    sheets[..=first].rotate_right(1);
}

/// Who takes part, as far as a conversation was gone through.
#[derive(Debug, Default)]
struct Circle(HashSet<String>);

impl Circle {
    fn has(&self, address: &str) -> bool {
        self.0.contains(address)
    }

    /// A mail of one who takes part brings those in to whom it went.
    fn widen(&mut self, reading: &Reading) {
        let people = reading.people.split_whitespace().map(str::to_owned);
        self.0.extend(people.chain([reading.sender.clone()]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_to_whom_it_went_take_part() {
        let mut circle = Circle::default();
        circle.widen(&Reading {
            sender: "leyla@example.com".to_owned(),
            people: "leyla@example.com pal@example.com".to_owned(),
            ..Reading::default()
        });
        let found = ["leyla@example.com", "pal@example.com", "other@example.com"].map(|one| circle.has(one));
        assert_eq!(found, [true, true, false]);
    }
}
