//! Webhooks against a real server on this machine: signed, tried again, replayed, switched off.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::http::{Method, StatusCode};
use kit::clock::Timestamp;
use serde_json::{Value, json};
use tandem_core::accounts::{self, AccountText};
use tandem_core::permissions::Role;
use tandem_core::webhooks::{SigningSecret, signature};
use testkit::on_both;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::letters::post_office;
use crate::world::{Call, WORLD, World, settle};

/// A request as the other side sees it.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Heard {
    pub(crate) fn header(&self, name: &str) -> String {
        let line = self
            .head
            .lines()
            .find_map(|line| line.strip_prefix(&format!("{name}: ")));
        line.unwrap_or_else(|| panic!("no {name} in {}", self.head))
            .to_owned()
    }
}

/// The other side: answers each request with the next of its statuses, the last for ever; 0 hangs up without a word.
pub(crate) struct Peer {
    pub(crate) url: String,
    heard: Arc<Mutex<Vec<Heard>>>,
    statuses: Arc<Mutex<VecDeque<u16>>>,
}

impl Peer {
    pub(crate) async fn new(statuses: &[u16]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let heard: Arc<Mutex<Vec<Heard>>> = Arc::default();
        let statuses = Arc::new(Mutex::new(VecDeque::from(statuses.to_vec())));
        let (log, script) = (Arc::clone(&heard), Arc::clone(&statuses));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let request = read(&mut stream).await;
                log.lock().unwrap().push(request);
                let status = next(&mut script.lock().unwrap());
                if status != 0 {
                    let answer = format!("HTTP/1.1 {status} Whatever\r\ncontent-length: 5\r\n\r\nhello");
                    let _ = stream.write_all(answer.as_bytes()).await;
                }
            }
        });
        Self { url, heard, statuses }
    }

    pub(crate) fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }

    pub(crate) fn answer_from_now_on(&self, status: u16) {
        *self.statuses.lock().unwrap() = VecDeque::from([status]);
    }
}

fn next(script: &mut VecDeque<u16>) -> u16 {
    if script.len() > 1 {
        script.pop_front().unwrap()
    } else {
        script[0]
    }
}

async fn read(stream: &mut tokio::net::TcpStream) -> Heard {
    let mut bytes = Vec::new();
    loop {
        let mut part = [0; 4_096];
        let count = stream.read(&mut part).await.unwrap();
        bytes.extend_from_slice(&part[..count]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let head = head.to_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "))
                .unwrap_or("0");
            if count == 0 || body.len() >= length.parse::<usize>().unwrap() {
                // The head is looked at by name only; ids and signatures keep their letters.
                let kept = text.split_once("\r\n\r\n").unwrap().0.to_owned();
                return Heard {
                    head: kept,
                    body: body.to_owned(),
                };
            }
        }
        assert!(count > 0, "the request ended early");
    }
}

/// Sets a webhook up through the API; its path and its secret.
async fn set_up(world: &World, url: &str, kinds: &[&str]) -> (String, String) {
    let body = json!({ "name": "Billing", "url": url, "kinds": kinds });
    let made = world
        .ask(admin(world, Method::POST, "/api/v1/webhooks").json(&body))
        .await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    let made = made.json();
    let path = format!("/api/v1/webhooks/{}", made["webhook"]["id"].as_str().unwrap());
    (path, made["secret"].as_str().unwrap().to_owned())
}

fn admin<'a>(world: &'a World, method: Method, path: impl Into<String>) -> Call<'a> {
    Call::new(method, path).key(world.ours.key(Role::Admin))
}

async fn get(world: &World, path: &str) -> Value {
    world.ask(admin(world, Method::GET, path)).await.json()
}

async fn add_account(world: &World, name: &str) {
    let (system, text) = (
        world.ours.system(),
        AccountText {
            name: name.to_owned(),
            ..AccountText::default()
        },
    );
    world
        .app
        .db
        .write(move |tx| accounts::add(tx, &system, &text))
        .await
        .unwrap();
    settle(&world.app.db).await;
}

async fn deliveries(world: &World, path: &str) -> Vec<Value> {
    get(world, &format!("{path}/deliveries")).await["items"]
        .as_array()
        .unwrap()
        .clone()
}

on_both! { WORLD;
    async fn an_event_is_told_with_a_signature_that_the_secret_makes(db: TestDb) {
        let world = World::new(&db).await;
        let peer = Peer::new(&[200]).await;
        let (path, secret) = set_up(&world, &peer.url, &["account.added"]).await;
        add_account(&world, "Acme").await;
        let heard = peer.heard();
        assert_eq!(heard.len(), 1, "{heard:?}");
        let seconds: i64 = heard[0].header("webhook-timestamp").parse().unwrap();
        assert_eq!(seconds, db.clock.now().seconds());
        let id = heard[0].header("webhook-id");
        let secret = SigningSecret::parse(&secret).unwrap();
        assert_eq!(heard[0].header("webhook-signature"), signature(&[secret], &id, seconds, &heard[0].body));
        let body: Value = serde_json::from_str(&heard[0].body).unwrap();
        assert_eq!((body["type"].as_str(), body["data"]["data"]["name"].as_str()), (Some("account.added"), Some("Acme")));
        assert_eq!(body["timestamp"].as_str(), Some("2026-03-02T09:00:00Z"));
        let log = deliveries(&world, &path).await;
        assert_eq!((log[0]["id"].as_str(), log[0]["state"].as_str()), (Some(id.as_str()), Some("delivered")));
        let one = get(&world, &format!("/api/v1/deliveries/{id}")).await;
        assert_eq!((one["attempts"][0]["status"].as_i64(), one["attempts"][0]["answer"].as_str()), (Some(200), Some("hello")));
        assert_eq!(one["body"].as_str(), Some(heard[0].body.as_str()));
    }

    async fn what_was_not_asked_for_is_not_told_and_another_workspace_hears_nothing(db: TestDb) {
        let world = World::new(&db).await;
        let peer = Peer::new(&[200]).await;
        set_up(&world, &peer.url, &["account.closed"]).await;
        add_account(&world, "Acme").await;
        let (system, text) = (world.theirs.system(), AccountText { name: "Theirs".to_owned(), ..AccountText::default() });
        let account = db.write({
            let system = system.clone();
            move |tx| accounts::add(tx, &system, &text)
        }).await.unwrap();
        db.write(move |tx| accounts::close(tx, &system, account.id)).await.unwrap();
        settle(&db).await;
        assert_eq!(peer.heard().len(), 0);
    }

    async fn a_lost_answer_means_the_same_delivery_again(db: TestDb) {
        let world = World::new(&db).await;
        let peer = Peer::new(&[0, 503, 204]).await;
        let (path, _) = set_up(&world, &peer.url, &["account.added"]).await;
        add_account(&world, "Acme").await;
        assert_eq!(deliveries(&world, &path).await[0]["state"], "waiting");
        assert!(!get(&world, &path).await["failing_since"].is_null());
        for wait in [6, 331] {
            db.clock.advance(Duration::from_secs(wait));
            settle(&db).await;
        }
        let heard = peer.heard();
        assert_eq!(heard.len(), 3, "{heard:?}");
        for again in &heard[1..] {
            assert_eq!((again.header("webhook-id"), &again.body), (heard[0].header("webhook-id"), &heard[0].body));
        }
        assert_ne!(heard[0].header("webhook-timestamp"), heard[2].header("webhook-timestamp"));
        let log = deliveries(&world, &path).await;
        assert_eq!((log[0]["state"].as_str(), log[0]["attempts"].as_i64()), (Some("delivered"), Some(3)));
        assert!(get(&world, &path).await["failing_since"].is_null());
    }

    async fn during_a_rotation_both_secrets_sign_and_after_a_day_only_the_new_one(db: TestDb) {
        let world = World::new(&db).await;
        let peer = Peer::new(&[200]).await;
        let (path, old) = set_up(&world, &peer.url, &["account.added"]).await;
        let rotated = world.ask(admin(&world, Method::POST, format!("{path}/secrets"))).await.json();
        let [new, old] = [rotated["secret"].as_str().unwrap(), old.as_str()].map(|text| SigningSecret::parse(text).unwrap());
        add_account(&world, "One").await;
        db.clock.advance(Duration::from_secs(86_400));
        add_account(&world, "Two").await;
        let heard = peer.heard();
        let signed = |heard: &Heard, secrets: &[SigningSecret]| {
            let seconds = heard.header("webhook-timestamp").parse().unwrap();
            heard.header("webhook-signature") == signature(secrets, &heard.header("webhook-id"), seconds, &heard.body)
        };
        assert!(signed(&heard[0], &[new.clone(), old]));
        assert!(signed(&heard[1], &[new]));
    }

    async fn what_failed_for_good_can_be_sent_again_one_or_all(db: TestDb) {
        let world = World::new(&db).await;
        let peer = Peer::new(&[500]).await;
        let (path, _) = set_up(&world, &peer.url, &["account.added"]).await;
        add_account(&world, "One").await;
        add_account(&world, "Two").await;
        for _ in 0..10 {
            db.clock.advance(Duration::from_secs(27 * 3_600));
            settle(&db).await;
        }
        assert!(get(&world, &path).await["is_on"].as_bool().is_some_and(|is_on| !is_on));
        world.ask(admin(&world, Method::DELETE, format!("{path}/stop"))).await;
        let log = deliveries(&world, &path).await;
        assert!(log.iter().all(|one| one["state"] == "failed"), "{log:?}");
        peer.answer_from_now_on(200);
        let first = format!("/api/v1/deliveries/{}/replay", log[1]["id"].as_str().unwrap());
        assert_eq!(world.ask(admin(&world, Method::POST, first)).await.status, StatusCode::ACCEPTED);
        settle(&db).await;
        assert_eq!(deliveries(&world, &path).await[1]["state"], "delivered");
        let all = admin(&world, Method::POST, format!("{path}/replay")).json(&json!({ "since": 0 }));
        assert_eq!(world.ask(all).await.json()["deliveries"], 1);
        settle(&db).await;
        assert!(deliveries(&world, &path).await.iter().all(|one| one["state"] == "delivered"));
    }

    async fn five_days_without_a_success_switch_it_off_and_its_people_are_told(db: TestDb) {
        let world = World::new(&db).await;
        let peer = Peer::new(&[500]).await;
        let (path, _) = set_up(&world, &peer.url, &["account.added"]).await;
        add_account(&world, "One").await;
        db.clock.advance(Duration::from_secs(5 * 86_400 - 60));
        add_account(&world, "Two").await;
        assert_eq!(get(&world, &path).await["is_on"], true);
        db.clock.advance(Duration::from_secs(120));
        add_account(&world, "Three").await;
        let off = get(&world, &path).await;
        assert_eq!((off["is_on"].as_bool(), off["stopped_because"].as_str()), (Some(false), Some("failing")));
        settle(&db).await;
        let told = get(&world, "/api/v1/events?kinds=webhook.stopped").await;
        assert_eq!((told["items"].as_array().unwrap().len(), told["items"][0]["data"]["reason"].as_str()), (1, Some("failing")));
        let page = world.ask(admin(&world, Method::GET, "/settings/webhooks").html()).await.text();
        assert!(page.contains("Switched off"), "{page}");
        let before = peer.heard().len();
        add_account(&world, "Four").await;
        assert_eq!(peer.heard().len(), before);
    }

    async fn the_word_gone_switches_it_off_at_once(db: TestDb) {
        let world = World::new(&db).await;
        let peer = Peer::new(&[410]).await;
        let (path, _) = set_up(&world, &peer.url, &[]).await;
        let test = world.ask(admin(&world, Method::POST, format!("{path}/test"))).await;
        assert_eq!(test.status, StatusCode::ACCEPTED);
        settle(&db).await;
        assert_eq!(get(&world, &path).await["stopped_because"], "gone");
        let again = world.ask(admin(&world, Method::POST, format!("{path}/test"))).await;
        assert_eq!((again.status, again.json()["type"].as_str()), (StatusCode::CONFLICT, Some("urn:tandem:problem:webhook-stopped")));
    }

    async fn what_is_switched_off_is_told_to_whoever_may_mend_it_by_letter_and_at_home(db: TestDb) {
        let world = World::new(&db).await;
        let server = post_office(&db).await;
        let peer = Peer::new(&[410]).await;
        let (path, _) = set_up(&world, &peer.url, &["account.added"]).await;
        let home = async || world.ask(admin(&world, Method::GET, "/").html()).await.text();
        assert!(!home().await.contains("/home/webhooks"), "all is well");
        world.ask(admin(&world, Method::PUT, format!("{path}/stop"))).await;
        settle(&db).await;
        assert!(server.taken().is_empty() && !home().await.contains("/home/webhooks"), "someone wanted it");
        world.ask(admin(&world, Method::DELETE, format!("{path}/stop"))).await;
        add_account(&world, "Acme").await;
        let letters = server.taken();
        assert_eq!(letters.iter().map(|letter| &letter.to[..]).collect::<Vec<_>>(), [["admin@example.com"]]);
        let page = path.replace("/api/v1", "/settings");
        let text = letters[0].text.replace("=\r\n", "");
        assert!(text.contains("Billing was switched off") && text.contains(&format!("https://desk.example{page}")), "{text}");
        assert!(home().await.contains("/home/webhooks"));
        let panel = world.ask(admin(&world, Method::GET, "/home/webhooks").html()).await.text();
        assert!(panel.contains(&page) && panel.contains("Billing"), "{panel}");
        world.ask(admin(&world, Method::DELETE, format!("{path}/stop"))).await;
        assert!(!home().await.contains("/home/webhooks"), "someone dealt with it");
    }

    async fn a_letter_is_not_sent_about_what_is_on_again(db: TestDb) {
        let world = World::new(&db).await;
        let server = post_office(&db).await;
        server.refuse_next("451 later");
        let peer = Peer::new(&[410]).await;
        let (path, _) = set_up(&world, &peer.url, &["account.added"]).await;
        add_account(&world, "Acme").await;
        world.ask(admin(&world, Method::DELETE, format!("{path}/stop"))).await;
        db.clock.advance(Duration::from_secs(86_400));
        settle(&db).await;
        assert!(server.taken().is_empty());
    }

    async fn an_address_inside_is_refused_and_one_that_became_forbidden_is_not_called(db: TestDb) {
        let world = World::new(&db).await;
        let peer = Peer::new(&[200]).await;
        let (path, _) = set_up(&world, &peer.url, &["account.added"]).await;
        let nothing = kit::outgoing::Outgoing::new(Arc::new(|_| false)).unwrap();
        db.attach(Arc::new(nothing));
        for url in ["http://127.0.0.1/", "https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest", "https://10.0.0.8/", "https://0x7f000001/", "ftp://example.com/", "https://a:b@example.com/", "https://example.com:25/"] {
            let body = json!({ "name": "x", "url": url });
            let refused = world.ask(admin(&world, Method::POST, "/api/v1/webhooks").json(&body)).await;
            assert_eq!((refused.status, refused.json()["errors"][0]["pointer"].as_str()), (StatusCode::UNPROCESSABLE_ENTITY, Some("#/url")), "{url}");
        }
        add_account(&world, "Acme").await;
        assert_eq!(peer.heard().len(), 0);
        let id = deliveries(&world, &path).await[0]["id"].as_str().unwrap().to_owned();
        let log = get(&world, &format!("/api/v1/deliveries/{id}")).await;
        assert!(log["attempts"][0]["error"].as_str().unwrap().contains("does not allow"), "{log}");
    }

    async fn secrets_are_shown_once_and_never_lie_open_in_the_database(db: TestDb) {
        let world = World::new(&db).await;
        let call = admin(&world, Method::POST, "/api/v1/webhooks").header("idempotency-key", "k");
        let made = world.ask(call.json(&json!({ "name": "x", "url": "https://example.com/" }))).await;
        let secret = made.json()["secret"].as_str().unwrap().to_owned();
        let bytes = kit::text::from_base64(secret.trim_start_matches("whsec_")).unwrap();
        let kept = db.read(|tx| {
            let sealed = tx.rows(kit::sql!("select sealed from webhook_secrets where workspace_id is not null"), kit::params![], |row| row.get::<Vec<u8>>("sealed"))?;
            let answers = tx.rows(kit::sql!("select answer from answers where workspace_id is not null"), kit::params![], |row| row.get::<Vec<u8>>("answer"))?;
            Ok::<_, kit::db::DbError>([sealed, answers].concat())
        }).await.unwrap();
        assert_eq!(kept.len(), 2);
        let holds = |part: &[u8]| kept.iter().any(|row| row.windows(part.len()).any(|window| window == part));
        assert!(!holds(&bytes) && !holds(secret.as_bytes()));
        assert!(!get(&world, "/api/v1/webhooks").await.to_string().contains("whsec_"));
        assert!(!get(&world, "/api/v1/audit").await.to_string().contains("whsec_"));
    }

    async fn old_deliveries_are_swept_and_those_that_wait_stay(db: TestDb) {
        let world = World::new(&db).await;
        let peer = Peer::new(&[200]).await;
        let (path, _) = set_up(&world, &peer.url, &["account.added"]).await;
        add_account(&world, "Acme").await;
        db.clock.set(Timestamp(db.clock.now().0).plus(Duration::from_secs(31 * 86_400)));
        db.write(|tx| kit::jobs::Queue::new(&tandem_core::webhooks::jobs::Sweep {}).put(tx)).await.unwrap();
        settle(&db).await;
        assert_eq!(deliveries(&world, &path).await.len(), 0);
        let gone = world.ask(admin(&world, Method::DELETE, &path)).await;
        assert_eq!(gone.status, StatusCode::NO_CONTENT);
        assert_eq!(world.ask(admin(&world, Method::GET, &path)).await.status, StatusCode::NOT_FOUND);
    }

    async fn the_pages_set_one_up_show_its_secret_once_and_keep_what_was_typed(db: TestDb) {
        let world = World::new(&db).await;
        let peer = Peer::new(&[200]).await;
        let form = |body: String| admin(&world, Method::POST, "/settings/webhooks").html().form(body);
        let wrong = world.ask(form("name=Billing&url=http%3A%2F%2F10.0.0.1%2F&kinds=account.added".into())).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = wrong.text();
        assert!(page.contains("value=\"Billing\"") && page.contains("http://10.0.0.1/") && page.contains("public internet"), "{page}");
        let made = world.ask(form(format!("name=Billing&url={}&kinds=account.added&kinds=account.closed", peer.url.replace(':', "%3A").replace('/', "%2F")))).await;
        assert_eq!(made.status, StatusCode::OK);
        assert!(made.text().contains("whsec_"));
        let list = get(&world, "/api/v1/webhooks").await;
        let id = list["items"][0]["id"].as_str().unwrap();
        assert_eq!(list["items"][0]["kinds"], json!(["account.added", "account.closed"]));
        let tested = world.ask(admin(&world, Method::POST, format!("/settings/webhooks/{id}/test")).html()).await;
        assert_eq!(tested.status, StatusCode::SEE_OTHER);
        settle(&db).await;
        let page = world.ask(admin(&world, Method::GET, tested.headers["location"].to_str().unwrap()).html()).await.text();
        assert!(page.contains("Answered 200") && page.contains("webhook.test"), "{page}");
        let page = world.ask(admin(&world, Method::GET, format!("/settings/webhooks/{id}")).html()).await.text();
        assert!(page.contains("Delivered") && !page.contains("whsec_"), "{page}");
    }
}
