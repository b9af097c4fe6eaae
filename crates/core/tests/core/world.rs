//! The world of these tests: two workspaces, Ada the admin, Sam the support agent, Pat the product manager, and Eve, who
//! is admin of the other workspace and must see nothing.

use kit::db::{Db, DbError, Migration};
use tandem_core::accounts::{self, Account, AccountError, AccountText};
use tandem_core::actor::{Actor, Who};
use tandem_core::agents::{self, Agent, AgentError, NewAgent};
use tandem_core::permissions::{Permission, Role};
use tandem_core::workspaces::{self, NewWorkspace, Workspace, WorkspaceError};

/// The schema that core stands on.
pub(crate) const LISTS: &[&[Migration]] = &[kit::jobs::MIGRATIONS, tandem_core::MIGRATIONS];

pub(crate) struct World {
    pub(crate) workspace: Workspace,
    pub(crate) ada: Actor,
    pub(crate) sam: Actor,
    pub(crate) pat: Actor,
    pub(crate) eve: Actor,
}

impl World {
    pub(crate) async fn new(db: &Db) -> Self {
        let workspace = make_workspace(db, "Northwind").await;
        let other = make_workspace(db, "Elsewhere").await;
        Self {
            ada: actor(&workspace, &add_agent(db, &workspace, "Ada", Role::Admin).await),
            sam: actor(
                &workspace,
                &add_agent(db, &workspace, "Sam", Role::SupportAgent).await,
            ),
            pat: actor(
                &workspace,
                &add_agent(db, &workspace, "Pat", Role::ProductManager).await,
            ),
            eve: actor(&other, &add_agent(db, &other, "Eve", Role::Admin).await),
            workspace,
        }
    }
}

async fn make_workspace(db: &Db, name: &str) -> Workspace {
    let new = NewWorkspace {
        name: name.to_owned(),
        locale: "en".to_owned(),
        zone: "Europe/Warsaw".to_owned(),
    };
    db.write(move |tx| workspaces::create(tx, &new))
        .await
        .unwrap_or_else(|error: WorkspaceError| panic!("{error}"))
}

async fn add_agent(db: &Db, workspace: &Workspace, name: &str, role: Role) -> Agent {
    let new = NewAgent {
        name: name.to_owned(),
        email: format!("{name}@example.com"),
        role,
    };
    let actor = Actor::system(workspace.id, "tests");
    db.write(move |tx| agents::add(tx, &actor, &new))
        .await
        .unwrap_or_else(|error: AgentError| panic!("{error}"))
}

fn actor(workspace: &Workspace, agent: &Agent) -> Actor {
    agent.actor(workspace.id)
}

/// The same agent without a permission, as a role of the workspace's own has them.
pub(crate) fn without(actor: &Actor, missing: Permission) -> Actor {
    let mut actor = actor.clone();
    if let Who::Agent { permissions, .. } = &mut actor.who {
        *permissions = permissions.without([missing].into_iter().collect());
    }
    actor
}

pub(crate) fn text(name: &str) -> AccountText {
    AccountText {
        name: name.to_owned(),
        ..AccountText::default()
    }
}

pub(crate) async fn add_account(db: &Db, actor: &Actor, name: &str) -> Result<Account, AccountError> {
    let (actor, text) = (actor.clone(), text(name));
    db.write(move |tx| accounts::add(tx, &actor, &text)).await
}

/// The kinds of all events, in the order of their positions.
pub(crate) async fn kinds(db: &Db) -> Vec<String> {
    tandem_core::events::give_positions(db).await.unwrap();
    let all = db
        .read(|tx| tandem_core::events::after(tx, Default::default(), 1_000))
        .await;
    all.unwrap_or_else(|error: DbError| panic!("{error}"))
        .into_iter()
        .map(|event| event.kind)
        .collect()
}
