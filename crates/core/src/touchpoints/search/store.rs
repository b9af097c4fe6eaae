//! The rows of touchpoints with words that stand on a timeline.

use kit::db::{DbError, Tx};
use kit::id::Uuid;
use kit::{params, sql};

use crate::accounts::AccountId;
use crate::contacts::ContactId;
use crate::touchpoints::store::read;
use crate::touchpoints::{Touchpoint, TouchpointId};
use crate::workspaces::WorkspaceId;

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: TouchpointId,
) -> Result<Option<Touchpoint>, DbError> {
    tx.optional(
        sql!(
            "select t.id, t.account_id, t.contact_id, t.kind, t.channel, t.direction, t.author, t.summary, t.evidence, t.happened_at, t.recorded_at,
               t.impression, t.impression_by, t.impression_reason
             from touchpoints t
             left join touchpoint_withdrawals w on w.workspace_id = t.workspace_id and w.touchpoint_id = t.id
             where t.workspace_id = $1 and t.id = $2 and t.summary <> '' and w.touchpoint_id is null"
        ),
        params![workspace, id],
        read,
    )
}

/// Up to `limit` of them whose ids come after `last`, in the order of their ids.
pub(super) fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: TouchpointId,
    limit: i64,
) -> Result<Vec<Touchpoint>, DbError> {
    tx.rows(
        sql!(
            "select t.id, t.account_id, t.contact_id, t.kind, t.channel, t.direction, t.author, t.summary, t.evidence, t.happened_at, t.recorded_at,
               t.impression, t.impression_by, t.impression_reason
             from touchpoints t
             left join touchpoint_withdrawals w on w.workspace_id = t.workspace_id and w.touchpoint_id = t.id
             where t.workspace_id = $1 and t.id > $2 and t.summary <> '' and w.touchpoint_id is null
             order by t.id
             limit $3"
        ),
        params![workspace, last, limit],
        read,
    )
}

/// A part of those at an account, by id.
pub(super) fn of_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    (last, limit): (Uuid, i64),
) -> Result<Vec<Uuid>, DbError> {
    tx.rows(
        sql!(
            "select id
             from touchpoints
             where workspace_id = $1 and account_id = $2 and id > $3 and summary <> ''
             order by id
             limit $4"
        ),
        params![workspace, account, last, limit],
        |row| row.get("id"),
    )
}

/// A part of those with a person, by id; with those who are merged into them.
pub(super) fn of_contact(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
    (last, limit): (Uuid, i64),
) -> Result<Vec<Uuid>, DbError> {
    tx.rows(
        sql!(
            "select t.id
             from contacts c
             join touchpoints t on t.workspace_id = c.workspace_id and t.contact_id = c.id
             where c.workspace_id = $1 and (c.root_id = $2 or c.id = $2) and t.id > $3 and t.summary <> ''
             order by t.id
             limit $4"
        ),
        params![workspace, contact, last, limit],
        |row| row.get("id"),
    )
}

/// All of those with this very contact, or at this account: whoever is asked for, the other is the nil id.
pub(super) fn all_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (contact, account): (ContactId, AccountId),
) -> Result<Vec<TouchpointId>, DbError> {
    tx.rows(
        sql!(
            "select id
             from touchpoints
             where workspace_id = $1 and contact_id = $2 and summary <> ''
             union all
             select id
             from touchpoints
             where workspace_id = $1 and account_id = $3 and summary <> ''"
        ),
        params![workspace, contact, account],
        |row| row.get("id"),
    )
}
