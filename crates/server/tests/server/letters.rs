//! Links by mail, over the wire of a real mail server: who gets one, what it opens, and when it opens nothing any more.

use std::sync::Arc;
use std::time::Duration;

use axum::http::{Method, StatusCode};
use kit::db::DbError;
use kit::post::Post;
use tandem_core::agents;
use tandem_core::doors::letters::Outgoing;
use tandem_core::doors::{self, Entering, Visitor};
use tandem_core::permissions::Role;
use testkit::postbox::{Postbox, unfolded};
use testkit::program::until;
use testkit::smtp::Smtp;
use testkit::{TestDb, on_both};

use crate::world::{Answer, Call, WORLD, World, settle};

pub(crate) async fn post_office(db: &TestDb) -> Smtp {
    let server = Smtp::start().await;
    let post = Post::new(server.url(), "Tandem <tandem@desk.example>").unwrap();
    let origin = "https://desk.example".into();
    db.attach(Arc::new(Outgoing { post, origin }));
    server
}

async fn ask(world: &World, email: &str, want: &str) -> Answer {
    let body = format!("email={}&want={want}", kit::text::escaped(email));
    world
        .ask(Call::new(Method::POST, "/sign-in/help").html().form(body))
        .await
}

/// The path of the link in the newest letter to `email`.
fn link(server: &Smtp, email: &str) -> String {
    let taken = server.taken();
    let letter = taken.iter().rfind(|letter| letter.to == [email]).unwrap();
    // Long lines are folded on the wire (RFC 2045, section 6.7).
    let text = letter.text.replace("=\r\n", "");
    let line = text
        .lines()
        .find(|line| line.starts_with("https://desk.example/"))
        .unwrap();
    line.trim_start_matches("https://desk.example").to_owned()
}

fn is_in(answer: &Answer) -> bool {
    let all = answer.headers.get_all("set-cookie").iter();
    all.filter_map(|header| header.to_str().ok())
        .any(|cookie| cookie.starts_with("tandem=") && !cookie.starts_with("tandem=;"))
}

on_both! { WORLD;
    async fn the_answer_is_the_same_whether_the_address_is_known_and_the_letter_goes_to_its_owner(db: TestDb) {
        let world = World::new(&db).await;
        let server = post_office(&db).await;
        let (system, id) = (world.theirs.system(), world.theirs.agent(Role::SupportAgent).id);
        db.write(move |tx| agents::deactivate(tx, &system, id)).await.unwrap();
        let known = ask(&world, "Support_Agent@example.com", "link").await;
        let unknown = ask(&world, "nobody@example.com", "link").await;
        assert_eq!((known.status, known.text()), (unknown.status, unknown.text()));
        assert!(known.text().contains("Look into your mail"));
        settle(&db).await;
        assert_eq!(server.taken().len(), 1, "one letter: who has no access in the other workspace gets none");
        let letter = &server.taken()[0];
        assert!(letter.text.contains("Message-ID: <job_") && letter.text.contains("sign in to Northwind"), "{}", letter.text);
        let (path, agent) = (link(&server, "support_agent@example.com"), world.ours.agent(Role::SupportAgent).id);
        let entered = world.ask(Call::new(Method::POST, path).form(format!("agent={agent}"))).await;
        assert!(is_in(&entered));
    }

    async fn a_letter_that_the_server_does_not_take_now_is_sent_later_with_a_link_that_works(db: TestDb) {
        let world = World::new(&db).await;
        let server = post_office(&db).await;
        let (system, id) = (world.theirs.system(), world.theirs.agent(Role::SupportAgent).id);
        db.write(move |tx| agents::deactivate(tx, &system, id)).await.unwrap();
        server.refuse_next("451 later");
        ask(&world, "support_agent@example.com", "link").await;
        settle(&db).await;
        assert!(server.taken().is_empty());
        db.clock.advance(Duration::from_secs(3_600));
        settle(&db).await;
        assert_eq!(server.taken().len(), 1);
        assert!(link(&server, "support_agent@example.com").starts_with("/sign-in/"));
    }

    async fn a_reset_link_sets_the_password_once_and_ends_the_sessions(db: TestDb) {
        let world = World::new(&db).await;
        let server = post_office(&db).await;
        let who = Entering { workspace: world.ours.workspace.id, agent: world.ours.agent(Role::SupportLead).id };
        let before = db.write(move |tx| doors::open(tx, who, &Visitor::default())).await.unwrap_or_else(|error: DbError| panic!("{error}"));
        let (system, id) = (world.theirs.system(), world.theirs.agent(Role::SupportLead).id);
        db.write(move |tx| agents::deactivate(tx, &system, id)).await.unwrap();
        ask(&world, "support_lead@example.com", "password").await;
        settle(&db).await;
        let path = link(&server, "support_lead@example.com");
        assert!(path.starts_with("/sign-in/password/"));
        assert!(world.ask(Call::get(&path).html()).await.text().contains("support_lead@example.com"));
        let set = async |new: &str| world.ask(Call::new(Method::POST, &path).html().form(format!("new={}", kit::text::escaped(new)))).await;
        let weak = set("Password1234").await;
        assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(weak.text().contains("tried first"), "and the link is still good");
        let entered = set("seven green lamps asleep").await;
        assert!(is_in(&entered));
        assert!(db.read(move |tx| doors::recognise(tx, &before)).await.unwrap_or_else(|error: DbError| panic!("{error}")).is_none());
        let again = set("eight green lamps asleep").await;
        assert_eq!((again.status, is_in(&again)), (StatusCode::NOT_FOUND, false), "a used link opens nothing");
    }

    async fn an_expired_reset_link_and_a_link_for_something_else_open_nothing(db: TestDb) {
        let world = World::new(&db).await;
        let server = post_office(&db).await;
        ask(&world, "support_lead@example.com", "password").await;
        ask(&world, "admin@example.com", "link").await;
        settle(&db).await;
        let reset = link(&server, "support_lead@example.com");
        let entry = link(&server, "admin@example.com");
        let crossed = [reset.replace("/password", ""), entry.replace("/sign-in/", "/sign-in/password/")];
        for path in &crossed {
            assert_eq!(world.ask(Call::get(path).html()).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(world.ask(Call::get(&reset).html()).await.status, StatusCode::OK);
        db.clock.advance(Duration::from_secs(3_600));
        assert_eq!(world.ask(Call::get(&reset).html()).await.status, StatusCode::NOT_FOUND);
        let late = world.ask(Call::new(Method::POST, &reset).form("new=seven+green+lamps+asleep")).await;
        assert_eq!((late.status, is_in(&late)), (StatusCode::NOT_FOUND, false));
    }

    async fn letters_to_one_address_are_few(db: TestDb) {
        let world = World::new(&db).await;
        let server = post_office(&db).await;
        for _ in 0..3 {
            assert_eq!(ask(&world, "admin@example.com", "link").await.status, StatusCode::OK);
        }
        let hurried = ask(&world, "Admin@example.com", "link").await;
        assert_eq!((hurried.status, hurried.headers["retry-after"].to_str().unwrap()), (StatusCode::TOO_MANY_REQUESTS, "600"));
        settle(&db).await;
        assert_eq!(server.taken().len(), 6, "three for each of the two workspaces");
    }

    async fn without_a_mail_server_the_page_says_who_to_ask(db: TestDb) {
        let world = World::new(&db).await;
        for page in [world.ask(Call::get("/sign-in/help").html()).await, ask(&world, "admin@example.com", "link").await] {
            assert!(page.text().contains("tandem admin link") && page.text().contains("administrator"));
        }
        settle(&db).await;
    }

    async fn an_invitation_comes_by_mail_and_only_its_newest_link_opens(db: TestDb) {
        let world = World::new(&db).await;
        let server = post_office(&db).await;
        let key = world.ours.key(Role::Admin);
        let form = "email=ivy%40example.com&name=Ivy&role=support_agent";
        let made = world.ask(Call::new(Method::POST, "/settings/agents").key(key).html().form(form)).await;
        assert_eq!((made.status, made.text().contains("/invitation/")), (StatusCode::SEE_OTHER, false), "nobody but the invited sees the link");
        server.refuse_next("451 later");
        settle(&db).await;
        db.clock.advance(Duration::from_secs(3_600));
        settle(&db).await;
        let first = link(&server, "ivy@example.com");
        assert!(server.taken()[0].text.contains("invites you to work in Northwind"), "{}", server.taken()[0].text);
        let waiting = world.ask(Call::get("/api/v1/invitations").key(key)).await.json();
        let id = waiting["items"].as_array().unwrap().iter().find(|one| one["email"] == "ivy@example.com").unwrap()["id"].as_str().unwrap().to_owned();
        let again = Call::new(Method::POST, format!("/api/v1/invitations/{id}/renewal")).key(key).json(&serde_json::json!({}));
        assert!(world.ask(again).await.json()["link"].is_null());
        settle(&db).await;
        let second = link(&server, "ivy@example.com");
        assert_eq!(world.ask(Call::get(&first).html()).await.status, StatusCode::NOT_FOUND);
        let joined = world.ask(Call::new(Method::POST, &second).form("name=Ivy+Own")).await;
        assert!(is_in(&joined) && joined.headers["location"] == "/settings/security");
        assert_eq!(world.ask(Call::get(&second).html()).await.status, StatusCode::NOT_FOUND);
    }

    async fn a_letter_that_was_overtaken_by_its_end_is_not_sent_and_a_wanted_link_is_shown(db: TestDb) {
        let world = World::new(&db).await;
        let server = post_office(&db).await;
        let key = world.ours.key(Role::Admin);
        let body = serde_json::json!({ "email": "gone@example.com", "name": "Gone", "role": "support_agent" });
        let made = world.ask(Call::new(Method::POST, "/api/v1/invitations").key(key).json(&body)).await.json();
        let path = format!("/api/v1/invitations/{}", made["id"].as_str().unwrap());
        world.ask(Call::new(Method::DELETE, path).key(key)).await;
        settle(&db).await;
        assert!(server.taken().is_empty());
        let body = serde_json::json!({ "email": "here@example.com", "name": "Here", "role": "support_agent", "wants_link": true });
        let made = world.ask(Call::new(Method::POST, "/api/v1/invitations").key(key).json(&body)).await.json();
        let shown = made["link"].as_str().unwrap().rsplit_once("/invitation/").unwrap().1.to_owned();
        assert_eq!(world.ask(Call::get(format!("/invitation/{shown}")).html()).await.status, StatusCode::OK);
        settle(&db).await;
        assert!(server.taken().is_empty());
    }

    async fn postfix_carries_an_invitation_and_a_reset_whose_links_open(db: TestDb) {
        let Some(postbox) = Postbox::find() else { return };
        let world = World::new(&db).await;
        let post = Post::new(&format!("smtp://127.0.0.1:{}", postbox.smtp), "Tandem <tandem@desk.example>").unwrap();
        db.attach(Arc::new(Outgoing { post, origin: "https://desk.example".into() }));
        let address = if db.is_postgres() { "u35@world.test" } else { "u34@world.test" };
        let before = postbox.mails(address).len();
        let arrived = |number: usize| {
            let mail = until("the letter", || postbox.mails(address).get(before + number).map(|mail| unfolded(mail)));
            let line = mail.lines().find_map(|line| line.strip_prefix("https://desk.example"));
            line.unwrap_or_else(|| panic!("no link in {mail}")).to_owned()
        };
        let form = format!("email={}&name=Ivy&role=support_agent", kit::text::escaped(address));
        let invite = Call::new(Method::POST, "/settings/agents").key(world.ours.key(Role::Admin)).html().form(form);
        assert_eq!(world.ask(invite).await.status, StatusCode::SEE_OTHER);
        settle(&db).await;
        let joined = world.ask(Call::new(Method::POST, arrived(0)).form("name=Ivy+Own")).await;
        assert!(is_in(&joined), "{}", joined.text());
        ask(&world, address, "password").await;
        settle(&db).await;
        let reset = arrived(1);
        assert!(reset.starts_with("/sign-in/password/"), "{reset}");
        let set = world.ask(Call::new(Method::POST, &reset).html().form("new=seven+green+lamps+asleep")).await;
        assert!(is_in(&set), "{}", set.text());
    }
}
