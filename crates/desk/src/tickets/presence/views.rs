//! What stands above a composer: who else is here.

use askama::Template;
use kit::i18n::Text;

use super::super::MessageKind;
use super::{Doing, Other};

/// One line of it: its tone, icon and words.
struct Line {
    tone: &'static str,
    icon: &'static str,
    words: String,
}

/// Who else is in a ticket, in words.
#[derive(Template)]
#[template(path = "tickets/presence/views/strip.html")]
pub(in super::super) struct Strip {
    lines: Vec<Line>,
}

impl Strip {
    pub(in super::super) fn new(t: &Text, others: &[Other]) -> Self {
        Self {
            lines: others.iter().map(|other| line(t, other)).collect(),
        }
    }
}

fn line(t: &Text, other: &Other) -> Line {
    let (tone, icon, key, name, since) = match other {
        Other::Here(one) => {
            let (tone, icon, key) = match one.doing {
                Doing::Viewing => ("", "eye", "presence-viewing"),
                Doing::Replying => ("warn", "reply", "presence-replying"),
                Doing::Noting => ("warn", "pencil", "presence-noting"),
            };
            (tone, icon, key, &one.name, one.since)
        }
        Other::Begun(name, draft) => {
            let (icon, key) = match draft.kind {
                MessageKind::Note => ("pencil", "presence-begun-note"),
                _ => ("reply", "presence-begun-reply"),
            };
            ("", icon, key, name, draft.saved_at)
        }
    };
    let words = t.say_with(key, kit::args!(name = name.as_str(), ago = t.ago(since)));
    Line { tone, icon, words }
}
