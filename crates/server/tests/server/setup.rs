//! The first run through its pages: what is typed stays, back works, and only one person wins.

use axum::Router;
use axum::http::{Method, StatusCode};
use kit::db::Db;
use server::app::{self, App};
use server::config::{Config, Inputs};
use server::wiring;
use success::health::scorecards;
use tandem_core::actor::Actor;
use tandem_core::live::Live;
use tandem_core::setup;
use tandem_core::workspaces;
use testkit::{TestDb, on_both};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::world::{Answer, Call, LISTS, settle};

struct Fresh {
    router: Router,
    link: String,
}

impl Fresh {
    async fn new(db: &TestDb) -> Self {
        db.attach(std::sync::Arc::new(wiring::wiring()));
        let config = Config::load(&Inputs::default()).unwrap();
        let app = App::new(&db.db, Live::new(CancellationToken::new()), &config);
        let link = another(db).await;
        let router = app::router(&app, &config);
        Self { router, link }
    }

    async fn get(&self, step: &str) -> Answer {
        self.ask(Call::get(format!("/setup/{}/{step}", self.link)).html())
            .await
    }

    async fn send(&self, step: &str, body: &str) -> Answer {
        let call = Call::new(Method::POST, format!("/setup/{}/{step}", self.link));
        self.ask(call.html().form(body)).await
    }

    async fn ask(&self, call: Call<'_>) -> Answer {
        let response = self.router.clone().oneshot(call.request()).await.unwrap();
        Answer::of(response).await
    }
}

async fn another(db: &Db) -> String {
    let secret = db.write(setup::open).await.unwrap().expect("nothing is set up");
    secret.expose()
}

fn leads_to(answer: &Answer, end: &str) -> bool {
    answer.status == StatusCode::SEE_OTHER && answer.headers["location"].to_str().unwrap().ends_with(end)
}

const ADMIN: &str = "admin.name=Ada&admin.email=ada%40example.com&admin.password=nine+lives+of+the+otter";
const WORKSPACE: &str = "name=Northwind&locale=en&zone=Europe%2FWarsaw";

on_both! { LISTS;
    async fn four_pages_make_a_workspace_and_let_its_administrator_in(db: TestDb) {
        let fresh = Fresh::new(&db).await;
        assert!(leads_to(&fresh.ask(Call::get(format!("/setup/{}", fresh.link))).await, "/admin"));
        assert!(leads_to(&fresh.send("admin", ADMIN).await, "/workspace"));
        assert!(leads_to(&fresh.send("workspace", WORKSPACE).await, "/hours"));
        assert!(leads_to(&fresh.send("hours", "hours.1=8-16&holiday.0.day=25.12.2026&holiday.0.name=Christmas").await, "/data"));
        let done = fresh.send("data", "data=samples").await;
        assert!(leads_to(&done, "/"), "{}", done.text());
        let cookie = done.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        let hours = fresh.ask(Call::get("/settings/hours").html().header("cookie", cookie)).await;
        assert!(hours.text().contains("08:00–16:00") && hours.text().contains("2026-12-25"), "{}", hours.text());
    }

    async fn what_was_typed_stays_whether_it_fits_or_not_and_back_loses_nothing(db: TestDb) {
        let fresh = Fresh::new(&db).await;
        let refused = fresh.send("admin", "admin.name=Ada&admin.email=nowhere").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("An address looks like"));
        assert!(fresh.get("admin").await.text().contains("value=\"nowhere\""), "a reload shows it again");
        fresh.send("admin", ADMIN).await;
        let back = fresh.send("workspace", "name=Nor&locale=pl&zone=Asia%2FBaku&act=back").await;
        assert!(leads_to(&back, "/admin"));
        let again = fresh.get("workspace").await.text();
        assert!(again.contains("value=\"Nor\"") && again.contains("value=\"Asia/Baku\" selected"));
    }

    async fn the_second_person_to_finish_is_told_who_was_faster(db: TestDb) {
        let fresh = Fresh::new(&db).await;
        let late = Fresh { router: fresh.router.clone(), link: another(&db).await };
        for each in [&fresh, &late] {
            each.send("admin", ADMIN).await;
            each.send("workspace", WORKSPACE).await;
        }
        assert!(leads_to(&fresh.send("data", "data=empty").await, "/"));
        let told = late.send("data", "data=empty").await;
        assert_eq!(told.status, StatusCode::CONFLICT);
        assert!(told.text().contains("Ada was faster"));
        assert_eq!(late.get("workspace").await.status, StatusCode::CONFLICT);
        let all = db.read(workspaces::all).await.unwrap();
        assert_eq!(all.len(), 1);

        // A new workspace has the usual scorecards beside the one for all.
        db.attach(std::sync::Arc::new(wiring::producers()));
        settle(&db).await;
        let system = Actor::system(all[0].id, "tests");
        let cards = db.read(move |tx| scorecards::list(tx, &system)).await.unwrap();
        let placed = cards.iter().filter(|card| card.stage.is_some() != card.tier.is_some());
        assert_eq!((cards.len(), placed.count()), (5, 4));
    }

    async fn the_administrator_has_a_password_that_is_never_kept_as_typed(db: TestDb) {
        let fresh = Fresh::new(&db).await;
        let without = fresh.send("admin", "admin.name=Ada&admin.email=ada%40example.com").await;
        assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(without.text().contains("choose one"), "{}", without.text());
        let weak = "admin.name=Ada&admin.email=ada%40example.com&admin.password=Password1234";
        assert!(fresh.send("admin", weak).await.text().contains("tried first"));
        let forged = "admin.name=Ada&admin.email=ada%40example.com&admin.password_hash=mine";
        assert_eq!(fresh.send("admin", forged).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        fresh.send("admin", ADMIN).await;
        let again = fresh.get("admin").await.text();
        assert!(again.contains("A password is chosen") && !again.contains("otter") && !again.contains("argon2"));
        let kept = fresh.send("admin", "admin.name=Ada&admin.email=ada%40example.com&admin.password=").await;
        assert!(leads_to(&kept, "/workspace"), "an empty field keeps it");
        fresh.send("workspace", WORKSPACE).await;
        assert!(leads_to(&fresh.send("data", "data=empty").await, "/"));
        let call = Call::new(Method::POST, "/sign-in");
        let entered = fresh.ask(call.html().form("email=ada%40example.com&password=nine+lives+of+the+otter")).await;
        assert!(leads_to(&entered, "/"), "{}", entered.text());
    }

    async fn finishing_with_a_page_left_out_leads_to_that_page(db: TestDb) {
        let fresh = Fresh::new(&db).await;
        fresh.send("workspace", WORKSPACE).await;
        assert!(leads_to(&fresh.send("data", "data=empty").await, "/admin"));
        assert!(db.read(workspaces::all).await.unwrap().is_empty());
    }

    async fn an_address_that_nobody_was_given_opens_nothing(db: TestDb) {
        let fresh = Fresh::new(&db).await;
        for link in ["no-such-link", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
            let stranger = Fresh { router: fresh.router.clone(), link: link.to_owned() };
            assert_eq!(stranger.get("admin").await.status, StatusCode::NOT_FOUND);
            assert_eq!(stranger.send("data", "data=empty").await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(fresh.get("cellar").await.status, StatusCode::NOT_FOUND);
    }
}
