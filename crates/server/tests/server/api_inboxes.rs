//! API inboxes against a program on this machine: messages taken once, answers brought back, tried again, forgotten.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use desk::tickets::bins;
use kit::text::base64;
use serde_json::{Value, json};
use tandem_core::actor::{Actor, Origin, Who};
use tandem_core::contacts::ContactId;
use tandem_core::contacts::erasing;
use tandem_core::permissions::{Permission, Role};
use tandem_core::webhooks::deliveries::{self, DeliveryId};
use tandem_core::webhooks::lines::{self, NewLine};
use tandem_core::webhooks::{self, SigningSecret, WebhookError, signature};
use testkit::on_both;

use crate::webhooks::Peer;
use crate::world::{Answer, Call, WORLD, World, settle};

async fn ask(world: &World, method: Method, path: impl Into<String>, body: Option<Value>) -> Answer {
    let call = Call::new(method, path).key(world.ours.key(Role::Admin));
    match body {
        Some(body) => world.ask(call.json(&body)).await,
        None => world.ask(call).await,
    }
}

async fn get(world: &World, path: &str) -> Value {
    ask(world, Method::GET, path, None).await.json()
}

async fn post(world: &World, path: &str, body: Value) -> Value {
    let answer = ask(world, Method::POST, path, Some(body)).await;
    assert!(answer.status.is_success(), "{path}: {}", answer.text());
    answer.json()
}

/// Sets an inbox up whose program is at `url`; its path and its secret.
async fn set_up(world: &World, url: &str) -> (String, String) {
    let made = post(
        world,
        "/api/v1/api-inboxes",
        json!({ "name": "Messenger", "url": url }),
    )
    .await;
    let path = format!("/api/v1/api-inboxes/{}", made["inbox"]["id"].as_str().unwrap());
    (path, made["secret"].as_str().unwrap().to_owned())
}

fn said(conversation: &str, id: &str, text: &str) -> Value {
    let author = json!({ "name": "Nadia Rahman", "external_id": "user-77", "email": "nadia@rahman.example" });
    json!({ "conversation": conversation, "id": id, "author": author, "text": text })
}

/// The ticket in which somebody says something.
async fn bring(world: &World, path: &str, message: Value) -> String {
    let taken = post(world, &format!("{path}/messages"), message).await;
    taken["ticket"].as_str().unwrap().to_owned()
}

async fn reply(world: &World, ticket: &str, text: &str) {
    let reply = json!({ "kind": "reply", "body": text, "force": true });
    post(world, &format!("/api/v1/tickets/{ticket}/messages"), reply).await;
    settle(&world.app.db).await;
}

async fn answers(world: &World, path: &str) -> Vec<Value> {
    let listed = get(world, &format!("{path}/answers")).await;
    listed["items"].as_array().unwrap().clone()
}

/// The page of a ticket, as people see it.
async fn page(world: &World, ticket: &str) -> String {
    let call = Call::get(format!("/tickets/{ticket}")).key(world.ours.key(Role::Admin));
    world.ask(call.html()).await.text()
}

on_both! { WORLD;
    async fn what_a_program_brings_is_taken_once_and_goes_on_where_its_conversation_is(db: TestDb) {
        let world = World::new(&db).await;
        let (path, _) = set_up(&world, "http://127.0.0.1:1024/").await;
        let mut first = said("chat-1", "msg-1", "");
        first["html"] = json!("<p>The reader <b>beeps</b><script>x</script></p>");
        first["files"] = json!([{ "name": "code.txt", "content": base64(b"code 14") }]);
        let taken = post(&world, &format!("{path}/messages"), first.clone()).await;
        let again = post(&world, &format!("{path}/messages"), first).await;
        assert_eq!((taken["is_repeated"].as_bool(), again["is_repeated"].as_bool()), (Some(false), Some(true)));
        assert_eq!((&taken["ticket"], &taken["message"]), (&again["ticket"], &again["message"]));
        let ticket = taken["ticket"].as_str().unwrap();
        assert_eq!(bring(&world, &path, said("chat-1", "msg-2", "Still")).await, ticket);
        assert_ne!(bring(&world, &path, said("chat-2", "msg-3", "Another thing")).await, ticket);

        let shown = get(&world, &format!("/api/v1/tickets/{ticket}")).await;
        assert_eq!((shown["subject"].as_str(), shown["channel"].as_str()), (Some("The reader beeps"), Some("chat")));
        let messages = get(&world, &format!("/api/v1/tickets/{ticket}/messages")).await;
        assert_eq!(messages["items"].as_array().unwrap().len(), 2);
        let files = get(&world, &format!("/api/v1/tickets/{ticket}/files")).await;
        assert_eq!((files["items"][0]["name"].as_str(), files["items"][0]["size"].as_i64()), (Some("code.txt"), Some(7)));
        // Who wrote is known again by any of what they are known by.
        let mut by_mail = said("chat-3", "msg-4", "Me again");
        by_mail["author"] = json!({ "email": "nadia@rahman.example" });
        let other = bring(&world, &path, by_mail).await;
        let other = get(&world, &format!("/api/v1/tickets/{other}")).await;
        assert_eq!(other["contact"], shown["contact"]);

        let mut nobody = said("chat-4", "msg-5", "Who?");
        nobody["author"] = json!({ "name": "Somebody" });
        let refused = ask(&world, Method::POST, format!("{path}/messages"), Some(nobody)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
        assert_eq!(get(&world, "/api/v1/webhooks").await["items"], json!([]));
    }

    async fn an_answer_goes_back_signed_once_and_by_no_mail_and_the_program_tells_what_became_of_it(db: TestDb) {
        let world = World::new(&db).await;
        let peer = Peer::new(&[204]).await;
        let (path, secret) = set_up(&world, &peer.url).await;
        let ticket = bring(&world, &path, said("chat-1", "msg-1", "It beeps")).await;
        reply(&world, &ticket, "Press it down until it clicks.").await;
        let heard = peer.heard();
        assert_eq!(heard.len(), 1, "{heard:?}");
        let body: Value = serde_json::from_str(&heard[0].body).unwrap();
        assert_eq!((body["type"].as_str(), body["data"]["conversation"].as_str()), (Some("answer.written"), Some("chat-1")));
        assert_eq!(body["data"]["text"].as_str(), Some("Press it down until it clicks."));
        let (seconds, id) = (heard[0].header("webhook-timestamp").parse().unwrap(), heard[0].header("webhook-id"));
        let secret = SigningSecret::parse(&secret).unwrap();
        assert_eq!(heard[0].header("webhook-signature"), signature(&[secret], &id, seconds, &heard[0].body));
        assert_eq!(get(&world, "/api/v1/outgoing-mails").await["items"], json!([]));

        let answer = answers(&world, &path).await.remove(0);
        assert_eq!((answer["state"].as_str(), &answer["message"]), (Some("delivered"), &body["data"]["message"]));
        let message = answer["message"].as_str().unwrap();
        for again in [format!("/api/v1/api-answers/{message}/replay"), format!("/api/v1/deliveries/{id}/replay")] {
            assert_eq!(ask(&world, Method::POST, again, None).await.status, StatusCode::CONFLICT);
        }
        settle(&db).await;
        assert_eq!(peer.heard().len(), 1);
        let told = post(&world, &format!("{path}/receipts"), json!({ "message": message, "state": "read" })).await;
        assert_eq!(told["state"].as_str(), Some("read"));
        assert!(page(&world, &ticket).await.contains("The customer has read it"));
    }

    async fn an_answer_that_nobody_takes_waits_and_says_why_and_an_agent_sends_it_at_once(db: TestDb) {
        let world = World::new(&db).await;
        let peer = Peer::new(&[503]).await;
        let (path, _) = set_up(&world, &peer.url).await;
        let ticket = bring(&world, &path, said("chat-1", "msg-1", "It beeps")).await;
        reply(&world, &ticket, "Press it down.").await;
        let answer = answers(&world, &path).await.remove(0);
        assert_eq!(answer["state"].as_str(), Some("waiting"));
        let to = Call::get(format!("/tickets/{ticket}/recipients")).key(world.ours.key(Role::Admin));
        assert!(world.ask(to.html()).await.text().contains("The answer goes to Messenger"));
        let shown = page(&world, &ticket).await;
        let again = format!("/tickets/answers/{}/again", answer["message"].as_str().unwrap());
        assert!(shown.contains("503") && shown.contains(&again), "{shown}");
        peer.answer_from_now_on(200);
        let call = Call::new(Method::POST, again).key(world.ours.key(Role::SupportAgent)).html();
        assert_eq!(world.ask(call.form("")).await.status, StatusCode::SEE_OTHER);
        settle(&db).await;
        assert_eq!(answers(&world, &path).await[0]["state"].as_str(), Some("delivered"));
        let heard = peer.heard();
        assert_eq!((heard.len(), heard[0].header("webhook-id")), (2, heard[1].header("webhook-id")));
        // The attempt that was planned finds nothing to do.
        db.clock.advance(Duration::from_secs(3_600));
        settle(&db).await;
        assert_eq!(peer.heard().len(), 2);
    }

    async fn who_may_not_set_inboxes_up_sees_no_key_and_who_sees_no_tickets_no_answer(db: TestDb) {
        let world = World::new(&db).await;
        let peer = Peer::new(&[503]).await;
        let (path, _) = set_up(&world, &format!("{}key-of-the-program", peer.url)).await;
        assert!(get(&world, &path).await["url"].as_str().unwrap().contains("key-of-the-program"));
        let ticket = bring(&world, &path, said("chat-1", "msg-1", "It beeps")).await;
        reply(&world, &ticket, "Press it down.").await;
        for seen in [path.clone(), "/api/v1/api-inboxes".to_owned(), path.replace("/api/v1/", "/settings/")] {
            let call = Call::get(seen.clone()).key(world.ours.key(Role::SupportAgent));
            let answer = world.ask(if seen.starts_with("/settings") { call.html() } else { call }).await;
            assert_eq!(answer.status, StatusCode::OK, "{seen}");
            assert!(!answer.text().contains("key-of-the-program"), "{seen}");
        }
        let admin = world.ours.agent(Role::Admin);
        let with = |permissions: &[Permission]| Actor {
            workspace: world.ours.workspace.id,
            who: Who::Agent { id: admin.id, name: admin.name.clone(), permissions: permissions.iter().copied().collect() },
            origin: Origin::default(),
        };
        let id: DeliveryId = peer.heard()[0].header("webhook-id").parse().unwrap();
        let blind = with(&[Permission::WebhooksRead]);
        let refused = db.read(move |tx| deliveries::find(tx, &blind, id)).await;
        assert!(matches!(refused, Err(WebhookError::Forbidden(_))), "{refused:?}");
        let seeing = with(&[Permission::WebhooksRead, Permission::TicketsRead]);
        assert!(db.read(move |tx| deliveries::find(tx, &seeing, id)).await.is_ok());
    }

    async fn what_was_answered_goes_with_a_ticket_that_is_removed(db: TestDb) {
        let world = World::new(&db).await;
        let peer = Peer::new(&[204]).await;
        let (path, _) = set_up(&world, &peer.url).await;
        let ticket = bring(&world, &path, said("chat-1", "msg-1", "It beeps")).await;
        ask(&world, Method::PUT, format!("/api/v1/tickets/{ticket}/trash"), None).await;
        db.clock.advance(bins::PATIENCE - Duration::from_secs(60));
        // Somebody takes it out, answers, and throws it away again.
        ask(&world, Method::DELETE, format!("/api/v1/tickets/{ticket}/trash"), None).await;
        reply(&world, &ticket, "Press it down.").await;
        assert_eq!(answers(&world, &path).await[0]["conversation"].as_str(), Some("chat-1"));
        ask(&world, Method::PUT, format!("/api/v1/tickets/{ticket}/trash"), None).await;
        db.clock.advance(bins::PATIENCE + Duration::from_secs(60));
        let workspace = world.ours.workspace.id;
        db.write(move |tx| kit::jobs::queue(tx, workspace, &bins::jobs::EmptyAll {}).map(drop)).await.unwrap();
        settle(&db).await;
        let gone = ask(&world, Method::GET, format!("/api/v1/tickets/{ticket}"), None).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND);
        assert_eq!(answers(&world, &path).await[0]["conversation"].as_str(), Some(""));
    }

    async fn inboxes_take_no_webhooks_place(db: TestDb) {
        let world = World::new(&db).await;
        let system = world.ours.system();
        db.write(move |tx| {
            let new = NewLine { name: "Messenger", url: "http://127.0.0.1:1024/", page: "/settings/api-inboxes" };
            (0..webhooks::MOST).try_for_each(|_| lines::open(tx, &system, &new).map(drop))
        }).await.unwrap();
        post(&world, "/api/v1/webhooks", json!({ "name": "Billing", "url": "http://127.0.0.1:1024/" })).await;
    }

    async fn a_closed_inbox_takes_nothing_and_loses_no_answer(db: TestDb) {
        let world = World::new(&db).await;
        let peer = Peer::new(&[200]).await;
        let (path, _) = set_up(&world, &peer.url).await;
        let ticket = bring(&world, &path, said("chat-1", "msg-1", "It beeps")).await;
        ask(&world, Method::PUT, format!("{path}/closing"), None).await;
        let late = said("chat-1", "msg-2", "Still");
        let refused = ask(&world, Method::POST, format!("{path}/messages"), Some(late)).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        reply(&world, &ticket, "Press it down.").await;
        assert_eq!((answers(&world, &path).await[0]["state"].as_str(), peer.heard().len()), (Some("failed"), 0));
        ask(&world, Method::DELETE, format!("{path}/closing"), None).await;
        let again = ask(&world, Method::POST, format!("{path}/replay"), None).await.json();
        assert_eq!(again["deliveries"].as_i64(), Some(1));
        settle(&db).await;
        assert_eq!((answers(&world, &path).await[0]["state"].as_str(), peer.heard().len()), (Some("delivered"), 1));
    }

    async fn a_program_that_is_gone_is_told_of_and_switched_on_again_by_a_person(db: TestDb) {
        let world = World::new(&db).await;
        let peer = Peer::new(&[410]).await;
        let (path, _) = set_up(&world, &peer.url).await;
        let ticket = bring(&world, &path, said("chat-1", "msg-1", "It beeps")).await;
        reply(&world, &ticket, "Press it down.").await;
        let inbox = get(&world, &path).await;
        assert_eq!((inbox["is_on"].as_bool(), inbox["stopped_because"].as_str()), (Some(false), Some("gone")));
        let home = world.ask(Call::get("/home/webhooks").key(world.ours.key(Role::Admin)).html()).await.text();
        assert!(home.contains(&path.replace("/api/v1/", "/settings/")), "{home}");
        let started = ask(&world, Method::DELETE, format!("{path}/stop"), None).await.json();
        assert_eq!(started["is_on"].as_bool(), Some(true));
    }

    async fn who_is_forgotten_is_forgotten_on_the_way_to_the_program_too(db: TestDb) {
        let world = World::new(&db).await;
        let peer = Peer::new(&[503]).await;
        let (path, _) = set_up(&world, &peer.url).await;
        let ticket = bring(&world, &path, said("chat-1", "msg-1", "It beeps")).await;
        reply(&world, &ticket, "Press it down.").await;
        let delivery = peer.heard()[0].header("webhook-id");
        let shown = get(&world, &format!("/api/v1/tickets/{ticket}")).await;
        let contact: ContactId = shown["contact"].as_str().unwrap().parse().unwrap();
        let system = world.ours.system();
        db.write(move |tx| erasing::erase(tx, &system, contact)).await.unwrap();
        let gone = ask(&world, Method::GET, format!("/api/v1/deliveries/{delivery}"), None).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND);
        let answer = answers(&world, &path).await.remove(0);
        assert_eq!((answer["state"].as_str(), answer["conversation"].as_str()), (Some("failed"), Some("")));
        db.clock.advance(Duration::from_secs(3_600));
        settle(&db).await;
        assert_eq!(peer.heard().len(), 1);
        assert_ne!(bring(&world, &path, said("chat-1", "msg-2", "Hello")).await, ticket);
    }
}
