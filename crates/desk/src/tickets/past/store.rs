//! The rows of many tickets at once.

use kit::db::{DbError, ToParam, Tx, Value};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use crate::tickets::{Change, Message, MessageId, Ticket, TicketId};

/// Takes numbers; gives the last of them.
pub(super) fn take_numbers(tx: &mut Tx<'_>, workspace: WorkspaceId, count: i64) -> Result<i64, DbError> {
    tx.one(
        sql!(
            "insert into ticket_numbers (workspace_id, last)
             values ($1, $2)
             on conflict (workspace_id) do update set last = ticket_numbers.last + excluded.last
             returning last"
        ),
        params![workspace, count],
        |row| row.get("last"),
    )
}

pub(super) fn insert_tickets(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    tickets: &[&Ticket],
) -> Result<(), DbError> {
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into tickets (workspace_id, id, number, account_id, contact_id, subject, status, priority, kind, channel,
                     agent_id, team_id, snoozed_until, shelf, preview, is_ours, replies, reopenings, opened_at, touched_at,
                     replied_at, first_solved_at, solved_at, last_public, version)
                   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
                     $23, $24, $25)",
            pg: "insert into tickets (workspace_id, id, number, account_id, contact_id, subject, status, priority, kind, channel,
                   agent_id, team_id, snoozed_until, shelf, preview, is_ours, replies, reopenings, opened_at, touched_at,
                   replied_at, first_solved_at, solved_at, last_public, version)
                 select $1, r.id, r.number, r.account_id, r.contact_id, r.subject, r.status, r.priority, r.kind, r.channel,
                   r.agent_id, r.team_id, r.snoozed_until, r.shelf, r.preview, r.is_ours, r.replies, r.reopenings, r.opened_at,
                   r.touched_at, r.replied_at, r.first_solved_at, r.solved_at, r.last_public, r.version
                 from unnest($2::bytea[], $3::bigint[], $4::bytea[], $5::bytea[], $6::text[], $7::text[], $8::text[], $9::text[],
                     $10::text[], $11::bytea[], $12::bytea[], $13::bigint[], $14::text[], $15::text[], $16::boolean[],
                     $17::bigint[], $18::bigint[], $19::bigint[], $20::bigint[], $21::bigint[], $22::bigint[], $23::bigint[],
                     $24::bytea[], $25::bigint[])
                   as r (id, number, account_id, contact_id, subject, status, priority, kind, channel, agent_id, team_id,
                     snoozed_until, shelf, preview, is_ours, replies, reopenings, opened_at, touched_at, replied_at,
                     first_solved_at, solved_at, last_public, version)",
        },
        params![
            workspace,
            Value::list(tickets, |ticket| ticket.id.to_param()),
            Value::list(tickets, |ticket| ticket.number.to_param()),
            Value::list(tickets, |ticket| ticket.account.to_param()),
            Value::list(tickets, |ticket| ticket.contact.to_param()),
            Value::list(tickets, |ticket| ticket.subject.to_param()),
            Value::list(tickets, |ticket| ticket.status.as_str().to_param()),
            Value::list(tickets, |ticket| ticket.priority.as_str().to_param()),
            Value::list(tickets, |ticket| ticket.kind.as_str().to_param()),
            Value::list(tickets, |ticket| ticket.channel.as_str().to_param()),
            Value::list(tickets, |ticket| ticket.agent.to_param()),
            Value::list(tickets, |ticket| ticket.team.to_param()),
            Value::list(tickets, |ticket| ticket.snoozed_until.to_param()),
            Value::list(tickets, |ticket| ticket.shelf().to_param()),
            Value::list(tickets, |ticket| ticket.preview.to_param()),
            Value::list(tickets, |ticket| ticket.is_ours.to_param()),
            Value::list(tickets, |ticket| ticket.replies.to_param()),
            Value::list(tickets, |ticket| ticket.reopenings.to_param()),
            Value::list(tickets, |ticket| ticket.opened_at.to_param()),
            Value::list(tickets, |ticket| ticket.touched_at.to_param()),
            Value::list(tickets, |ticket| ticket.replied_at.to_param()),
            Value::list(tickets, |ticket| ticket.first_solved_at.to_param()),
            Value::list(tickets, |ticket| ticket.solved_at.to_param()),
            Value::list(tickets, |ticket| ticket.last_public.to_param()),
            Value::list(tickets, |ticket| ticket.version.to_param())
        ],
    )?;
    Ok(())
}

pub(super) fn insert_messages(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    messages: &[&Message],
) -> Result<(), DbError> {
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into ticket_messages (workspace_id, id, ticket_id, kind, author, contact_id, body, written_at)
                   values ($1, $2, $3, $4, $5, $6, $7, $8)",
            pg: "insert into ticket_messages (workspace_id, id, ticket_id, kind, author, contact_id, body, written_at)
                 select $1, r.id, r.ticket_id, r.kind, r.author, r.contact_id, r.body, r.written_at
                 from unnest($2::bytea[], $3::bytea[], $4::text[], $5::text[], $6::bytea[], $7::text[], $8::bigint[])
                   as r (id, ticket_id, kind, author, contact_id, body, written_at)",
        },
        params![
            workspace,
            Value::list(messages, |message| message.id.to_param()),
            Value::list(messages, |message| message.ticket.to_param()),
            Value::list(messages, |message| message.kind.as_str().to_param()),
            Value::list(messages, |message| message.author.to_param()),
            Value::list(messages, |message| message.contact.to_param()),
            Value::list(messages, |message| message.body.to_param()),
            Value::list(messages, |message| message.written_at.to_param())
        ],
    )?;
    Ok(())
}

pub(super) fn insert_changes(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    changes: &[&Change],
) -> Result<(), DbError> {
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into ticket_changes (workspace_id, id, ticket_id, field, before_value, after_value, author, changed_at,
                     undoes)
                   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            pg: "insert into ticket_changes (workspace_id, id, ticket_id, field, before_value, after_value, author, changed_at,
                   undoes)
                 select $1, r.id, r.ticket_id, r.field, r.before_value, r.after_value, r.author, r.changed_at, r.undoes
                 from unnest($2::bytea[], $3::bytea[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::bytea[])
                   as r (id, ticket_id, field, before_value, after_value, author, changed_at, undoes)",
        },
        params![
            workspace,
            Value::list(changes, |change| change.id.to_param()),
            Value::list(changes, |change| change.ticket.to_param()),
            Value::list(changes, |change| change.field.as_str().to_param()),
            Value::list(changes, |change| change.before.to_param()),
            Value::list(changes, |change| change.after.to_param()),
            Value::list(changes, |change| change.author.to_param()),
            Value::list(changes, |change| change.at.to_param()),
            Value::list(changes, |change| change.undoes.to_param())
        ],
    )?;
    Ok(())
}

/// Takes a message away.
pub(super) fn delete_message(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    message: MessageId,
) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from ticket_messages where workspace_id = $1 and id = $2"),
        params![workspace, message],
    )?;
    Ok(())
}

/// Takes a ticket away with what was written and changed in it. What else stands on it holds it.
pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, ticket: TicketId) -> Result<(), DbError> {
    let statements = [
        sql!("delete from ticket_messages where workspace_id = $1 and ticket_id = $2"),
        sql!("delete from ticket_changes where workspace_id = $1 and ticket_id = $2"),
        sql!("delete from tickets where workspace_id = $1 and id = $2"),
    ];
    for statement in statements {
        tx.execute(statement, params![workspace, ticket])?;
    }
    Ok(())
}
