//! What stands above a composer: who else is here.

use askama::Template;
use kit::i18n::Text;

use super::super::drafts::Draft;
use super::super::names::signed;
use super::super::{MessageKind, TicketId};
use super::{Doing, Other, Room};

/// One line of it: its tone, icon and words; and what they have written.
struct Line {
    tone: &'static str,
    icon: &'static str,
    words: String,
    draft: Option<Draft>,
}

/// Who else is in a ticket, in words.
#[derive(Template)]
#[template(path = "tickets/presence/views/strip.html")]
pub(in super::super) struct Strip<'a> {
    t: &'a Text,
    ticket: TicketId,
    lines: Vec<Line>,
    taken: Option<String>,
    may_write: bool,
}

impl<'a> Strip<'a> {
    pub(in super::super) fn new(t: &'a Text, ticket: TicketId, room: &Room, may_write: bool) -> Self {
        let taken = room.taken.as_ref().map(|(signature, at)| {
            let name = signed(t, signature);
            t.say_with("drafts-taken", kit::args!(name = name.as_str(), ago = t.ago(*at)))
        });
        Self {
            t,
            ticket,
            lines: room
                .others
                .iter()
                .map(|other| line(t, other, &room.drafts))
                .collect(),
            taken,
            may_write,
        }
    }
}

fn line(t: &Text, other: &Other, drafts: &[Draft]) -> Line {
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
    let draft = match other {
        Other::Here(one) if one.doing == Doing::Viewing => None,
        Other::Here(one) => drafts.iter().find(|draft| draft.agent == one.agent).cloned(),
        Other::Begun(_, draft) => Some(draft.clone()),
    };
    let words = t.say_with(key, kit::args!(name = name.as_str(), ago = t.ago(since)));
    Line {
        tone,
        icon,
        words,
        draft,
    }
}
