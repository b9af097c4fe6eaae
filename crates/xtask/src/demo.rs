//! A running demo of the product, as `dev` and `screenshots` need it.

use crate::failure::{Failure, Outcome, While};
use crate::held::Held;
use crate::programs;
use crate::source;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::Duration;

/// How long a drain may take before we insist.
const STOP_LIMIT: Duration = Duration::from_secs(8);

/// A demo server, stopped when dropped, and the link that signs its visitor in.
pub(crate) struct Demo {
    _server: Held,
    /// One click signs in.
    pub(crate) link: String,
}

/// Builds the product without optimisation: templates are compiled in, styles and scripts are read from disk.
pub(crate) fn build() -> Outcome {
    programs::run(programs::cargo(&[
        "build",
        "--package",
        "server",
        "--bin",
        "tandem",
    ])?)
}

impl Demo {
    /// Starts the built product on `port` with its data in `folder` and waits for its link.
    pub(crate) fn start(port: u16, folder: &Path, arguments: &[String]) -> Result<Self, Failure> {
        let program = programs::built(&source::project_root()?, "debug");
        let mut command = programs::program(&[&program.to_string_lossy(), "demo"])?;
        command
            .arg("--listen")
            .arg(format!("127.0.0.1:{port}"))
            .arg("--data")
            .arg(folder)
            .args(arguments);
        // Two demos may run side by side; nobody asks this one for its metrics.
        command.args(["--operations-listen", "127.0.0.1:0"]);
        let mut server = Held::start(&command, STOP_LIMIT)?;
        let stdout = server
            .stdout()
            .ok_or_else(|| Failure::new("the demo has no output"))?;
        let mut lines = BufReader::new(stdout).lines();
        for line in lines.by_ref() {
            let line = line.while_trying("read what the demo prints")?;
            println!("{line}");
            if let Some(link) = link_in(&line) {
                std::thread::spawn(move || lines.map_while(Result::ok).for_each(|line| println!("{line}")));
                return Ok(Self {
                    _server: server,
                    link,
                });
            }
        }
        Err(Failure::new("the demo ended before it printed its address"))
    }
}

/// The first address of this machine in a line.
fn link_in(line: &str) -> Option<String> {
    let start = line.find("http://")?;
    let link = line[start..]
        .split(|character: char| character.is_whitespace() || "\"'<>,".contains(character))
        .next()?;
    Some(link.trim_end_matches('.').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_is_found_in_whatever_the_demo_says() {
        let line = "Open http://127.0.0.1:8080/demo/enter?key=abc, then look around.";
        assert_eq!(link_in(line).unwrap(), "http://127.0.0.1:8080/demo/enter?key=abc");
        assert_eq!(
            link_in("see http://127.0.0.1:8080.").unwrap(),
            "http://127.0.0.1:8080"
        );
        assert!(link_in("making 300 accounts").is_none());
    }
}
