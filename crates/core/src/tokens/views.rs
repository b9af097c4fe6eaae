//! What the templates of tokens take.

use askama::Template;
use kit::i18n::Text;
use kit::web::Choice;

use super::Token;
use crate::permissions::PermissionSet;
use crate::roles::TickGroup;

#[derive(Template)]
#[template(path = "tokens/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) tokens: Vec<Token>,
    pub(super) may_own: bool,
}

impl ListPage<'_> {
    fn scopes(&self, permissions: &PermissionSet) -> String {
        let names = permissions
            .iter()
            .map(|permission| self.t.say(&permission.text()));
        names.collect::<Vec<_>>().join(", ")
    }
}

#[derive(Template)]
#[template(path = "tokens/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    pub(super) t: &'a Text,
    pub(super) may_own: bool,
    pub(super) may_write: bool,
}

#[derive(Template)]
#[template(path = "tokens/views/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) t: &'a Text,
    pub(super) name: &'a str,
    /// Whom the token acts as; empty where there is no choice.
    pub(super) agents: Vec<Choice>,
    pub(super) lives: Vec<Choice>,
    pub(super) groups: Vec<TickGroup>,
    pub(super) name_error: String,
    pub(super) scopes_error: String,
}

#[derive(Template)]
#[template(path = "tokens/views/made.html")]
pub(super) struct MadePage<'a> {
    pub(super) t: &'a Text,
    pub(super) token: &'a Token,
    pub(super) text: String,
}

impl MadePage<'_> {
    /// How a program sends a token.
    fn header(&self) -> String {
        format!("Authorization: Bearer {}…", super::PREFIX)
    }
}

#[derive(Template)]
#[template(path = "tokens/views/machine.html")]
pub(super) struct MachinePage<'a> {
    pub(super) t: &'a Text,
    pub(super) name: &'a str,
    pub(super) roles: Vec<Choice>,
    pub(super) name_error: String,
    pub(super) role_error: String,
}
