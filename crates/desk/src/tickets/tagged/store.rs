//! Reading tickets by their tags.

use std::collections::BTreeMap;

use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::tags::TagId;
use tandem_core::workspaces::WorkspaceId;

use super::super::listing::Cursor;
use super::super::store::read;
use super::super::{Ticket, TicketId};

/// On how many tickets each tag is.
pub(super) fn counts(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<BTreeMap<TagId, i64>, DbError> {
    let found = tx.rows(
        sql!(
            "select tag_id, count(*) as n
             from tag_uses
             where workspace_id = $1 and noun = 'ticket'
             group by tag_id"
        ),
        params![workspace],
        |row| Ok((row.get("tag_id")?, row.get("n")?)),
    )?;
    Ok(found.into_iter().collect())
}

/// Tickets with a tag, what was written in last first; after a place where one is named.
pub(super) fn part(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    tag: TagId,
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
             where workspace_id = $1 and shelf not in ('spam', 'trash')
               and id in (select subject_id from tag_uses where workspace_id = $1 and tag_id = $2 and noun = 'ticket')
               and (touched_at < $3 or (touched_at = $3 and id < $4))
             order by touched_at desc, id desc
             limit $5"
        ),
        params![workspace, tag, at, id, limit],
        read,
    )
}
