//! Defining metrics, changing what they count, removing them and bringing them back.

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use tandem_core::actor::Actor;
use tandem_core::metrics::own::{self, OwnMetric, OwnMetricId};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::{self, WorkspaceId};

use super::model::Content;
use super::{Defined, Definition, MOST, OwnError, OwnText, State, days, find, jobs, store, tell, uses};
use crate::usage::{keeping, lake};

/// Defines a metric; it is counted in the background.
///
/// # Errors
/// [`OwnError`].
pub fn add(tx: &mut Tx<'_>, actor: &Actor, text: &OwnText) -> Result<Defined, OwnError> {
    let text = checked(actor, text)?;
    if own::all(tx, actor.workspace)?.len() >= MOST {
        return Err(OwnError::TooMany);
    }
    let (now, by) = (tx.now(), actor.signature());
    let metric = OwnMetric {
        id: tx.new_id(),
        title: text.title,
        about: text.about,
        unit: text.content.measure.unit(),
        version: 1,
        created_at: now,
        created_by: by.clone(),
        changed_at: now,
        changed_by: by,
        removal: None,
    };
    own::put(tx, actor.workspace, &metric)?;
    let definition = begin(tx, actor, metric.id, text.content, None)?;
    let defined = Defined { metric, definition };
    tell(tx, actor, (None, Some(&defined)))?;
    Ok(defined)
}

/// Changes a metric as of `version`. What counts other things begins to be counted anew; what it counted before stays to be
/// seen until then.
///
/// # Errors
/// [`OwnError`]; [`OwnError::Stale`] with the metric as it is now.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: OwnMetricId,
    version: i64,
    text: &OwnText,
) -> Result<Defined, OwnError> {
    let text = checked(actor, text)?;
    let before = find(tx, actor, id)?;
    if before.metric.removal.is_some() {
        return Err(OwnError::Removed);
    }
    if before.metric.version != version {
        return Err(OwnError::Stale(Box::new(before)));
    }
    let is_same = before.definition.content == text.content;
    if is_same && (&before.metric.title, &before.metric.about) == (&text.title, &text.about) {
        return Ok(before);
    }
    let metric = OwnMetric {
        title: text.title,
        about: text.about,
        unit: text.content.measure.unit(),
        version: version + 1,
        changed_at: tx.now(),
        changed_by: actor.signature(),
        ..before.metric.clone()
    };
    own::put(tx, actor.workspace, &metric)?;
    let definition = match is_same {
        true => before.definition.clone(),
        false => begin(tx, actor, id, text.content, Some(&before.definition))?,
    };
    let after = Defined { metric, definition };
    tell(tx, actor, (Some(&before), Some(&after)))?;
    Ok(after)
}

/// Removes a metric that nothing uses; it can be brought back, and goes on being counted for that. Doing it twice changes
/// nothing.
///
/// # Errors
/// [`OwnError::InUse`]; as of [`find`].
pub fn remove(tx: &mut Tx<'_>, actor: &Actor, id: OwnMetricId) -> Result<Defined, OwnError> {
    actor.must(Permission::ShapeWrite)?;
    let before = find(tx, actor, id)?;
    if before.metric.removal.is_some() {
        return Ok(before);
    }
    let uses = uses(tx, actor, id)?;
    if !uses.is_empty() {
        return Err(OwnError::InUse(uses));
    }
    let removal = Some((actor.signature(), tx.now()));
    let after = moved(tx, actor, &before, removal)?;
    tell(tx, actor, (Some(&before), None))?;
    Ok(after)
}

/// Brings a removed metric back; another stays as it is.
///
/// # Errors
/// [`OwnError::TooMany`]; as of [`find`].
pub fn restore(tx: &mut Tx<'_>, actor: &Actor, id: OwnMetricId) -> Result<Defined, OwnError> {
    actor.must(Permission::ShapeWrite)?;
    let before = find(tx, actor, id)?;
    if before.metric.removal.is_none() {
        return Ok(before);
    }
    if own::all(tx, actor.workspace)?.len() >= MOST {
        return Err(OwnError::TooMany);
    }
    let mut after = moved(tx, actor, &before, None)?;
    if after.definition.state != State::Counting {
        // Nobody wrote down how it went while it was away.
        jobs::begin_history(tx, actor.workspace, &mut after.definition)?;
    }
    tell(tx, actor, (None, Some(&after)))?;
    Ok(after)
}

fn moved(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: &Defined,
    removal: Option<(String, Timestamp)>,
) -> Result<Defined, DbError> {
    let metric = OwnMetric {
        version: before.metric.version + 1,
        changed_at: tx.now(),
        changed_by: actor.signature(),
        removal,
        ..before.metric.clone()
    };
    own::put(tx, actor.workspace, &metric)?;
    Ok(Defined {
        metric,
        definition: before.definition.clone(),
    })
}

fn checked(actor: &Actor, text: &OwnText) -> Result<OwnText, OwnError> {
    actor.must(Permission::ShapeWrite)?;
    actor.must(Permission::UsageRead)?;
    let title = text.title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() || title.chars().count() > 80 || title.chars().any(char::is_control) {
        return Err(OwnError::BadTitle);
    }
    let about: String = text
        .about
        .trim()
        .chars()
        .filter(|c| !c.is_control() || *c == '\n')
        .collect();
    if about.chars().count() > 500 {
        return Err(OwnError::LongAbout);
    }
    Ok(OwnText {
        title,
        about,
        content: text.content.checked().map_err(OwnError::Bad)?,
    })
}

/// Keeps a version and lets it be counted. Days that were counted for the version before serve again where they can: they
/// may be of events that are gone.
fn begin(
    tx: &mut Tx<'_>,
    actor: &Actor,
    metric: OwnMetricId,
    content: Content,
    before: Option<&Definition>,
) -> Result<Definition, DbError> {
    let workspace = actor.workspace;
    let version = before.map_or(1, |before| before.version + 1);
    let same = before.filter(|before| content.needs_events() && before.content.counts_the_same(&content));
    let (since, is_whole) = match same {
        Some(same) => (same.since, same.exact_from == same.since),
        None => horizon(tx, workspace, content.needs_events())?,
    };
    let generation = match same {
        Some(same) => same.generation,
        None if content.needs_events() => store::generation(tx, workspace)? + 1,
        None => 0,
    };
    let is_counted = generation == 0 || same.is_some_and(|same| same.state != State::Counting);
    let mut definition = Definition {
        metric,
        version,
        counted_as: same.map_or(version, |same| same.counted_as),
        generation,
        state: State::Counting,
        looked: same.map_or(0, |same| same.looked),
        total: store::how_many(tx, workspace)? + lake::batches(tx, workspace)?,
        since,
        exact_from: match is_whole {
            true => since,
            // The first day is not whole.
            false => since.plus_days(content.window),
        },
        content,
        made_at: tx.now(),
        made_by: actor.signature(),
    };
    store::insert(tx, workspace, &definition)?;
    match is_counted {
        true => jobs::begin_history(tx, workspace, &mut definition)?,
        false => jobs::count_soon(tx, workspace)?,
    }
    Ok(definition)
}

/// The first day of which anything is there, and whether nothing was before it.
fn horizon(tx: &mut Tx<'_>, workspace: WorkspaceId, needs_events: bool) -> Result<(Day, bool), DbError> {
    let today = workspaces::today(tx, workspace)?;
    let Some(first) = days::store::first_day(tx, workspace)? else {
        return Ok((today, true));
    };
    // Where nothing ever went, all that came is there, however old it was when it came.
    if !needs_events || !keeping::has_swept(tx, workspace)? {
        return Ok((first.min(today), true));
    }
    let zone = workspaces::zone(tx, workspace)?;
    let oldest = [store::oldest(tx, workspace)?, lake::oldest(tx, workspace)?];
    let oldest = oldest.into_iter().flatten().min().map(|at| Day::of(at, &zone));
    Ok(match oldest {
        // The log still has all that ever came.
        Some(oldest) if first >= oldest => (first.min(today), true),
        Some(oldest) => (oldest.min(today), false),
        None => (today, false),
    })
}
