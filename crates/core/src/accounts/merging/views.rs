//! What the templates of merging take.

use askama::Template;
use kit::i18n::Text;

use super::choices::{Label, Shown};
use super::{Choice, Preview};
use crate::accounts::Account;
use crate::fields::form;

#[derive(Template)]
#[template(path = "accounts/views/merge.html")]
pub(super) struct FindPage<'a> {
    pub(super) t: &'a Text,
    pub(super) account: &'a Account,
    pub(super) asked: &'a str,
    pub(super) offered: Vec<Account>,
}

#[derive(Template)]
#[template(path = "accounts/views/merge_preview.html")]
pub(super) struct PreviewPage<'a> {
    pub(super) t: &'a Text,
    pub(super) preview: &'a Preview,
}

impl PreviewPage<'_> {
    fn label(&self, choice: &Choice) -> String {
        match &choice.label {
            Label::Key(key) => self.t.say(key),
            Label::Own(words) => words.clone(),
        }
    }

    fn shown(&self, value: &Option<Shown>) -> String {
        match value {
            None => self.t.say("merging-none"),
            Some(Shown::Key(key)) => self.t.say(key),
            Some(Shown::Words(words)) => words.clone(),
            Some(Shown::Field(value)) => form::shown(self.t, value),
        }
    }
}
