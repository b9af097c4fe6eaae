//! What the API's document says about fields.

use kit::web::api::{Listed, Operation, Precondition, Sample};

use super::api::{FieldDocument, FieldInput, FieldsQuery, NewFieldInput, NounWord};
use super::failures::{CHOICES, HINT, KEY, LABEL, TAKEN, TOO_MANY};
use super::{FieldId, FieldKind};

const PART: &str = "Fields";

/// `GET /api/v1/fields`
pub const LIST: Operation = Operation::new(
    PART,
    "List fields",
    "The fields of accounts, contacts and tickets in their order, archived ones included. Values stand in `fields` of the things.",
)
.asks::<FieldsQuery>()
.gives::<Listed<FieldDocument>>();

/// `POST /api/v1/fields`
pub const CREATE: Operation =
    Operation::new(PART, "Add a field", "No two fields of a noun have the same key.")
        .takes::<NewFieldInput>()
        .makes::<FieldDocument>()
        .fails(&[&LABEL, &KEY, &TAKEN, &HINT, &CHOICES, &TOO_MANY]);

/// `GET /api/v1/fields/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a field",
    "Its ETag is what a change names with If-Match.",
)
.of::<FieldId>()
.shows::<FieldDocument>();

/// `PUT /api/v1/fields/{id}`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change a field",
    "Replaces label, hint, choices and whether it is required. Values of choices that are left out stay until they are changed.",
)
.of::<FieldId>()
.takes::<FieldInput>()
.shows::<FieldDocument>()
.held_by(Precondition::Required)
.fails(&[&LABEL, &HINT, &CHOICES]);

/// `PUT /api/v1/fields/{id}/archiving`
pub const ARCHIVE: Operation = Operation::new(
    PART,
    "Archive a field",
    "It is shown nowhere any more and keeps its values.",
)
.of::<FieldId>()
.shows::<FieldDocument>()
.held_by(Precondition::Optional);

/// `DELETE /api/v1/fields/{id}/archiving`
pub const RESTORE: Operation = Operation::new(
    PART,
    "Take a field out of the archive",
    "It is there again with its values.",
)
.of::<FieldId>()
.shows::<FieldDocument>()
.held_by(Precondition::Optional);

impl Sample for NewFieldInput {
    fn sample() -> Self {
        let FieldInput {
            label,
            hint,
            is_required,
            choices,
        } = FieldInput::sample();
        Self {
            noun: NounWord::Account,
            kind: FieldKind::Choice,
            key: "industry".to_owned(),
            label,
            hint,
            is_required,
            choices,
        }
    }
}

impl Sample for FieldInput {
    fn sample() -> Self {
        Self {
            label: "Industry".to_owned(),
            hint: "The main one".to_owned(),
            is_required: false,
            choices: vec!["Retail".to_owned(), "Logistics".to_owned()],
        }
    }
}

impl Sample for FieldDocument {
    fn sample() -> Self {
        let input = FieldInput::sample();
        Self {
            id: "fld_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            noun: "account",
            kind: FieldKind::Choice,
            key: "industry".to_owned(),
            label: input.label,
            hint: input.hint,
            is_required: input.is_required,
            choices: input.choices,
            version: 1,
            archived_at: None,
        }
    }
}
