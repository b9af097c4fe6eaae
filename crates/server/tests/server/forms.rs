//! Forms on the web through their addresses: as strangers send them, machines among them, and as people set them up.

use axum::http::{Method, StatusCode};
use desk::forms::proof;
use desk::tickets::{self, Ticket};
use kit::db::DbError;
use serde_json::{Value, json};
use tandem_core::permissions::Role;
use testkit::on_both;

use crate::world::{Answer, Call, LISTS, World};

/// A form of ours that asks for a topic, and for an order number where the topic is one.
async fn made(world: &World) -> (String, String) {
    let topic =
        json!({ "noun": "ticket", "kind": "choice", "label": "Topic", "choices": ["An order", "Other"] });
    let topic = post(world, "/api/v1/fields", &topic).await["id"].clone();
    let order = json!({ "noun": "ticket", "kind": "text", "label": "Order" });
    let order = post(world, "/api/v1/fields", &order).await["id"].clone();
    let form = json!({ "title": "Write to us", "fields": [
        { "field": topic, "is_required": true },
        { "field": order, "is_required": true, "when": { "field": topic, "value": "An order" } },
    ] });
    let form = post(world, "/api/v1/web-forms", &form).await;
    let page = form["page"].as_str().unwrap().to_owned();
    (form["id"].as_str().unwrap().to_owned(), page)
}

async fn post(world: &World, path: &str, body: &Value) -> Value {
    let call = Call::new(Method::POST, path).key(world.ours.key(Role::Admin));
    let answer = world.ask(call.json(body)).await;
    assert!(answer.status.is_success(), "{path}: {}", answer.text());
    answer.json()
}

/// The stamp of a form's page, and the number that proves the work for it.
async fn ready(world: &World, page: &str) -> (String, String) {
    let answer = world.ask(Call::get(page).html()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let text = answer.text();
    let (_, rest) = text.split_once("name=\"stamp\" value=\"").unwrap();
    let stamp = rest.split('"').next().unwrap().to_owned();
    let key = page.rsplit('/').next().unwrap();
    let proof = proof::work(key, &stamp);
    (stamp, proof)
}

async fn send(world: &World, page: &str, fields: &[(&str, &str)], file: Option<(&str, &str)>) -> Answer {
    let mut body = String::new();
    for (name, value) in fields {
        body.push_str(&format!(
            "--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        ));
    }
    let (name, content) = file.unwrap_or_default();
    body.push_str(&format!(
        "--x\r\ncontent-disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n{content}\r\n--x--\r\n"
    ));
    world
        .ask(Call::new(Method::POST, page).html().parts(body, "x"))
        .await
}

async fn newest(world: &World) -> Ticket {
    let system = world.ours.system();
    let mut number = 0;
    loop {
        let (actor, next) = (system.clone(), number + 1);
        let found = world
            .app
            .db
            .read(move |tx| tickets::numbered(tx, &actor, next))
            .await;
        if found.unwrap().is_none() {
            let actor = system.clone();
            let last = world
                .app
                .db
                .read(move |tx| tickets::numbered(tx, &actor, number))
                .await;
            return last.unwrap().unwrap();
        }
        number = next;
    }
}

fn asks<'a>(stamp: &'a str, proof: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("stamp", stamp),
        ("proof", proof),
        ("website", ""),
        ("name", "Ada Visitor"),
        ("email", "visitor@elsewhere.example"),
        ("subject", "Where is it?"),
        ("body", "It should be here <b>by now</b>."),
        ("f.topic", "An order"),
        ("f.order", "A-1042"),
    ]
}

fn with<'a>(mut fields: Vec<(&'a str, &'a str)>, name: &str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    for (own, old) in &mut fields {
        if *own == name {
            *old = value;
        }
    }
    fields
}

on_both! { LISTS;
    async fn a_stranger_sends_a_form_and_machines_do_not(db: TestDb) {
        let world = World::new(&db).await;
        let (id, page) = made(&world).await;
        let before = newest(&world).await.number;
        let shown = world.ask(Call::get(page.clone()).html()).await;
        let policy = shown.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("script-src 'self';") && !policy.contains("unsafe"), "{policy}");
        assert!(shown.text().contains("data-is=\"An order\""), "{}", shown.text());
        assert!(!shown.text().contains(&world.ours.account.id.to_string()));

        let (stamp, proof) = ready(&world, &page).await;
        for (name, value, said) in [
            ("website", "https://spam.example", "looked like a machine"),
            ("proof", "", "scripts have to run"),
            ("proof", "1", "open for too long"),
            ("stamp", "1.0123456789abcdef", "open for too long"),
            ("email", "nobody", "address that we can answer"),
            ("subject", "", "300"),
            ("f.topic", "", "filled in"),
            ("f.topic", "Nothing", "choices"),
            ("f.order", "", "filled in"),
        ] {
            let refused = send(&world, &page, &with(asks(&stamp, &proof), name, value), None).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}={value}: {}", refused.text());
            let text = refused.text();
            assert!(text.contains(said), "{name}={value}: {text}");
            assert!(text.contains("It should be here") && !text.contains("<b>by now"), "what was typed stays");
        }
        assert_eq!(newest(&world).await.number, before);

        let file = Some(("C:\\lists\\numbers.csv", "a,b"));
        let sent = send(&world, &page, &asks(&stamp, &proof), file).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
        let ticket = newest(&world).await;
        assert_eq!(ticket.number, before + 1);
        assert!(sent.text().contains(&format!("#{}", ticket.number)), "{}", sent.text());
        // Sent again it is the same one, and in a second page another; nobody gets mail by it.
        let again = send(&world, &page, &asks(&stamp, &proof), None).await;
        assert!(again.text().contains(&format!("#{}", ticket.number)));
        let key = world.ours.key(Role::Admin);
        let kept = world.ask(Call::get(format!("/api/v1/tickets/{}/fields", ticket.id)).key(key)).await.json();
        assert_eq!(kept["fields"], json!({ "topic": "An order", "order": "A-1042" }));
        let told = world.ask(Call::get(format!("/tickets/{}", ticket.id)).key(key).html()).await.text();
        assert!(told.contains("numbers.csv") && told.contains("Write to us") && told.contains("Topic"), "{told}");
        let outgoing = world.ask(Call::get("/api/v1/outgoing-mails").key(key)).await.json();
        let outgoing = outgoing["items"].as_array().unwrap();
        assert!(outgoing.iter().all(|mail| mail["ticket"] != json!(ticket.id)), "{outgoing:?}");

        // What is not there is not asked and not kept, whatever was typed.
        let (stamp, proof) = ready(&world, &page).await;
        let other = with(asks(&stamp, &proof), "f.topic", "Other");
        assert_eq!(send(&world, &page, &other, None).await.status, StatusCode::OK);
        let hidden = newest(&world).await;
        let kept = world.ask(Call::get(format!("/api/v1/tickets/{}/fields", hidden.id)).key(key)).await.json();
        assert_eq!(kept["fields"], json!({ "topic": "Other", "order": null }));

        // Others see nothing of it, and a closed form takes nothing.
        for role in [Role::SupportAgent, Role::ProductManager] {
            let close = Call::new(Method::POST, format!("/settings/forms/{id}/closing"));
            let refused = world.ask(close.key(world.ours.key(role)).html()).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN);
        }
        let theirs = world.theirs.key(Role::Admin);
        let unknown = world.ask(Call::get(format!("/api/v1/web-forms/{id}")).key(theirs)).await;
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
        let (stamp, proof) = ready(&world, &page).await;
        let close = Call::new(Method::POST, format!("/settings/forms/{id}/closing")).key(key).html();
        assert_eq!(world.ask(close.form("")).await.status, StatusCode::SEE_OTHER);
        let last = newest(&world).await.number;
        let closed = send(&world, &page, &asks(&stamp, &proof), None).await;
        assert_eq!((closed.status, newest(&world).await.number), (StatusCode::NOT_FOUND, last));
    }

    async fn a_stamp_brings_files_once_and_what_is_refused_leaves_none(db: TestDb) {
        let world = World::new(&db).await;
        let (_, page) = made(&world).await;
        let (stamp, proof) = ready(&world, &page).await;
        let before = newest(&world).await.number;
        let file = Some(("numbers.csv", "a,b"));
        let bad = with(asks(&stamp, &proof), "email", "nobody");
        let refused = send(&world, &page, &bad, file).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
        assert!(refused.text().contains("address that we can answer") && !refused.text().contains(&stamp));
        let again = send(&world, &page, &asks(&stamp, &proof), file).await;
        assert!(again.text().contains("open for too long"), "{}", again.text());
        assert_eq!(newest(&world).await.number, before);

        // Each of them counts, good or not: the source has ten at once, and two are gone.
        for left in (0..9).rev() {
            let (stamp, proof) = ready(&world, &page).await;
            let bad = with(asks(&stamp, &proof), "email", "nobody");
            let status = send(&world, &page, &bad, file).await.status;
            let free = StatusCode::UNPROCESSABLE_ENTITY;
            assert_eq!(status, if left > 0 { free } else { StatusCode::TOO_MANY_REQUESTS }, "{left}");
        }
    }

    async fn a_form_that_breaks_off_within_a_file_is_no_form(db: TestDb) {
        let world = World::new(&db).await;
        let (_, page) = made(&world).await;
        let body = "--x\r\ncontent-disposition: form-data; name=\"files\"; filename=\"a\"\r\n\r\nabc";
        let call = Call::new(Method::POST, page).html().parts(body.to_owned(), "x");
        assert_eq!(world.ask(call).await.status, StatusCode::BAD_REQUEST);
    }

    async fn one_source_and_one_address_send_so_many_and_no_more(db: TestDb) {
        let world = World::new(&db).await;
        let (_, page) = made(&world).await;
        let mut statuses = Vec::new();
        for _ in 0..6 {
            let (stamp, proof) = ready(&world, &page).await;
            let answer = send(&world, &page, &asks(&stamp, &proof), None).await;
            statuses.push(answer.status);
            if answer.status == StatusCode::TOO_MANY_REQUESTS {
                let after: u64 = answer.headers["retry-after"].to_str().unwrap().parse().unwrap();
                assert!(after > 0 && answer.text().contains("It should be here"));
            }
        }
        assert_eq!(statuses[..5], [StatusCode::OK; 5]);
        assert_eq!(statuses[5], StatusCode::TOO_MANY_REQUESTS);
        let system = world.ours.system();
        let count = world.app.db.read(move |tx| Ok::<_, DbError>(desk::forms::all(tx, &system).unwrap()[0].1)).await;
        assert_eq!(count.unwrap(), 5);
    }

    async fn visitors_read_a_form_in_their_language_and_what_they_choose_is_kept_as_the_field_says_it(db: TestDb) {
        let world = World::new(&db).await;
        let (id, page) = made(&world).await;
        let key = world.ours.key(Role::Admin);
        let (words, settings) = (format!("/api/v1/web-forms/{id}/words"), format!("/settings/forms/{id}/words"));
        let form = world.ask(Call::get(format!("/api/v1/web-forms/{id}")).key(key)).await.json();
        let topic = form["fields"][0]["field"].as_str().unwrap().to_owned();
        let shown = world.ask(Call::get(format!("{settings}?language=pl")).key(key).html()).await.text();
        assert!(shown.contains(&format!("choice/{topic}/An order")), "{shown}");

        // Two lines on the page; the others are said as the form says them.
        let typed = format!("version=1&language=pl&title=Napisz+do+nas&choice%2F{topic}%2FAn+order=Zam%C3%B3wienie");
        let saved = world.ask(Call::new(Method::POST, settings.clone()).key(key).html().form(typed.clone())).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        let late = world.ask(Call::new(Method::POST, settings.clone()).key(key).html().form(typed)).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        let long = format!("version=2&language=pl&title={}", "x".repeat(101));
        let long = world.ask(Call::new(Method::POST, settings).key(key).html().form(long)).await;
        assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(long.text().contains("title-error"), "{}", long.text());
        let kept = world.ask(Call::get(words.clone()).key(key)).await.json();
        assert_eq!((&kept["version"], &kept["languages"][0]["title"]), (&json!(2), &json!("Napisz do nas")));

        let polish = world.ask(Call::get(page.clone()).html().header("accept-language", "pl")).await.text();
        assert!(polish.contains("Napisz do nas") && polish.contains("<option value=\"An order\">Zamówienie"), "{polish}");
        assert!(polish.contains(">Order<"), "a label without words");
        let english = world.ask(Call::get(page.clone()).html().header("accept-language", "en")).await.text();
        assert!(english.contains("Write to us") && !english.contains("Napisz"), "{english}");
        let (stamp, proof) = ready(&world, &page).await;
        let sent = send(&world, &page, &asks(&stamp, &proof), None).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
        let ticket = newest(&world).await.id;
        let values = world.ask(Call::get(format!("/api/v1/tickets/{ticket}/fields")).key(key)).await.json();
        assert_eq!(values["fields"]["topic"], json!("An order"));

        let change = |body: Value| Call::new(Method::PUT, words.clone()).key(key).header("if-match", "*").json(&body);
        for bad in [
            json!({ "languages": [{ "language": "tlh", "title": "a" }] }),
            json!({ "languages": [{ "language": "pl" }, { "language": "pl" }] }),
            json!({ "languages": [{ "language": "pl", "fields": [{ "field": "fld_01k5x0h3m8f2rq7v9c4w6d1nbe", "label": "a" }] }] }),
        ] {
            let refused = world.ask(change(bad.clone())).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}: {}", refused.text());
        }
        let gone = world.ask(change(json!({ "languages": [] }))).await.json();
        assert_eq!((&gone["languages"], &gone["version"]), (&json!([]), &json!(3)));
        let other = world.ask(Call::get(words).key(world.theirs.key(Role::Admin))).await;
        assert_eq!(other.status, StatusCode::NOT_FOUND);
    }

    async fn the_editor_keeps_what_was_chosen_and_says_what_does_not_fit(db: TestDb) {
        let world = World::new(&db).await;
        let (id, _) = made(&world).await;
        let key = world.ours.key(Role::Admin);
        let form = world.ask(Call::get(format!("/api/v1/web-forms/{id}")).key(key)).await.json();
        let (topic, order) = (form["fields"][0]["field"].as_str().unwrap(), form["fields"][1]["field"].as_str().unwrap());
        let page = world.ask(Call::get(format!("/settings/forms/{id}")).key(key).html()).await.text();
        assert!(page.contains(&format!("value=\"{topic}=An order\" selected")), "{page}");
        let path = format!("/settings/forms/{id}");
        // The order stands first: then it can't depend on what comes after it.
        let upside = format!(
            "version=1&title=Help&per_hour=9&field={topic}&field={order}&place.{topic}=2&place.{order}=1&when.{order}={topic}%3DAn+order"
        );
        let refused = world.ask(Call::new(Method::POST, path.clone()).key(key).html().form(upside)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("stands further up"), "{}", refused.text());
        let right = format!(
            "version=1&title=Help&per_hour=9&field={topic}&field={order}&place.{topic}=1&place.{order}=2&must={order}&when.{order}={topic}%3DOther"
        );
        let saved = world.ask(Call::new(Method::POST, path.clone()).key(key).html().form(right.clone())).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        let now = world.ask(Call::get(format!("/api/v1/web-forms/{id}")).key(key)).await.json();
        assert_eq!((&now["title"], &now["takes_files"], &now["per_hour"]), (&json!("Help"), &json!(false), &json!(9)));
        assert_eq!(now["fields"][1], json!({ "field": order, "is_required": true, "when": { "field": topic, "value": "Other" } }));
        let late = world.ask(Call::new(Method::POST, path).key(key).html().form(right.replace("Help", "Late"))).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
    }
}
