//! The tree of parts (RFC 2046), within limits: one walk down, every line of a part looked at once a level.

use super::fields::{RawFields, line_at, without_end};
use super::limits::{Limits, Work};
use super::parameters::Parameterised;
use super::trouble::{Trouble, Troubles};
use std::ops::Range;

/// One part of a mail.
#[derive(Debug)]
pub(crate) struct Part<'a> {
    pub(crate) fields: RawFields<'a>,
    /// Empty where the mail says nothing usable.
    pub(crate) media: Parameterised,
    pub(crate) disposition: Parameterised,
    /// As it stands in the mail, encoded.
    pub(crate) body: &'a [u8],
    /// None for a leaf.
    pub(crate) children: Option<Vec<Part<'a>>>,
}

impl Part<'_> {
    /// The media type, or what stands for it where none is said (RFC 2045 5.2).
    pub(crate) fn essence(&self) -> &str {
        match self.media.essence.as_str() {
            "" | "text" => "text/plain",
            "html" => "text/html",
            essence if !essence.contains('/') => "application/octet-stream",
            essence => essence,
        }
    }
}

/// What a walk carries along.
pub(crate) struct Walk<'w> {
    pub(crate) limits: &'w Limits,
    pub(crate) work: &'w mut Work,
    pub(crate) troubles: &'w mut Troubles,
    pub(crate) parts: usize,
}

impl Walk<'_> {
    /// Reads the part that fills `bytes`. `is_digest`: a part without a type is a message there.
    pub(crate) fn part<'a>(&mut self, bytes: &'a [u8], depth: usize, is_digest: bool) -> Part<'a> {
        self.parts += 1;
        let (fields, body_at) = RawFields::read(bytes, self.limits, self.troubles);
        let body = &bytes[body_at..];
        let mut media = match fields.get("content-type") {
            Some(value) => Parameterised::read(value, self.troubles),
            None => Parameterised::default(),
        };
        if is_digest && media.essence.is_empty() {
            media.essence = "message/rfc822".into();
        }
        let disposition = match fields.get("content-disposition") {
            Some(value) => Parameterised::read(value, self.troubles),
            None => Parameterised::default(),
        };
        let children = media
            .essence
            .starts_with("multipart/")
            .then(|| self.children(body, &media, depth))
            .flatten();
        Part {
            fields,
            media,
            disposition,
            body,
            children,
        }
    }

    fn children<'a>(&mut self, body: &'a [u8], media: &Parameterised, depth: usize) -> Option<Vec<Part<'a>>> {
        if depth >= self.limits.depth {
            self.troubles.add(Trouble::TooDeep);
            return None;
        }
        if !self.work.spend(body.len()) {
            self.troubles.add(Trouble::TooMuchWork);
            return None;
        }
        let named = media.get("boundary").map(|name| name.as_bytes().to_vec());
        let boundary = named
            .filter(|boundary| !boundary.is_empty() && has_boundary(body, boundary))
            .or_else(|| {
                self.troubles.add(Trouble::NoBoundary);
                guessed_boundary(body)
            })?;
        let (pieces, is_closed) = self.pieces(body, &boundary);
        if !is_closed {
            self.troubles.add(Trouble::Unclosed);
        }
        let is_digest = media.essence == "multipart/digest";
        let mut children = Vec::new();
        for piece in pieces {
            if self.parts >= self.limits.parts {
                self.troubles.add(Trouble::TooManyParts);
                children.push(undivided(&body[piece.start..]));
                break;
            }
            children.push(self.part(&body[piece], depth + 1, is_digest));
        }
        Some(children)
    }

    /// What stands between the boundaries, and whether the last one was found.
    fn pieces(&self, body: &[u8], boundary: &[u8]) -> (Vec<Range<usize>>, bool) {
        let mut pieces = Vec::new();
        let mut start = None;
        let mut at = 0;
        while at < body.len() {
            let line = line_at(body, at);
            if let Some(is_last) = delimits(&body[line.clone()], boundary) {
                if let Some(start) = start {
                    pieces.push(before_delimiter(body, start, line.start));
                }
                if is_last {
                    return (pieces, true);
                }
                if self.parts + pieces.len() >= self.limits.parts {
                    pieces.push(line.end..body.len());
                    return (pieces, true);
                }
                start = Some(line.end);
            }
            at = line.end;
        }
        if let Some(start) = start {
            pieces.push(start..body.len());
        }
        (pieces, false)
    }
}

/// Whether a line is this boundary, and whether it is the closing one.
fn delimits(line: &[u8], boundary: &[u8]) -> Option<bool> {
    let rest = line.strip_prefix(b"--")?.strip_prefix(boundary)?;
    let rest = without_end(rest).trim_ascii();
    match rest {
        b"" => Some(false),
        b"--" => Some(true),
        _ => None,
    }
}

/// The line end before a boundary belongs to the boundary.
fn before_delimiter(body: &[u8], start: usize, delimiter: usize) -> Range<usize> {
    start..start + without_end(&body[start..delimiter.max(start)]).len()
}

/// What is left where the limit of parts was reached.
fn undivided(body: &[u8]) -> Part<'_> {
    Part {
        fields: RawFields::default(),
        media: Parameterised::named("multipart/mixed"),
        disposition: Parameterised::default(),
        body,
        children: None,
    }
}

fn has_boundary(body: &[u8], boundary: &[u8]) -> bool {
    let mut at = 0;
    while at < body.len() {
        let line = line_at(body, at);
        if delimits(&body[line.clone()], boundary).is_some() {
            return true;
        }
        at = line.end;
    }
    false
}

/// Where the boundary is not said or said wrongly: the first line that looks like one and is followed by a field.
fn guessed_boundary(body: &[u8]) -> Option<Vec<u8>> {
    let mut at = 0;
    for _ in 0..1_000 {
        if at >= body.len() {
            return None;
        }
        let line = line_at(body, at);
        let content = without_end(&body[line.clone()]).trim_ascii_end();
        let next = &body[line.end..];
        let is_field_next = next.len() > 8 && next[..8].eq_ignore_ascii_case(b"content-");
        if let Some(boundary) = content
            .strip_prefix(b"--")
            .filter(|boundary| !boundary.is_empty())
            && is_field_next
        {
            return Some(boundary.to_vec());
        }
        at = line.end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walked(raw: &str, limits: &Limits) -> (String, Troubles) {
        let mut troubles = Troubles::default();
        let mut work = Work::of(limits);
        let mut walk = Walk {
            limits,
            work: &mut work,
            troubles: &mut troubles,
            parts: 0,
        };
        let part = walk.part(raw.as_bytes(), 0, false);
        (drawn(&part), troubles)
    }

    fn drawn(part: &Part<'_>) -> String {
        match &part.children {
            Some(children) => format!("({})", children.iter().map(drawn).collect::<Vec<_>>().join(" ")),
            None => String::from_utf8_lossy(part.body).into_owned(),
        }
    }

    #[test]
    fn parts_stand_between_exact_boundaries() {
        let raw = "Content-Type: multipart/mixed; boundary=a\n\npreamble\n--a\n\none\n--ab\nstill\n--a  \n\
                   Content-Type: multipart/mixed; boundary=ab\n\n--ab\n\ntwo\n--ab--\n--a--\nepilogue";
        let (tree, troubles) = walked(raw, &Limits::default());
        assert_eq!(tree, "(one\n--ab\nstill (two))");
        assert!(troubles.is_empty());
    }

    #[test]
    fn a_wrong_boundary_is_guessed_and_a_missing_end_named() {
        let raw = "Content-Type: multipart/mixed; boundary=wrong\n\n--b\nContent-Type: text/plain\n\none\n";
        let (tree, troubles) = walked(raw, &Limits::default());
        assert_eq!(tree, "(one\n)");
        assert!(troubles.has(Trouble::NoBoundary) && troubles.has(Trouble::Unclosed));
    }

    #[test]
    fn beyond_the_limits_parts_stay_undivided() {
        let mut raw = String::new();
        for depth in 0..80 {
            raw.push_str(&format!(
                "Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n"
            ));
        }
        let (_, troubles) = walked(&raw, &Limits::default());
        assert!(troubles.has(Trouble::TooDeep));
        let raw = format!(
            "Content-Type: multipart/mixed; boundary=a\n\n{}",
            "--a\n\nx\n".repeat(5_000)
        );
        let (tree, troubles) = walked(&raw, &Limits::default());
        assert!(troubles.has(Trouble::TooManyParts));
        assert_eq!(
            tree.matches('x').count(),
            5_000,
            "the last part holds all others: {}",
            &tree[..50]
        );
    }
}
