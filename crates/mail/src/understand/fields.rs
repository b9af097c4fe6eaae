//! Header fields: where each begins and ends, and its value in one line.

use super::limits::Limits;
use super::trouble::{Trouble, Troubles};
use std::ops::Range;

/// One header field as it stands in the mail.
#[derive(Debug, Clone)]
pub(crate) struct RawField<'a> {
    pub(crate) name: &'a str,
    /// Without the line's end, folded as it was.
    pub(crate) value: &'a [u8],
}

/// The header of one part.
#[derive(Debug, Clone, Default)]
pub(crate) struct RawFields<'a>(pub(crate) Vec<RawField<'a>>);

/// Fields that decide something are kept however many others there are.
const DECISIVE: &[&str] = &[
    "arc-authentication-results",
    "authentication-results",
    "auto-submitted",
    "bcc",
    "cc",
    "content-disposition",
    "content-id",
    "content-location",
    "content-transfer-encoding",
    "content-type",
    "date",
    "delivered-to",
    "from",
    "in-reply-to",
    "list-id",
    "message-id",
    "precedence",
    "references",
    "reply-to",
    "return-path",
    "sender",
    "subject",
    "to",
    "x-original-to",
];

impl<'a> RawFields<'a> {
    /// Reads the header at the beginning of `bytes`; answers with the fields and where the body begins.
    ///
    /// A line that is neither a field nor its continuation ends the header, and belongs to the body, unless it is a
    /// mailbox's `From ` line or stands between fields by mistake.
    pub(crate) fn read(bytes: &'a [u8], limits: &Limits, troubles: &mut Troubles) -> (Self, usize) {
        let mut fields = Self::default();
        let mut room = limits.field_bytes;
        let mut at = 0;
        while at < bytes.len() {
            let line = line_at(bytes, at);
            let content = without_end(&bytes[line.clone()]);
            if content.is_empty() {
                return (fields, line.end);
            }
            let Some(colon) = name_end(content) else {
                if is_skipped(
                    content,
                    bytes.get(line.end..).unwrap_or_default(),
                    fields.0.is_empty(),
                ) {
                    at = line.end;
                    continue;
                }
                return (fields, at);
            };
            let name = std::str::from_utf8(content[..colon].trim_ascii_end()).unwrap_or_default();
            let (value, end) = folded(bytes, line.start + colon_at(content, colon) + 1, line.end);
            at = end;
            let is_decisive = DECISIVE.iter().any(|known| known.eq_ignore_ascii_case(name));
            let is_room = fields.0.len() < limits.fields && value.len() <= room;
            if !is_room && (!is_decisive || fields.count(name) >= 8) {
                troubles.add(Trouble::TooManyFields);
                continue;
            }
            let cut = value.len().min(limits.field_bytes);
            if cut < value.len() {
                troubles.add(Trouble::FieldTooLong);
            }
            room = room.saturating_sub(cut);
            // Of a conversation the newest identifiers count, and they stand last.
            let kept = if name.eq_ignore_ascii_case("references") {
                &value[value.len() - cut..]
            } else {
                &value[..cut]
            };
            fields.0.push(RawField { name, value: kept });
        }
        (fields, bytes.len())
    }

    /// The first field of this name.
    pub(crate) fn get(&self, name: &str) -> Option<&'a [u8]> {
        self.all(name).next()
    }

    /// All fields of this name, from top to bottom.
    pub(crate) fn all<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'a [u8]> + 'n {
        self.0
            .iter()
            .filter(move |field| field.name.eq_ignore_ascii_case(name))
            .map(|field| field.value)
    }

    fn count(&self, name: &str) -> usize {
        self.all(name).count()
    }
}

/// The line that begins here, its end included.
pub(crate) fn line_at(bytes: &[u8], at: usize) -> Range<usize> {
    let end = bytes[at..]
        .iter()
        .position(|byte| *byte == b'\n')
        .map_or(bytes.len(), |end| at + end + 1);
    at..end
}

/// A line without its end.
pub(crate) fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Where the field's name ends: before a colon, perhaps with spaces between.
fn name_end(line: &[u8]) -> Option<usize> {
    let end = line
        .iter()
        .position(|byte| !(byte.is_ascii_graphic() && *byte != b':'))?;
    let rest = line[end..].trim_ascii_start();
    (end > 0 && end <= 200 && rest.first() == Some(&b':')).then_some(end)
}

fn colon_at(line: &[u8], name_end: usize) -> usize {
    let spaces = line[name_end..].iter().take_while(|byte| **byte != b':').count();
    name_end + spaces
}

/// The value with its continuation lines, and where the next line begins.
fn folded(bytes: &[u8], start: usize, first_end: usize) -> (&[u8], usize) {
    let mut end = first_end;
    while end < bytes.len() && matches!(bytes[end], b' ' | b'\t') {
        let next = line_at(bytes, end);
        // A line of spaces only ends the header in the eyes of most programs that write such.
        if bytes[next.clone()].trim_ascii().is_empty() {
            break;
        }
        end = next.end;
    }
    (bytes[start.min(end)..end].trim_ascii(), end)
}

/// A line that is no field may be passed over: a mailbox's `From `, or rubbish before another field.
fn is_skipped(line: &[u8], rest: &[u8], is_first: bool) -> bool {
    if line.starts_with(b"From ") || line.starts_with(b">From ") {
        return true;
    }
    let next = without_end(&rest[line_at(rest, 0)]);
    let has_field_after = name_end(next).is_some() && !next.starts_with(b"http");
    let is_blank = line.trim_ascii().is_empty();
    (is_blank && is_first) || (!is_blank && has_field_after && !is_first && known_name(next))
}

fn known_name(line: &[u8]) -> bool {
    let Some(end) = name_end(line) else { return false };
    let name = String::from_utf8_lossy(&line[..end]).to_ascii_lowercase();
    name.starts_with("x-")
        || DECISIVE.contains(&name.as_str())
        || ["received", "mime-version"].contains(&name.as_str())
}

/// A value without its folds: the line ends go, the spaces stay (RFC 5322 2.2.3).
pub(crate) fn unfolded(value: &[u8]) -> Vec<u8> {
    value
        .iter()
        .copied()
        .filter(|byte| !matches!(byte, b'\r' | b'\n'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<(String, String)>, usize, Troubles) {
        let mut troubles = Troubles::default();
        let (fields, body) = RawFields::read(text.as_bytes(), &Limits::default(), &mut troubles);
        let fields = fields.0.iter().map(|field| {
            let value = String::from_utf8(unfolded(field.value)).unwrap();
            (field.name.to_owned(), value)
        });
        (fields.collect(), body, troubles)
    }

    #[test]
    fn folded_values_become_one_line_and_the_body_begins_after_the_empty_line() {
        let (fields, body, _) = read("Subject: a\r\n b\r\nTo : c@d\r\n\r\nText");
        assert_eq!(
            fields,
            [("Subject".into(), "a b".into()), ("To".into(), "c@d".into())]
        );
        assert_eq!(body, 28);
    }

    #[test]
    fn a_header_without_an_empty_line_ends_where_fields_end() {
        let (fields, body, _) = read("Subject: a\nHello there\nand more");
        assert_eq!(fields.len(), 1);
        assert_eq!(body, 11);
    }

    #[test]
    fn a_mailbox_line_at_the_top_is_passed_over() {
        let (fields, ..) = read("From a@b Tue Jan  1 00:00:00 2030\nSubject: x\n\nText");
        assert_eq!(fields.len(), 1);
    }

    #[test]
    fn beyond_the_limit_only_deciding_fields_stay() {
        let many = (0..300).map(|n| format!("X-{n}: y\n")).collect::<String>();
        let (fields, _, troubles) = read(&format!("{many}Subject: z\n\n"));
        assert_eq!(fields.len(), 201);
        assert!(troubles.has(Trouble::TooManyFields));
    }
}
