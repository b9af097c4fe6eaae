//! Accounts by their days, and the days that had their occasion.

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::fields::FieldId;
use tandem_core::workspaces::WorkspaceId;

use crate::playbooks::PlaybookId;

/// A place, and the last day that counts.
type Span = ((Day, AccountId), Day);

/// Up to `limit` open accounts with a subscription that starts until a day, after a day and an account.
pub(super) fn starting(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ((from, account), until): Span,
    limit: i64,
) -> Result<Vec<(AccountId, Day)>, DbError> {
    tx.rows(
        sql!(
            "select distinct s.starts, s.account_id
             from subscriptions s
             where s.workspace_id = $1 and (s.starts, s.account_id) > ($2, $3) and s.starts <= $4
               and not exists (select 1 from account_closures c where c.workspace_id = s.workspace_id and c.account_id = s.account_id)
             order by s.starts, s.account_id
             limit $5"
        ),
        params![workspace, from, account, until, limit],
        |row| Ok((row.get("account_id")?, row.get("starts")?)),
    )
}

/// Up to `limit` open accounts that came between two moments, after one of them.
pub(super) fn added(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ((from, until), after): ((Timestamp, Timestamp), AccountId),
    limit: i64,
) -> Result<Vec<(AccountId, Timestamp)>, DbError> {
    tx.rows(
        sql!(
            "select a.id, a.created_at
             from accounts a
             where a.workspace_id = $1 and a.created_at >= $2 and a.created_at < $3 and a.id > $4
               and not exists (select 1 from account_closures c where c.workspace_id = a.workspace_id and c.account_id = a.id)
             order by a.id
             limit $5"
        ),
        params![workspace, from, until, after, limit],
        |row| Ok((row.get("id")?, row.get("created_at")?)),
    )
}

/// Up to `limit` open accounts with a day in a field until another, after a day and an account.
pub(super) fn in_field(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (field, ((from, account), until)): (FieldId, Span),
    limit: i64,
) -> Result<Vec<(AccountId, Day)>, DbError> {
    tx.rows(
        sql!(
            "select v.subject_id, v.day
             from field_values v
             join accounts a on a.workspace_id = v.workspace_id and a.id = v.subject_id
             where v.workspace_id = $1 and v.field_id = $2 and (v.day, v.subject_id) > ($3, $4) and v.day <= $5
               and not exists (select 1 from account_closures c where c.workspace_id = v.workspace_id and c.account_id = v.subject_id)
             order by v.day, v.subject_id
             limit $6"
        ),
        params![workspace, field, from, account, until, limit],
        |row| Ok((row.get("subject_id")?, row.get("day")?)),
    )
}

/// Whether a date of an account had its occasion.
pub(super) fn had(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (playbook, account): (PlaybookId, AccountId),
    day: Day,
) -> Result<bool, DbError> {
    let found = tx.optional(
        sql!(
            "select 1 as had
             from playbook_dates
             where workspace_id = $1 and playbook_id = $2 and account_id = $3 and day = $4"
        ),
        params![workspace, playbook, account, day],
        |row| row.get::<i64>("had"),
    )?;
    Ok(found.is_some())
}

/// Writes down that it had.
pub(super) fn put(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (playbook, account): (PlaybookId, AccountId),
    day: Day,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into playbook_dates (workspace_id, playbook_id, account_id, day, had_at)
             values ($1, $2, $3, $4, $5)
             on conflict (workspace_id, playbook_id, account_id, day) do nothing"
        ),
        params![workspace, playbook, account, day, now],
    )?;
    Ok(())
}
