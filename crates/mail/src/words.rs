//! Words of the world's mail programs, one a line in the files of `words/`, in small letters.

use std::ops::Deref;
use std::sync::OnceLock;

/// A list of words that is read when it is first asked for.
pub(crate) struct Words {
    text: fn() -> &'static str,
    lines: OnceLock<Vec<&'static str>>,
}

impl Words {
    pub(crate) const fn new(text: fn() -> &'static str) -> Self {
        Self {
            text,
            lines: OnceLock::new(),
        }
    }
}

impl Deref for Words {
    type Target = [&'static str];

    fn deref(&self) -> &Self::Target {
        self.lines
            .get_or_init(|| (self.text)().lines().filter(|line| !line.is_empty()).collect())
    }
}
