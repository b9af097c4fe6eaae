//! Transfer encodings, decoded as far as they go: rubbish in them costs the rubbish, never the rest.

use super::trouble::{Trouble, Troubles};
use std::borrow::Cow;

/// Undoes the encoding of this name (RFC 2045 6).
pub(crate) fn decode<'a>(bytes: &'a [u8], encoding: Option<&[u8]>, troubles: &mut Troubles) -> Cow<'a, [u8]> {
    let name = encoding.unwrap_or_default().trim_ascii();
    let name = String::from_utf8_lossy(name).to_ascii_lowercase();
    let name = name.trim_matches(|character: char| !character.is_ascii_alphanumeric());
    match name {
        "" | "7bit" | "8bit" | "binary" | "7-bit" | "8-bit" | "none" | "8 bit" | "7 bit" => bytes.into(),
        "base64" | "base-64" => {
            let (decoded, is_clean) = base64(bytes);
            if !is_clean {
                troubles.add(Trouble::OddEncoding);
            }
            decoded.into()
        }
        "quoted-printable" | "quoted/printable" | "quotedprintable" => {
            let (decoded, is_clean) = quoted_printable(bytes, false);
            if !is_clean {
                troubles.add(Trouble::OddEncoding);
            }
            decoded.into()
        }
        "x-uuencode" | "uuencode" | "x-uue" | "uue" => {
            if let Some(decoded) = uuencoded(bytes) {
                decoded.into()
            } else {
                troubles.add(Trouble::OddEncoding);
                bytes.into()
            }
        }
        _ => {
            troubles.add(Trouble::UnknownEncoding);
            bytes.into()
        }
    }
}

/// Base64 with anything else in it passed over. Groups may be padded in the middle, as when texts were joined.
pub(crate) fn base64(bytes: &[u8]) -> (Vec<u8>, bool) {
    let mut decoded = Vec::with_capacity(bytes.len() / 4 * 3);
    let (mut group, mut count, mut is_clean) = (0u32, 0, true);
    for byte in bytes {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => {
                finish(&mut decoded, group, count);
                (group, count) = (0, 0);
                continue;
            }
            byte if byte.is_ascii_whitespace() => continue,
            _ => {
                is_clean = false;
                continue;
            }
        };
        group = group << 6 | u32::from(six);
        count += 1;
        if count == 4 {
            decoded.extend_from_slice(&group.to_be_bytes()[1..]);
            (group, count) = (0, 0);
        }
    }
    finish(&mut decoded, group, count);
    (decoded, is_clean && count != 1)
}

fn finish(decoded: &mut Vec<u8>, group: u32, count: u32) {
    let bytes = (group << (6 * (4 - count.min(4)))).to_be_bytes();
    match count {
        2 => decoded.push(bytes[1]),
        3 => decoded.extend_from_slice(&bytes[1..3]),
        _ => {}
    }
}

/// Quoted-printable; in an encoded word (`is_word`) an underscore is a space (RFC 2047 4.2).
pub(crate) fn quoted_printable(bytes: &[u8], is_word: bool) -> (Vec<u8>, bool) {
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut is_clean = true;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'=' => {
                let rest = &bytes[at + 1..];
                if let Some(byte) = hex(rest) {
                    decoded.push(byte);
                    at += 3;
                } else if let Some(length) = soft_break(rest) {
                    at += 1 + length;
                } else {
                    decoded.push(b'=');
                    is_clean = false;
                    at += 1;
                }
            }
            b'_' if is_word => {
                decoded.push(b' ');
                at += 1;
            }
            b' ' | b'\t' if !is_word => {
                let spaces = bytes[at..]
                    .iter()
                    .take_while(|byte| matches!(byte, b' ' | b'\t'))
                    .count();
                let is_at_end = matches!(bytes.get(at + spaces), Some(b'\r' | b'\n'));
                if !is_at_end {
                    decoded.extend_from_slice(&bytes[at..at + spaces]);
                }
                at += spaces;
            }
            byte => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    (decoded, is_clean)
}

pub(crate) fn hex(bytes: &[u8]) -> Option<u8> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    let byte = digit(bytes.first()?)? * 16 + digit(bytes.get(1)?)?;
    u8::try_from(byte).ok()
}

/// How long the line's end after a `=` is, spaces that were added on the way included.
fn soft_break(rest: &[u8]) -> Option<usize> {
    let spaces = rest
        .iter()
        .take(80)
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count();
    match &rest[spaces..] {
        [] => Some(spaces),
        [b'\n', ..] => Some(spaces + 1),
        [b'\r', b'\n', ..] => Some(spaces + 2),
        _ => None,
    }
}

/// The first file of a uuencoded text.
pub(crate) fn uuencoded(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    lines.find(|line| line.starts_with(b"begin "))?;
    let mut decoded = Vec::new();
    for line in lines {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line == b"end" {
            return Some(decoded);
        }
        let Some((length, data)) = line.split_first() else {
            continue;
        };
        let length = usize::from(length.wrapping_sub(b' ') & 0x3f);
        let start = decoded.len();
        for group in data.chunks(4) {
            let six = |at: usize| u32::from(group.get(at).unwrap_or(&b' ').wrapping_sub(b' ') & 0x3f);
            let all = six(0) << 18 | six(1) << 12 | six(2) << 6 | six(3);
            decoded.extend_from_slice(&all.to_be_bytes()[1..]);
        }
        decoded.truncate(start + length);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_passes_over_what_is_not_base64_and_joins_padded_pieces() {
        assert_eq!(base64(b"SGVs\r\nbG8="), (b"Hello".to_vec(), true));
        assert_eq!(base64(b"SGVs*bG8="), (b"Hello".to_vec(), false));
        assert_eq!(base64(b"SA==SQ=="), (b"HI".to_vec(), true));
        assert_eq!(base64(b"SGVsbG8"), (b"Hello".to_vec(), true));
    }

    #[test]
    fn quoted_printable_keeps_what_is_no_escape() {
        assert_eq!(quoted_printable(b"a=3Db=\r\nc", false), (b"a=bc".to_vec(), true));
        assert_eq!(quoted_printable(b"a=b = c  \r\n", false).0, b"a=b = c\r\n");
        assert_eq!(quoted_printable(b"a_b", true).0, b"a b");
        assert_eq!(quoted_printable(b"end=", false), (b"end".to_vec(), true));
    }

    #[test]
    fn uuencoded_files_are_decoded() {
        assert_eq!(
            uuencoded(b"begin 644 a.txt\n#0V%T\n`\nend\n").unwrap(),
            b"Cat".to_vec()
        );
    }
}
