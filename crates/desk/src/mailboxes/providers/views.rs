//! What the templates of mail providers take.

use askama::Template;
use kit::i18n::Text;
use kit::web::{Choice, Failure};

use super::{MailProvider, MailProviderText, ProviderKind};

#[derive(Template)]
#[template(path = "mailboxes/providers/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) providers: Vec<(MailProvider, i64)>,
    pub(super) may_write: bool,
}

impl ListPage<'_> {
    fn kind(&self, provider: &MailProvider) -> String {
        self.t.say(provider.kind.text())
    }

    fn until(&self, provider: &MailProvider) -> Option<String> {
        provider.secret_until.map(|day| self.t.day(day))
    }
}

#[derive(Template)]
#[template(path = "mailboxes/providers/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    pub(super) t: &'a Text,
}

#[derive(Template)]
#[template(path = "mailboxes/providers/views/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) t: &'a Text,
    pub(super) action: String,
    pub(super) version: i64,
    pub(super) text: &'a MailProviderText,
    /// Where the provider sends browsers back to.
    pub(super) back: String,
    pub(super) has_secret: bool,
    pub(super) wrong: Option<&'a Failure>,
}

impl FormPage<'_> {
    fn error(&self, name: &str) -> String {
        let wrong = self.wrong.map(|failure| failure.field_text(name, self.t));
        wrong.unwrap_or_default()
    }

    fn whole(&self) -> Option<String> {
        let whole = self.wrong.filter(|failure| failure.fields.is_empty());
        whole.map(|failure| self.t.say(failure.code.text))
    }

    fn kinds(&self) -> Vec<Choice> {
        let all = ProviderKind::ALL.iter();
        all.map(|kind| Choice::new(kind.as_str(), self.t.say(kind.text())).chosen_if(*kind == self.text.kind))
            .collect()
    }

    fn secret_hint(&self) -> String {
        self.t.say(if self.has_secret {
            "mail-providers-secret-kept"
        } else {
            "mail-providers-secret-hint"
        })
    }
}

#[derive(Template)]
#[template(path = "mailboxes/providers/views/form_actions.html")]
pub(super) struct FormActions<'a> {
    pub(super) t: &'a Text,
    pub(super) id: String,
}
