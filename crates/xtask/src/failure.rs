//! Why a command could not do its work, as one sentence for the person at the keyboard.

use std::fmt;

/// What every command answers with.
pub(crate) type Outcome = Result<(), Failure>;

/// A sentence that says what failed for what.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    /// A failure with this sentence.
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

/// Says what was being attempted when something failed.
pub(crate) trait While<T> {
    /// Puts `attempt` before the error, as in "read Cargo.toml: permission denied".
    fn while_trying(self, attempt: impl fmt::Display) -> Result<T, Failure>;
}

impl<T, E: fmt::Display> While<T> for Result<T, E> {
    fn while_trying(self, attempt: impl fmt::Display) -> Result<T, Failure> {
        self.map_err(|error| Failure(format!("{attempt}: {error}")))
    }
}
