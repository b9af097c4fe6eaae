//! What a scorecard said before: its versions, and what each changed of the one before it. Scores of the past name theirs, so that
//! a score can be understood long after its scorecard went on.

pub mod api;
mod store;
mod views;
pub mod web;

use kit::clock::Timestamp;
use kit::db::Tx;
use tandem_core::actor::Actor;

use crate::health::{Content, Group, HealthError, Measure, ScorecardId};

/// Versions that are shown, the last ones.
const MOST: i64 = 100;

/// A scorecard as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// Its number, counted from 1.
    pub number: i64,
    /// What it said.
    pub content: Content,
    /// The signature of who made it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Something that a version changed: nothing before it where it came, nothing after it where it went.
#[derive(Clone, Debug, PartialEq)]
pub enum Difference {
    /// A measure is another.
    Measure(Option<Measure>, Option<Measure>),
    /// A group is another.
    Group(Option<Group>, Option<Group>),
    /// The bands or the floor are others; both contents, before and after.
    Bands(Bands, Bands),
}

/// Where the bands lie, and the floor of confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bands {
    /// Scores below this are red.
    pub red_below: f64,
    /// Scores from this on are green.
    pub green_from: f64,
    /// The confidence below which no colour is shown.
    pub floor: f64,
}

/// The last versions of a scorecard in force, the newest first.
///
/// # Errors
/// [`HealthError::UnknownScorecard`], a missing permission, or the database's.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, id: ScorecardId) -> Result<Vec<Version>, HealthError> {
    super::find(tx, actor, id)?;
    Ok(store::versions(tx, actor.workspace, id, MOST)?)
}

/// What a version changed of another: groups first, then measures in the order of the later one, those that went at the end.
pub fn differences(before: &Content, after: &Content) -> Vec<Difference> {
    let groups = paired(&before.groups, &after.groups, |group| group.name.as_str());
    let measures = paired(&before.measures, &after.measures, |measure| {
        measure.metric.as_str()
    });
    let mut all: Vec<Difference> = groups
        .into_iter()
        .map(|(old, new)| Difference::Group(old, new))
        .collect();
    all.extend(
        measures
            .into_iter()
            .map(|(old, new)| Difference::Measure(old, new)),
    );
    let (old, new) = (Bands::of(before), Bands::of(after));
    if old != new {
        all.push(Difference::Bands(old, new));
    }
    all
}

impl Bands {
    fn of(content: &Content) -> Self {
        Self {
            red_below: content.red_below,
            green_from: content.green_from,
            floor: content.floor,
        }
    }
}

/// Those of the same name that are not the same, each beside the other.
fn paired<T: Clone + PartialEq>(
    before: &[T],
    after: &[T],
    name: fn(&T) -> &str,
) -> Vec<(Option<T>, Option<T>)> {
    let of = |all: &[T], wanted: &str| all.iter().find(|one| name(one) == wanted).cloned();
    let changed = after.iter().map(|new| (of(before, name(new)), Some(new.clone())));
    let went = before.iter().filter(|old| of(after, name(old)).is_none());
    let went = went.map(|old| (Some(old.clone()), None));
    changed.chain(went).filter(|(old, new)| old != new).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_went_and_changed_is_named_and_nothing_else() {
        let before = crate::health::usual_content();
        assert!(differences(&before, &before).is_empty());
        let mut after = before.clone();
        let went = after.measures.remove(0);
        after.measures[0].weight = 99.0;
        let came = Measure {
            metric: "own.new".to_owned(),
            ..went.clone()
        };
        after.measures.push(came.clone());
        after.groups[1].weight = 1.0;
        after.floor = 0.5;
        let (group, measure) = (before.groups[1].clone(), before.measures[1].clone());
        assert_eq!(
            differences(&before, &after),
            [
                Difference::Group(Some(group), Some(after.groups[1].clone())),
                Difference::Measure(Some(measure), Some(after.measures[0].clone())),
                Difference::Measure(None, Some(came)),
                Difference::Measure(Some(went), None),
                Difference::Bands(Bands::of(&before), Bands::of(&after)),
            ]
        );
    }
}
