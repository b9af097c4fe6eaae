//! What the template of words takes.

use askama::Template;
use kit::i18n::Text;
use kit::web::{Filled, Tab};

use super::Spot;
use crate::forms::WebForm;

/// A part of a form, what it says itself, and what it says in the other language.
pub(super) struct Line {
    pub(super) spot: Spot,
    pub(super) label: String,
    pub(super) own: String,
}

impl Line {
    fn name(&self) -> String {
        self.spot.to_string()
    }

    fn is_long(&self) -> bool {
        self.spot.is_long()
    }
}

#[derive(Template)]
#[template(path = "forms/words/views/words.html")]
pub(super) struct WordsPage<'a> {
    pub(super) t: &'a Text,
    pub(super) form: &'a WebForm,
    pub(super) version: i64,
    pub(super) tabs: Vec<Tab>,
    /// The tag of the language.
    pub(super) language: &'static str,
    pub(super) lines: Vec<Line>,
    pub(super) filled: &'a Filled,
    /// Why nothing was kept, where it is about no part.
    pub(super) whole: Option<String>,
}

impl WordsPage<'_> {
    fn action(&self) -> String {
        format!("/settings/forms/{}/words", self.form.id)
    }

    fn value(&self, line: &Line) -> &str {
        self.filled.value(&line.name())
    }

    fn error(&self, line: &Line) -> &str {
        self.filled.error(&line.name())
    }

    /// What the form itself says, beside the input.
    fn hint(&self, line: &Line) -> String {
        if line.own.is_empty() {
            self.t.say("forms-thanks-hint")
        } else {
            line.own.clone()
        }
    }

    /// The same page, where somebody was faster.
    fn again(&self) -> String {
        format!("{}?language={}", self.action(), self.language)
    }
}
