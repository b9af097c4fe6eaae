//! The doors as browsers meet them: passwords, the second step, sessions, and all that must be refused.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use kit::clock::Timestamp;
use kit::db::DbError;
use tandem_core::agents::{self, NewAgent};
use tandem_core::doors::factors::{self, totp};
use tandem_core::doors::passwords::{self, Password};
use tandem_core::doors::{self, Entering, Entrant, Visitor};
use tandem_core::permissions::Role;
use testkit::{TestDb, on_both};

use crate::world::{Answer, Call, Office, WORLD, World};

pub(crate) const PASSWORD: &str = "quiet river under stones";

fn form(pairs: &[(&str, &str)]) -> String {
    let pairs = pairs
        .iter()
        .map(|(name, value)| format!("{name}={}", kit::text::escaped(value)));
    pairs.collect::<Vec<_>>().join("&")
}

pub(crate) fn post(path: &str, pairs: &[(&str, &str)]) -> Call<'static> {
    Call::new(Method::POST, path).html().form(form(pairs))
}

pub(crate) fn sign_in(email: &str, password: &str) -> Call<'static> {
    post("/sign-in", &[("email", email), ("password", password)])
}

/// The cookie `name` that an answer gives, as the browser sends it back.
pub(crate) fn given(answer: &Answer, name: &str) -> Option<String> {
    let all = answer.headers.get_all("set-cookie").iter();
    all.filter_map(|header| header.to_str().ok()?.split(';').next().map(str::to_owned))
        .find(|pair| pair.starts_with(&format!("{name}=")) && !pair.ends_with('='))
}

pub(crate) fn location(answer: &Answer) -> &str {
    answer.headers["location"].to_str().unwrap()
}

pub(crate) fn entering(office: &Office, role: Role) -> Entering {
    Entering {
        workspace: office.workspace.id,
        agent: office.agent(role).id,
    }
}

/// Gives the agent with this role the password of these tests.
pub(crate) async fn give_password(db: &TestDb, office: &Office, role: Role) {
    let who = entering(office, role);
    let hash = passwords::hash(&Password::from(PASSWORD), db.ids()).await;
    db.write(move |tx| passwords::set(tx, who, &hash))
        .await
        .unwrap_or_else(|error: DbError| panic!("{error}"));
}

/// The cookie of a new session of the agent with this role.
pub(crate) async fn come_in(db: &TestDb, office: &Office, role: Role) -> String {
    let who = entering(office, role);
    let secret = db
        .write(move |tx| doors::open(tx, who, &Visitor::default()))
        .await
        .unwrap_or_else(|error: DbError| panic!("{error}"));
    format!("tandem={}", secret.expose())
}

/// Switches the second step on; gives the key and the recovery codes.
pub(crate) async fn switch_on(db: &TestDb, office: &Office, role: Role) -> (Vec<u8>, Vec<String>) {
    let who = entering(office, role);
    let system = office.system();
    db.write(move |tx| {
        let key = factors::begin(tx, who)?.unwrap();
        let code = totp::code_at(&key, tx.now());
        let codes = factors::confirm(tx, &system, who, &code, None)?;
        Ok::<_, factors::FactorError>((key, codes))
    })
    .await
    .unwrap()
}

pub(crate) async fn is_in(world: &World, cookie: &str) -> bool {
    let home = world.ask(Call::get("/").html().header("cookie", cookie)).await;
    home.status == StatusCode::OK
}

pub(crate) fn now(db: &TestDb) -> Timestamp {
    db.clock.now()
}

on_both! { WORLD;
    async fn the_right_password_opens_and_a_wrong_one_says_what_an_unknown_address_says(db: TestDb) {
        let world = World::new(&db).await;
        give_password(&db, &world.ours, Role::SupportAgent).await;
        let opened = world.ask(sign_in("Support_Agent@example.com", PASSWORD)).await;
        assert_eq!((opened.status, location(&opened)), (StatusCode::SEE_OTHER, "/"));
        assert!(is_in(&world, &given(&opened, "tandem").unwrap()).await);
        let wrong = world.ask(sign_in("support_agent@example.com", "quiet river under stone")).await;
        let unknown = world.ask(sign_in("nobody@example.com", PASSWORD)).await;
        let without = world.ask(sign_in("admin@example.com", PASSWORD)).await;
        for refused in [&wrong, &unknown, &without] {
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.text().contains("do not fit together"));
            assert_eq!(given(refused, "tandem"), None);
        }
        assert!(wrong.text().contains("value=\"support_agent@example.com\""), "what was typed stays");
        assert!(!wrong.text().contains("under stone"), "but not the password");
    }

    async fn an_agent_without_access_does_not_come_in_by_password(db: TestDb) {
        let world = World::new(&db).await;
        give_password(&db, &world.ours, Role::SupportAgent).await;
        let (system, id) = (world.ours.system(), world.ours.agent(Role::SupportAgent).id);
        db.write(move |tx| agents::deactivate(tx, &system, id)).await.unwrap();
        let refused = world.ask(sign_in("support_agent@example.com", PASSWORD)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn an_address_of_two_workspaces_chooses_between_those_that_the_password_fits(db: TestDb) {
        let world = World::new(&db).await;
        give_password(&db, &world.ours, Role::Admin).await;
        let only = world.ask(sign_in("admin@example.com", PASSWORD)).await;
        assert_eq!(location(&only), "/", "the password fits one workspace only");
        give_password(&db, &world.theirs, Role::Admin).await;
        let both = world.ask(post("/sign-in", &[("email", "admin@example.com"), ("password", PASSWORD), ("next", "/accounts")])).await;
        assert_eq!((location(&both), given(&both, "tandem")), ("/sign-in/workspace", None));
        let step = given(&both, "tandem-step").unwrap();
        let page = world.ask(Call::get("/sign-in/workspace").html().header("cookie", &step)).await.text();
        assert!(page.contains("Northwind") && page.contains("Elsewhere"));
        let theirs = world.theirs.workspace.id.to_string();
        let choice = || post("/sign-in/workspace", &[("workspace", &theirs)]);
        let chosen = world.ask(choice().header("cookie", &step)).await;
        assert_eq!(location(&chosen), "/accounts");
        let home = world.ask(Call::get("/").html().header("cookie", given(&chosen, "tandem").unwrap())).await.text();
        assert!(home.contains("Elsewhere admin"));
        let again = world.ask(choice().header("cookie", &step)).await;
        assert_eq!((location(&again), given(&again, "tandem")), ("/sign-in", None), "a step is taken once");
    }

    async fn a_step_leads_only_where_the_first_one_did(db: TestDb) {
        let world = World::new(&db).await;
        give_password(&db, &world.ours, Role::Admin).await;
        give_password(&db, &world.theirs, Role::Admin).await;
        let third = db.write(|tx| {
            let new = tandem_core::workspaces::NewWorkspace { name: "Third".into(), locale: "en".into(), zone: "UTC".into() };
            let workspace = tandem_core::workspaces::create(tx, &new).unwrap();
            let system = tandem_core::actor::Actor::system(workspace.id, "tests");
            agents::add(tx, &system, &NewAgent { name: "A".into(), email: "admin@example.com".into(), role: Role::Admin }).unwrap();
            Ok::<_, DbError>(workspace.id.to_string())
        }).await.unwrap();
        let both = world.ask(sign_in("admin@example.com", PASSWORD)).await;
        let step = given(&both, "tandem-step").unwrap();
        let refused = world.ask(post("/sign-in/workspace", &[("workspace", &third)]).header("cookie", &step)).await;
        assert_eq!((location(&refused), given(&refused, "tandem")), ("/sign-in", None));
        let expired = world.ask(sign_in("admin@example.com", PASSWORD)).await;
        let step = given(&expired, "tandem-step").unwrap();
        db.clock.advance(Duration::from_secs(600));
        let ours = world.ours.workspace.id.to_string();
        let late = world.ask(post("/sign-in/workspace", &[("workspace", &ours)]).header("cookie", &step)).await;
        assert_eq!((location(&late), given(&late, "tandem")), ("/sign-in", None));
    }

    async fn too_many_wrong_passwords_lock_the_address_for_strangers_but_not_for_a_known_browser(db: TestDb) {
        let world = World::new(&db).await;
        give_password(&db, &world.ours, Role::SupportAgent).await;
        let email = "support_agent@example.com";
        let first = world.ask(sign_in(email, PASSWORD)).await;
        let browser = given(&first, "tandem-browser").unwrap();
        for _ in 0..10 {
            assert_eq!(world.ask(sign_in(email, "wrong")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let locked = world.ask(sign_in(email, PASSWORD)).await;
        assert_eq!((locked.status, locked.headers["retry-after"].to_str().unwrap()), (StatusCode::TOO_MANY_REQUESTS, "60"));
        assert!(locked.text().contains("Too many tries. Wait a minute"), "in plain words");
        let known = world.ask(sign_in(email, PASSWORD).header("cookie", &browser)).await;
        assert_eq!(known.status, StatusCode::SEE_OTHER, "its owner's browser is not locked out");
        for _ in 0..10 {
            assert_eq!(world.ask(sign_in(email, "wrong").header("cookie", &browser)).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        assert_eq!(world.ask(sign_in(email, PASSWORD).header("cookie", &browser)).await.status, StatusCode::TOO_MANY_REQUESTS);
        let other = world.ask(sign_in("admin@example.com", "wrong").header("cookie", &browser)).await;
        assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY, "a browser is known for its own address only");
        db.clock.advance(Duration::from_secs(60));
        assert_eq!(world.ask(sign_in(email, PASSWORD).header("cookie", &browser)).await.status, StatusCode::SEE_OTHER);
    }

    async fn one_source_cannot_try_many_addresses(db: TestDb) {
        let world = World::new(&db).await;
        let mut answers = Vec::new();
        for number in 0..61 {
            answers.push(world.ask(sign_in(&format!("p{number}@example.com"), "wrong")).await.status);
        }
        assert!(answers[..60].iter().all(|status| *status == StatusCode::UNPROCESSABLE_ENTITY));
        assert_eq!(answers[60], StatusCode::TOO_MANY_REQUESTS);
    }

    async fn signing_in_makes_a_new_secret_and_ends_the_session_before(db: TestDb) {
        let world = World::new(&db).await;
        give_password(&db, &world.ours, Role::SupportAgent).await;
        let planted = come_in(&db, &world.ours, Role::Admin).await;
        let entered = world.ask(sign_in("support_agent@example.com", PASSWORD).header("cookie", &planted)).await;
        let session = given(&entered, "tandem").unwrap();
        assert_ne!(session, planted);
        assert!(is_in(&world, &session).await && !is_in(&world, &planted).await);
    }

    async fn signing_in_leads_on_to_this_site_only(db: TestDb) {
        let world = World::new(&db).await;
        give_password(&db, &world.ours, Role::SupportAgent).await;
        for (next, to) in [("/accounts?after=x", "/accounts?after=x"), ("//evil.example", "/"), ("https://evil.example", "/"), ("/\\evil.example", "/"), ("javascript:alert(1)", "/")] {
            let page = world.ask(Call::get(format!("/sign-in?next={}", kit::text::escaped(next))).html()).await.text();
            assert!(page.contains(&format!("name=\"next\" value=\"{}\"", to.replace('&', "&#38;"))), "{next}");
            let entered = world.ask(post("/sign-in", &[("email", "support_agent@example.com"), ("password", PASSWORD), ("next", next)])).await;
            assert_eq!(location(&entered), to, "{next}");
        }
    }

    async fn an_authenticator_is_asked_for_and_its_code_is_good_once(db: TestDb) {
        let world = World::new(&db).await;
        give_password(&db, &world.ours, Role::SupportAgent).await;
        let (key, _) = switch_on(&db, &world.ours, Role::SupportAgent).await;
        let half = world.ask(sign_in("support_agent@example.com", PASSWORD)).await;
        assert_eq!((location(&half), given(&half, "tandem")), ("/sign-in/code", None));
        let step = given(&half, "tandem-step").unwrap();
        assert!(!is_in(&world, &step.replace("tandem-step", "tandem")).await, "half the way is not in");
        let answer = async |code: &str, step: &str| world.ask(post("/sign-in/code", &[("code", code)]).header("cookie", step)).await;
        let replayed = answer(&totp::code_at(&key, now(&db)), &step).await;
        assert_eq!(replayed.status, StatusCode::UNPROCESSABLE_ENTITY, "the code that switched it on was used");
        db.clock.advance(Duration::from_secs(30));
        let code = totp::code_at(&key, now(&db));
        let entered = answer(&code, &step).await;
        assert!(is_in(&world, &given(&entered, "tandem").unwrap()).await);
        let half = world.ask(sign_in("support_agent@example.com", PASSWORD)).await;
        let step = given(&half, "tandem-step").unwrap();
        let replayed = answer(&code, &step).await;
        assert_eq!((replayed.status, given(&replayed, "tandem")), (StatusCode::UNPROCESSABLE_ENTITY, None));
    }

    async fn a_link_does_not_go_around_the_authenticator(db: TestDb) {
        let world = World::new(&db).await;
        switch_on(&db, &world.ours, Role::SupportAgent).await;
        let who = entering(&world.ours, Role::SupportAgent);
        let link = db.write(move |tx| doors::make_link(tx, who.workspace, Entrant::One(who.agent))).await;
        let path = format!("/sign-in/{}", link.unwrap_or_else(|error: DbError| panic!("{error}")).expose());
        let half = world.ask(post(&path, &[("agent", &who.agent.to_string())])).await;
        assert_eq!((location(&half), given(&half, "tandem")), ("/sign-in/code", None));
    }

    async fn codes_cannot_be_guessed_one_after_another(db: TestDb) {
        let world = World::new(&db).await;
        give_password(&db, &world.ours, Role::SupportAgent).await;
        let (key, _) = switch_on(&db, &world.ours, Role::SupportAgent).await;
        db.clock.advance(Duration::from_secs(30));
        let half = world.ask(sign_in("support_agent@example.com", PASSWORD)).await;
        let step = given(&half, "tandem-step").unwrap();
        let right = totp::code_at(&key, now(&db));
        let wrong = if right == "000000" { "000001" } else { "000000" };
        for _ in 0..5 {
            assert_eq!(world.ask(post("/sign-in/code", &[("code", wrong)]).header("cookie", &step)).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let locked = world.ask(post("/sign-in/code", &[("code", &right)]).header("cookie", &step)).await;
        assert_eq!(locked.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(locked.headers.contains_key("retry-after"));
    }

    async fn a_recovery_code_opens_once_and_is_counted(db: TestDb) {
        let world = World::new(&db).await;
        give_password(&db, &world.ours, Role::SupportAgent).await;
        let (_, codes) = switch_on(&db, &world.ours, Role::SupportAgent).await;
        assert_eq!(codes.len(), 10);
        let typed = codes[3].to_uppercase();
        let enter = async || {
            let half = world.ask(sign_in("support_agent@example.com", PASSWORD)).await;
            let step = given(&half, "tandem-step").unwrap();
            world.ask(post("/sign-in/code", &[("code", &typed)]).header("cookie", &step)).await
        };
        let session = given(&enter().await, "tandem").unwrap();
        let page = world.ask(Call::get("/settings/security").html().header("cookie", &session)).await.text();
        assert!(page.contains("9 recovery codes are left"), "{page}");
        assert_eq!(enter().await.status, StatusCode::UNPROCESSABLE_ENTITY, "a used code opens nothing");
    }

    async fn the_second_step_is_set_up_with_its_first_code_on_the_page(db: TestDb) {
        let world = World::new(&db).await;
        give_password(&db, &world.ours, Role::SupportAgent).await;
        let cookie = come_in(&db, &world.ours, Role::SupportAgent).await;
        let other = come_in(&db, &world.ours, Role::SupportAgent).await;
        let send = async |path: &str, pairs: &[(&str, &str)]| world.ask(post(path, pairs).header("cookie", &cookie)).await;
        let refused = send("/settings/security/authenticator/beginning", &[("present", "wrong")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("This is not your present password"));
        let begun = send("/settings/security/authenticator/beginning", &[("present", PASSWORD)]).await;
        assert_eq!(location(&begun), "/settings/security/authenticator");
        let page = world.ask(Call::get("/settings/security/authenticator").html().header("cookie", &cookie)).await.text();
        assert!(page.contains("<svg class=\"qr\""));
        let who = entering(&world.ours, Role::SupportAgent);
        let key = db.read(move |tx| factors::waiting_key(tx, who)).await.unwrap();
        assert!(page.contains(&totp::written(&key)), "the key stands there in text too");
        assert_eq!(send("/settings/security/authenticator", &[("code", "12345")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!db.read(move |tx| factors::is_asked(tx, who)).await.unwrap());
        let shown = send("/settings/security/authenticator", &[("code", &totp::code_at(&key, now(&db)))]).await;
        assert_eq!(shown.text().matches("<li><code>").count(), 10);
        assert!(!is_in(&world, &other).await, "other browsers came in without it");
        let again = world.ask(Call::get("/settings/security/authenticator").html().header("cookie", &cookie)).await;
        assert_eq!(location(&again), "/settings/security", "neither key nor codes are shown again");
        assert_eq!(send("/settings/security/authenticator/end", &[("present", PASSWORD)]).await.status, StatusCode::SEE_OTHER);
        assert!(!db.read(move |tx| factors::is_asked(tx, who)).await.unwrap());
    }

    async fn a_new_password_ends_the_other_sessions_and_uses_up_links(db: TestDb) {
        let world = World::new(&db).await;
        give_password(&db, &world.ours, Role::SupportAgent).await;
        let who = entering(&world.ours, Role::SupportAgent);
        let cookie = come_in(&db, &world.ours, Role::SupportAgent).await;
        let other = come_in(&db, &world.ours, Role::SupportAgent).await;
        let bystander = come_in(&db, &world.ours, Role::Admin).await;
        let link = db.write(move |tx| doors::make_link(tx, who.workspace, Entrant::One(who.agent))).await.unwrap_or_else(|error: DbError| panic!("{error}"));
        let change = async |pairs: &[(&str, &str)]| world.ask(post("/settings/security/password", pairs).header("cookie", &cookie)).await;
        for (present, new, said) in [
            ("wrong", "seven green lamps asleep", "This is not your present password"),
            (PASSWORD, "short", "too short"),
            (PASSWORD, "Password1234", "tried first"),
            (PASSWORD, "northwind-1234", "your own name"),
        ] {
            let refused = change(&[("present", present), ("new", new)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{new}");
            assert!(refused.text().contains(said), "{new}: {}", refused.text());
        }
        assert!(is_in(&world, &other).await);
        assert_eq!(change(&[("present", PASSWORD), ("new", "seven green lamps asleep")]).await.status, StatusCode::SEE_OTHER);
        assert!(is_in(&world, &cookie).await && !is_in(&world, &other).await && is_in(&world, &bystander).await);
        assert!(db.read(move |tx| doors::who_may_enter(tx, &link)).await.unwrap_or_else(|error: DbError| panic!("{error}")).is_empty());
        assert_eq!(world.ask(sign_in("support_agent@example.com", PASSWORD)).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(world.ask(sign_in("support_agent@example.com", "seven green lamps asleep")).await.status, StatusCode::SEE_OTHER);
    }

    async fn whoever_has_no_password_sets_one_soon_after_coming_in_and_not_later(db: TestDb) {
        let world = World::new(&db).await;
        let cookie = come_in(&db, &world.ours, Role::SupportAgent).await;
        db.clock.advance(Duration::from_secs(31 * 60));
        let set = async |cookie: &str| world.ask(post("/settings/security/password", &[("new", "seven green lamps asleep")]).header("cookie", cookie)).await;
        let late = set(&cookie).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(late.text().contains("half an hour ago"));
        let cookie = come_in(&db, &world.ours, Role::SupportAgent).await;
        assert_eq!(set(&cookie).await.status, StatusCode::SEE_OTHER);
    }

    async fn sessions_are_listed_with_their_device_and_ended_one_by_one(db: TestDb) {
        let world = World::new(&db).await;
        give_password(&db, &world.ours, Role::SupportAgent).await;
        let browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        let entered = world.ask(sign_in("support_agent@example.com", PASSWORD).header("user-agent", browser)).await;
        let (cookie, other) = (given(&entered, "tandem").unwrap(), come_in(&db, &world.ours, Role::SupportAgent).await);
        let foreign = come_in(&db, &world.ours, Role::Admin).await;
        let page = world.ask(Call::get("/settings/security").html().header("cookie", &cookie)).await.text();
        assert!(page.contains("Firefox on Linux") && page.contains("127.0.0.1") && page.contains("This one"), "{page}");
        let secret: doors::Secret = other.trim_start_matches("tandem=").parse().unwrap();
        let id = db.read(move |tx| doors::recognise(tx, &secret)).await.unwrap_or_else(|error: DbError| panic!("{error}")).unwrap().id;
        let end = format!("/settings/security/sessions/{id}/end");
        assert_eq!(world.ask(post(&end, &[]).header("cookie", &foreign)).await.status, StatusCode::NOT_FOUND, "not even an admin on this page");
        assert_eq!(world.ask(post(&end, &[]).header("cookie", &cookie)).await.status, StatusCode::SEE_OTHER);
        assert!(!is_in(&world, &other).await && is_in(&world, &cookie).await);
        let third = come_in(&db, &world.ours, Role::SupportAgent).await;
        world.ask(post("/settings/security/sessions/end", &[]).header("cookie", &cookie)).await;
        assert!(!is_in(&world, &third).await && is_in(&world, &cookie).await && is_in(&world, &foreign).await);
    }

    async fn the_last_use_is_noted_coarsely(db: TestDb) {
        let world = World::new(&db).await;
        let cookie = come_in(&db, &world.ours, Role::SupportAgent).await;
        let secret: doors::Secret = cookie.trim_start_matches("tandem=").parse().unwrap();
        let session = async || {
            let secret = secret.clone();
            db.read(move |tx| doors::recognise(tx, &secret)).await.unwrap_or_else(|error: DbError| panic!("{error}")).unwrap()
        };
        let begun = session().await;
        assert!(!begun.wants_note(now(&db), "") && begun.wants_note(now(&db), "192.0.2.7"));
        db.clock.advance(doors::sessions::COARSE);
        assert!(begun.wants_note(now(&db), ""));
        let noted = begun.clone();
        db.write(move |tx| doors::sessions::note_use(tx, &noted, "192.0.2.7")).await.unwrap_or_else(|error: DbError| panic!("{error}"));
        let later = session().await;
        assert_eq!((later.last_used_at, later.source.as_deref()), (Some(now(&db)), Some("192.0.2.7")));
        assert!(!later.wants_note(now(&db), "192.0.2.7"));
    }
}
