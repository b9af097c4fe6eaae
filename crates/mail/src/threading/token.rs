//! Signed tokens in addresses, identifiers and subjects.
//!
//! A token is `k` + 60 letters of Crockford's base32 over: day of expiry (2 bytes since 1970-01-01, 0 for never), id of
//! the conversation (16), and 12 bytes of HMAC-SHA-256 over purpose, both, and the scope it counts in (a workspace's id),
//! which isn't written in it. 61 letters leave three for `+` and a word before 64, the most of a local part (RFC 5321).

use super::keys::Keys;
use jiff::Timestamp;

const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Bytes of a token before it is written.
const BYTES: usize = 2 + 16 + 12;
/// Letters of a token behind the key's id.
const LENGTH: usize = BYTES * 8 / 5;
const DAY: i64 = 24 * 60 * 60;

/// What a token was made for; one for one purpose proves nothing for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Address,
    Identifier,
    Subject,
    Bounce,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Self::Address => "mail reply address",
            Self::Identifier => "mail message id",
            Self::Subject => "mail subject tag",
            Self::Bounce => "mail envelope sender",
        }
    }
}

/// A token that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// The conversation it names.
    pub conversation: [u8; 16],
}

/// Why a token doesn't hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// Made with a key that is gone, or never was.
    UnknownKey,
    /// Not signed by us, for this scope and purpose.
    Forged,
    /// Its day is over.
    Expired,
}

/// Makes and checks tokens of one scope.
#[derive(Debug, Clone)]
pub struct Signer {
    keys: Keys,
    scope: Vec<u8>,
}

impl Signer {
    /// `scope` is what tokens may not leave, such as a workspace's id and an inbox's.
    pub fn new(keys: Keys, scope: &[u8]) -> Self {
        Self {
            keys,
            scope: scope.to_vec(),
        }
    }

    /// `support@desk.example` with a token: `support+k….@desk.example`; nothing if that would be too long for mail.
    pub fn address(&self, inbox: &str, conversation: [u8; 16], expires: Option<Timestamp>) -> Option<String> {
        let (local, domain) = inbox.rsplit_once('@')?;
        let token = self.token(Purpose::Address, conversation, expires);
        // A long local part gives way: the inbox owns `r+…` only if it was set up so, thus it stays whole or not at all.
        let address = format!("{local}+{token}@{domain}");
        (local.len() + 1 + token.len() <= 128 && address.len() <= 254).then_some(address)
    }

    /// An address for reports about one mail: `support+b-k….@desk.example`. What comes there names the mail, whatever the report
    /// has lost. It is none for answers.
    pub fn bounce_address(&self, inbox: &str, mail: [u8; 16]) -> Option<String> {
        let (local, domain) = inbox.rsplit_once('@')?;
        let local = format!("{local}+b-{}", self.token(Purpose::Bounce, mail, None));
        // RFC 5321 4.5.3.1.1.
        (local.len() <= 64).then(|| format!("{local}@{domain}"))
    }

    /// Reads such an address: the mail; nothing if it carries no token that holds.
    pub fn read_bounce(&self, address: &str, now: Timestamp) -> Option<[u8; 16]> {
        let (local, _) = address.rsplit_once('@')?;
        let (_, tag) = local.rsplit_once('+')?;
        let token = tag.strip_prefix("b-").or_else(|| tag.strip_prefix("B-"))?;
        let read = self.read(Purpose::Bounce, token, now)?;
        read.ok().map(|token| token.conversation)
    }

    /// A Message-ID, without brackets. `unique` is a random or counted part of it.
    pub fn identifier(&self, conversation: [u8; 16], unique: [u8; 16], domain: &str) -> String {
        let token = self.token(Purpose::Identifier, conversation, None);
        format!("{token}.{}@{domain}", written(&unique))
    }

    /// A tag for subjects, `[#k…]`: for correspondents whose programs lose everything else.
    pub fn tag(&self, conversation: [u8; 16], expires: Option<Timestamp>) -> String {
        format!("[#{}]", self.token(Purpose::Subject, conversation, expires))
    }

    /// Reads an address; nothing if it carries no token at all.
    pub fn read_address(&self, address: &str, now: Timestamp) -> Option<Result<Token, Refusal>> {
        let (local, _) = address.rsplit_once('@')?;
        let (_, token) = local.rsplit_once('+')?;
        self.read(Purpose::Address, token, now)
    }

    /// Reads an identifier; nothing if it isn't shaped like ours. Relays that rewrite identifiers often keep the old
    /// one inside.
    pub fn read_identifier(&self, identifier: &str, now: Timestamp) -> Option<Result<Token, Refusal>> {
        let (local, _) = identifier.split_once('@').unwrap_or((identifier, ""));
        let pieces = local.split(|letter: char| !letter.is_ascii_alphanumeric());
        let found: Vec<_> = pieces
            .filter_map(|piece| self.read(Purpose::Identifier, piece, now))
            .collect();
        found
            .iter()
            .find(|result| result.is_ok())
            .or(found.first())
            .copied()
    }

    /// Reads the tags of a subject.
    pub fn read_subject(&self, subject: &str, now: Timestamp) -> Option<Result<Token, Refusal>> {
        let tags = subject
            .split("[#")
            .skip(1)
            .filter_map(|rest| rest.split(']').next());
        let found: Vec<_> = tags
            .filter_map(|tag| self.read(Purpose::Subject, tag.trim(), now))
            .collect();
        found
            .iter()
            .find(|result| result.is_ok())
            .or(found.first())
            .copied()
    }

    fn token(&self, purpose: Purpose, conversation: [u8; 16], expires: Option<Timestamp>) -> String {
        let day = expires.map_or(0, |expires| {
            u16::try_from(expires.as_second() / DAY + 1).unwrap_or(u16::MAX)
        });
        let mut bytes = Vec::with_capacity(BYTES);
        bytes.extend(day.to_be_bytes());
        bytes.extend(conversation);
        let key = self.keys.newest();
        let signature = key.sign(purpose.name(), &self.signed(&bytes));
        bytes.extend(signature);
        format!("{}{}", key.id, written(&bytes))
    }

    fn signed(&self, content: &[u8]) -> Vec<u8> {
        [content, &self.scope].concat()
    }

    fn read(&self, purpose: Purpose, text: &str, now: Timestamp) -> Option<Result<Token, Refusal>> {
        let lower = text.to_ascii_lowercase();
        let id = lower.chars().next()?;
        let bytes = read(lower.get(1..)?).filter(|bytes| bytes.len() == BYTES)?;
        let (content, signature) = bytes.split_at(18);
        let signature: &[u8; 12] = signature.try_into().ok()?;
        let Some(key) = self.keys.by_id(id) else {
            return Some(Err(Refusal::UnknownKey));
        };
        if !key.verifies(purpose.name(), &self.signed(content), signature) {
            return Some(Err(Refusal::Forged));
        }
        let day = i64::from(u16::from_be_bytes([content[0], content[1]]));
        if day != 0 && now.as_second() >= day * DAY {
            return Some(Err(Refusal::Expired));
        }
        let conversation = content[2..].try_into().ok()?;
        Some(Ok(Token { conversation }))
    }
}

fn written(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut group, mut bits) = (0u32, 0);
    for byte in bytes {
        group = group << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(LETTERS[(group >> bits & 31) as usize]));
        }
        group &= (1 << bits) - 1;
    }
    if bits > 0 {
        text.push(char::from(LETTERS[(group << (5 - bits) & 31) as usize]));
    }
    text
}

fn read(text: &str) -> Option<Vec<u8>> {
    if text.len() != LENGTH {
        return None;
    }
    let mut bytes = Vec::with_capacity(BYTES);
    let (mut group, mut bits) = (0u32, 0);
    for letter in text.bytes() {
        let five = LETTERS.iter().position(|known| *known == letter)?;
        group = group << 5 | u32::try_from(five).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(group >> bits & 255).ok()?);
            group &= (1 << bits) - 1;
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::super::Key;
    use super::*;

    fn keys(id: char, secret: u8) -> Key {
        Key::new(id, &[secret; 32]).unwrap()
    }

    fn signer() -> Signer {
        Signer::new(Keys::new(keys('b', 2), vec![keys('a', 1)]), b"workspace")
    }

    fn now() -> Timestamp {
        "2026-03-01T12:00:00Z".parse().unwrap()
    }

    const TICKET: [u8; 16] = [7; 16];

    #[test]
    fn an_address_for_reports_names_its_mail_and_is_none_for_answers() {
        let signer = signer();
        let address = signer.bounce_address("support@desk.example", TICKET).unwrap();
        assert!(address.split_once('@').unwrap().0.len() <= 64);
        assert_eq!(signer.read_bounce(&address, now()), Some(TICKET));
        assert_eq!(signer.read_bounce(&address.to_uppercase(), now()), Some(TICKET));
        assert_eq!(signer.read_address(&address, now()), None);
        let answers = signer.address("support@desk.example", TICKET, None).unwrap();
        assert_eq!(signer.read_bounce(&answers, now()), None);
        let forged = answers.replace("+", "+b-");
        assert_eq!(
            signer.read_bounce(&forged, now()),
            None,
            "a token for one purpose proves nothing for another"
        );
        assert_eq!(
            signer.bounce_address("a-quite-long-name@desk.example", TICKET),
            None
        );
    }

    #[test]
    fn addresses_identifiers_and_tags_name_their_conversation() {
        let signer = signer();
        let address = signer.address("support@desk.example", TICKET, None).unwrap();
        let ok = Some(Ok(Token { conversation: TICKET }));
        assert_eq!(signer.read_address(&address, now()), ok);
        assert_eq!(
            signer.read_address(&address.to_uppercase(), now()),
            ok,
            "some relays change the case"
        );
        let id = signer.identifier(TICKET, [9; 16], "desk.example");
        assert_eq!(signer.read_identifier(&id, now()), ok);
        assert_eq!(
            signer.read_identifier(&format!("x-{}@relay.example", id.replace('@', "=")), now()),
            ok
        );
        assert_eq!(
            signer.read_subject(&format!("Re: Lamp {}", signer.tag(TICKET, None)), now()),
            ok
        );
    }

    #[test]
    fn one_changed_letter_is_a_forgery() {
        let signer = signer();
        let address = signer.address("s@d.example", TICKET, None).unwrap();
        for at in 3..address.len() - "@d.example".len() {
            let mut forged = address.clone().into_bytes();
            forged[at] = if forged[at] == b'0' { b'1' } else { b'0' };
            let forged = String::from_utf8(forged).unwrap();
            assert!(
                matches!(
                    signer.read_address(&forged, now()),
                    Some(Err(Refusal::Forged)) | None
                ),
                "{forged}"
            );
        }
    }

    #[test]
    fn a_token_counts_for_its_purpose_its_scope_and_its_time_only() {
        let signer = signer();
        let address = signer.address("s@d.example", TICKET, None).unwrap();
        let token = address.split(['+', '@']).nth(1).unwrap();
        assert_eq!(
            signer.read_subject(&format!("[#{token}]"), now()),
            Some(Err(Refusal::Forged))
        );
        let other = Signer::new(signer.keys.clone(), b"other");
        assert_eq!(other.read_address(&address, now()), Some(Err(Refusal::Forged)));
        let tomorrow = now() + jiff::SignedDuration::from_hours(24);
        let expiring = signer.address("s@d.example", TICKET, Some(tomorrow)).unwrap();
        assert!(signer.read_address(&expiring, tomorrow).unwrap().is_ok());
        let later = tomorrow + jiff::SignedDuration::from_hours(48);
        assert_eq!(signer.read_address(&expiring, later), Some(Err(Refusal::Expired)));
    }

    #[test]
    fn keys_rotate() {
        let old = Signer::new(Keys::new(keys('a', 1), Vec::new()), b"workspace");
        let address = old.address("s@d.example", TICKET, None).unwrap();
        assert!(signer().read_address(&address, now()).unwrap().is_ok());
        let without = Signer::new(Keys::new(keys('b', 2), Vec::new()), b"workspace");
        assert_eq!(
            without.read_address(&address, now()),
            Some(Err(Refusal::UnknownKey))
        );
        assert!(Key::new('A', &[0; 32]).is_none() && Key::new('a', &[0; 16]).is_none());
    }

    #[test]
    fn plain_addresses_carry_no_token() {
        for address in ["support@desk.example", "support+billing@desk.example", "nothing"] {
            assert_eq!(signer().read_address(address, now()), None, "{address}");
        }
        assert_eq!(
            signer().read_subject("Re: [#1234] Lamp", now()),
            None,
            "bare numbers don't count"
        );
    }
}
