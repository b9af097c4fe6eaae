//! A lane's queue: closures go in from async code, database threads take them out, first come first served.
//!
//! Waking a thread costs more than most closures do, so it is done sparingly. A thread that runs out of work looks
//! around for a moment before it falls asleep; while one looks around, or is just being woken, nobody wakes another.
//! Whoever finds work and leaves more behind wakes the next one: the one that fell asleep last, its caches are warm.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::Thread;
use std::time::Duration;

use tokio::sync::Notify;

use super::error::DbError;
use super::task::Task;

/// How often a thread without work lets others run and looks again before it sleeps: together about as long as
/// falling asleep and being woken takes.
const LOOKS: u32 = 40;

/// Closures that wait for a thread.
pub(super) struct Queue {
    state: Mutex<State>,
    /// How many wait, for threads that look without the lock.
    waiting: AtomicUsize,
    places: usize,
    room: Notify,
}

#[derive(Default)]
struct State {
    tasks: VecDeque<Box<dyn Task>>,
    /// Threads that sleep, the one that fell asleep last at the end.
    asleep: Vec<Thread>,
    /// Threads that look around or have been woken, and have not found anything yet.
    looking: usize,
    /// Callers who wait for a place.
    outside: usize,
    is_closed: bool,
}

impl Queue {
    /// A queue in which `places` closures may wait.
    pub(super) fn new(places: usize) -> Self {
        Self {
            state: Mutex::default(),
            waiting: AtomicUsize::new(0),
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
        if state.tasks.len() >= self.places || (state.outside > 0 && !has_waited) {
            return Ok(false);
        }
        state.tasks.extend(task.take());
        self.wake_another(state);
        Ok(true)
    }

    /// Lets go of `state`, having woken a thread if one is needed and nobody looks.
    fn wake_another(&self, mut state: MutexGuard<'_, State>) {
        self.waiting.store(state.tasks.len(), Ordering::Relaxed);
        if state.looking > 0 || state.tasks.is_empty() {
            return;
        }
        let Some(thread) = state.asleep.pop() else { return };
        state.looking += 1;
        drop(state);
        thread.unpark();
    }

    /// The next closure, for a database thread; `None` once the queue is closed and empty. Does `before_sleep` when
    /// there is nothing to do for the moment.
    pub(super) fn take(&self, before_sleep: impl FnOnce()) -> Option<Box<dyn Task>> {
        if let Some(task) = self.take_waiting() {
            return Some(task);
        }
        before_sleep();
        let mut state = self.look_around();
        loop {
            if let Some(task) = state.tasks.pop_front() {
                self.give_room(state);
                return Some(task);
            }
            if state.is_closed {
                return None;
            }
            state = self.sleep(state);
        }
    }

    /// Looks for work for a moment, unless another thread does already.
    fn look_around(&self) -> MutexGuard<'_, State> {
        let mut state = self.lock();
        if state.looking > 0 || state.is_closed || !state.tasks.is_empty() {
            return state;
        }
        state.looking += 1;
        drop(state);
        for _ in 0..LOOKS {
            std::thread::yield_now();
            if self.waiting.load(Ordering::Relaxed) > 0 {
                break;
            }
        }
        let mut state = self.lock();
        state.looking = state.looking.saturating_sub(1);
        state
    }

    /// Sleeps until woken by [`Self::wake_another`] or by the queue's end.
    fn sleep<'q>(&'q self, mut state: MutexGuard<'q, State>) -> MutexGuard<'q, State> {
        let this = std::thread::current();
        let id = this.id();
        state.asleep.push(this);
        loop {
            drop(state);
            std::thread::park();
            state = self.lock();
            // Threads may wake for no reason; who was called is not among the sleepers any more.
            if !state.asleep.iter().any(|thread| thread.id() == id) {
                state.looking = state.looking.saturating_sub(1);
                return state;
            }
        }
    }

    /// The next closure if one waits already.
    pub(super) fn take_waiting(&self) -> Option<Box<dyn Task>> {
        if self.waiting.load(Ordering::Relaxed) == 0 {
            return None;
        }
        let mut state = self.lock();
        let task = state.tasks.pop_front();
        self.give_room(state);
        task
    }

    /// After a closure was taken out: one who waits outside may come in, and one more thread may be needed.
    fn give_room(&self, state: MutexGuard<'_, State>) {
        let is_wanted = state.outside > 0;
        self.wake_another(state);
        if is_wanted {
            self.room.notify_one();
        }
    }

    /// Takes nothing in any more; what waits is still served.
    pub(super) fn close(&self) {
        let mut state = self.lock();
        state.is_closed = true;
        let asleep = std::mem::take(&mut state.asleep);
        drop(state);
        asleep.iter().for_each(Thread::unpark);
        self.room.notify_waiters();
    }

    /// How many closures wait now.
    pub(super) fn len(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
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
        let has_room = state.tasks.len() < self.0.places;
        drop(state);
        if has_room {
            // Whoever goes with a place still free leaves it to the next.
            self.0.room.notify_one();
        }
    }
}
