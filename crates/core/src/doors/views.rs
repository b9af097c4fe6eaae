//! What the templates of the doors take.

use askama::Template;
use kit::i18n::Text;

use super::providers::Provider;
use crate::agents::Agent;
use crate::workspaces::Workspace;

#[derive(Template)]
#[template(path = "doors/views/sign_in.html")]
pub(super) struct SignInPage<'a> {
    pub(super) t: &'a Text,
    pub(super) email: &'a str,
    pub(super) next: &'a str,
    pub(super) wrong: String,
    pub(super) providers: Vec<Provider>,
}

impl SignInPage<'_> {
    /// Where a provider's button leads.
    fn way(&self, provider: &Provider) -> String {
        kit::web::address(
            &format!("/sign-in/provider/{}", provider.id),
            &[("next", self.next)],
        )
    }
}

#[derive(Template)]
#[template(path = "doors/views/closed.html")]
pub(super) struct ClosedPage<'a> {
    pub(super) t: &'a Text,
}

#[derive(Template)]
#[template(path = "doors/views/workspaces.html")]
pub(super) struct ChoicePage<'a> {
    pub(super) t: &'a Text,
    pub(super) workspaces: Vec<Workspace>,
}

#[derive(Template)]
#[template(path = "doors/views/code.html")]
pub(super) struct CodePage<'a> {
    pub(super) t: &'a Text,
    pub(super) wrong: String,
}

#[derive(Template)]
#[template(path = "doors/views/enter.html")]
pub(super) struct EnterPage<'a> {
    pub(super) t: &'a Text,
    pub(super) link: &'a str,
    pub(super) agents: Vec<Agent>,
}

impl EnterPage<'_> {
    fn role(&self, agent: &Agent) -> String {
        crate::agents::role_text(self.t, agent)
    }
}
