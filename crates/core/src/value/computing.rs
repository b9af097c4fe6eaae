//! How an estimate is made: everything is read in one report, the models are made outside the database, and what accounts
//! are worth is written a few hundred at a time; the estimate counts from the moment its own row is there.

use std::collections::BTreeMap;

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{Db, DbError, Tx};
use kit::jobs::JobError;
use kit::money::{Currency, Money};

use super::contract::{self, Tenure};
use super::model::{AccountValue, Estimate, Models, Outcome, Reasons, Settings, ValueError};
use super::repeat::{self, Buyer};
use super::{ESTIMATED, EstimateId, store};
use crate::accounts::AccountId;
use crate::actor::Actor;
use crate::currencies::{self, Rates};
use crate::subscriptions::{self, Subscription};
use crate::workspaces::{self, WorkspaceId};
use crate::{events, orders};

/// How many accounts one transaction writes, and how many subscriptions one query reads.
const BATCH: usize = 500;

/// Why no estimate was made.
pub(super) enum Stopped {
    /// The job was cancelled or its node stops.
    Job(JobError),
    /// Something else.
    Value(ValueError),
}

impl From<ValueError> for Stopped {
    fn from(error: ValueError) -> Self {
        Self::Value(error)
    }
}

impl From<JobError> for Stopped {
    fn from(error: JobError) -> Self {
        Self::Job(error)
    }
}

/// What an estimate is made from.
struct Material {
    id: EstimateId,
    made_at: Timestamp,
    settings: Settings,
    rates: Rates,
    tenures: Vec<Tenure>,
    buyers: Vec<Buyer>,
    missing: Vec<Currency>,
}

/// Makes an estimate for `workspace`; `go_on` says when to stop.
pub(super) async fn estimate(
    db: &Db,
    workspace: WorkspaceId,
    go_on: &(dyn Fn() -> Result<(), JobError> + Sync),
) -> Result<(), Stopped> {
    let material = db.report(move |tx| read(tx, workspace)).await?;
    go_on()?;
    let (estimate, values) = tokio::task::spawn_blocking(move || value(&material))
        .await
        .map_err(|error| JobError::retry(error.to_string()))?;
    for batch in values.chunks(BATCH) {
        go_on()?;
        let (batch, id) = (batch.to_vec(), estimate.id);
        db.write(move |tx| {
            for one in &batch {
                store::insert_value(tx, workspace, id, one)?;
            }
            Ok::<_, ValueError>(())
        })
        .await?;
    }
    db.write(move |tx| publish(tx, workspace, &estimate)).await?;
    Ok(())
}

fn publish(tx: &mut Tx<'_>, workspace: WorkspaceId, estimate: &Estimate) -> Result<(), ValueError> {
    store::insert_estimate(tx, workspace, estimate)?;
    store::delete_older(tx, workspace, estimate.id)?;
    store::delete_request(tx, workspace)?;
    let event = events::NewEvent::of(&ESTIMATED, workspace).topic(super::LIST);
    let event = event.payload(serde_json::json!({
        "accounts": estimate.accounts,
        "currency": estimate.total.currency,
        "total": estimate.total.minor,
    }));
    events::record(tx, &Actor::system(workspace, "value"), event)?;
    Ok(())
}

fn read(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Material, ValueError> {
    let today = workspaces::today(tx, workspace)?;
    let rates = currencies::on(tx, workspace, today)?;
    let mut missing = Vec::new();
    let tenures = tenures(tx, workspace, &rates, &mut missing)?;
    let buyers = buyers(tx, workspace, &rates, &mut missing)?;
    missing.sort_unstable();
    missing.dedup();
    Ok(Material {
        id: tx.new_id(),
        made_at: tx.now(),
        settings: store::settings(tx, workspace)?.unwrap_or_default(),
        rates,
        tenures,
        buyers,
        missing,
    })
}

/// How long each account has been under contract.
fn tenures(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    rates: &Rates,
    missing: &mut Vec<Currency>,
) -> Result<Vec<Tenure>, DbError> {
    let mut by_account = BTreeMap::<AccountId, Vec<Subscription>>::new();
    let mut last = None;
    // A query for each few hundred: an account's subscriptions lie apart.
    loop {
        let part = subscriptions::walk(tx, workspace, last, BATCH as i64)?;
        let Some(end) = part.last() else { break };
        last = Some(end.id);
        for one in part {
            by_account.entry(one.account).or_default().push(one);
        }
    }
    Ok(by_account
        .into_values()
        .filter_map(|all| tenure(&all, rates, missing))
        .collect())
}

fn tenure(all: &[Subscription], rates: &Rates, missing: &mut Vec<Currency>) -> Option<Tenure> {
    let first = all.iter().min_by_key(|one| (one.starts, one.id))?;
    let last_end = all.iter().map(|one| one.end.as_ref().map(|end| end.day));
    let ends: Option<Vec<Day>> = last_end.collect();
    let sum = rates.sum(all.iter().map(|one| one.arr_on(rates.on)));
    missing.extend(&sum.missing);
    Some(Tenure {
        account: first.account,
        starts: first.starts,
        ends: ends.and_then(|ends| ends.into_iter().max()),
        term_months: first.renewal.term_months,
        yearly: sum.total.minor,
    })
}

/// The days on which accounts ordered, in the order of accounts and days.
fn buyers(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    rates: &Rates,
    missing: &mut Vec<Currency>,
) -> Result<Vec<Buyer>, DbError> {
    let mut buyers = Vec::<Buyer>::new();
    for (account, day, money) in orders::repeating::days(tx, workspace, rates.on)? {
        let Some(amount) = rates.convert(money) else {
            missing.push(money.currency);
            continue;
        };
        match buyers.last_mut().filter(|buyer| buyer.account == account) {
            None => buyers.push(Buyer {
                account,
                days: vec![(day, amount)],
            }),
            Some(buyer) => match buyer.days.last_mut().filter(|(last, _)| *last == day) {
                None => buyer.days.push((day, amount)),
                Some((_, sum)) => *sum = sum.saturating_add(amount),
            },
        }
    }
    Ok(buyers)
}

/// What all accounts are worth.
fn value(material: &Material) -> (Estimate, Vec<AccountValue>) {
    let (today, settings) = (material.rates.on, material.settings);
    let scale = material.rates.to.scale();
    let contract = contract::fit(&material.tenures, today);
    let repeat = repeat::fit(&material.buyers, today, scale);
    let mut all = BTreeMap::<AccountId, Reasons>::new();
    if let Outcome::Fitted(model) = &contract {
        for tenure in &material.tenures {
            if let Some(reason) = contract::worth(tenure, model, today, settings) {
                all.entry(tenure.account).or_default().contract = Some(reason);
            }
        }
    }
    if let Outcome::Fitted(model) = &repeat {
        for buyer in &material.buyers {
            let reason = repeat::worth(buyer, model, today, (settings, scale));
            all.entry(buyer.account).or_default().repeat = Some(reason);
        }
    }
    let values: Vec<AccountValue> = all
        .into_iter()
        .map(|(account, reasons)| valued(account, reasons))
        .collect();
    let estimate = Estimate {
        id: material.id,
        made_at: material.made_at,
        day: today,
        accounts: values.len() as i64,
        total: Money {
            minor: values.iter().map(|one| one.worth).sum(),
            currency: material.rates.to,
        },
        models: Models {
            settings,
            contract,
            repeat,
            missing: material.missing.clone(),
        },
    };
    (estimate, values)
}

fn valued(account: AccountId, reasons: Reasons) -> AccountValue {
    let contract = reasons.contract.map_or(0, |reason| reason.worth);
    let repeat = reasons.repeat.map_or(0, |reason| reason.worth);
    AccountValue {
        account,
        name: String::new(),
        worth: contract.saturating_add(repeat),
        reasons,
    }
}
