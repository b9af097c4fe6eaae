//! What follows from events: runs that begin, runs that end, and runs that waited for a task.

use kit::day::Day;
use kit::db::Tx;
use kit::id::{TypedId, Uuid};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::events::Event;
use tandem_core::workspaces::{self, WorkspaceId};
use tandem_core::{segments, stages};

use super::beginning::{end, occasion};
use super::words::SEGMENT_LEFT;
use super::{Content, PlaybookError, PlaybookId, RunState, Trigger, dates, past, runs, store};
use crate::health::{self, Band};

/// How many accounts one job tries.
const PART: i64 = 100;

/// The accounts that an event is about.
pub(super) fn accounts_of(event: &Event) -> Vec<AccountId> {
    let about = event.topics.iter().map(String::as_str).chain(event.subjects());
    let mut accounts: Vec<AccountId> = about.filter_map(|id| id.parse().ok()).collect();
    accounts.sort_unstable();
    accounts.dedup();
    accounts
}

/// Begins what an event begins, and ends what it ends.
///
/// # Errors
/// The database's, as [`PlaybookError::Db`].
pub(super) fn hear(tx: &mut Tx<'_>, workspace: WorkspaceId, event: &Event) -> Result<(), PlaybookError> {
    let actor = Actor::system(workspace, "playbook");
    for account in accounts_of(event) {
        for playbook in store::listening(tx, workspace, &event.kind)? {
            let content = in_force(tx, workspace, playbook)?;
            if let Some(content) = content
                && is_meant(tx, workspace, (&content.trigger, event), account)?
            {
                occasion(tx, &actor, playbook, account, &event.kind)?;
            }
        }
        leave(tx, &actor, event, account)?;
    }
    Ok(())
}

/// What a playbook says that is in force.
pub(super) fn in_force(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: PlaybookId,
) -> Result<Option<Content>, PlaybookError> {
    let Some(version) = store::find(tx, workspace, id)?.and_then(|one| one.published) else {
        return Ok(None);
    };
    Ok(store::content(tx, workspace, id, version)?)
}

/// Whether a trigger means this event.
fn is_meant(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (trigger, event): (&Trigger, &Event),
    account: AccountId,
) -> Result<bool, PlaybookError> {
    Ok(match trigger {
        Trigger::Stage { stage } => {
            let now = stages::now(tx, workspace, &[account])?.remove(&account);
            now.map(|rung| rung.id) == Some(*stage)
        }
        // That it came in may be heard after it has left again.
        Trigger::Segment { segment } if is_told(trigger, &event.payload) => match segment.parse() {
            Ok(segment) => segments::contains(tx, workspace, segment, account)?,
            Err(_) => false,
        },
        other => is_told(other, &event.payload),
    })
}

/// Whether a trigger means what an event tells of itself.
pub(super) fn is_told(trigger: &Trigger, payload: &serde_json::Value) -> bool {
    let told = |name: &str| {
        payload
            .get(name)
            .and_then(serde_json::Value::as_str)
            .unwrap_or_default()
    };
    match trigger {
        Trigger::Alert { rule, severity } => {
            (rule.is_empty() || told("rule") == rule) && (severity.is_empty() || told("severity") == severity)
        }
        Trigger::Band { band } => told("band") == band.as_str(),
        Trigger::Segment { segment } => told("segment") == segment,
        Trigger::Event { .. } | Trigger::Stage { .. } => true,
        Trigger::Hand | Trigger::Renewal { .. } | Trigger::Date { .. } => false,
    }
}

/// Ends the runs at an account whose end an event is.
fn leave(tx: &mut Tx<'_>, actor: &Actor, event: &Event, account: AccountId) -> Result<(), PlaybookError> {
    let is_band = event.kind == health::BANDED.name;
    let is_closed = event.kind == "alert.closed";
    let is_left = event.kind == SEGMENT_LEFT;
    if !is_band && !is_closed && !is_left {
        return Ok(());
    }
    let told = |name: &str| event.payload.get(name).and_then(serde_json::Value::as_str);
    let band = told("band").and_then(Band::named);
    for run in runs::store::live_at(tx, actor.workspace, account)? {
        let content = store::content(tx, actor.workspace, run.playbook, run.version)?;
        let Some(content) = content else {
            continue;
        };
        if is_band && band.is_some() && content.until_band == band {
            end(tx, actor, run, (RunState::Stopped, "band"))?;
        } else if is_closed && content.until_closed && is_of_rule(&content.trigger, event) {
            end(tx, actor, run, (RunState::Stopped, "alert"))?;
        } else if is_left && content.until_left && is_told(&content.trigger, &event.payload) {
            end(tx, actor, run, (RunState::Stopped, "segment"))?;
        }
    }
    Ok(())
}

/// Whether a closed alert is one that the playbook is about: of the rule that starts it, or of any.
fn is_of_rule(trigger: &Trigger, event: &Event) -> bool {
    let told = event.payload.get("rule").and_then(serde_json::Value::as_str);
    match trigger {
        Trigger::Alert { rule, .. } => rule.is_empty() || told == Some(rule),
        _ => true,
    }
}

/// The playbooks that begin by days of accounts, which are looked for each night.
///
/// # Errors
/// The database's, as [`PlaybookError::Db`].
pub(super) fn by_days(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<PlaybookId>, PlaybookError> {
    let mut all = store::listening(tx, workspace, "renewal")?;
    all.extend(store::listening(tx, workspace, "date")?);
    Ok(all)
}

/// Begins a playbook at some accounts whose day has come, after a place; gives the next place while there are more.
///
/// # Errors
/// The database's, as [`PlaybookError::Db`].
pub(super) fn look_ahead(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    playbook: PlaybookId,
    after: Option<(Day, AccountId)>,
) -> Result<Option<(Day, AccountId)>, PlaybookError> {
    let actor = Actor::system(workspace, "playbook");
    let today = workspaces::today(tx, workspace)?;
    let part = match in_force(tx, workspace, playbook)?.map(|one| one.trigger) {
        Some(Trigger::Renewal { days }) => {
            // Strictly after today's last account: who renews today is no occasion any more.
            let after = after.unwrap_or((today, AccountId::from_uuid(Uuid::max())));
            let part = past::store::renewing(tx, workspace, (after, today.plus_days(days)), PART)?;
            for (account, _) in &part {
                occasion(tx, &actor, playbook, *account, "renewal")?;
            }
            part
        }
        Some(Trigger::Date { date, days, side }) => {
            let span = dates::due(today, days, side);
            let part = dates::on(tx, workspace, &date, (span, after), PART)?;
            for (account, day) in &part {
                dates::occasion_on(tx, &actor, playbook, (*account, *day))?;
            }
            part
        }
        _ => return Ok(None),
    };
    let is_last = i64::try_from(part.len()).unwrap_or(PART) < PART;
    Ok(part
        .last()
        .filter(|_| !is_last)
        .map(|(account, day)| (*day, *account)))
}
