//! The form of a word by which it is found from any keyboard.

use unicode_normalization::UnicodeNormalization;

/// A text without capitals and accents: `ŁÓDŹ` and `łódź` are `lodz`, `ёлка` is `елка`, `Əli` is `eli`, and every i with
/// or without dot is `i`, so that both readings of a capital I match.
///
/// Marks that only colour a letter are dropped; marks that make another letter stay: й is not и, and Indian and Japanese
/// vowel and voice marks are letters of their own.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let lower = text.chars().flat_map(char::to_lowercase);
    let mut folded = String::with_capacity(text.len());
    for c in lower.nfkc() {
        match c {
            'a'..='z' | '0'..='9' | 'й' => folded.push(c),
            _ => std::iter::once(c)
                .nfkd()
                .filter(|c| !is_accent(*c))
                .for_each(|c| plain(c, &mut folded)),
        }
    }
    folded.nfc().collect()
}

/// Letters that Unicode does not take apart and that people still type as others.
fn plain(c: char, out: &mut String) {
    match c {
        'ł' => out.push('l'),
        'ı' => out.push('i'),
        'ə' => out.push('e'),
        'ø' => out.push('o'),
        'đ' | 'ð' => out.push('d'),
        'ħ' => out.push('h'),
        'ŧ' => out.push('t'),
        'ŋ' => out.push('n'),
        'ß' => out.push_str("ss"),
        'æ' => out.push_str("ae"),
        'œ' => out.push_str("oe"),
        'þ' => out.push_str("th"),
        'ς' => out.push('σ'),
        c => out.extend(c.to_lowercase()),
    }
}

/// Accents of Latin, Greek and Cyrillic letters, Hebrew points, Arabic vowel signs.
const fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// The term of a flag: `tag:vip`.
pub(super) fn flag(name: &str, value: &str) -> String {
    format!("{name}:{}", whole_term(value))
}

/// A text as one term: folded, without space around it, not endless.
pub(super) fn whole_term(text: &str) -> String {
    fold(text.trim()).chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fold_alike_from_any_keyboard() {
        for (written, folded) in [
            ("ŁÓDŹ", "lodz"),
            ("Zażółć gęślą jaźń", "zazolc gesla jazn"),
            ("Ёлка", "елка"),
            ("ЕЩЁ", "еще"),
            ("Йод", "йод"),
            ("Əliyev", "eliyev"),
            ("ƏLİYEV", "eliyev"),
            ("Işıq", "isiq"),
            ("IŞIQ", "isiq"),
            ("işıq", "isiq"),
            ("İSTANBUL", "istanbul"),
            ("ISTANBUL", "istanbul"),
            ("Straße", "strasse"),
            ("Café", "cafe"),
            ("Cafe\u{301}", "cafe"),
            ("ﬁne", "fine"),
            ("Ａｂｃ", "abc"),
            ("ガ", "ガ"),
            ("हिन्दी", "हिन्दी"),
            ("ΟΔΟΣ", "οδοσ"),
        ] {
            assert_eq!(fold(written), folded, "{written}");
        }
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for text in ["ŁÓDŹ", "Ёлка", "Əliyev", "İ", "ǅ", "ẞ", "한국어", "ｶﾞ", "ﷺ"] {
            assert_eq!(fold(&fold(text)), fold(text), "{text}");
        }
    }
}
