//! Who would have been worked on first: rankings of customers, and what was lost among the first of each.

use std::collections::BTreeMap;

use kit::day::Day;

use super::intervals::Draws;
use super::model::{Ask, Case, Episode, Point, Ranking, Share};
use crate::alerts::weighing;

/// How a ranking orders a customer on a checkpoint: higher is earlier; none is not on it at all.
type Order = fn(&Case, &Point) -> Option<f64>;

fn by_alerts(case: &Case, point: &Point) -> Option<f64> {
    let is_open =
        |one: &Episode| one.opened <= point.day && one.closed.is_none_or(|closed| closed > point.day);
    let open = case.episodes.iter().filter(|one| is_open(one)).count();
    // As the feed has it: by revenue times confidence; more alerts decide among equals.
    let rank = weighing::rank(point.mrr, point.confidence) as f64;
    (open > 0).then_some(rank + open as f64 * 1e-3)
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

/// A customer in its place.
#[derive(Clone, Copy)]
struct Placed {
    unit: usize,
    mrr: i64,
    is_lost: bool,
}

/// What those brought that are lost of the first `reach` of customers in their order, each of whom counts so many times.
fn lost_of_first(ranked: &[Placed], reach: u64, times: impl Fn(usize) -> u64) -> i64 {
    let (mut listed, mut revenue) = (0, 0);
    for placed in ranked {
        let times = times(placed.unit).min(reach - listed);
        listed += times;
        if placed.is_lost {
            revenue += placed.mrr * i64::try_from(times).unwrap_or_default();
        }
        if listed == reach {
            break;
        }
    }
    revenue
}

/// The customers of each checkpoint that is decided.
type Checkpoints<'a> = BTreeMap<Day, Vec<(&'a Case, &'a Point)>>;

/// How much of the lost revenue is among the first of each ranking.
pub(super) fn rankings(cases: &[Case], decided: Day, ask: Ask, draws: &Draws) -> Vec<Ranking> {
    let mut days: Checkpoints<'_> = BTreeMap::new();
    for case in cases {
        for point in case.points.iter().filter(|point| point.day <= decided) {
            days.entry(point.day).or_default().push((case, point));
        }
    }
    let placed = |(case, point): &(&Case, &Point)| Placed {
        unit: draws.unit(case),
        mrr: point.mrr,
        is_lost: case.is_lost_after(point.day, ask.horizon),
    };
    let mut lost: Vec<Placed> = days.values().flatten().map(placed).collect();
    lost.retain(|placed| placed.is_lost);
    let reach = u64::try_from(ask.reach).unwrap_or_default();
    let mut rankings: Vec<Ranking> = Vec::new();
    for (by, order) in ORDERS {
        let ranked = |customers: &Vec<(&Case, &Point)>| -> Vec<Placed> {
            let ranks = customers.iter();
            let mut ranks: Vec<_> = ranks
                .filter_map(|one| Some((order(one.0, one.1)?, one)))
                .collect();
            ranks.sort_by(|a, b| {
                let by_rank = b.0.total_cmp(&a.0);
                by_rank.then_with(|| a.1.0.account.cmp(&b.1.0.account))
            });
            ranks.into_iter().map(|(_, one)| placed(one)).collect()
        };
        let ranked: Vec<Vec<Placed>> = days.values().map(ranked).collect();
        rankings.push(ranking(by, &ranked, (&lost, reach), draws));
    }
    rankings.push(anyone(&days, &lost, reach, placed));
    rankings
}

/// What is among the first of a ranking, of all that was lost.
fn ranking(by: &str, ranked: &[Vec<Placed>], (lost, reach): (&[Placed], u64), draws: &Draws) -> Ranking {
    let share = |times: &dyn Fn(usize) -> u64| {
        let brought = |placed: &Placed| placed.mrr * i64::try_from(times(placed.unit)).unwrap_or_default();
        let revenue: i64 = lost.iter().map(brought).sum();
        let first = ranked.iter().map(|ranked| lost_of_first(ranked, reach, times));
        (revenue > 0).then(|| first.sum::<i64>() as f64 / revenue as f64)
    };
    let most = usize::try_from(reach).unwrap_or(usize::MAX);
    let first = || ranked.iter().flat_map(move |ranked| ranked.iter().take(most));
    let found = first().filter(|placed| placed.is_lost);
    let found = found.map(|placed| (placed.unit, 1, 0));
    let losses = found.chain(lost.iter().map(|placed| (placed.unit, 0, 1)));
    Ranking {
        by: by.to_owned(),
        revenue: share(&|_| 1),
        revenue_between: draws.interval(|times| share(&|unit| u64::from(times[unit]))),
        losses: draws.counted(losses),
        precision: draws.counted(first().map(|placed| (placed.unit, u64::from(placed.is_lost), 1))),
    }
}

/// What is to be expected of k customers that are chosen by chance: their share of all, on each checkpoint.
fn anyone(
    days: &Checkpoints<'_>,
    lost: &[Placed],
    reach: u64,
    placed: impl Fn(&(&Case, &Point)) -> Placed,
) -> Ranking {
    let (mut listed, mut expected, mut worth) = (0, 0.0, 0.0);
    for customers in days.values() {
        let count = customers.len() as u64;
        listed += reach.min(count);
        let share = (reach as f64 / count.max(1) as f64).min(1.0);
        for one in customers.iter().map(&placed).filter(|one| one.is_lost) {
            expected += share;
            worth += share * one.mrr as f64;
        }
    }
    let revenue: i64 = lost.iter().map(|placed| placed.mrr).sum();
    Ranking {
        by: "anyone".to_owned(),
        revenue: (revenue > 0).then(|| worth / revenue as f64),
        revenue_between: None,
        losses: Share::of(expected.round() as u64, lost.len() as u64),
        precision: Share::of(expected.round() as u64, listed),
    }
}
