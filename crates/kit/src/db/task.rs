//! A closure on its way through a database thread: run, perhaps again, then answered once.

use std::any::{Any, TypeId};
use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::oneshot;

use super::error::DbError;
use super::tx::{AfterCommit, Tx};

/// A closure whose types the threads need not know.
pub(super) trait Task: Send {
    /// Runs the closure; `true` when its changes may be committed.
    fn run(&mut self, tx: &mut Tx<'_>) -> bool;
    /// Replaces the result: the run counts for nothing.
    fn fail(&mut self, error: DbError);
    /// Whether nobody waits for the answer any more.
    fn is_abandoned(&self) -> bool;
    /// Gives the answer to whoever waits.
    fn answer(self: Box<Self>);
    /// How it stands to others.
    fn manner(&self) -> &Manner;
    /// The closure's type: the place in the program that asks.
    fn kind(&self) -> TypeId;
}

/// How a closure stands to others at the same time.
#[derive(Debug, Default)]
pub(super) struct Manner {
    /// Whose turn this is, for writes that take turns. SQLite's writes all do.
    pub(super) turn: Option<String>,
    /// Each statement sees what is committed when it starts, instead of all of them one moment.
    pub(super) sees_commits: bool,
    /// It may take as long as it wants, alone where writes are gathered in groups.
    pub(super) is_unlimited: bool,
    /// It changes the schema: references are looked at when it is done.
    pub(super) is_migration: bool,
}

pub(super) type Answer<T, E> = oneshot::Receiver<Result<T, E>>;

struct Closure<T, E, F> {
    body: F,
    manner: Manner,
    result: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

/// Packs `body` as a task and the answer it will give.
pub(super) fn pack<T, E, F>(manner: Manner, body: F) -> (Box<dyn Task>, Answer<T, E>)
where
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
    F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    (
        Box::new(Closure {
            body,
            manner,
            result: None,
            reply,
        }),
        answer,
    )
}

impl<T, E, F> Task for Closure<T, E, F>
where
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
    F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        let body = &mut self.body;
        let result = match catch_unwind(AssertUnwindSafe(|| body(tx))) {
            Ok(Ok(value)) => match &tx.failure {
                None => Ok(value),
                Some(failure) => Err(failure.clone().into()),
            },
            Ok(Err(error)) => Err(error),
            Err(panic) => {
                tracing::error!(panic = words(panic.as_ref()), "a database closure panicked");
                Err(DbError::Panicked.into())
            }
        };
        let is_good = result.is_ok();
        self.result = Some(result);
        is_good
    }

    fn fail(&mut self, error: DbError) {
        self.result = Some(Err(error.into()));
    }

    fn is_abandoned(&self) -> bool {
        self.reply.is_closed()
    }

    fn answer(self: Box<Self>) {
        let result = self.result.unwrap_or_else(|| Err(DbError::Closed.into()));
        // The asker may have gone: what was committed stays committed.
        let _ = self.reply.send(result);
    }

    fn manner(&self) -> &Manner {
        &self.manner
    }

    fn kind(&self) -> TypeId {
        TypeId::of::<F>()
    }
}

/// Runs what follows a commit. A panic there changes nothing: the rows are stored.
pub(super) fn follow(after: Vec<AfterCommit>) {
    for then in after {
        unharmed("what follows a commit", then);
    }
}

/// Runs `work` so that a panic in it ends neither the thread nor what waits behind it; gives `false` if it panicked.
pub(super) fn unharmed(what: &str, work: impl FnOnce()) -> bool {
    let outcome = catch_unwind(AssertUnwindSafe(work));
    if let Err(panic) = &outcome {
        tracing::error!(panic = words(panic.as_ref()), "{what} panicked");
    }
    outcome.is_ok()
}

fn words(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without words")
}
