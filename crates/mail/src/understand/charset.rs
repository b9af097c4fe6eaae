//! Bytes to text, whatever their label says.
//!
//! A label is believed unless the bytes contradict it: text that is well-formed UTF-8 beyond ASCII is UTF-8
//! whatever is written on it, and text that its label can't decode is guessed from its letters.

use super::trouble::{Trouble, Troubles};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    EUC_KR, Encoding, GB18030, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252,
};

/// Decodes text with its label, if it has one. NUL characters are taken out.
pub(crate) fn decode(bytes: &[u8], label: Option<&str>, troubles: &mut Troubles) -> String {
    let text = decode_as(bytes, label.map(normal).as_deref(), troubles);
    if text.contains('\0') {
        troubles.add(Trouble::NulBytes);
        return text.replace('\0', "");
    }
    text
}

fn decode_as(bytes: &[u8], label: Option<&str>, troubles: &mut Troubles) -> String {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return lossy(encoding, &bytes[length..], troubles);
    }
    let Some(label) = label.filter(|label| !says_nothing(label)) else {
        return unlabelled(bytes, Trouble::UnlabelledCharset, troubles);
    };
    if label == "utf-7" || label == "unicode-1-1-utf-7" || label == "unicode-2-0-utf-7" {
        return utf7(bytes);
    }
    if label.starts_with("utf-16") || label.starts_with("utf16") || label == "unicode" || label == "ucs-2" {
        return utf16(bytes, label, troubles);
    }
    let Some(encoding) = encoding_of(label) else {
        return elsewhere(bytes, label, troubles);
    };
    if encoding == ISO_2022_JP && bytes.is_ascii() {
        return lossy(ISO_2022_JP, bytes, troubles);
    }
    if !bytes.is_ascii() && encoding != UTF_8 && is_utf8(bytes) {
        troubles.add(Trouble::WrongCharset);
        return lossy(UTF_8, bytes, troubles);
    }
    let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
    if !has_errors {
        return text.into_owned();
    }
    troubles.add(Trouble::WrongCharset);
    better_of(bytes, encoding, troubles)
}

/// Labels that are no character sets, or are put on everything.
fn says_nothing(label: &str) -> bool {
    let known = [
        "",
        "us-ascii",
        "ascii",
        "ansi_x3.4-1968",
        "646",
        "unknown",
        "unknown-8bit",
        "x-unknown",
        "default",
        "8bit",
        "7bit",
        "binary",
        "none",
        "user-defined",
        "x-user-defined",
        "charset",
        "windows",
        "ansi",
        "text",
        "default_charset",
        "us-ascii//translit",
        "iso-8859-8-i-unknown",
    ];
    known.contains(&label)
}

/// A label as it is compared: without quotes, in small letters.
fn normal(label: &str) -> String {
    let label = label
        .trim_matches(|character: char| character.is_whitespace() || "\"'`;,=<>".contains(character))
        .to_ascii_lowercase();
    let label = label.split([';', '*', ' ', '$']).next().unwrap_or_default();
    label
        .trim_start_matches("charset=")
        .trim_start_matches('_')
        .to_owned()
}

/// Names that mail uses beyond those of the Encoding Standard; larger sets stand in for those they contain.
fn encoding_of(label: &str) -> Option<&'static Encoding> {
    let plain: String = label.chars().filter(char::is_ascii_alphanumeric).collect();
    match plain.as_str() {
        "gb2312" | "gb231280" | "gbk" | "xgbk" | "cp936" | "ms936" | "hz" | "euccn" | "gb18030"
        | "chinese" => Some(GB18030),
        "iso2022jp" | "iso2022jpms" | "iso2022jp1" | "iso2022jp2" | "iso2022jp3" | "cp50220" | "cp50221"
        | "cp50222" | "csiso2022jp" | "jis" => Some(ISO_2022_JP),
        "cp932" | "ms932" | "sjis" | "shiftjis" | "windows31j" | "xsjis" | "mskanji" | "shiftjisx0213" => {
            Some(SHIFT_JIS)
        }
        "ksc56011987" | "ksc5601" | "cp949" | "ms949" | "uhc" | "euckr" | "windows949" | "ksc56011992" => {
            Some(EUC_KR)
        }
        "utf8" | "utf8mb4" | "unicode11utf8" | "xutf8" | "utf8n" => Some(UTF_8),
        "latin1" | "iso88591" | "iso885911" | "cp1252" | "ansi1252" | "win1252" | "windows1252"
        | "isolatin1" => Some(WINDOWS_1252),
        _ => {
            let numbered = plain
                .strip_prefix("cp125")
                .or_else(|| plain.strip_prefix("win125"))
                .or_else(|| plain.strip_prefix("ansi125"));
            match numbered {
                Some(digit) => Encoding::for_label(format!("windows-125{digit}").as_bytes()),
                None => Encoding::for_label(label.as_bytes()),
            }
        }
    }
}

/// Character sets of old mail that the web forgot; the parser library has tables for many.
fn elsewhere(bytes: &[u8], label: &str, troubles: &mut Troubles) -> String {
    if let Some(decoder) = mail_parser::decoders::charsets::map::charset_decoder(label.as_bytes()) {
        return decoder(bytes);
    }
    if bytes.is_ascii() {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    unlabelled(bytes, Trouble::UnknownCharset, troubles)
}

fn unlabelled(bytes: &[u8], trouble: Trouble, troubles: &mut Troubles) -> String {
    let has_escapes = bytes
        .windows(3)
        .any(|three| three.starts_with(b"\x1b$") || three.starts_with(b"\x1b("));
    if bytes.is_ascii() && !has_escapes {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    troubles.add(trouble);
    if let Some(encoding) = utf16_by_nuls(bytes) {
        return lossy(encoding, bytes, troubles);
    }
    lossy(guess(bytes), bytes, troubles)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    // A text that was cut, or joined from two, may be broken in one place only.
    if let Err(error) = std::str::from_utf8(bytes)
        && error.valid_up_to() + 4 >= bytes.len()
        && bytes.len() > 16
    {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// Of the label's set, UTF-8 and a guess, whatever leaves the fewest holes.
fn better_of(bytes: &[u8], labelled: &'static Encoding, troubles: &mut Troubles) -> String {
    let holes = |encoding: &'static Encoding| {
        let text = encoding.decode_without_bom_handling(bytes).0;
        (text.matches('\u{fffd}').count(), text.into_owned())
    };
    let mut best = holes(labelled);
    for other in [UTF_8, guess(bytes)] {
        let candidate = holes(other);
        // A one-byte set never leaves holes, so a few are forgiven to a set with many bytes.
        let is_better = if other.is_single_byte() {
            best.0 > 2 + bytes.len() / 100
        } else {
            candidate.0 < best.0
        };
        if is_better {
            best = candidate;
        }
    }
    if best.0 > 0 {
        troubles.add(Trouble::UndecodableText);
    }
    best.1
}

fn lossy(encoding: &'static Encoding, bytes: &[u8], troubles: &mut Troubles) -> String {
    let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
    if has_errors {
        troubles.add(Trouble::UndecodableText);
    }
    text.into_owned()
}

/// Whether these bytes are UTF-8, and could hardly be anything else: several bytes in a row that agree.
fn is_utf8(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| !text.is_ascii())
}

fn utf16(bytes: &[u8], label: &str, troubles: &mut Troubles) -> String {
    if !bytes.contains(&0) && std::str::from_utf8(bytes).is_ok() {
        troubles.add(Trouble::WrongCharset);
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let encoding = if label.ends_with("le") {
        UTF_16LE
    } else if label.ends_with("be") {
        UTF_16BE
    } else {
        utf16_by_nuls(bytes).unwrap_or(UTF_16BE)
    };
    lossy(encoding, bytes, troubles)
}

/// Text that is mostly Latin has its NULs at even or at odd places.
fn utf16_by_nuls(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096)];
    let nuls = |rest: usize| {
        let places = sample.iter().skip(rest).step_by(2);
        places.filter(|byte| **byte == 0).count()
    };
    let (even, odd, half) = (nuls(0), nuls(1), sample.len() / 2);
    if half < 2 || even.max(odd) * 10 < half * 3 {
        None
    } else if even > odd {
        Some(UTF_16BE)
    } else {
        Some(UTF_16LE)
    }
}

/// UTF-7 (RFC 2152): base64 of UTF-16 between `+` and `-`.
fn utf7(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(plus) = rest.iter().position(|byte| *byte == b'+') {
        text.push_str(&String::from_utf8_lossy(&rest[..plus]));
        let shifted = &rest[plus + 1..];
        let length = shifted
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
            .count();
        if length == 0 {
            text.push('+');
        } else {
            let (utf16, _) = super::transfer::base64(&shifted[..length]);
            text.push_str(
                &UTF_16BE
                    .decode_without_bom_handling(&utf16[..utf16.len() / 2 * 2])
                    .0,
            );
        }
        let has_end = shifted.get(length) == Some(&b'-');
        rest = &shifted[length + usize::from(has_end)..];
    }
    text.push_str(&String::from_utf8_lossy(rest));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8], label: &str) -> (String, Vec<Trouble>) {
        let mut troubles = Troubles::default();
        let label = Some(label).filter(|label| !label.is_empty());
        let text = decode(bytes, label, &mut troubles);
        (text, troubles.iter().collect())
    }

    #[test]
    fn larger_sets_stand_in_for_those_they_contain() {
        assert_eq!(decoded(&GB18030.encode("镕基").0, "gb2312").0, "镕基");
        assert_eq!(
            decoded(&EUC_KR.encode("똠방각하").0, "ks_c_5601-1987").0,
            "똠방각하"
        );
        assert_eq!(
            decoded(&ISO_2022_JP.encode("日本語①").0, "ISO-2022-JP").0,
            "日本語①"
        );
        assert_eq!(decoded(b"\x1b$B-!\x1b(B", "cp50220").0, "①");
        assert_eq!(decoded(&SHIFT_JIS.encode("髙").0, "windows-31j").0, "髙");
    }

    #[test]
    fn utf_7_and_utf_16_are_read() {
        assert_eq!(decoded(b"Hi Mom +Jjo-!", "utf-7").0, "Hi Mom ☺!");
        assert_eq!(decoded(b"1 +- 1", "UTF-7").0, "1 + 1");
        assert_eq!(decoded(b"\0H\0i", "utf-16").0, "Hi");
        assert_eq!(decoded(b"H\0i\0", "utf-16").0, "Hi");
        assert_eq!(decoded(b"H\0i\0", "utf-16le").0, "Hi");
        assert_eq!(decoded(b"\xff\xfeH\0i\0", "utf-8").0, "Hi");
    }

    #[test]
    fn a_wrong_label_gives_way_to_the_bytes() {
        assert_eq!(
            decoded("Zażółć".as_bytes(), "iso-8859-1"),
            ("Zażółć".into(), vec![Trouble::WrongCharset])
        );
        let cyrillic = encoding_rs::WINDOWS_1251
            .encode("Здравствуйте, у меня не работает вход")
            .0;
        let (text, troubles) = decoded(&cyrillic, "utf-8");
        assert_eq!(text, "Здравствуйте, у меня не работает вход");
        assert!(troubles.contains(&Trouble::WrongCharset));
        let (text, troubles) = decoded(&cyrillic, "");
        assert_eq!(text, "Здравствуйте, у меня не работает вход");
        assert_eq!(troubles, [Trouble::UnlabelledCharset]);
    }

    #[test]
    fn nul_characters_are_taken_out_and_named() {
        assert_eq!(decoded(b"a\0b", "utf-8"), ("ab".into(), vec![Trouble::NulBytes]));
    }

    #[test]
    fn one_broken_letter_does_not_change_the_set() {
        let mut bytes = "Grüße aus Köln, schönes Wetter, größere Mühe".as_bytes().to_vec();
        bytes.push(0xc3);
        let (text, troubles) = decoded(&bytes, "utf-8");
        assert!(text.starts_with("Grüße aus Köln"), "{text}");
        assert!(troubles.contains(&Trouble::UndecodableText));
    }
}
