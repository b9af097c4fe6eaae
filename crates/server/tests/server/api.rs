//! Accounts for programs: documents, versions, problems, paging.

use axum::http::{Method, StatusCode};
use serde_json::json;
use tandem_core::permissions::Role;
use testkit::on_both;

use crate::world::{Call, WORLD, World};

on_both! { WORLD;
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

    async fn a_machine_is_added_given_a_token_and_acts_by_it(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::Admin);
        let wanted = json!({ "name": "Nightly import", "role": "success_manager" });
        let post = |path: &str| Call::new(Method::POST, path.to_owned()).key(key);
        let made = world.ask(post("/api/v1/agents").json(&wanted)).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        let machine = made.json();
        assert_eq!((&machine["is_machine"], &machine["email"], &machine["role"]), (&json!(true), &json!(null), &json!("success_manager")));
        let path = made.headers["location"].to_str().unwrap().to_owned();
        assert_eq!(world.ask(Call::get(path).key(key)).await.json(), machine);
        let token = json!({ "name": "Nightly", "agent": machine["id"], "scopes": ["accounts.read"], "days": null });
        let token = world.ask(post("/api/v1/tokens").json(&token)).await.json();
        let bearer = format!("Bearer {}", token["token"].as_str().unwrap());
        assert_eq!(world.ask(Call::get("/api/v1/accounts").header("authorization", bearer)).await.status, StatusCode::OK);
        let wrong = world.ask(post("/api/v1/agents").json(&json!({ "name": "Robot", "role": "robot" }))).await;
        assert_eq!((wrong.status, &wrong.json()["errors"][0]["pointer"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("#/role")));
        let agent = Call::new(Method::POST, "/api/v1/agents").key(world.ours.key(Role::SupportAgent));
        assert_eq!(world.ask(agent.json(&wanted)).await.status, StatusCode::FORBIDDEN);
    }

    async fn a_machine_is_added_on_its_page_too(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::Admin);
        let page = "/settings/tokens/machine";
        assert_eq!(world.ask(Call::get(page).key(key).html()).await.status, StatusCode::OK);
        let send = |body: &'static str| Call::new(Method::POST, page).key(key).html().form(body);
        let made = world.ask(send("name=Nightly+import&role=success_manager")).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER);
        let next = made.headers["location"].to_str().unwrap().to_owned();
        assert!(next.starts_with("/settings/tokens/new?agent=agt_"), "{next}");
        assert!(world.ask(Call::get(next).key(key).html()).await.text().contains("Nightly import"));
        let nameless = world.ask(send("name=+&role=success_manager")).await;
        assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nameless.text().contains("name-error"), "what is wrong stands at its field");
    }

    async fn what_is_wrong_is_named_by_field_and_code(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::Admin);
        let post = |body| Call::new(Method::POST, "/api/v1/accounts").key(key).json(&body);
        let nameless = world.ask(post(json!({ "name": "  " }))).await;
        assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(nameless.headers["content-type"], "application/problem+json");
        let problem = nameless.json();
        assert_eq!((problem["type"].as_str(), problem["errors"][0]["pointer"].as_str()), (Some("urn:tandem:problem:account-name"), Some("#/name")));
        assert!(problem["request_id"].is_string());
        let unknown = world.ask(post(json!({ "name": "A", "owner": "me" }))).await;
        assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(unknown.json()["errors"][0]["pointer"], "#/owner");
        let broken = world.ask(Call::new(Method::POST, "/api/v1/accounts").key(key).header("content-type", "application/json")).await;
        assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
        let asked = world.ask(Call::get("/api/v1/accounts?limit=0").key(key)).await;
        assert_eq!((asked.status, asked.json()["errors"][0]["parameter"].as_str()), (StatusCode::BAD_REQUEST, Some("limit")));
    }

    async fn a_change_names_the_state_it_was_made_from(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::Admin);
        let path = format!("/api/v1/accounts/{}", world.ours.account.id);
        let tag = world.ask(Call::get(&path).key(key)).await.headers["etag"].to_str().unwrap().to_owned();
        let put = |name: &str| Call::new(Method::PUT, &path).key(key).json(&json!({ "name": name }));
        assert_eq!(world.ask(put("B")).await.status, StatusCode::PRECONDITION_REQUIRED);
        let changed = world.ask(put("B").header("if-match", &tag)).await;
        assert_eq!((changed.status, changed.json()["version"].as_i64()), (StatusCode::OK, Some(2)));
        let stale = world.ask(put("C").header("if-match", &tag)).await;
        assert_eq!((stale.status, stale.json()["type"].as_str()), (StatusCode::PRECONDITION_FAILED, Some("urn:tandem:problem:precondition-failed")));
        assert_eq!(world.ask(put("C").header("if-match", "*")).await.status, StatusCode::OK);
        let closing = Call::new(Method::PUT, format!("{path}/closure")).key(key).header("if-match", &tag);
        assert_eq!(world.ask(closing).await.status, StatusCode::PRECONDITION_FAILED);
        // What is not there has no state to name.
        let nowhere = Call::new(Method::PUT, "/api/v1/accounts/acc_01k0000000000000000000000z").key(key).json(&json!({ "name": "B" }));
        assert_eq!(world.ask(nowhere).await.status, StatusCode::NOT_FOUND);
    }

    async fn what_the_asker_has_is_not_sent_again(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::Admin);
        let get = || Call::get(format!("/api/v1/accounts/{}", world.ours.account.id)).key(key);
        let tag = world.ask(get()).await.headers["etag"].to_str().unwrap().to_owned();
        let known = world.ask(get().header("if-none-match", format!("\"other\", W/{tag}"))).await;
        assert_eq!((known.status, known.body.len()), (StatusCode::NOT_MODIFIED, 0));
        assert_eq!(known.headers["etag"].to_str().unwrap(), tag);
        assert_eq!(world.ask(get().header("if-none-match", "\"other\"")).await.status, StatusCode::OK);
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
        let rest = world.ask(Call::get(format!("/api/v1/accounts?after={next}&limit=200")).key(key)).await.json();
        assert_eq!(first["items"].as_array().unwrap().len() + rest["items"].as_array().unwrap().len(), 61);
        assert!(rest["next"].is_null());
        let linked = world.ask(Call::get("/api/v1/accounts?limit=3").key(key)).await;
        let link = linked.headers["link"].to_str().unwrap().trim_start_matches('<').split('>').next().unwrap().to_owned();
        assert_eq!(world.ask(Call::get(link).key(key)).await.json()["items"][0], first["items"][3]);
        // A cursor of another list leads nowhere.
        assert_eq!(world.ask(Call::get(format!("/api/v1/work?after={next}")).key(key)).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(world.ask(Call::get("/api/v1/accounts?after=nonsense").key(key)).await.status, StatusCode::BAD_REQUEST);
    }
}
