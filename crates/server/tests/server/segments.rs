//! Segments through their addresses: the builder without scripts, the views above the accounts, and what programs are told.

use axum::http::{Method, StatusCode};
use serde_json::json;
use tandem_core::permissions::Role;
use testkit::on_both;

use crate::world::{Call, WORLD, World, settle};

/// A form of the builder with one condition about the name.
fn form(act: &str, name: &str, words: &str) -> String {
    format!(
        "act={act}&name={name}&audience=own&version=0&kind.0=group&depth.0=1&join.0=all&kind.1=line&depth.1=1&subject.1=name&is.1=contains&words.1={words}"
    )
}

on_both! { WORLD;
    async fn the_builder_arranges_refuses_and_keeps_what_was_typed(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::SupportAgent);
        let send = async |body: String| world.ask(Call::new(Method::POST, "/segments").key(key).html().form(body)).await;
        let arranged = send(form("group.0", "Nordic", "north")).await;
        assert_eq!(arranged.status, StatusCode::OK);
        let page = arranged.text();
        assert!(page.contains("name=\"subject.3\"") && page.contains("value=\"north\"") && page.contains("value=\"Nordic\""), "{page}");
        assert!(page.contains("complete") || page.contains("Complete"), "the new condition says nothing yet");
        let shown = send(form("arrange", "Nordic", "north")).await.text();
        assert!(shown.contains("Northwind Customer"), "who would be in: {shown}");
        let wrong = send(form("save", "Nordic", "")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("id=\"words.1-error\""));
        let nameless = send(form("save", "", "north")).await;
        assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nameless.text().contains("value=\"north\"") && nameless.text().contains("id=\"name-error\""));
        let saved = send(form("save", "Nordic", "north")).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER);
        settle(&db).await;
        let list = world.ask(Call::get("/segments").key(key).html()).await.text();
        assert!(list.contains("Nordic"));
        let others = world.ask(Call::get("/segments").key(world.ours.key(Role::Admin)).html()).await.text();
        assert!(!others.contains("Nordic"), "it is one agent's own");
    }

    async fn views_stand_above_the_accounts_and_a_filter_becomes_one(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::Admin);
        let segment = world.ours.segment;
        let page = world.ask(Call::get("/accounts?owner=none&q=north").key(key).html()).await.text();
        assert!(page.contains(&format!("/accounts?segment={segment}")) && page.contains("Open ones"));
        assert!(page.contains("/segments/new?q=north&amp;owner=none") || page.contains("/segments/new?q=north&#38;owner=none"), "{page}");
        let builder = world.ask(Call::get("/segments/new?q=north&owner=none").key(key).html()).await;
        assert_eq!(builder.status, StatusCode::OK);
        let text = builder.text();
        assert!(text.contains("value=\"north\"") && text.contains("name=\"is.2\""));
        let within = world.ask(Call::get(format!("/accounts?segment={segment}")).key(key).html()).await;
        assert!(within.text().contains("Northwind Customer"));
        for path in [format!("/accounts?segment={}", world.theirs.segment), format!("/segments/{}", world.theirs.segment)] {
            let refused = world.ask(Call::get(path.clone()).key(key).html()).await;
            assert_eq!(refused.status, StatusCode::NOT_FOUND, "{path}");
        }
        let panel = world.ask(Call::get(format!("/accounts/{}/segments", world.ours.account.id)).key(key).html()).await;
        assert!(panel.text().contains("Open ones"));
        let removed = world.ask(Call::new(Method::POST, format!("/segments/{segment}/removal")).key(key).html().form("")).await;
        assert_eq!(removed.status, StatusCode::SEE_OTHER);
        let gone = world.ask(Call::get("/accounts").key(key).html()).await.text();
        assert!(!gone.contains("Open ones"));
    }

    async fn programs_are_told_which_part_does_not_fit(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::Admin);
        let condition = json!({ "about": "owner", "is": "unknown" });
        let definition = |inner: serde_json::Value| json!({ "conditions": [condition], "groups": [{ "join": "any", "conditions": [condition, inner] }] });
        for (inner, pointer) in [
            (json!({ "about": "owner", "is": "above", "number": 1 }), "#/definition/groups/0/conditions/1/is"),
            (json!({ "about": "name", "is": "contains" }), "#/definition/groups/0/conditions/1/words"),
            (json!({ "about": "metric", "is": "known" }), "#/definition/groups/0/conditions/1/key"),
            (json!({ "about": "tag", "is": "one_of", "words": ["x"] }), "#/definition/groups/0/conditions/1/words"),
            (json!({ "about": "created", "is": "last", "days": 9_999 }), "#/definition/groups/0/conditions/1/days"),
            (json!({ "about": "colour", "is": "known" }), "#/definition/groups/0/conditions/1/about"),
            (json!({ "about": "name", "is": "contains", "words": ["a"], "more": 1 }), "#/definition/groups/0/conditions/1/more"),
        ] {
            for (path, body) in [
                ("/api/v1/segments", json!({ "name": "A", "definition": definition(inner.clone()) })),
                ("/api/v1/segments/preview", json!({ "definition": definition(inner.clone()) })),
            ] {
                let refused = world.ask(Call::new(Method::POST, path).key(key).json(&body)).await;
                assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{inner}");
                assert_eq!(refused.json()["errors"][0]["pointer"], pointer, "{inner}");
            }
        }
        let body = json!({ "name": "Nobody's", "audience": "everyone", "definition": { "conditions": [condition] } });
        let made = world.ask(Call::new(Method::POST, "/api/v1/segments").key(key).json(&body)).await;
        assert_eq!(made.status, StatusCode::CREATED);
        settle(&db).await;
        let id = made.json()["id"].as_str().unwrap().to_owned();
        let shown = world.ask(Call::get(format!("/api/v1/segments/{id}")).key(key)).await.json();
        assert_eq!((shown["is_counted"].as_bool(), &shown["definition"]["conditions"][0]["about"]), (Some(true), &json!("owner")));
        let inside = world.ask(Call::get(format!("/api/v1/segments/{id}/accounts?limit=1")).key(key)).await.json();
        let whole = world.ask(Call::get(format!("/api/v1/accounts?segment={id}&limit=1")).key(key)).await.json();
        assert_eq!(inside["items"].as_array().map(Vec::len), whole["items"].as_array().map(Vec::len));
        let stranger = world.ask(Call::get(format!("/api/v1/accounts?segment={}", world.theirs.segment)).key(key)).await;
        assert_eq!(stranger.json()["items"], json!([]), "nothing is in what is none of ours");
        let preview = world.ask(Call::new(Method::POST, "/api/v1/segments/preview").key(key).json(&json!({ "definition": { "conditions": [condition] } }))).await;
        assert_eq!(preview.status, StatusCode::OK);
        assert!(preview.json()["is_whole"].as_bool().unwrap() && preview.json()["currency"].is_string());
    }
}
