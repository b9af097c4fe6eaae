//! Names of people and companies that do not exist.

use kit::id::Ids;

use crate::accounts::{AccountKind, AccountText};
use crate::permissions::Role;

/// Who works here.
pub(super) const TEAM: &[(&str, Role)] = &[
    ("Ada Lindqvist", Role::Admin),
    ("Marek Zieliński", Role::SupportLead),
    ("Leyla Quliyeva", Role::SupportAgent),
    ("Dewi Pratiwi", Role::SupportAgent),
    ("Ольга Соколова", Role::SupportAgent),
    ("Tomás Ferreira", Role::SuccessLead),
    ("Nina Okafor", Role::SuccessManager),
    ("Piotr Wiśniewski", Role::SuccessManager),
    ("Ruth Abrahams", Role::ProductManager),
];

const FIRST: &[&str] = &[
    "Nord",
    "Sund",
    "Alta",
    "Vega",
    "Kiri",
    "Lumo",
    "Tern",
    "Brix",
    "Halo",
    "Oryx",
    "Pico",
    "Quill",
    "Rune",
    "Saga",
    "Tova",
    "Ulma",
    "Vale",
    "Wren",
    "Yara",
    "Zeno",
    "Amber",
    "Birch",
    "Cedar",
    "Delta",
    "Ember",
    "Fjord",
    "Grove",
    "Heron",
    "Iris",
    "Juniper",
    "Kestrel",
    "Larch",
    "Maple",
    "Nimbus",
    "Otter",
    "Pebble",
    "Raven",
    "Spruce",
    "Thistle",
    "Willow",
    "Żubr",
    "Xəzər",
    "Нева",
    "Śnieżka",
    "Abşeron",
    "Волга",
    "Nusa",
    "Sinar",
];
const SECOND: &[&str] = &[
    "Logistics",
    "Foods",
    "Analytics",
    "Health",
    "Robotics",
    "Studios",
    "Energy",
    "Freight",
    "Textiles",
    "Optics",
    "Clinics",
    "Books",
    "Travel",
    "Insurance",
    "Payments",
    "Furniture",
    "Tools",
    "Media",
    "Labs",
    "Farms",
    "Motors",
    "Hotels",
    "Schools",
    "Security",
    "Printing",
    "Brewery",
    "Sports",
    "Music",
    "Waters",
    "Telecom",
];
/// Accounts that are one person.
const PERSONS: &[&str] = &[
    "Jonas Keller",
    "Zofia Wójcik",
    "Rəşad Məmmədov",
    "Putri Wulandari",
    "Ирина Беляева",
    "Amélie Roux",
];
const FORMS: &[&str] = &[
    "",
    "",
    "",
    " GmbH",
    " Ltd",
    " S.A.",
    " sp. z o.o.",
    " MMC",
    " PT",
    " Inc.",
];

/// The account with this number; every number another name.
pub(crate) fn account(number: usize, dice: &Ids) -> AccountText {
    let (first, second, round) = words(number);
    let form = FORMS[usize::try_from(dice.below(FORMS.len() as u64)).expect("an index fits")];
    let name = format!("{first} {second}{round}{form}");
    let website = (dice.below(8) != 0).then(|| format!("{}-{number}.example.com", mailbox(second)));
    if number % 17 == 12 {
        return AccountText {
            name: format!("{} {}", PERSONS[number / 17 % PERSONS.len()], round.trim())
                .trim()
                .to_owned(),
            website: None,
            kind: AccountKind::Person,
        };
    }
    if number % 60 == 33 {
        return double(number - 28);
    }
    AccountText {
        name,
        website,
        kind: AccountKind::Company,
    }
}

/// The account with this number once more, as somebody else would have written it.
fn double(number: usize) -> AccountText {
    let (first, second, round) = words(number);
    AccountText {
        name: format!("{first} {second}{round} Limited"),
        website: Some(format!("www.{}-{number}.example.com", mailbox(second))),
        kind: AccountKind::Company,
    }
}

/// What the account with this number is called, and in which round of all names.
fn words(number: usize) -> (&'static str, &'static str, String) {
    let (first, rest) = (FIRST[number % FIRST.len()], number / FIRST.len());
    let (second, round) = (SECOND[(rest + number) % SECOND.len()], rest / SECOND.len());
    let round = match round {
        0 => String::new(),
        round => format!(" {}", round + 1),
    };
    (first, second, round)
}

/// A name as the front of an address: `marek.zielinski`.
pub(crate) fn mailbox(name: &str) -> String {
    let plain = |c: char| match c {
        'ń' => "n".to_owned(),
        'ś' => "s".to_owned(),
        'á' => "a".to_owned(),
        ' ' => ".".to_owned(),
        c if c.is_ascii() => c.to_ascii_lowercase().to_string(),
        c => c.to_lowercase().to_string(),
    };
    name.chars().map(plain).collect()
}
