//! Two accounts that are one customer: one goes, the other has everything from then on.
//!
//! What refers to accounts says in its [`Part`] what becomes of it. A merge writes down every row that it moves, keeps or
//! replaces, so taking it back, days later too, gives exactly the rows that there were; what came after the merge stays
//! with the survivor. While it is merged an account is no row: its id leads to the survivor ([`stands_for`]).

pub mod api;
mod choices;
mod model;
mod parts;
mod rows;
mod store;
mod views;
pub mod web;

use kit::db::catalog::{self, Pick, Table};
use kit::db::{DbError, Tx};
use kit::id::{AnyId, TypedId};
use serde_json::json;

pub use choices::{Choice, Preview, preview};
pub use model::Merge;
use model::{Place, Record, Texts};
pub use parts::{Count, Part, Parts, Said, Way};

use super::{Account, AccountError, AccountId, LIST, family, jobs};
use crate::actor::Actor;
use crate::events::{self, Kind, NewEvent};
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

/// An account was merged into another: recorded of both.
pub const MERGED: Kind = Kind::new("account.merged", Permission::AccountsRead);
/// A merge was taken back: recorded of both.
pub const UNMERGED: Kind = Kind::new("account.unmerged", Permission::AccountsRead);

/// How many merges in a row are followed.
const FAR: usize = 50;
/// How many things search looks at again at once; the rest follows when they change.
const SEARCHED: usize = 1_000;

/// Says that `gone` is `kept`, which stands for both from now on. Of the names in `take` the survivor gets the value that
/// `gone` has. Said twice it changes nothing.
///
/// # Errors
/// [`AccountError::BadMerge`] when both are the same or `gone` is none of this workspace, [`AccountError::TooLarge`] when
/// the family would be; a missing permission.
pub fn merge(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kept: AccountId,
    gone: AccountId,
    take: &[String],
) -> Result<Account, AccountError> {
    actor.must(Permission::AccountsWrite)?;
    let into = super::find(tx, actor, kept)?.ok_or(AccountError::Unknown)?;
    let Some(part) = super::find(tx, actor, gone)? else {
        return match store::find(tx, actor.workspace, gone)? {
            Some(merge) if merge.into == kept => Ok(into),
            _ => Err(AccountError::BadMerge),
        };
    };
    if kept == gone {
        return Err(AccountError::BadMerge);
    }
    if take.iter().any(|name| name == model::STATE) {
        actor.must(Permission::AccountsClose)?;
    }
    let tables = catalog::tables(tx)?;
    let own = own(&tables, actor.workspace)?;
    let account = own.rows(tx, gone.uuid())?;
    let family = join_families(tx, actor, &into, &part, take)?;
    let texts = take_texts(tx, actor, &into, &part, take)?;
    let moved = rows::join(tx, &tables, actor.workspace, (kept, gone), take)?;
    let searched = moved.searched;
    own.lift(tx, gone.uuid())?;
    let record = Record {
        account,
        was_open: part.is_open(),
        took: take.to_vec(),
        texts,
        family,
        parts: moved.rows,
    };
    let merge = Merge {
        account: gone,
        into: kept,
        name: part.name.clone(),
        by: actor.signature(),
        at: tx.now(),
    };
    let written = serde_json::to_string(&record).expect("rows are JSON");
    store::insert(tx, actor.workspace, &merge, &written)?;
    rows::derive(tx, actor.workspace, &[kept])?;
    let account = super::find(tx, actor, kept)?.ok_or(AccountError::Unknown)?;
    let opened = i64::from(account.is_open()) - i64::from(into.is_open()) - i64::from(part.is_open());
    jobs::queue_change(tx, actor.workspace, opened)?;
    let took = json!({ "account": kept, "gone": gone, "name": part.name, "took": take });
    note(tx, actor, &MERGED, (kept, gone), (took, searched))?;
    Ok(account)
}

/// Takes the merge of `gone` back: both are as they were, and what came since stays with the survivor. An account that is
/// there stays as it is.
///
/// # Errors
/// [`AccountError::Unknown`] for an account that was never merged here; [`AccountError::MergedOn`] while the survivor is
/// merged itself.
pub fn unmerge(tx: &mut Tx<'_>, actor: &Actor, gone: AccountId) -> Result<Account, AccountError> {
    actor.must(Permission::AccountsWrite)?;
    if let Some(account) = super::find(tx, actor, gone)? {
        return Ok(account);
    }
    let merge = store::find(tx, actor.workspace, gone)?.ok_or(AccountError::Unknown)?;
    let kept = merge.into;
    let Some(into) = super::find(tx, actor, kept)? else {
        let further = store::find(tx, actor.workspace, kept)?;
        return Err(further.map_or(AccountError::Unknown, |further| {
            AccountError::MergedOn(further.name)
        }));
    };
    let written = store::record(tx, actor.workspace, gone)?;
    let record: Record = serde_json::from_str(&written)
        .map_err(|problem| DbError::Schema(format!("the record of a merge is broken: {problem}")))?;
    let tables = catalog::tables(tx)?;
    let own = own(&tables, actor.workspace)?;
    let (above, rows) = parent_of(record.account.clone());
    own.lay(tx, &rows)?;
    let searched = rows::part(tx, &tables, actor.workspace, (kept, gone), &record.parts)?;
    give_texts(tx, actor, &into, &record)?;
    part_families(tx, actor, gone, above, &record.family)?;
    store::delete(tx, actor.workspace, gone)?;
    rows::derive(tx, actor.workspace, &[kept, gone])?;
    let account = super::find(tx, actor, gone)?.ok_or(AccountError::Unknown)?;
    let now = super::find(tx, actor, kept)?.ok_or(AccountError::Unknown)?;
    let opened = i64::from(account.is_open()) + i64::from(now.is_open()) - i64::from(into.is_open());
    jobs::queue_change(tx, actor.workspace, opened)?;
    let payload = json!({ "account": kept, "gone": gone, "name": account.name });
    note(tx, actor, &UNMERGED, (kept, gone), (payload, searched))?;
    Ok(account)
}

/// The account that stands for one that was merged; none for others.
///
/// # Errors
/// [`AccountError::Forbidden`], or the database's.
pub fn stands_for(tx: &mut Tx<'_>, actor: &Actor, id: AccountId) -> Result<Option<AccountId>, AccountError> {
    actor.must(Permission::AccountsRead)?;
    Ok(standing(tx, actor.workspace, id)?)
}

/// The same for what the program does by itself.
///
/// # Errors
/// [`DbError`] of the database.
pub fn standing(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: AccountId,
) -> Result<Option<AccountId>, DbError> {
    let mut found = None;
    for _ in 0..FAR {
        // Few accounts were merged more than once.
        match store::find(tx, workspace, found.unwrap_or(id))? {
            Some(merge) => found = Some(merge.into),
            None => break,
        }
    }
    Ok(found)
}

/// The merge of an account that is gone.
///
/// # Errors
/// As of [`stands_for`].
pub fn find(tx: &mut Tx<'_>, actor: &Actor, gone: AccountId) -> Result<Option<Merge>, AccountError> {
    actor.must(Permission::AccountsRead)?;
    Ok(store::find(tx, actor.workspace, gone)?)
}

/// What was merged into an account, the last first.
///
/// # Errors
/// As of [`stands_for`].
pub fn merged_into(tx: &mut Tx<'_>, actor: &Actor, kept: AccountId) -> Result<Vec<Merge>, AccountError> {
    actor.must(Permission::AccountsRead)?;
    Ok(store::into(tx, actor.workspace, &[kept])?)
}

/// Those of these accounts into which others were merged.
pub(super) fn survivors(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[AccountId],
) -> Result<Vec<AccountId>, DbError> {
    let merges = store::into(tx, workspace, ids)?;
    Ok(merges.into_iter().map(|merge| merge.into).collect())
}

/// Forgets what was merged into an account that is erased.
pub(super) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, kept: AccountId) -> Result<(), DbError> {
    store::delete_into(tx, workspace, kept)
}

/// The row of an account itself.
fn own(tables: &[Table], workspace: WorkspaceId) -> Result<Pick<'_>, DbError> {
    Ok(Pick {
        table: rows::table(tables, "accounts")?,
        column: "id",
        only: None,
        without: None,
        workspace: workspace.uuid(),
    })
}

/// The row without its family, and who stood above it.
fn parent_of(rows: Vec<catalog::Whole>) -> (Option<AccountId>, Vec<catalog::Whole>) {
    let above = rows.first().and_then(|row| row.id("parent_id"));
    let alone = rows
        .into_iter()
        .map(|row| row.with("parent_id", None).with("family_id", None));
    (above.map(AccountId::from_uuid), alone.collect())
}

fn take_texts(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kept: &Account,
    gone: &Account,
    take: &[String],
) -> Result<Option<(Texts, Texts)>, AccountError> {
    let before = Texts::of(kept);
    let after = before.clone().taking(&Texts::of(gone), take);
    if before == after {
        return Ok(None);
    }
    put_texts(tx, actor, kept.clone(), after.clone())?;
    Ok(Some((before, after)))
}

fn give_texts(tx: &mut Tx<'_>, actor: &Actor, kept: &Account, record: &Record) -> Result<(), AccountError> {
    let Some((before, after)) = &record.texts else {
        return Ok(());
    };
    let now = Texts::of(kept);
    let back = now.clone().back(before, after);
    if back != now {
        put_texts(tx, actor, kept.clone(), back)?;
    }
    Ok(())
}

/// The version grows both ways: whoever has read the one state must not write over the other.
fn put_texts(tx: &mut Tx<'_>, actor: &Actor, mut account: Account, texts: Texts) -> Result<(), DbError> {
    let Texts { name, website, kind } = texts;
    account.take(super::AccountText { name, website, kind }, tx.now());
    super::store::update(tx, actor.workspace, &account)
}

/// What stood below the one stands below the other, and the one stands alone.
fn join_families(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kept: &Account,
    gone: &Account,
    take: &[String],
) -> Result<Vec<Place>, AccountError> {
    let mut places = Vec::new();
    let is_below = family::is_below(tx, actor.workspace, kept, gone.id)?;
    let wants = take.iter().any(|name| name == model::PARENT);
    let wants = wants && !family::is_below(tx, actor.workspace, gone, kept.id)?;
    if is_below || wants {
        place(tx, actor, kept.id, gone.parent, &mut places)?;
    }
    for child in family::children(tx, actor.workspace, gone)? {
        // A family is small.
        if child.id != kept.id {
            place(tx, actor, child.id, Some(kept.id), &mut places)?;
        }
    }
    Ok(places)
}

fn place(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: AccountId,
    parent: Option<AccountId>,
    places: &mut Vec<Place>,
) -> Result<(), AccountError> {
    let before = super::find(tx, actor, id)?.and_then(|account| account.parent);
    family::place(tx, actor, id, parent)?;
    places.push(Place {
        account: id,
        before,
        after: parent,
    });
    Ok(())
}

/// Whoever stands where the merge put them goes back to where they stood, unless that can't be any more.
fn part_families(
    tx: &mut Tx<'_>,
    actor: &Actor,
    gone: AccountId,
    above: Option<AccountId>,
    places: &[Place],
) -> Result<(), AccountError> {
    for one in places.iter().rev() {
        let now = super::find(tx, actor, one.account)?;
        if now.is_some_and(|account| account.parent == one.after) {
            put_back(tx, actor, one.account, one.before)?;
        }
    }
    put_back(tx, actor, gone, above)
}

fn put_back(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: AccountId,
    parent: Option<AccountId>,
) -> Result<(), AccountError> {
    match family::place(tx, actor, id, parent) {
        Ok(_) | Err(AccountError::NoParent | AccountError::Loop(_) | AccountError::TooLarge) => Ok(()),
        Err(error) => Err(error),
    }
}

fn note(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &'static Kind,
    (kept, gone): (AccountId, AccountId),
    (payload, searched): (serde_json::Value, Vec<AnyId>),
) -> Result<(), DbError> {
    let event = NewEvent::of(kind, kept).topic(LIST).topic(gone);
    let event = event.payload(payload.clone());
    let all = std::iter::once(kept.into()).chain(searched.into_iter().take(SEARCHED));
    events::record(tx, actor, event.subjects(all))?;
    events::record(tx, actor, NewEvent::of(kind, gone).topic(LIST).payload(payload))?;
    Ok(())
}
