//! Subscriptions for programs: the same verbs as the pages. What the addresses are for stands in [`super::operations`].

use axum::extract::State;
use axum::response::Response;
use http::{StatusCode, Uri};
use kit::db::{Db, DbError, Tx};
use kit::web::Failure;
use kit::web::api::{Asked, At, IfMatch, Listed, Posted, Sent, Single, cursor};

use super::documents::{
    Cancellation, SubscriptionChange, SubscriptionDocument, SubscriptionInput, SubscriptionsQuery,
};
use super::renewals::{self, Place};
use super::{Cursor, LIST, Subscription, SubscriptionError, SubscriptionId};
use crate::accounts::AccountId;
use crate::actor::Actor;
use crate::workspaces;

/// The name of the list by renewal, for its cursors.
const RENEWALS: &str = "renewals";
/// How many months are looked ahead where nobody says how many: as far as terms reach.
const FAR: i64 = 1_200;

/// `GET /api/v1/subscriptions`
///
/// # Errors
/// A cursor that is none, days in the wrong order, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<SubscriptionsQuery>,
) -> Result<Listed<SubscriptionDocument>, Failure> {
    if query.renews_from.is_some() || query.renews_until.is_some() || query.owner.is_some() {
        return renewing(db, actor, &address, query).await;
    }
    let from: Option<Cursor> = cursor::wanted(LIST, query.after.as_deref())?;
    let (found, today) = db
        .read(move |tx| {
            let found = super::list(tx, &actor, from, query.limit.and_one())?;
            Ok::<_, SubscriptionError>((found, workspaces::today(tx, actor.workspace)?))
        })
        .await?;
    let found: Vec<_> = found
        .into_iter()
        .map(|one| SubscriptionDocument::on(today, one))
        .collect();
    let next = |last: &SubscriptionDocument| cursor::write(LIST, &Cursor { id: last.id });
    Ok(Listed::of(found, query.limit, next).linked(&address))
}

/// The subscriptions that renew in a time, the nearest first.
async fn renewing(
    db: Db,
    actor: Actor,
    address: &Uri,
    query: SubscriptionsQuery,
) -> Result<Listed<SubscriptionDocument>, Failure> {
    let after: Option<Place> = cursor::wanted(RENEWALS, query.after.as_deref())?;
    let limit = query.limit;
    let (found, today) = db
        .read(move |tx| {
            let today = workspaces::today(tx, actor.workspace)?;
            let from = query.renews_from.unwrap_or(today);
            let until = query.renews_until.unwrap_or_else(|| from.plus_months(FAR));
            if until <= from {
                let reason = "the end lies after the first day";
                return Err(Failure::of(StatusCode::BAD_REQUEST).parameter("renews_until", reason));
            }
            let found = renewals::renewing(tx, &actor, ((from, until), query.owner), after, limit.and_one())?;
            Ok((found, today))
        })
        .await?;
    let page = usize::try_from(limit.rows()).expect("a limit is small");
    let last = found.get(page - 1).filter(|_| found.len() > page);
    let next = last.map(|last| cursor::write(RENEWALS, &Place::of(last)));
    let shown = found
        .into_iter()
        .take(page)
        .map(|one| SubscriptionDocument::on(today, one));
    Ok(Listed::whole(shown.collect(), next).linked(address))
}

/// `GET /api/v1/accounts/{id}/subscriptions`
///
/// # Errors
/// No such account here, or the database's.
pub async fn of_account(
    State(db): State<Db>,
    actor: Actor,
    At(account): At<AccountId>,
) -> Result<Listed<SubscriptionDocument>, Failure> {
    let (found, today) = db
        .read(move |tx| {
            let found = super::of_account(tx, &actor, account)?;
            Ok::<_, SubscriptionError>((found, workspaces::today(tx, actor.workspace)?))
        })
        .await?;
    let found = found.into_iter().map(|one| SubscriptionDocument::on(today, one));
    Ok(Listed::whole(found.collect(), None))
}

/// `POST /api/v1/accounts/{id}/subscriptions`
///
/// # Errors
/// A field that does not fit, no such account here, a missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    At(account): At<AccountId>,
    Posted { input, once }: Posted<SubscriptionInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let new = super::add(tx, &actor, account, &input.terms())?;
        let location = format!("/api/v1/subscriptions/{}", new.id);
        let today = workspaces::today(tx, actor.workspace)?;
        Ok(Single::made(&SubscriptionDocument::on(today, new), location))
    })
    .await
}

/// `GET /api/v1/subscriptions/{id}`
///
/// # Errors
/// No such subscription here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<SubscriptionId>) -> Result<Single, Failure> {
    db.read(move |tx| {
        let found = super::find(tx, &actor, id)?.ok_or(SubscriptionError::Unknown)?;
        Ok(single(tx, &actor, found)?)
    })
    .await
}

/// `PUT /api/v1/subscriptions/{id}`
///
/// # Errors
/// An older state, a field that does not fit, no such subscription here, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<SubscriptionId>,
    state: IfMatch,
    Sent(input): Sent<SubscriptionChange>,
) -> Result<Single, Failure> {
    let change = input.change();
    db.write(move |tx| {
        let now = super::find(tx, &actor, id)?.ok_or(SubscriptionError::Unknown)?;
        let version = now.version;
        state.must_hold(&single(tx, &actor, now)?)?;
        let changed = super::change(tx, &actor, id, version, &change)?;
        Ok(single(tx, &actor, changed)?)
    })
    .await
}

/// `PUT /api/v1/subscriptions/{id}/cancellation`
///
/// # Errors
/// As of [`change`].
pub async fn end(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<SubscriptionId>,
    state: IfMatch,
    Sent(input): Sent<Cancellation>,
) -> Result<Single, Failure> {
    acting(db, actor, id, state, move |tx, actor| {
        super::end(tx, actor, id, input.ends, input.reason)
    })
    .await
}

/// `DELETE /api/v1/subscriptions/{id}/cancellation`
///
/// # Errors
/// As of [`change`].
pub async fn resume(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<SubscriptionId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    acting(db, actor, id, state, move |tx, actor| {
        super::resume(tx, actor, id)
    })
    .await
}

/// `POST /api/v1/subscriptions/{id}/renewal`
///
/// # Errors
/// As of [`change`]; it has an end.
pub async fn renew(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<SubscriptionId>,
    Posted { input: (), once }: Posted<()>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let renewed = super::renew(tx, &actor, id)?;
        Ok(single(tx, &actor, renewed)?)
    })
    .await
}

/// `DELETE /api/v1/subscriptions/{id}/renewal`
///
/// # Errors
/// As of [`change`].
pub async fn unrenew(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<SubscriptionId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    acting(db, actor, id, state, move |tx, actor| {
        super::unrenew(tx, actor, id)
    })
    .await
}

/// One verb on a subscription in the state that the request names, if it names one.
async fn acting(
    db: Db,
    actor: Actor,
    id: SubscriptionId,
    state: IfMatch,
    act: impl Fn(&mut Tx<'_>, &Actor) -> Result<Subscription, SubscriptionError> + Send + 'static,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        let now = super::find(tx, &actor, id)?.ok_or(SubscriptionError::Unknown)?;
        state.hold(&single(tx, &actor, now)?)?;
        let changed = act(tx, &actor)?;
        Ok(single(tx, &actor, changed)?)
    })
    .await
}

fn single(tx: &mut Tx<'_>, actor: &Actor, one: Subscription) -> Result<Single, DbError> {
    let today = workspaces::today(tx, actor.workspace)?;
    Ok(Single::of(&SubscriptionDocument::on(today, one)))
}
