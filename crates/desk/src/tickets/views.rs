//! What the templates of tickets take.

use askama::Template;
use kit::clock::Timestamp;
use kit::i18n::Text;
use kit::web::{Choice, Filled};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;
use tandem_core::contacts::ContactId;
use tandem_core::permissions::Permission;
use tandem_core::touchpoints::Channel;
use tandem_core::worth::Worth;

use super::connections::{Connection, Lines};
use super::drafts::Draft;
use super::files::File;
use super::listing::View;
use super::marks::Mark;
use super::names::Names;
use super::pages::{ListPart, Shown};
use super::presence::Strip;
use super::sending::FormId;
use super::{Change, Field, Kind, Message, MessageId, MessageKind, Priority, Status, Ticket, TicketId};

/// One of the views beside the list.
pub(super) struct ViewLink {
    href: String,
    text: String,
    icon: &'static str,
    count: Option<i64>,
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
    open: Option<ConversationView<'a>>,
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
                view => t.say(view.text()),
            },
            icon: view.icon(),
            count: *count,
            is_current: *view == list.view,
        };
        Self {
            t,
            view: list.view,
            views: list.counts.iter().map(link).collect(),
            tickets: list.tickets,
            names: list.names,
            next: list.next,
            is_first: list.is_first,
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

    fn current(&self) -> Option<&ViewLink> {
        self.views.iter().find(|view| view.is_current)
    }

    fn asker(&self, ticket: &Ticket) -> String {
        self.names.asker(ticket)
    }

    fn agent(&self, ticket: &Ticket) -> Option<&str> {
        ticket.agent.and_then(|id| self.names.agent(id))
    }

    /// Whether the mark of its status says more than the view does.
    fn shows_status(&self) -> bool {
        matches!(self.view, View::All)
    }

    /// Why there is nothing to see, and what that means.
    fn empty(&self) -> (&'static str, &'static str) {
        match self.view {
            View::Mine => ("tickets-empty-mine", "tickets-empty-mine-text"),
            View::Unassigned => ("tickets-empty-unassigned", "tickets-empty-unassigned-text"),
            View::All => ("tickets-empty-all", "tickets-empty-all-text"),
            _ => ("tickets-empty", "tickets-empty-text"),
        }
    }
}

/// Something in a conversation, in the order in which it came.
enum Entry {
    Message(Message),
    Changes(Vec<Change>),
    Joined(Box<Joining>),
}

/// That a ticket was joined with another, or that this ended.
struct Joining {
    icon: &'static str,
    author: String,
    words: String,
    other: Ticket,
    at: Timestamp,
}

impl Entry {
    fn at(&self) -> Timestamp {
        match self {
            Self::Message(message) => message.written_at,
            Self::Changes(changes) => changes[0].at,
            Self::Joined(joining) => joining.at,
        }
    }
}

#[derive(Template)]
#[template(path = "tickets/views/conversation.html")]
pub(super) struct ConversationView<'a> {
    t: &'a Text,
    pub(super) ticket: Ticket,
    pub(super) names: Names,
    entries: Vec<Entry>,
    files: Vec<File>,
    waiting: Vec<File>,
    marks: Vec<Mark>,
    filled: Filled,
    draft: Option<Draft>,
    form: FormId,
    strip: Strip,
    joined: Vec<(Connection, Ticket)>,
    pub(super) view: View,
    pub(super) may_write: bool,
}

impl<'a> ConversationView<'a> {
    pub(super) fn new(t: &'a Text, shown: Shown, filled: Filled, view: View, may_write: bool) -> Self {
        Self {
            t,
            entries: with_joinings(t, shown.ticket.id, in_order(shown.messages, shown.changes), shown.history),
            joined: shown.joined,
            ticket: shown.ticket,
            names: shown.names,
            files: shown.files,
            waiting: shown.waiting,
            marks: shown.marks,
            draft: shown.draft,
            form: shown.form,
            strip: Strip::new(t, &shown.others),
            filled,
            view,
            may_write,
        }
    }

    /// The files of a message, pictures first.
    fn files_of(&self, message: &MessageId) -> Vec<&File> {
        let mut files: Vec<_> = self
            .files
            .iter()
            .filter(|file| file.message == Some(*message))
            .collect();
        files.sort_by_key(|file| !file.is_picture());
        files
    }

    /// How large a file is, in thousands or millions of bytes.
    fn size(&self, file: &File) -> String {
        let thousands = (file.size as f64 / 1_000.0).ceil();
        if thousands < 1_000.0 {
            let size = self.t.number(thousands as i64);
            return self.t.say_with("tickets-file-kb", kit::args!(size = size));
        }
        let size = self.t.decimal(thousands / 1_000.0, 1);
        self.t.say_with("tickets-file-mb", kit::args!(size = size))
    }

    /// What features say of a message.
    fn marks_of(&self, message: &MessageId) -> impl Iterator<Item = &Mark> {
        self.marks.iter().filter(|mark| mark.message == *message)
    }

    /// Whose words a message is.
    fn author(&self, message: &Message) -> String {
        if message.kind == MessageKind::Inbound {
            let contact = message.contact.and_then(|id| self.names.contact(id));
            return contact.map_or_else(|| self.t.say("tickets-customer"), str::to_owned);
        }
        self.signed(&message.author)
    }

    /// Who a signature names.
    fn signed(&self, signature: &str) -> String {
        match signature.split_once(' ') {
            Some((who, name)) if !who.starts_with("system") => name.to_owned(),
            _ => self.t.say("tickets-by-itself"),
        }
    }

    /// What a field's value is called.
    fn value(&self, field: &Field, value: &str) -> String {
        let word = |text: Option<&'static str>| text.map(|text| self.t.say(text)).unwrap_or_default();
        let name = |name: Option<&str>| name.unwrap_or("–").to_owned();
        if value.is_empty() {
            return "–".to_owned();
        }
        match field {
            Field::Subject => value.to_owned(),
            Field::Status => word(value.parse().ok().map(Status::text)),
            Field::Priority => word(value.parse().ok().map(Priority::text)),
            Field::Kind => word(value.parse().ok().map(Kind::text)),
            Field::Agent => name(value.parse().ok().and_then(|id| self.names.agent(id))),
            Field::Team => name(value.parse().ok().and_then(|id| self.names.team(id))),
            Field::Account => name(value.parse().ok().and_then(|id| self.names.account(id))),
            Field::Contact => name(value.parse().ok().and_then(|id| self.names.contact(id))),
            Field::Snooze => value
                .parse()
                .map_or_else(|_| "–".to_owned(), |at| self.t.moment(Timestamp(at))),
        }
    }

    fn mode(&self) -> &str {
        match self.filled.value("mode") {
            "note" => "note",
            "inbound" => "inbound",
            _ => "reply",
        }
    }

    /// The number of the ticket in which a message was written, where that is another.
    fn written_in(&self, message: &Message) -> Option<i64> {
        let other = self.joined.iter().find(|(_, other)| other.id == message.ticket);
        other.map(|(_, other)| other.number)
    }

    /// Whether a message can begin a ticket of its own.
    fn may_split(&self, message: &Message) -> bool {
        let first = self.entries.iter().find_map(|entry| match entry {
            Entry::Message(first) if first.ticket == self.ticket.id => Some(first.id),
            _ => None,
        });
        self.may_write && message.ticket == self.ticket.id && first.is_some_and(|first| first < message.id)
    }

    /// What joins it with others.
    pub(super) fn connections(&self) -> Option<Lines<'_>> {
        let lines = Lines::new(self.t, self.ticket.id, &self.joined, self.may_write);
        (!self.joined.is_empty()).then_some(lines)
    }

    /// What streams call it when somebody comes or goes.
    fn presence(&self) -> String {
        super::presence::topic(self.ticket.id)
    }

    fn seen(&self) -> String {
        let seen = self.filled.value("seen").to_owned();
        let now = self.ticket.last_public.map(|id| id.to_string());
        if seen.is_empty() {
            now.unwrap_or_default()
        } else {
            seen
        }
    }

    fn is_overtaken(&self) -> bool {
        !self.filled.value("overtaken").is_empty()
    }

    pub(super) fn worth(&self) -> Option<&Worth> {
        self.ticket.account.and_then(|id| self.names.worth.get(&id))
    }

    pub(super) fn contact(&self) -> Option<(ContactId, &str)> {
        let id = self.ticket.contact?;
        Some((id, self.names.contact(id)?))
    }

    pub(super) fn account(&self) -> Option<(AccountId, &str)> {
        let id = self.ticket.account?;
        Some((id, self.names.account(id)?))
    }
}

/// Entries with what joined the ticket with others among them.
fn with_joinings(
    t: &Text,
    id: TicketId,
    mut entries: Vec<Entry>,
    history: Vec<(Connection, Ticket)>,
) -> Vec<Entry> {
    for (one, other) in history {
        let begun = Joining {
            icon: one.joint.icon(),
            author: one.author.clone(),
            words: t.say(one.joint.text(one.side(id))),
            other: other.clone(),
            at: one.made_at,
        };
        let ended = one.ended.map(|(author, at)| Joining {
            icon: "undo-2",
            author,
            words: t.say(one.joint.ended()),
            other,
            at,
        });
        for joining in std::iter::once(begun).chain(ended) {
            let place = entries.partition_point(|entry| entry.at() <= joining.at);
            entries.insert(place, Entry::Joined(Box::new(joining)));
        }
    }
    entries
}

/// Messages and what was changed between them; changes of one moment and author stand together.
fn in_order(messages: Vec<Message>, changes: Vec<Change>) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut changes = changes.into_iter().peekable();
    let mut until = |entries: &mut Vec<Entry>, at: Option<Timestamp>| {
        while let Some(change) = changes.next_if(|change| at.is_none_or(|at| change.at < at)) {
            match entries.last_mut() {
                Some(Entry::Changes(group))
                    if group[0].author == change.author && group[0].at == change.at =>
                {
                    group.push(change);
                }
                _ => entries.push(Entry::Changes(vec![change])),
            }
        }
    };
    for message in messages {
        until(&mut entries, Some(message.written_at));
        entries.push(Entry::Message(message));
    }
    until(&mut entries, None);
    entries
}

#[derive(Template)]
#[template(path = "tickets/views/form.html")]
pub(super) struct FormPage<'a> {
    t: &'a Text,
    filled: &'a Filled,
    agents: Vec<Choice>,
    teams: Vec<Choice>,
}

impl<'a> FormPage<'a> {
    pub(super) fn new(t: &'a Text, names: &Names, filled: &'a Filled, me: Option<AgentId>) -> Self {
        let agent = if filled.has("agent") {
            filled.value("agent").parse().ok()
        } else {
            me
        };
        Self {
            t,
            filled,
            agents: names.agent_choices(t, agent),
            teams: names.team_choices(t, filled.value("team").parse().ok()),
        }
    }

    fn or<'b>(&'b self, name: &str, usual: &'b str) -> &'b str {
        Some(self.filled.value(name))
            .filter(|value| !value.is_empty())
            .unwrap_or(usual)
    }

    fn directions(&self) -> Vec<Choice> {
        let words = [("customer", "tickets-from-customer"), ("us", "tickets-from-us")];
        chosen(self.t, words.into_iter(), self.or("from", "customer"))
    }

    fn channels(&self) -> Vec<Choice> {
        let known = Channel::ALL
            .iter()
            .map(|channel| (channel.as_str(), channel.text()));
        chosen(self.t, known, self.or("channel", Channel::Phone.as_str()))
    }

    fn priorities(&self) -> Vec<Choice> {
        let known = Priority::ALL.iter().map(|one| (one.as_str(), one.text()));
        chosen(self.t, known, self.or("priority", Priority::Normal.as_str()))
    }

    fn kinds(&self) -> Vec<Choice> {
        let known = Kind::ALL.iter().map(|one| (one.as_str(), one.text()));
        chosen(self.t, known, self.or("kind", Kind::Question.as_str()))
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
