//! Replaying the past of customers: day by day what the rules would have said, from what was known on that day. The rows are
//! read for many customers at once; what follows from them is pure, and the same in whatever order customers are replayed.

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use tandem_core::accounts::{self, Account, AccountId};
use tandem_core::currencies::Rates;
use tandem_core::ledger::{self, Movement};
use tandem_core::metrics::Producers;
use tandem_core::workspaces::{self, WorkspaceId};

use super::model::{Case, Episode, Point};
use crate::alerts::past::{self, Kept, Past, Verdict, Wanted};
use crate::alerts::rules::Rule;
use crate::alerts::{BAND, SCORE};
use crate::health::Band;

/// Days from one checkpoint to the next.
const STEP: i64 = 28;
/// What other rankings of customers go by.
const LAST_USED: &str = "usage.last_used";
const LAST_TOUCH: &str = "people.last_touch";

/// What all customers are replayed with.
pub(super) struct Terms {
    pub(super) rules: Vec<Rule>,
    pub(super) rates: Rates,
    pub(super) from: Day,
    pub(super) until: Day,
    wanted: Wanted,
}

/// A customer, and what was kept of it.
pub(super) struct Customer {
    life: Life,
    kept: Kept,
}

/// When somebody was a customer, and what they brought.
struct Life {
    begun: Day,
    lost: Option<Day>,
    movements: Vec<Movement>,
}

impl Terms {
    /// Rules are replayed from a day until another.
    pub(super) fn new(
        rules: Vec<Rule>,
        rates: Rates,
        (from, until): (Day, Day),
        producers: &Producers,
    ) -> Self {
        Self {
            wanted: Wanted::of(producers, &rules, &[LAST_USED, LAST_TOUCH]),
            rules,
            rates,
            from,
            until,
        }
    }
}

/// Up to `limit` accounts after one: the last of them, how many they are, and those that were customers in that time.
pub(super) fn read(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    terms: &Terms,
    after: Option<AccountId>,
    limit: i64,
) -> Result<(Option<AccountId>, i64, Vec<Customer>), DbError> {
    let start = after.unwrap_or(AccountId::from_uuid(Uuid::nil()));
    let accounts = accounts::after(tx, workspace, start, limit)?;
    let (last, count) = (accounts.last().map(|account| account.id), accounts.len() as i64);
    let lives = lives(tx, workspace, terms, accounts)?;
    let ids: Vec<AccountId> = lives.iter().map(|(id, _)| *id).collect();
    let kept = past::read(tx, workspace, &ids, &terms.wanted, (terms.from, terms.until))?;
    let customers = lives.into_iter().zip(kept);
    let customers = customers.map(|((_, life), kept)| Customer { life, kept });
    Ok((last, count, customers.collect()))
}

/// Without those who were no customers in that time.
fn lives(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    terms: &Terms,
    accounts: Vec<Account>,
) -> Result<Vec<(AccountId, Life)>, DbError> {
    let zone = workspaces::zone(tx, workspace)?;
    let ids: Vec<AccountId> = accounts.iter().map(|account| account.id).collect();
    let mut moved = ledger::of_accounts(tx, workspace, &ids)?;
    let life = |account: Account| {
        let movements = moved.remove(&account.id).unwrap_or_default();
        let closed = account.closure.map(|closure| Day::of(closure.at, &zone));
        let (begun, lost) = match movements.first() {
            Some(first) => {
                // The last day after which it had no subscription for good.
                let last = movements.last().filter(|last| !last.is_active);
                (first.day, last.map(|last| last.day))
            }
            None => (Day::of(account.created_at, &zone), closed),
        };
        let lost = lost.filter(|lost| *lost <= terms.until);
        let is_within = begun <= terms.until && lost.is_none_or(|lost| lost > terms.from);
        let life = Life {
            begun,
            lost,
            movements,
        };
        is_within.then_some((account.id, life))
    };
    Ok(accounts.into_iter().filter_map(life).collect())
}

/// What becomes of a customer when its past is replayed.
pub(super) fn case(terms: &Terms, customer: &Customer) -> Case {
    let (life, past) = (&customer.life, Past::of(&terms.wanted, &customer.kept));
    let first = life.begun.max(terms.from);
    let last = life.lost.map_or(terms.until, |lost| lost.plus_days(-1));
    let days = first.days_until(last).max(-1) + 1;
    let mut episodes = Vec::new();
    for rule in &terms.rules {
        episodes.extend(episodes_of(rule, &past, first, days));
    }
    let checkpoints = (0..).map(|index| terms.from.plus_days(index * STEP));
    let points = checkpoints
        .take_while(|day| *day <= last)
        .filter(|day| *day >= first);
    Case {
        account: customer.kept.account,
        lost: life.lost,
        episodes,
        points: points.map(|day| point(terms, life, &past, day)).collect(),
    }
}

/// What a rule would have opened and closed, had it looked every day; nobody dismisses anything.
fn episodes_of(rule: &Rule, past: &Past, first: Day, days: i64) -> Vec<Episode> {
    let mut found: Vec<Episode> = Vec::new();
    let (mut open, mut quiet_since) = (None::<Day>, None::<Day>);
    for day in (0..days).map(|index| first.plus_days(index)) {
        let conditions = &rule.content.conditions;
        // Only what was open is asked whether its cause is gone, or can't be seen: to hold or not is quicker to tell.
        let verdict = match past.holds(conditions, day) {
            true => Verdict::Holds,
            false if open.is_some() => past.verdict(conditions, day),
            false => Verdict::Fails,
        };
        match (open, verdict) {
            (None, Verdict::Holds) => {
                let closed = found.last().and_then(|last| last.closed);
                if closed.is_none_or(|closed| closed.days_until(day) >= rule.content.cooldown) {
                    open = Some(day);
                }
            }
            (Some(_), Verdict::Holds | Verdict::Unknown) => quiet_since = None,
            (Some(opened), Verdict::Fails) => {
                let since = *quiet_since.get_or_insert(day);
                if since.days_until(day) >= rule.content.easing {
                    found.push(Episode {
                        rule: rule.id,
                        opened,
                        closed: Some(day),
                    });
                    (open, quiet_since) = (None, None);
                }
            }
            (None, _) => {}
        }
    }
    found.extend(open.map(|opened| Episode {
        rule: rule.id,
        opened,
        closed: None,
    }));
    found
}

fn point(terms: &Terms, life: &Life, past: &Past, day: Day) -> Point {
    let mut last = std::collections::BTreeMap::new();
    for movement in life.movements.iter().filter(|movement| movement.day <= day) {
        last.insert(movement.currency, movement.closing);
    }
    let amounts = last
        .into_iter()
        .map(|(currency, minor)| kit::money::Money { minor, currency });
    let band = match past.value(BAND.name, day).map(|band| band as i64) {
        Some(1) => Band::Red,
        Some(2) => Band::Amber,
        Some(3) => Band::Green,
        _ => Band::Unknown,
    };
    Point {
        day,
        mrr: terms.rates.sum(amounts).total.minor,
        score: past.value(SCORE.name, day),
        band,
        last_used: past.value(LAST_USED, day),
        last_touch: past.value(LAST_TOUCH, day),
    }
}

#[cfg(test)]
mod tests;
