//! Search at its addresses: the page, the palette's answers, the API, the settings.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::Method;
use desk::mailboxes::{self, MailboxText, Outgoing, Protection, ServerText};
use desk::tickets::{self, MessageKind, NewMessage, TicketError};
use kit::db::DbError;
use serde_json::json;
use server::{routes, wiring};
use tandem_core::contacts::{self, ContactText};
use tandem_core::doors::Secret;
use tandem_core::permissions::{Permission, PermissionSet, Role};
use tandem_core::tags::{self, Colour, TagText};
use tandem_core::tokens::{self, TokenText};
use testkit::on_both;

use crate::access::hire;
use crate::world::{Call, WORLD, World, settle};

async fn indexed(db: &testkit::TestDb) -> World {
    let world = World::new(db).await;
    world.app.search.catch_up(db).await.unwrap();
    world
}

/// A mailbox by which others are asked.
fn sending() -> MailboxText {
    MailboxText {
        name: "Answers".into(),
        address: "answers@desk.example".into(),
        outgoing: Outgoing::Smtp,
        smtp: ServerText {
            host: "localhost".into(),
            port: 1,
            protection: Protection::Plain,
            ..ServerText::default()
        },
        ..MailboxText::default()
    }
}

/// How many of each kind a program with this key is told of, and finds.
async fn counted(world: &World, key: &Secret, text: &str) -> BTreeMap<String, u64> {
    let path = format!("/api/v1/search?q={text}&limit=200");
    let found = world.ask(Call::get(path).key(key)).await.json();
    let mut items: BTreeMap<String, u64> = BTreeMap::new();
    for item in found["items"].as_array().unwrap() {
        *items
            .entry(item["kind"].as_str().unwrap().to_owned())
            .or_default() += 1;
    }
    let counts = found["counts"].as_array().unwrap().iter();
    let counts = counts.map(|one| {
        (
            one["kind"].as_str().unwrap().to_owned(),
            one["count"].as_u64().unwrap(),
        )
    });
    assert_eq!(
        counts.filter(|(_, count)| *count > 0).collect::<BTreeMap<_, _>>(),
        items,
        "{text}"
    );
    items
}

on_both! { WORLD;
    async fn the_page_marks_what_was_found_and_escapes_what_was_typed(db: TestDb) {
        let world = indexed(&db).await;
        let key = world.ours.key(Role::SupportAgent);
        let page = world.ask(Call::get("/search?q=custom").key(key).html()).await.text();
        assert!(page.contains("Northwind <mark>Customer</mark>"), "{page}");
        let id = world.ours.account.id;
        assert!(page.contains(&format!("href=\"/accounts/{id}\"")), "{page}");
        let page = world.ask(Call::get("/search?q=custom+%3Cb%3E").key(key).html()).await.text();
        assert!(page.contains("custom &#60;b&#62;") && !page.contains("custom <b>"), "{page}");
    }

    async fn what_is_no_filter_is_said_and_a_misspelling_put_right(db: TestDb) {
        let world = indexed(&db).await;
        let key = world.ours.key(Role::Admin);
        let page = world.ask(Call::get("/search?q=is:opne+northwind").key(key).html()).await.text();
        assert!(page.contains("“opne” was left out"), "{page}");
        let page = world.ask(Call::get("/search?q=northwynd").key(key).html()).await.text();
        assert!(page.contains("/search?q=northwind"), "{page}");
    }

    async fn other_workspaces_are_found_nowhere(db: TestDb) {
        let world = indexed(&db).await;
        let key = world.ours.key(Role::Admin);
        for path in ["/search?q=", "/search/palette?q=", "/api/v1/search?q="] {
            for typed in ["elsewhere", "elsewere", "customer", "kind:account", "is:active"] {
                let answer = world.ask(Call::get(format!("{path}{typed}")).key(key).html()).await.text();
                assert!(!answer.contains("Elsewhere"), "{path}{typed}");
            }
        }
    }

    async fn a_long_ticket_is_found_by_its_first_request_and_by_its_newest_words(db: TestDb) {
        let world = indexed(&db).await;
        let key = world.ours.key(Role::Admin);
        let ticket = world.ours.ticket;
        let (system, words) = (world.ours.system(), |n: usize| match n {
            0 => "zeppelin".to_owned(),
            79 => "gyroscope".to_owned(),
            n => format!("Well {n}"),
        });
        db.write(move |tx| {
            for n in 0..80 {
                let note = NewMessage { kind: MessageKind::Note, body: words(n), html: None, seen: None, then: None, files: Vec::new() };
                tickets::write(tx, &system, ticket, &note)?;
            }
            Ok::<_, TicketError>(())
        })
        .await
        .unwrap();
        settle(&db).await;
        world.app.search.catch_up(&db).await.unwrap();
        for typed in ["zeppelin", "gyroscope"] {
            let path = format!("/api/v1/search?q=kind:ticket+{typed}");
            let found = world.ask(Call::get(path).key(key)).await.json();
            assert_eq!(found["items"][0]["id"], json!(ticket.to_string()), "{typed}");
        }
    }

    async fn tickets_are_found_by_whom_they_are_from_by_account_tag_and_state(db: TestDb) {
        let world = indexed(&db).await;
        let key = world.ours.key(Role::Admin);
        let (ticket, contact) = (world.ours.ticket, world.ours.contact);
        let tags = Call::new(Method::PUT, format!("/api/v1/tickets/{ticket}/tags")).key(key);
        world.ask(tags.json(&json!({ "tags": ["Month end"] }))).await;
        settle(&db).await;
        world.app.search.catch_up(&db).await.unwrap();
        let found = async |typed: &str| {
            let path = format!("/api/v1/search?q=kind:ticket+{typed}");
            let found = world.ask(Call::get(path).key(key)).await.json();
            assert_eq!(found["notes"], json!([]), "{typed}");
            let items = found["items"].as_array().unwrap().iter();
            items.map(|item| item["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let ours = vec![ticket.to_string()];
        for typed in [
            "from:person", "from:PERSON@example.com", "from:example.com", "from:%22northwind+person%22", "account:customer",
            "account:%22Northwind+Customer%22", "tag:%22month+end%22", "is:open", "is:open+from:person+request",
            "priority:low", "status:open", "has:attachment",
        ] {
            assert_eq!(found(typed).await, ours, "{typed}");
        }
        for typed in ["from:elsewhere", "from:request", "account:person", "tag:month", "is:solved", "is:closed", "priority:urgent", "team:nobody"] {
            assert_eq!(found(typed).await, [""; 0], "{typed}");
        }
        let text = ContactText { name: "Ada Byron".to_owned(), ..ContactText::default() };
        let (system, tag) = (world.ours.system(), TagText { name: "Quarter end".to_owned(), colour: Colour::default() });
        db.write(move |tx| {
            contacts::change(tx, &system, contact, 1, &text).unwrap();
            let (known, _) = tags::all(tx, system.workspace)?.into_iter().find(|(tag, _)| tag.name == "Month end").unwrap();
            tags::change(tx, &system, known.id, known.version, &tag).unwrap();
            Ok::<_, DbError>(())
        })
        .await
        .unwrap();
        settle(&db).await;
        world.app.search.catch_up(&db).await.unwrap();
        for typed in ["from:byron", "tag:%22quarter+end%22"] {
            assert_eq!(found(typed).await, ours, "{typed}");
        }
        for typed in ["from:northwind", "tag:%22month+end%22"] {
            assert_eq!(found(typed).await, [""; 0], "what had another name: {typed}");
        }
    }

    async fn a_filter_finds_out_no_name_that_one_may_not_see(db: TestDb) {
        let world = indexed(&db).await;
        let system = world.ours.system();
        let text = TokenText {
            name: "Tickets".into(),
            agent: Some(world.ours.spare),
            scopes: [Permission::TicketsRead].into_iter().collect(),
            days: None,
        };
        let (_, secret) = db.write(move |tx| tokens::make(tx, &system, &text)).await.unwrap();
        let ask = async |typed: &str| {
            let call = Call::get(format!("/api/v1/search?q={typed}"));
            world.ask(call.header("authorization", format!("Bearer {secret}"))).await.json()
        };
        let ticket = ask("request").await;
        assert_eq!(ticket["items"][0]["id"], world.ours.ticket.to_string());
        assert_eq!(ticket["items"][0]["flags"], json!(["is:open"]), "and its flags name nobody");
        for filter in ["from", "account", "tag"] {
            let asked = ask(&format!("request+{filter}:person")).await;
            assert_eq!((&asked["notes"][0]["code"], &asked["notes"][0]["filter"]), (&json!("no-filter"), &json!(filter)));
        }
    }

    async fn the_palette_offers_what_the_person_may_do(db: TestDb) {
        let world = indexed(&db).await;
        for (role, steps) in [
            (Role::SuccessLead, vec!["Edit account", "Close account"]),
            (Role::SupportAgent, vec!["Edit account"]),
            (Role::ProductManager, vec![]),
        ] {
            let call = Call::get("/search/palette?q=northwind+customer").key(world.ours.key(role));
            let found: serde_json::Value = serde_json::from_str(&world.ask(call).await.text()).unwrap();
            let groups = found["groups"].as_array().unwrap().iter();
            let mut items = groups.flat_map(|group| group["items"].as_array().unwrap());
            let account = items.find(|item| item["path"].as_str().unwrap().starts_with("/accounts/acc_")).unwrap();
            let offered: Vec<_> = account["steps"].as_array().unwrap().iter().map(|step| step["title"].clone()).collect();
            assert_eq!(offered, steps, "{role}");
        }
    }

    async fn programs_walk_through_all_results(db: TestDb) {
        let world = indexed(&db).await;
        let key = world.ours.key(Role::Admin);
        let (mut path, mut ids) = ("/api/v1/search?q=northwind&limit=2".to_owned(), Vec::new());
        loop {
            let found: serde_json::Value = serde_json::from_str(&world.ask(Call::get(path).key(key)).await.text()).unwrap();
            ids.extend(found["items"].as_array().unwrap().iter().map(|item| item["id"].to_string()));
            let Some(next) = found["next"].as_str() else { break };
            path = format!("/api/v1/search?q=northwind&limit=2&after={next}");
        }
        // The agents of each role, one to spare, an account, its person, its ticket, task, touchpoint, subscription, order, invoice and segment, the product and a playbook.
        let all = Role::ALL.len() + 12;
        assert_eq!(ids.len(), all);
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), all);
        assert_eq!(world.ask(Call::get("/api/v1/search?q=x&after=nonsense").key(key)).await.status, 400);
    }

    async fn who_may_not_see_something_neither_finds_nor_counts_it_anywhere(db: TestDb) {
        let world = indexed(&db).await;
        let told = json!({ "kind": "risk", "account": world.ours.account.id.to_string(), "words": "Northwind looks elsewhere" });
        assert!(world.ask(Call::new(Method::POST, "/api/v1/signals").key(world.ours.key(Role::Admin)).json(&told)).await.status.is_success());
        let sources = wiring::sources();
        let kinds: Vec<_> = sources.iter().collect();
        let one_word = "northwind";
        let (text, system) = (sending(), world.ours.system());
        db.write(move |tx| mailboxes::create(tx, &system, &text)).await.unwrap();
        let path = format!("/api/v1/tickets/{}/side-conversations", world.ours.ticket);
        let side = json!({ "to": ["service@fixit.example"], "subject": "Reader of Northwind", "body": "Can you look?" });
        let call = Call::new(Method::POST, path).key(world.ours.key(Role::Admin)).json(&side);
        assert_eq!(world.ask(call).await.status, 201);
        settle(&db).await;
        world.app.search.catch_up(&db).await.unwrap();
        let everything = hire(&world, "everything", PermissionSet::all()).await;
        let found = counted(&world, &everything, one_word).await;
        for source in &kinds {
            let kind = source.kind;
            assert!(found.contains_key(kind), "the world has no {kind} to find: {found:?}");
            let (lacking, name) = (PermissionSet::all().without([source.needs].into_iter().collect()), Box::leak(format!("no-{kind}").into_boxed_str()));
            let key = hire(&world, name, lacking).await;
            world.app.search.catch_up(&db).await.unwrap();
            let hidden: BTreeSet<&str> = kinds.iter().filter(|other| !lacking.has(other.needs)).map(|other| other.kind).collect();
            let seen = counted(&world, &key, one_word).await;
            assert!(hidden.iter().all(|kind| !seen.contains_key(*kind)), "{name}: {seen:?}");
            // An alert may rest on what this one lacks.
            assert!(seen.iter().filter(|(kind, _)| !["agent", "alert"].contains(&kind.as_str())).all(|(kind, count)| found[kind] == *count), "{name} finds the rest: {seen:?}");

            // Asked for by name there is nothing either, and nothing is put right by words that stand only there.
            let asked = counted(&world, &key, &format!("kind:{kind}+{one_word}")).await;
            assert!(asked.is_empty(), "{name}: {asked:?}");
            for path in ["/search?q=northwind", &format!("/search?q=kind:{kind}+northwind"), "/search/palette?q=northwind", &format!("/search/palette?q=kind:{kind}+northwind")] {
                let answer = world.ask(Call::get(path).key(&key).html()).await.text();
                for source in kinds.iter().filter(|source| hidden.contains(source.kind)) {
                    assert!(!answer.contains(&format!("{}{}_", source.path, source.prefix)), "{name} at {path}: {answer}");
                }
            }
        }
    }

    async fn alerts_are_found_by_whoever_may_see_what_they_rest_on(db: TestDb) {
        let world = World::new(&db).await;
        let admin = world.ours.key(Role::Admin);
        let send = async |method: Method, path: &str, body: serde_json::Value| {
            let made = world.ask(Call::new(method, path).key(admin).header("if-match", "*").json(&body)).await;
            assert!(made.status.is_success(), "{path}: {}", made.text());
            made.json()
        };
        let account = world.ours.account.id.to_string();
        for subject in ["Nothing works", "Still nothing", "Are you there?"] {
            send(Method::POST, "/api/v1/tickets", json!({ "subject": subject, "body": "Help!", "account": account, "priority": "urgent", "channel": "email" })).await;
        }
        send(Method::POST, "/api/v1/signals", json!({ "kind": "risk", "account": account, "words": "They compare us with xylophones" })).await;
        settle(&db).await;
        world.app.search.catch_up(&db).await.unwrap();
        let found = async |key: &Secret, typed: &str| {
            let found = world.ask(Call::get(format!("/api/v1/search?q=kind:alert+{typed}&limit=200")).key(key)).await.json();
            let items = found["items"].as_array().unwrap().iter();
            items.map(|item| item["id"].as_str().unwrap().to_owned()).collect::<BTreeSet<_>>()
        };
        let all = world.ask(Call::get(format!("/api/v1/alerts?account={account}")).key(admin)).await.json();
        let of = |metric: &str| {
            let one = all["items"].as_array().unwrap().iter().find(|one| one["found"][0]["condition"]["metric"] == metric);
            one.unwrap_or_else(|| panic!("no alert of {metric}: {all}"))["id"].as_str().unwrap().to_owned()
        };
        let urgent = of("tickets.urgent");
        let told = found(admin, "xylophones").await;
        assert_eq!(told.len(), 1, "by what somebody told");
        assert!(found(admin, "northwind").await.is_superset(&told), "by the account");
        for typed in ["account:customer", "is:open", "%22urgent+open+tickets%22"] {
            assert!(found(admin, typed).await.contains(&urgent), "{typed}");
        }
        let without = |needs| PermissionSet::all().without([needs].into_iter().collect());
        let blind = hire(&world, "no-tickets", without(Permission::TicketsRead)).await;
        world.app.search.catch_up(&db).await.unwrap();
        assert!(!found(&blind, "northwind").await.contains(&urgent), "who may not see tickets");
        assert_eq!(found(&blind, "xylophones").await, told);

        send(Method::PUT, &format!("/api/v1/alerts/{urgent}/dismissal"), json!({ "reason": "other", "words": "A zeppelin landed on them" })).await;
        settle(&db).await;
        world.app.search.catch_up(&db).await.unwrap();
        assert!(!found(admin, "is:open").await.contains(&urgent));
        for typed in ["is:dismissed", "zeppelin"] {
            assert!(found(admin, typed).await.contains(&urgent), "{typed}");
        }
    }

    async fn while_there_is_no_index_the_page_says_so(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::Admin);
        let page = world.ask(Call::get("/search?q=northwind").key(key).html()).await.text();
        assert!(page.contains("The search index is being built"), "{page}");
        world.ask(Call::new(Method::POST, "/settings/search/rebuilding").key(key)).await;
        let page = world.ask(Call::get("/settings/search").key(key).html()).await.text();
        assert!(page.contains("The index is being rebuilt"), "{page}");
    }
}

#[test]
fn what_is_found_leads_to_a_page_and_its_actions_to_an_address() {
    let table = routes::table();
    let is_served = |method: Method, path: String| {
        let mut rows = table.iter();
        assert!(
            rows.any(|row| row.method == method && row.path == path),
            "{method} {path}"
        );
    };
    for source in wiring::sources().iter() {
        is_served(Method::GET, format!("{}{{id}}", source.path));
        for action in source.actions {
            let method = if action.is_post { Method::POST } else { Method::GET };
            is_served(method, format!("{}{{id}}{}", source.path, action.path));
        }
    }
}
