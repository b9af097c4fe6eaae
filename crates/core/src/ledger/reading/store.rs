//! The statements of what retention reads account by account.

use kit::day::Day;
use kit::db::{DbError, Row, Tx};
use kit::id::{TypedId, Uuid};
use kit::money::Currency;
use kit::{params, sql};

use crate::accounts::AccountId;
use crate::ledger::store::read;
use crate::ledger::{AccountMovement, Kind, Movement};
use crate::workspaces::WorkspaceId;

/// Up to `limit` movements of one kind on days from `from` on and before `until`, after one of them.
pub(super) fn moved(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    kind: Kind,
    (from, until): (Day, Day),
    (after, limit): (Option<(Day, AccountId, Currency)>, i64),
) -> Result<Vec<AccountMovement>, DbError> {
    let (day, account, currency) = match after {
        // An account moves in several currencies on one day.
        Some((day, account, currency)) => (day, account.uuid(), currency.to_string()),
        None => (from.plus_days(-1), Uuid::max(), String::new()),
    };
    tx.rows(
        sql!(
            "select m.account_id, a.name, m.day, m.currency, m.kind, m.amount, m.closing, m.is_active
             from ledger_movements m
             join accounts a on a.workspace_id = m.workspace_id and a.id = m.account_id
             where m.workspace_id = $1 and m.kind = $2 and (m.day, m.account_id, m.currency) > ($3, $4, $5) and m.day < $6
             order by m.day, m.account_id, m.currency
             limit $7"
        ),
        params![workspace, kind.as_str(), day, account, currency, until, limit],
        read_account,
    )
}

/// Up to `limit` accounts that were active on the eve of `from`, after one account. With `only_lost` those alone that are not
/// active on the eve of `until`.
pub(super) fn active(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (from, until): (Day, Day),
    only_lost: bool,
    (after, limit): (Option<AccountId>, i64),
) -> Result<Vec<(AccountId, String)>, DbError> {
    let after = after.map_or(Uuid::nil(), TypedId::uuid);
    tx.rows(
        sql!(
            "select m.account_id, a.name
             from ledger_movements m
             join accounts a on a.workspace_id = m.workspace_id and a.id = m.account_id
             where m.workspace_id = $1 and m.account_id > $2 and m.day < $3 and m.is_active
               and not exists (
                 select 1
                 from ledger_movements n
                 where n.workspace_id = m.workspace_id and n.account_id = m.account_id and n.day < $3
                   and (n.day > m.day or (n.day = m.day and n.currency > m.currency))
               )
               and ($4 = false or exists (
                 select 1
                 from ledger_movements l
                 where l.workspace_id = m.workspace_id and l.account_id = m.account_id and l.day < $5
                   and not l.is_active and l.day >= $3
                   and not exists (
                     select 1
                     from ledger_movements k
                     where k.workspace_id = l.workspace_id and k.account_id = l.account_id and k.day < $5
                       and k.day > l.day
                   )
               ))
             order by m.account_id
             limit $6"
        ),
        params![workspace, after, from, only_lost, until, limit],
        named,
    )
}

/// Up to `limit` accounts that first came on days from `from` on and before `until`, after one account. With a day for
/// `still` those alone that were active on its eve.
pub(super) fn came(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (from, until): (Day, Day),
    still: Option<Day>,
    (after, limit): (Option<AccountId>, i64),
) -> Result<Vec<(AccountId, String)>, DbError> {
    let after = after.map_or(Uuid::nil(), TypedId::uuid);
    tx.rows(
        sql!(
            "select distinct m.account_id, a.name
             from ledger_movements m
             join accounts a on a.workspace_id = m.workspace_id and a.id = m.account_id
             where m.workspace_id = $1 and m.account_id > $2 and m.kind = 'new' and m.day >= $3 and m.day < $4
               and ($5 = false or exists (
                 select 1
                 from ledger_movements l
                 where l.workspace_id = m.workspace_id and l.account_id = m.account_id and l.day < $6 and l.is_active
                   and not exists (
                     select 1
                     from ledger_movements k
                     where k.workspace_id = l.workspace_id and k.account_id = l.account_id and k.day < $6
                       and k.day > l.day
                   )
               ))
             order by m.account_id
             limit $7"
        ),
        params![workspace, after, from, until, still.is_some(), still.unwrap_or(until), limit],
        named,
    )
}

/// The movements before `until` of the accounts that ever had several currencies.
pub(super) fn mixed(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    until: Day,
) -> Result<Vec<(AccountId, Movement)>, DbError> {
    tx.rows(
        sql!(
            "select m.account_id, m.day, m.currency, m.kind, m.amount, m.closing, m.is_active
             from ledger_mixed x
             cross join ledger_movements m
             where x.workspace_id = $1 and m.workspace_id = x.workspace_id and m.account_id = x.account_id and m.day < $2
             order by m.account_id, m.day, m.currency"
        ),
        params![workspace, until],
        |row| Ok((row.get("account_id")?, read(row)?)),
    )
}

fn named(row: &Row<'_>) -> Result<(AccountId, String), DbError> {
    Ok((row.get("account_id")?, row.get("name")?))
}

fn read_account(row: &Row<'_>) -> Result<AccountMovement, DbError> {
    Ok(AccountMovement {
        account: row.get("account_id")?,
        name: row.get("name")?,
        movement: read(row)?,
    })
}
