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

    fn trend(&self, trend: &Trend) -> String {
        way(self.t, trend)
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

/// Which way active people go, and between which that lies. The words say which way: where there are fewer, the numbers are of
/// how many fewer, the smaller first.
fn way(t: &Text, trend: &Trend) -> String {
    let (key, from, to) = match trend.slope {
        _ if trend.is_flat() => ("usage-account-trend-flat", trend.low, trend.high),
        slope if slope < 0.0 => ("usage-account-trend-down", trend.high, trend.low),
        _ => ("usage-account-trend-up", trend.low, trend.high),
    };
    let (low, high) = (t.decimal(from.abs(), 1), t.decimal(to.abs(), 1));
    let slope = t.decimal(trend.slope.abs(), 1);
    let numbers = kit::args!(slope = slope.as_str(), low = low.as_str(), high = high.as_str());
    t.say_with(key, numbers)
}

#[cfg(test)]
mod tests {
    use kit::clock::Timestamp;
    use kit::i18n::Locale;

    use super::*;

    #[test]
    fn an_account_that_falls_has_so_many_fewer_people_and_no_sign() {
        let t = Text::new(Locale::english(), jiff::tz::TimeZone::UTC, Timestamp::default());
        let said = |slope, low, high| way(&t, &Trend { slope, low, high });
        assert_eq!(
            said(-1.3, -1.6, -1.0),
            "Going down: 1.3 fewer active people each week (95 %: 1.0 to 1.6)"
        );
        assert_eq!(
            said(1.3, 1.0, 1.6),
            "Going up: 1.3 more active people each week (95 %: 1.0 to 1.6)"
        );
        assert_eq!(
            said(-0.1, -0.5, 0.3),
            "No clear way: each week between 0.5 fewer and 0.3 more active people (95 %)"
        );
    }
}
