//! What the templates take.

use askama::Template;
use kit::i18n::Text;
use serde_json::json;

use super::listing::Asked;
use super::{Choices, Reason, TicketNotice};
use crate::tickets::Ticket;

#[derive(Template)]
#[template(path = "notices/views/choices.html")]
pub(super) struct ChoicesPage<'a> {
    pub(super) t: &'a Text,
    pub(super) choices: Choices,
    pub(super) has_post: bool,
}

/// The bell in the head of every page.
#[derive(Template)]
#[template(path = "notices/views/bell.html")]
pub(super) struct BellPart<'a> {
    pub(super) t: &'a Text,
    /// What streams call the notices of whoever looks.
    pub(super) topic: String,
    pub(super) unread: i64,
    /// Whether it stopped counting.
    pub(super) is_more: bool,
    /// What the browser is to show, as JSON; none where they want nothing of that.
    pub(super) news: Option<String>,
}

impl BellPart<'_> {
    const fn is_any(&self) -> bool {
        self.unread > 0
    }

    fn count(&self) -> String {
        let more = if self.is_more { "+" } else { "" };
        format!("{}{more}", self.t.number(self.unread))
    }
}

/// All notices of whoever looks.
#[derive(Template)]
#[template(path = "notices/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) asked: Asked,
    pub(super) notices: Vec<(TicketNotice, Ticket)>,
    pub(super) next: Option<String>,
}

#[derive(Template)]
#[template(path = "notices/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    t: &'a Text,
    may_read: bool,
}

impl<'a> ListPage<'a> {
    pub(super) fn actions(&self) -> ListActions<'a> {
        let is_unread = |(notice, _): &(TicketNotice, Ticket)| notice.read_at.is_none();
        ListActions {
            t: self.t,
            may_read: self.notices.iter().any(is_unread),
        }
    }

    fn says(&self, notice: &TicketNotice, ticket: &Ticket) -> String {
        said(self.t, notice, ticket)
    }

    fn leads(&self, notice: &TicketNotice) -> String {
        leads(notice)
    }

    /// The filters: where each leads, what it is called, and whether it is the one that is shown.
    fn filters(&self) -> Vec<(String, String, bool)> {
        let asked = self.asked;
        let all = asked.reason.is_none();
        let mut filters = vec![
            (
                "/notices".to_owned(),
                self.t.say("notices-all"),
                all && !asked.only_unread,
            ),
            (
                "/notices?show=unread".to_owned(),
                self.t.say("notices-unread"),
                all && asked.only_unread,
            ),
        ];
        filters.extend(Reason::ALL.iter().map(|one| {
            let to = format!("/notices?reason={}", one.as_str());
            (to, self.t.say(one.text()), asked.reason == Some(*one))
        }));
        filters
    }

    /// The address of the next part.
    fn more(&self) -> Option<String> {
        let after = self.next.as_deref()?;
        let show = if self.asked.only_unread { "unread" } else { "" };
        let reason = self.asked.reason.map_or("", Reason::as_str);
        Some(kit::web::address(
            "/notices",
            &[("show", show), ("reason", reason), ("after", after)],
        ))
    }
}

/// What a notice says.
fn said(t: &Text, notice: &TicketNotice, ticket: &Ticket) -> String {
    t.say_with(notice.reason.said(), kit::args!(number = ticket.number))
}

/// Where a notice leads.
fn leads(notice: &TicketNotice) -> String {
    match notice.message {
        Some(message) => format!("/tickets/{}?message={message}#{message}", notice.ticket),
        None => format!("/tickets/{}", notice.ticket),
    }
}

/// What the browser is to show, as JSON.
pub(super) fn for_script(t: &Text, news: &[(TicketNotice, Ticket)]) -> String {
    let one = |(notice, ticket): &(TicketNotice, Ticket)| {
        json!({
            "id": notice.id, "title": said(t, notice, ticket), "body": ticket.subject, "to": leads(notice),
        })
    };
    serde_json::Value::from(news.iter().map(one).collect::<Vec<_>>()).to_string()
}
