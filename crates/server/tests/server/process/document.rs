//! The API's document against the running program: Schemathesis sends what the document allows and what it forbids, and
//! holds the answers against it.

use std::process::Command;

use serde_json::Value;
use testkit::program::{Node, Program};
use testkit::skip;

use super::BINARY;

/// Answers that a request which fits the document may have besides success: what it names may be another state by now,
/// or mean something that no schema can say.
const SETTINGS: &str = r#"
[checks]
positive_data_acceptance.expected-statuses = ["2xx", 400, 401, 403, 404, 409, 412, 422, 428]
missing_required_header.expected-statuses = [400, 401, 403, 404, 422, 428]
"#;

/// How many accounts the sample data has: enough for one of everything.
const ACCOUNTS: usize = 6;

/// For each list of the API the id of its first item, with the paths that take such an id.
fn ids(node: &Node, token: &str) -> Vec<(String, String)> {
    let document: Value = serde_json::from_str(&node.get("/api/v1/openapi.json", token).body).unwrap();
    let paths = document["paths"].as_object().unwrap();
    let lists = paths
        .keys()
        .filter(|path| paths.contains_key(&format!("{path}/{{id}}")));
    let first = |path: &String| {
        let list: Value = serde_json::from_str(&node.get(path, token).body).ok()?;
        Some((path.clone(), list["items"].get(0)?["id"].as_str()?.to_owned()))
    };
    lists.filter_map(first).collect()
}

/// [`SETTINGS`], and things that are there: what is looked at and changed is found, what is taken away is not.
fn settings(ids: &[(String, String)]) -> String {
    let rule = |(path, id): &(String, String)| {
        format!(
            "\n[[operations]]\ninclude-path-regex = '^{path}/\\{{id\\}}'\nexclude-method = \"DELETE\"\nparameters = {{ \"path.id\" = \"{id}\" }}\n"
        )
    };
    ids.iter()
        .map(rule)
        .fold(SETTINGS.to_owned(), |text, rule| text + &rule)
}

#[test]
#[expect(clippy::disallowed_methods, reason = "tests have no configuration struct")]
fn the_program_does_what_its_document_says_and_survives_what_it_forbids() {
    let Some(schemathesis) = std::env::var_os("TANDEM_TEST_SCHEMATHESIS") else {
        skip("no Schemathesis; run `cargo xtask test`, or set TANDEM_TEST_SCHEMATHESIS");
        return;
    };
    let program = Program::new(BINARY).with("api_requests", "1000000");
    let (node, _) = program.demo(ACCOUNTS);
    let token = program.demo_token();
    let ids = ids(&node, &token);
    let file = program.folder().join("schemathesis.toml");
    std::fs::write(&file, settings(&ids)).unwrap();
    let attack = Command::new(schemathesis)
        .arg("--config-file")
        .arg(&file)
        .args(["run", &format!("http://{}/api/v1/openapi.json", node.address)])
        .args(["--header", &format!("Authorization: Bearer {token}")])
        .args(["--max-examples", "10", "--seed", "7", "--no-color"])
        .current_dir(program.folder())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&attack.stdout);
    assert!(
        attack.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&attack.stderr)
    );
    // It was no walk past doors that lead nowhere.
    let counted = node.operators("/metrics").body;
    let answered = |path: &str| {
        let route = format!("route=\"{path}/{{id}}\"");
        let mut lines = counted.lines();
        lines.any(|line| {
            line.starts_with("http_requests_total{")
                && line.contains(&route)
                && line.contains("status=\"200\"")
        })
    };
    let lost: Vec<_> = ids.iter().filter(|(path, _)| !answered(path)).collect();
    assert!(
        ids.len() > 20 && lost.is_empty(),
        "never answered with what is there: {lost:?} of {ids:?}"
    );
    node.end_politely();
}
