//! What the templates of health take.

mod scorecards;

use std::collections::BTreeMap;

use askama::Template;
use kit::chart::Sparkline;
use kit::i18n::{Text, Value};
use kit::money::Currency;
use kit::web::{Choice, Filled, Tab};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::metrics::Producers;
use tandem_core::permissions::Permission;

use super::standard::called;
use super::{Band, Explained, GroupScore, Line, Now, OTHERS, Part, Way};

pub(super) use scorecards::{
    GroupRow, Row, ScorecardActions, ScorecardPage, ScorecardsActions, ScorecardsPage,
};

/// What a reader may see of metrics, in their words.
pub(super) struct Seen<'a> {
    t: &'a Text,
    producers: &'a Producers,
    actor: &'a Actor,
    currency: Currency,
}

impl<'a> Seen<'a> {
    pub(super) fn new(t: &'a Text, producers: &'a Producers, actor: &'a Actor, currency: Currency) -> Self {
        Self {
            t,
            producers,
            actor,
            currency,
        }
    }

    pub(super) fn money(&self, minor: impl Value<i64>) -> Option<String> {
        let may = self.actor.may(Permission::MoneyRead);
        may.then(|| self.t.money_whole(minor, self.currency.code()))
    }

    /// What a metric is called.
    pub(super) fn name(&self, metric: &str) -> String {
        match metric {
            OTHERS => self.t.say("health-hidden"),
            metric => self.producers.called(self.t, metric),
        }
    }

    /// Its value; none where it is not known or not for this reader.
    pub(super) fn value(&self, part: &Part) -> Option<String> {
        let metric = self.producers.find(&part.metric)?;
        let value = part.value?;
        Some(metric.written(self.t, value, self.currency.code()))
    }

    /// Whether this reader may see a metric.
    fn may(&self, metric: &str) -> bool {
        let found = self.producers.find(metric);
        found.is_some_and(|metric| self.actor.may(metric.needs))
    }

    /// The metric that costs most, for lists; empty where it is none of this reader's.
    pub(super) fn reason(&self, now: &Now) -> String {
        match now.reason.is_empty() || !self.may(&now.reason) {
            true => String::new(),
            false => self.name(&now.reason),
        }
    }
}

/// A score as it is shown: whole points.
pub(super) fn points(t: &Text, score: Option<f64>) -> String {
    score.map_or_else(|| "–".to_owned(), |score| t.decimal(score, 0))
}

#[derive(Template)]
#[template(path = "health/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) tabs: Vec<Tab>,
    pub(super) lines: Vec<Line>,
    pub(super) courses: BTreeMap<AccountId, Vec<Option<f64>>>,
    pub(super) next: Option<String>,
    pub(super) at_risk: String,
    pub(super) accounts: i64,
    pub(super) is_own: bool,
    pub(super) other: String,
    pub(super) seen: Seen<'a>,
}

impl ListPage<'_> {
    fn points(&self, now: &Now) -> String {
        points(self.t, now.score)
    }

    fn course(&self, line: &Line) -> String {
        let Some(values) = self.courses.get(&line.account) else {
            return String::new();
        };
        let first = values.iter().flatten().next().copied();
        let sentence = self.t.say_with(
            "health-course-says",
            kit::args!(from = points(self.t, first), to = points(self.t, line.now.score)),
        );
        let drawn = Sparkline {
            sentence,
            values: values.clone(),
            range: Some((0.0, 100.0)),
        };
        drawn.draw(self.t)
    }

    fn moved(&self, now: &Now) -> String {
        moved(self.t, now)
    }
}

/// How much a score moved in a week, with its sign; empty where that is not known or nothing.
fn moved(t: &Text, now: &Now) -> String {
    let by = now
        .score
        .zip(now.week_ago)
        .map(|(now, before)| (now - before).round());
    match by {
        Some(by) if by != 0.0 => format!("{}{}", if by > 0.0 { "+" } else { "−" }, t.decimal(by.abs(), 0)),
        _ => String::new(),
    }
}

/// What a group of measures is called; those that stand in none are the others.
fn group_name(t: &Text, group: &GroupScore) -> String {
    match group.name.as_str() {
        "" => t.say("health-no-group"),
        name => called(t, name),
    }
}

#[derive(Template)]
#[template(path = "health/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    pub(super) t: &'a Text,
}

#[derive(Template)]
#[template(path = "health/views/summary.html")]
pub(super) struct SummaryPanel<'a> {
    pub(super) t: &'a Text,
    pub(super) account: AccountId,
    pub(super) explained: Explained,
    pub(super) seen: Seen<'a>,
}

impl SummaryPanel<'_> {
    fn points(&self, now: &Now) -> String {
        points(self.t, now.score)
    }

    fn moved(&self, now: &Now) -> String {
        moved(self.t, now)
    }

    /// What the groups of measures say, each with its points.
    fn groups(&self) -> Vec<(String, String)> {
        let all = self.explained.groups.iter().filter(|group| group.score.is_some());
        all.map(|group| (group_name(self.t, group), points(self.t, group.score)))
            .collect()
    }

    /// The measures that cost the most points, each with its value: three at most.
    fn worst(&self) -> Vec<(String, Option<String>)> {
        let mut lost: Vec<&(String, f64)> = self
            .explained
            .contributions
            .iter()
            .filter(|(_, by)| *by < 0.0)
            .collect();
        lost.sort_by(|a, b| a.1.total_cmp(&b.1));
        let parts = self
            .explained
            .kept
            .as_ref()
            .map_or(&[][..], |kept| &kept.scored.parts);
        let shown = lost
            .into_iter()
            .filter(|(metric, _)| self.seen.may(metric))
            .take(3);
        shown
            .map(|(metric, _)| {
                let part = parts.iter().find(|part| part.metric == *metric);
                (
                    self.seen.name(metric),
                    part.and_then(|part| self.seen.value(part)),
                )
            })
            .collect()
    }
}

#[derive(Template)]
#[template(path = "health/views/account.html")]
pub(super) struct AccountPage<'a> {
    pub(super) t: &'a Text,
    pub(super) account: AccountId,
    pub(super) explained: Explained,
    pub(super) contributions: String,
    pub(super) changes: String,
    pub(super) course: String,
    pub(super) form: &'a Filled,
    pub(super) may_write: bool,
    pub(super) seen: Seen<'a>,
}

impl AccountPage<'_> {
    fn points(&self, score: &Option<f64>) -> String {
        points(self.t, *score)
    }

    fn group_name(&self, group: &GroupScore) -> String {
        group_name(self.t, group)
    }

    /// What the group of a measure is called; empty where measures stand in none.
    fn group_of(&self, part: &Part) -> String {
        called(self.t, &part.group)
    }

    /// How much a measure counts: whole where it is, with a tenth where its group's weight is shared out.
    fn weight(&self, part: &Part) -> String {
        let digits = if part.weight.fract().abs() < 0.05 { 0 } else { 1 };
        self.t.decimal(part.weight, digits)
    }

    /// What a group added to the score or took from it, with its sign.
    fn added(&self, by: &f64) -> String {
        let sign = if *by < 0.0 { "−" } else { "+" };
        format!("{sign}{}", self.t.decimal(by.abs(), 1))
    }

    fn confidence(&self) -> String {
        let kept = self.explained.kept.as_ref();
        self.t.percent(kept.map_or(0.0, |kept| kept.scored.confidence), 0)
    }

    fn card_name(&self) -> String {
        let card = self.explained.scorecard.as_ref();
        let name = card.map_or("", |card| card.name.as_str());
        match name {
            "" => self.t.say("health-standard"),
            name => name.to_owned(),
        }
    }

    fn is_today(&self) -> bool {
        self.explained.day == self.explained.today
    }

    fn band(&self) -> Band {
        let kept = self.explained.kept.as_ref();
        kept.map_or(Band::Unknown, |kept| kept.scored.band)
    }

    fn way(&self) -> Way {
        self.explained.now.as_ref().map_or(Way::Unknown, |now| now.way)
    }

    fn bands(&self) -> Vec<Choice> {
        let chosen = self.form.value("band");
        let bands = [Band::Red, Band::Amber, Band::Green];
        bands
            .map(|band| {
                Choice::new(band.as_str(), self.t.say(band.text())).chosen_if(band.as_str() == chosen)
            })
            .to_vec()
    }

    /// Days until which somebody's word may hold.
    fn ends(&self) -> Vec<Choice> {
        let chosen = self.form.value("until");
        let end = |days| {
            let day = self.explained.today.plus_days(days);
            let written = self.t.day_written(day);
            Choice::new(written.clone(), self.t.day_long(day)).chosen_if(written == chosen)
        };
        [14, 30, 90, 180].map(end).to_vec()
    }

    fn by<'b>(&self, signature: &'b str) -> &'b str {
        signature.split_once(' ').map_or(signature, |(_, name)| name)
    }
}
