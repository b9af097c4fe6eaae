//! How long files and functions may be.
//!
//! Test code is not measured: a story may be long. A function counts from its signature to its closing brace,
//! a file by its lines without the `#[cfg(test)]` items.

use crate::excuses::Excuses;
use crate::rules::Report;
use crate::source::{Finding, SourceFile, Sources};
use std::fmt;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

const FILE_LIMIT: usize = 400;
const FUNCTION_LIMIT: usize = 60;
const HANDLER_LIMIT: usize = 40;

/// Kinds of text that people read and edit by hand.
const MEASURED: &[&str] = &["rs", "html", "css", "js"];

/// Where handlers live, one function for one route.
const HANDLER_FILES: &[&str] = &["web.rs", "api.rs"];

/// Measures every file that is neither test code nor vendored.
pub(crate) fn check(sources: &Sources, excuses: &Excuses) -> Report {
    let mut sizes = Sizes::default();
    for file in sources.all() {
        if MEASURED.contains(&file.extension()) && !file.is_test() && !file.is_vendored() {
            sizes.add(file, excuses);
        }
    }
    Report {
        summary: sizes.to_string(),
        findings: sizes.findings,
    }
}

/// What was measured, and what is above its limit.
#[derive(Default)]
struct Sizes {
    files: Vec<usize>,
    functions: Vec<usize>,
    findings: Vec<Finding>,
}

impl Sizes {
    fn add(&mut self, file: &SourceFile, excuses: &Excuses) {
        let measured = match Measured::of(file) {
            Ok(measured) => measured,
            Err(finding) => return self.findings.push(finding),
        };
        self.files.push(measured.lines);
        if measured.lines > FILE_LIMIT && !excuses.long_file(&file.path) {
            let message = format!(
                "{} lines, the limit is {FILE_LIMIT}: split by behaviour",
                measured.lines
            );
            self.findings.push(file.finding(0, message));
        }
        let limit = if HANDLER_FILES.contains(&file.name()) {
            HANDLER_LIMIT
        } else {
            FUNCTION_LIMIT
        };
        for function in measured.functions {
            self.functions.push(function.lines);
            if function.lines > limit && !excuses.long_function(&file.path, &function.name) {
                let message = format!(
                    "`{}` has {} lines, the limit is {limit}",
                    function.name, function.lines
                );
                self.findings.push(file.finding(function.line, message));
            }
        }
    }
}

impl fmt::Display for Sizes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (files, functions) = (sorted(&self.files), sorted(&self.functions));
        write!(
            formatter,
            "{} files: half up to {} lines, 95% up to {}, longest {}; {} functions: half up to {}, 95% up to {}, longest {}",
            files.len(),
            percentile(&files, 50),
            percentile(&files, 95),
            percentile(&files, 100),
            functions.len(),
            percentile(&functions, 50),
            percentile(&functions, 95),
            percentile(&functions, 100),
        )
    }
}

fn sorted(sizes: &[usize]) -> Vec<usize> {
    let mut sizes = sizes.to_vec();
    sizes.sort_unstable();
    sizes
}

/// Nearest rank: the smallest value that at least `percent` of the values do not exceed.
fn percentile(sorted: &[usize], percent: usize) -> usize {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(0)
}

struct Measured {
    lines: usize,
    functions: Vec<Function>,
}

struct Function {
    name: String,
    line: usize,
    lines: usize,
}

impl Measured {
    fn of(file: &SourceFile) -> Result<Self, Finding> {
        let mut measured = Self {
            lines: file.text.lines().count(),
            functions: Vec::new(),
        };
        if file.extension() == "rs" {
            let syntax = syn::parse_file(&file.text)
                .map_err(|error| file.finding(error.span().start().line, format!("not Rust: {error}")))?;
            measured.visit_file(&syntax);
        }
        Ok(measured)
    }

    fn add(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let (first, last) = (signature.span().start().line, block.span().end().line);
        self.functions.push(Function {
            name: signature.ident.to_string(),
            line: first,
            lines: last + 1 - first,
        });
    }
}

impl<'ast> Visit<'ast> for Measured {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let is_test = attributes(item).iter().any(is_cfg_test);
        if is_test {
            let span = item.span();
            self.lines = self.lines.saturating_sub(span.end().line + 1 - span.start().line);
        } else {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.add(&function.sig, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.add(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(block) = &function.default {
            self.add(&function.sig, block);
        }
        visit::visit_trait_item_fn(self, function);
    }
}

/// Only the kinds of item that a file puts behind `#[cfg(test)]`.
fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Struct(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn is_cfg_test(attribute: &syn::Attribute) -> bool {
    attribute.path().is_ident("cfg")
        && attribute
            .parse_args::<syn::Path>()
            .is_ok_and(|condition| condition.is_ident("test"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(name: &str, lines: usize) -> String {
        format!(
            "/// A sentence.\n#[inline]\nfn {name}() {{\n{}}}\n",
            "    step();\n".repeat(lines - 2)
        )
    }

    fn found(path: &str, text: &str) -> Vec<String> {
        let excuses = Excuses::parse("").unwrap();
        check(&Sources::of(&[(path, text)]), &excuses)
            .findings
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn a_function_of_sixty_lines_passes_and_one_of_sixty_one_does_not() {
        assert!(found("crates/kit/src/a.rs", &function("short", 60)).is_empty());
        let long = found("crates/kit/src/a.rs", &function("long", 61));
        assert_eq!(
            long,
            ["crates/kit/src/a.rs:3: `long` has 61 lines, the limit is 60"]
        );
    }

    #[test]
    fn a_handler_stops_at_forty() {
        assert!(found("crates/desk/src/tickets/web.rs", &function("show", 40)).is_empty());
        assert_eq!(
            found("crates/desk/src/tickets/api.rs", &function("show", 41)).len(),
            1
        );
    }

    #[test]
    fn methods_and_trait_defaults_are_measured() {
        let inside = function("long", 61);
        assert_eq!(
            found("crates/kit/src/a.rs", &format!("impl A {{\n{inside}}}\n")).len(),
            1
        );
        assert_eq!(
            found("crates/kit/src/a.rs", &format!("trait A {{\n{inside}}}\n")).len(),
            1
        );
    }

    #[test]
    fn a_file_stops_at_four_hundred_lines() {
        let line = "// why\n";
        assert!(found("crates/kit/src/a.rs", &line.repeat(400)).is_empty());
        assert_eq!(found("crates/kit/src/a.rs", &line.repeat(401)).len(), 1);
        assert_eq!(
            found("crates/server/assets/app.css", &"a{}\n".repeat(401)).len(),
            1
        );
        assert!(found("crates/server/assets/vendor/turbo.js", &"a\n".repeat(401)).is_empty());
    }

    #[test]
    fn test_code_is_not_measured() {
        let tests = format!(
            "fn a() {{}}\n#[cfg(test)]\nmod tests {{\n{}}}\n",
            function("story", 500)
        );
        assert!(found("crates/kit/src/a.rs", &tests).is_empty());
        assert!(found("crates/kit/src/a/tests.rs", &function("story", 500)).is_empty());
    }

    #[test]
    fn an_excuse_lets_one_function_pass() {
        let text =
            "[[long-function]]\npath = \"crates/kit/src/a.rs\"\nname = \"long\"\nreason = \"a table\"\n";
        let excuses = Excuses::parse(text).unwrap();
        let sources = function("long", 61) + &function("other", 61);
        let report = check(&Sources::of(&[("crates/kit/src/a.rs", &sources)]), &excuses);
        assert_eq!(report.findings.len(), 1);
        assert!(report.findings[0].message.contains("other"));
    }

    #[test]
    fn percentiles_take_the_nearest_rank() {
        let sizes: Vec<usize> = (1..=20).collect();
        assert_eq!(
            (
                percentile(&sizes, 50),
                percentile(&sizes, 95),
                percentile(&sizes, 100)
            ),
            (10, 19, 20)
        );
        assert_eq!(percentile(&[], 50), 0);
    }
}
