//! Surveys for programs. What the addresses are for stands in [`super::operations`].

use axum::extract::State;
use axum::response::Response;
use http::Uri;
use kit::clock::Timestamp;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, At, IfMatch, Listed, Posted, Sent, Single, cursor};
use tandem_core::actor::Actor;

use super::documents::{LinkDocument, SettingsDocument, SettingsInput, SurveyDocument, SurveysQuery};
use super::listing::{self, Cursor, Filter};
use super::model::{Asks, SurveyError};
use super::{Alert, LIST, Origin, Settings, SurveyId};
use crate::tickets::TicketId;

/// `GET /api/v1/surveys`
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<SurveysQuery>,
) -> Result<Listed<SurveyDocument>, Failure> {
    let after: Option<Cursor> = cursor::wanted(LIST, query.after.as_deref())?;
    let bound = |at: Option<i64>, usual| Timestamp(at.unwrap_or(usual));
    let filter = Filter {
        agent: query.agent,
        team: query.team,
        impressions: (-2, if query.low { -1 } else { 2 }),
        ..Filter::between(bound(query.from, 0), bound(query.until, i64::MAX))
    };
    let limit = query.limit;
    let found = db
        .read(move |tx| listing::list(tx, &actor, &filter, after, limit.and_one()))
        .await?;
    let listed = Listed::of(found, limit, |last| cursor::write(LIST, &Cursor::after(last)));
    Ok(listed.linked(&address))
}

/// `GET /api/v1/surveys/{id}`
///
/// # Errors
/// No such survey here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<SurveyId>) -> Result<Single, Failure> {
    let found = db.read(move |tx| super::find(tx, &actor, id)).await?;
    Ok(Single::of(&SurveyDocument::from(found)))
}

/// `POST /api/v1/tickets/{id}/survey`
///
/// # Errors
/// The ticket is not solved; no such ticket here, a missing permission, or the database's.
pub async fn link(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TicketId>,
    posted: Posted<()>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    posted
        .once
        .run(&db, owner, move |tx| {
            let (survey, secret) = super::link(tx, &actor, id)?;
            let origin = tx.attached::<Origin>();
            let location = format!("/api/v1/surveys/{}", survey.id);
            let document = LinkDocument {
                survey: survey.into(),
                link: super::address(origin.as_ref().map_or("", |origin| &origin.0), &secret),
            };
            Ok(Single::made(&document, location).without_tag())
        })
        .await
}

/// `GET /api/v1/survey-settings`
///
/// # Errors
/// The database's.
pub async fn settings(State(db): State<Db>, actor: Actor) -> Result<Single, Failure> {
    let found = db.read(move |tx| super::settings(tx, actor.workspace)).await?;
    Ok(single(found))
}

/// `PUT /api/v1/survey-settings`
///
/// # Errors
/// An older state, what does not fit, a missing permission, or the database's.
pub async fn change_settings(
    State(db): State<Db>,
    actor: Actor,
    state: IfMatch,
    Sent(input): Sent<SettingsInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        let now = super::settings(tx, actor.workspace)?;
        let version = now.version;
        state.must_hold(&single(now))?;
        let alerts = input.alerts.as_deref().map(Alert::parse);
        let wanted = Settings {
            alerts: alerts
                .unwrap_or(Some(Alert::default()))
                .ok_or(SurveyError::BadAlert)?,
            is_on: input.is_on,
            asks: Asks {
                question: input.question,
                direction: input.direction,
                scale: input.scale,
            },
            delay_minutes: input.delay_minutes,
            is_working_time: input.is_working_time,
            rest_days: input.rest_days,
            after_low: input.after_low,
            words: input.words.clone(),
            version,
        };
        Ok(single(super::change_settings(tx, &actor, wanted)?))
    })
    .await
}

fn single(settings: Settings) -> Single {
    Single::of(&SettingsDocument::from(settings))
}
