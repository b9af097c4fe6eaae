//! How accounts stand, for the help desk: it asks through [`tandem_core::bridge`].

mod store;

use std::collections::BTreeMap;

use kit::db::{DbError, Tx};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::bridge::Standing;
use tandem_core::permissions::Permission;
use tandem_core::{workspaces, worth};

use crate::alerts;
use crate::health::Band;

/// With the score of how many days ago the present one is compared.
const AGO: i64 = 30;

/// How these accounts stand, as far as the actor may know.
///
/// # Errors
/// [`DbError`] of the database.
pub fn standings(
    tx: &mut Tx<'_>,
    actor: &Actor,
    accounts: &[AccountId],
) -> Result<BTreeMap<AccountId, Standing>, DbError> {
    if !actor.may(Permission::AccountsRead) {
        return Ok(BTreeMap::new());
    }
    let workspace = actor.workspace;
    let day = workspaces::today(tx, workspace)?.plus_days(-AGO);
    let mut worths = match actor.may(Permission::MoneyRead) {
        true => worth::of(tx, workspace, accounts)?,
        false => BTreeMap::new(),
    };
    let usual = alerts::usual(tx, workspace)?;
    let mut warnings = match actor.may(Permission::AlertsRead) {
        true => {
            let hidden = alerts::rules::hidden(tx, actor)?;
            store::warnings(tx, workspace, accounts, &hidden)?
        }
        false => BTreeMap::new(),
    };
    let mut found = BTreeMap::new();
    for (account, score, before, band) in store::scores(tx, workspace, accounts, day)? {
        let mrr = worths.remove(&account).map_or(0, |worth| worth.mrr);
        let standing = Standing {
            score,
            before,
            is_poor: band == Band::Red,
            tone: band.tone(),
            icon: band.icon(),
            text: band.text(),
            warnings: warnings.remove(&account).unwrap_or_default(),
            is_large: usual.is_some_and(|usual| usual > 0 && mrr >= usual),
        };
        found.insert(account, standing);
    }
    Ok(found)
}
