//! Encoded words (RFC 2047) and raw letters in header fields.
//!
//! Neighbouring words of the same set are joined before they are decoded: many programs cut a letter in two between
//! them. Words that break the rules (spaces inside, no space around, inside quotes) are read all the same.

use super::charset;
use super::fields::unfolded;
use super::transfer;
use super::trouble::{Trouble, Troubles};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Longest word; the standard allows 75 letters, programs write whole subjects.
const LONGEST: usize = 4_000;

/// What a value holds, in order.
enum Piece<'a> {
    Plain(&'a [u8]),
    Word { charset: String, bytes: Vec<u8> },
}

/// The whole value as text.
pub(crate) fn text(value: &[u8], troubles: &mut Troubles) -> String {
    let value = unfolded(value);
    let mut text = String::new();
    for piece in pieces(&value) {
        match piece {
            Piece::Plain(bytes) => text.push_str(&raw(bytes, troubles)),
            Piece::Word { charset, bytes } => {
                text.push_str(&charset::decode(&bytes, Some(&charset), troubles));
            }
        }
    }
    clean(&text, troubles)
}

/// The value in ASCII, each run of words one well-formed word in UTF-8: for parsers of structured fields.
pub(crate) fn canonical(value: &[u8], troubles: &mut Troubles) -> Vec<u8> {
    let value = unfolded(value);
    let mut canonical = Vec::with_capacity(value.len());
    for piece in pieces(&value) {
        match piece {
            Piece::Plain(bytes) => canonical.extend_from_slice(raw(bytes, troubles).as_bytes()),
            Piece::Word { charset, bytes } => {
                let text = clean(&charset::decode(&bytes, Some(&charset), troubles), troubles);
                let encoded = STANDARD.encode(text.as_bytes());
                canonical.extend_from_slice(format!("=?utf-8?B?{encoded}?=").as_bytes());
            }
        }
    }
    canonical.retain(|byte| *byte != 0);
    canonical.push(b'\n');
    canonical
}

/// Letters beyond ASCII that were put into a field as they are (RFC 6532 allows UTF-8; the world writes anything).
fn raw(bytes: &[u8], troubles: &mut Troubles) -> String {
    charset::decode(bytes, Some("utf-8"), troubles)
}

/// Line ends have no place in one line; a subject with some would forge fields of whatever it is copied into.
fn clean(text: &str, troubles: &mut Troubles) -> String {
    if text.contains('\0') {
        troubles.add(Trouble::NulBytes);
    }
    let spaced = text.replace(['\r', '\n', '\t', '\u{2028}', '\u{2029}'], " ");
    spaced
        .chars()
        .filter(|character| !character.is_control())
        .collect()
}

fn pieces(value: &[u8]) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < value.len() {
        if !value[at..].starts_with(b"=?") {
            at += 1;
            continue;
        }
        let Some((charset, bytes, length)) = word(&value[at..]) else {
            at += 2;
            continue;
        };
        let between = &value[start..at];
        let is_next_to_word = matches!(pieces.last(), Some(Piece::Word { .. }));
        let is_only_space = between.iter().all(u8::is_ascii_whitespace);
        let is_between_words = is_next_to_word && is_only_space;
        if !between.is_empty() && !is_between_words {
            pieces.push(Piece::Plain(between));
        }
        join(&mut pieces, charset, bytes);
        at += length;
        start = at;
    }
    if start < value.len() {
        pieces.push(Piece::Plain(&value[start..]));
    }
    pieces
}

fn join(pieces: &mut Vec<Piece<'_>>, charset: String, bytes: Vec<u8>) {
    match pieces.last_mut() {
        // Sets with shift states begin anew in each word.
        Some(Piece::Word {
            charset: last,
            bytes: joined,
        }) if *last == charset && !charset.starts_with("iso-2022") => {
            joined.extend_from_slice(&bytes);
        }
        _ => pieces.push(Piece::Word { charset, bytes }),
    }
}

/// The word at the beginning: its set, its bytes and its length.
fn word(value: &[u8]) -> Option<(String, Vec<u8>, usize)> {
    let rest = &value[2..];
    let charset_end = rest.iter().take(80).position(|byte| *byte == b'?')?;
    let charset = std::str::from_utf8(&rest[..charset_end]).ok()?;
    let is_name = |character: char| character.is_ascii_alphanumeric() || "-_*.:+()".contains(character);
    if charset.is_empty() || !charset.chars().all(is_name) {
        return None;
    }
    let is_base64 = match rest.get(charset_end + 1)? {
        b'b' | b'B' => true,
        b'q' | b'Q' => false,
        _ => return None,
    };
    if rest.get(charset_end + 2) != Some(&b'?') {
        return None;
    }
    let content = &rest[charset_end + 3..];
    let content = &content[..content.len().min(LONGEST)];
    let end = content.windows(2).position(|two| two == b"?=")?;
    // `=?utf-8?Q?=41?=`: the first `?=` may belong to the content.
    let end = if end == 0 && content.len() > 4 && !is_base64 && transfer::hex(&content[2..]).is_some() {
        1 + content[1..].windows(2).position(|two| two == b"?=")?
    } else {
        end
    };
    let (bytes, _) = if is_base64 {
        transfer::base64(&content[..end])
    } else {
        transfer::quoted_printable(&content[..end], true)
    };
    let language = charset.split('*').next().unwrap_or(charset);
    Some((
        language.to_ascii_lowercase(),
        bytes,
        2 + charset_end + 3 + end + 2,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(value: &str) -> String {
        text(value.as_bytes(), &mut Troubles::default())
    }

    #[test]
    fn words_are_decoded_and_spaces_between_them_go() {
        assert_eq!(
            decoded("=?utf-8?Q?Za=C5=BC=C3=B3?= =?utf-8?Q?=C5=82=C4=87?= !"),
            "Zażółć !"
        );
        assert_eq!(
            decoded("Re: =?iso-8859-1?q?caf=E9?=, =?utf-8?B?w7xiZXI=?="),
            "Re: café, über"
        );
        assert_eq!(decoded("=?UTF-8*en?Q?a_b?="), "a b");
    }

    #[test]
    fn a_letter_that_was_cut_in_two_is_whole_again() {
        assert_eq!(
            decoded("=?utf-8?B?xb0=?= =?utf-8?Q?=C5?=\r\n =?utf-8?Q?=BC?="),
            "Žż"
        );
        assert_eq!(decoded("=?UTF-8?B?5pel5pys6A==?= =?UTF-8?B?qp4=?="), "日本語");
    }

    #[test]
    fn words_against_the_rules_are_read_too() {
        assert_eq!(decoded("=?utf-8?Q?a b?=x"), "a bx");
        assert_eq!(decoded("\"=?utf-8?Q?=C3=A9?=\""), "\"é\"");
        assert_eq!(decoded("=?nonsense"), "=?nonsense");
        assert_eq!(decoded("=?utf-8?X?abc?="), "=?utf-8?X?abc?=");
    }

    #[test]
    fn a_decoded_line_end_does_not_make_a_line() {
        assert_eq!(decoded("=?utf-8?Q?a=0D=0ABcc:_x?="), "a  Bcc: x");
    }
}
