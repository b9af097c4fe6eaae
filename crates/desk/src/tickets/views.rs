//! What the templates of tickets take.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use kit::i18n::Text;
use kit::id::{TypedId, Uuid};
use kit::web::Choice;
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::bridge::Standing;
use tandem_core::permissions::Permission;
use tandem_core::tags::Tag;

use super::conversing::ConversationView;
use super::listing::View;
use super::names::Names;
use super::pages::ListPart;
use super::{Ticket, TicketId};
use crate::bulk::views::BulkBar;

/// One of the views beside the list.
pub(super) struct ViewLink {
    href: String,
    text: String,
    icon: &'static str,
    count: Option<i64>,
    /// Whether it still looks through all tickets.
    is_counting: bool,
    is_current: bool,
}

#[derive(Template)]
#[template(path = "tickets/views/inbox.html")]
pub(super) struct InboxPage<'a> {
    t: &'a Text,
    view: View,
    views: Vec<ViewLink>,
    tickets: Vec<Ticket>,
    names: Names,
    next: Option<String>,
    is_first: bool,
    tags: BTreeMap<Uuid, Vec<Tag>>,
    standings: BTreeMap<AccountId, Standing>,
    unread: BTreeSet<TicketId>,
    only_unread: bool,
    open: Option<ConversationView<'a>>,
    bar: Option<BulkBar<'a>>,
    may_write: bool,
}

#[derive(Template)]
#[template(path = "tickets/views/inbox_actions.html")]
pub(super) struct InboxActions<'a> {
    t: &'a Text,
    may_write: bool,
}

impl<'a> InboxPage<'a> {
    pub(super) fn new(
        t: &'a Text,
        list: ListPart,
        open: Option<ConversationView<'a>>,
        actor: &Actor,
    ) -> Self {
        let link = |(view, count): &(View, Option<i64>)| ViewLink {
            href: format!("/inbox/{view}"),
            text: match view {
                View::Team(team) => list.names.team(*team).unwrap_or_default().to_owned(),
                View::Own(id) => list.own_name(*id).to_owned(),
                view => t.say(view.text()),
            },
            icon: view.icon(),
            count: *count,
            is_counting: matches!(view, View::Own(_)) && count.is_none(),
            is_current: *view == list.view,
        };
        Self {
            t,
            view: list.view,
            views: list.counts.iter().map(link).collect(),
            bar: actor.may(Permission::TicketsWrite).then(|| BulkBar {
                t,
                view: list.view,
                may_delete: actor.may(Permission::TicketsDelete),
                macros: list.macros.clone(),
                agents: list.names.agent_choices(t, None),
                teams: list.names.team_choices(t, None),
                statuses: list.names.status_choices(t, None),
            }),
            tickets: list.tickets,
            names: list.names,
            next: list.next,
            is_first: list.is_first,
            tags: list.tags,
            standings: list.standings,
            unread: list.unread,
            only_unread: list.only_unread,
            open,
            may_write: actor.may(Permission::TicketsWrite),
        }
    }

    pub(super) fn actions(&self) -> InboxActions<'_> {
        InboxActions {
            t: self.t,
            may_write: self.may_write,
        }
    }

    fn is_open(&self, ticket: &Ticket) -> bool {
        self.open.as_ref().is_some_and(|open| open.ticket.id == ticket.id)
    }

    /// Whether something in it is new for whoever looks; what they have before them is not.
    fn is_unread(&self, ticket: &Ticket) -> bool {
        self.unread.contains(&ticket.id) && !self.is_open(ticket)
    }

    /// The form of the view, where somebody made it.
    fn edits(&self) -> Option<String> {
        match self.view {
            View::Own(id) => Some(format!("/inbox/views/{id}")),
            _ => None,
        }
    }

    fn current(&self) -> Option<&ViewLink> {
        self.views.iter().find(|view| view.is_current)
    }

    fn asker(&self, ticket: &Ticket) -> String {
        self.names.asker(ticket)
    }

    /// The first two of its tags.
    fn tags_of(&self, ticket: &Ticket) -> &[Tag] {
        let tags = self.tags.get(&ticket.id.uuid()).map_or(&[][..], Vec::as_slice);
        &tags[..tags.len().min(2)]
    }

    fn status(&self, ticket: &Ticket) -> String {
        self.names.status(self.t, ticket)
    }

    fn agent(&self, ticket: &Ticket) -> Option<&str> {
        ticket.agent.and_then(|id| self.names.agent(id))
    }

    /// How its account stands: tone, icon, and in words; nothing where that is not known.
    fn standing(&self, ticket: &Ticket) -> Option<(&'static str, &'static str, String)> {
        let standing = self.standings.get(&ticket.account?)?;
        let score = standing.score?;
        let (band, score) = (self.t.say(standing.text), self.t.decimal(score, 0));
        let said = self
            .t
            .say_with("hints-health", kit::args!(band = band, score = score));
        Some((standing.tone, standing.icon, said))
    }

    /// Whether the mark of its status says more than the view does.
    fn shows_status(&self) -> bool {
        matches!(self.view, View::All | View::Own(_))
    }

    /// Why there is nothing to see, and what that means.
    fn empty(&self) -> (&'static str, &'static str) {
        match self.view {
            _ if self.only_unread => ("unread-empty", "unread-empty-text"),
            View::Mine => ("tickets-empty-mine", "tickets-empty-mine-text"),
            View::Unassigned => ("tickets-empty-unassigned", "tickets-empty-unassigned-text"),
            View::All => ("tickets-empty-all", "tickets-empty-all-text"),
            View::Own(_) => ("own-views-empty", "own-views-empty-text"),
            _ => ("tickets-empty", "tickets-empty-text"),
        }
    }
}

/// Words to choose from, one of them chosen.
pub(super) fn chosen<'a>(
    t: &Text,
    words: impl Iterator<Item = (&'a str, &'a str)>,
    now: &str,
) -> Vec<Choice> {
    words
        .map(|(word, text)| Choice::new(word, t.say(text)).chosen_if(word == now))
        .collect()
}
