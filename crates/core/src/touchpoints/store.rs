//! The rows of touchpoints, of earlier judgements, and of what was withdrawn.

use kit::clock::Timestamp;
use kit::db::{DbError, FromColumn, Row, Tx};
use kit::{params, sql};

use super::{Filter, Impression, Judged, Touchpoint, TouchpointId, Whose};
use crate::accounts::AccountId;
use crate::contacts::ContactId;
use crate::workspaces::WorkspaceId;

pub(super) fn insert(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    touchpoint: &Touchpoint,
) -> Result<(), DbError> {
    let judged = touchpoint.impression.as_ref();
    tx.execute(
        sql!(
            "insert into touchpoints (workspace_id, id, account_id, contact_id, kind, channel, direction, author, summary, evidence,
               happened_at, recorded_at, impression, impression_by, impression_reason)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
        ),
        params![
            workspace,
            touchpoint.id,
            touchpoint.account,
            touchpoint.contact,
            touchpoint.kind,
            touchpoint.channel.as_str(),
            touchpoint.direction.as_str(),
            touchpoint.author,
            touchpoint.summary,
            touchpoint.evidence,
            touchpoint.happened_at,
            touchpoint.recorded_at,
            judged.map(|judged| judged.impression.value()),
            judged.map(|judged| judged.by.clone()),
            judged.map(|judged| judged.reason.clone())
        ],
    )?;
    Ok(())
}

pub(super) fn set_impression(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    touchpoint: &Touchpoint,
) -> Result<(), DbError> {
    let judged = touchpoint.impression.as_ref();
    tx.execute(
        sql!(
            "update touchpoints
             set impression = $3, impression_by = $4, impression_reason = $5
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            touchpoint.id,
            judged.map(|judged| judged.impression.value()),
            judged.map(|judged| judged.by.clone()),
            judged.map(|judged| judged.reason.clone())
        ],
    )?;
    Ok(())
}

/// Keeps how a touchpoint was judged until now.
pub(super) fn keep_judgement(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    touchpoint: &Touchpoint,
) -> Result<(), DbError> {
    let (now, judged) = (tx.now(), touchpoint.impression.as_ref());
    tx.execute(
        sql!(
            "insert into touchpoint_impressions (workspace_id, touchpoint_id, number, impression, given_by, reason, given_at)
             select $1, $2, count(*) + 1, cast($3 as bigint), $4, $5, $6
             from touchpoint_impressions
             where workspace_id = $1 and touchpoint_id = $2"
        ),
        params![
            workspace,
            touchpoint.id,
            judged.map(|judged| judged.impression.value()),
            judged.map_or("", |judged| judged.by.as_str()),
            judged.map_or("", |judged| judged.reason.as_str()),
            now
        ],
    )?;
    Ok(())
}

/// Whether it stood on the timeline until now.
pub(super) fn insert_withdrawal(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: TouchpointId,
    by: &str,
    at: Timestamp,
) -> Result<bool, DbError> {
    let inserted = tx.execute(
        sql!(
            "insert into touchpoint_withdrawals (workspace_id, touchpoint_id, withdrawn_by, withdrawn_at)
             values ($1, $2, $3, $4)
             on conflict (workspace_id, touchpoint_id) do nothing"
        ),
        params![workspace, id, by, at],
    )?;
    Ok(inserted > 0)
}

/// Whether it was withdrawn.
pub(super) fn delete_withdrawal(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: TouchpointId,
) -> Result<bool, DbError> {
    let deleted = tx.execute(
        sql!(
            "delete from touchpoint_withdrawals
             where workspace_id = $1 and touchpoint_id = $2"
        ),
        params![workspace, id],
    )?;
    Ok(deleted > 0)
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: TouchpointId,
) -> Result<Option<Touchpoint>, DbError> {
    tx.optional(
        sql!(
            "select id, account_id, contact_id, kind, channel, direction, author, summary, evidence, happened_at, recorded_at,
               impression, impression_by, impression_reason
             from touchpoints
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

/// A part of a timeline, the newest first.
pub(super) fn timeline(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    whose: Whose,
    filter: &Filter,
) -> Result<Vec<Touchpoint>, DbError> {
    let until = filter.until.map_or(i64::MAX, |until| until.0);
    let (at, before) = filter
        .before
        .map_or((until, None), |cursor| (cursor.at, Some(cursor.id)));
    let since = filter.since.map_or(i64::MIN, |since| since.0);
    let kind = filter.kind.as_deref().unwrap_or_default();
    let channel = filter.channel.map_or("", |channel| channel.as_str());
    let (least, most) = match filter.is_good {
        None => (-9, 9),
        Some(true) => (1, 9),
        Some(false) => (-9, -1),
    };
    let judged = i64::from(filter.is_good.is_some());
    match whose {
        Whose::Account(account) => tx.rows(
            sql!(
                "select t.id, t.account_id, t.contact_id, t.kind, t.channel, t.direction, t.author, t.summary, t.evidence, t.happened_at, t.recorded_at,
                   t.impression, t.impression_by, t.impression_reason
                 from touchpoints t
                 left join touchpoint_withdrawals w on w.workspace_id = t.workspace_id and w.touchpoint_id = t.id
                 where t.workspace_id = $1 and t.account_id = $2 and w.touchpoint_id is null
                   and (t.happened_at < $3 or (t.happened_at = $3 and t.id < $4))
                   and (t.kind = $5 or $5 = '') and (t.channel = $6 or $6 = '')
                   and coalesce(t.impression, 0) >= $7 and coalesce(t.impression, 0) <= $8 and (t.impression is not null or $9 = 0)
                   and t.happened_at >= $10
                 order by t.happened_at desc, t.id desc
                 limit $11"
            ),
            params![workspace, account, at, before, kind, channel, least, most, judged, since, filter.limit],
            read,
        ),
        Whose::Contact(contact) => tx.rows(
            sql!(
                "select t.id, t.account_id, t.contact_id, t.kind, t.channel, t.direction, t.author, t.summary, t.evidence, t.happened_at, t.recorded_at,
                   t.impression, t.impression_by, t.impression_reason
                 from touchpoints t
                 join contacts c on c.workspace_id = t.workspace_id and c.id = t.contact_id
                 left join touchpoint_withdrawals w on w.workspace_id = t.workspace_id and w.touchpoint_id = t.id
                 where t.workspace_id = $1 and c.root_id = $2 and w.touchpoint_id is null
                   and (t.happened_at < $3 or (t.happened_at = $3 and t.id < $4))
                   and (t.kind = $5 or $5 = '') and (t.channel = $6 or $6 = '')
                   and coalesce(t.impression, 0) >= $7 and coalesce(t.impression, 0) <= $8 and (t.impression is not null or $9 = 0)
                   and t.happened_at >= $10
                 order by t.happened_at desc, t.id desc
                 limit $11"
            ),
            params![workspace, contact, at, before, kind, channel, least, most, judged, since, filter.limit],
            read,
        ),
    }
}

/// The newest impressions of an account, each with when it was made.
pub(super) fn impressions(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    limit: i64,
) -> Result<Vec<(Impression, Timestamp)>, DbError> {
    tx.rows(
        sql!(
            "select t.impression, t.happened_at
             from touchpoints t
             left join touchpoint_withdrawals w on w.workspace_id = t.workspace_id and w.touchpoint_id = t.id
             where t.workspace_id = $1 and t.account_id = $2 and t.impression is not null and w.touchpoint_id is null
             order by t.happened_at desc, t.id desc
             limit $3"
        ),
        params![workspace, account, limit],
        |row| Ok((impression(row, row.get("impression")?)?, row.get("happened_at")?)),
    )
}

/// When somebody here last had to do with somebody there, as far as it is on the timeline: what the program itself put there
/// does not count.
pub(super) fn last_personal(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Option<Timestamp>, DbError> {
    let now = tx.now();
    tx.optional(
        sql!(
            "select t.happened_at
             from touchpoints t
             left join touchpoint_withdrawals w on w.workspace_id = t.workspace_id and w.touchpoint_id = t.id
             where t.workspace_id = $1 and t.account_id = $2 and t.channel <> 'system' and w.touchpoint_id is null
               and t.happened_at <= $3
             order by t.happened_at desc, t.id desc
             limit 1"
        ),
        params![workspace, account, now],
        |row| row.get("happened_at"),
    )
}

/// When somebody there last turned to us, tickets too; when somebody here first turned to them, and how often since a moment.
pub(super) fn turned(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    since: Timestamp,
) -> Result<(Option<Timestamp>, Option<Timestamp>, i64), DbError> {
    let now = tx.now();
    tx.one(
        sql!(
            "select max(case when t.direction = 'inbound' or (t.direction = 'both' and t.channel <> 'system') then t.happened_at end)
                 as heard,
               min(case when t.direction = 'outbound' and t.channel <> 'system' then t.happened_at end) as first_reached,
               count(case when t.direction = 'outbound' and t.channel <> 'system' and t.happened_at > $3 then 1 end) as reached
             from touchpoints t
             left join touchpoint_withdrawals w on w.workspace_id = t.workspace_id and w.touchpoint_id = t.id
             where t.workspace_id = $1 and t.account_id = $2 and w.touchpoint_id is null and t.happened_at <= $4"
        ),
        params![workspace, account, since, now],
        |row| Ok((row.get("heard")?, row.get("first_reached")?, row.get("reached")?)),
    )
}

pub(super) fn forget_contact(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<u64, DbError> {
    tx.execute(
        sql!(
            "update touchpoint_impressions
             set reason = ''
             where workspace_id = $1
               and touchpoint_id in (select id from touchpoints where workspace_id = $1 and contact_id = $2)"
        ),
        params![workspace, contact],
    )?;
    tx.execute(
        sql!(
            "update touchpoints
             set contact_id = null, summary = '', evidence = null, impression_reason = null
             where workspace_id = $1 and contact_id = $2"
        ),
        params![workspace, contact],
    )
}

pub(super) fn forget_traces(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    evidence: &str,
) -> Result<(), DbError> {
    let statements = [
        sql!(
            "delete from touchpoint_impressions
             where workspace_id = $1
               and touchpoint_id in (select id from touchpoints where workspace_id = $1 and account_id = $2 and evidence = $3)"
        ),
        sql!(
            "delete from touchpoint_withdrawals
             where workspace_id = $1
               and touchpoint_id in (select id from touchpoints where workspace_id = $1 and account_id = $2 and evidence = $3)"
        ),
        sql!(
            "delete from touchpoints
             where workspace_id = $1 and account_id = $2 and evidence = $3"
        ),
    ];
    for statement in statements {
        tx.execute(statement, params![workspace, account, evidence])?;
    }
    Ok(())
}

pub(super) fn forget_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<(), DbError> {
    let statements = [
        sql!(
            "delete from touchpoint_impressions
             where workspace_id = $1
               and touchpoint_id in (select id from touchpoints where workspace_id = $1 and account_id = $2)"
        ),
        sql!(
            "delete from touchpoint_withdrawals
             where workspace_id = $1
               and touchpoint_id in (select id from touchpoints where workspace_id = $1 and account_id = $2)"
        ),
        sql!(
            "delete from touchpoints
             where workspace_id = $1 and account_id = $2"
        ),
    ];
    for statement in statements {
        tx.execute(statement, params![workspace, account])?;
    }
    Ok(())
}

fn impression(row: &Row<'_>, number: i64) -> Result<Impression, DbError> {
    number
        .try_into()
        .map_err(|_| row.broken("impression", "an impression"))
}

fn word<T: std::str::FromStr>(row: &Row<'_>, column: &'static str) -> Result<T, DbError> {
    let word: String = row.get(column)?;
    word.parse().map_err(|_| row.broken(column, "a known word"))
}

/// A column that an erased reason leaves empty.
fn or_empty<T: FromColumn + Default>(row: &Row<'_>, column: &'static str) -> Result<T, DbError> {
    Ok(row.get::<Option<T>>(column)?.unwrap_or_default())
}

pub(super) fn read(row: &Row<'_>) -> Result<Touchpoint, DbError> {
    let judged = match row.get::<Option<i64>>("impression")? {
        None => None,
        Some(number) => Some(Judged {
            impression: impression(row, number)?,
            by: or_empty(row, "impression_by")?,
            reason: or_empty(row, "impression_reason")?,
        }),
    };
    Ok(Touchpoint {
        id: row.get("id")?,
        account: row.get("account_id")?,
        contact: row.get("contact_id")?,
        kind: row.get("kind")?,
        channel: word(row, "channel")?,
        direction: word(row, "direction")?,
        author: row.get("author")?,
        summary: row.get("summary")?,
        evidence: row.get("evidence")?,
        happened_at: row.get("happened_at")?,
        recorded_at: row.get("recorded_at")?,
        impression: judged,
    })
}
