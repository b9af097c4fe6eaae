//! Timelines for programs: the same verbs as the pages.

use axum::extract::State;
use axum::response::Response;
use http::Uri;
use kit::clock::Timestamp;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, At, Limit, Listed, Posted, Sent, Single, cursor};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Channel, Cursor, Direction, Experience, Filter, Impression, Judging, LIST, NewTouchpoint, Touchpoint,
    TouchpointError, TouchpointId, Whose,
};
use crate::accounts::{self, AccountError, AccountId};
use crate::actor::Actor;
use crate::contacts::{self, ContactId};

/// One entry on an account's timeline.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Touchpoint")]
pub struct TouchpointDocument {
    /// Its id.
    pub(super) id: TouchpointId,
    /// The account.
    pub(super) account: AccountId,
    /// The contact; null where it was nobody in particular.
    pub(super) contact: Option<ContactId>,
    /// What it was: `call`, `meeting`, `visit`, `message`, `other`, or the kind of a feature.
    pub(super) kind: String,
    /// Which way it took.
    pub(super) channel: Channel,
    /// Who began.
    pub(super) direction: Direction,
    /// Who wrote it down.
    pub(super) author: String,
    /// What was said or done.
    pub(super) summary: String,
    /// The path of what proves it; null without.
    pub(super) evidence: Option<String>,
    /// When it happened: microseconds since 1970-01-01 UTC.
    pub(super) happened_at: i64,
    /// When it was written down: microseconds since 1970-01-01 UTC.
    pub(super) recorded_at: i64,
    /// How it left the customer, from −2 much worse to +2 much better; null where nobody judged.
    pub(super) impression: Option<Impression>,
    /// Why it is judged so.
    pub(super) reason: Option<String>,
}

impl From<Touchpoint> for TouchpointDocument {
    fn from(touchpoint: Touchpoint) -> Self {
        let judged = touchpoint.impression;
        Self {
            id: touchpoint.id,
            account: touchpoint.account,
            contact: touchpoint.contact,
            kind: touchpoint.kind,
            channel: touchpoint.channel,
            direction: touchpoint.direction,
            author: touchpoint.author,
            summary: touchpoint.summary,
            evidence: touchpoint.evidence,
            happened_at: touchpoint.happened_at.0,
            recorded_at: touchpoint.recorded_at.0,
            impression: judged.as_ref().map(|judged| judged.impression),
            reason: judged.map(|judged| judged.reason),
        }
    }
}

/// How an account's customer fares with us.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Experience")]
pub struct ExperienceDocument {
    /// From −2 to +2: the mean of the impressions, each counting half as much for every 90 days it is old; null without
    /// any.
    pub(super) index: Option<f64>,
    /// How many impressions it rests on.
    pub(super) n: usize,
}

impl From<Experience> for ExperienceDocument {
    fn from(experience: Experience) -> Self {
        Self {
            index: experience.index,
            n: experience.n,
        }
    }
}

/// Which part of a timeline.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimelineQuery {
    /// The cursor of the part before: its `next`.
    after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    limit: Limit,
    /// Of this kind alone.
    kind: Option<String>,
    /// Of this channel alone.
    channel: Option<Channel>,
    /// Those alone that left the customer better, or worse.
    better: Option<bool>,
    /// Only what happened then or later: microseconds since 1970-01-01 UTC.
    since: Option<i64>,
    /// Only what happened before then.
    until: Option<i64>,
}

/// What a program says happened.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TouchpointInput {
    /// What it was: `call`, `meeting`, `visit`, `message` or `other`.
    #[schemars(length(max = 60))]
    pub(super) kind: String,
    /// Which way it took.
    pub(super) channel: Channel,
    /// Who began.
    pub(super) direction: Direction,
    /// What was said or done.
    #[schemars(length(min = 1, max = 2000))]
    pub(super) summary: String,
    /// The contact, where it was one.
    pub(super) contact: Option<ContactId>,
    /// When it happened: microseconds since 1970-01-01 UTC; nothing for now. Not in the future.
    pub(super) happened_at: Option<i64>,
    /// How it left the customer, from −2 to +2; nothing where nobody judged.
    pub(super) impression: Option<Impression>,
    /// Why it is judged so.
    #[serde(default)]
    #[schemars(length(max = 500))]
    pub(super) reason: String,
}

/// How a touchpoint left the customer.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImpressionInput {
    /// From −2 to +2; null takes the judgement away.
    pub(super) impression: Option<Impression>,
    /// Why.
    #[serde(default)]
    #[schemars(length(max = 500))]
    pub(super) reason: String,
}

impl TouchpointInput {
    fn asked(self) -> NewTouchpoint {
        NewTouchpoint {
            contact: self.contact,
            kind: self.kind,
            channel: self.channel,
            direction: self.direction,
            summary: self.summary,
            evidence: None,
            happened_at: self.happened_at.map(Timestamp),
            impression: self.impression.map(|impression| (impression, self.reason)),
        }
    }
}

/// `GET /api/v1/accounts/{id}/touchpoints`
///
/// # Errors
/// No such account here, a cursor that is none, or the database's.
pub async fn of_account(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AccountId>,
    address: Uri,
    Asked(query): Asked<TimelineQuery>,
) -> Result<Listed<TouchpointDocument>, Failure> {
    db.read(move |tx| {
        accounts::find(tx, &actor, id)?.ok_or(AccountError::Unknown)?;
        part(tx, &actor, Whose::Account(id), &query, &address)
    })
    .await
}

/// `GET /api/v1/contacts/{id}/touchpoints`
///
/// # Errors
/// No such contact here, a cursor that is none, or the database's.
pub async fn of_contact(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ContactId>,
    address: Uri,
    Asked(query): Asked<TimelineQuery>,
) -> Result<Listed<TouchpointDocument>, Failure> {
    db.read(move |tx| {
        let contact = contacts::find(tx, &actor, id)?.ok_or(TouchpointError::Unknown)?;
        part(tx, &actor, Whose::Contact(contact.root), &query, &address)
    })
    .await
}

fn part(
    tx: &mut kit::db::Tx<'_>,
    actor: &Actor,
    whose: Whose,
    query: &TimelineQuery,
    address: &Uri,
) -> Result<Listed<TouchpointDocument>, Failure> {
    let filter = Filter {
        kind: query.kind.clone(),
        channel: query.channel,
        is_good: query.better,
        since: query.since.map(Timestamp),
        until: query.until.map(Timestamp),
        before: cursor::wanted(LIST, query.after.as_deref())?,
        limit: query.limit.and_one(),
    };
    let found = super::timeline(tx, actor, whose, &filter)?;
    let cursor = |last: &Touchpoint| {
        let cursor = Cursor {
            at: last.happened_at.0,
            id: last.id,
        };
        cursor.encode()
    };
    Ok(Listed::of(found, query.limit, cursor).linked(address))
}

/// `POST /api/v1/accounts/{id}/touchpoints`
///
/// # Errors
/// A field that does not fit, no such account here, or the database's.
pub async fn add(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AccountId>,
    Posted { input, once }: Posted<TouchpointInput>,
) -> Result<Response, Failure> {
    let new = input.asked();
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let touchpoint = super::add(tx, &actor, id, &new)?;
        let location = format!("/api/v1/touchpoints/{}", touchpoint.id);
        Ok(Single::made(&TouchpointDocument::from(touchpoint), location))
    })
    .await
}

/// `GET /api/v1/accounts/{id}/experience`
///
/// # Errors
/// No such account here, or the database's.
pub async fn experience(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AccountId>,
) -> Result<Single, Failure> {
    db.read(move |tx| {
        accounts::find(tx, &actor, id)?.ok_or(AccountError::Unknown)?;
        let experience = super::experience(tx, &actor, id)?;
        Ok(Single::of(&ExperienceDocument::from(experience)).without_tag())
    })
    .await
}

/// `GET /api/v1/touchpoints/{id}`
///
/// # Errors
/// No such touchpoint here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<TouchpointId>) -> Result<Single, Failure> {
    let found = db.read(move |tx| super::find(tx, &actor, id)).await?;
    Ok(Single::of(&TouchpointDocument::from(
        found.ok_or(TouchpointError::Unknown)?,
    )))
}

/// `PUT /api/v1/touchpoints/{id}/impression`
///
/// # Errors
/// A field that does not fit, no such touchpoint here, or the database's.
pub async fn judge(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TouchpointId>,
    Sent(input): Sent<ImpressionInput>,
) -> Result<Single, Failure> {
    let judging = Judging {
        impression: input.impression,
        reason: input.reason,
        seen: None,
    };
    let judged = db.write(move |tx| super::judge(tx, &actor, id, &judging)).await?;
    Ok(Single::of(&TouchpointDocument::from(judged)))
}

/// `PUT /api/v1/touchpoints/{id}/withdrawal`
///
/// # Errors
/// No such touchpoint here, a missing permission, or the database's.
pub async fn withdraw(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TouchpointId>,
) -> Result<Single, Failure> {
    let gone = db.write(move |tx| super::withdraw(tx, &actor, id)).await?;
    Ok(Single::of(&TouchpointDocument::from(gone)))
}

/// `DELETE /api/v1/touchpoints/{id}/withdrawal`
///
/// # Errors
/// As of [`withdraw`].
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TouchpointId>,
) -> Result<Single, Failure> {
    let back = db.write(move |tx| super::restore(tx, &actor, id)).await?;
    Ok(Single::of(&TouchpointDocument::from(back)))
}
