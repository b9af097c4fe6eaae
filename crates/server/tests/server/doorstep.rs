//! How often strangers may try what takes a secret: every such address says 429, and when to come back.

use axum::http::{Method, StatusCode};
use kit::db::DbError;
use server::doorstep::Tries;
use server::guard::Access;
use server::routes::{self, Route};
use tandem_core::doors::tries::{self, Limit, Verdict};
use tandem_core::doors::{self, Entrant};
use tandem_core::permissions::Role;
use testkit::{TestDb, on_both};

use crate::doors::{PASSWORD, come_in, give_password, post, switch_on};
use crate::world::{Answer, Call, WORLD, World};

/// Where requests of these tests come from.
const HERE: &str = "127.0.0.1";

/// Tries until there is no room any more.
async fn exhaust(db: &TestDb, limit: Limit, key: &str) {
    let key = key.to_owned();
    db.write(move |tx| {
        while tries::count(tx, &[(limit, key.as_str())])? == Verdict::Free {}
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

fn says_when(answer: &Answer, what: &str) {
    assert_eq!(
        answer.status,
        StatusCode::TOO_MANY_REQUESTS,
        "{what}: {}",
        answer.text()
    );
    let after: u64 = answer.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!(after > 0, "{what}");
}

/// Addresses for everybody that count by themselves, by more than the source, with what their counting is called.
fn counts_by_itself(row: &Route) -> Option<Limit> {
    match (&row.method, row.path) {
        (&Method::POST, "/sign-in" | "/sign-in/help" | "/sign-in/passkey/challenge") => Some(tries::SOURCE),
        (&Method::GET, "/sign-in/provider/{provider}") => Some(tries::SOURCE),
        // By the agent whose step it is: asked below.
        (&Method::POST, "/sign-in/code") => Some(tries::CODE),
        _ => None,
    }
}

/// Addresses for everybody that take no secret.
fn takes_no_secret(row: &Route) -> bool {
    let is_open = ["/sign-in", "/sign-in/help", "/api/v1/openapi.json"].contains(&row.path)
        && row.method == Method::GET;
    // Write keys stand in the pages of the product that is measured: they open nothing that can be read.
    is_open || row.path.starts_with("/v1/") || row.path.starts_with("/sourceConfig")
}

fn call(row: &Route, world: &World) -> Call<'static> {
    let path = row
        .path
        .replace("{link}", "no-such-link")
        .replace("{step}", "admin")
        .replace("{provider}", &world.ours.provider.to_string());
    let call = Call::new(row.method.clone(), path).html();
    match (row.path, &row.method) {
        (_, &Method::GET) => call,
        ("/sign-in", _) => call.form("email=admin@example.com&password=x"),
        ("/sign-in/help", _) => call.form("email=admin@example.com&want=link"),
        ("/sign-in/passkey", _) => {
            call.json(&serde_json::json!({ "id": "", "client_data": "", "data": "", "signature": "" }))
        }
        _ => call.form("rating=5"),
    }
}

on_both! { WORLD;
    async fn every_address_that_takes_a_secret_of_strangers_can_be_tried_so_often_only(db: TestDb) {
        let world = World::new(&db).await;
        let open: Vec<Route> = routes::table().into_iter().filter(|row| row.access == Access::Anyone && !takes_no_secret(row)).collect();
        assert!(open.len() > 15);
        for row in &open {
            let is_told = row.tries != Tries::None || counts_by_itself(row).is_some();
            assert!(is_told, "{} {} is for everybody and counted by nobody", row.method, row.path);
            let first = world.ask(call(row, &world)).await;
            assert_ne!(first.status, StatusCode::TOO_MANY_REQUESTS, "{} {}", row.method, row.path);
        }
        for limit in [tries::LINK, tries::SOURCE] {
            exhaust(&db, limit, HERE).await;
        }
        // Mails are asked for in `letters.rs`, where mail can leave; codes below, where there is a step.
        let is_elsewhere = |row: &&Route| row.method == Method::POST && ["/sign-in/help", "/sign-in/code"].contains(&row.path);
        for row in open.iter().filter(|row| !is_elsewhere(row)) {
            says_when(&world.ask(call(row, &world)).await, &format!("{} {}", row.method, row.path));
        }
        db.clock.advance(std::time::Duration::from_secs(5));
        let later = world.ask(Call::get("/sign-in/no-such-link").html()).await;
        assert_eq!(later.status, StatusCode::NOT_FOUND, "after a while it is let try again");
    }

    async fn whoever_has_a_link_or_a_step_comes_in_whatever_others_behind_their_address_tried(db: TestDb) {
        let world = World::new(&db).await;
        let (workspace, agent) = (world.ours.workspace.id, world.ours.agent(Role::SupportAgent).id);
        let link = db.write(move |tx| doors::make_link(tx, workspace, Entrant::One(agent))).await;
        let link = link.unwrap_or_else(|error: DbError| panic!("{error}")).expose();
        exhaust(&db, tries::LINK, HERE).await;
        says_when(&world.ask(Call::get("/sign-in/no-such-link").html()).await, "a link that is none");
        for _ in 0..3 {
            let looked = world.ask(Call::get(format!("/sign-in/{link}")).html()).await;
            assert_eq!(looked.status, StatusCode::OK, "{}", looked.text());
        }
        give_password(&db, &world.ours, Role::SupportAgent).await;
        switch_on(&db, &world.ours, Role::SupportAgent).await;
        let half = world.ask(crate::doors::sign_in("support_agent@example.com", PASSWORD)).await;
        let step = crate::doors::given(&half, "tandem-step").unwrap();
        let look = || Call::get("/sign-in/code").html().header("cookie", &step);
        assert_eq!(world.ask(look()).await.status, StatusCode::OK);
        let secret = step.split_once('=').unwrap().1.to_owned();
        exhaust(&db, tries::STEP, &secret).await;
        says_when(&world.ask(look()).await, "a step that is looked at too often");
    }

    async fn what_comes_with_the_right_secret_is_never_told_to_slow_down(db: TestDb) {
        let world = World::new(&db).await;
        exhaust(&db, tries::TOKEN, HERE).await;
        let key = world.ours.key(Role::Admin);
        assert_eq!(world.ask(Call::get("/api/v1/accounts").key(key)).await.status, StatusCode::OK);
        for token in ["Bearer nonsense".to_owned(), format!("bearer tdm_{}", kit::text::base64url(&[7; 32]))] {
            let refused = world.ask(Call::get("/api/v1/accounts").header("authorization", &token)).await;
            says_when(&refused, &token);
            assert_eq!(refused.json()["type"], "urn:tandem:problem:too-many-tries");
        }
        assert_eq!(world.ask(Call::get("/api/v1/accounts")).await.status, StatusCode::UNAUTHORIZED, "without any token nothing is tried");
    }

    async fn a_token_that_is_none_may_be_tried_a_few_times(db: TestDb) {
        let world = World::new(&db).await;
        let attempt = || Call::get("/api/v1/accounts").header("authorization", "Bearer nonsense");
        let mut answers = Vec::new();
        for _ in 0..61 {
            answers.push(world.ask(attempt()).await.status);
        }
        assert!(answers[..60].iter().all(|status| *status == StatusCode::UNAUTHORIZED), "{answers:?}");
        assert_eq!(answers[60], StatusCode::TOO_MANY_REQUESTS);
    }

    async fn confirmations_and_codes_of_an_agent_are_counted_too(db: TestDb) {
        let world = World::new(&db).await;
        give_password(&db, &world.ours, Role::SupportAgent).await;
        let session = come_in(&db, &world.ours, Role::SupportAgent).await;
        let agent = world.ours.agent(Role::SupportAgent).id.to_string();
        let wrong = post("/settings/security/password", &[("present", "wrong"), ("new", PASSWORD)]);
        let refused = world.ask(wrong.header("cookie", &session)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        exhaust(&db, tries::CONFIRMATION, &agent).await;
        let right = || post("/settings/security/password", &[("present", PASSWORD), ("new", "another river under stones")]);
        says_when(&world.ask(right().header("cookie", &session)).await, "a confirmation");
        let beginning = Call::new(Method::POST, "/settings/security/passkeys/challenge").form("present=wrong");
        says_when(&world.ask(beginning.header("cookie", &session)).await, "a passkey of one's own");
        db.clock.advance(std::time::Duration::from_secs(3_600));
        assert_eq!(world.ask(right().header("cookie", &session)).await.status, StatusCode::SEE_OTHER);
    }

    async fn a_code_is_guessed_neither_while_signing_in_nor_while_setting_it_up(db: TestDb) {
        let world = World::new(&db).await;
        give_password(&db, &world.ours, Role::Admin).await;
        let session = come_in(&db, &world.ours, Role::Admin).await;
        let begun = post("/settings/security/authenticator/beginning", &[("present", PASSWORD)]);
        assert_eq!(world.ask(begun.header("cookie", &session)).await.status, StatusCode::SEE_OTHER);
        let typed = || post("/settings/security/authenticator", &[("code", "000000")]).header("cookie", &session);
        assert_eq!(world.ask(typed()).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        exhaust(&db, tries::CODE, &world.ours.agent(Role::Admin).id.to_string()).await;
        says_when(&world.ask(typed()).await, "a code while setting up");

        give_password(&db, &world.ours, Role::SupportAgent).await;
        switch_on(&db, &world.ours, Role::SupportAgent).await;
        let half = world.ask(crate::doors::sign_in("support_agent@example.com", PASSWORD)).await;
        let step = crate::doors::given(&half, "tandem-step").unwrap();
        exhaust(&db, tries::CODE, &world.ours.agent(Role::SupportAgent).id.to_string()).await;
        let answer = post("/sign-in/code", &[("code", "000000")]).header("cookie", &step);
        says_when(&world.ask(answer).await, "a code while signing in");
    }

    async fn an_answer_to_a_survey_is_counted_by_where_it_comes_from(db: TestDb) {
        let world = World::new(&db).await;
        exhaust(&db, tries::ANSWER, HERE).await;
        let secret = format!("/s/{}", kit::text::base64url(&[7; 32]));
        for path in [secret.clone(), format!("{secret}/stop")] {
            let answer = Call::new(Method::POST, path.clone()).html().form("rating=5");
            says_when(&world.ask(answer).await, &path);
        }
    }
}
