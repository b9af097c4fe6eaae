//! Acts on many accounts at once: chosen in the list, changed in one act, taken back by one undo.
//!
//! What can be done is a table of *deeds* ([`Deed`]), to which features add theirs in the wiring. Few accounts are changed at
//! once, many by a job that goes through them in parts and tells how far it is. Each account is changed by the verbs that
//! change one, in the name of who asked and with what they may do by then, never more than when they asked; it gets all the
//! deeds of an act or none. One that can't be changed stays as it is, with its reason, and holds up no other. What somebody
//! changed since is not taken back. Whoever takes an act back does that in their own name.

pub mod api;
mod bar;
mod deed;
mod documents;
mod failures;
mod going;
pub mod jobs;
mod model;
pub mod operations;
pub mod own;
mod store;
mod views;
pub mod web;

use kit::db::Tx;

pub(super) use bar::Offers;
pub use deed::{Asks, Deed, Deeds, Done, Offered, Refused, SINCE, Said, VALUE};
pub use model::{AccountBulk, AccountBulkError, AccountBulkRow, Chosen, Fate, NewAccountBulk, State, Wanted};
pub(super) use views::Bar;

use super::finding::{self, Wishes};
use super::listing::TABLE;
use super::merging::{Part, Way};
use super::{Account, AccountError, AccountId};
use crate::actor::Actor;
use crate::events::Kind;
use crate::permissions::Permission;

kit::id! {
    /// An act on many accounts.
    AccountBulkId, "abk"
}

/// An act on many accounts began, went on or ended.
pub const MOVED: Kind = Kind::new("account_bulk.moved", Permission::AccountsRead);

/// What a merge of accounts does with what became of them: it stays as it was written.
pub const MERGES: Part = Part::new("account_bulk_rows", Way::Keep);

/// How many accounts one act changes at most.
pub const MOST: usize = 5_000;
/// How many deeds one act has at most.
const MOST_DEEDS: usize = 40;
/// The longest detail of a deed, in characters.
const LONGEST: usize = 500;
/// How many are changed at once; more are a job's.
pub const AT_ONCE: i64 = 30;
/// The place before the first of an act's accounts.
const START: i64 = -1;

/// Begins an act. Few accounts are changed when it returns; for many a job is queued.
///
/// # Errors
/// [`AccountBulkError`] for a missing permission, nothing or too much chosen, or a deed that can't be wanted so.
pub fn begin(tx: &mut Tx<'_>, actor: &Actor, new: &NewAccountBulk) -> Result<AccountBulk, AccountBulkError> {
    actor.must(Permission::AccountsRead)?;
    let deeds = checked(tx, actor, &new.deeds)?;
    let chosen = chosen(tx, actor, &new.wishes, &new.chosen)?;
    let bulk = AccountBulk {
        id: tx.new_id(),
        agent: actor.agent(),
        author: actor.signature(),
        back: back(&new.wishes),
        deeds,
        state: State::Running,
        total: i64::try_from(chosen.len()).unwrap_or(i64::MAX),
        done: 0,
        changed: 0,
        refused: 0,
        created_at: tx.now(),
        ended_at: None,
    };
    store::insert(tx, actor.workspace, &bulk)?;
    for (place, account) in (0..).zip(chosen) {
        store::insert_row(tx, actor.workspace, bulk.id, (place, account))?;
    }
    going::go(tx, actor, bulk)
}

/// Takes an act back; what somebody changed since stays and is named. Gives it as it is now.
///
/// # Errors
/// [`AccountBulkError::NotNow`] while it is under way or when it was taken back; [`AccountBulkError::Unknown`].
pub fn undo(tx: &mut Tx<'_>, actor: &Actor, id: AccountBulkId) -> Result<AccountBulk, AccountBulkError> {
    let bulk = find(tx, actor, id)?.ok_or(AccountBulkError::Unknown)?;
    must_all(tx, actor, &bulk.deeds)?;
    if bulk.state != State::Done {
        return Err(AccountBulkError::NotNow);
    }
    let bulk = AccountBulk {
        agent: actor.agent(),
        author: actor.signature(),
        state: State::Undoing,
        total: bulk.changed,
        done: 0,
        refused: 0,
        ended_at: None,
        ..bulk
    };
    store::update(tx, actor.workspace, &bulk)?;
    going::go(tx, actor, bulk)
}

/// The act with this id.
///
/// # Errors
/// [`AccountBulkError::Forbidden`], or the database's.
pub fn find(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: AccountBulkId,
) -> Result<Option<AccountBulk>, AccountBulkError> {
    actor.must(Permission::AccountsRead)?;
    Ok(store::find(tx, actor.workspace, id)?)
}

/// Up to `limit` of an act's accounts after a place, each with what became of it and what it is called now; those of some
/// fates only where any are named.
///
/// # Errors
/// [`AccountBulkError::Forbidden`], or the database's.
pub fn results(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: AccountBulkId,
    fates: &[Fate],
    (after, limit): (i64, i64),
) -> Result<Vec<(AccountBulkRow, Option<String>)>, AccountBulkError> {
    actor.must(Permission::AccountsRead)?;
    let fates = if fates.is_empty() { &Fate::ALL[..] } else { fates };
    let words: Vec<String> = fates.iter().map(|fate| fate.as_str().to_owned()).collect();
    Ok(store::results(tx, actor.workspace, id, &words, (after, limit))?)
}

/// How many accounts the list finds: one more than [`MOST`] where there are more.
///
/// # Errors
/// As of [`finding::found`].
pub fn count(tx: &mut Tx<'_>, actor: &Actor, wishes: &Wishes) -> Result<usize, AccountError> {
    Ok(everything(tx, actor, wishes)?.len())
}

/// The accounts that are meant, for a file of them.
pub(super) fn accounts_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    wishes: &Wishes,
    meant: &Chosen,
) -> Result<Vec<Account>, AccountBulkError> {
    actor.must(Permission::AccountsRead)?;
    let ids = chosen(tx, actor, wishes, meant)?;
    let mut found = super::bulk::found(tx, actor.workspace, &ids)?;
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// The list in which they were chosen; all of it where its address is longer than any that people filter by.
fn back(wishes: &Wishes) -> String {
    let path = wishes.on(TABLE.path);
    if path.len() > 4 * LONGEST {
        TABLE.path.to_owned()
    } else {
        path
    }
}

/// The deeds as they are kept: each known, allowed, wanted once, and with what it can be done.
fn checked(tx: &mut Tx<'_>, actor: &Actor, wanted: &[Wanted]) -> Result<Vec<Wanted>, AccountBulkError> {
    if wanted.is_empty() {
        return Err(AccountBulkError::NoDeeds);
    }
    must_all(tx, actor, wanted)?;
    let deeds = tx.attached::<Deeds>().unwrap_or_default();
    let mut kept: Vec<Wanted> = Vec::new();
    for one in wanted {
        let deed = deeds.find(&one.deed);
        let deed = deed.ok_or_else(|| AccountBulkError::BadDeed(one.deed.clone()))?;
        if one.detail.chars().count() > LONGEST {
            return Err(AccountBulkError::BadValue(
                one.deed.clone(),
                "deeds-failure-value",
            ));
        }
        let one = match (deed.check)(tx, actor, one) {
            Ok(one) => one,
            Err(Refused::Because(why)) => return Err(AccountBulkError::BadValue(one.deed.clone(), why)),
            Err(Refused::Db(error)) => return Err(error.into()),
        };
        if kept.iter().any(|other| deed.asks.is_twice(other, &one)) || kept.len() >= MOST_DEEDS {
            return Err(AccountBulkError::BadDeed(one.deed));
        }
        kept.push(one);
    }
    Ok(kept)
}

fn must_all(tx: &mut Tx<'_>, actor: &Actor, wanted: &[Wanted]) -> Result<(), AccountBulkError> {
    let deeds = tx.attached::<Deeds>().unwrap_or_default();
    for deed in wanted.iter().filter_map(|one| deeds.find(&one.deed)) {
        actor.must(deed.needs)?;
    }
    Ok(())
}

/// Which accounts are meant, each once.
fn chosen(
    tx: &mut Tx<'_>,
    actor: &Actor,
    wishes: &Wishes,
    meant: &Chosen,
) -> Result<Vec<AccountId>, AccountBulkError> {
    let mut chosen = match meant {
        Chosen::These(these) => these.clone(),
        Chosen::All => everything(tx, actor, wishes)?,
    };
    chosen.sort();
    chosen.dedup();
    match chosen.len() {
        0 => Err(AccountBulkError::NoAccounts),
        many if many > MOST => Err(AccountBulkError::TooMany),
        _ => Ok(chosen),
    }
}

fn everything(tx: &mut Tx<'_>, actor: &Actor, wishes: &Wishes) -> Result<Vec<AccountId>, AccountError> {
    let limit = i64::try_from(MOST).expect("a small number") + 1;
    let found = finding::found(tx, actor, wishes, (TABLE.sort, None), limit)?;
    Ok(found.into_iter().map(|account| account.id).collect())
}
