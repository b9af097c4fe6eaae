//! What programs can arrange: the order of stages and tiers, rules and capacities, connections with billing systems.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use tandem_core::permissions::Role;
use testkit::on_both;

use crate::world::{Answer, Call, WORLD, World};

async fn send(world: &World, method: Method, path: &str, body: &Value) -> Answer {
    let key = world.ours.key(Role::Admin);
    let call = Call::new(method, path)
        .key(key)
        .header("if-match", "*")
        .json(body);
    world.ask(call).await
}

async fn read(world: &World, path: &str) -> Value {
    world
        .ask(Call::get(path).key(world.ours.key(Role::Admin)))
        .await
        .json()
}

fn names(list: &Value) -> Vec<String> {
    let items = list["items"].as_array().unwrap().iter();
    items
        .map(|item| item["name"].as_str().unwrap().to_owned())
        .collect()
}

on_both! { WORLD;
    async fn programs_order_and_archive_stages_and_tiers(db: TestDb) {
        let world = World::new(&db).await;
        let path = "/api/v1/rungs?ladder=tiers";
        let before = read(&world, path).await;
        let first = before["items"][0]["id"].as_str().unwrap().to_owned();
        let moved = send(&world, Method::PUT, &format!("/api/v1/rungs/{first}/place"), &json!({ "place": 99 })).await;
        assert_eq!(moved.status, StatusCode::OK, "{}", moved.text());
        let mut expected = names(&before);
        expected.rotate_left(1);
        assert_eq!(names(&read(&world, path).await), expected);
        let back = send(&world, Method::PUT, &format!("/api/v1/rungs/{first}/place"), &json!({ "place": 1 })).await;
        assert_eq!(back.status, StatusCode::OK);
        assert_eq!(names(&read(&world, path).await), names(&before));
        let archiving = format!("/api/v1/rungs/{first}/archiving");
        let archived = send(&world, Method::PUT, &archiving, &json!(null)).await;
        assert_eq!(archived.status, StatusCode::OK, "{}", archived.text());
        assert!(archived.json()["archived_at"].is_i64());
        let restored = send(&world, Method::DELETE, &archiving, &json!(null)).await;
        assert!(restored.json()["archived_at"].is_null(), "{}", restored.text());
        // What a tier gives; what does not fit is refused before anything is said of its state.
        let service = format!("/api/v1/tiers/{first}/service");
        assert!(read(&world, &service).await["model"].is_null());
        let given = json!({ "model": "high_touch", "channels": ["phone", "email"], "cadence": 30 });
        let said = send(&world, Method::PUT, &service, &given).await;
        assert_eq!(said.json()["channels"], json!(["email", "phone"]), "{}", said.text());
        let stale = async |body: Value| {
            let key = world.ours.key(Role::Admin);
            let call = Call::new(Method::PUT, service.as_str()).key(key).header("if-match", "\"older\"");
            world.ask(call.json(&body)).await.status
        };
        assert_eq!(stale(given.clone()).await, StatusCode::PRECONDITION_FAILED);
        assert_eq!(stale(json!({ "model": "high_touch", "cadence": 0 })).await, StatusCode::UNPROCESSABLE_ENTITY);
        let forgotten = send(&world, Method::DELETE, &service, &json!(null)).await;
        assert!(forgotten.json()["model"].is_null(), "{}", forgotten.text());
    }

    async fn programs_keep_rules_and_capacities(db: TestDb) {
        let world = World::new(&db).await;
        let agent = world.ours.agent(Role::Admin).id.to_string();
        let rule = json!({ "name": "Large", "agent": agent, "conditions": { "mrr_from": 100 } });
        let path = "/api/v1/assignment-rules";
        let made = send(&world, Method::POST, path, &rule).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        let id = made.json()["id"].as_str().unwrap().to_owned();
        let placed = send(&world, Method::PUT, &format!("{path}/{id}/place"), &json!({ "place": 1 })).await;
        assert_eq!(placed.status, StatusCode::OK, "{}", placed.text());
        assert_eq!(read(&world, path).await["items"][0]["id"], json!(id));
        let listed = json!({ "name": "Listed", "agent": agent, "conditions": ["company"] });
        let refused = send(&world, Method::POST, path, &listed).await;
        assert_eq!(refused.json()["errors"][0]["pointer"], "#/conditions", "{}", refused.text());
        let both = json!({ "name": "Large", "agent": agent, "team": "tem_01k0000000000000000000000z" });
        let refused = send(&world, Method::PUT, &format!("{path}/{id}"), &both).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
        let changed = send(&world, Method::PUT, &format!("{path}/{id}"), &json!({ "name": "Largest", "agent": agent })).await;
        assert_eq!(changed.json()["name"], "Largest");
        assert_eq!(send(&world, Method::DELETE, &format!("{path}/{id}"), &json!(null)).await.status, StatusCode::NO_CONTENT);
        let known = world.ask(Call::get(format!("{path}/{id}")).key(world.ours.key(Role::Admin))).await;
        assert_eq!(known.status, StatusCode::NOT_FOUND);
        let able = format!("/api/v1/capacities/{agent}");
        let said = send(&world, Method::PUT, &able, &json!({ "accounts": 7, "away_until": "2031-01-01" })).await;
        assert_eq!((&said.json()["capacity"]["accounts"], &said.json()["is_away"]), (&json!(7), &json!(true)), "{}", said.text());
        let refused = send(&world, Method::PUT, &able, &json!({ "accounts": -1 })).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
        let all = read(&world, "/api/v1/capacities").await;
        assert!(all["items"].as_array().unwrap().iter().any(|load| load["capacity"]["accounts"] == 7), "{all}");
    }

    async fn programs_connect_billing_and_map_what_waits(db: TestDb) {
        let world = World::new(&db).await;
        let made = send(&world, Method::POST, "/api/v1/billing", &json!({ "name": "Other", "secret": "whsec_of_this_test" })).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        assert!(!made.text().contains("whsec_") && made.json()["hook"].as_str().unwrap().starts_with("/hooks/stripe/"));
        let path = format!("/api/v1/billing/{}", made.json()["id"].as_str().unwrap());
        let changed = send(&world, Method::PUT, &path, &json!({ "name": "Europe", "adds_accounts": false })).await;
        assert_eq!((&changed.json()["name"], &changed.json()["version"]), (&json!("Europe"), &json!(2)));
        let account = world.ours.account.id.to_string();
        let mapped = send(&world, Method::PUT, &format!("{path}/customers"), &json!({ "code": "cus_1", "account": account })).await;
        assert_eq!(mapped.json()["customers"][0]["account"], json!(account), "{}", mapped.text());
        let product = world.ours.product.to_string();
        let mapped = send(&world, Method::PUT, &format!("{path}/prices"), &json!({ "code": "price_1", "product": product })).await;
        assert_eq!(mapped.json()["prices"][0]["product"], json!(product), "{}", mapped.text());
        let refused = send(&world, Method::PUT, &format!("{path}/prices"), &json!({ "code": "!", "product": product })).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(read(&world, &format!("{path}/mapping")).await["customers"][0]["code"], "cus_1");
        let replayed = send(&world, Method::POST, &format!("{path}/replay"), &json!({ "object": null })).await;
        assert_eq!(replayed.status, StatusCode::OK, "{}", replayed.text());
        let secret = send(&world, Method::POST, &format!("{path}/secrets"), &json!({ "secret": "whsec_another_one" })).await;
        assert_eq!(secret.status, StatusCode::OK, "{}", secret.text());
        assert_eq!(read(&world, &format!("{path}/events?outcome=failed")).await["items"], json!([]));
        assert_eq!(send(&world, Method::DELETE, &path, &json!(null)).await.status, StatusCode::NO_CONTENT);
    }
}
