//! When somebody was a customer, and where they stood: what rules are replayed over.

use kit::day::Day;
use kit::db::{DbError, Tx};
use tandem_core::accounts::{Account, AccountId};
use tandem_core::ladders::RungId;
use tandem_core::ledger::{self, Movement};
use tandem_core::workspaces::{self, WorkspaceId};
use tandem_core::{stages, tiers};

use crate::alerts::rules::Rule;

/// Days within which somebody who has no subscription any more may have one again without having been lost: renewed late.
const LATE: i64 = 30;

/// When somebody was a customer, and what they brought.
#[derive(Clone, Debug)]
pub(super) struct Life {
    pub(super) begun: Day,
    pub(super) lost: Option<Day>,
    pub(super) movements: Vec<Movement>,
    pub(super) stays: Vec<Stay>,
    /// The tier of today: which one it was before is not kept.
    pub(super) tier: Option<RungId>,
}

/// The days that somebody was on a stage; it is left on the last of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stay {
    pub(super) stage: RungId,
    pub(super) since: Day,
    pub(super) until: Option<Day>,
}

impl Life {
    /// Whether a rule looked at them on a day: it is for their stage and tier, or for any.
    pub(super) fn fits(&self, rule: &Rule, day: Day) -> bool {
        let content = &rule.content;
        (content.stage.is_none() || content.stage == self.stage(day))
            && (content.tier.is_none() || content.tier == self.tier)
    }

    /// The stage at the end of a day.
    fn stage(&self, day: Day) -> Option<RungId> {
        let held = |stay: &&Stay| stay.since <= day && stay.until.is_none_or(|until| until > day);
        self.stays.iter().rev().find(held).map(|stay| stay.stage)
    }
}

/// The lives of these accounts between two days; who came back has several. Without those who were no customers in that time.
pub(super) fn of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: Vec<Account>,
    (from, until): (Day, Day),
) -> Result<Vec<(AccountId, Life)>, DbError> {
    let zone = workspaces::zone(tx, workspace)?;
    let ids: Vec<AccountId> = accounts.iter().map(|account| account.id).collect();
    let mut moved = ledger::of_accounts(tx, workspace, &ids)?;
    let mut stays = stages::stays(tx, workspace, &ids)?;
    let tiers = tiers::of(tx, workspace, &ids)?;
    let mut lives = Vec::new();
    for account in accounts {
        let movements = moved.remove(&account.id).unwrap_or_default();
        let mut spans = spans(&movements);
        if spans.is_empty() {
            let closed = account.closure.map(|closure| Day::of(closure.at, &zone));
            spans.push((Day::of(account.created_at, &zone), closed));
        }
        let stay = |stay: stages::Stay| Stay {
            stage: stay.stage,
            since: Day::of(stay.since, &zone),
            until: stay.until.map(|until| Day::of(until, &zone)),
        };
        let stays = stays.remove(&account.id).unwrap_or_default();
        let stays: Vec<Stay> = stays.into_iter().map(stay).collect();
        let tier = tiers.get(&account.id).and_then(|standing| standing.tier.as_ref());
        for (begun, lost) in spans {
            let lost = lost.filter(|lost| *lost <= until);
            if begun <= until && lost.is_none_or(|lost| lost > from) {
                let life = Life {
                    begun,
                    lost,
                    movements: movements.clone(),
                    stays: stays.clone(),
                    tier: tier.map(|rung| rung.id),
                };
                lives.push((account.id, life));
            }
        }
    }
    Ok(lives)
}

/// From when until when somebody had subscriptions: the first day with any, and the first without; none while they have.
pub(super) fn spans(movements: &[Movement]) -> Vec<(Day, Option<Day>)> {
    let mut spans: Vec<(Day, Option<Day>)> = Vec::new();
    for movement in movements {
        let is_late = |lost: Option<Day>| lost.is_none_or(|lost| lost.days_until(movement.day) < LATE);
        let goes_on = |lost: Option<Day>| !movement.is_active || is_late(lost);
        match spans.last_mut().filter(|(_, lost)| goes_on(*lost)) {
            Some((_, lost)) if movement.is_active => *lost = None,
            Some((_, lost)) => *lost = Some(lost.unwrap_or(movement.day)),
            None if movement.is_active => spans.push((movement.day, None)),
            None => {}
        }
    }
    spans
}

#[cfg(test)]
mod tests;
