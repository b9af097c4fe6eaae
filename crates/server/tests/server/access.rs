//! Every row of the URL map, for every role, for strangers, and with another workspace's ids.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::http::{Method, StatusCode};
use kit::db::DbError;
use serde_json::json;
use server::guard::Access;
use server::routes::{self, Route};
use tandem_core::agents::{self, NewAgent};
use tandem_core::doors::{self, Secret, SessionKind};
use tandem_core::permissions::{Permission, PermissionSet, Role};
use tandem_core::roles::{self, RoleText};
use tandem_core::tokens::{self, TokenText};
use testkit::on_both;

use crate::foreign;
use crate::world::{Call, Office, WORLD, World};

/// The id in the row's path: one of `office`'s things.
fn id(row: &Route, office: &Office) -> String {
    let is_of = |noun: &str| row.path.contains(&format!("/{noun}/{{id}}"));
    let thing = || office.things.iter().find(|(noun, _)| is_of(noun));
    match () {
        () if row.path.contains("/tickets/changes/") => office.ticket_change.to_string(),
        () if is_of("files") => office.file.to_string(),
        () if is_of("tickets") => office.ticket.to_string(),
        () if row.path.starts_with("/tickets/bulk/") || is_of("ticket-bulks") => office.bulk.to_string(),
        () if row.path.starts_with("/inbox/views/") || is_of("inbox-views") => office.view.to_string(),
        () if is_of("segments") => office.segment.to_string(),
        () if is_of("replies") || is_of("saved-replies") => office.reply.to_string(),
        () if is_of("mailboxes") => office.mailbox.to_string(),
        () if is_of("playbooks") => office.playbook.to_string(),
        () if is_of("tasks") => office.task.to_string(),
        () if is_of("products") => office.product.to_string(),
        () if is_of("billing") => office.billing.to_string(),
        () if is_of("orders") => office.order.to_string(),
        () if is_of("invoices") => office.invoice.to_string(),
        () if is_of("payments") => office.payment.to_string(),
        () if is_of("subscriptions") => office.subscription.to_string(),
        () if is_of("rates") || is_of("exchange-rates") => office.rate.to_string(),
        () if is_of("agents") => office.spare.to_string(),
        () if is_of("roles") => office.role.to_string(),
        () if is_of("teams") => office.team.to_string(),
        () if is_of("invitations") => office.invitation.to_string(),
        () if is_of("providers") => office.provider.to_string(),
        () if is_of("tokens") => office.token.to_string(),
        () if is_of("contacts") => office.contact.to_string(),
        () if is_of("stages") || is_of("rungs") => office.stage.to_string(),
        () if is_of("tiers") => office.tier.to_string(),
        () if is_of("assignment") || is_of("assignment-rules") => office.rule.to_string(),
        () if is_of("capacities") => office.spare.to_string(),
        () if is_of("tags") => office.tag.to_string(),
        () if is_of("fields") => office.field.to_string(),
        () if is_of("external-ids") => office.external_id.to_string(),
        () if is_of("identities") => office.identity.to_string(),
        () if is_of("touchpoints") => office.touchpoint.to_string(),
        () if is_of("memberships") => office.membership.to_string(),
        () if is_of("imports") => office.import.to_string(),
        () if is_of("accounts") => office.account.id.to_string(),
        () => match thing() {
            Some((_, id)) => id.clone(),
            None => panic!("{}: of what is this the id? See things.rs", row.path),
        },
    }
}

/// The row's path with `office`'s ids in it.
pub(crate) fn path(row: &Route, office: &Office) -> String {
    let query = match (row.path, &row.method) {
        ("/api/v1/accounts/{id}/merge", &Method::GET) => "?into={account}",
        ("/accounts/{id}/distinction/end", _) => "?other={account}",
        ("/contacts/{id}/distinction/end", _) => "?other={contact}",
        ("/api/v1/mail-imports", &Method::PUT) => "?mailbox={mailbox}",
        ("/api/v1/tickets/{id}/files" | "/api/v1/saved-replies/{id}/files", &Method::PUT) => {
            "?name=numbers.csv"
        }
        _ => "",
    };
    let mut path = row.path.to_owned();
    if path.contains("{id}") {
        path = path.replace("{id}", &id(row, office));
    }
    format!("{path}{}", named(query, office))
        .replace("{provider}", &office.provider.to_string())
        .replace("{view}", "open")
        .replace("{call}", "track")
        .replace("{link}", "no-such-link")
        .replace("{step}", "admin")
}

/// `text` with `office`'s ids in place of the names in braces.
pub(crate) fn named(text: &str, office: &Office) -> String {
    let thing = |noun: &str| {
        let found = office.things.iter().find(|(other, _)| *other == noun);
        found.map(|(_, id)| id.clone()).unwrap_or_default()
    };
    [
        ("{account}", office.account.id.to_string()),
        ("{agent}", office.spare.to_string()),
        ("{api-answers}", thing("api-answers")),
        ("{contact}", office.contact.to_string()),
        ("{file}", office.file.to_string()),
        ("{mail-providers}", thing("mail-providers")),
        ("{mails}", thing("mails")),
        ("{mailbox}", office.mailbox.to_string()),
        ("{message}", thing("messages")),
        ("{other account}", thing("other account")),
        ("{other contact}", thing("other contact")),
        ("{other tag}", thing("other tag")),
        ("{other usage-name}", thing("other usage-name")),
        ("{own}", thing("own")),
        ("{playbook}", office.playbook.to_string()),
        ("{product}", office.product.to_string()),
        ("{reply}", office.reply.to_string()),
        ("{role}", office.role.to_string()),
        ("{stage}", office.stage.to_string()),
        ("{tag}", office.tag.to_string()),
        ("{team}", office.team.to_string()),
        ("{ticket}", office.ticket.to_string()),
        ("{tier}", office.tier.to_string()),
    ]
    .into_iter()
    .fold(text.to_owned(), |text, (name, id)| text.replace(name, &id))
}

/// The row's request; what its body names is `office`'s.
pub(crate) fn call<'a>(row: &Route, path: String, office: &Office) -> Call<'a> {
    let mut call = unnamed(row, path);
    call.body = named(&call.body, office);
    call
}

fn unnamed<'a>(row: &Route, path: String) -> Call<'a> {
    let call = Call::new(row.method.clone(), path.clone());
    match (path.starts_with("/api/"), &row.method) {
        (_, &Method::GET) => call,
        (true, &Method::POST) if row.path.ends_with("/webhooks/{id}/replay") => {
            call.json(&json!({ "since": 0 }))
        }
        (true, &Method::POST) if takes_nothing(row.path) => call,
        (true, &Method::POST) if path.ends_with("/renewal") => call.json(&json!({})),
        (true, _) => call.header("if-match", "*").json(&document(row.path)),
        (false, _) if row.path.ends_with("/files") => call.parts("--x--\r\n", "x"),
        (false, _) if row.path.starts_with("/contacts") => {
            call.form("name=Renamed&version=1&kind=email&value=a@example.com&other={contact}")
        }
        (false, _)
            if ["/merge", "/distinction"]
                .iter()
                .any(|end| row.path.ends_with(end)) =>
        {
            call.form("other={account}")
        }
        (false, _) => call.form("name=Renamed&website=&version=1"),
    }
}

fn takes_nothing(path: &str) -> bool {
    [
        "/work/",
        "/deliveries/",
        "/outgoing-mails/",
        "/survey",
        "/webhooks/",
        "/imports/",
        "/usage-backfills/",
        "/making",
        "/mail-imports/{id}/undo",
        "/subscriptions/",
        "/value/computation",
        "/reading",
        "/mails/{id}/fetch",
        "/keys",
        "/sending",
        "/counter-places/{id}/calls",
        "/counter-places/{id}/board",
        "/api-inboxes/{id}/secrets",
        "/api-inboxes/{id}/test",
        "/api-inboxes/{id}/replay",
        "/api-answers/",
    ]
    .iter()
    .any(|part| path.contains(part))
}

/// A body that the row's handler can read.
pub(crate) fn document(path: &str) -> serde_json::Value {
    match path {
        "/api/v1/tickets" => return json!({ "subject": "Renamed", "channel": "phone" }),
        "/api/v1/tickets/{id}" => {
            return json!({ "subject": "Renamed", "status": "open", "priority": "high", "kind": "problem" });
        }
        "/api/v1/survey-settings" => {
            return json!({
                "is_on": false, "question": "csat", "direction": "easy", "scale": 5, "delay_minutes": 60,
                "is_working_time": false, "rest_days": 30, "after_low": "note",
            });
        }
        "/api/v1/counter-places" | "/api/v1/counter-places/{id}" => {
            return json!({ "name": "Renamed", "queues": [{ "letter": "A", "name": "Service", "kind": "question" }] });
        }
        "/api/v1/counter-places/{id}/seat" => return json!({ "window": "7" }),
        "/api/v1/counter-places/{id}/visits" => {
            return json!({ "who": "Renamed", "what": "Help", "queue": "A" });
        }
        "/api/v1/counter-visits/{id}/acts" => return json!({ "act": "call_again" }),
        "/api/v1/outbox-settings" => return json!({ "undo_seconds": 20, "quotes_history": true }),
        "/api/v1/tickets/{id}/connections" => {
            return json!({ "kind": "related", "other": "{ticket}" });
        }
        "/api/v1/tickets/{id}/split" => return json!({ "message": "{message}" }),
        "/api/v1/tickets/{id}/participants" => return json!({ "address": "a@example.com" }),
        "/api/v1/tickets/{id}/side-conversations" => {
            return json!({ "to": ["service@fixit.example"], "subject": "Renamed", "body": "Can you look?" });
        }
        "/api/v1/side-conversations/{id}/messages" => return json!({ "body": "Renamed" }),
        "/api/v1/tickets/{id}/fields" => return json!({ "fields": {} }),
        "/api/v1/ticket-fields/{id}" => return json!({ "kinds": ["problem"] }),
        "/api/v1/ticket-reopening" => return json!({ "days": 30 }),
        "/api/v1/my-notices/read" => return json!({ "is_read": true }),
        "/api/v1/tickets/{id}/spam" => return json!({ "block_sender": false }),
        "/api/v1/ticket-notices" => return json!({ "assigned": true }),
        "/api/v1/ticket-statuses" => return json!({ "category": "waiting", "name": "Renamed" }),
        "/api/v1/ticket-statuses/{id}" => return json!({ "name": "Renamed" }),
        "/api/v1/api-inboxes" | "/api/v1/api-inboxes/{id}" => {
            return json!({ "name": "Renamed", "url": "https://example.com/" });
        }
        "/api/v1/api-inboxes/{id}/messages" => {
            let author = json!({ "external_id": "renamed" });
            return json!({ "conversation": "Renamed", "id": "Renamed", "author": author, "text": "Renamed" });
        }
        "/api/v1/api-inboxes/{id}/receipts" => return json!({ "message": "{message}", "state": "read" }),
        "/api/v1/web-forms" | "/api/v1/web-forms/{id}" => return json!({ "title": "Renamed" }),
        "/api/v1/web-forms/{id}/words" => {
            return json!({ "languages": [{ "language": "pl", "title": "Renamed" }] });
        }
        "/api/v1/tickets/{id}/tags" => return json!({ "tags": ["Renamed"] }),
        "/api/v1/tickets/{id}/draft/taking" => return json!({ "agent": "{agent}" }),
        "/api/v1/tickets/{id}/draft" => return json!({ "kind": "reply", "body": "Renamed" }),
        "/api/v1/tickets/{id}/scheduled-replies" => {
            return json!({ "body": "Renamed", "due_at": 1_800_000_000_000_000_i64 });
        }
        "/api/v1/scheduled-replies/{id}/time" => return json!({ "due_at": 1_800_000_000_000_000_i64 }),
        "/api/v1/mail-decisions" => return json!({ "mails": ["{mails}"], "decision": "block" }),
        "/api/v1/dkim-keys" => return json!({ "domain": "desk.example", "algorithm": "ed25519" }),
        "/api/v1/tickets/{id}/saved-replies" => return json!({ "reply": "{reply}" }),
        "/api/v1/ticket-bulks" => {
            return json!({ "tickets": [], "changes": [{ "field": "priority", "value": "low" }] });
        }
        "/api/v1/segments" | "/api/v1/segments/{id}" => {
            return json!({ "name": "Renamed", "definition": { "conditions": [{ "about": "owner", "is": "unknown" }] } });
        }
        "/api/v1/segments/preview" => {
            return json!({ "definition": { "conditions": [{ "about": "owner", "is": "unknown" }] } });
        }
        "/api/v1/inbox-views" | "/api/v1/inbox-views/{id}" => return json!({ "name": "Renamed" }),
        "/api/v1/saved-replies" | "/api/v1/saved-replies/{id}" => {
            return json!({ "name": "Renamed", "body": "Hello" });
        }
        "/api/v1/tickets/{id}/messages" => return json!({ "kind": "note", "body": "Renamed" }),
        "/api/v1/contacts/{id}/identities" => return json!({ "kind": "email", "value": "a@example.com" }),
        "/api/v1/accounts/{id}/touchpoints" => {
            return json!({ "kind": "call", "channel": "phone", "direction": "inbound", "summary": "Renamed" });
        }
        "/api/v1/touchpoints/{id}/impression" => return json!({ "impression": 1 }),
        "/api/v1/accounts/{id}/owner" => return json!({ "agent": "{agent}" }),
        "/api/v1/tiers/{id}/service" => return json!({ "model": "high_touch" }),
        "/api/v1/rungs" => return json!({ "ladder": "tiers", "name": "Renamed" }),
        "/api/v1/rungs/{id}" => return json!({ "name": "Renamed" }),
        "/api/v1/rungs/{id}/place" | "/api/v1/assignment-rules/{id}/place" => return json!({ "place": 1 }),
        "/api/v1/assignment-rules" | "/api/v1/assignment-rules/{id}" => {
            return json!({ "name": "Renamed", "agent": "{agent}" });
        }
        "/api/v1/billing" => return json!({ "name": "Renamed", "secret": "whsec_of_the_access_test" }),
        "/api/v1/billing/{id}" => return json!({ "name": "Renamed", "adds_accounts": true }),
        "/api/v1/billing/{id}/secrets" => return json!({ "secret": "whsec_of_the_access_test" }),
        "/api/v1/billing/{id}/customers" => {
            return json!({ "code": "cus_1", "account": "{account}" });
        }
        "/api/v1/billing/{id}/prices" => {
            return json!({ "code": "price_1", "product": "{product}" });
        }
        "/api/v1/billing/{id}/replay" => return json!({ "object": null }),
        "/api/v1/capacities/{id}" => return json!({ "accounts": 7 }),
        "/api/v1/accounts/{id}/stage" => return json!({ "stage": "{stage}" }),
        "/api/v1/accounts/{id}/health/override" => {
            return json!({ "band": "amber", "reason": "Renamed", "until": "2026-11-30" });
        }
        "/api/v1/tasks" | "/api/v1/tasks/{id}" => return json!({ "title": "Renamed" }),
        "/api/v1/playbooks" | "/api/v1/playbooks/{id}" => {
            return json!({ "name": "Renamed", "content": { "trigger": { "kind": "hand" }, "steps": [{ "kind": "wait", "days": 1 }] } });
        }
        "/api/v1/accounts/{id}/playbook-runs" => {
            return json!({ "playbook": "{playbook}" });
        }
        "/api/v1/playbook-runs/{id}/mails" => return json!({ "contact": "{contact}" }),
        "/api/v1/playbook-runs/{id}/undo" => return json!({ "step": 0 }),
        "/api/v1/tasks/{id}/state" => return json!({ "state": "open" }),
        "/api/v1/scorecards/{id}" | "/api/v1/scorecards/{id}/what-if" => {
            return json!({ "name": "Renamed", "content": { "measures": [], "floor": 0.4, "red_below": 40.0, "green_from": 70.0 } });
        }
        "/api/v1/alert-quality" => return json!({ "horizon": 90, "reach": 25 }),
        "/api/v1/signals" => return json!({ "kind": "praise", "account": "{account}" }),
        "/api/v1/alerts/{id}/owner" => return json!({ "agent": null }),
        "/api/v1/alerts/{id}/snooze" => return json!({ "until": "2026-11-30" }),
        "/api/v1/alerts/{id}/dismissal" => return json!({ "reason": "minor" }),
        "/api/v1/alerts/{id}/outcome" => return json!({ "outcome": "saved" }),
        "/api/v1/metrics/own" | "/api/v1/metrics/own/preview" | "/api/v1/metrics/own/{id}" => {
            return json!({ "name": "Renamed", "content": { "measure": "count", "window": 30 } });
        }
        "/api/v1/usage-keeping" => return json!({ "days": 100 }),
        "/api/v1/usage-counts" => return json!({ "content": { "key_events": [], "first_value": null } }),
        "/api/v1/usage-names/{id}/account" => return json!({ "account": "{account}" }),
        "/api/v1/usage-names/{id}/link" => {
            return json!({ "other": "{other usage-name}", "is_ended": true });
        }
        "/api/v1/usage-refusals/{id}/replay" => {
            return json!({ "event": r#"{"type":"track","event":"Opened","userId":"u-1"}"# });
        }
        "/api/v1/warning-rules" | "/api/v1/warning-rules/{id}" => {
            return json!({ "content": { "name": "Renamed", "way": "risk", "is_on": true, "conditions": [], "cooldown": 1, "easing": 1 } });
        }
        "/api/v1/accounts/{id}/tier" => {
            return json!({ "tier": "{tier}", "reason": "Renamed" });
        }
        "/api/v1/tags/{id}/merge" => return json!({ "into": "{tag}" }),
        "/api/v1/fields" => return json!({ "noun": "account", "kind": "text", "label": "Renamed" }),
        "/api/v1/fields/{id}" => return json!({ "label": "Renamed" }),
        "/api/v1/tags" | "/api/v1/tags/{id}" => return json!({ "name": "Renamed" }),
        "/api/v1/accounts/{id}/parent" => return json!({ "parent": "{account}" }),
        "/api/v1/accounts/{id}/external-ids" => return json!({ "source": "crm", "value": "7" }),
        "/api/v1/contacts/{id}/distinction" => {
            return json!({ "other": "{contact}", "is_distinct": true });
        }
        "/api/v1/accounts/bulk" => {
            return json!({ "accounts": [], "deeds": [] });
        }
        "/api/v1/accounts/{id}/distinction" => {
            return json!({ "other": "{account}", "is_distinct": true });
        }
        "/api/v1/accounts/{id}/merge" => return json!({ "into": "{account}" }),
        "/api/v1/contacts/{id}/merge" => return json!({ "into": "{contact}" }),
        "/api/v1/contacts/{id}/memberships" => return json!({ "account": "{account}" }),
        _ => {}
    }
    if let Some(document) = document_of_money(path) {
        return document;
    }
    match path.split('/').nth(3) {
        Some("contacts" | "usage-sources") => json!({ "name": "Renamed" }),
        Some("memberships") => json!({ "title": "Renamed" }),
        Some("agents") => json!({ "role": "support_agent" }),
        Some("invitations") => {
            json!({ "email": "guest@example.com", "name": "Guest", "role": "support_agent" })
        }
        Some("teams") => json!({ "name": "Renamed", "members": [] }),
        Some("roles") => json!({ "name": "Renamed", "permissions": ["accounts.read"] }),
        Some("webhooks") => json!({ "name": "Renamed", "url": "https://example.com/" }),
        Some("mails") => json!({}),
        Some("mail-providers") => {
            json!({ "kind": "google", "name": "Renamed", "client": "tandem", "secret": "s" })
        }
        Some("mailboxes") => json!({ "name": "Renamed", "address": "renamed@example.com" }),
        Some("imports" | "usage-backfills") => json!({ "columns": [] }),
        Some("mail-imports") => json!({}),
        Some("providers") => {
            json!({ "label": "Renamed", "issuer": "https://login.example.com", "client": "tandem", "is_on": false })
        }
        Some("tokens") => json!({ "name": "Import", "scopes": ["accounts.read"], "days": 7 }),
        _ => json!({ "name": "Renamed", "website": null }),
    }
}

/// The same for what accounts pay.
fn document_of_money(path: &str) -> Option<serde_json::Value> {
    let renewal = json!({ "seats": 1, "price": 100, "term_months": 12, "is_automatic": true });
    let with = |more: serde_json::Value| {
        let mut whole = renewal.clone();
        for (name, value) in more.as_object().into_iter().flatten() {
            whole[name] = value.clone();
        }
        whole
    };
    Some(match path.split('/').next_back()? {
        "cancellation" => json!({ "ends": "2031-01-01", "reason": "price" }),
        "subscriptions" => with(json!({
            "product": "{product}", "currency": "EUR", "period_months": 12, "starts": "2026-01-01"
        })),
        "orders" => json!({ "number": "A-9", "day": "2026-01-01", "currency": "EUR", "total": 1 }),
        "invoices" => {
            json!({ "number": "A-9", "issued": "2026-01-01", "due": "2026-01-02", "currency": "EUR", "total": 1 })
        }
        "payments" => json!({ "day": "2026-01-01", "amount": 1 }),
        _ if path.ends_with("/orders/{id}") => {
            json!({ "number": "A-9", "day": "2026-01-01", "currency": "EUR", "total": 1 })
        }
        _ if path.ends_with("/invoices/{id}") => {
            json!({ "number": "A-9", "issued": "2026-01-01", "due": "2026-01-02", "currency": "EUR", "total": 1 })
        }
        "settings" if path.contains("/value/") => json!({ "margin": 1, "discount": 1, "horizon_months": 12 }),
        "exchange-rates" => json!({ "currency": "PLN", "day": "2026-01-01", "rate": "0.23" }),
        "reporting-currency" => json!({ "currency": "EUR" }),
        _ if path.ends_with("/subscriptions/{id}") => with(json!({ "since": "2026-01-01" })),
        _ if path.contains("/products") => json!({ "name": "Renamed" }),
        _ => return None,
    })
}

/// Somebody who knocks at every route.
struct Caller {
    name: String,
    permissions: PermissionSet,
    key: Secret,
    /// Whether it opens the addresses of programs only.
    is_token: bool,
}

/// The key of a new agent of ours with a role of these permissions.
pub(crate) async fn hire(world: &World, name: &'static str, permissions: PermissionSet) -> Secret {
    let system = world.ours.system();
    let hired = world.app.db.write(move |tx| {
        let text = RoleText {
            name: name.into(),
            permissions,
        };
        let role = roles::add(tx, &system, &text).unwrap();
        let new = NewAgent {
            name: name.into(),
            email: format!("{name}@example.com"),
            role: Role::Custom(role.id),
        };
        let agent = agents::add(tx, &system, &new).unwrap();
        doors::begin(tx, system.workspace, agent.id, SessionKind::Api, name)
    });
    hired.await.unwrap_or_else(|error: DbError| panic!("{error}"))
}

/// The six roles, a role with nothing, one with everything, and an admin's token with a narrow scope.
async fn everybody(world: &World) -> Vec<Caller> {
    let mut callers: Vec<Caller> = Role::ALL
        .into_iter()
        .map(|role| Caller {
            name: role.to_string(),
            permissions: role.permissions(),
            key: world.ours.key(role).clone(),
            is_token: false,
        })
        .collect();
    for (name, permissions) in [
        ("nothing", PermissionSet::NONE),
        ("everything", PermissionSet::all()),
    ] {
        let key = hire(world, name, permissions).await;
        callers.push(Caller {
            name: name.into(),
            permissions,
            key,
            is_token: false,
        });
    }
    let scopes: PermissionSet = [Permission::AccountsRead].into_iter().collect();
    let (system, admin) = (world.ours.system(), world.ours.agent(Role::Admin).id);
    let text = TokenText {
        name: "narrow".into(),
        agent: Some(admin),
        scopes,
        days: Some(7),
    };
    let (_, token) = world
        .app
        .db
        .write(move |tx| tokens::make(tx, &system, &text))
        .await
        .unwrap();
    callers.push(Caller {
        name: "a narrow token".into(),
        permissions: scopes,
        key: token.parse().unwrap(),
        is_token: true,
    });
    callers
}

/// The status alone: the body of a stream has no end.
async fn status(world: &World, call: Call<'_>) -> StatusCode {
    use tower::ServiceExt;
    world
        .router
        .clone()
        .oneshot(call.request())
        .await
        .unwrap()
        .status()
}

/// Whether a row asks for a write key, which no agent has; `usage.rs` tests those.
fn has_its_own_key(row: &Route) -> bool {
    row.path.starts_with("/v1/") || row.path.starts_with("/sourceConfig")
}

fn is_taking_back_a_signal(row: &Route) -> bool {
    row.path == "/signals/{id}/undo" || (row.path == "/api/v1/signals/{id}" && row.method == Method::DELETE)
}

on_both! { WORLD;
    async fn every_route_lets_in_exactly_the_roles_of_its_permission(db: TestDb) {
        let world = World::whole(&db).await;
        let callers = everybody(&world).await;
        for row in routes::table() {
            for Caller { name, permissions, key, is_token } in &callers {
                let may = match row.access {
                    Access::Anyone => true,
                    _ if *is_token && !row.path.starts_with("/api/v1/") && row.path != "/live" => false,
                    Access::SignedIn => true,
                    Access::Needs(permission) => permissions.has(permission),
                };
                // Signing out would end the key that the next rows need.
                if row.path == "/sign-out" || has_its_own_key(&row) {
                    continue;
                }
                let status = status(&world, call(&row, path(&row, &world.ours), &world.ours).key(key)).await;
                let refused = matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN);
                // Taking an act on many back needs what each of its deeds needs too, as making a contact of an id of usage does, and a
                // signal is taken back by who told it.
                let is_of_more = row.path.ends_with("/bulk/{id}/undo") || row.path.ends_with("names/{id}/making");
                let asks_more = may && (is_of_more || is_taking_back_a_signal(&row));
                assert!(refused != may || asks_more, "{} {} for {name}: {status}", row.method, row.path);
                assert!(!status.is_server_error(), "{} {} for {name}: {status}", row.method, row.path);
            }
        }
    }

    async fn a_stranger_gets_in_nowhere_but_at_the_open_doors(db: TestDb) {
        let world = World::whole(&db).await;
        for row in routes::table() {
            if has_its_own_key(&row) {
                continue;
            }
            let status = status(&world, call(&row, path(&row, &world.ours), &world.ours)).await;
            assert_eq!(status == StatusCode::UNAUTHORIZED, row.access != Access::Anyone, "{} {}: {status}", row.method, row.path);
        }
        let page = world.ask(Call::get("/accounts").html()).await;
        assert_eq!((page.status, page.headers["location"].to_str().unwrap()), (StatusCode::SEE_OTHER, "/sign-in?next=%2Faccounts"));
    }

    async fn every_id_of_these_tests_is_of_something_that_is_there(db: TestDb) {
        let world = World::whole(&db).await;
        let mut rows: Vec<Route> = routes::table().into_iter().filter(|row| row.path.contains("{id}")).collect();
        // What takes something away comes last.
        let takes_away = |row: &Route| row.method == Method::DELETE || ["/end", "/erasure", "/removal", "/discarding"].iter().any(|end| row.path.ends_with(end));
        rows.sort_by_key(|row| (row.method != Method::GET, takes_away(row)));
        let (mut nouns, mut found) = (BTreeSet::new(), BTreeSet::new());
        for row in rows {
            let (before, _) = row.path.split_once("/{id}").unwrap();
            let noun = before.rsplit('/').next().unwrap();
            let noun = if noun == "exchange-rates" { "rates" } else { noun };
            let status = status(&world, call(&row, path(&row, &world.ours), &world.ours).key(world.ours.key(Role::Admin))).await;
            nouns.insert(noun);
            if status != StatusCode::NOT_FOUND {
                found.insert(noun);
            }
        }
        let lost: Vec<_> = nouns.difference(&found).collect();
        assert!(lost.is_empty(), "nothing is there of {lost:?}, so that the tests of others' ids prove nothing");
    }

    async fn another_workspaces_ids_lead_nowhere_and_change_nothing(db: TestDb) {
        let world = World::whole(&db).await;
        let before = foreign::rows(&db, &world.theirs).await;
        for row in routes::table().into_iter().filter(|row| row.path.contains("{id}")) {
            for body in [&world.ours, &world.theirs] {
                // Slower than what a key may ask in a minute.
                db.clock.advance(Duration::from_millis(100));
                let status = status(&world, call(&row, path(&row, &world.theirs), body).key(world.ours.key(Role::Admin))).await;
                // A run's account is named beside its playbook, and refused as its field is.
                let is_refused = status == StatusCode::UNPROCESSABLE_ENTITY && row.path.ends_with("/playbook-runs");
                assert!(status == StatusCode::NOT_FOUND || is_refused, "{} {}: {status}", row.method, row.path);
            }
        }
        foreign::assert_same(&before, &foreign::rows(&db, &world.theirs).await);
    }

    async fn another_workspaces_door_is_as_open_to_us_as_to_strangers(db: TestDb) {
        let world = World::whole(&db).await;
        for row in routes::table().into_iter().filter(|row| row.path.contains("{provider}")) {
            assert_eq!(row.access, Access::Anyone, "{}", row.path);
            let theirs = path(&row, &world.theirs);
            let stranger = world.ask(call(&row, theirs.clone(), &world.theirs)).await;
            let ours = world.ask(call(&row, theirs, &world.theirs).key(world.ours.key(Role::Admin))).await;
            assert_eq!((ours.status, ours.headers.get("location")), (stranger.status, stranger.headers.get("location")), "{}", row.path);
            assert!(!ours.text().contains("Elsewhere"), "{} names another workspace", row.path);
        }
    }

    async fn what_one_workspace_sees_has_nothing_of_the_other(db: TestDb) {
        let world = World::whole(&db).await;
        for row in routes::table().into_iter().filter(|row| row.method == Method::GET && row.path != "/live") {
            let asked = call(&row, path(&row, &world.ours), &world.ours).key(world.ours.key(Role::Admin)).html();
            let page = world.ask(asked).await.text();
            assert!(!page.contains("Elsewhere"), "{} shows another workspace", row.path);
            // The front door has the buttons of everybody's providers, also where a provider's door leads back to it.
            let hidden = if row.path.starts_with("/sign-in") { Vec::new() } else { foreign::ids(&world.theirs) };
            for id in hidden {
                assert!(!page.contains(&id), "{} shows {id} of another workspace", row.path);
            }
        }
    }

    async fn who_reads_tickets_alone_learns_no_accounts_name(db: TestDb) {
        let world = World::whole(&db).await;
        let key = hire(&world, "tickets", [Permission::TicketsRead].into_iter().collect()).await;
        let name = &world.ours.account.name;
        let is_open = |row: &Route| row.method == Method::GET && row.path != "/live" && row.access == Access::Needs(Permission::TicketsRead);
        for row in routes::table().into_iter().filter(is_open) {
            let page = world.ask(call(&row, path(&row, &world.ours), &world.ours).key(&key).html()).await.text();
            assert!(!page.contains(name.as_str()), "{} names the account", row.path);
        }
        let page = world.ask(Call::get(format!("/accounts/{}/tickets", world.ours.account.id)).key(&key).html()).await;
        assert_eq!(page.status, StatusCode::OK);
    }

    async fn a_bad_or_ended_key_is_no_key(db: TestDb) {
        let world = World::new(&db).await;
        for header in ["Bearer", "Bearer x", "Basic dXNlcjpwYXNz", "Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
            let answer = world.ask(Call::get("/api/v1/accounts").header("authorization", header)).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{header}");
        }
        let key = world.ours.key(Role::SupportAgent);
        let out = world.ask(Call::new(Method::POST, "/sign-out").key(key)).await;
        assert_eq!(out.status, StatusCode::SEE_OTHER);
        assert_eq!(world.ask(Call::get("/api/v1/accounts").key(key)).await.status, StatusCode::UNAUTHORIZED);
    }
}

/// The permission matrix as people read it; written anew by `UPDATE_DOCS=1`.
#[test]
fn the_permission_document_is_up_to_date() {
    let mut routes = String::from("| method | path | who |\n|---|---|---|\n");
    for row in routes::table() {
        let who = match row.access {
            Access::Anyone => "anyone",
            Access::SignedIn => "every agent",
            Access::Needs(permission) => permission.as_str(),
        };
        routes.push_str(&format!("| {} | `{}` | {who} |\n", row.method, row.path));
    }
    let text = format!(
        "# Permissions\n\nMade from the tables in `core/src/permissions.rs` and `server/src/routes.rs`.\n\n## Roles\n\n{}\n## Routes\n\n{routes}",
        tandem_core::permissions::matrix()
    );
    testkit::same_as_document("docs/permissions.md", &text);
}
