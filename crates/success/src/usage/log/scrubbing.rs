//! Taking persons out of the log: batch after batch, as a job that goes on where it was.

use kit::db::{DbError, Tx};
use kit::jobs::{About, Job, JobError, Queue};
use kit::text::fold;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tandem_core::workspaces::WorkspaceId;

use super::refusals::RefusalId;
use super::{BatchId, Logged, entry, refusals, store, unpacked};
use crate::usage::lake;

/// How many batches one run looks into.
const RUN: i64 = 100;

/// By what a person is found in the log. The marks are hashes: what was erased stands nowhere again.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Marks {
    /// Of addresses and whatever else means one person wherever it stands.
    anywhere: Vec<String>,
    /// Of ids of the product, which mean a person only where an id of a person stands: `42` is also a number of things.
    #[serde(default)]
    ids: Vec<String>,
}

impl Marks {
    /// Adds what means one person wherever it stands.
    pub fn add(&mut self, text: &str) {
        self.anywhere.push(mark(text));
    }

    /// Adds an id of the product.
    pub fn add_id(&mut self, text: &str) {
        // An address is one, also as an id.
        match text.contains('@') {
            true => self.add(text),
            false => self.ids.push(mark(text)),
        }
    }

    fn are_in(&self, (key, of): (&str, &str), text: &str) -> bool {
        let is_id = matches!(key, "userId" | "anonymousId" | "previousId") || (key == "id" && of == "traits");
        let mark = mark(text);
        self.anywhere.contains(&mark) || (is_id && self.ids.contains(&mark))
    }
}

/// Takes out what has one of these marks: first of what was refused, then of the log, then of files.
#[derive(Debug, Serialize, Deserialize)]
pub struct Scrub {
    marks: Marks,
    /// Where to go on among what was refused.
    before: Option<RefusalId>,
    /// Whether that is done.
    is_in_log: bool,
    after: Option<BatchId>,
}

impl Job for Scrub {
    const KIND: &'static str = "usage.scrub";
}

/// The mark of an id or an address.
pub fn mark(text: &str) -> String {
    kit::text::base64url(&kit::text::sha256(fold(text).as_bytes()))
}

/// Queues the taking out.
///
/// # Errors
/// [`DbError`] of the database.
pub fn queue(tx: &mut Tx<'_>, workspace: WorkspaceId, marks: Marks) -> Result<(), DbError> {
    let job = Scrub {
        marks,
        before: None,
        is_in_log: false,
        after: None,
    };
    Queue::new(&job).workspace(workspace).put(tx).map(drop)
}

/// Takes out what some batches have, and goes on with the next.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn scrub(tx: &mut Tx<'_>, job: &Scrub, about: &About) -> Result<(), JobError> {
    let workspace: WorkspaceId = about.workspace()?;
    let go_on = |tx: &mut Tx<'_>, before: Option<RefusalId>, after| {
        let next = Scrub {
            marks: job.marks.clone(),
            before,
            is_in_log: before.is_none(),
            after,
        };
        Queue::new(&next).workspace(workspace).put(tx).map(drop)
    };
    if !job.is_in_log {
        let next = refusals::scrub(tx, workspace, job.before, |body| names(&job.marks, body))?;
        return Ok(go_on(tx, next, None)?);
    }
    let batches = store::after(tx, workspace, job.after, RUN)?;
    let last = batches.last().map(|batch| batch.id);
    for batch in &batches {
        let events = unpacked(&batch.body);
        let kept: Vec<&Logged> = events
            .iter()
            .filter(|event| !names(&job.marks, &event.raw))
            .collect();
        if kept.len() < events.len() {
            let body = entry::packed_again(&kept);
            store::replace(tx, workspace, batch.id, (&body, kept.len()))?;
        }
    }
    if batches.len() == usize::try_from(RUN).unwrap_or_default() {
        return Ok(go_on(tx, None, last)?);
    }
    // What left the log before it was looked at lies in files.
    Ok(lake::scrubbing::queue(tx, workspace, &job.marks)?)
}

/// Whether some text of an event has one of the marks.
pub(in crate::usage) fn names(marks: &Marks, raw: &str) -> bool {
    fn any(marks: &Marks, place: (&str, &str), value: &Value) -> bool {
        match value {
            Value::String(text) => marks.are_in(place, text.trim()),
            Value::Number(number) => marks.are_in(place, &number.to_string()),
            Value::Array(all) => all.iter().any(|value| any(marks, place, value)),
            Value::Object(all) => all.iter().any(|(key, value)| any(marks, (key, place.0), value)),
            Value::Null | Value::Bool(_) => false,
        }
    }
    match serde_json::from_str::<Value>(raw) {
        Ok(value) => any(marks, ("", ""), &value),
        // What can't be read may name anybody.
        Err(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_known_by_any_text_in_it() {
        let mut marks = Marks::default();
        marks.add("leyla@acme.example");
        marks.add_id("42");
        assert!(names(&marks, r#"{"traits":{"email":"Leyla@Acme.example"}}"#));
        assert!(names(&marks, r#"{"userId":42}"#));
        assert!(names(&marks, "{"));
        assert!(!names(&marks, r#"{"userId":"421","properties":{"rows":[1,2]}}"#));
        assert!(
            !names(&marks, r#"{"userId":"7","properties":{"quantity":42,"id":42}}"#),
            "a number of things"
        );
        assert!(names(&marks, r#"{"traits":{"id":"42"}}"#));
    }
}
