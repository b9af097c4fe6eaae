//! One URL map: every address stands in the table of `server/src/routes.rs`, with who may come in.
//!
//! A row is `route(METHOD, "/path", access, handler)`. The access test replays the rows while running; here we
//! see that nothing goes around the table: every handler in a `web.rs` or `api.rs` is in a row, no router gets
//! routes anywhere else, and no row lacks its access.

use crate::excuses::Excuses;
use crate::rules::Report;
use crate::source::{Finding, SourceFile, Sources};
use crate::tokens::{self, is_punct};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::BTreeSet;

const TABLE: &str = "crates/server/src/routes.rs";

/// What adds an address to a router.
const ADDING: &[&str] = &["route", "route_service", "nest", "nest_service"];

/// Reads the table, the handlers and whatever adds a route elsewhere.
pub(crate) fn check(sources: &Sources, excuses: &Excuses) -> Report {
    let (rows, mut findings) = sources.at(TABLE).map(table).unwrap_or_default();
    for file in sources.with_extension("rs").filter(|file| is_product(file)) {
        let handlers = handlers(file);
        let forgotten = handlers
            .iter()
            .filter(|handler| !rows.iter().any(|row| row.names(file, &handler.name)));
        findings.extend(
            forgotten.map(|handler| {
                file.finding(handler.line, format!("`{}` has no row in {TABLE}", handler.name))
            }),
        );
        let allowed = if file.path == TABLE { 1 } else { 0 };
        let added = lines_that_add(file);
        if added.len() > allowed && !excuses.own_routes(&file.path) {
            let message = format!("only the fold over the table in {TABLE} adds a route");
            findings.extend(
                added
                    .iter()
                    .skip(allowed)
                    .map(|line| file.finding(*line, message.clone())),
            );
        }
    }
    Report {
        findings,
        summary: format!("{} routes", rows.len()),
    }
}

fn is_product(file: &SourceFile) -> bool {
    !file.is_test() && !file.is_example() && !matches!(file.crate_folder(), Some("testkit" | "xtask"))
}

/// A row of the table.
struct Row {
    method: String,
    path: String,
    handler: Vec<String>,
}

impl Row {
    /// Whether the handler named here is the function of this name in `file`: what stands before the name must
    /// be the file or its feature.
    fn names(&self, file: &SourceFile, function: &str) -> bool {
        let Some((name, before)) = self.handler.split_last() else {
            return false;
        };
        let places: Vec<&str> = file.path.trim_end_matches(".rs").rsplit('/').take(2).collect();
        name == function && before.last().is_none_or(|place| places.contains(&place.as_str()))
    }
}

fn table(file: &SourceFile) -> (Vec<Row>, Vec<Finding>) {
    let mut rows = Vec::new();
    let mut findings = Vec::new();
    let mut seen = BTreeSet::new();
    for (line, arguments) in rows_of(file) {
        match row(&arguments) {
            Ok(row) => {
                if !seen.insert((row.method.clone(), row.path.clone())) {
                    findings.push(file.finding(line, format!("{} {} is there twice", row.method, row.path)));
                }
                rows.push(row);
            }
            Err(problem) => findings.push(file.finding(line, problem)),
        }
    }
    (rows, findings)
}

/// The arguments of each `route(…)` that is neither a method nor the function itself.
fn rows_of(file: &SourceFile) -> Vec<(usize, TokenStream)> {
    let mut rows = Vec::new();
    if let Ok(tokens) = tokens::outside_tests(file) {
        collect_rows(tokens, &mut rows);
    }
    rows
}

fn collect_rows(tokens: TokenStream, rows: &mut Vec<(usize, TokenStream)>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match (token, tokens.get(at + 1)) {
            (TokenTree::Ident(name), Some(TokenTree::Group(arguments)))
                if name == "route" && arguments.delimiter() == Delimiter::Parenthesis =>
            {
                let before = at.checked_sub(1).map(|before| &tokens[before]);
                let is_other = before.is_some_and(|token| is_punct(token, '.') || token.to_string() == "fn");
                if !is_other {
                    rows.push((name.span().start().line, arguments.stream()));
                }
            }
            (TokenTree::Group(group), _) => collect_rows(group.stream(), rows),
            _ => {}
        }
    }
}

fn row(arguments: &TokenStream) -> Result<Row, String> {
    const SHAPE: &str = "a row is `route(METHOD, \"/path\", access, handler)`";
    let tokens: Vec<TokenTree> = arguments.clone().into_iter().collect();
    let parts: Vec<&[TokenTree]> = tokens
        .split(|token| is_punct(token, ','))
        .filter(|part| !part.is_empty())
        .collect();
    let [method, path, access, handler] = parts.as_slice() else {
        return Err(SHAPE.into());
    };
    let path = match path {
        [TokenTree::Literal(path)] => path.to_string().trim_matches('"').to_owned(),
        _ => return Err(SHAPE.into()),
    };
    let names_an_access = matches!(access.first(), Some(TokenTree::Ident(name)) if name != "None");
    if !path.starts_with('/') || !names_an_access {
        return Err(SHAPE.into());
    }
    Ok(Row {
        method: names(method).concat(),
        path,
        handler: names(handler),
    })
}

fn names(tokens: &[TokenTree]) -> Vec<String> {
    let names = tokens.iter().filter(|token| matches!(token, TokenTree::Ident(_)));
    names.map(ToString::to_string).collect()
}

struct Handler {
    name: String,
    line: usize,
}

/// The public asynchronous functions of a `web.rs` or `api.rs`.
fn handlers(file: &SourceFile) -> Vec<Handler> {
    let is_edge = matches!(file.name(), "web.rs" | "api.rs") && file.crate_folder() != Some("kit");
    let Some(syntax) = is_edge.then(|| syn::parse_file(&file.text).ok()).flatten() else {
        return Vec::new();
    };
    let functions = syntax.items.iter().filter_map(|item| match item {
        syn::Item::Fn(function) => Some(function),
        _ => None,
    });
    let is_shown = |function: &&syn::ItemFn| !matches!(function.vis, syn::Visibility::Inherited);
    let shown = functions
        .filter(|function| function.sig.asyncness.is_some())
        .filter(is_shown);
    shown
        .map(|function| Handler {
            name: function.sig.ident.to_string(),
            line: function.sig.ident.span().start().line,
        })
        .collect()
}

fn lines_that_add(file: &SourceFile) -> Vec<usize> {
    let mut lines = Vec::new();
    if let Ok(tokens) = tokens::outside_tests(file) {
        collect_adding(tokens, &mut lines);
    }
    lines
}

fn collect_adding(tokens: TokenStream, lines: &mut Vec<usize>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for three in tokens.windows(3) {
        if let [dot, TokenTree::Ident(name), TokenTree::Group(_)] = three
            && is_punct(dot, '.')
            && ADDING.iter().any(|adding| name == adding)
        {
            lines.push(name.span().start().line);
        }
    }
    for token in tokens {
        if let TokenTree::Group(group) = token {
            collect_adding(group.stream(), lines);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEB: (&str, &str) = (
        "crates/desk/src/tickets/web.rs",
        "pub async fn close(guard: Agent) -> Page { done() }\nasync fn step() {}\npub fn plain() {}",
    );

    fn found(table: &str, others: &[(&str, &str)]) -> Vec<String> {
        let texts: Vec<(&str, &str)> = others.iter().copied().chain([(TABLE, table)]).collect();
        let excuses = Excuses::parse("").unwrap();
        check(&Sources::of(&texts), &excuses)
            .findings
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    fn row(text: &str) -> String {
        format!(
            "pub const fn route(a: A) -> Row {{ Row(a) }}\npub fn table() -> Vec<Row> {{ vec![\n{text}\n] }}"
        )
    }

    #[test]
    fn a_handler_with_a_row_passes() {
        for handler in [
            "desk::tickets::web::close",
            "tickets::close",
            "web::close",
            "close",
        ] {
            let row = row(&format!(
                "route(Method::POST, \"/tickets/{{id}}/closure\", Permission::CloseTickets, {handler}),"
            ));
            assert_eq!(found(&row, &[WEB]), Vec::<String>::new(), "{handler}");
        }
    }

    #[test]
    fn a_handler_without_a_row_is_flagged() {
        assert_eq!(found(&row(""), &[WEB]).len(), 1);
        let other = row(
            "route(Method::POST, \"/rules/{id}\", Permission::EditRules, desk::rules::web_forms::close),",
        );
        assert_eq!(found(&other, &[WEB]).len(), 1);
    }

    #[test]
    fn handlers_need_the_table_even_before_it_exists() {
        let excuses = Excuses::parse("").unwrap();
        assert_eq!(check(&Sources::of(&[WEB]), &excuses).findings.len(), 1);
    }

    #[test]
    fn a_row_without_access_or_with_a_strange_path_is_flagged() {
        for bad in [
            "route(Method::GET, \"/a\", show),",
            "route(Method::GET, \"a\", Access::Anyone, show),",
            "route(Method::GET, PATH, Access::Anyone, show),",
            "route(Method::GET, \"/a\", None, show),",
        ] {
            assert_eq!(found(&row(bad), &[]).len(), 1, "{bad}");
        }
    }

    #[test]
    fn an_address_stands_there_once_for_each_method() {
        let get = "route(Method::GET, \"/a\", Access::Anyone, show),";
        assert_eq!(found(&row(&get.repeat(2)), &[]).len(), 1);
        assert!(found(&row(&format!("{get}{}", get.replace("GET", "POST"))), &[]).is_empty());
    }

    #[test]
    fn a_route_beside_the_table_is_flagged() {
        let beside = "fn a() { Router::new().route(\"/a\", get(show)).nest(\"/b\", inner) }";
        assert_eq!(found("", &[("crates/server/src/shell.rs", beside)]).len(), 2);
        assert!(found("", &[("crates/server/src/shell/tests.rs", beside)]).is_empty());
        assert!(found("fn fold() { router.route(row.path, row.handler) }", &[]).is_empty());
        assert_eq!(found(beside, &[]).len(), 1);
    }

    #[test]
    fn another_listener_may_have_its_own_routes() {
        let path = "crates/server/src/operations/mod.rs";
        let excuses = format!("[[own-routes]]\npath = \"{path}\"\nreason = \"not for people\"\n");
        let excuses = Excuses::parse(&excuses).unwrap();
        let sources = Sources::of(&[(path, "fn a() { Router::new().route(\"/healthz\", get(alive)) }")]);
        assert!(check(&sources, &excuses).findings.is_empty());
    }
}
