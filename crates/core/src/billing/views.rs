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
        why(self.t, &receipt.reason)
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

/// What a written reason says to people, and what to do about it.
fn why(t: &Text, written: &str) -> String {
    if written.is_empty() {
        return String::new();
    }
    let (key, about) = Reason::said(written);
    // A rule of ours that refuses something is kept as the key of its sentence; once it was kept in words.
    let is_key = key == "billing-reason-rule" && about.contains("failure-") && !about.contains(' ');
    let about = match is_key {
        true => t.say(about),
        false => about.to_owned(),
    };
    t.say_with(key, kit::args!(about = about.trim_end_matches('.')))
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use kit::clock::Timestamp;
    use kit::i18n::Locale;
    use kit::web::Failure;

    use super::*;
    use crate::invoices::InvoiceError;
    use crate::subscriptions::SubscriptionError;

    #[test]
    fn every_reason_is_a_sentence_that_says_what_to_do() {
        for locale in Locale::all() {
            let t = Text::new(locale, TimeZone::UTC, Timestamp::default());
            let customer = why(&t, &Reason::Customer("cus_A".to_owned()).written());
            assert!(
                customer.contains("cus_A") && customer.contains(&t.say("billing-waiting")),
                "{customer}"
            );
            for failure in [
                Failure::from(SubscriptionError::BadSeats),
                Failure::from(InvoiceError::BadTotal),
            ] {
                let said = why(&t, &Reason::refused(&failure).written());
                let sentence = t.say(failure.code.text);
                assert!(said.contains(sentence.trim_end_matches('.')), "{said}");
            }
            let before = why(&t, "rule:the seats do not fit");
            assert!(before.contains("the seats do not fit"), "{before}");
        }
        let t = Text::new(Locale::english(), TimeZone::UTC, Timestamp::default());
        assert!(why(&t, "overlap").contains("take this over again"));
        assert_eq!(why(&t, ""), "");
    }
}
