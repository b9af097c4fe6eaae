//! Why a score is what it is: what it is made of, what changed it, how it went.

use kit::day::Day;
use kit::db::Tx;
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::metrics;
use tandem_core::permissions::Permission;
use tandem_core::workspaces;

use super::model::{GroupScore, changes, contributions, groups};
use super::scoring::{course, spread};
use super::{HealthError, Kept, Now, OTHERS, Override, Part, Scorecard, overriding, scorecards, store};

/// Weeks of the course that is shown.
const WEEKS: i64 = 26;

/// A score of an account on a day, explained.
#[derive(Clone, Debug)]
pub struct Explained {
    /// The account's name.
    pub name: String,
    /// The day it is about.
    pub day: Day,
    /// Today in the workspace.
    pub today: Day,
    /// The score of that day.
    pub kept: Option<Kept>,
    /// Its scorecard, if it is still in force.
    pub scorecard: Option<Scorecard>,
    /// How the account stands now.
    pub now: Option<Now>,
    /// What somebody said of it that held at the end of the day.
    pub said: Option<Override>,
    /// What each measure added or took, against neither good nor bad.
    pub contributions: Vec<(String, f64)>,
    /// What each group of measures says; nothing where they stand in none.
    pub groups: Vec<GroupScore>,
    /// The score a week before the day.
    pub week_ago: Option<f64>,
    /// What changed since then, the most first.
    pub changes: Vec<(String, f64)>,
    /// The scores of the last half-year, one for each week's end, the last one on the day.
    pub course: Vec<(Day, Option<f64>)>,
}

/// The score of an account on `day`, today without one, explained.
///
/// # Errors
/// No such account, a missing permission, or the database's.
pub fn explain(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    day: Option<Day>,
) -> Result<Explained, HealthError> {
    actor.must(Permission::AccountsRead)?;
    let workspace = actor.workspace;
    let name = accounts::name(tx, workspace, account)?.ok_or(HealthError::UnknownAccount)?;
    let today = workspaces::today(tx, workspace)?;
    let day = day.unwrap_or(today).min(today);
    let kept = store::on(tx, workspace, account, day)?;
    let before = store::on(tx, workspace, account, day.plus_days(-7))?;
    let parts = kept.as_ref().map_or(&[][..], |kept| &kept.scored.parts);
    let changes = match &before {
        Some(before) => changes(&before.scored.parts, parts),
        None => Vec::new(),
    };
    let producers = metrics::producers(tx, workspace)?;
    let may = |name: &str| producers.needs(name).is_none_or(|needs| actor.may(needs));
    let groups = seen_groups(groups(parts), parts, may);
    let contributions = seen_of(contributions(parts), may);
    let from = day.plus_days(7 - WEEKS * 7);
    let steps = course(tx, workspace, account, (from, day))?;
    let course = spread(&steps, from, WEEKS, 7);
    let cards = scorecards::all(tx, workspace)?;
    Ok(Explained {
        name,
        day,
        today,
        scorecard: cards
            .into_iter()
            .find(|card| kept.as_ref().is_some_and(|kept| kept.scorecard == card.id)),
        now: store::now(tx, workspace, account)?,
        said: overriding::held_on(tx, workspace, account, day)?,
        contributions,
        groups,
        week_ago: before.and_then(|before| before.scored.score),
        changes: seen_of(changes, may),
        course: (0..WEEKS)
            .map(|week| from.plus_days(week * 7))
            .zip(course)
            .collect(),
        kept: kept.map(|kept| covered(kept, may)),
    })
}

/// What rests on metrics that the reader may not see is one sum, under [`OTHERS`].
fn seen_of(mut all: Vec<(String, f64)>, may: impl Fn(&str) -> bool) -> Vec<(String, f64)> {
    let hidden: Vec<f64> = all
        .iter()
        .filter(|(name, _)| !may(name))
        .map(|(_, by)| *by)
        .collect();
    all.retain(|(name, _)| may(name));
    if !hidden.is_empty() {
        all.push((OTHERS.to_owned(), hidden.iter().sum()));
    }
    all
}

/// A group in which the reader may not see everything says no score: with one measure it would be that measure's.
fn seen_groups(mut all: Vec<GroupScore>, parts: &[Part], may: impl Fn(&str) -> bool) -> Vec<GroupScore> {
    for group in &mut all {
        let mut of = parts.iter().filter(|part| part.group == group.name);
        if !of.all(|part| may(&part.metric)) {
            (group.score, group.confidence, group.contribution) = (None, None, None);
        }
    }
    all
}

/// A score without the values that the reader may not see, and without what would give them away.
fn covered(mut kept: Kept, may: impl Fn(&str) -> bool) -> Kept {
    for part in kept.scored.parts.iter_mut().filter(|part| !may(&part.metric)) {
        (part.value, part.score, part.as_of) = (None, None, None);
    }
    kept
}
