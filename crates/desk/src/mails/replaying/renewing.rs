//! What one mail says when it is read again, and what of it is stored.

use kit::db::Tx;
use kit::id::TypedId;
use tandem_core::workspaces::WorkspaceId;

use crate::mailboxes;
use crate::mails::placing::{Unplaced, actor, body};
use crate::mails::understanding::Understood;
use crate::mails::{
    Mail, MailId, Reading, State, carrying, deciding, guarding, oddities, old, passing, shapes, store,
};
use crate::tickets::{self, TicketId};
use crate::{numbers, sides};

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It says what it said.
    Same,
    /// It says something else, or is read as if it had just come.
    Changed,
    /// It could not be read; what was known stays.
    Unread,
}

/// Stores what a mail says now. Nothing moves, and nothing comes twice.
///
/// # Errors
/// Why it does not go in; what was known then stays.
pub(super) fn renewed(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: MailId,
    read: &Result<Understood, String>,
) -> Result<Outcome, Unplaced> {
    let found = store::find(tx, workspace, id)?;
    // Somebody may have erased its sender meanwhile.
    let Some(before) = found.filter(|mail| mail.arrival.blob.is_some()) else {
        return Ok(Outcome::Same);
    };
    let Ok(read) = read else {
        return Ok(Outcome::Unread);
    };
    let attributed = passing::attributed(tx, workspace, read)?;
    let read = &*attributed;
    if before.state == State::Failed {
        return tried_again(tx, workspace, before);
    }
    if !matches!(before.state, State::Placed | State::Suspended) {
        return Ok(Outcome::Same);
    }
    let mut after = before.clone();
    after.reading = reading(&before.reading, &read.reading);
    if !read.copies.is_empty()
        && let Some(mailbox) = mailboxes::one(tx, workspace, before.mailbox)?
    {
        guarding::leave_out_copies_again(&mailbox, (&before.reading, &mut after.reading), &read.copies);
    }
    if let Some(own) = &read.message.message_id {
        after.arrival.message_id.clone_from(own);
    }
    let mut has_changed = after != before;
    if has_changed {
        store::update(tx, workspace, &after)?;
    }
    let odd = oddities::of(tx, workspace, &[id])?
        .remove(&id)
        .unwrap_or_default();
    has_changed |= odd != read.oddities;
    oddities::keep(tx, workspace, id, &read.oddities)?;
    let shape = shapes::of(tx, workspace, &[id])?.remove(&id);
    has_changed |= shape != Some(read.shape);
    shapes::keep(tx, workspace, id, read.shape)?;
    if after.state == State::Placed && after.clue != old::SENT {
        has_changed |= message(tx, workspace, &after, read)?;
    }
    if after.reading.nature != before.reading.nature
        && let Some(ticket) = after.ticket
        && let Some(ticket) = tickets::with_id(tx, workspace, ticket)?
    {
        numbers::follow(tx, workspace, &ticket)?;
    }
    Ok(if has_changed {
        Outcome::Changed
    } else {
        Outcome::Same
    })
}

/// One that could not be read finds its place now; old mail is its import's.
fn tried_again(tx: &mut Tx<'_>, workspace: WorkspaceId, mail: Mail) -> Result<Outcome, Unplaced> {
    if mail.arrival.folder.starts_with(old::MailImportId::PREFIX) {
        return Ok(Outcome::Unread);
    }
    match deciding::again(tx, &actor(workspace), mail) {
        Ok(_) => Ok(Outcome::Changed),
        Err(crate::mails::MailError::Db(error)) => Err(error.into()),
        Err(error) => Err(Unplaced::Failed(error.to_string())),
    }
}

/// What is known now. What the DNS said of the sender when the mail came holds where no server that we believe says more, as long
/// as it is the same sender.
fn reading(before: &Reading, now: &Reading) -> Reading {
    let mut after = now.clone();
    if before.sender != now.sender {
        return after;
    }
    if now.identity == "unknown" {
        after.identity.clone_from(&before.identity);
    }
    let method = |check: &str| check.split('=').next().unwrap_or_default().to_owned();
    let said: Vec<String> = now.checks.split_whitespace().map(method).collect();
    let kept = before
        .checks
        .split_whitespace()
        .filter(|check| !said.contains(&method(check)));
    let all: Vec<&str> = now.checks.split_whitespace().chain(kept).collect();
    // The order in which they are said means nothing.
    let mut known: Vec<&str> = before.checks.split_whitespace().collect();
    let mut sorted = all.clone();
    known.sort_unstable();
    sorted.sort_unstable();
    after.checks = if known == sorted {
        before.checks.clone()
    } else {
        all.join(" ")
    };
    after
}

/// The words and files of the message that the mail is.
fn message(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mail: &Mail,
    read: &Understood,
) -> Result<bool, Unplaced> {
    let Some(message) = mail.message else {
        return Ok(false);
    };
    let (actor, words) = (actor(workspace), body(read));
    let ticket: Option<TicketId> = match (mail.side, mail.ticket) {
        (Some(side), _) => sides::named(tx, workspace, *side.uuid().as_bytes())?.map(|side| side.ticket),
        (None, ticket) => ticket,
    };
    let Some(ticket) = ticket else {
        return Ok(false);
    };
    let has_changed = carrying::renew(tx, &actor, (ticket, message), &read.carried)?;
    let is_reworded = match mail.side {
        Some(_) => sides::reword(tx, &actor, message, &words)?,
        None => tickets::reword(tx, &actor, message, &words)?,
    };
    Ok(has_changed || is_reworded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(identity: &str, checks: &str) -> Reading {
        Reading {
            identity: identity.to_owned(),
            checks: checks.to_owned(),
            ..Reading::default()
        }
    }

    #[test]
    fn what_the_dns_said_then_holds_unless_a_server_that_is_believed_says_more() {
        let then = known("authenticated", "spf=pass dkim=pass");
        assert_eq!(reading(&then, &known("unknown", "")), then);
        let now = reading(&then, &known("denied", "dkim=fail"));
        assert_eq!(
            (now.identity.as_str(), now.checks.as_str()),
            ("denied", "dkim=fail spf=pass")
        );
    }

    #[test]
    fn what_was_said_of_one_sender_is_not_said_of_another() {
        let then = known("authenticated", "spf=pass dkim=pass");
        let now = Reading {
            sender: "mal@evil.example".to_owned(),
            ..known("unknown", "")
        };
        assert_eq!(reading(&then, &now), now);
    }

    #[test]
    fn the_same_checks_in_another_order_are_the_same() {
        let then = known("authenticated", "spf=pass dkim=pass");
        assert_eq!(reading(&then, &known("authenticated", "dkim=pass")), then);
    }
}
