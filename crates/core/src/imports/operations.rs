//! What the API's document says about imports.

use kit::web::api::{Listed, Operation, Sample};

use super::ImportId;
use super::api::{
    CountsDocument, ImportDocument, ImportState, ImportsQuery, MappingInput, RefusedDocument, RefusedQuery,
    UploadQuery,
};
use super::failures::{CELL, COLUMNS, EMPTY, PAST, TARGET, TWICE, UNCLEAR, UNMAPPED};
use super::writing::{DecimalSign, Writing};

const PART: &str = "Imports";

/// `GET /api/v1/imports`
pub const LIST: Operation = Operation::new(
    PART,
    "List imports",
    "All imports of the workspace, the newest first.",
)
.asks::<ImportsQuery>()
.gives::<Listed<ImportDocument>>();

/// `PUT /api/v1/imports`
pub const RECEIVE: Operation = Operation::new(
    PART,
    "Bring a file",
    "The body is the file itself, as it comes: text/csv in any dialect and encoding, up to the server's upload_limit. \
     Nothing is imported yet: the answer is a draft with dialect and mapping guessed. The same file put again is the \
     same draft.",
)
.asks::<UploadQuery>()
.shows::<ImportDocument>()
.fails(&[&EMPTY, &TARGET, &CELL, &COLUMNS]);

/// `GET /api/v1/imports/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show an import",
    "How far it is, and what became of the rows.",
)
.of::<ImportId>()
.shows::<ImportDocument>();

/// `DELETE /api/v1/imports/{id}`
pub const DISCARD: Operation = Operation::new(PART, "Throw a draft away", "The file goes with it.")
    .of::<ImportId>()
    .fails(&[&PAST]);

/// `PUT /api/v1/imports/{id}/mapping`
pub const MAP: Operation = Operation::new(
    PART,
    "Map the columns of a draft",
    "A field for each column of the file, in its order; null leaves a column out. Where the file does not show how a \
     column of days or amounts is to be read, its writing is `unclear` and has to be said before the run.",
)
.of::<ImportId>()
.takes::<MappingInput>()
.shows::<ImportDocument>()
.fails(&[&TWICE, &PAST]);

/// `POST /api/v1/imports/{id}/run`
pub const RUN: Operation = Operation::new(
    PART,
    "Run an import",
    "Takes the rows in the background. Rows that do not fit are refused, the others go in. Running the same rows \
     again, in this file or another, doubles nothing.",
)
.of::<ImportId>()
.shows::<ImportDocument>()
.begins()
.fails(&[&UNMAPPED, &UNCLEAR, &PAST]);

/// `PUT /api/v1/imports/{id}/pause`
pub const PAUSE: Operation = Operation::new(PART, "Pause an import", "It stops after the rows at hand.")
    .of::<ImportId>()
    .shows::<ImportDocument>()
    .fails(&[&PAST]);

/// `DELETE /api/v1/imports/{id}/pause`
pub const RESUME: Operation = Operation::new(PART, "Let an import go on", "It goes on where it was.")
    .of::<ImportId>()
    .shows::<ImportDocument>()
    .fails(&[&PAST]);

/// `POST /api/v1/imports/{id}/undo`
pub const UNDO: Operation = Operation::new(
    PART,
    "Undo an import",
    "Takes back in the background what it added and changed, as far as nobody has touched it since.",
)
.of::<ImportId>()
.shows::<ImportDocument>()
.begins()
.fails(&[&PAST]);

/// `GET /api/v1/imports/{id}/refused`
pub const REFUSED: Operation = Operation::new(
    PART,
    "List refused rows",
    "Each with its number in the file, the reason and what to do, in the order of the file.",
)
.of::<ImportId>()
.asks::<RefusedQuery>()
.gives::<Listed<RefusedDocument>>();

impl Sample for ImportDocument {
    fn sample() -> Self {
        Self {
            id: "imp_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            target: "accounts".to_owned(),
            file_name: "customers.csv".to_owned(),
            size: 48_210,
            state: ImportState::Done,
            problem: None,
            charset: "windows-1250".to_owned(),
            separator: ";".to_owned(),
            has_header: true,
            columns: vec!["Nazwa".to_owned(), "WWW".to_owned(), "Uwagi".to_owned()],
            mapping: vec![Some("name".to_owned()), Some("website".to_owned()), None],
            writing: vec![Writing::default(), Writing::default(), Writing::default()],
            total: 1_204,
            counts: CountsDocument {
                added: 1_190,
                changed: 8,
                unchanged: 2,
                refused: 4,
                taken_back: 0,
                left_alone: 0,
            },
            created_at: 1_772_442_000_000_000,
            changed_at: 1_772_442_009_000_000,
        }
    }
}

impl Sample for MappingInput {
    fn sample() -> Self {
        Self {
            columns: vec![Some("name".to_owned()), Some("website".to_owned()), None],
            writing: vec![Writing {
                days: None,
                amounts: Some(DecimalSign::Comma),
            }],
        }
    }
}

impl Sample for RefusedDocument {
    fn sample() -> Self {
        Self {
            row: 17,
            code: "bad-website".to_owned(),
            field: Some("website".to_owned()),
            reason: "This is no website".to_owned(),
            remedy: "Perhaps acme.example".to_owned(),
        }
    }
}
