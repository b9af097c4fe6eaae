//! What the template of the back-test takes.

use askama::Template;
use kit::i18n::Text;
use kit::web::Filled;

use super::{Between, Newest, Quality, Ranking, Share};
use crate::alerts::rules::{self, Rule};

#[derive(Template)]
#[template(path = "alerts/views/quality.html")]
pub(super) struct QualityPage<'a> {
    pub(super) t: &'a Text,
    pub(super) newest: Newest,
    pub(super) rules: Vec<Rule>,
    pub(super) form: &'a Filled,
    pub(super) may_write: bool,
}

impl QualityPage<'_> {
    fn name(&self, quality: &Quality) -> String {
        let rule = self.rules.iter().find(|rule| Some(rule.id) == quality.rule);
        rule.map_or_else(|| self.t.say("quality-whole"), |rule| rules::name(self.t, rule))
    }

    /// A share with what it was counted from.
    fn share(&self, share: &Share) -> String {
        let Some(value) = share.value() else {
            return "–".to_owned();
        };
        self.t.say_with(
            "quality-share",
            kit::args!(
                share = self.t.percent(value, 0),
                hits = self.t.number(share.hits as i64),
                n = self.t.number(share.n as i64)
            ),
        )
    }

    /// A share alone, where what it is of stands beside it.
    fn percent(&self, share: &Share) -> String {
        share
            .value()
            .map_or_else(|| "–".to_owned(), |value| self.t.percent(value, 0))
    }

    /// Of how many it is a share, and its interval.
    fn of(&self, share: &Share) -> String {
        if share.n == 0 {
            return String::new();
        }
        let hits = self.t.say_with(
            "quality-hits",
            kit::args!(
                hits = self.t.number(share.hits as i64),
                n = self.t.number(share.n as i64)
            ),
        );
        format!("{hits} · {}", self.between(share))
    }

    /// Its interval.
    fn between(&self, share: &Share) -> String {
        match share.n {
            0 => String::new(),
            _ => self.t.say_with(
                "quality-between",
                kit::args!(
                    low = self.t.percent(share.low, 0),
                    high = self.t.percent(share.high, 0)
                ),
            ),
        }
    }

    fn lead(&self, quality: &Quality) -> String {
        let days = quality.lead_days.map(|days| days.round() as i64);
        days.map_or_else(|| "–".to_owned(), |days| self.t.count("metrics-days", days))
    }

    /// Of how many losses that is, and how far it may be from the true one.
    fn lead_of(&self, quality: &Quality) -> String {
        if quality.lead_n == 0 {
            return String::new();
        }
        let of = self.t.count("quality-lead-of", quality.lead_n as i64);
        let days = |days: f64| self.t.decimal(days, 0);
        [of, self.ends(quality.lead_between, days)]
            .into_iter()
            .filter(|said| !said.is_empty())
            .collect::<Vec<_>>()
            .join(" · ")
    }

    /// The interval of false alarms in a week.
    fn false_of(&self, quality: &Quality) -> String {
        self.ends(quality.false_between, |alarms| self.t.decimal(alarms, 1))
    }

    /// The interval of the revenue that was found.
    fn revenue_of(&self, ranking: &Ranking) -> String {
        self.ends(ranking.revenue_between, |share| self.t.percent(share, 0))
    }

    /// An interval; nothing where there is none.
    fn ends(&self, between: Option<Between>, written: impl Fn(f64) -> String) -> String {
        between.map_or_else(String::new, |Between { low, high }| {
            self.t.say_with(
                "quality-between",
                kit::args!(low = written(low), high = written(high)),
            )
        })
    }

    fn count(&self, count: &u64) -> String {
        self.t.number(*count as i64)
    }

    fn by(&self, ranking: &Ranking) -> String {
        self.t
            .say(&format!("quality-by-{}", ranking.by.replace('_', "-")))
    }

    fn revenue(&self, ranking: &Ranking) -> String {
        ranking
            .revenue
            .map_or_else(|| "–".to_owned(), |share| self.t.percent(share, 0))
    }

    /// The rules that are no better than chance or never fired, by name.
    fn bad(&self, qualities: &[Quality]) -> Vec<String> {
        let is_bad = |one: &&Quality| {
            matches!(
                one.judgement,
                super::Judgement::NoBetter | super::Judgement::NeverFired
            )
        };
        qualities
            .iter()
            .filter(is_bad)
            .map(|one| format!("{}: {}", self.name(one), self.t.say(one.judgement.text())))
            .collect()
    }
}
