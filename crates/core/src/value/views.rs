//! What the templates of value take.

use askama::Template;
use kit::i18n::{Text, Value};
use kit::web::{Filled, Tab};

use super::{AccountValue, Check, CheckKind, ContractModel, Estimate, Refusal, RepeatModel, Settings};

#[derive(Template)]
#[template(path = "value/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) tabs: Vec<Tab>,
    pub(super) estimate: Option<&'a Estimate>,
    pub(super) is_asked: bool,
    pub(super) accounts: Vec<AccountValue>,
    pub(super) next: Option<String>,
    pub(super) may_keep: bool,
}

#[derive(Template)]
#[template(path = "value/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    t: &'a Text,
    may_keep: bool,
    has_accounts: bool,
}

impl ListPage<'_> {
    pub(super) fn actions(&self) -> ListActions<'_> {
        ListActions {
            t: self.t,
            may_keep: self.may_keep,
            has_accounts: !self.accounts.is_empty(),
        }
    }

    fn assumed(&self, estimate: &Estimate) -> String {
        assumed(self.t, estimate.models.settings)
    }

    /// What the contracts and the orders of an account are worth.
    fn parts(&self, one: &AccountValue) -> [Option<i64>; 2] {
        let reasons = &one.reasons;
        [
            reasons.contract.map(|reason| reason.worth),
            reasons.repeat.map(|reason| reason.worth),
        ]
    }
}

#[derive(Template)]
#[template(path = "value/views/panel.html")]
pub(super) struct PanelView<'a> {
    pub(super) t: &'a Text,
    pub(super) estimate: Option<&'a Estimate>,
    pub(super) value: Option<&'a AccountValue>,
}

impl PanelView<'_> {
    fn money(&self, estimate: &Estimate, minor: impl Value<i64>) -> String {
        self.t.money_whole(minor, estimate.total.currency.code())
    }

    fn contract_says(&self, estimate: &Estimate, value: &AccountValue) -> Option<String> {
        let reason = value.reasons.contract?;
        let args = kit::args!(
            worth = self.money(estimate, reason.worth),
            renewed = self.t.number(reason.renewed),
            chance = self.t.percent(reason.chance, 0),
            renews = self.t.day_long(reason.renews),
            terms = self.t.decimal(reason.terms, 1),
            revenue = self.money(estimate, reason.revenue)
        );
        Some(self.t.say_with("value-contract-says", args))
    }

    fn repeat_says(&self, estimate: &Estimate, value: &AccountValue) -> Option<String> {
        let reason = value.reasons.repeat?;
        let args = kit::args!(
            worth = self.money(estimate, reason.worth),
            orders = self.t.number(reason.orders),
            last = self.t.day_long(reason.last),
            alive = self.t.percent(reason.alive, 0),
            expected = self.t.decimal(reason.expected, 1),
            spend = self.money(estimate, reason.spend)
        );
        Some(self.t.say_with("value-repeat-says", args))
    }

    /// Whether what the models assume that this rests on holds.
    fn checks<'e>(&self, estimate: &'e Estimate, value: &AccountValue) -> Vec<&'e Check> {
        let (models, reasons) = (&estimate.models, &value.reasons);
        let contract = models.contract.fitted().filter(|_| reasons.contract.is_some());
        let repeat = models.repeat.fitted().filter(|_| reasons.repeat.is_some());
        let mut checks: Vec<&Check> = Vec::new();
        checks.extend(contract.into_iter().flat_map(|model| &model.checks));
        checks.extend(repeat.into_iter().flat_map(|model| &model.checks));
        checks
    }

    fn assumed(&self, estimate: &Estimate) -> String {
        assumed(self.t, estimate.models.settings)
    }
}

#[derive(Template)]
#[template(path = "value/views/models.html")]
pub(super) struct ModelsPage<'a> {
    pub(super) t: &'a Text,
    pub(super) tabs: Vec<Tab>,
    pub(super) estimate: Option<&'a Estimate>,
    pub(super) is_asked: bool,
    pub(super) survival: String,
    pub(super) cumulative: String,
}

impl ModelsPage<'_> {
    fn refused(&self, refusal: &Refusal) -> String {
        let (key, given, needed) = match refusal {
            Refusal::TooFewAccounts { given, needed } => ("value-too-few-accounts", given, needed),
            Refusal::TooFewRepeaters { given, needed } => ("value-too-few-repeaters", given, needed),
            Refusal::TooFewLosses { given, needed } => ("value-too-few-losses", given, needed),
            Refusal::TooShort { given, needed } => ("value-too-short", given, needed),
            Refusal::NoFit => return self.t.say("value-no-fit"),
        };
        let args = kit::args!(given = self.t.number(*given), needed = self.t.number(*needed));
        self.t.say_with(key, args)
    }

    /// What a check found, in words.
    fn found(&self, check: &Check) -> String {
        let (found, beside) = match check.kind {
            CheckKind::Independence => (self.t.decimal(check.found, 2), self.t.decimal(check.beside, 0)),
            _ => (self.t.decimal(check.found, 0), self.t.decimal(check.beside, 0)),
        };
        let key = match check.kind {
            CheckKind::HoldOut => "value-found-hold-out",
            CheckKind::Independence => "value-found-independence",
            _ => "value-found-of",
        };
        self.t.say_with(key, kit::args!(found = found, beside = beside))
    }

    fn contract_parameters(&self, model: &ContractModel) -> String {
        let named = [("α", model.alpha), ("β", model.beta)];
        self.parameters(&named)
    }

    fn purchase_parameters(&self, model: &RepeatModel) -> String {
        let [r, alpha, a, b] = model.purchases;
        self.parameters(&[("r", r), ("α", alpha), ("a", a), ("b", b)])
    }

    fn spending_parameters(&self, model: &RepeatModel) -> String {
        let [p, q, gamma] = model.spending;
        self.parameters(&[("p", p), ("q", q), ("γ", gamma)])
    }

    /// Parameters under the letters of their papers, which no language changes.
    fn parameters(&self, named: &[(&str, f64)]) -> String {
        let written = named
            .iter()
            .map(|(letter, value)| format!("{letter} {}", self.parameter(*value)));
        written.collect::<Vec<_>>().join(" · ")
    }

    fn parameter(&self, value: impl Value<f64>) -> String {
        self.t.decimal(value, 3)
    }
}

#[derive(Template)]
#[template(path = "value/views/settings.html")]
pub(super) struct SettingsPage<'a> {
    pub(super) t: &'a Text,
    pub(super) form: &'a Filled,
}

/// What is assumed, in a sentence.
fn assumed(t: &Text, settings: Settings) -> String {
    let args = kit::args!(
        margin = t.percent(settings.margin as f64 / 10_000.0, 0),
        discount = t.percent(settings.discount as f64 / 10_000.0, 0),
        months = t.number(settings.horizon_months)
    );
    t.say_with("value-assumed", args)
}
