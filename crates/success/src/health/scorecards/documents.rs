//! What a changed scorecard would do, as programs see it.

use kit::web::api::Sample;
use schemars::JsonSchema;
use serde::Serialize;
use tandem_core::accounts::AccountId;

use crate::health::Band;
use crate::health::book::WhatIf;

/// How a changed scorecard would move the book.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ScorecardWhatIf")]
pub struct WhatIfDocument {
    /// How many accounts are in each band, the worst first.
    bands: Vec<BandDocument>,
    /// How many accounts would be in another band.
    moved: usize,
    /// The first of them.
    first: Vec<MovedDocument>,
    /// What its groups of measures would say over its accounts, as far as the caller may see what they look at.
    groups: Vec<MeanDocument>,
}

/// What a group of measures would say over the accounts of a scorecard.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ScorecardWhatIfGroup")]
struct MeanDocument {
    /// Its name; empty for the measures that stand in none.
    name: String,
    /// The mean of its scores; null where it has none anywhere.
    score: Option<f64>,
    /// The mean of its confidence, 0 to 1.
    confidence: f64,
    /// Of how many accounts.
    accounts: i64,
}

/// How many accounts are in a band.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ScorecardWhatIfBand")]
struct BandDocument {
    /// The band.
    band: Band,
    /// As it is.
    now: i64,
    /// As it would be.
    then: i64,
}

/// An account that would be in another band.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ScorecardWhatIfAccount")]
struct MovedDocument {
    /// The account.
    account: AccountId,
    /// Its name.
    name: String,
    /// The band it is in.
    now: Band,
    /// Its score; null where it is not known.
    score: Option<f64>,
    /// The band it would be in.
    then: Band,
    /// The score it would have.
    score_then: Option<f64>,
}

impl From<WhatIf> for WhatIfDocument {
    fn from(found: WhatIf) -> Self {
        let bands = found.bands.into_iter();
        let first = found.moved.into_iter();
        let groups = found.groups.into_iter().map(|group| MeanDocument {
            name: group.name,
            score: group.score,
            confidence: group.confidence,
            accounts: group.accounts,
        });
        Self {
            groups: groups.collect(),
            bands: bands
                .map(|(band, now, then)| BandDocument { band, now, then })
                .collect(),
            moved: found.count,
            first: first
                .map(
                    |(account, name, (now, score), (then, score_then))| MovedDocument {
                        account,
                        name,
                        now,
                        score,
                        then,
                        score_then,
                    },
                )
                .collect(),
        }
    }
}

impl Sample for WhatIfDocument {
    fn sample() -> Self {
        Self {
            bands: vec![BandDocument {
                band: Band::Red,
                now: 4,
                then: 6,
            }],
            moved: 2,
            first: vec![MovedDocument {
                account: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
                name: "Baltic Harvest".to_owned(),
                now: Band::Amber,
                score: Some(56.0),
                then: Band::Red,
                score_then: Some(48.5),
            }],
            groups: vec![MeanDocument {
                name: "use".to_owned(),
                score: Some(71.5),
                confidence: 0.8,
                accounts: 120,
            }],
        }
    }
}
