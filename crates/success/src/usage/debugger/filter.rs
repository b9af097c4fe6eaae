//! Which of what came, or was rejected, is shown.

use std::str::FromStr;

use kit::i18n::Text;
use kit::web::{Choice, address};
use serde::Deserialize;

use super::Seen;
use crate::usage::log::refusals::Refusal;
use crate::usage::protocol::{Call, Reason};
use crate::usage::sources::SourceId;

/// What an address asks for; what it asks for that there is not, it does not ask for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    source: String,
    call: String,
    reason: String,
    q: String,
    after: String,
}

/// What is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// From where.
    pub source: Option<SourceId>,
    /// Of which call.
    pub call: Option<Call>,
    /// Rejected why.
    pub reason: Option<Reason>,
    /// What stands in it, folded.
    pub text: String,
}

impl Asked {
    /// What is shown.
    pub(super) fn filter(&self) -> Filter {
        Filter {
            source: self.source.parse().ok(),
            call: Call::named(&self.call),
            reason: Reason::named(&self.reason),
            text: kit::text::fold(&self.q),
        }
    }

    /// Where to go on.
    pub(super) fn after<T: FromStr>(&self) -> Option<T> {
        self.after.parse().ok()
    }

    /// Whether nothing is left out.
    pub(super) fn is_any(&self) -> bool {
        self.filter() == Filter::default()
    }

    /// The text that is looked for, as it was written.
    pub(super) fn text(&self) -> &str {
        &self.q
    }

    /// The same from a place on.
    pub(super) fn going_on(&self, path: &str, after: &str) -> String {
        let pairs = [
            ("after", after),
            ("source", self.source.as_str()),
            ("call", self.call.as_str()),
            ("reason", self.reason.as_str()),
            ("q", self.q.as_str()),
        ];
        address(path, &pairs)
    }

    /// What of it counts for sending all of it again.
    pub(super) fn of_replay(&self) -> [(&'static str, &str); 2] {
        [("source", self.source.as_str()), ("reason", self.reason.as_str())]
    }

    /// The sources to choose from.
    pub(super) fn sources(&self, t: &Text, names: &[(SourceId, String)]) -> Vec<Choice> {
        let chosen = self.filter().source;
        let each = |(id, name): &(SourceId, String)| {
            Choice::new(id.to_string(), name.as_str()).chosen_if(chosen == Some(*id))
        };
        any(t).into_iter().chain(names.iter().map(each)).collect()
    }

    /// The calls to choose from.
    pub(super) fn calls(&self, t: &Text) -> Vec<Choice> {
        let chosen = self.filter().call;
        let each = |call: Call| Choice::new(call.as_str(), call.as_str()).chosen_if(chosen == Some(call));
        any(t).into_iter().chain(Call::ALL.map(each)).collect()
    }

    /// The reasons to choose from.
    pub(super) fn reasons(&self, t: &Text) -> Vec<Choice> {
        let chosen = self.filter().reason;
        let each = |reason: Reason| {
            Choice::new(reason.as_str(), reason.said(t, "…")).chosen_if(chosen == Some(reason))
        };
        any(t).into_iter().chain(Reason::ALL.map(each)).collect()
    }
}

fn any(t: &Text) -> [Choice; 1] {
    [Choice::new("", t.say("usage-debugger-any"))]
}

impl Filter {
    /// What comes from one source.
    pub fn of_source(source: SourceId) -> Self {
        Self {
            source: Some(source),
            ..Self::default()
        }
    }

    /// Whether an event that came is shown; its source was looked at already.
    pub(super) fn takes(&self, seen: &Seen) -> bool {
        let call = seen.event.header.call();
        (self.call.is_none() || self.call == call) && self.is_in(&seen.event.raw)
    }

    /// Whether something rejected is shown; its source and reason were looked at already.
    pub(super) fn takes_rejected(&self, refusal: &Refusal) -> bool {
        let call = Call::named(&refusal.call);
        (self.call.is_none() || self.call == call) && self.is_in(&refusal.body)
    }

    fn is_in(&self, text: &str) -> bool {
        self.text.is_empty() || kit::text::fold(text).contains(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_address_asks_for_stays_on_the_next_page() {
        let asked = Asked {
            call: "track".to_owned(),
            reason: "no-event".to_owned(),
            q: "Été".to_owned(),
            source: "none".to_owned(),
            ..Asked::default()
        };
        let filter = asked.filter();
        assert_eq!((filter.source, filter.call), (None, Some(Call::Track)));
        assert_eq!(filter.reason, Some(Reason::NoEvent));
        assert!(filter.is_in("{\"event\":\"L’ÉTÉ\"}") && !filter.is_in("{}"));
        assert_eq!(
            asked.going_on("/x", "rfs_1"),
            "/x?after=rfs_1&source=none&call=track&reason=no-event&q=%C3%89t%C3%A9"
        );
        assert!(Asked::default().is_any() && !asked.is_any());
    }
}
