//! The rows of acts on many tickets.

use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use serde::Serialize;
use tandem_core::agents::AgentId;
use tandem_core::workspaces::WorkspaceId;

use super::{Answer, Bulk, BulkId, BulkRow, Fate, State};
use crate::tickets::extras::{Did, Extras};
use crate::tickets::{Field, TicketId};

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, bulk: &Bulk) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into ticket_bulks (workspace_id, id, agent_id, author, view_name, changes, state, total, done, changed, refused,
               created_at, ended_at, extras, merge_into, answer)
             values ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0, $9, null, $10, $11, $12)"
        ),
        params![
            workspace,
            bulk.id,
            bulk.agent,
            bulk.author,
            bulk.view,
            json(&bulk.changes),
            bulk.state.as_str(),
            bulk.total,
            bulk.created_at,
            (!bulk.extras.is_nothing()).then(|| json(&bulk.extras)),
            bulk.merge_into,
            bulk.answer.as_ref().map(json)
        ],
    )?;
    Ok(())
}

pub(super) fn insert_row(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    bulk: BulkId,
    (place, ticket): (i64, TicketId),
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into ticket_bulk_rows (workspace_id, bulk_id, place, ticket_id, state, change_id, reason)
             values ($1, $2, $3, $4, $5, null, '')"
        ),
        params![workspace, bulk, place, ticket, Fate::Waiting.as_str()],
    )?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, bulk: &Bulk) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update ticket_bulks
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
    bulk: BulkId,
    row: &BulkRow,
    fate: Fate,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update ticket_bulk_rows
             set state = $4, change_id = $5, reason = $6, did = $7, connection_id = $8, about = $9, message_id = $10
             where workspace_id = $1 and bulk_id = $2 and place = $3"
        ),
        params![
            workspace,
            bulk,
            row.place,
            fate.as_str(),
            row.change,
            row.reason,
            (!row.did.is_nothing()).then(|| json(&row.did)),
            row.connection,
            row.about,
            row.message
        ],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: BulkId) -> Result<Option<Bulk>, DbError> {
    tx.optional(
        sql!(
            "select id, agent_id, author, view_name, changes, state, total, done, changed, refused, created_at, ended_at, extras,
               merge_into, answer
             from ticket_bulks
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

/// The last act with this answer that an agent began and did not take back.
pub(super) fn of_answer(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    answer: &Answer,
) -> Result<Option<Bulk>, DbError> {
    tx.optional(
        sql!(
            "select id, agent_id, author, view_name, changes, state, total, done, changed, refused, created_at, ended_at, extras,
               merge_into, answer
             from ticket_bulks
             where workspace_id = $1 and agent_id = $2 and answer = $3 and state in ('running', 'done')
             order by id desc
             limit 1"
        ),
        params![workspace, agent, json(answer)],
        read,
    )
}

/// The first of its tickets with this fate.
pub(super) fn rows(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    bulk: BulkId,
    fate: Fate,
    limit: i64,
) -> Result<Vec<BulkRow>, DbError> {
    tx.rows(
        sql!(
            "select place, ticket_id, change_id, reason, did, connection_id, about, message_id
             from ticket_bulk_rows
             where workspace_id = $1 and bulk_id = $2 and state = $3
             order by place
             limit $4"
        ),
        params![workspace, bulk, fate.as_str(), limit],
        |row| {
            let did: Option<String> = row.get("did")?;
            let did = did.map_or(Ok(Did::default()), |did| serde_json::from_str(&did));
            Ok(BulkRow {
                place: row.get("place")?,
                ticket: row.get("ticket_id")?,
                change: row.get("change_id")?,
                did: did.map_err(|_| row.broken("did", "what an act did"))?,
                connection: row.get("connection_id")?,
                message: row.get("message_id")?,
                reason: row.get("reason")?,
                about: row.get("about")?,
            })
        },
    )
}

fn json(what: &impl Serialize) -> String {
    serde_json::to_string(what).expect("words and ids are always JSON")
}

fn read(row: &Row<'_>) -> Result<Bulk, DbError> {
    let (changes, state): (String, String) = (row.get("changes")?, row.get("state")?);
    let changes: Vec<(Field, String)> =
        serde_json::from_str(&changes).map_err(|_| row.broken("changes", "changes of tickets"))?;
    let answer: Option<String> = row.get("answer")?;
    let answer = answer.map(|answer| serde_json::from_str(&answer)).transpose();
    let extras: Option<String> = row.get("extras")?;
    let extras = extras.map_or(Ok(Extras::default()), |extras| serde_json::from_str(&extras));
    Ok(Bulk {
        id: row.get("id")?,
        agent: row.get("agent_id")?,
        author: row.get("author")?,
        view: row.get("view_name")?,
        changes,
        extras: extras.map_err(|_| row.broken("extras", "what an act does"))?,
        merge_into: row.get("merge_into")?,
        answer: answer.map_err(|_| row.broken("answer", "an answer"))?,
        state: State::named(&state).ok_or_else(|| row.broken("state", "a known word"))?,
        total: row.get("total")?,
        done: row.get("done")?,
        changed: row.get("changed")?,
        refused: row.get("refused")?,
        created_at: row.get("created_at")?,
        ended_at: row.get("ended_at")?,
    })
}
