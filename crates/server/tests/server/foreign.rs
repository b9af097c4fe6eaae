//! Another workspace's ids in bodies and questions: refused where ours are taken, and nothing of theirs is changed or told.

use std::collections::BTreeMap;

use axum::http::Method;
use kit::db::catalog::{self, Part};
use kit::db::{Db, DbError, ToParam, Value};
use kit::id::{TypedId, Uuid};
use serde_json::{Value as Json, json};
use server::routes;
use tandem_core::permissions::Role;
use testkit::on_both;

use crate::access::{call, document, named, path};
use crate::world::{Answer, Call, Office, WORLD, World, settle};

/// What a body may name, beside what else it has to say: the row, and the part of the document that names it.
#[rustfmt::skip]
const NAMED: &[(&str, &str, &str)] = &[
    ("POST", "/api/v1/tickets", r#"{ "account": "{account}" }"#),
    ("POST", "/api/v1/tickets", r#"{ "contact": "{contact}" }"#),
    ("POST", "/api/v1/tickets", r#"{ "agent": "{agent}" }"#),
    ("POST", "/api/v1/tickets", r#"{ "team": "{team}" }"#),
    ("PUT", "/api/v1/tickets/{id}", r#"{ "account": "{account}" }"#),
    ("PUT", "/api/v1/tickets/{id}", r#"{ "contact": "{contact}" }"#),
    ("PUT", "/api/v1/tickets/{id}", r#"{ "agent": "{agent}" }"#),
    ("PUT", "/api/v1/tickets/{id}", r#"{ "team": "{team}" }"#),
    ("POST", "/api/v1/tickets/{id}/connections", r#"{ "other": "{ticket}" }"#),
    ("POST", "/api/v1/ticket-bulks", r#"{ "changes": [], "merge_into": "{ticket}" }"#),
    ("POST", "/api/v1/ticket-bulks", r#"{ "changes": [], "answer": { "reply": "{reply}" } }"#),
    ("POST", "/api/v1/tickets/{id}/split", r#"{ "message": "{message}" }"#),
    ("POST", "/api/v1/tickets/{id}/saved-replies", r#"{ "reply": "{reply}" }"#),
    ("POST", "/api/v1/tickets/{id}/side-conversations", r#"{ "forwards": ["{message}"] }"#),
    ("POST", "/api/v1/tickets/{id}/side-conversations", r#"{ "files": ["{file}"] }"#),
    ("POST", "/api/v1/side-conversations/{id}/messages", r#"{ "files": ["{file}"] }"#),
    ("POST", "/api/v1/saved-replies", r#"{ "changes": [{ "field": "agent", "value": "{agent}" }] }"#),
    ("PUT", "/api/v1/saved-replies/{id}", r#"{ "changes": [{ "field": "team", "value": "{team}" }] }"#),
    ("POST", "/api/v1/inbox-views", r#"{ "audience": "{team}" }"#),
    ("POST", "/api/v1/inbox-views", r#"{ "conditions": { "agent": "{agent}" } }"#),
    ("POST", "/api/v1/inbox-views", r#"{ "conditions": { "team": "{team}" } }"#),
    ("POST", "/api/v1/inbox-views", r#"{ "conditions": { "tier": "{tier}" } }"#),
    ("POST", "/api/v1/inbox-views", r#"{ "conditions": { "account": "{account}" } }"#),
    ("POST", "/api/v1/inbox-views", r#"{ "conditions": { "contact": "{contact}" } }"#),
    ("POST", "/api/v1/inbox-views", r#"{ "conditions": { "follower": "{agent}" } }"#),
    ("POST", "/api/v1/inbox-views", r#"{ "conditions": { "tags": ["{tag}"] } }"#),
    ("POST", "/api/v1/inbox-views", r#"{ "conditions": { "any": [{ "team": "{team}" }] } }"#),
    ("PUT", "/api/v1/mailboxes/{id}", r#"{ "team": "{team}" }"#),
    ("PUT", "/api/v1/mailboxes/{id}", r#"{ "provider": "{mail-providers}" }"#),
    ("POST", "/api/v1/counter-places/{id}/visits", r#"{ "contact": "{contact}" }"#),
    ("PUT", "/api/v1/counter-places/{id}", r#"{ "queues": [{ "letter": "A", "name": "Service", "kind": "question", "team": "{team}" }] }"#),
    ("POST", "/api/v1/contacts", r#"{ "membership": { "account": "{account}" } }"#),
    ("POST", "/api/v1/contacts/{id}/memberships", r#"{ "account": "{account}" }"#),
    ("POST", "/api/v1/accounts/{id}/touchpoints", r#"{ "contact": "{contact}" }"#),
    ("PUT", "/api/v1/accounts/{id}/owner", r#"{ "agent": "{agent}" }"#),
    ("PUT", "/api/v1/accounts/{id}/parent", r#"{ "parent": "{account}" }"#),
    ("PUT", "/api/v1/accounts/{id}/distinction", r#"{ "other": "{other account}" }"#),
    ("PUT", "/api/v1/accounts/{id}/stage", r#"{ "stage": "{stage}" }"#),
    ("PUT", "/api/v1/accounts/{id}/tier", r#"{ "tier": "{tier}" }"#),
    ("POST", "/api/v1/accounts/{id}/subscriptions", r#"{ "product": "{product}" }"#),
    ("POST", "/api/v1/accounts/{id}/orders", r#"{ "product": "{product}" }"#),
    ("POST", "/api/v1/accounts/{id}/playbook-runs", r#"{ "playbook": "{playbook}" }"#),
    ("PUT", "/api/v1/usage-names/{id}/account", r#"{ "account": "{account}" }"#),
    ("PUT", "/api/v1/usage-names/{id}/link", r#"{ "other": "{other usage-name}" }"#),
    ("POST", "/api/v1/signals", r#"{ "account": "{account}" }"#),
    ("POST", "/api/v1/signals", r#"{ "account": "{account}", "ticket": "{ticket}" }"#),
    ("POST", "/api/v1/segments", r#"{ "definition": { "conditions": [{ "about": "owner", "is": "one_of", "words": ["{agent}"] }] } }"#),
    ("POST", "/api/v1/segments", r#"{ "definition": { "conditions": [{ "about": "tier", "is": "one_of", "words": ["{tier}"] }] } }"#),
    ("POST", "/api/v1/segments", r#"{ "definition": { "conditions": [{ "about": "stage", "is": "one_of", "words": ["{stage}"] }] } }"#),
    ("POST", "/api/v1/segments", r#"{ "definition": { "conditions": [{ "about": "tag", "is": "one_of", "words": ["{tag}"] }] } }"#),
    ("PUT", "/api/v1/contacts/{id}/distinction", r#"{ "other": "{other contact}" }"#),
    ("POST", "/api/v1/assignment-rules", r#"{ "agent": "{agent}" }"#),
    ("POST", "/api/v1/assignment-rules", r#"{ "agent": null, "team": "{team}" }"#),
    ("PUT", "/api/v1/billing/{id}/customers", r#"{ "account": "{account}" }"#),
    ("PUT", "/api/v1/billing/{id}/prices", r#"{ "product": "{product}" }"#),
    ("POST", "/api/v1/tasks", r#"{ "account": "{account}" }"#),
    ("POST", "/api/v1/tasks", r#"{ "contact": "{contact}" }"#),
    ("POST", "/api/v1/tasks", r#"{ "agent": "{agent}" }"#),
    ("POST", "/api/v1/tasks", r#"{ "team": "{team}" }"#),
    ("POST", "/api/v1/tasks", r#"{ "account": "{account}", "evidence": "{ticket}" }"#),
    ("PUT", "/api/v1/tasks/{id}", r#"{ "agent": "{agent}" }"#),
    ("POST", "/api/v1/api-inboxes", r#"{ "team": "{team}" }"#),
    ("PUT", "/api/v1/api-inboxes/{id}", r#"{ "team": "{team}" }"#),
    ("POST", "/api/v1/api-inboxes/{id}/receipts", r#"{ "message": "{api-answers}" }"#),
    ("POST", "/api/v1/web-forms", r#"{ "team": "{team}" }"#),
    ("PUT", "/api/v1/web-forms/{id}", r#"{ "team": "{team}" }"#),
    ("POST", "/api/v1/playbooks", r#"{ "content": { "trigger": { "kind": "stage", "stage": "{stage}" }, "steps": [{ "kind": "wait", "days": 1 }] } }"#),
    ("PUT", "/api/v1/scorecards/{id}", r#"{ "stage": "{stage}" }"#),
    ("PUT", "/api/v1/scorecards/{id}", r#"{ "tier": "{tier}" }"#),
    ("PUT", "/api/v1/scorecards/{id}/what-if", r#"{ "stage": "{stage}" }"#),
    ("PUT", "/api/v1/scorecards/{id}/what-if", r#"{ "tier": "{tier}" }"#),
    ("PUT", "/api/v1/alerts/{id}/owner", r#"{ "agent": "{agent}" }"#),
    ("POST", "/api/v1/warning-rules", r#"{ "content": { "name": "New", "way": "risk", "is_on": true, "conditions": [{ "metric": "own.{own}", "test": "at_least", "value": 1 }], "cooldown": 1, "easing": 1 } }"#),
    ("POST", "/api/v1/teams", r#"{ "members": ["{agent}"] }"#),
    ("PUT", "/api/v1/teams/{id}", r#"{ "members": ["{agent}"] }"#),
    ("POST", "/api/v1/invitations", r#"{ "role": "{role}" }"#),
    ("PUT", "/api/v1/agents/{id}/role", r#"{ "role": "{role}" }"#),
    // What is merged is gone for the rows after it.
    ("PUT", "/api/v1/contacts/{id}/merge", r#"{ "into": "{other contact}" }"#),
    ("PUT", "/api/v1/accounts/{id}/merge", r#"{ "into": "{other account}" }"#),
    ("PUT", "/api/v1/tags/{id}/merge", r#"{ "into": "{other tag}" }"#),
];

/// What is taken and fits nothing here: a condition that no account fulfils, a task that nobody gets, a team that is left out.
#[rustfmt::skip]
const IDLE: &[(&str, &str, &str)] = &[
    ("POST", "/api/v1/assignment-rules", r#"{ "conditions": { "stage": "{stage}" } }"#),
    ("POST", "/api/v1/assignment-rules", r#"{ "conditions": { "tier": "{tier}" } }"#),
    ("POST", "/api/v1/assignment-rules", r#"{ "conditions": { "tag": "{tag}" } }"#),
    ("POST", "/api/v1/playbooks", r#"{ "content": { "trigger": { "kind": "hand" }, "steps": [{ "kind": "task", "title": "Call", "due_in": 1, "owner": { "named": "{agent}" } }] } }"#),
    ("POST", "/api/v1/invitations", r#"{ "teams": ["{team}"] }"#),
    ("POST", "/api/v1/mail-decisions", r#"{ "mails": ["{mails}"] }"#),
];

/// The same for forms: the address, and the whole form.
#[rustfmt::skip]
const FORMS: &[(&str, &str)] = &[
    ("/contacts", "name=New&account={account}"),
    ("/contacts/{id}/memberships", "account={account}"),
    ("/contacts/{id}/merge", "other={contact}&version=1"),
    ("/accounts/{id}/merge", "other={account}"),
    ("/accounts/{id}/distinction", "other={account}"),
    ("/accounts/{id}/parent", "parent={account}&other={account}"),
    ("/accounts/{id}/owner", "agent={agent}"),
    ("/accounts/{id}/stage", "stage={stage}"),
    ("/accounts/{id}/tier", "tier={tier}&reason=So"),
    ("/accounts/{id}/touchpoints", "contact={contact}&kind=call&channel=phone&direction=inbound&summary=Hello"),
    ("/accounts/{id}/subscriptions", "product={product}&currency=EUR&period=12&starts=2026-01-01&seats=1&price=1&term=12"),
    ("/accounts/{id}/orders", "product={product}&number=A-77&day=2026-01-01&currency=EUR&total=1"),
    ("/accounts/{id}/playbooks", "playbook={playbook}"),
    ("/tickets", "subject=New&account_id={account}&contact={contact}&agent={agent}&team={team}&channel=phone&priority=low&kind=problem"),
    ("/tickets/{id}/fields", "field=agent&value={agent}&agent={agent}"),
    ("/tickets/{id}/fields", "field=team&value={team}&team={team}"),
    ("/tickets/{id}/fields", "field=account&value={account}&account={account}"),
    ("/tickets/{id}/connections", "kind=related&other={ticket}"),
    ("/tickets/{id}/messages", "mode=note&body=Hello&file={file}&files={file}"),
    ("/settings/tags/{id}/merge", "into={tag}&other={tag}"),
    ("/settings/teams", "name=New&members={agent}"),
    ("/settings/teams/{id}", "name=New&version=1&members={agent}"),
    ("/settings/agents/{id}/role", "role={role}"),
    ("/settings/tokens", "name=New&agent={agent}&scopes=accounts.read&days=7"),
    ("/settings/assignment", "name=New&agent={agent}&team={team}&tag={tag}&tier={tier}&stage={stage}"),
    ("/settings/assignment/capacity", "agent={agent}&accounts=7"),
    ("/settings/mailboxes/{id}", "name=New&address=new@example.com&team={team}&version=1"),
    ("/counter/{id}/visits", "who=New&contact={contact}&what=Help&queue=A"),
    ("/settings/counter/{id}", "name=New&version=1&queue_A=Service&kind_A=question&team_A={team}"),
    ("/tasks", "title=New&account={account}&contact={contact}&owner={agent}&agent={agent}&evidence={ticket}"),
    ("/settings/forms", "title=New&per_hour=60&team={team}"),
    ("/settings/api-inboxes", "name=New&url=https://example.com/&channel=chat&team={team}"),
    ("/settings/sources/names/{id}/account", "account={account}"),
    ("/settings/sources/names/{id}/links/end", "other={other usage-name}"),
    ("/settings/sources/names/{id}/links/end", "other={contact}"),
    ("/tasks/{id}/owner", "owner={agent}&agent={agent}"),
    ("/alerts/{id}/owner", "owner={agent}&agent={agent}"),
];

/// Questions that name something.
const ASKED: &[&str] = &[
    "/api/v1/accounts?owner={agent}",
    "/api/v1/accounts?tier={tier}",
    "/api/v1/accounts?stage={stage}",
    "/api/v1/accounts?tag={tag}",
    "/api/v1/tickets?account={account}",
    "/api/v1/tickets?contact={contact}",
    "/api/v1/tickets?agent={agent}",
    "/api/v1/tickets?team={team}",
    "/api/v1/tickets?tag={tag}",
    "/api/v1/tasks?account={account}",
    "/api/v1/orders?account={account}",
    "/api/v1/orders?product={product}",
    "/api/v1/invoices?account={account}",
    "/api/v1/alerts?account={account}",
    "/api/v1/alerts?owner={agent}",
    "/api/v1/surveys?agent={agent}",
    "/api/v1/surveys?team={team}",
    "/api/v1/usage-features?owner={agent}",
    "/api/v1/usage-features?tier={tier}",
    "/usage/features?owner={agent}&tier={tier}",
    "/tickets/new?account={account}",
    "/tickets/new?contact={contact}",
    "/contacts/new?account={account}",
    "/tasks/new?account={account}&contact={contact}",
    "/alerts?account={account}&book=all",
    "/book?agent={agent}",
    "/surveys?agent={agent}&team={team}",
];

/// Every row of every table, in words.
pub(crate) type Rows = BTreeMap<String, Vec<String>>;

/// Everything that the database holds of a workspace.
pub(crate) async fn rows(db: &Db, office: &Office) -> Rows {
    let workspace = office.workspace.id.uuid();
    let read = db.read(move |tx| {
        let mut all = Rows::new();
        for table in catalog::tables(tx)? {
            let has = |name: &str| table.columns.iter().any(|column| column.name == name);
            let column = match table.name.as_str() {
                "workspaces" => "id",
                _ if has("workspace_id") => "workspace_id",
                _ if has("workspace") => "workspace",
                _ => continue,
            };
            let kept = all.entry(table.name.clone()).or_default();
            catalog::each_row(tx, &table, &Part::Where(column, workspace.to_param()), |values| {
                let cells = table.columns.iter().zip(values);
                let cells = cells.map(|(column, value)| format!("{}={}", column.name, shown(value)));
                kept.push(cells.collect::<Vec<_>>().join(" "));
                Ok(())
            })?;
        }
        Ok::<_, DbError>(all)
    });
    read.await.unwrap()
}

fn shown(value: &Value<'_>) -> String {
    match value {
        Value::Bytes(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        other => format!("{other:?}"),
    }
}

/// Fails with the tables that are not as they were.
pub(crate) fn assert_same(before: &Rows, after: &Rows) {
    assert!(
        before.values().map(Vec::len).sum::<usize>() > 100,
        "the other workspace is empty"
    );
    for (table, rows) in before {
        assert_eq!(
            Some(rows),
            after.get(table),
            "{table} of the other workspace has changed"
        );
    }
}

/// Every id that the tests know of an office.
pub(crate) fn ids(office: &Office) -> Vec<String> {
    let of_rows = routes::table()
        .into_iter()
        .filter(|row| row.path.contains("{id}"));
    let known = of_rows.map(|row| {
        let (before, _) = row.path.split_once("{id}").unwrap();
        let path = path(&row, office);
        let id = path[before.len()..].split(['/', '?']).next();
        id.unwrap().to_owned()
    });
    let mut all: Vec<String> = known.collect();
    all.sort();
    all.dedup();
    all
}

/// The bare id in its text, as [`shown`] shows it.
fn bare(text: &str) -> String {
    let (prefix, _) = text.split_once('_').unwrap();
    let prefix: &'static str = Box::leak(prefix.to_owned().into_boxed_str());
    let uuid: Uuid = kit::id::read(prefix, text).unwrap();
    uuid.simple().to_string()
}

/// What a refusal says, without what is of this request alone.
fn said(answer: &Answer) -> Json {
    let mut problem = answer.json();
    problem["request_id"] = Json::Null;
    problem
}

/// What our admin is told who sends a row's document with more in it, named by `office`.
async fn told(world: &World, (method, row, more): (&str, &str, &str), office: &Office) -> Answer {
    let mut whole: Json = serde_json::from_str(&named(&document(row).to_string(), &world.ours)).unwrap();
    let more: Json = serde_json::from_str(&named(more, office)).unwrap();
    for (field, value) in more.as_object().unwrap() {
        whole[field] = value.clone();
    }
    let method: Method = method.parse().unwrap();
    let table = routes::table();
    let row = table.iter().find(|one| one.method == method && one.path == row);
    let row = row.expect("a row of the table");
    let mut call = call(row, path(row, &world.ours), &world.ours).key(world.ours.key(Role::Admin));
    call.body = whole.to_string();
    world.ask(call).await
}

on_both! { WORLD;
    async fn another_workspaces_ids_in_a_document_are_refused_and_change_nothing(db: TestDb) {
        let world = World::whole(&db).await;
        let (before, mut faults) = (rows(&db, &world.theirs).await, Vec::new());
        for one in NAMED {
            let theirs = told(&world, *one, &world.theirs).await;
            if !theirs.status.is_client_error() {
                faults.push(format!("{one:?} is taken: {} {}", theirs.status, theirs.text()));
            }
            let ours = told(&world, *one, &world.ours).await;
            if !ours.status.is_success() && said(&ours) == said(&theirs) {
                faults.push(format!("{one:?} proves nothing, ours is refused alike: {} {}", ours.status, ours.text()));
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        unharmed(&world, &before).await;
    }

    async fn what_names_something_of_another_workspace_and_is_taken_does_nothing_there(db: TestDb) {
        let world = World::whole(&db).await;
        let before = rows(&db, &world.theirs).await;
        for one in IDLE {
            let theirs = told(&world, *one, &world.theirs).await;
            assert!(!theirs.status.is_server_error() && !theirs.text().contains("Elsewhere"), "{one:?}: {}", theirs.text());
        }
        assert_same(&before, &rows(&db, &world.theirs).await);
    }

    async fn another_workspaces_ids_in_a_form_change_nothing_and_are_kept_nowhere(db: TestDb) {
        let world = World::whole(&db).await;
        let before = rows(&db, &world.theirs).await;
        let table = routes::table();
        for (address, form) in FORMS {
            let row = table.iter().find(|row| row.method == Method::POST && row.path == *address);
            let row = row.unwrap_or_else(|| panic!("no row {address}"));
            let call = Call::new(Method::POST, path(row, &world.ours)).key(world.ours.key(Role::Admin)).html();
            let answer = world.ask(call.form(named(form, &world.theirs))).await;
            assert!(!answer.status.is_server_error(), "{address}: {}", answer.text());
            assert!(!answer.text().contains("Elsewhere"), "{address} tells of another workspace");
        }
        unharmed(&world, &before).await;
    }

    async fn an_act_on_many_of_another_workspace_is_refused_for_each_of_them(db: TestDb) {
        let world = World::whole(&db).await;
        let before = rows(&db, &world.theirs).await;
        for (tickets, agent) in [(&world.theirs, &world.ours), (&world.ours, &world.theirs), (&world.theirs, &world.theirs)] {
            let act = json!({ "tickets": [tickets.ticket.to_string()], "changes": [{ "field": "agent", "value": agent.spare.to_string() }] });
            let call = Call::new(Method::POST, "/api/v1/ticket-bulks").key(world.ours.key(Role::Admin)).json(&act);
            let begun = world.ask(call).await;
            if begun.status.is_success() {
                let begun = begun.json();
                assert_eq!((&begun["changed"], &begun["refused"]), (&json!(0), &json!(1)), "{begun}");
            } else {
                assert!(begun.status.is_client_error(), "{}", begun.text());
            }
        }
        for (accounts, deed) in [(&world.theirs, json!({ "deed": "tag", "value": "Seen" })), (&world.ours, json!({ "deed": "owner", "value": world.theirs.spare.to_string() }))] {
            let act = json!({ "accounts": [accounts.account.id.to_string()], "deeds": [deed] });
            let call = Call::new(Method::POST, "/api/v1/accounts/bulk").key(world.ours.key(Role::Admin)).json(&act);
            let begun = world.ask(call).await;
            assert!(begun.status.is_success() || begun.status.is_client_error(), "{}", begun.text());
            settle(&db).await;
            if begun.status.is_success() {
                let path = format!("/api/v1/accounts/bulk/{}", begun.json()["id"].as_str().unwrap());
                let done = world.ask(Call::get(path).key(world.ours.key(Role::Admin))).await.json();
                assert_eq!((&done["changed"], &done["refused"]), (&json!(0), &json!(1)), "{done}");
            }
        }
        settle(&db).await;
        let ours = world.ask(Call::get(format!("/api/v1/tickets/{}", world.ours.ticket)).key(world.ours.key(Role::Admin))).await.json();
        assert_eq!(ours["agent"], Json::Null);
        assert_same(&before, &rows(&db, &world.theirs).await);
    }

    async fn a_question_about_another_workspaces_things_is_answered_with_nothing(db: TestDb) {
        let world = World::whole(&db).await;
        for asked in ASKED {
            let call = Call::get(named(asked, &world.theirs)).key(world.ours.key(Role::Admin));
            let answer = world.ask(if asked.starts_with("/api/") { call } else { call.html() }).await;
            assert!(!answer.status.is_server_error(), "{asked}");
            assert!(!answer.text().contains("Elsewhere"), "{asked} tells of another workspace: {}", answer.text());
            let items = serde_json::from_slice::<Json>(&answer.body).ok().and_then(|body| body["items"].as_array().map(Vec::len));
            assert!(items.is_none_or(|items| items == 0), "{asked}: {}", answer.text());
        }
    }
}

/// Theirs is as it was, and ours names nothing of it.
async fn unharmed(world: &World, before: &Rows) {
    let db = &world.app.db;
    assert_same(before, &rows(db, &world.theirs).await);
    let theirs: Vec<_> = ids(&world.theirs).into_iter().map(|id| (bare(&id), id)).collect();
    let mut found = Vec::new();
    for (table, rows) in rows(db, &world.ours).await {
        for row in &rows {
            let named = theirs
                .iter()
                .filter(|(bare, id)| row.contains(bare) || row.contains(id));
            found.extend(named.map(|(_, id)| format!("{table} names their {id}: {row}")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
