//! Every row of the URL map, for every role, for strangers, and with another workspace's ids.

use axum::http::{Method, StatusCode};
use server::guard::Access;
use server::routes::{self, Route};
use tandem_core::accounts;
use tandem_core::permissions::Role;
use testkit::on_both;

use crate::world::{Call, LISTS, Office, World};

/// The row's path with `office`'s ids in it.
fn path(row: &Route, office: &Office) -> String {
    let id = if row.path.contains("/work/") {
        "job_01k0000000000000000000000z".to_owned()
    } else {
        office.account.id.to_string()
    };
    row.path
        .replace("{id}", &id)
        .replace("{link}", "no-such-link")
        .replace("{step}", "admin")
}

fn call<'a>(row: &Route, path: String) -> Call<'a> {
    let call = Call::new(row.method.clone(), path.clone());
    match (path.starts_with("/api/"), &row.method) {
        (_, &Method::GET) => call,
        (true, &Method::POST) if path.contains("/work/") => call,
        (true, _) => call
            .header("if-match", "*")
            .json(&serde_json::json!({ "name": "Renamed", "website": null })),
        (false, _) => call.form("name=Renamed&website=&version=1"),
    }
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

on_both! { LISTS;
    async fn every_route_lets_in_exactly_the_roles_of_its_permission(db: TestDb) {
        let world = World::new(&db).await;
        for row in routes::table() {
            for role in Role::ALL {
                let may = match row.access {
                    Access::Anyone | Access::SignedIn => true,
                    Access::Needs(permission) => permission.is_of(role),
                };
                // Signing out would end the key that the next rows need.
                if row.path == "/sign-out" {
                    continue;
                }
                let status = status(&world, call(&row, path(&row, &world.ours)).key(world.ours.key(role))).await;
                let refused = matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN);
                assert_eq!(refused, !may, "{} {} for {role}: {status}", row.method, row.path);
                assert!(!status.is_server_error(), "{} {} for {role}: {status}", row.method, row.path);
            }
        }
    }

    async fn a_stranger_gets_in_nowhere_but_at_the_open_doors(db: TestDb) {
        let world = World::new(&db).await;
        for row in routes::table() {
            let status = status(&world, call(&row, path(&row, &world.ours))).await;
            assert_eq!(status == StatusCode::UNAUTHORIZED, row.access != Access::Anyone, "{} {}: {status}", row.method, row.path);
        }
        let page = world.ask(Call::get("/accounts").html()).await;
        assert_eq!((page.status, page.headers["location"].to_str().unwrap()), (StatusCode::SEE_OTHER, "/sign-in?next=%2Faccounts"));
    }

    async fn another_workspaces_ids_lead_nowhere_and_change_nothing(db: TestDb) {
        let world = World::new(&db).await;
        for row in routes::table().into_iter().filter(|row| row.path.contains("{id}")) {
            let status = status(&world, call(&row, path(&row, &world.theirs)).key(world.ours.key(Role::Admin))).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{} {}", row.method, row.path);
        }
        let (system, id) = (world.theirs.system(), world.theirs.account.id);
        let now = db.read(move |tx| accounts::find(tx, &system, id)).await.unwrap().unwrap();
        assert_eq!(now, world.theirs.account);
    }

    async fn what_one_workspace_sees_has_nothing_of_the_other(db: TestDb) {
        let world = World::new(&db).await;
        for row in routes::table().into_iter().filter(|row| row.method == Method::GET && row.path != "/live") {
            let asked = call(&row, path(&row, &world.ours)).key(world.ours.key(Role::Admin)).html();
            let page = world.ask(asked).await.text();
            assert!(!page.contains("Elsewhere"), "{} shows another workspace", row.path);
            assert!(!page.contains(&world.theirs.account.id.to_string()), "{} shows another workspace's id", row.path);
        }
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
