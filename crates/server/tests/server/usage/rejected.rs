//! What was rejected or can't be read: where it is shown, and how it is sent again.

use axum::http::{Method, StatusCode};
use kit::{params, sql};
use serde_json::json;
use tandem_core::permissions::Role;
use testkit::on_both;

use super::{basic, post, source};
use crate::world::{Call, WORLD, World, settle};

on_both! { WORLD;
    async fn the_next_page_of_rejected_events_is_of_the_same_source(db: TestDb) {
        let world = World::new(&db).await;
        let (source, key) = (source(&world).await, world.ours.key(Role::Admin));
        let bad = vec![json!({}); 20];
        for _ in 0..3 {
            let batch = json!({ "writeKey": source.key(), "batch": bad });
            assert_eq!(world.ask(post("/v1/batch", &batch)).await.status, StatusCode::OK);
        }
        let path = format!("/settings/sources/events/rejected?source={}", source.id);
        let page = world.ask(Call::get(path).key(key).html()).await.text();
        let (_, rest) = page.split_once("/settings/sources/events/rejected?after=").unwrap();
        let next = rest.split('"').next().unwrap();
        assert!(next.contains(&format!("source={}", source.id)), "{next}");
    }

    async fn what_came_and_cannot_be_read_stands_on_the_page_of_sources(db: TestDb) {
        let world = World::new(&db).await;
        let (source, key) = (source(&world).await, world.ours.key(Role::Admin));
        let page = async || world.ask(Call::get("/settings/sources").key(key).html()).await.text();
        let event = json!({ "userId": "u", "event": "Opened" });
        let sent = world.ask(post("/v1/track", &event).header("authorization", basic(source.key()))).await;
        assert_eq!(sent.status, StatusCode::OK);
        assert!(!page().await.contains("can’t be read"));
        let workspace = world.ours.workspace.id;
        let aside = db.write(move |tx| {
            tx.execute(
                sql!("update usage_batches set unread_at = 1, unread_found = 0 where workspace_id = $1"),
                params![workspace],
            )
        });
        aside.await.unwrap();
        let told = page().await;
        assert!(told.contains("can’t be read") && told.contains("0 of 1"), "{told}");
        let theirs = Call::get("/settings/sources").key(world.theirs.key(Role::Admin)).html();
        assert!(!world.ask(theirs).await.text().contains("can’t be read"));
    }

    async fn what_was_rejected_is_listed_and_sent_again_by_programs(db: TestDb) {
        let world = World::new(&db).await;
        let (source, key) = (source(&world).await, world.ours.key(Role::Admin));
        let batch = json!({ "writeKey": source.key(), "batch": [{ "type": "track", "userId": "u" }, { "type": "page" }] });
        assert_eq!(world.ask(post("/v1/batch", &batch)).await.status, StatusCode::OK);
        let get = async |path: String| world.ask(Call::get(path).key(key)).await;
        let all = get("/api/v1/usage-refusals".to_owned()).await.json();
        assert_eq!(all["items"].as_array().unwrap().len(), 2);
        let one = get(format!("/api/v1/usage-refusals?source={}&code=no-event", source.id)).await.json();
        assert_eq!((one["items"].as_array().unwrap().len(), &one["items"][0]["is_whole"]), (1, &json!(true)));
        let none = get("/api/v1/usage-refusals?code=dance".to_owned()).await.json();
        assert_eq!(none["items"], json!([]));
        let path = format!("/api/v1/usage-refusals/{}", one["items"][0]["id"].as_str().unwrap());
        assert_eq!(get(path.clone()).await.json()["code"], "no-event");
        let send = async |body: serde_json::Value| {
            let call = Call::new(Method::POST, format!("{path}/replay")).key(key);
            world.ask(call.json(&body)).await
        };
        assert_eq!(send(json!({})).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let mended = json!({ "event": r#"{"type":"track","userId":"u","event":"Opened"}"# });
        let sent = send(mended.clone()).await;
        assert_eq!((sent.status, &sent.json()["taken"]), (StatusCode::OK, &json!(1)));
        assert_eq!(send(mended).await.status, StatusCode::CONFLICT);
        let theirs = world.ask(Call::get(path.clone()).key(world.theirs.key(Role::Admin))).await;
        assert_eq!(theirs.status, StatusCode::NOT_FOUND);
    }

    async fn the_debugger_filters_shows_all_times_and_sends_all_again(db: TestDb) {
        let world = World::new(&db).await;
        let (source, key) = (source(&world).await, world.ours.key(Role::Admin));
        let batch = json!({ "writeKey": source.key(), "sentAt": "2026-03-02T08:59:00Z", "batch": [
            { "type": "track", "userId": "u", "event": "Opened", "messageId": "1", "timestamp": "2026-03-02T08:58:00Z" },
            { "type": "page", "userId": "u", "name": "Pricing", "messageId": "2" },
            { "type": "track", "userId": "u" },
            { "type": "page" },
        ] });
        for _ in 0..2 {
            assert_eq!(world.ask(post("/v1/batch", &batch)).await.status, StatusCode::OK);
        }
        let page = async |path: &str| world.ask(Call::get(path.to_owned()).key(key).html()).await.text();
        let all = page("/settings/sources/events").await;
        assert!(all.contains("Pricing") && all.contains("came again 1 time"), "{all}");
        assert!(all.contains("Happened (sender’s clock)") && all.contains("Sent (sender’s clock)"));
        let tracks = page("/settings/sources/events?call=track&source=&q=").await;
        assert!(tracks.contains("Opened") && !tracks.contains("Pricing"), "{tracks}");
        assert!(page("/settings/sources/events?q=nowhere").await.contains("Nothing fits"));
        let nameless = page("/settings/sources/events/rejected?reason=no-event").await;
        assert_eq!(nameless.matches("/settings/sources/rejected/rfs_").count(), 2, "{nameless}");
        let form = Call::new(Method::POST, "/settings/sources/events/rejected/replay").key(key).html();
        let begun = world.ask(form.form("source=&reason=no-event")).await;
        assert_eq!(begun.status, StatusCode::SEE_OTHER);
        assert!(begun.headers["location"].to_str().unwrap().ends_with("/rejected?reason=no-event"));
        settle(&db).await;
        assert!(page("/settings/sources/events/rejected").await.contains("Last sent again: 2 of 2, 0 of them taken"));
    }
}
