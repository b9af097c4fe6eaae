//! The commands beside `serve`, as an operator types them.

use testkit::on_both;

use super::{on, on_sqlite};
use crate::world::LISTS;

on_both! { LISTS;
    async fn a_workspace_an_agent_and_a_token_are_three_commands(db: TestDb) {
        let program = on(&db);
        let workspace = program.output(&["admin", "workspace", "--name", "Northwind"]);
        assert!(workspace.starts_with("wsp_"), "{workspace}");
        let agent = ["admin", "agent", "--name", "Ada", "--email", "ada@example.com"];
        let link = program.output(&agent);
        let list = program.output(&["admin", "list"]);
        assert!(list.contains(&workspace) && list.contains("Ada  ada@example.com"), "{list}");
        let token = program.output(&["admin", "token", "--email", "ada@example.com"]);

        let node = program.serve();
        assert_eq!(node.add_account("Acme", &token).unwrap().status, 201);
        assert!(node.get("/api/v1/accounts", &token).body.contains("Acme"));
        let path = link.split_once("/sign-in/").unwrap().1;
        let page = node.get(&format!("/sign-in/{path}"), "");
        assert!(page.status == 200 && page.body.contains("Ada"), "{}", page.head);
    }
}

#[test]
fn the_same_agent_twice_is_refused_in_one_line() {
    let program = on_sqlite();
    program.token();
    let again = program.run(&["admin", "agent", "--name", "Ada", "--email", "ada@example.com"]);
    assert_eq!(again.code, Some(2));
    assert_eq!(again.complaint.lines().count(), 1, "{}", again.complaint);
}

#[test]
fn the_configuration_names_every_source_and_no_secret() {
    let program = on_sqlite()
        .with("database_url", "postgres://desk:canary@db.example.com/desk")
        .with("smtp_url", "smtps://desk:canary@mail.example.com")
        .with("s3_secret_key", "canary");
    let shown = program.output(&["config", "--drain", "3s"]);
    assert!(!shown.contains("canary"), "{shown}");
    let line = |key: &str| shown.lines().find(|line| line.starts_with(key)).unwrap();
    assert!(line("database_url").contains("postgres://(secret)@db.example.com/desk"));
    assert!(line("database_url").contains("TANDEM_DATABASE_URL"));
    assert!(line("drain").contains("3s") && line("drain").contains("--drain"));
    assert!(line("log_level").contains("default"));
}

#[test]
fn the_wiring_says_who_listens_to_what() {
    let table = on_sqlite().output(&["wiring"]);
    let row = table.lines().find(|line| line.contains("account.added")).unwrap();
    assert!(row.contains("accounts.tally"), "{row}");
}

#[test]
fn a_setting_that_cannot_be_right_stops_with_its_name() {
    for (key, value) in [
        ("listen", "nowhere"),
        ("body_limit", "much"),
        ("database_url", "canary"),
    ] {
        let ended = on_sqlite().with(key, value).run(&["serve"]);
        assert_eq!(ended.code, Some(2), "{}", ended.complaint);
        assert_eq!(ended.complaint.lines().count(), 1, "{}", ended.complaint);
        let name = format!("TANDEM_{}", key.to_uppercase());
        assert!(
            ended.complaint.contains(key) || ended.complaint.contains(&name),
            "{}",
            ended.complaint
        );
        assert!(!ended.complaint.contains("canary"), "{}", ended.complaint);
    }
}

#[test]
fn an_export_leaves_an_entry_and_the_trail_can_be_checked_beside_a_server() {
    let program = on_sqlite();
    let workspace = program.output(&["admin", "workspace", "--name", "Northwind"]);
    let node = program.serve();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("northwind").display().to_string();
    program.output(&["export", workspace.trim(), &file]);
    let checked = program.output(&["admin", "audit", "check"]);
    assert!(
        checked.contains("Northwind  1 entries") && checked.contains("whole"),
        "{checked}"
    );
    let doctor = program.output(&["doctor"]);
    assert!(doctor.contains("1 entries, each as it was written"), "{doctor}");
    drop(node);
}
