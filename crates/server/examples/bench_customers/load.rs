//! Filling the only workspace with rows as they lie in the tables.

use kit::clock::Clock;
use kit::db::{Db, DbConfig, DbError, Location, ToParam, Tx, Value};
use kit::id::{Ids, TypedId, Uuid};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::ladders::{self, Ladder, Rung, RungId};
use tandem_core::ledger;
use tandem_core::tags::TagId;
use tandem_core::workspaces::{self, WorkspaceId};

use super::Outcome;
use super::rows::{contracts, people, standing, timeline};

/// Accounts that are loaded in one transaction.
const PART: usize = 1_000;

/// Fills the only workspace.
pub(super) async fn load(location: Location, accounts: usize) -> Outcome<(Vec<AccountId>, Rungs)> {
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
pub(super) struct Rungs {
    pub(super) tiers: Vec<RungId>,
    pub(super) stages: Vec<RungId>,
    pub(super) tag: TagId,
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
pub(super) struct Part {
    pub(super) id: Uuid,
    pub(super) of: Uuid,
    pub(super) number: i64,
    pub(super) text: String,
}

pub(super) fn parts(tx: &Tx<'_>, of: &[Part], each: usize, text: &str) -> Vec<Part> {
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

pub(super) fn id(part: &Part) -> Value<'_> {
    part.id.to_param()
}

pub(super) fn of(part: &Part) -> Value<'_> {
    part.of.to_param()
}

pub(super) fn text(part: &Part) -> Value<'_> {
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
