//! Which accounts a definition would hold, before it is kept.

use kit::db::Tx;
use kit::id::{TypedId, Uuid};
use kit::money::Money;

use super::catalogue::Catalogue;
use super::facts::{self, Wanted};
use super::keeping::PART;
use super::model::{Group, matches};
use super::{SegmentError, checking};
use crate::accounts::{self, AccountId};
use crate::actor::Actor;
use crate::permissions::Permission;
use crate::{workspaces, worth};

/// How many accounts are looked at: more would keep people waiting.
const MOST: usize = 20_000;
/// How many of those that fit are named.
const NAMED: usize = 10;

/// What a definition would hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// How many of the accounts that were looked at fit.
    pub members: i64,
    /// How many were looked at.
    pub looked: i64,
    /// Whether those were all.
    pub is_whole: bool,
    /// The first ones that fit, with their names.
    pub first: Vec<(AccountId, String)>,
    /// What those that fit bring in a year; nothing for readers who may not see money.
    pub arr: Option<Money>,
}

/// Looks which accounts fit.
///
/// # Errors
/// [`SegmentError::Bad`], [`SegmentError::Forbidden`], or the database's.
pub fn preview(tx: &mut Tx<'_>, actor: &Actor, definition: &Group) -> Result<Preview, SegmentError> {
    actor.must(Permission::AccountsRead)?;
    let catalogue = Catalogue::of(tx, actor)?;
    checking::check(definition, &catalogue).map_err(SegmentError::Bad)?;
    let may_see_money = actor.may(Permission::MoneyRead);
    let wanted = Wanted::of(definition);
    let today = workspaces::today(tx, actor.workspace)?;
    let (mut preview, mut arr) = (Preview::default(), 0);
    let mut first = Vec::new();
    let mut after = AccountId::from_uuid(Uuid::nil());
    loop {
        let part = accounts::ids_after(tx, actor.workspace, after, PART)?;
        let known = facts::load(tx, actor.workspace, &part, &wanted)?;
        let fits = |id: &AccountId| {
            known
                .get(id)
                .is_some_and(|facts| matches(definition, facts, today))
        };
        let fit: Vec<AccountId> = part.iter().copied().filter(fits).collect();
        preview.looked += i64::try_from(part.len()).unwrap_or(PART);
        preview.members += i64::try_from(fit.len()).unwrap_or(PART);
        if may_see_money {
            arr += worth::of(tx, actor.workspace, &fit)?
                .values()
                .map(|worth| worth.arr)
                .sum::<i64>();
        }
        let room = NAMED.saturating_sub(first.len());
        first.extend(fit.into_iter().take(room));
        preview.is_whole = i64::try_from(part.len()).unwrap_or(PART) < PART;
        match part.last() {
            Some(last) if !preview.is_whole && preview.looked < MOST as i64 => after = *last,
            _ => break,
        }
    }
    let names = accounts::bulk::found(tx, actor.workspace, &first)?;
    let named = |id: AccountId| Some((id, names.get(&id)?.name.clone()));
    preview.first = first.into_iter().filter_map(named).collect();
    preview.arr = may_see_money.then_some(Money {
        minor: arr,
        currency: catalogue.currency,
    });
    Ok(preview)
}
