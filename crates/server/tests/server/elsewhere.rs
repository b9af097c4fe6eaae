//! Going from one workspace to another: what opens the way, what closes it, and who never finds it.

use std::time::Duration;

use axum::http::StatusCode;
use kit::db::DbError;
use server::config::{Config, Inputs};
use tandem_core::doors::factors::{self, totp};
use tandem_core::doors::passwords::{self, Password};
use tandem_core::doors::{Entering, SESSION_LIFE, SESSION_MOST, Secret, SessionKind, Visitor, sessions};
use tandem_core::permissions::Role;
use tandem_core::setup::further;
use tandem_core::workspaces::NewWorkspace;
use testkit::{TestDb, on_both};

use crate::doors::{
    PASSWORD, entering, give_password, given, is_in, location, now, post, sign_in, switch_on,
};
use crate::world::{Answer, Call, Office, WORLD, World};

/// Signs in by the password that fits both workspaces, and chooses ours; gives the cookie.
async fn come_into_ours(world: &World) -> String {
    let both = world.ask(sign_in("admin@example.com", PASSWORD)).await;
    let step = given(&both, "tandem-step").unwrap();
    let ours = world.ours.workspace.id.to_string();
    let choice = post("/sign-in/workspace", &[("workspace", &ours)]).header("cookie", step);
    given(&world.ask(choice).await, "tandem").unwrap()
}

async fn two_doors(db: &TestDb, world: &World) {
    give_password(db, &world.ours, Role::Admin).await;
    give_password(db, &world.theirs, Role::Admin).await;
}

async fn go(world: &World, to: &Office, cookie: &str) -> Answer {
    let to = to.workspace.id.to_string();
    world
        .ask(post("/workspaces", &[("workspace", &to)]).header("cookie", cookie))
        .await
}

async fn page(world: &World, path: &str, cookie: &str) -> String {
    world
        .ask(Call::get(path).html().header("cookie", cookie))
        .await
        .text()
}

on_both! { WORLD;
    async fn a_password_for_two_workspaces_opens_the_way_there_and_back(db: TestDb) {
        let world = World::new(&db).await;
        two_doors(&db, &world).await;
        let here = come_into_ours(&world).await;
        assert!(page(&world, "/workspaces", &here).await.contains("Elsewhere"));
        let gone = go(&world, &world.theirs, &here).await;
        assert_eq!((gone.status, location(&gone)), (StatusCode::SEE_OTHER, "/"));
        let there = given(&gone, "tandem").unwrap();
        assert!(page(&world, "/", &there).await.contains("Elsewhere admin"));
        assert!(!is_in(&world, &here).await, "one session at a time");
        let back = given(&go(&world, &world.ours, &there).await, "tandem").unwrap();
        assert!(!page(&world, "/", &back).await.contains("Elsewhere admin"));
        assert!(page(&world, "/workspaces", &back).await.contains("Elsewhere"), "and there again");
    }

    async fn the_same_address_alone_opens_no_way(db: TestDb) {
        let world = World::new(&db).await;
        give_password(&db, &world.ours, Role::Admin).await;
        let theirs = entering(&world.theirs, Role::Admin);
        let hash = passwords::hash(&Password::from("three other quiet lamps"), db.ids()).await;
        db.write(move |tx| passwords::set(tx, theirs, &hash)).await.unwrap_or_else(|error: DbError| panic!("{error}"));
        let here = given(&world.ask(sign_in("admin@example.com", PASSWORD)).await, "tandem").unwrap();
        assert!(!page(&world, "/workspaces", &here).await.contains("Elsewhere"));
        let refused = go(&world, &world.theirs, &here).await;
        assert_eq!((refused.status, given(&refused, "tandem")), (StatusCode::NOT_FOUND, None));
        assert!(is_in(&world, &here).await, "and nothing is lost");
        let second = world.ask(sign_in("admin@example.com", "three other quiet lamps").header("cookie", &here)).await;
        let there = given(&second, "tandem").unwrap();
        let back = go(&world, &world.ours, &there).await;
        assert!(is_in(&world, &given(&back, "tandem").unwrap()).await, "whoever signed in to both goes between them");
    }

    async fn whoever_signs_in_after_another_person_does_not_find_the_way_to_their_workspace(db: TestDb) {
        let world = World::new(&db).await;
        two_doors(&db, &world).await;
        give_password(&db, &world.theirs, Role::SupportAgent).await;
        let admin = come_into_ours(&world).await;
        let next = world.ask(sign_in("support_agent@example.com", PASSWORD).header("cookie", &admin)).await;
        let agent = given(&next, "tandem").unwrap();
        assert_eq!(go(&world, &world.ours, &agent).await.status, StatusCode::NOT_FOUND);
    }

    async fn the_authenticator_of_the_other_workspace_is_asked_once(db: TestDb) {
        let world = World::new(&db).await;
        two_doors(&db, &world).await;
        let (key, _) = switch_on(&db, &world.theirs, Role::Admin).await;
        db.clock.advance(Duration::from_secs(30));
        let here = come_into_ours(&world).await;
        let half = go(&world, &world.theirs, &here).await;
        assert_eq!((location(&half), given(&half, "tandem")), ("/sign-in/code", None));
        assert!(is_in(&world, &here).await, "whoever turns round is where they were");
        let step = format!("{}; {here}", given(&half, "tandem-step").unwrap());
        let code = totp::code_at(&key, now(&db));
        let entered = world.ask(post("/sign-in/code", &[("code", &code)]).header("cookie", step)).await;
        let there = given(&entered, "tandem").unwrap();
        let back = given(&go(&world, &world.ours, &there).await, "tandem").unwrap();
        let again = go(&world, &world.theirs, &back).await;
        assert!(is_in(&world, &given(&again, "tandem").unwrap()).await, "the code was shown before");
    }

    async fn a_new_password_there_closes_the_way(db: TestDb) {
        let world = World::new(&db).await;
        two_doors(&db, &world).await;
        let here = come_into_ours(&world).await;
        give_password(&db, &world.theirs, Role::Admin).await;
        assert_eq!(go(&world, &world.theirs, &here).await.status, StatusCode::NOT_FOUND);
        assert!(!page(&world, "/workspaces", &here).await.contains("Elsewhere"));
    }

    async fn going_to_and_fro_keeps_a_session_as_using_it_does_and_never_beyond_its_end(db: TestDb) {
        let world = World::new(&db).await;
        two_doors(&db, &world).await;
        let mut here = come_into_ours(&world).await;
        let step = SESSION_LIFE - Duration::from_secs(60);
        let mut spent = Duration::ZERO;
        while spent + step < SESSION_MOST {
            db.clock.advance(step);
            spent += step;
            let there = given(&go(&world, &world.theirs, &here).await, "tandem").unwrap();
            here = given(&go(&world, &world.ours, &there).await, "tandem").unwrap();
        }
        db.clock.advance(SESSION_MOST - spent - Duration::from_secs(60));
        assert!(is_in(&world, &here).await);
        db.clock.advance(Duration::from_secs(60));
        assert!(!is_in(&world, &here).await);
    }

    async fn whoever_uses_a_session_keeps_the_way_to_the_other_workspace(db: TestDb) {
        let world = World::new(&db).await;
        two_doors(&db, &world).await;
        let here = come_into_ours(&world).await;
        let secret: Secret = here.split_once('=').unwrap().1.parse().unwrap();
        db.clock.advance(SESSION_LIFE - Duration::from_secs(60));
        let used = db.write(move |tx| {
            let session = tandem_core::doors::recognise(tx, &secret)?.expect("it lasts");
            sessions::note_use(tx, &session, "")
        });
        used.await.unwrap_or_else(|error: DbError| panic!("{error}"));
        db.clock.advance(SESSION_LIFE - Duration::from_secs(60));
        let gone = go(&world, &world.theirs, &here).await;
        assert!(is_in(&world, &given(&gone, "tandem").unwrap()).await);
    }

    async fn an_administrator_opens_a_further_workspace_and_goes_to_and_fro(db: TestDb) {
        let world = World::new(&db).await;
        give_password(&db, &world.ours, Role::Admin).await;
        let here = given(&world.ask(sign_in("admin@example.com", PASSWORD)).await, "tandem").unwrap();
        assert!(page(&world, "/workspaces", &here).await.contains("href=\"/workspaces/new\""));
        let open = |name: &'static str, zone: &'static str| post("/workspaces/new", &[("name", name), ("locale", "pl"), ("zone", zone)]);
        let refused = world.ask(open("", "Nowhere").header("cookie", &here)).await;
        assert_eq!((refused.status, given(&refused, "tandem")), (StatusCode::UNPROCESSABLE_ENTITY, None));
        assert!(refused.text().contains("A name has 1 to 100 characters"));
        let nowhere = world.ask(open("Second House", "Nowhere").header("cookie", &here)).await;
        assert!(nowhere.text().contains("Choose one of the time zones") && nowhere.text().contains("Second House"));
        let opened = world.ask(open("Second House", "Europe/Warsaw").header("cookie", &here)).await;
        assert_eq!((opened.status, location(&opened)), (StatusCode::SEE_OTHER, "/"));
        let there = given(&opened, "tandem").unwrap();
        assert!(page(&world, "/settings/workspace", &there).await.contains("Second House"));
        assert!(page(&world, "/settings/audit", &there).await.contains("Second House"));
        let back = given(&go(&world, &world.ours, &there).await, "tandem").unwrap();
        assert!(page(&world, "/settings/audit", &back).await.contains("Second House"));
        assert!(page(&world, "/workspaces", &back).await.contains("Second House"), "and there again");
        let both = world.ask(sign_in("admin@example.com", PASSWORD)).await;
        assert!(given(&both, "tandem-step").is_some(), "the password is good for both");
    }

    async fn a_further_workspace_asks_for_the_codes_of_the_same_authenticator(db: TestDb) {
        let world = World::new(&db).await;
        give_password(&db, &world.ours, Role::Admin).await;
        let (key, _) = switch_on(&db, &world.ours, Role::Admin).await;
        db.clock.advance(Duration::from_secs(30));
        let asked = world.ask(sign_in("admin@example.com", PASSWORD)).await;
        let code = totp::code_at(&key, now(&db));
        let answer = post("/sign-in/code", &[("code", &code)]).header("cookie", given(&asked, "tandem-step").unwrap());
        let here = given(&world.ask(answer).await, "tandem").unwrap();
        let fields = [("name", "Second House"), ("locale", "en"), ("zone", "UTC")];
        let opened = world.ask(post("/workspaces/new", &fields).header("cookie", &here)).await;
        let there = given(&opened, "tandem").unwrap();
        let secret: Secret = there.split_once('=').unwrap().1.parse().unwrap();
        let typed = code.clone();
        let (is_asked, again) = db.write(move |tx| {
            let session = tandem_core::doors::recognise(tx, &secret)?.expect("it is new");
            let who = Entering { workspace: session.workspace, agent: session.agent };
            Ok::<_, factors::FactorError>((factors::is_asked(tx, who)?, factors::pass(tx, who, &typed)))
        }).await.unwrap();
        assert!(is_asked);
        assert_eq!(again, Err(factors::FactorError::WrongCode), "a code that was used here is used there");
    }

    async fn a_form_for_a_further_workspace_that_comes_twice_opens_one(db: TestDb) {
        let world = World::new(&db).await;
        give_password(&db, &world.ours, Role::Admin).await;
        let here = given(&world.ask(sign_in("admin@example.com", PASSWORD)).await, "tandem").unwrap();
        let secret: Secret = here.split_once('=').unwrap().1.parse().unwrap();
        let new = NewWorkspace { name: "Second House".to_owned(), locale: "en".to_owned(), zone: "UTC".to_owned() };
        let (first, second) = db.write(move |tx| {
            let session = tandem_core::doors::recognise(tx, &secret)?.expect("it lasts");
            let mut visitor = Visitor::default();
            visitor.session = Some(session.clone());
            let first = further::open(tx, &session, &new, &visitor).is_ok();
            Ok::<_, DbError>((first, further::open(tx, &session, &new, &visitor).is_ok()))
        }).await.unwrap();
        assert_eq!((first, second), (true, false));
    }

    async fn nobody_opens_workspaces_without_end(db: TestDb) {
        let world = World::new(&db).await;
        give_password(&db, &world.ours, Role::Admin).await;
        let mut here = given(&world.ask(sign_in("admin@example.com", PASSWORD)).await, "tandem").unwrap();
        let open = |name: &str| post("/workspaces/new", &[("name", name), ("locale", "en"), ("zone", "UTC")]);
        let refused = world.ask(open("").header("cookie", &here)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "what is refused is not counted");
        // Each is opened from the one before, by another agent with the same address.
        for number in 0..5 {
            let opened = world.ask(open(&format!("House {number}")).header("cookie", &here)).await;
            assert_eq!(opened.status, StatusCode::SEE_OTHER, "{number}");
            here = given(&opened, "tandem").unwrap();
        }
        let hurried = world.ask(open("One too many").header("cookie", &here)).await;
        assert_eq!((hurried.status, given(&hurried, "tandem")), (StatusCode::TOO_MANY_REQUESTS, None));
        assert!(hurried.headers.contains_key("retry-after") && hurried.text().contains("One too many"), "nothing typed is lost");
        assert!(!page(&world, "/workspaces", &here).await.contains("One too many"));
        db.clock.advance(Duration::from_secs(3_600));
        let later = world.ask(open("One more").header("cookie", &here)).await;
        assert_eq!(later.status, StatusCode::SEE_OTHER);
    }

    async fn an_installation_may_open_no_further_workspaces(db: TestDb) {
        let mut world = World::new(&db).await;
        world.app.entrance.opens_further = false;
        world.router = server::app::router(&world.app, &Config::load(&Inputs::default()).unwrap());
        let key = world.ours.key(Role::Admin);
        let fields = [("name", "Second House"), ("locale", "en"), ("zone", "UTC")];
        assert_eq!(world.ask(post("/workspaces/new", &fields).key(key)).await.status, StatusCode::NOT_FOUND);
        assert_eq!(world.ask(Call::get("/workspaces/new").key(key).html()).await.status, StatusCode::NOT_FOUND);
        let list = world.ask(Call::get("/workspaces").key(key).html()).await.text();
        assert!(!list.contains("/workspaces/new"), "{list}");
    }

    async fn only_who_may_opens_a_further_workspace(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::SupportLead);
        let fields = [("name", "Second House"), ("locale", "en"), ("zone", "UTC")];
        let refused = world.ask(post("/workspaces/new", &fields).key(key)).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        let list = world.ask(Call::get("/workspaces").key(key).html()).await.text();
        assert!(!list.contains("/workspaces/new"), "{list}");
    }

    async fn programs_go_nowhere(db: TestDb) {
        let world = World::new(&db).await;
        let (workspace, agent) = (world.ours.workspace.id, world.ours.agent(Role::Admin).id);
        let key = db.write(move |tx| tandem_core::doors::begin(tx, workspace, agent, SessionKind::Api, "tests")).await;
        let key = key.unwrap_or_else(|error: DbError| panic!("{error}"));
        let to = world.theirs.workspace.id.to_string();
        let refused = world.ask(post("/workspaces", &[("workspace", &to)]).key(&key)).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
    }
}
