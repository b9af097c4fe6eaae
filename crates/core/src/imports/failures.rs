//! How the failures of imports look from outside.

use http::StatusCode;
use kit::blob::BlobError;
use kit::csv::CsvError;
use kit::web::{Code, Failure};

use super::ImportError;

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

pub(super) const EMPTY: Code = Code::new("import-empty", WRONG, "imports-failure-empty");
pub(super) const TARGET: Code = Code::new("import-target", WRONG, "imports-failure-target");
pub(super) const CELL: Code = Code::new("import-cell", WRONG, "imports-failure-cell");
pub(super) const COLUMNS: Code = Code::new("import-columns", WRONG, "imports-failure-columns");
pub(super) const UNMAPPED: Code = Code::new("import-unmapped", WRONG, "imports-failure-unmapped");
pub(super) const TWICE: Code = Code::new("import-mapped-twice", WRONG, "imports-failure-twice");
pub(super) const UNCLEAR: Code = Code::new("import-unclear", WRONG, "imports-failure-unclear");
pub(super) const PAST: Code = Code::new("import-past", StatusCode::CONFLICT, "imports-failure-past");

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        let detail = error.to_string();
        match error {
            ImportError::Forbidden(_) => Self::of(StatusCode::FORBIDDEN).detail(detail),
            ImportError::Unknown => Self::of(StatusCode::NOT_FOUND),
            ImportError::UnknownTarget(_) => Self::field("target", &TARGET).detail(detail),
            ImportError::Empty => Self::field("file", &EMPTY),
            ImportError::Csv(CsvError::LongCell { .. }) => Self::field("file", &CELL).detail(detail),
            ImportError::Csv(CsvError::ManyCells { .. }) => Self::field("file", &COLUMNS).detail(detail),
            ImportError::Unmapped(_) => Self::field("mapping", &UNMAPPED).detail(detail),
            ImportError::Twice(_) => Self::field("mapping", &TWICE).detail(detail),
            ImportError::Unclear(_) => Self::field("mapping", &UNCLEAR).detail(detail),
            ImportError::Past(_) => Self::new(&PAST).detail(detail),
            ImportError::Blob(BlobError::TooLarge { .. }) => Self::of(StatusCode::PAYLOAD_TOO_LARGE),
            ImportError::Blob(BlobError::Interrupted(_)) => Self::of(StatusCode::BAD_REQUEST).detail(detail),
            ImportError::Blob(error) => {
                tracing::error!(%error, "the store of files failed");
                Self::of(StatusCode::SERVICE_UNAVAILABLE)
            }
            ImportError::Db(error) => error.into(),
        }
    }
}
