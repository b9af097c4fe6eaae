//! A lane's queue: closures go in from async code, database threads take them out, first come first served.
//!
//! Whoever puts one in wakes one thread, the one that fell asleep last, because its caches are warm; a thread that is
//! still awake needs no waking at all.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::Thread;
use std::time::Duration;

use tokio::sync::Notify;

use super::error::DbError;
use super::task::Task;

/// Closures that wait for a thread.
pub(super) struct Queue {
    state: Mutex<State>,
    places: usize,
    room: Notify,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Box<dyn Task>>,
    /// Threads with nothing to do, the one that came last at the end.
    idle: Vec<Thread>,
    /// Callers who wait for a place.
    outside: usize,
    is_closed: bool,
}

impl Queue {
    /// A queue in which `places` closures may wait.
    pub(super) fn new(places: usize) -> Self {
        Self {
            state: Mutex::default(),
            places,
            room: Notify::new(),
        }
    }

    /// Puts `task` in; while the queue is full, waits up to `patience` for a place.
    ///
    /// # Errors
    /// [`DbError::Overloaded`] when there was none, [`DbError::Closed`] when threads take nothing any more.
    pub(super) async fn put(&self, task: Box<dyn Task>, patience: Duration) -> Result<(), DbError> {
        let mut task = Some(task);
        if self.try_put(&mut task, false)? {
            return Ok(());
        }
        let waiting = Outside::stand(self);
        let placed = tokio::time::timeout(patience, async {
            loop {
                let room = self.room.notified();
                if self.try_put(&mut task, true)? {
                    return Ok(());
                }
                room.await;
            }
        });
        let outcome = placed.await;
        drop(waiting);
        outcome.unwrap_or_else(|_| {
            metrics::counter!("db_overloaded_total").increment(1);
            Err(DbError::Overloaded)
        })
    }

    /// Gives `false` and leaves the task where it is when there is no place; those who wait outside go first.
    fn try_put(&self, task: &mut Option<Box<dyn Task>>, has_waited: bool) -> Result<bool, DbError> {
        let mut state = self.lock();
        if state.is_closed {
            return Err(DbError::Closed);
        }
        if state.waiting.len() >= self.places || (state.outside > 0 && !has_waited) {
            return Ok(false);
        }
        state.waiting.extend(task.take());
        let idle = state.idle.pop();
        drop(state);
        if let Some(thread) = idle {
            thread.unpark();
        }
        Ok(true)
    }

    /// The next closure, for a database thread; `None` once the queue is closed and empty.
    pub(super) fn take(&self) -> Option<Box<dyn Task>> {
        loop {
            let mut state = self.lock();
            if let Some(task) = state.waiting.pop_front() {
                self.give_room(state);
                return Some(task);
            }
            if state.is_closed {
                return None;
            }
            state.idle.push(std::thread::current());
            drop(state);
            std::thread::park();
            // Woken without having been called, it must not stand among the idle twice.
            let this = std::thread::current().id();
            self.lock().idle.retain(|thread| thread.id() != this);
        }
    }

    /// The next closure if one waits already.
    pub(super) fn take_waiting(&self) -> Option<Box<dyn Task>> {
        let mut state = self.lock();
        let task = state.waiting.pop_front();
        self.give_room(state);
        task
    }

    fn give_room(&self, state: MutexGuard<'_, State>) {
        let is_wanted = state.outside > 0;
        drop(state);
        if is_wanted {
            self.room.notify_one();
        }
    }

    /// Takes nothing in any more; what waits is still served.
    pub(super) fn close(&self) {
        let mut state = self.lock();
        state.is_closed = true;
        let idle = std::mem::take(&mut state.idle);
        drop(state);
        idle.iter().for_each(Thread::unpark);
        self.room.notify_waiters();
    }

    /// How many closures wait now.
    pub(super) fn len(&self) -> usize {
        self.lock().waiting.len()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A caller who waits for a place, until dropped.
struct Outside<'q>(&'q Queue);

impl<'q> Outside<'q> {
    fn stand(queue: &'q Queue) -> Self {
        queue.lock().outside += 1;
        Self(queue)
    }
}

impl Drop for Outside<'_> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.outside -= 1;
        let has_room = state.waiting.len() < self.0.places;
        drop(state);
        if has_room {
            // Whoever goes with a place still free leaves it to the next.
            self.0.room.notify_one();
        }
    }
}
