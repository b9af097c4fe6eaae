//! The vocabulary: words that no statement may use, and words that only a twin may.

use super::lexer::Token;

/// A forbidden word, and what to do instead. With `(` behind it only the word's use as a function is meant, with
/// `*` every word that begins so.
struct Ban(&'static str, &'static str);

const CLOCK: &str = "time is a parameter: pass tx.now()";
const IDENTITY: &str = "ids are parameters: pass tx.new_id()";
const RANDOMNESS: &str = "randomness is a parameter";
const FOLDING: &str = "match a stored column that was folded in Rust";
const JSON: &str = "JSON is text to the database: parse it in Rust";
const ARRAYS: &str = "no arrays: a list of values is one of the kinds of twin statement";
const CALENDAR: &str = "times are bigint microseconds, calendar arithmetic is done in Rust";
const DIALECT: &str = "one database only: use standard SQL";

/// Never, not even where the two databases get a text each.
const NOWHERE: &[Ban] = &[
    Ban("now(", CLOCK),
    Ban("current_*", CLOCK),
    Ban("localtime*", CLOCK),
    Ban("clock_timestamp", CLOCK),
    Ban("random(", RANDOMNESS),
    Ban("randomblob", RANDOMNESS),
    Ban("gen_random_*", IDENTITY),
    Ban("autoincrement", IDENTITY),
    Ban("serial", IDENTITY),
    Ban("bigserial", IDENTITY),
    Ban("identity", IDENTITY),
    Ban("nextval", IDENTITY),
    Ban("offset", "page by key: `where (a, id) > ($1, $2) order by a, id`"),
];

/// Not in a text that both databases read.
const IN_ONE_TEXT: &[Ban] = &[
    Ban("ilike", FOLDING),
    Ban("similar", FOLDING),
    Ban("glob", FOLDING),
    Ban("regexp", FOLDING),
    Ban("collate", FOLDING),
    Ban("lower(", FOLDING),
    Ban("upper(", FOLDING),
    Ban("json", JSON),
    Ban("jsonb*", JSON),
    Ban("json_*", JSON),
    Ban("array*", ARRAYS),
    Ban("unnest", ARRAYS),
    Ban("any(", ARRAYS),
    Ban("timestamp*", CALENDAR),
    Ban("interval", CALENDAR),
    Ban("date_*", CALENDAR),
    Ban("datetime", CALENDAR),
    Ban("extract(", CALENDAR),
    Ban("strftime", CALENDAR),
    Ban("julianday", CALENDAR),
    Ban("unixepoch", CALENDAR),
    Ban("to_char", CALENDAR),
    Ban("ifnull", DIALECT),
    Ban("rowid", DIALECT),
    Ban("ctid", DIALECT),
    Ban("pragma", DIALECT),
];

/// The only types: what both databases keep without changing it.
pub(super) const TYPES: &[&str] = &["text", "bigint", "boolean", "double precision", "bytea"];

/// Breaches of the vocabulary; a twin's text may use its own database's dialect.
pub(super) fn problems(tokens: &[Token], is_twin: bool) -> Vec<String> {
    let mut problems = Vec::new();
    let bans = NOWHERE.iter().chain(if is_twin { &[] } else { IN_ONE_TEXT });
    for ban in bans {
        if tokens
            .iter()
            .enumerate()
            .any(|(at, token)| ban.meets(token, tokens.get(at + 1)))
        {
            let word = ban.0.trim_end_matches('(');
            problems.push(format!("`{word}` is forbidden: {}", ban.1));
        }
    }
    problems.extend(case(tokens));
    if !is_twin {
        problems.extend(marks(tokens));
        problems.extend(cast_types(tokens));
    }
    problems
}

impl Ban {
    fn meets(&self, token: &Token, next: Option<&Token>) -> bool {
        let Token::Word(word) = token else { return false };
        let word = word.to_ascii_lowercase();
        if let Some(function) = self.0.strip_suffix('(') {
            word == function && next == Some(&Token::Mark('('))
        } else if let Some(beginning) = self.0.strip_suffix('*') {
            word.starts_with(beginning)
        } else {
            word == self.0
        }
    }
}

fn case(tokens: &[Token]) -> Option<String> {
    let shouted = tokens
        .iter()
        .filter_map(Token::word)
        .find(|word| word.contains(char::is_uppercase))?;
    Some(format!("`{shouted}`: SQL is written in lower case"))
}

fn marks(tokens: &[Token]) -> Option<String> {
    tokens
        .iter()
        .enumerate()
        .find_map(|(at, token)| match (token, tokens.get(at + 1)) {
            (Token::Mark('?' | '@'), _) => Some("parameters are written `$1`, `$2`, …".to_owned()),
            (Token::Mark(':'), Some(Token::Mark(':'))) => {
                Some("a cast is written `cast(x as bigint)`".to_owned())
            }
            (Token::Mark(':'), Some(Token::Word(_))) => {
                Some("parameters are written `$1`, `$2`, …".to_owned())
            }
            (Token::Mark('[' | ']'), _) => Some(ARRAYS.to_owned()),
            (Token::Mark('~'), _) => Some(FOLDING.to_owned()),
            _ => None,
        })
}

fn cast_types(tokens: &[Token]) -> Vec<String> {
    let casts = tokens.iter().enumerate().filter(|(_, token)| token.is("cast"));
    let types = casts.filter_map(|(at, _)| cast_type(&tokens[at + 1..]));
    let foreign = types.filter(|name| !TYPES.contains(&name.as_str()));
    foreign
        .map(|name| format!("`{name}`: the types are {}", TYPES.join(", ")))
        .collect()
}

/// The words between `as` and the bracket that closes the cast.
fn cast_type(tokens: &[Token]) -> Option<String> {
    let mut depth = 0;
    let mut name: Option<Vec<&str>> = None;
    for token in tokens {
        match token {
            Token::Mark('(') => depth += 1,
            Token::Mark(')') if depth == 1 => return name.map(|words| words.join(" ")),
            Token::Mark(')') => depth -= 1,
            Token::Word(word) if depth == 1 && word == "as" => name = Some(Vec::new()),
            Token::Word(word) => name.iter_mut().for_each(|words| words.push(word)),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::lexer::lex;
    use super::*;

    fn found(text: &str) -> Vec<String> {
        problems(&lex(text).tokens, false)
    }

    #[test]
    fn portable_sql_passes() {
        for text in [
            "select id, subject from tickets where workspace_id = $1 and folded like $2 order by id limit $3",
            "select cast(sum(amount) as bigint) as total from ledger where workspace_id = $1",
            "insert into t (a) values ($1) on conflict (a) do update set a = excluded.a",
            "select id from t where note = 'NOW(), OFFSET' and closed_at is distinct from $1",
            "select now, random from t",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn each_forbidden_word_is_flagged() {
        for ban in NOWHERE.iter().chain(IN_ONE_TEXT) {
            let word = ban.0.replace('*', "x").replace('(', "(a)");
            assert_eq!(found(&format!("select {word} from t")).len(), 1, "{word}");
        }
    }

    #[test]
    fn a_twin_may_use_its_dialect_but_no_clock() {
        assert!(problems(&lex("select id from t where id = any($1)").tokens, true).is_empty());
        assert_eq!(
            problems(&lex("select id from t where due < now()").tokens, true).len(),
            1
        );
    }

    #[test]
    fn upper_case_is_flagged() {
        assert_eq!(found("SELECT id from t").len(), 1);
    }

    #[test]
    fn foreign_placeholders_casts_and_operators_are_flagged() {
        for text in [
            "select a from t where a = ?",
            "select a from t where a = ?1",
            "select a from t where a = :name",
            "select a from t where a = @name",
            "select a::text from t",
            "select a[1] from t",
            "select a from t where a ~ $1",
            "select cast(sum(a) as integer) from t",
            "select cast(a as numeric) from t",
        ] {
            assert_eq!(found(text).len(), 1, "{text}");
        }
    }
}
