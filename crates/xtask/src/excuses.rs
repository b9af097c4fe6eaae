//! The short list of exceptions to the house rules: `excused.toml`.
//!
//! An entry names what it excuses and why. The list can only shrink by itself: an entry that matched nothing
//! is a finding, so nobody has to remember to remove it.

use crate::failure::{Failure, While};
use crate::source::Finding;
use std::cell::Cell;
use std::path::Path;
use toml::Table;

/// Where the list lives.
const PATH: &str = "crates/xtask/excused.toml";

/// The keys each kind of entry must have beside its reason.
const KINDS: &[(&str, &[&str])] = &[
    ("long-file", &["path"]),
    ("long-function", &["path", "name"]),
    ("plain-text", &["path", "text"]),
    ("statement", &["path", "text"]),
    ("message", &["id"]),
    ("own-routes", &["path"]),
];

/// The list, and which of its entries were needed.
pub(crate) struct Excuses {
    entries: Vec<Entry>,
}

struct Entry {
    kind: &'static str,
    values: Vec<String>,
    is_used: Cell<bool>,
}

impl Excuses {
    /// Reads the list below `root`.
    pub(crate) fn read(root: &Path) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(root.join(PATH)).while_trying(format!("read {PATH}"))?;
        Self::parse(&text)
    }

    /// Reads the list from its text.
    pub(crate) fn parse(text: &str) -> Result<Self, Failure> {
        let table: Table = text.parse().while_trying(format!("read {PATH}"))?;
        let mut entries = Vec::new();
        for (kind, list) in &table {
            let Some((kind, keys)) = KINDS.iter().find(|(known, _)| known == kind) else {
                return Err(Failure::new(format!("{PATH}: `{kind}` is not a kind of excuse")));
            };
            for entry in list.as_array().into_iter().flatten() {
                entries.push(Entry::parse(kind, keys, entry)?);
            }
        }
        Ok(Self { entries })
    }

    /// Whether a file may be longer than the rule allows.
    pub(crate) fn long_file(&self, path: &str) -> bool {
        self.matches("long-file", |values| values[0] == path)
    }

    /// Whether a function may be longer than the rule allows.
    pub(crate) fn long_function(&self, path: &str, name: &str) -> bool {
        self.matches("long-function", |values| values[0] == path && values[1] == name)
    }

    /// Whether a template may hold these words itself.
    pub(crate) fn plain_text(&self, path: &str, text: &str) -> bool {
        self.matches("plain-text", |values| values[0] == path && values[1] == text)
    }

    /// Whether a statement may touch a table without naming the workspace.
    pub(crate) fn statement(&self, path: &str, sql: &str) -> bool {
        self.matches("statement", |values| {
            values[0] == path && sql.contains(&values[1])
        })
    }

    /// Whether a message id counts as used although no text names it.
    pub(crate) fn message(&self, id: &str) -> bool {
        self.matches("message", |values| values[0] == id)
    }

    /// Whether a file may add routes beside the one table.
    pub(crate) fn own_routes(&self, path: &str) -> bool {
        self.matches("own-routes", |values| values[0] == path)
    }

    /// Entries of these kinds that nothing needed.
    pub(crate) fn unused(&self, kinds: &[&str]) -> Vec<Finding> {
        let idle = self
            .entries
            .iter()
            .filter(|entry| kinds.contains(&entry.kind) && !entry.is_used.get());
        idle.map(Entry::unused).collect()
    }

    fn matches(&self, kind: &str, is_meant: impl Fn(&[String]) -> bool) -> bool {
        let mut any = false;
        for entry in self
            .entries
            .iter()
            .filter(|entry| entry.kind == kind && is_meant(&entry.values))
        {
            entry.is_used.set(true);
            any = true;
        }
        any
    }
}

impl Entry {
    fn parse(kind: &'static str, keys: &[&str], entry: &toml::Value) -> Result<Self, Failure> {
        let value = |key: &str| {
            let text = entry
                .get(key)
                .and_then(toml::Value::as_str)
                .filter(|text| !text.trim().is_empty());
            text.map(str::to_owned)
                .ok_or_else(|| Failure::new(format!("{PATH}: an entry of [[{kind}]] lacks `{key}`")))
        };
        value("reason")?;
        let values = keys.iter().map(|key| value(key)).collect::<Result<_, _>>()?;
        Ok(Self {
            kind,
            values,
            is_used: Cell::new(false),
        })
    }

    fn unused(&self) -> Finding {
        let message = format!(
            "[[{}]] {} excuses nothing: remove it",
            self.kind,
            self.values.join(" ")
        );
        Finding {
            path: PATH.into(),
            line: 0,
            message,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excuse_without_a_reason_is_refused() {
        let error = Excuses::parse("[[long-file]]\npath = \"a.rs\"\n")
            .err()
            .unwrap()
            .to_string();
        assert!(error.contains("lacks `reason`"), "{error}");
    }

    #[test]
    fn an_unknown_kind_is_refused() {
        assert!(Excuses::parse("[[untidy]]\npath = \"a.rs\"\nreason = \"old\"\n").is_err());
    }

    #[test]
    fn an_excuse_that_excuses_nothing_is_a_finding() {
        let text = "[[long-file]]\npath = \"a.rs\"\nreason = \"one table\"\n\
                    [[long-file]]\npath = \"b.rs\"\nreason = \"one table\"\n";
        let excuses = Excuses::parse(text).unwrap();
        assert!(excuses.long_file("a.rs"));
        assert!(!excuses.long_file("c.rs"));
        let unused = excuses.unused(&["long-file"]);
        assert_eq!(unused.len(), 1);
        assert!(unused[0].message.contains("b.rs"));
        assert!(excuses.unused(&["plain-text"]).is_empty());
    }
}
