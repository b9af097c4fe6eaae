//! Health from its causes to its pages: what happens to an account moves its metrics, they move its score, and each step says
//! why.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use success::health;
use tandem_core::permissions::{Permission, Role};
use tandem_core::{metrics, workspaces};
use testkit::on_both;

use crate::access::hire;
use crate::world::{Answer, Call, WORLD, World, settle};

async fn send(world: &World, method: Method, path: &str, body: &Value) -> Answer {
    let call = Call::new(method, path)
        .key(world.ours.key(Role::Admin))
        .header("if-match", "*")
        .json(body);
    world.ask(call).await
}

async fn read(world: &World, path: &str) -> Value {
    let answer = world.ask(Call::get(path).key(world.ours.key(Role::Admin))).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    answer.json()
}

async fn page(world: &World, path: &str) -> String {
    let answer = world
        .ask(Call::get(path).key(world.ours.key(Role::Admin)).html())
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    answer.text()
}

/// Three urgent tickets of our account.
async fn trouble(world: &World) {
    for subject in ["Nothing works", "Still nothing", "Are you there?"] {
        let ticket = json!({ "subject": subject, "body": "Help!", "account": world.ours.account.id.to_string(), "priority": "urgent", "channel": "email" });
        let opened = send(world, Method::POST, "/api/v1/tickets", &ticket).await;
        assert_eq!(opened.status, StatusCode::CREATED, "{}", opened.text());
    }
    settle(&world.app.db).await;
}

fn value(metrics: &Value, name: &str) -> Option<f64> {
    let all = metrics["metrics"].as_array().unwrap();
    let found = all.iter().find(|one| one["metric"] == name)?;
    found["value"].as_f64()
}

on_both! { WORLD;
    async fn what_happens_moves_metrics_and_they_move_the_score(db: TestDb) {
        let world = World::new(&db).await;
        settle(&world.app.db).await;
        let account = format!("/api/v1/accounts/{}", world.ours.account.id);
        let before = read(&world, &format!("{account}/health")).await;
        let urgent = value(&read(&world, &format!("{account}/metrics")).await, "tickets.urgent");
        trouble(&world).await;
        let metrics = read(&world, &format!("{account}/metrics")).await;
        assert_eq!(value(&metrics, "tickets.urgent"), Some(urgent.unwrap_or(0.0) + 3.0), "{metrics}");
        let after = read(&world, &format!("{account}/health")).await;
        assert!(after["score"].as_f64() < before["score"].as_f64(), "{before} {after}");
        let sum: f64 = after["parts"].as_array().unwrap().iter().filter_map(|part| part["contribution"].as_f64()).sum();
        assert!((sum + 50.0 - after["score"].as_f64().unwrap()).abs() < 1e-6, "{after}");
        let events = read(&world, "/api/v1/events?limit=200").await.to_string();
        for kind in ["account.metrics_changed", "account.health_changed"] {
            assert!(events.contains(kind), "{kind}");
        }
        let shown = page(&world, &format!("/accounts/{}/health", world.ours.account.id)).await;
        assert!(shown.contains("Urgent open tickets"), "{shown}");
        assert!(page(&world, "/health?book=all").await.contains(&world.ours.account.name));
        assert!(page(&world, "/metrics/book?of=tickets.urgent").await.contains(&world.ours.account.name));
    }

    async fn scoring_again_changes_nothing_and_gives_the_same_digits(db: TestDb) {
        let world = World::new(&db).await;
        trouble(&world).await;
        let path = format!("/api/v1/accounts/{}/health", world.ours.account.id);
        let before = read(&world, &path).await;
        let events = read(&world, "/api/v1/events?limit=200").await;
        let (workspace, account) = (world.ours.workspace.id, world.ours.account.id);
        world.app.db.write(move |tx| {
            metrics::find(tx, workspace, account)?;
            health::score(tx, workspace, account)
        }).await.unwrap();
        settle(&world.app.db).await;
        assert_eq!(read(&world, &path).await, before);
        assert_eq!(read(&world, "/api/v1/events?limit=200").await["items"], events["items"]);
    }

    async fn a_day_of_the_past_keeps_its_scorecard(db: TestDb) {
        let world = World::new(&db).await;
        trouble(&world).await;
        let path = format!("/api/v1/accounts/{}/health", world.ours.account.id);
        let first = read(&world, &path).await;
        let cards = read(&world, "/api/v1/scorecards").await;
        let card = cards["items"][0].clone();
        let mut content = card["content"].clone();
        content["measures"] = json!([{ "metric": "tickets.urgent", "weight": 10.0, "half_life": null, "curve": [[0.0, 100.0], [1.0, 0.0]] }]);
        db.clock.advance(std::time::Duration::from_secs(2 * 86_400));
        let change = json!({ "name": "Harsh", "content": content });
        let place = format!("/api/v1/scorecards/{}", card["id"].as_str().unwrap());
        let tried = send(&world, Method::PUT, &format!("{place}/what-if"), &change).await;
        assert_eq!(tried.status, StatusCode::OK, "{}", tried.text());
        let bands = tried.json()["bands"].as_array().unwrap().iter().map(|band| band["then"].as_i64().unwrap()).sum::<i64>();
        assert!(bands >= 1 && tried.json()["moved"].as_i64() >= Some(0), "{}", tried.text());
        let changed = send(&world, Method::PUT, &place, &change).await;
        assert_eq!((changed.status, changed.json()["version"].as_i64()), (StatusCode::OK, Some(2)), "{}", changed.text());
        settle(&world.app.db).await;
        let now = read(&world, &path).await;
        assert_eq!((now["score"].as_f64(), now["version"].as_i64()), (Some(0.0), Some(2)), "{now}");
        let versions = read(&world, &format!("{place}/versions")).await;
        assert_eq!((&versions["items"][0]["content"]["measures"], &versions["items"][1]["content"]), (&change["content"]["measures"], &card["content"]));
        let shown = page(&world, &format!("/settings/scorecards/{}/versions", card["id"].as_str().unwrap())).await;
        assert!(shown.contains("Version 2") && shown.contains("Since the last use"), "{shown}");
        let (workspace, day) = (world.ours.workspace.id, first["day"].as_str().unwrap().to_owned());
        let then = read(&world, &format!("{path}?day={day}")).await;
        assert_eq!((&then["score"], &then["version"], &then["parts"]), (&first["score"], &first["version"], &first["parts"]));
        let today = world.app.db.read(move |tx| workspaces::today(tx, workspace)).await.unwrap();
        assert_eq!(now["day"], today.to_string());
    }

    async fn a_person_may_say_otherwise_for_a_while(db: TestDb) {
        let world = World::new(&db).await;
        trouble(&world).await;
        let account = world.ours.account.id;
        let path = format!("/api/v1/accounts/{account}/health/override");
        let until = |days: i64| {
            let workspace = world.ours.workspace.id;
            let db = world.app.db.clone();
            async move { db.read(move |tx| workspaces::today(tx, workspace)).await.unwrap().plus_days(days).to_string() }
        };
        for (wrong, code) in [
            (json!({ "band": "green", "reason": " ", "until": until(5).await }), "health-reason"),
            (json!({ "band": "unknown", "reason": "No idea", "until": until(5).await }), "health-band"),
            (json!({ "band": "green", "reason": "Gone", "until": until(-1).await }), "health-until"),
        ] {
            let refused = send(&world, Method::PUT, &path, &wrong).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
            assert!(refused.text().contains(code), "{}", refused.text());
        }
        let said = send(&world, Method::PUT, &path, &json!({ "band": "green", "reason": "They renewed by phone", "until": until(5).await })).await;
        assert_eq!((said.status, &said.json()["said"]["band"]), (StatusCode::OK, &json!("green")), "{}", said.text());
        let line = |book: Value| {
            let items = book["items"].as_array().unwrap().clone();
            items.into_iter().find(|one| one["account"] == account.to_string()).unwrap()
        };
        assert_eq!(line(read(&world, "/api/v1/health").await)["band"], "green");
        db.clock.advance(std::time::Duration::from_secs(7 * 86_400));
        let workspace = world.ours.workspace.id;
        world.app.db.write(move |tx| health::score(tx, workspace, account)).await.unwrap();
        assert_ne!(line(read(&world, "/api/v1/health").await)["band"], "green");
    }

    async fn the_form_of_a_scorecard_keeps_what_was_typed_and_shows_what_would_change(db: TestDb) {
        let world = World::new(&db).await;
        trouble(&world).await;
        let key = world.ours.key(Role::Admin);
        let cards = read(&world, "/api/v1/scorecards").await;
        let path = format!("/settings/scorecards/{}", cards["items"][0]["id"].as_str().unwrap());
        let form = |weight: &str, act: &str| format!(
            "version=1&name=Mine&metric.1=tickets.urgent&weight.1={weight}&curve.1=0%3A100%3B+1%3A0&red_below=40&green_from=70&floor=10&act={act}"
        );
        let wrong = world.ask(Call::new(Method::POST, &path).key(key).html().form(form("0", ""))).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("Give a weight above 0") && wrong.text().contains("0:100; 1:0"), "{}", wrong.text());
        let preview = world.ask(Call::new(Method::POST, &path).key(key).html().form(form("5", "preview"))).await;
        assert_eq!(preview.status, StatusCode::OK);
        assert!(preview.text().contains("What would change"), "{}", preview.text());
        assert_eq!(read(&world, "/api/v1/scorecards").await, cards);
        let saved = world.ask(Call::new(Method::POST, &path).key(key).html().form(form("5", ""))).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        let stale = world.ask(Call::new(Method::POST, &path).key(key).html().form(form("7", ""))).await;
        assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.text());
    }

    async fn who_may_not_see_money_or_tickets_learns_neither(db: TestDb) {
        let world = World::new(&db).await;
        trouble(&world).await;
        let key = hire(&world, "reader", [Permission::AccountsRead].into_iter().collect()).await;
        let account = world.ours.account.id;
        let health = world.ask(Call::get(format!("/api/v1/accounts/{account}/health")).key(&key)).await.json();
        let parts = health["parts"].as_array().unwrap();
        let urgent = parts.iter().find(|part| part["metric"] == "tickets.urgent").unwrap();
        for hidden in ["value", "score", "contribution"] {
            assert!(urgent[hidden].is_null(), "{hidden}: {health}");
        }
        let hidden = world.ask(Call::get(format!("/accounts/{account}/health")).key(&key).html()).await.text();
        assert!(hidden.contains("not for your role"), "{hidden}");
        let feed = world.ask(Call::get("/api/v1/events?kinds=account.metrics_changed").key(&key)).await.json();
        let names = feed["items"][0]["data"]["metrics"].as_array().unwrap();
        assert!(names.iter().all(Value::is_string), "{feed}");
        let metrics = world.ask(Call::get(format!("/api/v1/accounts/{account}/metrics")).key(&key)).await.json();
        assert_eq!(value(&metrics, "tickets.urgent"), None);
        assert_eq!(value(&metrics, "money.mrr"), None);
        let book = world.ask(Call::get("/api/v1/health").key(&key)).await.json();
        assert!(book["items"].as_array().unwrap().iter().all(|one| one["mrr"].is_null()), "{book}");
        let of = world.ask(Call::get("/metrics/book?of=money.mrr").key(&key).html()).await;
        assert_eq!(of.status, StatusCode::NOT_FOUND);
    }

    async fn usual_scorecards_are_offered_and_added_and_their_groups_explain_the_score(db: TestDb) {
        let world = World::new(&db).await;
        trouble(&world).await;
        let key = world.ours.key(Role::Admin);
        let offered = read(&world, "/api/v1/scorecards/usual").await;
        let offers = offered["items"].as_array().unwrap();
        assert_eq!(offers.len(), 4, "{offered}");
        assert!(offers.iter().all(|one| one["stage"].is_string() != one["tier"].is_string()), "{offered}");
        assert!(page(&world, "/settings/scorecards").await.contains("Add the usual scorecards"));
        assert!(page(&world, "/settings/scorecards/new?usual=onboarding").await.contains("Getting started"));
        let count = |cards: &Value| cards["items"].as_array().unwrap().len();
        let before = count(&read(&world, "/api/v1/scorecards").await);

        let added = world.ask(Call::new(Method::POST, "/settings/scorecards/usual").key(key).html().form("")).await;
        assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text());
        let again = send(&world, Method::PUT, "/api/v1/scorecards/usual", &json!({})).await;
        assert_eq!((again.status, count(&again.json())), (StatusCode::OK, 0), "twice is no harm: {}", again.text());
        let cards = read(&world, "/api/v1/scorecards").await;
        assert_eq!(count(&cards), before + 4);
        settle(&world.app.db).await;

        // A new account is on the first stage, so that it follows the one for that.
        let account = world.ours.account.id;
        let health = read(&world, &format!("/api/v1/accounts/{account}/health")).await;
        let card = cards["items"].as_array().unwrap().iter().find(|card| card["id"] == health["scorecard"]).unwrap();
        let own = offers.iter().find(|one| one["key"] == "onboarding").unwrap();
        assert_eq!((&card["name"], &card["stage"]), (&own["name"], &own["stage"]), "{health}");
        let groups = health["groups"].as_array().unwrap();
        let sum: f64 = groups.iter().filter_map(|group| group["contribution"].as_f64()).sum();
        assert!((sum + 50.0 - health["score"].as_f64().unwrap()).abs() < 1e-6, "{health}");
        let support = groups.iter().find(|group| group["name"] == "support").unwrap();
        assert!(support["score"].as_f64() < Some(60.0) && support["confidence"].as_f64() > Some(0.0), "{support}");
        let shown = page(&world, &format!("/accounts/{account}/health")).await;
        assert!(shown.contains("Groups of measures") && shown.contains("Getting started"), "{shown}");
        let panel = page(&world, &format!("/accounts/{account}/health/summary")).await;
        assert!(panel.contains("Support"), "{panel}");
        let reader = hire(&world, "reader", [Permission::AccountsRead].into_iter().collect()).await;
        let health = world.ask(Call::get(format!("/api/v1/accounts/{account}/health")).key(&reader)).await.json();
        let support = health["groups"].as_array().unwrap().iter().find(|group| group["name"] == "support").unwrap();
        assert!(support["score"].is_null() && support["confidence"].is_null() && support["contribution"].is_null(), "{support}");

        let ids: Vec<&str> = cards["items"].as_array().unwrap()[before..].iter().map(|card| card["id"].as_str().unwrap()).collect();
        let end = format!("/settings/scorecards/usual/end?of={}", ids.join(","));
        let ended = world.ask(Call::new(Method::POST, &end).key(key).html().form("")).await;
        assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.text());
        assert_eq!(count(&read(&world, "/api/v1/scorecards").await), before);

        let path = format!("/settings/scorecards/{}", cards["items"][0]["id"].as_str().unwrap());
        let form = |group: &str| format!(
            "version=1&name=Mine&group.1=Use&group_weight.1=30&metric.1=tickets.urgent&in.1={group}&weight.1=5&curve.1=0%3A100%3B+1%3A0&red_below=40&green_from=70&floor=10&act="
        );
        let wrong = world.ask(Call::new(Method::POST, &path).key(key).html().form(form("2"))).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("Choose a group that has a name above"), "{}", wrong.text());
        let saved = world.ask(Call::new(Method::POST, &path).key(key).html().form(form("1"))).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        let content = &read(&world, "/api/v1/scorecards").await["items"][0]["content"];
        assert_eq!((&content["groups"][0]["name"], &content["measures"][0]["group"]), (&json!("use"), &json!("use")), "{content}");
    }
}
