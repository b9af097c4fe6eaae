//! The page of the audit trail, its file and its API.

use axum::http::{Method, StatusCode};
use tandem_core::agents;
use tandem_core::permissions::Role;
use testkit::on_both;

use crate::world::{Call, WORLD, World};

async fn promote(world: &World) {
    let (actor, agent) = (world.ours.system(), world.ours.agent(Role::SupportAgent).id);
    let done = world
        .app
        .db
        .write(move |tx| agents::change_role(tx, &actor, agent, Role::SupportLead));
    done.await.unwrap();
}

on_both! { WORLD;
    async fn the_page_shows_who_did_what_before_and_after_in_the_readers_words(db: TestDb) {
        let world = World::new(&db).await;
        promote(&world).await;
        let page = world.ask(Call::get("/settings/audit").key(world.ours.key(Role::Admin)).html()).await.text();
        assert!(page.contains("Role of an agent changed") && page.contains("<del>Support agent</del>") && page.contains("<ins>Support lead</ins>"), "{page}");
        let filtered = world.ask(Call::get("/settings/audit?act=agent.deactivated").key(world.ours.key(Role::Admin)).html()).await.text();
        assert!(filtered.contains("Nothing fits these filters"));
        let days = world.ask(Call::get("/settings/audit?from=2026-03-02&to=2026-03-02").key(world.ours.key(Role::Admin)).html()).await.text();
        assert!(days.contains("Role of an agent changed"));
        let wrong = world.ask(Call::get("/settings/audit?from=yesterday").key(world.ours.key(Role::Admin)).html()).await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    }

    async fn the_file_has_every_entry_and_taking_it_is_one(db: TestDb) {
        let world = World::new(&db).await;
        promote(&world).await;
        let key = world.ours.key(Role::Admin);
        let file = world.ask(Call::new(Method::POST, "/settings/audit/export").key(key).form("act=agent.role_changed").header("user-agent", "=cmd()")).await;
        assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8");
        let text = file.text();
        assert_eq!(text.lines().count(), 2, "{text}");
        assert!(text.contains("agent.role_changed") && text.starts_with("number,created_at"), "{text}");
        let all = world.ask(Call::new(Method::POST, "/settings/audit/export").key(key).form("")).await.text();
        assert!(all.contains("export.made") && all.contains("'=cmd()") && all.contains("127.0.0.1"), "{all}");
    }

    async fn programs_read_the_trail_page_by_page(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::Admin);
        for _ in 0..55 {
            world.ask(Call::new(Method::POST, "/settings/audit/export").key(key).form("")).await;
        }
        let first = world.ask(Call::get("/api/v1/audit").key(key)).await.json();
        assert_eq!(first["items"].as_array().unwrap().len(), 50);
        let rest = world.ask(Call::get(format!("/api/v1/audit?after={}", first["next"].as_str().unwrap())).key(key)).await.json();
        assert!(rest["next"].is_null());
        let pages = first["items"].as_array().unwrap().iter().chain(rest["items"].as_array().unwrap());
        assert_eq!(pages.filter(|item| item["act"] == "export.made").count(), 55);
        assert_eq!(first["items"][0]["act"], "export.made");
        assert!(first["items"][0]["session"].as_str().unwrap().starts_with("ses_"));
        assert_eq!(world.ask(Call::get("/api/v1/audit?act=flying").key(key)).await.status, StatusCode::BAD_REQUEST);
    }
}
