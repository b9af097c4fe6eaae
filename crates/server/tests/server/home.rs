//! Home and its panels, the checklist, and wishes that follow a person to every device.

use axum::http::{Method, StatusCode};
use server::guard::Access;
use server::{routes, wiring};
use tandem_core::panels::Place;
use tandem_core::permissions::Role;
use testkit::on_both;

use crate::world::{Call, WORLD, World};

/// Every panel is a page of its own behind the permission by which places show it, and has its title.
#[test]
fn every_panel_has_its_address_in_the_table_and_its_words() {
    let words = kit::i18n::keys("en");
    for panel in wiring::panels().all() {
        let row = routes::table()
            .into_iter()
            .find(|row| row.path == panel.path && row.method == Method::GET);
        let row = row.unwrap_or_else(|| panic!("{} leads nowhere", panel.path));
        assert_eq!(row.access, Access::Needs(panel.needs), "{}", panel.key);
        assert!(words.contains(&format!("panel-{}", panel.key)), "{}", panel.key);
    }
}

#[test]
fn every_item_of_the_checklist_leads_somewhere_and_has_its_words() {
    let words = kit::i18n::keys("en");
    for item in wiring::first_steps().all() {
        assert!(
            routes::table()
                .iter()
                .any(|row| row.path == item.path && row.method == Method::GET),
            "{}",
            item.path
        );
        assert!(
            words.contains(&format!("checklist-{}-text", item.key)),
            "{}",
            item.key
        );
    }
}

on_both! { WORLD;
    async fn each_role_sees_the_panels_of_its_permissions(db: TestDb) {
        let world = World::new(&db).await;
        for role in Role::ALL {
            let page = world.ask(Call::get("/").key(world.ours.key(role)).html()).await.text();
            for panel in wiring::panels().all().filter(|panel| panel.place == Place::Home && panel.is_wanted.is_none()) {
                let is_shown = page.contains(&format!("id=\"panel-{}\"", panel.key));
                assert_eq!(is_shown, panel.needs.is_of(role), "{} for {role}", panel.key);
            }
            assert_eq!(page.contains("id=\"panel-checklist\""), role == Role::Admin, "{role}");
        }
    }

    async fn a_panel_answers_its_frame_alone_and_a_browser_without_frames_with_a_page(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::Admin);
        let framed = world.ask(Call::get("/home/newest").key(key).html().header("turbo-frame", "panel-newest")).await.text();
        assert!(framed.contains("<turbo-frame id=\"panel-newest\">") && !framed.contains("<nav"), "{framed}");
        let whole = world.ask(Call::get("/home/newest").key(key).html()).await.text();
        assert!(whole.contains("class=\"timeline\"") && whole.contains("<nav"), "{whole}");
        let path = format!("/accounts/{}/history", world.theirs.account.id);
        let foreign = world.ask(Call::get(path).key(key).html().header("turbo-frame", "panel-history")).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);
        assert!(foreign.text().contains("<turbo-frame id=\"panel-history\">"), "the trouble stays in its frame");
    }

    async fn the_checklist_looks_at_the_rows_goes_when_put_away_and_comes_back(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::Admin);
        let done = async || world.ask(Call::get("/checklist").key(key).html()).await.text().matches("checklist-item done").count();
        let before = done().await;
        let hours = world.ask(Call::new(Method::POST, "/settings/hours").key(key).form("version=0&hours.1=9-17")).await;
        assert_eq!(hours.status, StatusCode::SEE_OTHER);
        assert_eq!(done().await, before + 1);
        let is_home = async || world.ask(Call::get("/").key(key).html()).await.text().contains("id=\"panel-checklist\"");
        world.ask(Call::new(Method::POST, "/checklist/dismissal").key(key)).await;
        assert!(!is_home().await, "all is done or put away");
        let sheet = world.ask(Call::get("/checklist").key(key).html()).await.text();
        assert!(sheet.contains("/checklist/dismissal/end"), "the page of settings brings it back");
        let settings = world.ask(Call::get("/settings").key(key).html()).await.text();
        assert!(settings.contains("href=\"/checklist\""));
    }

    async fn the_checklist_sees_by_itself_what_features_have_got(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::Admin);
        let done = async |item: &str| {
            let page = world.ask(Call::get("/checklist").key(key).html()).await.text();
            let parts = page.split("<li class=\"checklist-item").skip(1);
            let path = format!("href=\"{item}\"");
            let part = parts.into_iter().find(|part| part.contains(&path)).expect("the item is there").to_owned();
            part.starts_with(" done")
        };
        assert!(!done("/settings/sources").await && !done("/inbox").await);
        assert!(done("/settings/mailboxes").await, "these offices have a mailbox");
        assert!(!done("/settings/security").await, "a password alone");
        let admin = world.ours.agent(Role::Admin).actor(world.ours.workspace.id);
        db.write(move |tx| success::usage::sources::add(tx, &admin, "Web")).await.unwrap();
        assert!(done("/settings/sources").await);
    }

    async fn language_and_zone_are_the_agents_own_whatever_the_browser_says(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::SupportAgent);
        let browser = "tandem_look=theme:dark|density:compact|rail:auto|keys:off|lang:ru|zone:Asia/Tokyo";
        let page = async || world.ask(Call::get("/accounts").key(key).html().header("cookie", browser)).await;
        let first = page().await;
        let text = first.text();
        assert!(text.contains("lang=\"en\"") && text.contains("data-theme=\"dark\"") && text.contains("data-density=\"comfortable\""), "the colours of this browser, nothing else");
        assert!(!first.headers["set-cookie"].to_str().unwrap().contains("Asia/Tokyo"));
        let zone = |text: &str| text.split("data-zone=\"").nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned);
        assert_eq!(zone(&text).as_deref(), Some(world.ours.workspace.zone.as_str()), "what the browser may hold its own against");
        let send = async |path: &str, form: &str| world.ask(Call::new(Method::POST, path).key(key).form(form)).await.status;
        assert_eq!(send("/preferences", "density=compact").await, StatusCode::NO_CONTENT);
        assert_eq!(send("/settings/profile", "name=Sam&locale=pl&zone=Asia%2FBaku").await, StatusCode::SEE_OTHER);
        let text = page().await.text();
        assert!(text.contains("lang=\"pl\"") && text.contains("data-density=\"compact\""), "the profile holds after the density was saved");
        assert_eq!(zone(&text), None, "a chosen zone is not asked about");
        assert_eq!(send("/preferences", "lang=&zone=").await, StatusCode::NO_CONTENT);
        let text = page().await.text();
        assert!(text.contains("lang=\"en\"") && zone(&text).is_some(), "as the workspace again");
    }

    async fn wishes_follow_a_person_to_a_browser_that_never_heard_of_them(db: TestDb) {
        let world = World::new(&db).await;
        let (key, other) = (world.ours.key(Role::Admin), world.ours.key(Role::SupportAgent));
        let kept = world.ask(Call::new(Method::POST, "/preferences").key(key).form("theme=dark&density=compact&keys=off&lang=pl&zone=Asia%2FBaku&key.create=g_x")).await;
        assert_eq!(kept.status, StatusCode::NO_CONTENT);
        let fresh = world.ask(Call::get("/accounts").key(key).html()).await;
        let page = fresh.text();
        for wish in ["data-theme=\"dark\"", "data-density=\"compact\"", "data-keys=\"off\"", "lang=\"pl\"", "Klienci"] {
            assert!(page.contains(wish), "{wish}");
        }
        let copy = fresh.headers["set-cookie"].to_str().unwrap().to_owned();
        assert!(copy.contains("theme:dark") && copy.contains("zone:Asia/Baku") && copy.contains("key.create:g_x"), "{copy}");
        let theirs = world.ask(Call::get("/accounts").key(other).html()).await.text();
        assert!(theirs.contains("data-theme=\"system\"") && theirs.contains("lang=\"en\""));
        let stale = "tandem_look=theme:light|density:roomy|rail:auto|keys:on";
        let page = world.ask(Call::get("/accounts").key(key).html().header("cookie", stale)).await.text();
        assert!(page.contains("data-theme=\"dark\""), "the row is the truth, the cookie its copy");
    }
}
