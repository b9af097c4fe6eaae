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

    async fn why_somebody_judges_so_stands_beside_the_judgement(db: TestDb) {
        let world = World::new(&db).await;
        let form = "impression=-1&seen=&reason=They+hung+up+on+us";
        assert_eq!(judge(&world, Role::SuccessLead, form).await.status, StatusCode::SEE_OTHER);
        let path = format!("/accounts/{}/touchpoints", world.ours.account.id);
        let key = world.ours.key(Role::Admin);
        let page = world.ask(Call::get(&path).key(key).html()).await.text();
        assert!(page.contains("They hung up on us"), "{page}");

        // What is written down by hand says by which way it went, where that is not the usual one.
        let form = "kind=visit&summary=Met+at+the+fair&channel=web&direction=inbound&impression=1&reason=They+smiled";
        let added = world.ask(Call::new(Method::POST, &path).key(key).form(form)).await;
        assert_eq!(added.status, StatusCode::SEE_OTHER);
        let page = world.ask(Call::get(format!("{path}?channel=web&since=2000-01-01")).key(key).html()).await.text();
        assert!(page.contains("Web form, they began") && page.contains("They smiled"), "{page}");
        // Whoever looks at a person writes down what happened with them.
        let theirs = format!("/contacts/{}/touchpoints", world.ours.contact);
        let page = world.ask(Call::get(theirs).key(key).html()).await.text();
        let form = format!("{path}/new?contact={}", world.ours.contact);
        assert!(page.contains(&form), "{page}");
        let page = world.ask(Call::get(form).key(key).html()).await.text();
        assert!(page.contains(&format!("value=\"{}\" selected", world.ours.contact)), "{page}");
        let wrong = world.ask(Call::get(format!("{path}?until=soon")).key(key).html()).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = world.ask(Call::get(format!("{path}?until=2000-01-01")).key(key).html()).await.text();
        assert!(page.contains("Nothing like that has happened here."), "{page}");
    }
}
