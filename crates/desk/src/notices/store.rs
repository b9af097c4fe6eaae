//! The rows of choices and notices.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::agents::AgentId;
use tandem_core::workspaces::WorkspaceId;

use super::listing::Asked;
use super::{Choices, Kinds, NoticeId, Reason, TicketNotice};
use crate::tickets::{MessageId, TicketId};

pub(super) fn choices(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
) -> Result<Option<Choices>, DbError> {
    tx.optional(
        sql!(
            "select assigned, heard, mentioned, followed, low, failed, bell, browser, version
             from agent_notice_choices
             where workspace_id = $1 and agent_id = $2"
        ),
        params![workspace, agent],
        |row| {
            Ok(Choices {
                assigned: row.get("assigned")?,
                heard: row.get("heard")?,
                mentioned: row.get("mentioned")?,
                followed: row.get("followed")?,
                low: row.get("low")?,
                failed: row.get("failed")?,
                bell: Kinds::read(&row.get::<String>("bell")?),
                browser: Kinds::read(&row.get::<String>("browser")?),
                version: row.get("version")?,
            })
        },
    )
}

pub(super) fn put(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    choices: Choices,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into agent_notice_choices (workspace_id, agent_id, assigned, heard, mentioned, followed, version, low, failed,
               bell, browser)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             on conflict (workspace_id, agent_id) do update
             set assigned = excluded.assigned, heard = excluded.heard, mentioned = excluded.mentioned,
               followed = excluded.followed, version = excluded.version, low = excluded.low, failed = excluded.failed,
               bell = excluded.bell, browser = excluded.browser"
        ),
        params![
            workspace,
            agent,
            choices.assigned,
            choices.heard,
            choices.mentioned,
            choices.followed,
            choices.version,
            choices.low,
            choices.failed,
            choices.bell.written(),
            choices.browser.written()
        ],
    )?;
    Ok(())
}

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, notice: &TicketNotice) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into agent_notices (workspace_id, id, agent_id, ticket_id, message_id, reason, is_internal, made_at, expires_at,
               is_mailed, is_shown, is_browsed, moved_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $8)"
        ),
        params![
            workspace,
            notice.id,
            notice.agent,
            notice.ticket,
            notice.message,
            notice.reason.as_str(),
            notice.is_internal,
            notice.made_at,
            notice.expires_at,
            notice.is_mailed,
            notice.is_shown,
            notice.is_browsed
        ],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: NoticeId,
) -> Result<Option<TicketNotice>, DbError> {
    tx.optional(
        sql!(
            "select id, agent_id, ticket_id, message_id, reason, is_internal, made_at, expires_at, is_mailed, is_shown, is_browsed,
               read_at
             from agent_notices
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

/// A row with every column of a notice.
fn read(row: &Row<'_>) -> Result<TicketNotice, DbError> {
    let reason: String = row.get("reason")?;
    Ok(TicketNotice {
        id: row.get("id")?,
        agent: row.get("agent_id")?,
        ticket: row.get("ticket_id")?,
        message: row.get("message_id")?,
        reason: Reason::parse(&reason).ok_or_else(|| row.broken("reason", "a reason of a notice"))?,
        is_internal: row.get("is_internal")?,
        made_at: row.get("made_at")?,
        expires_at: row.get("expires_at")?,
        is_mailed: row.get("is_mailed")?,
        is_shown: row.get("is_shown")?,
        is_browsed: row.get("is_browsed")?,
        read_at: row.get("read_at")?,
    })
}

/// The messages that an agent was told of in a ticket since a moment; none for what was no message.
pub(super) fn told_since(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (agent, ticket): (AgentId, TicketId),
    since: Timestamp,
) -> Result<Vec<Option<MessageId>>, DbError> {
    tx.rows(
        sql!(
            "select message_id
             from agent_notices
             where workspace_id = $1 and agent_id = $2 and ticket_id = $3 and made_at >= $4"
        ),
        params![workspace, agent, ticket, since],
        |row| row.get("message_id"),
    )
}

/// Forgets notices of an agent that nobody can answer any more.
pub(super) fn forget(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    now: Timestamp,
) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from agent_notices where workspace_id = $1 and agent_id = $2 and expires_at < $3"),
        params![workspace, agent, now],
    )?;
    Ok(())
}

/// A part of what is in an agent's bell, the newest first.
pub(super) fn part(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    asked: &Asked,
    limit: i64,
) -> Result<Vec<TicketNotice>, DbError> {
    tx.rows(
        sql!(
            "select id, agent_id, ticket_id, message_id, reason, is_internal, made_at, expires_at, is_mailed, is_shown, is_browsed,
               read_at
             from agent_notices
             where workspace_id = $1 and agent_id = $2 and is_shown = $3
               and (id < $4 or $5 = true)
               and (read_at is null or $6 = false)
               and (reason = $7 or $7 = '')
             order by id desc
             limit $8"
        ),
        params![
            workspace,
            agent,
            true,
            asked.after.map(|cursor| cursor.0),
            asked.after.is_none(),
            asked.only_unread,
            asked.reason.map_or("", Reason::as_str),
            limit
        ],
        read,
    )
}

/// The newest unread ones that the browser shows.
pub(super) fn browsed(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    limit: i64,
) -> Result<Vec<TicketNotice>, DbError> {
    tx.rows(
        sql!(
            "select id, agent_id, ticket_id, message_id, reason, is_internal, made_at, expires_at, is_mailed, is_shown, is_browsed,
               read_at
             from agent_notices
             where workspace_id = $1 and agent_id = $2 and is_browsed = $3 and read_at is null
             order by id desc
             limit $4"
        ),
        params![workspace, agent, true, limit],
        read,
    )
}

/// How many in an agent's bell are unread; no further than `most`.
pub(super) fn unread(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    most: i64,
) -> Result<i64, DbError> {
    tx.one(
        sql!(
            "select count(*) as n
             from (
               select id
               from agent_notices
               where workspace_id = $1 and agent_id = $2 and is_shown = $3 and read_at is null
               limit $4) newest"
        ),
        params![workspace, agent, true, most],
        |row| row.get("n"),
    )
}

/// A notice, and when it was read.
type Known = (NoticeId, Option<Timestamp>);

/// Every unread one of an agent.
pub(super) fn all_unread(
    tx: &mut Tx<'_>,
    (workspace, agent): (WorkspaceId, AgentId),
) -> Result<Vec<Known>, DbError> {
    tx.rows(
        sql!(
            "select id, read_at
             from agent_notices
             where workspace_id = $1 and agent_id = $2 and is_shown = $3 and read_at is null
             order by id"
        ),
        params![workspace, agent, true],
        |row| Ok((row.get("id")?, row.get("read_at")?)),
    )
}

/// Those of an agent that were read at a moment.
pub(super) fn read_at(
    tx: &mut Tx<'_>,
    (workspace, agent): (WorkspaceId, AgentId),
    at: Timestamp,
) -> Result<Vec<NoticeId>, DbError> {
    tx.rows(
        sql!(
            "select id
             from agent_notices
             where workspace_id = $1 and agent_id = $2 and is_shown = $3 and read_at = $4
             order by id"
        ),
        params![workspace, agent, true, at],
        |row| row.get("id"),
    )
}

/// Those of these that are the agent's.
pub(super) fn own(
    tx: &mut Tx<'_>,
    (workspace, agent): (WorkspaceId, AgentId),
    named: &[NoticeId],
) -> Result<Vec<Known>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select id, read_at
                   from agent_notices
                   where workspace_id = $1 and agent_id = $2 and id in (select value from rarray($3))
                   order by id",
            pg: "select id, read_at
                 from agent_notices
                 where workspace_id = $1 and agent_id = $2 and id = any($3)
                 order by id",
        },
        params![workspace, agent, named],
        |row| Ok((row.get("id")?, row.get("read_at")?)),
    )
}

/// The unread ones of an agent about a ticket.
pub(super) fn unread_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (agent, ticket): (AgentId, TicketId),
) -> Result<Vec<NoticeId>, DbError> {
    tx.rows(
        sql!(
            "select id
             from agent_notices
             where workspace_id = $1 and agent_id = $2 and ticket_id = $3 and read_at is null
               and (is_shown = $4 or is_browsed = $4)
             order by id"
        ),
        params![workspace, agent, ticket, true],
        |row| row.get("id"),
    )
}

/// They are read as of now, or unread again.
pub(super) fn set_read(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[NoticeId],
    is_read: bool,
) -> Result<(), DbError> {
    let now = tx.now();
    let read_at = is_read.then_some(now);
    tx.execute(
        sql! {
            kind: "list of values",
            lite: "update agent_notices
                   set read_at = $3, moved_at = $4
                   where workspace_id = $1 and id in (select value from rarray($2))",
            pg: "update agent_notices
                 set read_at = $3, moved_at = $4
                 where workspace_id = $1 and id = any($2)",
        },
        params![workspace, ids, read_at, now],
    )?;
    Ok(())
}

/// Whose notices changed since a moment, in all workspaces, with when.
pub(super) fn moved(
    tx: &mut Tx<'_>,
    since: Timestamp,
) -> Result<Vec<(WorkspaceId, AgentId, Timestamp)>, DbError> {
    tx.rows(
        sql!(
            // global: streams are told what moved in all workspaces
            "select workspace_id, agent_id, max(moved_at) as at
             from agent_notices
             where moved_at > $1
             group by workspace_id, agent_id"
        ),
        params![since],
        |row| Ok((row.get("workspace_id")?, row.get("agent_id")?, row.get("at")?)),
    )
}

pub(super) fn delete_of_ticket(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from agent_notices where workspace_id = $1 and ticket_id = $2"),
        params![workspace, ticket],
    )?;
    Ok(())
}
