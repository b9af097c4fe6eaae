//! What is asked of the list of accounts, as a definition: a view that is worth keeping becomes a segment.

use kit::db::Tx;

use super::model::{Condition, DEPTH, Group, Join, LONGEST, Subject, Test};
use super::{SegmentError, SegmentId};
use crate::accounts::finding::Wishes;
use crate::actor::Actor;
use crate::tiers::service::supply::MODEL;

/// The definition of what the list shows.
///
/// # Errors
/// [`SegmentError::Unknown`] for a segment that is none of the actor's; the database's.
pub(super) fn definition(tx: &mut Tx<'_>, actor: &Actor, wishes: &Wishes) -> Result<Group, SegmentError> {
    let mut group = Group::default();
    if let Ok(id) = wishes.segment.parse::<SegmentId>() {
        let held = super::open(tx, actor, id)?.text.definition;
        if held.join == Join::All {
            group = held;
        } else if held.depth() < DEPTH {
            group.groups.push(held);
        }
    }
    let mut ask = |about: Subject, test: Test| group.conditions.push(Condition { about, test });
    let name = wishes.q.trim();
    if !name.is_empty() && name.chars().count() <= 200 {
        ask(Subject::Name, Test::Contains(name.to_owned()));
    }
    match (wishes.owner.as_str(), actor.agent()) {
        ("" | "me", None) | ("", _) => {}
        ("none", _) => ask(Subject::Owner, Test::Unknown),
        ("me", Some(agent)) => ask(Subject::Owner, Test::OneOf(vec![agent.to_string()])),
        (owner, _) => ask(Subject::Owner, Test::OneOf(vec![owner.to_owned()])),
    }
    let chosen = [
        (Subject::Tier, &wishes.tier),
        (Subject::Metric(MODEL.name.to_owned()), &wishes.touch),
        (Subject::Stage, &wishes.stage),
        (Subject::Tag, &wishes.tag),
        (Subject::Kind, &wishes.kind),
        (Subject::State, &wishes.state),
    ];
    for (about, word) in chosen.into_iter().filter(|(_, word)| !word.is_empty()) {
        ask(about, Test::OneOf(vec![word.clone()]));
    }
    if let Some(days) = wishes
        .renews
        .trim()
        .parse()
        .ok()
        .filter(|days| (0..=LONGEST).contains(days))
    {
        // The list shows what should have been renewed already, too.
        let renews = |test| Condition {
            about: Subject::Renews,
            test,
        };
        group.groups.push(Group {
            join: Join::Any,
            conditions: vec![renews(Test::Next(days)), renews(Test::Past)],
            groups: Vec::new(),
        });
    }
    Ok(group)
}
