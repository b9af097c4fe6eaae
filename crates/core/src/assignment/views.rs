//! What the templates of assignment take.

use askama::Template;
use kit::i18n::Text;
use kit::money::Currency;
use kit::web::{Choice, Filled};

use super::{Conditions, Load, Method, Rule, Span, Target, Why};
use crate::accounts::{AccountId, AccountKind};
use crate::agents::AgentId;
use crate::ladders::Rung;
use crate::tags::Tag;
use crate::teams::Team;
use crate::tiers::service::TouchModel;

/// The name in a signature, without its id.
fn bare(signature: &str) -> &str {
    signature.split_once(' ').map_or(signature, |(_, name)| name)
}

#[derive(Template)]
#[template(path = "assignment/views/owner.html")]
pub(super) struct OwnerPanel<'a> {
    pub(super) t: &'a Text,
    pub(super) account: AccountId,
    pub(super) spans: Vec<Span>,
    pub(super) loads: Vec<Load>,
    pub(super) may_write: bool,
}

impl OwnerPanel<'_> {
    fn now(&self) -> Option<&Span> {
        self.spans.first().filter(|span| span.until.is_none())
    }

    fn choices(&self) -> Vec<Choice> {
        let now = self.now().map(|span| span.agent);
        let nobody = Choice::new("", self.t.say("assignment-nobody")).chosen_if(now.is_none());
        let loads = self.loads.iter();
        let agents = loads.map(|load| {
            let words = format!("{} ({})", load.name, self.t.number(load.accounts));
            Choice::new(load.agent.to_string(), words).chosen_if(Some(load.agent) == now)
        });
        std::iter::once(nobody).chain(agents).collect()
    }

    /// Why this owner, in a sentence.
    fn because(&self, span: &Span) -> String {
        let day = self.t.date(span.since);
        match &span.why {
            Why::ByHand => {
                let args = kit::args!(by = bare(&span.by), day = day.as_str());
                self.t.say_with("assignment-because-hand", args)
            }
            Why::Rule { rule, method, among } => {
                let among: Vec<String> = among
                    .iter()
                    .map(|(name, held, most)| match most {
                        Some(most) => format!("{name} {held}/{most}"),
                        None => format!("{name} {held}"),
                    })
                    .collect();
                let (among, method) = (self.t.list(&among), self.t.say(method.text()));
                let args = kit::args!(
                    rule = rule.as_str(),
                    method = method.as_str(),
                    among = among.as_str(),
                    day = day.as_str()
                );
                self.t.say_with("assignment-because-rule", args)
            }
        }
    }

    fn days(&self, span: &Span) -> String {
        let since = self.t.date(span.since);
        match span.until {
            Some(until) => format!("{since} – {}", self.t.date(until)),
            None => self.t.say_with("stages-since", kit::args!(day = since.as_str())),
        }
    }
}

/// What can be named in rules.
pub(super) struct Vocabulary {
    pub(super) rules: Vec<Rule>,
    pub(super) loads: Vec<Load>,
    pub(super) teams: Vec<Team>,
    pub(super) stages: Vec<Rung>,
    pub(super) tiers: Vec<Rung>,
    pub(super) tags: Vec<Tag>,
    pub(super) currency: Currency,
}

impl Vocabulary {
    fn target(&self, target: Target) -> String {
        match target {
            Target::Agent(agent) => {
                let load = self.loads.iter().find(|load| load.agent == agent);
                load.map_or_else(|| agent.to_string(), |load| load.name.clone())
            }
            Target::Team(team) => {
                let found = self.teams.iter().find(|one| one.id == team);
                found.map_or_else(|| team.to_string(), |team| team.name.clone())
            }
        }
    }

    /// What a rule asks, in words.
    fn asks(&self, t: &Text, of: &Conditions) -> String {
        let mut words = Vec::new();
        let named = |rungs: &[Rung], id| {
            rungs
                .iter()
                .find(|rung| rung.id == id)
                .map(|rung| rung.text.name.clone())
        };
        if let Some(kind) = of.kind {
            words.push(t.say(kind.text()));
        }
        words.extend(of.tier.and_then(|tier| named(&self.tiers, tier)));
        words.extend(of.touch.map(|model| t.say(model.text())));
        words.extend(of.stage.and_then(|stage| named(&self.stages, stage)));
        if let Some(tag) = of.tag {
            words.extend(
                self.tags
                    .iter()
                    .find(|one| one.id == tag)
                    .map(|tag| tag.name.clone()),
            );
        }
        let code = self.currency.code();
        if let Some(from) = of.mrr_from {
            words.push(format!("MRR ≥ {}", t.money(from, code)));
        }
        if let Some(below) = of.mrr_below {
            words.push(format!("MRR < {}", t.money(below, code)));
        }
        if words.is_empty() {
            t.say("assignment-every")
        } else {
            words.join(" · ")
        }
    }
}

#[derive(Template)]
#[template(path = "assignment/views/rules.html")]
pub(super) struct RulesPage<'a> {
    pub(super) t: &'a Text,
    pub(super) known: Vocabulary,
    pub(super) unowned: usize,
    pub(super) may_write: bool,
}

impl RulesPage<'_> {
    fn asks(&self, rule: &Rule) -> String {
        self.known.asks(self.t, &rule.conditions)
    }

    fn target(&self, rule: &Rule) -> String {
        self.known.target(rule.target)
    }

    fn most(&self, load: &Load) -> String {
        load.capacity
            .accounts
            .map(|most| most.to_string())
            .unwrap_or_default()
    }

    fn most_mrr(&self, load: &Load) -> String {
        let code = self.known.currency.code();
        load.capacity
            .mrr
            .map(|most| self.t.money_written(most, code))
            .unwrap_or_default()
    }

    fn away(&self, load: &Load) -> String {
        load.capacity
            .away_until
            .map(|day| self.t.day_written(day))
            .unwrap_or_default()
    }

    fn brings(&self, load: &Load) -> String {
        self.t.money_whole(load.mrr, self.known.currency.code())
    }
}

#[derive(Template)]
#[template(path = "assignment/views/rules_actions.html")]
pub(super) struct RulesActions<'a> {
    pub(super) t: &'a Text,
}

/// One account of a dry run.
pub(super) struct Tried {
    pub(super) account: AccountId,
    pub(super) name: String,
    pub(super) chosen: Option<String>,
}

#[derive(Template)]
#[template(path = "assignment/views/rule.html")]
pub(super) struct RulePage<'a> {
    pub(super) t: &'a Text,
    pub(super) rule: Option<&'a Rule>,
    pub(super) known: Vocabulary,
    pub(super) form: &'a Filled,
    pub(super) tried: Option<Vec<Tried>>,
}

impl RulePage<'_> {
    fn action(&self) -> String {
        match self.rule {
            Some(rule) => format!("/settings/assignment/{}", rule.id),
            None => "/settings/assignment".to_owned(),
        }
    }

    fn any(&self, name: &str, all: Vec<(String, String)>) -> Vec<Choice> {
        let held = self.form.value(name);
        let any = Choice::new("", self.t.say("assignment-any")).chosen_if(held.is_empty());
        let rest = all.into_iter().map(|(value, text)| {
            let is_held = value == held;
            Choice::new(value, text).chosen_if(is_held)
        });
        std::iter::once(any).chain(rest).collect()
    }

    fn kinds(&self) -> Vec<Choice> {
        let all = AccountKind::ALL.into_iter();
        self.any(
            "kind",
            all.map(|kind| (kind.as_str().to_owned(), self.t.say(kind.text())))
                .collect(),
        )
    }

    fn touches(&self) -> Vec<Choice> {
        let all = TouchModel::ALL.map(|model| (model.as_str().to_owned(), self.t.say(model.text())));
        self.any("touch", all.to_vec())
    }

    fn rungs(&self, name: &str, rungs: &[Rung]) -> Vec<Choice> {
        let all = rungs.iter();
        self.any(
            name,
            all.map(|rung| (rung.id.to_string(), rung.text.name.clone()))
                .collect(),
        )
    }

    fn tags(&self) -> Vec<Choice> {
        let all = self.known.tags.iter();
        self.any(
            "tag",
            all.map(|tag| (tag.id.to_string(), tag.name.clone())).collect(),
        )
    }

    fn targets(&self) -> Vec<Choice> {
        let held = self.form.value("target");
        let teams = self.known.teams.iter().filter(|team| team.archiving.is_none());
        let teams = teams.map(|team| (team.id.to_string(), team.name.clone()));
        let agents = self.known.loads.iter();
        let agents = agents.map(|load| (load.agent.to_string(), load.name.clone()));
        let choice = |(value, text): (String, String)| {
            let is_held = value == held;
            Choice::new(value, text).chosen_if(is_held)
        };
        teams.chain(agents).map(choice).collect()
    }

    fn methods(&self) -> Vec<Choice> {
        let held = Method::named(self.form.value("method")).unwrap_or_default();
        let all = Method::ALL.into_iter();
        all.map(|method| Choice::new(method.as_str(), self.t.say(method.text())).chosen_if(method == held))
            .collect()
    }

    fn found(&self, tried: &[Tried]) -> i64 {
        i64::try_from(tried.iter().filter(|one| one.chosen.is_some()).count()).unwrap_or(0)
    }
}

#[derive(Template)]
#[template(path = "assignment/views/rule_actions.html")]
pub(super) struct RuleActions<'a> {
    pub(super) t: &'a Text,
    pub(super) rule: &'a Rule,
}

/// One account of a book.
pub(super) struct Entry {
    pub(super) account: AccountId,
    pub(super) name: String,
    pub(super) stage: Option<Rung>,
    pub(super) tier: Option<Rung>,
    pub(super) touch: Option<TouchModel>,
    pub(super) mrr: Option<String>,
    pub(super) renews: Option<String>,
}

#[derive(Template)]
#[template(path = "assignment/views/book.html")]
pub(super) struct BookPage<'a> {
    pub(super) t: &'a Text,
    pub(super) loads: &'a [Load],
    pub(super) whose: Option<AgentId>,
    pub(super) entries: Vec<Entry>,
    pub(super) next: Option<String>,
    /// Only those that are looked after like this.
    pub(super) touch: Option<TouchModel>,
    /// How many of the book are looked after in which way; empty where no tier says it.
    pub(super) counts: Vec<(TouchModel, i64)>,
    pub(super) currency: Currency,
    pub(super) may_see_money: bool,
}

impl BookPage<'_> {
    fn touches(&self) -> Vec<Choice> {
        let any = Choice::new("", self.t.say("assignment-any")).chosen_if(self.touch.is_none());
        let models = TouchModel::ALL.into_iter().map(|model| {
            Choice::new(model.as_str(), self.t.say(model.text())).chosen_if(self.touch == Some(model))
        });
        std::iter::once(any).chain(models).collect()
    }

    fn choices(&self) -> Vec<Choice> {
        let nobody = Choice::new("none", self.t.say("assignment-unowned")).chosen_if(self.whose.is_none());
        let agents = self.loads.iter();
        let agents = agents.map(|load| {
            Choice::new(load.agent.to_string(), &load.name).chosen_if(Some(load.agent) == self.whose)
        });
        agents.chain(std::iter::once(nobody)).collect()
    }

    fn load(&self) -> Option<&Load> {
        self.loads.iter().find(|load| Some(load.agent) == self.whose)
    }

    fn held(&self, load: &Load) -> String {
        match load.capacity.accounts {
            Some(most) => format!("{} / {}", self.t.number(load.accounts), self.t.number(most)),
            None => self.t.number(load.accounts),
        }
    }

    fn brings(&self, load: &Load) -> String {
        self.t.money_whole(load.mrr, self.currency.code())
    }
}
