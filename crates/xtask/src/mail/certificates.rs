//! An authority for tests, and what it vouches for: `localhost`, by name only.

use super::folder::Folder;
use crate::failure::Outcome;
use crate::programs;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

const KEY: [&str; 5] = [
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:prime256v1",
    "-nodes",
];

/// Makes `ca.der` for clients, `server.pem` and `server.key`.
pub(super) fn make(folder: &Folder) -> Outcome {
    let openssl = |arguments: &[&str]| -> Outcome {
        let mut command = Command::new("openssl");
        command.args(arguments).current_dir(folder.path());
        programs::output(command).map(|_| ())
    };
    folder.write(
        "extensions",
        "basicConstraints=CA:FALSE\nsubjectAltName=DNS:localhost\n",
    )?;
    let authority = [
        "req",
        "-x509",
        "-days",
        "7",
        "-subj",
        "/CN=Tandem tests",
        "-keyout",
        "ca.key",
        "-out",
        "ca.pem",
    ];
    openssl(&[&authority[..], &KEY].concat())?;
    openssl(&["x509", "-in", "ca.pem", "-outform", "der", "-out", "ca.der"])?;
    let request = [
        "req",
        "-new",
        "-subj",
        "/CN=localhost",
        "-keyout",
        "server.key",
        "-out",
        "server.csr",
    ];
    openssl(&[&request[..], &KEY].concat())?;
    let sign = [
        "x509",
        "-req",
        "-in",
        "server.csr",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-days",
        "7",
        "-extfile",
        "extensions",
        "-out",
        "server.pem",
    ];
    openssl(&sign)?;
    fs::set_permissions(folder.file("server.key"), fs::Permissions::from_mode(0o600))?;
    Ok(())
}
