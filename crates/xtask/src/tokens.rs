//! Reads Rust text as tokens rather than as a tree, because half of what the rules look for stands inside
//! macros (`on_both! { … }`, `assert!(…)`), which a parsed tree keeps closed.

use crate::source::{Finding, SourceFile};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// A path as written, such as `crate::tickets::store`; a use tree is unfolded into one path for each leaf.
pub(crate) struct UsedPath {
    /// The names between the double colons; `*` for a glob.
    pub(crate) segments: Vec<String>,
    /// Line of the first segment, counted from 1.
    pub(crate) line: usize,
}

/// One use of a macro.
pub(crate) struct MacroCall {
    /// Line of the macro's name, counted from 1.
    pub(crate) line: usize,
    /// What stands between the delimiters.
    pub(crate) body: TokenStream,
}

/// The tokens of a Rust file, or a finding that says where they stop making sense.
pub(crate) fn of(file: &SourceFile) -> Result<TokenStream, Finding> {
    file.text.parse().map_err(|error: proc_macro2::LexError| {
        file.finding(error.span().start().line, "cannot be read as Rust tokens")
    })
}

/// The tokens of a Rust file without its `#[cfg(test)]` items.
pub(crate) fn outside_tests(file: &SourceFile) -> Result<TokenStream, Finding> {
    of(file).map(without_test_items)
}

fn without_test_items(tokens: TokenStream) -> TokenStream {
    let mut kept = Vec::new();
    let mut rest = tokens.into_iter().peekable();
    while let Some(token) = rest.next() {
        let attribute = match rest.peek() {
            Some(TokenTree::Group(group)) if is_punct(&token, '#') => Some(group.stream().to_string()),
            _ => None,
        };
        match attribute {
            Some(text) if text.replace(' ', "") == "cfg(test)" => skip_item(&mut rest),
            _ => kept.push(without_tests_inside(token)),
        }
    }
    kept.into_iter().collect()
}

fn without_tests_inside(token: TokenTree) -> TokenTree {
    let TokenTree::Group(group) = token else {
        return token;
    };
    let mut emptied = Group::new(group.delimiter(), without_test_items(group.stream()));
    emptied.set_span(group.span());
    TokenTree::Group(emptied)
}

/// An item ends with its block or with its semicolon.
fn skip_item(tokens: &mut impl Iterator<Item = TokenTree>) {
    for token in tokens {
        let is_block = matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        if is_block || is_punct(&token, ';') {
            return;
        }
    }
}

/// Every path in `tokens`, inside macros too.
pub(crate) fn paths(tokens: TokenStream) -> Vec<UsedPath> {
    let mut found = Vec::new();
    collect_paths(tokens, &[], &mut found);
    found
}

fn collect_paths(tokens: TokenStream, prefix: &[String], found: &mut Vec<UsedPath>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Ident(first) => {
                let mut segments = prefix.to_vec();
                segments.push(first.to_string());
                let line = first.span().start().line;
                at = follow_path(&tokens, at + 1, &mut segments, found);
                found.push(UsedPath { segments, line });
            }
            TokenTree::Group(group) => {
                collect_paths(group.stream(), &[], found);
                at += 1;
            }
            _ => at += 1,
        }
    }
}

/// Extends `segments` while `::name` follows; a use tree in braces is collected with what was read as prefix.
fn follow_path(
    tokens: &[TokenTree],
    mut at: usize,
    segments: &mut Vec<String>,
    found: &mut Vec<UsedPath>,
) -> usize {
    while is_double_colon(&tokens[at..]) {
        match tokens.get(at + 2) {
            Some(TokenTree::Ident(name)) => segments.push(name.to_string()),
            Some(TokenTree::Punct(star)) if star.as_char() == '*' => segments.push("*".into()),
            Some(TokenTree::Group(tree)) => collect_paths(tree.stream(), segments, found),
            _ => return at + 2,
        }
        at += 3;
    }
    at
}

fn is_double_colon(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [first, second, ..] if is_punct(first, ':') && is_punct(second, ':'))
}

/// Every `name!(…)` in `tokens`, inside other macros too.
pub(crate) fn macro_calls(tokens: TokenStream, name: &str) -> Vec<MacroCall> {
    let mut found = Vec::new();
    collect_macro_calls(tokens, name, &mut found);
    found
}

fn collect_macro_calls(tokens: TokenStream, name: &str, found: &mut Vec<MacroCall>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match (token, &tokens[at + 1..]) {
            (TokenTree::Ident(ident), [bang, TokenTree::Group(body), ..])
                if ident == name && is_punct(bang, '!') =>
            {
                found.push(MacroCall {
                    line: ident.span().start().line,
                    body: body.stream(),
                });
            }
            (TokenTree::Group(group), _) => collect_macro_calls(group.stream(), name, found),
            _ => {}
        }
    }
}

/// Whether `token` is this punctuation mark.
pub(crate) fn is_punct(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Vec<String> {
        paths(text.parse().unwrap())
            .into_iter()
            .map(|path| path.segments.join("::"))
            .collect()
    }

    #[test]
    fn a_use_tree_becomes_one_path_for_each_leaf() {
        let found = written("use crate::{tickets::{store, model}, rules};");
        assert!(found.contains(&"crate::tickets::store".into()), "{found:?}");
        assert!(found.contains(&"crate::tickets::model".into()), "{found:?}");
        assert!(found.contains(&"crate::rules".into()), "{found:?}");
    }

    #[test]
    fn paths_inside_macros_are_seen() {
        assert!(written("assert!(success::health::is_fine(1))").contains(&"success::health::is_fine".into()));
    }

    #[test]
    fn test_items_are_left_out_and_what_follows_them_stays() {
        let file = SourceFile {
            path: "crates/kit/src/a.rs".into(),
            text: "#[cfg(test)] mod tests { fn a() {} } fn kept() { #[cfg(test)] use gone::away; still(); }"
                .into(),
        };
        let text = outside_tests(&file).unwrap().to_string();
        assert!(text.contains("kept") && text.contains("still"), "{text}");
        assert!(!text.contains("mod tests") && !text.contains("gone"), "{text}");
    }

    #[test]
    fn macros_are_found_by_name_inside_other_macros() {
        let tokens = "vec![sql!(\"select id\"), other!(1)]".parse().unwrap();
        let calls = macro_calls(tokens, "sql");
        assert_eq!(calls.len(), 1);
        assert_eq!(calls[0].body.to_string(), "\"select id\"");
    }
}
