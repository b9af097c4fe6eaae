//! Templates: the expressions they hold, and words of their own, which they may not have.

use crate::excuses::Excuses;
use crate::source::{Finding, SourceFile};
use std::ops::Range;

/// Attributes whose value people read or hear.
const SPOKEN: &[&str] = &[
    "alt",
    "aria-description",
    "aria-label",
    "aria-roledescription",
    "aria-valuetext",
    "placeholder",
    "title",
];

/// Elements whose content is no sentence: code, keys and what the browser reads itself.
const SILENT: &[&str] = &["script", "style", "code", "kbd"];

/// The product's name, the same in every language.
const BRAND: &str = "Tandem";

/// Stands where an expression was: words on its two sides are not one text.
const EXPRESSION: char = '\u{1}';

/// What stands between `{{ }}` or `{% %}`.
pub(super) struct Expression {
    /// Without the delimiters and their dashes.
    pub(super) text: String,
    /// Line where it begins, counted from 1.
    pub(super) line: usize,
}

/// All expressions of a template.
pub(super) fn expressions(template: &str) -> Vec<Expression> {
    let spans = template_spans(template)
        .into_iter()
        .filter(|span| !span.is_comment);
    let expression = |span: Span| Expression {
        line: line_at(template, span.whole.start),
        text: template[span.inside]
            .trim_matches(['-', '+', '~', ' '])
            .to_owned(),
    };
    spans.map(expression).collect()
}

/// Words that a template holds itself instead of saying a message.
pub(super) fn own_words(file: &SourceFile, excuses: &Excuses) -> Vec<Finding> {
    let mut words = Vec::new();
    for expression in expressions(&file.text) {
        words.extend(quoted_sentences(&expression));
    }
    words.extend(words_outside(&without_expressions(&file.text)));
    words.retain(|word: &Word| !excuses.plain_text(&file.path, &word.text));
    words
        .into_iter()
        .map(|word| file.finding(word.line, format!("\"{}\" belongs in locales/", word.text)))
        .collect()
}

struct Word {
    text: String,
    line: usize,
}

struct Span {
    whole: Range<usize>,
    inside: Range<usize>,
    is_comment: bool,
}

fn template_spans(template: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    while let Some(found) = template[start..].find('{') {
        let opening = start + found;
        let closing = match template.as_bytes().get(opening + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                start = opening + 1;
                continue;
            }
        };
        let inside = template[opening + 2..].split(closing).next().unwrap_or_default();
        let inside = opening + 2..opening + 2 + inside.len();
        start = template.len().min(inside.end + closing.len());
        spans.push(Span {
            whole: opening..start,
            inside,
            is_comment: closing == "#}",
        });
    }
    spans
}

/// Expressions become marks and blanks, so that everything else keeps its line.
fn without_expressions(template: &str) -> String {
    let mut blank = template.to_owned();
    for span in template_spans(template) {
        blank.replace_range(span.whole.clone(), &blanks(&template[span.whole]));
    }
    blank
}

fn blanks(text: &str) -> String {
    let blank = |(at, byte)| match (at, byte) {
        (0, _) => EXPRESSION,
        (_, b'\n') => '\n',
        _ => ' ',
    };
    text.bytes().enumerate().map(blank).collect()
}

/// Text in quotes that begins like a sentence: a label handed to a macro.
fn quoted_sentences(expression: &Expression) -> Vec<Word> {
    let quoted = expression.text.split('"').skip(1).step_by(2);
    let begins_like_one = |text: &&str| {
        let mut characters = text.chars();
        let first_is_big = characters.next().is_some_and(char::is_uppercase);
        first_is_big && characters.any(char::is_lowercase)
    };
    quoted
        .filter(begins_like_one)
        .map(|text| Word {
            text: text.to_owned(),
            line: expression.line,
        })
        .collect()
}

fn words_outside(markup: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = 0;
    while at < markup.len() {
        let rest = &markup[at..];
        let length = if rest.starts_with("<!--") {
            rest.find("-->").map_or(rest.len(), |end| end + 3)
        } else if rest.starts_with('<') {
            let tag = &rest[..end_of_tag(rest)];
            words.extend(spoken_attributes(tag, line_at(markup, at)));
            tag.len() + silent_content(tag, &rest[tag.len()..])
        } else {
            let text = &rest[..rest.find('<').unwrap_or(rest.len())];
            // A macro may write attributes into somebody else's tag.
            words.extend(spoken_attributes(text, line_at(markup, at)));
            words.extend(words_in(&without_attributes(text), line_at(markup, at)));
            text.len()
        };
        at += length;
    }
    words
}

fn line_at(markup: &str, at: usize) -> usize {
    markup[..at].matches('\n').count() + 1
}

/// A `>` in quotes does not end a tag.
fn end_of_tag(rest: &str) -> usize {
    let mut quote = None;
    for (at, character) in rest.char_indices() {
        match (quote, character) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), character) if open == character => quote = None,
            _ => {}
        }
    }
    rest.len()
}

fn silent_content(tag: &str, rest: &str) -> usize {
    let name: String = tag[1..].chars().take_while(char::is_ascii_alphanumeric).collect();
    if !SILENT.contains(&name.as_str()) || tag.ends_with("/>") {
        return 0;
    }
    rest.find(&format!("</{name}")).unwrap_or(rest.len())
}

fn spoken_attributes(tag: &str, line: usize) -> Vec<Word> {
    let mut words = Vec::new();
    for name in SPOKEN {
        for quote in ['"', '\''] {
            let opening = format!(" {name}={quote}");
            let value = tag
                .replace('\n', " ")
                .split_once(&opening)
                .map(|(_, value)| value.to_owned());
            let value = value.and_then(|value| value.split_once(quote).map(|(value, _)| value.to_owned()));
            words.extend(value.into_iter().flat_map(|value| words_in(&value, line)));
        }
    }
    words
}

/// The words of a text, one for each piece between expressions.
fn words_in(text: &str, first_line: usize) -> Vec<Word> {
    let mut words = Vec::new();
    let mut line = first_line;
    for piece in text.split(EXPRESSION) {
        let blank = &piece[..piece.len() - piece.trim_start().len()];
        let plain = without_references(piece)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let plain = plain.trim_matches(|character: char| !character.is_alphanumeric());
        if plain.contains(char::is_alphabetic) && plain != BRAND {
            words.push(Word {
                text: plain.to_owned(),
                line: line + blank.matches('\n').count(),
            });
        }
        line += piece.matches('\n').count();
    }
    words
}

/// Attributes become marks and blanks, so that everything else keeps its line.
fn without_attributes(text: &str) -> String {
    let mut blank = text.to_owned();
    let mut start = 0;
    while let Some(found) = blank[start..].find("=\"") {
        let value = start + found + 2;
        let is_in_name = |character: char| character.is_ascii_alphanumeric() || character == '-';
        let name = blank[..value - 2].trim_end_matches(is_in_name).len();
        let end = blank[value..].find('"').map_or(blank.len(), |at| value + at + 1);
        blank.replace_range(name..end, &blanks(&text[name..end]));
        start = end;
    }
    blank
}

/// Without `&nbsp;` and its like.
fn without_references(text: &str) -> String {
    let mut parts = text.split('&');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |plain, part| {
        plain + part.split_once(';').map_or(part, |(_, rest)| rest)
    })
}
