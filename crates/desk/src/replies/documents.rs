//! Saved replies as programs see and send them.

use std::collections::BTreeMap;

use kit::web::api::Sample;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;
use tandem_core::tags::TagId;

use super::{Reply, ReplyError, ReplyId, ReplyText, Used};
use crate::statuses::StatusId;
use crate::tickets::extras::Extras;
use crate::tickets::files::FileId;
use crate::tickets::{Field, Status};

/// A saved reply; with changes it is a macro.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SavedReply")]
pub struct ReplyDocument {
    /// Its id.
    id: ReplyId,
    /// What it is called.
    name: String,
    /// In which folder it lies; empty for none.
    folder: String,
    /// The words, with variables like `{{ contact.first_name }}`.
    body: String,
    /// The words in other languages, by their tags: `pl`.
    words: BTreeMap<String, String>,
    /// Whether the words are a note, not an answer.
    is_note: bool,
    /// Who sees it: `everyone`, `own`, or the id of a team.
    audience: String,
    /// What it changes.
    changes: Vec<ReplyChange>,
    /// What it does beside that: tags, and following.
    extras: Extras,
    /// How many times it was used.
    uses: i64,
    /// When it was last used: microseconds since 1970-01-01 UTC; null before.
    used_at: Option<i64>,
    /// Grows by one with every change.
    version: i64,
    /// When it was removed; null while it is not.
    removed_at: Option<i64>,
}

/// A field that a macro changes.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplyChange {
    /// `status`, `agent`, `team`, `priority`, `kind` or `snoozed_until`.
    field: Field,
    /// A word of the field. For `agent` an id, `me` or `nobody`; for `team` an id or `none`; for `snoozed_until` `hours`,
    /// `tomorrow`, `monday` or `week`.
    #[schemars(length(min = 1, max = 40))]
    value: String,
}

impl From<Reply> for ReplyDocument {
    fn from(reply: Reply) -> Self {
        let change = |(field, value)| ReplyChange { field, value };
        Self {
            id: reply.id,
            name: reply.text.name,
            folder: reply.text.folder,
            body: reply.text.body,
            words: reply.text.words,
            is_note: reply.text.is_note,
            audience: reply.text.audience.to_string(),
            changes: reply.text.changes.into_iter().map(change).collect(),
            extras: reply.text.extras,
            uses: reply.uses,
            used_at: reply.used_at.map(|at| at.0),
            version: reply.version,
            removed_at: reply.removal.map(|removal| removal.at.0),
        }
    }
}

/// What a program says of a saved reply.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplyInput {
    /// What it is called.
    #[schemars(length(min = 1, max = 80))]
    name: String,
    /// In which folder it lies.
    #[serde(default)]
    #[schemars(length(max = 60))]
    folder: String,
    /// The words, with variables like `{{ contact.first_name }}`; may be empty where something is changed.
    #[serde(default)]
    #[schemars(length(max = 20_000))]
    body: String,
    /// The words in other languages, by their tags: a contact who speaks one of them gets these.
    #[serde(default)]
    words: BTreeMap<String, String>,
    /// Whether the words are a note.
    #[serde(default)]
    is_note: bool,
    /// Who sees it: `everyone`, `own`, or the id of a team; `own` unless told.
    #[schemars(length(max = 40))]
    audience: Option<String>,
    /// What it changes, each field once.
    #[serde(default)]
    #[schemars(length(max = 6))]
    changes: Vec<ReplyChange>,
    /// What it does beside that: tags, and following.
    #[serde(default)]
    extras: Extras,
}

impl ReplyInput {
    pub(super) fn text(self, actor: &Actor) -> Result<ReplyText, ReplyError> {
        let audience = self.audience.as_deref().unwrap_or("own");
        Ok(ReplyText {
            audience: super::Audience::said(audience, actor)?,
            name: self.name,
            folder: self.folder,
            body: self.body,
            words: self.words,
            is_note: self.is_note,
            changes: self
                .changes
                .into_iter()
                .map(|change| (change.field, change.value))
                .collect(),
            extras: self.extras,
        })
    }
}

/// Which saved reply is used.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UseInput {
    /// The reply.
    pub(super) reply: ReplyId,
}

/// What came of using a saved reply. Nothing was sent.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "UsedReply")]
pub struct UsedDocument {
    /// Its words, filled in.
    body: String,
    /// What the words are: `reply` or `note`; what a message names as its kind.
    kind: &'static str,
    /// The status that goes with the message when it is sent; null for none.
    status: Option<Status>,
    /// The workspace's own status that goes with it; null for none.
    own_status: Option<StatusId>,
    /// The fields that were changed.
    changed: Vec<Field>,
    /// The tags that were put on.
    tags_added: Vec<TagId>,
    /// The tags that were taken off.
    tags_removed: Vec<TagId>,
    /// Copies of its files in the ticket: they go with a message that names them.
    files: Vec<FileId>,
    /// Whether the agent of the token follows the ticket since, and did not before.
    followed: bool,
}

impl From<Used> for UsedDocument {
    fn from(used: Used) -> Self {
        Self {
            body: used.words,
            kind: if used.reply.text.is_note { "note" } else { "reply" },
            status: used.then.map(|then| then.status),
            own_status: used.then.and_then(|then| then.own),
            changed: used.changes.iter().map(|change| change.field).collect(),
            followed: used.did.follower.is_some(),
            tags_added: used.did.put,
            tags_removed: used.did.taken,
            files: used.files,
        }
    }
}

impl Sample for ReplyInput {
    fn sample() -> Self {
        Self {
            name: "Ask for logs".to_owned(),
            folder: "Technical".to_owned(),
            body: "Hello {{ contact.first_name | default(\"there\") }},\n\nwould you send us the log of that hour?".to_owned(),
            words: BTreeMap::from([("pl".to_owned(), "Dzień dobry, prosimy o log z tej godziny.".to_owned())]),
            is_note: false,
            audience: Some("own".to_owned()),
            changes: vec![ReplyChange {
                field: Field::Status,
                value: "waiting".to_owned(),
            }],
            extras: Extras {
                add_tags: vec!["logs".to_owned()],
                ..Extras::default()
            },
        }
    }
}

impl Sample for UseInput {
    fn sample() -> Self {
        Self {
            reply: "rpl_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
        }
    }
}

impl Sample for ReplyDocument {
    fn sample() -> Self {
        let input = ReplyInput::sample();
        Self {
            id: "rpl_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name: input.name,
            folder: input.folder,
            body: input.body,
            words: input.words,
            is_note: input.is_note,
            audience: "everyone".to_owned(),
            changes: input.changes,
            extras: input.extras,
            uses: 31,
            used_at: Some(1_772_442_000_000_000),
            version: 2,
            removed_at: None,
        }
    }
}

impl Sample for UsedDocument {
    fn sample() -> Self {
        Self {
            body: "Hello Leyla,\n\nwould you send us the log of that hour?".to_owned(),
            kind: "reply",
            status: Some(Status::Waiting),
            own_status: None,
            changed: vec![Field::Agent],
            tags_added: vec!["tag_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")],
            tags_removed: Vec::new(),
            files: Vec::new(),
            followed: false,
        }
    }
}
