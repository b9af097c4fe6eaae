//! Reading what a page sends: fields and files as they come, and what of it is no message of a person.

use std::sync::Arc;

use axum::extract::Request;
use futures::StreamExt;
use kit::blob::{Blobs, Stored};
use kit::clock::Timestamp;
use kit::db::{Db, DbError};
use kit::i18n::Text;
use kit::web::{Failure, Filled, Sent, UploadPart, Uploads};
use tandem_core::contacts::identities::NewIdentity;
use tandem_core::fields::{self, Field, FieldValue};

use super::model::shown;
use super::sending::Draft;
use super::{Opened, proof};
use crate::tickets::files::{LARGEST, MOST};
use crate::tickets::{TicketError, checked_body, checked_subject};

/// A field that people do not see, and machines fill in.
pub(super) const TRAP: &str = "website";

/// What a page sent: its fields, and files that the store has taken.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) pairs: Vec<(String, String)>,
    files: Vec<(String, Stored)>,
    /// Why nothing of it is taken: the key of a sentence.
    pub(super) trouble: Option<&'static str>,
}

impl Body {
    fn value(&self, name: &str) -> &str {
        let found = self.pairs.iter().rev().find(|(own, _)| own == name);
        found.map_or("", |(_, value)| value.as_str())
    }
}

/// Reads a request. Before the first file is stored, everything must be in order that can be seen without it.
///
/// # Errors
/// A body that is no form, or trouble of the store.
pub(super) async fn body(
    db: &Db,
    opened: &Opened,
    request: Request,
    now: Timestamp,
) -> Result<Body, Failure> {
    let mut uploads = Uploads::of(request)?;
    let (mut body, mut left) = (Body::default(), LARGEST);
    while let Some(part) = uploads.next_part().await? {
        match part {
            UploadPart::Field(name, value) => body.pairs.push((name, value)),
            UploadPart::File(name, mut content) => {
                body.trouble = body.trouble.or_else(|| trouble(opened, &body, now));
                let is_wanted = opened.form.text.takes_files && !name.is_empty();
                if body.trouble.is_some() || !is_wanted {
                    while content.next().await.is_some() {}
                    continue;
                }
                if body.files.len() == MOST {
                    body.trouble = Some("forms-failure-many-files");
                    continue;
                }
                match blobs(db)?.put(content, left).await {
                    Ok(stored) => {
                        left = left.saturating_sub(stored.size);
                        body.files.push((name, stored));
                    }
                    Err(kit::blob::BlobError::TooLarge { .. }) => {
                        body.trouble = Some("forms-failure-large-files");
                        return Ok(body);
                    }
                    Err(error) => return Err(TicketError::Blob(error).into()),
                }
            }
        }
    }
    body.trouble = body.trouble.or_else(|| trouble(opened, &body, now));
    Ok(body)
}

fn blobs(db: &Db) -> Result<Arc<Blobs>, DbError> {
    db.attached().ok_or_else(|| DbError::NoRow {
        statement: "no blobs are attached to the database".to_owned(),
    })
}

/// Why something was not sent by a person with the page open: the key of a sentence.
fn trouble(opened: &Opened, body: &Body, now: Timestamp) -> Option<&'static str> {
    let stamp = body.value("stamp");
    if !body.value(TRAP).is_empty() {
        Some("forms-failure-machine")
    } else if body.value("proof").is_empty() {
        Some("forms-failure-proof")
    } else if !proof::is_fresh(stamp, now) || !proof::holds(&opened.form.key, stamp, body.value("proof")) {
        Some("forms-failure-stamp")
    } else {
        None
    }
}

/// What somebody wants to send, and the form as they filled it in with what is wrong beside each field.
pub(super) fn draft(t: &Text, opened: &Opened, body: Body) -> (Draft, Filled) {
    let mut draft = Draft {
        name: body.value("name").trim().chars().take(200).collect(),
        address: body.value("email").trim().to_owned(),
        subject: body.value("subject").to_owned(),
        body: body.value("body").to_owned(),
        stamp: body.value("stamp").to_owned(),
        files: body.files,
        ..Draft::default()
    };
    let sent: Sent = body.pairs.iter().cloned().collect();
    let fields: Vec<Field> = opened.asked.iter().map(|asked| asked.field.clone()).collect();
    let (values, read) = fields::form::read(t, &fields, &sent);
    let is_shown = shown(&opened.asked, &values);
    let mut filled: Filled = body.pairs.into_iter().collect();
    for (asked, is_shown) in opened.asked.iter().zip(is_shown) {
        let name = fields::form::input(&asked.field);
        filled.set(&name, read.value(&name));
        // What is not there is not asked, whatever was typed.
        if !is_shown {
            continue;
        }
        let value = values.get(&asked.field.id).cloned().flatten();
        let value = value.filter(|value| !matches!(value, FieldValue::Several(chosen) if chosen.is_empty()));
        let wrong = read.error(&name).to_owned();
        if !wrong.is_empty() {
            filled.refuse(name, wrong);
        } else if value.is_none() && asked.is_required {
            filled.refuse(name, t.say("fields-trouble-missing"));
        }
        draft.values.insert(asked.field.id, value);
    }
    if NewIdentity::email(&draft.address).checked().is_err() {
        filled.refuse("email", t.say("forms-failure-email"));
    }
    if checked_subject(&draft.subject).is_err() {
        filled.refuse("subject", t.say("tickets-failure-subject"));
    }
    if checked_body(&draft.body).is_err() {
        filled.refuse("body", t.say("tickets-failure-body"));
    }
    (draft, filled)
}
