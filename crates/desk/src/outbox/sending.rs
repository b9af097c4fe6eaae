//! An attempt at a mail: looked at, offered, noted, handed over, written down.
//!
//! The process may end anywhere. Before the note that the mail is being handed over nothing was sent, for its content has
//! no end yet; the next run begins anew. After it, only the answer says whether the other side has it; without one it is
//! unknown, and stays so until a person decides.

use std::sync::Arc;
use std::time::Duration;

use kit::db::{Db, DbError, Tx};
use kit::id::TypedId;
use kit::jobs::{Errand, JobError, JobId};
use mail::submit::{Entry, Fate, Parcel as Offer, SubmitError};
use tandem_core::workspaces::WorkspaceId;

use super::jobs::Send;
use super::model::{Look, Mail, Parcel, RecipientState, Step};
use super::raw::{self, NoBytes};
use super::{LogLine, MailState, OutgoingId, log, store, suppression, tell, trouble};
use crate::mailboxes::reach::MailReach;
use crate::mailboxes::{self, GrantError, MailboxError, WireWay, grants, plus};

/// Why nothing could be handed over: a word for it, and what was said.
type Why = (&'static str, String);

/// Where an attempt ended.
enum Tried {
    /// Nothing was handed over: to each of these addresses for this reason.
    Offered(Vec<Fate>, Option<Why>),
    /// It was handed over, with these fates.
    Handed(Vec<Fate>),
    /// It is in other hands, or was taken back meanwhile.
    Elsewhere,
}

/// Makes one attempt at a mail.
///
/// # Errors
/// [`JobError::RetryAt`] with the moment of the next attempt; the database's.
pub async fn send(errand: Errand, job: Send) -> Result<(), JobError> {
    let workspace: WorkspaceId = errand.about().workspace()?;
    let (db, me, id) = (errand.db(), errand.about().id, job.mail);
    let looked = db.write(move |tx| look(tx, workspace, id, me)).await?;
    let (parcel, way) = match looked {
        Looked::Over => return Ok(()),
        Looked::Later(at) => return Err(JobError::RetryAt(at, "it is not its time".to_owned())),
        Looked::Ready(parcel, way) => (*parcel, way),
    };
    let addresses = parcel.waiting();
    let tried = attempt(db, (workspace, me), &parcel, way).await?;
    let next = db
        .write(move |tx| write_down(tx, (workspace, id, me), &addresses, &tried))
        .await?;
    match next {
        None => Ok(()),
        Some(at) => Err(JobError::RetryAt(at, "not handed over".to_owned())),
    }
}

enum Looked {
    Over,
    Later(kit::clock::Timestamp),
    Ready(Box<Parcel>, Result<WireWay, &'static str>),
}

/// The mail, if it may be sent now. One that was handed over by a run that is gone is marked unknown.
fn look(tx: &mut Tx<'_>, workspace: WorkspaceId, id: OutgoingId, me: JobId) -> Result<Looked, DbError> {
    let Some(mut parcel) = store::find(tx, workspace, id)? else {
        return Ok(Looked::Over);
    };
    let handing: Vec<String> = parcel
        .recipients
        .iter()
        .filter(|one| one.state == RecipientState::Handing)
        .map(|one| one.address.clone())
        .collect();
    match parcel.look(me, tx.now()) {
        Look::Over => return Ok(Looked::Over),
        Look::Later(at) => return Ok(Looked::Later(at)),
        Look::Ready => {}
        Look::Lost => {
            store::update(tx, workspace, &parcel)?;
            for address in handing {
                let line = LogLine {
                    address,
                    ..LogLine::new(tx, Step::Unknown)
                };
                log::note(tx, workspace, id, &line)?;
            }
            tell(tx, workspace, &parcel)?;
            return Ok(Looked::Over);
        }
    }
    let is_open =
        mailboxes::one(tx, workspace, parcel.mail.mailbox)?.is_some_and(|mailbox| mailbox.is_open());
    let way = match mailboxes::outgoing_way(tx, workspace, parcel.mail.mailbox) {
        Ok(Some(way)) if is_open => Ok(way),
        Ok(_) => Err(trouble::NO_WAY),
        Err(MailboxError::Db(error)) => return Err(error),
        Err(_) => Err(trouble::SEALED),
    };
    Ok(Looked::Ready(Box::new(parcel), way))
}

async fn attempt(
    db: &Db,
    (workspace, me): (WorkspaceId, JobId),
    parcel: &Parcel,
    way: Result<WireWay, &'static str>,
) -> Result<Tried, JobError> {
    let addresses = parcel.waiting();
    let nobody = |word, said| Tried::Offered(vec![Fate::NotSent; addresses.len()], Some((word, said)));
    let way = match way {
        Ok(way) => way,
        Err(word) => return Ok(nobody(word, String::new())),
    };
    let raw = match raw::bytes(db, workspace, parcel).await {
        Ok(raw) => raw,
        Err(NoBytes::Later(reason)) => return Err(JobError::retry(reason)),
        Err(NoBytes::Never(word)) => {
            let fates = addresses.iter().map(|_| Fate::Refused(never()));
            return Ok(Tried::Offered(fates.collect(), Some((word, String::new()))));
        }
    };
    let reach: Option<Arc<MailReach>> = db.attached();
    let reach = reach.ok_or_else(|| JobError::retry("no way to mail servers is attached"))?;
    let mailbox = parcel.mail.mailbox;
    let way = match way.opened(db, workspace, mailbox).await {
        Ok(way) => way,
        Err(GrantError::Db(error)) => return Err(error.into()),
        Err(error) => {
            let (word, said) = trouble::of_grant(&error);
            return Ok(nobody(word, said));
        }
    };
    let _place = reach.budget.place(&way.server.host).await;
    let own = parcel.mail.from_address.as_str();
    let sender = returning(db, workspace, &parcel.mail).await?;
    let offer = Offer {
        from: sender.as_deref().unwrap_or(own),
        to: &addresses,
        raw: &raw,
    };
    match hand_over(db, (workspace, parcel.mail.id, me), &reach, &way, (offer, own)).await? {
        Ok(Tried::Handed(fates)) if offer.from != own && fates.iter().all(is_of_the_sender) => {
            db.write(move |tx| plus::refused(tx, workspace, mailbox)).await?;
            Ok(Tried::Handed(vec![Fate::NotSent; fates.len()]))
        }
        Ok(tried) => Ok(tried),
        Err(SubmitError::BadAddress) => {
            let fates = addresses.iter().map(|_| Fate::Refused(never()));
            let (word, said) = trouble::of(&SubmitError::BadAddress);
            Ok(Tried::Offered(fates.collect(), Some((word, said))))
        }
        Err(error) => {
            if matches!(error, SubmitError::TokenRefused(_)) {
                grants::doubt(db, workspace, mailbox).await?;
            }
            let (word, said) = trouble::of(&error);
            Ok(nobody(word, said))
        }
    }
}

/// Where reports about a mail come back to, where that is not the address that it is from.
async fn returning(db: &Db, workspace: WorkspaceId, mail: &Mail) -> Result<Option<String>, DbError> {
    let (id, mailbox) = (mail.id, mail.mailbox);
    db.read(move |tx| {
        let Some(mailbox) = mailboxes::one(tx, workspace, mailbox)? else {
            return Ok(None);
        };
        // Without keys there is no signature; the mail goes out all the same.
        match mailboxes::signer(tx, workspace) {
            Ok(signer) => plus::sender(tx, workspace, (&mailbox, &signer), *id.uuid().as_bytes()),
            Err(_) => Ok(None),
        }
    })
    .await
}

/// Whether a server refused a mail for good because of its sender (RFC 3463 3.8: policy).
fn is_of_the_sender(fate: &Fate) -> bool {
    let of_policy = |status: &String| status.starts_with("5.7.") || status == "5.1.7" || status == "5.1.8";
    matches!(fate, Fate::Refused(reply) if reply.enhanced.as_ref().is_some_and(of_policy))
}

/// Offers the mail, notes that it is being handed over, and hands it over.
async fn hand_over(
    db: &Db,
    (workspace, id, me): (WorkspaceId, OutgoingId, JobId),
    reach: &MailReach,
    way: &WireWay,
    (offer, own): (Offer<'_>, &str),
) -> Result<Result<Tried, SubmitError>, JobError> {
    let entry = match Entry::knock(&reach.reach, &way.server, &reach.host).await {
        Ok(entry) => entry,
        Err(error) => return Ok(Err(error)),
    };
    let mut client = match entry.enter(way.credentials.as_ref()).await {
        Ok(client) => client,
        Err(error) => return Ok(Err(error)),
    };
    let offered = match client.offer(offer).await {
        Ok(Ok(offered)) => offered,
        // A server may take only the address that it knows as sender.
        Ok(Err(_)) if offer.from != own => match client.offer(Offer { from: own, ..offer }).await {
            Ok(Ok(offered)) => offered,
            Ok(Err(fates)) => {
                client.leave().await;
                return Ok(Ok(Tried::Offered(fates, None)));
            }
            Err(error) => return Ok(Err(error)),
        },
        Ok(Err(fates)) => {
            client.leave().await;
            return Ok(Ok(Tried::Offered(fates, None)));
        }
        Err(error) => return Ok(Err(error)),
    };
    // From here on it can't be known without the answer. What is not committed here ends the connection without its end.
    let is_mine = db
        .write(move |tx| {
            let Some(mut parcel) = store::find(tx, workspace, id)? else {
                return Ok(false);
            };
            let is_mine = parcel.hand(me, tx.now());
            if is_mine {
                store::update(tx, workspace, &parcel)?;
            }
            Ok::<_, DbError>(is_mine)
        })
        .await?;
    if !is_mine {
        return Ok(Ok(Tried::Elsewhere));
    }
    let fates = offered.hand_over().await;
    client.leave().await;
    Ok(Ok(Tried::Handed(fates)))
}

/// An answer of our own, for what no server has to see.
fn never() -> mail::submit::Reply {
    mail::submit::Reply {
        code: 550,
        enhanced: None,
        said: String::new(),
    }
}

/// Writes down what became of it; gives the moment of the next attempt.
fn write_down(
    tx: &mut Tx<'_>,
    (workspace, id, me): (WorkspaceId, OutgoingId, JobId),
    addresses: &[String],
    tried: &Tried,
) -> Result<Option<kit::clock::Timestamp>, DbError> {
    let (by, fates, why) = match tried {
        Tried::Offered(fates, why) => (None, fates, why.clone()),
        Tried::Handed(fates) => (Some(me), fates, None),
        Tried::Elsewhere => (None, &Vec::new(), None),
    };
    let Some(mut parcel) = store::find(tx, workspace, id)? else {
        return Ok(None);
    };
    let now = tx.now();
    if matches!(tried, Tried::Elsewhere) {
        return Ok(match parcel.look(me, now) {
            Look::Later(at) => Some(at),
            _ => None,
        });
    }
    let late = Duration::from_millis(tx.ids().below(30_000));
    let (next, steps) = parcel.settle((by, addresses), fates, (now, late));
    if steps.is_empty() {
        return Ok(None);
    }
    parcel.mail.trouble = why.as_ref().map(|(word, _)| (*word).to_owned());
    store::update(tx, workspace, &parcel)?;
    for step in steps {
        note(tx, workspace, &parcel, step, why.as_ref())?;
    }
    if parcel.mail.state != MailState::Handing {
        tell(tx, workspace, &parcel)?;
    }
    Ok(next)
}

/// Writes down what became of it for one recipient, and what follows for their address.
fn note(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    parcel: &Parcel,
    (address, step): (String, Step),
    why: Option<&Why>,
) -> Result<(), DbError> {
    let one = parcel.recipients.iter().find(|one| one.address == address);
    let (code, enhanced, said) = one.map_or((None, None, String::new()), |one| {
        (one.code, one.enhanced.clone(), one.said.clone())
    });
    match step {
        Step::Accepted => {
            suppression::store::take_back_refusal(tx, workspace, &suppression::folded(&address))?;
        }
        Step::Refused if why.is_none() => {
            suppression::learn(
                tx,
                workspace,
                &parcel.mail,
                &address,
                (enhanced.as_deref(), &said),
            )?;
        }
        _ => {}
    }
    let has_answer = !matches!(step, Step::NotSent | Step::Unknown) && why.is_none();
    let line = LogLine {
        address,
        code: code.filter(|_| has_answer),
        enhanced: enhanced.filter(|_| has_answer),
        said: match why {
            Some((_, said)) => said.clone(),
            None if has_answer => said,
            None => String::new(),
        },
        trouble: why.map(|(word, _)| (*word).to_owned()),
        ..LogLine::new(tx, step)
    };
    log::note(tx, workspace, parcel.mail.id, &line)
}
