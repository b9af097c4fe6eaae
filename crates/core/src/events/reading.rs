//! Reading the events as someone: each event is shown to those who may hear of its kind, and of this very one.

use kit::db::{DbError, Tx};

use super::{Event, Position, Wiring, store};
use crate::actor::Actor;

/// How many events are looked at for one answer, however few of them may be shown.
const LOOKED_AT: i64 = 2_000;
/// How many are read at once.
const BATCH: i64 = 200;

/// Events that were read, and how far.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What the reader may see and wants.
    pub events: Vec<Event>,
    /// The position up to which nothing more is there for this reader.
    pub seen: Position,
}

/// Up to `limit` events of the actor's workspace after `from` that the actor may hear of, of the kinds named or of all.
///
/// # Errors
/// [`DbError`] of the database.
pub fn visible(
    tx: &mut Tx<'_>,
    actor: &Actor,
    from: Position,
    kinds: Option<&[String]>,
    limit: usize,
) -> Result<Reading, DbError> {
    let wiring = tx.attached::<Wiring>();
    let may_hear = |kind: &str| {
        let known = wiring.as_ref().and_then(|wiring| wiring.kind(kind));
        known.is_some_and(|kind| actor.may(kind.read))
            && kinds.is_none_or(|wanted| wanted.iter().any(|name| name == kind))
    };
    let mut reading = Reading {
        events: Vec::new(),
        seen: from,
    };
    for _ in 0..LOOKED_AT / BATCH {
        let batch = store::feed(tx, actor.workspace, reading.seen, BATCH)?;
        let is_last = batch.len() < usize::try_from(BATCH).expect("a batch is small");
        for event in batch {
            reading.seen = event.position.unwrap_or(reading.seen);
            if may_hear(&event.kind) && event.is_for(actor) {
                reading.events.push(event);
            }
            if reading.events.len() == limit {
                return Ok(reading);
            }
        }
        if is_last {
            break;
        }
    }
    Ok(reading)
}
