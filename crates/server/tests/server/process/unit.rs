//! The systemd unit that the packages install.

use std::process::Command;

use testkit::skip;

#[test]
fn the_systemd_unit_is_valid_and_little_exposed() {
    let unit = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packaging/tandem.service");
    let analyse = |arguments: &[&str]| Command::new("systemd-analyze").args(arguments).arg(unit).output();
    let Ok(security) = analyse(&["security", "--offline=true", "--no-pager", "--threshold=20"]) else {
        skip("there is no systemd-analyze");
        return;
    };
    assert!(
        security.status.success(),
        "{}",
        String::from_utf8_lossy(&security.stdout)
    );
    let verified = analyse(&["verify", "--man=no"]).unwrap();
    let complaints = String::from_utf8_lossy(&verified.stderr).into_owned();
    // The program is not installed on the machine of the tests; nothing else may be wrong.
    let others: Vec<_> = complaints
        .lines()
        .filter(|line| !line.contains("/usr/bin/tandem is not executable"))
        .collect();
    assert_eq!(others, [""; 0]);
}
