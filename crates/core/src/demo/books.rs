//! Who looks after the accounts of the sample data: rules, capacities, owners; a few accounts have nobody.

use kit::db::{Db, DbError, Tx};

use super::{DAY, DemoError};
use crate::accounts::Account;
use crate::actor::Actor;
use crate::agents::{Agent, AgentId};
use crate::assignment::{self, Capacity, Conditions, Method, RuleText, Target, rules};
use crate::ladders::{self, Ladder};
use crate::permissions::Role;
use crate::teams;

/// How many accounts one transaction gives away.
const BATCH: usize = 40;

/// Gives most of `made` to those who look after accounts, by their numbers.
pub(super) async fn look_after(
    db: &Db,
    actor: &Actor,
    agents: &[Agent],
    made: &[Account],
) -> Result<(), DemoError> {
    let able: Vec<AgentId> = agents
        .iter()
        .filter(|agent| matches!(agent.role, Role::SuccessManager | Role::SuccessLead))
        .map(|agent| agent.id)
        .collect();
    let whole: Vec<(usize, Account)> = made.iter().cloned().enumerate().collect();
    for batch in whole.chunks(BATCH) {
        let (batch, actor, able) = (batch.to_vec(), actor.clone(), able.clone());
        db.write(move |tx| {
            for (number, account) in &batch {
                hand_over(tx, &actor, &able, *number, account)?;
            }
            Ok::<_, DemoError>(())
        })
        .await?;
    }
    let actor = actor.clone();
    db.write(move |tx| set_up(tx, &actor, &able)).await
}

fn hand_over(
    tx: &mut Tx<'_>,
    actor: &Actor,
    able: &[AgentId],
    number: usize,
    account: &Account,
) -> Result<(), DemoError> {
    if number % 13 == 6 || able.is_empty() {
        return Ok(());
    }
    let agent = |at: usize| Some(able[at % able.len()]);
    tx.as_of(account.created_at, |tx| {
        assignment::give(tx, actor, account.id, agent(number))
    })
    .map_err(broken)?;
    let later = account.created_at.plus(DAY * 120);
    if number % 9 == 2 && later < tx.now() {
        tx.as_of(later, |tx| {
            assignment::give(tx, actor, account.id, agent(number + 1))
        })
        .map_err(broken)?;
    }
    Ok(())
}

fn set_up(tx: &mut Tx<'_>, actor: &Actor, able: &[AgentId]) -> Result<(), DemoError> {
    for (agent, most) in able.iter().zip([80, 120, 120]) {
        let capacity = Capacity {
            accounts: Some(most),
            ..Capacity::default()
        };
        assignment::set_capacity(tx, actor, *agent, &capacity).map_err(broken)?;
    }
    let tiers = ladders::open(tx, actor.workspace, Ladder::Tiers)?;
    let team = teams::all(tx, actor.workspace)?
        .into_iter()
        .find(|team| Some(&team.members) == Some(&sorted(able)));
    let top = Conditions {
        tier: tiers.last().map(|tier| tier.id),
        ..Conditions::default()
    };
    let lead = able.first().map(|agent| Target::Agent(*agent));
    let everybody = team.map(|team| Target::Team(team.id)).or(lead);
    for (name, conditions, target, method) in [
        ("Premium to the lead", top, lead, Method::LeastLoaded),
        (
            "Everybody else",
            Conditions::default(),
            everybody,
            Method::RoundRobin,
        ),
    ] {
        let text = RuleText {
            name: name.to_owned(),
            conditions,
            target,
            method,
        };
        rules::add(tx, actor, &text).map_err(broken)?;
    }
    Ok(())
}

fn sorted(able: &[AgentId]) -> Vec<AgentId> {
    let mut sorted = able.to_vec();
    sorted.sort();
    sorted
}

/// None of this can be refused but by the database.
fn broken(error: impl std::fmt::Display) -> DemoError {
    DemoError::Db(DbError::Schema(format!("the sample books: {error}")))
}
