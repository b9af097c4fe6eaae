//! When customers write: more on Mondays than at week-ends, more at ten than at night, more as there are more of them, and
//! on one day nearly all at once.

use std::time::Duration;

use kit::clock::Timestamp;
use kit::id::Ids;
use tandem_core::demo::{Cast, Plan};

/// How many tickets an account writes in the whole history, on average.
pub(super) const PER_ACCOUNT: usize = 70;
/// How far back the history goes.
const DAYS: u32 = 548;
/// How many of the last days are lived through one by one, in the clock's own time.
pub(super) const RECENT: u32 = 7;
/// How much comes on which weekday, from Monday on.
const WEEK: [u64; 7] = [138, 116, 108, 104, 92, 26, 20];
/// How much comes in which hour of the day (UTC).
const HOURS: [u64; 24] = [
    1, 1, 1, 1, 2, 5, 14, 38, 70, 88, 92, 84, 66, 70, 78, 74, 60, 38, 24, 16, 12, 8, 5, 3,
];
/// The hours of the day of the outage in which nothing worked.
const OUTAGE: std::ops::Range<u64> = 9..12;
/// How much more came on that day, in percent.
const RUSH: u64 = 380;
const HOUR: u64 = 3_600;
const DAY: Duration = Duration::from_secs(86_400);

/// Somebody writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plot {
    /// When.
    pub(super) at: Timestamp,
    /// Which account of the cast.
    pub(super) account: usize,
    /// The seed of all that follows.
    pub(super) seed: u64,
    /// Whether it is because nothing works.
    pub(super) is_outage: bool,
}

/// Who writes when, in order: the distant past, and the last days.
#[derive(Debug)]
pub(super) struct Calendar {
    /// What is over.
    pub(super) past: Vec<Plot>,
    /// The last days.
    pub(super) recent: Vec<Plot>,
    /// When the outage began, if there was one.
    pub(super) outage: Option<Timestamp>,
}

/// Everything that the sample accounts write, by the seed of the plan.
pub(super) fn calendar(plan: &Plan, cast: &Cast) -> Calendar {
    let dice = Ids::seeded(plan.seed ^ 0x71C4);
    let days = DAYS.min(plan.days);
    // The last day is the one in which the plan ends.
    let start = plan.end.minus(DAY * days.saturating_sub(1));
    let outage = outage(start, days);
    let weights: Vec<u64> = (0..days)
        .map(|day| weight(start.plus(DAY * day), cast, outage))
        .collect();
    let total = weights.iter().sum::<u64>().max(1);
    let wanted = (PER_ACCOUNT * cast.accounts.len()) as u64;
    let mut made = Calendar {
        past: Vec::new(),
        recent: Vec::new(),
        outage,
    };
    let (mut weight, mut count) = (0, 0);
    for (day, of_day) in (0..days).zip(weights) {
        weight += of_day;
        let until =
            u64::try_from(u128::from(wanted) * u128::from(weight) / u128::from(total)).unwrap_or(count);
        let mut plots: Vec<Plot> = (count..until)
            .filter_map(|_| plot(start.plus(DAY * day), (plan, cast), outage, &dice))
            .collect();
        count = until;
        plots.sort_by_key(|plot| plot.at);
        if day + RECENT < days {
            made.past.extend(plots);
        } else {
            made.recent.extend(plots);
        }
    }
    made
}

/// The first Tuesday after two thirds of the time; none in a short history.
fn outage(start: Timestamp, days: u32) -> Option<Timestamp> {
    let mut days = (days * 2 / 3..days.saturating_sub(RECENT + 3)).map(|day| start.plus(DAY * day));
    let day = days.find(|day| weekday(*day) == 1)?;
    Some(midnight(day).plus(Duration::from_secs(OUTAGE.start * HOUR)))
}

fn weight(day: Timestamp, cast: &Cast, outage: Option<Timestamp>) -> u64 {
    let there = cast
        .accounts
        .iter()
        .filter(|account| account.created_at <= day)
        .count() as u64;
    let usual = there * WEEK[weekday(day)];
    if outage.is_some_and(|at| midnight(at) == midnight(day)) {
        usual * RUSH / 100
    } else {
        usual
    }
}

/// Somebody writes on a day; nobody where there is nobody yet.
fn plot(day: Timestamp, (plan, cast): (&Plan, &Cast), outage: Option<Timestamp>, dice: &Ids) -> Option<Plot> {
    let hour = hour(dice);
    let wished = midnight(day).plus(Duration::from_secs(hour * HOUR + dice.below(HOUR)));
    let at = if wished < plan.end {
        wished
    } else {
        let gone = plan.end.since(midnight(plan.end)).as_secs();
        midnight(plan.end).plus(Duration::from_secs(dice.below(gone)))
    };
    let there = cast
        .accounts
        .iter()
        .filter(|account| account.created_at <= at)
        .count() as u64;
    // Some write more than others.
    let place = match dice.below(2) {
        0 => dice.below(there),
        _ => dice.below(there).min(dice.below(there)),
    };
    let is_rush = outage.is_some_and(|out| midnight(out) == midnight(at));
    let made = Plot {
        at,
        account: usize::try_from(place).unwrap_or_default(),
        seed: dice.below(u64::MAX),
        is_outage: is_rush && OUTAGE.contains(&hour) && dice.below(10) < 9,
    };
    (there > 0 && at < plan.end).then_some(made)
}

fn hour(dice: &Ids) -> u64 {
    let mut left = dice.below(HOURS.iter().sum());
    for (hour, share) in (0..).zip(HOURS) {
        if left < share {
            return hour;
        }
        left -= share;
    }
    0
}

/// The moment at which somebody of us looks at it: at night and at week-ends mostly on the next working morning.
pub(super) fn at_work(at: Timestamp, dice: &Ids) -> Timestamp {
    let hour = at.since(midnight(at)).as_secs() / HOUR;
    let is_open = weekday(at) < 5 && (7..17).contains(&hour);
    if is_open || dice.below(6) == 0 {
        return at;
    }
    let mut day = if hour < 7 {
        midnight(at)
    } else {
        midnight(at).plus(DAY)
    };
    while weekday(day) > 4 {
        day = day.plus(DAY);
    }
    day.plus(Duration::from_secs(7 * HOUR + dice.below(2 * HOUR)))
}

/// From Monday, 0.
fn weekday(at: Timestamp) -> usize {
    // The first of January 1970 was a Thursday.
    let day = at.millis().div_euclid(86_400_000) + 3;
    usize::try_from(day.rem_euclid(7)).unwrap_or_default()
}

fn midnight(at: Timestamp) -> Timestamp {
    Timestamp::from_seconds(at.millis().div_euclid(86_400_000) * 86_400)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday, 2 March 2026, 09:00 UTC.
    const MORNING: Timestamp = Timestamp::from_seconds(1_772_442_000);

    #[test]
    fn what_comes_at_night_and_at_week_ends_mostly_waits_for_a_working_morning() {
        assert_eq!((weekday(MORNING), weekday(MORNING.minus(DAY))), (0, 6));
        let dice = Ids::seeded(5);
        assert_eq!(at_work(MORNING, &dice), MORNING);
        let saturday = MORNING.minus(DAY * 2);
        let answers: Vec<Timestamp> = (0..40).map(|_| at_work(saturday, &dice)).collect();
        let on_monday = answers
            .iter()
            .filter(|at| midnight(**at) == midnight(MORNING))
            .count();
        assert!((25..40).contains(&on_monday), "{on_monday} of 40 on Monday");
        assert!(answers.iter().all(|at| *at >= saturday));
    }
}
