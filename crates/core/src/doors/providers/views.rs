//! What the templates of providers take.

use askama::Template;
use kit::i18n::Text;
use kit::web::Choice;

use super::{Provider, ProviderText};

#[derive(Template)]
#[template(path = "doors/providers/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) providers: Vec<(Provider, i64)>,
}

#[derive(Template)]
#[template(path = "doors/providers/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    pub(super) t: &'a Text,
}

#[derive(Template)]
#[template(path = "doors/providers/views/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) t: &'a Text,
    pub(super) action: String,
    pub(super) version: i64,
    pub(super) text: &'a ProviderText,
    pub(super) roles: Vec<Choice>,
    /// Where the provider sends browsers back to.
    pub(super) back: String,
    pub(super) has_secret: bool,
    pub(super) wrong: Wrong,
}

/// What is wrong with a form: beside its fields, or with the whole.
#[derive(Debug, Default)]
pub(super) struct Wrong {
    pub(super) label: String,
    pub(super) issuer: String,
    pub(super) client: String,
    pub(super) secret: String,
    pub(super) domains: String,
    pub(super) role: String,
    pub(super) whole: Option<String>,
}

#[derive(Template)]
#[template(path = "doors/providers/views/form_actions.html")]
pub(super) struct FormActions<'a> {
    pub(super) t: &'a Text,
    pub(super) id: String,
}
