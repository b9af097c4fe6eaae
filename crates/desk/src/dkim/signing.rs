//! Signing with the keys of a domain: sealed where they lie, opened where they are used.

use std::sync::Arc;

use kit::db::{DbError, Tx};
use kit::seal::Seal;
use mail::dkim::{Secret, Signer};
use tandem_core::workspaces::WorkspaceId;

use super::{DkimKey, DkimKeyError, store};

/// The mail with a signature by every key that signs for the domain of `from`; as it was where none does. A key that does
/// not open is written into the log and left out: what is not signed still arrives in most places, and what is not sent in
/// none.
///
/// # Errors
/// [`DbError`] of the database.
pub fn sign(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    from: &str,
    raw: Vec<u8>,
    at: jiff::Timestamp,
) -> Result<Vec<u8>, DbError> {
    let domain = from
        .rsplit_once('@')
        .map_or("", |(_, domain)| domain)
        .to_lowercase();
    let mut signed = Vec::new();
    for (key, sealed) in store::signing(tx, workspace, &domain)? {
        let signature = opened(tx, workspace, &key, &sealed).and_then(|signer| {
            let signature = signer.sign(&raw, at);
            signature.map_err(|error| DkimKeyError::Seal(error.to_string()))
        });
        match signature {
            Ok(signature) => signed.extend(signature),
            Err(DkimKeyError::Db(error)) => return Err(error),
            Err(error) => tracing::error!(key = %key.id, %error, "a mail leaves without a signature"),
        }
    }
    signed.extend(raw);
    Ok(signed)
}

fn opened(tx: &Tx<'_>, workspace: WorkspaceId, key: &DkimKey, sealed: &[u8]) -> Result<Signer, DkimKeyError> {
    let secret = Secret {
        algorithm: key.algorithm,
        bytes: seal(tx)?.open(&purpose(workspace, key), sealed)?,
    };
    Signer::new(&key.domain, &key.selector, &secret).map_err(|error| DkimKeyError::Seal(error.to_string()))
}

/// The private part as it is stored.
pub(super) fn sealed(
    tx: &Tx<'_>,
    workspace: WorkspaceId,
    key: &DkimKey,
    secret: &Secret,
) -> Result<Vec<u8>, DkimKeyError> {
    Ok(seal(tx)?.seal(tx.ids(), &purpose(workspace, key), &secret.bytes))
}

fn seal(tx: &Tx<'_>) -> Result<Arc<Seal>, DbError> {
    tx.attached::<Seal>().ok_or_else(|| DbError::Internal {
        statement: "dkim".to_owned(),
        problem: "no key that seals is attached to the database".to_owned(),
    })
}

/// A key opens for its workspace, its domain and its selector, and for nothing else.
fn purpose(workspace: WorkspaceId, key: &DkimKey) -> String {
    format!("dkim key {workspace} {} {}", key.domain, key.selector)
}
