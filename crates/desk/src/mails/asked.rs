//! What of a mail's images of other hosts is shown to whom.

use axum::body::Bytes;
use http::StatusCode;
use kit::db::Db;
use kit::web::Failure;
use mail::html::RemoteImage;
use tandem_core::actor::Actor;

use super::views::Images;
use super::web::LookQuery;
use super::{Mail, MailError, MailId, look, remote, senders};

/// The images of other hosts that a mail asks for.
pub(super) async fn asked(mail: &Mail, raw: &Bytes) -> Result<Vec<RemoteImage>, Failure> {
    let (mail, raw) = (mail.clone(), raw.clone());
    tokio::task::spawn_blocking(move || look::remote(&mail, &raw))
        .await
        .map_err(|_| Failure::of(StatusCode::INTERNAL_SERVER_ERROR))
}

/// How many images of other hosts a mail asks for, how many of them only tell who reads, and whether they are shown.
pub(super) async fn images(db: &Db, actor: &Actor, id: MailId, query: &LookQuery) -> Result<Images, Failure> {
    let (mail, raw) = match look::bytes(db, actor, id).await {
        Ok(found) => found,
        Err(MailError::NotKept) => return Ok(Images::default()),
        Err(error) => return Err(error.into()),
    };
    let all = asked(&mail, &raw).await?;
    let tell = all.iter().filter(|image| remote::tells(image)).count();
    let count = |all: usize| i64::try_from(all).unwrap_or(i64::MAX);
    let are_ever = ever(db, actor, &mail).await?;
    Ok(Images {
        are_shown: are_ever || query.shows_images(),
        are_ever,
        can_be_ever: mail.reading.is_confirmed(),
        waiting: count(all.len() - tell),
        telling: count(tell),
    })
}

/// Whether somebody said that images of this sender are shown at once.
pub(super) async fn ever(db: &Db, actor: &Actor, mail: &Mail) -> Result<bool, Failure> {
    let (workspace, mail) = (actor.workspace, mail.clone());
    Ok(db
        .read(move |tx| senders::shows_images(tx, workspace, &mail))
        .await?)
}
