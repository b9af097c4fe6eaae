//! The rows of a workspace's settings.

use std::collections::BTreeMap;

use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::super::model::{AfterLow, Asks, Direction, Question};
use super::{Alert, Settings};

pub(super) fn find(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Settings>, DbError> {
    tx.optional(
        sql!(
            "select is_on, question, direction, scale, delay_minutes, is_working_time, rest_days, after_low, alerts, version
             from survey_settings
             where workspace_id = $1"
        ),
        params![workspace],
        |row| {
            Ok(Settings {
                is_on: row.get("is_on")?,
                asks: asks(row)?,
                delay_minutes: row.get("delay_minutes")?,
                is_working_time: row.get("is_working_time")?,
                rest_days: row.get("rest_days")?,
                after_low: {
                    let word: String = row.get("after_low")?;
                    AfterLow::parse(&word).ok_or_else(|| row.broken("after_low", "what follows"))?
                },
                alerts: {
                    let written: String = row.get("alerts")?;
                    Alert::parse(&written).ok_or_else(|| row.broken("alerts", "who is told"))?
                },
                words: BTreeMap::new(),
                version: row.get("version")?,
            })
        },
    )
}

/// What is asked, of a row that has its three columns.
pub(in super::super) fn asks(row: &Row<'_>) -> Result<Asks, DbError> {
    let (question, direction): (String, String) = (row.get("question")?, row.get("direction")?);
    Ok(Asks {
        question: Question::parse(&question).ok_or_else(|| row.broken("question", "a question"))?,
        direction: Direction::parse(&direction).ok_or_else(|| row.broken("direction", "a direction"))?,
        scale: row.get("scale")?,
    })
}

pub(super) fn words(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<BTreeMap<String, String>, DbError> {
    let found: Vec<(String, String)> = tx.rows(
        sql!(
            "select language, question
             from survey_words
             where workspace_id = $1
             order by language"
        ),
        params![workspace],
        |row| Ok((row.get("language")?, row.get("question")?)),
    )?;
    Ok(found.into_iter().collect())
}

pub(super) fn put(tx: &mut Tx<'_>, workspace: WorkspaceId, settings: &Settings) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into survey_settings
               (workspace_id, is_on, question, direction, scale, delay_minutes, is_working_time, rest_days, after_low, version, alerts)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             on conflict (workspace_id) do update
             set is_on = excluded.is_on, question = excluded.question, direction = excluded.direction, scale = excluded.scale,
               delay_minutes = excluded.delay_minutes, is_working_time = excluded.is_working_time,
               rest_days = excluded.rest_days, after_low = excluded.after_low, version = excluded.version,
               alerts = excluded.alerts"
        ),
        params![
            workspace,
            settings.is_on,
            settings.asks.question.as_str(),
            settings.asks.direction.as_str(),
            settings.asks.scale,
            settings.delay_minutes,
            settings.is_working_time,
            settings.rest_days,
            settings.after_low.as_str(),
            settings.version,
            settings.alerts.to_string()
        ],
    )?;
    tx.execute(
        sql!("delete from survey_words where workspace_id = $1"),
        params![workspace],
    )?;
    for (language, question) in &settings.words {
        // A row for each of five languages.
        tx.execute(
            sql!(
                "insert into survey_words (workspace_id, language, question)
                 values ($1, $2, $3)"
            ),
            params![workspace, language, question],
        )?;
    }
    Ok(())
}
