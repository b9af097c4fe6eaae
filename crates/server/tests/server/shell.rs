//! The addresses that the shell answers beside the table: open to everybody, and with nothing of a workspace for strangers.

use axum::http::{Method, StatusCode};
use tandem_core::permissions::Role;
use testkit::on_both;

use crate::world::{Call, WORLD, World};

/// What is sent to a row, and what it answers.
type Asked = (Method, &'static str, &'static str, StatusCode);

/// Each row of the shell's router as its source has it, with what is sent to it and what it answers to whoever asks.
const ROWS: &[(&str, &[Asked])] = &[
    (
        "/assets/{*path}",
        &[
            (Method::GET, "/assets/no-such-file.js", "", StatusCode::NOT_FOUND),
            (Method::GET, "/assets/../Cargo.toml", "", StatusCode::NOT_FOUND),
        ],
    ),
    ("/design", &[(Method::GET, "/design", "", StatusCode::OK)]),
    (
        "/design/columns",
        &[(
            Method::POST,
            "/design/columns",
            "columns=name",
            StatusCode::SEE_OTHER,
        )],
    ),
    (
        "/design/trouble/{status}",
        &[(Method::GET, "/design/trouble/409", "", StatusCode::CONFLICT)],
    ),
    (
        "/preferences",
        &[
            (Method::GET, "/preferences", "", StatusCode::OK),
            (
                Method::POST,
                "/preferences",
                "theme=dark&back=%2F",
                StatusCode::SEE_OTHER,
            ),
        ],
    ),
    (
        "/preferences/keys",
        &[
            (Method::GET, "/preferences/keys", "", StatusCode::OK),
            (
                Method::POST,
                "/preferences/keys",
                "act=reset",
                StatusCode::SEE_OTHER,
            ),
        ],
    ),
];

#[test]
fn every_address_of_the_shell_has_its_row_here() {
    let source = include_str!("../../src/shell/mod.rs");
    let served = source
        .lines()
        .filter_map(|line| line.trim().strip_prefix(".route(\""));
    let served: Vec<&str> = served.filter_map(|rest| rest.split('"').next()).collect();
    let known: Vec<&str> = ROWS.iter().map(|(row, _)| *row).collect();
    assert_eq!(served, known);
}

on_both! { WORLD;
    async fn the_shell_answers_everybody_alike_and_tells_strangers_of_no_workspace(db: TestDb) {
        let world = World::new(&db).await;
        let keys = Role::ALL.map(|role| Some(world.ours.key(role)));
        for (method, path, form, expected) in ROWS.iter().flat_map(|(_, calls)| *calls) {
            for key in keys.iter().copied().chain([None]) {
                let mut call = Call::new(method.clone(), *path).html();
                if *method == Method::POST {
                    call = call.form(*form);
                }
                call.key = key;
                let answer = world.ask(call).await;
                assert_eq!(answer.status, *expected, "{method} {path}");
                let page = String::from_utf8_lossy(&answer.body).into_owned();
                assert!(!page.contains("Elsewhere"), "{path} tells of another workspace");
                assert!(key.is_some() || !page.contains("Northwind"), "{path} tells a stranger of a workspace");
            }
        }
    }

    async fn what_one_prefers_is_kept_for_nobody_else(db: TestDb) {
        let world = World::new(&db).await;
        let (lead, agent) = (world.ours.key(Role::SupportLead), world.ours.key(Role::SupportAgent));
        let look = async |key| world.ask(Call::get("/accounts").key(key).html()).await.text();
        assert!(!look(lead).await.contains("data-theme=\"dark\""));
        let stranger = world.ask(Call::new(Method::POST, "/preferences").html().form("theme=dark&back=%2F")).await;
        assert_eq!(stranger.status, StatusCode::SEE_OTHER);
        let kept = world.ask(Call::new(Method::POST, "/preferences").key(agent).html().form("theme=dark&back=%2F")).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER);
        assert!(look(agent).await.contains("data-theme=\"dark\""), "it is kept without the cookie");
        assert!(!look(lead).await.contains("data-theme=\"dark\""), "another agent sees their own");
    }
}
