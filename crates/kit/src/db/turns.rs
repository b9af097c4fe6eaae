//! Turns within one process: those who wait for the same turn wait here, not on the threads that others need.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::OwnedMutexGuard;

use super::error::DbError;

type Turn = Arc<tokio::sync::Mutex<()>>;

/// The turns that somebody has or waits for.
#[derive(Default)]
pub(super) struct Turns(Mutex<HashMap<String, Turn>>);

/// One's turn, until dropped.
pub(super) struct Held<'t> {
    turns: &'t Turns,
    name: String,
    guard: Option<OwnedMutexGuard<()>>,
}

impl Turns {
    /// Waits until it is one's turn: first come, first served.
    ///
    /// # Errors
    /// [`DbError::Timeout`] after `patience`.
    pub(super) async fn wait(&self, name: &str, patience: Duration) -> Result<Held<'_>, DbError> {
        let turn = Arc::clone(self.lock().entry(name.to_owned()).or_default());
        let mut held = Held {
            turns: self,
            name: name.to_owned(),
            guard: None,
        };
        let guard = tokio::time::timeout(patience, turn.lock_owned()).await;
        held.guard = Some(guard.map_err(|_| DbError::Timeout {
            statement: format!("waiting for the turn {name}"),
        })?);
        Ok(held)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Turn>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.guard = None;
        let mut turns = self.turns.lock();
        // Nobody else holds it or waits for it, and nobody can begin to while the map is locked.
        if turns
            .get(&self.name)
            .is_some_and(|turn| Arc::strong_count(turn) == 1)
        {
            turns.remove(&self.name);
        }
    }
}
