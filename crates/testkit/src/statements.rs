//! Checks on every statement of a program: the registry holds them all, and each means the same on both databases.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use kit::db::describe::{Described, DescribedColumn};
use kit::db::sql::{Sql, registry};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::fresh::{Lists, Place, run};

/// Prepares every statement of the program's own sources on both databases, with the whole schema of `lists`, and
/// compares: as many parameters, the same columns, of the same of our five types where both tell.
///
/// # Panics
/// With a line for each statement that does not.
pub fn every_statement_prepares(lists: Lists) {
    let lite = described(Place::Sqlite, lists).expect("SQLite is always there");
    let pg = described(Place::Postgres, lists);
    let of_lite = lite.iter().filter_map(|(sql, lite)| match lite {
        Ok(_) => None,
        Err(problem) => Some(format!("{} on SQLite: {problem}", sql.place())),
    });
    let mut problems: Vec<String> = of_lite.collect();
    for ((sql, pg), (_, lite)) in pg.iter().flatten().zip(&lite) {
        match (pg, lite) {
            (Ok(pg), lite) => problems.extend(differences(sql, lite.as_ref().ok(), pg)),
            (Err(problem), _) => problems.push(format!("{} on PostgreSQL: {problem}", sql.place())),
        }
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

type Shapes = Vec<(&'static Sql, Result<Described, String>)>;

/// What a database says about each statement; `None` when there is no such database.
fn described(place: Place, lists: Lists) -> Option<Shapes> {
    let mut statements: Vec<_> = registry().filter(|sql| is_own(sql.file())).collect();
    statements.sort_by_key(|sql| sql.place());
    let found = Arc::new(Mutex::new(None));
    let (asked, slot) = (statements.clone(), Arc::clone(&found));
    run(place, lists, |test| async move {
        let shapes = test.describe(asked).await;
        *slot.lock().expect("nobody panicked") = Some(shapes.expect("a fresh database answers"));
    });
    let shapes = found.lock().expect("nobody panicked").take()?;
    let words = shapes
        .into_iter()
        .map(|shape| shape.map_err(|error| error.to_string()));
    Some(statements.into_iter().zip(words).collect())
}

fn differences(sql: &Sql, lite: Option<&Described>, pg: &Described) -> Vec<String> {
    let mut found: Vec<String> = pg
        .columns
        .iter()
        .filter(|column| column.kind().is_none())
        .map(|column| {
            let word = column.word.as_deref().unwrap_or_default();
            format!(
                "the column {} is {word}, which is none of our five types",
                column.name
            )
        })
        .collect();
    if let Some(lite) = lite {
        if lite.parameters != pg.parameters {
            let (lite, pg) = (lite.parameters, pg.parameters);
            found.push(format!("{lite} parameters on SQLite, {pg} on PostgreSQL"));
        }
        if names(lite) != names(pg) {
            let (lite, pg) = (names(lite), names(pg));
            found.push(format!("columns {lite:?} on SQLite, {pg:?} on PostgreSQL"));
        } else {
            found.extend(
                lite.columns
                    .iter()
                    .zip(&pg.columns)
                    .filter_map(|(lite, pg)| other_type(lite, pg)),
            );
        }
    }
    found
        .into_iter()
        .map(|problem| format!("{}: {problem}", sql.place()))
        .collect()
}

fn other_type(lite: &DescribedColumn, pg: &DescribedColumn) -> Option<String> {
    let (ours, theirs) = (lite.kind()?, pg.kind()?);
    (ours != theirs).then(|| {
        format!(
            "the column {} is {} on SQLite, {} on PostgreSQL",
            lite.name,
            ours.name(),
            theirs.name()
        )
    })
}

fn names(described: &Described) -> Vec<&str> {
    described
        .columns
        .iter()
        .map(|column| column.name.as_str())
        .collect()
}

/// Whether a file is the program's own and no test. The test kit's statements stand on tables of their own.
fn is_own(file: &str) -> bool {
    file.contains("/src/") && !file.contains("crates/testkit/") && !is_test(file)
}

fn is_test(file: &str) -> bool {
    file.ends_with("/tests.rs") || file.contains("/tests/")
}

/// Compares the registry with the sources of `crates`, folders below `crates/`: every `sql!` written in a file must
/// be linked into this program, or the linker has left a file out and nobody would prepare what it says.
///
/// # Panics
/// With a line for each file that has more or fewer.
pub fn every_statement_is_registered(crates: &[&str]) {
    let mut written = BTreeMap::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for folder in crates {
        let files = walkdir::WalkDir::new(root.join(folder).join("src")).into_iter();
        for file in files.filter_map(Result::ok) {
            let path = file.path().strip_prefix(&root).expect("it lies below the root");
            let name = format!("crates/{}", path.display());
            if name.ends_with(".rs") && !is_test(&name) {
                let text = std::fs::read_to_string(file.path()).expect("the source can be read");
                let tokens: TokenStream = text.parse().expect("the source is Rust");
                written.insert(name, calls(tokens));
            }
        }
    }
    let mut registered: BTreeMap<&str, usize> = BTreeMap::new();
    for sql in registry() {
        *registered.entry(sql.file()).or_default() += 1;
    }
    let problems: Vec<String> = written
        .iter()
        .map(|(file, written)| {
            let linked = registered.get(file.as_str()).copied().unwrap_or(0);
            (file, *written, linked)
        })
        .filter(|(_, written, linked)| written != linked)
        .map(|(file, written, linked)| format!("{file}: {written} statements written, {linked} linked"))
        .collect();
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

/// How often `sql!` is called in `tokens`, inside other macros too, but not in tests or in macros' own text.
fn calls(tokens: TokenStream) -> usize {
    let mut count = 0;
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        if let [first, TokenTree::Group(attribute), ..] = &tokens[at..]
            && is_mark(first, '#')
            && attribute.stream().to_string().replace(' ', "") == "cfg(test)"
        {
            at += 2 + item_length(&tokens[at + 2..]);
            continue;
        }
        match &tokens[at..] {
            [TokenTree::Ident(name), bang, TokenTree::Group(_), ..]
                if name == "sql" && is_mark(bang, '!') =>
            {
                count += 1;
                at += 3;
            }
            [
                TokenTree::Ident(name),
                bang,
                TokenTree::Ident(_),
                TokenTree::Group(_),
                ..,
            ] if name == "macro_rules" && is_mark(bang, '!') => {
                at += 4;
            }
            [TokenTree::Group(group), ..] => {
                count += calls(group.stream());
                at += 1;
            }
            _ => at += 1,
        }
    }
    count
}

/// An item ends with its block or its semicolon.
fn item_length(tokens: &[TokenTree]) -> usize {
    let is_end = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        token => is_mark(token, ';'),
    };
    tokens.iter().position(is_end).map_or(tokens.len(), |end| end + 1)
}

fn is_mark(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_counted_in_macros_but_not_in_tests() {
        let text = r#"
            macro_rules! all { () => { sql!("no") } }
            fn a() { tx.one(sql!("1"), params![]); assert!(tx.rows(sql! { lite: "2", pg: "2" }).is_ok()); }
            #[cfg(test)]
            mod tests { fn b() { sql!("no"); } }
            fn c() { crate::sql!("3") }
        "#;
        assert_eq!(calls(text.parse().unwrap()), 3);
    }

    fn shape(parameters: usize, columns: &[(&str, Option<&str>)]) -> Described {
        Described {
            parameters,
            columns: columns
                .iter()
                .map(|(name, word)| DescribedColumn {
                    name: (*name).to_owned(),
                    word: word.map(str::to_owned),
                })
                .collect(),
        }
    }

    #[test]
    fn what_differs_is_told_by_place_and_column() {
        static SQL: Sql = Sql::new(None, "", "", "store.rs", 7);
        let lite = shape(1, &[("id", Some("blob")), ("is_open", Some("int")), ("n", None)]);
        let good = shape(
            1,
            &[
                ("id", Some("bytea")),
                ("is_open", Some("boolean")),
                ("n", Some("bigint")),
            ],
        );
        assert!(differences(&SQL, Some(&lite), &good).is_empty());
        let bad = shape(
            2,
            &[
                ("id", Some("text")),
                ("is_open", Some("boolean")),
                ("n", Some("numeric")),
            ],
        );
        assert_eq!(
            differences(&SQL, Some(&lite), &bad),
            [
                "store.rs:7: the column n is numeric, which is none of our five types",
                "store.rs:7: 1 parameters on SQLite, 2 on PostgreSQL",
                "store.rs:7: the column id is bytea on SQLite, text on PostgreSQL",
            ]
        );
        let other = shape(1, &[("id", Some("bytea"))]);
        assert!(
            differences(&SQL, Some(&lite), &other)[0]
                .contains("columns [\"id\", \"is_open\", \"n\"] on SQLite")
        );
    }
}
