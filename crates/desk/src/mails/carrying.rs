//! What a mail carries beside its text becomes files of its message.

use kit::blob::{BlobError, Blobs, Stored};
use kit::db::Tx;
use kit::jobs::JobError;
use mail::understand::{Attachment, Kind};
use tandem_core::actor::Actor;

use crate::tickets::files::{self, MOST, NewFile};
use crate::tickets::{MessageId, TicketError, TicketId};

/// Puts the files of a mail into the store, in their order. What only machines read is in the raw mail alone, and so are
/// more files than a message has.
///
/// # Errors
/// Trouble of the store; the job is then tried again.
pub(super) async fn put(
    blobs: &Blobs,
    attachments: &[Attachment],
) -> Result<Vec<(NewName, Stored)>, JobError> {
    let mut stored = Vec::new();
    for attachment in attachments
        .iter()
        .filter(|one| is_for_people(one.kind))
        .take(MOST)
    {
        let content = attachment.content.clone().into();
        let one = blobs.put_bytes(content).await;
        let one = one.map_err(|error: BlobError| JobError::retry(error.to_string()))?;
        stored.push((NewName::of(attachment), one));
    }
    Ok(stored)
}

/// Whether a mail has more files than a message: the others are in the raw mail alone.
pub(super) fn are_too_many(attachments: &[Attachment]) -> bool {
    let files = attachments.iter().filter(|one| is_for_people(one.kind));
    files.count() > MOST
}

/// What a file of a mail is called.
#[derive(Clone, Debug)]
pub(super) struct NewName {
    name: String,
    media_type: String,
    content_id: String,
    is_inline: bool,
}

impl NewName {
    fn of(attachment: &Attachment) -> Self {
        let ending = attachment
            .media_type
            .split_once('/')
            .map_or("bin", |(_, kind)| kind);
        let usual = match attachment.kind {
            Kind::Calendar => "invite.ics".to_owned(),
            Kind::Message => "message.eml".to_owned(),
            Kind::Inline => format!("image.{ending}"),
            _ => "file".to_owned(),
        };
        Self {
            name: attachment.name.clone().unwrap_or(usual),
            media_type: plain(&attachment.media_type),
            content_id: attachment.content_id.as_deref().map(plain).unwrap_or_default(),
            is_inline: attachment.kind == Kind::Inline,
        }
    }
}

/// What strangers wrote into a field, as a row can hold it.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(1_000).collect()
}

/// Gives a message its files.
///
/// # Errors
/// As of [`files::keep`].
pub(super) fn keep(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (ticket, message): (TicketId, MessageId),
    carried: &[(NewName, Stored)],
) -> Result<(), TicketError> {
    for one in carried {
        files::keep(tx, actor, &file((ticket, message), one))?;
    }
    Ok(())
}

/// Brings the files of a message in line with what its mail carries; whether anything changed.
///
/// # Errors
/// As of [`files::keep`].
pub(super) fn renew(
    tx: &mut Tx<'_>,
    actor: &Actor,
    place: (TicketId, MessageId),
    carried: &[(NewName, Stored)],
) -> Result<bool, TicketError> {
    let files: Vec<NewFile> = carried.iter().map(|one| file(place, one)).collect();
    files::renew(tx, actor, place.1, &files)
}

fn file((ticket, message): (TicketId, MessageId), (name, stored): &(NewName, Stored)) -> NewFile {
    NewFile {
        ticket,
        message: Some(message),
        name: name.name.clone(),
        media_type: name.media_type.clone(),
        stored: stored.clone(),
        content_id: name.content_id.clone(),
        is_inline: name.is_inline,
    }
}

pub(super) fn is_for_people(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::DeliveryStatus | Kind::Disposition | Kind::Feedback | Kind::Signature
    )
}
