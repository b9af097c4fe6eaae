//! What the template of a conversation takes: what was written, changed and joined, the composer, and what stands around.

use askama::Template;
use kit::clock::Timestamp;
use kit::day::Day;
use kit::i18n::Text;
use kit::web::Filled;
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;
use tandem_core::contacts::ContactId;
use tandem_core::permissions::Permission;
use tandem_core::tags::line::TagLine;
use tandem_core::worth::Worth;

use super::acts::snooze;
use super::connections::{Connection, Lines};
use super::details::solving;
use super::drafts::Draft;
use super::entries::{Entry, between, in_order, with_details, with_joinings, with_sides};
use super::files::File;
use super::followers::Line as FollowersLine;
use super::hints::{Hint, Line as HintLine};
use super::listing::View;
use super::marks::{Fold, Mark};
use super::names::{self, Names};
use super::nouns::NOUN;
use super::pages::Shown;
use super::presence::Strip;
use super::sending::FormId;
use super::{Field, Message, MessageId, MessageKind, Status, Ticket, formatted};

#[derive(Template)]
#[template(path = "tickets/views/conversation.html")]
pub(super) struct ConversationView<'a> {
    t: &'a Text,
    pub(super) ticket: Ticket,
    pub(super) names: Names,
    entries: Vec<Entry>,
    /// The address of a longer part of the conversation, and of the newest.
    earlier: Option<String>,
    later: Option<String>,
    /// The first message that whoever looks has not seen.
    fresh: Option<MessageId>,
    pub(super) is_beside: bool,
    files: Vec<File>,
    waiting: Vec<File>,
    marks: Vec<Mark>,
    filled: Filled,
    draft: Option<Draft>,
    form: FormId,
    /// The inputs for what is to be filled in before solving, where somebody solves it.
    asked: Option<String>,
    strip: Strip<'a>,
    joined: Vec<(Connection, Ticket)>,
    followers: Vec<AgentId>,
    me: Option<AgentId>,
    pub(super) tags: TagLine<'a>,
    pub(super) view: View,
    pub(super) may_write: bool,
    pub(super) may_task: bool,
    pub(super) may_signal: bool,
    hint: Option<Hint>,
    pub(super) looks_after: Option<String>,
    pub(super) stage: Option<String>,
    today: Day,
}

impl<'a> ConversationView<'a> {
    pub(super) fn new(t: &'a Text, shown: Shown, filled: Filled, view: View, actor: &Actor) -> Self {
        let may_write = actor.may(Permission::TicketsWrite) && !shown.ticket.status.is_apart();
        let (window, id) = (shown.window, shown.ticket.id);
        let moments = (window.begins(), window.ends());
        let fresh = fresh(&window.messages, shown.seen_at, &actor.signature());
        let (page, beside) = (format!("/tickets/{id}"), view.to_string());
        let part = |since: &str| kit::web::address(&page, &[("view", beside.as_str()), ("since", since)]);
        let earlier = window.earlier.map(|id| part(&id.to_string()));
        let later = window.has_later.then(|| part(""));
        let entries = in_order(window.messages, window.changes);
        let entries = with_details(t, entries, shown.details);
        let entries = with_joinings(t, id, entries, shown.history);
        Self {
            t,
            entries: between(with_sides(t, entries, shown.sides), moments),
            earlier,
            later,
            fresh,
            is_beside: shown.is_beside,
            joined: shown.joined,
            followers: shown.followers,
            me: actor.agent(),
            tags: shown.tags.line(t, actor, &NOUN, &shown.ticket.id.to_string()),
            strip: Strip::new(t, shown.ticket.id, &shown.room, may_write),
            ticket: shown.ticket,
            names: shown.names,
            files: shown.files,
            waiting: shown.waiting,
            marks: shown.marks,
            draft: shown.draft,
            form: shown.form,
            asked: (!shown.asked.is_empty()).then(|| solving::inputs(t, &shown.asked, &filled)),
            filled,
            view,
            may_write,
            may_task: actor.may(Permission::TasksWrite),
            may_signal: actor.may(Permission::SignalsWrite),
            hint: shown.hint,
            looks_after: shown.looks_after,
            stage: shown.stage,
            today: shown.today,
        }
    }

    /// What is said of one that lies apart.
    fn apart(&self) -> &'static str {
        match self.ticket.status {
            Status::Trash => "bins-in-trash",
            _ => "bins-in-spam",
        }
    }

    /// The files of a message.
    fn all_of(&self, message: &MessageId) -> Vec<&File> {
        let is_its = |file: &&File| file.message == Some(*message);
        self.files.iter().filter(is_its).collect()
    }

    /// The files of a message that its words do not show, pictures first.
    fn files_of(&self, message: &Message) -> Vec<&File> {
        let shown = message
            .html
            .as_deref()
            .map(formatted::pictures)
            .unwrap_or_default();
        let mut files = self.all_of(&message.id);
        files.retain(|file| !file.is_picture() || !shown.contains(&file.id));
        files.sort_by_key(|file| !file.is_picture());
        files
    }

    /// The words of a message with their formatting, written anew from what was read.
    fn formatted(&self, message: &Message) -> Option<String> {
        let html = message.html.as_deref()?;
        Some(formatted::page(html, &self.all_of(&message.id)))
    }

    /// The buttons over the editor: what each does, its icon, its keys beside ⌘ or Ctrl, and what it is called.
    fn formats(&self) -> [(&'static str, &'static str, &'static str, String); 7] {
        formats(self.t)
    }

    /// Where an icon of the bar is.
    fn icon(&self, name: &str) -> String {
        icon(name)
    }

    /// What is wrong with what was written, with or without formatting.
    fn wrong(&self) -> &str {
        match self.filled.error("body") {
            "" => self.filled.error("html"),
            wrong => wrong,
        }
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

    /// What can be unfolded below a message.
    fn folds_of(&self, message: &MessageId) -> impl Iterator<Item = &Fold> {
        self.marks_of(message).flat_map(|mark| &mark.folds)
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
        names::signed(self.t, signature)
    }

    /// What a field's value is called.
    fn value(&self, field: &Field, value: &str) -> String {
        self.names.value(self.t, *field, value)
    }

    /// How far it has come.
    fn status(&self) -> String {
        self.names.status(self.t, &self.ticket)
    }

    /// How each step that can be chosen shows: its value, its category and what it is called. A category's word alone shows
    /// what stands for it.
    fn status_marks(&self) -> Vec<(String, Status, String)> {
        let plain = Status::CHOICES.into_iter().map(|category| {
            let step = self.names.stands_for(category);
            (
                category.as_str().to_owned(),
                category,
                self.names.called(self.t, step),
            )
        });
        let own = self.names.own_steps();
        let own = own.map(|step| (step.to_string(), step.status, self.names.called(self.t, step)));
        plain.chain(own).collect()
    }

    /// Whose work it is.
    fn agent(&self) -> String {
        let agent = self.ticket.agent.and_then(|id| self.names.agent(id));
        agent.map_or_else(|| self.t.say("tickets-nobody"), str::to_owned)
    }

    /// What whoever looks is called.
    fn own_name(&self) -> &str {
        self.me.and_then(|id| self.names.agent(id)).unwrap_or_default()
    }

    /// Until when each choice snoozes.
    fn snoozes(&self) -> Vec<(&'static str, String)> {
        let choices = ["hours", "tomorrow", "monday", "week"].into_iter();
        let until = |choice| Some((choice, snooze(self.t, choice).ok()?.parse().ok()?));
        let moment = |(choice, at)| (choice, self.t.moment(Timestamp(at)));
        choices.filter_map(until).map(moment).collect()
    }

    /// The moment that a choice means.
    fn later(&self, choice: &str) -> String {
        let until = snooze(self.t, choice).ok().and_then(|at| at.parse::<i64>().ok());
        until.map_or_else(String::new, |at| self.t.moment(Timestamp(at)))
    }

    fn mode(&self) -> &str {
        match self.filled.value("mode") {
            "note" => "note",
            "inbound" => "inbound",
            _ => "reply",
        }
    }

    /// Whether a message is the first that whoever looks has not seen.
    fn is_fresh(&self, message: &Message) -> bool {
        self.fresh == Some(message.id)
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
        let is_later = self.earlier.is_some() || first.is_some_and(|first| first < message.id);
        self.may_write && message.ticket == self.ticket.id && is_later
    }

    /// Whether a message can be passed on to others: the customer's, and what they got.
    fn may_forward(&self, message: &Message) -> bool {
        self.may_write && message.kind.is_public() && !message.body.is_empty()
    }

    /// Who follows it.
    pub(super) fn following(&self) -> FollowersLine<'_> {
        let names = self.followers.iter().filter_map(|id| self.names.agent(*id));
        let is_mine = self.me.is_some_and(|me| self.followers.contains(&me));
        FollowersLine::new(self.t, self.ticket.id, names.collect(), is_mine)
    }

    /// Whom a note can name, as JSON.
    fn people(&self) -> String {
        serde_json::to_string(&self.names.people()).expect("names are always JSON")
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

    /// What the account says of how it should be treated, for those who may change it.
    pub(super) fn hint(&self) -> Option<HintLine<'_>> {
        let hint = self.hint.as_ref().filter(|_| self.may_write)?;
        Some(HintLine::new(self.t, self.ticket.id, self.view.to_string(), hint))
    }

    /// In how many days the account renews or ends; nothing where that is past or not known.
    pub(super) fn renews_in(&self) -> Option<String> {
        let days = self.today.days_until(self.worth()?.renews?);
        (days >= 0).then(|| self.t.count("metrics-days", days))
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

/// The first message that somebody has not seen: written by another since they had the ticket before them.
fn fresh(messages: &[Message], seen_at: Option<Timestamp>, mine: &str) -> Option<MessageId> {
    let seen_at = seen_at?;
    let mut newer = messages.iter().filter(|message| message.written_at > seen_at);
    newer
        .find(|message| message.author != mine)
        .map(|message| message.id)
}

/// The buttons over an editor: what each does, its icon, its keys beside ⌘ or Ctrl, and what it is called.
pub(super) fn formats(t: &Text) -> [(&'static str, &'static str, &'static str, String); 7] {
    [
        ("bold", "bold", "B", "formatting-bold"),
        ("italic", "italic", "I", "formatting-italic"),
        ("link", "link", "K", "formatting-link"),
        ("list", "list", "⇧8", "formatting-list"),
        ("numbers", "list-ordered", "⇧9", "formatting-numbers"),
        ("quote", "text-quote", "]", "formatting-quote"),
        ("code", "code", "D", "formatting-code"),
    ]
    .map(|(act, icon, keys, text)| (act, icon, keys, t.say(text)))
}

/// Where an icon of the bar is: its sprite comes with the editor.
pub(super) fn icon(name: &str) -> String {
    format!("{}#{name}", kit::web::assets::url("rich.svg"))
}
