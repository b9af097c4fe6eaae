//! What the rows of invoices come to.

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::{params, sql};

use crate::accounts::AccountId;
use crate::workspaces::WorkspaceId;

/// How many invoices an account has that are not void, how many of them are owed and were due before `today`, and when the oldest of
/// those was due.
pub(super) fn count_late(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    today: Day,
) -> Result<(i64, i64, Option<Day>), DbError> {
    tx.one(
        sql!(
            "select count(*) as every_one, count(case when i.due < $3 and i.paid < i.total then 1 end) as late,
               min(case when i.due < $3 and i.paid < i.total then i.due end) as oldest
             from invoices i
             left join invoice_voids v on v.workspace_id = i.workspace_id and v.invoice_id = i.id
             where i.workspace_id = $1 and i.account_id = $2 and i.issued <= $3 and v.invoice_id is null"
        ),
        params![workspace, account, today],
        |row| Ok((row.get("every_one")?, row.get("late")?, row.get("oldest")?)),
    )
}
