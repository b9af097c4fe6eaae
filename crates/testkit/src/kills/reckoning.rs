//! Reading whole lists by the API.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use super::{Api, crowd};

/// How many read at the same time.
const READERS: usize = 8;

/// A list that comes in parts.
#[derive(Debug)]
pub struct Listing<'a> {
    api: &'a Api,
    path: String,
    next: Option<String>,
}

impl<'a> Listing<'a> {
    /// The list at `path`, which may have a query.
    pub fn of(api: &'a Api, path: &str) -> Self {
        let mark = if path.contains('?') { '&' } else { '?' };
        let path = format!("{path}{mark}limit=200");
        Self {
            api,
            next: Some(path.clone()),
            path,
        }
    }
}

impl Iterator for Listing<'_> {
    type Item = Vec<Value>;

    /// The next part.
    fn next(&mut self) -> Option<Vec<Value>> {
        let mut part = self.api.get(&self.next.take()?);
        self.next = part["next"]
            .as_str()
            .map(|after| format!("{}&after={after}", self.path));
        match part["items"].take() {
            Value::Array(items) => Some(items),
            _ => Some(Vec::new()),
        }
    }
}

/// What `each` makes of every item, by several threads.
pub fn parallel<T: Send, U: Sync>(items: &[U], each: impl Fn(&U) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let parts = crowd(READERS, |_| {
        let mut made = Vec::new();
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            made.push(each(item));
        }
        made
    });
    parts.into_iter().flatten().collect()
}

impl Api {
    /// A text in a document; empty for none.
    pub fn text<'v>(item: &'v Value, name: &str) -> &'v str {
        item[name].as_str().unwrap_or_default()
    }
}
