//! What the template of the panel takes.

use askama::Template;
use kit::chart::Sparkline;
use kit::i18n::Text;

use super::{Feature, Usage};

#[derive(Template)]
#[template(path = "usage/account/views/panel.html")]
pub(super) struct UsagePanel<'a> {
    pub(super) t: &'a Text,
    pub(super) usage: &'a Usage,
    /// How the account stands on its way to first value, in words; none where nobody said what that is.
    pub(super) first: Option<String>,
}

impl UsagePanel<'_> {
    /// The line of the last weeks, read out as its first and last value.
    fn line(&self) -> String {
        let values: Vec<Option<f64>> = self.usage.weeks.iter().map(|n| Some(*n as f64)).collect();
        let end = |n: Option<&i64>| self.t.number(n.copied().unwrap_or_default());
        let (from, to) = (end(self.usage.weeks.first()), end(self.usage.weeks.last()));
        Sparkline {
            sentence: self.t.say_with(
                "usage-account-line",
                kit::args!(from = from.as_str(), to = to.as_str()),
            ),
            values,
            range: None,
        }
        .draw(self.t)
    }

    /// A page or screen without a name still has a word.
    fn name(&self, feature: &Feature) -> String {
        if feature.name.is_empty() {
            self.t.say("usage-account-nameless")
        } else {
            feature.name.clone()
        }
    }
}
