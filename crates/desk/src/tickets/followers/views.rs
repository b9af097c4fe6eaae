//! What the templates of followers take.

use askama::Template;
use kit::i18n::Text;

use super::super::names::Names;
use super::super::{Ticket, TicketId};
use super::Shown;

/// How many characters of a note a list shows.
const SHOWN: usize = 200;
/// How many rows a panel has.
const LINES: usize = 6;

/// Who follows a ticket, as its page shows it.
#[derive(Template)]
#[template(path = "tickets/followers/views/line.html")]
pub(in super::super) struct Line<'a> {
    t: &'a Text,
    id: TicketId,
    names: Vec<&'a str>,
    is_mine: bool,
}

impl<'a> Line<'a> {
    pub(in super::super) fn new(t: &'a Text, id: TicketId, names: Vec<&'a str>, is_mine: bool) -> Self {
        Self {
            t,
            id,
            names,
            is_mine,
        }
    }
}

#[derive(Template)]
#[template(path = "tickets/followers/views/mentions.html")]
pub(super) struct MentionsPage<'a> {
    t: &'a Text,
    mentions: Vec<Shown>,
}

impl<'a> MentionsPage<'a> {
    pub(super) fn new(t: &'a Text, mentions: Vec<Shown>) -> Self {
        Self { t, mentions }
    }

    fn words(&self, one: &Shown) -> String {
        words(&one.words)
    }

    fn author(&self, one: &Shown) -> String {
        author(&one.mention.author)
    }
}

#[derive(Template)]
#[template(path = "tickets/followers/views/followed.html")]
pub(super) struct FollowedPage<'a> {
    t: &'a Text,
    followed: Vec<(Ticket, bool)>,
    names: Names,
}

impl<'a> FollowedPage<'a> {
    pub(super) fn new(t: &'a Text, followed: Vec<(Ticket, bool)>, names: Names) -> Self {
        Self { t, followed, names }
    }

    fn status(&self, ticket: &Ticket) -> String {
        self.names.status(self.t, ticket)
    }

    fn asker(&self, ticket: &Ticket) -> String {
        self.names.asker(ticket)
    }
}

#[derive(Template)]
#[template(path = "tickets/followers/views/news.html")]
pub(super) struct NewsPanel<'a> {
    t: &'a Text,
    mentions: Vec<Shown>,
    followed: Vec<Ticket>,
}

impl<'a> NewsPanel<'a> {
    pub(super) fn new(t: &'a Text, mut mentions: Vec<Shown>, mut followed: Vec<Ticket>) -> Self {
        mentions.truncate(LINES);
        followed.truncate(LINES - mentions.len());
        Self {
            t,
            mentions,
            followed,
        }
    }

    fn words(&self, one: &Shown) -> String {
        words(&one.words)
    }

    fn author(&self, one: &Shown) -> String {
        author(&one.mention.author)
    }
}

fn words(body: &str) -> String {
    let words = body.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(SHOWN).collect()
}

fn author(signature: &str) -> String {
    let name = signature.split_once(' ').map_or(signature, |(_, name)| name);
    name.to_owned()
}
