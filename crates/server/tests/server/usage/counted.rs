//! What is made of usage: metrics, first value and features.

use axum::http::{Method, StatusCode};
use serde_json::json;
use success::usage::{adoption, folding};
use tandem_core::accounts::{self, AccountText};
use tandem_core::permissions::Role;
use testkit::on_both;

use super::{basic, post, source};
use crate::world::{Call, WORLD, World, settle};

on_both! { WORLD;
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
