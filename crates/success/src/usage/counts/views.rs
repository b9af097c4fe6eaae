//! What the template of what counts takes.

use askama::Template;
use kit::i18n::Text;
use kit::web::{Choice, Filled};

use super::Counts;
use crate::usage::measures::history::Progress;

/// A line of the form: a key event.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "usage/counts/views/counts.html")]
pub(super) struct CountsPage<'a> {
    pub(super) t: &'a Text,
    pub(super) counts: Counts,
    pub(super) rows: Vec<Row>,
    pub(super) first: Vec<Choice>,
    pub(super) form: &'a Filled,
    pub(super) progress: Option<Progress>,
    pub(super) may_write: bool,
}

impl CountsPage<'_> {
    fn error(&self, row: &Row) -> &str {
        self.form.error(&row.name)
    }
}
