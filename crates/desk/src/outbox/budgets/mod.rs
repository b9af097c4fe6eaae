//! How many mails that nobody wrote by hand went out already, so that a machine at the other side and ours do not write to each
//! other for ever (`mail::loops`). Questions count too.

mod store;

use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use mail::loops::{Budgets, Sent, may_send};
use tandem_core::agents::AgentId;
use tandem_core::workspaces::WorkspaceId;

use super::suppression::folded;
use crate::mailboxes::MailboxId;

const HOUR: Duration = Duration::from_secs(3_600);
const THREE_HOURS: Duration = Duration::from_secs(3 * 3_600);
const DAY: Duration = Duration::from_secs(24 * 3_600);

/// A mail that went to an address.
#[derive(Debug)]
struct Went {
    mailbox: MailboxId,
    subject: String,
    written_by: String,
    written_at: Timestamp,
}

/// Whether no person has written what carries this signature.
pub(super) fn is_automatic(signature: &str) -> bool {
    let author = signature.split(' ').next().unwrap_or_default();
    author.parse::<AgentId>().is_err()
}

/// Whether one more automatic mail may go from a mailbox to an address; about `subject`, where that is known yet.
pub(super) fn has_room(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (mailbox, address): (MailboxId, &str),
    subject: Option<&str>,
) -> Result<bool, DbError> {
    let now = tx.now();
    let went = store::to_address(tx, workspace, &folded(address), now.minus(DAY))?;
    let budgets = Budgets::default();
    let most = i64::from(budgets.everybody_in_hour) + 1;
    let authors = store::authors_since(tx, workspace, now.minus(HOUR), most)?;
    let sent = Sent {
        everybody_in_hour: many(authors.iter().filter(|author| is_automatic(author)).count()),
        ..counted(&went, (mailbox, subject), now)
    };
    Ok(may_send(&sent, &budgets).is_ok())
}

fn counted(went: &[Went], (mailbox, subject): (MailboxId, Option<&str>), now: Timestamp) -> Sent {
    let automatic: Vec<&Went> = went.iter().filter(|one| is_automatic(&one.written_by)).collect();
    let count = |fits: &dyn Fn(&Went) -> bool| many(automatic.iter().filter(|one| fits(one)).count());
    Sent {
        pair_in_day: count(&|one: &Went| one.mailbox == mailbox),
        address_in_three_hours: count(&|one: &Went| one.written_at > now.minus(THREE_HOURS)),
        same_subject_in_day: count(&|one: &Went| Some(one.subject.as_str()) == subject),
        ..Sent::default()
    }
}

fn many(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kit::id::{TypedId, Uuid};

    #[test]
    fn what_machines_of_ours_wrote_is_counted_and_what_people_wrote_is_not() {
        let (ours, other) = (
            MailboxId::from_uuid(Uuid::from_bytes([1; 16])),
            MailboxId::from_uuid(Uuid::from_bytes([2; 16])),
        );
        let agent = format!("{} Ada", AgentId::from_uuid(Uuid::from_bytes([3; 16])));
        let now = Timestamp(0).plus(DAY * 3);
        let went = |mailbox, subject: &str, by: &str, ago| Went {
            mailbox,
            subject: subject.to_owned(),
            written_by: by.to_owned(),
            written_at: now.minus(ago),
        };
        let all = [
            went(ours, "Renewal", "system: playbook", HOUR),
            went(ours, "Renewal", &agent, HOUR),
            went(other, "Renewal", "system: surveys", HOUR * 5),
            went(ours, "Else", "system: playbook", HOUR * 2),
        ];
        let sent = counted(&all, (ours, Some("Renewal")), now);
        let counts = (
            sent.pair_in_day,
            sent.same_subject_in_day,
            sent.address_in_three_hours,
        );
        assert_eq!(counts, (2, 2, 2));
        assert_eq!(counted(&all, (ours, None), now).same_subject_in_day, 0);
    }
}
