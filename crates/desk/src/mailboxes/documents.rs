//! Mailboxes as programs see them.

use kit::web::api::Sample;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::teams::TeamId;

use super::providers::MailProviderId;
use super::{
    Incoming, MailServer, Mailbox, MailboxId, MailboxText, Outgoing, Password, Protection, Rules, ServerText,
    Strangers,
};

/// A mailbox: an address at which the workspace is written to and from which it writes.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Mailbox")]
pub struct MailboxDocument {
    /// Its id.
    pub(super) id: MailboxId,
    /// What people call it.
    pub(super) name: String,
    /// The address, in small letters.
    pub(super) address: String,
    /// The name beside the address in what it sends; empty for none.
    pub(super) sender: String,
    /// Which team gets its tickets.
    pub(super) team: Option<TeamId>,
    /// What stands below its answers.
    pub(super) signature: String,
    /// Whether what has no mailbox of its own leaves by it.
    pub(super) is_default: bool,
    /// The provider at which it signs in; null where it has passwords.
    pub(super) provider: Option<MailProviderId>,
    /// How mail comes in.
    pub(super) incoming: Incoming,
    /// The server that mail is read from; null where it comes another way.
    pub(super) imap: Option<ServerDocument>,
    /// Which folders are read there.
    pub(super) folders: Vec<String>,
    /// The folder in which its programs put what they sent, if it is read: answers in it become messages of ours; empty for none.
    pub(super) sent_folder: String,
    /// Whether its server delivers what has a token behind a plus: then answers name such an address as Reply-To. Where mail is
    /// handed over they always do.
    pub(super) has_plus_addresses: bool,
    /// Whether the subjects of its answers carry a signed tag.
    pub(super) tags_subjects: bool,
    /// Names of servers whose checks of a sender are believed.
    pub(super) trusted: Vec<String>,
    /// What becomes of a mail that leads to a ticket in which its sender has no part.
    pub(super) strangers: Strangers,
    /// Whether mail is held back whose sender fails the checks of their domain (SPF, DKIM, DMARC) and shows in no other way that
    /// it is theirs.
    pub(super) holds_unverified: bool,
    /// Whether people in Cc take part in the ticket: what they write then joins it.
    pub(super) joins_copies: bool,
    /// Whether what was written before stands under its answers; nowhere where the workspace quotes nothing.
    pub(super) quotes: bool,
    /// How mail goes out.
    pub(super) outgoing: Outgoing,
    /// The server that mail is sent by; null where none is sent.
    pub(super) smtp: Option<ServerDocument>,
    /// Grows by one with every change.
    pub(super) version: i64,
    /// When it was set up: microseconds since 1970-01-01 UTC.
    pub(super) created_at: i64,
    /// When it was archived: microseconds since 1970-01-01 UTC; null while it is not.
    pub(super) archived_at: Option<i64>,
}

/// A mail server.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "MailServer")]
pub struct ServerDocument {
    /// Its name.
    pub(super) host: String,
    /// Its port.
    pub(super) port: u16,
    /// How the connection is protected.
    pub(super) protection: Protection,
    /// By which name we come in; empty for none.
    pub(super) login: String,
    /// Whether a password is kept; it is never shown.
    pub(super) has_password: bool,
}

/// What a program says about a mailbox.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MailboxInput {
    /// What people call it.
    #[schemars(length(min = 1, max = 100))]
    pub(super) name: String,
    /// The address.
    #[schemars(length(min = 3, max = 254))]
    pub(super) address: String,
    /// The name beside the address in what it sends.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub(super) sender: String,
    /// Which team gets its tickets.
    #[serde(default)]
    pub(super) team: Option<TeamId>,
    /// What stands below its answers.
    #[serde(default)]
    #[schemars(length(max = 4000))]
    pub(super) signature: String,
    /// Whether it becomes the default; the one before is none any more.
    #[serde(default)]
    pub(super) is_default: bool,
    /// The provider at which it signs in instead of by passwords; servers and names that are left empty are the provider's
    /// and the address.
    #[serde(default)]
    pub(super) provider: Option<MailProviderId>,
    /// How mail comes in.
    #[serde(default)]
    pub(super) incoming: Incoming,
    /// The server that mail is read from, where it is.
    #[serde(default)]
    pub(super) imap: Option<ServerInput>,
    /// Which folders are read there; the inbox where none is named.
    #[serde(default)]
    #[schemars(length(max = 20))]
    pub(super) folders: Vec<String>,
    /// The folder in which its programs put what they sent: answers in it become messages of ours; empty for none.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub(super) sent_folder: String,
    /// Whether its server delivers what has a token behind a plus.
    #[serde(default)]
    pub(super) has_plus_addresses: bool,
    /// Whether the subjects of its answers are to carry a signed tag.
    #[serde(default)]
    pub(super) tags_subjects: bool,
    /// Names of servers whose checks of a sender are believed: what stands first in `Authentication-Results`.
    #[serde(default)]
    #[schemars(length(max = 20))]
    pub(super) trusted: Vec<String>,
    /// What becomes of a mail that leads to a ticket in which its sender has no part.
    #[serde(default)]
    pub(super) strangers: Strangers,
    /// Whether mail is held back whose sender fails the checks of their domain (SPF, DKIM, DMARC) and shows in no other way that
    /// it is theirs.
    #[serde(default)]
    pub(super) holds_unverified: bool,
    /// Whether people in Cc take part in the ticket: what they write then joins it.
    #[serde(default = "yes")]
    pub(super) joins_copies: bool,
    /// Whether what was written before stands under its answers; nowhere where the workspace quotes nothing.
    #[serde(default = "yes")]
    pub(super) quotes: bool,
    /// How mail goes out.
    #[serde(default)]
    pub(super) outgoing: Outgoing,
    /// The server that mail is sent by, where it is.
    #[serde(default)]
    pub(super) smtp: Option<ServerInput>,
}

fn yes() -> bool {
    true
}

/// What a program says about a mail server.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServerInput {
    /// Its name.
    #[schemars(length(max = 253))]
    pub(super) host: String,
    /// Its port.
    pub(super) port: u16,
    /// How the connection is protected.
    #[serde(default)]
    pub(super) protection: Protection,
    /// By which name we come in.
    #[serde(default)]
    #[schemars(length(max = 254))]
    pub(super) login: String,
    /// The password; without one the one that is kept stays, as long as host and login do.
    #[serde(default)]
    #[schemars(length(max = 1000))]
    pub(super) password: Option<String>,
}

impl From<MailServer> for ServerDocument {
    fn from(server: MailServer) -> Self {
        Self {
            host: server.host,
            port: server.port,
            protection: server.protection,
            login: server.login,
            has_password: server.has_password,
        }
    }
}

impl From<Mailbox> for MailboxDocument {
    fn from(mailbox: Mailbox) -> Self {
        Self {
            id: mailbox.id,
            name: mailbox.name,
            address: mailbox.address,
            sender: mailbox.sender,
            team: mailbox.team,
            signature: mailbox.signature,
            is_default: mailbox.is_default,
            provider: mailbox.provider,
            incoming: mailbox.incoming,
            imap: mailbox.imap.map(Into::into),
            folders: mailbox.folders,
            sent_folder: mailbox.sent_folder,
            has_plus_addresses: mailbox.has_plus_addresses,
            tags_subjects: mailbox.tags_subjects,
            trusted: mailbox.trusted,
            strangers: mailbox.rules.strangers,
            holds_unverified: mailbox.rules.holds_unverified,
            joins_copies: mailbox.rules.joins_copies,
            quotes: mailbox.rules.quotes,
            outgoing: mailbox.outgoing,
            smtp: mailbox.smtp.map(Into::into),
            version: mailbox.version,
            created_at: mailbox.created_at.0,
            archived_at: mailbox.archiving.map(|archiving| archiving.at.0),
        }
    }
}

impl From<ServerInput> for ServerText {
    fn from(input: ServerInput) -> Self {
        Self {
            host: input.host,
            port: input.port,
            protection: input.protection,
            login: input.login,
            password: input.password.as_deref().and_then(Password::of),
        }
    }
}

impl From<MailboxInput> for MailboxText {
    fn from(input: MailboxInput) -> Self {
        Self {
            name: input.name,
            address: input.address,
            sender: input.sender,
            team: input.team,
            signature: input.signature,
            is_default: input.is_default,
            provider: input.provider,
            incoming: input.incoming,
            imap: input.imap.map(Into::into).unwrap_or_default(),
            folders: input.folders.join("\n"),
            sent_folder: input.sent_folder,
            has_plus_addresses: input.has_plus_addresses,
            tags_subjects: input.tags_subjects,
            trusted: input.trusted.join(" "),
            rules: Rules {
                strangers: input.strangers,
                holds_unverified: input.holds_unverified,
                joins_copies: input.joins_copies,
                quotes: input.quotes,
            },
            outgoing: input.outgoing,
            smtp: input.smtp.map(Into::into).unwrap_or_default(),
        }
    }
}

impl Sample for MailboxInput {
    fn sample() -> Self {
        Self {
            name: "Support".to_owned(),
            address: "support@fernweh.example".to_owned(),
            sender: "Fernweh".to_owned(),
            team: None,
            signature: "Your team at Fernweh".to_owned(),
            is_default: true,
            provider: None,
            incoming: Incoming::Handed,
            imap: None,
            folders: Vec::new(),
            sent_folder: String::new(),
            has_plus_addresses: false,
            tags_subjects: false,
            trusted: vec!["mx.fernweh.example".to_owned()],
            strangers: Strangers::Hold,
            holds_unverified: true,
            joins_copies: true,
            quotes: true,
            outgoing: Outgoing::None,
            smtp: None,
        }
    }
}

impl Sample for MailboxDocument {
    fn sample() -> Self {
        let input = MailboxInput::sample();
        Self {
            id: "mbx_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name: input.name,
            address: input.address,
            sender: input.sender,
            team: input.team,
            signature: input.signature,
            is_default: true,
            provider: None,
            incoming: Incoming::Imap,
            imap: Some(ServerDocument {
                host: "imap.fernweh.example".to_owned(),
                port: 993,
                protection: Protection::Tls,
                login: "support".to_owned(),
                has_password: true,
            }),
            folders: vec!["INBOX".to_owned()],
            sent_folder: "Sent".to_owned(),
            has_plus_addresses: true,
            tags_subjects: false,
            trusted: input.trusted,
            strangers: input.strangers,
            holds_unverified: input.holds_unverified,
            joins_copies: input.joins_copies,
            quotes: input.quotes,
            outgoing: input.outgoing,
            smtp: None,
            version: 3,
            created_at: 1_772_442_000_000_000,
            archived_at: None,
        }
    }
}
