//! What single header fields say: addresses, identifiers, dates.

use super::fields::unfolded;
use super::limits::Limits;
use super::trouble::{Trouble, Troubles};
use super::words;
use jiff::Timestamp;
use mail_parser::HeaderValue;
use mail_parser::parsers::MessageStream;
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A mailbox as somebody wrote it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Address {
    /// The name beside the address; empty if there is none.
    pub name: String,
    /// `local@domain`, the domain in small letters.
    pub address: String,
}

impl Address {
    /// What stands before the last `@`.
    pub fn local(&self) -> &str {
        self.address
            .rsplit_once('@')
            .map_or(&self.address, |(local, _)| local)
    }

    /// What stands behind the last `@`.
    pub fn domain(&self) -> &str {
        self.address.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// The longest address in bytes: 64 before the `@` and 255 behind it (RFC 5321 4.5.3.1).
const LONGEST_ADDRESS: usize = 320;

/// All mailboxes of a field, those in groups included. What is longer than an address can be is none.
pub(crate) fn addresses(value: &[u8], limits: &Limits, troubles: &mut Troubles) -> Vec<Address> {
    let canonical = words::canonical(value, troubles);
    let parsed = catch_unwind(AssertUnwindSafe(|| {
        let value = MessageStream::new(&canonical).parse_address();
        let HeaderValue::Address(list) = value else {
            return Vec::new();
        };
        list.iter()
            .take(limits.addresses)
            .map(|address| Address {
                name: address.name.as_deref().unwrap_or_default().to_owned(),
                address: address.address.as_deref().unwrap_or_default().to_owned(),
            })
            .collect()
    }));
    let parsed: Vec<Address> = parsed.unwrap_or_else(|_| {
        troubles.add(Trouble::OddField);
        Vec::new()
    });
    let known: Vec<Address> = parsed.into_iter().filter_map(tidy).collect();
    if known.is_empty() {
        return rescued(&String::from_utf8_lossy(&canonical))
            .into_iter()
            .collect();
    }
    known
}

fn tidy(parsed: Address) -> Option<Address> {
    let plain = |text: &str| -> String { text.chars().filter(|c| !c.is_control()).collect() };
    let address = plain(
        parsed
            .address
            .trim()
            .trim_matches(['<', '>', '\'', '"', ',', ';']),
    );
    let name = plain(parsed.name.trim());
    if let Some((local, domain)) = address.rsplit_once('@')
        && !local.is_empty()
        && !domain.is_empty()
        && !address.contains(char::is_whitespace)
    {
        let domain = domain.trim_end_matches('.').to_lowercase();
        let address = format!("{local}@{domain}");
        let name = if name == address { String::new() } else { name };
        return (address.len() <= LONGEST_ADDRESS).then_some(Address { name, address });
    }
    // `"a@b.example"` without brackets was taken for a name.
    let is_address = name.contains('@') && !name.contains(char::is_whitespace) && address.is_empty();
    is_address.then(|| rescued(&name)).flatten()
}

/// The first thing in a broken field that is an address.
fn rescued(text: &str) -> Option<Address> {
    let words = text.split(|c: char| c.is_whitespace() || "<>()[],;\"':".contains(c));
    let address = words.into_iter().find(|word| {
        word.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && domain.contains('.') && !domain.contains('@') && domain.len() > 2
        })
    })?;
    let (local, domain) = address.rsplit_once('@')?;
    let address = format!("{local}@{}", domain.trim_end_matches('.').to_lowercase());
    (address.len() <= LONGEST_ADDRESS).then_some(Address {
        name: String::new(),
        address,
    })
}

/// Identifiers between `<` and `>`, without them; broken ones are taken as words. The newest `limit` ones.
pub(crate) fn identifiers(value: &[u8], limit: usize) -> Vec<String> {
    let text = String::from_utf8_lossy(&unfolded(value)).replace('\0', "");
    let mut found: Vec<String> = Vec::new();
    let mut seen = HashSet::new();
    let mut rest = text.as_str();
    while let Some(start) = rest.find('<') {
        let inner = &rest[start + 1..];
        // A next `<` before the `>` means that the first was never closed.
        let end = inner.find(['>', '<']).unwrap_or(inner.len());
        push_identifier(&mut found, &mut seen, &inner[..end]);
        rest = inner[end..].trim_start_matches('>');
    }
    if found.is_empty() {
        for word in text.split([' ', '\t', ',']).filter(|word| word.contains('@')) {
            push_identifier(&mut found, &mut seen, word);
        }
    }
    let surplus = found.len().saturating_sub(limit);
    found.split_off(surplus)
}

fn push_identifier(found: &mut Vec<String>, seen: &mut HashSet<String>, text: &str) {
    // Folding may have put spaces inside.
    let id: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .collect();
    if !id.is_empty() && id.len() <= 998 && seen.insert(id.clone()) {
        found.push(id);
    }
}

/// When a mail says it was written, and when it counts as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// What its Date says, if that can be read.
    pub stated: Option<Timestamp>,
    /// Never later than its arrival.
    pub at: Timestamp,
}

/// Reads the Date field; without a usable one the arrival counts.
pub(crate) fn written(value: Option<&[u8]>, arrived: Timestamp, troubles: &mut Troubles) -> Written {
    let Some(value) = value.filter(|value| !value.trim_ascii().is_empty()) else {
        troubles.add(Trouble::NoDate);
        return Written {
            stated: None,
            at: arrived,
        };
    };
    let Some(stated) = date(value) else {
        troubles.add(Trouble::OddDate);
        return Written {
            stated: None,
            at: arrived,
        };
    };
    if stated > arrived {
        troubles.add(Trouble::FutureDate);
    }
    Written {
        stated: Some(stated),
        at: stated.min(arrived),
    }
}

fn date(value: &[u8]) -> Option<Timestamp> {
    let mut line = unfolded(value);
    line.truncate(256);
    line.push(b'\n');
    let parsed = catch_unwind(AssertUnwindSafe(|| MessageStream::new(&line).parse_date())).ok()?;
    let HeaderValue::DateTime(date) = parsed else {
        return None;
    };
    if !date.is_valid() || date.year < 1970 {
        return None;
    }
    Timestamp::from_second(date.to_timestamp()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str) -> Vec<(String, String)> {
        addresses(value.as_bytes(), &Limits::default(), &mut Troubles::default())
            .into_iter()
            .map(|address| (address.name, address.address))
            .collect()
    }

    fn one(value: &str) -> (String, String) {
        let list = read(value);
        assert_eq!(list.len(), 1, "{value}: {list:?}");
        list[0].clone()
    }

    #[test]
    fn addresses_of_every_shape_are_read() {
        for (value, name, address) in [
            ("Ada <ada@Example.COM>", "Ada", "ada@example.com"),
            ("ada@example.com", "", "ada@example.com"),
            (
                "\"Lovelace, Ada\" <ada@example.com>",
                "Lovelace, Ada",
                "ada@example.com",
            ),
            ("ada@example.com (Ada)", "Ada", "ada@example.com"),
            (
                "=?utf-8?Q?=C5=BBaneta?= <z@example.com>",
                "Żaneta",
                "z@example.com",
            ),
            (
                "=?utf-8?Q?Lovelace=2C_Ada?= <ada@example.com>",
                "Lovelace, Ada",
                "ada@example.com",
            ),
            ("Żaneta <z@example.com>", "Żaneta", "z@example.com"),
            ("<ada@example.com>", "", "ada@example.com"),
            ("Ada ada@example.com>", "", "ada@example.com"),
        ] {
            let (read_name, read_address) = one(value);
            assert_eq!(read_address, address, "{value}");
            if value != "Ada ada@example.com>" {
                assert_eq!(read_name, name, "{value}");
            }
        }
        assert_eq!(read("Team: a@x.example, b@x.example; , c@x.example").len(), 3);
        assert!(read("undisclosed-recipients:;").is_empty());
    }

    #[test]
    fn what_is_longer_than_an_address_is_none() {
        let long = "a".repeat(5_000);
        for value in [
            format!("{long}@example.com"),
            format!("Ada <{long}@example.com>"),
            format!("\"{long}@example.com\""),
            format!("ada@{long}.example"),
        ] {
            assert!(read(&value).is_empty(), "{}", &value[..20]);
        }
        let longest = format!("{}@example.com", "a".repeat(320 - "@example.com".len()));
        assert_eq!(one(&longest).1, longest);
        let others = read(&format!("{long}@example.com, ada@example.com"));
        assert_eq!(others, [(String::new(), "ada@example.com".to_owned())]);
    }

    #[test]
    fn identifiers_are_found_however_they_are_written() {
        assert_eq!(identifiers(b"<a@b> <c@d>", 10), ["a@b", "c@d"]);
        assert_eq!(identifiers(b"<a@b><c@d> <a@b>", 10), ["a@b", "c@d"]);
        assert_eq!(identifiers(b"a@b", 10), ["a@b"]);
        assert_eq!(identifiers(b"<a@\r\n b> <c@d", 10), ["a@b", "c@d"]);
        assert_eq!(
            identifiers(b"<a@b> <c@d> <e@f>", 2),
            ["c@d", "e@f"],
            "the newest stay"
        );
    }

    #[test]
    fn a_date_is_never_later_than_the_arrival() {
        let arrived: Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
        let mut troubles = Troubles::default();
        let past = written(Some(b"Sun, 1 Mar 2026 11:00:00 +0100"), arrived, &mut troubles);
        assert_eq!(past.at, "2026-03-01T10:00:00Z".parse().unwrap());
        assert!(troubles.is_empty());
        let future = written(Some(b"Fri, 1 Jan 2050 00:00:00 +0000"), arrived, &mut troubles);
        assert_eq!(future.at, arrived);
        assert!(troubles.has(Trouble::FutureDate));
        assert_eq!(written(Some(b"yesterday"), arrived, &mut troubles).at, arrived);
        assert!(troubles.has(Trouble::OddDate));
        assert_eq!(written(None, arrived, &mut troubles).stated, None);
    }
}
