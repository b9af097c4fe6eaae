//! What the templates of what is at risk take.

use askama::Template;
use kit::i18n::{Text, Value};
use kit::web::Tab;

use super::{Exposed, Risk, Sum};
use crate::health::views::{Seen, points};
use crate::health::{Band, Line, Now};

/// A figure with the list behind it, and how it moved with the list behind that.
pub(super) struct Figure {
    pub(super) label: String,
    pub(super) value: String,
    pub(super) href: String,
    pub(super) accounts: String,
    pub(super) change: String,
    pub(super) tone: &'static str,
    pub(super) icon: &'static str,
    pub(super) change_href: String,
}

/// By how much something moved in a week, with its sign; nothing where it did not.
fn moved(seen: &Seen<'_>, t: &Text, sum: Sum) -> (String, i64) {
    let (money, by) = match seen.money(sum.mrr - sum.mrr_then) {
        Some(money) => (money, sum.mrr - sum.mrr_then),
        None => {
            let by = sum.accounts - sum.accounts_then;
            (t.number(by), by)
        }
    };
    match by {
        0 => (t.say("health-as-a-week-ago"), 0),
        by if by > 0 => (
            t.say_with("health-moved-in-a-week", kit::args!(by = format!("+{money}"))),
            by,
        ),
        by => (t.say_with("health-moved-in-a-week", kit::args!(by = money)), by),
    }
}

#[derive(Template)]
#[template(path = "health/risk/views/home.html")]
pub(in crate::health) struct HomePanel<'a> {
    pub(in crate::health) t: &'a Text,
    pub(in crate::health) lines: Vec<Line>,
    pub(in crate::health) tallies: Vec<(Band, i64, i64)>,
    pub(in crate::health) is_own: bool,
    pub(in crate::health) risk: Risk,
    pub(in crate::health) seen: Seen<'a>,
}

impl HomePanel<'_> {
    fn points(&self, now: &Now) -> String {
        points(self.t, now.score)
    }

    fn is_empty(&self) -> bool {
        self.tallies.iter().all(|(_, accounts, _)| *accounts == 0)
    }

    fn book(&self) -> &'static str {
        if self.is_own { "own" } else { "all" }
    }

    /// What is at risk together, and in each band.
    fn figures(&self) -> Vec<Figure> {
        let bands = [Band::Red, Band::Amber].map(Some);
        [None]
            .into_iter()
            .chain(bands)
            .map(|band| self.figure(band))
            .collect()
    }

    fn figure(&self, band: Option<Band>) -> Figure {
        let (t, sum, book) = (self.t, self.risk.sum(band), self.book());
        let (change, by) = moved(&self.seen, t, sum);
        let word = band.map_or("", Band::as_str);
        let label = match band {
            None => t.say("health-at-risk"),
            Some(band) => t.say(band.text()),
        };
        Figure {
            label,
            value: self.seen.money(sum.mrr).unwrap_or_else(|| t.number(sum.accounts)),
            href: match band {
                None => format!("/health/risk?book={book}"),
                Some(band) => format!("/health?band={}&book={book}", band.as_str()),
            },
            accounts: t.count("health-n-accounts", sum.accounts),
            change,
            // More at risk is worse.
            tone: if by > 0 {
                "bad"
            } else if by < 0 {
                "good"
            } else {
                ""
            },
            icon: if by > 0 {
                "trending-up"
            } else if by < 0 {
                "trending-down"
            } else {
                ""
            },
            change_href: format!("/health/risk?band={word}&book={book}"),
        }
    }
}

#[derive(Template)]
#[template(path = "health/risk/views/risk.html")]
pub(super) struct RiskPage<'a> {
    pub(super) t: &'a Text,
    pub(super) tabs: Vec<Tab>,
    pub(super) risk: Risk,
    pub(super) band: Option<Band>,
    pub(super) is_own: bool,
    pub(super) other: String,
    pub(super) seen: Seen<'a>,
}

impl RiskPage<'_> {
    /// Those who are or were in the band.
    fn lines(&self) -> Vec<&Exposed> {
        let is_in = |one: &Exposed| match self.band {
            None => true,
            band => one.now == band || one.then == band,
        };
        self.risk.exposed.iter().filter(|one| is_in(one)).collect()
    }

    fn sum(&self) -> Sum {
        self.risk.sum(self.band)
    }

    fn amount(&self, minor: impl Value<i64>) -> String {
        self.seen.money(minor).unwrap_or_default()
    }

    fn now(&self, one: &Exposed) -> String {
        self.amount(one.at_risk(self.band).0)
    }

    fn then(&self, one: &Exposed) -> String {
        self.amount(one.at_risk(self.band).1)
    }

    fn signed(&self, minor: impl Value<i64>) -> String {
        match minor.value() {
            0 => "–".to_owned(),
            by if by > 0 => format!("+{}", self.amount(by)),
            by => self.amount(by),
        }
    }

    fn change(&self, one: &Exposed) -> String {
        self.signed(one.change(self.band))
    }

    fn has_money(&self) -> bool {
        self.seen.money(0_i64).is_some()
    }

    fn since(&self) -> String {
        self.risk
            .since
            .map(|day| self.t.day_long(day))
            .unwrap_or_default()
    }
}
