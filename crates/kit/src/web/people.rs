//! How a name becomes an avatar when there is no picture: initials on one of a few calm colours.

/// Up to two initials: of the first and the last word.
pub fn initials(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect()
}

/// Which of the eight avatar colours a name gets: always the same for the same name.
pub fn hue(name: &str) -> u8 {
    // FNV-1a: small, stable across versions, and spreads short names well.
    let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    (hash >> 16) as u8 % 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_come_from_the_first_and_last_word() {
        assert_eq!(initials("Leyla Quliyeva"), "LQ");
        assert_eq!(initials("Jan van der Berg"), "JB");
        assert_eq!(initials("łukasz"), "Ł");
        assert_eq!(initials("  "), "");
    }

    #[test]
    fn a_name_keeps_its_colour() {
        assert_eq!(hue("Leyla Quliyeva"), hue("Leyla Quliyeva"));
        assert!((0..200).map(|n| hue(&format!("name {n}"))).all(|hue| hue < 8));
    }
}
