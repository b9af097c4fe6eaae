//! Setting a provider up: its issuer is asked first whether it is one, so that nobody saves a button that leads nowhere.

use kit::db::Db;

use super::door::outgoing;
use super::talk::{self, TalkError};
use super::{Provider, ProviderError, ProviderId, ProviderText};
use crate::actor::Actor;

/// Adds a provider whose issuer answers.
///
/// # Errors
/// [`ProviderError`] of the issuer, or as of [`super::add`].
pub(super) async fn add(db: &Db, actor: &Actor, text: &ProviderText) -> Result<Provider, ProviderError> {
    answers(db, &text.issuer).await?;
    let (actor, text) = (actor.clone(), text.clone());
    db.write(move |tx| super::add(tx, &actor, &text)).await
}

/// Changes a provider; one that is silent today can still be renamed or switched off.
///
/// # Errors
/// [`ProviderError`] of a new issuer, or as of [`super::change`].
pub(super) async fn change(
    db: &Db,
    actor: &Actor,
    before: &Provider,
    version: i64,
    text: &ProviderText,
) -> Result<Provider, ProviderError> {
    if text.issuer != before.issuer {
        answers(db, &text.issuer).await?;
    }
    let (actor, text, id): (_, _, ProviderId) = (actor.clone(), text.clone(), before.id);
    db.write(move |tx| super::change(tx, &actor, id, version, &text))
        .await
}

/// Makes sure that a provider answers at the address.
///
/// # Errors
/// [`ProviderError::BadIssuer`] for an address that can't be used, [`ProviderError::Silent`] when no provider is there.
pub(super) async fn answers(db: &Db, issuer: &str) -> Result<(), ProviderError> {
    let out = outgoing(db).map_err(ProviderError::Silent)?;
    let described = match out.accept(issuer) {
        Ok(_) => talk::describe(&out, issuer).await,
        Err(error) => return Err(ProviderError::BadIssuer(error)),
    };
    match described {
        Ok(_) => Ok(()),
        Err(TalkError::Outgoing(error)) => Err(ProviderError::BadIssuer(error)),
        Err(error) => Err(ProviderError::Silent(error)),
    }
}
