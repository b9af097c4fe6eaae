//! What senders may send, with which key, and what they are told.

use axum::http::{Method, StatusCode};
use serde_json::json;
use success::usage::log::refusals;
use success::usage::protocol::{Reason, taking};
use success::usage::sources;
use testkit::on_both;

use super::{basic, post, source};
use crate::world::{Call, WORLD, World};

on_both! { WORLD;
    async fn every_path_takes_events_with_the_key_in_each_form(db: TestDb) {
        let world = World::new(&db).await;
        let source = source(&world).await;
        let key = source.key();
        for call in ["track", "identify", "group", "page", "screen", "alias", "t", "i", "g", "p", "s", "a"] {
            let event = json!({ "userId": "u", "event": "Opened", "groupId": "g", "previousId": "before" });
            let path = format!("/v1/{call}");
            let basic = world.ask(post(&path, &event).header("authorization", basic(key))).await;
            assert_eq!((basic.status, &basic.json()["success"]), (StatusCode::OK, &json!(true)), "{call}");
            let bearer = post(&path, &event).header("authorization", format!("Bearer {key}"));
            assert_eq!(world.ask(bearer).await.status, StatusCode::OK);
            // Browsers send their pages' origin, plain text and the key in the body.
            let mut event = event;
            event["writeKey"] = key.into();
            let plain = post(&path, &event)
                .header("content-type", "text/plain")
                .header("origin", "https://app.example")
                .header("sec-fetch-site", "cross-site");
            let plain = world.ask(plain).await;
            assert_eq!(plain.status, StatusCode::OK, "{}", plain.text());
            assert_eq!(plain.headers["access-control-allow-origin"], "*");
        }
        for call in ["batch", "b"] {
            let batch = json!({ "writeKey": key, "batch": [
                { "type": "track", "userId": "u", "event": "Opened", "messageId": call },
                { "type": "track", "userId": "u", "event": "Opened", "messageId": call },
                { "type": "track", "userId": "u" },
            ] });
            let answer = world.ask(post(&format!("/v1/{call}"), &batch)).await;
            assert_eq!(answer.status, StatusCode::OK);
            let told = answer.json();
            assert_eq!((&told["success"], &told["accepted"], &told["duplicates"]), (&json!(true), &json!(1), &json!(1)));
            assert_eq!((&told["rejected"][0]["index"], &told["rejected"][0]["code"]), (&json!(2), &json!("no-event")));
            assert!(!told["rejected"][0]["remedy"].as_str().unwrap().is_empty());
        }
        assert_eq!(world.ask(post("/v1/dance", &json!({}))).await.status, StatusCode::NOT_FOUND);
    }

    async fn what_does_not_belong_here_is_told_why(db: TestDb) {
        let world = World::new(&db).await;
        let source = source(&world).await;
        let key = source.key().to_owned();
        let event = json!({ "userId": "u", "event": "Opened" });
        let nobody = world.ask(post("/v1/track", &event)).await;
        assert_eq!((nobody.status, nobody.json()["code"].clone()), (StatusCode::UNAUTHORIZED, json!("no-key")));
        let wrong = post("/v1/track", &event).header("authorization", basic(&"0".repeat(32)));
        assert_eq!(world.ask(wrong).await.json()["code"], "unknown-key");
        let lonely = post("/v1/track", &json!({ "event": "Opened" })).header("authorization", basic(&key));
        let lonely = world.ask(lonely).await;
        assert_eq!((lonely.status, &lonely.json()["success"]), (StatusCode::BAD_REQUEST, &json!(false)));
        let mut torn = post("/v1/batch", &json!({})).header("authorization", basic(&key));
        torn.body = "{\"batch\": [".to_owned();
        assert_eq!(world.ask(torn).await.status, StatusCode::BAD_REQUEST);
        let mut large = post("/v1/batch", &json!({})).header("authorization", basic(&key));
        let told = format!("{{\"batch\":[\"{}\"]}}", "x".repeat(510 * 1024));
        large.body.clone_from(&told);
        let large = world.ask(large).await;
        assert_eq!((large.status, large.json()["code"].clone()), (StatusCode::BAD_REQUEST, json!("large-body")));
        // However large it is, what is told is in the form that SDKs read, and it stands among what was rejected.
        for key in [Some(&key), None] {
            let mut huge = post("/v1/batch", &json!({}));
            if let Some(key) = key {
                huge = huge.header("authorization", basic(key));
            }
            huge.body = told.repeat(6);
            let huge = world.ask(huge).await;
            assert_eq!((huge.status, huge.json()["code"].clone()), (StatusCode::BAD_REQUEST, json!("large-body")));
            assert_eq!(huge.headers["access-control-allow-origin"], "*");
        }
        let workspace = world.ours.workspace.id;
        let kept = db.read(move |tx| refusals::newest(tx, workspace, None, None, 50)).await.unwrap();
        let large = kept.iter().filter(|kept| kept.reason == Reason::LargeBody);
        assert_eq!(large.filter(|kept| kept.body.starts_with("{\"batch\":[")).count(), 2);
        let (system, id) = (world.ours.system(), source.id);
        world.app.db.write(move |tx| sources::stop(tx, &system, id)).await.unwrap();
        let off = world.ask(post("/v1/track", &event).header("authorization", basic(&key))).await;
        assert_eq!((off.status, off.json()["code"].clone()), (StatusCode::FORBIDDEN, json!("source-off")));
    }

    async fn bodies_that_are_no_json_fill_no_disk_either(db: TestDb) {
        let world = World::new(&db).await;
        let source = source(&world).await;
        let gate = {
            let key = source.key().to_owned();
            db.read(move |tx| sources::of_key(tx, &key)).await.unwrap().unwrap()
        };
        for _ in 0..50 {
            taking::take(&db, &gate, &["{}"; 20], (None, None)).await.unwrap();
        }
        let workspace = gate.workspace;
        let kept = async || {
            let kept = db.read(move |tx| refusals::newest(tx, workspace, None, None, 5_000)).await;
            kept.unwrap().len()
        };
        let before = kept().await;
        let mut torn = post("/v1/batch", &json!({})).header("authorization", basic(source.key()));
        torn.body = "{\"batch\": [".to_owned();
        assert_eq!(world.ask(torn).await.status, StatusCode::BAD_REQUEST);
        assert_eq!((before, kept().await), (1_000, 1_000));
    }

    async fn browsers_may_ask_first_and_load_their_settings(db: TestDb) {
        let world = World::new(&db).await;
        let source = source(&world).await;
        let asked = Call::new(Method::OPTIONS, "/v1/t")
            .header("origin", "https://app.example")
            .header("access-control-request-method", "POST");
        let allowed = world.ask(asked).await;
        assert_eq!(allowed.status, StatusCode::NO_CONTENT);
        let headers = allowed.headers["access-control-allow-headers"].to_str().unwrap();
        assert!(headers.contains("authorization") && headers.contains("x-retry-count"), "{headers}");
        assert_eq!(allowed.headers["access-control-expose-headers"], "retry-after");
        let settings = world.ask(Call::get(format!("/v1/projects/{}/settings", source.key()))).await;
        let host = settings.json()["integrations"]["Segment.io"]["apiHost"].as_str().unwrap().to_owned();
        assert!(host.ends_with("/v1"), "{host}");
        assert_eq!(settings.headers["cross-origin-resource-policy"], "cross-origin");
        let none = world.ask(Call::get("/v1/projects/nothing/settings")).await;
        assert_eq!(none.status, StatusCode::NOT_FOUND);
        let config = Call::get("/sourceConfig/?p=npm").header("authorization", basic(source.key()));
        assert_eq!(world.ask(config).await.json()["source"]["enabled"], json!(true));
    }
}
