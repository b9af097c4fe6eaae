//! Who listens to what: one table, made in the server, asked at every event.

use std::collections::BTreeMap;
use std::fmt;

use kit::db::{DbError, Tx};

use super::{Event, Kind};

/// What queues one reaction's job.
type Queue = fn(&mut Tx<'_>, &Event) -> Result<(), DbError>;

/// One reaction to a kind of event.
#[derive(Clone, Copy)]
pub struct Listener {
    /// The reaction's name, for the printed table: the kind of its job.
    pub name: &'static str,
    queue: Queue,
}

impl Listener {
    /// A reaction whose job `queue` puts into the event's transaction.
    pub const fn new(name: &'static str, queue: Queue) -> Self {
        Self { name, queue }
    }

    pub(super) fn queue(&self, tx: &mut Tx<'_>, event: &Event) -> Result<(), DbError> {
        (self.queue)(tx, event)
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Listener").field(&self.name).finish()
    }
}

/// The table of reactions. Attached to the database handle, so that every transaction finds it.
#[derive(Debug, Default)]
pub struct Wiring {
    kinds: BTreeMap<&'static str, (&'static Kind, Vec<Listener>)>,
    every: Vec<Listener>,
}

impl Wiring {
    /// A kind of event and those who listen to it. A kind without listeners is named too: live pages still hear it.
    #[must_use]
    pub fn on(mut self, kind: &'static Kind, listeners: &[Listener]) -> Self {
        self.kinds
            .entry(kind.name)
            .or_insert((kind, Vec::new()))
            .1
            .extend(listeners);
        self
    }

    /// Those who listen to every kind.
    #[must_use]
    pub fn on_every(mut self, listeners: &[Listener]) -> Self {
        self.every.extend(listeners);
        self
    }

    /// Those who listen to the kind named `kind`.
    pub fn listeners(&self, kind: &str) -> impl Iterator<Item = &Listener> {
        let own = self.kinds.get(kind).map_or(&[][..], |(_, listeners)| listeners);
        own.iter().chain(&self.every)
    }

    /// Every kind that is named, by name.
    pub fn kinds(&self) -> impl Iterator<Item = &'static Kind> {
        self.kinds.values().map(|(kind, _)| *kind)
    }

    /// The kind named `name`.
    pub fn kind(&self, name: &str) -> Option<&'static Kind> {
        self.kinds.get(name).map(|(kind, _)| *kind)
    }

    /// The table as text: a line per kind, its permission and its listeners.
    pub fn table(&self) -> String {
        let mut out = String::from("| event | seen by | reactions |\n|---|---|---|\n");
        for (name, (kind, _)) in &self.kinds {
            let names: Vec<_> = self.listeners(name).map(|listener| listener.name).collect();
            let names = if names.is_empty() {
                "–".to_owned()
            } else {
                names.join(", ")
            };
            out.push_str(&format!("| {name} | {} | {names} |\n", kind.read.as_str()));
        }
        out
    }
}
