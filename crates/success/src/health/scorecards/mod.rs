//! Scorecards: which there are, which holds for an account, and changing them. A change makes a new version; scores of the
//! past keep theirs.

pub mod api;
mod documents;
mod form;
mod store;
pub mod usual;
pub mod versions;
pub mod web;

use kit::db::{DbError, Tx};
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::events::{self, NewEvent};
use tandem_core::ladders::{self, Ladder, RungId};
use tandem_core::metrics;
use tandem_core::metrics::own::Use;
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::book::{WhatIf, what_if};
use super::{HealthError, LIST, SCORECARDS, Scorecard, ScorecardId, ScorecardText, standard};

/// Every scorecard in force, the first made first; a workspace without any gets the standard one.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn in_force(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Scorecard>, DbError> {
    let held = store::scorecards(tx, workspace)?;
    if !held.is_empty() {
        return Ok(held);
    }
    let first = usual(tx, workspace)?;
    store::insert_scorecard(tx, workspace, &first)?;
    Ok(vec![first])
}

/// Every scorecard in force, the first made first.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Scorecard>, DbError> {
    store::scorecards(tx, workspace)
}

fn usual(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Scorecard, DbError> {
    Ok(Scorecard {
        id: tx.new_id(),
        name: String::new(),
        stage: None,
        tier: None,
        content: standard::content(),
        version: 1,
        made_at: tx.now(),
        made_by: Actor::system(workspace, "health").signature(),
    })
}

/// The scorecard of an account: for its stage and tier, else for its stage, else for its tier, else the general one.
pub fn choose(cards: &[Scorecard], stage: Option<RungId>, tier: Option<RungId>) -> Option<&Scorecard> {
    let fits = |card: &&Scorecard| {
        (card.stage.is_none() || card.stage == stage) && (card.tier.is_none() || card.tier == tier)
    };
    let closeness = |card: &&Scorecard| (card.stage.is_some() as u8) * 2 + card.tier.is_some() as u8;
    cards.iter().filter(fits).max_by_key(closeness)
}

/// The scorecards of the workspace; none before the first account was scored.
///
/// # Errors
/// [`HealthError::Forbidden`], or the database's.
pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Scorecard>, HealthError> {
    actor.must(Permission::AccountsRead)?;
    Ok(store::scorecards(tx, actor.workspace)?)
}

/// One of them.
///
/// # Errors
/// [`HealthError::UnknownScorecard`], a missing permission, or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: ScorecardId) -> Result<Scorecard, HealthError> {
    let held = list(tx, actor)?;
    held.into_iter()
        .find(|card| card.id == id)
        .ok_or(HealthError::UnknownScorecard)
}

/// Adds a scorecard for a stage, a tier, or both.
///
/// # Errors
/// [`HealthError`].
pub fn add(tx: &mut Tx<'_>, actor: &Actor, text: &ScorecardText) -> Result<Scorecard, HealthError> {
    actor.must(Permission::ShapeWrite)?;
    in_force(tx, actor.workspace)?;
    let text = checked(tx, actor, text, None)?;
    let card = Scorecard {
        id: tx.new_id(),
        name: text.name,
        stage: text.stage,
        tier: text.tier,
        content: text.content,
        version: 1,
        made_at: tx.now(),
        made_by: actor.signature(),
    };
    store::insert_scorecard(tx, actor.workspace, &card)?;
    tell(tx, actor, (None, Some(&card)))?;
    Ok(card)
}

/// Changes a scorecard as of `version`; its scores are computed again in the background.
///
/// # Errors
/// [`HealthError`]; [`HealthError::Stale`] with the scorecard as it is now.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ScorecardId,
    version: i64,
    text: &ScorecardText,
) -> Result<Scorecard, HealthError> {
    actor.must(Permission::ShapeWrite)?;
    let now = find(tx, actor, id)?;
    if now.version != version {
        return Err(HealthError::Stale(Box::new(now)));
    }
    let text = checked(tx, actor, text, Some(&now))?;
    let is_same =
        (&now.name, now.stage, now.tier, &now.content) == (&text.name, text.stage, text.tier, &text.content);
    if is_same {
        return Ok(now);
    }
    let card = Scorecard {
        id,
        name: text.name,
        stage: text.stage,
        tier: text.tier,
        content: text.content,
        version: version + 1,
        made_at: tx.now(),
        made_by: actor.signature(),
    };
    store::update_scorecard(tx, actor.workspace, &card)?;
    tell(tx, actor, (Some(&now), Some(&card)))?;
    Ok(card)
}

/// What the book would look like if a scorecard said this; nothing is changed.
///
/// # Errors
/// As of [`change`].
pub fn try_out(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ScorecardId,
    text: &ScorecardText,
) -> Result<WhatIf, HealthError> {
    actor.must(Permission::ShapeWrite)?;
    let now = find(tx, actor, id)?;
    let text = checked(tx, actor, text, Some(&now))?;
    let changed = Scorecard {
        name: text.name,
        stage: text.stage,
        tier: text.tier,
        content: text.content,
        ..now
    };
    what_if(tx, actor, changed)
}

/// Removes a scorecard for a stage or a tier; its accounts follow the next that fits.
///
/// # Errors
/// [`HealthError::General`] for the one for all, and as of [`find`].
pub fn remove(tx: &mut Tx<'_>, actor: &Actor, id: ScorecardId) -> Result<Scorecard, HealthError> {
    actor.must(Permission::ShapeWrite)?;
    let card = find(tx, actor, id)?;
    if card.stage.is_none() && card.tier.is_none() {
        return Err(HealthError::General);
    }
    let (now, by) = (tx.now(), actor.signature());
    store::set_removed(tx, actor.workspace, id, Some((now, &by)))?;
    tell(tx, actor, (Some(&card), None))?;
    Ok(card)
}

/// Brings a removed scorecard back; one that is in force stays as it is.
///
/// # Errors
/// [`HealthError::Taken`] when another stands in its place meanwhile, and as of [`find`].
pub fn restore(tx: &mut Tx<'_>, actor: &Actor, id: ScorecardId) -> Result<Scorecard, HealthError> {
    actor.must(Permission::ShapeWrite)?;
    if let Some(card) = list(tx, actor)?.into_iter().find(|card| card.id == id) {
        return Ok(card);
    }
    let card = store::removed(tx, actor.workspace, id)?.ok_or(HealthError::UnknownScorecard)?;
    free(tx, actor, (card.stage, card.tier), None)?;
    store::set_removed(tx, actor.workspace, id, None)?;
    tell(tx, actor, (None, Some(&card)))?;
    Ok(card)
}

fn checked(
    tx: &mut Tx<'_>,
    actor: &Actor,
    text: &ScorecardText,
    now: Option<&Scorecard>,
) -> Result<ScorecardText, HealthError> {
    let name: String = text.name.trim().chars().filter(|c| !c.is_control()).collect();
    // The one that every workspace begins with is called by the reader's language until somebody names it.
    let may_be_nameless = now.is_some_and(|now| now.name.is_empty());
    if name.chars().count() > 80 || (name.is_empty() && !may_be_nameless) {
        return Err(HealthError::BadName);
    }
    for (ladder, rung) in [(Ladder::Stages, text.stage), (Ladder::Tiers, text.tier)] {
        if let Some(rung) = rung {
            ladders::find(tx, actor.workspace, ladder, rung)?.ok_or(HealthError::UnknownRung)?;
        }
    }
    let was_general = now.is_some_and(|now| now.stage.is_none() && now.tier.is_none());
    if was_general && (text.stage.is_some() || text.tier.is_some()) {
        return Err(HealthError::General);
    }
    free(tx, actor, (text.stage, text.tier), now.map(|now| now.id))?;
    let producers = metrics::producers(tx, actor.workspace)?;
    Ok(ScorecardText {
        name,
        content: text.content.clone().checked(&producers)?,
        ..text.clone()
    })
}

/// Whether no other scorecard is for the same stage and tier.
fn free(
    tx: &mut Tx<'_>,
    actor: &Actor,
    place: (Option<RungId>, Option<RungId>),
    but: Option<ScorecardId>,
) -> Result<(), HealthError> {
    let held = store::scorecards(tx, actor.workspace)?;
    match held
        .iter()
        .any(|card| (card.stage, card.tier) == place && Some(card.id) != but)
    {
        true => Err(HealthError::Taken),
        false => Ok(()),
    }
}

/// The scorecards with a measure of a metric, for whoever asks what uses it.
///
/// # Errors
/// [`DbError`] of the database.
pub fn by_metric(tx: &mut Tx<'_>, actor: &Actor, metric: &str) -> Result<Vec<Use>, DbError> {
    let may_see = actor.may(Permission::AccountsRead);
    let all = store::scorecards(tx, actor.workspace)?.into_iter();
    let uses = all.filter(|card| card.content.measures.iter().any(|one| one.metric == metric));
    let used = |card: Scorecard| Use {
        kind: "health-scorecards",
        name: if may_see { card.name } else { String::new() },
        path: format!("/settings/scorecards/{}", card.id),
    };
    Ok(uses.map(used).collect())
}

fn tell(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (before, after): (Option<&Scorecard>, Option<&Scorecard>),
) -> Result<(), HealthError> {
    let said = |card: Option<&Scorecard>| {
        card.map(|card| json!({ "name": card.name, "version": card.version, "content": card.content }))
    };
    let id = before
        .or(after)
        .map(|card| card.id)
        .expect("one of them is there");
    let mut entry = Entry::of(Act::ScorecardsChanged, id);
    if let Some(before) = said(before) {
        entry = entry.before(before);
    }
    if let Some(after) = said(after) {
        entry = entry.after(after);
    }
    audit::record(tx, actor, entry)?;
    events::record(tx, actor, NewEvent::of(&SCORECARDS, id).topic(LIST))?;
    Ok(())
}
