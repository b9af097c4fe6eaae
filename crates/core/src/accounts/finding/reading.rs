//! How a filtered list is read without reading the whole workspace.
//!
//! If one filter alone leaves few accounts, those are looked at. Else what is asked is common, and accounts are looked at in
//! the order of the sort, in parts that grow, until enough have passed. Either way the answer is the same.

use std::collections::HashSet;

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::web::Order;
use kit::web::table::Sort;

use super::store::{self, Passed};
use super::{ANY_NAME, Asked};
use crate::accounts::listing::{SortValue, Spot};
use crate::accounts::{Account, AccountId, bulk};
use crate::segments;
use crate::tiers::service;
use crate::workspaces::WorkspaceId;

/// How many accounts are few.
const FEW: i64 = 2_000;
/// The first part that is looked at in the order of the sort, and the largest.
const PARTS: (i64, i64) = (150, 5_000);

/// Up to `limit` accounts that pass, from `spot` on.
pub(super) fn read(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    asked: &Asked,
    (sort, spot): (Sort, Option<&Spot>),
    limit: i64,
) -> Result<Vec<Account>, DbError> {
    let size = usize::try_from(limit).unwrap_or_default();
    let mut ids = match few(tx, workspace, asked)? {
        Some((few, rest)) => among(tx, workspace, &rest, (sort, spot), few)?,
        None => along(tx, workspace, asked, (sort, spot), size)?,
    };
    ids.truncate(size);
    let mut found = bulk::found(tx, workspace, &ids)?;
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// The accounts that are left by the filters that leave few each, and what else is asked of them; none where each filter
/// leaves many.
fn few(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    asked: &Asked,
) -> Result<Option<(Vec<AccountId>, Asked)>, DbError> {
    let (mut left, mut rest): (Option<Vec<AccountId>>, Asked) = (None, asked.clone());
    for only in ONLY {
        let Some(found) = (only.find)(tx, workspace, asked)? else {
            continue;
        };
        // The whole answer of a filter need not be asked again.
        if (found.len() as i64) < FEW {
            (only.answer)(&mut rest);
            left = Some(match left {
                None => found,
                Some(left) => {
                    let found: HashSet<AccountId> = found.into_iter().collect();
                    left.into_iter().filter(|id| found.contains(id)).collect()
                }
            });
        }
    }
    Ok(left.map(|left| (left, rest)))
}

/// Finds up to [`FEW`] accounts that a filter leaves by itself; none where it asks nothing.
type Find = fn(&mut Tx<'_>, WorkspaceId, &Asked) -> Result<Option<Vec<AccountId>>, DbError>;

/// A filter that can leave few.
struct Only {
    find: Find,
    /// Takes its question away.
    answer: fn(&mut Asked),
}

/// The filters that can leave few; the cheap ones first.
const ONLY: &[Only] = &[
    Only {
        find: |tx, workspace, asked| {
            when(is_asked(asked.tier), || {
                store::on_tier(tx, workspace, asked.tier, FEW)
            })
        },
        answer: |asked| asked.tier = Uuid::nil(),
    },
    Only {
        find: |tx, workspace, asked| {
            when(!asked.touch.is_empty(), || {
                service::some(tx, workspace, &asked.touch, FEW)
            })
        },
        answer: |asked| asked.touch.clear(),
    },
    Only {
        find: |tx, workspace, asked| {
            when(is_asked(asked.stage), || {
                store::on_stage(tx, workspace, asked.stage, FEW)
            })
        },
        answer: |asked| asked.stage = Uuid::nil(),
    },
    Only {
        find: |tx, workspace, asked| {
            when(is_asked(asked.owner), || {
                store::owned(tx, workspace, asked.owner, FEW)
            })
        },
        answer: |asked| asked.owner = Uuid::nil(),
    },
    Only {
        find: |tx, workspace, asked| {
            when(is_asked(asked.segment), || {
                segments::some(tx, workspace, asked.segment, FEW)
            })
        },
        answer: |asked| asked.segment = Uuid::nil(),
    },
    Only {
        find: |tx, workspace, asked| {
            when(is_asked(asked.tag), || {
                store::tagged(tx, workspace, asked.tag, FEW)
            })
        },
        answer: |asked| asked.tag = Uuid::nil(),
    },
    Only {
        find: |tx, workspace, asked| {
            when(!asked.renews_until.is_empty(), || {
                store::renewing(tx, workspace, &asked.renews_until, FEW)
            })
        },
        answer: |asked| asked.renews_until.clear(),
    },
    Only {
        find: |tx, workspace, asked| when(asked.state == "closed", || store::closed(tx, workspace, FEW)),
        answer: |asked| asked.state.clear(),
    },
    Only {
        find: |tx, workspace, asked| {
            when(asked.like != ANY_NAME, || {
                store::called(tx, workspace, &asked.like, FEW)
            })
        },
        answer: |asked| asked.like = ANY_NAME.to_owned(),
    },
];

fn is_asked(id: Uuid) -> bool {
    id != Uuid::nil()
}

fn when<T>(is_asked: bool, find: impl FnOnce() -> Result<T, DbError>) -> Result<Option<T>, DbError> {
    if is_asked { find().map(Some) } else { Ok(None) }
}

/// Those of `few` that pass, in the order of the sort, from `spot` on.
fn among(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    asked: &Asked,
    (sort, spot): (Sort, Option<&Spot>),
    few: Vec<AccountId>,
) -> Result<Vec<AccountId>, DbError> {
    let is_up = sort.order == Order::Ascending;
    if sort.by == "name" {
        let mut ids = match asked.is_nothing() {
            true => few,
            false => ids_of(store::passing(tx, workspace, asked, &few)?),
        };
        if let Some((name, id)) = spot.and_then(|spot| Some((spot.name()?, spot.id))) {
            ids = store::behind_name(tx, workspace, &ids, (name, id), is_up)?;
        }
        let placed = store::in_order_of_names(tx, workspace, &ids)?;
        let mut ids: Vec<AccountId> = placed.into_iter().map(|(_, id)| id).collect();
        if !is_up {
            ids.reverse();
        }
        return Ok(ids);
    }
    let passed = store::passing(tx, workspace, asked, &few)?;
    let number = |passed: &Passed| match sort.by {
        "changed" => passed.changed,
        "created" => passed.created,
        _ => passed.arr,
    };
    let mut placed: Vec<(i64, AccountId)> = passed.iter().map(|one| (number(one), one.id)).collect();
    if let Some(place) = spot.and_then(|spot| Some((spot.moment()?, spot.id))) {
        placed.retain(|one| if is_up { *one > place } else { *one < place });
    }
    placed.sort_unstable();
    if !is_up {
        placed.reverse();
    }
    Ok(placed.into_iter().map(|(_, id)| id).collect())
}

fn ids_of(passed: Vec<Passed>) -> Vec<AccountId> {
    passed.into_iter().map(|passed| passed.id).collect()
}

/// Those that pass, in the order of the sort, from `spot` on, until there are `enough`.
fn along(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    asked: &Asked,
    (sort, spot): (Sort, Option<&Spot>),
    enough: usize,
) -> Result<Vec<AccountId>, DbError> {
    let mut place = spot.map(|spot| (spot.value.clone(), spot.id));
    let (mut part, most) = PARTS;
    let mut ids = Vec::new();
    while ids.len() < enough {
        let placed = next(tx, workspace, sort, place.as_ref(), part)?;
        let there: Vec<AccountId> = placed.iter().map(|(_, id)| *id).collect();
        let passed = store::passing(tx, workspace, asked, &there)?;
        let passed: HashSet<AccountId> = passed.into_iter().map(|passed| passed.id).collect();
        ids.extend(there.into_iter().filter(|id| passed.contains(id)));
        if (placed.len() as i64) < part {
            break;
        }
        place = placed.into_iter().last();
        part = (part * 4).min(most);
    }
    Ok(ids)
}

/// The next accounts in the order of the sort, whether they pass or not.
fn next(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    sort: Sort,
    place: Option<&(SortValue, AccountId)>,
    limit: i64,
) -> Result<Vec<store::Placed>, DbError> {
    let is_up = sort.order == Order::Ascending;
    if sort.by == "name" {
        let place = match place {
            Some((SortValue::Name(name), id)) => Some((name.as_str(), *id)),
            _ => None,
        };
        return store::names(tx, workspace, place, (is_up, limit));
    }
    let place = match place {
        Some((SortValue::Moment(number), id)) => (*number, *id),
        _ if is_up => (i64::MIN, AccountId::from_uuid(Uuid::nil())),
        _ => (i64::MAX, AccountId::from_uuid(Uuid::max())),
    };
    store::numbers(tx, workspace, sort.by, place, (is_up, limit))
}
