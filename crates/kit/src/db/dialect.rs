//! PostgreSQL's words in SQLite's: our statements and migrations are written once, for PostgreSQL.

/// A statement for SQLite: `$n` as `?n`, and without a closing `for update`, because SQLite's writers are alone anyway.
pub(super) fn statement(text: &str) -> String {
    let kept = text.trim_end();
    let kept = kept.strip_suffix("for update").unwrap_or(kept);
    pieces(kept)
        .map(|piece| match piece {
            Piece::Kept(text) => text.to_owned(),
            Piece::Code(code) => numbered(code),
        })
        .collect()
}

/// The text of a migration for SQLite: column types by SQLite's names, tables strict. A boolean gets the shorter of the
/// two words for an integer, so that the catalogue can tell it.
pub(super) fn schema(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut statement = String::new();
    for piece in pieces(text) {
        let code = match piece {
            Piece::Kept(text) => {
                out.push_str(text);
                continue;
            }
            Piece::Code(code) => typed(code),
        };
        for part in code.split_inclusive(';') {
            statement.push_str(part);
            match part.strip_suffix(';') {
                Some(body) if is_table(&statement) => {
                    out.push_str(body);
                    out.push_str(" strict;");
                }
                _ => out.push_str(part),
            }
            if part.ends_with(';') {
                statement.clear();
            }
        }
    }
    out
}

fn numbered(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut rest = code.chars().peekable();
    while let Some(c) = rest.next() {
        let is_parameter = c == '$' && rest.peek().is_some_and(char::is_ascii_digit);
        out.push(if is_parameter { '?' } else { c });
    }
    out
}

fn is_table(statement: &str) -> bool {
    let mut words = statement.split_whitespace();
    (words.next(), words.next()) == (Some("create"), Some("table"))
}

fn typed(code: &str) -> String {
    let code = code.replace("double precision", "real");
    let mut out = String::with_capacity(code.len());
    let mut rest = code.as_str();
    while !rest.is_empty() {
        let word = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        out.push_str(match &rest[..word] {
            "bytea" => "blob",
            "bigint" => "integer",
            "boolean" => "int",
            other => other,
        });
        let other = rest[word..].chars().next().map_or(0, char::len_utf8);
        out.push_str(&rest[word..word + other]);
        rest = &rest[word + other..];
    }
    out
}

/// A stretch of SQL.
enum Piece<'t> {
    /// Words and marks.
    Code(&'t str),
    /// A text, a quoted name or a comment: not ours to change.
    Kept(&'t str),
}

fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let kept = match rest.chars().next()? {
            quote @ ('\'' | '"') => rest[1..].find(quote).map_or(rest.len(), |end| end + 2),
            _ if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            _ => 0,
        };
        let (piece, after) = if kept > 0 {
            (Piece::Kept(&rest[..kept]), &rest[kept..])
        } else {
            let end = ["'", "\"", "--"].iter().filter_map(|mark| rest.find(mark)).min();
            let (code, after) = rest.split_at(end.unwrap_or(rest.len()));
            (Piece::Code(code), after)
        };
        rest = after;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_numbered_the_same_whatever_their_order() {
        assert_eq!(
            statement("select a from t where b = $2 and c = $1"),
            "select a from t where b = ?2 and c = ?1"
        );
        assert_eq!(
            statement("select '$1' from t where a = $1\n for update\n"),
            "select '$1' from t where a = ?1\n "
        );
    }

    #[test]
    fn tables_are_strict_and_typed_by_sqlites_names() {
        let text = "create table t (\n  id bytea not null,\n  n bigint,\n  x double precision,\n  is_y boolean default false,\n  primary key (id)\n);\ncreate index i on t (n);";
        assert_eq!(
            schema(text),
            "create table t (\n  id blob not null,\n  n integer,\n  x real,\n  is_y int default false,\n  primary key (id)\n) strict;\ncreate index i on t (n);"
        );
    }

    #[test]
    fn comments_and_texts_change_nothing() {
        let text = "-- once; a boolean\ncreate table t ( -- its bigint; here\n  a text not null default 'a boolean; ''x''' -- it's\n);";
        assert_eq!(
            schema(text),
            "-- once; a boolean\ncreate table t ( -- its bigint; here\n  a text not null default 'a boolean; ''x''' -- it's\n) strict;"
        );
    }
}
