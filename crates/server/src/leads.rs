//! Where addresses lead whose account is merged into another: to the same address of the account that stands for it, for
//! as long as the merge holds.

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use kit::web::Failure;
use tandem_core::accounts::{AccountId, merging};
use tandem_core::actor::Actor;
use tandem_core::doors::Recognised;

use crate::app::App;

/// Answers what found nothing with the way on, where there is one. Temporarily: a merge may be taken back.
pub async fn on(State(app): State<App>, request: Request, next: Next) -> Response {
    let address = request.uri().clone();
    let may_go_on = request.method() == Method::GET || address.path().starts_with("/api/");
    let known = request.extensions().get::<Recognised>();
    let actor = known.map(|known| known.session.actor());
    let response = next.run(request).await;
    let (Some(actor), Some(id)) = (actor, named(&address)) else {
        return response;
    };
    if response.status() != StatusCode::NOT_FOUND || !may_go_on {
        return response;
    }
    match stands_for(&app, actor, id).await {
        Ok(Some(kept)) => Redirect::temporary(&instead(&address, id, kept)).into_response(),
        Ok(None) => response,
        Err(error) => error.into_response(),
    }
}

async fn stands_for(app: &App, actor: Actor, id: AccountId) -> Result<Option<AccountId>, Failure> {
    let found = app.db.read(move |tx| merging::stands_for(tx, &actor, id)).await;
    match found {
        // Who may not see accounts learns nothing of them.
        Err(tandem_core::accounts::AccountError::Forbidden(_)) => Ok(None),
        found => Ok(found?),
    }
}

/// The account in the address.
fn named(address: &Uri) -> Option<AccountId> {
    let mut parts = address.path().split('/');
    parts.find_map(|part| part.parse().ok())
}

/// The same address with another account.
fn instead(address: &Uri, id: AccountId, kept: AccountId) -> String {
    let whole = address
        .path_and_query()
        .map_or(address.path(), |whole| whole.as_str());
    whole.replacen(&id.to_string(), &kept.to_string(), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_stays_and_the_account_is_another() {
        let address: Uri = "/api/v1/accounts/acc_01k0000000000000000000000z/orders?limit=5"
            .parse()
            .expect("an address");
        let id = named(&address).expect("an account");
        let kept: AccountId = "acc_01k0000000000000000000001z".parse().expect("an id");
        assert_eq!(
            instead(&address, id, kept),
            "/api/v1/accounts/acc_01k0000000000000000000001z/orders?limit=5"
        );
        assert_eq!(named(&"/contacts".parse().expect("an address")), None);
    }
}
