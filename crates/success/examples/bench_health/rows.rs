//! Customers as rows: what they are measured by today, and a past of health and revenue.

use kit::day::Day;
use kit::db::{DbError, ToParam, Tx, Value};
use kit::id::Uuid;
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::metrics::number;
use tandem_core::workspaces::WorkspaceId;

/// What a metric is measured at: its name, how many days lie between two values, and what an account has at a place.
type Course = (&'static str, i64, fn(i64, i64, Day) -> f64);

/// Numbers that look like chance and are the same in every run.
fn dice(account: i64, place: i64, sides: i64) -> i64 {
    let mixed = (account as u64)
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
        .wrapping_add(place as u64)
        .wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed >> 33) as i64 % sides
}

/// Fewer and fewer people in every tenth account.
fn people(account: i64, place: i64) -> f64 {
    let falling = if account % 10 == 0 { place / 4 } else { 0 };
    (20 + account % 30 + dice(account, place, 7) - falling).max(0) as f64
}

const COURSES: &[Course] = &[
    ("usage.active_people_30d", 7, |account, place, _| {
        people(account, place)
    }),
    ("usage.active_people_7d", 7, |account, place, _| {
        (people(account, place) * 0.6).round()
    }),
    ("usage.change_14d", 7, |account, place, _| {
        dice(account, place, 100) as f64 / 100.0 - 0.5
    }),
    ("usage.last_used", 7, |account, place, day| {
        number(day) - dice(account, place, 20) as f64
    }),
    ("people.experience", 28, |account, place, _| {
        dice(account, place, 40) as f64 / 10.0 - 2.0
    }),
    ("people.last_touch", 28, |account, place, day| {
        number(day) - dice(account, place, 60) as f64
    }),
    ("people.contacts", 84, |account, _, _| (account % 6) as f64),
    ("tickets.urgent", 28, |account, place, _| {
        (dice(account, place, 12) / 10) as f64
    }),
    ("tickets.open", 14, |account, place, _| {
        dice(account, place, 6) as f64
    }),
    ("tickets.reopened_90d", 28, |account, place, _| {
        (dice(account, place, 9) / 7) as f64
    }),
    ("money.overdue_invoices", 28, |account, place, _| {
        (dice(account, place, 30) / 28) as f64
    }),
    ("money.renewal", 365, |account, _, day| {
        number(day) + (account % 365) as f64
    }),
];

/// A value of a metric from a day on.
struct Measured {
    account: AccountId,
    metric: &'static str,
    day: Day,
    value: f64,
}

/// Open accounts with the numbers `numbers`.
pub(super) fn accounts(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    numbers: std::ops::Range<i64>,
) -> Result<Vec<(AccountId, i64)>, DbError> {
    let now = tx.now();
    let made: Vec<(AccountId, i64)> = numbers.map(|number| (tx.new_id(), number)).collect();
    let names: Vec<String> = made
        .iter()
        .map(|(_, number)| format!("account {number:06}"))
        .collect();
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into accounts (workspace_id, id, name, name_folded, website, version, created_at, changed_at)
                   values ($1, $2, $3, $3, null, 1, $4, $4)",
            pg: "insert into accounts (workspace_id, id, name, name_folded, website, version, created_at, changed_at)
                 select $1, r.id, r.name, r.name, null, 1, $4, $4
                 from unnest($2::bytea[], $3::text[]) as r (id, name)",
        },
        params![workspace, Value::list(&made, |(id, _)| id.to_param()), names[..], now],
    )?;
    Ok(made)
}

/// What each is measured at today.
pub(super) fn present(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[(AccountId, i64)],
    today: Day,
) -> Result<(), DbError> {
    let mut held = Vec::new();
    for (account, number) in accounts {
        for (metric, _, value) in COURSES {
            let (account, value) = (*account, value(*number, 0, today));
            held.push(Measured {
                account,
                metric,
                day: today,
                value,
            });
        }
    }
    days(tx, workspace, &held)?;
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into metric_now (workspace_id, account_id, metric, value, as_of, since)
                   values ($1, $2, $3, $4, null, $5)",
            pg: "insert into metric_now (workspace_id, account_id, metric, value, as_of, since)
                 select $1, r.account_id, r.metric, r.value, null, $5
                 from unnest($2::bytea[], $3::text[], $4::float8[]) as r (account_id, metric, value)",
        },
        params![
            workspace,
            Value::list(&held, |one| one.account.to_param()),
            Value::list(&held, |one| one.metric.to_param()),
            Value::list(&held, |one| Value::Real(one.value)),
            today
        ],
    )?;
    Ok(())
}

/// What each was measured at between two days, and how its health was.
pub(super) fn past(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[(AccountId, i64)],
    (from, until): (Day, Day),
) -> Result<(), DbError> {
    let span = from.days_until(until);
    let mut held = Vec::new();
    for (account, number) in accounts {
        for (metric, step, value) in COURSES {
            for place in 0..=span / step {
                let day = from.plus_days(place * step);
                let (account, value) = (*account, value(*number, place, day));
                held.push(Measured {
                    account,
                    metric,
                    day,
                    value,
                });
            }
        }
    }
    days(tx, workspace, &held)?;
    scores(tx, workspace, accounts, (from, span))?;
    revenue(tx, workspace, accounts, (from, span))
}

fn days(tx: &mut Tx<'_>, workspace: WorkspaceId, held: &[Measured]) -> Result<(), DbError> {
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into metric_days (workspace_id, account_id, metric, day, value, as_of)
                   values ($1, $2, $3, $4, $5, null)",
            pg: "insert into metric_days (workspace_id, account_id, metric, day, value, as_of)
                 select $1, r.account_id, r.metric, r.day, r.value, null
                 from unnest($2::bytea[], $3::text[], $4::text[], $5::float8[]) as r (account_id, metric, day, value)",
        },
        params![
            workspace,
            Value::list(held, |one| one.account.to_param()),
            Value::list(held, |one| one.metric.to_param()),
            Value::list(held, |one| one.day.to_param()),
            Value::list(held, |one| Value::Real(one.value))
        ],
    )?;
    Ok(())
}

fn scores(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[(AccountId, i64)],
    (from, span): (Day, i64),
) -> Result<(), DbError> {
    let mut held: Vec<(AccountId, Day, f64, &str)> = Vec::new();
    for (account, number) in accounts {
        for place in 0..=span / 7 {
            let falling = if number % 10 == 0 { place / 2 } else { 0 };
            let score = (70 + dice(*number, place, 25) - falling).clamp(0, 100);
            let band = if score < 55 {
                "red"
            } else if score < 75 {
                "amber"
            } else {
                "green"
            };
            held.push((*account, from.plus_days(place * 7), score as f64, band));
        }
    }
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into health_days (workspace_id, account_id, day, scorecard_id, version, score, confidence, band, parts, scored_at)
                   values ($1, $2, $3, $6, 1, $4, 0.8, $5, '[]', 0)",
            pg: "insert into health_days (workspace_id, account_id, day, scorecard_id, version, score, confidence, band, parts, scored_at)
                 select $1, r.account_id, r.day, $6, 1, r.score, 0.8, r.band, '[]', 0
                 from unnest($2::bytea[], $3::text[], $4::float8[], $5::text[]) as r (account_id, day, score, band)",
        },
        params![
            workspace,
            Value::list(&held, |one| one.0.to_param()),
            Value::list(&held, |one| one.1.to_param()),
            Value::list(&held, |one| Value::Real(one.2)),
            Value::list(&held, |one| one.3.to_param()),
            Uuid::nil()
        ],
    )?;
    Ok(())
}

/// A customer each since the first day; every twentieth is lost on its way, and most of those fell before.
fn revenue(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[(AccountId, i64)],
    (from, span): (Day, i64),
) -> Result<(), DbError> {
    let mut held: Vec<(AccountId, Day, &str, i64, bool)> = Vec::new();
    for (account, number) in accounts {
        let mrr = 10_000 + number % 500 * 100;
        held.push((*account, from, "new", mrr, true));
        if number % 20 == 0 {
            let lost = from.plus_days(span - dice(*number, 0, 300) - 1);
            held.push((*account, lost, "churn", -mrr, false));
        }
    }
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into ledger_movements (workspace_id, account_id, day, currency, kind, amount, closing, is_active)
                   values ($1, $2, $3, 'EUR', $4, $5, $6, $7)",
            pg: "insert into ledger_movements (workspace_id, account_id, day, currency, kind, amount, closing, is_active)
                 select $1, r.account_id, r.day, 'EUR', r.kind, r.amount, r.closing, r.is_active
                 from unnest($2::bytea[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::boolean[])
                   as r (account_id, day, kind, amount, closing, is_active)",
        },
        params![
            workspace,
            Value::list(&held, |one| one.0.to_param()),
            Value::list(&held, |one| one.1.to_param()),
            Value::list(&held, |one| one.2.to_param()),
            Value::list(&held, |one| Value::Int(one.3)),
            Value::list(&held, |one| Value::Int(one.3.max(0))),
            Value::list(&held, |one| Value::Bool(one.4))
        ],
    )?;
    Ok(())
}
