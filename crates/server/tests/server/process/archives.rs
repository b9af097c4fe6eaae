//! Backups, moved workspaces and the doctor, as an operator types them.

use testkit::program::{Ended, Program};

use super::{id, on_sqlite};

/// What a command said that was refused.
fn refusal(program: &Program, arguments: &[&str]) -> String {
    let Ended { code, complaint, .. } = program.run(arguments);
    assert_eq!(code, Some(2), "{complaint}");
    complaint
}

#[test]
fn a_backup_beside_the_running_server_restores_into_a_new_folder() {
    let (old, new) = (on_sqlite(), on_sqlite());
    let token = old.token();
    let node = old.serve();
    let added = node.add_account("Łódź & Co", &token).unwrap();
    let file = old.folder().join("tandem.tar.zst");
    let file = file.to_str().unwrap();
    assert!(
        old.output(&["backup", file])
            .starts_with("written and read back: ")
    );
    assert!(refusal(&old, &["backup", file]).contains("choose another name"));

    assert!(
        new.output(&["restore", file])
            .starts_with("restored and compared: ")
    );
    assert!(refusal(&new, &["restore", file]).contains("is not empty"));
    let again = new.serve();
    let found = again.get(&format!("/api/v1/accounts/{}", id(&added.body)), &token);
    assert!(
        found.status == 200 && found.body.contains("Łódź & Co"),
        "{}",
        found.body
    );
}

#[test]
fn a_workspace_is_exported_and_imported_by_its_id() {
    let (old, new) = (on_sqlite(), on_sqlite());
    let file = old.folder().join("one.tar.zst");
    let file = file.to_str().unwrap();
    let id = old.output(&["admin", "workspace", "--name", "Northwind"]);
    old.output(&["admin", "workspace", "--name", "Elsewhere"]);
    assert!(refusal(&old, &["export", "nonsense", file]).contains("wsp_"));
    let unknown = "wsp_00000000000000000000000000";
    assert!(
        old.run(&["export", unknown, file])
            .complaint
            .contains("no such workspace")
    );
    old.output(&["export", &id, file]);
    new.output(&["import", file]);
    let list = new.output(&["admin", "list"]);
    assert!(list.contains(&id) && !list.contains("Elsewhere"), "{list}");
    let again = new.run(&["import", file]);
    assert!(
        again.complaint.contains("exists in this database already"),
        "{}",
        again.complaint
    );
}

#[test]
fn the_doctor_tells_by_its_exit_code_whether_all_is_well() {
    let program = on_sqlite().with("disk_reserve", "1B");
    let _node = program.serve();
    let text = program.output(&["doctor"]);
    assert!(text.contains("the server runs as process "), "{text}");
    let ended = program.run(&["doctor", "--json", "--smtp-url", "smtp://127.0.0.1:1"]);
    assert_eq!(ended.code, Some(3));
    let findings: Vec<serde_json::Value> = serde_json::from_str(&ended.output).unwrap();
    let failing: Vec<_> = findings
        .iter()
        .filter(|finding| finding["verdict"] == "fail")
        .collect();
    assert_eq!((failing.len(), &failing[0]["name"]), (1, &"mail".into()));
}
