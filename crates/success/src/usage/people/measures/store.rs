//! The rows from which the people at an account are counted.

use std::collections::BTreeMap;

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::contacts::ContactId;
use tandem_core::workspaces::WorkspaceId;

/// The people at an account on a day: whether they are champions, and when they last turned to us.
pub(super) fn heard(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    today: Day,
) -> Result<Vec<(ContactId, bool, Option<Timestamp>)>, DbError> {
    let now = tx.now();
    tx.rows(
        sql!(
            "select c.root_id, max(case when m.is_champion then cast(1 as bigint) else cast(0 as bigint) end) as champion,
               max(case when w.touchpoint_id is null then t.happened_at end) as heard_at
             from memberships m
             join contacts c on c.workspace_id = m.workspace_id and c.id = m.contact_id
             join contacts k on k.workspace_id = c.workspace_id and k.root_id = c.root_id
             left join touchpoints t on t.workspace_id = m.workspace_id and t.contact_id = k.id and t.account_id = m.account_id
               and t.happened_at <= $4 and (t.direction = 'inbound' or (t.direction = 'both' and t.channel <> 'system'))
             left join touchpoint_withdrawals w on w.workspace_id = t.workspace_id and w.touchpoint_id = t.id
             where m.workspace_id = $1 and m.account_id = $2 and (m.since_day is null or m.since_day <= $3)
               and (m.until_day is null or m.until_day >= $3)
             group by c.root_id"
        ),
        params![workspace, account, today.to_string(), now],
        |row| {
            let champion: i64 = row.get("champion")?;
            Ok((row.get("root_id")?, champion > 0, row.get("heard_at")?))
        },
    )
}

/// The day on which each person at an account last used the product for it: theirs alone are read, not everybody's.
pub(super) fn used(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    today: Day,
) -> Result<BTreeMap<ContactId, Day>, DbError> {
    let rows = tx.rows(
        sql!(
            "select c.root_id, max(d.day) as last_day
             from memberships m
             join contacts c on c.workspace_id = m.workspace_id and c.id = m.contact_id
             join contacts k on k.workspace_id = c.workspace_id and k.root_id = c.root_id
             join usage_names n on n.workspace_id = k.workspace_id and n.contact_id = k.id
             join usage_days d on d.workspace_id = n.workspace_id and d.person_id = n.id and d.account_id = m.account_id
             where m.workspace_id = $1 and m.account_id = $2 and d.day <= $3
             group by c.root_id"
        ),
        params![workspace, account, today],
        |row| Ok((row.get("root_id")?, row.get("last_day")?)),
    )?;
    Ok(rows.into_iter().collect())
}
