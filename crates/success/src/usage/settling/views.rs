//! What the template of the queue takes.

use askama::Template;
use kit::i18n::Text;
use kit::web::{Choice, Tab};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::web::Wanted;
use super::{Line, RECENT, Waiting};
use crate::usage::people::NameKind;

#[derive(Template)]
#[template(path = "usage/settling/views/queue.html")]
pub(super) struct QueuePage<'a> {
    pub(super) t: &'a Text,
    pub(super) tabs: Vec<Tab>,
    pub(super) wanted: &'a Wanted,
    pub(super) waiting: Vec<Waiting>,
    pub(super) next: Option<String>,
    pub(super) may_write: bool,
}

/// Whether somebody may choose accounts.
pub(in crate::usage) fn is_open(actor: &Actor) -> bool {
    actor.may(Permission::UsageWrite) && actor.may(Permission::AccountsWrite)
}

/// What an id is of.
pub(in crate::usage) fn kind(t: &Text, kind: &str) -> String {
    t.say(match NameKind::named(kind) {
        Some(NameKind::Group) => "usage-debugger-group",
        Some(NameKind::User) => "usage-debugger-user",
        Some(NameKind::Anonymous) => "usage-debugger-anonymous",
        None => "usage-identity-contact",
    })
}

impl QueuePage<'_> {
    /// Whether it is a part of the queue that was asked for.
    fn is_asked(&self) -> bool {
        let Wanted { q, days, left, .. } = self.wanted;
        ![q, days, left].iter().all(|asked| asked.is_empty())
    }

    fn title<'n>(&self, line: &'n Line) -> &'n str {
        let called = line.title.as_deref().or(line.email.as_deref());
        called.unwrap_or(&line.value)
    }

    /// What it is, and why it waits.
    fn why(&self, waiting: &Waiting) -> String {
        let kind = kind(self.t, &waiting.line.kind);
        match waiting.looked.reason {
            Some(reason) => format!("{kind} · {}", self.t.say(reason.text())),
            None => kind,
        }
    }

    fn spans(&self) -> Vec<Choice> {
        let chosen = match self.wanted.days.as_str() {
            "" => RECENT.to_string(),
            days => days.to_owned(),
        };
        let choice = |days: i64| {
            let text = match days {
                0 => self.t.say("usage-settling-all-days"),
                days => self.t.count("usage-settling-days", days),
            };
            Choice {
                chosen: chosen == days.to_string(),
                ..Choice::new(days.to_string(), text)
            }
        };
        [RECENT, 90, 365, 0].into_iter().map(choice).collect()
    }

    fn states(&self) -> Vec<Choice> {
        let choice = |value: &str, key: &str| Choice {
            chosen: self.wanted.left == value,
            ..Choice::new(value, self.t.say(key))
        };
        vec![
            choice("", "usage-settling-waiting"),
            choice("on", "usage-settling-left"),
        ]
    }
}
