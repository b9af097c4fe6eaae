//! Styles that work from right to left as they do from left to right: no physical left or right.
//!
//! A declaration may name a side where the same file turns it round: the same selector behind `[dir="rtl"]` sets the same
//! property.

use crate::excuses::Excuses;
use crate::rules::Report;
use crate::source::{SourceFile, Sources};

/// What a selector begins with that holds from right to left only.
const TURNED: &str = "[dir=\"rtl\"]";
/// Properties with one value for each of four sides. Borders are no such: with them styles draw, a tick for example.
const FOUR_SIDED: &[&str] = &["margin", "padding", "inset", "scroll-margin", "scroll-padding"];

/// One `property: value` with the selector that it stands in.
struct Declaration {
    line: usize,
    selector: String,
    property: String,
    value: String,
}

/// Reads every style sheet of ours.
pub(crate) fn check(sources: &Sources, _: &Excuses) -> Report {
    let mut findings = Vec::new();
    let mut count = 0;
    for file in sources.with_extension("css").filter(|file| !file.is_vendored()) {
        let all = declarations(file);
        count += all.len();
        for one in all.iter().filter(|one| !one.selector.contains(TURNED)) {
            let Some(problem) = one.problem() else { continue };
            let turned = format!("{TURNED} {}", one.selector);
            let is_turned = |other: &Declaration| other.selector == turned && other.property == one.property;
            if !all.iter().any(is_turned) {
                findings.push(file.finding(one.line, problem));
            }
        }
    }
    Report {
        findings,
        summary: format!("{count} declarations of styles"),
    }
}

impl Declaration {
    /// What of it knows left and right.
    fn problem(&self) -> Option<String> {
        let is_side = |word: &str| word == "left" || word == "right";
        if self.property.split('-').any(is_side) {
            return Some(format!(
                "`{}` is physical: say inline-start or inline-end",
                self.property
            ));
        }
        let mut words = self.value.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        if words.any(is_side) {
            let (property, value) = (&self.property, &self.value);
            return Some(format!(
                "`{property}: {value}` names a side that does not turn round with the script"
            ));
        }
        if self.value.contains("translateX(") {
            return Some("`translateX` moves the same way in every script".to_owned());
        }
        let values = apart(&self.value);
        if FOUR_SIDED.contains(&self.property.as_str()) && values.len() == 4 && values[1] != values[3] {
            return Some(format!(
                "the two sides of `{}` differ: say -inline-start and -inline-end",
                self.property
            ));
        }
        None
    }
}

/// The values between spaces that stand in no brackets.
fn apart(value: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut depth = 0_usize;
    for c in value.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let last = values.last_mut().expect("there is always one");
        match c {
            c if c.is_whitespace() && depth == 0 => {
                if !last.is_empty() {
                    values.push(String::new());
                }
            }
            c => last.push(c),
        }
    }
    values.retain(|value| !value.is_empty());
    values
}

/// All declarations of a sheet, in their order.
fn declarations(file: &SourceFile) -> Vec<Declaration> {
    let text = without_comments(&file.text);
    let mut found = Vec::new();
    let mut selectors: Vec<String> = Vec::new();
    let (mut piece, mut line, mut began) = (String::new(), 1, 1);
    for c in text.chars() {
        if piece.trim().is_empty() {
            began = line;
        }
        match c {
            '{' => selectors.push(one_line(&std::mem::take(&mut piece))),
            ';' | '}' => {
                found.extend(declaration(&piece, began, selectors.last()));
                piece.clear();
                if c == '}' {
                    selectors.pop();
                }
            }
            c => piece.push(c),
        }
        line += usize::from(c == '\n');
    }
    found
}

fn declaration(piece: &str, line: usize, selector: Option<&String>) -> Option<Declaration> {
    let (property, value) = piece.split_once(':')?;
    let property = property.trim();
    (!property.starts_with("--") && !property.contains(' ')).then(|| Declaration {
        line,
        selector: selector.cloned().unwrap_or_default(),
        property: property.to_owned(),
        value: one_line(value),
    })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text with spaces for comments; lines stay where they are.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("/*") {
        let end = rest[at..].find("*/").map_or(rest.len(), |end| at + end + 2);
        out.push_str(&rest[..at]);
        out.extend(rest[at..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        rest = &rest[end..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(css: &str) -> Vec<(usize, String)> {
        let sources = Sources::of(&[("crates/server/assets/css/a.css", css)]);
        let report = check(&sources, &Excuses::parse("").expect("an empty list"));
        let lines = report.findings.into_iter();
        lines.map(|finding| (finding.line, finding.message)).collect()
    }

    #[test]
    fn physical_sides_are_found_in_properties_and_values() {
        for css in [
            "a { margin-left: 4px; }",
            "a { left: 0; }",
            "a { border-top-right-radius: 2px }",
            "a { text-align: right; }",
            "@media print { a { float: left; } }",
            "a { background-position: right 4px center; }",
            "a { margin: 0 4px 0 8px; }",
            "a { transform: translateX(4px); }",
        ] {
            assert_eq!(found(css).len(), 1, "{css}");
        }
        assert_eq!(found("a { color: red; }\n\nb {\n  right: 0;\n}")[0].0, 4);
    }

    #[test]
    fn logical_sides_and_what_is_turned_round_are_let_be() {
        for css in [
            "/* left */ a { margin-inline-start: 4px; content: \"x\"; }",
            "a { margin: 0 calc(4px + 1px) 0 calc(4px + 1px); }",
            "a { margin: 0 auto 4px; --left: 4px; }",
            "a { background-position: right 4px center; } [dir=\"rtl\"] a { background-position: left 4px center; }",
            "a:hover, b > c { text-align: end; }",
        ] {
            assert_eq!(found(css), [], "{css}");
        }
    }
}
