//! Single sign-on over the wire of a real provider: who comes in, and every word that must not be taken.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use tandem_core::agents::{self, AgentId};
use tandem_core::audit::{self, Filter};
use tandem_core::doors::providers::{self, Plain, Provider, ProviderText};
use tandem_core::permissions::Role;
use testkit::provider::{CLIENT, IdentityProvider, Lie, Person, SECRET, Signing};
use testkit::{TestDb, on_both};

use crate::world::{Answer, Call, WORLD, World};

fn person(subject: &str, email: &str) -> Person {
    Person {
        subject: subject.to_owned(),
        email: email.to_owned(),
        is_verified: json!(true),
        name: "Lena Own".to_owned(),
    }
}

/// The support lead, as the provider knows them.
fn lead() -> Person {
    person("u-1", "Support_Lead@example.com")
}

fn text(issuer: &str) -> ProviderText {
    ProviderText {
        label: "Northwind Staff".to_owned(),
        issuer: issuer.to_owned(),
        client: CLIENT.to_owned(),
        secret: Plain::of(SECRET),
        domains: "staff.example".to_owned(),
        role: None,
        is_on: true,
    }
}

struct Scene {
    world: World,
    issuer: IdentityProvider,
    provider: Provider,
}

impl Scene {
    async fn new(db: &TestDb) -> Self {
        Self::of(db, |_| {}).await
    }

    async fn of(db: &TestDb, change: impl Fn(&mut ProviderText)) -> Self {
        let world = World::new(db).await;
        let issuer = IdentityProvider::start(&db.clock, lead()).await;
        let mut text = text(&issuer.issuer);
        change(&mut text);
        let system = world.ours.system();
        let provider = db
            .write(move |tx| providers::add(tx, &system, &text))
            .await
            .unwrap();
        Self {
            world,
            issuer,
            provider,
        }
    }

    /// Sets out from the front door: the browser's step, and where it is sent.
    async fn set_out(&self) -> (String, String) {
        let path = format!("/sign-in/provider/{}?next=%2Faccounts", self.provider.id);
        let out = self.world.ask(Call::get(path).html()).await;
        assert_eq!(out.status, StatusCode::SEE_OTHER, "{}", out.text());
        let step = out.headers["set-cookie"]
            .to_str()
            .unwrap()
            .split(';')
            .next()
            .unwrap();
        (step.to_owned(), location(&out))
    }

    /// Goes to the provider and comes back with its answer: the path.
    async fn visit(&self, address: &str) -> String {
        let browser = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .unwrap();
        let answer = browser.get(address).send().await.unwrap();
        assert_eq!(answer.status(), 303);
        let back = answer.headers()["location"].to_str().unwrap().to_owned();
        back[back.find("/sign-in/").unwrap()..].to_owned()
    }

    async fn come_back(&self, path: &str, step: &str) -> Answer {
        self.world
            .ask(Call::get(path).html().header("cookie", step))
            .await
    }

    /// The whole way.
    async fn enter(&self) -> Answer {
        let (step, address) = self.set_out().await;
        let path = self.visit(&address).await;
        self.come_back(&path, &step).await
    }

    /// The name of whoever is in by an answer.
    async fn who(&self, answer: &Answer) -> String {
        let all = answer.headers.get_all("set-cookie").iter();
        let pairs = all.filter_map(|header| header.to_str().ok()?.split(';').next());
        let session = pairs
            .into_iter()
            .find(|pair| pair.starts_with("tandem="))
            .expect("a session")
            .to_owned();
        let page = self
            .world
            .ask(Call::get("/settings/profile").html().header("cookie", session))
            .await
            .text();
        let name = page.split("name=\"name\" type=\"text\" value=\"").nth(1).unwrap();
        name.split('"').next().unwrap().to_owned()
    }
}

fn location(answer: &Answer) -> String {
    answer.headers["location"].to_str().unwrap().to_owned()
}

#[track_caller]
fn is_refused(answer: &Answer, because: &str) {
    let page = answer.text();
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
    assert!(page.contains(because), "{page}");
    let gives = |header: &axum::http::HeaderValue| header.to_str().unwrap().starts_with("tandem=");
    assert!(!answer.headers.get_all("set-cookie").iter().any(gives));
}

async fn trail(db: &TestDb, world: &World) -> String {
    let system = world.ours.system();
    let entries = db
        .read(move |tx| audit::list(tx, &system, &Filter::default(), None, 50))
        .await
        .unwrap();
    format!("{entries:?}")
}

on_both! { WORLD;
    async fn the_front_door_has_a_button_and_the_agent_with_the_address_comes_in_by_either_signature(db: TestDb) {
        let scene = Scene::new(&db).await;
        let door = scene.world.ask(Call::get("/sign-in?next=%2Faccounts").html()).await.text();
        assert!(door.contains("Northwind Staff") && door.contains(&format!("/sign-in/provider/{}?next=%2Faccounts", scene.provider.id)), "{door}");
        for signing in [Signing::Rs256, Signing::Es256] {
            scene.issuer.signs(signing);
            let entered = scene.enter().await;
            assert_eq!((entered.status, location(&entered)), (StatusCode::SEE_OTHER, "/accounts".to_owned()), "{signing:?}: {}", entered.text());
            assert_eq!(scene.who(&entered).await, "Northwind support_lead");
        }
        let trail = trail(&db, &scene.world).await;
        assert_eq!(trail.matches("agent.linked").count(), 1, "{trail}");
        // From now on the subject counts, whatever address the provider has for it.
        scene.issuer.is(person("u-1", "renamed@elsewhere.example"));
        assert_eq!(scene.who(&scene.enter().await).await, "Northwind support_lead");
    }

    async fn no_false_word_of_a_provider_is_taken(db: TestDb) {
        let scene = Scene::new(&db).await;
        let lies = [Lie::Nonce, Lie::Audience, Lie::SharedAudience, Lie::Issuer, Lie::Expired, Lie::TooEarly, Lie::Nobody, Lie::Answer, Lie::OtherPerson];
        for lie in lies {
            scene.issuer.lies(lie);
            is_refused(&scene.enter().await, "did not confirm who you are");
        }
        scene.issuer.lies(Lie::State);
        is_refused(&scene.enter().await, "began in another browser");
        scene.issuer.lies(Lie::None);
        for signing in [Signing::Unsigned, Signing::PublicKeyAsSecret, Signing::StrangeKey, Signing::UnknownKey, Signing::Changed] {
            scene.issuer.signs(signing);
            is_refused(&scene.enter().await, "did not confirm who you are");
        }
        scene.issuer.signs(Signing::Rs256);
        assert_eq!(scene.enter().await.status, StatusCode::SEE_OTHER, "the truth is");
        let (step, address) = scene.set_out().await;
        let path = scene.visit(&address).await;
        scene.issuer.lies(Lie::Document);
        is_refused(&scene.come_back(&path, &step).await, "did not confirm who you are");
    }

    async fn an_answer_is_good_once_and_in_the_browser_that_asked(db: TestDb) {
        let scene = Scene::new(&db).await;
        let (mine, address) = scene.set_out().await;
        let (other, _) = scene.set_out().await;
        let path = scene.visit(&address).await;
        is_refused(&scene.come_back(&path, &other).await, "began in another browser");
        is_refused(&scene.world.ask(Call::get(path.clone()).html()).await, "began in another browser");
        assert_eq!(scene.come_back(&path, &mine).await.status, StatusCode::SEE_OTHER);
        is_refused(&scene.come_back(&path, &mine).await, "began in another browser");
        // A code that was used does not help another sign-in either.
        let (step, address) = scene.set_out().await;
        let fresh = scene.visit(&address).await;
        let code = |path: &str| path.split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned();
        let swapped = fresh.replace(&code(&fresh), &code(&path));
        is_refused(&scene.come_back(&swapped, &step).await, "did not confirm who you are");
        let (step, address) = scene.set_out().await;
        let late = scene.visit(&address).await;
        db.clock.advance(std::time::Duration::from_secs(601));
        is_refused(&scene.come_back(&late, &step).await, "This sign-in was over");
    }

    async fn an_address_that_nobody_checked_links_nobody(db: TestDb) {
        let scene = Scene::new(&db).await;
        for is_verified in [json!(false), Value::Null, json!("false"), json!(1)] {
            scene.issuer.is(Person { is_verified, ..lead() });
            is_refused(&scene.enter().await, "has not made sure of your e-mail address");
        }
        scene.issuer.keeps_address();
        scene.issuer.is(lead());
        assert_eq!(scene.who(&scene.enter().await).await, "Northwind support_lead", "the address may come on request");
    }

    async fn strangers_come_in_by_invitation_or_by_their_domain_and_not_otherwise(db: TestDb) {
        let scene = Scene::of(&db, |text| text.role = Some(Role::ProductManager)).await;
        scene.issuer.is(person("u-2", "lena@other.example"));
        is_refused(&scene.enter().await, "nobody here has your address");
        scene.issuer.is(person("u-3", "lena@STAFF.example"));
        assert_eq!(scene.who(&scene.enter().await).await, "Lena Own");
        scene.issuer.is(person("u-4", "lena@staff.example"));
        is_refused(&scene.enter().await, "knew somebody else by your address");
        let key = scene.world.ours.key(Role::Admin);
        let form = "email=guest%40far.example&name=Guest&role=support_lead";
        scene.world.ask(Call::new(Method::POST, "/settings/agents").key(key).html().form(form)).await;
        scene.issuer.is(person("u-5", "Guest@far.example"));
        let entered = scene.enter().await;
        assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.text());
        let workspace = scene.world.ours.workspace.id;
        let all = db.read(move |tx| agents::all(tx, workspace)).await.unwrap();
        let role = |email: &str| all.iter().find(|agent| agents::fold(&agent.email) == email).map(|agent| agent.role);
        assert_eq!((role("lena@staff.example"), role("guest@far.example")), (Some(Role::ProductManager), Some(Role::SupportLead)));
        let elsewhere = scene.world.theirs.workspace.id;
        assert!(db.read(move |tx| agents::find_by_email(tx, elsewhere, "lena@staff.example")).await.unwrap().is_none());
    }

    async fn who_lost_their_access_stays_out_and_the_forgotten_are_linked_anew(db: TestDb) {
        let scene = Scene::new(&db).await;
        scene.enter().await;
        let id: AgentId = scene.world.ours.agent(Role::SupportLead).id;
        scene.issuer.is(person("u-9", "support_lead@example.com"));
        is_refused(&scene.enter().await, "knew somebody else by your address");
        let key = scene.world.ours.key(Role::Admin);
        let forget = format!("/settings/agents/{id}/identities/end");
        assert_eq!(scene.world.ask(Call::new(Method::POST, forget).key(key)).await.status, StatusCode::SEE_OTHER);
        assert_eq!(scene.enter().await.status, StatusCode::SEE_OTHER);
        let system = scene.world.ours.system();
        db.write(move |tx| agents::deactivate(tx, &system, id)).await.unwrap();
        is_refused(&scene.enter().await, "You have no access here any more");
        let (system, id) = (scene.world.ours.system(), scene.provider.id);
        db.write(move |tx| providers::remove(tx, &system, id)).await.unwrap();
        let gone = scene.world.ask(Call::get(format!("/sign-in/provider/{id}")).html()).await;
        assert_eq!(location(&gone), "/sign-in");
    }

    async fn the_secret_is_sealed_kept_and_sent_to_no_other_issuer(db: TestDb) {
        let scene = Scene::new(&db).await;
        let sealed = scene.provider.secret.clone().unwrap();
        assert!(!sealed.windows(SECRET.len()).any(|part| part == SECRET.as_bytes()));
        let key = scene.world.ours.key(Role::Admin);
        let path = format!("/settings/providers/{}", scene.provider.id);
        let page = scene.world.ask(Call::get(&path).key(key).html()).await.text();
        assert!(!page.contains(SECRET) && page.contains("/sign-in/provider/back"), "{page}");
        let form = |issuer: &str, version: i64| format!("version={version}&label=Staff&issuer={}&client={}&is_on=on", kit::text::escaped(issuer), kit::text::escaped(CLIENT));
        let saved = scene.world.ask(Call::new(Method::POST, &path).key(key).html().form(form(&scene.issuer.issuer, 1))).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        assert_eq!(scene.enter().await.status, StatusCode::SEE_OTHER, "with the secret that was kept");
        let stale = scene.world.ask(Call::new(Method::POST, &path).key(key).html().form(form(&scene.issuer.issuer, 1))).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        let other = IdentityProvider::start(&db.clock, lead()).await;
        let moved = scene.world.ask(Call::new(Method::POST, &path).key(key).html().form(form(&other.issuer, 2))).await;
        assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.text());
        let (system, id) = (scene.world.ours.system(), scene.provider.id);
        assert!(db.read(move |tx| providers::find(tx, &system, id)).await.unwrap().secret.is_none());
    }

    async fn an_issuer_that_does_not_answer_or_must_not_be_asked_is_not_set_up(db: TestDb) {
        let scene = Scene::new(&db).await;
        scene.issuer.lies(Lie::Document);
        let key = scene.world.ours.key(Role::Admin);
        for (issuer, said) in [
            (scene.issuer.issuer.as_str(), "no provider describes itself"),
            ("http://192.168.1.7", "can&#39;t be reached"),
            ("https://169.254.169.254/latest", "can&#39;t be reached"),
            ("file:///etc/passwd", "can&#39;t be reached"),
            ("", "can&#39;t be reached"),
        ] {
            let form = format!("label=New&issuer={}&client=c&is_on=on", kit::text::escaped(issuer));
            let answer = scene.world.ask(Call::new(Method::POST, "/settings/providers").key(key).html().form(form)).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{issuer}");
            assert!(answer.text().contains(said), "{issuer}: {}", answer.text());
        }
        let (step, _) = (scene.world.ask(Call::get(format!("/sign-in/provider/{}", scene.provider.id)).html()).await, ());
        is_refused(&step, "be reached at the moment");
    }

    async fn an_agent_links_a_provider_by_another_address_and_unlinks_it_again(db: TestDb) {
        let scene = Scene::new(&db).await;
        scene.issuer.is(person("u-9", "private@elsewhere.example"));
        let key = scene.world.ours.key(Role::SupportAgent);
        let page = || async { scene.world.ask(Call::get("/settings/security").html().key(key)).await.text() };
        let others = page().await.matches("Not linked to you yet").count() - 1;
        let path = format!("/settings/security/providers/{}", scene.provider.id);
        let out = scene.world.ask(Call::new(Method::POST, &path).html().key(key).form("")).await;
        assert_eq!(out.status, StatusCode::SEE_OTHER, "{}", out.text());
        let step = out.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        let back = scene.visit(&location(&out)).await;
        let stranger = scene.world.ask(Call::get(&back).html().header("cookie", "tandem-step=other")).await;
        assert_eq!(stranger.status, StatusCode::UNPROCESSABLE_ENTITY, "another browser");
        let linked = scene.world.ask(Call::get(&back).html().key(key).header("cookie", &step)).await;
        assert_eq!(location(&linked), "/settings/security", "{:?}", linked.headers);
        assert_eq!(page().await.matches("Not linked to you yet").count(), others);
        assert_eq!(scene.who(&scene.enter().await).await, "Northwind support_agent", "whose address there is another");
        scene.world.ask(Call::new(Method::POST, format!("{path}/end")).html().key(key).form("")).await;
        assert_eq!(page().await.matches("Not linked to you yet").count(), others + 1);
        is_refused(&scene.enter().await, "nobody here");
        let trail = trail(&db, &scene.world).await;
        assert!(trail.contains("agent.linked") && trail.contains("agent.unlinked"), "{trail}");
    }

    async fn nobody_links_what_is_somebody_elses_or_from_another_session(db: TestDb) {
        let scene = Scene::new(&db).await;
        scene.enter().await;
        let path = format!("/settings/security/providers/{}", scene.provider.id);
        let set_out = async || {
            let out = scene.world.ask(Call::new(Method::POST, &path).html().key(scene.world.ours.key(Role::SupportAgent)).form("")).await;
            let step = out.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
            (scene.visit(&location(&out)).await, step)
        };
        let (back, step) = set_out().await;
        scene.world.ask(Call::get(&back).html().key(scene.world.ours.key(Role::SupportAgent)).header("cookie", &step)).await;
        assert_eq!(scene.who(&scene.enter().await).await, "Northwind support_lead", "it stays the lead's");
        scene.issuer.is(person("u-5", "fresh@elsewhere.example"));
        let (back, step) = set_out().await;
        scene.world.ask(Call::get(&back).html().key(scene.world.ours.key(Role::Admin)).header("cookie", &step)).await;
        is_refused(&scene.enter().await, "nobody here");
    }

    async fn programs_set_providers_up_and_never_see_a_secret(db: TestDb) {
        let scene = Scene::new(&db).await;
        let key = scene.world.ours.key(Role::Admin);
        let body = |label: &str, issuer: &str| json!({
            "label": label, "issuer": issuer, "client": CLIENT, "secret": SECRET, "domains": ["staff.example"], "is_on": false,
        });
        let made = scene.world.ask(Call::new(Method::POST, "/api/v1/providers").key(key).json(&body("Second", &scene.issuer.issuer))).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        assert!(!made.text().contains(SECRET) && made.json()["has_secret"] == true);
        let silent = scene.world.ask(Call::new(Method::POST, "/api/v1/providers").key(key).json(&body("x", "http://127.0.0.1:9"))).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(silent.json()["errors"][0]["pointer"], "#/issuer");
        let path = location(&made);
        let blind = scene.world.ask(Call::new(Method::PUT, &path).key(key).json(&body("Third", &scene.issuer.issuer))).await;
        assert_eq!(blind.status, StatusCode::PRECONDITION_REQUIRED);
        let tag = made.headers["etag"].to_str().unwrap().to_owned();
        let changed = scene.world.ask(Call::new(Method::PUT, &path).key(key).header("if-match", &tag).json(&body("Third", &scene.issuer.issuer))).await;
        assert_eq!((changed.status, changed.json()["label"].clone()), (StatusCode::OK, json!("Third")));
        let gone = scene.world.ask(Call::new(Method::DELETE, &path).key(key)).await;
        assert_eq!(gone.status, StatusCode::NO_CONTENT);
    }
}
