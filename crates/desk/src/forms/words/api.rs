//! Words of forms for programs: the same verbs as the page. What the addresses are for stands in [`super::operations`].

use axum::extract::State;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, IfMatch, Sent, Single};
use tandem_core::actor::Actor;

use super::documents::{WordsDocument, WordsInput};
use super::{Translations, all, replace};
use crate::forms::{WebForm, WebFormId};

/// `GET /api/v1/web-forms/{id}/words`
///
/// # Errors
/// No such form here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<WebFormId>) -> Result<Single, Failure> {
    Ok(single(db.read(move |tx| all(tx, &actor, id)).await?))
}

/// `PUT /api/v1/web-forms/{id}/words`
///
/// # Errors
/// An older state, words that do not fit, no such form here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<WebFormId>,
    state: IfMatch,
    Sent(input): Sent<WordsInput>,
) -> Result<Single, Failure> {
    let wanted = input.translations()?;
    db.write(move |tx| {
        let now = all(tx, &actor, id)?;
        let version = now.0.version;
        state.must_hold(&single(now))?;
        replace(tx, &actor, (id, version), wanted.clone())?;
        Ok(single(all(tx, &actor, id)?))
    })
    .await
}

fn single(now: (WebForm, Translations)) -> Single {
    Single::of(&WordsDocument::from(now))
}
