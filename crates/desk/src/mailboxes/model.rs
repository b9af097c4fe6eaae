//! What a mailbox is, and which texts it takes.

use kit::clock::Timestamp;
use kit::db::DbError;
use kit::seal::SealError;
use mail::imap::client::is_usual_sent;
use mail::threading::Signer;
use mail::wire::Security;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tandem_core::actor::Forbidden;
use tandem_core::teams::TeamId;

use super::providers::MailProviderId;
use super::{MailboxId, MailboxText, Rules, ServerText};

/// The most letters before the `@` of an address.
const LONGEST_LOCAL: usize = 64;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident: $($(#[$row:meta])* $variant:ident $word:literal $text:literal;)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$row])* $variant,)*
        }

        impl $name {
            /// All of them, in the order in which people choose.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word in rows, forms and documents.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The key of its name in the reader's language.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// Reads what [`Self::as_str`] wrote.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }
    };
}

words! {
    /// How mail comes in.
    Incoming:
    /// Not at all.
    #[default]
    None "none" "mailboxes-incoming-none";
    /// It is read from a server.
    Imap "imap" "mailboxes-incoming-imap";
    /// Another server hands it over to ours.
    Handed "handed" "mailboxes-incoming-handed";
}

words! {
    /// How mail goes out.
    Outgoing:
    /// Not at all.
    #[default]
    None "none" "mailboxes-outgoing-none";
    /// By a server.
    Smtp "smtp" "mailboxes-outgoing-smtp";
}

words! {
    /// How a connection is protected.
    Protection:
    /// TLS from the first byte.
    #[default]
    Tls "tls" "mailboxes-protection-tls";
    /// Encrypted by STARTTLS, or not used.
    StartTls "starttls" "mailboxes-protection-starttls";
    /// Not at all: to this machine only.
    Plain "plain" "mailboxes-protection-plain";
}

words! {
    /// Which way.
    Direction:
    /// Mail comes in.
    #[default]
    In "in" "mailboxes-incoming";
    /// Mail goes out.
    Out "out" "mailboxes-outgoing";
}

impl Protection {
    /// The same for connections.
    pub const fn security(self) -> Security {
        match self {
            Self::Tls => Security::Tls,
            Self::StartTls => Security::StartTls,
            Self::Plain => Security::Plain,
        }
    }
}

/// An address of the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    /// Its id.
    pub id: MailboxId,
    /// What people call it.
    pub name: String,
    /// The address, in small letters.
    pub address: String,
    /// The name beside the address in what it sends; empty for none.
    pub sender: String,
    /// Which team gets its tickets.
    pub team: Option<TeamId>,
    /// What stands below its answers.
    pub signature: String,
    /// Whether what has no mailbox of its own leaves by it.
    pub is_default: bool,
    /// The provider at which it signs in; none where it has passwords.
    pub provider: Option<MailProviderId>,
    /// How mail comes in.
    pub incoming: Incoming,
    /// The server that mail is read from.
    pub imap: Option<MailServer>,
    /// Which folders are read there.
    pub folders: Vec<String>,
    /// The folder in which its programs put what they sent, if it is read; empty for none.
    pub sent_folder: String,
    /// Since when that one is read: what was sent before stays there.
    pub sent_since: Option<Timestamp>,
    /// Whether its server delivers what has a token behind a plus.
    pub has_plus_addresses: bool,
    /// Whether the subjects of its answers carry a signed tag.
    pub tags_subjects: bool,
    /// Names of servers whose checks of a sender are believed.
    pub trusted: Vec<String>,
    /// What it does with strangers, unverified senders, copies and quotes.
    pub rules: Rules,
    /// How mail goes out.
    pub outgoing: Outgoing,
    /// The server that mail is sent by.
    pub smtp: Option<MailServer>,
    /// Grows by one with every change.
    pub version: i64,
    /// When it was set up.
    pub created_at: Timestamp,
    /// Who archived it and when, while it is archived.
    pub archiving: Option<Archiving>,
}

/// Who archived a mailbox, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archiving {
    /// Their signature.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A server as it is kept; its password is elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailServer {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub protection: Protection,
    /// By which name we come in; empty for none.
    pub login: String,
    /// Whether a password is kept.
    pub has_password: bool,
}

/// A field that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wrong {
    /// A name has 1 to 100 characters.
    Name,
    /// It is no address.
    Address,
    /// The sender's name is too long or has signs that don't belong there.
    Sender,
    /// The signature is too long.
    Signature,
    /// There is no such team.
    Team,
    /// There is no such mail provider.
    Provider,
    /// It is no name of a server.
    Host(Direction),
    /// A port is 1 to 65535.
    Port(Direction),
    /// A login is missing or too long.
    Login(Direction),
    /// A password is missing, or was typed for another host or login.
    Password(Direction),
    /// Too many folders, or names that are none.
    Folders,
    /// The name of the folder of what was sent is too long, or none.
    SentFolder,
    /// Too many servers that are believed, or names that are none.
    Trusted,
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailboxError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// A field does not fit.
    #[error("a field does not fit: {0:?}")]
    Bad(Wrong),
    /// Another mailbox has this address.
    #[error("another mailbox has this address")]
    AddressTaken,
    /// There are as many as there may be.
    #[error("a workspace has at most 100 mailboxes")]
    TooMany,
    /// There is no such mailbox here.
    #[error("there is no such mailbox")]
    Unknown,
    /// Someone changed it meanwhile; this is how it is now.
    #[error("someone changed the mailbox meanwhile")]
    Stale(Box<Mailbox>),
    /// What was sealed does not open with the keys that are here.
    #[error("a secret can't be opened: {0}")]
    Seal(String),
    /// The database failed.
    #[error(transparent)]
    Db(DbError),
}

impl From<Wrong> for MailboxError {
    fn from(wrong: Wrong) -> Self {
        Self::Bad(wrong)
    }
}

impl From<SealError> for MailboxError {
    fn from(error: SealError) -> Self {
        Self::Seal(error.to_string())
    }
}

impl From<DbError> for MailboxError {
    fn from(error: DbError) -> Self {
        match error {
            taken if taken.is_unique(&["workspace_id", "address"]) => Self::AddressTaken,
            other => Self::Db(other),
        }
    }
}

impl Mailbox {
    /// Whether it takes and sends.
    pub fn is_open(&self) -> bool {
        self.archiving.is_none()
    }

    /// Whether a folder holds what its own programs sent: the one that was named so, or one that programs call so.
    pub fn is_sent(&self, folder: &str) -> bool {
        !folder.is_empty() && (folder == self.sent_folder || is_usual_sent(folder))
    }

    /// The folder of what was sent, where that is read beside the others.
    pub fn sent_beside(&self) -> Option<&str> {
        let is_beside = !self.sent_folder.is_empty() && !self.folders.contains(&self.sent_folder);
        is_beside.then_some(self.sent_folder.as_str())
    }

    /// All folders that are read, that of what was sent last.
    pub fn all_folders(&self) -> impl Iterator<Item = &str> {
        self.folders.iter().map(String::as_str).chain(self.sent_beside())
    }

    /// Whether what has a token behind a plus comes to it: always where mail is handed over to us.
    pub fn takes_tokens(&self) -> bool {
        match self.incoming {
            Incoming::Handed => true,
            Incoming::Imap => self.has_plus_addresses,
            Incoming::None => false,
        }
    }

    /// Where answers of a conversation go: its address with a token; none where that would not arrive, or has more before its
    /// `@` than a local part may have (RFC 5321 4.5.3.1.1).
    pub(crate) fn reply_address(
        &self,
        signer: &Signer,
        conversation: [u8; 16],
        expires: Option<jiff::Timestamp>,
    ) -> Option<String> {
        let address = signer.address(&self.address, conversation, expires)?;
        let (local, _) = address.rsplit_once('@')?;
        (self.takes_tokens() && local.len() <= LONGEST_LOCAL).then_some(address)
    }

    /// The same for answers of customers: only where somebody has said that such addresses arrive. What hands mail over may
    /// refuse them.
    pub(crate) fn answer_address(&self, signer: &Signer, conversation: [u8; 16]) -> Option<String> {
        let address = self.reply_address(signer, conversation, None);
        address.filter(|_| self.has_plus_addresses)
    }

    /// Its server for a direction.
    pub fn server(&self, direction: Direction) -> Option<&MailServer> {
        match direction {
            Direction::In => self.imap.as_ref(),
            Direction::Out => self.smtp.as_ref(),
        }
    }

    /// Whether it signs in as another: at the same provider, by the same names, to the same servers.
    pub(super) fn signs_in_as(&self, other: &Self) -> bool {
        let same = |direction| match (self.server(direction), other.server(direction)) {
            (Some(one), Some(two)) => one.host == two.host && one.login == two.login,
            (before, after) => after.is_none() || before.is_some(),
        };
        self.provider == other.provider && same(Direction::In) && same(Direction::Out)
    }

    /// By which name its provider knows it.
    pub(super) fn name_at_provider(&self) -> &str {
        let servers = [self.imap.as_ref(), self.smtp.as_ref()];
        let mut logins = servers.into_iter().flatten().map(|server| server.login.as_str());
        logins.find(|login| !login.is_empty()).unwrap_or(&self.address)
    }

    /// What stands in its form.
    pub(super) fn text(&self) -> MailboxText {
        let server = |kept: Option<&MailServer>, usual: u16| match kept {
            Some(kept) => ServerText {
                host: kept.host.clone(),
                port: kept.port,
                protection: kept.protection,
                login: kept.login.clone(),
                password: None,
            },
            None => ServerText {
                port: usual,
                ..ServerText::default()
            },
        };
        MailboxText {
            name: self.name.clone(),
            address: self.address.clone(),
            sender: self.sender.clone(),
            team: self.team,
            signature: self.signature.clone(),
            is_default: self.is_default,
            provider: self.provider,
            incoming: self.incoming,
            imap: server(self.imap.as_ref(), 993),
            folders: self.folders.join(", "),
            sent_folder: self.sent_folder.clone(),
            has_plus_addresses: self.has_plus_addresses,
            tags_subjects: self.tags_subjects,
            trusted: self.trusted.join(" "),
            rules: self.rules,
            outgoing: self.outgoing,
            smtp: server(self.smtp.as_ref(), 465),
        }
    }

    /// What the audit trail says of it.
    pub(super) fn facts(&self) -> Value {
        let host =
            |server: Option<&MailServer>| server.map(|server| format!("{}:{}", server.host, server.port));
        json!({
            "name": self.name,
            "address": self.address,
            "sender": self.sender,
            "team": self.team,
            "signature": self.signature,
            "is_default": self.is_default,
            "mail_provider": self.provider,
            "incoming": self.incoming,
            "incoming_host": host(self.imap.as_ref()),
            "folders": self.folders,
            "sent_folder": self.sent_folder,
            "has_plus_addresses": self.has_plus_addresses,
            "tags_subjects": self.tags_subjects,
            "trusted": self.trusted,
            "strangers": self.rules.strangers,
            "holds_unverified": self.rules.holds_unverified,
            "joins_copies": self.rules.joins_copies,
            "quotes": self.rules.quotes,
            "outgoing": self.outgoing,
            "outgoing_host": host(self.smtp.as_ref()),
        })
    }
}
