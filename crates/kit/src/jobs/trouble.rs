//! Says once that something stopped working and once that it works again, however often it is tried in between.

use crate::db::DbError;

/// One thing that may be in trouble.
#[derive(Debug)]
pub(super) struct Trouble {
    what: &'static str,
    is_on: bool,
}

impl Trouble {
    /// Nothing is wrong yet; `what` says what would be.
    pub(super) fn new(what: &'static str) -> Self {
        Self { what, is_on: false }
    }

    /// Whether the last try failed.
    pub(super) fn is_on(&self) -> bool {
        self.is_on
    }

    /// A try failed.
    pub(super) fn met(&mut self, error: &DbError) {
        if !self.is_on {
            tracing::warn!(%error, "{}", self.what);
        }
        self.is_on = true;
    }

    /// A try worked.
    pub(super) fn is_over(&mut self) {
        if self.is_on {
            tracing::info!("over: {}", self.what);
        }
        self.is_on = false;
    }
}
