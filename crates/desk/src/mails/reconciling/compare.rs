//! Comparing a folder as its server lists it with what is stored: arithmetic only.

use std::collections::HashMap;

use mail::imap::Listed;

/// A mail as it is stored.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    /// UIDVALIDITY and UID, where they mean something.
    pub(super) place: Option<(i64, i64)>,
    pub(super) size: i64,
    /// Microseconds since 1970.
    pub(super) arrived_at: i64,
    pub(super) message_id: String,
}

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) on_server: i64,
    pub(super) known: i64,
    pub(super) renumbered: i64,
    pub(super) moved: i64,
    pub(super) older: i64,
    pub(super) gone: i64,
    pub(super) missing: Vec<Listed>,
}

/// What a mail is, wherever it lies: with a Message-ID its date does not count, which a move may change.
type Nature<'a> = (&'a str, i64, Option<i64>);

fn nature(message_id: &str, size: i64, arrived_at: i64) -> Nature<'_> {
    (message_id, size, message_id.is_empty().then_some(arrived_at))
}

impl Kept {
    fn nature(&self) -> Nature<'_> {
        nature(&self.message_id, self.size, self.arrived_at)
    }
}

fn nature_of(mail: &Listed) -> Nature<'_> {
    let id = mail.message_id.as_deref().unwrap_or_default();
    nature(id, i64::from(mail.size), mail.arrived.as_microsecond())
}

/// The same where its Message-ID is kept no more: who wrote it was erased.
fn nameless(mail: &Listed) -> Nature<'_> {
    nature("", i64::from(mail.size), mail.arrived.as_microsecond())
}

/// Takes one of this nature; whether there was any left.
fn is_taken<'a>(others: &mut HashMap<Nature<'a>, usize>, nature: &Nature<'a>) -> bool {
    let Some(count) = others.get_mut(nature).filter(|count| **count > 0) else {
        return false;
    };
    *count -= 1;
    true
}

/// Compares a listing of a folder with what is stored of it (`here`) and of the mailbox's other folders. What arrived before
/// `horizon` and is not stored was left where it is on purpose.
pub(super) fn compare(
    validity: u32,
    mut listing: Vec<Listed>,
    here: &[Kept],
    elsewhere: &[Kept],
    horizon: i64,
) -> Found {
    listing.sort_by_key(|mail| mail.uid);
    listing.dedup_by_key(|mail| mail.uid);
    let count = |len: usize| i64::try_from(len).unwrap_or(i64::MAX);
    let mut found = Found {
        on_server: count(listing.len()),
        ..Found::default()
    };
    let places: HashMap<(i64, i64), usize> = here
        .iter()
        .enumerate()
        .filter_map(|(at, kept)| Some((kept.place?, at)))
        .collect();
    let mut is_used = vec![false; here.len()];
    let mut rest = Vec::new();
    for mail in listing {
        let place = (validity > 0).then(|| (i64::from(validity), i64::from(mail.uid)));
        match place.and_then(|place| places.get(&place)) {
            Some(at) if is_same(&here[*at], &mail) => {
                is_used[*at] = true;
                found.known += 1;
            }
            _ => rest.push(mail),
        }
    }
    let mut left: HashMap<Nature<'_>, Vec<usize>> = HashMap::new();
    for (at, kept) in here.iter().enumerate().filter(|(at, _)| !is_used[*at]) {
        left.entry(kept.nature()).or_default().push(at);
    }
    let mut others: HashMap<Nature<'_>, usize> = HashMap::new();
    for kept in elsewhere {
        *others.entry(kept.nature()).or_default() += 1;
    }
    for mail in &rest {
        let natures = [nature_of(mail), nameless(mail)];
        let same = natures
            .iter()
            .find_map(|nature| left.get_mut(nature).and_then(Vec::pop));
        if let Some(at) = same {
            is_used[at] = true;
            found.renumbered += 1;
        } else if natures.iter().any(|nature| is_taken(&mut others, nature)) {
            found.moved += 1;
        } else if mail.arrived.as_microsecond() < horizon {
            found.older += 1;
        } else {
            found.missing.push(mail.clone());
        }
    }
    found.gone = count(is_used.iter().filter(|is_used| !**is_used).count());
    found
}

/// Whether the mail at a place is the one that is stored from it: a server that breaks the rules gives a place twice.
fn is_same(kept: &Kept, mail: &Listed) -> bool {
    let id = mail.message_id.as_deref().unwrap_or_default();
    let is_id = id.is_empty() || kept.message_id.is_empty() || kept.message_id == id;
    kept.size == i64::from(mail.size) && is_id
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    fn listed(uid: u32, message_id: &str, size: u32) -> Listed {
        Listed {
            uid,
            size,
            arrived: Timestamp::from_microsecond(i64::from(uid)).unwrap(),
            message_id: Some(message_id.to_owned()).filter(|id| !id.is_empty()),
        }
    }

    fn kept(place: Option<(i64, i64)>, message_id: &str, size: i64) -> Kept {
        Kept {
            place,
            size,
            arrived_at: place.map_or(0, |(_, uid)| uid),
            message_id: message_id.to_owned(),
        }
    }

    #[test]
    fn each_mail_is_known_renumbered_moved_older_or_missing_and_never_two_of_them() {
        let here = [
            kept(Some((7, 10)), "a", 100),
            kept(Some((6, 11)), "b", 100),
            kept(None, "c", 100),
            kept(Some((7, 12)), "d", 100),
            kept(Some((7, 13)), "", 50),
        ];
        let elsewhere = [kept(Some((1, 1)), "m", 100)];
        let listing = vec![
            listed(10, "a", 100),
            // The same number as another mail of before.
            listed(11, "b", 100),
            listed(12, "x", 999),
            listed(13, "", 50),
            listed(14, "c", 100),
            listed(15, "m", 100),
            // A second copy is a mail of its own.
            listed(16, "m", 100),
            listed(17, "a", 100),
            listed(2, "old", 1),
            listed(10, "a", 100),
        ];
        let found = compare(7, listing, &here, &elsewhere, 5);
        let missing: Vec<u32> = found.missing.iter().map(|mail| mail.uid).collect();
        assert_eq!(missing, [12, 16, 17]);
        assert_eq!((found.on_server, found.known, found.renumbered), (9, 2, 2));
        assert_eq!((found.moved, found.older, found.gone), (1, 1, 1), "d is gone");
        let sum = found.known + found.renumbered + found.moved + found.older + 3;
        assert_eq!(sum, found.on_server);
    }

    #[test]
    fn mail_of_the_erased_is_not_missing() {
        let here = [kept(Some((6, 11)), "", 100)];
        let elsewhere = [kept(Some((1, 12)), "", 70)];
        let listing = vec![listed(11, "b", 100), listed(12, "c", 70), listed(13, "d", 70)];
        let found = compare(7, listing, &here, &elsewhere, 0);
        let missing: Vec<u32> = found.missing.iter().map(|mail| mail.uid).collect();
        assert_eq!((found.renumbered, found.moved, missing), (1, 1, vec![13]));
    }

    #[test]
    fn where_a_server_gives_no_validity_mails_are_known_by_what_they_are() {
        let here = [kept(None, "a", 100), kept(None, "", 50)];
        let mut nameless = listed(3, "", 50);
        nameless.arrived = Timestamp::from_microsecond(0).unwrap();
        let found = compare(
            0,
            vec![listed(1, "a", 100), nameless, listed(4, "", 50)],
            &here,
            &[],
            0,
        );
        assert_eq!((found.renumbered, found.missing.len(), found.gone), (2, 1, 0));
    }
}
