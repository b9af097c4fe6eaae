//! The demo's key: made, and its record not published.

use kit::db::Tx;
use mail::dkim::{self, Algorithm, Published};
use tandem_core::actor::Actor;

use super::{DkimKeyError, Wanted, checking, kept};

/// Makes a key for a domain of the demo. Its record is nowhere, so that it signs nothing.
///
/// # Errors
/// The database's.
pub fn fill(tx: &mut Tx<'_>, actor: &Actor, domain: &str) -> Result<(), DkimKeyError> {
    let wanted = Wanted {
        domain: domain.to_owned(),
        algorithm: Algorithm::Ed25519,
    };
    let secret = dkim::generate(wanted.algorithm, &mut |bytes| tx.ids().fill(bytes));
    let secret = secret.map_err(|error| DkimKeyError::Seal(error.to_string()))?;
    let key = kept(tx, actor, &wanted, &secret)?;
    checking::settle(tx, actor, key.id, Published::Missing)?;
    Ok(())
}
