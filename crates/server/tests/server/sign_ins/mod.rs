//! Mailboxes that sign in at a provider: the whole way over the wire, with a strict provider of this test, Dovecot and Postfix.

mod provider;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::http::{Method, StatusCode};
use desk::mailboxes::reach::MailReach;
use desk::mailboxes::{GrantError, MailboxId, grants};
use desk::mails::{fetching, warning, watching};
use serde_json::{Value, json};
use tandem_core::permissions::Role;
use testkit::postbox::Postbox;
use testkit::{TestDb, on_both};

use self::provider::Provider;
use crate::letters::post_office;
use crate::world::{Answer, Call, WORLD, World, settle};

/// Where the mail servers are, or nothing where a test is to be skipped.
struct Servers {
    imaps: u16,
    submission: u16,
    folder: PathBuf,
}

#[expect(clippy::disallowed_methods, reason = "says where the servers of tests are")]
fn servers() -> Option<Servers> {
    Postbox::find()?;
    let word = |variable: &str, name: &str| {
        let line = std::env::var(variable).unwrap();
        let mut words = line.split(' ');
        let found = words.find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
        found.unwrap().to_owned()
    };
    Some(Servers {
        imaps: word("TANDEM_TEST_DOVECOT", "imaps").parse().unwrap(),
        submission: word("TANDEM_TEST_POSTFIX", "submission").parse().unwrap(),
        folder: word("TANDEM_TEST_DOVECOT", "folder").into(),
    })
}

/// What is written about a provider.
fn house(at: &str) -> Value {
    json!({
        "kind": "own", "name": "House", "client": "tandem", "secret": "s3cret", "scopes": "mail offline_access",
        "authorize_at": format!("{at}/authorize"), "token_at": format!("{at}/token"),
        "revoke_at": format!("{at}/revoke"),
    })
}

/// What is written about a mailbox.
fn help(person: &str, provider: &Value, (imap, smtp): (u16, u16)) -> Value {
    json!({
        "name": "Help", "address": format!("{person}@world.test"), "provider": provider,
        "incoming": "imap", "imap": { "host": "localhost", "port": imap, "protection": "tls" },
        "outgoing": "smtp", "smtp": { "host": "localhost", "port": smtp, "protection": "start_tls" },
    })
}

struct Scene {
    world: World,
    provider: Provider,
    mailbox: MailboxId,
}

impl Scene {
    /// A mailbox that is to sign in at a provider, with the servers of nobody where none are given.
    async fn new(db: &TestDb, person: &str, servers: Option<&Servers>) -> Self {
        let world = World::new(db).await;
        let provider = Provider::start(person).await;
        let (imap, smtp) = servers.map_or((1, 1), |servers| (servers.imaps, servers.submission));
        if let Some(servers) = servers {
            let authority = std::fs::read(servers.folder.join("ca.der")).unwrap();
            let reach = MailReach::new(|address| address.is_loopback(), &[authority], "desk.test");
            db.attach(Arc::new(reach.unwrap()));
        }
        let mut scene = Self {
            world,
            provider,
            mailbox: "mbx_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().unwrap(),
        };
        let made = scene
            .post("/api/v1/mail-providers", &house(&scene.provider.at))
            .await;
        assert!(!made.text().contains("s3cret"), "{}", made.text());
        let body = help(person, &made.json()["id"], (imap, smtp));
        let made = scene.post("/api/v1/mailboxes", &body).await;
        scene.mailbox = made.json()["id"].as_str().unwrap().parse().unwrap();
        scene
    }

    async fn post(&self, path: &str, body: &Value) -> Answer {
        let key = self.world.ours.key(Role::Admin);
        let answer = self
            .world
            .ask(Call::new(Method::POST, path).key(key).json(body))
            .await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        answer
    }

    async fn put(&self, path: &str, body: &Value) {
        let key = self.world.ours.key(Role::Admin);
        let call = Call::new(Method::PUT, path).key(key).header("if-match", "*");
        let answer = self.world.ask(call.json(body)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    }

    async fn page(&self, path: &str) -> String {
        let key = self.world.ours.key(Role::Admin);
        self.world.ask(Call::get(path).html().key(key)).await.text()
    }

    async fn trial(&self) -> String {
        let (key, path) = (
            self.world.ours.key(Role::Admin),
            format!("/settings/mailboxes/{}/trial", self.mailbox),
        );
        let call = Call::new(Method::POST, path).html().key(key).form("");
        self.world.ask(call).await.text()
    }

    /// How the sign-in stands, as programs see it.
    async fn state(&self) -> Value {
        let key = self.world.ours.key(Role::Admin);
        let path = format!("/api/v1/mailboxes/{}/sign-in", self.mailbox);
        self.world.ask(Call::get(path).key(key)).await.json()
    }

    /// Sets out for the provider: the browser's step and what it takes along.
    async fn set_out(&self) -> (String, BTreeMap<String, String>) {
        let key = self.world.ours.key(Role::Admin);
        let path = format!("/settings/mailboxes/{}/sign-in", self.mailbox);
        let out = self.world.ask(Call::get(path).html().key(key)).await;
        assert_eq!(out.status, StatusCode::SEE_OTHER, "{}", out.text());
        let step = out.headers["set-cookie"].to_str().unwrap();
        let step = step.split(';').next().unwrap().to_owned();
        let url = reqwest::Url::parse(out.headers["location"].to_str().unwrap()).unwrap();
        assert!(url.as_str().starts_with(&self.provider.at), "{url}");
        let along: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
        self.provider.desk().challenge = along["code_challenge"].clone();
        (step, along)
    }

    async fn come_back(&self, step: &str, query: &str) -> String {
        let key = self.world.ours.key(Role::Admin);
        let path = format!("/settings/mailboxes/back?{query}");
        let call = Call::get(path).html().key(key).header("cookie", step);
        let answer = self.world.ask(call).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        answer.headers["location"].to_str().unwrap().to_owned()
    }

    /// The whole way.
    async fn sign_in(&self) {
        let (step, along) = self.set_out().await;
        let query = format!("code=the-code&state={}", along["state"]);
        let back = self.come_back(&step, &query).await;
        assert_eq!(back, format!("/settings/mailboxes/{}", self.mailbox));
        assert_eq!(self.state().await["state"], "good");
    }

    async fn token(&self, db: &TestDb) -> Result<String, GrantError> {
        grants::token(db, self.world.ours.workspace.id, self.mailbox).await
    }
}

/// Looks for what is wrong with mailboxes, and writes the letters.
async fn look(db: &TestDb, scene: &Scene) {
    let workspace = scene.world.ours.workspace.id;
    db.write(move |tx| kit::jobs::queue(tx, workspace, &warning::Turn {}))
        .await
        .unwrap();
    settle(db).await;
}

on_both! { WORLD;
    async fn what_was_agreed_to_counts_for_the_same_mailbox_and_provider(db: TestDb) {
        let scene = Scene::new(&db, "u1", None).await;
        let (key, page) = (scene.world.ours.key(Role::Admin), format!("/settings/mailboxes/{}", scene.mailbox));
        for site in ["cross-site", "same-site"] {
            let call = Call::get(format!("{page}/sign-in")).html().key(key).header("sec-fetch-site", site);
            let sent = scene.world.ask(call).await;
            assert_eq!(sent.headers["location"].to_str().unwrap(), page, "nobody is sent on the way by {site}");
            let set = sent.headers.get_all("set-cookie").iter();
            assert!(set.into_iter().all(|value| value.to_str().unwrap().starts_with("tandem_look=")));
        }
        let path = format!("/api/v1/mailboxes/{}", scene.mailbox);
        let known = scene.world.ask(Call::get(&path).key(key)).await.json();
        let provider = format!("/api/v1/mail-providers/{}", known["provider"].as_str().unwrap());
        let elsewhere = house("https://elsewhere.example");
        let other = help("u1", &known["provider"], (2, 2));
        for (changed, body) in [(&provider, &elsewhere), (&path, &other)] {
            scene.put(&provider, &house(&scene.provider.at)).await;
            let (step, along) = scene.set_out().await;
            assert_eq!(along["prompt"], "consent");
            scene.put(changed, body).await;
            let back = scene.come_back(&step, &format!("code=the-code&state={}", along["state"])).await;
            assert_eq!((back.as_str(), scene.provider.desk().asked), (page.as_str(), 0), "nobody else gets the code");
            assert_eq!(scene.state().await["state"], "nobody");
        }
        scene.sign_in().await;
        scene.put(&format!("{path}/archiving"), &Value::Null).await;
        assert_eq!(scene.state().await["state"], "nobody");
    }

    async fn what_ends_here_is_taken_back_at_the_provider_and_who_is_away_is_told_of(db: TestDb) {
        let scene = Scene::new(&db, "u1", None).await;
        let (key, path) = (scene.world.ours.key(Role::Admin), format!("/api/v1/mailboxes/{}", scene.mailbox));
        let end = async || scene.world.ask(Call::new(Method::DELETE, format!("{path}/sign-in")).key(key)).await.json();
        scene.sign_in().await;
        assert_eq!(scene.state().await["revocation"], Value::Null);
        assert_eq!(end().await["revocation"], "waiting");
        settle(&db).await;
        assert_eq!(scene.provider.desk().revoked, ["lasting-1"]);
        assert_eq!(scene.state().await["revocation"], "done");
        let page = scene.page(&format!("/settings/mailboxes/{}", scene.mailbox)).await;
        assert!(page.contains("The provider knows that the sign-in is over") && !page.contains("lasting-"), "{page}");
        // Signed in anew before the provider was told: taking the first back could end the second.
        scene.provider.desk().round = 0;
        scene.sign_in().await;
        end().await;
        scene.provider.desk().round = 0;
        scene.sign_in().await;
        settle(&db).await;
        assert_eq!(scene.provider.desk().revoked, ["lasting-1"]);
        assert_eq!(scene.state().await["revocation"], "shared");
        // The provider is away: the mailbox is archived all the same, and it is said.
        scene.provider.desk().is_down = true;
        scene.put(&format!("{path}/archiving"), &Value::Null).await;
        settle(&db).await;
        assert_eq!((&scene.state().await["state"], &scene.state().await["revocation"]), (&json!("nobody"), &json!("failed")));
        let page = scene.page(&format!("/settings/mailboxes/{}", scene.mailbox)).await;
        assert!(page.contains("could not be told that the sign-in is over"), "{page}");
    }

    async fn administrators_get_one_letter_about_a_silent_mailbox_and_one_about_a_dying_sign_in(db: TestDb) {
        let scene = Scene::new(&db, "u1", None).await;
        let server = post_office(&db).await;
        let heard = |who: &str, words: &str| {
            let is_it = |text: &str| text.replace("=\r\n", "").contains(words);
            server.taken().iter().filter(|letter| letter.to == [who] && is_it(&letter.text)).count()
        };
        let (silent, dying) = ("has not been read for half an hour", "ends within three days");
        scene.provider.desk().dies_in = Some(3 * 86_400 + 7_200);
        scene.sign_in().await;
        look(&db, &scene).await;
        assert_eq!((heard("admin@example.com", silent), heard("admin@example.com", dying)), (0, 0));
        db.clock.advance(Duration::from_secs(3 * 3_600));
        look(&db, &scene).await;
        look(&db, &scene).await;
        assert_eq!((heard("admin@example.com", silent), heard("admin@example.com", dying)), (1, 1), "once");
        assert_eq!(heard("support_agent@example.com", silent), 0);
        // What was over and comes again is told again.
        scene.sign_in().await;
        look(&db, &scene).await;
        db.clock.advance(Duration::from_secs(3 * 3_600));
        look(&db, &scene).await;
        assert_eq!((heard("admin@example.com", silent), heard("admin@example.com", dying)), (1, 2));
    }

    async fn a_mailbox_is_connected_by_a_button_and_reads_and_sends_by_tokens(db: TestDb) {
        let Some(servers) = servers() else { return };
        let person = if db.is_postgres() { "u38" } else { "u39" };
        let scene = Scene::new(&db, person, Some(&servers)).await;
        assert!(scene.trial().await.contains("Nobody has connected this mailbox"));
        let (step, along) = scene.set_out().await;
        assert_eq!((along["code_challenge_method"].as_str(), along["scope"].as_str()), ("S256", "mail offline_access"));
        assert!(along["redirect_uri"].ends_with("/settings/mailboxes/back"));
        assert_eq!(along["login_hint"], format!("{person}@world.test"));
        let good = format!("code=the-code&state={}", along["state"]);
        for (step, query) in [("tandem-step=other", good.as_str()), (step.as_str(), "code=the-code&state=guess"), (step.as_str(), "")] {
            assert_eq!(scene.come_back(step, query).await, "/settings/mailboxes", "{query}");
        }
        assert_eq!(scene.state().await["state"], json!("nobody"));
        assert_eq!(scene.provider.desk().asked, 0);
        assert!(scene.come_back(&step, &good).await.ends_with(&scene.mailbox.to_string()));
        assert_eq!(scene.come_back(&step, &good).await, "/settings/mailboxes", "an answer counts once");
        assert_eq!(scene.provider.desk().asked, 1);
        let state = scene.state().await;
        assert_eq!((&state["state"], &state["account"]), (&json!("good"), &json!("owner@world.test")));
        let page = scene.page(&format!("/settings/mailboxes/{}", scene.mailbox)).await;
        assert!(page.contains("Connected with House as owner@world.test") && !page.contains("lasting-"), "{page}");
        let tried = scene.trial().await;
        assert!(tried.contains("Mail can be read from") && tried.contains("Mail can be sent by"), "{tried}");
        let (workspace, id) = (scene.world.ours.workspace.id, scene.mailbox);
        db.write(move |tx| watching::claim(tx, workspace, id, "me", None)).await.unwrap();
        fetching::once(&db, workspace, id, "me").await.unwrap();
        scene.provider.desk().person = "u0".to_owned();
        db.clock.advance(Duration::from_secs(3_700));
        let tried = scene.trial().await;
        assert!(tried.contains("does not take the sign-in"), "somebody else's token opens nothing: {tried}");
    }

    async fn one_asks_at_a_time_nothing_is_lost_and_the_end_is_said(db: TestDb) {
        let scene = Scene::new(&db, "u1", None).await;
        assert_eq!(scene.token(&db).await, Err(GrantError::Nobody));
        scene.sign_in().await;
        assert_eq!(scene.token(&db).await.unwrap(), "good.u1.1");
        db.clock.advance(Duration::from_secs(3_400));
        let many = futures::future::join_all((0..8).map(|_| scene.token(&db))).await;
        let fresh = many.iter().filter(|token| token.as_deref() == Ok("good.u1.2")).count();
        let old = many.iter().filter(|token| token.as_deref() == Ok("good.u1.1")).count();
        assert_eq!((fresh + old, fresh > 0), (8, true), "whoever comes meanwhile uses what is still good: {many:?}");
        assert_eq!(scene.provider.desk().asked, 2);
        // Who asked goes away in the middle: what the provider gave is kept.
        db.clock.advance(Duration::from_secs(3_700));
        let (workspace, id, other) = (scene.world.ours.workspace.id, scene.mailbox, db.db.clone());
        let heard = Arc::clone(&scene.provider.asked);
        while futures::FutureExt::now_or_never(heard.notified()).is_some() {}
        let asking = tokio::spawn(async move { grants::token(&other, workspace, id).await });
        heard.notified().await;
        asking.abort();
        assert_eq!(scene.token(&db).await.unwrap(), "good.u1.3");
        assert_eq!(scene.provider.desk().asked, 3);
        // The provider is away: it is tried again, and told after a day.
        scene.provider.desk().is_down = true;
        db.clock.advance(Duration::from_secs(3_700));
        assert!(matches!(scene.token(&db).await, Err(GrantError::Later(_))));
        let asked = scene.provider.desk().asked;
        assert!(matches!(scene.token(&db).await, Err(GrantError::Later(_))));
        assert_eq!(scene.provider.desk().asked, asked, "not at once again");
        assert_eq!(scene.state().await["state"], "failing");
        assert!(!scene.page("/home/mails").await.contains("since yesterday"));
        db.clock.advance(Duration::from_secs(90_000));
        assert!(scene.page("/home/mails").await.contains("since yesterday"));
        scene.provider.desk().is_down = false;
        assert_eq!(scene.token(&db).await.unwrap(), "good.u1.4");
        assert_eq!(scene.state().await["state"], "good");
        // It ends it: only a person can help.
        scene.provider.desk().says_no = true;
        db.clock.advance(Duration::from_secs(3_700));
        assert!(matches!(scene.token(&db).await, Err(GrantError::Over(_))));
        let page = scene.page(&format!("/settings/mailboxes/{}", scene.mailbox)).await;
        assert!(page.contains("Sign in again: House has ended the sign-in") && page.contains("expired or revoked"), "{page}");
        assert!(scene.page("/home/mails").await.contains("has ended the sign-in"));
        let asked = scene.provider.desk().asked;
        assert!(matches!(scene.token(&db).await, Err(GrantError::Over(_))));
        assert_eq!(scene.provider.desk().asked, asked, "and it is asked no more");
        scene.provider.desk().says_no = false;
        scene.sign_in().await;
        assert!(scene.token(&db).await.is_ok());
        let key = scene.world.ours.key(Role::Admin);
        let path = format!("/api/v1/mailboxes/{}/sign-in", scene.mailbox);
        let ended = scene.world.ask(Call::new(Method::DELETE, path).key(key)).await;
        assert_eq!(ended.json()["state"], "nobody");
        assert_eq!(scene.token(&db).await, Err(GrantError::Nobody));
    }
}
