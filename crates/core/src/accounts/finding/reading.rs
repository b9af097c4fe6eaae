//! How a filtered list is read without reading the whole workspace.
//!
//! If one filter alone leaves few accounts, those are looked at. Else what is asked is common, and accounts are looked at in
//! the order of the sort, in parts that grow, until enough have passed. Either way the answer is the same.

use std::collections::HashSet;

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::web::Order;
use kit::web::table::Sort;

use super::Asked;
use super::store::{self, Passed};
use crate::accounts::listing::{SortValue, Spot};
use crate::accounts::{Account, AccountId, bulk};
use crate::segments;
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
        Some(few) => among(tx, workspace, asked, (sort, spot), &few)?,
        None => along(tx, workspace, asked, (sort, spot), size)?,
    };
    ids.truncate(size);
    let mut found = bulk::found(tx, workspace, &ids)?;
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// The accounts that one of the filters leaves, if they are few.
fn few(tx: &mut Tx<'_>, workspace: WorkspaceId, asked: &Asked) -> Result<Option<Vec<AccountId>>, DbError> {
    let mut fewest: Option<Vec<AccountId>> = None;
    for only in ONLY {
        let Some(found) = only(tx, workspace, asked)? else {
            continue;
        };
        let is_fewer = fewest.as_ref().is_none_or(|fewest| found.len() < fewest.len());
        if is_fewer && (found.len() as i64) < FEW {
            fewest = Some(found);
        }
    }
    Ok(fewest)
}

/// Up to [`FEW`] accounts that a filter leaves by itself; none where it asks nothing.
type Only = fn(&mut Tx<'_>, WorkspaceId, &Asked) -> Result<Option<Vec<AccountId>>, DbError>;

/// The filters that can leave few; the cheap ones first.
const ONLY: &[Only] = &[
    |tx, workspace, asked| {
        when(is_asked(asked.tier), || {
            store::on_tier(tx, workspace, asked.tier, FEW)
        })
    },
    |tx, workspace, asked| {
        when(is_asked(asked.stage), || {
            store::on_stage(tx, workspace, asked.stage, FEW)
        })
    },
    |tx, workspace, asked| {
        when(is_asked(asked.owner), || {
            store::owned(tx, workspace, asked.owner, FEW)
        })
    },
    |tx, workspace, asked| {
        when(is_asked(asked.segment), || {
            segments::some(tx, workspace, asked.segment, FEW)
        })
    },
    |tx, workspace, asked| {
        when(is_asked(asked.tag), || {
            store::tagged(tx, workspace, asked.tag, FEW)
        })
    },
    |tx, workspace, asked| {
        when(!asked.renews_until.is_empty(), || {
            store::renewing(tx, workspace, &asked.renews_until, FEW)
        })
    },
    |tx, workspace, asked| when(asked.state == "closed", || store::closed(tx, workspace, FEW)),
    |tx, workspace, asked| {
        when(asked.like != "%%", || {
            store::called(tx, workspace, &asked.like, FEW)
        })
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
    few: &[AccountId],
) -> Result<Vec<AccountId>, DbError> {
    let is_up = sort.order == Order::Ascending;
    let passed = store::passing(tx, workspace, asked, few)?;
    if sort.by == "name" {
        let mut ids: Vec<AccountId> = passed.iter().map(|passed| passed.id).collect();
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
