//! The vocabulary: words that no statement may use, and words that only a twin may.

use super::lexer::Token;

/// A forbidden word, and what to do instead.
struct Ban {
    /// The word; with `(` behind it only its use as a function, with `*` every word that begins so.
    word: &'static str,
    instead: &'static str,
}

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
    Ban {
        word: "now(",
        instead: CLOCK,
    },
    Ban {
        word: "current_*",
        instead: CLOCK,
    },
    Ban {
        word: "localtime*",
        instead: CLOCK,
    },
    Ban {
        word: "clock_timestamp",
        instead: CLOCK,
    },
    Ban {
        word: "random(",
        instead: RANDOMNESS,
    },
    Ban {
        word: "randomblob",
        instead: RANDOMNESS,
    },
    Ban {
        word: "gen_random_*",
        instead: IDENTITY,
    },
    Ban {
        word: "autoincrement",
        instead: IDENTITY,
    },
    Ban {
        word: "serial",
        instead: IDENTITY,
    },
    Ban {
        word: "bigserial",
        instead: IDENTITY,
    },
    Ban {
        word: "identity",
        instead: IDENTITY,
    },
    Ban {
        word: "nextval",
        instead: IDENTITY,
    },
    Ban {
        word: "offset",
        instead: "page by key: `where (a, id) > ($1, $2) order by a, id`",
    },
];

/// Not in a text that both databases read.
const IN_ONE_TEXT: &[Ban] = &[
    Ban {
        word: "ilike",
        instead: FOLDING,
    },
    Ban {
        word: "similar",
        instead: FOLDING,
    },
    Ban {
        word: "glob",
        instead: FOLDING,
    },
    Ban {
        word: "regexp",
        instead: FOLDING,
    },
    Ban {
        word: "collate",
        instead: FOLDING,
    },
    Ban {
        word: "lower(",
        instead: FOLDING,
    },
    Ban {
        word: "upper(",
        instead: FOLDING,
    },
    Ban {
        word: "json",
        instead: JSON,
    },
    Ban {
        word: "jsonb*",
        instead: JSON,
    },
    Ban {
        word: "json_*",
        instead: JSON,
    },
    Ban {
        word: "array*",
        instead: ARRAYS,
    },
    Ban {
        word: "unnest",
        instead: ARRAYS,
    },
    Ban {
        word: "any(",
        instead: ARRAYS,
    },
    Ban {
        word: "timestamp*",
        instead: CALENDAR,
    },
    Ban {
        word: "interval",
        instead: CALENDAR,
    },
    Ban {
        word: "date_*",
        instead: CALENDAR,
    },
    Ban {
        word: "datetime",
        instead: CALENDAR,
    },
    Ban {
        word: "extract(",
        instead: CALENDAR,
    },
    Ban {
        word: "strftime",
        instead: CALENDAR,
    },
    Ban {
        word: "julianday",
        instead: CALENDAR,
    },
    Ban {
        word: "unixepoch",
        instead: CALENDAR,
    },
    Ban {
        word: "to_char",
        instead: CALENDAR,
    },
    Ban {
        word: "ifnull",
        instead: DIALECT,
    },
    Ban {
        word: "rowid",
        instead: DIALECT,
    },
    Ban {
        word: "ctid",
        instead: DIALECT,
    },
    Ban {
        word: "pragma",
        instead: DIALECT,
    },
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
            let word = ban.word.trim_end_matches('(');
            problems.push(format!("`{word}` is forbidden: {}", ban.instead));
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
        if let Some(function) = self.word.strip_suffix('(') {
            word == function && next == Some(&Token::Mark('('))
        } else if let Some(beginning) = self.word.strip_suffix('*') {
            word.starts_with(beginning)
        } else {
            word == self.word
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
            let word = ban.word.replace('*', "x").replace('(', "(a)");
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
