//! Cutting a text into words.
//!
//! A word is a run of letters and digits; an apostrophe within one is passed over (`don't`, `Bakı'nın`). A run of Chinese
//! or Japanese becomes its pairs of neighbouring characters and, at its end, the last character alone, so that each
//! character begins some word.

use unicode_normalization::char::is_combining_mark;

use super::fold::fold;

/// No word is longer than this; the rest of a longer one is not looked at. In characters.
const LONGEST: usize = 60;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Without capitals and accents.
    pub(super) folded: String,
    /// In lower case, for stemming; empty for Chinese and Japanese.
    pub(super) lower: String,
    /// Where it begins in the text, in bytes.
    pub(super) from: usize,
    /// Where it ends.
    pub(super) to: usize,
    /// The last character of a Chinese or Japanese run, alone.
    pub(super) is_rest: bool,
}

impl Word {
    /// Whether it is of a language with spaces between words.
    pub(super) fn is_spaced(&self) -> bool {
        !self.lower.is_empty()
    }
}

/// The words of `text`, in order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some(&(from, c)) = rest.peek() {
        if is_unspaced(c) {
            let mut run = Vec::new();
            while let Some((at, c)) = rest.next_if(|(_, c)| is_unspaced(*c)) {
                run.push((at, at + c.len_utf8()));
            }
            pairs(text, &run, &mut words);
        } else if c.is_alphanumeric() {
            let mut to = from;
            let mut letters = String::new();
            while let Some((at, c)) = rest.next_if(|(_, c)| is_of_word(*c) || is_apostrophe(*c)) {
                if is_apostrophe(c) {
                    if !rest.peek().is_some_and(|(_, next)| is_of_word(*next)) {
                        break;
                    }
                    continue;
                }
                to = at + c.len_utf8();
                letters.push(c);
            }
            words.push(spaced(&letters, from, to));
        } else {
            rest.next();
        }
    }
    words
}

fn spaced(letters: &str, from: usize, to: usize) -> Word {
    let short: String = letters.chars().take(LONGEST).collect();
    Word {
        folded: fold(&short),
        lower: short.to_lowercase(),
        from,
        to,
        is_rest: false,
    }
}

fn pairs(text: &str, run: &[(usize, usize)], words: &mut Vec<Word>) {
    let word = |from: usize, to: usize, is_rest| Word {
        folded: fold(&text[from..to]),
        lower: String::new(),
        from,
        to,
        is_rest,
    };
    for pair in run.windows(2) {
        words.push(word(pair[0].0, pair[1].1, false));
    }
    if let Some(&(from, to)) = run.last() {
        words.push(word(from, to, run.len() > 1));
    }
}

fn is_of_word(c: char) -> bool {
    (c.is_alphanumeric() || is_combining_mark(c)) && !is_unspaced(c)
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// Whether `c` belongs to a script that is written without spaces: Han, Hiragana, Katakana.
const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{3099}'..='\u{309f}' | '\u{30a1}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3134f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        assert_eq!(folded("Hello, World-42!"), ["hello", "world", "42"]);
        assert_eq!(
            folded("don't Bakı'nın rock ’n’ roll"),
            ["dont", "bakinin", "rock", "n", "roll"]
        );
        assert_eq!(folded("ada@example.com"), ["ada", "example", "com"]);
        assert_eq!(folded(" … ''"), Vec::<String>::new());
    }

    #[test]
    fn scripts_without_spaces_become_pairs() {
        assert_eq!(folded("東京都"), ["東京", "京都", "都"]);
        assert_eq!(folded("東"), ["東"]);
        assert_eq!(folded("iPhone東京"), ["iphone", "東京", "京"]);
    }

    #[test]
    fn places_are_those_in_the_text() {
        let text = "Żółw i łódź";
        let places: Vec<_> = words(text).iter().map(|word| &text[word.from..word.to]).collect();
        assert_eq!(places, ["Żółw", "i", "łódź"]);
    }

    #[test]
    fn a_word_without_end_is_cut() {
        assert_eq!(folded(&"a".repeat(500))[0].len(), 60);
    }
}
