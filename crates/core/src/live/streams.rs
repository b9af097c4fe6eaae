//! The streams of this node, by workspace.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::broadcast::{Receiver, Sender};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::events::Event;
use crate::workspaces::WorkspaceId;

/// How many events a slow stream may fall behind before it is told to fetch everything anew.
const BACKLOG: usize = 256;

/// The streams of this node. Clones share.
#[derive(Clone, Debug)]
pub struct Live {
    work: watch::Sender<()>,
    workspaces: Arc<Mutex<HashMap<WorkspaceId, Sender<Arc<Event>>>>>,
    ending: CancellationToken,
}

impl Live {
    /// No streams yet; when `ending` is cancelled, all streams tell their browsers to come back later and end.
    pub fn new(ending: CancellationToken) -> Self {
        Self {
            work: watch::Sender::new(()),
            workspaces: Arc::default(),
            ending,
        }
    }

    /// Everything that happens in `workspace` from now on.
    pub(super) fn listen(&self, workspace: WorkspaceId) -> Receiver<Arc<Event>> {
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
            && streams.send(Arc::new(event)).is_err()
        {
            all.remove(&workspace);
        }
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
