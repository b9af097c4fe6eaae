//! Accounts for programs: documents, versions, problems, paging.

use axum::http::{Method, StatusCode};
use serde_json::json;
use tandem_core::permissions::Role;
use testkit::on_both;

use crate::world::{Call, LISTS, World};

on_both! { LISTS;
    async fn an_account_goes_in_and_comes_out_as_a_document(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::SuccessManager);
        let made = world.ask(Call::new(Method::POST, "/api/v1/accounts").key(key).json(&json!({ "name": "Acme", "website": "https://acme.example/" }))).await;
        assert_eq!(made.status, StatusCode::CREATED);
        let made = made.json();
        assert_eq!((made["name"].as_str(), made["website"].as_str(), made["version"].as_i64()), (Some("Acme"), Some("acme.example"), Some(1)));
        let path = format!("/api/v1/accounts/{}", made["id"].as_str().unwrap());
        assert_eq!(world.ask(Call::get(&path).key(key)).await.json(), made);
        let closed = world.ask(Call::new(Method::PUT, format!("{path}/closure")).key(key)).await.json();
        assert_eq!(closed["is_open"], false);
        let open = world.ask(Call::new(Method::DELETE, format!("{path}/closure")).key(key)).await.json();
        assert_eq!((open["is_open"].as_bool(), open["closed_at"].is_null()), (Some(true), true));
    }

    async fn what_is_wrong_is_named_by_field_and_code(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::Admin);
        let post = |body| Call::new(Method::POST, "/api/v1/accounts").key(key).json(&body);
        let nameless = world.ask(post(json!({ "name": "  " }))).await;
        assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(nameless.headers["content-type"], "application/problem+json");
        let problem = nameless.json();
        assert_eq!((problem["type"].as_str(), problem["errors"][0]["field"].as_str()), (Some("urn:tandem:problem:account-name"), Some("name")));
        assert!(problem["request_id"].is_string());
        let unknown = world.ask(post(json!({ "name": "A", "owner": "me" }))).await;
        assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(unknown.json()["detail"].as_str().unwrap().contains("owner"));
        let broken = world.ask(Call::new(Method::POST, "/api/v1/accounts").key(key).header("content-type", "application/json")).await;
        assert_eq!(broken.status, StatusCode::BAD_REQUEST);
    }

    async fn a_change_needs_the_version_it_was_made_from(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::Admin);
        let path = format!("/api/v1/accounts/{}", world.ours.account.id);
        let put = |body| Call::new(Method::PUT, &path).key(key).json(&body);
        assert_eq!(world.ask(put(json!({ "name": "B" }))).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(world.ask(put(json!({ "name": "B", "version": 1 }))).await.json()["version"], 2);
        let stale = world.ask(put(json!({ "name": "C", "version": 1 }))).await;
        assert_eq!((stale.status, stale.json()["type"].as_str()), (StatusCode::CONFLICT, Some("urn:tandem:problem:account-stale")));
    }

    async fn the_list_goes_on_where_its_cursor_says(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::Admin);
        for number in 0..60 {
            let made = world.ask(Call::new(Method::POST, "/api/v1/accounts").key(key).json(&json!({ "name": format!("Account {number}") }))).await;
            assert_eq!(made.status, StatusCode::CREATED);
        }
        let first = world.ask(Call::get("/api/v1/accounts").key(key)).await.json();
        let next = first["next"].as_str().unwrap();
        let rest = world.ask(Call::get(format!("/api/v1/accounts?after={next}")).key(key)).await.json();
        assert_eq!(first["items"].as_array().unwrap().len() + rest["items"].as_array().unwrap().len(), 61);
        assert!(rest["next"].is_null());
        assert_eq!(world.ask(Call::get("/api/v1/accounts?after=nonsense").key(key)).await.status, StatusCode::BAD_REQUEST);
    }
}
