//! Pictures that a mail names and that are files of its ticket: of its own message where they are too large for the document, and
//! of older messages, which mail programs go on to name. The frame of a mail is nobody: no cookie goes along with what it asks
//! for. So each picture has an address that is sealed, holds for some minutes, and opens one picture for whoever has it.

use std::collections::HashMap;
use std::time::Duration;

use axum::extract::{Path, State as Shared};
use axum::response::Response;
use http::{HeaderName, HeaderValue, StatusCode, header};
use kit::clock::Timestamp;
use kit::db::{Db, Tx};
use kit::id::Ids;
use kit::seal::Seal;
use kit::text::{base64url, from_base64url};
use kit::web::Failure;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::{Mail, placing};
use crate::tickets::TicketError;
use crate::tickets::files::{self, FileId};

/// What sealed addresses are for.
const PURPOSE: &str = "mail picture";
/// Where they are.
const ADDRESS: &str = "/mail-pictures/";
/// How long one holds.
const PATIENCE: Duration = Duration::from_secs(600);
/// The most pictures of a ticket that get one; the newest.
const MOST: usize = 200;

/// What pictures are shown under, by their Content-IDs.
pub(super) type Addresses = HashMap<String, String>;

/// What an address opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Opens {
    workspace: WorkspaceId,
    file: FileId,
    /// Until when: microseconds since 1970.
    until: i64,
}

impl Opens {
    fn link(&self, seal: &Seal, random: &Ids) -> String {
        let plain = serde_json::to_vec(self).expect("ids and numbers are always JSON");
        base64url(&seal.seal(random, PURPOSE, &plain))
    }

    fn read(seal: &Seal, link: &str, now: Timestamp) -> Option<Self> {
        let plain = seal.open(PURPOSE, &from_base64url(link)?).ok()?;
        let opens: Self = serde_json::from_slice(&plain).ok()?;
        (now.0 < opens.until).then_some(opens)
    }
}

/// The pictures that a mail can name beside those in it.
pub(super) fn of(tx: &mut Tx<'_>, actor: &Actor, mail: &Mail) -> Result<Addresses, TicketError> {
    let mut pictures = Addresses::new();
    let (Some(ticket), Some(seal)) = (mail.ticket, tx.attached::<Seal>()) else {
        return Ok(pictures);
    };
    if !actor.may(Permission::TicketsRead) {
        return Ok(pictures);
    }
    let mut files = files::of_ticket(tx, actor, ticket)?;
    files.retain(|file| file.is_picture() && !file.content_id.is_empty() && file.message <= mail.message);
    // Those of its own message last, so that no other takes their place.
    files.sort_by_key(|file| (file.message == mail.message, file.id));
    let until = tx.now().plus(PATIENCE).0;
    let first = files.len().saturating_sub(MOST);
    for file in files.drain(first..) {
        let opens = Opens {
            workspace: actor.workspace,
            file: file.id,
            until,
        };
        let address = format!("{ADDRESS}{}", opens.link(&seal, tx.ids()));
        pictures.insert(file.content_id, address);
    }
    Ok(pictures)
}

/// A picture, for whoever has its address.
///
/// # Errors
/// An address that is none or holds no more, a picture that is not there any more, or trouble of the store.
pub async fn show(Shared(db): Shared<Db>, Path(link): Path<String>) -> Result<Response, Failure> {
    let seal = db.attached::<Seal>();
    let opens = seal.and_then(|seal| Opens::read(&seal, &link, db.clock().now()));
    let opens = opens.ok_or_else(|| Failure::of(StatusCode::NOT_FOUND))?;
    let mut answer = files::content(&db, &placing::actor(opens.workspace), opens.file).await?;
    let headers = answer.headers_mut();
    // The frame of a mail is of no origin: a picture for our own origin alone would be refused there.
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, max-age=600"),
    );
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kit::id::{TypedId, Uuid};
    use kit::seal::SealKey;

    #[test]
    fn an_address_opens_one_picture_for_some_minutes() {
        let random = Ids::seeded(7);
        let seal = Seal::new(&[SealKey::new(&random)]).unwrap();
        let opens = Opens {
            workspace: WorkspaceId::from_uuid(Uuid::nil()),
            file: FileId::from_uuid(Uuid::nil()),
            until: 1_000,
        };
        let link = opens.link(&seal, &random);
        assert_eq!(Opens::read(&seal, &link, Timestamp(999)), Some(opens));
        assert_eq!(Opens::read(&seal, &link, Timestamp(1_000)), None, "it is over");
        let mut forged = from_base64url(&link).unwrap();
        *forged.last_mut().unwrap() ^= 1;
        assert_eq!(Opens::read(&seal, &base64url(&forged), Timestamp(0)), None);
        assert_eq!(Opens::read(&seal, "no-such-link", Timestamp(0)), None);
        let other = base64url(&seal.seal(&random, "another purpose", b"{}"));
        assert_eq!(Opens::read(&seal, &other, Timestamp(0)), None);
    }
}
