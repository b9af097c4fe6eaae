//! What the two halves ask each other. Neither knows the other: each registers here what it can be asked, the other asks, and
//! where nobody is registered nothing is known.

use std::collections::BTreeMap;

use kit::db::{DbError, Tx};

use crate::accounts::AccountId;
use crate::actor::Actor;
use crate::contacts::ContactId;

/// How an account stands, for whoever has to decide what comes first.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Its health score, from 0 to 100.
    pub score: Option<f64>,
    /// What the score was a month ago.
    pub before: Option<f64>,
    /// Whether it is in the worst band.
    pub is_poor: bool,
    /// How the mark of its band is coloured.
    pub tone: &'static str,
    /// The icon of its band.
    pub icon: &'static str,
    /// The key of the band's name in the reader's language.
    pub text: &'static str,
    /// How many open warnings the asker may see.
    pub warnings: i64,
    /// Whether it brings at least what an account here usually brings; false where that is not for the asker.
    pub is_large: bool,
}

/// A ticket, as far as others need to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The number by which people call it.
    pub number: i64,
    /// What it is about; may be empty.
    pub subject: String,
    /// The account.
    pub account: Option<AccountId>,
    /// Who asked.
    pub contact: Option<ContactId>,
}

/// Says how accounts stand, as far as the actor may know; those of which nothing is known are left out.
pub type Stand = fn(&mut Tx<'_>, &Actor, &[AccountId]) -> Result<BTreeMap<AccountId, Standing>, DbError>;

/// Finds a ticket by its id as it is written; none where the actor may not see it.
pub type FindCase = fn(&mut Tx<'_>, &Actor, &str) -> Result<Option<Case>, DbError>;

/// Who answers; attached to the database handle.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bridge {
    /// How accounts stand.
    pub stand: Option<Stand>,
    /// Which ticket has an id.
    pub case: Option<FindCase>,
}

/// How these accounts stand.
///
/// # Errors
/// [`DbError`] of the database.
pub fn standings(
    tx: &mut Tx<'_>,
    actor: &Actor,
    accounts: &[AccountId],
) -> Result<BTreeMap<AccountId, Standing>, DbError> {
    match tx.attached::<Bridge>().and_then(|bridge| bridge.stand) {
        Some(stand) if !accounts.is_empty() => stand(tx, actor, accounts),
        _ => Ok(BTreeMap::new()),
    }
}

/// The ticket with an id.
///
/// # Errors
/// [`DbError`] of the database.
pub fn case(tx: &mut Tx<'_>, actor: &Actor, id: &str) -> Result<Option<Case>, DbError> {
    match tx.attached::<Bridge>().and_then(|bridge| bridge.case) {
        Some(find) => find(tx, actor, id),
        None => Ok(None),
    }
}
