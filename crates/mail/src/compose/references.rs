//! The fields by which other programs find the conversation again.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;

/// Bytes of a References field that every relay takes; some refuse 4 KiB.
const LONGEST: usize = 3_000;
/// Newest identifiers that are kept.
const NEWEST: usize = 20;

/// References of an answer: those of the answered mail and its own identifier; the first and the newest of them.
pub fn references(before: &[String], answered: Option<&str>) -> Vec<String> {
    let mut all: Vec<&str> = before
        .iter()
        .map(String::as_str)
        .filter(|id| Some(*id) != answered)
        .collect();
    all.extend(answered);
    all.retain(|id| {
        !id.is_empty()
            && id
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && byte != b'<' && byte != b'>')
    });
    let Some((first, rest)) = all.split_first() else {
        return Vec::new();
    };
    let mut room = LONGEST.saturating_sub(first.len() + 3);
    let mut newest: Vec<String> = Vec::new();
    for id in rest.iter().rev().take(NEWEST) {
        let Some(left) = room.checked_sub(id.len() + 3) else {
            break;
        };
        room = left;
        newest.push((*id).to_owned());
    }
    newest.push((*first).to_owned());
    newest.reverse();
    if newest[0].len() > LONGEST {
        newest.remove(0);
    }
    newest
}

/// Outlook's Thread-Index of an answer: the one of the answered mail with five bytes more (MS-OXOMSG 2.2.1.3): how long
/// after its beginning, in units of 2^18 × 100 ns below 1.7 years, and a random byte. Nothing for what is no index.
pub fn thread_index_reply(index: &str, now: Timestamp, random: u8) -> Option<String> {
    let mut bytes = STANDARD.decode(index.trim()).ok()?;
    if bytes.len() < 22 || (bytes.len() - 22) % 5 != 0 || bytes.len() > 22 + 5 * 100 {
        return None;
    }
    // The header holds the upper six bytes of a FILETIME; its own first byte is 1.
    let mut filetime = [0; 8];
    filetime[..6].copy_from_slice(&bytes[..6]);
    let began = u64::from_be_bytes(filetime);
    let now = u64::try_from(now.as_second() + 11_644_473_600)
        .ok()?
        .checked_mul(10_000_000)?;
    let passed = now.saturating_sub(began) >> 18;
    let passed = u32::try_from(passed & 0x7fff_ffff).ok()?;
    bytes.extend(passed.to_be_bytes());
    bytes.push(random);
    Some(STANDARD.encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_and_the_newest_references_stay() {
        let before: Vec<String> = (0..200).map(|at| format!("{at}@example.com")).collect();
        let kept = references(&before, Some("answered@example.com"));
        assert_eq!(kept.len(), NEWEST + 1);
        assert_eq!(kept[0], "0@example.com");
        assert_eq!(kept.last().unwrap(), "answered@example.com");
        let long: Vec<String> = (0..50)
            .map(|at| format!("{at}{}@example.com", "x".repeat(400)))
            .collect();
        let bytes: usize = references(&long, None).iter().map(|id| id.len() + 3).sum();
        assert!(bytes <= LONGEST);
        assert!(references(&[], None).is_empty());
    }

    #[test]
    fn an_index_grows_by_five_bytes() {
        let mut header = vec![1];
        header.extend([0xda; 21]);
        let index = STANDARD.encode(&header);
        let now = "2026-03-01T12:00:00Z".parse().unwrap();
        let reply = thread_index_reply(&index, now, 7).unwrap();
        let bytes = STANDARD.decode(&reply).unwrap();
        assert_eq!((bytes.len(), bytes[26]), (27, 7));
        assert!(thread_index_reply(&reply, now, 7).is_some());
        assert!(thread_index_reply("nonsense", now, 7).is_none());
    }
}
