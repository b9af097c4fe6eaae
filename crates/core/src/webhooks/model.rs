//! What a webhook is, and which texts it takes.

use kit::clock::Timestamp;
use kit::db::DbError;
use kit::outgoing::OutgoingError;
use serde_json::{Value, json};

use super::{WebhookId, lines};
use crate::actor::Forbidden;

/// Another system's address, and what it wants to hear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Its id.
    pub id: WebhookId,
    /// What people call it.
    pub name: String,
    /// Where deliveries go.
    pub url: String,
    /// The kinds of events it wants; none means all.
    pub kinds: Vec<String>,
    /// Grows by one with every change.
    pub version: i64,
    /// Who set it up.
    pub created_by: String,
    /// When it was set up.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// Since when no delivery has succeeded; none while they do.
    pub failing_since: Option<Timestamp>,
    /// Who switched it off, while it is off.
    pub stop: Option<Stop>,
}

/// Who switched a webhook off, when and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Why.
    pub reason: StopReason,
    /// Who: a signature.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Why a webhook was switched off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopReason {
    /// Someone wanted it.
    Asked,
    /// No delivery succeeded for days.
    Failing,
    /// The other side said that it is gone (410).
    Gone,
}

impl StopReason {
    const ALL: [Self; 3] = [Self::Asked, Self::Failing, Self::Gone];

    /// The word in the table and for programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Failing => "failing",
            Self::Gone => "gone",
        }
    }

    /// Whether nobody wanted it: the system switched it off, and someone should know.
    pub const fn is_of_the_system(self) -> bool {
        matches!(self, Self::Failing | Self::Gone)
    }

    /// The key of the sentence about it.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Asked => "webhooks-stopped-asked",
            Self::Failing => "webhooks-stopped-failing",
            Self::Gone => "webhooks-stopped-gone",
        }
    }

    /// Reads what [`StopReason::as_str`] wrote.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == word)
    }
}

/// What people write about a webhook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WebhookText {
    /// What they call it.
    pub name: String,
    /// Where deliveries go.
    pub url: String,
    /// The kinds of events it wants; none means all.
    pub kinds: Vec<String>,
}

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WebhookError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The name is empty or longer than 100 characters.
    #[error("a name has 1 to 100 characters")]
    BadName,
    /// The address can't be used.
    #[error(transparent)]
    BadUrl(OutgoingError),
    /// There is no such kind of event.
    #[error("`{0}` is no kind of event")]
    BadKind(String),
    /// There are as many as there may be.
    #[error("a workspace has at most 100 webhooks")]
    TooMany,
    /// There is no such webhook or delivery here.
    #[error("there is no such webhook")]
    Unknown,
    /// Someone changed it meanwhile.
    #[error("someone changed the webhook meanwhile")]
    Stale,
    /// It is switched off.
    #[error("the webhook is switched off")]
    IsStopped,
    /// The other side has taken it, and what a line brought is not sent twice.
    #[error("the other side has it already")]
    IsDelivered,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl WebhookText {
    /// Trimmed, without control characters, each kind once.
    pub(super) fn checked(&self) -> Result<Self, WebhookError> {
        let name: String = self.name.trim().chars().filter(|c| !c.is_control()).collect();
        if name.is_empty() || name.chars().count() > 100 {
            return Err(WebhookError::BadName);
        }
        let mut kinds = self.kinds.clone();
        kinds.sort();
        kinds.dedup();
        Ok(Self {
            name,
            url: self.url.trim().to_owned(),
            kinds,
        })
    }

    pub(super) fn wants(&self, kind: &str) -> bool {
        self.kinds.is_empty() || self.kinds.iter().any(|wanted| wanted == kind)
    }

    pub(super) fn into_webhook(self, id: WebhookId, created_by: String, now: Timestamp) -> Webhook {
        let Self { name, url, kinds } = self;
        Webhook {
            id,
            name,
            url,
            kinds,
            version: 1,
            created_by,
            created_at: now,
            changed_at: now,
            failing_since: None,
            stop: None,
        }
    }
}

impl Webhook {
    /// Whether deliveries are made.
    pub fn is_on(&self) -> bool {
        self.stop.is_none()
    }

    /// Whether it wants to hear of events of this kind.
    pub fn wants(&self, kind: &str) -> bool {
        self.kinds.is_empty() || self.kinds.iter().any(|wanted| wanted == kind)
    }

    /// Whether another feature keeps it as its own way: it hears no events.
    pub fn is_line(&self) -> bool {
        self.kinds.iter().any(|kind| kind == lines::WORD)
    }

    /// The path of the page where it is shown: its own, or that of the feature that keeps it.
    pub fn page(&self) -> String {
        let kept = self.kinds.iter().find(|kind| kind.starts_with('/'));
        match kept.filter(|_| self.is_line()) {
            Some(page) => page.clone(),
            None => format!("/settings/webhooks/{}", self.id),
        }
    }

    /// The host of the address: what people recognise it by.
    pub fn host(&self) -> &str {
        let rest = self
            .url
            .split_once("://")
            .map_or(self.url.as_str(), |(_, rest)| rest);
        rest.split(['/', '?']).next().unwrap_or_default()
    }

    /// Takes a checked text; whether anything is another now.
    pub(super) fn take(&mut self, text: WebhookText, now: Timestamp) -> bool {
        let WebhookText { name, url, kinds } = text;
        if (&self.name, &self.url, &self.kinds) == (&name, &url, &kinds) {
            return false;
        }
        (self.name, self.url, self.kinds) = (name, url, kinds);
        self.version += 1;
        self.changed_at = now;
        true
    }

    /// For the audit trail. A path may hold a key of the other side, so only the host is told.
    pub(super) fn facts(&self) -> Value {
        json!({ "name": self.name, "host": self.host(), "kinds": self.kinds })
    }
}
