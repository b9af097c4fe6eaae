//! Published statistics: survival, retention under contract, repeat purchases and what they bring, trends, intervals.
//!
//! Each model stands in its own file with its source, its assumptions and the check that tells whether they hold.
//! Nothing here knows where numbers come from or what they are shown for. Sums of many small likelihoods are kept as
//! logarithms throughout.

mod change;
mod contract;
mod fit;
mod purchases;
mod resample;
mod shares;
mod special;
mod spending;
mod survival;
mod trend;

pub use change::{Baseline, Change};
pub use contract::{Cohort, ShiftedBetaGeometric};
pub use purchases::{BgNbd, Purchases};
pub use resample::Resamples;
pub use shares::{difference, needed, wilson};
pub use spending::{GammaGamma, Spending, rank_correlation};
pub use survival::{Curve, LogRank, Observation, Step, kaplan_meier, log_rank};
pub use trend::{Trend, median, quantile, sen_interval, theil_sen};

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum StatsError {
    /// Less data than the model can say anything about.
    #[error("{given} observations; {needed} are needed")]
    TooFew {
        /// The least number.
        needed: usize,
        /// How many there are.
        given: usize,
    },
    /// An observation that can't be.
    #[error("observation {row}: {problem}")]
    Invalid {
        /// Which one, counted from one.
        row: usize,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The likelihood has no maximum that could be found.
    #[error("the model does not fit these data: {0}")]
    NoFit(&'static str),
}
