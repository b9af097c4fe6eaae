//! What all threads of one handle share: clock, ids, the bus, and what the program attached.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use super::bus::Bus;
use crate::clock::Clock;
use crate::id::Ids;

pub(super) struct Shared {
    pub(super) clock: Clock,
    pub(super) ids: Ids,
    pub(super) bus: Bus,
    pub(super) slow: Duration,
    attachments: RwLock<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
}

impl Shared {
    pub(super) fn new(clock: Clock, ids: Ids, slow: Duration) -> Self {
        Self {
            clock,
            ids,
            bus: Bus::default(),
            slow,
            attachments: RwLock::default(),
        }
    }

    pub(super) fn attach<T: Any + Send + Sync>(&self, value: Arc<T>) {
        let mut all = self.attachments.write().unwrap_or_else(PoisonError::into_inner);
        all.insert(TypeId::of::<T>(), value);
    }

    pub(super) fn attached<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        let all = self.attachments.read().unwrap_or_else(PoisonError::into_inner);
        all.get(&TypeId::of::<T>())
            .cloned()
            .and_then(|value| value.downcast().ok())
    }
}
