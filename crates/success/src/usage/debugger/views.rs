//! What the templates of the debugger take.

use askama::Template;
use kit::clock::Timestamp;
use kit::i18n::Text;
use kit::web::{Filled, Tab};

use super::bulk::BulkReplay;
use super::web::ADDRESS;
use super::{Asked, Seen, Whose};
use crate::usage::log::Header;
use crate::usage::log::refusals::Refusal;
use crate::usage::sources::SourceId;

type Names = Vec<(SourceId, String)>;

#[derive(Template)]
#[template(path = "usage/debugger/views/events.html")]
pub(super) struct EventsPage<'a> {
    pub(super) t: &'a Text,
    pub(super) tabs: Vec<Tab>,
    pub(super) events: Vec<(Seen, Whose)>,
    pub(super) names: Names,
    pub(super) asked: Asked,
    pub(super) next: Option<String>,
}

#[derive(Template)]
#[template(path = "usage/debugger/views/rejected.html")]
pub(super) struct RejectedPage<'a> {
    pub(super) t: &'a Text,
    pub(super) tabs: Vec<Tab>,
    pub(super) refusals: Vec<Refusal>,
    pub(super) names: Names,
    pub(super) asked: Asked,
    pub(super) next: Option<String>,
    pub(super) replay: Option<BulkReplay>,
}

#[derive(Template)]
#[template(path = "usage/debugger/views/rejected_actions.html")]
pub(super) struct RejectedActions<'a> {
    t: &'a Text,
    asked: &'a Asked,
}

#[derive(Template)]
#[template(path = "usage/debugger/views/refusal.html")]
pub(super) struct RefusalPage<'a> {
    pub(super) t: &'a Text,
    pub(super) refusal: &'a Refusal,
    pub(super) form: &'a Filled,
    pub(super) may_write: bool,
}

impl EventsPage<'_> {
    fn source(&self, seen: &Seen) -> &str {
        named(&self.names, seen.source)
    }

    fn who<'h>(&self, header: &'h Header) -> &'h str {
        let ids = [&header.user, &header.anonymous];
        ids.into_iter().flatten().next().map_or("", String::as_str)
    }

    fn group<'h>(&self, header: &'h Header) -> &'h str {
        header.group.as_deref().unwrap_or_default()
    }

    fn came(&self, header: &Header) -> Timestamp {
        Timestamp(header.received)
    }

    fn happened(&self, header: &Header) -> Timestamp {
        Timestamp(header.happened)
    }

    /// When it was sent, by the sender's clock.
    fn sent(&self, header: &Header) -> Option<Timestamp> {
        header.sent.map(Timestamp)
    }

    /// When it happened, by the sender's clock.
    fn original(&self, header: &Header) -> Option<Timestamp> {
        header.original.map(Timestamp)
    }

    /// The event with a line for each field.
    fn pretty(&self, raw: &str) -> String {
        pretty(raw)
    }
}

impl RejectedPage<'_> {
    fn source(&self, refusal: &Refusal) -> &str {
        named(&self.names, refusal.source)
    }

    pub(super) fn actions(&self) -> RejectedActions<'_> {
        RejectedActions {
            t: self.t,
            asked: &self.asked,
        }
    }

    /// How far it is, what is sent again.
    fn progress(&self, replay: &BulkReplay) -> String {
        let key = match replay.ended_at {
            Some(_) => "usage-debugger-replay-over",
            None => "usage-debugger-replay-runs",
        };
        let number = |n: i64| self.t.number(n);
        let args = kit::args!(
            tried = number(replay.tried),
            total = number(replay.total),
            taken = number(replay.taken)
        );
        self.t.say_with(key, args)
    }

    fn why(&self, refusal: &Refusal) -> String {
        refusal.reason.said(self.t, &refusal.about)
    }
}

impl RefusalPage<'_> {
    fn why(&self) -> String {
        self.refusal.reason.said(self.t, &self.refusal.about)
    }

    fn remedy(&self) -> String {
        self.refusal.reason.remedy(self.t, &self.refusal.about)
    }

    fn may_send(&self) -> bool {
        self.may_write && self.refusal.settled.is_none() && self.refusal.is_whole
    }
}

fn named(names: &Names, source: SourceId) -> &str {
    let found = names.iter().find(|(id, _)| *id == source);
    found.map_or("", |(_, name)| name.as_str())
}

fn pretty(raw: &str) -> String {
    let value: Result<serde_json::Value, _> = serde_json::from_str(raw);
    let pretty = value.and_then(|value| serde_json::to_string_pretty(&value));
    pretty.unwrap_or_else(|_| raw.to_owned())
}

/// The tabs of the debugger.
pub(in crate::usage) fn tabs(t: &Text, current: &str) -> Vec<Tab> {
    let tab = |text: &str, href: String| Tab {
        text: t.say(text),
        current: href == current,
        href,
        count: None,
    };
    vec![
        tab("usage-debugger-came", ADDRESS.to_owned()),
        tab("usage-debugger-rejected", format!("{ADDRESS}/rejected")),
        tab("usage-debugger-unsettled", format!("{ADDRESS}/unsettled")),
    ]
}
