//! A dry run: for whom a playbook would have begun in the past, without doing anything. Accounts are known as they are
//! today; what happened is looked up in events and in the days of health.

pub(super) mod store;

use std::collections::BTreeMap;
use std::time::Duration;

use kit::day::Day;
use kit::db::Tx;
use kit::id::{TypedId, Uuid};
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;
use tandem_core::workspaces;

use super::beginning::fits;
use super::model::is_held_out;
use super::{Content, PlaybookError, PlaybookId, Side, Trigger, dates, find, hearing};

const DAY: Duration = Duration::from_secs(86_400);
/// How many dates a dry run looks at.
const MOST: i64 = 5_000;

/// An account for which it would have begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fired {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// On which days, the first first; at most as often as the time between runs allows.
    pub days: Vec<Day>,
    /// Whether it would have been left alone.
    pub is_held_out: bool,
}

/// For whom the newest version would have begun in the last so many days: those that it would have begun for most often,
/// then by name.
///
/// # Errors
/// [`PlaybookError::Unknown`], a missing permission, or the database's.
pub fn dry_run(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: PlaybookId,
    days: i64,
) -> Result<Vec<Fired>, PlaybookError> {
    actor.must(Permission::AccountsRead)?;
    let playbook = find(tx, actor, id)?;
    let content = playbook.content;
    if content.conditions.mrr_from.is_some() || content.conditions.mrr_to.is_some() {
        // Who fits says what an account brings.
        actor.must(Permission::MoneyRead)?;
    }
    let today = workspaces::today(tx, actor.workspace)?;
    let occasions = occasions(tx, actor, &content, (today.plus_days(-days), today))?;
    let mut by_account: BTreeMap<AccountId, Vec<Day>> = BTreeMap::new();
    for (account, day) in occasions {
        by_account.entry(account).or_default().push(day);
    }
    let mut fired = Vec::new();
    for (account, mut days) in by_account {
        if !accounts::is_open(tx, actor.workspace, account)?
            || !fits(tx, actor, &content.conditions, account)?
        {
            continue;
        }
        days.sort_unstable();
        let Some(name) = accounts::name(tx, actor.workspace, account)? else {
            continue;
        };
        fired.push(Fired {
            account,
            name,
            days: rested(&days, content.cooldown),
            is_held_out: is_held_out(id, account, content.holdout),
        });
    }
    fired.sort_by(|a, b| b.days.len().cmp(&a.days.len()).then_with(|| a.name.cmp(&b.name)));
    Ok(fired)
}

/// The days that are far enough from the one before.
fn rested(days: &[Day], cooldown: i64) -> Vec<Day> {
    let mut kept: Vec<Day> = Vec::new();
    for day in days {
        let is_far = kept
            .last()
            .is_none_or(|last| last.days_until(*day) >= cooldown.max(1));
        if is_far {
            kept.push(*day);
        }
    }
    kept
}

/// What would have begun it between two days.
fn occasions(
    tx: &mut Tx<'_>,
    actor: &Actor,
    content: &Content,
    (from, today): (Day, Day),
) -> Result<Vec<(AccountId, Day)>, PlaybookError> {
    let workspace = actor.workspace;
    Ok(match &content.trigger {
        Trigger::Hand => Vec::new(),
        Trigger::Band { band } => store::banded(tx, workspace, band.as_str(), from)?,
        Trigger::Renewal { days } => {
            let first = (from.plus_days(*days - 1), AccountId::from_uuid(Uuid::max()));
            let span = (first, today.plus_days(*days));
            let renewing = store::renewing(tx, workspace, span, MOST)?;
            renewing
                .into_iter()
                .map(|(account, renews)| (account, renews.plus_days(-days)))
                .collect()
        }
        Trigger::Date { date, days, side } => {
            let (first, last) = match side {
                Side::Before => (from.plus_days(*days), today.plus_days(*days)),
                Side::After => (from.plus_days(-days), today.plus_days(-days)),
            };
            let found = dates::on(tx, workspace, date, ((first, last), None), MOST)?;
            let occasion = |(account, date)| (account, dates::occasion_of(date, *days, *side));
            found.into_iter().map(occasion).collect()
        }
        trigger => {
            let zone = workspaces::zone(tx, workspace)?;
            let span = u32::try_from(from.days_until(today)).unwrap_or_default();
            let since = tx.now().minus(DAY * span);
            let mut found = Vec::new();
            for (topics, payload, at) in store::events(tx, workspace, trigger.listens(), since)? {
                let told: serde_json::Value = serde_json::from_str(&payload).unwrap_or_default();
                let is_meant = match trigger {
                    Trigger::Stage { stage } => came_to(tx, actor, *stage, &told)?,
                    other => hearing::is_told(other, &told),
                };
                if !is_meant {
                    continue;
                }
                let accounts = topics
                    .split(' ')
                    .filter_map(|topic| topic.parse::<AccountId>().ok());
                let day = Day::of(at, &zone);
                found.extend(accounts.map(|account| (account, day)));
            }
            found.sort_unstable_by_key(|(account, day)| (*account, *day));
            found.dedup();
            found
        }
    })
}

/// Whether an event tells of coming to this stage, which it calls by its name.
fn came_to(
    tx: &mut Tx<'_>,
    actor: &Actor,
    stage: tandem_core::ladders::RungId,
    told: &serde_json::Value,
) -> Result<bool, PlaybookError> {
    use tandem_core::ladders::{self, Ladder};
    let rung = ladders::find(tx, actor.workspace, Ladder::Stages, stage)?;
    let name = told.get("stage").and_then(serde_json::Value::as_str);
    Ok(rung.is_some_and(|rung| Some(rung.text.name.as_str()) == name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_are_too_near_do_not_count() {
        let day = |text: &str| text.parse::<Day>().expect("a day");
        let days = [
            day("2026-11-01"),
            day("2026-11-01"),
            day("2026-11-20"),
            day("2026-12-05"),
        ];
        assert_eq!(rested(&days, 0).len(), 3);
        assert_eq!(rested(&days, 30), [day("2026-11-01"), day("2026-12-05")]);
    }
}
