//! Sample old mail: a file that was looked through and waits for somebody to begin.

use std::convert::Infallible;

use axum::body::Bytes;
use futures::stream;
use kit::db::Db;
use tandem_core::actor::Actor;

use super::{MailImport, MailImportError, New};
use crate::mailboxes::MailboxId;

/// A request, our answer, thanks, and what a machine sent.
const OLD: &str = "From -\nFrom: Oskar Brandt <oskar@hafenlicht.example>\nTo: support@fernweh.example\nDate: Tue, 5 Mar 2024 09:12:00 +0000\n\
    Subject: Two invoices for February\nMessage-ID: <feb@hafenlicht.example>\n\nHello,\n\nwe were sent two invoices for February. Which one counts?\n\nOskar\n\n\
    From -\nFrom: Fernweh Support <support@fernweh.example>\nTo: Oskar Brandt <oskar@hafenlicht.example>\nDate: Tue, 5 Mar 2024 10:40:00 +0000\n\
    Subject: Re: Two invoices for February\nMessage-ID: <feb-answer@fernweh.example>\nIn-Reply-To: <feb@hafenlicht.example>\n\nThe second one. We have cancelled the first, sorry for the trouble.\n\n\
    From -\nFrom: Oskar Brandt <oskar@hafenlicht.example>\nTo: support@fernweh.example\nDate: Tue, 5 Mar 2024 10:58:00 +0000\n\
    Subject: Re: Two invoices for February\nMessage-ID: <feb-thanks@hafenlicht.example>\nIn-Reply-To: <feb-answer@fernweh.example>\n\nThank you, that was quick.\n\n\
    From -\nFrom: Monthly Offers <offers@prize.example>\nTo: support@fernweh.example\nDate: Wed, 6 Mar 2024 06:00:00 +0000\n\
    Subject: Offers of the month\nMessage-ID: <march@prize.example>\nPrecedence: bulk\nList-Unsubscribe: <mailto:stop@prize.example>\n\nEverything for less.\n\n";

/// Brings the file to a mailbox; the job that looks through it is queued.
///
/// # Errors
/// [`MailImportError`]
pub async fn fill(db: &Db, actor: &Actor, mailbox: MailboxId) -> Result<MailImport, MailImportError> {
    let new = New {
        mailbox,
        file_name: "support-2024.mbox".to_owned(),
    };
    let content = stream::iter([Ok::<_, Infallible>(Bytes::from_static(OLD.as_bytes()))]);
    super::receive(db, actor, new, content).await
}
