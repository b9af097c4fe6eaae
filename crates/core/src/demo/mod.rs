//! Sample data of `core`: a workspace, its people, its accounts and what happened to them.
//!
//! The generator replays a history through the ordinary verbs: it moves a manual clock from day to day and does what
//! people would have done, so every row, event and job is as real as any. The same seed and size make the same data.

mod books;
mod money;
pub(crate) mod names;
mod people;
mod shape;

use std::time::Duration;

use kit::clock::{Clock, Timestamp};
use kit::db::{Db, DbError};
use kit::id::Ids;

use crate::accounts::{self, Account, AccountError, AccountText};
use crate::actor::Actor;
use crate::agents::{self, Agent, AgentError, NewAgent};
use crate::contacts::{self, ContactError};
use crate::permissions::Role;
use crate::touchpoints::{self, TouchpointError};
use crate::workspaces::{self, NewWorkspace, Workspace, WorkspaceError};

const DAY: Duration = Duration::from_secs(86_400);

/// What to make.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The same seed makes the same data.
    pub seed: u64,
    /// How many accounts.
    pub accounts: usize,
    /// How many days of history.
    pub days: u32,
    /// When the history ends.
    pub end: Timestamp,
}

/// What was made, for the parts of other features to build on.
#[derive(Clone, Debug)]
pub struct Cast {
    /// The workspace.
    pub workspace: Workspace,
    /// Its agents.
    pub agents: Vec<Agent>,
    /// Its accounts.
    pub accounts: Vec<Account>,
}

/// Why nothing was made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The workspace could not be made.
    #[error(transparent)]
    Workspace(#[from] WorkspaceError),
    /// An agent could not be added.
    #[error(transparent)]
    Agent(#[from] AgentError),
    /// An account could not be added or changed.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// A contact could not be added.
    #[error(transparent)]
    Contact(#[from] ContactError),
    /// A touchpoint could not be written down.
    #[error(transparent)]
    Touchpoint(#[from] TouchpointError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Makes the sample data in an empty database whose clock is `clock`, a manual one. `progress` hears of done and total
/// accounts.
///
/// # Errors
/// [`DemoError`]; the data made so far stays.
pub async fn fill(
    db: &Db,
    clock: &Clock,
    plan: &Plan,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Cast, DemoError> {
    let start = plan.end.minus(DAY * plan.days);
    clock.set(start);
    let (workspace, agents) = db.write(open_office).await?;
    let dice = Ids::seeded(plan.seed ^ 0x5EED);
    let people = Ids::seeded(plan.seed ^ 0xFACE);
    let mut made = Vec::with_capacity(plan.accounts);
    for day in 0..plan.days {
        clock.set(start.plus(DAY * day + Duration::from_secs(8 * 3_600)));
        let wanted = plan.accounts * (day as usize + 1) / plan.days as usize;
        let news: Vec<_> = (made.len()..wanted)
            .map(|number| names::account(number, &dice))
            .collect();
        let came = a_day(db, &workspace, &agents, news, &dice).await?;
        introduce(db, &workspace, &agents, &came, &people).await?;
        made.extend(came);
        speak(db, &workspace, &agents, &made, &people).await?;
        turn_over(db, &workspace, &agents, &mut made, &dice).await?;
        progress(made.len(), plan.accounts);
    }
    clock.set(plan.end);
    books::look_after(db, &Actor::system(workspace.id, "demo"), &agents, &made).await?;
    shape::describe(db, &Actor::system(workspace.id, "demo"), &made).await?;
    money::subscribe(db, &Actor::system(workspace.id, "demo"), &made, &dice).await?;
    Ok(Cast {
        workspace,
        agents,
        accounts: made,
    })
}

fn open_office(tx: &mut kit::db::Tx<'_>) -> Result<(Workspace, Vec<Agent>), DemoError> {
    let new = NewWorkspace {
        name: "Fernweh Software".into(),
        locale: "en".into(),
        zone: "Europe/Warsaw".into(),
    };
    let workspace = workspaces::create(tx, &new)?;
    let actor = Actor::system(workspace.id, "demo");
    let mut team = Vec::new();
    for (name, role) in names::TEAM {
        let email = format!("{}@fernweh.example", names::mailbox(name));
        team.push(agents::add(
            tx,
            &actor,
            &NewAgent {
                name: (*name).to_owned(),
                email,
                role: *role,
            },
        )?);
    }
    people::organise(tx, &actor, &team)?;
    Ok((workspace, team))
}

/// The accounts that come on one day.
async fn a_day(
    db: &Db,
    workspace: &Workspace,
    agents: &[Agent],
    news: Vec<AccountText>,
    dice: &Ids,
) -> Result<Vec<Account>, DemoError> {
    if news.is_empty() {
        return Ok(Vec::new());
    }
    let actor = someone(workspace, agents, dice);
    db.write(move |tx| {
        let added: Result<Vec<_>, AccountError> =
            news.iter().map(|text| accounts::add(tx, &actor, text)).collect();
        Ok(added?)
    })
    .await
}

/// The people at the accounts that came on one day.
async fn introduce(
    db: &Db,
    workspace: &Workspace,
    agents: &[Agent],
    came: &[Account],
    dice: &Ids,
) -> Result<(), DemoError> {
    let mut news = Vec::with_capacity(came.len());
    for account in came {
        // A closure may run again: each time with the same dice.
        let who = someone(workspace, agents, dice);
        news.push((who, account.clone(), dice.below(u64::MAX)));
    }
    if news.is_empty() {
        return Ok(());
    }
    db.write(move |tx| {
        for (actor, account, seed) in &news {
            contacts::demo::people(tx, actor, account, &Ids::seeded(*seed))?;
        }
        Ok(())
    })
    .await
}

/// Somebody speaks with one account in eight.
async fn speak(
    db: &Db,
    workspace: &Workspace,
    agents: &[Agent],
    made: &[Account],
    dice: &Ids,
) -> Result<(), DemoError> {
    let mut talks = Vec::new();
    for _ in 0..made.len().div_ceil(8) {
        let place = usize::try_from(dice.below(made.len() as u64)).expect("an index fits");
        let who = someone(workspace, agents, dice);
        talks.push((who, made[place].clone(), dice.below(u64::MAX)));
    }
    if talks.is_empty() {
        return Ok(());
    }
    db.write(move |tx| {
        for (actor, account, seed) in &talks {
            touchpoints::demo::speak(tx, actor, account, &Ids::seeded(*seed))?;
        }
        Ok(())
    })
    .await
}

/// Now and then an account moves house or goes.
async fn turn_over(
    db: &Db,
    workspace: &Workspace,
    agents: &[Agent],
    made: &mut [Account],
    dice: &Ids,
) -> Result<(), DemoError> {
    if made.len() < 10 || dice.below(3) != 0 {
        return Ok(());
    }
    let place = usize::try_from(dice.below(made.len() as u64)).expect("an index fits");
    let account = made[place].clone();
    let actor = someone(workspace, agents, dice);
    let leaves = dice.below(4) == 0;
    let website = match &account.website {
        Some(website) => format!("www.{}", website.trim_start_matches("www.")),
        None => format!("site-{place}.example.com"),
    };
    made[place] = db
        .write(move |tx| match (leaves, account.is_open()) {
            (true, true) => accounts::close(tx, &actor, account.id),
            (true, false) => accounts::reopen(tx, &actor, account.id),
            (false, _) => {
                let text = AccountText {
                    name: account.name.clone(),
                    website: Some(website.clone()),
                    kind: account.kind,
                };
                accounts::change(tx, &actor, account.id, account.version, &text)
            }
        })
        .await?;
    Ok(())
}

/// One of those who look after accounts.
fn someone(workspace: &Workspace, agents: &[Agent], dice: &Ids) -> Actor {
    let able: Vec<_> = agents
        .iter()
        .filter(|agent| matches!(agent.role, Role::SuccessManager | Role::SuccessLead))
        .collect();
    let place = usize::try_from(dice.below(able.len() as u64)).expect("an index fits");
    able[place].actor(workspace.id)
}
