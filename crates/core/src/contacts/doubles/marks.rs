//! What a contact is told apart by: addresses as their mailbox is meant, phones by the digits that are dialled everywhere,
//! names whatever the order of their words. Contacts with the same mark may be one person.

use kit::text::fold;

use crate::contacts::identities::{Identity, Kind};

/// Why two contacts may be one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Their addresses lead to one mailbox.
    Address,
    /// They are called by one number.
    Phone,
    /// They have one name, and are or were at one account.
    NameAndAccount,
    /// They have one name, and write from one company.
    NameAndDomain,
}

impl Likeness {
    /// All, the strongest first.
    pub const ALL: [Self; 4] = [
        Self::Address,
        Self::Phone,
        Self::NameAndAccount,
        Self::NameAndDomain,
    ];

    /// The word in rows and documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Phone => "phone",
            Self::NameAndAccount => "name_and_account",
            Self::NameAndDomain => "name_and_domain",
        }
    }

    /// The likeness with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|likeness| likeness.as_str() == word)
    }

    /// The key of its sentence in the reader's language.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Address => "contact-doubles-like-address",
            Self::Phone => "contact-doubles-like-phone",
            Self::NameAndAccount => "contacts-like-name-and-account",
            Self::NameAndDomain => "contact-doubles-like-domain",
        }
    }

    /// How much it says.
    pub const fn strength(self) -> i64 {
        match self {
            Self::Address => 4,
            Self::Phone | Self::NameAndAccount => 3,
            Self::NameAndDomain => 2,
        }
    }
}

/// What a mark is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum MarkKind {
    Address,
    Phone,
    Name,
    /// Says nothing by itself: people of one company write from it.
    Domain,
}

impl MarkKind {
    const ALL: [Self; 4] = [Self::Address, Self::Phone, Self::Name, Self::Domain];

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Phone => "phone",
            Self::Name => "name",
            Self::Domain => "domain",
        }
    }

    pub(super) fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A mark: of what, and what it is.
pub(super) type Mark = (MarkKind, String);

/// Where dots before the `@` and words after a plus make no other mailbox; the names of one provider lead to its first.
const DOTLESS: &[(&str, &str)] = &[("gmail.com", "gmail.com"), ("googlemail.com", "gmail.com")];

/// Where words after a plus make no other mailbox.
const PLUS: &[&str] = &[
    "outlook.com",
    "hotmail.com",
    "live.com",
    "msn.com",
    "icloud.com",
    "me.com",
    "mac.com",
    "proton.me",
    "protonmail.com",
    "pm.me",
    "fastmail.com",
    "yandex.ru",
    "yandex.com",
    "zoho.com",
];

/// Where people of all companies have their mailboxes.
const PUBLIC: &[&str] = &[
    "gmail.com",
    "googlemail.com",
    "yahoo.com",
    "ymail.com",
    "aol.com",
    "gmx.com",
    "gmx.net",
    "gmx.de",
    "web.de",
    "mail.com",
    "mail.ru",
    "bk.ru",
    "list.ru",
    "inbox.ru",
    "rambler.ru",
    "ya.ru",
    "qq.com",
    "163.com",
    "wp.pl",
    "o2.pl",
    "onet.pl",
    "interia.pl",
    "op.pl",
    "box.az",
    "yahoo.co.id",
];

/// Digits that a number has at least, and those by which two are compared: without what a country or a trunk stands before.
const PHONE: (usize, usize) = (7, 9);

pub(super) fn of(name: &str, known: &[Identity]) -> Vec<Mark> {
    let mut marks = Vec::new();
    marks.extend(called(name).map(|name| (MarkKind::Name, name)));
    for identity in known {
        match identity.kind {
            Kind::Email => {
                let Some((mailbox, domain)) = mailbox(&identity.value) else {
                    continue;
                };
                marks.push((MarkKind::Address, mailbox));
                if !is_public(&domain) {
                    marks.push((MarkKind::Domain, domain));
                }
            }
            Kind::Phone => marks.extend(phone(&identity.value).map(|phone| (MarkKind::Phone, phone))),
            Kind::Handle | Kind::External => {}
        }
    }
    marks.sort();
    marks.dedup();
    marks
}

/// The words of a name without capitals and signs, in the order of letters; nothing for a single word, which many have.
fn called(name: &str) -> Option<String> {
    let folded = fold(name);
    let mut words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.sort_unstable();
    (words.len() > 1).then(|| words.join(" "))
}

/// The mailbox that an address leads to, and its domain.
fn mailbox(address: &str) -> Option<(String, String)> {
    let folded = crate::agents::fold(address);
    let (local, domain) = folded.rsplit_once('@')?;
    let dotless = DOTLESS.iter().find(|(name, _)| *name == domain);
    let domain = dotless.map_or(domain, |(_, first)| first);
    let has_plus = dotless.is_some() || PLUS.contains(&domain);
    let local = match local.split_once('+') {
        Some((before, _)) if has_plus && !before.is_empty() => before,
        _ => local,
    };
    let local = if dotless.is_some() {
        local.replace('.', "")
    } else {
        local.to_owned()
    };
    Some((format!("{local}@{domain}"), domain.to_owned()))
}

fn is_public(domain: &str) -> bool {
    PUBLIC.contains(&domain) || PLUS.contains(&domain)
}

/// The last digits of a number, without what differs by where one dials from.
fn phone(value: &str) -> Option<String> {
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    let bare = digits.trim_start_matches('0');
    let (least, most) = PHONE;
    (bare.len() >= least).then(|| bare[bare.len().saturating_sub(most)..].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn box_of(address: &str) -> String {
        mailbox(address).expect("an address").0
    }

    #[test]
    fn dots_and_words_after_a_plus_make_no_other_mailbox_where_the_provider_says_so() {
        for same in [
            "Ana.Maria@gmail.com",
            "anamaria+shop@GoogleMail.com",
            "a.n.a.maria@gmail.com",
        ] {
            assert_eq!(box_of(same), "anamaria@gmail.com", "{same}");
        }
        assert_eq!(box_of("ana.maria+x@outlook.com"), "ana.maria@outlook.com");
        assert_ne!(box_of("ana.maria@acme.example"), box_of("anamaria@acme.example"));
        assert_ne!(box_of("ana+x@acme.example"), box_of("ana@acme.example"));
        assert_eq!(box_of("+x@gmail.com"), "+x@gmail.com");
    }

    #[test]
    fn a_number_is_the_same_with_its_country_and_without() {
        for same in [
            "+48 22 555 01 00",
            "0048 22 555 01 00",
            "22 555 01 00",
            "022 555-01-00",
        ] {
            assert_eq!(phone(same).as_deref(), Some("225550100"), "{same}");
        }
        assert_eq!(phone("5501"), None);
    }

    #[test]
    fn a_name_is_the_same_in_any_order_of_its_words() {
        assert_eq!(called("Nowak, Jan"), called("jan NOWAK"));
        assert_eq!(called("Jan"), None);
        assert_ne!(called("Jan Nowak"), called("Jan Nowacki"));
    }

    #[test]
    fn a_public_provider_is_no_company() {
        assert!(is_public("gmail.com") && is_public("wp.pl") && is_public("outlook.com"));
        assert!(!is_public("acme.example"));
    }
}
