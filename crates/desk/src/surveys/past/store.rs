//! The rows of many surveys and answers at once.

use kit::clock::Timestamp;
use kit::db::{DbError, ToParam, Tx, Value};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use crate::surveys::AnswerId;
use crate::surveys::model::{Answer, Survey};

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, surveys: &[&Survey]) -> Result<(), DbError> {
    let of = |value: fn(&Survey, &Answer) -> i64| -> Vec<Option<i64>> {
        let values = surveys
            .iter()
            .map(|survey| Some(value(survey, survey.answer.as_ref()?)));
        values.collect()
    };
    let (ratings, impressions) = (
        of(|_, answer| answer.rating),
        of(|survey, answer| survey.asks.impression(answer.rating)),
    );
    let at = |at: fn(&Answer) -> Timestamp| -> Vec<Option<Timestamp>> {
        surveys
            .iter()
            .map(|survey| survey.answer.as_ref().map(at))
            .collect()
    };
    let (first, last) = (at(|answer| answer.first_at), at(|answer| answer.at));
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into surveys
                     (workspace_id, id, ticket_id, contact_id, agent_id, team_id, question, direction, scale, language,
                      is_mailed, asked_at, rating, impression, comment, first_answered_at, answered_at)
                   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
            pg: "insert into surveys
                   (workspace_id, id, ticket_id, contact_id, agent_id, team_id, question, direction, scale, language,
                    is_mailed, asked_at, rating, impression, comment, first_answered_at, answered_at)
                 select $1, r.id, r.ticket_id, r.contact_id, r.agent_id, r.team_id, r.question, r.direction, r.scale,
                   r.language, r.is_mailed, r.asked_at, r.rating, r.impression, r.comment, r.first_answered_at, r.answered_at
                 from unnest($2::bytea[], $3::bytea[], $4::bytea[], $5::bytea[], $6::bytea[], $7::text[], $8::text[],
                     $9::bigint[], $10::text[], $11::boolean[], $12::bigint[], $13::bigint[], $14::bigint[], $15::text[],
                     $16::bigint[], $17::bigint[])
                   as r (id, ticket_id, contact_id, agent_id, team_id, question, direction, scale, language, is_mailed,
                     asked_at, rating, impression, comment, first_answered_at, answered_at)",
        },
        params![
            workspace,
            Value::list(surveys, |survey| survey.id.to_param()),
            Value::list(surveys, |survey| survey.ticket.to_param()),
            Value::list(surveys, |survey| survey.contact.to_param()),
            Value::list(surveys, |survey| survey.agent.to_param()),
            Value::list(surveys, |survey| survey.team.to_param()),
            Value::list(surveys, |survey| survey.asks.question.as_str().to_param()),
            Value::list(surveys, |survey| survey.asks.direction.as_str().to_param()),
            Value::list(surveys, |survey| survey.asks.scale.to_param()),
            Value::list(surveys, |survey| survey.language.to_param()),
            Value::list(surveys, |survey| survey.is_mailed.to_param()),
            Value::list(surveys, |survey| survey.asked_at.to_param()),
            ratings[..],
            impressions[..],
            Value::list(surveys, |survey| comment(survey).to_param()),
            first[..],
            last[..]
        ],
    )?;
    Ok(())
}

fn comment<'s>(survey: &&'s Survey) -> &'s str {
    survey
        .answer
        .as_ref()
        .map_or("", |answer| answer.comment.as_str())
}

pub(super) fn insert_answers(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    answered: &[(&Survey, &Answer)],
) -> Result<(), DbError> {
    let ids: Vec<AnswerId> = answered
        .iter()
        .map(|(_, answer)| tx.as_of(answer.at, |tx| tx.new_id()))
        .collect();
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into survey_answers (workspace_id, id, survey_id, rating, comment, answered_at)
                   values ($1, $2, $3, $4, $5, $6)",
            pg: "insert into survey_answers (workspace_id, id, survey_id, rating, comment, answered_at)
                 select $1, r.id, r.survey_id, r.rating, r.comment, r.answered_at
                 from unnest($2::bytea[], $3::bytea[], $4::bigint[], $5::text[], $6::bigint[])
                   as r (id, survey_id, rating, comment, answered_at)",
        },
        params![
            workspace,
            ids[..],
            Value::list(answered, |(survey, _)| survey.id.to_param()),
            Value::list(answered, |(_, answer)| answer.rating.to_param()),
            Value::list(answered, |(_, answer)| answer.comment.to_param()),
            Value::list(answered, |(_, answer)| answer.at.to_param())
        ],
    )?;
    Ok(())
}
