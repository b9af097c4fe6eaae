//! What the head of a mail says, and which mails belong together by it.

use std::collections::{BTreeMap, HashMap};

use kit::clock::Timestamp;
use kit::text::sha256;
use mail::stores::Boxed;
use mail::understand::{Limits, understand};

use super::model::Found;
use super::ours::Ours;
use crate::mailboxes::folded;

/// Identifiers of one mail that are looked at.
const MOST_TIES: usize = 50;
/// Addresses that are shown.
const SHOWN: usize = 8;
/// Addresses that are counted; the rest of a very mixed file is not.
const COUNTED: usize = 20_000;

/// What the head of a mail says.
#[derive(Clone, Debug)]
pub(super) struct Head {
    /// Its Message-ID without brackets; empty for none.
    pub(super) message_id: String,
    /// What it answers and refers to.
    pub(super) references: Vec<String>,
    /// When it was written; now, where it does not say.
    pub(super) at: Timestamp,
    /// Whether it says when.
    pub(super) is_dated: bool,
    /// Who wrote it.
    pub(super) sender: String,
    /// Their name.
    pub(super) name: String,
    /// To whom.
    pub(super) to: Vec<String>,
    /// Its subject.
    pub(super) subject: String,
}

impl Head {
    /// Reads the head of a mail that is looked at now.
    pub(super) fn of(raw: &[u8], now: Timestamp) -> Self {
        let today = jiff::Timestamp::from_microsecond(now.0).unwrap_or_default();
        let message = understand(head_of(raw), today, &Limits::default());
        let writer = message.writer().cloned().unwrap_or_default();
        let mut references = message.references.clone();
        for answered in &message.in_reply_to {
            if !references.contains(answered) {
                references.push(answered.clone());
            }
        }
        let first = references.len().saturating_sub(MOST_TIES);
        Self {
            is_dated: message.written.stated.is_some(),
            at: Timestamp(message.written.at.as_microsecond())
                .min(now)
                .max(Timestamp(0)),
            message_id: message.message_id.clone().unwrap_or_default(),
            references: references.split_off(first),
            sender: folded(&writer.address),
            name: writer
                .name
                .chars()
                .filter(|c| !c.is_control())
                .take(200)
                .collect(),
            to: message.to.iter().map(|one| folded(&one.address)).collect(),
            subject: message
                .subject
                .chars()
                .filter(|c| !c.is_control())
                .take(300)
                .collect(),
        }
    }
}

/// Everything above the first empty line.
fn head_of(raw: &[u8]) -> &[u8] {
    let end = raw
        .windows(2)
        .position(|two| two == b"\n\n")
        .into_iter()
        .chain(raw.windows(3).position(|three| three == b"\n\r\n"))
        .min();
    end.map_or(raw, |end| &raw[..=end])
}

/// Which mails belong together: those that name one identifier, their own or another's.
#[derive(Debug, Default)]
pub(super) struct Threads {
    parents: Vec<usize>,
    known: HashMap<u64, usize>,
}

impl Threads {
    /// One more mail, with all identifiers that it names.
    pub(super) fn add<'i>(&mut self, identifiers: impl IntoIterator<Item = &'i str>) {
        let mail = self.parents.len();
        self.parents.push(mail);
        for identifier in identifiers.into_iter().filter(|one| !one.is_empty()) {
            let other = *self.known.entry(mark(identifier)).or_insert(mail);
            let (one, other) = (self.root(mail), self.root(other));
            // The older one leads, so that a conversation is called by its first mail.
            self.parents[one.max(other)] = one.min(other);
        }
    }

    /// The mail by which the conversation of a mail is called.
    pub(super) fn root(&mut self, mut mail: usize) -> usize {
        while self.parents[mail] != mail {
            self.parents[mail] = self.parents[self.parents[mail]];
            mail = self.parents[mail];
        }
        mail
    }

    /// How many conversations there are.
    pub(super) fn count(&self) -> usize {
        let leads = |(mail, parent): &(usize, &usize)| mail == *parent;
        self.parents.iter().enumerate().filter(leads).count()
    }
}

fn mark(identifier: &str) -> u64 {
    let hash = sha256(identifier.as_bytes());
    hash.iter()
        .take(8)
        .fold(0, |all, byte| (all << 8) | u64::from(*byte))
}

/// What is found in a file, mail by mail.
#[derive(Debug, Default)]
pub(super) struct Look {
    found: Found,
    threads: Threads,
    own: BTreeMap<String, i64>,
    to: BTreeMap<String, i64>,
}

impl Look {
    /// One more mail.
    pub(super) fn at(&mut self, mail: &Boxed, ours: &Ours, now: Timestamp) {
        let head = Head::of(&mail.raw, now);
        self.found.mails += 1;
        self.found.large += i64::from(mail.is_cut);
        self.found.undated += i64::from(!head.is_dated);
        if head.is_dated {
            let at = head.at.0;
            self.found.first_at = Some(self.found.first_at.map_or(at, |first| first.min(at)));
            self.found.last_at = Some(self.found.last_at.map_or(at, |last| last.max(at)));
        }
        let references = head.references.iter().map(String::as_str);
        self.threads
            .add(std::iter::once(head.message_id.as_str()).chain(references));
        if ours.has(&head.sender) {
            count(&mut self.own, head.sender);
        } else {
            head.to
                .into_iter()
                .for_each(|address| count(&mut self.to, address));
        }
    }

    /// What all of it comes to.
    pub(super) fn end(mut self) -> Found {
        self.found.threads = i64::try_from(self.threads.count()).unwrap_or(i64::MAX);
        self.found.own = most(self.own);
        self.found.to = most(self.to);
        self.found
    }
}

fn count(all: &mut BTreeMap<String, i64>, address: String) {
    if all.len() < COUNTED || all.contains_key(&address) {
        *all.entry(address).or_default() += 1;
    }
}

fn most(all: BTreeMap<String, i64>) -> Vec<(String, i64)> {
    let mut all: Vec<(String, i64)> = all
        .into_iter()
        .filter(|(address, _)| !address.is_empty())
        .collect();
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    all.truncate(SHOWN);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mails_belong_together_in_whatever_order_they_come() {
        let mut threads = Threads::default();
        threads.add(["c", "a", "b"]);
        threads.add(["x"]);
        threads.add(["b", "a"]);
        threads.add(["y", "lost"]);
        threads.add(["z", "lost"]);
        threads.add(["", ""]);
        let roots: Vec<usize> = (0..6).map(|mail| threads.root(mail)).collect();
        assert_eq!((roots, threads.count()), (vec![0, 1, 0, 3, 3, 5], 4));
    }

    #[test]
    fn a_head_says_when_who_and_what_it_answers() {
        let raw = b"From: Leyla <Leyla@Example.com>\nTo: help@desk.example\nDate: Mon, 2 Mar 2020 08:00:00 +0000\n\
            Message-ID: <two@example.com>\nIn-Reply-To: <one@desk.example>\nReferences: <zero@example.com>\n\nBody: no\n";
        let head = Head::of(raw, Timestamp(2_000_000_000_000_000));
        assert_eq!(
            (head.sender.as_str(), head.message_id.as_str()),
            ("leyla@example.com", "two@example.com")
        );
        assert_eq!(head.references, ["zero@example.com", "one@desk.example"]);
        assert_eq!((head.at.0, head.is_dated), (1_583_136_000_000_000, true));
        let undated = Head::of(b"Subject: x\n\n", Timestamp(7_000_000));
        assert_eq!((undated.at.0, undated.is_dated), (7_000_000, false));
    }
}
