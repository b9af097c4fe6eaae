//! Doors: links that open once, sessions that end when they should.

use kit::db::{Db, DbError};
use tandem_core::actor::Actor;
use tandem_core::agents::{self, AgentError};
use tandem_core::doors::{
    self, Arrival, Entrant, LINK_LIFE, SESSION_LIFE, SESSION_MOST, Secret, Session, SessionKind, Visitor,
};
use testkit::on_both;

use crate::world::{LISTS, World};

async fn link(db: &Db, actor: &Actor, entrant: Entrant) -> Secret {
    let workspace = actor.workspace;
    db.write(move |tx| doors::make_link(tx, workspace, entrant))
        .await
        .unwrap_or_else(|error: DbError| panic!("{error}"))
}

async fn enter(db: &Db, link: &Secret, actor: &Actor) -> Option<Secret> {
    let (link, agent) = (link.clone(), actor.agent().unwrap());
    let arrival = db
        .write(move |tx| doors::enter(tx, &link, agent, &Visitor::default()))
        .await
        .unwrap_or_else(|error: DbError| panic!("{error}"));
    match arrival? {
        Arrival::In(secret) => Some(secret),
        other => panic!("asked for more: {other:?}"),
    }
}

async fn recognise(db: &Db, secret: &Secret) -> Option<Session> {
    let secret = secret.clone();
    db.read(move |tx| doors::recognise(tx, &secret))
        .await
        .unwrap_or_else(|error: DbError| panic!("{error}"))
}

on_both! { LISTS;
    async fn a_link_lets_its_agent_in_once(db: TestDb) {
        let world = World::new(&db).await;
        let sams = link(&db, &world.ada, Entrant::One(world.sam.agent().unwrap())).await;
        assert!(enter(&db, &sams, &world.ada).await.is_none());
        let session = enter(&db, &sams, &world.sam).await.unwrap();
        assert_eq!(recognise(&db, &session).await.unwrap().actor(), world.sam);
        assert!(enter(&db, &sams, &world.sam).await.is_none());
    }

    async fn a_link_of_demo_data_lets_anyone_of_the_workspace_in_and_nobody_else(db: TestDb) {
        let world = World::new(&db).await;
        let demo = link(&db, &world.ada, Entrant::Anyone).await;
        assert!(enter(&db, &demo, &world.sam).await.is_some());
        assert!(enter(&db, &demo, &world.pat).await.is_some());
        assert!(enter(&db, &demo, &world.eve).await.is_none());
    }

    async fn links_and_browser_sessions_expire_and_api_sessions_do_not(db: TestDb) {
        let world = World::new(&db).await;
        let old = link(&db, &world.ada, Entrant::One(world.sam.agent().unwrap())).await;
        let used = link(&db, &world.ada, Entrant::One(world.sam.agent().unwrap())).await;
        let browser = enter(&db, &used, &world.sam).await.unwrap();
        let (workspace, sam) = (world.workspace.id, world.sam.agent().unwrap());
        let api = db.write(move |tx| doors::begin(tx, workspace, sam, SessionKind::Api, "import")).await;
        let api = api.unwrap_or_else(|error: DbError| panic!("{error}"));
        db.clock.advance(LINK_LIFE);
        assert!(enter(&db, &old, &world.sam).await.is_none());
        assert!(recognise(&db, &browser).await.is_some());
        db.clock.advance(SESSION_LIFE);
        assert!(recognise(&db, &browser).await.is_none());
        assert!(recognise(&db, &api).await.is_some());
    }

    async fn a_session_in_use_lasts_on_but_not_for_ever(db: TestDb) {
        let world = World::new(&db).await;
        let key = link(&db, &world.ada, Entrant::One(world.sam.agent().unwrap())).await;
        let browser = enter(&db, &key, &world.sam).await.unwrap();
        let week = SESSION_LIFE / 2;
        let mut age = std::time::Duration::ZERO;
        while age + week < SESSION_MOST {
            db.clock.advance(week);
            age += week;
            let session = recognise(&db, &browser).await.expect("it was used a week ago");
            db.write(move |tx| doors::sessions::note_use(tx, &session, "203.0.113.9")).await.unwrap_or_else(|error: DbError| panic!("{error}"));
        }
        db.clock.advance(SESSION_MOST - age);
        assert!(recognise(&db, &browser).await.is_none(), "after ninety days it ends all the same");
    }

    async fn a_session_dies_with_its_agents_access_and_by_leaving(db: TestDb) {
        let world = World::new(&db).await;
        let demo = link(&db, &world.ada, Entrant::Anyone).await;
        let sams = enter(&db, &demo, &world.sam).await.unwrap();
        let adas = enter(&db, &demo, &world.ada).await.unwrap();
        let (ada, sam) = (world.ada.clone(), world.sam.agent().unwrap());
        db.write(move |tx| agents::deactivate(tx, &ada, sam)).await.unwrap_or_else(|error: AgentError| panic!("{error}"));
        assert!(recognise(&db, &sams).await.is_none());
        let (ada, session) = (world.ada.clone(), recognise(&db, &adas).await.unwrap().id);
        db.write(move |tx| doors::leave(tx, &ada, session)).await.unwrap_or_else(|error: DbError| panic!("{error}"));
        assert!(recognise(&db, &adas).await.is_none());
    }

    async fn nobody_ends_anothers_session_but_those_who_manage_agents(db: TestDb) {
        let world = World::new(&db).await;
        let demo = link(&db, &world.ada, Entrant::Anyone).await;
        let adas = enter(&db, &demo, &world.ada).await.unwrap();
        let session = recognise(&db, &adas).await.unwrap().id;
        for actor in [world.sam.clone(), world.eve.clone()] {
            db.write(move |tx| doors::leave(tx, &actor, session)).await.unwrap_or_else(|error: DbError| panic!("{error}"));
            assert!(recognise(&db, &adas).await.is_some());
        }
    }
}
