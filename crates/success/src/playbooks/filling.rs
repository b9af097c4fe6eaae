//! Words with variables: `{{ account.name }}`, and `{{ contact.first_name | default("there") }}` for what may be missing. Nothing
//! repeats or asks, so that no text grows beyond its source and its values. A variable that there is not is refused when a
//! playbook is saved; one without a value is named, so that nobody is sent nonsense.

use std::collections::BTreeMap;

/// What stands for what, by the variables' names.
pub(super) type Values = BTreeMap<String, String>;

/// Variables of the account, which every text knows.
pub(super) const OF_ACCOUNT: &[(&str, &str)] = &[
    ("account.name", "playbooks-variable-account-name"),
    ("account.website", "playbooks-variable-account-website"),
    ("owner.name", "playbooks-variable-owner-name"),
    ("owner.first_name", "playbooks-variable-owner-first-name"),
    ("owner.email", "playbooks-variable-owner-email"),
    ("renewal.date", "playbooks-variable-renewal-date"),
    ("renewal.days", "playbooks-variable-renewal-days"),
    ("workspace.name", "playbooks-variable-workspace-name"),
    ("today", "playbooks-variable-today"),
];
/// Variables of the one whom a mail is for.
pub(super) const OF_CONTACT: &[(&str, &str)] = &[
    ("contact.name", "playbooks-variable-contact-name"),
    ("contact.first_name", "playbooks-variable-contact-first-name"),
];
/// What the names of own fields begin with; their keys follow.
pub(super) const FIELD: &str = "field.";

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece<'a> {
    Words(&'a str),
    Variable(&'a str, Option<&'a str>),
}

/// The parts of a text; what opens a variable and never closes it is words.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (mut found, mut rest) = (Vec::new(), text);
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((inner, tail)) = after.split_once("}}") else {
            break;
        };
        found.push(Piece::Words(before));
        let (name, fallback) = match inner.split_once('|') {
            Some((name, filter)) => (name, default(filter)),
            None => (inner, None),
        };
        let is_plain = fallback.is_some() || !inner.contains('|');
        let name = if is_plain { name.trim() } else { inner.trim() };
        found.push(Piece::Variable(name, fallback));
        rest = tail;
    }
    found.push(Piece::Words(rest));
    found
}

/// What stands in `default("…")`.
fn default(filter: &str) -> Option<&str> {
    let inner = filter.trim().strip_prefix("default(")?.strip_suffix(')')?.trim();
    let quoted = |quote: char| inner.strip_prefix(quote)?.strip_suffix(quote);
    quoted('"').or_else(|| quoted('\''))
}

/// The first variable of a text that is not known.
pub(super) fn unknown(text: &str, is_known: impl Fn(&str) -> bool) -> Option<String> {
    let unknown = pieces(text).into_iter().find_map(|piece| match piece {
        Piece::Variable(name, _) if !is_known(name) => Some(name.chars().take(60).collect()),
        _ => None,
    });
    // What is opened has to be closed.
    unknown.or_else(|| match pieces(text).last() {
        Some(Piece::Words(rest)) if rest.contains("{{") => Some("{{".to_owned()),
        _ => None,
    })
}

/// The text with its values, or the names of those that it lacks.
pub(super) fn fill(text: &str, values: &Values) -> Result<String, Vec<String>> {
    let (mut out, mut missing) = (String::with_capacity(text.len()), Vec::new());
    for piece in pieces(text) {
        match piece {
            Piece::Words(words) => out.push_str(words),
            Piece::Variable(name, fallback) => match (values.get(name), fallback) {
                (Some(value), _) => out.push_str(value),
                (None, Some(fallback)) => out.push_str(fallback),
                (None, None) => missing.push(name.to_owned()),
            },
        }
    }
    missing.sort();
    missing.dedup();
    match missing.is_empty() {
        true => Ok(out),
        false => Err(missing),
    }
}

/// The text with its values, and a dash for those that it lacks: for what our own people read.
pub(super) fn fill_loosely(text: &str, values: &Values) -> String {
    let piece = |piece: Piece<'_>| match piece {
        Piece::Words(words) => words.to_owned(),
        Piece::Variable(name, fallback) => {
            let value = values.get(name).map(String::as_str).or(fallback);
            value.unwrap_or("–").to_owned()
        }
    };
    pieces(text).into_iter().map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> Values {
        let pair = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        let known = [("account.name", "Acme {{ x }}"), ("contact.first_name", "Leyla")];
        known.into_iter().map(pair).collect()
    }

    #[test]
    fn values_are_filled_in_once_and_nothing_else_is_touched() {
        let filled = fill("Dear {{ contact.first_name }}, {{account.name}} { {", &values());
        assert_eq!(filled.as_deref(), Ok("Dear Leyla, Acme {{ x }} { {"));
    }

    #[test]
    fn what_is_missing_is_named_unless_something_stands_for_it() {
        let text = "{{ owner.name }}, {{ renewal.date }}, {{ owner.name }}";
        assert_eq!(
            fill(text, &values()),
            Err(vec!["owner.name".to_owned(), "renewal.date".to_owned()])
        );
        let text = r#"Hello {{ owner.name | default("there") }}{{ today|default('') }}"#;
        assert_eq!(fill(text, &values()).as_deref(), Ok("Hello there"));
        assert_eq!(
            fill_loosely("{{ owner.name }}: {{ account.name }}", &values()),
            "–: Acme {{ x }}"
        );
    }

    #[test]
    fn what_there_is_not_is_found_when_it_is_saved() {
        let is_known = |name: &str| OF_ACCOUNT.iter().any(|(known, _)| *known == name);
        assert_eq!(unknown("{{ account.name }} {{ today }}", is_known), None);
        for (text, name) in [
            ("{{ account.nmae }}", "account.nmae"),
            ("{{ account.name | upper }}", "account.name | upper"),
            ("{{ account.name", "{{"),
            ("{{}}", ""),
        ] {
            assert_eq!(unknown(text, is_known).as_deref(), Some(name), "{text}");
        }
    }
}
