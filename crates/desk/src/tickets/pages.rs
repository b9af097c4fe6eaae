//! What makes the pages of tickets: the list, a ticket with its composer; also as it was filled in.

use std::collections::{BTreeMap, BTreeSet};

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::id::{TypedId, Uuid};
use kit::web::{Failure, Filled, Frame, Page};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;
use tandem_core::bridge::{self, Standing};
use tandem_core::fields::Field;
use tandem_core::panels::{self, Panel, Place};
use tandem_core::permissions::Permission;
use tandem_core::tags::Tag;
use tandem_core::tags::line::Tags;
use tandem_core::{assignment, stages, workspaces};

use super::asides::{Drawer, TicketActions};
use super::connections::{self, Connection};
use super::conversing::ConversationView;
use super::details::{self, DetailChange, rules, solving};
use super::drafts::{self, Draft};
use super::files::{self, File};
use super::hints::{self, Hint};
use super::listing::{self, View};
use super::marks::{Mark, Marks};
use super::names::Names;
use super::parts::{Asked, next, part};
use super::presence::{self, Room};
use super::sending::FormId;
use super::views::InboxPage;
use super::window::{Wanted, Window};
use super::{LIST, Ticket, TicketError, TicketId, followers, formatted, nouns, unread};
use crate::forms;
use crate::own_views::{self, OwnView, OwnViewId};
use crate::replies::{self, Reply, ReplyError};
use crate::sides::{self, Side};

/// The inbox's place in the rail.
pub(super) const PLACE: &str = "inbox";

/// A part of a view, with the numbers of all views.
pub(super) struct ListPart {
    pub(super) view: View,
    pub(super) tickets: Vec<Ticket>,
    pub(super) next: Option<String>,
    pub(super) names: Names,
    pub(super) counts: Vec<(View, Option<i64>)>,
    pub(super) own: Vec<OwnView>,
    pub(super) macros: Vec<Reply>,
    pub(super) is_first: bool,
    pub(super) tags: BTreeMap<Uuid, Vec<Tag>>,
    pub(super) standings: BTreeMap<AccountId, Standing>,
    pub(super) unread: BTreeSet<TicketId>,
    pub(super) only_unread: bool,
}

impl ListPart {
    pub(super) fn read(tx: &mut Tx<'_>, actor: &Actor, asked: Asked) -> Result<Self, TicketError> {
        let Asked {
            view,
            from,
            only_unread,
        } = asked;
        let (tickets, cursor, unread) = part(tx, actor, asked)?;
        let next = cursor.map(|cursor| next(view, cursor, only_unread));
        let names = Names::of(tx, actor, &tickets)?;
        let tags = nouns::of_many(tx, actor, &tickets)?;
        let accounts: BTreeSet<AccountId> = tickets.iter().filter_map(|ticket| ticket.account).collect();
        let accounts: Vec<AccountId> = accounts.into_iter().collect();
        let mut counts = Vec::new();
        for one in View::ALL.into_iter().chain(names.teams_of(actor).map(View::Team)) {
            counts.push((one, listing::count(tx, actor, one)?));
        }
        if matches!(view, View::Team(_)) && !counts.iter().any(|(one, _)| *one == view) {
            counts.push((view, listing::count(tx, actor, view)?));
        }
        let own = own_views::all(tx, actor).map_err(listing::of_view)?;
        for one in &own {
            counts.push((View::Own(one.id), own_views::count(tx, actor, one)?));
        }
        Ok(Self {
            view,
            tickets,
            next,
            names,
            counts,
            own,
            macros: macros(tx, actor)?,
            is_first: from.is_none(),
            tags,
            standings: bridge::standings(tx, actor, &accounts)?,
            unread,
            only_unread,
        })
    }

    /// What the view is called.
    pub(super) fn title(&self, t: &Text) -> String {
        match self.view {
            View::Team(team) => self.names.team(team).unwrap_or_default().to_owned(),
            View::Own(id) => self.own_name(id).to_owned(),
            view => t.say(view.text()),
        }
    }

    /// What a view that somebody made is called.
    pub(super) fn own_name(&self, id: OwnViewId) -> &str {
        let found = self.own.iter().find(|view| view.id == id);
        found.map(|view| view.text.name.as_str()).unwrap_or_default()
    }
}

/// What can be done to many tickets at once, where the actor may.
fn macros(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Reply>, TicketError> {
    if !actor.may(Permission::TicketsWrite) {
        return Ok(Vec::new());
    }
    replies::wordless(tx, actor).map_err(|error| match error {
        ReplyError::Forbidden(missing) => missing.into(),
        ReplyError::Db(error) => error.into(),
        _ => TicketError::Unknown,
    })
}

/// The page of a ticket, with what was typed into its composer.
pub(crate) async fn conversation(
    db: &Db,
    actor: &Actor,
    t: &Text,
    (id, view): (TicketId, Option<String>),
    filled: Filled,
) -> Result<Page, Failure> {
    part_of(db, actor, t, (id, view, Wanted::Newest), filled).await
}

/// The page of a ticket with a part of its conversation.
pub(super) async fn part_of(
    db: &Db,
    actor: &Actor,
    t: &Text,
    (id, view, wanted): (TicketId, Option<String>, Wanted),
    mut filled: Filled,
) -> Result<Page, Failure> {
    let (reader, voice) = (actor.clone(), t.clone());
    let asks = solving::is_asked(&filled);
    let (list, shown) = db
        .read(move |tx| {
            let ticket = super::find(tx, &reader, id)?.ok_or(TicketError::Unknown)?;
            let view = beside(tx, &reader, view.as_deref())?;
            let is_beside = view.is_some();
            let view = view.unwrap_or_else(|| usual(&reader, &ticket));
            let list = ListPart::read(tx, &reader, view.into())?;
            let mut shown = Shown::read(tx, &reader, &voice, (ticket, wanted))?;
            shown.is_beside = is_beside;
            if asks {
                shown.asked = rules::questions(tx, reader.workspace, &shown.ticket)?;
            }
            Ok::<_, TicketError>((list, shown))
        })
        .await?;
    // What was sent and refused, or is written anew, goes before what was kept.
    if let Some(draft) = shown.draft.as_ref().filter(|_| !filled.has("body")) {
        take_up(&mut filled, draft);
    }
    let title = shown.title();
    let crumb = (list.title(t), format!("/inbox/{}", list.view));
    let (live, account) = (id.to_string(), shown.ticket.account);
    let subject = account.map(|id| id.to_string()).unwrap_or_default();
    let panels = asides(db, actor, account.is_some()).await?;
    let open = ConversationView::new(t, shown, filled, list.view, actor);
    let drawer = Drawer::new(t, &open, panels, [&live, &subject]);
    let page = Page::of_html(title, String::new())
        .actions(&TicketActions::new(t, &open, actor))
        .drawer(&drawer)
        .place(PLACE)
        .frame(Frame::Columns)
        .crumb(crumb.0, crumb.1)
        .live(&live)
        .live(own_views::LIST)
        .live(LIST);
    // What its side says of the account is true as long as the page is open.
    let page = match account {
        Some(account) => page.live(account.to_string()),
        None => page,
    };
    let inbox = InboxPage::new(t, list, Some(open), actor);
    Ok(Page {
        body: Page::new("", &inbox).body,
        ..page
    })
}

/// Puts what was kept into the composer.
fn take_up(filled: &mut Filled, draft: &Draft) {
    let html = draft.html.as_deref().map(formatted::in_composer);
    filled.set("body", draft.body.clone());
    filled.set("mode", draft.kind.as_str());
    filled.set("html", html.unwrap_or_default());
}

/// What features show beside a ticket, and of its account if it has one.
async fn asides(db: &Db, actor: &Actor, has_account: bool) -> Result<[Vec<&'static Panel>; 2], Failure> {
    let told = panels::of(db, Place::Case, actor).await?;
    let account = match has_account {
        true => panels::of(db, Place::Ticket, actor).await?,
        false => Vec::new(),
    };
    Ok([told, account])
}

/// The view that an address names, if there is one for whoever opens it: others' and removed ones stop nobody from seeing
/// the ticket.
pub(super) fn beside(
    tx: &mut Tx<'_>,
    actor: &Actor,
    named: Option<&str>,
) -> Result<Option<View>, TicketError> {
    let view: Option<View> = named.and_then(|view| view.parse().ok());
    let Some(View::Own(id)) = view else {
        return Ok(view);
    };
    let found = own_views::find(tx, actor, id).map_err(listing::of_view)?;
    Ok(view.filter(|_| found.is_some_and(|view| view.removal.is_none())))
}

/// The view in which a ticket lies for whoever opens it by its address.
fn usual(actor: &Actor, ticket: &Ticket) -> View {
    match ticket.shelf() {
        "open" if ticket.agent.is_some() && ticket.agent == actor.agent() => View::Mine,
        "open" if ticket.agent.is_none() => View::Unassigned,
        "waiting" => View::Waiting,
        "on_hold" => View::OnHold,
        "snoozed" => View::Snoozed,
        "solved" => View::Solved,
        "merged" => View::All,
        "spam" => View::Spam,
        "trash" => View::Trash,
        _ => View::Open,
    }
}

/// A ticket with everything that its page says of it.
pub(super) struct Shown {
    pub(super) ticket: Ticket,
    pub(super) window: Window,
    /// When whoever looks last had it before them.
    pub(super) seen_at: Option<Timestamp>,
    /// Whether it was opened from the list beside it.
    pub(super) is_beside: bool,
    pub(super) files: Vec<File>,
    pub(super) waiting: Vec<File>,
    pub(super) marks: Vec<Mark>,
    pub(super) names: Names,
    pub(super) draft: Option<Draft>,
    pub(super) room: Room,
    pub(super) form: FormId,
    /// What is asked for before solving, where somebody solves it.
    pub(super) asked: Vec<forms::Asked>,
    pub(super) joined: Vec<(Connection, Ticket)>,
    pub(super) history: Vec<(Connection, Ticket)>,
    pub(super) details: Vec<(DetailChange, Field)>,
    pub(super) sides: Vec<(Side, sides::Entry)>,
    pub(super) followers: Vec<AgentId>,
    pub(super) tags: Tags,
    pub(super) hint: Option<Hint>,
    pub(super) looks_after: Option<String>,
    pub(super) stage: Option<String>,
    pub(super) today: Day,
}

impl Shown {
    /// What the page is called: the subject, or the number of one whose subject was erased.
    fn title(&self) -> String {
        match &*self.ticket.subject {
            "" => format!("#{}", self.ticket.number),
            subject => subject.to_owned(),
        }
    }

    fn read(
        tx: &mut Tx<'_>,
        actor: &Actor,
        t: &Text,
        (ticket, wanted): (Ticket, Wanted),
    ) -> Result<Self, TicketError> {
        let window = Window::read(tx, actor, ticket.id, wanted)?;
        let names = Names::of(tx, actor, std::slice::from_ref(&ticket))?;
        let names = names.and_of(tx, actor, &window.messages, &window.changes)?;
        let ids: Vec<_> = window.messages.iter().map(|message| message.id).collect();
        Ok(Self {
            files: files::of_ticket(tx, actor, ticket.id)?,
            waiting: files::waiting(tx, actor, ticket.id)?,
            marks: Marks::of(tx, actor, t, &ticket, &ids)?,
            draft: drafts::mine(tx, actor, ticket.id)?,
            room: presence::room(tx, actor, ticket.id)?,
            form: tx.new_id(),
            asked: Vec::new(),
            joined: connections::all(tx, actor, ticket.id)?,
            history: connections::history(tx, actor, ticket.id)?,
            details: details::history(tx, actor.workspace, ticket.id)?,
            sides: sides::history(tx, actor.workspace, ticket.id)?,
            followers: followers::of(tx, actor, ticket.id)?
                .into_iter()
                .map(|(id, _)| id)
                .collect(),
            tags: Tags::of(tx, actor, &nouns::NOUN, ticket.id.uuid())?,
            hint: hints::of(tx, actor, &ticket)?,
            looks_after: looks_after(tx, actor, &ticket)?,
            stage: stage(tx, actor, &ticket)?,
            today: workspaces::today(tx, actor.workspace)?,
            seen_at: unread::seen_at(tx, actor, ticket.id)?,
            is_beside: false,
            ticket,
            window,
            names,
        })
    }
}

/// Who looks after the ticket's account.
fn looks_after(tx: &mut Tx<'_>, actor: &Actor, ticket: &Ticket) -> Result<Option<String>, TicketError> {
    let Some(account) = ticket.account.filter(|_| actor.may(Permission::AccountsRead)) else {
        return Ok(None);
    };
    let mut owners = assignment::of(tx, actor.workspace, &[account])?;
    Ok(owners.remove(&account).map(|span| span.name))
}

/// The stage that the ticket's account is on.
fn stage(tx: &mut Tx<'_>, actor: &Actor, ticket: &Ticket) -> Result<Option<String>, TicketError> {
    let Some(account) = ticket.account.filter(|_| actor.may(Permission::AccountsRead)) else {
        return Ok(None);
    };
    let mut stages = stages::now(tx, actor.workspace, &[account])?;
    Ok(stages.remove(&account).map(|stage| stage.text.name))
}
