//! The rows behind a number.

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::super::fact::Fact;
use super::super::item::{By, Key};
use super::super::store::{Side, read};
use super::{Of, Rows};

/// What a list of rows asks for, as values that stand for anything where it does not.
struct Asked {
    before: (Day, Uuid),
    ids: [(Uuid, i64, i64); 4],
    words: [String; 3],
    tag: String,
    untagged: i64,
    hour: i64,
}

fn asked(rows: &Rows) -> Asked {
    let id = |by| match rows.filter.of(by) {
        Some(Key::Id(id)) => (*id, 0, 0),
        Some(_) => (Uuid::nil(), 0, 1),
        None => (Uuid::nil(), 1, 0),
    };
    let word = |by| match rows.filter.of(by) {
        Some(Key::Word(word)) => (*word).to_owned(),
        _ => String::new(),
    };
    Asked {
        before: rows.after.map_or((rows.until, Uuid::nil()), |after| {
            (after.day, after.ticket.uuid())
        }),
        ids: [id(By::Agent), id(By::Team), id(By::Mailbox), id(By::Tier)],
        words: [word(By::Channel), word(By::Kind), word(By::Priority)],
        tag: match rows.filter.of(By::Tag) {
            Some(Key::Id(id)) => format!("%{}%", id.simple()),
            _ => String::new(),
        },
        untagged: i64::from(matches!(rows.filter.of(By::Tag), Some(Key::None))),
        hour: match rows.filter.of(By::Hour) {
            Some(Key::Word(hour)) => hour.parse().unwrap_or(-1),
            _ => rows.clock.map_or(-1, |(_, hour)| hour),
        },
    }
}

/// The tickets behind a number, the newest day first.
pub(super) fn rows(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    rows: &Rows,
    limit: i64,
) -> Result<Vec<Fact>, DbError> {
    match rows.of.side() {
        Side::Opened => opened(tx, workspace, rows, limit),
        Side::Solved => solved(tx, workspace, rows, limit),
    }
}

/// Of tickets by the day they were opened.
fn opened(tx: &mut Tx<'_>, workspace: WorkspaceId, rows: &Rows, limit: i64) -> Result<Vec<Fact>, DbError> {
    let is = asked(rows);
    let weekday = rows.clock.map_or(0, |(weekday, _)| weekday);
    tx.rows(
        sql!(
            "select ticket_id, number, is_merged, is_open, opened_at, opened_day, opened_hour, opened_weekday, solved_at,
               solved_day, channel, kind, priority, agent_id, team_id, mailbox_id, tier_id, tags, replies, is_reopened,
               first_response, first_response_work, resolution, resolution_work, first_resolution, first_resolution_work,
               csat, effort
             from ticket_facts
             where workspace_id = $1 and is_merged = false and opened_day >= $2
               and (opened_day < $3 or (opened_day = $3 and ticket_id < $4))
               and (agent_id = $5 or $6 = 1 or (agent_id is null and $7 = 1))
               and (team_id = $8 or $9 = 1 or (team_id is null and $10 = 1))
               and (mailbox_id = $11 or $12 = 1 or (mailbox_id is null and $13 = 1))
               and (tier_id = $14 or $15 = 1 or (tier_id is null and $16 = 1))
               and (channel = $17 or $17 = '') and (kind = $18 or $18 = '') and (priority = $19 or $19 = '')
               and ($20 = '' or tags like $20) and ($21 = 0 or tags = '')
               and ($22 = 0 or first_response is not null) and ($23 = 0 or is_open = true)
               and ($24 = 0 or opened_weekday = $24) and ($25 = -1 or opened_hour = $25)
             order by opened_day desc, ticket_id desc
             limit $26"
        ),
        params![
            workspace, rows.from, is.before.0, is.before.1, is.ids[0].0, is.ids[0].1, is.ids[0].2, is.ids[1].0, is.ids[1].1, is.ids[1].2, is.ids[2].0, is.ids[2].1, is.ids[2].2, is.ids[3].0, is.ids[3].1, is.ids[3].2, is.words[0], is.words[1], is.words[2], is.tag, is.untagged, i64::from(rows.of == Of::Responded), i64::from(rows.of == Of::Backlog), weekday, is.hour, limit
        ],
        read,
    )
}

/// Of tickets by the day they were last solved.
fn solved(tx: &mut Tx<'_>, workspace: WorkspaceId, rows: &Rows, limit: i64) -> Result<Vec<Fact>, DbError> {
    let is = asked(rows);
    tx.rows(
        sql!(
            "select ticket_id, number, is_merged, is_open, opened_at, opened_day, opened_hour, opened_weekday, solved_at,
               solved_day, channel, kind, priority, agent_id, team_id, mailbox_id, tier_id, tags, replies, is_reopened,
               first_response, first_response_work, resolution, resolution_work, first_resolution, first_resolution_work,
               csat, effort
             from ticket_facts
             where workspace_id = $1 and is_merged = false and solved_day >= $2
               and (solved_day < $3 or (solved_day = $3 and ticket_id < $4))
               and (agent_id = $5 or $6 = 1 or (agent_id is null and $7 = 1))
               and (team_id = $8 or $9 = 1 or (team_id is null and $10 = 1))
               and (mailbox_id = $11 or $12 = 1 or (mailbox_id is null and $13 = 1))
               and (tier_id = $14 or $15 = 1 or (tier_id is null and $16 = 1))
               and (channel = $17 or $17 = '') and (kind = $18 or $18 = '') and (priority = $19 or $19 = '')
               and ($20 = '' or tags like $20) and ($21 = 0 or tags = '')
               and ($22 = 0 or is_reopened = true) and ($23 = 0 or replies < 2)
               and ($24 = 0 or csat is not null or effort is not null) and ($25 = -1 or opened_hour = $25)
             order by solved_day desc, ticket_id desc
             limit $26"
        ),
        params![
            workspace, rows.from, is.before.0, is.before.1, is.ids[0].0, is.ids[0].1, is.ids[0].2, is.ids[1].0, is.ids[1].1, is.ids[1].2, is.ids[2].0, is.ids[2].1, is.ids[2].2, is.ids[3].0, is.ids[3].1, is.ids[3].2, is.words[0], is.words[1], is.words[2], is.tag, is.untagged, i64::from(rows.of == Of::Reopened), i64::from(rows.of == Of::OneTouch), i64::from(rows.of == Of::Rated), is.hour, limit
        ],
        read,
    )
}
