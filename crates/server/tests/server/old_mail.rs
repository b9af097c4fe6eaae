//! Old mail through its addresses: from the form with the file to taking it back.

use axum::http::{Method, StatusCode};
use serde_json::json;
use tandem_core::permissions::Role;
use testkit::on_both;

use crate::world::{Answer, Call, WORLD, World, settle};

const FILE: &str = "From -\nFrom: Ida <ida@fjord.example>\nTo: us@desk.example\nDate: 3 Feb 2025 12:00:00 +0000\nSubject: Our second office\n\
    Message-ID: <one@fjord.example>\n\nCan it have its own users?\n\nFrom -\nFrom: us@old-name.example\nTo: ida@fjord.example\n\
    Date: 3 Feb 2025 13:00:00 +0000\nSubject: Re: Our second office\nMessage-ID: <two@desk.example>\nIn-Reply-To: <one@fjord.example>\n\nYes.\n\n";

async fn upload(world: &World, file: &str) -> Answer {
    let mailbox = world.ours.mailbox;
    let mut call = Call::new(Method::POST, "/settings/old-mail")
        .key(world.ours.key(Role::Admin))
        .html();
    call.body = format!(
        "--x\r\ncontent-disposition: form-data; name=\"mailbox\"\r\n\r\n{mailbox}\r\n\
         --x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"old.mbox\"\r\ncontent-type: application/mbox\r\n\r\n{file}\r\n--x--\r\n"
    );
    world
        .ask(call.header("content-type", "multipart/form-data; boundary=x"))
        .await
}

async fn press(world: &World, path: String, form: &str) -> Answer {
    let call = Call::new(Method::POST, path)
        .key(world.ours.key(Role::Admin))
        .html();
    world.ask(call.form(form)).await
}

async fn page(world: &World, path: &str) -> String {
    let answer = world
        .ask(Call::get(path).key(world.ours.key(Role::Admin)).html())
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    answer.text()
}

on_both! { WORLD;
    async fn a_file_of_old_mail_is_looked_at_taken_and_taken_back(db: TestDb) {
        let world = World::new(&db).await;
        let wrong = upload(&world, "Subject: no mbox\n").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("This is no mbox file"));
        let brought = upload(&world, FILE).await;
        assert_eq!(brought.status, StatusCode::SEE_OTHER, "{}", brought.text());
        let address = brought.headers["location"].to_str().unwrap().to_owned();
        settle(&db).await;
        let ready = page(&world, &address).await;
        for said in ["Ready to begin", "us@desk.example", "Which tickets stay open?"] {
            assert!(ready.contains(said), "{said}");
        }
        let refused = press(&world, address.clone(), "open_days=14&own=nobody").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("One of these is no mail address"));
        press(&world, address.clone(), "open_days=14&own=us@old-name.example").await;
        settle(&db).await;
        let done = page(&world, &address).await;
        for said in ["Our second office", "New ticket", "In a ticket", "ida@fjord.example"] {
            assert!(done.contains(said), "{said}");
        }
        assert!(page(&world, &format!("{address}?outcome=joined")).await.contains("us@old-name.example"));
        let id = address.rsplit('/').next().unwrap();
        let api = format!("/api/v1/mail-imports/{id}");
        let import = world.ask(Call::get(&api).key(world.ours.key(Role::Admin))).await.json();
        assert_eq!((&import["state"], &import["counts"]["opened"]), (&json!("done"), &json!(1)));
        let mails = world.ask(Call::get(format!("{api}/mails")).key(world.ours.key(Role::Admin))).await.json();
        let ticket = mails["items"][0]["ticket"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/tickets/{ticket}");
        let found = world.ask(Call::get(&path).key(world.ours.key(Role::Admin))).await.json();
        assert_eq!((&found["status"], &found["opened_at"]), (&json!("solved"), &json!(1_738_584_000_000_000_i64)));
        press(&world, format!("{address}/undoing"), "").await;
        settle(&db).await;
        let gone = world.ask(Call::get(&path).key(world.ours.key(Role::Admin))).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND);
    }
}
