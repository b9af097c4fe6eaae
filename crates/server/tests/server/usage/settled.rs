//! What belongs to no account yet, and files of the past.

use axum::http::{Method, StatusCode};
use serde_json::json;
use success::usage::folding;
use success::usage::sources;
use tandem_core::permissions::Role;
use testkit::on_both;

use super::{basic, post, source};
use crate::world::{Call, WORLD, World, settle};

on_both! { WORLD;
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
}
