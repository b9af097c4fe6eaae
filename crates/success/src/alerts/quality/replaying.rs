//! Replaying the past of a customer: day by day what the rules would have said, from what was known on that day.

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::currencies::Rates;
use tandem_core::ledger::{self, Movement};
use tandem_core::workspaces::{self, WorkspaceId};

use super::model::{Case, Episode, Point};
use crate::alerts::past::Past;
use crate::alerts::rules::Rule;
use crate::alerts::{BAND, SCORE};
use crate::health::Band;

/// Days from one checkpoint to the next.
const STEP: i64 = 28;

/// What all customers are replayed with.
pub(super) struct Terms<'a> {
    pub(super) workspace: WorkspaceId,
    pub(super) rules: &'a [Rule],
    pub(super) rates: &'a Rates,
    pub(super) from: Day,
    pub(super) until: Day,
}

/// When somebody was a customer, and what they brought.
struct Life {
    begun: Day,
    lost: Option<Day>,
    movements: Vec<Movement>,
}

/// Up to `limit` accounts after one, and what was replayed of those that were customers in that time.
pub(super) fn replay(
    tx: &mut Tx<'_>,
    terms: &Terms<'_>,
    after: Option<AccountId>,
    limit: i64,
) -> Result<(Option<AccountId>, i64, Vec<Case>), DbError> {
    let start = after.unwrap_or(AccountId::from_uuid(Uuid::nil()));
    let ids = accounts::ids_after(tx, terms.workspace, start, limit)?;
    let mut cases = Vec::new();
    for id in &ids {
        let Some(life) = life(tx, terms, *id)? else {
            continue;
        };
        let past = Past::read(tx, terms.workspace, *id, (terms.from, terms.until))?;
        cases.push(case(terms, *id, &life, &past));
    }
    Ok((ids.last().copied(), ids.len() as i64, cases))
}

/// None for those who were no customers in that time.
fn life(tx: &mut Tx<'_>, terms: &Terms<'_>, id: AccountId) -> Result<Option<Life>, DbError> {
    let actor = Actor::system(terms.workspace, "alerts");
    let account = match accounts::find(tx, &actor, id) {
        Ok(Some(account)) => account,
        Ok(None) => return Ok(None),
        Err(accounts::AccountError::Db(error)) => return Err(error),
        Err(_) => return Ok(None),
    };
    let zone = workspaces::zone(tx, terms.workspace)?;
    let movements = ledger::of_account(tx, terms.workspace, id)?;
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
    Ok(is_within.then_some(Life {
        begun,
        lost,
        movements,
    }))
}

fn case(terms: &Terms<'_>, account: AccountId, life: &Life, past: &Past) -> Case {
    let first = life.begun.max(terms.from);
    let last = life.lost.map_or(terms.until, |lost| lost.plus_days(-1));
    let days = first.days_until(last).max(-1) + 1;
    let mut episodes = Vec::new();
    for rule in terms.rules {
        episodes.extend(episodes_of(rule, past, first, days));
    }
    let checkpoints = (0..).map(|index| terms.from.plus_days(index * STEP));
    let points = checkpoints
        .take_while(|day| *day <= last)
        .filter(|day| *day >= first);
    Case {
        account,
        lost: life.lost,
        episodes,
        points: points.map(|day| point(terms, life, past, day)).collect(),
    }
}

/// What a rule would have opened and closed, had it looked every day; nobody dismisses anything.
fn episodes_of(rule: &Rule, past: &Past, first: Day, days: i64) -> Vec<Episode> {
    let mut found: Vec<Episode> = Vec::new();
    let (mut open, mut quiet_since) = (None::<Day>, None::<Day>);
    for day in (0..days).map(|index| first.plus_days(index)) {
        let holds = past.holds(&rule.content.conditions, day);
        match (open, holds) {
            (None, true) => {
                let closed = found.last().and_then(|last| last.closed);
                if closed.is_none_or(|closed| closed.days_until(day) >= rule.content.cooldown) {
                    open = Some(day);
                }
            }
            (Some(_), true) => quiet_since = None,
            (Some(opened), false) => {
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
            (None, false) => {}
        }
    }
    found.extend(open.map(|opened| Episode {
        rule: rule.id,
        opened,
        closed: None,
    }));
    found
}

fn point(terms: &Terms<'_>, life: &Life, past: &Past, day: Day) -> Point {
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
        last_used: past.value("usage.last_used", day),
        last_touch: past.value("people.last_touch", day),
    }
}
