//! What holds at every address of the API: once, at a pace, with a number.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use futures::future::join_all;
use serde_json::json;
use server::config::{Config, Inputs};
use server::{app, routes, wiring};
use tandem_core::accounts;
use tandem_core::permissions::Role;
use testkit::on_both;

use crate::access::path;
use crate::world::{Answer, Call, WORLD, World, settle};

fn post<'a>(world: &'a World, key: &str, name: &str) -> Call<'a> {
    let call = Call::new(Method::POST, "/api/v1/accounts").key(world.ours.key(Role::Admin));
    call.header("idempotency-key", key).json(&json!({ "name": name }))
}

async fn count(world: &World) -> usize {
    let system = world.ours.system();
    let all = world
        .app
        .db
        .read(move |tx| accounts::list(tx, &system, None, 1_000))
        .await;
    all.unwrap().len()
}

fn is_replayed(answer: &Answer) -> bool {
    answer.headers.contains_key("idempotency-replayed")
}

on_both! { WORLD;
    async fn a_post_sent_again_with_its_key_is_answered_again_and_done_once(db: TestDb) {
        let world = World::new(&db).await;
        let first = world.ask(post(&world, "k1", "Acme")).await;
        let again = world.ask(post(&world, "k1", "Acme")).await;
        assert_eq!((first.status, again.status), (StatusCode::CREATED, StatusCode::CREATED));
        assert_eq!(first.body, again.body);
        for header in ["location", "etag", "content-type"] {
            assert_eq!(first.headers[header], again.headers[header], "{header}");
        }
        assert_eq!((is_replayed(&first), is_replayed(&again)), (false, true));
        assert_eq!(count(&world).await, 2);
        let other = world.ask(post(&world, "k1", "Other")).await;
        assert_eq!((other.status, other.json()["type"].as_str()), (StatusCode::UNPROCESSABLE_ENTITY, Some("urn:tandem:problem:idempotency-key-reused")));
        assert_eq!(world.ask(post(&world, "k2", "Acme")).await.status, StatusCode::CREATED);
        assert_eq!(count(&world).await, 3);
    }

    async fn a_key_belongs_to_who_sent_it(db: TestDb) {
        let world = World::new(&db).await;
        world.ask(post(&world, "k1", "Acme")).await;
        for key in [world.ours.key(Role::SupportLead), world.theirs.key(Role::Admin)] {
            let mut call = post(&world, "k1", "Other");
            call.key = Some(key);
            let answer = world.ask(call).await;
            assert_eq!((answer.status, is_replayed(&answer)), (StatusCode::CREATED, false));
        }
    }

    async fn fifty_at_once_with_one_key_have_one_effect(db: TestDb) {
        let world = World::new(&db).await;
        let answers = join_all((0..50).map(|_| world.ask(post(&world, "k1", "Acme")))).await;
        assert!(answers.iter().all(|answer| answer.status == StatusCode::CREATED && answer.body == answers[0].body));
        assert_eq!(answers.iter().filter(|answer| !is_replayed(answer)).count(), 1);
        assert_eq!(count(&world).await, 2);
    }

    async fn what_failed_was_not_done_and_may_be_sent_again(db: TestDb) {
        let world = World::new(&db).await;
        assert_eq!(world.ask(post(&world, "k1", " ")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(world.ask(post(&world, "k1", "Acme")).await.status, StatusCode::CREATED);
        assert_eq!(world.ask(post(&world, "a b", "Acme")).await.status, StatusCode::BAD_REQUEST);
    }

    async fn a_key_is_forgotten_after_a_day_and_its_answer_swept(db: TestDb) {
        let world = World::new(&db).await;
        let first = world.ask(post(&world, "k1", "Acme")).await;
        db.clock.advance(Duration::from_secs(23 * 3_600));
        assert!(is_replayed(&world.ask(post(&world, "k1", "Acme")).await));
        db.clock.advance(Duration::from_secs(3_600));
        let anew = world.ask(post(&world, "k1", "Acme")).await;
        assert_ne!(first.json()["id"], anew.json()["id"]);
        db.clock.advance(Duration::from_secs(25 * 3_600));
        db.write(|tx| kit::jobs::Queue::new(&kit::web::api::once::Sweep {}).put(tx)).await.unwrap();
        settle(&db).await;
        let size = db.read(|tx| tx.one(kit::sql!("select count(*) as n from answers"), kit::params![], |row| row.get::<i64>("n"))).await;
        assert_eq!(size, Ok(0));
    }

    async fn every_post_of_the_api_takes_a_key(db: TestDb) {
        let world = World::whole(&db).await;
        for row in routes::table().into_iter().filter(|row| row.method == Method::POST && row.path.starts_with("/api/")) {
            let call = Call::new(Method::POST, path(&row, &world.ours)).key(world.ours.key(Role::Admin));
            let answer = world.ask(call.header("idempotency-key", "a b").json(&json!({}))).await;
            let names_it = answer.status == StatusCode::BAD_REQUEST && answer.text().contains("idempotency-key");
            assert!(names_it, "{}: {} {}", row.path, answer.status, answer.text());
        }
    }

    async fn a_token_that_asks_too_often_waits_and_others_do_not(db: TestDb) {
        let mut world = World::new(&db).await;
        let flags = [("api_requests".to_owned(), "3".to_owned())].into_iter().collect();
        let config = Config::load(&Inputs { flags, ..Inputs::default() }).unwrap();
        world.router = app::router(&world.app, &config);
        let ask = async |role| world.ask(Call::get("/api/v1/accounts").key(world.ours.key(role))).await;
        for left in ["2", "1", "0"] {
            let answer = ask(Role::Admin).await;
            assert_eq!(answer.headers["ratelimit"].to_str().unwrap(), format!("\"token\";r={left};t=60"));
            assert_eq!(answer.headers["ratelimit-policy"], "\"token\";q=3;w=60");
        }
        let refused = ask(Role::Admin).await;
        assert_eq!((refused.status, refused.headers["retry-after"].to_str().unwrap()), (StatusCode::TOO_MANY_REQUESTS, "60"));
        assert_eq!(refused.json()["type"], "urn:tandem:problem:too-many-requests");
        assert!(refused.headers.contains_key("x-request-id"));
        assert_eq!(ask(Role::SupportLead).await.status, StatusCode::OK);
        assert_eq!(world.ask(Call::get("/accounts").key(world.ours.key(Role::Admin))).await.status, StatusCode::OK);
        db.clock.advance(Duration::from_secs(60));
        assert_eq!(ask(Role::Admin).await.status, StatusCode::OK);
    }

    async fn the_feed_tells_each_reader_what_they_may_hear_and_misses_nothing(db: TestDb) {
        let world = World::new(&db).await;
        let read = async |role, query: &str| world.ask(Call::get(format!("/api/v1/events?{query}")).key(world.ours.key(role))).await.json();
        let kinds = |feed: &serde_json::Value| -> Vec<String> { feed["items"].as_array().unwrap().iter().map(|item| item["kind"].as_str().unwrap().to_owned()).collect() };
        let admin = read(Role::Admin, "limit=200").await;
        assert!(kinds(&admin).contains(&"session.began".to_owned()));
        let agent = read(Role::SupportAgent, "limit=200").await;
        assert!(!kinds(&agent).contains(&"session.began".to_owned()) && kinds(&agent).contains(&"account.added".to_owned()));
        assert!(!admin.to_string().contains("Elsewhere"));
        let now = admin["next"].as_str().unwrap();
        assert_eq!(read(Role::Admin, &format!("after={now}")).await, json!({ "items": [], "next": now }));
        for name in ["One", "Two", "Three"] {
            world.ask(post(&world, name, name)).await;
        }
        settle(&db).await;
        let (mut after, mut names) = (now.to_owned(), Vec::new());
        for _ in 0..3 {
            let part = read(Role::Admin, &format!("after={after}&limit=1&kinds=account.added,account.closed")).await;
            names.extend(part["items"].as_array().unwrap().iter().map(|item| item["data"]["name"].as_str().unwrap().to_owned()));
            after = part["next"].as_str().unwrap().to_owned();
        }
        assert_eq!(names, ["One", "Two", "Three"]);
        assert_eq!(read(Role::Admin, "kinds=account.eaten").await["errors"][0]["parameter"], "kinds");
        assert_eq!(read(Role::Admin, "after=latest").await["items"], json!([]));
        assert_eq!(read(Role::Admin, "after=x").await["status"], 400);
    }

    async fn a_reader_of_the_feed_who_waits_is_told_as_soon_as_something_happens(db: TestDb) {
        let world = World::new(&db).await;
        let now = world.ask(Call::get("/api/v1/events?after=latest").key(world.ours.key(Role::Admin))).await.json();
        let path = format!("/api/v1/events?wait=20&after={}", now["next"].as_str().unwrap());
        let waiting = world.ask(Call::get(path).key(world.ours.key(Role::Admin)));
        let adding = async {
            world.ask(post(&world, "k", "Acme")).await;
            settle(&db).await;
        };
        let (told, ()) = futures::join!(waiting, adding);
        assert_eq!(told.json()["items"][0]["data"]["name"], "Acme");
    }
}

/// Every kind of job that the wiring queues by the calendar is one that it can run.
#[test]
fn the_sweep_of_answers_is_wired() {
    assert!(wiring::jobs().kinds().any(|kind| kind == "answers.sweep"));
}
