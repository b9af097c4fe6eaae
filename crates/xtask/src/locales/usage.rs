//! Which messages code and templates say.
//!
//! A call is `.say("id")`, `.count("id", n)` or `.say_with("id", args![name = …])`, in Rust and in template
//! expressions alike; both are read as Rust tokens. Besides, any text that equals an id counts as its use, because
//! ids also stand in tables, and a text such as `"time-{unit}-ago"` as the use of every id of that form.

use super::markup;
use crate::source::{Finding, SourceFile, Sources};
use crate::tokens::{self, is_punct};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use std::collections::BTreeSet;

/// One place that says a message.
pub(super) struct Call {
    pub(super) id: String,
    /// The names of the given values; none when they can't be read here.
    pub(super) arguments: Option<BTreeSet<String>>,
    path: String,
    line: usize,
}

/// All that is said.
#[derive(Default)]
pub(super) struct Usage {
    pub(super) calls: Vec<Call>,
    texts: BTreeSet<String>,
    patterns: Vec<Vec<String>>,
}

impl Call {
    /// A finding at this call.
    pub(super) fn finding(&self, message: String) -> Finding {
        Finding {
            path: self.path.clone(),
            line: self.line,
            message,
        }
    }
}

impl Usage {
    /// Reads all code outside tests and all templates.
    pub(super) fn of(sources: &Sources) -> Self {
        let mut usage = Self::default();
        for file in sources
            .all()
            .filter(|file| file.crate_folder() != Some("xtask") && !file.is_test())
        {
            match file.extension() {
                "rs" => usage.add(tokens::outside_tests(file).unwrap_or_default(), file, 0),
                "html" | "txt" => {
                    for expression in markup::expressions(&file.text) {
                        let tokens = expression.text.parse().unwrap_or_default();
                        usage.add(tokens, file, expression.line - 1);
                    }
                }
                _ => {}
            }
        }
        usage
    }

    /// Whether some text is this id or has its form.
    pub(super) fn mentions(&self, id: &str) -> bool {
        self.texts.contains(id) || self.patterns.iter().any(|parts| has_form(id, parts))
    }

    fn add(&mut self, tokens: TokenStream, file: &SourceFile, lines_before: usize) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Literal(literal) => self.add_text(&literal.to_string()),
                TokenTree::Group(group) => self.add(group.stream(), file, lines_before),
                TokenTree::Ident(_) | TokenTree::Punct(_) => {}
            }
            if let [dot, TokenTree::Ident(verb), TokenTree::Group(group), ..] = &tokens[at..]
                && is_punct(dot, '.')
                && let Some((id, arguments)) = said(&verb.to_string(), group)
            {
                let line = lines_before + verb.span().start().line;
                self.calls.push(Call {
                    id,
                    arguments,
                    path: file.path.clone(),
                    line,
                });
            }
        }
    }

    fn add_text(&mut self, literal: &str) {
        let Some(text) = unquoted(literal) else { return };
        let parts = parts_of_form(&text);
        if parts.len() > 1 {
            self.patterns.push(parts);
        } else {
            self.texts.insert(text);
        }
    }
}

/// The id and the names of the values in the brackets of a call.
fn said(verb: &str, group: &Group) -> Option<(String, Option<BTreeSet<String>>)> {
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    let (first, rest) = tokens
        .split_first()
        .filter(|_| group.delimiter() == Delimiter::Parenthesis)?;
    let is_alone = rest.first().is_none_or(|token| is_punct(token, ','));
    let TokenTree::Literal(literal) = first else {
        return None;
    };
    let id = unquoted(&literal.to_string()).filter(|_| is_alone)?;
    match verb {
        "say" => Some((id, Some(BTreeSet::new()))),
        "count" => Some((id, Some(BTreeSet::from(["n".to_owned()])))),
        "say_with" => Some((id, names_of_values(rest))),
        _ => None,
    }
}

/// The names before `=` in `args![…]`.
fn names_of_values(tokens: &[TokenTree]) -> Option<BTreeSet<String>> {
    let values = tokens.windows(3).find_map(|three| match three {
        [TokenTree::Ident(name), bang, TokenTree::Group(values)] if name == "args" && is_punct(bang, '!') => {
            Some(values)
        }
        _ => None,
    })?;
    let values: Vec<TokenTree> = values.stream().into_iter().collect();
    let names = values
        .split(|token| is_punct(token, ','))
        .filter_map(|value| match value {
            [TokenTree::Ident(name), equals, ..] if is_punct(equals, '=') => Some(name.to_string()),
            _ => None,
        });
    Some(names.collect())
}

fn unquoted(literal: &str) -> Option<String> {
    syn::parse_str::<syn::LitStr>(literal)
        .ok()
        .map(|text| text.value())
}

/// `time-{unit}-ago` as `time-` and `-ago`; one part alone means that the text has no form of an id.
fn parts_of_form(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        parts.push(before.to_owned());
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    parts.push(rest.to_owned());
    let is_id = |part: &String| {
        part.chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    let is_telling = parts[0].len() > 2 && parts.iter().any(|part| part.contains('-'));
    if is_telling && parts.iter().all(is_id) {
        parts
    } else {
        vec![text.to_owned()]
    }
}

fn has_form(id: &str, parts: &[String]) -> bool {
    let [first, middle @ .., last] = parts else {
        return false;
    };
    let Some(mut rest) = id.strip_prefix(first.as_str()) else {
        return false;
    };
    for part in middle {
        match rest.split_once(part.as_str()) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last.as_str())
}
