//! Quick acts on a timeline through their address: who comes late is told who was faster.

use axum::http::{Method, StatusCode};
use tandem_core::permissions::Role;
use tandem_core::touchpoints;
use testkit::on_both;

use crate::world::{Answer, Call, WORLD, World};

/// What the page's small form sends, and as which kind of answer its script takes the refusal.
async fn judge(world: &World, role: Role, form: &str) -> Answer {
    let path = format!("/touchpoints/{}/impression", world.ours.touchpoint);
    let call = Call::new(Method::POST, path).key(world.ours.key(role));
    world
        .ask(call.header("accept", "application/problem+json").form(form))
        .await
}

async fn impression(world: &World) -> Option<i64> {
    let (system, id) = (world.ours.system(), world.ours.touchpoint);
    let read = world.app.db.read(move |tx| touchpoints::find(tx, &system, id));
    let judged = read.await.unwrap().unwrap().impression;
    judged.map(|judged| judged.impression.value())
}

on_both! { WORLD;
    async fn who_judges_what_was_judged_meanwhile_is_told_by_whom_and_changes_nothing(db: TestDb) {
        let world = World::new(&db).await;
        assert_eq!(judge(&world, Role::SuccessLead, "impression=2&seen=").await.status, StatusCode::SEE_OTHER);
        let late = judge(&world, Role::Admin, "impression=-1&seen=").await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert_eq!(late.headers["content-type"], "application/problem+json");
        let told = late.json()["told"].as_str().expect("a sentence").to_owned();
        assert!(told.contains("Northwind success_lead") && told.contains("Much better"), "{told}");
        assert_eq!(impression(&world).await, Some(2));

        // Who has seen it may think again; a form without scripts gets the sentence as a page.
        assert_eq!(judge(&world, Role::Admin, "impression=-1&seen=2").await.status, StatusCode::SEE_OTHER);
        assert_eq!(impression(&world).await, Some(-1));
        let path = format!("/touchpoints/{}/impression", world.ours.touchpoint);
        let call = Call::new(Method::POST, path).key(world.ours.key(Role::SuccessLead)).html();
        let page = world.ask(call.form("impression=1&seen=2")).await;
        assert_eq!(page.status, StatusCode::CONFLICT);
        assert!(page.text().contains("Northwind admin"), "{}", page.text());
        assert_eq!(impression(&world).await, Some(-1));
    }
}
