//! The rows of back-tests.

use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::{Ask, Report, Test, TestId};

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, new: &Test) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into alert_tests (workspace_id, id, horizon, reach, asked_at, report)
             values ($1, $2, $3, $4, $5, null)"
        ),
        params![workspace, new.id, new.ask.horizon, new.ask.reach, new.asked_at],
    )?;
    Ok(())
}

pub(super) fn finish(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: TestId,
    report: &Report,
) -> Result<(), DbError> {
    let report = serde_json::to_string(report).expect("a report is JSON");
    tx.execute(
        sql!(
            "update alert_tests
             set report = $3
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id, report],
    )?;
    Ok(())
}

/// Forgets what was asked before one.
pub(super) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, than: TestId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from alert_tests where workspace_id = $1 and id < $2"),
        params![workspace, than],
    )?;
    Ok(())
}

/// The last ones, the newest first.
pub(super) fn newest(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Test>, DbError> {
    tx.rows(
        sql!(
            "select id, horizon, reach, asked_at, report
             from alert_tests
             where workspace_id = $1
             order by id desc
             limit 10"
        ),
        params![workspace],
        |row| {
            let report: Option<String> = row.get("report")?;
            let report: Option<Report> = match report {
                Some(said) => {
                    Some(serde_json::from_str(&said).map_err(|_| row.broken("report", "a report"))?)
                }
                None => None,
            };
            Ok(Test {
                id: row.get("id")?,
                ask: Ask {
                    horizon: row.get("horizon")?,
                    reach: row.get("reach")?,
                },
                asked_at: row.get("asked_at")?,
                report,
            })
        },
    )
}

/// How many accounts there are, closed ones too.
pub(super) fn accounts(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<i64, DbError> {
    tx.one(
        sql!("select count(*) as accounts from accounts where workspace_id = $1"),
        params![workspace],
        |row| row.get("accounts"),
    )
}
