//! `tandem wiring`: who listens to what.

use super::{Call, Failure, print};
use crate::wiring;

pub(super) fn run(_: &Call) -> Result<(), Failure> {
    let kinds: Vec<_> = wiring::jobs().kinds().map(str::to_owned).collect();
    print(&format!(
        "{}\nJobs: {}\n",
        wiring::wiring().table(),
        kinds.join(", ")
    ))
}
