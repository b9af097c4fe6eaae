//! What is indexed of one thing.

use serde::{Deserialize, Serialize};
use tantivy::TantivyDocument;
use tantivy::schema::Field;
use tantivy::tokenizer::{PreTokenizedString, Token};
use uuid::Uuid;

use super::fold::{flag, whole_term};
use super::language::Language;
use super::schema::Fields;
use super::words::{Word, words};
use crate::clock::Timestamp;
use crate::text::sha256;

/// How much of a text results can show a part of, in characters.
const KEPT: usize = 1_000;
/// How much of a text is indexed, in bytes: a long mail, not a book.
const INDEXED: usize = 200_000;

/// Between the permissions in a term.
const JOINT: &str = "+";

/// What can be found of one thing, and who may find it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its id with its prefix; a document with the same key takes the place of an earlier one.
    pub key: String,
    /// What sort of thing it is: `account`.
    pub kind: &'static str,
    /// The permission that one needs to see it.
    pub needs: &'static str,
    /// Further ones that one needs, each of them.
    pub also: Vec<&'static str>,
    /// What it is called.
    pub title: String,
    /// Whether it is called after what it belongs to, which stands above it for the same words.
    pub is_part: bool,
    /// Its text.
    pub text: String,
    /// Further words by which it is found, not shown.
    pub keywords: Vec<String>,
    /// What is found as a whole, before all else: numbers, addresses. The key and the title are by themselves.
    pub exact: Vec<String>,
    /// What filters ask for: `("is", "open")`.
    pub flags: Vec<(&'static str, String)>,
    /// Whether only who asks for a state of its finds it: `is:spam`.
    pub is_hidden: bool,
    /// The language of its texts.
    pub language: Option<Language>,
    /// When it last changed.
    pub date: Timestamp,
}

/// What results show of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Its id with its prefix.
    pub key: String,
    /// What sort of thing it is.
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// The beginning of its text.
    pub text: String,
    /// Its states: `is:open`.
    pub flags: Vec<String>,
    /// The tag of the language of its texts, where that is known.
    pub language: Option<String>,
    /// When it last changed, in microseconds since 1970.
    pub date: i64,
}

/// The term of a document: no other one has it.
pub(super) fn id(workspace: Uuid, key: &str) -> String {
    format!("{}/{key}", workspace.simple())
}

/// The flag of what is hidden. No filter has this name.
pub(super) const HIDDEN: &str = "hidden";

impl Document {
    pub(super) fn into_tantivy(self, workspace: Uuid, fields: &Fields) -> TantivyDocument {
        let mut out = TantivyDocument::new();
        let id = id(workspace, &self.key);
        let hash = sha256(id.as_bytes());
        let tie = hash[..8].iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
        out.add_text(fields.id, &id);
        out.add_text(fields.workspace, workspace.simple().to_string());
        out.add_text(fields.needs, all_needed(self.needs, &self.also));
        out.add_text(fields.kind, self.kind);
        out.add_i64(fields.date, self.date.0);
        out.add_u64(fields.tie, tie);
        for whole in self.exact.iter().chain([&self.key, &self.title]) {
            out.add_text(fields.exact, whole_term(whole));
        }
        let title_into = match self.is_part {
            true => (fields.text, fields.text_stems),
            false => (fields.title, fields.title_stems),
        };
        let flags: Vec<_> = self.flags.iter().map(|(name, value)| flag(name, value)).collect();
        for flag in &flags {
            out.add_text(fields.flags, flag);
        }
        if self.is_hidden {
            out.add_text(fields.flags, HIDDEN);
        }
        // What it is filed under are names of others; results show the state alone.
        let states = flags.into_iter().filter(|flag| flag.starts_with("is:")).collect();
        let language = self.language;
        index(&mut out, &self.title, language, title_into);
        for text in std::iter::once(&self.text).chain(&self.keywords) {
            index(
                &mut out,
                beginning(text, INDEXED),
                language,
                (fields.text, fields.text_stems),
            );
        }
        out.add_text(fields.shown, self.shown(states));
        out
    }

    fn shown(self, flags: Vec<String>) -> String {
        let shown = Shown {
            key: self.key,
            kind: self.kind.to_owned(),
            title: self.title,
            text: self.text.chars().take(KEPT).collect(),
            flags,
            language: self.language.map(|language| language.tag().to_owned()),
            date: self.date.0,
        };
        serde_json::to_string(&shown).expect("strings and numbers are always JSON")
    }
}

/// The term of all that one needs to see a document: its permissions, joined.
fn all_needed(needs: &str, also: &[&'static str]) -> String {
    let mut all: Vec<&str> = also.iter().copied().chain([needs]).collect();
    all.sort_unstable();
    all.dedup();
    all.join(JOINT)
}

/// Whether somebody with these permissions has all that a term of [`all_needed`] names.
pub(super) fn has_all(may: &[&'static str], needed: &str) -> bool {
    needed.split(JOINT).all(|needs| may.contains(&needs))
}

fn index(out: &mut TantivyDocument, text: &str, language: Option<Language>, into: (Field, Field)) {
    let words = words(text);
    if words.is_empty() {
        return;
    }
    let folded = words.iter().enumerate();
    let folded = folded.map(|(at, word)| token(at, word.folded.clone())).collect();
    add(out, into.0, folded);
    let Some(language) = language else { return };
    let stem = |(at, word): (usize, &Word)| Some(token(at, language.stem(word)?));
    add(out, into.1, words.iter().enumerate().filter_map(stem).collect());
}

fn add(out: &mut TantivyDocument, field: Field, tokens: Vec<Token>) {
    let text = String::new();
    out.add_pre_tokenized_text(field, PreTokenizedString { text, tokens });
}

fn token(position: usize, text: String) -> Token {
    Token {
        position,
        text,
        ..Token::default()
    }
}

/// The first `bytes` of a text, or a little less, so that no character is cut.
fn beginning(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}
