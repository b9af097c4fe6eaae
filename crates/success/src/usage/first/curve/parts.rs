//! The accounts by tier, segment or quarter.

use std::collections::{BTreeMap, BTreeSet};

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::segments::{self, SegmentError};

use super::{Account, By, Called};

/// Accounts of a segment that are looked at.
const MEMBERS: i64 = 100_000;
/// The key of the accounts without a tier.
const NO_TIER: &str = "none";

/// A part of the accounts.
pub(super) struct Part {
    pub(super) key: String,
    pub(super) called: Called,
    pub(super) accounts: BTreeSet<AccountId>,
}

impl Part {
    /// Its accounts among all.
    pub(super) fn of<'a>(&self, all: &'a [Account]) -> Vec<&'a Account> {
        all.iter()
            .filter(|one| self.accounts.contains(&one.account))
            .collect()
    }
}

/// All accounts, parted.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn all_of(tx: &mut Tx<'_>, actor: &Actor, by: By, all: &[Account]) -> Result<Vec<Part>, DbError> {
    match by {
        By::Segment => segments_of(tx, actor, all),
        By::Tier => Ok(parted(all, |one| {
            let tier = one.tier.clone();
            tier.map_or(
                (i64::MAX, NO_TIER.to_owned(), Called::NoTier),
                |(place, key, name)| (place, key, Called::Named(name)),
            )
        })),
        By::Quarter => Ok(parted(all, |one| {
            let (year, month) = one.start.year_and_month();
            let quarter = (month - 1) / 3 + 1;
            let order = i64::from(year) * 4 + i64::from(quarter);
            (
                order,
                format!("{year}-Q{quarter}"),
                Called::Quarter(year, quarter),
            )
        })),
    }
}

/// The parts that an order, a key and a name make, in that order.
pub(super) fn parted(all: &[Account], of: impl Fn(&Account) -> (i64, String, Called)) -> Vec<Part> {
    let mut parts: BTreeMap<(i64, String), Part> = BTreeMap::new();
    for one in all {
        let (order, key, called) = of(one);
        let part = parts.entry((order, key.clone())).or_insert_with(|| Part {
            key,
            called,
            accounts: BTreeSet::new(),
        });
        part.accounts.insert(one.account);
    }
    parts.into_values().collect()
}

fn segments_of(tx: &mut Tx<'_>, actor: &Actor, all: &[Account]) -> Result<Vec<Part>, DbError> {
    let seen = match segments::all(tx, actor) {
        Ok(seen) => seen,
        Err(SegmentError::Db(error)) => return Err(error),
        // Who may not see accounts sees no segments of them.
        Err(_) => return Ok(Vec::new()),
    };
    let watched: BTreeSet<AccountId> = all.iter().map(|one| one.account).collect();
    let mut parts = Vec::new();
    for segment in seen.into_iter().filter(|segment| segment.removal.is_none()) {
        let nil = AccountId::from_uuid(Uuid::nil());
        let members = match segments::members(tx, actor, segment.id, nil, MEMBERS) {
            Ok(members) => members,
            Err(SegmentError::Db(error)) => return Err(error),
            Err(_) => continue,
        };
        let accounts = members.into_iter().map(|member| member.account);
        parts.push(Part {
            key: segment.id.to_string(),
            called: Called::Named(segment.text.name),
            accounts: accounts.filter(|account| watched.contains(account)).collect(),
        });
    }
    parts.retain(|part| !part.accounts.is_empty());
    Ok(parts)
}
