//! The tickets that are as they are asked for. What isn't asked stands as an empty word, the nil id or the earliest moment.

use kit::db::{DbError, Tx};
use kit::id::Uuid;
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::super::store::read;
use super::super::{Ticket, TicketId};
use super::{Cursor, Sieve};

/// A part of them, what was written in last first; after a place where one is named.
pub(super) fn part(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    sieve: &Sieve,
    from: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Ticket>, DbError> {
    let (at, id): (i64, Option<TicketId>) =
        from.map_or((i64::MAX, None), |cursor| (cursor.at, Some(cursor.id)));
    tx.rows(
        sql!(
            "select id, number, account_id, contact_id, subject, status, priority, kind, channel, agent_id, team_id, snoozed_until,
               preview, is_ours, replies, reopenings, opened_at, touched_at, replied_at, first_solved_at, solved_at, last_public, version,
               own_status
             from tickets
             where workspace_id = $1
               and (touched_at < $2 or (touched_at = $2 and id < $3))
               and touched_at >= $4
               and opened_at >= $5
               and (status = $6 or ($6 = '' and shelf not in ('spam', 'trash')))
               and (priority = $7 or $7 = '')
               and (kind = $8 or $8 = '')
               and (channel = $9 or $9 = '')
               and (agent_id = $10 or $10 = $11)
               and (team_id = $12 or $12 = $11)
               and (own_status = $13 or $13 = $11)
               and (account_id = $14 or $14 = $11)
               and (contact_id = $15 or $15 = $11)
               and (id in (select subject_id from tag_uses where workspace_id = $1 and tag_id = $16 and noun = 'ticket') or $16 = $11)
             order by touched_at desc, id desc
             limit $17"
        ),
        params![
            workspace,
            at,
            id,
            sieve.updated_since,
            sieve.opened_since,
            sieve.status,
            sieve.priority,
            sieve.kind,
            sieve.channel,
            sieve.agent,
            Uuid::nil(),
            sieve.team,
            sieve.own_status,
            sieve.account,
            sieve.contact,
            sieve.tag,
            limit
        ],
        read,
    )
}
