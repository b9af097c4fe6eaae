//! What an account is told apart by: its name without what every company is called, the host of its website, its numbers in
//! other systems. Accounts with the same mark may be one.

use kit::text::fold;

use super::ENOUGH;
use crate::accounts::external_ids::ExternalId;
use crate::accounts::{Account, AccountKind};

/// Why two accounts may be one customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Another system's number is the same.
    Number,
    /// Their websites stand on the same host.
    Domain,
    /// They have the same name, but for forms of companies.
    Name,
    /// Several people are at both.
    Contacts,
}

impl Likeness {
    /// All, the strongest first.
    pub const ALL: [Self; 4] = [Self::Number, Self::Domain, Self::Name, Self::Contacts];

    /// The word in rows and documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Domain => "domain",
            Self::Name => "name",
            Self::Contacts => "contacts",
        }
    }

    /// The likeness with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|likeness| likeness.as_str() == word)
    }

    /// The key of its sentence in the reader's language.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Number => "doubles-like-number",
            Self::Domain => "doubles-like-domain",
            Self::Name => "doubles-like-name",
            Self::Contacts => "doubles-like-contacts",
        }
    }

    /// How much it says.
    pub const fn strength(self) -> i64 {
        match self {
            Self::Number => 4,
            Self::Domain => 3,
            Self::Name | Self::Contacts => 2,
        }
    }

    /// Whether it says something of these two, at which `shared` people are: accounts of one family share websites and
    /// people as a rule, and one person may be at several companies.
    pub(super) fn says_of(self, one: &Account, other: &Account, shared: i64) -> bool {
        let are_family = one.family == other.family;
        let are_persons = one.kind == AccountKind::Person && other.kind == AccountKind::Person;
        match self {
            Self::Number | Self::Name => true,
            Self::Domain => !are_family,
            Self::Contacts => !are_family && (shared >= ENOUGH || are_persons && shared > 0),
        }
    }
}

/// A mark: why, and what it is.
pub(super) type Mark = (Likeness, String);

/// Forms of companies, as their names end in the languages of our texts and the usual ones around.
const FORMS: &[&str] = &[
    "inc",
    "incorporated",
    "llc",
    "llp",
    "ltd",
    "limited",
    "plc",
    "corp",
    "corporation",
    "co",
    "company",
    "gmbh",
    "ag",
    "kg",
    "ug",
    "ohg",
    "se",
    "sa",
    "sas",
    "sarl",
    "srl",
    "spa",
    "bv",
    "nv",
    "oy",
    "ab",
    "aps",
    "sro",
    "doo",
    "kft",
    "spzoo",
    "spolka",
    "zoo",
    "ооо",
    "оао",
    "зао",
    "пао",
    "ао",
    "ип",
    "mmc",
    "asc",
    "qsc",
    "pt",
    "cv",
    "tbk",
];

/// Hosts on which many have their pages: there the first part of the path tells them apart.
const SHARED: &[&str] = &[
    "facebook.com",
    "instagram.com",
    "linkedin.com",
    "vk.com",
    "t.me",
    "github.io",
    "github.com",
    "sites.google.com",
    "linktr.ee",
    "allegro.pl",
    "tokopedia.com",
    "shopee.co.id",
];

/// Numbers shorter than this are the same by chance: systems count their rows. Those of taxes and registers are longer.
const SHORTEST_NUMBER: usize = 8;

pub(super) fn of(account: &Account, known: &[ExternalId]) -> Vec<Mark> {
    let mut marks = Vec::new();
    marks.extend(name(&account.name).map(|name| (Likeness::Name, name)));
    let website = account.website.as_deref();
    marks.extend(website.map(|website| (Likeness::Domain, domain(website))));
    let numbers = known.iter().filter_map(|one| number(&one.value));
    marks.extend(numbers.map(|number| (Likeness::Number, number)));
    marks.sort();
    marks.dedup();
    marks
}

/// The name without capitals, signs and forms of companies; nothing when nothing is left.
fn name(name: &str) -> Option<String> {
    let bare = fold(&name.replace(['.', '\'', '’'], ""));
    let mut words: Vec<&str> = bare
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    if words.ends_with(&["sp", "z", "oo"]) {
        words.truncate(words.len() - 3);
    }
    while words.len() > 1 && words.last().is_some_and(|word| FORMS.contains(word)) {
        words.pop();
    }
    if words.len() > 1 && words.first().is_some_and(|word| FORMS.contains(word)) {
        words.remove(0);
    }
    let name = words.join(" ");
    (name.chars().count() > 1).then_some(name)
}

/// The host without `www.` and port; with the first part of the path where many share the host.
fn domain(website: &str) -> String {
    let folded = website.to_lowercase();
    let mut parts = folded.split(['/', '?', '#']);
    let host = parts.next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    match parts.next() {
        Some(path) if SHARED.contains(&host) && !path.is_empty() => format!("{host}/{path}"),
        _ => host.to_owned(),
    }
}

fn number(value: &str) -> Option<String> {
    let bare: String = fold(value).chars().filter(|c| c.is_alphanumeric()).collect();
    let is_one = bare.chars().count() >= SHORTEST_NUMBER && bare.chars().any(|c| c.is_ascii_digit());
    is_one.then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_companies_and_signs_make_no_other_name() {
        for same in [
            "Acme",
            "ACME Inc.",
            "Acme, Ltd",
            "acme GmbH & Co. KG",
            "PT Acme Tbk",
            "Acme Sp. z o.o.",
        ] {
            assert_eq!(name(same).as_deref(), Some("acme"), "{same}");
        }
        assert_eq!(name("ООО «Ромашка»").as_deref(), Some("ромашка"));
        assert_eq!(name("Limited"), Some("limited".to_owned()));
        assert_eq!(name("Co"), Some("co".to_owned()));
        assert_eq!(name("—"), None);
        assert_ne!(name("Acme North"), name("Acme South"));
    }

    #[test]
    fn a_domain_is_the_host_unless_many_share_it() {
        assert_eq!(domain("www.Acme.example:8080/shop?x"), "acme.example");
        assert_eq!(domain("facebook.com/acme/about"), "facebook.com/acme");
        assert_ne!(domain("facebook.com/acme"), domain("facebook.com/other"));
    }

    #[test]
    fn short_numbers_say_nothing() {
        assert_eq!(number("C-100042"), None);
        assert_eq!(number("PL 525-224-84-81"), Some("pl5252248481".to_owned()));
        assert_eq!(number("unknown"), None);
    }
}
