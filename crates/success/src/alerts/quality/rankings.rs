//! Who would have been worked on first: rankings of customers, and what was lost among the first of each.

use std::collections::BTreeMap;

use kit::day::Day;

use super::model::{Ask, Case, Episode, Point, Ranking, Share};

/// How a ranking orders a customer on a checkpoint: higher is earlier; none is not on it at all.
type Order = fn(&Case, &Point) -> Option<f64>;

fn by_alerts(case: &Case, point: &Point) -> Option<f64> {
    let is_open =
        |one: &Episode| one.opened <= point.day && one.closed.is_none_or(|closed| closed > point.day);
    let open = case.episodes.iter().filter(|one| is_open(one)).count();
    // As the feed has it: by revenue; more alerts decide among equals.
    (open > 0).then_some(point.mrr as f64 + open as f64 * 1e-3)
}

const ORDERS: &[(&str, Order)] = &[
    ("alerts", by_alerts),
    ("health", |_, point| {
        point.score.map(|score| point.mrr.max(1) as f64 * (100.0 - score))
    }),
    ("revenue", |_, point| Some(point.mrr as f64)),
    ("last_used", |_, point| point.last_used),
    ("last_touch", |_, point| point.last_touch),
];

/// How much of the lost revenue is among the first of each ranking.
pub(super) fn rankings(cases: &[Case], decided: Day, ask: Ask) -> Vec<Ranking> {
    let mut days: BTreeMap<Day, Vec<(&Case, &Point)>> = BTreeMap::new();
    for case in cases {
        for point in case.points.iter().filter(|point| point.day <= decided) {
            days.entry(point.day).or_default().push((case, point));
        }
    }
    let is_lost = |case: &Case, point: &Point| case.is_lost_after(point.day, ask.horizon);
    let reach = usize::try_from(ask.reach).unwrap_or(usize::MAX);
    let all = days
        .values()
        .flatten()
        .filter(|(case, point)| is_lost(case, point));
    let (losses, revenue) = all.fold((0_u64, 0_i64), |(n, sum), (_, point)| (n + 1, sum + point.mrr));
    let share = |found: i64| (revenue > 0).then(|| found as f64 / revenue as f64);
    let mut rankings: Vec<Ranking> = Vec::new();
    for (by, order) in ORDERS {
        let (mut hits, mut found) = (0_u64, 0_i64);
        for customers in days.values() {
            let mut ranked: Vec<_> = customers
                .iter()
                .filter_map(|(case, point)| Some((order(case, point)?, *case, *point)))
                .collect();
            ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.account.cmp(&b.1.account)));
            for (_, case, point) in ranked.into_iter().take(reach) {
                if is_lost(case, point) {
                    hits += 1;
                    found += point.mrr;
                }
            }
        }
        rankings.push(Ranking {
            by: (*by).to_owned(),
            revenue: share(found),
            losses: Share::of(hits, losses),
        });
    }
    rankings.push(anyone(&days, (losses, revenue), reach, is_lost));
    rankings
}

/// What is to be expected of k customers that are chosen by chance: their share of all, on each checkpoint.
fn anyone(
    days: &BTreeMap<Day, Vec<(&Case, &Point)>>,
    (losses, revenue): (u64, i64),
    reach: usize,
    is_lost: impl Fn(&Case, &Point) -> bool,
) -> Ranking {
    let (mut expected, mut worth) = (0.0, 0.0);
    for customers in days.values() {
        let share = (reach as f64 / customers.len().max(1) as f64).min(1.0);
        for (_, point) in customers.iter().filter(|(case, point)| is_lost(case, point)) {
            expected += share;
            worth += share * point.mrr as f64;
        }
    }
    Ranking {
        by: "anyone".to_owned(),
        revenue: (revenue > 0).then(|| worth / revenue as f64),
        losses: Share::of(expected.round() as u64, losses),
    }
}
