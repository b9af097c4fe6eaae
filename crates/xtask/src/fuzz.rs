//! `fuzz TARGET [MINUTES]`: inputs that are kept when they reach something new, until one breaks something or the time is over.
//!
//! A target is a program in `fuzz/src/bin` around libFuzzer, built with counters at every branch by flags of LLVM that stable
//! compilers take. Its corpus grows in `target/fuzz/corpus`. An input that breaks something is kept in `fuzz/found/TARGET`, which
//! the short forms among the tests read too.

use crate::failure::{Failure, Outcome, While};
use crate::{programs, source};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the programs are.
pub(crate) const FOLDER: &str = "fuzz";
/// What counts the branches, and shows the other side of each comparison to libFuzzer.
const COUNTERS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";
/// In which the program finds where its seeds go.
const CORPUS: &str = "TANDEM_FUZZ_CORPUS";
const MINUTES: u64 = 30;
/// What libFuzzer holds against an input: bytes of the longest one, seconds after which it hangs, and after which it is
/// slow enough to be kept, megabytes of memory.
const LIMITS: [&str; 4] = [
    "-max_len=16384",
    "-timeout=10",
    "-report_slow_units=2",
    "-rss_limit_mb=1024",
];

/// One program.
#[derive(Debug, PartialEq, Eq)]
struct Target {
    name: String,
    about: String,
}

/// `cargo xtask fuzz [TARGET [MINUTES]]`.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let root = source::project_root()?;
    let targets = targets(&root)?;
    let Some((name, rest)) = arguments.split_first() else {
        for target in &targets {
            println!("  {:<10} {}", target.name, target.about);
        }
        return Ok(());
    };
    if !targets.iter().any(|target| target.name == *name) {
        return Err(Failure::new(format!(
            "no target `{name}`; `cargo xtask fuzz` lists them"
        )));
    }
    let minutes = match rest {
        [] => MINUTES,
        [minutes] => minutes.parse().while_trying("read the number of minutes")?,
        _ => return Err(Failure::new("say a target and a number of minutes")),
    };
    let built = build(&root, name)?;
    let found = root.join(FOLDER).join("found").join(name);
    let corpus = folder(&root).join("corpus").join(name);
    for folder in [&found, &corpus] {
        std::fs::create_dir_all(folder).while_trying(format!("make {}", folder.display()))?;
    }
    let mut running = Command::new(built);
    running.current_dir(&root).env(CORPUS, &corpus).arg(&corpus);
    running.args(samples(name));
    running.args(LIMITS).arg("-print_final_stats=1");
    running.arg(format!("-max_total_time={}", minutes * 60));
    running.arg(format!("-artifact_prefix={}/", found.display()));
    let words = root.join(FOLDER).join("words").join(format!("{name}.dict"));
    running.arg(format!("-dict={}", words.display()));
    programs::run(running).map_err(|_| {
        Failure::new(format!(
            "{name} broke: its input is in {}; mend it and leave the file there",
            found.display()
        ))
    })
}

/// Builds one program, apart from everything else: the counters are in all that it is made of.
fn build(root: &Path, name: &str) -> Result<PathBuf, Failure> {
    let (host, folder) = (programs::host()?, folder(root));
    let into = folder.display().to_string();
    let mut build = programs::cargo(&[
        "build",
        "--release",
        "--manifest-path",
        "fuzz/Cargo.toml",
        // With a target named, what runs while building has no counters.
        "--target",
        &host,
        "--target-dir",
        &into,
        "--bin",
        name,
    ])?;
    build.env("RUSTFLAGS", COUNTERS);
    programs::run(build)?;
    Ok(folder.join(host).join("release").join(name))
}

fn folder(root: &Path) -> PathBuf {
    programs::target_folder(root).join(FOLDER)
}

/// Further mails to begin with: those that ship with the parser, where cargo keeps its source.
fn samples(name: &str) -> Option<PathBuf> {
    let cargo = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo = cargo.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")))?;
    let registries = std::fs::read_dir(cargo.join("registry/src")).ok()?;
    let packages = registries.filter_map(|entry| std::fs::read_dir(entry.ok()?.path()).ok());
    packages
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            let package = path.file_name().unwrap_or_default().to_string_lossy();
            name == "mime" && package.starts_with("mail-parser-")
        })
        .map(|path| path.join("resources/eml"))
        .find(|path| path.is_dir())
}

/// The programs there are, in the order of their names.
fn targets(root: &Path) -> Result<Vec<Target>, Failure> {
    let folder = root.join(FOLDER).join("src/bin");
    let mut targets = Vec::new();
    for entry in std::fs::read_dir(&folder).while_trying(format!("list {}", folder.display()))? {
        let path = entry?.path();
        let text = std::fs::read_to_string(&path).while_trying(format!("read {}", path.display()))?;
        targets.extend(target(&path, &text));
    }
    targets.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(targets)
}

/// A program is called as its file; its first line says what it is about.
fn target(path: &Path, text: &str) -> Option<Target> {
    let name = path.file_name()?.to_str()?.strip_suffix(".rs")?;
    let about = text.lines().next()?.strip_prefix("//!")?.trim();
    Some(Target {
        name: name.to_owned(),
        about: about.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_has_words_and_a_short_form() {
        let root = source::project_root().unwrap();
        let targets = targets(&root).unwrap();
        assert!(targets.len() > 3, "{targets:?}");
        let tests = [
            "crates/mail/tests/mail/fuzzed/mod.rs",
            "crates/kit/tests/kit/fuzzed/mod.rs",
            "crates/success/src/usage/protocol/fuzz_tests.rs",
        ];
        let tests: String = tests
            .iter()
            .map(|path| std::fs::read_to_string(root.join(path)).unwrap())
            .collect();
        for Target { name, .. } in targets {
            let words = std::fs::read_to_string(root.join(format!("fuzz/words/{name}.dict"))).unwrap();
            let is_word =
                |line: &str| line.starts_with('#') || (line.starts_with('"') && line.ends_with('"'));
            assert!(words.lines().count() > 3 && words.lines().all(is_word), "{name}");
            let is_short = [format!("survives(\"{name}\""), format!("fuzz/found/{name}")];
            assert!(is_short.iter().any(|line| tests.contains(line)), "{name}");
        }
    }
}
