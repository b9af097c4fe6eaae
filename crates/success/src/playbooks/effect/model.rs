//! What a playbook changed, as arithmetic over those that it began with and those that it left alone.
//!
//! Accounts are counted where chance has put them (intention to treat): who was left alone counts as left alone, also when
//! somebody began a run by hand; who was begun counts as begun, however the run went. Each account counts once, from the first
//! time on when a run began or would have. Shares have Wilson's interval at 95 %, their difference Newcombe's.

use kit::day::Day;
use kit::stats::{difference, needed, wilson};
use schemars::JsonSchema;
use serde::Serialize;

use crate::playbooks::Goal;

/// How sure the intervals are.
pub(super) const CONFIDENCE: f64 = 0.95;
/// How surely a difference is to be seen that is there.
pub(super) const POWER: f64 = 0.8;
/// The difference that is worth seeing.
pub(super) const APART: f64 = 0.1;
/// Accounts below which nothing is said of a side.
const LEAST: u64 = 10;

/// What became of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It reached the goal.
    Reached,
    /// It did not.
    Missed,
    /// Its time is not over.
    Early,
    /// It can't be told: what it is measured by was not known when it began.
    Unknown,
}

/// One side of the comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "PlaybookArm")]
pub struct Arm {
    /// How many reached the goal.
    pub reached: u64,
    /// Of how many that are judged.
    pub n: u64,
    /// The lower end of Wilson's interval of the share at 95 %.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// How many are not judged yet: their time is not over.
    pub early: u64,
    /// How many can't be judged: what it is measured by was not known.
    pub unknown: u64,
}

/// By how much the share of those that were begun is above that of those that were left alone.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "PlaybookDifference")]
pub struct Difference {
    /// By how much; 0.1 is ten points.
    pub apart: f64,
    /// The lower end of Newcombe's interval at 95 %.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// What may be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "PlaybookVerdict")]
pub enum Verdict {
    /// It leaves nobody alone: there is nothing to compare with.
    NoHoldout,
    /// Nobody was begun or left alone so far.
    Nobody,
    /// Too few on one side to say.
    TooFew,
    /// The interval holds zero: no difference can be told from chance.
    Unclear,
    /// More of those that were begun reach the goal.
    Better,
    /// Fewer do.
    Worse,
}

/// What a playbook changed.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "PlaybookEffect")]
pub struct Effect {
    /// What is to be reached.
    pub goal: Goal,
    /// Those that it began with.
    pub begun: Arm,
    /// Those that it left alone.
    pub left_alone: Arm,
    /// How far they lie apart; null without anybody on a side.
    pub difference: Option<Difference>,
    /// What may be said.
    pub verdict: Verdict,
    /// How many must be left alone and judged to see a difference of ten points with a power of 80 %.
    pub needed: u64,
    /// Of those left alone, how many had a run that somebody began by hand; they count as left alone.
    pub crossed: u64,
    /// How many had runs that were begun by hand only; they are not counted.
    pub by_hand: u64,
    /// How many were begun while nobody was left alone; they are not counted.
    pub uncontrolled: u64,
    /// Whether the goal is another than when the first of them began: what is chosen after looking proves less.
    pub is_goal_later: bool,
    /// The day on which it stops counting, where there are more than it counts; null where all are counted.
    pub until: Option<Day>,
}

/// What is not counted, and why it matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Aside {
    pub(super) crossed: u64,
    pub(super) by_hand: u64,
    pub(super) uncontrolled: u64,
    pub(super) is_goal_later: bool,
    /// The share that is left alone now, in percent.
    pub(super) holdout: i64,
    /// From which day on nobody is counted.
    pub(super) until: Option<Day>,
}

impl Arm {
    pub(super) fn of(outcomes: impl Iterator<Item = Outcome>) -> Self {
        let mut arm = Self::default();
        for outcome in outcomes {
            match outcome {
                Outcome::Reached => (arm.reached, arm.n) = (arm.reached + 1, arm.n + 1),
                Outcome::Missed => arm.n += 1,
                Outcome::Early => arm.early += 1,
                Outcome::Unknown => arm.unknown += 1,
            }
        }
        (arm.low, arm.high) = wilson(arm.reached, arm.n, CONFIDENCE);
        arm
    }

    /// The share that reached the goal; none where nobody is judged.
    pub fn share(&self) -> Option<f64> {
        (self.n > 0).then(|| self.reached as f64 / self.n as f64)
    }

    fn is_empty(&self) -> bool {
        self.n + self.early + self.unknown == 0
    }
}

impl Effect {
    pub(super) fn of(goal: Goal, (begun, left_alone): (Arm, Arm), aside: Aside) -> Self {
        let apart = difference(
            (begun.reached, begun.n),
            (left_alone.reached, left_alone.n),
            CONFIDENCE,
        );
        let difference = apart.map(|(apart, low, high)| Difference { apart, low, high });
        Self {
            goal,
            difference,
            verdict: verdict(&begun, &left_alone, difference, aside),
            needed: wanted(&begun, &left_alone, aside.holdout),
            begun,
            left_alone,
            crossed: aside.crossed,
            by_hand: aside.by_hand,
            uncontrolled: aside.uncontrolled,
            is_goal_later: aside.is_goal_later,
            until: aside.until,
        }
    }

    /// Whether more are to come before enough are judged: whoever decides earlier, and looks often, finds something by chance.
    pub fn is_early(&self) -> bool {
        self.left_alone.n < self.needed
    }
}

fn verdict(begun: &Arm, left_alone: &Arm, apart: Option<Difference>, aside: Aside) -> Verdict {
    if begun.is_empty() && left_alone.is_empty() {
        return match aside.holdout {
            0 => Verdict::NoHoldout,
            _ => Verdict::Nobody,
        };
    }
    if aside.holdout == 0 && left_alone.is_empty() {
        return Verdict::NoHoldout;
    }
    match apart {
        Some(_) if begun.n < LEAST || left_alone.n < LEAST => Verdict::TooFew,
        Some(apart) if apart.low > 0.0 => Verdict::Better,
        Some(apart) if apart.high < 0.0 => Verdict::Worse,
        Some(_) => Verdict::Unclear,
        None => Verdict::TooFew,
    }
}

/// How many must be left alone to see ten points: from the share that is known best, with as many begun for each as now.
fn wanted(begun: &Arm, left_alone: &Arm, holdout: i64) -> u64 {
    let known = |arm: &Arm| arm.share().filter(|_| arm.n >= LEAST);
    let share = known(left_alone).or_else(|| known(begun)).unwrap_or(0.5);
    let other = if share + APART <= 1.0 {
        share + APART
    } else {
        share - APART
    };
    let held = holdout.clamp(1, 50) as f64;
    needed(share, other, (100.0 - held) / held, (CONFIDENCE, POWER)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arm(reached: u64, n: u64) -> Arm {
        let outcomes = (0..n).map(|place| match place < reached {
            true => Outcome::Reached,
            false => Outcome::Missed,
        });
        Arm::of(outcomes)
    }

    fn effect(begun: Arm, left_alone: Arm, holdout: i64) -> Effect {
        let aside = Aside {
            holdout,
            ..Aside::default()
        };
        Effect::of(Goal::default(), (begun, left_alone), aside)
    }

    #[test]
    fn nothing_is_claimed_while_the_interval_holds_zero() {
        // Newcombe (1998), table II: 56 of 70 and 48 of 80 lie apart by 0.0524 to 0.3339.
        let clear = effect(arm(56, 70), arm(48, 80), 50);
        assert_eq!(clear.verdict, Verdict::Better);
        assert_eq!(effect(arm(48, 80), arm(56, 70), 50).verdict, Verdict::Worse);
        // 5 of 56 and 0 of 29: −0.0381 to 0.1926.
        assert_eq!(effect(arm(5, 56), arm(0, 29), 50).verdict, Verdict::Unclear);
        // Nine of ten and three of nine look far apart, and are too few.
        assert_eq!(effect(arm(9, 10), arm(3, 9), 50).verdict, Verdict::TooFew);
    }

    #[test]
    fn who_has_nobody_to_compare_with_is_told() {
        assert_eq!(effect(arm(0, 0), arm(0, 0), 0).verdict, Verdict::NoHoldout);
        assert_eq!(effect(arm(0, 0), arm(0, 0), 10).verdict, Verdict::Nobody);
        assert_eq!(effect(arm(30, 90), arm(0, 0), 0).verdict, Verdict::NoHoldout);
        assert_eq!(effect(arm(30, 90), arm(0, 0), 10).verdict, Verdict::TooFew);
    }

    #[test]
    fn how_many_it_takes_follows_the_share_and_the_sides() {
        let waits = Arm::of([Outcome::Early, Outcome::Unknown].into_iter());
        assert_eq!(
            (waits.n, waits.early, waits.unknown, waits.share()),
            (0, 1, 1, None)
        );
        // A third of R's power.prop.test at 0.3 and 0.4, where nine are begun for each that is left alone.
        assert_eq!(effect(arm(90, 300), arm(3, 10), 10).needed, 201);
        assert!(effect(arm(90, 300), arm(3, 10), 50).needed > 201);
        assert!(effect(arm(90, 300), arm(3, 10), 10).is_early());
    }
}
