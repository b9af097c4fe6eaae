//! Early warning from its causes to its pages: what is found at an account, what people do with it, and that looking twice or in
//! another order comes to the same.

use axum::http::{Method, StatusCode};
use kit::db::DbError;
use serde_json::{Value, json};
use success::alerts::{self, Filter, State};
use tandem_core::actor::Actor;
use tandem_core::metrics::{self, Metric, Unit};
use tandem_core::permissions::{Permission, Role};
use tandem_core::{accounts, agents, workspaces};
use testkit::on_both;
use testkit::smtp::Smtp;

use crate::access::hire;
use crate::letters::post_office;
use crate::world::{Answer, Call, WORLD, World, settle};

const DAY: std::time::Duration = std::time::Duration::from_secs(86_400);

async fn send(world: &World, method: Method, path: &str, body: &Value) -> Answer {
    let call = Call::new(method, path)
        .key(world.ours.key(Role::Admin))
        .header("if-match", "*")
        .json(body);
    world.ask(call).await
}

async fn read(world: &World, path: &str) -> Value {
    let answer = world.ask(Call::get(path).key(world.ours.key(Role::Admin))).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    answer.json()
}

/// Three urgent tickets of our account.
async fn trouble(world: &World) {
    for subject in ["Nothing works", "Still nothing", "Are you there?"] {
        let ticket = json!({ "subject": subject, "body": "Help!", "account": world.ours.account.id.to_string(), "priority": "urgent", "channel": "email" });
        let opened = send(world, Method::POST, "/api/v1/tickets", &ticket).await;
        assert_eq!(opened.status, StatusCode::CREATED, "{}", opened.text());
    }
    settle(&world.app.db).await;
}

/// The open alert of a rule of the library at our account.
async fn alert(world: &World, key: &str, state: &str) -> Option<Value> {
    let rules = read(world, "/api/v1/warning-rules").await;
    let rule = rules["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|rule| rule["key"] == key)
        .cloned()?;
    let path = format!(
        "/api/v1/alerts?state={state}&limit=100&account={}",
        world.ours.account.id
    );
    let alerts = read(world, &path).await;
    let alerts = alerts["items"].as_array().unwrap().clone();
    alerts.into_iter().find(|alert| alert["rule"] == rule["id"])
}

async fn look(world: &World) {
    let (workspace, account) = (world.ours.workspace.id, world.ours.account.id);
    world
        .app
        .db
        .write(move |tx| alerts::look(tx, workspace, account))
        .await
        .unwrap();
    settle(&world.app.db).await;
}

/// Notes a value of a metric at our account for a day, some days from today.
async fn note(world: &World, metric: &'static Metric, days: i64, value: Option<f64>) {
    let (workspace, account) = (world.ours.workspace.id, world.ours.account.id);
    world
        .app
        .db
        .write(move |tx| {
            let today = workspaces::today(tx, workspace)?;
            metrics::note(
                tx,
                workspace,
                account,
                today.plus_days(days),
                &[metric.may_be(value)],
            )?;
            Ok::<_, DbError>(())
        })
        .await
        .unwrap();
}

on_both! { WORLD;
    async fn a_cause_opens_one_alert_that_explains_itself_and_leaves_a_trace(db: TestDb) {
        let world = World::new(&db).await;
        trouble(&world).await;
        let found = alert(&world, "support-urgent", "open").await.expect("an alert");
        assert_eq!((&found["way"], &found["state"]), (&json!("risk"), &json!("open")));
        assert!(found["finds"][0]["value"].as_f64() >= Some(3.0), "{found}");
        look(&world).await;
        look(&world).await;
        let all = read(&world, &format!("/api/v1/alerts?account={}&limit=100", world.ours.account.id)).await;
        let same = all["items"].as_array().unwrap().iter().filter(|one| one["rule"] == found["rule"]).count();
        assert_eq!(same, 1, "{all}");
        let events = read(&world, "/api/v1/events?kinds=alert.opened&limit=200").await;
        let told = events["items"].as_array().unwrap().iter().filter(|one| one["subject"] == found["id"]).collect::<Vec<_>>();
        assert_eq!(told.len(), 1, "{events}");
        assert_eq!(told[0]["data"]["rule"], found["rule"]);
        assert_eq!(told[0]["data"]["severity"], found["severity"]);
        let key = world.ours.key(Role::Admin);
        let page = world.ask(Call::get(format!("/alerts/{}", found["id"].as_str().unwrap())).key(key).html()).await;
        assert_eq!(page.status, StatusCode::OK);
        for said in ["Urgent trouble in support", "Urgent open tickets", "Severity"] {
            assert!(page.text().contains(said), "{said}: {}", page.text());
        }
        let feed = world.ask(Call::get("/alerts?book=all").key(key).html()).await.text();
        assert!(feed.contains("Urgent trouble in support"), "{feed}");
        let panel = world.ask(Call::get(format!("/accounts/{}/alerts", world.ours.account.id)).key(key).html()).await.text();
        assert!(panel.contains("Urgent trouble in support"), "{panel}");
        let line = world.ask(Call::get(format!("/accounts/{}/touchpoints", world.ours.account.id)).key(key).html()).await.text();
        assert!(line.contains("An alert was opened"), "{line}");
    }

    async fn what_people_do_is_kept_and_can_be_taken_back(db: TestDb) {
        let world = World::new(&db).await;
        trouble(&world).await;
        let id = alert(&world, "support-urgent", "open").await.expect("an alert")["id"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/alerts/{id}");
        let me = world.ours.spare.to_string();
        let given = send(&world, Method::PUT, &format!("{path}/owner"), &json!({ "agent": me })).await;
        assert_eq!((given.status, &given.json()["owner"]), (StatusCode::OK, &json!(me)), "{}", given.text());
        let wrong = send(&world, Method::PUT, &format!("{path}/snooze"), &json!({ "until": "2020-01-01" })).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("alert-until"), "{}", wrong.text());
        let nameless = send(&world, Method::PUT, &format!("{path}/dismissal"), &json!({ "reason": "other" })).await;
        assert!(nameless.text().contains("alert-words"), "{}", nameless.text());
        let dismissed = send(&world, Method::PUT, &format!("{path}/dismissal"), &json!({ "reason": "expected", "words": "Their holidays" })).await;
        assert_eq!((&dismissed.json()["state"], &dismissed.json()["reason"]), (&json!("dismissed"), &json!("expected")));
        let again = send(&world, Method::PUT, &format!("{path}/outcome"), &json!({ "outcome": "saved" })).await;
        assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.text());
        look(&world).await;
        assert_eq!(alert(&world, "support-urgent", "open").await, None, "its rule cools down");
        let reopened = send(&world, Method::DELETE, &format!("{path}/outcome"), &json!({})).await;
        assert_eq!((&reopened.json()["state"], &reopened.json()["owner"]), (&json!("open"), &json!(me)), "{}", reopened.text());
        let (workspace, spare) = (world.ours.workspace.id, world.ours.spare);
        world.app.db.write(move |tx| agents::deactivate(tx, &Actor::system(workspace, "tests"), spare)).await.unwrap();
        assert_ne!(read(&world, &path).await["owner"], json!(me), "who left has nothing any more");
        let admin = world.ours.key(Role::Admin);
        let taken = world.ask(Call::new(Method::POST, format!("/alerts/{id}/outcome")).key(admin).html().form("outcome=saved&words=Called")).await;
        assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text());
        assert_eq!(read(&world, &path).await["outcome"], "saved");
        let parsed: alerts::AlertId = id.parse().unwrap();
        let last = world.app.db.read(move |tx| {
            let shown = alerts::show(tx, &Actor::system(workspace, "tests"), parsed)?;
            Ok::<_, alerts::AlertError>(shown.changes[0].id)
        }).await.unwrap();
        let undo = |change: alerts::ChangeId| Call::new(Method::POST, format!("/alerts/{id}/undo?of={change}")).key(admin).html().form("");
        assert_eq!(world.ask(undo(last)).await.status, StatusCode::SEE_OTHER);
        assert_eq!(read(&world, &path).await["state"], "open");
        assert_eq!(world.ask(undo(last)).await.status, StatusCode::CONFLICT);
    }

    async fn an_alert_eases_when_its_cause_is_gone_for_a_while_and_a_snooze_ends_on_its_day(db: TestDb) {
        let world = World::new(&db).await;
        trouble(&world).await;
        let found = alert(&world, "support-urgent", "open").await.expect("an alert");
        let path = format!("/api/v1/alerts/{}", found["id"].as_str().unwrap());
        let workspace = world.ours.workspace.id;
        let today = world.app.db.read(move |tx| workspaces::today(tx, workspace)).await.unwrap();
        let snoozed = send(&world, Method::PUT, &format!("{path}/snooze"), &json!({ "until": today.plus_days(2).to_string() })).await;
        assert_eq!(snoozed.json()["state"], "snoozed", "{}", snoozed.text());
        db.clock.advance(DAY);
        look(&world).await;
        assert_eq!(read(&world, &path).await["state"], "snoozed");
        db.clock.advance(DAY);
        look(&world).await;
        assert_eq!(read(&world, &path).await["state"], "open");
        let tickets = read(&world, "/api/v1/tickets?limit=100").await;
        for ticket in tickets["items"].as_array().unwrap() {
            let place = format!("/api/v1/tickets/{}", ticket["id"].as_str().unwrap());
            if ticket["priority"] == "urgent" {
                let mut calm = json!({});
                for field in ["subject", "status", "kind", "account", "contact", "agent", "team"] {
                    calm[field] = ticket[field].clone();
                }
                calm["priority"] = json!("low");
                let solved = send(&world, Method::PUT, &place, &calm).await;
                assert!(solved.status.is_success(), "{}", solved.text());
            }
        }
        settle(&world.app.db).await;
        let quiet = read(&world, &path).await;
        assert_eq!((&quiet["state"], quiet["quiet_since"].is_string()), (&json!("open"), true), "{quiet}");
        db.clock.advance(DAY * 4);
        look(&world).await;
        assert_eq!(read(&world, &path).await["state"], "eased");
    }

    async fn the_order_in_which_things_happened_is_no_matter(db: TestDb) {
        static PEOPLE: Metric = Metric::new("usage.active_people_30d", Unit::Count, Permission::AccountsRead);
        static CHANGE: Metric = Metric::new("usage.change_14d", Unit::Share, Permission::AccountsRead);
        let mut said = Vec::new();
        for turned in [false, true] {
            let world = World::new(&db).await;
            settle(&world.app.db).await;
            let mut steps = vec![(&PEOPLE, -80, Some(20.0)), (&PEOPLE, -12, Some(6.0)), (&CHANGE, -12, Some(-0.6))];
            if turned {
                // A metric's own days come in their order; between metrics there is none.
                steps.rotate_right(1);
            }
            for (metric, days, value) in steps {
                note(&world, metric, days, value).await;
                if turned {
                    look(&world).await;
                }
            }
            look(&world).await;
            let found = alert(&world, "usage-drop", "open").await.expect("an alert");
            said.push((found["severity"].clone(), found["finds"].clone()));
        }
        assert_eq!(said[0], said[1]);
    }

    async fn a_rule_that_makes_no_sense_is_refused_with_its_field(db: TestDb) {
        let world = World::new(&db).await;
        trouble(&world).await;
        let fine = json!({ "metric": "tickets.open", "test": "at_least", "value": 1.0 });
        let rule = |name: &str, conditions: Value, cooldown: i64| json!({ "content": {
            "name": name, "way": "risk", "is_on": true, "conditions": conditions, "cooldown": cooldown, "easing": 0
        } });
        for (wrong, code) in [
            (rule(" ", json!([fine]), 0), "warning-rule-name"),
            (rule("No conditions", json!([]), 0), "warning-rule-conditions"),
            (rule("Long", json!([fine]), 366), "warning-rule-days"),
            (rule("Unknown", json!([{ "metric": "tickets.lost", "test": "at_least" }]), 0), "warning-rule-metric"),
            (rule("Falls", json!([{ "metric": "tickets.open", "test": "falls", "value": 1.5, "days": 7, "before": 28, "least": 7 }]), 0), "warning-rule-value"),
            (rule("Short", json!([{ "metric": "tickets.open", "test": "falls", "value": 0.5, "days": 0, "before": 28, "least": 7 }]), 0), "warning-rule-span"),
            (rule("Much", json!([{ "metric": "tickets.open", "test": "falls", "value": 0.5, "days": 7, "before": 28, "least": 29 }]), 0), "warning-rule-span"),
        ] {
            let refused = send(&world, Method::POST, "/api/v1/warning-rules", &wrong).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{code}: {}", refused.text());
            assert!(refused.text().contains(code), "{code}: {}", refused.text());
        }
        let made = send(&world, Method::POST, "/api/v1/warning-rules", &rule("Any ticket", json!([fine]), 0)).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        settle(&world.app.db).await;
        let id = made.json()["id"].as_str().unwrap().to_owned();
        let open = read(&world, "/api/v1/alerts?limit=100").await;
        let of_rule = |all: &Value| all["items"].as_array().unwrap().iter().filter(|one| one["rule"] == id).count();
        assert!(of_rule(&open) >= 1, "{open}");
        let key = world.ours.key(Role::Admin);
        let form = "version=1&name=Any+ticket&way=risk&is_on=on&cooldown=0&easing=0&metric.2=tickets.open&test.2=falls&value.2=much";
        let wrong = world.ask(Call::new(Method::POST, format!("/settings/warnings/{id}")).key(key).html().form(form)).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("Give a value that makes sense"), "{}", wrong.text());
        let removed = send(&world, Method::DELETE, &format!("/api/v1/warning-rules/{id}"), &json!({})).await;
        assert!(removed.status.is_success(), "{}", removed.text());
        settle(&world.app.db).await;
        assert_eq!(of_rule(&read(&world, "/api/v1/alerts?limit=100").await), 0);
        for _ in 0..2 {
            let back = send(&world, Method::DELETE, &format!("/api/v1/warning-rules/{id}/removal"), &json!({})).await;
            assert_eq!((back.status, back.json()["id"].clone()), (StatusCode::OK, json!(id)), "{}", back.text());
        }
        settle(&world.app.db).await;
        assert!(of_rule(&read(&world, "/api/v1/alerts?limit=100").await) >= 1, "it looks again");
        let audit = read(&world, "/api/v1/audit?limit=50").await.to_string();
        assert!(audit.contains("warning_rules.changed"), "{audit}");
    }

    async fn who_may_not_see_a_metric_does_not_see_its_alerts(db: TestDb) {
        let world = World::new(&db).await;
        trouble(&world).await;
        let found = alert(&world, "support-urgent", "open").await.expect("an alert");
        let path = format!("/api/v1/alerts/{}", found["id"].as_str().unwrap());
        let key = hire(&world, "reader", [Permission::AccountsRead, Permission::AlertsRead].into_iter().collect()).await;
        let feed = world.ask(Call::get("/api/v1/alerts?limit=100").key(&key)).await.json();
        assert!(!feed.to_string().contains(found["id"].as_str().unwrap()), "{feed}");
        assert!(feed["items"].as_array().unwrap().iter().all(|one| one["mrr"].is_null()), "{feed}");
        assert_eq!(world.ask(Call::get(&path).key(&key)).await.status, StatusCode::NOT_FOUND);
        let others = world.theirs.key(Role::Admin);
        assert_eq!(world.ask(Call::get(&path).key(others)).await.status, StatusCode::NOT_FOUND);
        let workspace = world.theirs.workspace.id;
        let seen = world.app.db.read(move |tx| {
            let filter = Filter { way: None, state: State::Open, owner: alerts::Whose::Anybodys, account: None };
            alerts::list(tx, &Actor::system(workspace, "tests"), filter, None, 100)
        }).await.unwrap();
        let ours = world.ours.account.id;
        assert!(seen.iter().all(|line| line.alert.account != ours));
    }

    async fn a_closed_account_has_no_open_alerts(db: TestDb) {
        let world = World::new(&db).await;
        trouble(&world).await;
        assert!(alert(&world, "support-urgent", "open").await.is_some());
        let (workspace, account) = (world.ours.workspace.id, world.ours.account.id);
        world.app.db.write(move |tx| accounts::close(tx, &Actor::system(workspace, "tests"), account)).await.unwrap();
        settle(&world.app.db).await;
        assert_eq!(alert(&world, "support-urgent", "open").await, None);
        assert!(alert(&world, "support-urgent", "eased").await.is_some());
    }

    async fn the_past_is_replayed_without_looking_ahead_and_bad_rules_are_named(db: TestDb) {
        let world = World::new(&db).await;
        settle(&world.app.db).await;
        let none = read(&world, "/api/v1/alert-quality").await;
        assert_eq!((&none["ready"], &none["waiting"]), (&Value::Null, &Value::Null));
        for (wrong, code) in [
            (json!({ "horizon": 3, "reach": 10 }), "alert-quality-horizon"),
            (json!({ "horizon": 60, "reach": 0 }), "alert-quality-reach"),
        ] {
            let refused = send(&world, Method::POST, "/api/v1/alert-quality", &wrong).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
            assert!(refused.text().contains(code), "{}", refused.text());
        }
        trouble(&world).await;
        let ask = json!({ "horizon": 60, "reach": 10 });
        let asked = send(&world, Method::POST, "/api/v1/alert-quality", &ask).await;
        assert_eq!(asked.status, StatusCode::CREATED, "{}", asked.text());
        settle(&world.app.db).await;
        let quality = read(&world, "/api/v1/alert-quality").await;
        let report = &quality["ready"]["report"];
        assert!(report["customers"].as_i64() >= Some(1), "{quality}");
        let rules = report["rules"].as_array().unwrap();
        assert!(rules.iter().any(|rule| rule["judgement"] == "never_fired"), "{quality}");
        assert!(rules.iter().any(|rule| rule["alerts"].as_i64() >= Some(1)), "{quality}");
        let reader = hire(&world, "reader", [Permission::AccountsRead, Permission::AlertsRead].into_iter().collect()).await;
        let less = world.ask(Call::get("/api/v1/alert-quality").key(&reader)).await.json();
        assert!(less["ready"]["report"]["rules"].as_array().unwrap().len() < rules.len(), "{less}");
        let key = world.ours.key(Role::Admin);
        let page = world.ask(Call::get("/alert-quality").key(key).html()).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("Never fired"), "{}", page.text());
        let wrong = world.ask(Call::new(Method::POST, "/alert-quality").key(key).html().form("horizon=soon&reach=10")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn a_letter_in_the_morning_names_what_is_new_and_only_that(db: TestDb) {
        let world = World::new(&db).await;
        let server = post_office(&db).await;
        trouble(&world).await;
        let found = alert(&world, "support-urgent", "open").await.expect("an alert");
        let me = world.ours.agent(Role::Admin).clone();
        let path = format!("/api/v1/alerts/{}/owner", found["id"].as_str().unwrap());
        let given = send(&world, Method::PUT, &path, &json!({ "agent": me.id.to_string() })).await;
        assert_eq!(given.status, StatusCode::OK, "{}", given.text());
        let needs = read(&world, "/api/v1/book/needs").await;
        assert_eq!(needs["items"][0]["account"], world.ours.account.id.to_string(), "{needs}");
        assert!(needs["items"][0]["alerts"].to_string().contains(found["id"].as_str().unwrap()), "{needs}");
        for path in ["/api/v1/book/renewals", "/api/v1/book/changes?since=0", "/api/v1/alerts?unowned=true"] {
            assert!(read(&world, path).await["items"].is_array(), "{path}");
        }
        let mine = |server: &Smtp| server.taken().iter().filter(|letter| letter.to == [me.email.to_lowercase()] || letter.to == [me.email.clone()]).count();
        let mut told = 0;
        let hour = || db.clock().now().0 / 3_600_000_000 % 24;
        // From midnight on: within a week there is a working morning.
        db.clock.advance(std::time::Duration::from_secs(3_600 * (24 - hour()).unsigned_abs()));
        for _ in 0..7 * 24 {
            db.clock.advance(std::time::Duration::from_secs(3_600));
            world.app.db.write(|tx| {
                kit::jobs::Queue::new(&alerts::digest::jobs::Turn {}).put(tx)
            }).await.unwrap();
            settle(&world.app.db).await;
            told = mine(&server);
            if told > 0 {
                break;
            }
        }
        assert_eq!(told, 1);
        assert!((7..12).contains(&hour()), "nobody reads it at {}", hour());
        let letter = server.taken().into_iter().find(|letter| letter.text.contains("Urgent trouble")).expect("the letter");
        assert!(letter.text.contains("/settings/digest"), "{}", letter.text);
    }
}
