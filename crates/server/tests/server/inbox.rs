//! The inbox through its addresses: what others' views, gone macros and merges do to what is on a page.

use std::sync::Arc;
use std::time::Duration;

use axum::http::{Method, StatusCode};
use desk::mailboxes::{self, MailboxText, Outgoing, Protection, ServerText};
use desk::outbox::{self, MailState, Parcel};
use desk::own_views::{self, Conditions, Order, ViewText};
use desk::replies::{self, Audience, Reply, ReplyText};
use desk::tickets::connections::{self, Joint};
use desk::tickets::details::rules::{self, Rule};
use desk::tickets::drafts::{self, NewDraft};
use desk::tickets::extras::Extras;
use desk::tickets::files::{self, FileId, NewFile};
use desk::tickets::nouns::NOUN;
use desk::tickets::sending::FormId;
use desk::tickets::{
    self, Field, MessageId, MessageKind, NewMessage, NewTicket, Priority, TicketError, TicketId,
};
use kit::blob::Blobs;
use kit::db::{Db, DbError};
use serde_json::{Value, json};
use tandem_core::actor::Actor;
use tandem_core::fields::{FieldKind, FieldText};
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
        words: std::collections::BTreeMap::new(),
        is_note: false,
        audience: Audience::Own(actor.agent().unwrap()),
        changes: vec![(Field::Priority, "urgent".to_owned())],
        extras: Extras::default(),
    };
    db.write(move |tx| replies::add(tx, &actor, &text)).await.unwrap()
}

async fn sends(db: &Db, world: &World) {
    let text = MailboxText {
        name: "Answers".to_owned(),
        address: "answers@desk.example".to_owned(),
        outgoing: Outgoing::Smtp,
        smtp: ServerText {
            host: "localhost".to_owned(),
            port: 1,
            protection: Protection::Plain,
            ..ServerText::default()
        },
        ..MailboxText::default()
    };
    let system = world.ours.system();
    db.write(move |tx| mailboxes::create(tx, &system, &text).map(drop))
        .await
        .unwrap();
}

/// A message with a file.
async fn brings(db: &Db, actor: &Actor, id: TicketId, kind: MessageKind, name: &'static str) -> FileId {
    let blobs: Arc<Blobs> = db.attached().unwrap();
    let stored = blobs.put_bytes("a,b\n1,2\n".into()).await.unwrap();
    let actor = actor.clone();
    let kept = db.write(move |tx| {
        let new = NewMessage {
            kind,
            body: format!("See {name}."),
            html: None,
            seen: None,
            then: None,
            files: Vec::new(),
        };
        let (_, message) = tickets::write(tx, &actor, id, &new)?;
        let file = NewFile {
            message: Some(message.id),
            ..NewFile::waiting(id, name, stored.clone())
        };
        Ok::<_, TicketError>(files::keep(tx, &actor, &file)?.id)
    });
    kept.await.unwrap()
}

/// The mails of side conversations, the newest first.
async fn mails(db: &Db, actor: &Actor) -> Vec<Parcel> {
    let actor = actor.clone();
    let found = db.read(move |tx| outbox::list(tx, &actor, (None, None), 50));
    let mut found = found.await.unwrap();
    found.retain(|parcel| parcel.mail.side.is_some());
    found
}

fn fields(fields: &[(&str, &str)]) -> String {
    let part = |(name, value): &(&str, &str)| {
        format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let parts: Vec<String> = fields.iter().map(part).collect();
    format!("{}--x--\r\n", parts.concat())
}

on_both! { WORLD;
    async fn who_solves_is_asked_for_what_is_to_be_filled_in_and_loses_nothing(db: TestDb) {
        let world = World::new(&db).await;
        let sam = actor(&world, Role::SupportAgent);
        let ticket = open(&db, &sam).await;
        let system = world.ours.system();
        let field = db.write(move |tx| {
            let text = FieldText { label: "Cause".to_owned(), ..FieldText::default() };
            let field = tandem_core::fields::add(tx, &system, &NOUN, FieldKind::Text, &text).unwrap();
            let rule = Rule { is_before_solving: true, ..Rule::default() };
            rules::set(tx, &system, field.id, &rule).unwrap();
            Ok::<_, DbError>(field.id)
        });
        field.await.unwrap();
        let send = async |path: String, form: &str| {
            let call = Call::new(Method::POST, path).key(world.ours.key(Role::SupportAgent)).html();
            world.ask(call.form(form.to_owned())).await
        };
        let solves = "mode=reply&body=It+works+again.&then=solved";
        let asked = send(format!("/tickets/{ticket}/messages"), solves).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = asked.text();
        assert!(page.contains("name=\"f.cause\"") && page.contains("It works again.</textarea>"), "{page}");
        let asked = send(format!("/tickets/{ticket}/fields"), "status=solved&view=open").await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = asked.text();
        assert!(page.contains("name=\"f.cause\"") && page.contains("name=\"status\" value=\"solved\""), "{page}");

        let call = Call::get(format!("/api/v1/tickets/{ticket}")).key(world.ours.key(Role::SupportAgent));
        assert_eq!(world.ask(call).await.json()["status"], "open");
        let done = send(format!("/tickets/{ticket}/messages"), &format!("{solves}&f.cause=A+full+disk")).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let call = Call::get(format!("/api/v1/tickets/{ticket}")).key(world.ours.key(Role::SupportAgent));
        assert_eq!(world.ask(call).await.json()["status"], "solved");
        let call = Call::get(format!("/api/v1/tickets/{ticket}/fields")).key(world.ours.key(Role::SupportAgent));
        assert_eq!(world.ask(call).await.json()["fields"]["cause"], "A full disk");
    }

    async fn a_forward_that_is_taken_back_is_begun_again_with_all_that_it_had(db: TestDb) {
        let world = World::new(&db).await;
        let sam = actor(&world, Role::SupportAgent);
        sends(&db, &world).await;
        let ticket = open(&db, &sam).await;
        let first = brings(&db, &sam, ticket, MessageKind::Inbound, "rows.csv").await.to_string();
        brings(&db, &sam, ticket, MessageKind::Inbound, "rows.csv").await;
        brings(&db, &sam, ticket, MessageKind::Note, "secret.csv").await;
        let show = async |path: String| {
            let answer = world.ask(Call::get(path).key(world.ours.key(Role::SupportAgent)).html()).await;
            assert_eq!(answer.status, StatusCode::OK);
            answer.text()
        };
        let send = async |path: &str, body: String| {
            let call = Call::new(Method::POST, path).key(world.ours.key(Role::SupportAgent)).html();
            let answer = world.ask(call.parts(body, "x")).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
            answer.headers["location"].to_str().unwrap().to_owned()
        };
        // The newest message has the file for the second time.
        let form = show(format!("/tickets/{ticket}/sides/new?from=newest")).await;
        assert!(form.contains(&format!("value=\"{first}\" checked")), "{form}");
        assert!(!form.contains("secret.csv"), "what goes with notes is ours alone");

        let sent: FormId = db.read(|tx| Ok::<_, DbError>(tx.new_id())).await.unwrap();
        let (sent, to) = (sent.to_string(), format!("/tickets/{ticket}/sides"));
        let typed = fields(&[
            ("form", &sent), ("to", "service@fixit.example"), ("subject", "A file"), ("body", ""), ("quoted", "See rows.csv."),
            ("file", &first),
        ]);
        for _ in 0..2 {
            send(&to, typed.clone()).await;
        }
        let all = mails(&db, &sam).await;
        assert_eq!(all.len(), 1);
        let mail = &all[0].mail;
        let listed = world.ask(Call::get("/api/v1/outgoing-mails").key(world.ours.key(Role::SupportAgent))).await.json();
        let side_of = |items: &Value| items[0]["side_conversation"].as_str().map(str::to_owned);
        assert_eq!(side_of(&listed["items"]), mail.side.map(|side| side.to_string()), "{listed}");
        let back = send(&format!("/settings/outgoing/{}/withdrawal", mail.id), String::new()).await;
        let side = mail.side.unwrap();
        assert_eq!(back, format!("/tickets/sides/{side}?words={}", mail.message));
        let again = show(back).await;
        assert!(again.contains("name=\"quoted\"") && again.contains("See rows.csv.</textarea>"), "{again}");
        assert!(again.contains(&format!("value=\"{first}\" checked")), "{again}");
        let typed_again = fields(&[("to", "service@fixit.example"), ("body", ""), ("quoted", "See rows.csv.")]);
        send(&format!("/tickets/sides/{side}/messages"), typed_again).await;
        assert!(mails(&db, &sam).await[0].mail.body.contains("> See rows.csv."));

        // The form that was taken back is sent anew, and once.
        for _ in 0..2 {
            send(&to, typed.clone()).await;
        }
        let states: Vec<MailState> = mails(&db, &sam).await.iter().map(|parcel| parcel.mail.state).collect();
        assert_eq!(states, [MailState::Waiting, MailState::Waiting, MailState::Withdrawn]);
    }

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

    async fn a_program_answers_no_message_that_it_has_not_seen_unless_it_insists(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &actor(&world, Role::SupportAgent)).await;
        let path = format!("/api/v1/tickets/{ticket}/messages");
        let send = async |role: Role, body: Value| {
            world.ask(Call::new(Method::POST, path.clone()).key(world.ours.key(role)).json(&body)).await
        };
        let unseen = send(Role::Admin, json!({ "kind": "reply", "body": "Try it." })).await;
        assert_eq!(unseen.status, StatusCode::CONFLICT, "{}", unseen.text());
        assert!(unseen.json()["type"].as_str().unwrap().ends_with("ticket-overtaken"), "{}", unseen.text());
        let noted = send(Role::Admin, json!({ "kind": "note", "body": "We try." })).await;
        assert_eq!(noted.status, StatusCode::CREATED, "notes wait for nothing");
        let all = world.ask(Call::get(path.clone()).key(world.ours.key(Role::Admin))).await.json();
        let messages = all["items"].as_array().unwrap();
        let seen = messages.iter().find(|message| message["kind"] == "inbound").unwrap()["id"].clone();
        let answered = send(Role::Admin, json!({ "kind": "reply", "body": "Try it.", "seen": seen })).await;
        assert_eq!(answered.status, StatusCode::CREATED, "{}", answered.text());
        let late = send(Role::SupportAgent, json!({ "kind": "reply", "body": "Try it.", "seen": seen })).await;
        assert_eq!(late.status, StatusCode::CONFLICT, "somebody else has answered");
        let insists = send(Role::SupportAgent, json!({ "kind": "reply", "body": "Try it.", "force": true })).await;
        assert_eq!(insists.status, StatusCode::CREATED, "{}", insists.text());
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

    async fn every_message_of_a_long_ticket_is_within_reach(db: TestDb) {
        let world = World::new(&db).await;
        let sam = actor(&world, Role::SupportAgent);
        let ticket = open(&db, &sam).await;
        let ids: Vec<MessageId> = db
            .write(move |tx| {
                let mut ids = Vec::new();
                for number in 0..75 {
                    let note = NewMessage { kind: MessageKind::Note, body: format!("Line {number}."), html: None, seen: None, then: None, files: Vec::new() };
                    ids.push(tickets::write(tx, &sam, ticket, &note)?.1.id);
                }
                Ok::<_, TicketError>(ids)
            })
            .await
            .unwrap();
        let page = async |query: String| {
            let call = Call::get(format!("/tickets/{ticket}?{query}")).key(world.ours.key(Role::Admin)).html();
            world.ask(call).await.text()
        };
        let shows = |page: &str, id: MessageId| page.contains(&format!("id=\"{id}\""));
        let newest = page(String::new()).await;
        assert!(shows(&newest, ids[74]) && shows(&newest, ids[15]) && !shows(&newest, ids[14]));
        let since = newest.split("since=").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let longer = page(format!("since={since}")).await;
        assert!(shows(&longer, ids[0]) && shows(&longer, ids[74]) && !longer.contains("since="));
        // What a link names is there with what stands around it, and what it does not name changes nothing.
        let named = page(format!("message={}", ids[12])).await;
        assert!(shows(&named, ids[12]) && shows(&named, ids[2]) && !shows(&named, ids[1]) && shows(&named, ids[74]));
        assert!(!shows(&page(format!("message={}", ids[70])).await, ids[14]));
    }

    async fn who_is_done_with_a_ticket_of_a_list_goes_on_as_they_wish(db: TestDb) {
        let world = World::new(&db).await;
        let (sam, key) = (actor(&world, Role::SupportAgent), world.ours.key(Role::SupportAgent));
        let mut ids = Vec::new();
        for _ in 0..4 {
            ids.push(open(&db, &sam).await);
            db.clock().advance(Duration::from_secs(60));
        }
        let send = async |path: String, form: &str| {
            let call = Call::new(Method::POST, path).key(key).html().form(form.to_owned());
            let answer = world.ask(call).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
            answer.headers["location"].to_str().unwrap().to_owned()
        };
        let fields = |id: TicketId| format!("/tickets/{id}/fields");
        let place = |id: TicketId| format!("/tickets/{id}?view=open");
        let solved = "view=open&onward=yes&status=solved";
        assert_eq!(send(fields(ids[2]), solved).await, place(ids[1]), "the next below");
        assert_eq!(send(fields(ids[0]), solved).await, format!("/tickets/{}?view=open", world.ours.ticket), "the oldest");
        assert_eq!(send(format!("/tickets/{}/fields", world.ours.ticket), solved).await, place(ids[3]), "the first again after the last");
        assert_eq!(send(fields(ids[3]), "view=open&onward=yes&priority=high").await, place(ids[3]), "only when it is solved");
        assert_eq!(send(fields(ids[0]), "view=open&status=open").await, place(ids[0]));
        assert_eq!(send(fields(ids[0]), "view=open&status=solved").await, place(ids[0]), "only from a list");
        let message = format!("/tickets/{}/messages", ids[3]);
        let reply = "view=open&onward=yes&mode=reply&then=solved&body=It+is+repaired.";
        assert_eq!(send(message, reply).await, place(ids[1]));
        let wish = Call::new(Method::POST, "/preferences").key(key).form("after=list");
        assert_eq!(world.ask(wish).await.status, StatusCode::NO_CONTENT);
        assert_eq!(send(fields(ids[1]), solved).await, "/inbox/open");
    }

    async fn a_list_shows_what_is_unread_and_only_that_where_one_asks(db: TestDb) {
        let world = World::new(&db).await;
        let sam = actor(&world, Role::SupportAgent);
        let (ticket, other) = (open(&db, &sam).await, open(&db, &sam).await);
        let key = world.ours.key(Role::Admin);
        let list = async |query: &str| world.ask(Call::get(format!("/inbox/open{query}")).key(key).html()).await.text();
        let unread = async || list("").await.matches("ticket-row unread").count();
        let send = async |method: Method, path: String| world.ask(Call::new(method, path).key(key).form("view=open&doing=viewing")).await.status;
        assert_eq!(unread().await, 3, "with one of the office");
        assert_eq!(send(Method::POST, format!("/tickets/{ticket}/presence")).await, StatusCode::OK);
        assert_eq!(unread().await, 2);
        let only = list("?unread=only").await;
        assert!(only.contains(&format!("row-{other}")) && !only.contains(&format!("row-{ticket}")));
        assert_eq!(send(Method::POST, format!("/tickets/{ticket}/unread")).await, StatusCode::SEE_OTHER);
        assert_eq!(unread().await, 3);
        assert!(send(Method::DELETE, format!("/api/v1/tickets/{ticket}/unread")).await.is_success());
        assert_eq!(unread().await, 2);
        assert!(send(Method::PUT, format!("/api/v1/tickets/{ticket}/unread")).await.is_success());
        assert_eq!(unread().await, 3);
    }

    async fn what_is_dear_to_make_asks_for_a_pause_between_two_refreshes(db: TestDb) {
        let world = World::new(&db).await;
        let page = async |path: &str| world.ask(Call::get(path).key(world.ours.key(Role::Admin)).html()).await.text();
        assert!(page("/reports/support").await.contains("<meta name=\"live-pause\" content=\"30\">"));
        assert!(!page("/inbox/open").await.contains("live-pause"));
    }

    async fn a_mail_unfolds_below_its_message_as_it_was_sent_and_with_what_it_quotes(db: TestDb) {
        let world = World::whole(&db).await;
        let key = world.ours.key(Role::Admin);
        let page = async |path: String| world.ask(Call::get(path).key(key).html()).await.text();
        let mails = world.ask(Call::get("/api/v1/mails?state=placed").key(key)).await.json();
        let (mut looks, mut rests) = (0, 0);
        for mail in mails["items"].as_array().unwrap() {
            let (id, ticket) = (mail["id"].as_str().unwrap(), mail["ticket"].as_str().unwrap_or_default());
            let conversation = page(format!("/tickets/{ticket}")).await;
            if conversation.contains(&format!("src=\"/mails/{id}/sheet\"")) {
                looks += 1;
                let sheet = page(format!("/mails/{id}/sheet")).await;
                assert!(sheet.contains(&format!("<turbo-frame id=\"sheet-{id}\">")), "{sheet}");
                assert!(sheet.contains(&format!("src=\"/mails/{id}/look\"")), "{sheet}");
            }
            if conversation.contains(&format!("src=\"/mails/{id}/rest\"")) {
                rests += 1;
                let rest = page(format!("/mails/{id}/rest")).await;
                assert!(rest.contains("&gt; since the last update our logo"), "{rest}");
            }
        }
        assert!(looks > 0 && rests > 0, "{looks} {rests}");
        let none = world.ask(Call::get("/mail-pictures/no-such-link".to_owned()).html()).await;
        assert_eq!(none.status, StatusCode::NOT_FOUND);
    }

    async fn a_ticket_is_opened_for_an_address_that_nobody_knew_and_one_of_two_accounts_is_chosen(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::Admin);
        let mut twins = Vec::new();
        for _ in 0..2 {
            let made = Call::new(Method::POST, "/api/v1/accounts").key(key).json(&json!({ "name": "Twin" }));
            twins.push(world.ask(made).await.json()["id"].as_str().unwrap().to_owned());
        }
        let open = |more: &str| {
            let form = format!("from=customer&subject=Late&body=Help&channel=phone&priority=low&kind=problem&address=tom%40new.example&name=Tom+Ro{more}");
            Call::new(Method::POST, "/tickets").key(key).html().form(form)
        };
        let asked = world.ask(open("&account=Twin")).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
        for twin in &twins {
            assert!(asked.text().contains(twin.as_str()));
        }
        let opened = world.ask(open(&format!("&account=Twin&account_id={}", twins[1]))).await;
        assert_eq!(opened.status, StatusCode::SEE_OTHER);
        let newest = world.ask(Call::get("/api/v1/tickets?limit=1").key(key)).await.json();
        let ticket = &newest["items"][0];
        assert_eq!(ticket["account"].as_str(), Some(twins[1].as_str()));
        let contact = format!("/api/v1/contacts/{}", ticket["contact"].as_str().unwrap());
        assert_eq!(world.ask(Call::get(contact).key(key)).await.json()["name"], "Tom Ro");
    }
}
