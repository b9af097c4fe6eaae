//! The inbox through its addresses: what others' views, gone macros and merges do to what is on a page.

use axum::http::{Method, StatusCode};
use desk::own_views::{self, Conditions, Order, ViewText};
use desk::replies::{self, Audience, Reply, ReplyText};
use desk::tickets::connections::{self, Joint};
use desk::tickets::drafts::{self, NewDraft};
use desk::tickets::{self, Field, MessageKind, NewTicket, Priority, TicketId};
use kit::db::Db;
use serde_json::{Value, json};
use tandem_core::actor::Actor;
use tandem_core::permissions::Role;
use testkit::on_both;

use crate::world::{Call, WORLD, World};

fn actor(world: &World, role: Role) -> Actor {
    world.ours.agent(role).actor(world.ours.workspace.id)
}

async fn open(db: &Db, actor: &Actor) -> TicketId {
    let actor = actor.clone();
    let new = NewTicket {
        subject: "Exports stop".to_owned(),
        body: "Every export ends after 10,000 rows.".to_owned(),
        ..NewTicket::default()
    };
    let opened = db.write(move |tx| tickets::open(tx, &actor, &new)).await;
    opened.unwrap().id
}

async fn raises(db: &Db, actor: &Actor, body: &str) -> Reply {
    let actor = actor.clone();
    let text = ReplyText {
        name: "Raise".to_owned(),
        folder: String::new(),
        body: body.to_owned(),
        is_note: false,
        audience: Audience::Own(actor.agent().unwrap()),
        changes: vec![(Field::Priority, "urgent".to_owned())],
    };
    db.write(move |tx| replies::add(tx, &actor, &text)).await.unwrap()
}

on_both! { WORLD;
    async fn a_ticket_opens_beside_whatever_view_its_address_names(db: TestDb) {
        let world = World::new(&db).await;
        let (ada, sam) = (actor(&world, Role::Admin), actor(&world, Role::SupportAgent));
        let ticket = open(&db, &sam).await;
        let text = ViewText {
            name: "For me alone".to_owned(),
            audience: Audience::Own(ada.agent().unwrap()),
            conditions: Conditions::default(),
            order: Order::Newest,
        };
        let adding = ada.clone();
        let view = db.write(move |tx| own_views::add(tx, &adding, &text)).await.unwrap();
        let page = async |role: Role| {
            let path = format!("/tickets/{ticket}?view={}", view.id);
            world.ask(Call::get(path).key(world.ours.key(role)).html()).await
        };
        assert!(page(Role::Admin).await.text().contains("For me alone"));
        let others = page(Role::SupportAgent).await;
        assert_eq!(others.status, StatusCode::OK);
        assert!(!others.text().contains("For me alone"));
        db.write(move |tx| own_views::remove(tx, &ada, view.id)).await.unwrap();
        assert_eq!(page(Role::Admin).await.status, StatusCode::OK);
    }

    async fn only_a_macro_that_is_there_and_writes_nothing_changes_many(db: TestDb) {
        let world = World::new(&db).await;
        let sam = actor(&world, Role::SupportAgent);
        let ticket = open(&db, &sam).await;
        let (gone, wordy, there) = (raises(&db, &sam, "").await, raises(&db, &sam, "We hurry.").await, raises(&db, &sam, "").await);
        let (remover, id) = (sam.clone(), gone.id);
        db.write(move |tx| replies::remove(tx, &remover, id)).await.unwrap();
        for (reply, priority) in [(gone, Priority::Normal), (wordy, Priority::Normal), (there, Priority::Urgent)] {
            let form = format!("view=all&ticket={ticket}&macro={}", reply.id);
            let call = Call::new(Method::POST, "/tickets/bulk").key(world.ours.key(Role::SupportAgent)).html().form(form);
            assert_eq!(world.ask(call).await.status, StatusCode::SEE_OTHER);
            let reader = sam.clone();
            let now = db.read(move |tx| tickets::find(tx, &reader, ticket)).await.unwrap().unwrap();
            assert_eq!(now.priority, priority);
        }
    }

    async fn what_is_sent_into_a_merged_ticket_takes_nothing_from_what_is_begun_in_the_other(db: TestDb) {
        let world = World::new(&db).await;
        let sam = actor(&world, Role::SupportAgent);
        let (into, merged) = (open(&db, &sam).await, open(&db, &sam).await);
        let begun = sam.clone();
        db.write(move |tx| {
            connections::connect(tx, &begun, (merged, into), Joint::Merged)?;
            let draft = NewDraft { kind: MessageKind::Reply, body: "Dear Leyla".to_owned(), html: None, form: None };
            drafts::save(tx, &begun, into, &draft)
        })
        .await
        .unwrap();
        for (sent, kept) in [("And", "Dear Leyla\n\nAnd"), ("Dear+Leyla%0A%0AAnd+so+on", "Dear Leyla\n\nAnd so on")] {
            let path = format!("/tickets/{merged}/messages");
            let call = Call::new(Method::POST, path).key(world.ours.key(Role::SupportAgent)).html();
            let answer = world.ask(call.form(format!("mode=reply&body={sent}"))).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
            let reader = sam.clone();
            let draft = db.read(move |tx| drafts::mine(tx, &reader, into)).await.unwrap();
            assert_eq!(draft.unwrap().body, kept);
        }
    }

    async fn whoever_is_slower_at_a_field_is_told_who_was_faster_and_nothing_else_is_touched(db: TestDb) {
        let world = World::new(&db).await;
        let sam = actor(&world, Role::SupportAgent);
        let ticket = open(&db, &sam).await;
        let send = async |role: Role, body: &str| {
            let call = Call::new(Method::POST, format!("/tickets/{ticket}/fields")).key(world.ours.key(role));
            world.ask(call.header("accept", "application/problem+json").form(body.to_owned())).await
        };
        let now = async || {
            let reader = sam.clone();
            let ticket = db.read(move |tx| tickets::find(tx, &reader, ticket)).await.unwrap().unwrap();
            (ticket.status.as_str(), ticket.priority.as_str())
        };
        assert_eq!(send(Role::SupportAgent, "seen_status=open&status=solved").await.status, StatusCode::SEE_OTHER);
        let slower = send(Role::Admin, "seen_status=open&status=waiting&seen_priority=normal&priority=urgent").await;
        assert_eq!(slower.status, StatusCode::CONFLICT);
        let told = slower.json()["told"].as_str().unwrap().to_owned();
        assert!(told.contains("Northwind support_agent") && told.contains("Solved"), "{told}");
        assert_eq!(now().await, ("solved", "normal"), "all of it or nothing");
        // What stands there as it was seen is not sent to be changed; who wants what stands there already is not in conflict.
        assert_eq!(send(Role::Admin, "seen_status=open&status=open&seen_priority=normal&priority=urgent").await.status, StatusCode::SEE_OTHER);
        assert_eq!(send(Role::Admin, "seen_status=open&status=solved").await.status, StatusCode::SEE_OTHER);
        assert_eq!(now().await, ("solved", "urgent"));
        // One's own change is no news, and a form that has not seen anything changes what it says.
        assert_eq!(send(Role::Admin, "seen_priority=normal&priority=low").await.status, StatusCode::SEE_OTHER);
        assert_eq!(send(Role::SupportAgent, "status=open").await.status, StatusCode::SEE_OTHER);
        assert_eq!(now().await, ("open", "low"));
        // Where one's own change comes first, that of somebody else behind it is told all the same.
        let body = "seen_status=solved&status=waiting&seen_priority=normal&priority=urgent";
        let mixed = send(Role::SupportAgent, body).await;
        assert_eq!(mixed.status, StatusCode::CONFLICT, "{}", mixed.text());
        assert!(mixed.json()["told"].as_str().unwrap().contains("Northwind admin"), "{}", mixed.text());
        assert_eq!(now().await, ("open", "low"));
    }

    async fn words_with_formatting_show_it_and_nothing_of_them_runs(db: TestDb) {
        let world = World::new(&db).await;
        let sam = actor(&world, Role::SupportAgent);
        let ticket = open(&db, &sam).await;
        let key = world.ours.key(Role::SupportAgent);
        let html = "%3Cp%20onclick%3D%22x()%22%3ETry%20%3Cb%3Ethis%3C%2Fb%3E%3Cimg%20src%3Dx%20onerror%3Dx()%3E%3C%2Fp%3E%3Cul%3E%3Cli%3Eone%3C%2Ful%3E%3Ca%20href%3D%22javascript%3Ax()%22%3Ehere%3C%2Fa%3E";
        let form = format!("mode=reply&body=Try+this&html={html}");
        let sent = world.ask(Call::new(Method::POST, format!("/tickets/{ticket}/messages")).key(key).html().form(form)).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        let page = world.ask(Call::get(format!("/tickets/{ticket}")).key(key).html()).await.text();
        assert!(page.contains("<p>Try <strong>this</strong></p><ul><li>one</li></ul><p>here</p>"), "{page}");
        assert!(!page.contains("onerror") && !page.contains("javascript:"), "{page}");
        let path = format!("/api/v1/tickets/{ticket}/messages");
        let listed = world.ask(Call::get(path.clone()).key(key)).await.json();
        assert_eq!(listed["items"][0]["html"], "<p>Try <strong>this</strong></p><ul><li>one</li></ul><p>here</p>");
        let both = json!({ "kind": "note", "body": "one", "html": "<p>one</p>" });
        let refused = world.ask(Call::new(Method::POST, path.clone()).key(key).json(&both)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
        let note = json!({ "kind": "note", "html": "<blockquote><p>&lt;script&gt;</p></blockquote>" });
        let made = world.ask(Call::new(Method::POST, path.clone()).key(key).json(&note)).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        assert_eq!(made.json()["body"], "> <script>");
        assert_eq!(made.json()["html"], "<blockquote><p>&lt;script&gt;</p></blockquote>");
        let plain = world.ask(Call::new(Method::POST, path).key(key).json(&json!({ "kind": "note", "html": "<p>one</p>" }))).await;
        assert_eq!((&plain.json()["body"], &plain.json()["html"]), (&json!("one"), &Value::Null));
    }

    async fn a_draft_with_formatting_comes_back_into_its_composer(db: TestDb) {
        let world = World::new(&db).await;
        let sam = actor(&world, Role::SupportAgent);
        let ticket = open(&db, &sam).await;
        let key = world.ours.key(Role::SupportAgent);
        let form = "mode=reply&body=Try+this&html=%3Cp%3ETry%20%3Ci%3Ethis%3C%2Fi%3E%3C%2Fp%3E";
        let kept = world.ask(Call::new(Method::POST, format!("/tickets/{ticket}/draft")).key(key).html().form(form)).await;
        assert_eq!(kept.status, StatusCode::NO_CONTENT, "{}", kept.text());
        let page = world.ask(Call::get(format!("/tickets/{ticket}")).key(key).html()).await.text();
        let (_, field) = page.split_once("name=\"html\" value=\"").expect("the field is there");
        let (value, _) = field.split_once('"').expect("it ends");
        assert!(value.contains("em") && !value.contains('<'), "{value}");
        let listed = world.ask(Call::get(format!("/api/v1/tickets/{ticket}/draft")).key(key)).await.json();
        assert_eq!(listed["html"], "<p>Try <em>this</em></p>");
    }

    async fn a_preview_reads_no_text_that_could_not_be_stored(db: TestDb) {
        let world = World::new(&db).await;
        open(&db, &actor(&world, Role::SupportAgent)).await;
        let preview = async |body: &str| {
            let call = Call::new(Method::POST, "/settings/replies/preview").key(world.ours.key(Role::SupportAgent)).html();
            world.ask(call.form(format!("name=x&body={body}"))).await
        };
        let shown = preview("%7B%7B+ticket.subject+%7D%7D+or").await;
        assert!(shown.status == StatusCode::OK && shown.text().contains("Exports stop or"), "{}", shown.text());
        let refused = preview(&format!("%7B%7B+1{}+%7D%7D", "-1".repeat(200_000))).await;
        assert!(refused.text().contains("The text is too long"));
        let refused = preview(&format!("%7B%7B+1{}+%7D%7D", "-1".repeat(2_000))).await;
        assert!(refused.text().contains("too tangled"));
    }
}
