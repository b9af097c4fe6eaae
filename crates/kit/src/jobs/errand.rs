//! What an errand has in its hands while it runs: the database, its key, its progress, and whether it should stop.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::db::Db;
use crate::jobs::store::Held;
use crate::jobs::{About, JobError, JobId};

/// A running errand. Clones are the same errand.
#[derive(Clone, Debug)]
pub struct Errand {
    about: About,
    db: Db,
    live: Arc<Live>,
}

/// How far a job is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many pieces are done.
    pub done: i64,
    /// How many there are; unknown at first.
    pub total: Option<i64>,
    /// The key of the words that say what is being done.
    pub note: Option<&'static str>,
}

/// What the node and the errand share.
#[derive(Debug)]
pub(super) struct Live {
    pub(super) held: Held,
    pub(super) stop: CancellationToken,
    progress: Mutex<Reported>,
    news: Arc<Notify>,
}

#[derive(Debug, Default)]
struct Reported {
    latest: Progress,
    is_new: bool,
}

impl Errand {
    pub(super) fn new(about: About, db: Db, live: Arc<Live>) -> Self {
        Self { about, db, live }
    }

    /// What the job may know about itself.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// The database, with what the program attached to it.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// A key that is the same at every attempt of this job and no other's: what the other side needs to do it once.
    pub fn key(&self) -> String {
        self.about.id.to_string()
    }

    /// Tells how far the errand is. Cheap: it is stored about once a second.
    pub fn progress(&self, done: i64, total: i64) {
        self.report(|latest| {
            latest.done = done;
            latest.total = Some(total);
        });
    }

    /// Tells what is being done, by the key of the words for it.
    pub fn note(&self, words: &'static str) {
        self.report(|latest| latest.note = Some(words));
    }

    /// Whether the errand should stop: someone cancelled it, this node is stopping, or the job is in other hands by now.
    pub fn is_cancelled(&self) -> bool {
        self.live.stop.is_cancelled()
    }

    /// Waits until the errand should stop.
    pub async fn cancelled(&self) {
        self.live.stop.cancelled().await;
    }

    /// For the places where stopping is easy: `errand.go_on()?` between two pieces.
    ///
    /// # Errors
    /// [`JobError::Stopped`] when the errand should stop.
    pub fn go_on(&self) -> Result<(), JobError> {
        if self.is_cancelled() {
            Err(JobError::Stopped)
        } else {
            Ok(())
        }
    }

    fn report(&self, change: impl FnOnce(&mut Progress)) {
        let mut reported = self.live.progress.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut reported.latest);
        reported.is_new = true;
        self.live.news.notify_one();
    }
}

impl Live {
    /// What was told since it was last asked for.
    pub(super) fn news(&self) -> Option<Progress> {
        let mut reported = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut reported.is_new).then_some(reported.latest)
    }
}

/// The errands that run on this node.
#[derive(Debug, Default)]
pub(super) struct Running {
    all: Mutex<HashMap<JobId, Arc<Live>>>,
    /// An errand told how far it is.
    pub(super) news: Arc<Notify>,
}

impl Running {
    /// A new errand; it should stop when `stopping` is cancelled.
    pub(super) fn begin(&self, held: Held, stopping: &CancellationToken) -> Arc<Live> {
        let live = Arc::new(Live {
            held,
            stop: stopping.child_token(),
            progress: Mutex::default(),
            news: Arc::clone(&self.news),
        });
        self.lock().insert(held.id, Arc::clone(&live));
        live
    }

    pub(super) fn end(&self, id: JobId) {
        self.lock().remove(&id);
    }

    pub(super) fn all(&self) -> Vec<Arc<Live>> {
        self.lock().values().cloned().collect()
    }

    /// Asks one errand to stop, if it runs here.
    pub(super) fn stop(&self, id: JobId) {
        if let Some(live) = self.lock().get(&id) {
            live.stop.cancel();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<JobId, Arc<Live>>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
