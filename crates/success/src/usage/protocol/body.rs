//! The body of a request: unpacked within limits, and cut into items.

use std::io::Read;

use flate2::read::MultiGzDecoder;
use http::{HeaderMap, header};

use super::field::Field;
use super::reason::Reason;
use super::{LARGEST_BATCH, MOST_ITEMS, json, times};
use kit::clock::Timestamp;

/// The first two bytes of gzip (RFC 1952).
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Unpacks a body. However small it came, never more than a batch may have is unpacked.
///
/// # Errors
/// [`Reason::LargeBody`]; [`Reason::NoBody`] for broken gzip.
pub(super) fn unpacked(headers: &HeaderMap, body: &[u8]) -> Result<String, Reason> {
    let bytes = if is_packed(headers, body) {
        let (unpacked, is_sound) = unpacked_part(body, LARGEST_BATCH + 1);
        if !is_sound {
            return Err(Reason::NoBody);
        }
        unpacked
    } else {
        body.to_vec()
    };
    if bytes.len() > LARGEST_BATCH {
        return Err(Reason::LargeBody);
    }
    // A byte that is no UTF-8 spoils its own item and no other.
    Ok(String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

/// Up to `most` bytes of the beginning of a body that can't be taken, for people to look at.
pub(super) fn beginning(headers: &HeaderMap, body: &[u8], most: usize) -> String {
    let unpacked = match is_packed(headers, body) {
        true => unpacked_part(body, most).0,
        false => body[..body.len().min(most)].to_vec(),
    };
    String::from_utf8_lossy(&unpacked).into_owned()
}

fn is_packed(headers: &HeaderMap, body: &[u8]) -> bool {
    let coding = headers.get(header::CONTENT_ENCODING);
    let says_gzip = coding.is_some_and(|coding| coding.as_bytes().eq_ignore_ascii_case(b"gzip"));
    says_gzip || body.starts_with(&GZIP)
}

/// Up to `most` bytes of what is packed, and whether it was sound as far as that.
fn unpacked_part(body: &[u8], most: usize) -> (Vec<u8>, bool) {
    let mut unpacked = Vec::new();
    let mut part = MultiGzDecoder::new(body).take(most as u64);
    let is_sound = part.read_to_end(&mut unpacked).is_ok();
    (unpacked, is_sound)
}

/// What a body says besides its events.
pub(super) struct Frame<'a> {
    /// The write key in the body.
    pub(super) key: Option<String>,
    /// When it was sent, by the sender's clock.
    pub(super) sent: Option<Timestamp>,
    /// The list of events, of a batch.
    pub(super) batch: Option<&'a str>,
}

/// Reads the frame of a body.
///
/// # Errors
/// [`Reason::NoBody`].
pub(super) fn frame(text: &str) -> Result<Frame<'_>, Reason> {
    let members = json::members(text).ok_or(Reason::NoBody)?;
    let find = |name: &str| {
        let mut all = members.iter().rev();
        all.find(|(key, _)| *key == name).map(|(_, value)| *value)
    };
    let key = find("writeKey").and_then(|value| serde_json::from_str::<String>(value).ok());
    let sent = find("sentAt").and_then(|value| serde_json::from_str::<Field<'_>>(value).ok());
    Ok(Frame {
        key,
        // A time that can't be read is no reason to lose a batch: the events then stand by their own.
        sent: sent.and_then(|field| times::read(&field).ok().flatten()),
        batch: find("batch"),
    })
}

/// The items of a batch as they were written.
///
/// # Errors
/// [`Reason::NoBody`], [`Reason::ManyItems`].
pub(super) fn items<'a>(frame: &Frame<'a>) -> Result<Vec<&'a str>, Reason> {
    let items = frame.batch.and_then(json::elements).ok_or(Reason::NoBody)?;
    if items.len() > MOST_ITEMS {
        return Err(Reason::ManyItems);
    }
    Ok(items)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    #[test]
    fn a_bomb_is_never_unpacked() {
        let bomb = gzip(&vec![b' '; 50 * 1024 * 1024]);
        assert!(bomb.len() < 60_000);
        assert_eq!(unpacked(&HeaderMap::new(), &bomb), Err(Reason::LargeBody));
        assert_eq!(unpacked(&HeaderMap::new(), &bomb[..500]), Err(Reason::NoBody));
        // People see what is in it, as far as it can be read.
        assert_eq!(beginning(&HeaderMap::new(), &bomb, 3), "   ");
        assert_eq!(beginning(&HeaderMap::new(), b"abc", 2), "ab");
    }

    #[test]
    fn gzip_is_unpacked_whether_or_not_it_is_named() {
        let text = unpacked(&HeaderMap::new(), &gzip(b"{}")).unwrap();
        assert_eq!(text, "{}");
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_ENCODING, "gzip".parse().unwrap());
        assert_eq!(unpacked(&headers, b"{}"), Err(Reason::NoBody));
    }
}
