//! Reading what the forms of side conversations send: fields, and files as they come.

use axum::extract::Request;
use futures::StreamExt;
use kit::blob::Stored;
use kit::db::Db;
use kit::web::{Failure, Filled, UploadPart, Uploads};

use super::model::addresses;
use super::{NewEntry, NewSide};
use crate::tickets::TicketError;
use crate::tickets::files::{self, FileId, LARGEST, MOST};
use crate::tickets::sending::FormId;

/// How many bytes a form has beside its files: words, and what is passed on.
const WORDS: u64 = 2 << 20;

/// What a form sent.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// Its fields, with what is wrong with its files.
    pub(super) filled: Filled,
    chosen: Vec<FileId>,
    brought: Vec<(String, Stored)>,
    /// What is wrong with its files.
    pub(super) trouble: Option<TicketError>,
}

impl Body {
    /// Whether a file of the ticket was chosen.
    pub(super) fn has_chosen(&self, file: FileId) -> bool {
        self.chosen.contains(&file)
    }

    /// Which form it is, as it was shown.
    pub(super) fn form(&self) -> Option<FormId> {
        self.filled.value("form").parse().ok()
    }

    /// The message.
    pub(super) fn entry(&self) -> NewEntry {
        NewEntry {
            to: addresses(self.filled.value("to")),
            body: self.filled.value("body").to_owned(),
            quoted: self.filled.value("quoted").to_owned(),
            files: self.chosen.clone(),
            brought: self.brought.clone(),
        }
    }

    /// The side conversation.
    pub(super) fn side(&self) -> NewSide {
        let first = self.entry();
        NewSide {
            subject: self.filled.value("subject").to_owned(),
            is_forward: !first.quoted.trim().is_empty(),
            first,
        }
    }
}

/// Reads a form. Its files are taken into the store; those of a form that is refused are swept later.
///
/// # Errors
/// A body that is no form, or trouble of the store.
pub(super) async fn body(db: &Db, request: Request) -> Result<Body, Failure> {
    let mut uploads = Uploads::within(request, LARGEST + WORDS)?;
    let mut body = Body::default();
    while let Some(part) = uploads.next_part().await? {
        match part {
            UploadPart::Field(name, value) if name == "file" => match value.parse() {
                Ok(file) => body.chosen.push(file),
                Err(_) => body.trouble = Some(TicketError::BadFile),
            },
            UploadPart::Field(name, value) => body.filled.set(name, value),
            UploadPart::File(name, mut content) => {
                if name.is_empty() || body.trouble.is_some() || body.brought.len() >= MOST {
                    if !name.is_empty() {
                        body.trouble = body.trouble.or(Some(TicketError::BadFile));
                    }
                    // A content that is broken says so whenever it is asked.
                    while let Some(Ok(_)) = content.next().await {}
                    continue;
                }
                match files::take(db, content).await {
                    Ok(stored) => body.brought.push((name, stored)),
                    Err(TicketError::LargeFile) => {
                        body.trouble = Some(TicketError::LargeFile);
                        return Ok(body);
                    }
                    Err(error) => return Err(error.into()),
                }
            }
        }
    }
    Ok(body)
}
