//! The world of these tests: Ada the admin and Sam the support agent of one workspace, Eve of another, who must see nothing.

use kit::db::{Db, Migration};
use tandem_core::accounts::{self, AccountId, AccountText};
use tandem_core::actor::Actor;
use tandem_core::agents::{self, NewAgent};
use tandem_core::contacts::memberships::MembershipText;
use tandem_core::contacts::{self, ContactId, ContactText, Introduction};
use tandem_core::permissions::Role;
use tandem_core::workspaces::{self, NewWorkspace, WorkspaceId};

/// The schema that success stands on.
pub(crate) const LISTS: &[&[Migration]] = &[
    kit::jobs::MIGRATIONS,
    kit::blob::MIGRATIONS,
    tandem_core::MIGRATIONS,
    success::MIGRATIONS,
];

pub(crate) struct World {
    pub(crate) workspace: WorkspaceId,
    pub(crate) ada: Actor,
    pub(crate) sam: Actor,
    pub(crate) eve: Actor,
    pub(crate) account: AccountId,
    pub(crate) contact: ContactId,
}

impl World {
    pub(crate) async fn new(db: &Db) -> Self {
        let (workspace, other) = (workspace(db, "Northwind").await, workspace(db, "Elsewhere").await);
        let ada = agent(db, workspace, "Ada", Role::Admin).await;
        let (account, contact) = customer(db, &ada).await;
        Self {
            workspace,
            sam: agent(db, workspace, "Sam", Role::SupportAgent).await,
            eve: agent(db, other, "Eve", Role::Admin).await,
            ada,
            account,
            contact,
        }
    }
}

async fn workspace(db: &Db, name: &str) -> WorkspaceId {
    let new = NewWorkspace {
        name: name.to_owned(),
        locale: "en".to_owned(),
        zone: "Europe/Warsaw".to_owned(),
    };
    db.write(move |tx| workspaces::create(tx, &new)).await.unwrap().id
}

async fn agent(db: &Db, workspace: WorkspaceId, name: &str, role: Role) -> Actor {
    let new = NewAgent {
        name: name.to_owned(),
        email: format!("{name}@example.com"),
        role,
    };
    let actor = Actor::system(workspace, "tests");
    let agent = db.write(move |tx| agents::add(tx, &actor, &new)).await.unwrap();
    agent.actor(workspace)
}

async fn customer(db: &Db, ada: &Actor) -> (AccountId, ContactId) {
    let ada = ada.clone();
    db.write(move |tx| {
        let text = AccountText {
            name: "Acme".to_owned(),
            ..AccountText::default()
        };
        let account = accounts::add(tx, &ada, &text).unwrap().id;
        let text = ContactText {
            name: "Leyla".to_owned(),
            ..ContactText::default()
        };
        let introduction = Introduction {
            identities: Vec::new(),
            membership: Some((account, MembershipText::default())),
        };
        let contact = contacts::add(tx, &ada, &text, &introduction).unwrap().id;
        Ok::<_, kit::db::DbError>((account, contact))
    })
    .await
    .unwrap()
}
