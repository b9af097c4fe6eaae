//! Reading mails: what there is, which of it is wanted, and the bytes, one mail at a time.

use super::answer::{Answer, Value, Verdict};
use super::{ANSWERS, Client, ImapError};
use crate::imap::{Because, Cursor, Listed, Plan, Remembered, advanced, missing, news, plan};
use crate::wire::WireError;
use jiff::Timestamp;
use jiff::fmt::strtime;

/// Mails of one listing that are kept: beyond that a folder is read in pieces.
const LISTED: usize = 500_000;

/// A folder as it is now, compared with the place where we are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// UIDVALIDITY.
    pub validity: u32,
    /// What follows from it.
    pub plan: Plan,
    /// Everything that is new, or everything there is if it has to be compared.
    pub listing: Vec<Listed>,
}

impl Survey {
    /// Whether [`Survey::wanted`] needs the ledger.
    pub fn must_compare(&self) -> bool {
        matches!(self.plan, Plan::Compare(_))
    }

    /// Up to which UID mails have to be compared with the ledger; what is higher is new. None where nothing has to.
    pub fn compared_to(&self) -> Option<u32> {
        match self.plan {
            Plan::Compare(Because::Interrupted(to)) => Some(to),
            Plan::Compare(_) => self.listing.iter().map(|mail| mail.uid).max(),
            Plan::Rest | Plan::Fetch { .. } => None,
        }
    }

    /// What to fetch, in order. The ledger is only looked at where UIDs have lost their meaning.
    pub fn wanted(&self, ledger: &[Remembered]) -> Vec<Listed> {
        match self.plan {
            Plan::Rest => Vec::new(),
            Plan::Fetch { from } => news(self.listing.clone(), from),
            Plan::Compare(_) => {
                let to = self.compared_to().unwrap_or_default();
                let listing = self.listing.iter().cloned();
                let (old, new): (Vec<Listed>, Vec<Listed>) = listing.partition(|mail| mail.uid <= to);
                let mut wanted = missing(old, ledger);
                wanted.extend(news(new, to.saturating_add(1)));
                wanted
            }
        }
    }

    /// The place once these of what is wanted are stored, from the front: comparing goes on behind it.
    pub fn after(&self, cursor: Option<Cursor>, stored: &[Listed]) -> Option<Cursor> {
        let after = advanced(cursor, self.validity, stored)?;
        let compared_to = self.compared_to().filter(|to| *to > after.last);
        Some(Cursor { compared_to, ..after })
    }

    /// The place once everything wanted is stored.
    pub fn end(&self, cursor: Option<Cursor>) -> Option<Cursor> {
        advanced(cursor, self.validity, &self.listing)
    }
}

/// A mail as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    /// Its bytes.
    Mail {
        /// UID, size and date.
        listed: Listed,
        /// What was on the server.
        raw: Vec<u8>,
    },
    /// It is larger than what is taken: it stays there, and somebody should know.
    TooLarge(Listed),
    /// It was gone when it was asked for.
    Gone(Listed),
}

/// A batch on its way.
#[derive(Debug)]
pub struct Fetching<'a> {
    client: &'a mut Client,
    tag: Option<String>,
    wanted: Vec<Listed>,
    /// Those that are named without being fetched.
    other: Vec<Fetched>,
}

impl Client {
    /// Opens a folder and finds out what is new in it.
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn survey(&mut self, folder: &str, cursor: Option<Cursor>) -> Result<Survey, ImapError> {
        let selected = self.open(folder, false).await?;
        let plan = plan(cursor, selected);
        let listing = match plan {
            Plan::Rest => Vec::new(),
            Plan::Fetch { from } => self.list(from).await?,
            Plan::Compare(_) if selected.exists == 0 => Vec::new(),
            Plan::Compare(_) => self.list(1).await?,
        };
        Ok(Survey {
            validity: selected.validity,
            plan,
            listing,
        })
    }

    /// Mails of the open folder from a UID on, without their content.
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn list(&mut self, from: u32) -> Result<Vec<Listed>, ImapError> {
        let command = format!(
            "UID FETCH {from}:* (UID RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])"
        );
        let mut listing = Vec::new();
        let note = |values: &[Value]| {
            if listing.len() < LISTED {
                listing.extend(mail(values).map(|(listed, _)| listed));
            }
        };
        self.ask(&command, note).await?;
        Ok(listing)
    }

    /// UIDs of the open folder within these bounds, to look whether one was missed.
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn uids(&mut self, from: u32, to: u32) -> Result<Vec<u32>, ImapError> {
        let mut uids = Vec::new();
        let note = |values: &[Value]| {
            if values.first().is_some_and(|word| word.is("SEARCH")) && uids.len() < LISTED {
                uids.extend(values[1..].iter().filter_map(Value::number::<u32>));
            }
        };
        self.ask(&format!("UID SEARCH UID {from}:{to}"), note).await?;
        uids.retain(|uid| (from..=to).contains(uid));
        uids.sort_unstable();
        uids.dedup();
        Ok(uids)
    }

    /// Begins to fetch these mails of the open folder; what [`Fetching::next`] brings is to be stored before the next is
    /// asked for. Nothing is marked as read.
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn fetch(&mut self, mails: &[Listed]) -> Result<Fetching<'_>, ImapError> {
        let largest = self.largest as u64;
        let (wanted, large): (Vec<Listed>, Vec<Listed>) = mails
            .iter()
            .cloned()
            .partition(|mail| u64::from(mail.size) <= largest);
        let uids: Vec<u32> = wanted.iter().map(|mail| mail.uid).collect();
        let mut tag = None;
        if !uids.is_empty() {
            // BODY.PEEK[] and not RFC822.PEEK: some servers know only the one.
            let command = format!(
                "UID FETCH {} (UID RFC822.SIZE INTERNALDATE BODY.PEEK[])",
                set(&uids)
            );
            tag = Some(self.start(&command).await?);
        }
        Ok(Fetching {
            client: self,
            tag,
            wanted,
            other: large.into_iter().map(Fetched::TooLarge).collect(),
        })
    }
}

impl Fetching<'_> {
    /// The next mail; nothing when there are no more.
    ///
    /// # Errors
    /// [`ImapError`]; then the conversation is over, and what came before has come.
    pub async fn next(&mut self) -> Result<Option<Fetched>, ImapError> {
        let mut chatter = 0;
        while let Some(tag) = self.tag.clone() {
            chatter += 1;
            if chatter > ANSWERS {
                return Err(WireError::TooLong.into());
            }
            // Sizes that a server states are not always those that it sends.
            let room = self.client.largest + (1 << 20);
            match self.client.next(room).await? {
                Answer::Data(values) => {
                    if let Some(fetched) = self.taken(&values) {
                        return Ok(Some(fetched));
                    }
                }
                Answer::Status {
                    tag: Some(known),
                    verdict,
                    code,
                    said,
                } if known == tag => {
                    self.tag = None;
                    // Mails that were deleted meanwhile are a reason for NO with some servers.
                    if verdict == Verdict::Bad {
                        super::done(verdict, code, said)?;
                    }
                    self.other.extend(self.wanted.drain(..).map(Fetched::Gone));
                }
                _ => {}
            }
        }
        Ok(self.other.pop())
    }

    /// A mail of the answer, if it is one that is wanted and hasn't come yet.
    fn taken(&mut self, values: &[Value]) -> Option<Fetched> {
        let (listed, raw) = mail(values)?;
        let at = self.wanted.iter().position(|wanted| wanted.uid == listed.uid)?;
        let raw = raw?;
        let wanted = self.wanted.remove(at);
        Some(Fetched::Mail {
            listed: Listed {
                message_id: wanted.message_id,
                ..listed
            },
            raw,
        })
    }
}

/// UIDs as a set: `1:3,7`.
pub(super) fn set(uids: &[u32]) -> String {
    let mut sorted = uids.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for uid in sorted {
        match ranges.last_mut() {
            Some((_, end)) if end.checked_add(1) == Some(uid) => *end = uid,
            _ => ranges.push((uid, uid)),
        }
    }
    let words = ranges.iter().map(|(start, end)| {
        if start == end {
            start.to_string()
        } else {
            format!("{start}:{end}")
        }
    });
    words.collect::<Vec<_>>().join(",")
}

/// `12 FETCH (UID 7 RFC822.SIZE 100 INTERNALDATE "…" BODY[…] …)`: the mail, and its bytes if they are whole.
fn mail(values: &[Value]) -> Option<(Listed, Option<Vec<u8>>)> {
    let [_, word, Value::List(items)] = values else {
        return None;
    };
    if !word.is("FETCH") {
        return None;
    }
    let (mut uid, mut size, mut arrived) = (None, None, None);
    let (mut message_id, mut raw) = (None, None);
    for pair in items.chunks_exact(2) {
        let [name, value] = pair else { continue };
        match name.atom()?.to_ascii_uppercase().as_str() {
            "UID" => uid = value.number::<u32>(),
            "RFC822.SIZE" => size = value.number::<u64>(),
            "INTERNALDATE" => arrived = value.bytes().and_then(date),
            "BODY[]" => raw = value.bytes().map(<[u8]>::to_vec),
            name if name.starts_with("BODY[HEADER.FIELDS") => {
                message_id = value.bytes().and_then(identifier);
            }
            _ => {}
        }
    }
    let listed = Listed {
        uid: uid.filter(|uid| *uid > 0)?,
        size: u32::try_from(size.unwrap_or(0)).unwrap_or(u32::MAX),
        arrived: arrived.unwrap_or(Timestamp::UNIX_EPOCH),
        message_id,
    };
    Some((listed, raw))
}

/// `"17-Jul-1996 02:44:25 -0700"`, the day filled with a space.
fn date(bytes: &[u8]) -> Option<Timestamp> {
    let text = std::str::from_utf8(bytes).ok()?.trim();
    let parsed = strtime::parse("%d-%b-%Y %H:%M:%S %z", text).ok()?;
    parsed.to_timestamp().ok()
}

/// `Message-ID: <a@b>` without brackets, and without what no identifier has: the same that reading the whole mail gives.
fn identifier(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let (_, value) = text.split_once(':')?;
    let value: String = value
        .chars()
        .filter(|letter| !letter.is_whitespace() && !letter.is_control())
        .collect();
    let inner = value.strip_prefix('<').unwrap_or(&value);
    let inner = inner.split('>').next().unwrap_or(inner);
    Some(inner.to_owned()).filter(|id| !id.is_empty() && id.len() < 1_000)
}

#[cfg(test)]
mod tests;
