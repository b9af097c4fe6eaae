//! The rows of mails that runs wrote.

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::contacts::ContactId;
use tandem_core::workspaces::WorkspaceId;

use crate::playbooks::{Run, RunId};

/// What became of a mail to one contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::playbooks) struct Kept {
    pub(in crate::playbooks) number: i64,
    pub(in crate::playbooks) contact: ContactId,
    /// `written`, `missing`, or what was in the way.
    pub(in crate::playbooks) outcome: String,
    pub(in crate::playbooks) conversation: String,
    pub(in crate::playbooks) message: String,
    pub(in crate::playbooks) at: Timestamp,
}

/// Keeps what became of it; a later look may mend what was in the way, and nothing unwrites what was written.
pub(super) fn put(tx: &mut Tx<'_>, workspace: WorkspaceId, run: &Run, one: &Kept) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into playbook_mails (workspace_id, run_id, number, contact_id, account_id, outcome, conversation, message, written_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (workspace_id, run_id, number, contact_id) do update
             set outcome = excluded.outcome, conversation = excluded.conversation, message = excluded.message,
                 written_at = excluded.written_at
             where playbook_mails.outcome <> 'written'"
        ),
        params![
            workspace,
            run.id,
            one.number,
            one.contact,
            run.account,
            one.outcome,
            one.conversation,
            one.message,
            one.at
        ],
    )?;
    Ok(())
}

/// Those of a run, in their order.
pub(super) fn of_run(tx: &mut Tx<'_>, workspace: WorkspaceId, run: RunId) -> Result<Vec<Kept>, DbError> {
    tx.rows(
        sql!(
            "select number, contact_id, outcome, conversation, message, written_at
             from playbook_mails
             where workspace_id = $1 and run_id = $2
             order by number, written_at, contact_id"
        ),
        params![workspace, run],
        |row| {
            Ok(Kept {
                number: row.get("number")?,
                contact: row.get("contact_id")?,
                outcome: row.get("outcome")?,
                conversation: row.get("conversation")?,
                message: row.get("message")?,
                at: row.get("written_at")?,
            })
        },
    )
}

/// Those to a contact, with their playbooks' names: run, name, outcome, when. A run that stands still in a merge of accounts is
/// without its playbook's.
pub(super) fn of_contact(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<Vec<(RunId, String, String, Timestamp)>, DbError> {
    tx.rows(
        sql!(
            "select m.run_id, coalesce(p.name, '') as name, m.outcome, m.written_at
             from playbook_mails m
             left join playbook_runs r on r.workspace_id = m.workspace_id and r.id = m.run_id
             left join playbooks p on p.workspace_id = r.workspace_id and p.id = r.playbook_id
             where m.workspace_id = $1 and m.contact_id = $2
             order by m.written_at, m.run_id, m.number"
        ),
        params![workspace, contact],
        |row| {
            Ok((
                row.get("run_id")?,
                row.get("name")?,
                row.get("outcome")?,
                row.get("written_at")?,
            ))
        },
    )
}

/// Forgets those to a contact; gives how many.
pub(super) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, contact: ContactId) -> Result<u64, DbError> {
    tx.execute(
        sql!("delete from playbook_mails where workspace_id = $1 and contact_id = $2"),
        params![workspace, contact],
    )
}
