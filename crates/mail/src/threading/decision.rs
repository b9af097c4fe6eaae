//! The order of evidence, and the decision over what the store knows.

use super::token::{Refusal, Signer};
use crate::understand::Message;
use jiff::Timestamp;

/// What points to a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clue {
    /// A signed address among those that the mail was sent to.
    ReplyAddress,
    /// A signed identifier of ours in In-Reply-To.
    OwnInReplyTo,
    /// The same in References, counted from the newest: 1.
    OwnReference(usize),
    /// An identifier that the same inbox has seen, in In-Reply-To.
    KnownInReplyTo,
    /// The same in References, counted from the newest: 1.
    KnownReference(usize),
    /// A signed tag in the subject.
    SubjectTag,
}

/// A clue with what was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What kind.
    pub clue: Clue,
    /// The address, identifier or tag, as it was in the mail.
    pub text: String,
    /// Where it leads.
    pub standing: Standing,
}

/// Where a clue leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// To this conversation.
    Names([u8; 16]),
    /// The store must say whether the inbox knows this identifier.
    Asks,
    /// Nowhere: the token doesn't hold.
    Refused(Refusal),
}

/// Whether the writer of a mail takes part in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Participation {
    /// One of the participants, as far as the address says.
    Participant,
    /// Somebody else: nothing may be trusted for knowing the thread.
    Stranger,
}

/// What the store knows; asked only for what is needed, in order.
pub trait Inbox {
    /// The conversation of a mail with this identifier in the same inbox. Conversations that were merged answer with
    /// the one that they were merged into, messages that were split off with where they are now.
    fn by_message_id(&mut self, identifier: &str) -> Option<[u8; 16]>;

    /// Where this conversation is now: itself, what it was merged into, or nothing if it is gone.
    fn standing(&mut self, conversation: [u8; 16]) -> Option<[u8; 16]>;

    /// Whether an address takes part in a conversation.
    fn participation(&mut self, conversation: [u8; 16], address: &str) -> Participation;
}

/// Where a mail goes, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The conversation; nothing for a new one.
    pub conversation: Option<[u8; 16]>,
    /// What decided.
    pub because: Option<Evidence>,
    /// Whether the writer takes part in it already. A stranger's message is shown as unverified, never changes the
    /// requester, and sets off nothing that trusts its sender.
    pub writer: Participation,
    /// Tokens that did not hold: to be logged.
    pub refused: Vec<Evidence>,
}

/// Header fields that say where a mail really went.
const DELIVERED: &[&str] = &[
    "Delivered-To",
    "X-Original-To",
    "Envelope-To",
    "X-Envelope-To",
    "X-Forwarded-To",
];

/// All clues of a mail, in the order in which they count. `recipients` are those of the envelope.
pub fn candidates(
    message: &Message,
    recipients: &[String],
    signer: &Signer,
    now: Timestamp,
) -> Vec<Evidence> {
    let mut found = Vec::new();
    for address in addresses(message, recipients) {
        if let Some(read) = signer.read_address(&address, now) {
            found.push(evidence(Clue::ReplyAddress, &address, read));
        }
    }
    identified(message, signer, now, &mut found);
    if let Some(read) = signer.read_subject(&message.subject, now) {
        found.push(evidence(Clue::SubjectTag, &message.subject, read));
    }
    found
}

/// The mail of ours that a report was sent back for: its envelope sender names it, where it came there. `recipients` are those of
/// the envelope.
pub fn reported(
    message: &Message,
    recipients: &[String],
    signer: &Signer,
    now: Timestamp,
) -> Option<[u8; 16]> {
    let all = addresses(message, recipients);
    all.iter().find_map(|address| signer.read_bounce(address, now))
}

/// Everybody whom a mail came to, by its envelope and by its fields, each once.
fn addresses(message: &Message, recipients: &[String]) -> Vec<String> {
    let delivered = DELIVERED
        .iter()
        .flat_map(|name| message.all(name))
        .map(|value| value.trim().trim_matches(['<', '>']).to_owned());
    let written = message
        .to
        .iter()
        .chain(&message.cc)
        .chain(&message.bcc)
        .map(|address| address.address.clone());
    let (mut seen, mut all): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for address in recipients.iter().cloned().chain(delivered).chain(written) {
        let lower = address.to_ascii_lowercase();
        if !seen.contains(&lower) {
            seen.push(lower);
            all.push(address);
        }
    }
    all
}

/// Identifiers: ours first, then those that the store must be asked about.
fn identified(message: &Message, signer: &Signer, now: Timestamp, found: &mut Vec<Evidence>) {
    // A field with several identifiers has the newest last.
    let answered: Vec<&String> = message.in_reply_to.iter().rev().collect();
    let references: Vec<&String> = message
        .references
        .iter()
        .rev()
        .filter(|id| !answered.contains(id))
        .collect();
    for id in &answered {
        if let Some(read) = signer.read_identifier(id, now) {
            found.push(evidence(Clue::OwnInReplyTo, id, read));
        }
    }
    for (at, id) in references.iter().enumerate() {
        if let Some(read) = signer.read_identifier(id, now) {
            found.push(evidence(Clue::OwnReference(at + 1), id, read));
        }
    }
    let asks = |clue: Clue, id: &str| Evidence {
        clue,
        text: id.to_owned(),
        standing: Standing::Asks,
    };
    found.extend(answered.iter().map(|id| asks(Clue::KnownInReplyTo, id)));
    found.extend(
        references
            .iter()
            .enumerate()
            .map(|(at, id)| asks(Clue::KnownReference(at + 1), id)),
    );
}

fn evidence(clue: Clue, text: &str, read: Result<super::Token, Refusal>) -> Evidence {
    Evidence {
        clue,
        text: text.to_owned(),
        standing: match read {
            Ok(token) => Standing::Names(token.conversation),
            Err(refusal) => Standing::Refused(refusal),
        },
    }
}

/// Decides by the first clue that leads to a conversation that is still there.
pub fn decide(candidates: Vec<Evidence>, writer: Option<&str>, inbox: &mut impl Inbox) -> Decision {
    let mut refused = Vec::new();
    let mut chosen = None;
    for candidate in candidates {
        if matches!(candidate.standing, Standing::Refused(_)) {
            refused.push(candidate);
            continue;
        }
        if chosen.is_some() {
            continue;
        }
        let found = match candidate.standing {
            Standing::Names(conversation) => inbox.standing(conversation),
            _ => inbox.by_message_id(&candidate.text),
        };
        chosen = found.map(|conversation| (conversation, candidate));
    }
    let Some((conversation, because)) = chosen else {
        return Decision {
            conversation: None,
            because: None,
            writer: Participation::Stranger,
            refused,
        };
    };
    let participation = writer.map_or(Participation::Stranger, |writer| {
        inbox.participation(conversation, writer)
    });
    Decision {
        conversation: Some(conversation),
        because: Some(because),
        writer: participation,
        refused,
    }
}
