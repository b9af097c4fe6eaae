//! ChromeDriver as a process, and the browsers it starts.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{Browser, wire};
use crate::program::until;
use crate::skip;

/// Where the program that drives a browser lies; `cargo xtask test` sets it.
const CHROMEDRIVER: &str = "TANDEM_TEST_CHROMEDRIVER";

/// A running ChromeDriver; it and its browsers end when it is dropped.
#[derive(Debug)]
pub struct Driver {
    process: Child,
    port: u16,
    scratch: TempDir,
    browsers: AtomicUsize,
}

impl Driver {
    /// Starts the driver; `None`, and in CI a failure, when the machine has none.
    ///
    /// # Panics
    /// When it does not answer.
    #[expect(
        clippy::disallowed_methods,
        reason = "where the driver lies comes from the environment"
    )]
    pub fn start() -> Option<Self> {
        let Some(program) = std::env::var_os(CHROMEDRIVER) else {
            skip("no ChromeDriver; run `cargo xtask test`, or set TANDEM_TEST_CHROMEDRIVER");
            return None;
        };
        let port = free_port();
        let process = Command::new(program)
            .arg(format!("--port={port}"))
            .arg("--log-level=SEVERE")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("ChromeDriver starts");
        until("ChromeDriver", || {
            let status = wire::ask(port, "GET", "/status", &Value::Null).ok()?;
            (status["value"]["ready"] == true).then_some(())
        });
        Some(Self {
            process,
            port,
            scratch: TempDir::new().expect("a temporary folder"),
            browsers: AtomicUsize::new(0),
        })
    }

    /// A browser with a profile of its own, which knows nobody.
    ///
    /// # Panics
    /// When it does not start.
    pub fn browser(&self) -> Browser {
        let number = self.browsers.fetch_add(1, Ordering::Relaxed);
        let profile = self.scratch.path().join(number.to_string());
        let mut options = json!({ "args": flags(&profile) });
        if let Some(chromium) = chromium() {
            options["binary"] = json!(chromium);
        }
        let wish = json!({ "capabilities": { "alwaysMatch": {
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL" },
        } } });
        let answer = wire::ask(self.port, "POST", "/session", &wish).expect("the driver answers");
        let session = answer["value"]["sessionId"].as_str();
        let session = session.unwrap_or_else(|| panic!("the browser did not start: {answer}"));
        Browser::new(self.port, session)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The driver may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("bound").port()
}

#[expect(
    clippy::disallowed_methods,
    reason = "where the browser lies comes from the environment"
)]
fn chromium() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let names = ["chromium", "chromium-browser", "google-chrome"].into_iter();
    let mut candidates = names.flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    candidates.find(|candidate| candidate.is_file())
}

/// Without these a headless Chromium asks the world for updates at every start.
fn flags(profile: &Path) -> Vec<String> {
    let fixed = [
        "--headless=new",
        // Chromium's sandbox refuses root; all that it opens here is our own server.
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--force-color-profile=srgb",
        "--lang=en-GB",
    ];
    let profile = format!("--user-data-dir={}", profile.display());
    fixed.into_iter().map(str::to_owned).chain([profile]).collect()
}
