//! Renewing tokens: by one process at a time, early, and never losing what a provider gives.
//!
//! Whoever finds that a token has to be renewed takes the *turn* in a transaction, asks the provider outside of any, and
//! stores what came. The asking is a task of its own: it ends with the storing, even where the one who waited for it is gone.
//! A turn counts for a while only, so that a process that died holds nobody up. Clocks of machines may differ: should two ask
//! at once, the round decides, and an answer to what was renewed meanwhile changes nothing.

use std::time::Duration;

use kit::db::{Db, DbError, Tx};
use kit::seal::Seal;
use kit::text::base64url;
use tandem_core::actor::Actor;
use tandem_core::workspaces::WorkspaceId;
use tokio::time::sleep;

use super::super::MailboxId;
use super::super::providers;
use super::super::providers::talk::{self, Client, For, TalkError, Tokens};
use super::{Grant, GrantError, purpose, store, tell};

/// How long a turn counts: a provider answers within a quarter of a minute or not at all.
const TURN: Duration = Duration::from_secs(60);
/// How often whoever waits for another's turn looks again, and how many times.
const LOOK: Duration = Duration::from_millis(100);
const LOOKS: usize = 300;
/// How often storing is tried.
const STORES: u32 = 8;

/// What to do for a token.
enum Next {
    Use(String),
    Wait,
    Renew(Box<Turn>),
}

/// A turn that was taken.
struct Turn {
    workspace: WorkspaceId,
    grant: Grant,
    client: Client,
    refresh: String,
}

/// A token that opens a mailbox now.
///
/// # Errors
/// [`GrantError`].
pub async fn token(db: &Db, workspace: WorkspaceId, mailbox: MailboxId) -> Result<String, GrantError> {
    for _ in 0..LOOKS {
        // Mostly there is nothing to renew, and nothing to write.
        let known = db.read(move |tx| known(tx, workspace, mailbox)).await?;
        if let Some(token) = known {
            return Ok(token);
        }
        match db.write(move |tx| next(tx, workspace, mailbox)).await? {
            Next::Use(token) => return Ok(token),
            Next::Wait => sleep(LOOK).await,
            Next::Renew(turn) => {
                let task = tokio::spawn(renewed(db.clone(), *turn));
                task.await.map_err(|_| GrantError::Later(String::new()))??;
            }
        }
    }
    Err(GrantError::Later(String::new()))
}

/// Notes that a server did not take the token: the next one who needs it renews it first, unless it is quite new.
///
/// # Errors
/// [`DbError`] of the database.
pub async fn doubt(db: &Db, workspace: WorkspaceId, mailbox: MailboxId) -> Result<(), DbError> {
    db.write(move |tx| {
        let Some(mut grant) = store::find(tx, workspace, mailbox)? else {
            return Ok(());
        };
        if tx.now().since(grant.renewed_at) > TURN {
            grant.access = None;
            store::put(tx, workspace, &grant)?;
        }
        Ok(())
    })
    .await
}

/// The token, if it need not be renewed yet.
fn known(tx: &mut Tx<'_>, workspace: WorkspaceId, mailbox: MailboxId) -> Result<Option<String>, GrantError> {
    let grant = alive(tx, workspace, mailbox)?;
    let now = tx.now();
    Ok(match &grant.access {
        Some(sealed) if grant.is_fresh(now) => Some(opened(tx, &grant, "access", sealed)?),
        _ => None,
    })
}

fn alive(tx: &mut Tx<'_>, workspace: WorkspaceId, mailbox: MailboxId) -> Result<Grant, GrantError> {
    let grant = store::find(tx, workspace, mailbox)?.ok_or(GrantError::Nobody)?;
    if grant.ended_at.is_some() {
        return Err(GrantError::Over(grant.said));
    }
    Ok(grant)
}

fn next(tx: &mut Tx<'_>, workspace: WorkspaceId, mailbox: MailboxId) -> Result<Next, GrantError> {
    let mut grant = alive(tx, workspace, mailbox)?;
    let now = tx.now();
    let is_others = grant.turn_until > now && !grant.turn.is_empty();
    let must_wait = is_others || grant.next_at > now;
    if let Some(sealed) = &grant.access
        && (grant.is_fresh(now) || (must_wait && grant.is_usable(now)))
    {
        return Ok(Next::Use(opened(tx, &grant, "access", sealed)?));
    }
    if is_others {
        return Ok(Next::Wait);
    }
    if grant.next_at > now {
        return Err(GrantError::Later(grant.said));
    }
    let provider = providers::store::find(tx, workspace, grant.provider)?.ok_or(GrantError::Nobody)?;
    let client = Client::new(&provider, providers::opened(tx, &provider)?);
    let refresh = opened(tx, &grant, "refresh", &grant.refresh)?;
    let mut mark = [0; 9];
    tx.ids().fill(&mut mark);
    grant.turn = base64url(&mark);
    grant.turn_until = now.plus(TURN);
    store::put(tx, workspace, &grant)?;
    Ok(Next::Renew(Box::new(Turn {
        workspace,
        grant,
        client,
        refresh,
    })))
}

/// Asks the provider and stores what it says, however long the database takes.
async fn renewed(db: Db, turn: Turn) -> Result<(), GrantError> {
    let said = talk::token(&db, &turn.client, For::Refresh(&turn.refresh)).await;
    let (workspace, grant) = (turn.workspace, turn.grant);
    let mut pause = LOOK;
    for attempt in 1..=STORES {
        let (of, told) = (grant.clone(), said.clone());
        let settled = db.write(move |tx| settle(tx, workspace, &of, &told)).await;
        match settled {
            Err(GrantError::Db(error)) if attempt < STORES => {
                tracing::warn!(mailbox = %grant.mailbox, %error, "a renewed token could not be stored yet");
                sleep(pause).await;
                pause *= 3;
            }
            settled => return settled,
        }
    }
    Ok(())
}

/// Stores what a provider said in a turn, unless it was renewed, ended or granted anew meanwhile.
fn settle(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    turn: &Grant,
    said: &Result<Tokens, TalkError>,
) -> Result<(), GrantError> {
    let Some(mut grant) = store::find(tx, workspace, turn.mailbox)? else {
        return Ok(());
    };
    if (grant.granted_at, grant.round) != (turn.granted_at, turn.round) {
        return Ok(());
    }
    let now = tx.now();
    let before = grant.trouble.clone();
    match said {
        Ok(tokens) => {
            let access = sealed(tx, &grant, "access", &tokens.access)?;
            if let Some(refresh) = &tokens.refresh {
                grant.refresh = sealed(tx, &grant, "refresh", refresh)?;
            }
            grant.renew(access, tokens, now);
        }
        Err(error) => {
            tracing::info!(mailbox = %grant.mailbox, %error, "a token could not be renewed");
            grant.fail(error, now);
        }
    }
    if grant.turn == turn.turn {
        grant.turn = String::new();
    }
    store::put(tx, workspace, &grant)?;
    if grant.trouble != before {
        tell(tx, &Actor::system(workspace, "mail"), grant.mailbox)?;
    }
    Ok(())
}

pub(super) fn sealed(tx: &Tx<'_>, grant: &Grant, what: &str, plain: &str) -> Result<Vec<u8>, GrantError> {
    let seal = tx.attached::<Seal>().ok_or(GrantError::Sealed)?;
    Ok(seal.seal(tx.ids(), &purpose(grant, what), plain.as_bytes()))
}

pub(super) fn opened(tx: &Tx<'_>, grant: &Grant, what: &str, sealed: &[u8]) -> Result<String, GrantError> {
    let seal = tx.attached::<Seal>().ok_or(GrantError::Sealed)?;
    let plain = seal.open(&purpose(grant, what), sealed).ok();
    let text = plain.and_then(|plain| String::from_utf8(plain).ok());
    text.ok_or(GrantError::Sealed)
}
