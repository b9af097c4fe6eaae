//! The rows of scores: of each day, and as they stand.

use std::collections::BTreeMap;

use kit::day::Day;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::agents::AgentId;
use tandem_core::workspaces::WorkspaceId;

use super::{Band, Kept, Line, Moment, Now, Part, Scored, Way};

/// The score as it was at the end of a day.
pub(super) fn on(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    day: Day,
) -> Result<Option<Kept>, DbError> {
    tx.optional(
        sql!(
            "select day, scorecard_id, version, score, confidence, band, parts, scored_at
             from health_days
             where workspace_id = $1 and account_id = $2 and day <= $3
             order by day desc
             limit 1"
        ),
        params![workspace, account, day],
        |row| {
            let parts: String = row.get("parts")?;
            let parts: Vec<Part> = serde_json::from_str(&parts).map_err(|_| row.broken("parts", "parts"))?;
            Ok(Kept {
                day: row.get("day")?,
                scorecard: row.get("scorecard_id")?,
                version: row.get("version")?,
                scored: Scored {
                    score: row.get("score")?,
                    confidence: row.get("confidence")?,
                    band: band(row, "band")?,
                    parts,
                },
                at: row.get("scored_at")?,
            })
        },
    )
}

/// From which day on these accounts had which score, confidence and band: those of a span, and the last before it; each in the
/// order of days.
pub(super) fn courses(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    (from, until): (Day, Day),
) -> Result<BTreeMap<AccountId, Vec<Moment>>, DbError> {
    // The limit is beyond any span of days. It makes PostgreSQL look into the index for each account.
    let found: Vec<(AccountId, Moment)> = tx.rows(
        sql! {
            kind: "list of values",
            lite: "select h.account_id, h.day, h.score, h.confidence, h.band
                   from rarray($2) r
                   cross join health_days h
                   where h.workspace_id = $1 and h.account_id = r.value and h.day <= $4
                     and h.day >= coalesce((select max(b.day) from health_days b
                       where b.workspace_id = $1 and b.account_id = r.value and b.day <= $3), $3)",
            pg: "select r.account_id, d.day, d.score, d.confidence, d.band
                 from unnest($2::bytea[]) as r (account_id)
                 cross join lateral (
                   select coalesce(max(b.day), $3) as since
                   from health_days b
                   where b.workspace_id = $1 and b.account_id = r.account_id and b.day <= $3
                 ) as f
                 cross join lateral (
                   select h.day, h.score, h.confidence, h.band
                   from health_days h
                   where h.workspace_id = $1 and h.account_id = r.account_id and h.day >= f.since and h.day <= $4
                   order by h.day
                   limit 100000
                 ) as d",
        },
        params![workspace, accounts, from, until],
        |row| {
            let account = row.get("account_id")?;
            let day = row.get("day")?;
            Ok((account, (day, row.get("score")?, row.get("confidence")?, band(row, "band")?)))
        },
    )?;
    let mut courses: BTreeMap<AccountId, Vec<Moment>> = BTreeMap::new();
    for (account, moment) in found {
        courses.entry(account).or_default().push(moment);
    }
    for course in courses.values_mut() {
        course.sort_by_key(|(day, _, _, _)| *day);
    }
    Ok(courses)
}

/// Takes away how an account is now.
pub(super) fn forget_now(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    forget_all(tx, workspace, &[account])
}

/// Takes away how these accounts are now.
pub(super) fn forget_all(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<(), DbError> {
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "delete from health_now where workspace_id = $1 and account_id = $2",
            pg: "delete from health_now where workspace_id = $1 and account_id = any($2)",
        },
        params![workspace, accounts],
    )?;
    Ok(())
}

pub(super) fn now(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Option<Now>, DbError> {
    tx.optional(
        sql!(
            "select score, confidence, band, shown, trend, way, week_ago, reason, mrr, since, scored_at
             from health_now
             where workspace_id = $1 and account_id = $2"
        ),
        params![workspace, account],
        read_now,
    )
}

/// How these accounts are.
pub(super) fn of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<Vec<(AccountId, Now)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select h.account_id, h.score, h.confidence, h.band, h.shown, h.trend, h.way, h.week_ago, h.reason, h.mrr, h.since,
                     h.scored_at
                   from rarray($2) r
                   cross join health_now h
                   where h.workspace_id = $1 and h.account_id = r.value",
            pg: "select account_id, score, confidence, band, shown, trend, way, week_ago, reason, mrr, since, scored_at
                 from health_now
                 where workspace_id = $1 and account_id = any($2)",
        },
        params![workspace, accounts],
        |row| Ok((row.get("account_id")?, read_now(row)?)),
    )
}

/// Up to `limit` accounts after `after`, those that bring the most first; in one band, or all, of one owner, or all.
pub(super) fn list(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (band, owner): (Option<Band>, Option<AgentId>),
    (mrr, account): (i64, AccountId),
    limit: i64,
) -> Result<Vec<Line>, DbError> {
    tx.rows(
        sql!(
            "select h.account_id, a.name, h.score, h.confidence, h.band, h.shown, h.trend, h.way, h.week_ago, h.reason, h.mrr,
               h.since, h.scored_at, g.name as owner, w.renews
             from health_now h
             join accounts a on a.workspace_id = h.workspace_id and a.id = h.account_id
             left join account_owners o on o.workspace_id = h.workspace_id and o.account_id = h.account_id and o.until_at is null
             left join agents g on g.workspace_id = o.workspace_id and g.id = o.agent_id
             left join account_worths w on w.workspace_id = h.workspace_id and w.account_id = h.account_id
             where h.workspace_id = $1 and ($2 = '' or h.shown = $2) and (cast($3 as bytea) is null or o.agent_id = $3)
               and (h.mrr < $4 or (h.mrr = $4 and h.account_id > $5))
             order by h.mrr desc, h.account_id
             limit $6"
        ),
        params![
            workspace,
            band.map_or("", Band::as_str),
            owner,
            mrr,
            account,
            limit
        ],
        read_line,
    )
}

/// The same in the order of their ids, for readers whom the order must not tell what accounts bring.
pub(super) fn list_by_id(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (band, owner): (Option<Band>, Option<AgentId>),
    account: AccountId,
    limit: i64,
) -> Result<Vec<Line>, DbError> {
    tx.rows(
        sql!(
            "select h.account_id, a.name, h.score, h.confidence, h.band, h.shown, h.trend, h.way, h.week_ago, h.reason, h.mrr,
               h.since, h.scored_at, g.name as owner, w.renews
             from health_now h
             join accounts a on a.workspace_id = h.workspace_id and a.id = h.account_id
             left join account_owners o on o.workspace_id = h.workspace_id and o.account_id = h.account_id and o.until_at is null
             left join agents g on g.workspace_id = o.workspace_id and g.id = o.agent_id
             left join account_worths w on w.workspace_id = h.workspace_id and w.account_id = h.account_id
             where h.workspace_id = $1 and ($2 = '' or h.shown = $2) and (cast($3 as bytea) is null or o.agent_id = $3)
               and h.account_id > $4
             order by h.account_id
             limit $5"
        ),
        params![
            workspace,
            band.map_or("", Band::as_str),
            owner,
            account,
            limit
        ],
        read_line,
    )
}

/// What an account brings in a month, as the list has it; nothing where it is not in the list any more.
pub(super) fn mrr(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<i64, DbError> {
    let mrr = tx.optional(
        sql!("select mrr from health_now where workspace_id = $1 and account_id = $2"),
        params![workspace, account],
        |row| row.get("mrr"),
    )?;
    Ok(mrr.unwrap_or_default())
}

/// How many accounts are in each band, and what they bring together in a month; of one owner, or of all.
pub(super) fn tallies(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    owner: Option<AgentId>,
) -> Result<Vec<(Band, i64, i64)>, DbError> {
    tx.rows(
        sql!(
            "select h.shown, count(*) as accounts, cast(sum(h.mrr) as bigint) as mrr
             from health_now h
             left join account_owners o on o.workspace_id = h.workspace_id and o.account_id = h.account_id and o.until_at is null
             where h.workspace_id = $1 and (cast($2 as bytea) is null or o.agent_id = $2)
             group by h.shown
             order by h.shown"
        ),
        params![workspace, owner],
        |row| Ok((band(row, "shown")?, row.get("accounts")?, row.get("mrr")?)),
    )
}

/// Every account that has a score, with its name and band.
pub(super) fn banded(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
) -> Result<Vec<(AccountId, String, Now)>, DbError> {
    tx.rows(
        sql!(
            "select h.account_id, a.name, h.score, h.confidence, h.band, h.shown, h.trend, h.way, h.week_ago, h.reason, h.mrr,
               h.since, h.scored_at
             from health_now h
             join accounts a on a.workspace_id = h.workspace_id and a.id = h.account_id
             where h.workspace_id = $1
             order by h.account_id"
        ),
        params![workspace],
        |row| Ok((row.get("account_id")?, row.get("name")?, read_now(row)?)),
    )
}

fn read_line(row: &Row<'_>) -> Result<Line, DbError> {
    Ok(Line {
        account: row.get("account_id")?,
        name: row.get("name")?,
        owner: row.get("owner")?,
        renews: row.get("renews")?,
        now: read_now(row)?,
    })
}

fn read_now(row: &Row<'_>) -> Result<Now, DbError> {
    let way: String = row.get("way")?;
    Ok(Now {
        score: row.get("score")?,
        confidence: row.get("confidence")?,
        band: band(row, "band")?,
        shown: band(row, "shown")?,
        trend: row.get("trend")?,
        way: Way::named(&way),
        week_ago: row.get("week_ago")?,
        reason: row.get("reason")?,
        mrr: row.get("mrr")?,
        since: row.get("since")?,
        at: row.get("scored_at")?,
    })
}

/// A band by its word.
pub(super) fn band(row: &Row<'_>, column: &'static str) -> Result<Band, DbError> {
    let word: String = row.get(column)?;
    Band::named(&word).ok_or_else(|| row.broken(column, "a band"))
}
