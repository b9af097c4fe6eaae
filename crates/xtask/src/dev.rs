//! `cargo xtask dev`: the demo, built again and restarted when a file changes.
//!
//! Styles and scripts are read from disk by an unoptimised build, so a change to one only needs the page loaded
//! again. Watching is asking for the files' times: no program or service is needed for it.

use crate::demo::{self, Demo};
use crate::failure::{Failure, Outcome, While};
use crate::source;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};
use walkdir::WalkDir;

const PAUSE: Duration = Duration::from_millis(250);
const PORT: u16 = 8080;

/// What is compiled in.
const BUILT: &[&str] = &["rs", "toml", "html", "txt", "sql", "ftl"];

/// `cargo xtask dev [arguments of tandem demo…]`.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let root = source::project_root()?;
    // The folder stays from start to start, so that what was clicked together survives a rebuild.
    let data = root.join("tandem-demo");
    let mut seen = times(&root)?;
    let mut running = None;
    loop {
        let started = Instant::now();
        match demo::build() {
            Ok(()) => {
                // The old one serves until the new one can take its port.
                drop(running.take());
                running = start(&data, arguments, started);
            }
            Err(failure) => println!("{failure}; waiting for a change"),
        }
        seen = wait_for_change(&root, &seen)?;
    }
}

fn start(data: &Path, arguments: &[String], since: Instant) -> Option<Demo> {
    match Demo::start(PORT, data, arguments) {
        Ok(demo) => {
            println!(
                "ready after {:.1} s: {}",
                since.elapsed().as_secs_f32(),
                demo.link
            );
            Some(demo)
        }
        Err(failure) => {
            println!("{failure}; waiting for a change");
            None
        }
    }
}

/// Waits until something that is compiled in has another time than in `seen`, and then until nothing moves any
/// more: an editor or a branch change writes many files.
fn wait_for_change(root: &Path, seen: &Times) -> Result<Times, Failure> {
    let mut last = seen.clone();
    loop {
        std::thread::sleep(PAUSE);
        let now = times(root)?;
        if now != *seen && now == last {
            let changed = now
                .iter()
                .find(|(path, time)| seen.get(*path) != Some(*time))
                .map(|(path, _)| path);
            let changed = changed
                .and_then(|path| path.strip_prefix(root).ok())
                .unwrap_or(root);
            println!("{} changed", changed.display());
            return Ok(now);
        }
        last = now;
    }
}

type Times = BTreeMap<PathBuf, SystemTime>;

fn times(root: &Path) -> Result<Times, Failure> {
    let mut times = Times::new();
    for folder in ["crates", "locales"] {
        let entries = WalkDir::new(root.join(folder)).into_iter();
        for entry in entries
            .filter_entry(|entry| entry.file_name() != "xtask")
            .flatten()
        {
            let is_built = entry
                .path()
                .extension()
                .is_some_and(|extension| BUILT.iter().any(|built| extension == *built));
            if is_built {
                // A file that goes away while we look counts as gone.
                let time = entry
                    .metadata()
                    .ok()
                    .and_then(|metadata| metadata.modified().ok());
                times.extend(time.map(|time| (entry.path().to_owned(), time)));
            }
        }
    }
    if times.is_empty() {
        Err(Failure::new("nothing to watch"))
    } else {
        Ok(times)
    }
    .while_trying("watch the source")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_seen_once_the_files_are_quiet() {
        let root = std::env::temp_dir().join(format!("xtask-dev-{}", std::process::id()));
        let file = root.join("crates/kit/src/lib.rs");
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, "").unwrap();
        let before = times(&root).unwrap();
        let written = SystemTime::now() + Duration::from_secs(5);
        std::fs::File::open(&file).unwrap().set_modified(written).unwrap();
        let after = wait_for_change(&root, &before).unwrap();
        assert_eq!(after[&file], written);
        std::fs::remove_dir_all(&root).unwrap();
    }
}
