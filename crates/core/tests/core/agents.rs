//! Agents: who may add them, and who must stay.

use tandem_core::agents::{self, AgentError, NewAgent};
use tandem_core::permissions::Role;
use testkit::on_both;

use crate::world::{LISTS, World};

fn new(email: &str) -> NewAgent {
    NewAgent {
        name: "Someone".to_owned(),
        email: email.to_owned(),
        role: Role::SupportAgent,
    }
}

on_both! { LISTS;
    async fn an_address_is_one_agents_however_it_is_written(db: TestDb) {
        let world = World::new(&db).await;
        let ada = world.ada.clone();
        let again = db.write(move |tx| agents::add(tx, &ada, &new(" SAM@Example.com "))).await;
        assert_eq!(again, Err(AgentError::EmailTaken));
        let eve = world.eve.clone();
        assert!(db.write(move |tx| agents::add(tx, &eve, &new("sam@example.com"))).await.is_ok());
    }

    async fn the_last_admin_stays_admin(db: TestDb) {
        let world = World::new(&db).await;
        let (ada, id) = (world.ada.clone(), world.ada.agent().unwrap());
        let demoted = db.write(move |tx| agents::change_role(tx, &ada, id, Role::SupportLead)).await;
        assert_eq!(demoted, Err(AgentError::LastAdmin));
        let (ada, sam) = (world.ada.clone(), world.sam.agent().unwrap());
        db.write(move |tx| agents::change_role(tx, &ada, sam, Role::Admin)).await.unwrap();
        let ada = world.ada.clone();
        assert!(!db.write(move |tx| agents::deactivate(tx, &ada, id)).await.unwrap().is_active);
    }

    async fn only_admins_add_agents(db: TestDb) {
        let world = World::new(&db).await;
        let sam = world.sam.clone();
        let added = db.write(move |tx| agents::add(tx, &sam, &new("new@example.com"))).await;
        assert!(matches!(added, Err(AgentError::Forbidden(_))));
    }
}
