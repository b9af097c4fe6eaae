//! Counting what rules would have said: alerts that were right and wrong, losses that they warned of, and how far ahead.

use kit::day::Day;
use kit::stats::median;

use super::intervals::{Between, Draws};
use super::model::{Case, Episode, Judgement, Quality, Share};
use crate::alerts::rules::WarningRuleId;

/// Days for which an alert must be open to count as sustained.
const SUSTAINED: i64 = 7;
/// Decided alerts and losses below which nothing is said of a rule.
const LEAST_ALERTS: u64 = 10;
const LEAST_LOSSES: u64 = 5;

/// The days that are judged.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub(super) from: Day,
    pub(super) until: Day,
    pub(super) horizon: i64,
}

/// What is counted of a rule.
#[derive(Default)]
struct Counted {
    alerts: u64,
    right: u64,
    /// Wrong alerts, each of a customer.
    wrong: Vec<(usize, f64)>,
    losses: u64,
    warned: u64,
    /// Days of warning before losses, each of a customer.
    leads: Vec<(usize, f64)>,
}

impl Counted {
    fn add(&mut self, case: &Case, unit: usize, rule: Option<WarningRuleId>, span: Span) {
        let of_rule = |one: &&Episode| rule.is_none_or(|rule| rule == one.rule);
        for one in case.episodes.iter().filter(of_rule) {
            self.alerts += 1;
            // Not decided yet; to count those alone where the customer is lost already would make every rule look right.
            if one.opened.days_until(span.until) < span.horizon {
                continue;
            }
            match case.is_lost_after(one.opened, span.horizon) {
                true => self.right += 1,
                false => self.wrong.push((unit, 1.0)),
            }
        }
        let Some(lost) = case.lost else { return };
        self.losses += 1;
        self.warned += u64::from(case.warnings(span.horizon, rule).next().is_some());
        let sustained = case.warnings(span.horizon, rule).filter(|one| {
            let end = one.closed.map_or(lost, |closed| closed.min(lost));
            one.opened.days_until(end) >= SUSTAINED
        });
        let first = sustained.map(|one| one.opened).min();
        self.leads
            .extend(first.map(|opened| (unit, opened.days_until(lost) as f64)));
    }
}

/// How right a rule would have been, or all together.
pub(super) fn quality(
    cases: &[Case],
    rule: Option<WarningRuleId>,
    span: Span,
    base: &Share,
    draws: &Draws,
) -> Quality {
    let mut counted = Counted::default();
    for case in cases {
        counted.add(case, draws.unit(case), rule, span);
    }
    let wrong = counted.wrong.len() as u64;
    let precision = Share::of(counted.right, counted.right + wrong);
    let judgement = match () {
        () if counted.alerts == 0 => Judgement::NeverFired,
        () if precision.n < LEAST_ALERTS || counted.losses < LEAST_LOSSES => Judgement::TooFew,
        () if precision.low > base.value().unwrap_or(0.0) => Judgement::Better,
        () => Judgement::NoBetter,
    };
    let judged = span.until.plus_days(-span.horizon);
    let weeks = span.from.days_until(judged).max(7) as f64 / 7.0;
    let in_week = |between: Between| Between {
        low: between.low / weeks,
        high: between.high / weeks,
    };
    let mut leads: Vec<f64> = counted.leads.iter().map(|(_, days)| *days).collect();
    Quality {
        rule,
        alerts: counted.alerts,
        precision,
        recall: Share::of(counted.warned, counted.losses),
        lead_days: median(&mut leads),
        lead_n: leads.len() as u64,
        lead_between: draws.median(&counted.leads),
        false_per_week: wrong as f64 / weeks,
        false_between: draws.sum(&counted.wrong).map(in_week),
        judgement,
    }
}

/// How often colours became others; what is known of one customer belongs together, also in the interval.
pub(super) fn flips(cases: &[Case], draws: &Draws) -> Share {
    let colours = cases.iter().map(|case| (draws.unit(case), case.colours));
    let parts = colours.filter(|(_, colours)| colours.weeks > 0);
    draws.counted(parts.map(|(unit, colours)| (unit, colours.flips, colours.weeks)))
}
