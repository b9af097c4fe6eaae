//! `type/subtype; name=value`: RFC 2045, RFC 2231 and all that is written instead of them.

use super::charset;
use super::fields::unfolded;
use super::transfer::hex;
use super::trouble::Troubles;
use super::words;

/// A media type or a disposition with its parameters, names in small letters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Parameterised {
    /// In small letters, without parameters: `text/plain`, `attachment`.
    pub(crate) essence: String,
    parameters: Vec<(String, String)>,
}

impl Parameterised {
    pub(crate) fn named(essence: &str) -> Self {
        Self {
            essence: essence.to_owned(),
            parameters: Vec::new(),
        }
    }

    pub(crate) fn read(value: &[u8], troubles: &mut Troubles) -> Self {
        let value = unfolded(value);
        let mut pieces = split(&value).into_iter();
        let essence = pieces.next().unwrap_or_default();
        let essence = String::from_utf8_lossy(essence).trim().to_ascii_lowercase();
        let essence = essence.split_whitespace().collect::<String>();
        let raw = pieces.filter_map(name_and_value).collect::<Vec<_>>();
        let mut names: Vec<String> = Vec::new();
        for (name, _) in &raw {
            let base = name.split('*').next().unwrap_or_default().to_owned();
            if !base.is_empty() && !names.contains(&base) {
                names.push(base);
            }
        }
        let parameters = names
            .into_iter()
            .map(|name| {
                let value = value_of(&name, &raw, troubles);
                (name, value)
            })
            .collect();
        Self { essence, parameters }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// At semicolons outside quotes.
fn split(value: &[u8]) -> Vec<&[u8]> {
    let mut pieces = Vec::new();
    let (mut start, mut is_quoted, mut is_escaped) = (0, false, false);
    for (at, byte) in value.iter().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_quoted => is_escaped = true,
            b'"' => is_quoted = !is_quoted,
            b';' if !is_quoted => {
                pieces.push(&value[start..at]);
                start = at + 1;
            }
            _ => {}
        }
        if pieces.len() > 100 {
            return pieces;
        }
    }
    pieces.push(&value[start..]);
    pieces
}

fn name_and_value(piece: &[u8]) -> Option<(String, Vec<u8>)> {
    let equals = piece.iter().position(|byte| *byte == b'=')?;
    let name = String::from_utf8_lossy(&piece[..equals])
        .trim()
        .to_ascii_lowercase();
    let value = piece[equals + 1..].trim_ascii();
    Some((name, unquoted(value)))
}

fn unquoted(value: &[u8]) -> Vec<u8> {
    let Some(inner) = value.strip_prefix(b"\"") else {
        // A comment behind a bare token.
        let end = value
            .windows(2)
            .position(|two| two == b" (")
            .unwrap_or(value.len());
        return value[..end].to_vec();
    };
    let mut plain = Vec::with_capacity(inner.len());
    let mut bytes = inner.iter().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => break,
            // Windows paths are written without escaping their backslashes.
            b'\\' if matches!(bytes.peek(), Some(b'"' | b'\\')) => plain.extend(bytes.next()),
            byte => plain.push(*byte),
        }
    }
    plain
}

/// The pieces of one parameter put together: `name*0*=utf-8''…; name*1=…`, `name*=…`, `name=…`, in any mixture.
fn value_of(name: &str, raw: &[(String, Vec<u8>)], troubles: &mut Troubles) -> String {
    let mut sections: Vec<(usize, bool, &[u8])> = Vec::new();
    let mut plain = None;
    for (full, value) in raw {
        let Some(suffix) = full.strip_prefix(name) else {
            continue;
        };
        if suffix.is_empty() {
            plain = plain.or(Some(value));
        } else if let Some(marks) = suffix.strip_prefix('*') {
            let number = marks.trim_end_matches('*');
            let is_encoded = marks.is_empty() || marks.ends_with('*');
            if let Ok(number) = if number.is_empty() { Ok(0) } else { number.parse() } {
                sections.push((number, is_encoded, value));
            }
        }
    }
    if sections.is_empty() {
        return words::text(plain.map(Vec::as_slice).unwrap_or_default(), troubles);
    }
    sections.sort_by_key(|(number, ..)| *number);
    let mut charset = None;
    let mut bytes = Vec::new();
    for (at, (_, is_encoded, value)) in sections.iter().enumerate() {
        let mut value = *value;
        if at == 0 && *is_encoded {
            let mut quotes = value.splitn(3, |byte| *byte == b'\'');
            if let (Some(label), Some(_), Some(rest)) = (quotes.next(), quotes.next(), quotes.next()) {
                charset = Some(String::from_utf8_lossy(label).into_owned());
                value = rest;
            }
        }
        if *is_encoded {
            bytes.extend(percent_decoded(value));
        } else {
            bytes.extend_from_slice(value);
        }
    }
    let text = charset::decode(&bytes, charset.as_deref().or(Some("utf-8")), troubles);
    // Some programs put encoded words into RFC 2231 sections.
    words::text(text.as_bytes(), troubles)
}

fn percent_decoded(value: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(value.len());
    let mut at = 0;
    while at < value.len() {
        match hex(&value[(at + 1).min(value.len())..]).filter(|_| value[at] == b'%') {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(value[at]);
                at += 1;
            }
        }
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameter(value: &str, name: &str) -> String {
        let read = Parameterised::read(value.as_bytes(), &mut Troubles::default());
        read.get(name).unwrap_or_default().to_owned()
    }

    #[test]
    fn file_names_are_read_in_every_mixture() {
        for (value, expected) in [
            ("attachment; filename=\"a b.pdf\"", "a b.pdf"),
            ("attachment; filename=a b.pdf", "a b.pdf"),
            ("attachment; filename=\"=?utf-8?B?xbw=?=.pdf\"", "ż.pdf"),
            ("attachment; filename*=utf-8''%C5%BC.pdf", "ż.pdf"),
            ("attachment; filename*=utf-8''%C5%BC.pdf; filename=z.pdf", "ż.pdf"),
            (
                "attachment; filename*0*=utf-8''%C5; filename*1*=%BC; filename*2=.pdf",
                "ż.pdf",
            ),
            ("attachment; filename*1=\"b.pdf\"; filename*0=\"a\"", "ab.pdf"),
            ("attachment; filename*0*=\"=?utf-8?Q?=C5=BC?=.pdf\"", "ż.pdf"),
            (
                "attachment; filename=\"C:\\Users\\x\\a.pdf\"",
                "C:\\Users\\x\\a.pdf",
            ),
            ("attachment; filename=\"a\\\"b.pdf\"", "a\"b.pdf"),
            ("attachment; filename=\"a;b.pdf\"; size=1", "a;b.pdf"),
            ("attachment; filename*=iso-8859-2''%BF.pdf", "ż.pdf"),
        ] {
            assert_eq!(parameter(value, "filename"), expected, "{value}");
        }
    }

    #[test]
    fn the_essence_has_no_spaces_and_no_capitals() {
        let read = Parameterised::read(b"Text/ HTML ; Charset=X", &mut Troubles::default());
        assert_eq!(read.essence, "text/html");
        assert_eq!(read.get("charset"), Some("X"));
    }
}
