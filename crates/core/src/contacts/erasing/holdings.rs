//! What features above `core` keep of persons. Each says it in a constant; the server's wiring lists them all.

use std::collections::BTreeMap;

use kit::db::{DbError, Tx};
use serde_json::Value;

use crate::actor::Actor;
use crate::contacts::{Contact, ContactError, ContactId};
use crate::permissions::Permission;

/// What one feature keeps of persons.
#[derive(Clone, Copy, Debug)]
pub struct Holding {
    /// What it is called in exports and proofs: `tickets`.
    pub name: &'static str,
    /// Who may take it along; for others an export says that it is left out.
    pub needs: Permission,
    /// What is known of the person, for them to take along.
    pub export: fn(&mut Tx<'_>, &Actor, ContactId) -> Result<Vec<Value>, DbError>,
    /// Forgets the person, and tells of it; gives how many rows that touched.
    pub forget: fn(&mut Tx<'_>, &Actor, ContactId) -> Result<usize, DbError>,
}

/// What all features keep; attached to the database's handle.
#[derive(Clone, Debug, Default)]
pub struct Holdings(Vec<&'static Holding>);

impl Holdings {
    /// The table.
    pub fn new(holdings: &[&'static Holding]) -> Self {
        Self(holdings.to_vec())
    }
}

fn all(tx: &Tx<'_>) -> Vec<&'static Holding> {
    tx.attached::<Holdings>()
        .map(|holdings| holdings.0.clone())
        .unwrap_or_default()
}

/// Rows by the name of what keeps them.
type Held = BTreeMap<&'static str, Vec<Value>>;

/// What is kept of these persons by its name, and the names of what the actor may not take along.
pub(super) fn export(
    tx: &mut Tx<'_>,
    actor: &Actor,
    persons: &[Contact],
) -> Result<(Held, Vec<&'static str>), ContactError> {
    let (mut held, mut left_out) = (Held::new(), Vec::new());
    for holding in all(tx) {
        if !actor.may(holding.needs) {
            left_out.push(holding.name);
            continue;
        }
        let rows = held.entry(holding.name).or_default();
        for person in persons {
            rows.extend((holding.export)(tx, actor, person.id)?);
        }
    }
    Ok((held, left_out))
}

/// Forgets these persons; gives how many rows of each name that touched.
pub(super) fn forget(
    tx: &mut Tx<'_>,
    actor: &Actor,
    persons: &[ContactId],
) -> Result<BTreeMap<&'static str, usize>, ContactError> {
    let mut rows = BTreeMap::new();
    for holding in all(tx) {
        for person in persons {
            *rows.entry(holding.name).or_default() += (holding.forget)(tx, actor, *person)?;
        }
    }
    Ok(rows)
}
