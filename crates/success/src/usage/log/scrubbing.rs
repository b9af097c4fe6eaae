//! Taking persons out of the log: batch after batch, as a job that goes on where it was.

use kit::db::{DbError, Tx};
use kit::jobs::{About, Job, JobError, Queue};
use kit::text::fold;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tandem_core::workspaces::WorkspaceId;

use super::{BatchId, Logged, entry, refusals, store, unpacked};

/// How many batches one run looks into.
const RUN: i64 = 100;

/// Takes out what has one of these marks. The marks are hashes: what was erased stands nowhere again.
#[derive(Debug, Serialize, Deserialize)]
pub struct Scrub {
    marks: Vec<String>,
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
pub fn queue(tx: &mut Tx<'_>, workspace: WorkspaceId, marks: Vec<String>) -> Result<(), DbError> {
    let job = Scrub { marks, after: None };
    Queue::new(&job).workspace(workspace).put(tx).map(drop)
}

/// Takes out what some batches have, and goes on with the next.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn scrub(tx: &mut Tx<'_>, job: &Scrub, about: &About) -> Result<(), JobError> {
    let workspace: WorkspaceId = about.workspace()?;
    if job.after.is_none() {
        refusals::scrub(tx, workspace, |body| names(&job.marks, body))?;
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
        let next = Scrub {
            marks: job.marks.clone(),
            after: last,
        };
        Queue::new(&next).workspace(workspace).put(tx)?;
    }
    Ok(())
}

/// Whether some text of an event has one of the marks.
fn names(marks: &[String], raw: &str) -> bool {
    fn any(value: &Value, is: &dyn Fn(&str) -> bool) -> bool {
        match value {
            Value::String(text) => is(text.trim()),
            Value::Number(number) => is(&number.to_string()),
            Value::Array(all) => all.iter().any(|value| any(value, is)),
            Value::Object(all) => all.values().any(|value| any(value, is)),
            Value::Null | Value::Bool(_) => false,
        }
    }
    match serde_json::from_str::<Value>(raw) {
        Ok(value) => any(&value, &|text| marks.contains(&mark(text))),
        // What can't be read may name anybody.
        Err(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_known_by_any_text_in_it() {
        let marks = vec![mark("leyla@acme.example"), mark("42")];
        assert!(names(&marks, r#"{"traits":{"email":"Leyla@Acme.example"}}"#));
        assert!(names(&marks, r#"{"userId":42}"#));
        assert!(names(&marks, "{"));
        assert!(!names(&marks, r#"{"userId":"421","properties":{"rows":[1,2]}}"#));
    }
}
