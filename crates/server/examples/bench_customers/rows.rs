//! What hangs on accounts: where they stand, people, contracts, what happened.

use kit::clock::Timestamp;
use kit::db::{DbError, ToParam, Tx, Value};
use kit::id::Uuid;
use kit::{params, sql};
use tandem_core::ladders::RungId;
use tandem_core::workspaces::WorkspaceId;

use super::load::{Part, Rungs, id, of, parts, text};

/// People and touchpoints of an account.
const CONTACTS: usize = 10;
const TOUCHPOINTS: usize = 50;

/// Tier, stage and worth of each, and a tag on one in a hundred.
pub(super) fn standing(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[Part],
    rungs: &Rungs,
) -> Result<(), DbError> {
    let now = tx.now();
    let each = |all: &[RungId]| -> Vec<RungId> {
        let place = |part: &Part| usize::try_from(part.number).unwrap_or_default() % all.len();
        accounts.iter().map(|part| all[place(part)]).collect()
    };
    let (tiers, stages) = (each(&rungs.tiers), each(&rungs.stages));
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into account_tiers (workspace_id, account_id, rung_id, is_pinned, reason, set_by, set_at)
                   values ($1, $2, $3, $4, '', 'bench', $5)",
            pg: "insert into account_tiers (workspace_id, account_id, rung_id, is_pinned, reason, set_by, set_at)
                 select $1, r.account_id, r.rung_id, $4, '', 'bench', $5
                 from unnest($2::bytea[], $3::bytea[]) as r (account_id, rung_id)",
        },
        params![
            workspace,
            Value::list(accounts, id),
            Value::list(&tiers, ToParam::to_param),
            false,
            now
        ],
    )?;
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into account_stages (workspace_id, account_id, number, rung_id, set_by, since_at)
                   values ($1, $2, 1, $3, 'bench', $4)",
            pg: "insert into account_stages (workspace_id, account_id, number, rung_id, set_by, since_at)
                 select $1, r.account_id, 1, r.rung_id, 'bench', $4
                 from unnest($2::bytea[], $3::bytea[]) as r (account_id, rung_id)",
        },
        params![
            workspace,
            Value::list(accounts, id),
            Value::list(&stages, ToParam::to_param),
            now
        ],
    )?;
    tagged(tx, workspace, accounts, rungs)?;
    worths(tx, workspace, accounts)
}

fn tagged(tx: &mut Tx<'_>, workspace: WorkspaceId, accounts: &[Part], rungs: &Rungs) -> Result<(), DbError> {
    let now = tx.now();
    let tagged: Vec<&Part> = accounts.iter().filter(|part| part.number % 100 == 0).collect();
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into tag_uses (workspace_id, noun, subject_id, tag_id, tagged_by, tagged_at)
                   values ($1, 'account', $2, $3, 'bench', $4)",
            pg: "insert into tag_uses (workspace_id, noun, subject_id, tag_id, tagged_by, tagged_at)
                 select $1, 'account', r.id, $3, 'bench', $4
                 from unnest($2::bytea[]) as r (id)",
        },
        params![
            workspace,
            Value::list(&tagged, |part| part.id.to_param()),
            rungs.tag,
            now
        ],
    )?;
    Ok(())
}

fn worths(tx: &mut Tx<'_>, workspace: WorkspaceId, accounts: &[Part]) -> Result<(), DbError> {
    let arr = |part: &Part| Value::Int(12 * (1_000 + part.number % 500));
    let days: Vec<String> = accounts.iter().map(|part| month(36 + part.number % 12)).collect();
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into account_worths (workspace_id, account_id, mrr, arr, currency, is_whole, subscriptions, renews, counted_on)
                   values ($1, $2, $3 / 12, $3, 'EUR', $4, 1, $5, '2026-11-01')",
            pg: "insert into account_worths (workspace_id, account_id, mrr, arr, currency, is_whole, subscriptions, renews, counted_on)
                 select $1, r.id, r.arr / 12, r.arr, 'EUR', $4, 1, r.renews, '2026-11-01'
                 from unnest($2::bytea[], $3::bigint[], $5::text[]) as r (id, arr, renews)",
        },
        params![workspace, Value::list(accounts, id), Value::list(accounts, arr), true, days[..]],
    )?;
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "update accounts set arr = $3 where workspace_id = $1 and id = $2",
            pg: "update accounts set arr = r.arr
                 from unnest($2::bytea[], $3::bigint[]) as r (id, arr)
                 where accounts.workspace_id = $1 and accounts.id = r.id",
        },
        params![workspace, Value::list(accounts, id), Value::list(accounts, arr)],
    )?;
    Ok(())
}

pub(super) fn people(tx: &mut Tx<'_>, workspace: WorkspaceId, accounts: &[Part]) -> Result<(), DbError> {
    let (contacts, now) = (parts(tx, accounts, CONTACTS, "contact"), tx.now());
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into contacts (workspace_id, id, root_id, name, name_folded, note, version, created_at, changed_at)
                   values ($1, $2, $2, $3, $3, '', 1, $4, $4)",
            pg: "insert into contacts (workspace_id, id, root_id, name, name_folded, note, version, created_at, changed_at)
                 select $1, r.id, r.id, r.name, r.name, '', 1, $4, $4
                 from unnest($2::bytea[], $3::text[]) as r (id, name)",
        },
        params![workspace, Value::list(&contacts, id), Value::list(&contacts, text), now],
    )?;
    let standing = parts(tx, &contacts, 1, "");
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into memberships (workspace_id, id, contact_id, account_id, title, is_champion, is_decision_maker, is_user, is_billing, created_at)
                   values ($1, $2, $3, $4, '', $5, $5, $5, $5, $6)",
            pg: "insert into memberships (workspace_id, id, contact_id, account_id, title, is_champion, is_decision_maker, is_user, is_billing, created_at)
                 select $1, r.id, r.contact_id, r.account_id, '', $5, $5, $5, $5, $6
                 from unnest($2::bytea[], $3::bytea[], $4::bytea[]) as r (id, contact_id, account_id)",
        },
        params![
            workspace,
            Value::list(&standing, id),
            Value::list(&standing, of),
            Value::list(&contacts, of),
            false,
            now
        ],
    )?;
    Ok(())
}

/// The first day of a month, counted from December 2023.
fn month(number: i64) -> String {
    format!("{}-{:02}-01", 2023 + (number + 11) / 12, (number + 11) % 12 + 1)
}

/// A subscription each, begun in one of the last 36 months.
pub(super) fn contracts(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    product: Uuid,
    accounts: &[Part],
) -> Result<(), DbError> {
    let (contracts, now) = (parts(tx, accounts, 1, ""), tx.now());
    let starts: Vec<String> = contracts.iter().map(|part| month(part.number % 36)).collect();
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into subscriptions (workspace_id, id, account_id, product_id, currency, period_months, starts, term_months, notice_days, auto_renew, renews, version, created_at, changed_at)
                   values ($1, $2, $3, $4, 'EUR', 1, $5, 12, 30, $6, '2027-06-01', 1, $7, $7)",
            pg: "insert into subscriptions (workspace_id, id, account_id, product_id, currency, period_months, starts, term_months, notice_days, auto_renew, renews, version, created_at, changed_at)
                 select $1, r.id, r.account_id, $4, 'EUR', 1, r.starts, 12, 30, $6, '2027-06-01', 1, $7, $7
                 from unnest($2::bytea[], $3::bytea[], $5::text[]) as r (id, account_id, starts)",
        },
        params![
            workspace,
            Value::list(&contracts, id),
            Value::list(&contracts, of),
            product,
            starts[..],
            true,
            now
        ],
    )?;
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into subscription_prices (workspace_id, subscription_id, since, seats, price, discount)
                   values ($1, $2, $3, 1, $4, 0)",
            pg: "insert into subscription_prices (workspace_id, subscription_id, since, seats, price, discount)
                 select $1, r.id, r.since, 1, r.price, 0
                 from unnest($2::bytea[], $3::text[], $4::bigint[]) as r (id, since, price)",
        },
        params![
            workspace,
            Value::list(&contracts, id),
            starts[..],
            Value::list(&contracts, |part| Value::Int(1_000 + part.number % 500))
        ],
    )?;
    ends(tx, workspace, &contracts)
}

/// Every fourth ends after half a year.
fn ends(tx: &mut Tx<'_>, workspace: WorkspaceId, contracts: &[Part]) -> Result<(), DbError> {
    let now = tx.now();
    let ended: Vec<(&Part, String)> = contracts
        .iter()
        .filter(|part| part.number % 4 == 0 && part.number % 36 < 29)
        .map(|part| (part, month(part.number % 36 + 6)))
        .collect();
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into subscription_ends (workspace_id, subscription_id, day, reason, ended_by, ended_at)
                   values ($1, $2, $3, 'other', 'bench', $4)",
            pg: "insert into subscription_ends (workspace_id, subscription_id, day, reason, ended_by, ended_at)
                 select $1, r.id, r.day, 'other', 'bench', $4
                 from unnest($2::bytea[], $3::text[]) as r (id, day)",
        },
        params![
            workspace,
            Value::list(&ended, |(part, _)| part.id.to_param()),
            Value::list(&ended, |(_, day)| day.to_param()),
            now
        ],
    )?;
    Ok(())
}

/// Touchpoints of the last three years, some with an impression.
pub(super) fn timeline(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[Part],
    now: Timestamp,
) -> Result<(), DbError> {
    let touchpoints = parts(tx, accounts, TOUCHPOINTS, "call");
    let impression = |part: &Part| match part.number % 5 {
        0 => Value::Int(part.number / 5 % 5 - 2),
        _ => Value::Null,
    };
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into touchpoints (workspace_id, id, account_id, kind, channel, direction, author, summary, happened_at, recorded_at, impression)
                   values ($1, $2, $3, 'call', 'phone', 'both', 'bench', $4, $5, $5, $6)",
            pg: "insert into touchpoints (workspace_id, id, account_id, kind, channel, direction, author, summary, happened_at, recorded_at, impression)
                 select $1, r.id, r.account_id, 'call', 'phone', 'both', 'bench', r.summary, r.at, r.at, r.impression
                 from unnest($2::bytea[], $3::bytea[], $4::text[], $5::bigint[], $6::bigint[]) as r (id, account_id, summary, at, impression)",
        },
        params![
            workspace,
            Value::list(&touchpoints, id),
            Value::list(&touchpoints, of),
            Value::list(&touchpoints, text),
            Value::list(&touchpoints, |part| Value::Int(
                now.0 - part.number * 7_919 % 94_608_000 * 1_000_000
            )),
            Value::list(&touchpoints, impression)
        ],
    )?;
    Ok(())
}
