//! What the templates of search take.

use askama::Template;
use kit::clock::Timestamp;
use kit::i18n::Text;
use kit::search::{Answer, Group, Hit, Note};

use super::{Condition, Found, Source};

#[derive(Template)]
#[template(path = "search/views/results.html")]
pub(super) struct ResultsPage<'a> {
    t: &'a Text,
    /// What was typed.
    text: &'a str,
    answer: Answer,
    is_ready: bool,
    kinds: Vec<&'static Source>,
    is_of_one_kind: bool,
}

#[derive(Template)]
#[template(path = "search/views/index.html")]
pub(super) struct IndexPage<'a> {
    pub(super) t: &'a Text,
    pub(super) condition: Condition,
    pub(super) may_rebuild: bool,
}

impl<'a> ResultsPage<'a> {
    pub(super) fn new(
        t: &'a Text,
        text: &'a str,
        found: Found,
        kinds: Vec<&'static Source>,
        is_of_one_kind: bool,
    ) -> Self {
        Self {
            t,
            text,
            answer: found.answer,
            is_ready: found.is_ready,
            kinds,
            is_of_one_kind,
        }
    }

    fn source(&self, kind: &str) -> Option<&'static Source> {
        self.kinds.iter().copied().find(|source| source.kind == kind)
    }

    /// The address of a query.
    fn href(&self, text: &str) -> String {
        format!("/search?q={}", encoded(text.trim()))
    }

    /// The form that keeps the query, where the kind has one and something is asked for.
    fn keep(&self, source: &Source) -> Option<String> {
        let form = source.keep.filter(|_| !self.text.trim().is_empty())?;
        Some(format!("{form}?q={}", encoded(self.text.trim())))
    }

    /// The query with one more filter.
    fn with(&self, filter: &str) -> String {
        self.href(&format!("{} {filter}", self.text.trim()))
    }

    /// The query for one kind only.
    fn of_kind(&self, kind: &str) -> String {
        self.with(&format!("kind:{kind}"))
    }

    /// The kinds that may be chosen: those with results, while none is chosen.
    fn choices(&self) -> Vec<(&'static Source, usize)> {
        if self.is_of_one_kind || self.answer.groups.len() < 2 {
            return Vec::new();
        }
        let counted = |group: &Group| Some((self.source(&group.kind)?, group.count));
        self.answer.groups.iter().filter_map(counted).collect()
    }

    /// Where the list of this group goes on.
    fn more(&self, group: &Group) -> Option<String> {
        let last = group.hits.last().filter(|_| group.has_more)?;
        Some(if self.is_of_one_kind {
            format!("{}&after={}", self.href(self.text), last.place)
        } else {
            self.of_kind(&group.kind)
        })
    }

    fn note(&self, note: &Note) -> String {
        match note {
            Note::NoFilter(name) => self
                .t
                .say_with("search-no-filter", kit::args!(name = name.as_str())),
            Note::NoValue { name, value, known } => {
                let known = known.join(", ");
                self.t.say_with(
                    "search-no-value",
                    kit::args!(
                        name = name.as_str(),
                        value = value.as_str(),
                        known = known.as_str()
                    ),
                )
            }
            Note::NoDate(value) => self
                .t
                .say_with("search-no-date", kit::args!(value = value.as_str())),
        }
    }

    fn states(&self, hit: &Hit) -> Vec<String> {
        let Some(source) = self.source(&hit.shown.kind) else {
            return Vec::new();
        };
        let flags = hit.shown.flags.iter().filter_map(|flag| flag.strip_prefix("is:"));
        let words = flags.filter_map(|flag| source.states.iter().find(|(state, _)| *state == flag));
        words.map(|(_, word)| self.t.say(word)).collect()
    }

    fn date(&self, hit: &Hit) -> Timestamp {
        Timestamp(hit.shown.date)
    }

    /// The filters that can be typed, each with an example.
    fn examples(&self) -> Vec<String> {
        let states = self.kinds.iter().flat_map(|source| source.states).take(2);
        let kinds = self.kinds.iter().map(|source| format!("kind:{}", source.kind));
        let states = states.map(|(state, _)| format!("is:{state}"));
        states.chain(kinds).chain(["after:30d".to_owned()]).collect()
    }
}

/// A text as part of an address.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~:".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
