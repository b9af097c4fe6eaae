//! Tasks and playbooks through their addresses: what is done leaves its trace, and what is taken back is as it was.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use tandem_core::permissions::Role;
use testkit::on_both;

use crate::world::{Answer, Call, LISTS, World, settle};

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

on_both! { LISTS;
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
        for path in [format!("/playbooks/{id}"), format!("/playbooks/{id}/runs"), format!("/playbooks/{id}/dry-run"), format!("/accounts/{account}/playbooks")] {
            page(&world, &path).await;
        }
        let run = runs["items"][0]["id"].as_str().unwrap();
        assert!(page(&world, &format!("/playbook-runs/{run}")).await.contains("/tasks/tsk_"));
    }
}
