//! The part of CBOR (RFC 8949) in which authenticators write: numbers, bytes, texts, lists and maps of known length.
//!
//! What strangers send is read with bounds on depth and size; anything beyond that is unreadable, never guessed.

/// How deep items may stand in each other.
const DEEPEST: u8 = 6;
/// How many items a list or map may have.
const LONGEST: u64 = 64;

/// One item.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Item {
    Number(i64),
    Bytes(Vec<u8>),
    Text(String),
    List(Vec<Self>),
    Map(Vec<(Self, Self)>),
    Simple(u8),
}

impl Item {
    pub(super) fn number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub(super) fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The value of a map under a text.
    pub(super) fn text_key(&self, wanted: &str) -> Option<&Self> {
        self.value(|key| matches!(key, Self::Text(text) if text == wanted))
    }

    /// The value of a map under a number.
    pub(super) fn number_key(&self, wanted: i64) -> Option<&Self> {
        self.value(|key| *key == Self::Number(wanted))
    }

    fn value(&self, is_wanted: impl Fn(&Self) -> bool) -> Option<&Self> {
        let Self::Map(pairs) = self else { return None };
        pairs
            .iter()
            .find(|(key, _)| is_wanted(key))
            .map(|(_, value)| value)
    }
}

/// The first item of `bytes` and what comes after it.
pub(super) fn read(bytes: &[u8]) -> Option<(Item, &[u8])> {
    item(bytes, 0)
}

fn item(bytes: &[u8], depth: u8) -> Option<(Item, &[u8])> {
    if depth > DEEPEST {
        return None;
    }
    let (kind, argument, rest) = head(bytes)?;
    match kind {
        0 => Some((Item::Number(i64::try_from(argument).ok()?), rest)),
        1 => Some((Item::Number(-1 - i64::try_from(argument).ok()?), rest)),
        2 | 3 => {
            let (content, rest) = rest.split_at_checked(usize::try_from(argument).ok()?)?;
            let item = match kind {
                2 => Item::Bytes(content.to_vec()),
                _ => Item::Text(String::from_utf8(content.to_vec()).ok()?),
            };
            Some((item, rest))
        }
        4 => list(rest, argument, depth),
        5 => map(rest, argument, depth),
        7 if argument < 24 => Some((Item::Simple(u8::try_from(argument).ok()?), rest)),
        _ => None,
    }
}

fn list(mut rest: &[u8], length: u64, depth: u8) -> Option<(Item, &[u8])> {
    let mut items = Vec::new();
    for _ in 0..(length <= LONGEST).then_some(length)? {
        let (next, after) = item(rest, depth + 1)?;
        items.push(next);
        rest = after;
    }
    Some((Item::List(items), rest))
}

fn map(mut rest: &[u8], length: u64, depth: u8) -> Option<(Item, &[u8])> {
    let mut pairs: Vec<(Item, Item)> = Vec::new();
    for _ in 0..(length <= LONGEST).then_some(length)? {
        let (key, after) = item(rest, depth + 1)?;
        let (value, after) = item(after, depth + 1)?;
        if pairs.iter().any(|(known, _)| *known == key) {
            return None;
        }
        pairs.push((key, value));
        rest = after;
    }
    Some((Item::Map(pairs), rest))
}

/// Kind, argument, and what comes after the head (section 3).
fn head(bytes: &[u8]) -> Option<(u8, u64, &[u8])> {
    let (first, rest) = bytes.split_first()?;
    let (kind, short) = (first >> 5, first & 31);
    let length = match short {
        0..=23 => return Some((kind, u64::from(short), rest)),
        24 => 1,
        25 => 2,
        26 => 4,
        27 => 8,
        _ => return None,
    };
    let (digits, rest) = rest.split_at_checked(length)?;
    let argument = digits.iter().fold(0, |all, digit| all << 8 | u64::from(*digit));
    Some((kind, argument, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_read_as_the_rfc_writes_them() {
        for (bytes, wanted) in [
            (&[0x17][..], Item::Number(23)),
            (&[0x19, 0x03, 0xe8], Item::Number(1_000)),
            (&[0x26], Item::Number(-7)),
            (&[0x39, 0x01, 0x00], Item::Number(-257)),
            (&[0x43, 1, 2, 3], Item::Bytes(vec![1, 2, 3])),
            (&[0x63, b'f', b'm', b't'], Item::Text("fmt".to_owned())),
            (&[0x82, 1, 2], Item::List(vec![Item::Number(1), Item::Number(2)])),
            (
                &[0xa1, 0x01, 0x40],
                Item::Map(vec![(Item::Number(1), Item::Bytes(vec![]))]),
            ),
            (&[0xf5], Item::Simple(21)),
        ] {
            assert_eq!(read(bytes), Some((wanted, &[][..])));
        }
    }

    #[test]
    fn what_is_cut_off_too_deep_too_long_or_doubled_is_unreadable() {
        assert_eq!(read(&[]), None);
        assert_eq!(read(&[0x43, 1, 2]), None);
        assert_eq!(
            read(&[0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
            None
        );
        assert_eq!(read(&[0x9b, 0, 0, 0, 0xff, 0, 0, 0, 0]), None);
        assert_eq!(read(&[0x81; 100]), None);
        assert_eq!(read(&[0xa2, 1, 1, 1, 2]), None, "one key twice");
        assert_eq!(read(&[0x9f, 0xff]), None, "unknown length");
        assert_eq!(
            read(&[0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
            None
        );
    }
}
