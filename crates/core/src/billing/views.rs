//! What the templates of billing take.

use askama::Template;
use kit::i18n::Text;
use kit::web::{Choice, Filled};

use super::pages::Shown;
use super::{Connection, ProductLink, Reason, Receipt};

/// The kinds of events that a connection should be told of.
pub(super) const KINDS: &[&str] = &["customer.*", "customer.subscription.*", "invoice.*"];

#[derive(Template)]
#[template(path = "billing/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) connections: Vec<Connection>,
    pub(super) form: &'a Filled,
}

#[derive(Template)]
#[template(path = "billing/views/connection.html")]
pub(super) struct ConnectionPage<'a> {
    pub(super) t: &'a Text,
    pub(super) shown: &'a Shown,
    pub(super) form: &'a Filled,
    pub(super) outcomes: Vec<Choice>,
    pub(super) products: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "billing/views/connection_actions.html")]
pub(super) struct ConnectionActions<'a> {
    t: &'a Text,
    shown: &'a Shown,
}

impl ConnectionPage<'_> {
    pub(super) fn actions(&self) -> ConnectionActions<'_> {
        ConnectionActions {
            t: self.t,
            shown: self.shown,
        }
    }

    /// The path to paste: it follows the address of this site.
    fn path(&self) -> String {
        format!("/hooks/stripe/{}", self.shown.gate.written())
    }

    fn kinds(&self) -> String {
        self.t.list(KINDS)
    }

    fn is_waiting(&self) -> bool {
        let mapping = &self.shown.mapping;
        !mapping.unknown_customers.is_empty() || !mapping.unknown_prices.is_empty()
    }

    fn products_for(&self, link: &ProductLink) -> Vec<Choice> {
        let chosen = link.product.to_string();
        let choice = |choice: &Choice| choice.clone().chosen_if(choice.value == chosen);
        self.products.iter().map(choice).collect()
    }

    fn why(&self, receipt: &Receipt) -> String {
        if receipt.reason.is_empty() {
            return String::new();
        }
        let (key, about) = Reason::said(&receipt.reason);
        self.t.say_with(key, kit::args!(about = about))
    }

    fn typed(&self, code: &str) -> &str {
        if self.form.value("code") == code {
            self.form.value("account")
        } else {
            ""
        }
    }

    /// What was typed of a customer for whom nothing waits: in the form for any.
    fn unlisted(&self, name: &str) -> &str {
        let code = self.form.value("code");
        let waiting = &self.shown.mapping.unknown_customers;
        if self.form.value("account").is_empty() || waiting.iter().any(|waits| waits.code == code) {
            return "";
        }
        self.form.value(name)
    }

    fn unlisted_error(&self) -> &str {
        if self.unlisted("account").is_empty() {
            return "";
        }
        self.form.error("account")
    }

    fn wrong(&self, code: &str, name: &str) -> &str {
        if self.form.value("code") == code {
            self.form.error(name)
        } else {
            ""
        }
    }
}
