//! From what was asked to what the index is asked.
//!
//! Every word must be somewhere. How it was found decides its worth, in steps so far apart that a document with one
//! misspelled word stands below every one in which all words are as written, however many words there are.

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, ConstScoreQuery, DisjunctionMaxQuery, FuzzyTermQuery, Occur, PhrasePrefixQuery,
    PhraseQuery, Query, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use std::ops::Bound;
use uuid::Uuid;

use super::asked::{Asked, Chunk, Filter};
use super::document::HIDDEN;
use super::fold::whole_term;
use super::language::Language;
use super::schema::Fields;
use super::words::Word;

pub(super) type Boxed = Box<dyn Query>;

/// What a word is worth when it stands there as it was written; ten words misspelled are worth less.
const AS_WRITTEN: f32 = 10_000.0;
const WHOLE: f32 = AS_WRITTEN + 800.0;
const TITLE: f32 = AS_WRITTEN + 500.0;
const TITLE_STEM: f32 = AS_WRITTEN + 400.0;
const TEXT: f32 = AS_WRITTEN + 300.0;
const TEXT_STEM: f32 = AS_WRITTEN + 250.0;
const WHOLE_BEGUN: f32 = AS_WRITTEN + 220.0;
const TITLE_BEGUN: f32 = AS_WRITTEN + 200.0;
const TEXT_BEGUN: f32 = AS_WRITTEN + 150.0;
const TITLE_NEAR: f32 = 20.0;
const TEXT_NEAR: f32 = 10.0;

/// How exactly words must match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Care {
    /// As written, inflected, or begun.
    Strict,
    /// Misspelled too.
    Forgiving,
}

/// Who may see what: whose things, and what those may ask for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach<'a> {
    pub(super) workspace: Uuid,
    pub(super) may: &'a [String],
}

/// The query for what `asked` looks for within `reach`.
pub(super) fn query(asked: &Asked, reach: Reach<'_>, care: Care, fields: &Fields) -> BooleanQuery {
    let must = |query: Boxed| (Occur::Must, query);
    let silent = |query: Boxed| must(constant(query, 0.0));
    let mut parts = vec![silent(all_of(reach.workspace, fields))];
    let may = reach.may.iter().map(|needs| term(fields.needs, needs)).collect();
    parts.push(silent(Box::new(BooleanQuery::union(may))));
    parts.extend(
        asked
            .filters
            .iter()
            .map(|filter| silent(filtered(filter, fields))),
    );
    if !asked.asks_for_a_state() {
        parts.push((Occur::MustNot, term(fields.flags, HIDDEN)));
    }
    parts.extend(asked.chunks.iter().map(|chunk| must(worth(chunk, care, fields))));
    BooleanQuery::new(parts)
}

/// The query for everything of a workspace.
pub(super) fn all_of(workspace: Uuid, fields: &Fields) -> Boxed {
    term(fields.workspace, &workspace.simple().to_string())
}

/// How many letters of a word may be wrong.
pub(super) fn allowance(word: &Word) -> u8 {
    let is_number = word.folded.bytes().all(|byte| byte.is_ascii_digit());
    match word.folded.chars().count() {
        _ if is_number || !word.is_spaced() => 0,
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

fn filtered(filter: &Filter, fields: &Fields) -> Boxed {
    let at = |moment: i64| Term::from_field_i64(fields.date, moment);
    match filter {
        Filter::Kind(kind) => term(fields.kind, kind),
        Filter::Flag(flag) => term(fields.flags, flag),
        Filter::Before(end) => Box::new(RangeQuery::new(Bound::Unbounded, Bound::Excluded(at(end.0)))),
        Filter::From(begin) => Box::new(RangeQuery::new(Bound::Included(at(begin.0)), Bound::Unbounded)),
    }
}

/// The best way in which a document has the chunk.
fn worth(chunk: &Chunk, care: Care, fields: &Fields) -> Boxed {
    let mut ways = Vec::new();
    if !chunk.is_quoted {
        let whole = whole_term(
            chunk
                .raw
                .trim_start_matches('#')
                .trim_end_matches(['.', ',', ';', '!', '?']),
        );
        ways.push(constant(term(fields.exact, &whole), WHOLE));
        if chunk.is_open {
            ways.push(constant(begun(fields.exact, &[whole]), WHOLE_BEGUN));
        }
    }
    match &chunk.words[..] {
        [word] => one_word(chunk, word, fields, &mut ways),
        words => several(chunk, words, fields, &mut ways),
    }
    if care == Care::Forgiving && !chunk.is_quoted {
        near(chunk, fields, &mut ways);
    }
    Box::new(DisjunctionMaxQuery::new(ways))
}

fn one_word(chunk: &Chunk, word: &Word, fields: &Fields, ways: &mut Vec<Boxed>) {
    ways.push(constant(term(fields.title, &word.folded), TITLE));
    ways.push(constant(term(fields.text, &word.folded), TEXT));
    if !chunk.is_quoted {
        for stem in Language::ALL.iter().filter_map(|language| language.stem(word)) {
            ways.push(constant(term(fields.title_stems, &stem), TITLE_STEM));
            ways.push(constant(term(fields.text_stems, &stem), TEXT_STEM));
        }
    }
    // A character of Chinese or Japanese stands in pairs, so a single one is always the beginning of a word.
    let is_half = !word.is_spaced() && word.folded.chars().count() == 1;
    if chunk.is_open || is_half {
        let word = std::slice::from_ref(&word.folded);
        ways.push(constant(begun(fields.title, word), TITLE_BEGUN));
        ways.push(constant(begun(fields.text, word), TEXT_BEGUN));
    }
}

/// Words that were written together or in quotes stand together.
fn several(chunk: &Chunk, words: &[Word], fields: &Fields, ways: &mut Vec<Boxed>) {
    let texts: Vec<String> = words.iter().map(|word| word.folded.clone()).collect();
    for (field, score, begun_score) in [
        (fields.title, TITLE, TITLE_BEGUN),
        (fields.text, TEXT, TEXT_BEGUN),
    ] {
        let terms = texts
            .iter()
            .map(|text| Term::from_field_text(field, text))
            .collect();
        ways.push(constant(Box::new(PhraseQuery::new(terms)), score));
        if chunk.is_open {
            ways.push(constant(begun(field, &texts), begun_score));
        }
    }
}

/// Every word of the chunk as it is or nearly so, anywhere.
fn near(chunk: &Chunk, fields: &Fields, ways: &mut Vec<Boxed>) {
    if chunk.words.iter().all(|word| allowance(word) == 0) {
        return;
    }
    for (field, score) in [(fields.title, TITLE_NEAR), (fields.text, TEXT_NEAR)] {
        let last = chunk.words.len() - 1;
        let words = chunk.words.iter().enumerate();
        let all = words.map(|(at, word)| alike(field, word, chunk.is_open && at == last));
        ways.push(constant(
            Box::new(BooleanQuery::intersection(all.collect())),
            score,
        ));
    }
}

fn alike(field: Field, word: &Word, is_open: bool) -> Boxed {
    let text = Term::from_field_text(field, &word.folded);
    match allowance(word) {
        0 => term(field, &word.folded),
        distance if is_open => Box::new(FuzzyTermQuery::new_prefix(text, distance, true)),
        distance => Box::new(FuzzyTermQuery::new(text, distance, true)),
    }
}

/// Words of which the last may go on.
fn begun(field: Field, words: &[String]) -> Boxed {
    let terms = words
        .iter()
        .map(|word| Term::from_field_text(field, word))
        .collect();
    let mut query = PhrasePrefixQuery::new(terms);
    if words.len() == 1 {
        query.set_max_expansions(u32::MAX);
    }
    Box::new(query)
}

fn term(field: Field, text: &str) -> Boxed {
    Box::new(TermQuery::new(
        Term::from_field_text(field, text),
        IndexRecordOption::Basic,
    ))
}

fn constant(query: Boxed, score: f32) -> Boxed {
    Box::new(ConstScoreQuery::new(query, score))
}
