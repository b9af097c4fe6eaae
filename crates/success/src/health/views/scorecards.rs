//! What the templates of scorecards take.

use askama::Template;
use kit::i18n::Text;
use kit::web::{Choice, Filled};
use tandem_core::ladders::Rung;

use super::points;
use crate::health::book::WhatIf;
use crate::health::model::group_shares;
use crate::health::scorecards::usual::Offer;
use crate::health::standard::called;
use crate::health::{Content, Scorecard};

#[derive(Template)]
#[template(path = "health/views/scorecards.html")]
pub(in crate::health) struct ScorecardsPage<'a> {
    pub(in crate::health) t: &'a Text,
    pub(in crate::health) cards: Vec<Scorecard>,
    pub(in crate::health) stages: Vec<Rung>,
    pub(in crate::health) tiers: Vec<Rung>,
    pub(in crate::health) offers: Vec<Offer>,
    pub(in crate::health) may_write: bool,
}

impl ScorecardsPage<'_> {
    /// Whether one of those that are offered can be added as it is.
    fn has_place(&self) -> bool {
        self.offers.iter().any(|offer| offer.rung.is_some())
    }

    /// The groups of one with what each weighs, in a line.
    fn groups(&self, content: &Content) -> String {
        let all = content.groups.iter();
        let said = all.map(|group| {
            format!(
                "{} {}",
                called(self.t, &group.name),
                self.t.decimal(group.weight, 0)
            )
        });
        said.collect::<Vec<_>>().join(" · ")
    }

    fn name(&self, card: &Scorecard) -> String {
        match card.name.as_str() {
            "" => self.t.say("health-standard"),
            name => name.to_owned(),
        }
    }

    /// For whom it is, in words.
    fn for_whom(&self, card: &Scorecard) -> String {
        let of = |rungs: &[Rung], id| {
            let found = rungs.iter().find(|rung| Some(rung.id) == id);
            found.map(|rung| rung.text.name.clone())
        };
        let parts: Vec<String> = [of(&self.stages, card.stage), of(&self.tiers, card.tier)]
            .into_iter()
            .flatten()
            .collect();
        match parts.is_empty() {
            true => self.t.say("health-for-all"),
            false => parts.join(" · "),
        }
    }
}

/// A line of the form of a scorecard: its number in field names, what can be chosen, and why one looks at the metric.
pub(in crate::health) struct Row {
    pub(in crate::health) number: usize,
    pub(in crate::health) metrics: Vec<Choice>,
    pub(in crate::health) groups: Vec<Choice>,
    pub(in crate::health) why: Option<String>,
}

/// A line of the form with a group of measures: its number in field names.
pub(in crate::health) struct GroupRow {
    pub(in crate::health) number: usize,
}

#[derive(Template)]
#[template(path = "health/views/scorecard.html")]
pub(in crate::health) struct ScorecardPage<'a> {
    pub(in crate::health) t: &'a Text,
    pub(in crate::health) card: Option<&'a Scorecard>,
    pub(in crate::health) form: &'a Filled,
    pub(in crate::health) groups: Vec<GroupRow>,
    pub(in crate::health) rows: Vec<Row>,
    pub(in crate::health) stages: Vec<Choice>,
    pub(in crate::health) tiers: Vec<Choice>,
    pub(in crate::health) conflict: Option<String>,
    pub(in crate::health) what_if: Option<WhatIf>,
    pub(in crate::health) is_general: bool,
    pub(in crate::health) may_write: bool,
}

impl ScorecardPage<'_> {
    fn action(&self) -> String {
        self.card.map_or_else(
            || "/settings/scorecards".to_owned(),
            |card| format!("/settings/scorecards/{}", card.id),
        )
    }

    fn field(&self, name: &str, row: &Row) -> String {
        format!("{name}.{}", row.number)
    }

    fn of_group(&self, name: &str, row: &GroupRow) -> String {
        format!("{name}.{}", row.number)
    }

    /// What a group is called; that of the measures in none too.
    fn called(&self, name: &str) -> String {
        match name {
            "" => self.t.say("health-no-group"),
            name => called(self.t, name),
        }
    }

    fn group_value(&self, name: &str, row: &GroupRow) -> &str {
        self.form.value(&self.of_group(name, row))
    }

    fn group_error(&self, name: &str, row: &GroupRow) -> &str {
        self.form.error(&self.of_group(name, row))
    }

    /// What each group and each measure by itself counts of the whole, in the scorecard as it is kept.
    fn shares(&self) -> Vec<(String, String)> {
        let Some(card) = self.card else {
            return Vec::new();
        };
        let shares = group_shares(&card.content);
        let shown = |(name, share): (String, f64)| (called(self.t, &name), self.t.percent(share, 0));
        shares.into_iter().map(shown).collect()
    }

    fn value(&self, name: &str, row: &Row) -> &str {
        self.form.value(&self.field(name, row))
    }

    fn error(&self, name: &str, row: &Row) -> &str {
        self.form.error(&self.field(name, row))
    }

    fn points(&self, score: &Option<f64>) -> String {
        points(self.t, *score)
    }
}

#[derive(Template)]
#[template(path = "health/views/scorecard_actions.html")]
pub(in crate::health) struct ScorecardActions<'a> {
    pub(in crate::health) t: &'a Text,
    pub(in crate::health) card: &'a Scorecard,
}

#[derive(Template)]
#[template(path = "health/views/scorecards_actions.html")]
pub(in crate::health) struct ScorecardsActions<'a> {
    pub(in crate::health) t: &'a Text,
}
