//! One of each thing that has an address and comes about only through other things: mails, runs, deliveries, alerts. The
//! tests of all addresses need them, and they are made as people and programs make them.

use axum::http::{Method, StatusCode};
use desk::mailboxes::{self, MailboxId, MailboxText, Outgoing, Protection, ServerText};
use desk::{mails, surveys};
use kit::db::DbError;
use serde_json::{Value, json};
use success::usage::adoption::{self, FeatureCall};
use success::usage::lake::sealing::{Rule, seal_all};
use success::usage::{debugger, folding, lake, sources};
use tandem_core::doors::sessions;
use tandem_core::doors::{self, Entering, Visitor, passkeys};
use tandem_core::permissions::Role;

use crate::passkeys::registered;
use crate::world::{Call, Office, World, settle};

/// What stands before `{id}` in addresses, and the id of such a thing.
pub(crate) type Things = Vec<(&'static str, String)>;

/// One admin at the API.
struct Hand<'a> {
    world: &'a World,
    office: &'a Office,
}

impl Hand<'_> {
    async fn ask(&self, call: Call<'_>) -> Value {
        let path = call.path.clone();
        let key = self.office.key(Role::Admin);
        let answer = self.world.ask(call.key(key)).await;
        assert!(answer.status.is_success(), "{path}: {}", answer.text());
        answer.json()
    }

    async fn post(&self, path: impl Into<String>, body: Value) -> Value {
        self.ask(Call::new(Method::POST, path).json(&body)).await
    }

    /// The first of a list.
    async fn first(&self, path: &str) -> Value {
        let list = self.ask(Call::get(path)).await;
        let first = list["items"].get(0).cloned();
        first.unwrap_or_else(|| panic!("{path} is empty"))
    }
}

fn id(thing: &Value) -> String {
    thing["id"].as_str().expect("an id").to_owned()
}

/// One of each for an office; a new kind of thing adds its line to the end.
pub(crate) async fn of(world: &World, office: &Office) -> Things {
    let hand = Hand { world, office };
    let (account, contact) = (office.account.id.to_string(), office.contact.to_string());
    let asking = |subject: &str| json!({ "subject": subject, "body": "Help!", "account": account, "contact": contact, "priority": "urgent", "channel": "email" });
    let mut asked = Vec::new();
    for subject in ["Nothing works", "Still nothing", "Are you there?"] {
        asked.push(id(&hand.post("/api/v1/tickets", asking(subject)).await));
    }
    let old = mail_comes(world, office).await;
    settle(&world.app.db).await;

    let placed = hand.first("/api/v1/mails?state=placed").await;
    let answer = format!("/api/v1/tickets/{}/messages", placed["ticket"].as_str().unwrap());
    hand.post(
        answer,
        json!({ "kind": "reply", "body": "We look into it.", "force": true }),
    )
    .await;
    let webhook = json!({ "name": "Billing", "url": "http://127.0.0.1:1024/", "kinds": ["account.closed"] });
    let webhook = id(&hand.post("/api/v1/webhooks", webhook).await["webhook"]);
    let test = Call::new(Method::POST, format!("/api/v1/webhooks/{webhook}/test"));
    let delivery = id(&hand.ask(test).await);
    let ticket = format!("/api/v1/tickets/{}", office.ticket);
    let participant = json!({ "address": "colleague@example.com" });
    let participant = id(&hand.post(format!("{ticket}/participants"), participant).await);
    let side = json!({ "to": ["service@fixit.example"], "subject": "Spare part", "body": "Can you look?" });
    let side = id(&hand.post(format!("{ticket}/side-conversations"), side).await);
    let connection = json!({ "kind": "related", "other": asked[0] });
    let connection = id(&hand.post(format!("{ticket}/connections"), connection).await);
    let run = format!("/api/v1/accounts/{account}/playbook-runs");
    let run = id(&hand
        .post(run, json!({ "playbook": office.playbook.to_string() }))
        .await);
    let queues = json!([{ "letter": "A", "name": "Service", "kind": "question" }]);
    let place = hand
        .post(
            "/api/v1/counter-places",
            json!({ "name": "Main street", "queues": queues }),
        )
        .await;
    let place = id(&place);
    let coming = json!({ "contact": contact, "what": "The reader is offline", "queue": "A" });
    let visit = id(&hand
        .post(format!("/api/v1/counter-places/{place}/visits"), coming)
        .await);
    let (source, rejected, sealed) = usage(world, office).await;
    let feature = feature(world, office).await;
    let name = id(&hand.first("/api/v1/usage-unsettled?days=0").await);
    let same = hand.ask(Call::get(format!("/api/v1/usage-names/{name}"))).await;
    let browser = same["links"][0]["other"].as_str().expect("a browser").to_owned();
    let backfill = backfill(&hand, &source).await;
    let (passkey, session) = passkey(world, office).await;
    let status = json!({ "category": "waiting", "name": "With the carrier" });
    let status = id(&hand.post("/api/v1/ticket-statuses", status).await);
    let detail = json!({ "noun": "ticket", "kind": "text", "label": "Serial number" });
    let detail = id(&hand.post("/api/v1/fields", detail).await);
    let file = format!("/api/v1/saved-replies/{}/files?name=steps.txt", office.reply);
    let file = id(&hand
        .ask(Call::new(Method::PUT, file).json(&json!("Step by step.")))
        .await);
    let form = id(&hand
        .post("/api/v1/web-forms", json!({ "title": "Write to us" }))
        .await);
    let (inbox, answer) = connected(&hand).await;
    settle(&world.app.db).await;

    let outgoing = id(&hand.first("/api/v1/outgoing-mails").await);
    let later =
        json!({ "body": "Has it helped?", "due_at": world.app.db.clock().now().0 + 86_400_000_000_i64 });
    let later = id(&hand.post(format!("{ticket}/scheduled-replies"), later).await);
    let signing = json!({ "domain": "desk.example", "algorithm": "ed25519" });
    let signing = id(&hand.post("/api/v1/dkim-keys", signing).await);
    let at = json!({ "kind": "google", "name": "Google", "client": "tandem", "secret": "s" });
    let at = id(&hand.post("/api/v1/mail-providers", at).await);
    let rule = id(&hand.first("/api/v1/warning-rules").await);
    let ticket_of_account =
        json!({ "account": account, "ticket": asked[0], "kind": "risk", "words": "They look around." });
    let signal = id(&hand.post("/api/v1/signals", ticket_of_account).await);
    let metric = json!({ "name": "Days in use", "content": { "measure": "days", "window": 30 } });
    let metric = id(&hand.post("/api/v1/metrics/own", metric).await);
    let deeds = json!([{ "deed": "tag", "value": "Seen" }]);
    let many = json!({ "accounts": [account], "deeds": deeds });
    let many = id(&hand.post("/api/v1/accounts/bulk", many).await);
    settle(&world.app.db).await;
    let account = id(&hand.post("/api/v1/accounts", json!({ "name": "Second" })).await);
    let contact = id(&hand.post("/api/v1/contacts", json!({ "name": "Second" })).await);
    let tag = id(&hand.post("/api/v1/tags", json!({ "name": "Second" })).await);
    settle(&world.app.db).await;
    // The job that comes last: the others may have run before anybody asks for them.
    let jobs = hand.ask(Call::get("/api/v1/work?state=ready&limit=100")).await;
    let jobs = jobs["items"].as_array().unwrap().iter();
    let work = id(jobs.max_by_key(|job| job["run_at"].as_i64()).expect("a job"));
    vec![
        ("other account", account),
        ("other contact", contact),
        ("other tag", tag),
        ("accounts/bulk", many),
        ("signals", signal),
        ("own", metric),
        ("mails", id(&hand.first("/api/v1/mails?state=suspended").await)),
        ("outgoing", outgoing.clone()),
        ("outgoing-mails", outgoing),
        ("ticket-fields", detail),
        ("reply-files", file),
        ("tickets/scheduled", later.clone()),
        ("scheduled-replies", later),
        ("mail-providers", at),
        ("signing", signing.clone()),
        ("dkim-keys", signing),
        ("surveys", survey(world, office, &asked[1]).await),
        ("old-mail", old.clone()),
        ("mail-imports", old),
        ("messages", id(&hand.first(&format!("{ticket}/messages")).await)),
        ("participants", participant.clone()),
        ("ticket-participants", participant),
        ("sides", side.clone()),
        ("side-conversations", side),
        ("connections", connection.clone()),
        ("ticket-connections", connection),
        ("alerts", id(&hand.first("/api/v1/alerts").await)),
        ("warnings", rule.clone()),
        ("warning-rules", rule),
        ("scorecards", id(&hand.first("/api/v1/scorecards").await)),
        ("playbook-runs", run),
        ("webhooks", webhook),
        ("deliveries", delivery),
        ("sources", source.clone()),
        ("usage-sources", source),
        ("backfills", backfill.clone()),
        ("usage-backfills", backfill),
        ("rejected", rejected.clone()),
        ("usage-refusals", rejected),
        ("usage-files", sealed),
        ("features", feature.clone()),
        ("usage-features", feature),
        ("names", name.clone()),
        ("usage-names", name),
        ("other usage-name", browser),
        ("work", work),
        ("sessions", session),
        ("passkeys", passkey),
        ("counter", place.clone()),
        ("counter-places", place),
        ("visits", visit.clone()),
        ("counter-visits", visit),
        ("ticket-statuses", status.clone()),
        ("statuses", status),
        ("web-forms", form.clone()),
        ("forms", form),
        ("api-inboxes", inbox),
        ("api-answers", answer.clone()),
        ("answers", answer),
    ]
}

/// A mailbox that sends, with mails: one that opened a ticket, and one that is held back. Gives a file of old mail.
async fn mail_comes(world: &World, office: &Office) -> String {
    let text = MailboxText {
        name: "Answers".into(),
        address: format!("{}-answers@desk.example", office.workspace.name),
        outgoing: Outgoing::Smtp,
        smtp: ServerText {
            host: "localhost".into(),
            port: 1,
            protection: Protection::Plain,
            ..ServerText::default()
        },
        ..MailboxText::default()
    };
    let system = office.system();
    let made = world
        .app
        .db
        .write(move |tx| mailboxes::create(tx, &system, &text));
    let mailbox: MailboxId = made.await.unwrap().id;
    mails::demo::fill(&world.app.db, office.workspace.id, mailbox)
        .await
        .unwrap();
    let old = mails::old::demo::fill(&world.app.db, &office.system(), mailbox).await;
    old.unwrap().id.to_string()
}

/// An API inbox, and the answer to somebody who wrote by it.
async fn connected(hand: &Hand<'_>) -> (String, String) {
    let new = json!({ "name": "Messenger", "url": "http://127.0.0.1:1024/" });
    let inbox = id(&hand.post("/api/v1/api-inboxes", new).await["inbox"]);
    let author = json!({ "external_id": "user-77", "name": "Nadia" });
    let message = json!({ "conversation": "chat-1", "id": "msg-1", "author": author, "text": "It beeps" });
    let path = format!("/api/v1/api-inboxes/{inbox}");
    let taken = hand.post(format!("{path}/messages"), message).await;
    let ticket = taken["ticket"].as_str().expect("a ticket");
    let reply = json!({ "kind": "reply", "body": "We look into it.", "force": true });
    hand.post(format!("/api/v1/tickets/{ticket}/messages"), reply)
        .await;
    let answer = hand.first(&format!("{path}/answers")).await;
    (inbox, answer["message"].as_str().expect("an answer").to_owned())
}

/// The question about a ticket that is solved.
async fn survey(world: &World, office: &Office, ticket: &str) -> String {
    let (system, ticket) = (office.system(), ticket.parse().unwrap());
    let asked = world.app.db.write(move |tx| {
        let solved = [(desk::tickets::Field::Status, "solved".to_owned())];
        desk::tickets::change(tx, &system, ticket, &solved).unwrap();
        Ok::<_, DbError>(surveys::link(tx, &system, ticket).unwrap().0.id)
    });
    asked.await.unwrap().to_string()
}

/// A file of events of the past that waits to be taken.
async fn backfill(hand: &Hand<'_>, source: &str) -> String {
    let path = format!("/api/v1/usage-backfills?source={source}&file_name=past.jsonl");
    let mut call = Call::new(Method::PUT, path);
    call.body =
        r#"{"type":"track","event":"Report opened","userId":"u-1","timestamp":"2026-01-05T09:00:00Z"}"#
            .into();
    id(&hand.ask(call).await)
}

/// A source, something from it that was not taken, and a file of what was.
async fn usage(world: &World, office: &Office) -> (String, String, String) {
    let system = office.system();
    let made = world.app.db.write(move |tx| sources::add(tx, &system, "Web app"));
    let source = made.await.unwrap();
    let key = kit::text::base64(format!("{}:", source.key()).as_bytes());
    let sent = Call::new(Method::POST, "/v1/track").header("authorization", format!("Basic {key}"));
    let refused = world.ask(sent.json(&json!({ "event": "Opened" }))).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{}", refused.text());
    let (system, id) = (office.system(), source.id);
    let kept = world
        .app
        .db
        .read(move |tx| debugger::rejected(tx, &system, &debugger::Filter::of_source(id), None, 1));
    let rejected = kept.await.unwrap().refusals[0].id.to_string();
    (source.id.to_string(), rejected, sealed(world, office, &key).await)
}

/// What somebody did in the product.
async fn feature(world: &World, office: &Office) -> String {
    let system = office.system();
    let found = world
        .app
        .db
        .read(move |tx| adoption::called(tx, &system, (FeatureCall::Track, "Opened")));
    found.await.unwrap().expect("it was done").to_string()
}

/// A file of one event.
async fn sealed(world: &World, office: &Office, key: &str) -> String {
    let sent = Call::new(Method::POST, "/v1/track").header("authorization", format!("Basic {key}"));
    let taken = world
        .ask(sent.json(&json!({ "event": "Opened", "userId": "u-1", "anonymousId": "b-1" })))
        .await;
    assert_eq!(taken.status, StatusCode::OK, "{}", taken.text());
    let (db, workspace) = (&world.app.db, office.workspace.id);
    folding::fold(db).await.unwrap();
    let at_once = Rule {
        newest: 0,
        age: std::time::Duration::ZERO,
        waits: false,
        ..Rule::default()
    };
    assert_eq!(seal_all(db, workspace, at_once).await, Ok(1));
    let system = office.system();
    let files = db.read(move |tx| lake::list(tx, &system, None, 1)).await;
    files.unwrap()[0].id.to_string()
}

/// A passkey of the admin, and the browser session that made it.
async fn passkey(world: &World, office: &Office) -> (String, String) {
    let admin = office.agent(Role::Admin);
    let (who, actor) = (
        Entering {
            workspace: office.workspace.id,
            agent: admin.id,
        },
        admin.actor(office.workspace.id),
    );
    let db = &world.app.db;
    let entered = db.write(move |tx| doors::open(tx, who, &Visitor::default()));
    let secret = entered.await.unwrap_or_else(|error: DbError| panic!("{error}"));
    registered(world, &format!("tandem={}", secret.expose())).await;
    let kept = db.read(move |tx| Ok::<_, DbError>((passkeys::of(tx, who)?, sessions::own(tx, &actor)?)));
    let (passkeys, sessions) = kept.await.unwrap();
    (passkeys[0].id.to_string(), sessions[0].id.to_string())
}
