//! Lists of answers, and how often each rating was given.

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::workspaces::WorkspaceId;

use super::super::model::{Asks, Ratings, Survey};
use super::super::settings::asks;
use super::super::store::read;
use super::{Cursor, Filter};

/// What a filter names, as values that stand for anything where it does not.
struct Named {
    agent: Uuid,
    any_agent: i64,
    team: Uuid,
    any_team: i64,
    low: i64,
    high: i64,
    said: i64,
}

fn named(filter: &Filter) -> Named {
    Named {
        agent: filter.agent.map_or(Uuid::nil(), TypedId::uuid),
        any_agent: i64::from(filter.agent.is_none()),
        team: filter.team.map_or(Uuid::nil(), TypedId::uuid),
        any_team: i64::from(filter.team.is_none()),
        low: filter.impressions.0,
        high: filter.impressions.1,
        said: i64::from(filter.with_comment),
    }
}

/// Answered surveys, the newest answer first.
pub(super) fn list(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    filter: &Filter,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Survey>, DbError> {
    let (at, id) = after.map_or((filter.until, Uuid::max()), |cursor| {
        (cursor.at, cursor.id.uuid())
    });
    let is = named(filter);
    tx.rows(
        sql!(
            "select id, ticket_id, contact_id, agent_id, team_id, question, direction, scale, language, is_mailed, asked_at,
               rating, comment, first_answered_at, answered_at
             from surveys
             where workspace_id = $1 and (answered_at, id) < ($2, $3) and answered_at >= $4
               and impression >= $5 and impression <= $6
               and (agent_id = $7 or $8 = 1) and (team_id = $9 or $10 = 1)
               and (comment <> '' or $11 = 0)
             order by answered_at desc, id desc
             limit $12"
        ),
        params![
            workspace,
            at,
            id,
            filter.from,
            is.low,
            is.high,
            is.agent,
            is.any_agent,
            is.team,
            is.any_team,
            is.said,
            limit
        ],
        read,
    )
}

/// How many were asked in a time, and how many of them have answered.
pub(super) fn response(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    filter: &Filter,
) -> Result<(i64, i64), DbError> {
    let is = named(filter);
    tx.one(
        sql!(
            "select count(*) as asked, count(answered_at) as answered
             from surveys
             where workspace_id = $1 and asked_at >= $2 and asked_at < $3
               and (agent_id = $4 or $5 = 1) and (team_id = $6 or $7 = 1)"
        ),
        params![
            workspace,
            filter.from,
            filter.until,
            is.agent,
            is.any_agent,
            is.team,
            is.any_team
        ],
        |row| Ok((row.get("asked")?, row.get("answered")?)),
    )
}

/// How often each rating was given in a time, for each question and scale.
pub(super) fn ratings(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    filter: &Filter,
) -> Result<Vec<Ratings>, DbError> {
    let is = named(filter);
    let counted = tx.rows(
        sql!(
            "select question, direction, scale, rating, count(*) as n
             from surveys
             where workspace_id = $1 and answered_at >= $2 and answered_at < $3
               and (agent_id = $4 or $5 = 1) and (team_id = $6 or $7 = 1)
             group by question, direction, scale, rating
             order by question, direction, scale, rating"
        ),
        params![
            workspace,
            filter.from,
            filter.until,
            is.agent,
            is.any_agent,
            is.team,
            is.any_team
        ],
        |row| Ok((asks(row)?, row.get("rating")?, row.get("n")?)),
    )?;
    Ok(gathered(counted))
}

/// The ratings of an account's tickets since a moment, and when the newest was given.
pub(in super::super) fn of_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    (from, until): (Timestamp, Timestamp),
) -> Result<(Vec<Ratings>, Option<Timestamp>), DbError> {
    let counted: Vec<(Asks, i64, i64, Timestamp)> = tx.rows(
        sql!(
            "select s.question, s.direction, s.scale, s.rating, count(*) as n, max(s.answered_at) as at
             from tickets t
             join surveys s on s.workspace_id = t.workspace_id and s.ticket_id = t.id
             where t.workspace_id = $1 and t.account_id = $2 and t.shelf not in ('spam', 'trash')
               and s.answered_at >= $3 and s.answered_at <= $4
             group by s.question, s.direction, s.scale, s.rating
             order by s.question, s.direction, s.scale, s.rating"
        ),
        params![workspace, account, from, until],
        |row| Ok((asks(row)?, row.get("rating")?, row.get("n")?, row.get("at")?)),
    )?;
    let newest = counted.iter().map(|(.., at)| *at).max();
    let counted = counted.into_iter().map(|(asks, rating, n, _)| (asks, rating, n));
    Ok((gathered(counted.collect()), newest))
}

/// Counts of the same question and scale stand together.
fn gathered(counted: Vec<(Asks, i64, i64)>) -> Vec<Ratings> {
    let mut all: Vec<Ratings> = Vec::new();
    for (asks, rating, n) in counted {
        match all.last_mut().filter(|last| last.asks == asks) {
            Some(last) => last.counts.push((rating, n)),
            None => all.push(Ratings {
                asks,
                counts: vec![(rating, n)],
            }),
        }
    }
    all
}
