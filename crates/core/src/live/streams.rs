//! The streams of this node, by workspace.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::broadcast::{Receiver, Sender};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::events::Event;
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

/// How many events a slow stream may fall behind before it is told to fetch everything anew.
const BACKLOG: usize = 256;

/// What a stream hears from its node.
#[derive(Clone, Debug)]
pub(super) enum News {
    Event(Arc<Event>),
    /// What has no event moved: who may hear of it, and its topic.
    Moved(Permission, Arc<str>),
    /// Something may have happened that nobody followed.
    Unknown,
}

/// The streams of this node. Clones share.
#[derive(Clone, Debug)]
pub struct Live {
    work: watch::Sender<()>,
    following: watch::Sender<bool>,
    workspaces: Arc<Mutex<HashMap<WorkspaceId, Sender<News>>>>,
    ending: CancellationToken,
}

impl Live {
    /// No streams yet; when `ending` is cancelled, all streams tell their browsers to come back later and end.
    pub fn new(ending: CancellationToken) -> Self {
        Self {
            work: watch::Sender::new(()),
            following: watch::Sender::new(false),
            workspaces: Arc::default(),
            ending,
        }
    }

    /// Everything that happens in `workspace` from now on.
    pub(super) fn listen(&self, workspace: WorkspaceId) -> Receiver<News> {
        let mut all = self.workspaces.lock().unwrap_or_else(PoisonError::into_inner);
        all.entry(workspace)
            .or_insert_with(|| Sender::new(BACKLOG))
            .subscribe()
    }

    /// Background work of any workspace moved, from now on.
    pub(super) fn listen_to_work(&self) -> watch::Receiver<()> {
        self.work.subscribe()
    }

    /// Tells every stream that background work moved.
    pub(super) fn tell_work(&self) {
        self.work.send_replace(());
    }

    /// Hands an event to those who listen; a workspace without listeners is forgotten.
    pub(super) fn tell(&self, event: Event) {
        let mut all = self.workspaces.lock().unwrap_or_else(PoisonError::into_inner);
        let workspace = event.workspace;
        if let Some(streams) = all.get(&workspace)
            && streams.send(News::Event(Arc::new(event))).is_err()
        {
            all.remove(&workspace);
        }
    }

    /// Tells those of a workspace with a permission that something without an event moved.
    pub(super) fn tell_moved(&self, workspace: WorkspaceId, needs: Permission, topic: String) {
        let all = self.workspaces.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(streams) = all.get(&workspace) {
            // Nobody listens any more: the next event forgets the workspace.
            let _ = streams.send(News::Moved(needs, topic.into()));
        }
    }

    /// From here on every event is told. Streams that opened earlier are told to look at everything: what happened
    /// between their opening and now was followed by nobody.
    pub(super) fn begin(&self) {
        let all = self.workspaces.lock().unwrap_or_else(PoisonError::into_inner);
        for streams in all.values() {
            // A workspace whose listeners have left is forgotten with its next event.
            let _ = streams.send(News::Unknown);
        }
        self.following.send_replace(true);
    }

    /// Waits until the events are followed.
    pub async fn followed(&self) {
        // Its sender lives as long as `self`.
        let _ = self.following.subscribe().wait_for(|is| *is).await;
    }

    /// Waits until the streams have to end.
    pub(super) async fn ended(&self) {
        self.ending.cancelled().await;
    }

    /// How many streams are open on this node.
    pub fn open(&self) -> usize {
        let all = self.workspaces.lock().unwrap_or_else(PoisonError::into_inner);
        all.values().map(Sender::receiver_count).sum()
    }
}
