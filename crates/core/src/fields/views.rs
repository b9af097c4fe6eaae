//! What the templates of fields take.

use askama::Template;
use kit::i18n::Text;
use kit::web::{Choice, Filled};

use super::filling::Shape;
use super::{Field, FieldId, FieldKind, FieldValue, Values, form};
use crate::nouns::Noun;

#[derive(Template)]
#[template(path = "fields/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) groups: Vec<(&'static Noun, Vec<Field>)>,
    pub(super) may_write: bool,
}

#[derive(Template)]
#[template(path = "fields/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    pub(super) t: &'a Text,
}

#[derive(Template)]
#[template(path = "fields/views/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) t: &'a Text,
    pub(super) nouns: Vec<&'static Noun>,
    pub(super) field: Option<&'a Field>,
    pub(super) form: &'a Filled,
    pub(super) whole: Option<String>,
}

impl FormPage<'_> {
    fn action(&self) -> String {
        match self.field {
            Some(field) => format!("/settings/fields/{}", field.id),
            None => "/settings/fields".to_owned(),
        }
    }

    fn nouns(&self) -> Vec<Choice> {
        let chosen = self.form.value("noun");
        let first = self.nouns.first().map_or("", |noun| noun.key);
        let is_chosen = |key: &str| key == chosen || (chosen.is_empty() && key == first);
        self.nouns
            .iter()
            .map(|noun| Choice::new(noun.key, self.t.say(noun.title)).chosen_if(is_chosen(noun.key)))
            .collect()
    }

    fn kinds(&self) -> Vec<Choice> {
        let chosen = self.form.value("kind");
        let kinds = FieldKind::ALL.iter();
        kinds
            .map(|kind| {
                Choice::new(kind.as_str(), self.t.say(kind.text())).chosen_if(kind.as_str() == chosen)
            })
            .collect()
    }

    fn has_choices(&self) -> bool {
        self.field.is_none_or(|field| field.kind.has_choices())
    }
}

#[derive(Template)]
#[template(path = "fields/views/form_actions.html")]
pub(super) struct FormActions<'a> {
    pub(super) t: &'a Text,
    pub(super) field: &'a Field,
    /// Where it is said which things of its noun have it.
    pub(super) rules: Option<String>,
}

#[derive(Template)]
#[template(path = "fields/views/panel.html")]
pub(super) struct PanelView<'a> {
    pub(super) t: &'a Text,
    pub(super) fields: Vec<Field>,
    pub(super) values: Values,
    /// Those that are to be filled in some day.
    pub(super) wanted: &'a [FieldId],
    pub(super) edit: String,
    pub(super) may_write: bool,
    pub(super) may_shape: bool,
}

impl PanelView<'_> {
    fn shown(&self, field: &Field) -> Option<String> {
        self.values.get(field.id).map(|value| form::shown(self.t, value))
    }

    fn is_wanted(&self, field: &Field) -> bool {
        self.wanted.contains(&field.id)
    }

    fn link(&self, field: &Field) -> Option<&str> {
        match self.values.get(field.id) {
            Some(FieldValue::Words(words)) if field.kind == FieldKind::Link => Some(words),
            _ => None,
        }
    }
}

#[derive(Template)]
#[template(path = "fields/views/edit.html")]
pub(super) struct EditPage<'a> {
    pub(super) t: &'a Text,
    pub(super) fields: Vec<Field>,
    pub(super) form: &'a Filled,
    pub(super) shape: &'a Shape,
    pub(super) action: String,
    pub(super) back: String,
}

impl EditPage<'_> {
    /// The input on which a field depends and the value that it needs, where it depends on one.
    fn when(&self, field: &Field) -> Option<(String, &str)> {
        let when = self.shape.when(field.id)?;
        let on = self.fields.iter().find(|other| other.id == when.field)?;
        Some((form::input(on), when.value.as_str()))
    }

    /// Whether fields come and go while others are filled in.
    fn follows(&self) -> bool {
        !self.shape.whens.is_empty()
    }

    /// Whether the browser asks for it. What may be hidden is asked for by the server alone.
    fn must(&self, field: &Field) -> bool {
        field.text.is_required && self.shape.when(field.id).is_none()
    }

    fn choices(&self, field: &Field) -> Vec<Choice> {
        form::choices(self.t, field, self.form.value(&form::input(field)))
    }

    fn value(&self, field: &Field) -> &str {
        self.form.value(&form::input(field))
    }

    fn error(&self, field: &Field) -> &str {
        self.form.error(&form::input(field))
    }

    fn name(&self, field: &Field) -> String {
        form::input(field)
    }

    fn is(&self, field: &Field, word: &str) -> bool {
        field.kind.as_str() == word
    }

    fn example(&self) -> String {
        form::money_example(self.t)
    }
}
