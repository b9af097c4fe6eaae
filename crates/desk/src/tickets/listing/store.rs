//! The parts of lists of tickets, each by an index of its own.

use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::super::store::read;
use super::super::{Ticket, TicketId};
use super::{Cursor, Where};

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
                   preview, is_ours, replies, reopenings, opened_at, touched_at, replied_at, first_solved_at, solved_at, last_public, version
                 from tickets
                 where workspace_id = $1
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
                   preview, is_ours, replies, reopenings, opened_at, touched_at, replied_at, first_solved_at, solved_at, last_public, version
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
                   preview, is_ours, replies, reopenings, opened_at, touched_at, replied_at, first_solved_at, solved_at, last_public, version
                 from tickets
                 where workspace_id = $1 and account_id = $2
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
                   preview, is_ours, replies, reopenings, opened_at, touched_at, replied_at, first_solved_at, solved_at, last_public, version
                 from tickets
                 where workspace_id = $1 and contact_id = $2
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
                   preview, is_ours, replies, reopenings, opened_at, touched_at, replied_at, first_solved_at, solved_at, last_public, version
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
                   preview, is_ours, replies, reopenings, opened_at, touched_at, replied_at, first_solved_at, solved_at, last_public, version
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
                   preview, is_ours, replies, reopenings, opened_at, touched_at, replied_at, first_solved_at, solved_at, last_public, version
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
