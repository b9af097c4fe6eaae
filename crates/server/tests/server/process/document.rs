//! The API's document against the running program: Schemathesis sends what the document allows and what it forbids, and
//! holds the answers against it.

use std::process::Command;

use testkit::program::Program;
use testkit::skip;

use super::BINARY;

/// Answers that a request which fits the document may have besides success: what it names may be another state by now,
/// or mean something that no schema can say.
const SETTINGS: &str = r#"
[checks]
positive_data_acceptance.expected-statuses = ["2xx", 400, 401, 403, 404, 409, 412, 422, 428, 429]
missing_required_header.expected-statuses = [400, 401, 403, 404, 422, 428, 429]
"#;

#[test]
#[expect(clippy::disallowed_methods, reason = "tests have no configuration struct")]
fn the_program_does_what_its_document_says_and_survives_what_it_forbids() {
    let Some(schemathesis) = std::env::var_os("TANDEM_TEST_SCHEMATHESIS") else {
        skip("no Schemathesis; run `cargo xtask test`, or set TANDEM_TEST_SCHEMATHESIS");
        return;
    };
    let program = Program::new(BINARY).with("api_requests", "1000000");
    let token = program.token();
    let node = program.serve();
    let settings = program.folder().join("schemathesis.toml");
    std::fs::write(&settings, SETTINGS).unwrap();
    let attack = Command::new(schemathesis)
        .arg("--config-file")
        .arg(&settings)
        .args(["run", &format!("http://{}/api/v1/openapi.json", node.address)])
        .args(["--header", &format!("Authorization: Bearer {token}")])
        // Bad tokens are told to slow down after a while; that none opens anything is asked by the tests of access.
        .args(["--exclude-checks", "ignored_auth"])
        // Texts by chance take as long again and find little more; they are for those who look for something.
        .args(["--phases", "examples,coverage", "--seed", "7", "--no-color"])
        .current_dir(program.folder())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&attack.stdout);
    assert!(
        attack.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&attack.stderr)
    );
    node.end_politely();
}
