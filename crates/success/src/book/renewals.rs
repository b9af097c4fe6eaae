//! What renews or ends in the next ninety days, with how the account is.

use kit::day::Day;
use kit::db::Tx;
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;
use tandem_core::permissions::Permission;
use tandem_core::workspaces;

use super::{BookError, store};
use crate::health::Band;

/// How many days ahead are looked at.
pub const AHEAD: i64 = 90;

/// An account that renews or ends soon.
#[derive(Clone, Debug, PartialEq)]
pub struct Renewal {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// Who looks after it.
    pub owner: Option<String>,
    /// When.
    pub day: Day,
    /// What it brings in a year, in minor units of the reporting currency.
    pub arr: i64,
    /// Its health score.
    pub score: Option<f64>,
    /// How sure that is, from 0 to 1; none where it was never scored.
    pub confidence: Option<f64>,
    /// Its band.
    pub band: Band,
}

/// What renews next, of an agent's accounts or of all, the nearest first.
///
/// # Errors
/// [`BookError`].
pub fn renewals(
    tx: &mut Tx<'_>,
    actor: &Actor,
    owner: Option<AgentId>,
    limit: i64,
) -> Result<Vec<Renewal>, BookError> {
    actor.must(Permission::MoneyRead)?;
    actor.must(Permission::AccountsRead)?;
    let today = workspaces::today(tx, actor.workspace)?;
    let span = (today, today.plus_days(AHEAD));
    Ok(store::renewing(tx, actor.workspace, owner, span, limit)?)
}
