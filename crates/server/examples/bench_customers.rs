//! How soon the pages of customers are answered at a hundred thousand accounts, a million contacts and five million
//! touchpoints, in the built program.
//!
//! `cargo xtask bench customers [ACCOUNTS]`. The rows are loaded as they lie in the tables; movements are derived by the
//! ledger itself. Time is counted from sending a request until the last byte of its answer, one request after the other.

#![allow(clippy::print_stdout, reason = "it prints tables")]
#![allow(
    clippy::disallowed_methods,
    reason = "where things are comes from the environment, and real time is measured"
)]

use std::time::{Duration, Instant};

use kit::clock::{Clock, Timestamp};
use kit::db::{Db, DbConfig, DbError, Location, ToParam, Tx, Value};
use kit::id::{Ids, TypedId, Uuid};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::ladders::{self, Ladder, Rung, RungId};
use tandem_core::ledger;
use tandem_core::tags::TagId;
use tandem_core::workspaces::{self, WorkspaceId};
use testkit::program::{Node, Program, ask};

/// People and touchpoints of an account.
const CONTACTS: usize = 10;
const TOUCHPOINTS: usize = 50;
/// Accounts that are loaded in one transaction.
const PART: usize = 1_000;
/// Requests of each kind, after some that warm everything up.
const ASKED: usize = 200;
const WARM: usize = 10;

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[tokio::main]
async fn main() -> Outcome {
    let binary = std::env::var("TANDEM_BENCH_BINARY")?;
    let accounts = std::env::args().nth(1).and_then(|rows| rows.parse().ok());
    let accounts: usize = accounts.unwrap_or(100_000);
    let program = Program::new(&binary).with("log_level", "warn,server=info");
    let token = program.token();
    let file = program.data().join("tandem.sqlite");
    println!("| where | page | p50 | p99 | slowest |");
    println!("|---|---|---:|---:|---:|");
    let ids = load(Location::File(file), accounts).await?;
    measure("SQLite", &program.serve(), &token, &ids)?;
    if let Ok(url) = std::env::var("TANDEM_BENCH_POSTGRES") {
        let program = Program::new(&binary)
            .with("log_level", "warn,server=info")
            .with("database_url", &url);
        let token = program.token();
        let ids = load(Location::Postgres(url), accounts).await?;
        measure("PostgreSQL", &program.serve(), &token, &ids)?;
    }
    Ok(())
}

fn measure(place: &str, node: &Node, token: &str, (ids, rungs): &(Vec<AccountId>, Rungs)) -> Outcome {
    let some = |number: usize| ids[number * 7_919 % ids.len()];
    let pages: &[(&str, &dyn Fn(usize) -> String)] = &[
        ("accounts by name", &|_| "/accounts".to_owned()),
        ("accounts, the last changed first", &|_| {
            "/accounts?sort=-changed".to_owned()
        }),
        ("accounts, what they bring", &|_| "/accounts?sort=-arr".to_owned()),
        ("a part of the name", &|number| {
            format!("/accounts?q=account+{:04}", number * 37 % 10_000)
        }),
        ("a tier, by what they bring", &|number| {
            format!("/accounts?tier={}&sort=-arr", rungs.tiers[number % rungs.tiers.len()])
        }),
        ("a stage, the last changed first", &|number| {
            let stage = rungs.stages[number % rungs.stages.len()];
            format!("/accounts?stage={stage}&sort=-changed")
        }),
        ("a tag of one in a hundred, by name", &|_| {
            format!("/accounts?tag={}", rungs.tag)
        }),
        ("tag, tier, stage and state, by what they bring", &|number| {
            let (tier, stage) = (rungs.tiers[number % rungs.tiers.len()], rungs.stages[number % rungs.stages.len()]);
            format!("/accounts?tag={}&tier={tier}&stage={stage}&state=open&sort=-arr", rungs.tag)
        }),
        ("renewing within ninety days, by name", &|_| "/accounts?renews=90".to_owned()),
        ("account", &|number| format!("/accounts/{}", some(number))),
        ("its contacts", &|number| {
            format!("/accounts/{}/contacts", some(number))
        }),
        ("its timeline", &|number| {
            format!("/accounts/{}/touchpoints", some(number))
        }),
        ("its subscriptions", &|number| {
            format!("/accounts/{}/subscriptions", some(number))
        }),
        ("its history", &|number| {
            format!("/accounts/{}/history", some(number))
        }),
        ("contacts by name", &|_| "/contacts".to_owned()),
        ("retention over 36 months", &|_| {
            "/retention?from=2023-12-01&last=2026-11-01".to_owned()
        }),
    ];
    for (name, path) in pages {
        let mut spans = Vec::with_capacity(ASKED);
        for number in 0..WARM + ASKED {
            let line = format!("GET {}", path(number));
            let begin = Instant::now();
            let answer = ask(node.address, &line, token, "accept: text/html\r\n")?;
            if answer.status != 200 {
                return Err(format!("{line}: {}", answer.status).into());
            }
            if number >= WARM {
                spans.push(begin.elapsed());
            }
        }
        spans.sort_unstable();
        let at = |share: f64| millis(spans[((spans.len() - 1) as f64 * share) as usize]);
        println!(
            "| {place} | {name} | {:.1} ms | {:.1} ms | {:.1} ms |",
            at(0.5),
            at(0.99),
            at(1.0)
        );
    }
    Ok(())
}

fn millis(span: Duration) -> f64 {
    span.as_secs_f64() * 1e3
}

/// Fills the only workspace.
async fn load(location: Location, accounts: usize) -> Outcome<(Vec<AccountId>, Rungs)> {
    let db = Db::open(&DbConfig::new(location), Clock::system(), Ids::random())?;
    let all = db.read(workspaces::all).await?;
    let workspace = all.first().ok_or("no workspace")?.id;
    let product = db.load(move |tx| product(tx, workspace)).await?;
    let rungs = db.load(move |tx| rungs(tx, workspace)).await?;
    let mut ids = Vec::with_capacity(accounts);
    for part in 0..accounts.div_ceil(PART) {
        let numbers = part * PART..((part + 1) * PART).min(accounts);
        let rungs = rungs.clone();
        let loaded = db.load(move |tx| customers(tx, workspace, (product, &rungs), numbers.clone()));
        ids.extend(loaded.await?);
    }
    for part in ids.chunks(PART) {
        let part = part.to_vec();
        db.load(move |tx| part.iter().try_for_each(|id| ledger::derive(tx, workspace, *id)))
            .await?;
    }
    db.close().await;
    Ok((ids, rungs))
}

/// What accounts are filtered by.
#[derive(Clone, Debug)]
struct Rungs {
    tiers: Vec<RungId>,
    stages: Vec<RungId>,
    tag: TagId,
}

fn rungs(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Rungs, DbError> {
    let ids = |rungs: Vec<Rung>| rungs.into_iter().map(|rung| rung.id).collect();
    let (tag, now) = (tx.new_id::<TagId>(), tx.now());
    tx.execute(
        sql!(
            "insert into tags (workspace_id, id, name, name_folded, colour, version, created_at)
             values ($1, $2, 'bench', 'bench', 'grey', 1, $3)"
        ),
        params![workspace, tag, now],
    )?;
    Ok(Rungs {
        tiers: ids(ladders::open(tx, workspace, Ladder::Tiers)?),
        stages: ids(ladders::open(tx, workspace, Ladder::Stages)?),
        tag,
    })
}

fn product(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Uuid, DbError> {
    let (id, now) = (tx.new_uuid(), tx.now());
    tx.execute(
        sql!(
            "insert into products (workspace_id, id, name, name_folded, version, created_at)
             values ($1, $2, 'Flow', 'flow', 1, $3)"
        ),
        params![workspace, id, now],
    )?;
    Ok(id)
}

/// A row of a table with its own id and that of what it belongs to.
struct Part {
    id: Uuid,
    of: Uuid,
    number: i64,
    text: String,
}

fn parts(tx: &Tx<'_>, of: &[Part], each: usize, text: &str) -> Vec<Part> {
    let all = of
        .iter()
        .flat_map(|owner| (0..each).map(move |place| (owner, place)));
    all.map(|(owner, place)| {
        let number = owner.number * each as i64 + place as i64;
        Part {
            id: tx.new_uuid(),
            of: owner.id,
            number,
            text: format!("{text} {number}"),
        }
    })
    .collect()
}

fn id(part: &Part) -> Value<'_> {
    part.id.to_param()
}

fn of(part: &Part) -> Value<'_> {
    part.of.to_param()
}

fn text(part: &Part) -> Value<'_> {
    part.text.to_param()
}

fn customers(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (product, rungs): (Uuid, &Rungs),
    numbers: std::ops::Range<usize>,
) -> Result<Vec<AccountId>, DbError> {
    let now = tx.now();
    let accounts: Vec<Part> = numbers
        .map(|number| Part {
            id: tx.new_uuid(),
            of: Uuid::nil(),
            number: number as i64,
            text: format!("account {:06}", number * 7_919 % 1_000_003),
        })
        .collect();
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into accounts (workspace_id, id, name, name_folded, website, version, created_at, changed_at)
                   values ($1, $2, $3, $3, null, 1, $4, $4)",
            pg: "insert into accounts (workspace_id, id, name, name_folded, website, version, created_at, changed_at)
                 select $1, r.id, r.name, r.name, null, 1, r.at, r.at
                 from unnest($2::bytea[], $3::text[], $4::bigint[]) as r (id, name, at)",
        },
        params![
            workspace,
            Value::list(&accounts, id),
            Value::list(&accounts, text),
            Value::list(&accounts, |part| Value::Int(now.0 - part.number * 1_000_000))
        ],
    )?;
    standing(tx, workspace, &accounts, rungs)?;
    people(tx, workspace, &accounts)?;
    contracts(tx, workspace, product, &accounts)?;
    timeline(tx, workspace, &accounts, now)?;
    Ok(accounts
        .iter()
        .map(|account| AccountId::from_uuid(account.id))
        .collect())
}

/// Tier, stage and worth of each, and a tag on one in a hundred.
fn standing(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[Part],
    rungs: &Rungs,
) -> Result<(), DbError> {
    let now = tx.now();
    let of = |all: &[RungId]| -> Vec<RungId> {
        let place = |part: &Part| usize::try_from(part.number).unwrap_or_default() % all.len();
        accounts.iter().map(|part| all[place(part)]).collect()
    };
    let (tiers, stages) = (of(&rungs.tiers), of(&rungs.stages));
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
        params![workspace, Value::list(&tagged, |part| part.id.to_param()), rungs.tag, now],
    )?;
    worths(tx, workspace, accounts)
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

fn people(tx: &mut Tx<'_>, workspace: WorkspaceId, accounts: &[Part]) -> Result<(), DbError> {
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
fn contracts(
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
fn timeline(
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
