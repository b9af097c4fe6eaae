//! The rows of scheduled replies.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::id::{TypedId, Uuid};
use kit::{params, sql};
use tandem_core::contacts::ContactId;
use tandem_core::workspaces::WorkspaceId;

use super::super::{Status, TicketId};
use super::{Place, Scheduled, ScheduledId, State};

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, one: &Scheduled) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into scheduled_replies (workspace_id, id, ticket_id, home_id, contact_id, agent_id, author, may, token_id, body, html,
               then_status, due_at, unless_reply, made_at, state)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
        ),
        params![
            workspace,
            one.id,
            one.ticket,
            one.home,
            one.contact,
            one.agent,
            one.author,
            one.may,
            one.token,
            one.body,
            one.html,
            one.then.map(Status::as_str),
            one.due_at,
            one.unless_reply,
            one.made_at,
            one.state.as_str()
        ],
    )?;
    Ok(())
}

/// Stores what became of one.
pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, one: &Scheduled) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update scheduled_replies
             set due_at = $3, moved_from = $4, unless_reply = $5, state = $6, ended_at = $7, ended_by = $8, message_id = $9
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            one.id,
            one.due_at,
            one.moved_from,
            one.unless_reply,
            one.state.as_str(),
            one.ended_at,
            one.ended_by,
            one.message
        ],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: ScheduledId,
) -> Result<Option<Scheduled>, DbError> {
    tx.optional(
        sql!(
            "select id, ticket_id, home_id, contact_id, agent_id, author, may, token_id, body, html, then_status, due_at, moved_from,
               unless_reply, made_at, state, ended_at, ended_by, message_id
             from scheduled_replies
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

pub(super) fn of_ticket(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Vec<Scheduled>, DbError> {
    tx.rows(
        sql!(
            "select id, ticket_id, home_id, contact_id, agent_id, author, may, token_id, body, html, then_status, due_at, moved_from,
               unless_reply, made_at, state, ended_at, ended_by, message_id
             from scheduled_replies
             where workspace_id = $1 and ticket_id = $2
             order by id"
        ),
        params![workspace, ticket],
        read,
    )
}

/// Those that wait in a ticket.
pub(super) fn waiting_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Vec<Scheduled>, DbError> {
    let mut all = of_ticket(tx, workspace, ticket)?;
    all.retain(|one| one.state == State::Waiting);
    Ok(all)
}

/// Those that wait in a workspace, unless their ticket lies apart, the next first, after a place.
pub(super) fn waiting(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<Scheduled>, DbError> {
    let (at, id) = after.unwrap_or_else(|| (Timestamp(0), ScheduledId::from_uuid(Uuid::nil())));
    tx.rows(
        sql!(
            "select id, ticket_id, home_id, contact_id, agent_id, author, may, token_id, body, html, then_status, due_at, moved_from,
               unless_reply, made_at, state, ended_at, ended_by, message_id
             from scheduled_replies
             where workspace_id = $1 and state = 'waiting' and (due_at, id) > ($2, $3)
               and not exists (
                 select 1
                 from tickets t
                 where t.workspace_id = scheduled_replies.workspace_id and t.id = scheduled_replies.ticket_id
                   and t.shelf in ('spam', 'trash'))
             order by due_at, id
             limit $4"
        ),
        params![workspace, at, id, limit],
        read,
    )
}

/// Those of all workspaces that are due.
pub(super) fn due(
    tx: &mut Tx<'_>,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(WorkspaceId, ScheduledId)>, DbError> {
    tx.rows(
        sql!(
            "select workspace_id, id
             from scheduled_replies
             where state = 'waiting' and due_at <= $1
             order by due_at
             limit $2"
        ),
        params![now, limit],
        |row| Ok((row.get("workspace_id")?, row.get("id")?)),
    )
}

/// Those of a ticket that were not sent are another's.
pub(super) fn carry(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (from, to): (TicketId, TicketId),
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update scheduled_replies
             set ticket_id = $3
             where workspace_id = $1 and ticket_id = $2 and state <> 'sent'"
        ),
        params![workspace, from, to],
    )?;
    Ok(())
}

/// Those that were written in a ticket, wherever they wait now.
pub(super) fn at_home(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    home: TicketId,
) -> Result<Vec<Scheduled>, DbError> {
    tx.rows(
        sql!(
            "select id, ticket_id, home_id, contact_id, agent_id, author, may, token_id, body, html, then_status, due_at, moved_from,
               unless_reply, made_at, state, ended_at, ended_by, message_id
             from scheduled_replies
             where workspace_id = $1 and home_id = $2
             order by id"
        ),
        params![workspace, home],
        read,
    )
}

/// One waits in another ticket.
pub(super) fn carry_one(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: ScheduledId,
    to: TicketId,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update scheduled_replies set ticket_id = $3 where workspace_id = $1 and id = $2"),
        params![workspace, id, to],
    )?;
    Ok(())
}

/// Those that were written to a contact, and those in their tickets that were written to nobody.
pub(super) fn of_contact(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<Vec<Scheduled>, DbError> {
    tx.rows(
        sql!(
            "select id, ticket_id, home_id, contact_id, agent_id, author, may, token_id, body, html, then_status, due_at, moved_from,
               unless_reply, made_at, state, ended_at, ended_by, message_id
             from scheduled_replies
             where workspace_id = $1 and contact_id = $2
             union all
             select id, ticket_id, home_id, contact_id, agent_id, author, may, token_id, body, html, then_status, due_at, moved_from,
               unless_reply, made_at, state, ended_at, ended_by, message_id
             from scheduled_replies
             where workspace_id = $1 and contact_id is null
               and ticket_id in (select id from tickets where workspace_id = $1 and contact_id = $2)
             order by id"
        ),
        params![workspace, contact],
        read,
    )
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, id: ScheduledId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from scheduled_replies where workspace_id = $1 and id = $2"),
        params![workspace, id],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Scheduled, DbError> {
    let (then, state): (Option<String>, String) = (row.get("then_status")?, row.get("state")?);
    let then = then.map(|word| {
        word.parse::<Status>()
            .map_err(|_| row.broken("then_status", "a status"))
    });
    Ok(Scheduled {
        id: row.get("id")?,
        ticket: row.get("ticket_id")?,
        home: row.get("home_id")?,
        contact: row.get("contact_id")?,
        agent: row.get("agent_id")?,
        author: row.get("author")?,
        may: row.get("may")?,
        token: row.get("token_id")?,
        body: row.get("body")?,
        html: row.get("html")?,
        then: then.transpose()?,
        due_at: row.get("due_at")?,
        moved_from: row.get("moved_from")?,
        unless_reply: row.get("unless_reply")?,
        made_at: row.get("made_at")?,
        state: State::parse(&state).ok_or_else(|| row.broken("state", "a state of a scheduled reply"))?,
        ended_at: row.get("ended_at")?,
        ended_by: row.get("ended_by")?,
        message: row.get("message_id")?,
    })
}
