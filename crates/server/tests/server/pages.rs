//! Pages: what a person sees and what a form answers.

use axum::http::{Method, StatusCode};
use tandem_core::doors::{self, Entrant};
use tandem_core::permissions::Role;
use testkit::on_both;

use crate::world::{Call, WORLD, World, settle};

on_both! { WORLD;
    async fn one_click_on_a_link_signs_in_and_the_cookie_opens_the_home_page(db: TestDb) {
        let world = World::new(&db).await;
        let (workspace, agent) = (world.ours.workspace.id, world.ours.agent(Role::SupportAgent).id);
        let link = db.write(move |tx| doors::make_link(tx, workspace, Entrant::One(agent))).await;
        let path = format!("/sign-in/{}", link.unwrap_or_else(|error: kit::db::DbError| panic!("{error}")).expose());
        // Looking, as a mail scanner does, uses nothing up.
        for _ in 0..2 {
            assert!(world.ask(Call::get(&path).html()).await.text().contains(&agent.to_string()));
        }
        let entered = world.ask(Call::new(Method::POST, &path).form(format!("agent={agent}"))).await;
        assert_eq!(entered.status, StatusCode::SEE_OTHER);
        let cookie = entered.headers["set-cookie"].to_str().unwrap().to_owned();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let home = world.ask(Call::get("/").html().header("cookie", cookie)).await;
        assert_eq!(home.status, StatusCode::OK);
        assert!(home.text().contains("Northwind support_agent"));
        let again = world.ask(Call::new(Method::POST, &path).form(format!("agent={agent}")).html()).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND);
    }

    async fn a_form_keeps_what_was_typed_and_says_what_is_wrong_beside_it(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::Admin);
        let sent = Call::new(Method::POST, "/accounts").key(key).html().form("name=%3Cb%3EAcme%3C%2Fb%3E&website=not+a+host");
        let answer = world.ask(sent).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = answer.text();
        assert!(page.contains("value=\"&#60;b&#62;Acme") && page.contains("not a host"), "{page}");
        assert!(page.contains("A website looks like example.com"));
        assert!(!page.contains("<b>Acme"));
    }

    async fn a_form_made_from_an_older_version_shows_both_texts(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::Admin);
        let path = format!("/accounts/{}", world.ours.account.id);
        let send = |name: &str| Call::new(Method::POST, &path).key(key).html().form(format!("name={name}&website=&version=1"));
        assert_eq!(world.ask(send("First")).await.status, StatusCode::SEE_OTHER);
        let late = world.ask(send("Second")).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        let page = late.text();
        assert!(page.contains("First") && page.contains("value=\"Second\"") && page.contains("value=\"2\""), "{page}");
    }

    async fn a_page_that_is_not_there_keeps_the_person_signed_in_and_says_so_once(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::SupportAgent);
        for path in ["/accounts/acc_01k0000000000000000000000z", "/no-such-page"] {
            let missing = world.ask(Call::get(path).key(key).html()).await;
            assert_eq!(missing.status, StatusCode::NOT_FOUND);
            let page = missing.text();
            assert!(page.contains("Northwind support_agent") && page.contains("href=\"/settings\""), "{page}");
            assert_eq!(page.matches("There is nothing at this address").count(), 1, "{page}");
        }
        let forbidden = world.ask(Call::get("/settings/audit").key(key).html()).await;
        assert_eq!(forbidden.status, StatusCode::FORBIDDEN);
        assert!(forbidden.text().contains("Northwind support_agent"));
    }

    async fn a_person_keeps_the_columns_of_a_table_and_the_address_goes_before(db: TestDb) {
        let world = World::new(&db).await;
        let (key, other) = (world.ours.key(Role::SupportAgent), world.ours.key(Role::Admin));
        let list = async |path: &str, key| world.ask(Call::get(path).key(key).html()).await.text();
        assert!(list("/accounts", key).await.contains(">Website<"));
        let form = "sort=-changed&columns=created&columns=secret";
        let kept = world.ask(Call::new(Method::POST, "/accounts/columns").key(key).html().form(form)).await;
        assert_eq!((kept.status, kept.headers["location"].to_str().unwrap()), (StatusCode::SEE_OTHER, "/accounts"));
        let page = list("/accounts", key).await;
        assert!(page.contains("Customer since") && !page.contains("<th scope=\"col\" class=\"aside\">Website"), "{page}");
        assert!(page.contains("value=\"-changed\""), "{page}");
        let asked = list("/accounts?sort=name&columns=changed", key).await;
        assert!(asked.contains("aria-sort=\"ascending\"") && asked.contains("sort=-name&#38;columns=name%2Cchanged"), "{asked}");
        assert!(list("/accounts", other).await.contains(">Website<"), "another person sees the usual");
        world.ask(Call::new(Method::POST, "/accounts/columns").key(key).html().form("act=usual")).await;
        assert!(list("/accounts", key).await.contains(">Website<"));
        let broken = world.ask(Call::get("/accounts?after=nonsense").key(key).html()).await;
        assert_eq!(broken.status, StatusCode::BAD_REQUEST);
    }

    async fn the_tally_follows_what_happens_to_accounts(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::Admin);
        let home = async || world.ask(Call::get("/home/accounts").key(key).html()).await.text();
        assert!(home().await.contains("<span class=\"figure-value\">1</span>"));
        let closing = Call::new(Method::POST, format!("/accounts/{}/closure", world.ours.account.id)).key(key);
        assert_eq!(world.ask(closing).await.status, StatusCode::SEE_OTHER);
        settle(&db).await;
        assert!(home().await.contains("<span class=\"figure-value\">0</span>"));
    }

    async fn an_address_that_leads_nowhere_is_a_page_with_a_way_on(db: TestDb) {
        let world = World::new(&db).await;
        for path in ["/accounts/acc_01k0000000000000000000000z", "/accounts/42", "/nowhere"] {
            let missing = world.ask(Call::get(path).key(world.ours.key(Role::Admin)).html()).await;
            assert_eq!(missing.status, StatusCode::NOT_FOUND, "{path}");
            assert!(missing.text().contains("There is nothing at this address"), "{path}");
        }
    }

    async fn pages_speak_the_readers_language(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::Admin);
        for (language, word) in [("pl", "Klienci"), ("ru", "Клиенты"), ("az", "Müştərilər"), ("id", "Pelanggan")] {
            let chosen = world.ask(Call::new(Method::POST, "/preferences").key(key).form(format!("lang={language}&theme=system&density=comfortable&keys=on&back=%2F"))).await;
            let cookie = chosen.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
            let page = world.ask(Call::get("/accounts").key(key).html().header("cookie", cookie)).await.text();
            assert!(page.contains(word), "{language}");
        }
    }
}
