//! The rows of acts on many accounts.

use kit::db::{DbError, Row, Tx};
use kit::{params, sql};

use super::{AccountBulk, AccountBulkId, AccountBulkRow, Fate, State};
use crate::accounts::AccountId;
use crate::workspaces::WorkspaceId;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, bulk: &AccountBulk) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into account_bulks (workspace_id, id, agent_id, author, back, deeds, state, total, done, changed, refused,
               created_at, ended_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0, $9, null)"
        ),
        params![
            workspace,
            bulk.id,
            bulk.agent,
            bulk.author,
            bulk.back,
            serde_json::to_string(&bulk.deeds).expect("words are always JSON"),
            bulk.state.as_str(),
            bulk.total,
            bulk.created_at
        ],
    )?;
    Ok(())
}

pub(super) fn insert_row(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    bulk: AccountBulkId,
    (place, account): (i64, AccountId),
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into account_bulk_rows (workspace_id, bulk_id, place, account_id, state, traces, reason)
             values ($1, $2, $3, $4, $5, '[]', '')"
        ),
        params![workspace, bulk, place, account, Fate::Waiting.as_str()],
    )?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, bulk: &AccountBulk) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update account_bulks
             set state = $3, total = $4, done = $5, changed = $6, refused = $7, ended_at = $8, agent_id = $9, author = $10
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            bulk.id,
            bulk.state.as_str(),
            bulk.total,
            bulk.done,
            bulk.changed,
            bulk.refused,
            bulk.ended_at,
            bulk.agent,
            bulk.author
        ],
    )?;
    Ok(())
}

pub(super) fn update_row(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    bulk: AccountBulkId,
    row: &AccountBulkRow,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update account_bulk_rows
             set state = $4, traces = $5, reason = $6
             where workspace_id = $1 and bulk_id = $2 and place = $3"
        ),
        params![
            workspace,
            bulk,
            row.place,
            row.fate.as_str(),
            serde_json::to_string(&row.traces).expect("words are always JSON"),
            row.reason
        ],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: AccountBulkId,
) -> Result<Option<AccountBulk>, DbError> {
    tx.optional(
        sql!(
            "select id, agent_id, author, back, deeds, state, total, done, changed, refused, created_at, ended_at
             from account_bulks
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

/// The first of its accounts with this fate.
pub(super) fn rows(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    bulk: AccountBulkId,
    fate: Fate,
    limit: i64,
) -> Result<Vec<AccountBulkRow>, DbError> {
    tx.rows(
        sql!(
            "select place, account_id, state, traces, reason
             from account_bulk_rows
             where workspace_id = $1 and bulk_id = $2 and state = $3
             order by place
             limit $4"
        ),
        params![workspace, bulk, fate.as_str(), limit],
        read_row,
    )
}

/// Its accounts with one of these fates after a place, each with what it is called now.
pub(super) fn results(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    bulk: AccountBulkId,
    fates: &[String],
    (after, limit): (i64, i64),
) -> Result<Vec<(AccountBulkRow, Option<String>)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select r.place, r.account_id, r.state, r.traces, r.reason, a.name
                   from account_bulk_rows r
                   left join accounts a on a.workspace_id = r.workspace_id and a.id = r.account_id
                   where r.workspace_id = $1 and r.bulk_id = $2 and r.state in rarray($3) and r.place > $4
                   order by r.place
                   limit $5",
            pg: "select r.place, r.account_id, r.state, r.traces, r.reason, a.name
                 from account_bulk_rows r
                 left join accounts a on a.workspace_id = r.workspace_id and a.id = r.account_id
                 where r.workspace_id = $1 and r.bulk_id = $2 and r.state = any($3) and r.place > $4
                 order by r.place
                 limit $5",
        },
        params![workspace, bulk, fates, after, limit],
        |row| Ok((read_row(row)?, row.get("name")?)),
    )
}

fn read_row(row: &Row<'_>) -> Result<AccountBulkRow, DbError> {
    let (state, traces): (String, String) = (row.get("state")?, row.get("traces")?);
    Ok(AccountBulkRow {
        place: row.get("place")?,
        account: row.get("account_id")?,
        fate: Fate::named(&state).ok_or_else(|| row.broken("state", "a known word"))?,
        traces: serde_json::from_str(&traces).map_err(|_| row.broken("traces", "a list of words"))?,
        reason: row.get("reason")?,
    })
}

fn read(row: &Row<'_>) -> Result<AccountBulk, DbError> {
    let (deeds, state): (String, String) = (row.get("deeds")?, row.get("state")?);
    Ok(AccountBulk {
        id: row.get("id")?,
        agent: row.get("agent_id")?,
        author: row.get("author")?,
        back: row.get("back")?,
        deeds: serde_json::from_str(&deeds).map_err(|_| row.broken("deeds", "deeds"))?,
        state: State::named(&state).ok_or_else(|| row.broken("state", "a known word"))?,
        total: row.get("total")?,
        done: row.get("done")?,
        changed: row.get("changed")?,
        refused: row.get("refused")?,
        created_at: row.get("created_at")?,
        ended_at: row.get("ended_at")?,
    })
}
