//! The rows of views, and which tickets lie in them.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::text::fold;
use kit::{params, sql};
use tandem_core::agents::AgentId;
use tandem_core::teams::TeamId;
use tandem_core::workspaces::WorkspaceId;

use super::{Conditions, Order, OwnView, OwnViewId, Seat, ViewText};
use crate::replies::Audience;
use crate::tickets::TicketId;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, view: &OwnView) -> Result<(), DbError> {
    let (owner, team) = owners(view.text.audience);
    tx.execute(
        sql!(
            "insert into inbox_views (workspace_id, id, name, name_folded, audience, owner_id, team_id, conditions, sort_by, is_counted,
               version, created_at, created_by, removed_at, removed_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, null, null)"
        ),
        params![
            workspace,
            view.id,
            view.text.name,
            fold(&view.text.name),
            view.text.audience.as_str(),
            owner,
            team,
            json(&view.text.conditions),
            view.text.order.as_str(),
            view.is_counted,
            view.version,
            view.created_at,
            view.created_by
        ],
    )?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, view: &OwnView) -> Result<(), DbError> {
    let (owner, team) = owners(view.text.audience);
    let removal = view.removal.as_ref();
    tx.execute(
        sql!(
            "update inbox_views
             set name = $3, name_folded = $4, audience = $5, owner_id = $6, team_id = $7, conditions = $8, sort_by = $9,
               is_counted = $10, version = $11, removed_at = $12, removed_by = $13
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            view.id,
            view.text.name,
            fold(&view.text.name),
            view.text.audience.as_str(),
            owner,
            team,
            json(&view.text.conditions),
            view.text.order.as_str(),
            view.is_counted,
            view.version,
            removal.map(|(_, at)| *at),
            removal.map(|(by, _)| by.as_str())
        ],
    )?;
    Ok(())
}

pub(super) fn how_many(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<i64, DbError> {
    tx.one(
        sql!("select count(*) as many from inbox_views where workspace_id = $1 and removed_at is null"),
        params![workspace],
        |row| row.get("many"),
    )
}

/// How many an agent has for themselves.
pub(super) fn how_many_of(tx: &mut Tx<'_>, workspace: WorkspaceId, agent: AgentId) -> Result<i64, DbError> {
    tx.one(
        sql!(
            "select count(*) as many
             from inbox_views
             where workspace_id = $1 and owner_id = $2 and removed_at is null"
        ),
        params![workspace, agent],
        |row| row.get("many"),
    )
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: OwnViewId,
) -> Result<Option<OwnView>, DbError> {
    tx.optional(
        sql!(
            "select id, name, owner_id, team_id, conditions, sort_by, is_counted, version, created_at, created_by, removed_at, removed_by
             from inbox_views
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

/// All that are not removed, by name.
pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<OwnView>, DbError> {
    tx.rows(
        sql!(
            "select id, name, owner_id, team_id, conditions, sort_by, is_counted, version, created_at, created_by, removed_at, removed_by
             from inbox_views
             where workspace_id = $1 and removed_at is null
             order by name_folded, id"
        ),
        params![workspace],
        read,
    )
}

/// Where a ticket lies, in all views.
pub(super) fn seats(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Vec<(OwnViewId, Seat)>, DbError> {
    tx.rows(
        sql!(
            "select view_id, bucket, is_in, sort_key, due_at
             from inbox_view_tickets
             where workspace_id = $1 and ticket_id = $2"
        ),
        params![workspace, ticket],
        |row| {
            let seat = Seat {
                bucket: row.get("bucket")?,
                key: row.get("sort_key")?,
                is_in: row.get("is_in")?,
                due: row.get("due_at")?,
            };
            Ok((row.get("view_id")?, seat))
        },
    )
}

/// Where tickets lie in one view.
pub(super) fn seats_in(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    view: OwnViewId,
    tickets: &[TicketId],
) -> Result<Vec<(TicketId, Seat)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select ticket_id, bucket, is_in, sort_key, due_at
                   from inbox_view_tickets
                   where workspace_id = $1 and view_id = $2 and ticket_id in rarray($3)",
            pg: "select ticket_id, bucket, is_in, sort_key, due_at
                 from inbox_view_tickets
                 where workspace_id = $1 and view_id = $2 and ticket_id = any($3)",
        },
        params![workspace, view, tickets],
        |row| {
            let seat = Seat {
                bucket: row.get("bucket")?,
                key: row.get("sort_key")?,
                is_in: row.get("is_in")?,
                due: row.get("due_at")?,
            };
            Ok((row.get("ticket_id")?, seat))
        },
    )
}

/// Puts a ticket where it lies now.
pub(super) fn put(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (view, ticket): (OwnViewId, TicketId),
    seat: &Seat,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into inbox_view_tickets (workspace_id, view_id, ticket_id, bucket, is_in, sort_key, due_at)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (workspace_id, view_id, ticket_id) do update
             set bucket = excluded.bucket, is_in = excluded.is_in, sort_key = excluded.sort_key, due_at = excluded.due_at"
        ),
        params![workspace, view, ticket, seat.bucket, seat.is_in, seat.key, seat.due],
    )?;
    Ok(())
}

pub(super) fn take(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (view, ticket): (OwnViewId, TicketId),
) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from inbox_view_tickets where workspace_id = $1 and view_id = $2 and ticket_id = $3"),
        params![workspace, view, ticket],
    )?;
    Ok(())
}

/// Takes a ticket out of views that are there no more, too.
pub(super) fn leave(tx: &mut Tx<'_>, workspace: WorkspaceId, ticket: TicketId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from inbox_view_tickets where workspace_id = $1 and ticket_id = $2"),
        params![workspace, ticket],
    )?;
    Ok(())
}

/// Some tickets of a view in the order of their ids, after one.
pub(super) fn held(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    view: OwnViewId,
    limit: i64,
) -> Result<Vec<TicketId>, DbError> {
    tx.rows(
        sql!(
            "select ticket_id
             from inbox_view_tickets
             where workspace_id = $1 and view_id = $2
             order by ticket_id
             limit $3"
        ),
        params![workspace, view, limit],
        |row| row.get("ticket_id"),
    )
}

/// Tickets of all workspaces that come into a view by now.
pub(super) fn due(
    tx: &mut Tx<'_>,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(WorkspaceId, TicketId)>, DbError> {
    tx.rows(
        sql!(
            "select workspace_id, ticket_id
             from inbox_view_tickets
             where due_at <= $1
             order by due_at
             limit $2"
        ),
        params![now, limit],
        |row| Ok((row.get("workspace_id")?, row.get("ticket_id")?)),
    )
}

fn json(conditions: &Conditions) -> String {
    serde_json::to_string(conditions).expect("words and numbers are always JSON")
}

fn owners(audience: Audience) -> (Option<AgentId>, Option<TeamId>) {
    match audience {
        Audience::Everyone => (None, None),
        Audience::Team(team) => (None, Some(team)),
        Audience::Own(agent) => (Some(agent), None),
    }
}

fn read(row: &Row<'_>) -> Result<OwnView, DbError> {
    let (owner, team) = (row.get("owner_id")?, row.get("team_id")?);
    let (conditions, order): (String, String) = (row.get("conditions")?, row.get("sort_by")?);
    let removed: Option<String> = row.get("removed_by")?;
    let removed_at: Option<Timestamp> = row.get("removed_at")?;
    Ok(OwnView {
        id: row.get("id")?,
        text: ViewText {
            name: row.get("name")?,
            audience: match (owner, team) {
                (Some(owner), _) => Audience::Own(owner),
                (None, Some(team)) => Audience::Team(team),
                (None, None) => Audience::Everyone,
            },
            conditions: serde_json::from_str(&conditions)
                .map_err(|_| row.broken("conditions", "conditions of a view"))?,
            order: Order::named(&order).unwrap_or_default(),
        },
        is_counted: row.get("is_counted")?,
        version: row.get("version")?,
        created_at: row.get("created_at")?,
        created_by: row.get("created_by")?,
        removal: removed.zip(removed_at),
    })
}
