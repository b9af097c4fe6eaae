//! What the templates of invitations take.

use askama::Template;
use kit::i18n::Text;
use kit::web::Choice;

use super::{Invitation, InvitationText};
use crate::teams::Team;

#[derive(Template)]
#[template(path = "invitations/views/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) t: &'a Text,
    pub(super) sent: &'a InvitationText,
    pub(super) roles: Vec<Choice>,
    pub(super) teams: Vec<Team>,
    /// Whether a letter can bring the link.
    pub(super) has_mail: bool,
    pub(super) name_error: String,
    pub(super) email_error: String,
    pub(super) role_error: String,
}

impl FormPage<'_> {
    fn is_chosen(&self, team: &Team) -> bool {
        self.sent.teams.contains(&team.id)
    }
}

#[derive(Template)]
#[template(path = "invitations/views/link.html")]
pub(super) struct LinkPage<'a> {
    pub(super) t: &'a Text,
    pub(super) invitation: &'a Invitation,
    pub(super) link: String,
}

#[derive(Template)]
#[template(path = "invitations/views/accept.html")]
pub(super) struct AcceptPage<'a> {
    pub(super) t: &'a Text,
    pub(super) invitation: &'a Invitation,
    pub(super) workspace: String,
    pub(super) link: &'a str,
    pub(super) name: &'a str,
    pub(super) name_error: String,
}

#[derive(Template)]
#[template(path = "invitations/views/closed.html")]
pub(super) struct ClosedPage<'a> {
    pub(super) t: &'a Text,
}
