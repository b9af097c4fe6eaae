//! Replaying the past of customers: day by day what the rules would have said, from what was known on that day. The rows are
//! read for many customers at once; what follows from them is pure, and the same in whatever order customers are replayed.

use std::collections::BTreeMap;
use std::sync::Arc;

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use tandem_core::accounts::{self, AccountId};
use tandem_core::currencies::Rates;
use tandem_core::metrics::Producers;
use tandem_core::workspaces::WorkspaceId;

use super::lives::{self, Life};
use super::model::{Case, Colours, Episode, Point};
use crate::alerts::past::{self, Kept, Past, Verdict, Wanted};
use crate::alerts::rules::Rule;
use crate::alerts::{BAND, SCORE};
use crate::health::Band;

/// Days from one checkpoint to the next.
const STEP: i64 = 28;
/// Days from one look at colours to the next.
const WEEK: i64 = 7;
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
    kept: Arc<Kept>,
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
    let lives = lives::of(tx, workspace, accounts, (terms.from, terms.until))?;
    let mut ids: Vec<AccountId> = lives.iter().map(|(id, _)| *id).collect();
    // Who came back has several lives, one after the other.
    ids.dedup();
    let kept = past::read(tx, workspace, &ids, &terms.wanted, (terms.from, terms.until))?;
    let kept = kept.into_iter().map(|kept| (kept.account, Arc::new(kept)));
    let kept: BTreeMap<AccountId, Arc<Kept>> = kept.collect();
    let customer = |(id, life): (AccountId, Life)| {
        let kept = Arc::clone(kept.get(&id)?);
        Some(Customer { life, kept })
    };
    Ok((last, count, lives.into_iter().filter_map(customer).collect()))
}

/// What becomes of a customer when its past is replayed.
pub(super) fn case(terms: &Terms, customer: &Customer) -> Case {
    let (life, past) = (&customer.life, Past::of(&terms.wanted, &customer.kept));
    let first = life.begun.max(terms.from);
    let last = life.lost.map_or(terms.until, |lost| lost.plus_days(-1));
    let days = first.days_until(last).max(-1) + 1;
    let mut episodes = Vec::new();
    for rule in &terms.rules {
        episodes.extend(episodes_of(rule, (life, &past), first, days));
    }
    let checkpoints = (0..).map(|index| terms.from.plus_days(index * STEP));
    let points = checkpoints
        .take_while(|day| *day <= last)
        .filter(|day| *day >= first);
    Case {
        account: customer.kept.account,
        lost: life.lost,
        colours: colours(&past, (first, last)),
        episodes,
        points: points.map(|day| point(terms, life, &past, day)).collect(),
    }
}

/// What a rule would have opened and closed, had it looked every day; nobody dismisses anything.
fn episodes_of(rule: &Rule, (life, past): (&Life, &Past), first: Day, days: i64) -> Vec<Episode> {
    let mut found: Vec<Episode> = Vec::new();
    let (mut open, mut quiet_since, mut eased) = (None::<Day>, None::<Day>, None::<Day>);
    let episode = |opened: Day, closed: Option<Day>| Episode {
        rule: rule.id,
        opened,
        closed,
    };
    for day in (0..days).map(|index| first.plus_days(index)) {
        if !life.fits(rule, day) {
            // It looks no more at them: what was open is over, and opens again as soon as it looks.
            found.extend(open.take().map(|opened| episode(opened, Some(day))));
            quiet_since = None;
            continue;
        }
        match (open, seen(rule, past, day, open.is_some())) {
            (None, Verdict::Holds) => {
                if eased.is_none_or(|eased| eased.days_until(day) >= rule.content.cooldown) {
                    open = Some(day);
                }
            }
            (Some(_), Verdict::Holds | Verdict::Unknown) => quiet_since = None,
            (Some(opened), Verdict::Fails) => {
                let since = *quiet_since.get_or_insert(day);
                if since.days_until(day) >= rule.content.easing {
                    found.push(episode(opened, Some(day)));
                    (open, quiet_since, eased) = (None, None, Some(day));
                }
            }
            (None, _) => {}
        }
    }
    found.extend(open.map(|opened| episode(opened, None)));
    found
}

/// What a rule sees on a day. Only what is open is asked whether its cause is gone or can't be seen: whether it holds is quicker to
/// tell.
fn seen(rule: &Rule, past: &Past, day: Day, is_open: bool) -> Verdict {
    let conditions = &rule.content.conditions;
    match past.holds(conditions, day) {
        true => Verdict::Holds,
        false if is_open => past.verdict(conditions, day),
        false => Verdict::Fails,
    }
}

fn point(terms: &Terms, life: &Life, past: &Past, day: Day) -> Point {
    let mut last = BTreeMap::new();
    for movement in life.movements.iter().filter(|movement| movement.day <= day) {
        last.insert(movement.currency, movement.closing);
    }
    let amounts = last
        .into_iter()
        .map(|(currency, minor)| kit::money::Money { minor, currency });
    Point {
        day,
        mrr: terms.rates.sum(amounts).total.minor,
        score: past.value(SCORE.name, day),
        confidence: past.confidence(day),
        band: colour(past, day),
        last_used: past.value(LAST_USED, day),
        last_touch: past.value(LAST_TOUCH, day),
    }
}

/// The colour of a day.
fn colour(past: &Past, day: Day) -> Band {
    past.value(BAND.name, day).map_or(Band::Unknown, past::band)
}

/// In how many weeks there was a colour at both ends, and in how many of them it was another.
fn colours(past: &Past, (first, last): (Day, Day)) -> Colours {
    let mut colours = Colours::default();
    let mut day = first.plus_days(WEEK);
    let mut before = colour(past, first);
    while day <= last {
        let now = colour(past, day);
        if before != Band::Unknown && now != Band::Unknown {
            colours.weeks += 1;
            colours.flips += u64::from(before != now);
        }
        (before, day) = (now, day.plus_days(WEEK));
    }
    colours
}

#[cfg(test)]
mod tests;
