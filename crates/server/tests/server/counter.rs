//! The counter through its addresses: taking somebody in by a form, calling by key's button, the board without a session.

use axum::http::{Method, StatusCode};
use serde_json::json;
use tandem_core::permissions::Role;
use testkit::on_both;

use crate::world::{Call, LISTS, World};

on_both! { LISTS;
    async fn somebody_is_taken_in_called_and_served_by_forms(db: TestDb) {
        let world = World::new(&db).await;
        let (admin, agent) = (world.ours.key(Role::Admin), world.ours.key(Role::SupportAgent));
        let empty = world.ask(Call::get("/counter").key(agent).html()).await;
        assert!(empty.text().contains("No places yet"), "{}", empty.text());
        let wrong = world.ask(Call::new(Method::POST, "/settings/counter").key(admin).html().form("name=Main+street")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("one to six queues"), "{}", wrong.text());
        let form = "name=Main+street&queue_A=Repairs&kind_A=problem&queue_C=Questions&kind_C=question";
        let made = world.ask(Call::new(Method::POST, "/settings/counter").key(admin).html().form(form)).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER);
        let places = world.ask(Call::get("/api/v1/counter-places").key(agent)).await.json();
        let place = places["items"][0]["id"].as_str().unwrap().to_owned();
        assert_eq!(places["items"][0]["queues"][1]["letter"], "C");
        let post = async |path: String, form: &str| {
            world.ask(Call::new(Method::POST, path).key(agent).html().form(form)).await
        };

        // A name that fits somebody is asked about; choosing "new" adds another of the name.
        let known = world.ask(Call::new(Method::POST, "/api/v1/contacts").key(agent).json(&json!({ "name": "Zeynab Quliyeva" }))).await.json();
        let found = world.ask(Call::get("/counter/people?q=zeynab").key(agent)).await.json();
        assert_eq!(found[0]["id"], known["id"]);
        let which = post(format!("/counter/{place}/visits"), "who=Zeynab&what=Offline&queue=A").await;
        assert_eq!(which.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(which.text().contains("Zeynab Quliyeva") && which.text().contains("Who is it?"), "{}", which.text());
        let chosen = format!("who=Zeynab&what=Offline&queue=A&pick={}", known["id"].as_str().unwrap());
        let taken = post(format!("/counter/{place}/visits"), &chosen).await;
        assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text());
        let slip = taken.headers["location"].to_str().unwrap().to_owned();
        let slip = world.ask(Call::get(slip).key(agent).html()).await.text();
        assert!(slip.contains("A001") && !slip.contains("Zeynab"), "{slip}");
        let bare = post(format!("/counter/{place}/visits"), "who=&what=&queue=A").await;
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);

        let page = world.ask(Call::get(format!("/counter/{place}")).key(agent).html()).await.text();
        assert!(page.contains("A001") && page.contains("Zeynab Quliyeva") && !page.contains("data-command=\"counter-next\""), "{page}");
        let early = post(format!("/counter/{place}/next"), "").await;
        assert_eq!(early.status, StatusCode::SEE_OTHER);
        post(format!("/counter/{place}/seat"), "window=5").await;
        let page = world.ask(Call::get(format!("/counter/{place}")).key(agent).html()).await.text();
        assert!(page.contains("data-command=\"counter-next\""), "{page}");
        post(format!("/counter/{place}/next"), "").await;
        let visits = world.ask(Call::get(format!("/api/v1/counter-places/{place}/visits")).key(agent)).await.json();
        let visit = visits["items"][0].clone();
        assert_eq!((visit["state"].as_str(), visit["window"].as_str()), (Some("called"), Some("5")));
        let visit = visit["id"].as_str().unwrap().to_owned();
        post(format!("/counter/visits/{visit}/acts"), "act=no_show").await;
        post(format!("/counter/visits/{visit}/back"), "").await;
        post(format!("/counter/visits/{visit}/acts"), "act=call").await;
        post(format!("/counter/visits/{visit}/acts"), "act=solve").await;
        let day = world.ask(Call::get(format!("/api/v1/counter-places/{place}/day")).key(agent)).await.json();
        assert_eq!((&day["served"], &day["no_shows"], &day["waiting"]), (&json!(1), &json!(0), &json!(0)));
        let page = world.ask(Call::get(format!("/counter/{place}/day")).key(agent).html()).await;
        assert_eq!(page.status, StatusCode::OK);
        let other = world.ask(Call::get(format!("/counter/{place}/day?date=nonsense")).key(agent).html()).await;
        assert!(other.text().contains("aria-invalid"), "{}", other.text());
        let file = post(format!("/counter/{place}/day/export"), "format=csv").await;
        assert!(file.text().contains("Main street") && file.text().contains("A001,Repairs,done"), "{}", file.text());
    }

    async fn the_board_needs_no_session_and_names_nobody(db: TestDb) {
        let world = World::new(&db).await;
        let admin = world.ours.key(Role::Admin);
        let send = async |path: &str, body: serde_json::Value| {
            world.ask(Call::new(Method::POST, path.to_owned()).key(admin).json(&body)).await.json()
        };
        let queues = json!([{ "letter": "A", "name": "Repairs", "kind": "problem" }]);
        let place = send("/api/v1/counter-places", json!({ "name": "Main street", "queues": queues })).await;
        let path = format!("/api/v1/counter-places/{}", place["id"].as_str().unwrap());
        let coming = json!({ "contact": world.ours.contact.to_string(), "what": "Something private", "queue": "A" });
        let visit = send(&format!("{path}/visits"), coming).await;
        let opened = world.ask(Call::new(Method::POST, format!("{path}/board")).key(admin)).await.json();
        let link = opened["link"].as_str().unwrap();
        let link = &link[link.find("/board/").unwrap()..];

        let board = world.ask(Call::get(link.to_owned()).html()).await;
        assert_eq!((board.status, board.headers["cache-control"].to_str().unwrap()), (StatusCode::OK, "no-store"));
        let policy = board.headers["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy.starts_with("default-src 'none';") && policy.contains("script-src 'self';"), "{policy}");
        let page = board.text();
        assert!(page.contains("A001") && page.contains("Main street"), "{page}");
        for hidden in ["Something private", visit["contact"].as_str().unwrap(), visit["ticket"].as_str().unwrap(), visit["id"].as_str().unwrap()] {
            assert!(!page.contains(hidden), "{hidden}: {page}");
        }
        world.ask(Call::new(Method::POST, format!("{path}/board")).key(admin)).await;
        let old = world.ask(Call::get(link.to_owned()).html()).await;
        assert_eq!(old.status, StatusCode::NOT_FOUND);
        assert!(!old.text().contains("Main street"), "{}", old.text());
    }
}
