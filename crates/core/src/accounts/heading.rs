//! What stands at the head of an account: its stage, tier and what it brings, from the features that know.

use std::collections::BTreeMap;

use kit::db::{DbError, Tx};

use super::AccountId;
use crate::actor::Actor;
use crate::assignment::Span;
use crate::ladders::Rung;
use crate::permissions::Permission;
use crate::tiers::Standing;
use crate::worth::Worth;
use crate::{assignment, stages, tiers, worth};

/// What others know of one account.
#[derive(Clone, Debug, Default)]
pub(super) struct Heading {
    pub(super) owner: Option<Span>,
    pub(super) stage: Option<Rung>,
    pub(super) tier: Option<Standing>,
    /// Nothing for readers who may not see money.
    pub(super) worth: Option<Worth>,
}

impl Heading {
    /// The tier itself.
    pub(super) fn rung(&self) -> Option<&Rung> {
        self.tier.as_ref().and_then(|standing| standing.tier.as_ref())
    }
}

/// The headings of several accounts.
pub(super) fn of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    accounts: &[AccountId],
) -> Result<BTreeMap<AccountId, Heading>, DbError> {
    let workspace = actor.workspace;
    let mut owners = assignment::of(tx, workspace, accounts)?;
    let mut on_stages = stages::now(tx, workspace, accounts)?;
    let mut on_tiers = tiers::of(tx, workspace, accounts)?;
    let mut worths = if actor.may(Permission::MoneyRead) {
        worth::of(tx, workspace, accounts)?
    } else {
        BTreeMap::new()
    };
    let heading = |id: &AccountId| {
        let heading = Heading {
            owner: owners.remove(id),
            stage: on_stages.remove(id),
            tier: on_tiers.remove(id),
            worth: worths.remove(id),
        };
        (*id, heading)
    };
    Ok(accounts.iter().map(heading).collect())
}
