//! The parts of lists of tickets, each by an index of its own.

use kit::db::{DbError, Tx};
use kit::id::Uuid;
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::contacts::ContactId;
use tandem_core::workspaces::WorkspaceId;

use super::super::store::read;
use super::super::{Ticket, TicketId};
use super::{Cursor, Where};
use crate::own_views::OwnViewId;

/// A part of a list, what was written in last first; after a place where one is named.
pub(super) fn part(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    place: Where,
    from: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Ticket>, DbError> {
    let (at, id) = from.map_or((i64::MAX, None), |cursor| (cursor.at, Some(cursor.id)));
    match place {
        Where::Everywhere => tx.rows(
            sql!(
                "select id, number, account_id, contact_id, subject, status, priority, kind, channel, agent_id, team_id, snoozed_until,
                   preview, is_ours, replies, reopenings, opened_at, touched_at, replied_at, first_solved_at, solved_at, last_public, version,
                   own_status
                 from tickets
                 where workspace_id = $1 and shelf not in ('spam', 'trash')
                   and (touched_at < $2 or (touched_at = $2 and id < $3))
                 order by touched_at desc, id desc
                 limit $4"
            ),
            params![workspace, at, id, limit],
            read,
        ),
        Where::Shelf(shelf) => tx.rows(
            sql!(
                "select id, number, account_id, contact_id, subject, status, priority, kind, channel, agent_id, team_id, snoozed_until,
                   preview, is_ours, replies, reopenings, opened_at, touched_at, replied_at, first_solved_at, solved_at, last_public, version,
                   own_status
                 from tickets
                 where workspace_id = $1 and shelf = $2
                   and (touched_at < $3 or (touched_at = $3 and id < $4))
                 order by touched_at desc, id desc
                 limit $5"
            ),
            params![workspace, shelf, at, id, limit],
            read,
        ),
        Where::Agent(..) | Where::Nobody(_) | Where::Team(..) => {
            of_someone(tx, workspace, place, (at, id), limit)
        }
        Where::Account(_) | Where::Contact(_) => of_customer(tx, workspace, place, (at, id), limit),
    }
}

/// The same of an account or a contact.
fn of_customer(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    place: Where,
    (at, id): (i64, Option<TicketId>),
    limit: i64,
) -> Result<Vec<Ticket>, DbError> {
    match place {
        Where::Account(account) => tx.rows(
            sql!(
                "select id, number, account_id, contact_id, subject, status, priority, kind, channel, agent_id, team_id, snoozed_until,
                   preview, is_ours, replies, reopenings, opened_at, touched_at, replied_at, first_solved_at, solved_at, last_public, version,
                   own_status
                 from tickets
                 where workspace_id = $1 and account_id = $2 and shelf not in ('spam', 'trash')
                   and (touched_at < $3 or (touched_at = $3 and id < $4))
                 order by touched_at desc, id desc
                 limit $5"
            ),
            params![workspace, account, at, id, limit],
            read,
        ),
        Where::Contact(contact) => tx.rows(
            sql!(
                "select id, number, account_id, contact_id, subject, status, priority, kind, channel, agent_id, team_id, snoozed_until,
                   preview, is_ours, replies, reopenings, opened_at, touched_at, replied_at, first_solved_at, solved_at, last_public, version,
                   own_status
                 from tickets
                 where workspace_id = $1 and contact_id = $2 and shelf not in ('spam', 'trash')
                   and (touched_at < $3 or (touched_at = $3 and id < $4))
                 order by touched_at desc, id desc
                 limit $5"
            ),
            params![workspace, contact, at, id, limit],
            read,
        ),
        _ => Ok(Vec::new()),
    }
}

/// The same of an agent, of nobody, or of a team.
fn of_someone(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    place: Where,
    (at, id): (i64, Option<TicketId>),
    limit: i64,
) -> Result<Vec<Ticket>, DbError> {
    match place {
        Where::Agent(shelf, agent) => tx.rows(
            sql!(
                "select id, number, account_id, contact_id, subject, status, priority, kind, channel, agent_id, team_id, snoozed_until,
                   preview, is_ours, replies, reopenings, opened_at, touched_at, replied_at, first_solved_at, solved_at, last_public, version,
                   own_status
                 from tickets
                 where workspace_id = $1 and shelf = $2 and agent_id = $3
                   and (touched_at < $4 or (touched_at = $4 and id < $5))
                 order by touched_at desc, id desc
                 limit $6"
            ),
            params![workspace, shelf, agent, at, id, limit],
            read,
        ),
        Where::Nobody(shelf) => tx.rows(
            sql!(
                "select id, number, account_id, contact_id, subject, status, priority, kind, channel, agent_id, team_id, snoozed_until,
                   preview, is_ours, replies, reopenings, opened_at, touched_at, replied_at, first_solved_at, solved_at, last_public, version,
                   own_status
                 from tickets
                 where workspace_id = $1 and shelf = $2 and agent_id is null
                   and (touched_at < $3 or (touched_at = $3 and id < $4))
                 order by touched_at desc, id desc
                 limit $5"
            ),
            params![workspace, shelf, at, id, limit],
            read,
        ),
        Where::Team(shelf, team) => tx.rows(
            sql!(
                "select id, number, account_id, contact_id, subject, status, priority, kind, channel, agent_id, team_id, snoozed_until,
                   preview, is_ours, replies, reopenings, opened_at, touched_at, replied_at, first_solved_at, solved_at, last_public, version,
                   own_status
                 from tickets
                 where workspace_id = $1 and shelf = $2 and team_id = $3
                   and (touched_at < $4 or (touched_at = $4 and id < $5))
                 order by touched_at desc, id desc
                 limit $6"
            ),
            params![workspace, shelf, team, at, id, limit],
            read,
        ),
        _ => Ok(Vec::new()),
    }
}

/// A part of what lies in a view that somebody made, in its order; after a place where one is named.
pub(super) fn seated(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (view, bucket): (OwnViewId, Uuid),
    from: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Ticket>, DbError> {
    let (at, id) = from.map_or((i64::MIN, None), |cursor| (cursor.at, Some(cursor.id)));
    tx.rows(
        sql!(
            "select t.id, t.number, t.account_id, t.contact_id, t.subject, t.status, t.priority, t.kind, t.channel, t.agent_id,
               t.team_id, t.snoozed_until, t.preview, t.is_ours, t.replies, t.reopenings, t.opened_at, t.touched_at, t.replied_at,
               t.first_solved_at, t.solved_at, t.last_public, t.version, t.own_status
             from inbox_view_tickets v
             join tickets t on t.workspace_id = v.workspace_id and t.id = v.ticket_id
             where v.workspace_id = $1 and v.view_id = $2 and v.is_in = $3 and v.bucket = $4
               and (v.sort_key > $5 or (v.sort_key = $5 and v.ticket_id > $6))
             order by v.sort_key, v.ticket_id
             limit $7"
        ),
        params![workspace, view, true, bucket, at, id, limit],
        read,
    )
}

/// Up to `limit` tickets of an account after `last`, in the order of their ids.
pub(super) fn ids_of_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    (last, limit): (Uuid, i64),
) -> Result<Vec<Uuid>, DbError> {
    tx.rows(
        sql!(
            "select id
             from tickets
             where workspace_id = $1 and account_id = $2 and id > $3
             order by id
             limit $4"
        ),
        params![workspace, account, last, limit],
        |row| row.get("id"),
    )
}

/// The tickets with these ids.
pub(super) fn with_ids(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[TicketId],
) -> Result<Vec<Ticket>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select id, number, account_id, contact_id, subject, status, priority, kind, channel, agent_id, team_id, snoozed_until,
                     preview, is_ours, replies, reopenings, opened_at, touched_at, replied_at, first_solved_at, solved_at, last_public,
                     version, own_status
                   from tickets
                   where workspace_id = $1 and id in (select value from rarray($2))
                   order by id",
            pg: "select id, number, account_id, contact_id, subject, status, priority, kind, channel, agent_id, team_id, snoozed_until,
                   preview, is_ours, replies, reopenings, opened_at, touched_at, replied_at, first_solved_at, solved_at, last_public,
                   version, own_status
                 from tickets
                 where workspace_id = $1 and id = any($2)
                 order by id",
        },
        params![workspace, ids],
        read,
    )
}

/// The same of several contacts together.
pub(super) fn ids_of_contacts(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contacts: &[ContactId],
    (last, limit): (Uuid, i64),
) -> Result<Vec<Uuid>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select id
                   from tickets
                   where workspace_id = $1 and contact_id in (select value from rarray($2)) and id > $3
                   order by id
                   limit $4",
            pg: "select id
                 from tickets
                 where workspace_id = $1 and contact_id = any($2) and id > $3
                 order by id
                 limit $4",
        },
        params![workspace, contacts, last, limit],
        |row| row.get("id"),
    )
}
