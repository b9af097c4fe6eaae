//! Scoring an account: from its metrics, by its scorecard, kept for its day.

use std::collections::BTreeMap;

use kit::day::Day;
use kit::db::{DbError, Tx};
use serde_json::json;
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::events::{self, NewEvent};
use tandem_core::metrics::{self, Standing};
use tandem_core::workspaces::{self, WorkspaceId};
use tandem_core::{stages, tiers, worth};

use super::model::{WINDOW, reason, trend};
use super::{BANDED, Band, Kept, LIST, Moment, Now, SCORED, Scorecard, overriding, scorecards, store};

/// Scores an account as it is now, and keeps the score; doing it twice is no harm. A closed account has no health.
///
/// # Errors
/// [`DbError`] of the database.
pub fn score(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    let today = workspaces::today(tx, workspace)?;
    let actor = Actor::system(workspace, "health");
    match accounts::is_open(tx, workspace, account)? {
        true => {
            let held = metrics::now(tx, workspace, account)?;
            score_on(tx, &actor, account, (today, &held))
        }
        false => store::forget_now(tx, workspace, account),
    }
}

/// Scores an account as it was on a day of the past, from the metrics kept until then. Days are to come in their order.
///
/// # Errors
/// [`DbError`] of the database.
pub fn score_as_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    day: Day,
) -> Result<(), DbError> {
    let held = metrics::on(tx, workspace, account, day)?;
    let actor = Actor::system(workspace, "health");
    score_on(tx, &actor, account, (day, &held))
}

/// How the health of an account went: score, confidence and computed band from a day on, for the days from `from` to `until`
/// and the last before them.
///
/// # Errors
/// [`DbError`] of the database.
pub fn course(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    span: (Day, Day),
) -> Result<Vec<Moment>, DbError> {
    store::bands(tx, workspace, account, span)
}

fn score_on(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    (day, held): (Day, &BTreeMap<String, Standing>),
) -> Result<(), DbError> {
    let workspace = actor.workspace;
    let producers = metrics::producers(tx, workspace)?;
    let cards = scorecards::in_force(tx, workspace)?;
    let stage = stages::now(tx, workspace, &[account])?.remove(&account);
    let tier = tiers::of(tx, workspace, &[account])?.remove(&account);
    let tier = tier.and_then(|standing| standing.tier);
    let (stage, tier) = (stage.map(|rung| rung.id), tier.map(|rung| rung.id));
    let Some(card) = scorecards::choose(&cards, stage, tier) else {
        return Ok(());
    };
    let scored = card.content.score(held, &producers, day);
    let before = store::on(tx, workspace, account, day)?;
    let kept = Kept {
        day,
        scorecard: card.id,
        version: card.version,
        scored,
        at: tx.now(),
    };
    let is_same = before.as_ref().is_some_and(|before| {
        (before.scorecard, before.version, &before.scored) == (kept.scorecard, kept.version, &kept.scored)
    });
    if !is_same {
        store::put_day(tx, workspace, account, &kept)?;
    }
    stand(tx, actor, account, (&kept, card))
}

/// Brings the row for lists up to date, and tells who listens what moved.
fn stand(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    (kept, card): (&Kept, &Scorecard),
) -> Result<(), DbError> {
    let workspace = actor.workspace;
    let before = store::now(tx, workspace, account)?;
    let said = overriding::holding(tx, workspace, account, kept.day)?;
    let shown = said.map_or(kept.scored.band, |said| said.band);
    let days = days(tx, workspace, account, kept.day)?;
    let (slope, way) = trend(&days);
    let brings = worth::of(tx, workspace, &[account])?.remove(&account);
    let since = before.as_ref().filter(|before| before.shown == shown);
    let now = Now {
        score: kept.scored.score,
        confidence: kept.scored.confidence,
        band: kept.scored.band,
        shown,
        trend: slope,
        way,
        week_ago: days.iter().rev().nth(7).copied().flatten(),
        reason: reason(&kept.scored.parts),
        mrr: brings.map_or(0, |worth| worth.mrr),
        since: since.map_or(kept.day, |before| before.since),
        at: kept.at,
    };
    let is_same = before.as_ref().is_some_and(|before| {
        Now {
            at: now.at,
            ..before.clone()
        } == now
    });
    if is_same {
        return Ok(());
    }
    store::put_now(tx, workspace, account, kept.day, &now)?;
    tell(tx, actor, account, (before.as_ref(), &now, card))
}

fn tell(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    (before, now, card): (Option<&Now>, &Now, &Scorecard),
) -> Result<(), DbError> {
    let whole = |score: Option<f64>| score.map(|score| (score * 10.0).round() / 10.0);
    let (old, new) = (before.and_then(|before| whole(before.score)), whole(now.score));
    if before.is_none() || old != new || before.map(|before| before.shown) != Some(now.shown) {
        let payload = json!({
            "score": new, "before": old, "confidence": whole(Some(now.confidence * 100.0)), "band": now.shown.as_str(),
            "reason": now.reason, "scorecard": card.id.to_string(), "version": card.version,
        });
        let event = NewEvent::of(&SCORED, account).topic(LIST).payload(payload);
        events::record(tx, actor, event)?;
    }
    let moved = before.filter(|before| before.shown != now.shown && before.shown != Band::Unknown);
    if let Some(before) = moved {
        let payload =
            json!({ "before": before.shown.as_str(), "band": now.shown.as_str(), "reason": now.reason });
        let event = NewEvent::of(&BANDED, account).topic(LIST).payload(payload);
        events::record(tx, actor, event)?;
    }
    Ok(())
}

/// The scores of the days of the window up to `day`, the oldest first.
fn days(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    day: Day,
) -> Result<Vec<Option<f64>>, DbError> {
    let from = day.plus_days(1 - WINDOW);
    let course = store::course(tx, workspace, &[account], from)?;
    let steps: Vec<_> = course.into_iter().map(|(_, day, score)| (day, score)).collect();
    Ok(spread(&steps, from, WINDOW, 1))
}

/// The score at the end of each `step` days from `from` on: what was kept last until then.
pub(super) fn spread(steps: &[(Day, Option<f64>)], from: Day, count: i64, step: i64) -> Vec<Option<f64>> {
    let at = |index| from.plus_days(index * step);
    let last = |day: Day| steps.iter().rev().find(|(since, _)| *since <= day);
    (0..count)
        .map(|index| last(at(index)).and_then(|(_, score)| *score))
        .collect()
}
