//! What the templates of currencies take.

use askama::Template;
use kit::i18n::Text;
use kit::money::Currency;
use kit::web::{Choice, Filled};

use super::ExchangeRate;

#[derive(Template)]
#[template(path = "currencies/views/page.html")]
pub(super) struct CurrenciesPage<'a> {
    pub(super) t: &'a Text,
    pub(super) reporting: Currency,
    pub(super) rates: Vec<ExchangeRate>,
    pub(super) form: &'a Filled,
    pub(super) may_keep: bool,
}

impl CurrenciesPage<'_> {
    fn reporting_choices(&self) -> Vec<Choice> {
        choices(self.reporting.code())
    }

    fn rate_choices(&self) -> Vec<Choice> {
        let mut all = choices(self.form.value("currency"));
        all.retain(|choice| choice.value != self.reporting.code());
        all
    }
}

/// Every currency to choose from.
pub fn choices(chosen: &str) -> Vec<Choice> {
    let choice = |currency: Currency| {
        Choice::new(currency.code(), currency.code()).chosen_if(currency.code() == chosen)
    };
    Currency::all().map(choice).collect()
}
