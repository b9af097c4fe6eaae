//! What only we and a server know, and what our own tokens are signed with: sealed, opened where it is used.

use std::sync::Arc;

use kit::db::{Db, DbError, Tx};
use kit::id::TypedId;
use kit::seal::Seal;
use mail::imap::client::Credentials;
use mail::threading::{Key, Keys, Signer};
use mail::wire::Server;
use tandem_core::workspaces::WorkspaceId;

use super::grants::{self, GrantError};
use super::{Direction, MailServer, Mailbox, MailboxError, MailboxId, MailboxText, ServerText, Wrong, store};

/// A server with what opens it: for connections, never for pages.
#[derive(Clone, Debug)]
pub struct WireWay {
    /// The server.
    pub server: Server,
    /// By which name and password we come in; none where none is needed, or while there is no token.
    pub credentials: Option<Credentials>,
    /// The name for which a token is wanted from the provider.
    token_for: Option<String>,
}

impl WireWay {
    /// Whether it is opened by a token of a provider.
    pub fn is_by_token(&self) -> bool {
        self.token_for.is_some()
    }

    /// The way with a token that opens it now, where it is opened by one; the same way where it has one already. To be asked
    /// for before a place at the host: a provider may take its time.
    ///
    /// # Errors
    /// [`GrantError`].
    pub async fn opened(
        mut self,
        db: &Db,
        workspace: WorkspaceId,
        mailbox: MailboxId,
    ) -> Result<Self, GrantError> {
        let is_ready = matches!(self.credentials, Some(Credentials::Token { .. }));
        if let Some(name) = self.token_for.as_ref().filter(|_| !is_ready) {
            let token = grants::token(db, workspace, mailbox).await?;
            self.credentials = Some(Credentials::Token {
                name: name.clone(),
                token,
            });
        }
        Ok(self)
    }
}

/// The server that a mailbox is read from; nothing where its mail comes another way.
///
/// # Errors
/// [`MailboxError::Seal`] when the password can't be opened, or the database's.
pub fn incoming_way(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: MailboxId,
) -> Result<Option<WireWay>, MailboxError> {
    way(tx, workspace, id, Direction::In)
}

/// The server that a mailbox sends by; nothing where it sends nothing.
///
/// # Errors
/// As of [`incoming_way`].
pub fn outgoing_way(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: MailboxId,
) -> Result<Option<WireWay>, MailboxError> {
    way(tx, workspace, id, Direction::Out)
}

fn way(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: MailboxId,
    direction: Direction,
) -> Result<Option<WireWay>, MailboxError> {
    let Some((kept, sealed)) = store::server(tx, workspace, id, direction)? else {
        return Ok(None);
    };
    let is_by_token = store::has_provider(tx, workspace, id)? && !kept.login.is_empty();
    let password = match sealed {
        Some(sealed) => {
            let plain = seal(tx)?.open(&purpose(id, direction, &kept), &sealed)?;
            Some(String::from_utf8_lossy(&plain).into_owned())
        }
        None => None,
    };
    Ok(Some(WireWay {
        credentials: password.map(|password| Credentials::Password {
            name: kept.login.clone(),
            password,
        }),
        token_for: is_by_token.then(|| kept.login.clone()),
        server: Server {
            host: kept.host,
            port: kept.port,
            security: kept.protection.security(),
        },
    }))
}

/// A server that is read wants a password, and one that was kept counts only for its host and login.
pub(super) fn must_be_given(text: &MailboxText, before: Option<&Mailbox>) -> Result<(), Wrong> {
    for direction in [Direction::In, Direction::Out] {
        let Some(server) = text.server(direction) else {
            continue;
        };
        let is_needed = !server.login.is_empty() && text.provider.is_none();
        if is_needed && server.password.is_none() && kept(before, direction, server).is_none() {
            return Err(Wrong::Password(direction));
        }
    }
    Ok(())
}

/// The server from before, if its password is still the one for this text.
fn kept<'m>(before: Option<&'m Mailbox>, direction: Direction, text: &ServerText) -> Option<&'m MailServer> {
    let kept = before?.server(direction)?;
    (kept.has_password && kept.host == text.host && kept.login == text.login).then_some(kept)
}

/// Stores the servers of a mailbox with their passwords.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    before: Option<&Mailbox>,
    after: &mut Mailbox,
    text: &MailboxText,
) -> Result<(), MailboxError> {
    for direction in [Direction::In, Direction::Out] {
        let old = store::server(tx, workspace, after.id, direction)?.and_then(|(_, sealed)| sealed);
        store::delete_server(tx, workspace, after.id, direction)?;
        let (id, Some(given)) = (after.id, text.server(direction)) else {
            continue;
        };
        let mut server = after.server(direction).cloned().unwrap_or_default();
        let sealed = match &given.password {
            Some(password) if !given.login.is_empty() => {
                let purpose = purpose(id, direction, &server);
                Some(seal(tx)?.seal(tx.ids(), &purpose, password.expose().as_bytes()))
            }
            _ => old.filter(|_| after.provider.is_none() && kept(before, direction, given).is_some()),
        };
        server.has_password = sealed.is_some();
        store::insert_server(tx, workspace, (id, direction), &server, sealed.as_deref())?;
        match direction {
            Direction::In => after.imap = Some(server),
            Direction::Out => after.smtp = Some(server),
        }
    }
    Ok(())
}

/// What the workspace's reply addresses, identifiers and subject tags are signed with; the first key is made when it is
/// first needed.
///
/// # Errors
/// [`MailboxError::Seal`] when a key can't be opened, or the database's.
pub fn keys(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Keys, MailboxError> {
    let mut sealed = store::keys(tx, workspace)?;
    if sealed.is_empty() {
        let mut secret = [0; 32];
        tx.ids().fill(&mut secret);
        let made = seal(tx)?.seal(tx.ids(), &purpose_of_key(workspace, "a"), &secret);
        store::insert_key(tx, workspace, "a", &made)?;
        sealed.push(("a".to_owned(), made));
    }
    let seal = seal(tx)?;
    let mut opened = Vec::new();
    for (letter, sealed) in sealed {
        let secret = seal.open(&purpose_of_key(workspace, &letter), &sealed)?;
        let key = letter.chars().next().and_then(|id| Key::new(id, &secret));
        opened.push(key.ok_or_else(|| MailboxError::Seal("a signing key is too short".to_owned()))?);
    }
    let newest = opened.remove(0);
    Ok(Keys::new(newest, opened))
}

/// Makes and checks the tokens of a workspace: they don't leave it.
///
/// # Errors
/// As of [`keys`].
pub fn signer(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Signer, MailboxError> {
    Ok(Signer::new(keys(tx, workspace)?, workspace.uuid().as_bytes()))
}

fn seal(tx: &Tx<'_>) -> Result<Arc<Seal>, DbError> {
    tx.attached::<Seal>().ok_or_else(|| DbError::Internal {
        statement: "mailboxes".to_owned(),
        problem: "no key that seals is attached to the database".to_owned(),
    })
}

/// A password opens for the host and the login that it was typed for, and for nothing else.
fn purpose(id: MailboxId, direction: Direction, server: &MailServer) -> String {
    format!(
        "mailbox {id} {} {} {}",
        direction.as_str(),
        server.host,
        server.login
    )
}

fn purpose_of_key(workspace: WorkspaceId, letter: &str) -> String {
    format!("mail key {workspace} {letter}")
}
