//! Cuts SQL into tokens, enough for the rules: texts and comments are set apart from words.

/// One piece of SQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A keyword or a name, as written.
    Word(String),
    /// `$1`.
    Placeholder(usize),
    /// A text in single quotes, a name in double quotes or a number: no rule looks inside.
    Value,
    /// Any other mark.
    Mark(char),
}

/// SQL in pieces.
#[derive(Debug, Default)]
pub(super) struct Lexed {
    /// What the database reads.
    pub(super) tokens: Vec<Token>,
    /// What stands behind `--`, trimmed, one entry a line.
    pub(super) comments: Vec<String>,
}

impl Token {
    /// Whether this is the word, in any case.
    pub(super) fn is(&self, word: &str) -> bool {
        matches!(self, Self::Word(own) if own.eq_ignore_ascii_case(word))
    }

    /// The word, if it is one.
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            _ => None,
        }
    }
}

/// Cuts `text` into pieces.
pub(super) fn lex(text: &str) -> Lexed {
    let mut lexed = Lexed::default();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\'' | '"' => quoted(rest, first, &mut lexed),
            '-' if rest.starts_with("--") => comment(rest, &mut lexed),
            '$' => placeholder(rest, &mut lexed),
            _ if first.is_ascii_digit() => number(rest, &mut lexed),
            _ if is_in_word(first) => word(rest, &mut lexed),
            _ => {
                if !first.is_whitespace() {
                    lexed.tokens.push(Token::Mark(first));
                }
                first.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    lexed
}

/// A doubled quote closes and opens again at once, which leaves two values side by side: good enough here.
fn quoted(rest: &str, quote: char, lexed: &mut Lexed) -> usize {
    lexed.tokens.push(Token::Value);
    rest[1..].find(quote).map_or(rest.len(), |end| end + 2)
}

fn comment(rest: &str, lexed: &mut Lexed) -> usize {
    let line = rest.lines().next().unwrap_or(rest);
    lexed
        .comments
        .push(line.trim_start_matches('-').trim().to_owned());
    line.len()
}

fn placeholder(rest: &str, lexed: &mut Lexed) -> usize {
    let digits = count_while(&rest[1..], |character| character.is_ascii_digit());
    lexed.tokens.push(match rest[1..=digits].parse() {
        Ok(number) => Token::Placeholder(number),
        Err(_) => Token::Mark('$'),
    });
    1 + digits
}

fn number(rest: &str, lexed: &mut Lexed) -> usize {
    lexed.tokens.push(Token::Value);
    count_while(rest, |character| character.is_ascii_digit() || character == '.')
}

fn word(rest: &str, lexed: &mut Lexed) -> usize {
    let length = count_while(rest, is_in_word);
    lexed.tokens.push(Token::Word(rest[..length].to_owned()));
    length
}

fn is_in_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn count_while(text: &str, is_inside: impl Fn(char) -> bool) -> usize {
    text.find(|character| !is_inside(character)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_comments_are_set_apart_from_words() {
        let lexed = lex("select 'now()' from t -- offset\nwhere a = $12 and b >= 1.5");
        let words: Vec<&str> = lexed.tokens.iter().filter_map(Token::word).collect();
        assert_eq!(words, ["select", "from", "t", "where", "a", "and", "b"]);
        assert_eq!(lexed.comments, ["offset"]);
        assert!(lexed.tokens.contains(&Token::Placeholder(12)));
        assert!(lexed.tokens.contains(&Token::Mark('>')));
    }

    #[test]
    fn what_does_not_end_ends_with_the_text() {
        assert_eq!(lex("'open").tokens, [Token::Value]);
        assert_eq!(lex("$").tokens, [Token::Mark('$')]);
        assert!(lex("-- é").tokens.is_empty());
    }
}
