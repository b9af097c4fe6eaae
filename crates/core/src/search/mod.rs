//! Search: every thing that a person may see, found by what they type.
//!
//! A feature says in its `search.rs` what can be found of its noun ([`Source`]); the list of sources stands in the server's
//! wiring. Each node that serves pages keeps an index of its own ([`kit::search`]) below the data folder and follows the
//! events by position: what an event is about, its subject and the other ids among its topics, is read again and indexed as it is now, so doing it twice is no harm.
//!
//! Words: the *mark* of an index is the position and id of the newest event it has seen. It is committed together with the
//! documents, so an index is never wrong after a crash, only behind. A mark that the database does not know belongs to
//! another database: the index is rebuilt, as it is when it is missing, damaged or of another version. Rebuilding happens
//! beside the index in use, which stays up to date meanwhile.

pub mod api;
mod changes;
mod follower;
mod mark;
mod palette;
mod rebuilding;
mod source;
mod views;
pub mod web;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kit::db::DbError;
use kit::i18n::Text;
use kit::id::TypedId;
use kit::search::{Answer, Index, Place, Question, SearchError, Shelf};
use kit::web::Failure;
use tokio::sync::Notify;
use tokio::task::spawn_blocking;

pub use follower::follow;
pub use mark::{Mark, is_known};
pub use rebuilding::rebuild;
pub use source::{Action, FILTERS, Follow, Source, Sources, filed};

use crate::actor::Actor;
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

/// The search of this node. Clones share.
#[derive(Clone, Debug)]
pub struct Search(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    shelf: Shelf,
    sources: Sources,
    state: Mutex<State>,
    /// Somebody wants the follower to look at once.
    look: Notify,
}

#[derive(Debug, Default)]
struct State {
    /// The index in use, by its name.
    open: Option<(String, Index)>,
    /// It is being rebuilt.
    is_building: bool,
    /// A rebuild is to begin.
    is_wanted: bool,
}

/// What somebody looks for.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// What they typed.
    pub text: String,
    /// How many of each kind.
    pub each: usize,
    /// Where to go on.
    pub after: Option<Place>,
}

/// What was found, and how far the index is.
#[derive(Clone, Debug)]
pub struct Found {
    /// What was found.
    pub answer: Answer,
    /// Whether there is an index at all.
    pub is_ready: bool,
}

/// How the index of this node is.
#[derive(Clone, Debug)]
pub struct Condition {
    /// How many documents the workspace has in it; none while there is no index.
    pub documents: Option<usize>,
    /// Whether it is being rebuilt.
    pub is_building: bool,
}

/// Why the index is not as it should be.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The index failed.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<IndexError> for Failure {
    fn from(error: IndexError) -> Self {
        match error {
            IndexError::Db(error) => error.into(),
            IndexError::Search(error) => {
                tracing::warn!(%error, "search");
                Self::of(http::StatusCode::SERVICE_UNAVAILABLE)
            }
        }
    }
}

impl Search {
    /// The search of the index in `folder`. Nothing is opened yet.
    pub fn new(folder: impl Into<PathBuf>, sources: Sources) -> Self {
        Self(Arc::new(Inner {
            shelf: Shelf::new(folder),
            sources,
            state: Mutex::default(),
            look: Notify::new(),
        }))
    }

    /// What can be found.
    pub fn sources(&self) -> &Sources {
        &self.0.sources
    }

    /// Where the indexes are.
    pub fn shelf(&self) -> &Shelf {
        &self.0.shelf
    }

    /// Finds what `actor` may see.
    ///
    /// # Errors
    /// The index can't be read; it is then rebuilt.
    pub async fn find(&self, actor: &Actor, t: &Text, wish: Wish) -> Result<Found, IndexError> {
        let Some(index) = self.index().await else {
            return Ok(Found {
                answer: Answer::default(),
                is_ready: false,
            });
        };
        let question = self.question(actor, t, wish);
        let answer = self.asked(move || index.ask(&question)).await?;
        Ok(Found {
            answer,
            is_ready: true,
        })
    }

    /// Has the index rebuilt, soon.
    pub fn want_rebuild(&self) {
        self.state().is_wanted = true;
        self.0.look.notify_one();
    }

    /// How the index is, from where `workspace` stands: what others have in it is not told.
    ///
    /// # Errors
    /// The index can't be read; it is then rebuilt.
    pub async fn condition(&self, workspace: WorkspaceId) -> Result<Condition, IndexError> {
        let documents = match self.index().await {
            Some(index) => Some(self.asked(move || index.documents_of(workspace.uuid())).await?),
            None => None,
        };
        let state = self.state();
        Ok(Condition {
            documents,
            is_building: state.is_building || state.is_wanted,
        })
    }

    fn question(&self, actor: &Actor, t: &Text, wish: Wish) -> Question {
        let may = Permission::ALL
            .iter()
            .filter(|permission| actor.may(**permission));
        Question {
            workspace: actor.workspace.uuid(),
            may: may.map(|permission| permission.as_str()).collect(),
            text: wish.text,
            known: self.sources().known(actor),
            each: wish.each,
            after: wish.after,
            zone: t.zone().clone(),
            now: t.now(),
        }
    }

    /// The open index; opens it when nobody has yet.
    async fn index(&self) -> Option<Index> {
        if let Some((_, index)) = &self.state().open {
            return Some(index.clone());
        }
        let shelf = self.shelf().clone();
        let opened = spawn_blocking(move || shelf.open()).await.ok()?.ok()?;
        let mut state = self.state();
        let (_, index) = state.open.get_or_insert(opened);
        Some(index.clone())
    }

    /// Asks the index. One that can't answer is put away and rebuilt.
    async fn asked<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, SearchError> + Send + 'static,
    ) -> Result<T, IndexError> {
        // A damaged file can end in a panic of the index, which becomes an error here.
        rebuilding::blocking(work).await.map_err(|error| {
            self.state().open = None;
            self.want_rebuild();
            error.into()
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
