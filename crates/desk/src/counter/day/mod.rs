//! The numbers of a day: pure arithmetic over its visits.

mod views;
pub mod web;

use kit::stats::{median, quantile};

use super::model::{Visit, VisitState};

/// What a day came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many came.
    pub came: i64,
    /// How many wait; on a day that is over, who was never called.
    pub waiting: i64,
    /// How many are at a window.
    pub serving: i64,
    /// How many were served.
    pub served: i64,
    /// How many were called and did not come.
    pub no_shows: i64,
    /// How long half of those who came to a window had waited at most: seconds.
    pub waited_median: Option<i64>,
    /// How long nine of ten of them had waited at most: seconds.
    pub waited_p90: Option<i64>,
    /// How long half of those who were served were at a window at most: seconds.
    pub served_median: Option<i64>,
}

/// What visits came to. Waiting is counted of those who came to a window: when somebody who did not come had left, nobody
/// knows.
pub fn figures<'a>(visits: impl IntoIterator<Item = &'a Visit>) -> Figures {
    let mut figures = Figures::default();
    let (mut waits, mut services) = (Vec::new(), Vec::new());
    for visit in visits {
        figures.came += 1;
        match visit.state {
            VisitState::Waiting => figures.waiting += 1,
            VisitState::NoShow => figures.no_shows += 1,
            VisitState::Called => {
                figures.serving += 1;
                waits.push(visit.waited as f64);
            }
            VisitState::Done => {
                figures.served += 1;
                waits.push(visit.waited as f64);
                services.push(visit.served as f64);
            }
        }
    }
    figures.waited_median = median(&mut waits).map(seconds);
    figures.waited_p90 = quantile(&mut waits, 0.9).map(seconds);
    figures.served_median = median(&mut services).map(seconds);
    figures
}

/// Whole seconds of microseconds.
fn seconds(micros: f64) -> i64 {
    (micros / 1e6).round() as i64
}
