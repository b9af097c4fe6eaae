//! What the template of tiers takes.

use askama::Template;
use kit::i18n::Text;
use kit::web::{Choice, Filled};

use super::{Standing, Why};
use crate::accounts::AccountId;
use crate::ladders::Rung;

#[derive(Template)]
#[template(path = "tiers/views/panel.html")]
pub(super) struct PanelView<'a> {
    pub(super) t: &'a Text,
    pub(super) account: AccountId,
    pub(super) why: Why,
    pub(super) tiers: Vec<Rung>,
    pub(super) form: &'a Filled,
    pub(super) may_write: bool,
    pub(super) may_see_money: bool,
}

impl PanelView<'_> {
    fn choices(&self) -> Vec<Choice> {
        let standing = self.why.standing.as_ref();
        let now = standing
            .and_then(|standing| standing.tier.as_ref())
            .map(|tier| tier.id);
        let tiers = self.tiers.iter();
        tiers
            .map(|tier| Choice::new(tier.id.to_string(), &tier.text.name).chosen_if(Some(tier.id) == now))
            .collect()
    }

    fn amount(&self, minor: i64) -> String {
        self.t.money(minor, self.why.mrr.currency.code())
    }

    /// Why it is there, in a sentence.
    fn because(&self, standing: &Standing) -> String {
        let by = standing
            .by
            .split_once(' ')
            .map_or(standing.by.as_str(), |(_, name)| name);
        let day = self.t.date(standing.at);
        if standing.is_pinned {
            return self
                .t
                .say_with("tiers-because-pinned", kit::args!(by = by, day = day.as_str()));
        }
        if !self.may_see_money {
            return self.t.say("tiers-because-rule");
        }
        let mrr = self.amount(self.why.mrr.minor);
        let threshold = standing.tier.as_ref().and_then(|tier| tier.text.threshold);
        match threshold {
            Some(from) => {
                let from = self.amount(from);
                self.t.say_with(
                    "tiers-because-reached",
                    kit::args!(mrr = mrr.as_str(), from = from.as_str()),
                )
            }
            None => self
                .t
                .say_with("tiers-because-none", kit::args!(mrr = mrr.as_str())),
        }
    }

    /// What would change it.
    fn next(&self) -> Option<String> {
        let next = self.why.next.as_ref().filter(|_| self.may_see_money)?;
        let from = self.amount(next.text.threshold?);
        let args = kit::args!(tier = next.text.name.as_str(), from = from.as_str());
        Some(self.t.say_with("tiers-next", args))
    }
}
