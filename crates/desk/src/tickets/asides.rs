//! What stands around a conversation: the buttons above it and the drawer beside it.

use std::collections::BTreeMap;

use askama::Template;
use kit::i18n::Text;
use kit::web::Choice;
use tandem_core::actor::Actor;
use tandem_core::panels::{Panel, PanelFrames};
use tandem_core::permissions::Permission;

use super::conversing::ConversationView;
use super::listing::View;
use super::views::chosen;
use super::{Field, Kind, Priority, Status, Ticket};

#[derive(Template)]
#[template(path = "tickets/views/actions.html")]
pub(super) struct TicketActions<'a> {
    t: &'a Text,
    ticket: &'a Ticket,
    view: View,
    may_write: bool,
    may_signal: bool,
    is_mine: bool,
    is_beside: bool,
    /// Whether it lies apart and whoever looks may take it out.
    may_restore: bool,
    /// Whether it is spam and whoever looks may throw it away.
    may_throw_away: bool,
}

impl<'a> TicketActions<'a> {
    pub(super) fn new(t: &'a Text, open: &'a ConversationView<'_>, actor: &Actor) -> Self {
        Self {
            t,
            ticket: &open.ticket,
            view: open.view,
            may_write: open.may_write,
            may_signal: open.may_signal,
            is_beside: open.is_beside,
            may_restore: match open.ticket.status {
                Status::Spam => actor.may(Permission::TicketsWrite),
                Status::Trash => actor.may(Permission::TicketsDelete),
                _ => false,
            },
            may_throw_away: open.ticket.status == Status::Spam && actor.may(Permission::TicketsDelete),
            is_mine: open.ticket.agent.is_some() && open.ticket.agent == actor.agent(),
        }
    }

    fn seen_agent(&self) -> String {
        self.ticket.value(Field::Agent)
    }

    fn seen_snooze(&self) -> String {
        self.ticket.value(Field::Snooze)
    }

    fn seen_status(&self) -> String {
        self.ticket.value(Field::Status)
    }

    fn is_solved(&self) -> bool {
        self.ticket.status == Status::Solved
    }
}

#[derive(Template)]
#[template(path = "tickets/views/drawer.html")]
pub(super) struct Drawer<'a> {
    t: &'a Text,
    open: &'a ConversationView<'a>,
    /// How the account is.
    first: PanelFrames<'a>,
    /// What this ticket has to do with it, and all else.
    panels: [PanelFrames<'a>; 2],
}

/// How many panels of the account stand above the ticket's own fields: how it is, and what is wrong there.
const FIRST: usize = 2;

impl<'a> Drawer<'a> {
    /// With what is registered for the ticket, and for its account, `subjects` in the same order.
    pub(super) fn new(
        t: &'a Text,
        open: &'a ConversationView<'a>,
        [told, mut account]: [Vec<&'static Panel>; 2],
        subjects: [&'a str; 2],
    ) -> Self {
        let rest = account.split_off(account.len().min(FIRST));
        Self {
            t,
            open,
            first: PanelFrames::new(t, account, subjects[1]),
            panels: [
                PanelFrames::new(t, told, subjects[0]),
                PanelFrames::new(t, rest, subjects[1]),
            ],
        }
    }

    fn choices(&self, field: &Field) -> Vec<Choice> {
        let ticket = &self.open.ticket;
        match field {
            Field::Agent => self.open.names.agent_choices(self.t, ticket.agent),
            Field::Team => self.open.names.team_choices(self.t, ticket.team),
            Field::Status => self.open.names.status_choices(self.t, Some(ticket.step())),
            Field::Priority => chosen(
                self.t,
                Priority::ALL.iter().map(|one| (one.as_str(), one.text())),
                ticket.priority.as_str(),
            ),
            _ => chosen(
                self.t,
                Kind::ALL.iter().map(|one| (one.as_str(), one.text())),
                ticket.kind.as_str(),
            ),
        }
    }

    /// What stands in a field as this page shows it.
    fn seen(&self, field: &Field) -> String {
        self.open.ticket.value(*field)
    }

    /// Where choices show at once, and how the names of the templates begin that show them.
    fn places(&self) -> String {
        let places = [
            (Field::Status, ["ticket-status", "status-as-"]),
            (Field::Agent, ["ticket-agent", "agent-as-"]),
        ];
        let named: BTreeMap<&str, _> = places.iter().map(|(field, at)| (field.as_str(), at)).collect();
        serde_json::to_string(&named).expect("words are always JSON")
    }

    fn fields(&self) -> [Field; 5] {
        [
            Field::Status,
            Field::Agent,
            Field::Team,
            Field::Priority,
            Field::Kind,
        ]
    }
}
