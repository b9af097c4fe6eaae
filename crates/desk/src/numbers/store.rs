//! The rows of facts and of packed days.

use kit::day::Day;
use kit::db::{DbError, Row, Tx};
use kit::id::Uuid;
use kit::{params, sql};
use tandem_core::touchpoints::Channel;
use tandem_core::workspaces::WorkspaceId;

use super::fact::{Fact, Time, Turn};
use crate::tickets::{Kind, Priority, Status, Step, TicketId};

/// Which of its two days a ticket lies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The day it was opened.
    Opened,
    /// The day it was last solved.
    Solved,
}

impl Side {
    pub(super) const BOTH: [Self; 2] = [Self::Opened, Self::Solved];

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Solved => "solved",
        }
    }
}

pub(super) fn put(tx: &mut Tx<'_>, workspace: WorkspaceId, fact: &Fact) -> Result<(), DbError> {
    let tags: Vec<String> = fact.tags.iter().map(|tag| tag.simple().to_string()).collect();
    let (calendar, working) = (
        |time: Option<Time>| time.map(|time| time.calendar),
        |time: Option<Time>| time.map(|time| time.working),
    );
    tx.execute(
        sql!(
            "insert into ticket_facts
               (workspace_id, ticket_id, number, is_merged, is_open, opened_at, opened_day, opened_hour, opened_weekday, solved_at,
                solved_day, channel, kind, priority, agent_id, team_id, mailbox_id, tier_id, tags, replies, is_reopened,
                first_response, first_response_work, resolution, resolution_work, first_resolution, first_resolution_work,
                csat, effort)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
               $24, $25, $26, $27, $28, $29)
             on conflict (workspace_id, ticket_id) do update
             set is_merged = excluded.is_merged, is_open = excluded.is_open, opened_day = excluded.opened_day,
               opened_hour = excluded.opened_hour, opened_weekday = excluded.opened_weekday, solved_at = excluded.solved_at,
               solved_day = excluded.solved_day, channel = excluded.channel, kind = excluded.kind,
               priority = excluded.priority, agent_id = excluded.agent_id, team_id = excluded.team_id,
               mailbox_id = excluded.mailbox_id, tier_id = excluded.tier_id, tags = excluded.tags,
               replies = excluded.replies, is_reopened = excluded.is_reopened, first_response = excluded.first_response,
               first_response_work = excluded.first_response_work, resolution = excluded.resolution,
               resolution_work = excluded.resolution_work, first_resolution = excluded.first_resolution,
               first_resolution_work = excluded.first_resolution_work, csat = excluded.csat, effort = excluded.effort"
        ),
        params![
            workspace,
            fact.ticket,
            fact.number,
            fact.is_merged,
            fact.is_open,
            fact.opened_at,
            fact.opened_day,
            fact.hour,
            fact.weekday,
            fact.solved_at,
            fact.solved_day,
            fact.channel.as_str(),
            fact.kind.as_str(),
            fact.priority.as_str(),
            fact.agent,
            fact.team,
            fact.mailbox,
            fact.tier,
            tags.join(" "),
            fact.replies,
            fact.is_reopened,
            calendar(fact.first_response),
            working(fact.first_response),
            calendar(fact.resolution),
            working(fact.resolution),
            calendar(fact.first_resolution),
            working(fact.first_resolution),
            fact.csat,
            fact.effort
        ],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Option<Fact>, DbError> {
    tx.optional(
        sql!(
            "select ticket_id, number, is_merged, is_open, opened_at, opened_day, opened_hour, opened_weekday, solved_at,
               solved_day, channel, kind, priority, agent_id, team_id, mailbox_id, tier_id, tags, replies, is_reopened,
               first_response, first_response_work, resolution, resolution_work, first_resolution, first_resolution_work,
               csat, effort
             from ticket_facts
             where workspace_id = $1 and ticket_id = $2"
        ),
        params![workspace, ticket],
        read,
    )
}

/// What counts on one day, on one of its sides.
pub(super) fn of_day(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (side, day): (Side, Day),
) -> Result<Vec<Fact>, DbError> {
    match side {
        Side::Opened => tx.rows(
            sql!(
                "select ticket_id, number, is_merged, is_open, opened_at, opened_day, opened_hour, opened_weekday, solved_at,
                   solved_day, channel, kind, priority, agent_id, team_id, mailbox_id, tier_id, tags, replies, is_reopened,
                   first_response, first_response_work, resolution, resolution_work, first_resolution, first_resolution_work,
                   csat, effort
                 from ticket_facts
                 where workspace_id = $1 and opened_day = $2 and is_merged = false"
            ),
            params![workspace, day],
            read,
        ),
        Side::Solved => tx.rows(
            sql!(
                "select ticket_id, number, is_merged, is_open, opened_at, opened_day, opened_hour, opened_weekday, solved_at,
                   solved_day, channel, kind, priority, agent_id, team_id, mailbox_id, tier_id, tags, replies, is_reopened,
                   first_response, first_response_work, resolution, resolution_work, first_resolution, first_resolution_work,
                   csat, effort
                 from ticket_facts
                 where workspace_id = $1 and solved_day = $2 and is_merged = false"
            ),
            params![workspace, day],
            read,
        ),
    }
}

/// What is open now.
pub(super) fn open(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Fact>, DbError> {
    tx.rows(
        sql!(
            "select ticket_id, number, is_merged, is_open, opened_at, opened_day, opened_hour, opened_weekday, solved_at,
               solved_day, channel, kind, priority, agent_id, team_id, mailbox_id, tier_id, tags, replies, is_reopened,
               first_response, first_response_work, resolution, resolution_work, first_resolution, first_resolution_work,
               csat, effort
             from ticket_facts
             where workspace_id = $1 and is_open = true"
        ),
        params![workspace],
        read,
    )
}

/// The changes of a ticket's status, in their order.
pub(super) fn turns(tx: &mut Tx<'_>, workspace: WorkspaceId, ticket: TicketId) -> Result<Vec<Turn>, DbError> {
    tx.rows(
        sql!(
            "select id, before_value, after_value, changed_at, undoes
             from ticket_changes
             where workspace_id = $1 and ticket_id = $2 and field = 'status'
             order by id"
        ),
        params![workspace, ticket],
        |row| {
            let (before, after): (String, String) = (row.get("before_value")?, row.get("after_value")?);
            let solved = Status::Solved.as_str();
            Ok(Turn {
                id: row.get("id")?,
                undoes: row.get("undoes")?,
                is_solving: Step::category(&after) == solved && Step::category(&before) != solved,
                at: row.get("changed_at")?,
            })
        },
    )
}

/// Notes that a day is another than its packed value. Twice is no harm.
pub(super) fn mark(tx: &mut Tx<'_>, workspace: WorkspaceId, (side, day): (Side, Day)) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into ticket_fact_days (workspace_id, side, day, is_stale, content)
             values ($1, $2, $3, true, $4)
             on conflict (workspace_id, side, day) do update
             set is_stale = true
             where ticket_fact_days.is_stale = false"
        ),
        params![workspace, side.as_str(), day, Vec::<u8>::new()],
    )?;
    Ok(())
}

/// Stores the packed value of a day.
pub(super) fn pack(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (side, day): (Side, Day),
    content: &[u8],
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update ticket_fact_days
             set is_stale = false, content = $4
             where workspace_id = $1 and side = $2 and day = $3"
        ),
        params![workspace, side.as_str(), day, content.to_vec()],
    )?;
    Ok(())
}

/// A day and its packed values; a stale one has none.
pub(super) type PackedDay = (Day, Option<Vec<u8>>);

/// The days of a time with their packed values.
pub(super) fn days(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    side: Side,
    (from, until): (Day, Day),
) -> Result<Vec<PackedDay>, DbError> {
    tx.rows(
        sql!(
            "select day, is_stale, content
             from ticket_fact_days
             where workspace_id = $1 and side = $2 and day >= $3 and day < $4
             order by day"
        ),
        params![workspace, side.as_str(), from, until],
        |row| {
            let is_stale: bool = row.get("is_stale")?;
            let content: Vec<u8> = row.get("content")?;
            Ok((row.get("day")?, (!is_stale).then_some(content)))
        },
    )
}

/// Days that are stale, in all workspaces.
pub(super) fn stale(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<(WorkspaceId, String, Day)>, DbError> {
    tx.rows(
        sql!(
            // global: the clock looks for what is stale in all workspaces
            "select workspace_id, side, day
             from ticket_fact_days
             where is_stale = true
             limit $1"
        ),
        params![limit],
        |row| Ok((row.get("workspace_id")?, row.get("side")?, row.get("day")?)),
    )
}

/// Whether the facts of a workspace's tickets were made; none where nobody began.
pub(super) fn built(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<bool>, DbError> {
    tx.optional(
        sql!(
            "select is_done
             from ticket_fact_builds
             where workspace_id = $1"
        ),
        params![workspace],
        |row| row.get("is_done"),
    )
}

/// Notes how far they are.
pub(super) fn set_built(tx: &mut Tx<'_>, workspace: WorkspaceId, is_done: bool) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into ticket_fact_builds (workspace_id, is_done)
             values ($1, $2)
             on conflict (workspace_id) do update set is_done = excluded.is_done"
        ),
        params![workspace, is_done],
    )?;
    Ok(())
}

/// A fact of a row that has all its columns.
pub(super) fn read(row: &Row<'_>) -> Result<Fact, DbError> {
    let tags: String = row.get("tags")?;
    let (channel, kind, priority): (String, String, String) =
        (row.get("channel")?, row.get("kind")?, row.get("priority")?);
    let time = |calendar: Option<i64>, working: Option<i64>| {
        calendar
            .zip(working)
            .map(|(calendar, working)| Time { calendar, working })
    };
    Ok(Fact {
        ticket: row.get("ticket_id")?,
        number: row.get("number")?,
        is_merged: row.get("is_merged")?,
        is_open: row.get("is_open")?,
        opened_at: row.get("opened_at")?,
        opened_day: row.get("opened_day")?,
        hour: row.get("opened_hour")?,
        weekday: row.get("opened_weekday")?,
        solved_at: row.get("solved_at")?,
        solved_day: row.get("solved_day")?,
        channel: channel
            .parse::<Channel>()
            .map_err(|_| row.broken("channel", "a channel"))?,
        kind: kind.parse::<Kind>().map_err(|_| row.broken("kind", "a kind"))?,
        priority: priority
            .parse::<Priority>()
            .map_err(|_| row.broken("priority", "a priority"))?,
        agent: row.get("agent_id")?,
        team: row.get("team_id")?,
        mailbox: row.get("mailbox_id")?,
        tier: row.get("tier_id")?,
        tags: tags
            .split_whitespace()
            .filter_map(|id| Uuid::parse_str(id).ok())
            .collect(),
        replies: row.get("replies")?,
        is_reopened: row.get("is_reopened")?,
        first_response: time(row.get("first_response")?, row.get("first_response_work")?),
        resolution: time(row.get("resolution")?, row.get("resolution_work")?),
        first_resolution: time(row.get("first_resolution")?, row.get("first_resolution_work")?),
        csat: row.get("csat")?,
        effort: row.get("effort")?,
    })
}
