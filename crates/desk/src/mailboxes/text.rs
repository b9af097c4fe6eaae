//! What people write about a mailbox, and how it is stored.

use kit::clock::Timestamp;
use tandem_core::teams::TeamId;

use super::providers::{MailProviderId, ProviderKind};
use super::{Direction, Incoming, MailServer, Mailbox, MailboxId, Outgoing, Protection, Rules, Wrong};

/// What people write about a mailbox.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailboxText {
    /// What they call it.
    pub name: String,
    /// The address.
    pub address: String,
    /// The name beside the address.
    pub sender: String,
    /// Which team gets its tickets.
    pub team: Option<TeamId>,
    /// What stands below its answers.
    pub signature: String,
    /// Whether it is to be the default.
    pub is_default: bool,
    /// The provider at which it signs in; none where it has passwords.
    pub provider: Option<MailProviderId>,
    /// How mail comes in.
    pub incoming: Incoming,
    /// The server for that; only looked at where mail is read from one.
    pub imap: ServerText,
    /// Which folders, with commas or lines between them; empty for the inbox.
    pub folders: String,
    /// The folder of what was sent, if it is read; empty for none.
    pub sent_folder: String,
    /// Whether its server delivers what has a token behind a plus.
    pub has_plus_addresses: bool,
    /// Whether the subjects of its answers carry a signed tag.
    pub tags_subjects: bool,
    /// Whose checks of a sender are believed, with commas or blanks between them.
    pub trusted: String,
    /// What it does with strangers, unverified senders, copies and quotes.
    pub rules: Rules,
    /// How mail goes out.
    pub outgoing: Outgoing,
    /// The server for that.
    pub smtp: ServerText,
}

/// What people write about a server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerText {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub protection: Protection,
    /// By which name we come in.
    pub login: String,
    /// The password; none keeps the one that is there.
    pub password: Option<Password>,
}

/// A password as it was typed; never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// The password in `text`; none when that is empty.
    pub fn of(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

/// An address as it is compared: in small letters.
pub fn folded(address: &str) -> String {
    address.trim().to_lowercase()
}

/// An address without what stands behind a plus.
pub(super) fn without_tag(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((local, domain)) => {
            let local = local.split_once('+').map_or(local, |(local, _)| local);
            format!("{local}@{domain}")
        }
        None => address.to_owned(),
    }
}

/// Whether what is sent to an address comes to one of these mailboxes: it is theirs, or theirs with a token behind a plus.
pub(crate) fn is_at(mailboxes: &[Mailbox], address: &str) -> bool {
    let plain = folded(address);
    let bare = without_tag(&plain);
    let is_it = |mailbox: &Mailbox| mailbox.address == plain || mailbox.address == bare;
    mailboxes.iter().any(is_it)
}

/// Whether a text can be an address: one `@`, a local part of 64 and a whole of 254 characters (RFC 5321 4.5.3.1).
fn is_address(text: &str) -> bool {
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\\\"".contains(c);
    text.len() <= 254
        && text.chars().all(plain)
        && text.split_once('@').is_some_and(|(local, domain)| {
            (1..=64).contains(&local.len()) && is_host(domain) && !domain.contains('@')
        })
}

/// Whether a text can be the name or the address of a server.
fn is_host(text: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | ':' | '_');
    !text.is_empty() && text.len() <= 253 && text.chars().all(fits) && !text.starts_with(['.', '-'])
}

fn line(text: &str, most: usize) -> Option<String> {
    let line: String = text.trim().chars().filter(|c| !c.is_control()).collect();
    (line.chars().count() <= most).then_some(line)
}

/// Names in a text, each once.
fn names(text: &str, between: impl Fn(char) -> bool) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in text.split(between).map(str::trim).filter(|name| !name.is_empty()) {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

impl ServerText {
    fn checked(&self, direction: Direction) -> Result<Self, Wrong> {
        let host = folded(&self.host);
        if !is_host(&host) {
            return Err(Wrong::Host(direction));
        }
        if self.port == 0 {
            return Err(Wrong::Port(direction));
        }
        let login = line(&self.login, 254).ok_or(Wrong::Login(direction))?;
        if login.is_empty() && direction == Direction::In {
            return Err(Wrong::Login(direction));
        }
        self.fits(direction)?;
        let is_one_line = |password: &Password| !password.0.contains(['\r', '\n', '\0']);
        if !self.password.as_ref().is_none_or(is_one_line) {
            return Err(Wrong::Password(direction));
        }
        Ok(Self {
            host,
            login,
            password: self.password.clone(),
            ..*self
        })
    }

    /// Whether nothing in it is too long; that holds of a server too that is not asked.
    fn fits(&self, direction: Direction) -> Result<(), Wrong> {
        let is_longer = |text: &str, most: usize| text.chars().count() > most;
        let password = self.password.as_ref().map_or("", |password| &password.0);
        match () {
            () if is_longer(&self.host, 253) => Err(Wrong::Host(direction)),
            () if is_longer(&self.login, 254) => Err(Wrong::Login(direction)),
            () if is_longer(password, 1_000) => Err(Wrong::Password(direction)),
            () => Ok(()),
        }
    }

    fn kept(self) -> MailServer {
        MailServer {
            host: self.host,
            port: self.port,
            protection: self.protection,
            login: self.login,
            has_password: self.password.is_some(),
        }
    }
}

impl MailboxText {
    pub(super) fn checked(&self) -> Result<Self, Wrong> {
        let name = line(&self.name, 100).filter(|name| !name.is_empty());
        let address = folded(&self.address);
        if !is_address(&address) {
            return Err(Wrong::Address);
        }
        let signature = self.signature.trim().replace("\r\n", "\n");
        let is_kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
        if signature.chars().count() > 4_000 {
            return Err(Wrong::Signature);
        }
        let folders = names(&self.folders, |c| matches!(c, ',' | '\n' | '\r'));
        if folders.len() > 20 || folders.iter().any(|name| name.chars().count() > 200) {
            return Err(Wrong::Folders);
        }
        let sent_folder = line(&self.sent_folder, 200).ok_or(Wrong::SentFolder)?;
        if sent_folder.eq_ignore_ascii_case("INBOX") {
            return Err(Wrong::SentFolder);
        }
        let trusted = names(&self.trusted.to_lowercase(), |c| c == ',' || c.is_whitespace());
        if trusted.len() > 20 || !trusted.iter().all(|name| is_host(name)) {
            return Err(Wrong::Trusted);
        }
        self.imap.fits(Direction::In)?;
        self.smtp.fits(Direction::Out)?;
        let (mut imap, mut smtp) = (ServerText::default(), ServerText::default());
        if self.incoming == Incoming::Imap {
            imap = self.imap.checked(Direction::In)?;
        }
        if self.outgoing == Outgoing::Smtp {
            smtp = self.smtp.checked(Direction::Out)?;
        }
        Ok(Self {
            name: name.ok_or(Wrong::Name)?,
            address,
            sender: line(&self.sender, 100).ok_or(Wrong::Sender)?,
            signature: signature.chars().filter(is_kept).collect(),
            folders: folders.join("\n"),
            sent_folder: if self.incoming == Incoming::Imap {
                sent_folder
            } else {
                String::new()
            },
            trusted: trusted.join(" "),
            imap,
            smtp,
            ..*self
        })
    }

    /// The text with what everybody knows of a provider, where nothing else was typed: its servers, the address as name.
    pub(super) fn at(&self, kind: ProviderKind) -> Self {
        let mut text = self.clone();
        let name = folded(&self.address);
        for (direction, server) in [(Direction::In, &mut text.imap), (Direction::Out, &mut text.smtp)] {
            if server.host.trim().is_empty()
                && let Some(known) = kind.server(direction)
            {
                server.host = known.host;
                server.port = known.port;
                server.protection = known.protection;
            }
            if server.login.trim().is_empty() {
                server.login.clone_from(&name);
            }
            // Where a token opens, no password is kept.
            server.password = None;
        }
        text
    }

    pub(super) fn server(&self, direction: Direction) -> Option<&ServerText> {
        match direction {
            Direction::In => (self.incoming == Incoming::Imap).then_some(&self.imap),
            Direction::Out => (self.outgoing == Outgoing::Smtp).then_some(&self.smtp),
        }
    }

    pub(super) fn into_mailbox(self, id: MailboxId, created_at: Timestamp) -> Mailbox {
        let is_read = self.incoming == Incoming::Imap;
        let folders = if self.folders.is_empty() && is_read {
            vec!["INBOX".to_owned()]
        } else {
            self.folders.lines().map(str::to_owned).collect()
        };
        Mailbox {
            id,
            name: self.name,
            address: self.address,
            sender: self.sender,
            team: self.team,
            signature: self.signature,
            is_default: self.is_default,
            provider: self.provider,
            incoming: self.incoming,
            imap: is_read.then(|| self.imap.kept()),
            folders,
            sent_folder: self.sent_folder,
            sent_since: None,
            has_plus_addresses: self.has_plus_addresses,
            tags_subjects: self.tags_subjects,
            trusted: self.trusted.split_whitespace().map(str::to_owned).collect(),
            rules: self.rules,
            outgoing: self.outgoing,
            smtp: (self.outgoing == Outgoing::Smtp).then(|| self.smtp.kept()),
            version: 1,
            created_at,
            archiving: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_address() {
        for good in ["help@desk.example", "a.b+c@x.example", "zażółć@poczta.example"] {
            assert!(is_address(good), "{good}");
        }
        for bad in [
            "",
            "help",
            "@desk.example",
            "a b@c.example",
            "a@b@c.example",
            "a@b\r\nBcc: x@y.example",
            "<a@b.example>",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
        assert_eq!(without_tag("help+kabc@desk.example"), "help@desk.example");
    }

    #[test]
    fn a_text_is_tidied_or_says_which_field_does_not_fit() {
        let text = MailboxText {
            name: " Support ".to_owned(),
            address: "Help@Desk.Example".to_owned(),
            incoming: Incoming::Imap,
            imap: ServerText {
                host: "IMAP.example".to_owned(),
                port: 993,
                login: "help".to_owned(),
                password: Password::of("secret"),
                ..ServerText::default()
            },
            folders: "INBOX, Sent,INBOX".to_owned(),
            ..MailboxText::default()
        };
        let checked = text.checked().unwrap();
        assert_eq!(
            (checked.name.as_str(), checked.address.as_str()),
            ("Support", "help@desk.example")
        );
        assert_eq!(checked.folders, "INBOX\nSent");
        let without = MailboxText {
            imap: ServerText {
                host: "a b".to_owned(),
                ..text.imap.clone()
            },
            ..text.clone()
        };
        assert_eq!(without.checked(), Err(Wrong::Host(Direction::In)));
        let without = MailboxText {
            imap: ServerText {
                port: 0,
                ..text.imap.clone()
            },
            ..text.clone()
        };
        assert_eq!(without.checked(), Err(Wrong::Port(Direction::In)));
        let unused = MailboxText {
            outgoing: Outgoing::None,
            smtp: ServerText {
                password: Password::of(&"x".repeat(1_001)),
                ..ServerText::default()
            },
            ..text
        };
        assert_eq!(unused.checked(), Err(Wrong::Password(Direction::Out)));
    }
}
