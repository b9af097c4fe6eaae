//! What the templates of statuses take.

use askama::Template;
use kit::i18n::Text;
use kit::web::{Choice, Filled};

use super::OwnStatus;
use crate::tickets::Status;

#[derive(Template)]
#[template(path = "statuses/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) all: Vec<OwnStatus>,
    pub(super) may_write: bool,
}

impl ListPage<'_> {
    /// The four categories, each with its statuses.
    fn groups(&self) -> Vec<(Status, Vec<&OwnStatus>)> {
        let of = |category: Status| self.all.iter().filter(move |own| own.category == category);
        Status::CHOICES
            .into_iter()
            .map(|category| (category, of(category).collect()))
            .collect()
    }
}

#[derive(Template)]
#[template(path = "statuses/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    pub(super) t: &'a Text,
}

#[derive(Template)]
#[template(path = "statuses/views/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) t: &'a Text,
    pub(super) status: Option<&'a OwnStatus>,
    pub(super) form: &'a Filled,
    pub(super) whole: Option<String>,
}

impl FormPage<'_> {
    fn action(&self) -> String {
        match self.status {
            Some(status) => format!("/settings/statuses/{}", status.id),
            None => "/settings/statuses".to_owned(),
        }
    }

    fn categories(&self) -> Vec<Choice> {
        let now = match self.form.value("category") {
            "" => Status::Waiting.as_str(),
            word => word,
        };
        let choice =
            |one: Status| Choice::new(one.as_str(), self.t.say(one.text())).chosen_if(one.as_str() == now);
        Status::CHOICES.into_iter().map(choice).collect()
    }

    fn is_archived(&self) -> bool {
        self.status.is_some_and(|status| status.archiving.is_some())
    }
}

#[derive(Template)]
#[template(path = "statuses/views/form_actions.html")]
pub(super) struct FormActions<'a> {
    pub(super) t: &'a Text,
    pub(super) status: &'a OwnStatus,
}
