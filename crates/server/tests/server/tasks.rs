//! Tasks and playbooks through their addresses: what is done leaves its trace, and what is taken back is as it was.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use tandem_core::permissions::Role;
use testkit::on_both;

use crate::world::{Answer, Call, WORLD, World, settle};

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

async fn page(world: &World, path: &str) -> String {
    let call = Call::get(path).key(world.ours.key(Role::Admin)).html();
    let answer = world.ask(call).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    answer.text()
}

async fn press(world: &World, path: &str, form: String) -> Answer {
    let call = Call::new(Method::POST, path)
        .key(world.ours.key(Role::Admin))
        .html()
        .form(form);
    world.ask(call).await
}

on_both! { WORLD;
    async fn a_task_that_is_done_leaves_its_trace_on_the_timeline(db: TestDb) {
        let world = World::new(&db).await;
        let account = world.ours.account.id.to_string();
        let new = json!({ "title": "Ask about exports", "account": account, "evidence": world.ours.ticket.to_string(), "due_in": 3, "priority": "high" });
        let made = send(&world, Method::POST, "/api/v1/tasks", &new).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        let id = made.json()["id"].as_str().unwrap().to_owned();
        let list = read(&world, &format!("/api/v1/tasks?account={account}")).await;
        assert!(list["items"].as_array().unwrap().iter().any(|one| one["id"] == id.as_str()), "{list}");
        let shown = page(&world, &format!("/tasks/{id}")).await;
        assert!(shown.contains("Ask about exports") && shown.contains(&format!("/tickets/{}", world.ours.ticket)), "{shown}");
        for (path, part) in [("/tasks?view=account", "Ask about exports"), (format!("/accounts/{account}/tasks").as_str(), "Ask about exports")] {
            assert!(page(&world, path).await.contains(part), "{path}");
        }
        let done = press(&world, &format!("/tasks/{id}/state"), "state=done&back=%2Ftasks%3Fview%3Dall".to_owned()).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        settle(&world.app.db).await;
        let timeline = read(&world, &format!("/api/v1/accounts/{account}/touchpoints")).await;
        let traces = timeline["items"].as_array().unwrap().iter().filter(|one| one["kind"] == "task_done").count();
        assert_eq!(traces, 1, "{timeline}");
        let changes = read(&world, &format!("/api/v1/tasks/{id}/changes")).await;
        let change = changes["items"][0]["id"].as_str().unwrap().to_owned();
        let back = press(&world, &format!("/tasks/{id}/undo?change={change}"), String::new()).await;
        assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.text());
        assert_eq!(read(&world, &format!("/api/v1/tasks/{id}")).await["state"], "open");
    }

    async fn a_form_that_does_not_fit_keeps_what_was_typed(db: TestDb) {
        let world = World::new(&db).await;
        let wrong = press(&world, "/tasks", "title=Call+them&due=never&account_name=Nobody+Ltd".to_owned()).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("Call them") && wrong.text().contains("never"), "{}", wrong.text());
        let unknown = press(&world, "/tasks", "title=Call+them&account_name=Nobody+Ltd".to_owned()).await;
        assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(unknown.text().contains("is called that"), "{}", unknown.text());
        let days = send(&world, Method::POST, "/api/v1/tasks", &json!({ "title": "Call", "due": "2026-12-01", "due_in": 2 })).await;
        assert!(days.text().contains("task-double"), "{}", days.text());
    }

    async fn a_playbook_is_written_published_and_started_from_the_account(db: TestDb) {
        let world = World::new(&db).await;
        let form = "name=Care&trigger=hand&kind.1=task&title.1=Call+%7B%7B+account.name+%7D%7D&days.1=1&owner.1=account&holdout=0&cooldown=0";
        let added = press(&world, "/playbooks", format!("{form}&new_kind=wait&act=add")).await;
        assert_eq!(added.status, StatusCode::OK);
        assert!(added.text().contains("kind.2"), "{}", added.text());
        let made = press(&world, "/playbooks", format!("{form}&act=save")).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
        let all = read(&world, "/api/v1/playbooks").await;
        let care = all["items"].as_array().unwrap().iter().find(|one| one["name"] == "Care").unwrap().clone();
        let id = care["id"].as_str().unwrap().to_owned();
        assert_eq!(care["status"], "draft");
        let account = world.ours.account.id.to_string();
        let early = press(&world, &format!("/accounts/{account}/playbooks"), format!("playbook={id}")).await;
        assert_eq!(early.status, StatusCode::CONFLICT, "{}", early.text());
        let published = press(&world, &format!("/playbooks/{id}/publication"), String::new()).await;
        assert_eq!(published.status, StatusCode::SEE_OTHER, "{}", published.text());
        let started = press(&world, &format!("/accounts/{account}/playbooks"), format!("playbook={id}")).await;
        assert_eq!(started.status, StatusCode::SEE_OTHER, "{}", started.text());
        settle(&world.app.db).await;
        let tasks = read(&world, &format!("/api/v1/tasks?account={account}")).await.to_string();
        assert!(tasks.contains(&format!("Call {}", world.ours.account.name)), "{tasks}");
        let runs = read(&world, &format!("/api/v1/playbooks/{id}/runs")).await;
        assert_eq!((&runs["items"][0]["state"], &runs["items"][0]["why"]), (&json!("finished"), &json!("steps")), "{runs}");
        for path in [format!("/playbooks/{id}"), format!("/playbooks/{id}/runs"), format!("/playbooks/{id}/dry-run"), format!("/playbooks/{id}/effect"), format!("/playbooks/{id}/versions"), format!("/accounts/{account}/playbooks")] {
            page(&world, &path).await;
        }
        let run = runs["items"][0]["id"].as_str().unwrap();
        assert!(page(&world, &format!("/playbook-runs/{run}")).await.contains("/tasks/tsk_"));
    }

    async fn a_mail_of_a_playbook_is_previewed_and_waits_for_whom_a_person_chooses(db: TestDb) {
        let world = World::new(&db).await;
        let form = |words: &str| format!("name=Write&trigger=date&date=renewal&date_days=30&date_side=before&kind.1=mail&to.1=chosen&subject.1=Hello&words.1={words}&goal=renewed&goal_days=90&holdout=10&act=save");
        let wrong = press(&world, "/playbooks", form("Dear+%7B%7B+contact.nmae+%7D%7D")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("There is no variable “contact.nmae”"), "{}", wrong.text());
        let made = press(&world, "/playbooks", form("Dear+%7B%7B+contact.name+%7D%7D")).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
        let all = read(&world, "/api/v1/playbooks").await;
        let one = all["items"].as_array().unwrap().iter().find(|one| one["name"] == "Write").unwrap().clone();
        let id = one["id"].as_str().unwrap();
        assert_eq!(one["content"]["trigger"], json!({ "kind": "date", "date": "renewal", "days": 30, "side": "before" }));
        assert_eq!(one["content"]["goal"], json!({ "aim": { "kind": "renewed" }, "days": 90 }));
        assert!(page(&world, &format!("/playbooks/{id}")).await.contains("/preview?step=1"));
        let account = world.ours.account.id.to_string();
        assert!(page(&world, &format!("/playbooks/{id}/preview?step=1&account={account}")).await.contains("Dear "));
        assert!(!read(&world, &format!("/api/v1/playbooks/{id}/preview?account={account}")).await["items"].as_array().unwrap().is_empty());
        press(&world, &format!("/playbooks/{id}/publication"), String::new()).await;
        press(&world, &format!("/accounts/{account}/playbooks"), format!("playbook={id}")).await;
        settle(&world.app.db).await;
        let runs = read(&world, &format!("/api/v1/playbooks/{id}/runs")).await;
        let run = runs["items"][0]["id"].as_str().unwrap();
        assert!(page(&world, &format!("/playbook-runs/{run}")).await.contains("A mail waits for you"));
        let sent = press(&world, &format!("/playbook-runs/{run}/mails"), format!("contact={}", world.ours.contact)).await;
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "no mailbox sends here: {}", sent.text());
        let effect = read(&world, &format!("/api/v1/playbooks/{id}/effect")).await;
        assert_eq!((&effect["by_hand"], &effect["verdict"]), (&json!(1), &json!("nobody")), "{effect}");
    }
}
