//! Usage as SDKs send it: every path, each form of the key, what browsers ask, and what senders are told.

use axum::http::{Method, StatusCode};
use kit::{params, sql};
use serde_json::json;
use success::usage::log::refusals;
use success::usage::protocol::{Reason, taking};
use success::usage::sources::{self, Source};
use success::usage::{adoption, folding};
use tandem_core::accounts::{self, AccountText};
use tandem_core::permissions::Role;
use testkit::on_both;

use crate::world::{Call, WORLD, World, settle};

async fn source(world: &World) -> Source {
    let system = world.ours.system();
    let made = world.app.db.write(move |tx| sources::add(tx, &system, "Web app"));
    made.await.unwrap()
}

fn basic(key: &str) -> String {
    format!("Basic {}", kit::text::base64(format!("{key}:").as_bytes()))
}

fn post(path: &str, body: &serde_json::Value) -> Call<'static> {
    let mut call = Call::new(Method::POST, path);
    call.body = body.to_string();
    call
}

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

    async fn a_metric_is_defined_looked_at_changed_and_removed_by_pages_and_by_programs(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::Admin);
        let page = async |path: &str| world.ask(Call::get(path).key(key).html()).await;
        let post = async |path: &str, form: &str| {
            world.ask(Call::new(Method::POST, path).key(key).html().form(form)).await
        };
        assert!(page("/metrics").await.text().contains("/metrics/own"));
        assert_eq!(page("/metrics/own/new").await.status, StatusCode::OK);
        let filled = "name=Orders&about=&event=track%3AOrder+placed&measure=sum&property=price&window=30&filter.2=plan&test.2=is&value.2=gold";
        let looked = post("/metrics/own", &format!("{filled}&act=preview")).await;
        assert_eq!(looked.status, StatusCode::OK, "{}", looked.text());
        let wrong = post("/metrics/own", &filled.replace("value.2=gold", "value.2=")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("value.2-error"), "{}", wrong.text());
        assert_eq!(post("/metrics/own", filled).await.status, StatusCode::SEE_OTHER);
        assert!(page("/metrics/own").await.text().contains("Orders"));
        let listed = world.ask(Call::get("/api/v1/metrics/own").key(key)).await.json();
        let one = &listed["items"][0];
        assert_eq!((&one["content"]["filters"][0]["property"], &one["unit"]), (&json!("plan"), &json!("number")));
        let all = world.ask(Call::get("/api/v1/metrics").key(key)).await.json();
        let is_there = all["items"].as_array().unwrap().iter().any(|metric| metric["title"] == "Orders");
        assert!(is_there, "among all metrics");
        let id = one["id"].as_str().unwrap();
        assert!(page("/settings/scorecards/new").await.text().contains(&format!("own.{id}")), "and in scorecards");
        let shown = page(&format!("/metrics/own/{id}")).await;
        assert!(shown.text().contains("value=\"gold\""), "{}", shown.text());
        let removed = post(&format!("/metrics/own/{id}/removal"), "").await;
        assert_eq!(removed.status, StatusCode::SEE_OTHER);
        assert!(!page("/metrics/own").await.text().contains(id));
        assert_eq!(post(&format!("/metrics/own/{id}/removal/end"), "").await.status, StatusCode::SEE_OTHER);
        assert!(page("/metrics/own").await.text().contains(id));
    }

    async fn what_counts_is_said_and_how_long_first_value_takes_is_shown(db: TestDb) {
        let world = World::new(&db).await;
        source(&world).await;
        let system = world.ours.system();
        let fresh = AccountText { name: "Fresh".to_owned(), ..AccountText::default() };
        world.app.db.write(move |tx| accounts::add(tx, &system, &fresh)).await.unwrap();
        let (key, agent) = (world.ours.key(Role::Admin), world.ours.key(Role::SupportAgent));
        let page = async |path: &str| world.ask(Call::get(path).key(key).html()).await;
        let post = async |path: &str, form: &str, key| world.ask(Call::new(Method::POST, path).key(key).html().form(form)).await;
        let path = "/settings/sources/counts";
        assert!(page("/time-to-value").await.text().contains(path), "says what is to be set up");
        assert!(page(path).await.text().contains("Every event counts"));
        let filled = "event.1=track%3AExport+made&event.3=page%3APricing&first=track%3AExport+made&times=2";
        assert_eq!(post(path, filled, agent).await.status, StatusCode::FORBIDDEN);
        let wrong = post(path, &filled.replace("times=2", "times=0"), key).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("times-error"), "{}", wrong.text());
        assert_eq!(post(path, filled, key).await.status, StatusCode::SEE_OTHER);
        assert!(!page(path).await.text().contains("Every event counts"));
        settle(&world.app.db).await;
        let held = world.ask(Call::get("/api/v1/usage-counts").key(key)).await.json();
        let content = json!({
            "key_events": [{ "call": "track", "name": "Export made" }, { "call": "page", "name": "Pricing" }],
            "first_value": { "event": { "call": "track", "name": "Export made" }, "times": 2 },
        });
        assert_eq!((&held["content"], &held["version"], &held["waiting"]), (&content, &json!(1), &json!(0)));
        let shown = page("/time-to-value").await.text();
        assert!(shown.contains("first-value-curve") && shown.contains("Fresh"), "{shown}");
        assert!(shown.contains("1 account is left out"), "the other bought before any source was there: {shown}");
        let found = world.ask(Call::get("/api/v1/time-to-value?by=tier").key(key)).await.json();
        let summary = &found["summary"];
        assert_eq!((&summary["reached"], &summary["median"]), (&json!(0), &json!(null)), "{found}");
        let mut waits = found["waiting"].as_array().unwrap().iter();
        assert!(waits.any(|one| one["name"] == json!("Fresh")), "{found}");
        let wrong = world.ask(Call::get("/api/v1/time-to-value?by=colour").key(key)).await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
        let file = post("/time-to-value/export", "by=tier&of=&format=csv", key).await;
        assert_eq!(file.status, StatusCode::OK);
        assert!(file.text().contains("Fresh"), "{}", file.text());
        assert_eq!(post(&format!("{path}/undo"), "", key).await.status, StatusCode::SEE_OTHER);
        assert!(page(path).await.text().contains("Every event counts"));
    }

    async fn what_belongs_to_no_account_is_settled_and_links_are_ended_by_pages_and_by_programs(db: TestDb) {
        let world = World::new(&db).await;
        let (source, key) = (source(&world).await, world.ours.key(Role::Admin));
        let account = world.ours.account.id;
        for event in [
            json!({ "event": "Opened", "userId": "u-1", "anonymousId": "b-1" }),
            json!({ "event": "Opened", "anonymousId": "b-1" }),
            json!({ "event": "Opened", "userId": "u-2", "context": { "groupId": "harbour" } }),
        ] {
            let sent = world.ask(post("/v1/track", &event).header("authorization", basic(source.key()))).await;
            assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
        }
        folding::fold(&db).await.unwrap();
        let page = async |path: &str| {
            let answer = world.ask(Call::get(path).key(key).html()).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
            answer.text()
        };
        let press = async |path: &str, form: &str| {
            world.ask(Call::new(Method::POST, path).key(key).html().form(form)).await
        };
        let ask = async |method: Method, path: &str, body: serde_json::Value| {
            let answer = world.ask(Call::new(method, path).key(key).json(&body)).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
            answer.json()
        };
        let events = async || {
            let path = format!("/api/v1/accounts/{account}/usage");
            world.ask(Call::get(path).key(key)).await.json()["events_30d"].as_i64().unwrap()
        };
        let queue = "/settings/sources/events/unsettled";
        let waits = page(queue).await;
        assert!(waits.contains("harbour") && waits.contains("No account is called so") && waits.contains("u-1"), "{waits}");
        assert!(!page(&format!("{queue}?q=harb")).await.contains("u-1"));
        let listed = world.ask(Call::get("/api/v1/usage-unsettled?q=harb").key(key)).await.json();
        let (one, harbour) = (&listed["items"][0], listed["items"][0]["id"].as_str().unwrap());
        assert_eq!((&one["reason"], &one["events"], listed["items"].as_array().unwrap().len()), (&json!("group"), &json!(1), 1));
        let parted = world.ask(Call::get("/api/v1/usage-unsettled?limit=1").key(key)).await.json();
        let path = format!("/api/v1/usage-unsettled?limit=1&after={}", parted["next"].as_str().unwrap());
        let rest = world.ask(Call::get(path).key(key)).await.json();
        assert_ne!(parted["items"][0]["id"], rest["items"][0]["id"]);

        let address = format!("/settings/sources/names/{harbour}");
        let wrong = press(&format!("{address}/account"), "account=Nobody").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let settled = press(&format!("{address}/account"), &format!("account={account}")).await;
        assert_eq!(settled.status, StatusCode::SEE_OTHER);
        settle(&db).await;
        assert_eq!(events().await, 1);
        assert!(!page(queue).await.contains("harbour"));
        assert_eq!(press(&format!("{address}/account/end"), "").await.status, StatusCode::SEE_OTHER);
        settle(&db).await;
        assert_eq!(events().await, 0);
        assert_eq!(press(&format!("{address}/leaving"), "").await.status, StatusCode::SEE_OTHER);
        assert!(!page(queue).await.contains("harbour") && page(&format!("{queue}?left=on")).await.contains("harbour"));
        assert_eq!(press(&format!("{address}/leaving/end"), "").await.status, StatusCode::SEE_OTHER);
        assert!(page(queue).await.contains("harbour"));

        // Both events are of one person until somebody says that the browser is not theirs.
        let listed = world.ask(Call::get("/api/v1/usage-unsettled?q=u-1").key(key)).await.json();
        let user = listed["items"][0]["id"].as_str().unwrap();
        let path = format!("/api/v1/usage-names/{user}");
        let named = ask(Method::PUT, &format!("{path}/account"), json!({ "account": account })).await;
        assert_eq!((&named["account"], &named["chosen"], &named["ids"]), (&json!(account), &json!(account), &json!(2)));
        assert_eq!(events().await, 2);
        let browser = &named["links"][0];
        assert_eq!((&browser["value"], &browser["heard"], &browser["source"]), (&json!("b-1"), &json!("event"), &json!("Web app")));
        let other = browser["other"].as_str().unwrap();
        let ended = ask(Method::PUT, &format!("{path}/link"), json!({ "other": other, "is_ended": true })).await;
        assert!(ended["links"][0]["ended_at"].is_i64() && ended["ids"] == json!(1), "{ended}");
        assert_eq!(events().await, 1);
        let shown = page(&format!("/settings/sources/names/{user}")).await;
        assert!(shown.contains("Ended") && shown.contains("Restore"), "{shown}");
        let restored = press(&format!("/settings/sources/names/{user}/links/restoring?other={other}"), "").await;
        assert_eq!(restored.status, StatusCode::SEE_OTHER);
        assert_eq!(events().await, 2);
        let made = world.ask(Call::new(Method::POST, format!("/api/v1/usage-names/{harbour}/making")).key(key)).await;
        assert_eq!(made.status, StatusCode::OK, "{}", made.text());
        let accounts = world.ask(Call::get("/api/v1/accounts?q=harbour").key(key)).await.json();
        assert_eq!(made.json()["account"], accounts["items"][0]["id"], "{accounts}");
        let audit = world.ask(Call::get("/api/v1/audit?limit=50").key(key)).await.text();
        for act in ["usage_name.settled", "usage_name.unsettled", "usage_name.left", "usage_link.ended", "usage_link.restored"] {
            assert!(audit.contains(act), "{act}: {audit}");
        }
        assert!(!audit.contains("\"u-1\"") && !audit.contains("\"b-1\""), "ids of persons stay out of the trail");
        let foreign = world.ask(Call::get(&path).key(world.theirs.key(Role::Admin))).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    }

    async fn a_file_of_the_past_is_brought_looked_at_and_taken_by_pages_and_by_programs(db: TestDb) {
        let world = World::new(&db).await;
        let (source, key) = (source(&world).await, world.ours.key(Role::Admin));
        let page = async |path: &str| {
            let answer = world.ask(Call::get(path).key(key).html()).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            answer.text()
        };
        assert!(page("/settings/sources/backfills/new").await.contains("Web app"));
        let bring = async |file: &str| {
            let body = format!(
                "--x\r\ncontent-disposition: form-data; name=\"source\"\r\n\r\n{}\r\n\
                 --x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"old.csv\"\r\n\r\n{file}\r\n--x--\r\n",
                source.id
            );
            let mut call = Call::new(Method::POST, "/settings/sources/backfills").key(key).html();
            call.body = body;
            let brought = world.ask(call.header("content-type", "multipart/form-data; boundary=x")).await;
            assert_eq!(brought.status, StatusCode::SEE_OTHER, "{}", brought.text());
            brought.headers["location"].to_str().unwrap().to_owned()
        };
        let unclear = bring("Event;User;Time\nReport opened;u-1;03/04/2026 09:00\n").await;
        let draft = page(&unclear).await;
        assert_eq!(draft.matches("Say how the column of times writes days").count(), 2, "beside the choice and the line: {draft}");
        let address = bring("Event;User;Company;When it was\nReport opened;u-1;acme;2026-01-05 09:00\nExport made;;acme;2026-01-05\n").await;
        let draft = page(&address).await;
        assert!(draft.contains("When it was") && draft.contains("It does not say when it was"), "no column is the time yet");
        let press = async |form: &str| world.ask(Call::new(Method::POST, address.clone()).key(key).html().form(form)).await;
        let wrong = press("column-0=event&column-1=user&then=run").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("Choose a column for time"));
        let wrong = press("until=soon&then=look").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let begun = press("column-0=event&column-1=user&column-2=group&column-3=time&then=run").await;
        assert_eq!(begun.status, StatusCode::SEE_OTHER);
        settle(&db).await;
        let over = page(&address).await;
        assert!(over.contains("Refused lines") && over.contains("It names nobody"), "{over}");
        let back = world.ask(Call::get(format!("{address}/refused")).key(key)).await;
        assert!(back.text().contains("Export made,,acme,2026-01-05,It names nobody"), "{}", back.text());
        assert!(page("/settings/sources/backfills").await.contains("old.csv"));

        // A program brings JSON; theirs is no source of ours.
        let put = |source: &str| {
            let mut call = Call::new(Method::PUT, format!("/api/v1/usage-backfills?source={source}&file_name=old.jsonl")).key(key);
            call.body = r#"{"type":"track","event":"A","userId":"u-1","timestamp":"2026-01-05T09:00:00Z"}"#.into();
            call
        };
        let draft = world.ask(put(&source.id.to_string())).await.json();
        assert_eq!((&draft["form"], &draft["state"], &draft["total"]), (&json!("lines"), &json!("draft"), &json!(1)));
        let system = world.theirs.system();
        let theirs = world.app.db.write(move |tx| sources::add(tx, &system, "Web app")).await.unwrap();
        let refused = world.ask(put(&theirs.id.to_string())).await;
        assert_eq!((refused.status, refused.json()["type"].as_str()), (StatusCode::UNPROCESSABLE_ENTITY, Some("urn:tandem:problem:usage-backfill-source")));
        let path = format!("/api/v1/usage-backfills/{}", draft["id"].as_str().unwrap());
        let run = world.ask(Call::new(Method::POST, format!("{path}/run")).key(key)).await;
        assert_eq!(run.status, StatusCode::ACCEPTED, "{}", run.text());
        settle(&db).await;
        let over = world.ask(Call::get(&path).key(key)).await.json();
        assert_eq!((&over["state"], &over["counts"]["taken"]), (&json!("done"), &json!(1)));
        let foreign = world.ask(Call::get(&path).key(world.theirs.key(Role::Admin))).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    }

    async fn features_of_any_name_are_listed_shown_and_taken_along(db: TestDb) {
        let world = World::new(&db).await;
        let (source, key) = (source(&world).await, world.ours.key(Role::Admin));
        let (long, group) = ("Quarterly report ".repeat(11), world.ours.account.id.to_string());
        for event in [long.trim(), "<b>Bold</b> & \"quoted\""] {
            let event = json!({ "userId": "u", "event": event, "context": { "groupId": group } });
            let taken = world.ask(post("/v1/track", &event).header("authorization", basic(source.key()))).await;
            assert_eq!(taken.status, StatusCode::OK, "{}", taken.text());
        }
        let page = json!({ "userId": "u", "context": { "groupId": group } });
        world.ask(post("/v1/page", &page).header("authorization", basic(source.key()))).await;
        folding::fold(&db).await.unwrap();
        adoption::jobs::adopt_all(&db, world.ours.workspace.id).await.unwrap();

        let listed = world.ask(Call::get("/api/v1/usage-features?sort=name&limit=2").key(key)).await.json();
        assert_eq!((listed["items"].as_array().unwrap().len(), &listed["items"][0]["accounts"]), (2, &json!(1)), "{listed}");
        let next = format!("/api/v1/usage-features?sort=name&limit=2&after={}", listed["next"].as_str().unwrap());
        let rest = world.ask(Call::get(next).key(key)).await.json();
        assert_eq!((rest["items"].as_array().unwrap().len(), rest["next"].is_null()), (1, true), "{rest}");
        let list = world.ask(Call::get("/usage/features").key(key).html()).await;
        assert_eq!(list.status, StatusCode::OK);
        let text = list.text();
        assert!(text.contains(long.trim()) && !text.contains("<b>Bold</b>") && text.contains("(page without a name)"));

        let all = listed["items"].as_array().unwrap().iter().chain(rest["items"].as_array().unwrap());
        let one = all.into_iter().find(|one| one["name"] == json!(long.trim())).unwrap();
        let id = one["id"].as_str().unwrap();
        for whose in ["used", "stopped", "never"] {
            let shown = world.ask(Call::get(format!("/usage/features/{id}?window=7&whose={whose}")).key(key).html()).await;
            assert_eq!(shown.status, StatusCode::OK, "{whose}");
            assert_eq!(shown.text().contains(&format!("id=\"{group}\"")), whose == "used", "{whose}");
        }
        let foreign = world.theirs.key(Role::Admin);
        for path in [format!("/usage/features/{id}"), format!("/api/v1/usage-features/{id}/accounts")] {
            assert_eq!(world.ask(Call::get(path).key(foreign).html()).await.status, StatusCode::NOT_FOUND);
        }
        let file = Call::new(Method::POST, format!("/usage/features/{id}/export")).key(key).html();
        let file = world.ask(file.form("whose=used&format=csv")).await;
        assert!(file.text().contains(&group), "{}", file.text());
        let file = Call::new(Method::POST, "/usage/features/export").key(key).html();
        let file = world.ask(file.form("format=xlsx")).await;
        assert!(file.headers["content-disposition"].to_str().unwrap().contains("features.xlsx"));
        let account = world.ask(Call::get(format!("/accounts/{group}/usage?window=90")).key(key).html()).await;
        assert!(account.status == StatusCode::OK && account.text().contains(id));
    }
}
