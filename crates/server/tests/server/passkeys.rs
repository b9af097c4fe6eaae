//! Passkeys over the wire, with an authenticator in software: the two ceremonies, and what must not be believed.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use tandem_core::doors::passkeys;
use tandem_core::doors::{self, Entering, Visitor};
use tandem_core::permissions::Role;
use testkit::authenticator::{Authenticator, Spoken};
use testkit::{TestDb, on_both};

use crate::world::{Answer, Call, Office, WORLD, World};

/// Where the application of these tests is reached.
const ORIGIN: &str = "http://127.0.0.1:8080";
const SITE: &str = "127.0.0.1";
const MINE: &str = "/settings/security/passkeys";

fn cookie(answer: &Answer, name: &str) -> String {
    let all = answer.headers.get_all("set-cookie").iter();
    all.filter_map(|header| header.to_str().ok()?.split(';').next().map(str::to_owned))
        .find(|pair| pair.starts_with(&format!("{name}=")) && !pair.ends_with('='))
        .unwrap_or_default()
}

async fn come_in(db: &TestDb, office: &Office, role: Role) -> (Entering, String) {
    let who = Entering {
        workspace: office.workspace.id,
        agent: office.agent(role).id,
    };
    let secret = db
        .write(move |tx| doors::open(tx, who, &Visitor::default()))
        .await;
    let secret = secret.unwrap_or_else(|error: kit::db::DbError| panic!("{error}"));
    (who, format!("tandem={}", secret.expose()))
}

fn post(path: &str, cookies: &[&str]) -> Call<'static> {
    Call::new(Method::POST, path).header("cookie", cookies.join("; "))
}

/// Begins to make a passkey; gives the options and the cookie of the step.
async fn begin(world: &World, session: &str) -> (Value, String) {
    let begun = world
        .ask(post(&format!("{MINE}/challenge"), &[session]).form(""))
        .await;
    assert_eq!(begun.status, StatusCode::OK, "{}", begun.text());
    (begun.json(), cookie(&begun, "tandem-step"))
}

async fn keep(world: &World, session: &str, step: &str, made: &Spoken) -> Answer {
    let [client_data, attestation, _] = made.texts();
    let document = json!({ "client_data": client_data, "attestation": attestation, "name": "Phone" });
    world.ask(post(MINE, &[session, step]).json(&document)).await
}

/// An authenticator whose passkey is kept.
pub(crate) async fn registered(world: &World, session: &str) -> Authenticator {
    let authenticator = Authenticator::new(ORIGIN, SITE);
    let (options, step) = begin(world, session).await;
    let made = authenticator.make(options["challenge"].as_str().unwrap());
    assert_eq!(keep(world, session, &step, &made).await.status, StatusCode::OK);
    authenticator
}

async fn challenge(world: &World) -> (String, String) {
    let asked = world.ask(post("/sign-in/passkey/challenge", &[])).await;
    let text = asked.json()["challenge"].as_str().unwrap().to_owned();
    (text, cookie(&asked, "tandem-step"))
}

async fn use_it(world: &World, step: &str, authenticator: &Authenticator, spoken: &Spoken) -> Answer {
    let [client_data, data, signature] = spoken.texts();
    let id = kit::text::base64url(&authenticator.id);
    let document = json!({ "id": id, "client_data": client_data, "data": data, "signature": signature, "next": "/accounts" });
    world.ask(post("/sign-in/passkey", &[step]).json(&document)).await
}

on_both! { WORLD;
    async fn a_passkey_is_made_named_used_and_removed(db: TestDb) {
        let world = World::new(&db).await;
        let (who, session) = come_in(&db, &world.ours, Role::SupportAgent).await;
        let mut authenticator = registered(&world, &session).await;
        let (asked, step) = challenge(&world).await;
        let spoken = authenticator.answer(&asked);
        let entered = use_it(&world, &step, &authenticator, &spoken).await;
        assert_eq!((entered.status, entered.json()["location"].as_str().unwrap()), (StatusCode::OK, "/accounts"));
        let home = world.ask(Call::get("/").html().header("cookie", cookie(&entered, "tandem"))).await;
        assert!(home.text().contains("Northwind support_agent"));
        let passkey = db.read(move |tx| passkeys::of(tx, who)).await.unwrap().remove(0);
        assert!(passkey.name == "Phone" && passkey.last_used_at.is_some() && passkey.uses == 1);
        let path = format!("{MINE}/{}", passkey.id);
        let (_, foreign) = come_in(&db, &world.ours, Role::Admin).await;
        for (path, body) in [(path.clone(), "name=Mine"), (format!("{path}/end"), "")] {
            assert_eq!(world.ask(post(&path, &[&foreign]).form(body)).await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(world.ask(post(&path, &[&session]).form("name=Key+at+work")).await.status, StatusCode::SEE_OTHER);
        let page = world.ask(Call::get("/settings/security").html().header("cookie", &session)).await.text();
        assert!(page.contains("value=\"Key at work\""));
        assert_eq!(world.ask(post(&format!("{path}/end"), &[&session]).form("")).await.status, StatusCode::SEE_OTHER);
        let (asked, step) = challenge(&world).await;
        let spoken = authenticator.answer(&asked);
        assert_eq!(use_it(&world, &step, &authenticator, &spoken).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn a_challenge_is_good_once_and_for_whoever_got_it(db: TestDb) {
        let world = World::new(&db).await;
        let (_, session) = come_in(&db, &world.ours, Role::SupportAgent).await;
        let mut authenticator = registered(&world, &session).await;
        let (asked, step) = challenge(&world).await;
        let (_, other) = challenge(&world).await;
        let spoken = authenticator.answer(&asked);
        assert_eq!(use_it(&world, &other, &authenticator, &spoken).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(use_it(&world, &step, &authenticator, &spoken).await.status, StatusCode::OK);
        assert_eq!(use_it(&world, &step, &authenticator, &spoken).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(use_it(&world, "", &authenticator, &spoken).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn a_refused_answer_has_used_its_challenge_up(db: TestDb) {
        let world = World::new(&db).await;
        let (_, session) = come_in(&db, &world.ours, Role::SupportAgent).await;
        let mut authenticator = registered(&world, &session).await;
        let (asked, step) = challenge(&world).await;
        let mut broken = authenticator.answer(&asked);
        broken.data[36] ^= 1;
        let right = authenticator.answer(&asked);
        for (spoken, said) in [(broken, "a broken answer"), (right, "the right one after it")] {
            let refused = use_it(&world, &step, &authenticator, &spoken).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        }
        let (asked, step) = challenge(&world).await;
        let spoken = authenticator.answer(&asked);
        assert_eq!(use_it(&world, &step, &authenticator, &spoken).await.status, StatusCode::OK);
        // So has a refused new passkey.
        let (options, step) = begin(&world, &session).await;
        let other = Authenticator::new(ORIGIN, SITE);
        let made = other.make(options["challenge"].as_str().unwrap());
        let foreign = Authenticator::new("http://evil.example", SITE).make(options["challenge"].as_str().unwrap());
        for made in [&foreign, &made] {
            assert_eq!(keep(&world, &session, &step, made).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
    }

    async fn answers_for_another_site_without_a_person_or_with_a_broken_signature_open_nothing(db: TestDb) {
        let world = World::new(&db).await;
        let (_, session) = come_in(&db, &world.ours, Role::SupportAgent).await;
        let mut authenticator = registered(&world, &session).await;
        let good = (ORIGIN.to_owned(), SITE.to_owned(), authenticator.flags);
        for (origin, site, flags) in [
            ("http://evil.example", SITE, good.2),
            (ORIGIN, "evil.example", good.2),
            (ORIGIN, SITE, 0x01),
            (ORIGIN, SITE, 0x04),
        ] {
            (authenticator.origin, authenticator.site, authenticator.flags) = (origin.to_owned(), site.to_owned(), flags);
            let (asked, step) = challenge(&world).await;
            let spoken = authenticator.answer(&asked);
            let refused = use_it(&world, &step, &authenticator, &spoken).await;
            assert_eq!((refused.status, cookie(&refused, "tandem").as_str()), (StatusCode::UNPROCESSABLE_ENTITY, ""), "{origin} {site} {flags}");
        }
        (authenticator.origin, authenticator.site, authenticator.flags) = good;
        let (asked, step) = challenge(&world).await;
        let mut spoken = authenticator.answer(&asked);
        spoken.data[36] ^= 1;
        assert_eq!(use_it(&world, &step, &authenticator, &spoken).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let mut stranger = Authenticator::new(ORIGIN, SITE);
        stranger.id.clone_from(&authenticator.id);
        let (asked, step) = challenge(&world).await;
        let spoken = stranger.answer(&asked);
        assert_eq!(use_it(&world, &step, &stranger, &spoken).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn a_passkey_that_counts_backwards_is_a_copy(db: TestDb) {
        let world = World::new(&db).await;
        let (_, session) = come_in(&db, &world.ours, Role::SupportAgent).await;
        let mut authenticator = registered(&world, &session).await;
        for (uses, status) in [(6, StatusCode::OK), (6, StatusCode::UNPROCESSABLE_ENTITY), (2, StatusCode::UNPROCESSABLE_ENTITY), (7, StatusCode::OK)] {
            authenticator.uses = uses - 1;
            let (asked, step) = challenge(&world).await;
            let spoken = authenticator.answer(&asked);
            assert_eq!(use_it(&world, &step, &authenticator, &spoken).await.status, status, "{uses}");
        }
    }

    async fn a_passkey_is_kept_only_in_the_ceremony_of_its_owner_and_once(db: TestDb) {
        let world = World::new(&db).await;
        let (who, session) = come_in(&db, &world.ours, Role::SupportAgent).await;
        let (_, foreign) = come_in(&db, &world.ours, Role::Admin).await;
        let authenticator = Authenticator::new(ORIGIN, SITE);
        let (options, step) = begin(&world, &session).await;
        let made = authenticator.make(options["challenge"].as_str().unwrap());
        assert_eq!(keep(&world, &foreign, &step, &made).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(keep(&world, &session, &step, &made).await.status, StatusCode::UNPROCESSABLE_ENTITY, "what was refused has used it up");
        let (options, step) = begin(&world, &session).await;
        let made = authenticator.make(options["challenge"].as_str().unwrap());
        assert_eq!(keep(&world, &session, &step, &made).await.status, StatusCode::OK, "nothing of the refused one stays");
        let (options, step) = begin(&world, &session).await;
        assert_eq!(options["excludeCredentials"][0]["id"], kit::text::base64url(&authenticator.id));
        let again = authenticator.make(options["challenge"].as_str().unwrap());
        assert_eq!(keep(&world, &session, &step, &again).await.status, StatusCode::CONFLICT);
        let (_, step) = begin(&world, &session).await;
        let stale = Authenticator::new(ORIGIN, SITE).make(options["challenge"].as_str().unwrap());
        assert_eq!(keep(&world, &session, &step, &stale).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(db.read(move |tx| passkeys::of(tx, who)).await.unwrap().len(), 1);
    }

    async fn an_agent_without_access_does_not_come_in_by_passkey(db: TestDb) {
        let world = World::new(&db).await;
        let (who, session) = come_in(&db, &world.ours, Role::SupportAgent).await;
        let mut authenticator = registered(&world, &session).await;
        let system = world.ours.system();
        db.write(move |tx| tandem_core::agents::deactivate(tx, &system, who.agent)).await.unwrap();
        let (asked, step) = challenge(&world).await;
        let spoken = authenticator.answer(&asked);
        assert_eq!(use_it(&world, &step, &authenticator, &spoken).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}
