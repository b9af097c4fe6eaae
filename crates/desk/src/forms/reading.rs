//! Reading what a page sends: fields and files as they come, and what of it is no message of a person.

use std::sync::Arc;

use axum::extract::Request;
use futures::StreamExt;
use kit::blob::{Blobs, Stored};
use kit::clock::Timestamp;
use kit::db::{Db, DbError};
use kit::i18n::Text;
use kit::seal::Seal;
use kit::web::{Failure, Filled, Sent, UploadPart, Uploads};
use tandem_core::contacts::identities::NewIdentity;
use tandem_core::fields::{self, Field, FieldValue};

use super::admitting::{Admission, Trouble, admit};
use super::model::shown;
use super::sending::Draft;
use super::{LONGEST_BODY, Opened, proof};
use crate::tickets::files::{LARGEST, MOST};
use crate::tickets::{TicketError, checked_body, checked_subject};

/// A field that people do not see, and machines fill in.
pub(super) const TRAP: &str = "website";

/// What a page sent: its fields, and files that the store has taken.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) pairs: Vec<(String, String)>,
    files: Vec<(String, Stored)>,
    /// How its files may come; none as long as there are none.
    pub(super) admission: Option<Admission>,
    /// Why nothing of it is taken.
    pub(super) trouble: Option<Trouble>,
}

impl Body {
    fn value(&self, name: &str) -> &str {
        let found = self.pairs.iter().rev().find(|(own, _)| own == name);
        found.map_or("", |(_, value)| value.as_str())
    }
}

/// Reads a request of a source. Before the first file is stored, everything must be in order that can be seen without it, and the
/// source must have room.
///
/// # Errors
/// A body that is no form, or trouble of the store.
pub(super) async fn body(db: &Db, opened: &Opened, source: &str, request: Request) -> Result<Body, Failure> {
    let mut uploads = Uploads::within(request, LONGEST_BODY)?;
    let (seal, now) = (proof::seal(db)?, db.clock().now());
    let (mut body, mut left) = (Body::default(), LARGEST);
    while let Some(part) = uploads.next_part().await? {
        match part {
            UploadPart::Field(name, value) => body.pairs.push((name, value)),
            UploadPart::File(name, mut content) => {
                body.trouble = body.trouble.or_else(|| trouble(opened, &body, (&seal, now)));
                let is_wanted = opened.form.text.takes_files && !name.is_empty();
                if is_wanted && body.trouble.is_none() {
                    ask(db, opened, source, &mut body).await?;
                }
                if !is_wanted || body.trouble.is_some() || body.admission == Some(Admission::Known) {
                    // A content that is broken says so whenever it is asked.
                    while let Some(Ok(_)) = content.next().await {}
                    continue;
                }
                match blobs(db)?.put(content, left).await {
                    Ok(stored) => {
                        left = left.saturating_sub(stored.size);
                        body.files.push((name, stored));
                    }
                    Err(kit::blob::BlobError::TooLarge { .. }) => {
                        body.trouble = Some(Trouble::Said("forms-failure-large-files"));
                        return Ok(body);
                    }
                    Err(error) => return Err(TicketError::Blob(error).into()),
                }
            }
        }
    }
    body.trouble = body.trouble.or_else(|| trouble(opened, &body, (&seal, now)));
    Ok(body)
}

/// Asks whether one more file may come; of the first, what the server has seen of source and stamp.
async fn ask(db: &Db, opened: &Opened, source: &str, body: &mut Body) -> Result<(), DbError> {
    if body.files.len() == MOST {
        body.trouble = Some(Trouble::Said("forms-failure-many-files"));
    }
    if body.admission.is_some() {
        return Ok(());
    }
    let stamp = body.value("stamp").to_owned();
    match admit(db, opened, source, &stamp).await? {
        Ok(admission) => body.admission = Some(admission),
        Err(trouble) => body.trouble = Some(trouble),
    }
    Ok(())
}

/// Takes the files away of a form that is not taken. What fails is swept later.
pub(super) async fn discard(db: &Db, files: &[(String, Stored)]) -> Result<(), DbError> {
    for (_, stored) in files {
        if let Err(error) = blobs(db)?.discard(stored).await {
            tracing::warn!(%error, "a file of a form that was not taken stays until the sweep");
        }
    }
    Ok(())
}

fn blobs(db: &Db) -> Result<Arc<Blobs>, DbError> {
    db.attached().ok_or_else(|| DbError::NoRow {
        statement: "no blobs are attached to the database".to_owned(),
    })
}

/// Why something was not sent by a person with the page open.
fn trouble(opened: &Opened, body: &Body, (seal, now): (&Seal, Timestamp)) -> Option<Trouble> {
    let (key, stamp) = (&opened.form.key, body.value("stamp"));
    if !body.value(TRAP).is_empty() {
        Some(Trouble::Said("forms-failure-machine"))
    } else if body.value("proof").is_empty() {
        Some(Trouble::Said("forms-failure-proof"))
    } else if !proof::is_fresh(seal, key, stamp, now) || !proof::holds(key, stamp, body.value("proof")) {
        Some(Trouble::Said("forms-failure-stamp"))
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
