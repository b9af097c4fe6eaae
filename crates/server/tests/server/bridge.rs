//! Between the two halves: what an agent tells from a ticket becomes an alert, what became of it stands beside the ticket, the
//! account says how a ticket should be treated, and home shows whose day it is.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use success::alerts::signals::{self, NewSignal};
use success::alerts::{AlertError, SignalKind};
use success::book::What;
use tandem_core::permissions::{Permission, PermissionSet, Role};
use tandem_core::workspaces;
use testkit::on_both;

use crate::access::hire;
use crate::world::{Answer, Call, WORLD, World, settle};

async fn send(world: &World, role: Role, method: Method, path: &str, body: &Value) -> Answer {
    let call = Call::new(method, path)
        .key(world.ours.key(role))
        .header("if-match", "*")
        .json(body);
    world.ask(call).await
}

async fn read(world: &World, path: &str) -> Value {
    let answer = world.ask(Call::get(path).key(world.ours.key(Role::Admin))).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    answer.json()
}

async fn page(world: &World, role: Role, path: &str) -> String {
    let answer = world.ask(Call::get(path).key(world.ours.key(role)).html()).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    answer.text()
}

async fn press(world: &World, role: Role, path: &str, form: &str) -> Answer {
    let call = Call::new(Method::POST, path)
        .key(world.ours.key(role))
        .html()
        .form(form);
    world.ask(call).await
}

/// Gives our account to the success manager.
async fn own(world: &World) {
    let manager = world.ours.agent(Role::SuccessManager).id.to_string();
    let path = format!("/api/v1/accounts/{}/owner", world.ours.account.id);
    let given = send(
        world,
        Role::Admin,
        Method::PUT,
        &path,
        &json!({ "agent": manager }),
    )
    .await;
    assert!(given.status.is_success(), "{}", given.text());
    settle(&world.app.db).await;
}

/// Tells something of our account, heard in our ticket, as the support agent.
async fn tell(world: &World, kind: &str, words: &str) -> Value {
    let new = json!({ "kind": kind, "words": words, "ticket": world.ours.ticket.to_string(), "account": world.ours.account.id.to_string() });
    let told = send(world, Role::SupportAgent, Method::POST, "/api/v1/signals", &new).await;
    assert_eq!(told.status, StatusCode::CREATED, "{}", told.text());
    settle(&world.app.db).await;
    told.json()
}

/// Tells so much of our account, as the support agent, without a ticket.
async fn told_by_hand(world: &World, count: usize) {
    let sam = world
        .ours
        .agent(Role::SupportAgent)
        .actor(world.ours.workspace.id);
    let new = NewSignal {
        kind: SignalKind::Risk,
        words: "They look at another".to_owned(),
        account: Some(world.ours.account.id),
        ticket: String::new(),
    };
    let telling = world.app.db.write(move |tx| {
        for _ in 0..count {
            let id = tx.new_id();
            signals::tell(tx, &sam, id, &new)?;
        }
        Ok::<_, AlertError>(())
    });
    telling.await.unwrap();
}

/// The hidden id of a new signal in the dialog.
fn hidden(dialog: &str) -> String {
    let from = dialog.find("value=\"sgn_").expect("an id") + 7;
    dialog[from..from + 30].to_owned()
}

/// The line of a ticket's side that says how to treat it.
fn hint(page: &str) -> &str {
    let from = page.find("notice info hint").unwrap_or(page.len());
    let until = page[from..].find("</div></div>").unwrap_or_default();
    &page[from..from + until]
}

on_both! { WORLD;
    async fn what_is_told_from_a_ticket_is_an_alert_and_its_fate_stands_beside_the_ticket(db: TestDb) {
        let world = World::new(&db).await;
        own(&world).await;
        let (ticket, account) = (world.ours.ticket.to_string(), world.ours.account.id.to_string());
        let manager = world.ours.agent(Role::SuccessManager).clone();
        let dialog = page(&world, Role::SupportAgent, &format!("/signals/new?ticket={ticket}&account={account}")).await;
        assert!(dialog.contains(&manager.name), "{dialog}");
        let id = hidden(&dialog);
        let form = format!("signal={id}&ticket={ticket}&account={account}&kind=risk&words=They+look+at+another");
        for _ in 0..2 {
            let told = press(&world, Role::SupportAgent, "/signals", &form).await;
            assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.text());
        }
        settle(&world.app.db).await;
        let alerts = read(&world, &format!("/api/v1/alerts?account={account}&limit=100")).await;
        let mine: Vec<&Value> = alerts["items"].as_array().unwrap().iter().filter(|one| one["signal"].is_object()).collect();
        assert_eq!(mine.len(), 1, "sent twice it is told once: {alerts}");
        let alert = mine[0];
        assert_eq!((&alert["way"], &alert["rule"], &alert["signal"]["id"]), (&json!("risk"), &Value::Null, &json!(id)));
        assert_eq!(alert["owner"], json!(manager.id.to_string()));
        let alert = alert["id"].as_str().unwrap().to_owned();
        for path in ["/alerts?book=own".to_owned(), format!("/alerts/{alert}"), format!("/accounts/{account}/alerts"), "/home/needs".to_owned()] {
            let shown = page(&world, Role::SuccessManager, &path).await;
            assert!(shown.contains("They look at another") || path == "/home/needs" && shown.contains("told by"), "{path}: {shown}");
        }
        let detail = page(&world, Role::SuccessManager, &format!("/alerts/{alert}")).await;
        assert!(detail.contains(&format!("/tickets/{ticket}")), "its evidence leads to the ticket: {detail}");
        let timeline = read(&world, &format!("/api/v1/accounts/{account}/touchpoints")).await;
        let traces = timeline["items"].as_array().unwrap().iter().filter(|one| one["evidence"] == json!(format!("/alerts/{alert}"))).count();
        assert_eq!(traces, 1, "{timeline}");
        let events = read(&world, "/api/v1/events?kinds=alert.opened&limit=200").await;
        let event = events["items"].as_array().unwrap().iter().find(|one| one["subject"] == json!(alert)).expect("an event").clone();
        assert!(!event.to_string().contains("They look at another"), "an event carries no words: {event}");
        let panel = format!("/tickets/{ticket}/signals");
        assert!(page(&world, Role::SupportAgent, &panel).await.contains(&format!("With {}", manager.name)));
        let taken = press(&world, Role::SuccessManager, &format!("/alerts/{alert}/owner"), "agent=me").await;
        assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text());
        assert!(page(&world, Role::SupportAgent, &panel).await.contains("has taken it"));
        let undo = press(&world, Role::SupportAgent, &format!("/signals/{id}/undo"), "").await;
        assert_eq!(undo.status, StatusCode::CONFLICT, "somebody acts on it: {}", undo.text());
        let ended = send(&world, Role::SuccessManager, Method::PUT, &format!("/api/v1/alerts/{alert}/outcome"), &json!({ "outcome": "saved", "words": "They stay" })).await;
        assert_eq!(ended.status, StatusCode::OK, "{}", ended.text());
        let fate = page(&world, Role::SupportAgent, &panel).await;
        assert!(fate.contains("Saved") && fate.contains("They stay"), "{fate}");
        let told = read(&world, &format!("/api/v1/signals/{id}")).await;
        assert_eq!((&told["state"], &told["outcome"], &told["kind"]), (&json!("handled"), &json!("saved"), &json!("risk")));
    }

    async fn a_signal_stays_whatever_rules_find_and_is_taken_back_while_nobody_acts(db: TestDb) {
        let world = World::new(&db).await;
        let told = tell(&world, "praise", "").await;
        let (id, alert) = (told["id"].as_str().unwrap().to_owned(), told["alert"].as_str().unwrap().to_owned());
        let (workspace, account) = (world.ours.workspace.id, world.ours.account.id);
        world.app.db.write(move |tx| success::alerts::look(tx, workspace, account)).await.unwrap();
        let kept = read(&world, &format!("/api/v1/alerts/{alert}")).await;
        assert_eq!((&kept["state"], &kept["way"], &kept["confidence"]), (&json!("open"), &json!("chance"), &json!(1.0)), "{kept}");
        for _ in 0..2 {
            let back = press(&world, Role::SupportAgent, &format!("/signals/{id}/undo"), "").await;
            assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.text());
        }
        assert_eq!(read(&world, &format!("/api/v1/alerts/{alert}")).await["state"], "eased");
        let panel = page(&world, Role::SupportAgent, &format!("/tickets/{}/signals", world.ours.ticket)).await;
        assert!(panel.contains("Taken back"), "{panel}");
    }

    async fn what_does_not_fit_is_named_and_others_are_not_reached(db: TestDb) {
        let world = World::new(&db).await;
        let account = world.ours.account.id.to_string();
        let post = async |body: Value| send(&world, Role::SupportAgent, Method::POST, "/api/v1/signals", &body).await;
        for (body, code) in [
            (json!({ "kind": "risk" }), "signal-account"),
            (json!({ "kind": "risk", "account": world.theirs.account.id.to_string() }), "signal-account"),
            (json!({ "kind": "risk", "account": account, "ticket": world.theirs.ticket.to_string() }), "signal-ticket"),
            (json!({ "kind": "risk", "account": account, "words": "x".repeat(501) }), "alert-words"),
        ] {
            let refused = post(body.clone()).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}: {}", refused.text());
            assert!(refused.text().contains(code), "{body}: {}", refused.text());
        }
        let nowhere = press(&world, Role::SupportAgent, "/signals", "signal=sgn_01k0000000000000000000000z&kind=risk&account_name=Nobody+at+all").await;
        assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nowhere.text().contains("account_name"), "{}", nowhere.text());
        let told = tell(&world, "upsell", "Ten more seats").await;
        let (id, alert) = (told["id"].as_str().unwrap(), told["alert"].as_str().unwrap());
        let stranger = world.theirs.key(Role::Admin);
        for path in [format!("/api/v1/signals/{id}"), format!("/api/v1/alerts/{alert}"), format!("/tickets/{}/signals", world.ours.ticket)] {
            assert_eq!(world.ask(Call::get(&path).key(stranger)).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let all = world.ask(Call::get("/api/v1/signals").key(stranger)).await;
        assert_eq!(all.json()["items"].as_array().unwrap().len(), 0);
        // Who may tell and not see alerts sees their own alone.
        let only: PermissionSet = [Permission::SignalsWrite, Permission::AccountsRead].into_iter().collect();
        let teller = hire(&world, "teller", only).await;
        let none = world.ask(Call::get("/api/v1/signals").key(&teller)).await;
        assert_eq!(none.json()["items"].as_array().unwrap().len(), 0, "{}", none.text());
        let own = world.ask(Call::new(Method::POST, "/api/v1/signals").key(&teller).json(&json!({ "kind": "risk", "account": account }))).await;
        assert_eq!(own.status, StatusCode::CREATED, "{}", own.text());
        let one = world.ask(Call::get("/api/v1/signals").key(&teller)).await;
        assert_eq!(one.json()["items"].as_array().unwrap().len(), 1);
        let others = world.ask(Call::get(format!("/api/v1/signals/{id}")).key(&teller)).await;
        assert_eq!(others.status, StatusCode::NOT_FOUND);
    }

    async fn the_account_says_how_a_ticket_should_be_treated_and_nothing_changes_before_somebody_accepts(db: TestDb) {
        let world = World::new(&db).await;
        own(&world).await;
        let ticket = world.ours.ticket.to_string();
        let mut whole = read(&world, &format!("/api/v1/tickets/{ticket}")).await;
        let account = world.ours.account.id.to_string();
        let mut fields = json!({});
        for field in ["subject", "kind", "contact", "agent", "team"] {
            fields[field] = whole[field].take();
        }
        fields["status"] = json!("open");
        fields["priority"] = json!("normal");
        fields["account"] = json!(account);
        let set = send(&world, Role::Admin, Method::PUT, &format!("/api/v1/tickets/{ticket}"), &fields).await;
        assert!(set.status.is_success(), "{}", set.text());
        settle(&world.app.db).await;
        tell(&world, "risk", "They look at another").await;
        let path = format!("/tickets/{ticket}");
        let shown = page(&world, Role::SupportAgent, &path).await;
        let line = hint(&shown);
        assert!(line.contains("open warning") && line.contains("name=\"priority\""), "{line}");
        assert_eq!(read(&world, &format!("/api/v1/tickets/{ticket}")).await["priority"], "normal");
        let told = press(&world, Role::SupportAgent, &format!("/tickets/{ticket}/owner-note"), "view=").await;
        assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.text());
        let begun = world.ask(Call::get(format!("/api/v1/tickets/{ticket}/draft")).key(world.ours.key(Role::SupportAgent))).await;
        assert!(begun.text().contains("@Northwind success_manager"), "{}", begun.text());
        assert_eq!(begun.json()["kind"], "note");
        let accepted = press(&world, Role::SupportAgent, &format!("/tickets/{ticket}/fields"), "priority=urgent").await;
        assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.text());
        let shown = page(&world, Role::SupportAgent, &path).await;
        assert!(!hint(&shown).contains("name=\"priority\""), "what was done is not said again: {shown}");
    }

    async fn home_shows_whose_day_it_is_and_what_changed_since_it_was_last_seen(db: TestDb) {
        let world = World::new(&db).await;
        own(&world).await;
        let name = world.ours.account.name.clone();
        let told = tell(&world, "upsell", "Ten more seats").await;
        let alert = format!("/alerts/{}", told["alert"].as_str().unwrap());
        let changes = page(&world, Role::SuccessManager, "/home/changes").await;
        assert!(changes.contains(&alert), "{changes}");
        let from = changes.find("name=\"until\" value=\"").expect("a moment") + 20;
        let until: String = changes[from..].chars().take_while(char::is_ascii_digit).collect();
        db.clock.advance(std::time::Duration::from_secs(60));
        let later = tell(&world, "risk", "They look at another").await;
        let seen = press(&world, Role::SuccessManager, "/home/changes", &format!("until={until}")).await;
        assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.text());
        let changes = page(&world, Role::SuccessManager, "/home/changes").await;
        assert!(!changes.contains(&alert), "{changes}");
        let later = format!("/alerts/{}", later["alert"].as_str().unwrap());
        assert!(changes.contains(&later), "what came meanwhile is new: {changes}");
        let back = press(&world, Role::SuccessManager, "/home/changes/undo?version=1", "").await;
        assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.text());
        assert!(page(&world, Role::SuccessManager, "/home/changes").await.contains(&alert));
        let again = press(&world, Role::SuccessManager, "/home/changes/undo?version=1", "").await;
        assert_eq!(again.status, StatusCode::CONFLICT);
        let needs = page(&world, Role::SuccessManager, "/home/needs").await;
        assert!(needs.contains(&name) && needs.contains(" more"), "{needs}");
        for path in ["/home/renewals", "/home/renewals?book=all&all=on", "/health/risk?book=all", "/health/risk?band=red", "/home/health", "/"] {
            page(&world, Role::SuccessManager, path).await;
        }
        // Whoever looks after nobody sees what early warning found instead.
        let home = page(&world, Role::Admin, "/").await;
        assert!(home.contains("/home/alerts") && !home.contains("/home/needs"), "{home}");
        let home = page(&world, Role::SuccessManager, "/").await;
        assert!(!home.contains("/home/alerts") && home.contains("/home/needs") && home.contains("/home/changes"), "{home}");
    }

    async fn what_is_new_is_told_however_much_was_open_before(db: TestDb) {
        let world = World::new(&db).await;
        own(&world).await;
        told_by_hand(&world, 201).await;
        db.clock.advance(std::time::Duration::from_secs(60));
        let since = db.clock().now();
        db.clock.advance(std::time::Duration::from_secs(60));
        told_by_hand(&world, 1).await;
        let manager = world.ours.agent(Role::SuccessManager).actor(world.ours.workspace.id);
        let changes = db.read(move |tx| success::book::changes(tx, &manager, since)).await.unwrap();
        let alerts = changes.iter().filter(|one| matches!(&one.what, What::Alerted(alert) if alert.signal().is_some())).count();
        assert_eq!(alerts, 1);
    }

    async fn signals_are_found_by_ticket_account_and_teller(db: TestDb) {
        let world = World::new(&db).await;
        told_by_hand(&world, 2).await;
        let told = tell(&world, "risk", "They look at another").await;
        let count = async |query: String| {
            let found = read(&world, &format!("/api/v1/signals?{query}")).await;
            found["items"].as_array().unwrap().len()
        };
        let (ticket, account) = (world.ours.ticket.to_string(), world.ours.account.id.to_string());
        assert_eq!(count(format!("ticket={ticket}")).await, 1, "{told}");
        assert_eq!(count(format!("ticket={ticket}&account={account}")).await, 1);
        assert_eq!(count(format!("account={account}")).await, 3);
        assert_eq!(count(String::new()).await, 3);
    }

    async fn what_is_at_risk_is_the_same_in_a_book_and_in_all(db: TestDb) {
        let world = World::new(&db).await;
        own(&world).await;
        let account = world.ours.account.id;
        let path = format!("/api/v1/accounts/{account}/health/override");
        let workspace = world.ours.workspace.id;
        let until = db.read(move |tx| workspaces::today(tx, workspace)).await.unwrap().plus_days(20).to_string();
        let said = json!({ "band": "red", "reason": "They told us", "until": until });
        let said = send(&world, Role::Admin, Method::PUT, &path, &said).await;
        assert_eq!(said.status, StatusCode::OK, "{}", said.text());
        let admin = world.ours.agent(Role::Admin).actor(world.ours.workspace.id);
        let (manager, nobody) = (world.ours.agent(Role::SuccessManager).id, world.ours.agent(Role::Admin).id);
        let of = async |owner| {
            let admin = admin.clone();
            db.read(move |tx| success::health::risk::risk(tx, &admin, owner)).await.unwrap().exposed
        };
        let mut all = of(None).await;
        all.retain(|one| one.account == account);
        assert_eq!(all.len(), 1);
        assert_eq!((of(Some(manager)).await, of(Some(nobody)).await), (all, Vec::new()));
    }
}
