//! A clock that is behind, so that a program has lived for a while: libfaketime, which `cargo xtask test` installs.

use std::process::Command;

use super::Program;
use crate::skip;

/// So many days ago, for every process that is told so.
#[derive(Clone, Debug)]
pub struct Past {
    library: String,
    days: u32,
}

impl Past {
    /// So many days ago, or nothing where a test is to be skipped.
    ///
    /// # Panics
    /// In CI, where nothing is skipped.
    #[expect(clippy::disallowed_methods, reason = "tests have no configuration struct")]
    pub fn days(days: u32) -> Option<Self> {
        let library = std::env::var("TANDEM_TEST_FAKETIME").ok();
        if library.is_none() {
            skip("no libfaketime; run `cargo xtask test`, or set TANDEM_TEST_FAKETIME");
        }
        library.map(|library| Self { library, days })
    }

    /// What a process needs in its environment. Waiting is not changed: the monotonic clock stays the machine's.
    fn variables(&self) -> [(&'static str, String); 3] {
        [
            ("LD_PRELOAD", self.library.clone()),
            ("FAKETIME", format!("-{}d", self.days)),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1".to_owned()),
        ]
    }

    /// Lets a command run in it.
    pub fn around<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.envs(self.variables())
    }
}

impl Program {
    /// The same at that time.
    #[must_use]
    pub fn at(mut self, past: &Past) -> Self {
        self.past = Some(past.clone());
        self
    }
}
