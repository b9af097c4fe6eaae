//! Writing playbooks: every change is a version; publishing puts one in force.

use kit::db::{DbError, Tx};
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::events::{self, NewEvent};
use tandem_core::ladders::{self, Ladder};
use tandem_core::metrics;
use tandem_core::permissions::Permission;
use tandem_core::segments::{self, SegmentError};
use tandem_core::webhooks::{self, WebhookError};

use super::allowed::{may_ask, texts};
use super::{
    CHANGED, Content, LIST, Playbook, PlaybookError, PlaybookId, Status, Step, Trigger, dates, filling, find,
    jobs, setting, store, values,
};

/// Adds a playbook as a draft.
///
/// # Errors
/// [`PlaybookError`] for what does not fit, or a missing permission.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, name: &str, content: Content) -> Result<Playbook, PlaybookError> {
    actor.must(Permission::PlaybooksWrite)?;
    let one = Playbook {
        id: tx.new_id(),
        name: named(name)?,
        status: Status::Draft,
        version: 1,
        published: None,
        content: checked(tx, actor, content, None)?,
        changed_at: tx.now(),
        changed_by: actor.signature(),
    };
    store::insert(tx, actor.workspace, &one)?;
    tell(tx, actor, (None, Some(&one)))?;
    Ok(one)
}

/// Changes a playbook as of `version`: what is published stays in force until the change is published too.
///
/// # Errors
/// [`PlaybookError`]; [`PlaybookError::Stale`] with the playbook as it is now.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, version): (PlaybookId, i64),
    name: &str,
    content: Content,
) -> Result<Playbook, PlaybookError> {
    actor.must(Permission::PlaybooksWrite)?;
    let now = standing(tx, actor, id)?;
    if now.version != version {
        return Err(PlaybookError::Stale(Box::new(now)));
    }
    let changed = Playbook {
        name: named(name)?,
        content: checked(tx, actor, content, Some(&now.content))?,
        ..now.clone()
    };
    if changed == now {
        return Ok(now);
    }
    let changed = Playbook {
        version: version + 1,
        ..changed
    };
    put(tx, actor, &now, changed, true)
}

/// Puts the newest version in force; runs that were begun keep theirs. Published twice it changes nothing.
///
/// # Errors
/// [`PlaybookError::Unknown`], a missing permission, also for what the version asks and does, or the database's.
pub fn publish(tx: &mut Tx<'_>, actor: &Actor, id: PlaybookId) -> Result<Playbook, PlaybookError> {
    actor.must(Permission::PlaybooksWrite)?;
    let now = standing(tx, actor, id)?;
    if now.status == Status::Active && now.published == Some(now.version) {
        return Ok(now);
    }
    // A draft may hold what others wrote: whoever puts it in force answers for it.
    let in_force = match now.published {
        Some(version) => store::content(tx, actor.workspace, id, version)?,
        None => None,
    };
    let producers = metrics::producers(tx, actor.workspace)?;
    may_ask(actor, (&now.content, in_force.as_ref()), &producers)?;
    let changed = Playbook {
        status: Status::Active,
        published: Some(now.version),
        ..now.clone()
    };
    let changed = put(tx, actor, &now, changed, false)?;
    jobs::go_on(tx, actor.workspace)?;
    Ok(changed)
}

/// Lets a playbook begin no runs; those that were begun stand still. Paused twice it changes nothing.
///
/// # Errors
/// As of [`publish`].
pub fn pause(tx: &mut Tx<'_>, actor: &Actor, id: PlaybookId) -> Result<Playbook, PlaybookError> {
    actor.must(Permission::PlaybooksWrite)?;
    let now = standing(tx, actor, id)?;
    if now.status != Status::Active {
        return Ok(now);
    }
    let changed = Playbook {
        status: Status::Paused,
        ..now.clone()
    };
    put(tx, actor, &now, changed, false)
}

/// Makes a new version of what an earlier one said, and puts it in force.
///
/// # Errors
/// As of [`publish`]; [`PlaybookError::Unknown`] for a version that never was.
pub fn roll_back(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: PlaybookId,
    version: i64,
) -> Result<Playbook, PlaybookError> {
    actor.must(Permission::PlaybooksWrite)?;
    let now = standing(tx, actor, id)?;
    let content = store::content(tx, actor.workspace, id, version)?.ok_or(PlaybookError::Unknown)?;
    if content == now.content {
        return publish(tx, actor, id);
    }
    let changed = Playbook {
        content,
        version: now.version + 1,
        ..now.clone()
    };
    put(tx, actor, &now, changed, true)?;
    publish(tx, actor, id)
}

/// Takes a playbook away; its runs stand still and are kept.
///
/// # Errors
/// As of [`publish`].
pub fn remove(tx: &mut Tx<'_>, actor: &Actor, id: PlaybookId) -> Result<Playbook, PlaybookError> {
    actor.must(Permission::PlaybooksWrite)?;
    let now = find(tx, actor, id)?;
    if now.status == Status::Removed {
        return Ok(now);
    }
    let changed = Playbook {
        status: Status::Removed,
        ..now.clone()
    };
    put(tx, actor, &now, changed, false)
}

/// Brings a removed playbook back, paused or as the draft that it was.
///
/// # Errors
/// As of [`publish`].
pub fn restore(tx: &mut Tx<'_>, actor: &Actor, id: PlaybookId) -> Result<Playbook, PlaybookError> {
    actor.must(Permission::PlaybooksWrite)?;
    let now = find(tx, actor, id)?;
    if now.status != Status::Removed {
        return Ok(now);
    }
    let status = match now.published {
        Some(_) => Status::Paused,
        None => Status::Draft,
    };
    put(
        tx,
        actor,
        &now,
        Playbook {
            status,
            ..now.clone()
        },
        false,
    )
}

/// A playbook that was not removed.
fn standing(tx: &mut Tx<'_>, actor: &Actor, id: PlaybookId) -> Result<Playbook, PlaybookError> {
    let now = find(tx, actor, id)?;
    match now.status {
        Status::Removed => Err(PlaybookError::Unknown),
        _ => Ok(now),
    }
}

fn put(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: &Playbook,
    after: Playbook,
    is_new: bool,
) -> Result<Playbook, PlaybookError> {
    let after = Playbook {
        changed_at: tx.now(),
        changed_by: actor.signature(),
        ..after
    };
    if is_new {
        store::insert_version(tx, actor.workspace, &after)?;
    }
    let in_force = match after.published {
        Some(version) => store::content(tx, actor.workspace, after.id, version)?,
        None => None,
    };
    let listens = in_force.map(|content| content.trigger.listens().to_owned());
    store::update(tx, actor.workspace, &after, &listens.unwrap_or_default())?;
    tell(tx, actor, (Some(before), Some(&after)))?;
    Ok(after)
}

fn named(name: &str) -> Result<String, PlaybookError> {
    let name: String = name.trim().chars().filter(|c| !c.is_control()).collect();
    match name.chars().count() {
        1..=80 => Ok(name),
        _ => Err(PlaybookError::BadName),
    }
}

fn checked(
    tx: &mut Tx<'_>,
    actor: &Actor,
    content: Content,
    before: Option<&Content>,
) -> Result<Content, PlaybookError> {
    let producers = metrics::producers(tx, actor.workspace)?;
    let content = content.checked(&producers)?;
    may_ask(actor, (&content, before), &producers)?;
    let reached = match content.trigger {
        Trigger::Stage { stage } => Some(stage),
        _ => None,
    };
    let rungs = [
        (Ladder::Stages, content.conditions.stage),
        (Ladder::Tiers, content.conditions.tier),
        (Ladder::Stages, reached),
    ];
    for (ladder, rung) in rungs {
        if let Some(rung) = rung {
            ladders::find(tx, actor.workspace, ladder, rung)?.ok_or(PlaybookError::UnknownRung)?;
        }
    }
    let is_begun = match &content.trigger {
        Trigger::Date { date, .. } => dates::is_there(tx, actor.workspace, date)?,
        // Who may not see what a segment asks, does not begin anything by it; what stood there before may stay.
        Trigger::Segment { segment } => {
            before.is_some_and(|before| before.trigger == content.trigger) || is_segment(tx, actor, segment)?
        }
        _ => true,
    };
    if !is_begun {
        return Err(PlaybookError::BadTrigger);
    }
    steps_hold(tx, actor, (&content, before))?;
    Ok(content)
}

/// Whether there is such a segment that everybody shares and the actor sees.
fn is_segment(tx: &mut Tx<'_>, actor: &Actor, segment: &str) -> Result<bool, PlaybookError> {
    let Ok(id) = segment.parse() else {
        return Ok(false);
    };
    match segments::open(tx, actor, id) {
        Ok(segment) => Ok(segment.is_shared()),
        Err(SegmentError::Db(error)) => Err(error.into()),
        Err(_) => Ok(false),
    }
}

/// Whether what steps name is there: variables, fields and what may stand in them, webhooks.
fn steps_hold(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (content, before): (&Content, Option<&Content>),
) -> Result<(), PlaybookError> {
    let keys = setting::keys(tx, actor)?;
    for (index, step) in content.steps.iter().enumerate() {
        let (number, is_new) = (
            index + 1,
            !before.is_some_and(|before| before.steps.contains(step)),
        );
        match step {
            Step::Set { field, value } if is_new && !setting::can_stand(tx, actor, (field, value))? => {
                return Err(PlaybookError::BadStep(number));
            }
            Step::Webhook { webhook, .. } if is_new => {
                let id = webhook.parse().map_err(|_| PlaybookError::BadStep(number))?;
                match webhooks::find(tx, actor, id) {
                    Ok(Some(_)) => {}
                    Err(WebhookError::Db(error)) => return Err(error.into()),
                    _ => return Err(PlaybookError::BadStep(number)),
                }
            }
            _ => {}
        }
        let is_mail = matches!(step, Step::Mail { .. });
        let is_known = |name: &str| values::is_known(name, &keys, is_mail);
        if let Some(name) = texts(step)
            .into_iter()
            .find_map(|text| filling::unknown(text, is_known))
        {
            return Err(PlaybookError::UnknownVariable(number, name));
        }
    }
    Ok(())
}

fn tell(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (before, after): (Option<&Playbook>, Option<&Playbook>),
) -> Result<(), DbError> {
    let said = |one: &Playbook| {
        json!({
            "name": one.name, "status": one.status, "version": one.version, "published": one.published,
            "content": one.content,
        })
    };
    let Some(id) = before.or(after).map(|one| one.id) else {
        return Ok(());
    };
    let mut entry = Entry::of(Act::PlaybooksChanged, id);
    if let Some(before) = before {
        entry = entry.before(said(before));
    }
    if let Some(after) = after {
        entry = entry.after(said(after));
    }
    audit::record(tx, actor, entry)?;
    let facts = after.map(|one| json!({ "status": one.status, "version": one.version }));
    let event = NewEvent::of(&CHANGED, id).topic(LIST);
    events::record(tx, actor, event.payload(facts.unwrap_or_default()))?;
    Ok(())
}
