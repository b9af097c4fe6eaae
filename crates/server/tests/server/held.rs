//! Mail that is held back, and the rules of mailboxes by which it is, at their addresses.

use axum::http::{Method, StatusCode};
use desk::mails::{MailId, held};
use kit::id::{TypedId, Uuid};
use serde_json::{Value, json};
use tandem_core::permissions::Role;
use testkit::on_both;

use crate::world::{Answer, Call, WORLD, World};

async fn posted(world: &World, path: &str, body: &Value) -> Answer {
    let call = Call::new(Method::POST, path);
    world.ask(call.key(world.ours.key(Role::Admin)).json(body)).await
}

/// So many ids of mails that are nowhere.
fn nowhere(count: usize) -> Vec<String> {
    let id = |number: u128| MailId::from_uuid(Uuid::from_u128(number)).to_string();
    (1..).map(id).take(count).collect()
}

on_both! { WORLD;
    async fn decisions_about_too_many_mails_are_refused_and_the_page_takes_them_in_parts(db: TestDb) {
        let world = World::new(&db).await;
        let decide = |count: usize| json!({ "mails": nowhere(count), "decision": "block" });
        let refused = posted(&world, "/api/v1/mail-decisions", &decide(held::MOST + 1)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let problem = refused.json();
        assert_eq!(problem["type"], "urn:tandem:problem:mail-too-many");
        assert_eq!(problem["errors"][0]["pointer"], "#/mails");
        let taken = posted(&world, "/api/v1/mail-decisions", &decide(held::MOST)).await;
        assert_eq!((taken.status, taken.json()["mails"].clone()), (StatusCode::OK, json!([])));
        let chosen: Vec<String> = nowhere(held::MOST * 2 + 1).iter().map(|id| format!("mail={id}")).collect();
        let call = Call::new(Method::POST, "/settings/mails/decisions").key(world.ours.key(Role::Admin)).html();
        let answer = world.ask(call.form(format!("act=block&{}", chosen.join("&")))).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    }

    async fn a_mailbox_says_its_rules_and_its_page_has_them(db: TestDb) {
        let world = World::new(&db).await;
        let new = json!({ "name": "Careful", "address": "careful@desk.example", "strangers": "hold", "holds_unverified": true, "quotes": false });
        let made = posted(&world, "/api/v1/mailboxes", &new).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        let said = made.json();
        let rules = ["strangers", "holds_unverified", "joins_copies", "quotes"].map(|name| said[name].clone());
        assert_eq!(rules, [json!("hold"), json!(true), json!(true), json!(false)]);
        let wrong = json!({ "name": "Careless", "address": "careless@desk.example", "strangers": "never" });
        assert_eq!(posted(&world, "/api/v1/mailboxes", &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);

        let key = world.ours.key(Role::Admin);
        let path = format!("/settings/mailboxes/{}", said["id"].as_str().unwrap());
        let page = world.ask(Call::get(&path).key(key).html()).await.text();
        for shown in [
            r#"<option value="hold" selected>"#,
            r#"name="holds_unverified" value="on" checked"#,
            r#"name="joins_copies" value="on" checked"#,
            "Where the outbox quotes nothing, no mailbox does.",
        ] {
            assert!(page.contains(shown), "{shown}");
        }
        assert!(!page.contains(r#"name="quotes" value="on" checked"#));
        let form = "version=1&name=Careful&address=careful@desk.example&incoming=none&outgoing=none&strangers=apart&quotes=on";
        let changed = world.ask(Call::new(Method::POST, &path).key(key).html().form(form)).await;
        assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.text());
        let now = world.ask(Call::get(format!("/api/v1/mailboxes/{}", said["id"].as_str().unwrap())).key(key)).await.json();
        let rules = ["strangers", "holds_unverified", "joins_copies", "quotes"].map(|name| now[name].clone());
        assert_eq!(rules, [json!("apart"), json!(false), json!(false), json!(true)]);
    }
}
