//! Signing secrets of connections: the billing system makes them, people bring them here, and they are kept sealed.

use std::sync::Arc;
use std::time::Duration;

use kit::db::{DbError, Tx};
use kit::seal::{Seal, SealError};

use super::{BillingError, Connection, ConnectionId, known, note, store};
use crate::actor::Actor;
use crate::audit::Act;
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

kit::id! {
    /// A signing secret of a connection.
    BillingSecretId, "bse"
}

/// How long a secret holds beside the one that took its place.
pub const OVERLAP: Duration = Duration::from_secs(86_400);

/// Gives a connection another signing secret; the ones before hold for [`OVERLAP`] more.
///
/// # Errors
/// [`BillingError::BadSecret`], or [`BillingError::Unknown`] for a connection of no or another workspace.
pub fn add_secret(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ConnectionId,
    secret: &str,
) -> Result<Connection, BillingError> {
    actor.must(Permission::MoneyKeep)?;
    let connection = known(tx, actor, id)?;
    let ends = tx.now().plus(OVERLAP);
    store::end_secrets(tx, actor.workspace, id, ends)?;
    keep(tx, actor.workspace, id, secret)?;
    note(tx, actor, (Act::BillingSecretAdded, &connection))?;
    Ok(connection)
}

/// Keeps a secret sealed.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    connection: ConnectionId,
    secret: &str,
) -> Result<(), BillingError> {
    let secret = secret.trim();
    let fits = secret.starts_with("whsec_") && (12..=200).contains(&secret.len()) && secret.is_ascii();
    if !fits {
        return Err(BillingError::BadSecret);
    }
    let id: BillingSecretId = tx.new_id();
    let sealed = seal(tx)?.seal(tx.ids(), &purpose(connection, id), secret.as_bytes());
    Ok(store::insert_secret(tx, workspace, connection, id, &sealed)?)
}

/// The secrets that hold now; `Ok(Err)` when one of them can't be opened with the keys that are here.
pub(super) fn holding(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    connection: ConnectionId,
) -> Result<Result<Vec<Vec<u8>>, SealError>, DbError> {
    let (now, seal) = (tx.now(), seal(tx)?);
    let sealed = store::secrets(tx, workspace, connection, now)?;
    let opened = sealed
        .into_iter()
        .map(|(id, sealed)| seal.open(&purpose(connection, id), &sealed));
    Ok(opened.collect())
}

fn seal(tx: &Tx<'_>) -> Result<Arc<Seal>, DbError> {
    let missing = || DbError::Unavailable("no key that seals is attached".to_owned());
    tx.attached::<Seal>().ok_or_else(missing)
}

fn purpose(connection: ConnectionId, id: BillingSecretId) -> String {
    format!("billing secret {connection} {id}")
}
