//! Who listens to what: one table, made in the server, asked at every event.

use std::collections::BTreeMap;
use std::fmt;

use kit::db::{DbError, Tx};

use super::{Event, Kind};

/// What queues one reaction's jobs.
#[derive(Clone, Copy)]
enum Queue {
    /// For each event by itself.
    Each(fn(&mut Tx<'_>, &Event) -> Result<(), DbError>),
    /// For all events of a kind that were recorded together.
    All(fn(&mut Tx<'_>, &[Event]) -> Result<(), DbError>),
}

/// One reaction to a kind of event.
#[derive(Clone, Copy)]
pub struct Listener {
    /// The reaction's name, for the printed table: the kind of its job.
    pub name: &'static str,
    queue: Queue,
}

impl Listener {
    /// A reaction whose job `queue` puts into the event's transaction.
    pub const fn new(name: &'static str, queue: fn(&mut Tx<'_>, &Event) -> Result<(), DbError>) -> Self {
        let queue = Queue::Each(queue);
        Self { name, queue }
    }

    /// A reaction whose jobs `queue` puts into the transaction of all events of a kind that are recorded together, one or many:
    /// they are of one workspace.
    pub const fn of_many(
        name: &'static str,
        queue: fn(&mut Tx<'_>, &[Event]) -> Result<(), DbError>,
    ) -> Self {
        let queue = Queue::All(queue);
        Self { name, queue }
    }

    pub(super) fn queue(&self, tx: &mut Tx<'_>, events: &[Event]) -> Result<(), DbError> {
        match self.queue {
            Queue::Each(queue) => events.iter().try_for_each(|event| queue(tx, event)),
            Queue::All(queue) => queue(tx, events),
        }
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

    /// Whether whoever may hear of the kinds that `wants` picks may hear of this very event too.
    pub fn covers(&self, wants: impl Fn(&str) -> bool, event: &Event) -> bool {
        let wanted: Vec<_> = self.kinds().filter(|kind| wants(kind.name)).collect();
        event.is_met_by(|need| {
            let gives = |kind: &&Kind| kind.read == need || kind.also.contains(&need);
            wanted.iter().any(gives)
        })
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

#[cfg(test)]
mod tests {
    use kit::clock::Timestamp;
    use kit::id::{TypedId, Uuid};

    use super::super::{EventId, NewEvent};
    use super::*;
    use crate::accounts::AccountId;
    use crate::actor::Actor;
    use crate::permissions::Permission::{AccountsRead, MoneyRead, TicketsRead};
    use crate::workspaces::WorkspaceId;

    static PLAIN: Kind = Kind::new("tests.plain", AccountsRead);
    static PAID: Kind = Kind::new("tests.paid", AccountsRead).at_times(&[MoneyRead]);

    fn event(kind: &'static Kind, needs: &[crate::permissions::Permission]) -> Event {
        let actor = Actor::system(WorkspaceId::from_uuid(Uuid::nil()), "tests");
        let new = NewEvent::of(kind, AccountId::from_uuid(Uuid::nil())).needs(needs.iter().copied());
        let told = serde_json::json!({ "is": "told" });
        new.payload(told)
            .by(EventId::from_uuid(Uuid::nil()), &actor, Timestamp(0))
    }

    #[test]
    fn whoever_hears_of_a_kind_hears_of_what_it_needs_at_times_and_of_no_more() {
        let wiring = Wiring::default().on(&PLAIN, &[]).on(&PAID, &[]);
        let only = |wanted: &'static str| move |kind: &str| kind == wanted;
        assert!(wiring.covers(only("tests.plain"), &event(&PLAIN, &[])));
        assert!(wiring.covers(only("tests.paid"), &event(&PAID, &[MoneyRead])));
        assert!(!wiring.covers(only("tests.plain"), &event(&PLAIN, &[MoneyRead])));
        assert!(!wiring.covers(only("tests.paid"), &event(&PAID, &[MoneyRead, TicketsRead])));
        assert_eq!(event(&PAID, &[MoneyRead]).payload["is"], "told");
    }
}
