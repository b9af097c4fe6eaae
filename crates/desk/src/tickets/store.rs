//! The rows of tickets and their numbers.

use std::collections::BTreeMap;

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::contacts::ContactId;
use tandem_core::workspaces::WorkspaceId;

use super::{Ticket, TicketId};
use crate::statuses::StatusId;

/// The next number of a workspace's tickets; the first is 1.
pub(super) fn next_number(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<i64, DbError> {
    tx.one(
        sql!(
            "insert into ticket_numbers (workspace_id, last)
             values ($1, 1)
             on conflict (workspace_id) do update set last = ticket_numbers.last + 1
             returning last"
        ),
        params![workspace],
        |row| row.get("last"),
    )
}

/// Whether a ticket that is no sample has ever been answered.
pub(super) fn has_answered(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<bool, DbError> {
    let found: Option<TicketId> = tx.optional(
        sql!(
            "select t.id
             from tickets t
             left join sample_accounts s on s.workspace_id = t.workspace_id and s.account_id = t.account_id
             where t.workspace_id = $1 and t.replied_at is not null and s.account_id is null
             limit 1"
        ),
        params![workspace],
        |row| row.get("id"),
    )?;
    Ok(found.is_some())
}

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, ticket: &Ticket) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into tickets (workspace_id, id, number, account_id, contact_id, subject, status, priority, kind, channel,
               agent_id, team_id, snoozed_until, shelf, preview, is_ours, replies, reopenings, opened_at, touched_at, replied_at,
               first_solved_at, solved_at, last_public, version, own_status)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
               $25, $26)"
        ),
        params![
            workspace,
            ticket.id,
            ticket.number,
            ticket.account,
            ticket.contact,
            ticket.subject,
            ticket.status.as_str(),
            ticket.priority.as_str(),
            ticket.kind.as_str(),
            ticket.channel.as_str(),
            ticket.agent,
            ticket.team,
            ticket.snoozed_until,
            ticket.shelf(),
            ticket.preview,
            ticket.is_ours,
            ticket.replies,
            ticket.reopenings,
            ticket.opened_at,
            ticket.touched_at,
            ticket.replied_at,
            ticket.first_solved_at,
            ticket.solved_at,
            ticket.last_public,
            ticket.version,
            ticket.own
        ],
    )?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, ticket: &Ticket) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update tickets
             set account_id = $3, contact_id = $4, subject = $5, status = $6, priority = $7, kind = $8, agent_id = $9, team_id = $10,
               snoozed_until = $11, shelf = $12, preview = $13, replies = $14, reopenings = $15, touched_at = $16, replied_at = $17,
               first_solved_at = $18, solved_at = $19, last_public = $20, version = $21, own_status = $22
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            ticket.id,
            ticket.account,
            ticket.contact,
            ticket.subject,
            ticket.status.as_str(),
            ticket.priority.as_str(),
            ticket.kind.as_str(),
            ticket.agent,
            ticket.team,
            ticket.snoozed_until,
            ticket.shelf(),
            ticket.preview,
            ticket.replies,
            ticket.reopenings,
            ticket.touched_at,
            ticket.replied_at,
            ticket.first_solved_at,
            ticket.solved_at,
            ticket.last_public,
            ticket.version,
            ticket.own
        ],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: TicketId) -> Result<Option<Ticket>, DbError> {
    tx.optional(
        sql!(
            "select id, number, account_id, contact_id, subject, status, priority, kind, channel, agent_id, team_id, snoozed_until,
               preview, is_ours, replies, reopenings, opened_at, touched_at, replied_at, first_solved_at, solved_at, last_public, version,
               own_status
             from tickets
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

pub(super) fn numbered(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    number: i64,
) -> Result<Option<Ticket>, DbError> {
    tx.optional(
        sql!(
            "select id, number, account_id, contact_id, subject, status, priority, kind, channel, agent_id, team_id, snoozed_until,
               preview, is_ours, replies, reopenings, opened_at, touched_at, replied_at, first_solved_at, solved_at, last_public, version,
               own_status
             from tickets
             where workspace_id = $1 and number = $2"
        ),
        params![workspace, number],
        read,
    )
}

/// Tickets in the order of their ids, after one.
pub(super) fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: TicketId,
    limit: i64,
) -> Result<Vec<Ticket>, DbError> {
    tx.rows(
        sql!(
            "select id, number, account_id, contact_id, subject, status, priority, kind, channel, agent_id, team_id, snoozed_until,
               preview, is_ours, replies, reopenings, opened_at, touched_at, replied_at, first_solved_at, solved_at, last_public, version,
               own_status
             from tickets
             where workspace_id = $1 and id > $2
             order by id
             limit $3"
        ),
        params![workspace, last, limit],
        read,
    )
}

/// The workspace's own statuses of these tickets, of those that have one.
pub(super) fn own_statuses(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    tickets: &[TicketId],
) -> Result<BTreeMap<TicketId, StatusId>, DbError> {
    let found: Vec<(TicketId, StatusId)> = tx.rows(
        sql! {
            kind: "list of values",
            lite: "select id, own_status
                   from tickets
                   where workspace_id = $1 and own_status is not null and id in (select value from rarray($2))",
            pg: "select id, own_status
                 from tickets
                 where workspace_id = $1 and own_status is not null and id = any($2)",
        },
        params![workspace, tickets],
        |row| Ok((row.get("id")?, row.get("own_status")?)),
    )?;
    Ok(found.into_iter().collect())
}

/// Snoozed tickets of all workspaces that are due.
pub(super) fn due(
    tx: &mut Tx<'_>,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(WorkspaceId, TicketId)>, DbError> {
    tx.rows(
        sql!(
            "select workspace_id, id
             from tickets
             where snoozed_until <= $1
             order by snoozed_until
             limit $2"
        ),
        params![now, limit],
        |row| Ok((row.get("workspace_id")?, row.get("id")?)),
    )
}

/// The tickets in which a person asked or wrote.
pub(super) fn of_person(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<Vec<TicketId>, DbError> {
    tx.rows(
        sql!(
            "select id
             from tickets
             where workspace_id = $1 and contact_id = $2
             union
             select ticket_id as id
             from ticket_messages
             where workspace_id = $1 and contact_id = $2
             order by id"
        ),
        params![workspace, contact],
        |row| row.get("id"),
    )
}

/// The contact is nobody any more, and their words are gone.
pub(super) fn forget_contact(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update ticket_messages
             set body = '', html = null, contact_id = null
             where workspace_id = $1 and contact_id = $2"
        ),
        params![workspace, contact],
    )?;
    tx.execute(
        sql!(
            "update ticket_changes
             set before_value = '', after_value = ''
             where workspace_id = $1 and field = 'subject'
               and ticket_id in (select id from tickets where workspace_id = $1 and contact_id = $2)"
        ),
        params![workspace, contact],
    )?;
    tx.execute(
        sql!(
            "update tickets
             set contact_id = null, preview = '', subject = '', version = version + 1
             where workspace_id = $1 and contact_id = $2"
        ),
        params![workspace, contact],
    )?;
    Ok(())
}

/// What a ticket is and was called is gone.
pub(super) fn forget_subject(tx: &mut Tx<'_>, workspace: WorkspaceId, id: TicketId) -> Result<(), DbError> {
    let parts = [
        sql!(
            "update ticket_changes
             set before_value = '', after_value = ''
             where workspace_id = $1 and ticket_id = $2 and field = 'subject'"
        ),
        sql!(
            "update tickets
             set subject = '', version = version + 1
             where workspace_id = $1 and id = $2"
        ),
    ];
    for part in parts {
        tx.execute(part, params![workspace, id])?;
    }
    Ok(())
}

pub(super) fn forget_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update tickets
             set account_id = null, version = version + 1
             where workspace_id = $1 and account_id = $2"
        ),
        params![workspace, account],
    )?;
    Ok(())
}

pub(super) fn word<T: std::str::FromStr>(row: &Row<'_>, column: &'static str) -> Result<T, DbError> {
    let word: String = row.get(column)?;
    word.parse().map_err(|_| row.broken(column, "a known word"))
}

/// A row with every column of a ticket.
pub(super) fn read(row: &Row<'_>) -> Result<Ticket, DbError> {
    Ok(Ticket {
        id: row.get("id")?,
        number: row.get("number")?,
        account: row.get("account_id")?,
        contact: row.get("contact_id")?,
        subject: row.get("subject")?,
        status: word(row, "status")?,
        priority: word(row, "priority")?,
        kind: word(row, "kind")?,
        channel: word(row, "channel")?,
        agent: row.get("agent_id")?,
        team: row.get("team_id")?,
        snoozed_until: row.get("snoozed_until")?,
        preview: row.get("preview")?,
        is_ours: row.get("is_ours")?,
        replies: row.get("replies")?,
        reopenings: row.get("reopenings")?,
        opened_at: row.get("opened_at")?,
        touched_at: row.get("touched_at")?,
        replied_at: row.get("replied_at")?,
        first_solved_at: row.get("first_solved_at")?,
        solved_at: row.get("solved_at")?,
        last_public: row.get("last_public")?,
        version: row.get("version")?,
        own: row.get("own_status")?,
    })
}

/// How much an account asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Load {
    /// All that there ever were.
    pub(super) all: i64,
    pub(super) open: i64,
    pub(super) urgent: i64,
    pub(super) oldest: Option<Timestamp>,
    pub(super) opened: i64,
    pub(super) reopened: i64,
}

/// What an account's tickets come to by now, without those that are merged into another; those opened count from the first moment on, those that came back from the second.
pub(super) fn load(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    (opened_from, touched_from): (Timestamp, Timestamp),
) -> Result<Load, DbError> {
    let now = tx.now();
    tx.one(
        sql!(
            "select count(*) as all_ones,
               count(case when solved_at is null or solved_at > $5 then 1 end) as open_ones,
               count(case when (solved_at is null or solved_at > $5) and priority = 'urgent' then 1 end) as urgent,
               min(case when solved_at is null or solved_at > $5 then opened_at end) as oldest,
               count(case when opened_at >= $3 then 1 end) as opened,
               cast(coalesce(sum(case when touched_at >= $4 then reopenings else 0 end), 0) as bigint) as reopened
             from tickets
             where workspace_id = $1 and account_id = $2 and opened_at <= $5
               and status not in ('merged', 'spam', 'trash')"
        ),
        params![workspace, account, opened_from, touched_from, now],
        |row| {
            Ok(Load {
                all: row.get("all_ones")?,
                open: row.get("open_ones")?,
                urgent: row.get("urgent")?,
                oldest: row.get("oldest")?,
                opened: row.get("opened")?,
                reopened: row.get("reopened")?,
            })
        },
    )
}
