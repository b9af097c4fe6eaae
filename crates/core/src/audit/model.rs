//! What an entry of the trail is, and how entries are looked for.

use kit::clock::Timestamp;
use kit::db::DbError;
use kit::id::AnyId;
use serde_json::Value;

use super::Act;
use crate::actor::{Actor, Forbidden, Whence};

/// Parts of names whose values are never written down.
const SECRET: &[&str] = &["password", "secret", "hash", "private", "recovery"];

/// An entry about to be recorded.
#[derive(Clone, Debug)]
pub struct Entry {
    act: Act,
    subject: String,
    name: String,
    before: Value,
    after: Value,
}

impl Entry {
    /// `act` was done to `subject`; for settings that is the workspace.
    pub fn of(act: Act, subject: impl Into<AnyId>) -> Self {
        Self {
            act,
            subject: subject.into().to_string(),
            name: String::new(),
            before: Value::Null,
            after: Value::Null,
        }
    }

    /// What the subject is called, for when it is no more.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// How it was: an object of small facts.
    #[must_use]
    pub fn before(mut self, facts: Value) -> Self {
        self.before = without_secrets(facts);
        self
    }

    /// How it is now.
    #[must_use]
    pub fn after(mut self, facts: Value) -> Self {
        self.after = without_secrets(facts);
        self
    }

    pub(super) fn by(self, number: i64, actor: &Actor, now: Timestamp) -> Record {
        Record {
            number,
            actor: actor.signature(),
            actor_id: actor
                .agent()
                .map_or_else(|| "system".to_owned(), |id| id.to_string()),
            act: self.act.as_str().to_owned(),
            subject: self.subject,
            subject_name: self.name,
            before: self.before,
            after: self.after,
            whence: actor.origin.known(),
            created_at: now,
        }
    }
}

/// Leaves the values of what is called like a secret out, in case a verb ever names one.
fn without_secrets(facts: Value) -> Value {
    match facts {
        Value::Object(facts) => {
            let kept = facts.into_iter().map(|(name, value)| {
                let is_secret = SECRET.iter().any(|word| name.contains(word));
                let value = if is_secret && !value.is_boolean() {
                    Value::String("…".to_owned())
                } else {
                    without_secrets(value)
                };
                (name, value)
            });
            Value::Object(kept.collect())
        }
        other => other,
    }
}

/// An entry of the trail.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its number in the workspace, from 1.
    pub number: i64,
    /// Who did it: `agt_… Ada Byron` or `system: command line`.
    pub actor: String,
    /// The acting agent's id, or `system`.
    pub actor_id: String,
    /// What was done: the word of an [`Act`].
    pub act: String,
    /// What it was done to: an id with its prefix.
    pub subject: String,
    /// What that was called then.
    pub subject_name: String,
    /// How it was; null when it was not there.
    pub before: Value,
    /// How it became; null when it is no more.
    pub after: Value,
    /// From where.
    pub whence: Whence,
    /// When.
    pub created_at: Timestamp,
}

impl Record {
    /// The actor's name, or the reason of the system.
    pub fn actor_name(&self) -> &str {
        self.actor
            .split_once(' ')
            .map_or(self.actor.as_str(), |(_, name)| name)
    }
}

/// Which entries are wanted; what is empty lets all through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// An agent's id, or `system`.
    pub actor: Option<String>,
    /// What was done.
    pub act: Option<Act>,
    /// A subject's id, or a part of its name.
    pub subject: Option<String>,
    /// From this moment on.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
}

/// Why the trail was not shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuditError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<AuditError> for kit::web::Failure {
    fn from(error: AuditError) -> Self {
        match error {
            AuditError::Forbidden(missing) => {
                Self::of(http::StatusCode::FORBIDDEN).detail(missing.to_string())
            }
            AuditError::Db(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_called_like_a_secret_is_left_out() {
        let facts = serde_json::json!({ "name": "Ada", "password": "canary", "totp": { "secret_key": "canary" }, "has_password": true });
        let kept = without_secrets(facts).to_string();
        assert!(
            !kept.contains("canary") && kept.contains("Ada") && kept.contains("true"),
            "{kept}"
        );
    }
}
