//! Imports through their addresses: from the form with the file to the download of what did not fit.

use axum::http::{Method, StatusCode};
use serde_json::json;
use tandem_core::permissions::Role;
use testkit::on_both;

use crate::world::{Answer, Call, WORLD, World, settle};

const FILE: &str = "Company;Site\nAlpha;alpha.example\nBeta;beta,example\n=Gamma;gamma\n";

fn upload(target: &str, file: &str) -> String {
    format!(
        "--x\r\ncontent-disposition: form-data; name=\"target\"\r\n\r\n{target}\r\n\
         --x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"list.csv\"\r\ncontent-type: text/csv\r\n\r\n{file}\r\n--x--\r\n"
    )
}

async fn send(world: &World, target: &str, file: &str) -> Answer {
    let mut call = Call::new(Method::POST, "/imports")
        .key(world.ours.key(Role::Admin))
        .html();
    call.body = upload(target, file);
    world
        .ask(call.header("content-type", "multipart/form-data; boundary=x"))
        .await
}

async fn press(world: &World, path: String, form: &str) -> Answer {
    let call = Call::new(Method::POST, path)
        .key(world.ours.key(Role::Admin))
        .html();
    world.ask(call.form(form)).await
}

async fn page(world: &World, path: &str) -> String {
    let answer = world
        .ask(Call::get(path).key(world.ours.key(Role::Admin)).html())
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    answer.text()
}

on_both! { WORLD;
    async fn a_file_is_brought_looked_at_run_and_taken_back_by_pages(db: TestDb) {
        let world = World::new(&db).await;
        assert!(page(&world, "/accounts").await.contains("/imports/new"));
        let brought = send(&world, "accounts", FILE).await;
        assert_eq!(brought.status, StatusCode::SEE_OTHER, "{}", brought.text());
        let address = brought.headers["location"].to_str().unwrap().to_owned();
        let draft = page(&world, &address).await;
        for said in ["Company", "The first 3 rows", "New: 1", "Refused: 2", "Perhaps beta.example"] {
            assert!(draft.contains(said), "{said}");
        }
        let other = press(&world, address.clone(), "column-0=name&column-1=&then=look").await;
        assert_eq!(other.status, StatusCode::SEE_OTHER);
        assert!(page(&world, &address).await.contains("New: 3"));
        let wrong = press(&world, address.clone(), "column-0=&column-1=website&then=run").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("A required field has no column"));
        press(&world, address.clone(), "column-0=name&column-1=website&then=run").await;
        settle(&db).await;
        let done = page(&world, &address).await;
        assert!(done.contains("Row") && done.contains("Site") || done.contains("Website is no website"), "{done}");
        assert!(done.contains("Look at what came in"), "{done}");
        let back = world.ask(Call::get(format!("{address}/refused")).key(world.ours.key(Role::Admin))).await;
        assert_eq!(back.headers["content-disposition"], "attachment; filename=\"refused.csv\"");
        assert_eq!(
            back.text(),
            "\u{feff}Company,Site,Reason,Suggestion\r\nBeta,\"beta,example\",Website (column “Site”) is no website,Perhaps beta.example\r\n\
             '=Gamma,gamma,Website (column “Site”) is no website,\"Write it like example.com, or leave it empty\"\r\n"
        );
        assert!(page(&world, "/accounts").await.contains("Alpha"));
        assert!(page(&world, "/imports").await.contains("list.csv"));
        press(&world, format!("{address}/undoing"), "").await;
        settle(&db).await;
        assert!(page(&world, &address).await.contains("Taken back"));
        assert!(!page(&world, "/accounts").await.contains("Alpha"));
    }

    async fn what_is_wrong_with_a_file_stands_beside_the_field(db: TestDb) {
        let world = World::new(&db).await;
        let empty = send(&world, "accounts", "name\n").await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.text().contains("The file holds no rows"));
        let unknown = send(&world, "planets", FILE).await;
        assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn programs_bring_map_run_and_read_what_was_refused(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::Admin);
        let put = |path: String| Call::new(Method::PUT, path).key(key);
        let mut call = put("/api/v1/imports?target=accounts&file_name=list.csv".into()).header("content-type", "text/csv");
        call.body = FILE.into();
        let first = world.ask(call.clone()).await.json();
        assert_eq!((&first["state"], &first["separator"], &first["total"]), (&json!("draft"), &json!(";"), &json!(3)));
        assert_eq!(world.ask(call).await.json()["id"], first["id"], "the same file is the same draft");
        let path = format!("/api/v1/imports/{}", first["id"].as_str().unwrap());
        let mapped = world.ask(put(format!("{path}/mapping")).json(&json!({ "columns": ["name", null] }))).await.json();
        assert_eq!(mapped["mapping"], json!(["name", null]));
        let mapped = world.ask(put(format!("{path}/mapping")).json(&json!({ "columns": ["name", "website"] }))).await;
        assert_eq!(mapped.status, StatusCode::OK);
        let run = world.ask(Call::new(Method::POST, format!("{path}/run")).key(key)).await;
        assert_eq!(run.status, StatusCode::ACCEPTED, "{}", run.text());
        settle(&db).await;
        let over = world.ask(Call::get(&path).key(key)).await.json();
        assert_eq!((&over["state"], &over["counts"]["added"], &over["counts"]["refused"]), (&json!("done"), &json!(1), &json!(2)));
        let page = world.ask(Call::get(format!("{path}/refused?limit=1")).key(key)).await.json();
        assert_eq!((&page["items"][0]["row"], &page["items"][0]["code"]), (&json!(3), &json!("bad-website")));
        let next = format!("{path}/refused?after={}", page["next"].as_str().unwrap());
        assert_eq!(world.ask(Call::get(next).key(key)).await.json()["items"][0]["row"], 4);
        let late = world.ask(put(format!("{path}/pause"))).await;
        assert_eq!((late.status, late.json()["type"].as_str()), (StatusCode::CONFLICT, Some("urn:tandem:problem:import-past")));
        let undone = world.ask(Call::new(Method::POST, format!("{path}/undo")).key(key)).await;
        assert_eq!(undone.status, StatusCode::ACCEPTED);
        settle(&db).await;
        assert_eq!(world.ask(Call::get(&path).key(key)).await.json()["counts"]["taken_back"], 1);
    }
}
