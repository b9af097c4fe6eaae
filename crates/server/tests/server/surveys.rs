//! Questions after solving and the numbers of support, through their addresses.

use axum::http::{Method, StatusCode};
use desk::surveys;
use desk::tickets::{self, Field};
use kit::db::DbError;
use tandem_core::doors::Secret;
use tandem_core::permissions::Role;
use testkit::on_both;

use crate::world::{Call, WORLD, World, settle};

/// Solves our ticket and makes a link to its question.
async fn linked(world: &World) -> Secret {
    let (system, id) = (world.ours.system(), world.ours.ticket);
    world
        .app
        .db
        .write(move |tx| {
            tickets::change(tx, &system, id, &[(Field::Status, "solved".to_owned())]).unwrap();
            let (_, secret) = surveys::link(tx, &system, id).unwrap();
            Ok::<_, DbError>(secret)
        })
        .await
        .unwrap()
}

async fn rating(world: &World) -> Option<i64> {
    let (system, id) = (world.ours.system(), world.ours.ticket);
    let found = world
        .app
        .db
        .read(move |tx| surveys::of_ticket(tx, &system, id))
        .await;
    found.unwrap().unwrap().answer.map(|answer| answer.rating)
}

on_both! { WORLD;
    async fn looking_at_a_link_answers_nothing_and_one_press_does(db: TestDb) {
        let world = World::new(&db).await;
        let address = format!("/s/{}", linked(&world).await.expose());
        for method in [Method::GET, Method::HEAD] {
            let looked = world.ask(Call::new(method, format!("{address}?rating=5")).html()).await;
            assert_eq!(looked.status, StatusCode::OK);
            let policy = looked.headers["content-security-policy"].to_str().unwrap().to_owned();
            assert!(policy.starts_with("default-src 'none';") && !policy.contains("script"), "{policy}");
            assert_eq!(looked.headers["cache-control"], "no-store");
        }
        assert_eq!(rating(&world).await, None);
        let page = world.ask(Call::get(format!("{address}?rating=5")).html()).await.text();
        assert!(page.contains("value=\"5\" required checked"), "{page}");
        assert!(!page.contains("<script"), "{page}");
        assert!(!page.contains(&world.ours.account.id.to_string()), "{page}");

        let without = world.ask(Call::new(Method::POST, address.clone()).html().form("comment=Hm")).await;
        assert_eq!((without.status, rating(&world).await), (StatusCode::UNPROCESSABLE_ENTITY, None));
        assert!(without.text().contains("Choose one of the ratings."));
        let sent = world.ask(Call::new(Method::POST, address.clone()).html().form("rating=2&comment=%3Cb%3Eslow")).await;
        assert_eq!((sent.status, rating(&world).await), (StatusCode::OK, Some(2)));
        let again = world.ask(Call::get(address.clone()).html()).await.text();
        assert!(again.contains("&#60;b&#62;slow") || again.contains("&lt;b&gt;slow"), "{again}");
        // What a program for mail posts by itself when its reader wants no more (RFC 8058).
        let stop = Call::new(Method::POST, format!("{address}/stop")).form("List-Unsubscribe=One-Click");
        assert_eq!(world.ask(stop).await.status, StatusCode::OK);
        let closed = world.ask(Call::get("/s/no-such-link".to_owned()).html()).await;
        assert_eq!(closed.status, StatusCode::NOT_FOUND);
    }

    async fn answers_and_numbers_are_shown_with_the_tickets_behind_them(db: TestDb) {
        let world = World::new(&db).await;
        let address = format!("/s/{}", linked(&world).await.expose());
        world.ask(Call::new(Method::POST, address).html().form("rating=4&comment=Good")).await;
        settle(&world.app.db).await;
        let key = world.ours.key(Role::SupportLead);
        let list = world.ask(Call::get("/surveys".to_owned()).key(key).html()).await.text();
        assert!(list.contains("4 / 5") && list.contains("Good") && list.contains("100%"), "{list}");
        let file = world.ask(Call::new(Method::POST, "/surveys/export").key(key).form("format=csv")).await;
        assert!(file.text().contains("csat,easy,5,4,Good,"), "{}", file.text());

        let page = world.ask(Call::get("/reports/support".to_owned()).key(key).html()).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("/reports/support/rows?"), "{}", page.text());
        let rows = world.ask(Call::get("/reports/support/rows?of=solved".to_owned()).key(key).html()).await.text();
        assert!(rows.contains(&world.ours.ticket.to_string()), "{rows}");
        for format in ["csv", "xlsx"] {
            let file = world.ask(Call::new(Method::POST, "/reports/support/export").key(key).form(format!("of=solved&format={format}"))).await;
            assert_eq!(file.status, StatusCode::OK, "{format}");
        }
        let wrong = world.ask(Call::get("/reports/support?by=moon".to_owned()).key(key).html()).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let numbers = world.ask(Call::get("/api/v1/reports/support".to_owned()).key(key)).await;
        let numbers: serde_json::Value = serde_json::from_slice(&numbers.body).unwrap();
        assert_eq!((numbers["whole"]["solved"].as_i64(), numbers["whole"]["csat"].as_f64()), (Some(1), Some(1.0)));
        let listed = world.ask(Call::get("/api/v1/reports/support/tickets?of=rated".to_owned()).key(key)).await;
        let listed: serde_json::Value = serde_json::from_slice(&listed.body).unwrap();
        assert_eq!(listed["items"][0]["csat"].as_i64(), Some(4), "{listed}");
        // Another workspace sees nothing of it.
        let theirs = world.theirs.key(Role::Admin);
        let foreign = world.ask(Call::get("/surveys".to_owned()).key(theirs).html()).await.text();
        assert!(!foreign.contains("Good"), "{foreign}");
    }
}
