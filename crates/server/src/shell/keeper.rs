//! Where the wishes of someone who has signed in are kept: on their row, so that every device of theirs knows them. The
//! cookie is the copy that pages before signing in look at.

use kit::db::Db;
use kit::web::Failure;
use tandem_core::actor::Actor;
use tandem_core::looks;

use super::look::Look;

/// The person's own drawer; whoever knows the session puts one into the request's extensions.
#[derive(Clone, Debug)]
pub struct Keeper {
    /// Where the row is.
    pub db: Db,
    /// Whose row it is.
    pub actor: Actor,
}

impl Keeper {
    /// Keeps the wishes.
    ///
    /// # Errors
    /// The database's.
    pub(super) async fn keep(self, look: &Look) -> Result<(), Failure> {
        let (actor, text) = (self.actor, look.to_string());
        Ok(self.db.write(move |tx| looks::keep(tx, &actor, &text)).await?)
    }
}
