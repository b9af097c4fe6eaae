//! Our own receiver, for mail that other servers hand over by LMTP or SMTP. Nothing is answered with 250 that would not
//! survive the loss of power.

use std::net::IpAddr;
use std::sync::Arc;

use axum::body::Bytes;
use kit::clock::Timestamp;
use kit::db::Db;
pub use mail::receive::Encryption;
use mail::receive::{self, Answer, Dialect, Listening, Received};
use tandem_core::workspaces::WorkspaceId;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::Arrival;
use super::intake::{self, Raw};
use crate::mailboxes::{self, MailboxId};

/// Which protocol is spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// RFC 5321: with servers at the border.
    Smtp,
    /// RFC 2033: with a server of one's own, which gets an answer for each recipient.
    Lmtp,
}

/// How mail is received at an address.
#[derive(Debug)]
pub struct Door {
    /// Which protocol is spoken.
    pub protocol: Protocol,
    /// How we name ourselves.
    pub host: String,
    /// With what STARTTLS is offered (RFC 3207); none where it is not.
    pub encryption: Option<Encryption>,
}

/// Receives until the token ends it; mails that are being stored then are answered before it returns.
pub async fn serve(db: Db, listener: TcpListener, door: Door, stop: CancellationToken) {
    let dialect = match door.protocol {
        Protocol::Smtp => Dialect::Smtp,
        Protocol::Lmtp => Dialect::Lmtp,
    };
    let known = db.clone();
    let knows: receive::Knows = Arc::new(move |address| {
        let db = known.clone();
        Box::pin(async move { is_ours(&db, address).await })
    });
    let deliver: receive::Deliver = Arc::new(move |received| {
        let db = db.clone();
        Box::pin(async move { stored(&db, received).await })
    });
    let listening = Listening {
        encryption: door.encryption,
        ..Listening::new(dialect, &door.host, knows, deliver)
    };
    let (end, ended) = watch::channel(false);
    let ending = async {
        stop.cancelled().await;
        // Nobody listening any more is the end too.
        let _ = end.send(true);
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = receive::serve(listener, listening, ended) => {}
        () = ending => {}
    }
}

async fn is_ours(db: &Db, address: String) -> Answer {
    let found = db.read(move |tx| mailboxes::for_recipient(tx, &address)).await;
    match found {
        Ok(Some(_)) => Answer::Stored,
        Ok(None) => Answer::NoSuchAddress,
        Err(error) => {
            tracing::warn!(%error, "a recipient can't be looked up");
            Answer::Later
        }
    }
}

type Place = (WorkspaceId, MailboxId);

/// Stores a mail once in each mailbox that it is for.
async fn stored(db: &Db, received: Received) -> Vec<Answer> {
    let recipients = received.envelope.to.clone();
    let looked = db
        .read(move |tx| {
            let places = recipients
                .iter()
                .map(|address| mailboxes::for_recipient(tx, address));
            places.collect::<Result<Vec<Option<Place>>, kit::db::DbError>>()
        })
        .await;
    let Ok(places) = looked else {
        return vec![Answer::Later; received.envelope.to.len()];
    };
    let mut done: Vec<(Place, Answer)> = Vec::new();
    for place in places.iter().flatten() {
        if !done.iter().any(|(known, _)| known == place) {
            done.push((*place, keep(db, *place, &received, &places).await));
        }
    }
    let answer = |place: &Option<Place>| match place {
        Some(place) => done
            .iter()
            .find(|(known, _)| known == place)
            .map_or(Answer::Later, |(_, answer)| *answer),
        None => Answer::NoSuchAddress,
    };
    places.iter().map(answer).collect()
}

async fn keep(db: &Db, place: Place, received: &Received, places: &[Option<Place>]) -> Answer {
    let (workspace, mailbox) = place;
    let envelope = &received.envelope;
    let mine = envelope
        .to
        .iter()
        .zip(places)
        .filter(|(_, found)| **found == Some(place));
    let raw = Raw {
        arrival: Arrival {
            folder: String::new(),
            place: None,
            blob: None,
            size: i64::try_from(envelope.raw.len()).unwrap_or(i64::MAX),
            arrived_at: db.clock().now(),
            stored_at: Timestamp(0),
            envelope_from: envelope.from.clone(),
            envelope_to: mine.map(|(address, _)| address.clone()).collect(),
            peer: canonical(received.peer),
            hello: received.hello.clone(),
            message_id: String::new(),
        },
        bytes: Some(Bytes::from(envelope.raw.clone())),
    };
    match intake::keep(db, workspace, mailbox, vec![raw], None).await {
        Ok(_) => Answer::Stored,
        Err(error) => {
            tracing::warn!(%mailbox, %error, "a mail could not be stored");
            Answer::Later
        }
    }
}

fn canonical(peer: IpAddr) -> String {
    peer.to_canonical().to_string()
}
