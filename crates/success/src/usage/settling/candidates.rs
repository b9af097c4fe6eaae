//! Why a name waits, and which accounts it may be.

use std::collections::{BTreeSet, HashMap};

use kit::db::{DbError, Tx};
use kit::text::fold;
use tandem_core::accounts::AccountId;
use tandem_core::contacts::ContactId;
use tandem_core::workspaces::WorkspaceId;

use super::store;
use crate::usage::people::{NameId, NameKind, Placing};

/// How many accounts are offered.
const OFFERED: usize = 4;

/// Why the account of events can't be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No account is called as the group is.
    Group,
    /// The user is no contact.
    NoContact,
    /// A browser with which nobody signed in.
    Anonymous,
    /// A browser with which several users signed in.
    Shared,
    /// The person is at no account.
    Nowhere,
    /// The person is at several accounts.
    Several,
    /// The person was at an account, but not on these days.
    OtherDays,
}

/// Why an account is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The person is or was there.
    Place,
    /// Another system calls it so.
    Number,
    /// Its website stands where the address does.
    Address,
    /// It has this name.
    Name,
}

/// An account that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// Why it is offered.
    pub why: Why,
}

/// What was found of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// Why its account can't be told; none while it can.
    pub reason: Option<Reason>,
    /// Who stands behind it; a group stands for itself.
    pub root: NameId,
    /// The contact that they are.
    pub contact: Option<ContactId>,
    /// The account, where it can be told for all days.
    pub account: Option<AccountId>,
    /// The accounts that it may be, what says most first.
    pub candidates: Vec<Candidate>,
}

/// A name to look at.
#[derive(Clone, Copy, Debug)]
pub(in crate::usage) struct Subject<'a> {
    pub(in crate::usage) id: NameId,
    pub(in crate::usage) kind: &'a str,
    pub(in crate::usage) value: &'a str,
    pub(in crate::usage) title: Option<&'a str>,
    pub(in crate::usage) email: Option<&'a str>,
}

impl Reason {
    /// The word in documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::NoContact => "no_contact",
            Self::Anonymous => "anonymous",
            Self::Shared => "shared",
            Self::Nowhere => "no_account",
            Self::Several => "several_accounts",
            Self::OtherDays => "other_days",
        }
    }

    /// The key of its sentence in the reader's language.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Group => "usage-settling-group",
            Self::NoContact => "usage-settling-no-contact",
            Self::Anonymous => "usage-settling-anonymous",
            Self::Shared => "usage-settling-shared",
            Self::Nowhere => "usage-settling-nowhere",
            Self::Several => "usage-settling-several",
            Self::OtherDays => "usage-settling-other-days",
        }
    }
}

impl Why {
    /// The word in documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Number => "external_id",
            Self::Address => "address",
            Self::Name => "name",
        }
    }

    /// The key of its sentence in the reader's language.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Place => "usage-settling-by-place",
            Self::Number => "usage-settling-by-number",
            Self::Address => "usage-settling-by-address",
            Self::Name => "usage-settling-by-name",
        }
    }
}

impl Subject<'_> {
    fn is_group(&self) -> bool {
        self.kind == NameKind::Group.as_str()
    }

    /// Where its address stands; a group may be called by it.
    fn host(&self) -> Option<String> {
        let address = self.email.unwrap_or(self.value);
        let host = match address.rsplit_once('@') {
            Some((_, host)) => host,
            None if self.is_group() => address,
            None => return None,
        };
        let host = fold(host.trim());
        host.contains('.').then_some(host)
    }
}

/// Looks at names, by a few statements for all of them; in their order.
pub(in crate::usage) fn looked(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    subjects: &[Subject<'_>],
) -> Result<Vec<Looked>, DbError> {
    let ids = |is_group: bool| -> BTreeSet<NameId> {
        let all = subjects.iter().filter(|one| one.is_group() == is_group);
        all.map(|one| one.id).collect()
    };
    let (persons, groups) = (ids(false), ids(true));
    let mut placing = Placing::of(workspace);
    placing.prepare(tx, (&persons, &persons), &groups)?;
    let like = Likenesses::of(tx, workspace, subjects)?;
    let (mut all, mut offered) = (Vec::with_capacity(subjects.len()), Vec::new());
    for subject in subjects {
        let (found, places) = stand(tx, &mut placing, subject)?;
        let places = places.into_iter().map(|account| (account, Why::Place));
        let mut wanted: Vec<(AccountId, Why)> = Vec::new();
        for (account, why) in places.chain(like.to(subject)) {
            if wanted.iter().all(|(known, _)| *known != account) && wanted.len() < OFFERED {
                wanted.push((account, why));
            }
        }
        offered.push(wanted);
        all.push(found);
    }
    name_all(tx, workspace, (&mut all[..], &offered[..]))?;
    Ok(all)
}

/// Why a name waits, and the accounts at which the person is said to be.
fn stand(
    tx: &mut Tx<'_>,
    placing: &mut Placing,
    subject: &Subject<'_>,
) -> Result<(Looked, BTreeSet<AccountId>), DbError> {
    let mut looked = Looked {
        reason: Some(Reason::Group),
        root: subject.id,
        contact: None,
        account: None,
        candidates: Vec::new(),
    };
    if subject.is_group() {
        looked.account = placing.account_of(tx, subject.id)?;
        looked.reason = looked.reason.filter(|_| looked.account.is_none());
        return Ok((looked, BTreeSet::new()));
    }
    let (root, contact, places) = placing.standing(tx, subject.id)?;
    (looked.root, looked.contact) = (root, contact);
    let is_anonymous = root == subject.id && subject.kind == NameKind::Anonymous.as_str();
    looked.reason = Some(match (places.len(), contact) {
        (0, None) if is_anonymous && placing.users_of(tx, subject.id)? > 1 => Reason::Shared,
        (0, None) if is_anonymous => Reason::Anonymous,
        (0, None) => Reason::NoContact,
        (0, Some(_)) => Reason::Nowhere,
        (1, _) => Reason::OtherDays,
        _ => Reason::Several,
    });
    if let Some(account) = placing.always_at(tx, subject.id)? {
        (looked.account, looked.reason) = (Some(account), None);
    }
    Ok((looked, places))
}

/// The accounts that are offered for a name, each with why.
type Offered = Vec<(AccountId, Why)>;

/// Says what the offered accounts are called; those that are none any more are offered no more.
fn name_all(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (all, offered): (&mut [Looked], &[Offered]),
) -> Result<(), DbError> {
    let ids: BTreeSet<AccountId> = offered.iter().flatten().map(|(account, _)| *account).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let ids: Vec<AccountId> = ids.into_iter().collect();
    let names: HashMap<AccountId, String> = store::account_names(tx, workspace, &ids)?.into_iter().collect();
    for (looked, wanted) in all.iter_mut().zip(offered) {
        let named = wanted.iter().filter_map(|(account, why)| {
            Some(Candidate {
                account: *account,
                name: names.get(account)?.clone(),
                why: *why,
            })
        });
        looked.candidates = named.collect();
    }
    Ok(())
}

/// Accounts that look like names.
#[derive(Default)]
struct Likenesses {
    numbers: HashMap<String, Vec<AccountId>>,
    hosts: HashMap<String, Vec<AccountId>>,
    names: HashMap<String, Vec<AccountId>>,
}

impl Likenesses {
    fn of(tx: &mut Tx<'_>, workspace: WorkspaceId, subjects: &[Subject<'_>]) -> Result<Self, DbError> {
        let mut like = Self::default();
        let groups = || subjects.iter().filter(|one| one.is_group());
        let values: Vec<&str> = groups().map(|one| one.value).collect();
        if !values.is_empty() {
            for (value, account) in store::accounts_called(tx, workspace, &values)? {
                like.numbers.entry(value).or_default().push(account);
            }
        }
        let names: BTreeSet<String> = groups().flat_map(names_of).collect();
        let hosts: BTreeSet<String> = subjects.iter().filter_map(Subject::host).flat_map(both).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
        if !names.is_empty() || !hosts.is_empty() {
            for (name, website, account) in store::accounts_like(tx, workspace, (&names[..], &hosts[..]))? {
                like.names.entry(name).or_default().push(account);
                if let Some(website) = website {
                    like.hosts.entry(website).or_default().push(account);
                }
            }
        }
        Ok(like)
    }

    /// Those that look like one of them, with why.
    fn to(&self, subject: &Subject<'_>) -> Vec<(AccountId, Why)> {
        let mut all = Vec::new();
        let mut add = |found: Option<&Vec<AccountId>>, why: Why| {
            all.extend(found.into_iter().flatten().map(|account| (*account, why)));
        };
        if subject.is_group() {
            add(self.numbers.get(subject.value), Why::Number);
        }
        for host in subject.host().into_iter().flat_map(both) {
            add(self.hosts.get(&host), Why::Address);
        }
        if subject.is_group() {
            for name in names_of(subject) {
                add(self.names.get(&name), Why::Name);
            }
        }
        all
    }
}

/// What a group may be called, folded.
fn names_of(subject: &Subject<'_>) -> Vec<String> {
    let names = [subject.title, Some(subject.value)];
    names
        .into_iter()
        .flatten()
        .map(|name| fold(name.trim()))
        .collect()
}

/// A host as websites are written.
fn both(host: String) -> [String; 2] {
    let with = format!("www.{host}");
    [host, with]
}

#[cfg(test)]
mod tests {
    use kit::id::{TypedId, Uuid};

    use super::*;

    fn subject<'a>(kind: &'a str, value: &'a str, email: Option<&'a str>) -> Subject<'a> {
        Subject {
            id: NameId::from_uuid(Uuid::nil()),
            kind,
            value,
            title: None,
            email,
        }
    }

    #[test]
    fn an_address_says_where_it_stands_and_an_id_of_a_person_does_not() {
        let host = |kind, value, email| subject(kind, value, email).host();
        assert_eq!(
            host("user", "u-1", Some("Leyla@Acme.example")).as_deref(),
            Some("acme.example")
        );
        assert_eq!(
            host("user", "tom@other.example", None).as_deref(),
            Some("other.example")
        );
        assert_eq!(
            host("group", "acme.example", None).as_deref(),
            Some("acme.example")
        );
        assert_eq!(host("user", "acme.example", None), None, "this is only an id");
        assert_eq!(host("group", "acme", None), None);
    }

    #[test]
    fn what_says_most_is_offered_first() {
        let account = |n: u128| AccountId::from_uuid(Uuid::from_u128(n));
        let mut like = Likenesses::default();
        like.names.insert("acme.example".into(), vec![account(1)]);
        like.hosts.insert("www.acme.example".into(), vec![account(2)]);
        like.numbers.insert("acme.example".into(), vec![account(3)]);
        let offered = like.to(&subject("group", "acme.example", None));
        let wanted = [
            (account(3), Why::Number),
            (account(2), Why::Address),
            (account(1), Why::Name),
        ];
        assert_eq!(offered, wanted);
        assert_eq!(like.to(&subject("user", "u@acme.example", None)), [wanted[1]]);
    }
}
