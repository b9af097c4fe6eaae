//! What the API's document says about words of forms.

use kit::web::api::{Operation, Precondition};

use super::documents::{WordsDocument, WordsInput};
use crate::forms::WebFormId;
use crate::forms::failures::{FIELD, LANGUAGE, WORDS};

const PART: &str = "Web forms";

/// `GET /api/v1/web-forms/{id}/words`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show what a form says in other languages",
    "Visitors read the words of their language, and where there are none what the form itself says. Its ETag is what a change names \
     with If-Match.",
)
.of::<WebFormId>()
.shows::<WordsDocument>();

/// `PUT /api/v1/web-forms/{id}/words`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change what a form says in other languages",
    "Replaces the words of all languages. What visitors choose is kept as the field says it, whatever they read.",
)
.of::<WebFormId>()
.takes::<WordsInput>()
.shows::<WordsDocument>()
.held_by(Precondition::Required)
.fails(&[&LANGUAGE, &WORDS, &FIELD]);
