//! The rows of what is at risk.

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::agents::AgentId;
use tandem_core::workspaces::WorkspaceId;

use super::Exposed;
use crate::health::Band;

/// Accounts of an agent that are in a band below green or whose score moved since a day: how they are, and how they were at its
/// end.
pub(super) fn exposed_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    owner: AgentId,
    (day, moment): (Day, Timestamp),
) -> Result<Vec<Exposed>, DbError> {
    tx.rows(
        sql!(
            "select a.id, a.name, h.shown, coalesce(h.mrr, 0) as mrr,
               (select d.band from health_days d
                 where d.workspace_id = a.workspace_id and d.account_id = a.id and d.day <= $3
                 order by d.day desc limit 1) as band_then,
               (select v.band from health_overrides v
                 where v.workspace_id = a.workspace_id and v.account_id = a.id and v.set_at <= $4 and v.until_day >= $3
                   and (v.ended_at is null or v.ended_at > $4)
                 order by v.set_at desc limit 1) as said_then,
               (select m.value from metric_days m
                 where m.workspace_id = a.workspace_id and m.account_id = a.id and m.metric = 'money.mrr' and m.day <= $3
                 order by m.day desc limit 1) as mrr_then
             from account_owners o
             join accounts a on a.workspace_id = o.workspace_id and a.id = o.account_id
             left join health_now h on h.workspace_id = a.workspace_id and h.account_id = a.id
             left join account_closures x on x.workspace_id = a.workspace_id and x.account_id = a.id
             where o.workspace_id = $1 and o.agent_id = $2 and o.until_at is null
               and (h.shown in ('red', 'amber') or exists (select 1 as one from health_days l
                 where l.workspace_id = a.workspace_id and l.account_id = a.id and l.day > $3)
                 or exists (select 1 as one from health_overrides w
                 where w.workspace_id = a.workspace_id and w.account_id = a.id and (w.set_at > $4 or w.until_day >= $3))
                 or (h.account_id is null and x.closed_at > $4))
             order by a.id"
        ),
        params![workspace, owner, day, moment],
        read,
    )
}

/// The same of everybody's: only what is at risk and what moved is walked.
pub(super) fn exposed(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (day, moment): (Day, Timestamp),
) -> Result<Vec<Exposed>, DbError> {
    tx.rows(
        sql!(
            "select a.id, a.name, h.shown, coalesce(h.mrr, 0) as mrr,
               (select d.band from health_days d
                 where d.workspace_id = a.workspace_id and d.account_id = a.id and d.day <= $2
                 order by d.day desc limit 1) as band_then,
               (select v.band from health_overrides v
                 where v.workspace_id = a.workspace_id and v.account_id = a.id and v.set_at <= $3 and v.until_day >= $2
                   and (v.ended_at is null or v.ended_at > $3)
                 order by v.set_at desc limit 1) as said_then,
               (select m.value from metric_days m
                 where m.workspace_id = a.workspace_id and m.account_id = a.id and m.metric = 'money.mrr' and m.day <= $2
                 order by m.day desc limit 1) as mrr_then
             from (select n.account_id from health_now n where n.workspace_id = $1 and n.shown = 'red'
               union select n.account_id from health_now n where n.workspace_id = $1 and n.shown = 'amber'
               union select l.account_id from health_days l where l.workspace_id = $1 and l.day > $2
               union select w.account_id from health_overrides w
                 where w.workspace_id = $1 and (w.set_at > $3 or w.until_day >= $2)
               union select x.account_id from account_closures x
                 left join health_now y on y.workspace_id = x.workspace_id and y.account_id = x.account_id
                 where x.workspace_id = $1 and x.closed_at > $3 and y.account_id is null) u
             join accounts a on a.workspace_id = $1 and a.id = u.account_id
             left join health_now h on h.workspace_id = a.workspace_id and h.account_id = a.id
             order by a.id"
        ),
        params![workspace, day, moment],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<Exposed, DbError> {
    let known = |column: &'static str| -> Result<Option<Band>, DbError> {
        let word: Option<String> = row.get(column)?;
        Ok(word.as_deref().and_then(Band::named))
    };
    let mrr_then: Option<f64> = row.get("mrr_then")?;
    Ok(Exposed {
        account: row.get("id")?,
        name: row.get("name")?,
        now: known("shown")?,
        then: known("said_then")?.or(known("band_then")?),
        mrr: row.get("mrr")?,
        mrr_then: mrr_then.unwrap_or_default().round() as i64,
    })
}
