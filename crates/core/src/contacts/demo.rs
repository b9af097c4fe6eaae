//! Invented people at the accounts of the sample data.

use kit::db::Tx;
use kit::id::Ids;

use super::identities::{Kind, NewIdentity};
use super::memberships::{ContactRole, MembershipText};
use super::{ContactError, ContactText, Introduction};
use crate::accounts::{Account, AccountId};
use crate::actor::Actor;
use crate::demo::names;

const GIVEN: &[&str] = &[
    "Nadia",
    "Jonas",
    "Aysel",
    "Paweł",
    "Siti",
    "Екатерина",
    "Miguel",
    "Hanna",
    "Rəşad",
    "Budi",
    "Zofia",
    "Илья",
    "Clara",
    "Emeka",
    "Lale",
    "Agnieszka",
    "Theo",
    "Wulan",
    "Mateusz",
    "Günel",
];
const FAMILY: &[&str] = &[
    "Rahimova",
    "Berg",
    "Quliyev",
    "Kowalczyk",
    "Hidayat",
    "Смирнова",
    "Duarte",
    "Lindholm",
    "Əliyeva",
    "Santoso",
    "Nowak",
    "Орлов",
    "Fontaine",
    "Adeyemi",
    "Demir",
    "Wójcik",
    "Papadakis",
    "Lestari",
    "Zając",
    "Məmmədova",
];
/// What they do, and what they are to us.
const TITLES: &[(&str, &[ContactRole])] = &[
    ("Head of operations", &[ContactRole::Champion, ContactRole::User]),
    ("Managing director", &[ContactRole::DecisionMaker]),
    ("Accounts payable", &[ContactRole::Billing]),
    ("Team lead", &[ContactRole::User]),
    ("Product owner", &[ContactRole::Champion]),
];
const LANGUAGES: &[&str] = &["en", "pl", "ru", "az", "id"];

fn one_of<'a, T>(of: &'a [T], dice: &Ids) -> &'a T {
    &of[usize::try_from(dice.below(of.len() as u64)).expect("an index fits")]
}

/// Adds one to four people to `account`; the first speaks for us.
///
/// # Errors
/// The database's.
pub(crate) fn people(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: &Account,
    dice: &Ids,
) -> Result<(), ContactError> {
    let host = account.website.as_deref().unwrap_or("example.com");
    let host = host.split('/').next().unwrap_or(host).trim_start_matches("www.");
    for number in 0..=dice.below(4) {
        let (given, family) = (one_of(GIVEN, dice), one_of(FAMILY, dice));
        let (title, roles) = TITLES[usize::try_from(number).expect("an index fits") % TITLES.len()];
        let name = format!("{given} {family}");
        let identities = known(&name, host, dice);
        let text = ContactText {
            name,
            language: (dice.below(4) == 0).then(|| (*one_of(LANGUAGES, dice)).to_owned()),
            time_zone: None,
            note: if dice.below(12) == 0 {
                "Prefers a call to a long mail.".to_owned()
            } else {
                String::new()
            },
        };
        let membership = MembershipText {
            title: title.to_owned(),
            roles: roles.to_vec(),
            ..MembershipText::default()
        };
        // Now and then somebody was written down twice: the other way round, and without an address.
        if number == 0 && account.name.chars().count() % 9 == 4 {
            again(
                tx,
                actor,
                format!("{family} {given}"),
                (account.id, membership.clone()),
            )?;
        }
        let introduction = Introduction {
            identities,
            membership: Some((account.id, membership)),
        };
        // Who is invented twice stays once.
        match tx.attempt(|tx| super::add(tx, actor, &text, &introduction)) {
            Ok(_) | Err(ContactError::IdentityTaken(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// An address, and for some a phone.
fn known(name: &str, host: &str, dice: &Ids) -> Vec<NewIdentity> {
    let mailbox = names::mailbox(name);
    let mut identities = vec![NewIdentity::email(format!(
        "{mailbox}.{}@{host}",
        dice.below(90) + 10
    ))];
    if dice.below(3) == 0 {
        identities.push(NewIdentity {
            kind: Kind::Phone,
            realm: String::new(),
            value: format!(
                "+48 22 {:03} {:02} {:02}",
                dice.below(1_000),
                dice.below(100),
                dice.below(100)
            ),
        });
    }
    identities
}

fn again(
    tx: &mut Tx<'_>,
    actor: &Actor,
    name: String,
    membership: (AccountId, MembershipText),
) -> Result<(), ContactError> {
    let text = ContactText {
        name,
        ..ContactText::default()
    };
    let introduction = Introduction {
        identities: Vec::new(),
        membership: Some(membership),
    };
    super::add(tx, actor, &text, &introduction).map(drop)
}
