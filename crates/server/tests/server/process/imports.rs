//! An import that is killed in its middle, again and again, takes every row once; and the command that imports.

use serde_json::json;
use testkit::on_both;
use testkit::program::{Program, ask, post, until};

use super::on;
use crate::world::LISTS;

/// Enough for the import to be killed in its middle.
const ROWS: usize = 4_000;
const FEW: usize = 400;

fn file(program: &Program, count: usize) -> String {
    let rows: String = (0..count)
        .map(|number| format!("{number};Account {number:05}\n"))
        .collect();
    let text = format!("ID;Firma\n{rows}x;\n");
    let path = program.folder().join("list.csv");
    std::fs::write(&path, &text).unwrap();
    path.display().to_string()
}

fn document(body: &str) -> serde_json::Value {
    serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {body}"))
}

#[test]
fn a_file_of_usage_that_is_killed_in_its_middle_counts_every_line_once() {
    const LINES: usize = 30_000;
    let program = Program::new(super::BINARY).with("api_requests", "1000000");
    let token = program.token();
    let mut node = program.serve();
    let made = post(
        node.address,
        "/api/v1/usage-sources",
        &token,
        r#"{"name":"Web app"}"#,
    )
    .unwrap();
    let source = super::id(&made.body);
    let text: String = (0..LINES)
        .map(|number| {
            format!("{{\"type\":\"track\",\"event\":\"A\",\"userId\":\"u-{}\",\"timestamp\":\"2026-01-05T09:00:00Z\"}}\n", number % 7)
        })
        .collect();
    let bring = format!("content-length: {}\r\n\r\n{text}", text.len());
    let path = format!("PUT /api/v1/usage-backfills?source={source}&file_name=past.jsonl");
    let answer = ask(node.address, &path, &token, &bring).unwrap();
    assert_eq!(answer.status, 200, "{}", answer.body);
    let id = super::id(&answer.body);
    let run = format!("POST /api/v1/usage-backfills/{id}/run");
    let begun = ask(node.address, &run, &token, "content-length: 0\r\n\r\n").unwrap();
    assert_eq!(begun.status, 202, "{}", begun.body);
    let path = format!("/api/v1/usage-backfills/{id}");
    let mut seen = 0;
    for _ in 0..2 {
        seen = until("lines", || {
            let backfill = document(&node.get(&path, &token).body);
            let taken = backfill["counts"]["taken"].as_i64().unwrap();
            (taken > seen || backfill["state"] == "done").then_some(taken)
        });
        node.kill();
        node = program.serve();
    }
    let over = until("the end", || {
        let backfill = document(&node.get(&path, &token).body);
        (backfill["state"] == "done").then_some(backfill)
    });
    let counts = json!({ "taken": LINES, "known": 0, "left_out": 0, "refused": 0 });
    assert_eq!(over["counts"], counts);
    node.end_politely();

    // The command does the same without a server.
    let path = program.folder().join("old.csv");
    std::fs::write(
        &path,
        "Event,Who,Time\nB,u-1,2026-01-06 09:00:00\nB,,2026-01-06\n",
    )
    .unwrap();
    let (file, refused) = (path.display().to_string(), program.folder().join("refused.csv"));
    let written = refused.to_str().unwrap();
    let arguments = [
        "import",
        "usage",
        &file,
        "--source",
        "Web app",
        "--map",
        "Who=user",
        "--refused",
        written,
    ];
    let said = program.output(&arguments);
    assert!(
        said.ends_with(": 1 taken, 0 known already, 0 left out, 1 refused"),
        "{said}"
    );
    let back = std::fs::read_to_string(&refused).unwrap();
    assert!(back.contains("B,,2026-01-06,It names nobody"), "{back}");
    let said = program.output(&arguments);
    assert!(
        said.ends_with(": 1 taken, 0 known already, 0 left out, 1 refused"),
        "the same run: {said}"
    );
}

on_both! { LISTS;
    async fn killed_again_and_again_it_takes_every_row_once(db: TestDb) {
        // Asking again and again is what waiting is here.
        let program = on(&db).with("api_requests", "1000000");
        let token = program.token();
        let text = std::fs::read_to_string(file(&program, ROWS)).unwrap();
        let mut node = program.serve();
        let bring = format!("content-type: text/csv\r\ncontent-length: {}\r\n\r\n{text}", text.len());
        let answer = ask(node.address, "PUT /api/v1/imports?target=accounts&file_name=list.csv", &token, &bring).unwrap();
        assert_eq!(answer.status, 200, "{}", answer.body);
        let id = document(&answer.body)["id"].as_str().unwrap().to_owned();
        let run = format!("POST /api/v1/imports/{id}/run");
        let begun = ask(node.address, &run, &token, "content-length: 0\r\n\r\n").unwrap();
        assert_eq!(begun.status, 202, "{}", begun.body);
        let path = format!("/api/v1/imports/{id}");
        let mut seen = 0;
        for _ in 0..3 {
            let moved = until("rows", || {
                let import = document(&node.get(&path, &token).body);
                let added = import["counts"]["added"].as_i64().unwrap();
                (added > seen || import["state"] == "done").then_some(added)
            });
            seen = moved;
            node.kill();
            node = program.serve();
        }
        let over = until("the end", || {
            let import = document(&node.get(&path, &token).body);
            (import["state"] == "done").then_some(import)
        });
        assert_eq!((over["counts"]["added"].as_u64(), over["counts"]["refused"].as_u64()), (Some(ROWS as u64), Some(1)));
        let mut names = Vec::new();
        let mut next = String::from("/api/v1/accounts?limit=200");
        loop {
            let page = document(&node.get(&next, &token).body);
            names.extend(page["items"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap().to_owned()));
            let Some(after) = page["next"].as_str() else { break };
            next = format!("/api/v1/accounts?limit=200&after={after}");
        }
        let wanted: Vec<String> = (0..ROWS).map(|number| format!("Account {number:05}")).collect();
        assert_eq!(names, wanted);
        node.end_politely();
    }

    async fn the_command_imports_a_file_and_writes_down_what_it_refused(db: TestDb) {
        let program = on(&db);
        program.token();
        let (file, refused) = (file(&program, FEW), program.folder().join("refused.csv"));
        let arguments = ["import", "csv", &file, "--email", "ada@example.com", "--refused", refused.to_str().unwrap()];
        let said = program.output(&arguments);
        assert!(said.ends_with(&format!("{FEW} new, 0 changed, 0 unchanged, 1 refused")), "{said}");
        let back = std::fs::read_to_string(&refused).unwrap();
        assert_eq!(back, "\u{feff}ID,Firma,Reason,Suggestion\r\nx,,Name (column “Firma”) is empty,Fill it in\r\n");
        let again = program.output(&arguments);
        assert!(again.ends_with(&format!("0 new, 0 changed, {FEW} unchanged, 1 refused")), "{again}");
        let wrong = program.run(&["import", "csv", &file, "--map", "Nothing=name"]);
        assert!(wrong.complaint.contains("the file has: ID, Firma"), "{}", wrong.complaint);
    }
}
