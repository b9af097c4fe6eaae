//! What the templates of forms take.

use std::sync::Arc;

use askama::Template;
use kit::i18n::Text;
use kit::web::{Choice, Failure, Filled};
use tandem_core::fields::conditions::deciding;
use tandem_core::fields::{self, Field, FieldKind};
use tandem_core::teams::Team;

use super::settings_form::when_word;
use super::{Asked, FormText, Spot, WebForm, Words};
use crate::outbox::html_escaped;
use crate::tickets::{Kind, Priority};

/// The inputs for the fields of tickets that a form asks for.
#[derive(Template)]
#[template(path = "forms/views/fields.html")]
pub(crate) struct FieldsView<'a> {
    pub(crate) t: &'a Text,
    pub(crate) asked: &'a [Asked],
    pub(crate) filled: &'a Filled,
    /// What they say in the reader's language.
    pub(crate) words: &'a Words,
}

impl FieldsView<'_> {
    fn name(&self, one: &Asked) -> String {
        fields::form::input(&one.field)
    }

    fn value(&self, one: &Asked) -> &str {
        self.filled.value(&fields::form::input(&one.field))
    }

    fn error(&self, one: &Asked) -> &str {
        self.filled.error(&fields::form::input(&one.field))
    }

    fn label(&self, one: &Asked) -> String {
        self.words.or(&Spot::Label(one.field.id), &one.field.text.label)
    }

    fn hint(&self, one: &Asked) -> String {
        self.words.or(&Spot::Hint(one.field.id), &one.field.text.hint)
    }

    /// What can be chosen, called as in the reader's language and sent as the field says it.
    fn choices(&self, one: &Asked) -> Vec<Choice> {
        let mut all = fields::form::choices(self.t, &one.field, self.value(one));
        for choice in &mut all {
            let spot = Spot::Choice(one.field.id, choice.value.clone());
            if let Some(words) = self.words.get(&spot) {
                choice.text = words.to_owned();
            }
        }
        all
    }

    /// The kinds of ticket that have it, as words with blanks between them.
    fn kinds(&self, one: &Asked) -> String {
        one.kinds
            .iter()
            .map(|kind| kind.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn is(&self, one: &Asked, word: &str) -> bool {
        one.field.kind.as_str() == word
    }

    fn example(&self) -> String {
        fields::form::money_example(self.t)
    }

    /// Whether the browser asks for it. What may be hidden is asked for by the server alone.
    fn must(&self, one: &Asked) -> bool {
        one.is_required && one.when.is_none() && one.kinds.is_empty()
    }
}

#[derive(Template)]
#[template(path = "forms/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) forms: Vec<(WebForm, i64)>,
    pub(super) may_write: bool,
}

#[derive(Template)]
#[template(path = "forms/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    pub(super) t: &'a Text,
}

/// A field that a form may ask for, as its editor shows it.
struct Row<'a> {
    field: &'a Field,
    is_in: bool,
    is_required: bool,
    place: String,
    whens: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "forms/views/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) t: &'a Text,
    pub(super) form: Option<WebForm>,
    pub(super) text: FormText,
    pub(super) version: i64,
    pub(super) open: Vec<Field>,
    pub(super) teams: Vec<Team>,
    pub(super) wrong: Option<&'a Failure>,
    pub(super) origin: Arc<str>,
}

impl FormPage<'_> {
    fn action(&self) -> String {
        match &self.form {
            Some(form) => format!("/settings/forms/{}", form.id),
            None => "/settings/forms".to_owned(),
        }
    }

    fn error(&self, name: &str) -> String {
        let wrong = self.wrong.map(|failure| failure.field_text(name, self.t));
        wrong.unwrap_or_default()
    }

    /// What is wrong with no field: somebody was faster.
    fn whole(&self) -> Option<String> {
        let whole = self.wrong.filter(|failure| failure.fields.is_empty());
        whole.map(|failure| self.t.say(failure.code.text))
    }

    fn per_hour(&self) -> String {
        self.text.per_hour.to_string()
    }

    fn teams(&self) -> Vec<Choice> {
        let now = self.text.team;
        let none = Choice::new("", self.t.say("tickets-no-team")).chosen_if(now.is_none());
        let open = self
            .teams
            .iter()
            .filter(|team| team.archiving.is_none() || now == Some(team.id));
        let choice =
            |team: &Team| Choice::new(team.id.to_string(), &team.name).chosen_if(now == Some(team.id));
        std::iter::once(none).chain(open.map(choice)).collect()
    }

    fn kinds(&self) -> Vec<Choice> {
        let choice =
            |one: &Kind| Choice::new(one.as_str(), self.t.say(one.text())).chosen_if(*one == self.text.kind);
        Kind::ALL.iter().map(choice).collect()
    }

    fn priorities(&self) -> Vec<Choice> {
        let choice = |one: &Priority| {
            Choice::new(one.as_str(), self.t.say(one.text())).chosen_if(*one == self.text.priority)
        };
        Priority::ALL.iter().map(choice).collect()
    }

    /// The fields of tickets: those that the form asks for in its order, then the others.
    fn rows(&self) -> Vec<Row<'_>> {
        let asked = |field: &Field| self.text.fields.iter().position(|one| one.field == field.id);
        let mut sorted: Vec<&Field> = self.open.iter().collect();
        sorted.sort_by_key(|field| asked(field).unwrap_or(usize::MAX));
        let mut rows = Vec::new();
        for field in sorted {
            let at = asked(field);
            let one = at.map(|at| &self.text.fields[at]);
            let now = one.and_then(|one| one.when.as_ref()).map(when_word);
            rows.push(Row {
                field,
                is_in: at.is_some(),
                is_required: one.is_some_and(|one| one.is_required),
                place: at.map(|at| (at + 1).to_string()).unwrap_or_default(),
                whens: whens(self.t, &self.open, field, &now.unwrap_or_default()),
            });
        }
        rows
    }

    /// The address of the page.
    fn address(&self) -> String {
        let key = self.form.as_ref().map_or("", |form| form.key.as_str());
        format!("{}/forms/{key}", self.origin)
    }

    /// What shows it in a page of another site.
    fn snippet(&self) -> String {
        let title = html_escaped(&self.text.title);
        format!(
            "<iframe src=\"{}\" title=\"{title}\" width=\"100%\" height=\"760\" loading=\"lazy\"></iframe>",
            self.address()
        )
    }
}

/// On what a field can depend: every value of the other fields that have values to choose from; the first is nothing.
pub(crate) fn whens(t: &Text, open: &[Field], field: &Field, now: &str) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", t.say("forms-always")).chosen_if(now.is_empty())];
    for other in open.iter().filter(|other| other.id != field.id) {
        for value in deciding(other) {
            let word = format!("{}={value}", other.id);
            let said = match (other.kind, value.as_str()) {
                (FieldKind::YesNo, "yes") => t.say("fields-yes"),
                (FieldKind::YesNo, _) => t.say("fields-no"),
                (_, value) => value.to_owned(),
            };
            let is_chosen = word == now;
            let text = format!("{}: {said}", other.text.label);
            choices.push(Choice::new(word, text).chosen_if(is_chosen));
        }
    }
    choices
}

#[derive(Template)]
#[template(path = "forms/views/form_actions.html")]
pub(super) struct FormActions<'a> {
    pub(super) t: &'a Text,
    pub(super) form: &'a WebForm,
}

#[derive(Template)]
#[template(path = "forms/views/preview.html")]
pub(super) struct PreviewPage<'a> {
    pub(super) t: &'a Text,
    pub(super) form: &'a WebForm,
    pub(super) inputs: FieldsView<'a>,
}
