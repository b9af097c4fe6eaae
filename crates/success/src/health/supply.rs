//! Health as something that segments of accounts can ask.

use kit::db::{DbError, Tx};
use tandem_core::accounts::AccountId;
use tandem_core::metrics::{Metric, Unit};
use tandem_core::permissions::Permission;
use tandem_core::segments::{Choices, Found, Supplier};
use tandem_core::workspaces::WorkspaceId;

use super::{Band, store};
use crate::alerts::{CONFIDENCE, SCORE};

/// Points of the score a week.
pub const TREND: Metric = Metric::new("health.trend", Unit::Number, Permission::AccountsRead);

/// The band that is shown; where too little is known there is none.
pub const SHOWN: Choices = Choices {
    name: "health.band",
    text: "segments-health-band",
    needs: Permission::AccountsRead,
    words: &[
        (Band::Green.as_str(), Band::Green.text()),
        (Band::Amber.as_str(), Band::Amber.text()),
        (Band::Red.as_str(), Band::Red.text()),
    ],
};

/// Score, confidence, trend and band.
pub const SUPPLIER: Supplier = Supplier {
    metrics: &[&SCORE, &CONFIDENCE, &TREND],
    choices: &[&SHOWN],
    read,
};

fn read(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<Vec<(AccountId, &'static str, Found)>, DbError> {
    let mut found = Vec::new();
    for (account, now) in store::of(tx, workspace, accounts)? {
        let numbers = [
            (SCORE.name, now.score),
            (CONFIDENCE.name, Some(now.confidence)),
            (TREND.name, now.trend),
        ];
        let known = numbers
            .into_iter()
            .filter_map(|(name, number)| Some((account, name, Found::Number(number?))));
        found.extend(known);
        if now.shown != Band::Unknown {
            found.push((account, SHOWN.name, Found::Word(now.shown.as_str())));
        }
    }
    Ok(found)
}
