//! What the templates of rules take.

use std::collections::BTreeMap;

use askama::Template;
use kit::i18n::Text;
use kit::money::Currency;
use kit::web::{Choice, Filled};
use tandem_core::metrics::Producers;

use super::{Rule, WarningRuleId};
use crate::alerts::{State, past};

/// What a rule is called.
pub(crate) fn name(t: &Text, rule: &Rule) -> String {
    match (rule.content.name.as_str(), rule.key.as_str()) {
        ("", key) => t.say(&format!("alerts-rule-{key}")),
        (name, _) => name.to_owned(),
    }
}

/// How the alerts of a rule ended.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ends {
    pub(super) all: i64,
    pub(super) open: i64,
    pub(super) acted: i64,
    pub(super) wrong: i64,
}

impl Ends {
    /// By rule.
    pub(super) fn by_rule(rows: Vec<(WarningRuleId, State, String, i64)>) -> BTreeMap<WarningRuleId, Self> {
        let mut found: BTreeMap<WarningRuleId, Self> = BTreeMap::new();
        for (rule, state, word, count) in rows {
            let ends = found.entry(rule).or_default();
            ends.all += count;
            match state {
                State::Open | State::Snoozed => ends.open += count,
                State::Dismissed => ends.wrong += count,
                State::Handled if word == "false_alarm" => ends.wrong += count,
                State::Handled => ends.acted += count,
                State::Eased => {}
            }
        }
        found
    }
}

#[derive(Template)]
#[template(path = "alerts/views/rules.html")]
pub(super) struct RulesPage<'a> {
    pub(super) t: &'a Text,
    pub(super) rules: Vec<Rule>,
    pub(super) ends: BTreeMap<WarningRuleId, Ends>,
    pub(super) producers: &'a Producers,
    pub(super) currency: Currency,
    pub(super) may_write: bool,
}

impl RulesPage<'_> {
    fn name(&self, rule: &Rule) -> String {
        name(self.t, rule)
    }

    fn ends(&self, rule: &Rule) -> Ends {
        self.ends.get(&rule.id).copied().unwrap_or_default()
    }

    fn says(&self, rule: &Rule) -> String {
        says(self.t, rule, self.producers, self.currency)
    }
}

/// What a rule asks, in words.
pub(in crate::alerts) fn says(t: &Text, rule: &Rule, producers: &Producers, currency: Currency) -> String {
    let said = rule.content.conditions.iter().map(|condition| {
        let metric = past::metric(producers, &condition.metric);
        condition.said(t, metric.as_ref(), currency.code())
    });
    t.list(&said.collect::<Vec<_>>())
}

/// A line of the form of a rule: its number in field names.
pub(super) struct Row {
    pub(super) number: usize,
    pub(super) metrics: Vec<Choice>,
    pub(super) tests: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "alerts/views/rule.html")]
pub(super) struct RulePage<'a> {
    pub(super) t: &'a Text,
    pub(super) rule: Option<&'a Rule>,
    pub(super) form: &'a Filled,
    pub(super) rows: Vec<Row>,
    pub(super) ways: Vec<Choice>,
    pub(super) stages: Vec<Choice>,
    pub(super) tiers: Vec<Choice>,
    pub(super) conflict: Option<String>,
    pub(super) may_write: bool,
}

impl RulePage<'_> {
    fn action(&self) -> String {
        self.rule.map_or_else(
            || "/settings/warnings".to_owned(),
            |rule| format!("/settings/warnings/{}", rule.id),
        )
    }

    fn usual_name(&self) -> String {
        let key = self.rule.map_or("", |rule| rule.key.as_str());
        match key {
            "" => String::new(),
            key => self.t.say(&format!("alerts-rule-{key}")),
        }
    }

    fn field(&self, name: &str, row: &Row) -> String {
        format!("{name}.{}", row.number)
    }

    fn value(&self, name: &str, row: &Row) -> &str {
        self.form.value(&self.field(name, row))
    }

    fn error(&self, name: &str, row: &Row) -> &str {
        self.form.error(&self.field(name, row))
    }
}

#[derive(Template)]
#[template(path = "alerts/views/rule_actions.html")]
pub(super) struct RuleActions<'a> {
    pub(super) t: &'a Text,
    pub(super) rule: &'a Rule,
}

#[derive(Template)]
#[template(path = "alerts/views/rules_actions.html")]
pub(super) struct RulesActions<'a> {
    pub(super) t: &'a Text,
}
