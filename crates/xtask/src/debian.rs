//! What the tests need from the machine beyond Rust and a C compiler, and how a Debian machine gets it.

use crate::failure::{Failure, Outcome};
use crate::{mail, node, postgres, programs, python};
use std::path::PathBuf;

/// One thing that some tests need.
pub(crate) struct Need {
    /// What people call it.
    pub(crate) name: &'static str,
    /// What cannot run without it.
    pub(crate) suite: &'static str,
    packages: &'static [&'static str],
    find: fn() -> Option<PathBuf>,
}

/// Everything beyond Rust and a C compiler.
pub(crate) const NEEDS: &[Need] = &[
    Need {
        name: "PostgreSQL",
        suite: "the PostgreSQL half of the database tests",
        packages: &["postgresql"],
        find: postgres::programs_folder,
    },
    Need {
        name: "Chromium",
        suite: "the browser tests",
        // Without a font of its own a bare machine shows no letters.
        packages: &["chromium", "fonts-liberation"],
        find: || on_path(&["chromium", "chromium-browser", "google-chrome"]),
    },
    Need {
        name: "ChromeDriver",
        suite: "the browser tests",
        packages: &["chromium-driver"],
        find: || on_path(&["chromedriver"]),
    },
    Need {
        name: "Schemathesis",
        suite: "the attack on the API by its document",
        packages: &["python3-venv"],
        find: python::schemathesis,
    },
    Need {
        name: "Standard Webhooks",
        suite: "the check of deliveries by the library that receivers use",
        packages: &["python3-venv"],
        find: python::standard_webhooks,
    },
    Need {
        name: "Segment's SDK for Node.js",
        suite: "the test with the SDK that sends usage from Node.js",
        packages: &["nodejs", "npm"],
        find: node::analytics,
    },
    Need {
        name: "Segment's SDK for browsers",
        suite: "the test with the SDK that sends usage from pages",
        packages: &["nodejs", "npm"],
        find: node::browser,
    },
    Need {
        name: "Segment's SDK for Python",
        suite: "the test with the SDK that sends usage from Python",
        packages: &["python3-venv"],
        find: python::analytics,
    },
    Need {
        name: "DuckDB",
        suite: "the test with an engine that reads the lake of usage",
        packages: &["python3-venv"],
        find: python::duckdb,
    },
    Need {
        name: "Dovecot",
        suite: "the tests with a real IMAP server",
        packages: &["dovecot-imapd", "dovecot-lmtpd", "openssl"],
        find: mail::dovecot_program,
    },
    Need {
        name: "Postfix",
        suite: "the tests with a real SMTP server",
        packages: &["postfix"],
        find: mail::postfix_program,
    },
    Need {
        name: "libfaketime",
        suite: "the story of an account, which begins twelve days ago",
        packages: &["libfaketime"],
        find: faketime,
    },
];

impl Need {
    /// Where the machine has it.
    pub(crate) fn found(&self) -> Option<PathBuf> {
        (self.find)()
    }
}

/// Where the machine has the thing of this name from [`NEEDS`].
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    NEEDS.iter().find(|need| need.name == name).and_then(Need::found)
}

/// Installs what the machine lacks of these names from [`NEEDS`] if it may, and answers with what is still
/// missing.
pub(crate) fn provide(names: &[&str]) -> Vec<&'static Need> {
    let missing = missing(names);
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages).copied().collect();
    if packages.is_empty() {
        return missing;
    }
    if let Err(failure) = install(&packages) {
        println!("cannot install {}: {failure}", packages.join(" "));
    }
    self::missing(names)
}

fn missing(names: &[&str]) -> Vec<&'static Need> {
    NEEDS
        .iter()
        .filter(|need| names.contains(&need.name) && need.found().is_none())
        .collect()
}

fn install(packages: &[&str]) -> Outcome {
    if on_path(&["apt-get"]).is_none() {
        return Err(Failure::new("this is not a Debian machine"));
    }
    let as_root = way_to_root()?;
    // A mirror may be slow to answer right after a machine has started.
    let retries = ["-o", "Acquire::Retries=3"];
    let update = [as_root, &["apt-get", "update", "--quiet"], &retries].concat();
    programs::run(programs::program(&update)?)?;
    let quiet = [
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "sh",
        "-c",
        WITHOUT_SERVICES,
        "sh",
    ];
    let install = [
        "apt-get",
        "install",
        "--yes",
        "--quiet",
        "--no-install-recommends",
    ];
    programs::run(programs::program(
        &[as_root, &quiet, &install, &retries, packages].concat(),
    )?)
}

/// Runs a command during which packages start no service of the machine and ask nothing: servers for tests are our own.
const WITHOUT_SERVICES: &str = r#"
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' > "$policy" && chmod 755 "$policy"
fi
if command -v debconf-set-selections > /dev/null; then
    echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections
fi
"$@"
"#;

/// What to put before a command so that it runs as root without asking anybody.
fn way_to_root() -> Result<&'static [&'static str], Failure> {
    if programs::output(programs::program(&["id", "-u"])?)?.trim() == "0" {
        Ok(&[])
    } else if programs::succeeds(&["sudo", "-n", "true"]) {
        Ok(&["sudo", "-n"])
    } else {
        Err(Failure::new("this needs root, or sudo without a password"))
    }
}

/// The library that a program loads before all others to have another time.
fn faketime() -> Option<PathBuf> {
    let machines = std::fs::read_dir("/usr/lib").ok()?;
    let libraries = machines
        .flatten()
        .map(|machine| machine.path().join("faketime/libfaketime.so.1"));
    libraries.into_iter().find(|library| library.is_file())
}

fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let candidates = names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    candidates.into_iter().find(|candidate| candidate.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_asked_for_can_be_missing() {
        assert!(missing(&[]).is_empty());
        assert!(
            missing(&["PostgreSQL"])
                .iter()
                .all(|need| need.name == "PostgreSQL")
        );
    }

    #[test]
    fn a_program_is_found_on_the_path_by_any_of_its_names() {
        assert!(on_path(&["no-such-program", "sh"]).is_some());
        assert!(on_path(&["no-such-program"]).is_none());
    }
}
