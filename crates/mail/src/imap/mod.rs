//! Where we are in somebody's mailbox, and what to fetch next: arithmetic without the network, and a [`client`] that goes by
//! it.
//!
//! The place is (UIDVALIDITY, last UID) for each folder (RFC 3501 2.3.1.1): never a flag, a date or a sequence number, which
//! others change. If the validity changes, UIDs mean nothing any more and every mail is looked up in the ledger by what it
//! is: Message-ID, size, date of arrival.

pub mod client;

use jiff::Timestamp;
use std::collections::HashMap;

/// How far a folder has been read: stored in the transaction that stores the mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The validity that the UID belongs to.
    pub validity: u32,
    /// The highest UID that is stored.
    pub last: u32,
    /// Up to which UID everything is compared with the ledger, while that is not over: who begins again goes on comparing.
    pub compared_to: Option<u32>,
}

/// What the server says of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selected {
    /// UIDVALIDITY; 0 if the server doesn't say, so that nothing can be relied on.
    pub validity: u32,
    /// UIDNEXT, which some servers don't say.
    pub next: Option<u32>,
    /// How many mails there are.
    pub exists: u32,
}

/// What to do with a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plan {
    /// Nothing is new.
    Rest,
    /// Fetch what has this UID or a higher one.
    Fetch {
        /// The lowest UID that is new.
        from: u32,
    },
    /// UIDs have lost their meaning: list everything and compare it with the ledger ([`missing`]).
    Compare(Because),
}

/// Why UIDs have lost their meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Because {
    /// The folder was never read before.
    First,
    /// UIDVALIDITY is another one: the folder was made anew, or restored.
    ValidityChanged,
    /// UIDs went backwards although the validity is the same: the server breaks the rules.
    WentBackwards,
    /// Comparing was broken off: it goes on up to this UID. What is higher came later.
    Interrupted(u32),
}

/// Plans the next reading.
pub fn plan(cursor: Option<Cursor>, selected: Selected) -> Plan {
    let Some(cursor) = cursor else {
        return Plan::Compare(Because::First);
    };
    if selected.validity != cursor.validity || selected.validity == 0 {
        return Plan::Compare(Because::ValidityChanged);
    }
    match (selected.next, cursor.compared_to) {
        (Some(next), _) if next <= cursor.last => Plan::Compare(Because::WentBackwards),
        (_, Some(to)) => Plan::Compare(Because::Interrupted(to)),
        (Some(next), _) if next == cursor.last.saturating_add(1) => Plan::Rest,
        _ if selected.exists == 0 => Plan::Rest,
        _ => Plan::Fetch {
            from: cursor.last.saturating_add(1),
        },
    }
}

/// A mail in a listing, without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its UID.
    pub uid: u32,
    /// RFC822.SIZE.
    pub size: u32,
    /// INTERNALDATE.
    pub arrived: Timestamp,
    /// Its Message-ID, if it has one.
    pub message_id: Option<String>,
}

/// What is new in an answer to `UID FETCH from:*`, each once and in order: `*` means the last mail even if its UID is lower
/// (RFC 3501 6.4.8), and servers repeat themselves.
pub fn news(listing: Vec<Listed>, from: u32) -> Vec<Listed> {
    let mut news: Vec<Listed> = listing.into_iter().filter(|mail| mail.uid >= from).collect();
    news.sort_by_key(|mail| mail.uid);
    news.dedup_by_key(|mail| mail.uid);
    news
}

/// A mail as the ledger remembers it, those that were deleted here included.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Remembered {
    /// RFC822.SIZE when it was fetched.
    pub size: u32,
    /// INTERNALDATE when it was fetched.
    pub arrived: Timestamp,
    /// Its Message-ID.
    pub message_id: Option<String>,
}

/// Which mails of a whole listing the ledger doesn't know. Mails that are equal in all three are counted: a second copy is
/// another mail. A mail with a Message-ID is known by it and its size even if the date was changed by a move.
pub fn missing(mut listing: Vec<Listed>, ledger: &[Remembered]) -> Vec<Listed> {
    listing.sort_by_key(|mail| mail.uid);
    listing.dedup_by_key(|mail| mail.uid);
    let mut known: HashMap<(Option<&str>, u32, Option<Timestamp>), usize> = HashMap::new();
    for mail in ledger {
        *known
            .entry(key(mail.message_id.as_deref(), mail.size, mail.arrived))
            .or_default() += 1;
    }
    let mut missing = Vec::new();
    for mail in &listing {
        match known.get_mut(&key(mail.message_id.as_deref(), mail.size, mail.arrived)) {
            Some(count) if *count > 0 => *count -= 1,
            _ => missing.push(mail.clone()),
        }
    }
    missing
}

fn key(message_id: Option<&str>, size: u32, arrived: Timestamp) -> (Option<&str>, u32, Option<Timestamp>) {
    (message_id, size, message_id.is_none().then_some(arrived))
}

/// Cuts mails to fetch into batches: so many, or so many bytes; a larger mail goes alone.
pub fn batches(mails: &[Listed], most: usize, bytes: u64) -> Vec<&[Listed]> {
    let mut batches = Vec::new();
    let (mut start, mut sum) = (0, 0u64);
    for (at, mail) in mails.iter().enumerate() {
        let is_full = at - start >= most.max(1) || sum + u64::from(mail.size) > bytes;
        if is_full && at > start {
            batches.push(&mails[start..at]);
            (start, sum) = (at, 0);
        }
        sum += u64::from(mail.size);
    }
    if start < mails.len() {
        batches.push(&mails[start..]);
    }
    batches
}

/// The cursor after a batch was stored. Comparing moves it to the highest UID listed, since all below were compared.
pub fn advanced(cursor: Option<Cursor>, validity: u32, stored: &[Listed]) -> Option<Cursor> {
    let highest = stored.iter().map(|mail| mail.uid).max();
    let before = cursor
        .filter(|cursor| cursor.validity == validity)
        .map(|cursor| cursor.last);
    let last = highest.into_iter().chain(before).max()?;
    Some(Cursor {
        validity,
        last,
        compared_to: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selected(validity: u32, next: Option<u32>, exists: u32) -> Selected {
        Selected {
            validity,
            next,
            exists,
        }
    }

    fn at(validity: u32, last: u32) -> Option<Cursor> {
        Some(Cursor {
            validity,
            last,
            compared_to: None,
        })
    }

    fn listed(uid: u32, message_id: &str) -> Listed {
        Listed {
            uid,
            size: 100,
            arrived: Timestamp::UNIX_EPOCH,
            message_id: Some(message_id.to_owned()).filter(|id| !id.is_empty()),
        }
    }

    fn remembered(message_id: &str) -> Remembered {
        let mail = listed(0, message_id);
        Remembered {
            size: mail.size,
            arrived: mail.arrived,
            message_id: mail.message_id,
        }
    }

    #[test]
    fn the_next_reading_follows_from_cursor_and_folder() {
        let cursor = at(7, 10);
        let broken_off = Some(Cursor {
            validity: 7,
            last: 10,
            compared_to: Some(14),
        });
        for (cursor, folder, expected) in [
            (None, selected(7, Some(1), 0), Plan::Compare(Because::First)),
            (cursor, selected(7, Some(11), 5), Plan::Rest),
            (cursor, selected(7, Some(15), 5), Plan::Fetch { from: 11 }),
            (cursor, selected(7, None, 5), Plan::Fetch { from: 11 }),
            (cursor, selected(7, None, 0), Plan::Rest),
            (
                broken_off,
                selected(7, Some(15), 5),
                Plan::Compare(Because::Interrupted(14)),
            ),
            (
                broken_off,
                selected(8, Some(15), 5),
                Plan::Compare(Because::ValidityChanged),
            ),
            (
                cursor,
                selected(8, Some(15), 5),
                Plan::Compare(Because::ValidityChanged),
            ),
            (
                cursor,
                selected(0, Some(15), 5),
                Plan::Compare(Because::ValidityChanged),
            ),
            (
                cursor,
                selected(7, Some(3), 2),
                Plan::Compare(Because::WentBackwards),
            ),
        ] {
            assert_eq!(plan(cursor, folder), expected, "{folder:?}");
        }
    }

    #[test]
    fn the_star_brings_an_old_mail_that_is_not_new() {
        let news = news(
            vec![listed(10, "a"), listed(12, "c"), listed(11, "b"), listed(12, "c")],
            11,
        );
        assert_eq!(news.iter().map(|mail| mail.uid).collect::<Vec<_>>(), [11, 12]);
    }

    #[test]
    fn after_a_change_of_validity_only_what_the_ledger_lacks_is_fetched() {
        let ledger = [remembered("a"), remembered("b"), remembered("")];
        let listing = vec![
            listed(1, "a"),
            listed(2, "a"),
            listed(3, "c"),
            listed(4, ""),
            listed(5, ""),
        ];
        let missing: Vec<u32> = missing(listing, &ledger).iter().map(|mail| mail.uid).collect();
        assert_eq!(missing, [2, 3, 5], "second copies are mails of their own");
    }

    #[test]
    fn batches_are_bounded_and_hold_everything() {
        let mails: Vec<Listed> = (1..=10).map(|uid| listed(uid, "x")).collect();
        let cut = batches(&mails, 4, 10_000);
        assert_eq!(cut.iter().map(|batch| batch.len()).collect::<Vec<_>>(), [4, 4, 2]);
        assert_eq!(batches(&mails, 100, 250).len(), 5);
        assert_eq!(batches(&mails, 100, 1).len(), 10);
        assert!(batches(&[], 4, 1).is_empty());
    }

    #[test]
    fn the_cursor_only_goes_forward_within_a_validity() {
        let cursor = at(7, 10);
        assert_eq!(advanced(cursor, 7, &[listed(12, "a")]), at(7, 12));
        assert_eq!(advanced(cursor, 7, &[listed(9, "a")]), cursor);
        assert_eq!(advanced(cursor, 8, &[listed(2, "a")]), at(8, 2));
        assert_eq!(advanced(cursor, 8, &[]), None);
    }
}
