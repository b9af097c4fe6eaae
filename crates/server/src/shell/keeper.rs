//! Where the wishes of someone who has signed in are kept: on their row, so that every device of theirs knows them. The
//! cookie is the copy that pages before signing in look at.

use kit::db::Db;
use kit::web::Failure;
use tandem_core::actor::Actor;
use tandem_core::{agents, looks};

use super::look::Look;
use super::viewer::Own;

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
        let (actor, text) = (self.actor, look.of_the_screen().to_string());
        Ok(self.db.write(move |tx| looks::keep(tx, &actor, &text)).await?)
    }

    /// Keeps the wishes, and what the person chose of language, zone and formats.
    ///
    /// # Errors
    /// The database's.
    pub(super) async fn keep_with(self, look: &Look, own: &Own) -> Result<(), Failure> {
        let (actor, text) = (self.actor, look.of_the_screen().to_string());
        let locale = own.locale.map(|locale| locale.tag().to_owned());
        let (chosen, formats) = ((locale, own.zone.clone()), own.formats);
        let kept = self.db.write(move |tx| {
            looks::keep(tx, &actor, &text)?;
            agents::choose(tx, &actor, chosen.clone(), formats)
        });
        kept.await?;
        Ok(())
    }
}
