//! The rows of surveys, their links and answers. The look-up by secret begins without a workspace.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::contacts::ContactId;
use tandem_core::doors::Secret;
use tandem_core::workspaces::WorkspaceId;

use super::model::{Answer, Survey};
use super::settings::asks;
use super::{AnswerId, SurveyId};
use crate::tickets::TicketId;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, survey: &Survey) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into surveys
               (workspace_id, id, ticket_id, contact_id, agent_id, team_id, question, direction, scale, language, is_mailed,
                asked_at, comment)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '')"
        ),
        params![
            workspace,
            survey.id,
            survey.ticket,
            survey.contact,
            survey.agent,
            survey.team,
            survey.asks.question.as_str(),
            survey.asks.direction.as_str(),
            survey.asks.scale,
            survey.language,
            survey.is_mailed,
            survey.asked_at
        ],
    )?;
    Ok(())
}

pub(super) fn insert_link(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    survey: SurveyId,
    (secret, expires_at): (&Secret, Timestamp),
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into survey_links (workspace_id, token_hash, survey_id, expires_at)
             values ($1, $2, $3, $4)"
        ),
        params![workspace, secret.hash(), survey, expires_at],
    )?;
    Ok(())
}

/// The survey that a link leads to, while it works.
pub(super) fn opened(
    tx: &mut Tx<'_>,
    secret: &Secret,
    now: Timestamp,
) -> Result<Option<(WorkspaceId, SurveyId)>, DbError> {
    tx.optional(
        sql!(
            // global: a link is looked up before its workspace is known
            "select workspace_id, survey_id
             from survey_links
             where token_hash = $1 and expires_at > $2"
        ),
        params![secret.hash(), now],
        |row| Ok((row.get("workspace_id")?, row.get("survey_id")?)),
    )
}

/// Stores an answer and lets it hold.
pub(super) fn answer(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (survey, id): (&Survey, AnswerId),
    answer: &Answer,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into survey_answers (workspace_id, id, survey_id, rating, comment, answered_at)
             values ($1, $2, $3, $4, $5, $6)"
        ),
        params![workspace, id, survey.id, answer.rating, answer.comment, answer.at],
    )?;
    tx.execute(
        sql!(
            "update surveys
             set rating = $3, impression = $4, comment = $5, first_answered_at = $6, answered_at = $7
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            survey.id,
            answer.rating,
            survey.asks.impression(answer.rating),
            answer.comment,
            answer.first_at,
            answer.at
        ],
    )?;
    Ok(())
}

/// Of these tickets, those that were rated on the bad side of the scale.
pub(super) fn low_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    tickets: &[TicketId],
) -> Result<Vec<TicketId>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select ticket_id
                   from surveys
                   where workspace_id = $1 and impression < 0 and ticket_id in rarray($2)",
            pg: "select ticket_id
                 from surveys
                 where workspace_id = $1 and impression < 0 and ticket_id = any($2)",
        },
        params![workspace, tickets],
        |row| row.get("ticket_id"),
    )
}

pub(super) fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: SurveyId) -> Result<Option<Survey>, DbError> {
    tx.optional(
        sql!(
            "select id, ticket_id, contact_id, agent_id, team_id, question, direction, scale, language, is_mailed, asked_at,
               rating, comment, first_answered_at, answered_at
             from surveys
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

pub(super) fn of_ticket(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Option<Survey>, DbError> {
    tx.optional(
        sql!(
            "select id, ticket_id, contact_id, agent_id, team_id, question, direction, scale, language, is_mailed, asked_at,
               rating, comment, first_answered_at, answered_at
             from surveys
             where workspace_id = $1 and ticket_id = $2"
        ),
        params![workspace, ticket],
        read,
    )
}

/// All that a contact was asked.
pub(super) fn of_contact(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<Vec<Survey>, DbError> {
    tx.rows(
        sql!(
            "select id, ticket_id, contact_id, agent_id, team_id, question, direction, scale, language, is_mailed, asked_at,
               rating, comment, first_answered_at, answered_at
             from surveys
             where workspace_id = $1 and contact_id = $2
             order by asked_at"
        ),
        params![workspace, contact],
        read,
    )
}

/// When a contact was last asked.
pub(super) fn last_asked(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<Option<Timestamp>, DbError> {
    tx.one(
        sql!(
            "select max(asked_at) as at
             from surveys
             where workspace_id = $1
               and contact_id in (select id from contacts where workspace_id = $1 and (id = $2 or root_id = $2))"
        ),
        params![workspace, contact],
        |row| row.get("at"),
    )
}

/// How often a contact was asked by mail since a moment.
pub(super) fn asked_since(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
    since: Timestamp,
) -> Result<i64, DbError> {
    tx.one(
        sql!(
            "select count(*) as n
             from surveys
             where workspace_id = $1 and is_mailed and asked_at > $3
               and contact_id in (select id from contacts where workspace_id = $1 and (id = $2 or root_id = $2))"
        ),
        params![workspace, contact, since],
        |row| row.get("n"),
    )
}

/// Every answer to a survey as it was given, in their order.
pub(super) fn answers(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    survey: SurveyId,
) -> Result<Vec<(i64, String, Timestamp)>, DbError> {
    tx.rows(
        sql!(
            "select rating, comment, answered_at
             from survey_answers
             where workspace_id = $1 and survey_id = $2
             order by id"
        ),
        params![workspace, survey],
        |row| Ok((row.get("rating")?, row.get("comment")?, row.get("answered_at")?)),
    )
}

/// Whether a contact wants no questions.
pub(super) fn has_refused(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<bool, DbError> {
    let found = tx.optional(
        sql!(
            "select refused_at
             from survey_refusals
             where workspace_id = $1
               and contact_id in (select id from contacts where workspace_id = $1 and (id = $2 or root_id = $2))
             order by refused_at
             limit 1"
        ),
        params![workspace, contact],
        |row| row.get::<Timestamp>("refused_at"),
    )?;
    Ok(found.is_some())
}

/// Notes that a contact wants no questions. Twice is no harm.
pub(super) fn refuse(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
    now: Timestamp,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into survey_refusals (workspace_id, contact_id, refused_at)
             values ($1, $2, $3)
             on conflict (workspace_id, contact_id) do nothing"
        ),
        params![workspace, contact, now],
    )?;
    Ok(())
}

/// Forgets what a contact said; that they were asked, and how they rated, stays without them.
pub(super) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, contact: ContactId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update survey_answers
             set comment = ''
             where workspace_id = $1 and survey_id in (
               select s.id
               from surveys s
               where s.workspace_id = $1 and s.contact_id = $2)"
        ),
        params![workspace, contact],
    )?;
    tx.execute(
        sql!(
            "delete from survey_links
             where workspace_id = $1 and survey_id in (
               select s.id
               from surveys s
               where s.workspace_id = $1 and s.contact_id = $2)"
        ),
        params![workspace, contact],
    )?;
    tx.execute(
        sql!(
            "delete from survey_refusals
             where workspace_id = $1 and contact_id = $2"
        ),
        params![workspace, contact],
    )?;
    tx.execute(
        sql!(
            "update surveys
             set contact_id = null, comment = ''
             where workspace_id = $1 and contact_id = $2"
        ),
        params![workspace, contact],
    )?;
    Ok(())
}

/// A survey of a row that has all its columns.
pub(super) fn read(row: &Row<'_>) -> Result<Survey, DbError> {
    let rating: Option<i64> = row.get("rating")?;
    let (first_at, at): (Option<Timestamp>, Option<Timestamp>) =
        (row.get("first_answered_at")?, row.get("answered_at")?);
    let comment: String = row.get("comment")?;
    let answer = rating
        .zip(first_at)
        .zip(at)
        .map(|((rating, first_at), at)| Answer {
            rating,
            comment,
            first_at,
            at,
        });
    Ok(Survey {
        id: row.get("id")?,
        ticket: row.get("ticket_id")?,
        contact: row.get("contact_id")?,
        agent: row.get("agent_id")?,
        team: row.get("team_id")?,
        asks: asks(row)?,
        language: row.get("language")?,
        is_mailed: row.get("is_mailed")?,
        asked_at: row.get("asked_at")?,
        answer,
    })
}

/// Takes away what was asked after a ticket and answered.
pub(super) fn delete_of_ticket(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<(), DbError> {
    let statements = [
        sql!(
            "delete from survey_links
             where workspace_id = $1
               and survey_id in (select id from surveys where workspace_id = $1 and ticket_id = $2)"
        ),
        sql!(
            "delete from survey_answers
             where workspace_id = $1
               and survey_id in (select id from surveys where workspace_id = $1 and ticket_id = $2)"
        ),
        sql!("delete from surveys where workspace_id = $1 and ticket_id = $2"),
    ];
    for statement in statements {
        tx.execute(statement, params![workspace, ticket])?;
    }
    Ok(())
}
