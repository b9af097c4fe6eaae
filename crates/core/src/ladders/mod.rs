//! Ladders: ordered words of a workspace. Two are there: the *stages* of a customer's life with us and the *tiers* of
//! service. A *rung* is one word of a ladder; it can be archived and stays where it is known.

pub mod api;
mod failures;
mod model;
mod store;
mod views;
pub mod web;

use kit::db::{DbError, Tx};
use kit::i18n::{Locale, Text};
use serde_json::json;

pub use model::{Archiving, Ladder, LadderError, Rung, RungText};

use crate::actor::Actor;
use crate::audit::{self, Act, Entry};
use crate::events::{self, Kind, NewEvent};
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

kit::id! {
    /// A rung of a ladder: a stage or a tier.
    RungId, "rng"
}

/// A ladder has another rung, or one is called or stands otherwise.
pub const CHANGED: Kind = Kind::new("ladder.changed", Permission::AccountsRead);

/// How many rungs a ladder has at most, archived ones included.
pub const MOST: usize = 40;

/// Gives a ladder without rungs the usual ones, in the words of `t`; another stays as it is.
///
/// # Errors
/// [`LadderError::Forbidden`], or the database's.
pub fn begin(tx: &mut Tx<'_>, actor: &Actor, ladder: Ladder, t: &Text) -> Result<(), LadderError> {
    actor.must(Permission::ShapeWrite)?;
    if !store::all(tx, actor.workspace, ladder)?.is_empty() {
        return Ok(());
    }
    for usual in ladder.usual() {
        let text = RungText {
            name: t.say(usual.name),
            colour: usual.colour,
            threshold: usual.threshold,
        };
        add(tx, actor, ladder, &text)?;
    }
    Ok(())
}

/// Gives a new workspace its ladders, in its language. They come with it: no event tells of them.
pub(crate) fn found(tx: &mut Tx<'_>, workspace: WorkspaceId, language: &str) -> Result<(), DbError> {
    let locale = Locale::parse(language).unwrap_or_else(Locale::english);
    let t = Text::new(locale, Text::default().zone().clone(), tx.now());
    for ladder in Ladder::ALL {
        for (place, usual) in (1_i64..).zip(ladder.usual()) {
            let text = RungText {
                name: t.say(usual.name),
                colour: usual.colour,
                threshold: usual.threshold,
            };
            let rung = Rung {
                id: tx.new_id(),
                ladder,
                text,
                place,
                version: 1,
                archiving: None,
            };
            store::insert(tx, workspace, &rung)?;
        }
    }
    Ok(())
}

/// Adds a rung above the others.
///
/// # Errors
/// [`LadderError`] for a missing permission, a name that is bad or taken, or a threshold where none can be.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, ladder: Ladder, text: &RungText) -> Result<Rung, LadderError> {
    actor.must(Permission::ShapeWrite)?;
    let all = store::all(tx, actor.workspace, ladder)?;
    if all.len() >= MOST {
        return Err(LadderError::TooMany);
    }
    let rung = Rung {
        id: tx.new_id(),
        ladder,
        text: text.checked(ladder)?,
        place: all.iter().map(|rung| rung.place).max().unwrap_or(0) + 1,
        version: 1,
        archiving: None,
    };
    store::insert(tx, actor.workspace, &rung)?;
    let entry = Entry::of(Act::RungAdded, rung.id).after(facts(&rung));
    note(tx, actor, &rung, entry)?;
    Ok(rung)
}

/// Changes a rung's name, colour and threshold, made from `version`.
///
/// # Errors
/// As of [`add`]; [`LadderError::Stale`] when someone changed it meanwhile.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: RungId,
    version: i64,
    text: &RungText,
) -> Result<Rung, LadderError> {
    actor.must(Permission::ShapeWrite)?;
    let mut rung = store::find(tx, actor.workspace, id)?.ok_or(LadderError::Unknown)?;
    if rung.version != version {
        return Err(LadderError::Stale(Box::new(rung)));
    }
    let text = text.checked(rung.ladder)?;
    if rung.text == text {
        return Ok(rung);
    }
    let before = facts(&rung);
    rung.text = text;
    rung.version += 1;
    store::update(tx, actor.workspace, &rung)?;
    let entry = Entry::of(Act::RungChanged, id).before(before).after(facts(&rung));
    note(tx, actor, &rung, entry)?;
    Ok(rung)
}

/// Moves a rung one place up or down; at the end it stays.
///
/// # Errors
/// [`LadderError::Unknown`] for a rung of no or another workspace.
pub fn step(tx: &mut Tx<'_>, actor: &Actor, id: RungId, is_up: bool) -> Result<Rung, LadderError> {
    actor.must(Permission::ShapeWrite)?;
    let rung = store::find(tx, actor.workspace, id)?.ok_or(LadderError::Unknown)?;
    let mut all = store::all(tx, actor.workspace, rung.ladder)?;
    all.retain(|other| other.archiving.is_none() || other.id == id);
    let at = all
        .iter()
        .position(|other| other.id == id)
        .ok_or(LadderError::Unknown)?;
    let neighbour = if is_up { at.checked_sub(1) } else { Some(at + 1) };
    if let Some(other) = neighbour.and_then(|at| all.get(at)) {
        store::set_place(tx, actor.workspace, id, other.place)?;
        store::set_place(tx, actor.workspace, other.id, rung.place)?;
        note(tx, actor, &rung, Entry::of(Act::RungMoved, id))?;
    }
    store::find(tx, actor.workspace, id)?.ok_or(LadderError::Unknown)
}

/// Puts a rung where the one numbered `number` stands among those in use, counted from one; beyond the end it is the last.
///
/// # Errors
/// As of [`step`].
pub fn place(tx: &mut Tx<'_>, actor: &Actor, id: RungId, number: usize) -> Result<Rung, LadderError> {
    actor.must(Permission::ShapeWrite)?;
    let rung = store::find(tx, actor.workspace, id)?.ok_or(LadderError::Unknown)?;
    let mut all = store::all(tx, actor.workspace, rung.ladder)?;
    all.retain(|other| other.archiving.is_none() || other.id == id);
    let at = all
        .iter()
        .position(|other| other.id == id)
        .ok_or(LadderError::Unknown)?;
    let wanted = number.saturating_sub(1).min(all.len() - 1);
    // A ladder has a handful of rungs.
    for _ in wanted.min(at)..wanted.max(at) {
        step(tx, actor, id, wanted < at)?;
    }
    store::find(tx, actor.workspace, id)?.ok_or(LadderError::Unknown)
}

/// Archives a rung: nothing comes onto it any more. Archiving it twice keeps the first one's name and moment.
///
/// # Errors
/// As of [`step`].
pub fn archive(tx: &mut Tx<'_>, actor: &Actor, id: RungId) -> Result<Rung, LadderError> {
    actor.must(Permission::ShapeWrite)?;
    let mut rung = store::find(tx, actor.workspace, id)?.ok_or(LadderError::Unknown)?;
    if rung.archiving.is_none() {
        rung.archiving = Some(Archiving {
            by: actor.signature(),
            at: tx.now(),
        });
        store::set_archiving(tx, actor.workspace, &rung)?;
        note(tx, actor, &rung, Entry::of(Act::RungArchived, id))?;
    }
    Ok(rung)
}

/// Brings an archived rung back; another stays as it is.
///
/// # Errors
/// As of [`step`].
pub fn restore(tx: &mut Tx<'_>, actor: &Actor, id: RungId) -> Result<Rung, LadderError> {
    actor.must(Permission::ShapeWrite)?;
    let mut rung = store::find(tx, actor.workspace, id)?.ok_or(LadderError::Unknown)?;
    if rung.archiving.take().is_some() {
        store::set_archiving(tx, actor.workspace, &rung)?;
        note(tx, actor, &rung, Entry::of(Act::RungRestored, id))?;
    }
    Ok(rung)
}

/// The rung of this ladder with this id.
///
/// # Errors
/// [`DbError`] of the database.
pub fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ladder: Ladder,
    id: RungId,
) -> Result<Option<Rung>, DbError> {
    Ok(store::find(tx, workspace, id)?.filter(|rung| rung.ladder == ladder))
}

/// All rungs of a ladder from the first to the last, archived ones included.
///
/// # Errors
/// [`DbError`] of the database.
pub fn all(tx: &mut Tx<'_>, workspace: WorkspaceId, ladder: Ladder) -> Result<Vec<Rung>, DbError> {
    store::all(tx, workspace, ladder)
}

/// The rungs that things can come onto, from the first to the last.
///
/// # Errors
/// [`DbError`] of the database.
pub fn open(tx: &mut Tx<'_>, workspace: WorkspaceId, ladder: Ladder) -> Result<Vec<Rung>, DbError> {
    let mut all = store::all(tx, workspace, ladder)?;
    all.retain(|rung| rung.archiving.is_none());
    Ok(all)
}

fn facts(rung: &Rung) -> serde_json::Value {
    json!({
        "ladder": rung.ladder, "name": rung.text.name, "colour": rung.text.colour, "threshold": rung.text.threshold,
    })
}

fn note(tx: &mut Tx<'_>, actor: &Actor, rung: &Rung, entry: Entry) -> Result<(), DbError> {
    audit::record(tx, actor, entry.named(&rung.text.name))?;
    let payload = json!({ "ladder": rung.ladder, "name": rung.text.name });
    events::record(
        tx,
        actor,
        NewEvent::of(&CHANGED, rung.id)
            .topic(rung.ladder.list())
            .payload(payload),
    )?;
    Ok(())
}
