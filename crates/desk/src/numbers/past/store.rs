//! The rows of many facts at once.

use kit::db::sql::Sql;
use kit::db::{DbError, ToParam, Tx, Value};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use crate::numbers::fact::{Fact, Time};
use crate::tickets::TicketId;

/// Takes the fact of a ticket away.
pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, ticket: TicketId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from ticket_facts where workspace_id = $1 and ticket_id = $2"),
        params![workspace, ticket],
    )?;
    Ok(())
}

/// Facts of tickets that have none yet.
pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, facts: &[Fact]) -> Result<(), DbError> {
    let tags: Vec<String> = facts.iter().map(tags).collect();
    let (response, response_work) = parts(facts, |fact| fact.first_response);
    let (resolution, resolution_work) = parts(facts, |fact| fact.resolution);
    let (first, first_work) = parts(facts, |fact| fact.first_resolution);
    tx.execute_many(
        inserting(),
        params![
            workspace,
            Value::list(facts, |fact| fact.ticket.to_param()),
            Value::list(facts, |fact| fact.number.to_param()),
            Value::list(facts, |fact| fact.is_merged.to_param()),
            Value::list(facts, |fact| fact.is_open.to_param()),
            Value::list(facts, |fact| fact.opened_at.to_param()),
            Value::list(facts, |fact| fact.opened_day.to_param()),
            Value::list(facts, |fact| fact.hour.to_param()),
            Value::list(facts, |fact| fact.weekday.to_param()),
            Value::list(facts, |fact| fact.solved_at.to_param()),
            Value::list(facts, |fact| fact.solved_day.to_param()),
            Value::list(facts, |fact| fact.channel.as_str().to_param()),
            Value::list(facts, |fact| fact.kind.as_str().to_param()),
            Value::list(facts, |fact| fact.priority.as_str().to_param()),
            Value::list(facts, |fact| fact.agent.to_param()),
            Value::list(facts, |fact| fact.team.to_param()),
            Value::list(facts, |fact| fact.mailbox.to_param()),
            Value::list(facts, |fact| fact.tier.to_param()),
            tags[..],
            Value::list(facts, |fact| fact.replies.to_param()),
            Value::list(facts, |fact| fact.is_reopened.to_param()),
            response[..],
            response_work[..],
            resolution[..],
            resolution_work[..],
            first[..],
            first_work[..],
            Value::list(facts, |fact| fact.csat.to_param()),
            Value::list(facts, |fact| fact.effort.to_param())
        ],
    )?;
    Ok(())
}

fn inserting() -> &'static Sql {
    sql! {
        kind: "bulk load",
        lite: "insert into ticket_facts
                 (workspace_id, ticket_id, number, is_merged, is_open, opened_at, opened_day, opened_hour, opened_weekday,
                  solved_at, solved_day, channel, kind, priority, agent_id, team_id, mailbox_id, tier_id, tags, replies,
                  is_reopened, first_response, first_response_work, resolution, resolution_work, first_resolution,
                  first_resolution_work, csat, effort)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
                 $24, $25, $26, $27, $28, $29)",
        pg: "insert into ticket_facts
               (workspace_id, ticket_id, number, is_merged, is_open, opened_at, opened_day, opened_hour, opened_weekday,
                solved_at, solved_day, channel, kind, priority, agent_id, team_id, mailbox_id, tier_id, tags, replies,
                is_reopened, first_response, first_response_work, resolution, resolution_work, first_resolution,
                first_resolution_work, csat, effort)
             select $1, r.ticket_id, r.number, r.is_merged, r.is_open, r.opened_at, r.opened_day, r.opened_hour,
               r.opened_weekday, r.solved_at, r.solved_day, r.channel, r.kind, r.priority, r.agent_id, r.team_id, r.mailbox_id,
               r.tier_id, r.tags, r.replies, r.is_reopened, r.first_response, r.first_response_work, r.resolution,
               r.resolution_work, r.first_resolution, r.first_resolution_work, r.csat, r.effort
             from unnest($2::bytea[], $3::bigint[], $4::boolean[], $5::boolean[], $6::bigint[], $7::text[], $8::bigint[],
                 $9::bigint[], $10::bigint[], $11::text[], $12::text[], $13::text[], $14::text[], $15::bytea[], $16::bytea[],
                 $17::bytea[], $18::bytea[], $19::text[], $20::bigint[], $21::boolean[], $22::bigint[], $23::bigint[],
                 $24::bigint[], $25::bigint[], $26::bigint[], $27::bigint[], $28::bigint[], $29::bigint[])
               as r (ticket_id, number, is_merged, is_open, opened_at, opened_day, opened_hour, opened_weekday, solved_at,
                 solved_day, channel, kind, priority, agent_id, team_id, mailbox_id, tier_id, tags, replies, is_reopened,
                 first_response, first_response_work, resolution, resolution_work, first_resolution, first_resolution_work, csat,
                 effort)",
    }
}

fn tags(fact: &Fact) -> String {
    let tags: Vec<String> = fact.tags.iter().map(|tag| tag.simple().to_string()).collect();
    tags.join(" ")
}

/// Seconds of the clock and of the working hours, of each fact.
fn parts(facts: &[Fact], of: fn(&Fact) -> Option<Time>) -> (Vec<Option<i64>>, Vec<Option<i64>>) {
    let times = facts.iter().map(of);
    times
        .map(|time| (time.map(|time| time.calendar), time.map(|time| time.working)))
        .unzip()
}
