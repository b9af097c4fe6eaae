//! What the template of the panel takes.

use askama::Template;
use kit::chart::Sparkline;
use kit::i18n::Text;
use kit::web::Tab;

use super::{Taken, Usage};
use crate::usage::measures::Trend;

#[derive(Template)]
#[template(path = "usage/account/views/panel.html")]
pub(super) struct UsagePanel<'a> {
    pub(super) t: &'a Text,
    pub(super) usage: &'a Usage,
    /// How far it is with what the numbers rest for.
    pub(super) resting: Option<(i64, i64)>,
    pub(super) taken: Vec<Taken>,
    pub(super) windows: Vec<Tab>,
    /// How the account stands on its way to first value, in words; none where nobody said what that is.
    pub(super) first: Option<String>,
}

impl UsagePanel<'_> {
    /// The line of the last weeks, read out as its first and last value.
    fn line(&self) -> String {
        self.drawn("usage-account-line", &self.usage.weeks)
    }

    /// The same of one feature.
    fn course(&self, one: &Taken) -> String {
        self.drawn("usage-account-course", &one.weeks)
    }

    fn drawn(&self, key: &str, weeks: &[i64]) -> String {
        let end = |n: Option<&i64>| self.t.number(n.copied().unwrap_or_default());
        let (from, to) = (end(weeks.first()), end(weeks.last()));
        let ends = kit::args!(from = from.as_str(), to = to.as_str());
        Sparkline {
            sentence: self.t.say_with(key, ends),
            values: weeks.iter().map(|n| Some(*n as f64)).collect(),
            range: None,
        }
        .draw(self.t)
    }

    /// Which way active people go, and between which that lies.
    fn trend(&self, trend: &Trend) -> String {
        let key = match trend.slope {
            _ if trend.is_flat() => "usage-account-trend-flat",
            slope if slope < 0.0 => "usage-account-trend-down",
            _ => "usage-account-trend-up",
        };
        let (low, high) = (self.t.decimal(trend.low, 1), self.t.decimal(trend.high, 1));
        let slope = self.t.decimal(trend.slope.abs(), 1);
        let numbers = kit::args!(slope = slope.as_str(), low = low.as_str(), high = high.as_str());
        self.t.say_with(key, numbers)
    }

    /// How many of the seats somebody used in thirty days.
    fn seats(&self) -> String {
        let (used, seats) = (
            self.t.number(self.usage.active_30),
            self.t.number(self.usage.seats),
        );
        self.t.say_with(
            "usage-account-seats",
            kit::args!(used = used.as_str(), seats = seats.as_str()),
        )
    }

    fn share(&self, one: &Taken) -> String {
        self.t.percent(one.share, 0)
    }

    /// A page or screen without a name still has a word.
    fn name(&self, one: &Taken) -> String {
        if one.feature.name.is_empty() {
            self.t.say("usage-account-nameless")
        } else {
            one.feature.name.clone()
        }
    }
}
