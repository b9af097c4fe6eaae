//! Forms as programs see and send them.

use kit::web::api::Sample;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::fields::FieldId;
use tandem_core::teams::TeamId;

use super::{Condition, FormField, FormText, WebForm, WebFormId};
use crate::tickets::{Kind, Priority};

/// A form on the web.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "WebForm")]
pub struct FormDocument {
    /// Its id.
    id: WebFormId,
    /// Its page: a path of this site that anybody may open.
    page: String,
    /// What stands above it.
    title: String,
    /// What stands below the title; may be empty.
    intro: String,
    /// What the page says when it was sent; ours when it is empty.
    thanks: String,
    /// Which team's work its tickets are; null for none's.
    team: Option<TeamId>,
    /// What sort of request its tickets are.
    kind: Kind,
    /// How much they press.
    priority: Priority,
    /// Whether files may go along.
    takes_files: bool,
    /// How many it takes in an hour, from everybody together.
    per_hour: i64,
    /// What it asks beside name, address, subject and message.
    fields: Vec<FormFieldDocument>,
    /// Grows by one with every change.
    version: i64,
    /// When it was closed: microseconds since 1970-01-01 UTC; null while it is open.
    closed_at: Option<i64>,
}

impl From<WebForm> for FormDocument {
    fn from(form: WebForm) -> Self {
        Self {
            id: form.id,
            page: format!("/forms/{}", form.key),
            title: form.text.title,
            intro: form.text.intro,
            thanks: form.text.thanks,
            team: form.text.team,
            kind: form.text.kind,
            priority: form.text.priority,
            takes_files: form.text.takes_files,
            per_hour: form.text.per_hour,
            fields: form.text.fields.into_iter().map(Into::into).collect(),
            version: form.version,
            closed_at: form.closing.map(|closing| closing.at.0),
        }
    }
}

/// A field of tickets that a form asks for.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "WebFormField")]
#[serde(deny_unknown_fields)]
pub struct FormFieldDocument {
    /// Which field of tickets.
    field: FieldId,
    /// Whether it has to be filled in where it is there.
    #[serde(default)]
    is_required: bool,
    /// When it is there; null for always.
    when: Option<FormConditionDocument>,
}

/// That a field further up has a value.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "WebFormCondition")]
#[serde(deny_unknown_fields)]
pub struct FormConditionDocument {
    /// A field that takes choices, or yes or no.
    field: FieldId,
    /// One of its choices; `yes` or `no`.
    #[schemars(length(max = 80))]
    value: String,
}

impl From<FormField> for FormFieldDocument {
    fn from(field: FormField) -> Self {
        Self {
            field: field.field,
            is_required: field.is_required,
            when: field.when.map(|when| FormConditionDocument {
                field: when.field,
                value: when.value,
            }),
        }
    }
}

impl From<FormFieldDocument> for FormField {
    fn from(field: FormFieldDocument) -> Self {
        Self {
            field: field.field,
            is_required: field.is_required,
            when: field.when.map(|when| Condition {
                field: when.field,
                value: when.value,
            }),
        }
    }
}

/// What a program says of a form.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "WebFormInput")]
#[serde(deny_unknown_fields)]
pub struct FormInput {
    /// What stands above it.
    #[schemars(length(min = 1, max = 100))]
    title: String,
    /// What stands below the title.
    #[serde(default)]
    #[schemars(length(max = 2000))]
    intro: String,
    /// What the page says when it was sent; ours unless told.
    #[serde(default)]
    #[schemars(length(max = 1000))]
    thanks: String,
    /// Which team's work its tickets are.
    team: Option<TeamId>,
    /// What sort of request its tickets are; `question` unless told.
    kind: Option<Kind>,
    /// How much they press; `normal` unless told.
    priority: Option<Priority>,
    /// Whether files may go along; they may unless told.
    takes_files: Option<bool>,
    /// How many it takes in an hour, from everybody together; 60 unless told.
    #[schemars(range(min = 1, max = 1000))]
    per_hour: Option<i64>,
    /// What it asks beside name, address, subject and message, in order.
    #[serde(default)]
    #[schemars(length(max = 30))]
    fields: Vec<FormFieldDocument>,
}

impl From<FormInput> for FormText {
    fn from(input: FormInput) -> Self {
        let usual = Self::default();
        Self {
            title: input.title,
            intro: input.intro,
            thanks: input.thanks,
            team: input.team,
            kind: input.kind.unwrap_or(usual.kind),
            priority: input.priority.unwrap_or(usual.priority),
            takes_files: input.takes_files.unwrap_or(usual.takes_files),
            per_hour: input.per_hour.unwrap_or(usual.per_hour),
            fields: input.fields.into_iter().map(Into::into).collect(),
        }
    }
}

fn asked() -> Vec<FormFieldDocument> {
    let field = |text: &str| text.parse().expect("an id");
    vec![
        FormFieldDocument {
            field: field("fld_01k5x0h3m8f2rq7v9c4w6d1nbe"),
            is_required: true,
            when: None,
        },
        FormFieldDocument {
            field: field("fld_01k5x0h3m8f2rq7v9c4w6d1nbf"),
            is_required: false,
            when: Some(FormConditionDocument {
                field: field("fld_01k5x0h3m8f2rq7v9c4w6d1nbe"),
                value: "Something is broken".to_owned(),
            }),
        },
    ]
}

impl Sample for FormInput {
    fn sample() -> Self {
        Self {
            title: "Write to our support".to_owned(),
            intro: "We answer within a working day.".to_owned(),
            thanks: String::new(),
            team: None,
            kind: Some(Kind::Question),
            priority: Some(Priority::Normal),
            takes_files: Some(true),
            per_hour: Some(60),
            fields: asked(),
        }
    }
}

impl Sample for FormDocument {
    fn sample() -> Self {
        Self {
            id: "wfm_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            page: "/forms/0f3c5a7e9b1d2468ace013579".to_owned(),
            title: "Write to our support".to_owned(),
            intro: "We answer within a working day.".to_owned(),
            thanks: String::new(),
            team: None,
            kind: Kind::Question,
            priority: Priority::Normal,
            takes_files: true,
            per_hour: 60,
            fields: asked(),
            version: 1,
            closed_at: None,
        }
    }
}
