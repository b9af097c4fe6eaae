//! Sample mails: a request with a look of its own, an answer to it, and what is held back.

use axum::body::Bytes;
use kit::clock::Timestamp;
use kit::db::Db;
use tandem_core::workspaces::WorkspaceId;

use super::Arrival;
use super::intake::{self, IntakeError, Raw};
use crate::mailboxes::MailboxId;

const MAILS: [&str; 4] = [
    "From: Nadia Petrova <nadia@morgenrot.example>\nTo: support@fernweh.example\nSubject: Our logo is missing on the \
     monthly report\nMessage-ID: <one@morgenrot.example>\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n\
     <div style=\"font-family:Georgia,serif;color:#5b3a1a\"><p>Hello,</p><p>since the last update our logo is missing on the \
     <b>monthly report</b>. The page itself is fine.</p><p>Is there something we have to set again?</p>\
     <p>Nadia Petrova<br><a href=\"https://morgenrot.example/\">morgenrot.example</a></p>\
     <img src=\"https://track.morgenrot.example/open.gif\" width=\"1\" height=\"1\"></div>\n",
    "From: Nadia Petrova <nadia@morgenrot.example>\nTo: support@fernweh.example\nSubject: Re: Our logo is missing on the \
     monthly report\nMessage-ID: <two@morgenrot.example>\nIn-Reply-To: <one@morgenrot.example>\n\nIt is on the quarterly \
     one too, I have just seen.\n\nOn Monday, Nadia Petrova <nadia@morgenrot.example> wrote:\n> since the last update our \
     logo is missing\n",
    "From: Tomasz Lis <tomasz@kolejka.example>\nTo: support@fernweh.example\nSubject: Out of office\nMessage-ID: \
     <away@kolejka.example>\nAuto-Submitted: auto-replied\n\nI am away until Thursday and will answer then.\n",
    "From: Best Prices <win@prize.example>\nTo: support@fernweh.example\nSubject: You have been chosen\nMessage-ID: \
     <spam@prize.example>\nX-Spam-Flag: YES\n\nClaim it today.\n",
];

/// Hands the sample mails over; the jobs that read them are queued.
///
/// # Errors
/// [`IntakeError`]
pub async fn fill(db: &Db, workspace: WorkspaceId, mailbox: MailboxId) -> Result<(), IntakeError> {
    let raws = MAILS.map(|text| {
        let bytes = Bytes::from(text.replace('\n', "\r\n"));
        Raw {
            arrival: Arrival {
                folder: String::new(),
                place: None,
                blob: None,
                size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
                arrived_at: db.clock().now(),
                stored_at: Timestamp(0),
                envelope_from: String::new(),
                envelope_to: vec!["support@fernweh.example".to_owned()],
                peer: String::new(),
                hello: String::new(),
                message_id: String::new(),
            },
            bytes: Some(bytes),
        }
    });
    intake::keep(db, workspace, mailbox, raws.into(), None)
        .await
        .map(drop)
}
