//! What a mailbox is careful with, by its rules: mail of strangers, senders who fail the checks of their domain, people in copy.

use kit::db::{DbError, Tx};
use mail::threading::{Decision, Participation};
use tandem_core::workspaces::WorkspaceId;

use super::understanding::Understood;
use super::{Cause, Mail, Reading, Verdict, answers, senders, suspicion};
use crate::mailboxes::{Mailbox, Strangers};

/// What becomes of a mail by where its evidence leads: it joins, unless its writer has no part there and the rule of its mailbox is
/// another. What somebody let through, and what shows that a trusted sender wrote it, is not held back.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn strangers(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (mailbox, mail): (&Mailbox, &Mail),
    read: &Understood,
    decision: &Decision,
) -> Result<Strangers, DbError> {
    let rule = mailbox.rules.strangers;
    if decision.conversation.is_none() || decision.writer == Participation::Participant {
        return Ok(Strangers::Join);
    }
    if rule != Strangers::Hold {
        return Ok(rule);
    }
    let verdict = senders::verdict(tx, workspace, &mail.reading.sender)?;
    let is_let_in = mail.is_released || suspicion::is_trusted(verdict, read);
    Ok(if is_let_in { Strangers::Join } else { rule })
}

/// What holds back a mail whose sender fails the checks of their domain, where its mailbox wants that and nobody has excused them.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn unverified(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: &Mailbox,
    mail: &Mail,
) -> Result<Option<Cause>, DbError> {
    if !mailbox.rules.holds_unverified || mail.is_released || !has_failed(&mail.reading) {
        return Ok(None);
    }
    let verdict = senders::verdict(tx, workspace, &mail.reading.sender)?;
    Ok((verdict != Some(Verdict::Excused)).then_some(Cause::Unverified))
}

/// Whether a check of the sender failed and none showed that the mail is theirs: mail that is passed on fails SPF and is still
/// signed.
fn has_failed(reading: &Reading) -> bool {
    let is_failure = |check: &str| {
        let (method, outcome) = check.split_once('=').unwrap_or_default();
        ["spf", "dkim", "dmarc"].contains(&method) && ["fail", "softfail"].contains(&outcome)
    };
    !reading.is_confirmed() && reading.checks.split_whitespace().any(is_failure)
}

/// Takes those from the people of a mail who are in copy alone, where they take no part in its mailbox.
pub(super) fn leave_out_copies(mailbox: &Mailbox, reading: &mut Reading, copies: &[String]) {
    if !mailbox.rules.joins_copies {
        let mut people = answers::words(&reading.people);
        people.retain(|one| *one == reading.sender || !copies.contains(one));
        reading.people = people.join(" ");
    }
}

/// The same for a mail that is read again: who took part in it still does.
pub(super) fn leave_out_copies_again(
    mailbox: &Mailbox,
    (before, after): (&Reading, &mut Reading),
    copies: &[String],
) {
    let known = answers::words(&before.people);
    let others: Vec<String> = copies
        .iter()
        .filter(|one| !known.contains(one))
        .cloned()
        .collect();
    leave_out_copies(mailbox, after, &others);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_check_that_fails_with_none_that_holds_is_a_failure() {
        for (identity, checks, expected) in [
            ("unknown", "spf=fail dkim=none", true),
            ("unknown", "spf=softfail", true),
            ("unknown", "spf=pass dkim=fail", true),
            ("authenticated", "spf=fail dkim=pass dmarc=pass", false),
            ("unknown", "spf=none dkim=none dmarc=none", false),
            ("unknown", "spf=neutral arc=fail", false),
            ("unknown", "", false),
        ] {
            let reading = Reading {
                sender: "leyla@example.com".to_owned(),
                identity: identity.to_owned(),
                checks: checks.to_owned(),
                ..Reading::default()
            };
            assert_eq!(has_failed(&reading), expected, "{identity} {checks}");
        }
    }
}
