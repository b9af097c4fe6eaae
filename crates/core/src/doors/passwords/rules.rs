//! Which passwords are taken: long ones that nobody would try first. No rules about signs, no expiry (NIST SP 800-63B).

use kit::text::fold;

use super::Password;

/// The fewest characters.
pub const SHORTEST: usize = 12;
/// The most characters; hashing time does not grow with what strangers send.
pub const LONGEST: usize = 200;

/// Common beginnings: what is left when digits and signs are taken from the ends of the commonest passwords.
const COMMON: &str = include_str!("common.txt");

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// Fewer than [`SHORTEST`] characters.
    Short,
    /// More than [`LONGEST`] characters.
    Long,
    /// Among those that are tried first.
    Common,
    /// Mostly the person's own name, address or workspace.
    Personal,
    /// The same few signs again and again, or a run such as `abcdef`.
    Repeating,
}

/// What is wrong with a password of someone to whom the words `about` belong: name, address, workspace.
///
/// # Errors
/// The first [`Weakness`].
pub fn check(password: &Password, about: &[&str]) -> Result<(), Weakness> {
    let text = password.expose();
    match text.chars().count() {
        length if length < SHORTEST => return Err(Weakness::Short),
        length if length > LONGEST => return Err(Weakness::Long),
        _ => {}
    }
    let folded = fold(text);
    if is_repeating(&folded) {
        return Err(Weakness::Repeating);
    }
    let core = folded.trim_matches(|c: char| !c.is_alphabetic());
    let plain: String = core.chars().map(letter).collect();
    let is_common = |word: &str| [core, &plain, &folded].contains(&word);
    if COMMON.lines().any(is_common) || is_twice_common(core) {
        return Err(Weakness::Common);
    }
    if is_personal(&folded, about) {
        return Err(Weakness::Personal);
    }
    Ok(())
}

/// A common word written twice, such as `letmeinletmein`.
fn is_twice_common(core: &str) -> bool {
    COMMON
        .lines()
        .any(|word| !word.is_empty() && core.len() == 2 * word.len() && core.replace(word, "").is_empty())
}

/// Signs that stand for letters, as everybody who guesses knows.
fn letter(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

/// Three different signs at most, or each the neighbour of the one before nearly everywhere.
fn is_repeating(text: &str) -> bool {
    let signs: Vec<char> = text.chars().collect();
    let distinct: std::collections::BTreeSet<_> = signs.iter().collect();
    let steps = signs
        .windows(2)
        .filter(|pair| (pair[0] as i64 - pair[1] as i64).abs() <= 1)
        .count();
    distinct.len() <= 3 || steps * 10 >= (signs.len() - 1) * 8
}

/// What is left without the person's own words is short.
fn is_personal(folded: &str, about: &[&str]) -> bool {
    let words = about.iter().flat_map(|text| {
        let folded = fold(text);
        let parts: Vec<_> = folded
            .split(|c: char| !c.is_alphanumeric())
            .map(str::to_owned)
            .collect();
        parts
    });
    let left = words
        .filter(|word| word.chars().count() >= 3)
        .fold(folded.to_owned(), |left, word| left.replace(&word, ""));
    left != folded && left.chars().count() <= SHORTEST / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_for_ada(text: &str) -> Result<(), Weakness> {
        check(
            &text.into(),
            &["Ada Byron", "ada.byron@fernweh.example", "Fernweh Software"],
        )
    }

    #[test]
    fn long_and_unexpected_passwords_are_taken() {
        for good in [
            "correct horse battery",
            "zażółć gęślą jaźń",
            "тихая река под мостом",
            "Xk9#vQ2!mTz7",
        ] {
            assert_eq!(check_for_ada(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn what_is_tried_first_is_refused_with_its_reason() {
        for (bad, reason) in [
            ("short", Weakness::Short),
            ("elevensigns", Weakness::Short),
            ("Password1234", Weakness::Common),
            ("P@ssw0rd!!!!", Weakness::Common),
            ("Qwertyuiop123", Weakness::Common),
            ("1q2w3e4r5t6y", Weakness::Common),
            ("letmeinletmein", Weakness::Common),
            ("aaaaaaaaaaaaaaaa", Weakness::Repeating),
            ("123456789012", Weakness::Repeating),
            ("abcdefghijklm", Weakness::Repeating),
            ("Ada.Byron1234", Weakness::Personal),
            ("fernweh-2026!", Weakness::Personal),
        ] {
            assert_eq!(check_for_ada(bad), Err(reason), "{bad}");
        }
        assert_eq!(check_for_ada(&"ab c".repeat(51)), Err(Weakness::Long));
    }
}
