//! What the template of the panel takes.

use askama::Template;
use kit::i18n::Text;

use super::ContactUsage;
use crate::usage::adoption::FeatureCall;

#[derive(Template)]
#[template(path = "usage/contact/views/panel.html")]
pub(super) struct ContactUsagePanel<'a> {
    pub(super) t: &'a Text,
    pub(super) usage: &'a ContactUsage,
}

impl ContactUsagePanel<'_> {
    /// By how many ids and with how many devices they are known.
    fn known(&self) -> String {
        let ids = self.t.count(
            "usage-contact-ids",
            i64::try_from(self.usage.ids).unwrap_or(i64::MAX),
        );
        let devices = i64::try_from(self.usage.devices).unwrap_or(i64::MAX);
        format!("{ids} · {}", self.t.count("usage-contact-devices", devices))
    }

    /// A page or screen without a name still has a word.
    fn called(&self, name: &str) -> String {
        match name {
            "" => self.t.say("usage-account-nameless"),
            name => name.to_owned(),
        }
    }

    fn call(&self, word: &str) -> String {
        FeatureCall::named(word).map_or_else(String::new, |call| self.t.say(call.text()))
    }
}
