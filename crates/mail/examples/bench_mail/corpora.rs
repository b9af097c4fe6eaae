//! Where the collections are, and how they get there.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Folders of collections; what could not be fetched is absent.
pub struct Corpora {
    pub parser: Option<PathBuf>,
    pub bounces: Option<PathBuf>,
    pub talon: Option<PathBuf>,
    pub python: Option<PathBuf>,
    pub replies: PathBuf,
}

impl Corpora {
    /// Finds them, and fetches what is missing with the tools of its kind.
    pub fn fetch() -> Self {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = manifest.join("../../target/corpora");
        std::fs::create_dir_all(&root).unwrap();
        source_package(&root, "flufl_bounce-6.0.0", "flufl.bounce==6.0.0");
        source_package(&root, "talon-1.4.4", "talon==1.4.4");
        debian_package(&root.join("python"), "libpython3.11-testsuite");
        Self {
            parser: parser_package().filter(|path| path.is_dir()),
            bounces: Some(root.join("flufl_bounce-6.0.0/tests")).filter(|path| path.is_dir()),
            talon: Some(root.join("talon-1.4.4/tests/fixtures")).filter(|path| path.is_dir()),
            python: Some(root.join("python/usr/lib/python3.11/test/test_email/data"))
                .filter(|path| path.is_dir()),
            replies: manifest.join("tests/data/replies"),
        }
    }
}

/// All files below a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn parser_package() -> Option<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")))?;
    let registries = std::fs::read_dir(home.join("registry/src")).ok()?;
    registries
        .filter_map(|entry| Some(entry.ok()?.path().join("mail-parser-0.11.9/resources/eml")))
        .find(|path| path.is_dir())
}

fn source_package(root: &Path, folder: &str, wanted: &str) {
    if root.join(folder).is_dir() {
        return;
    }
    let name = wanted.split('=').next().unwrap_or(wanted);
    let fetched = run(
        "python3",
        &[
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--no-binary",
            name,
            wanted,
        ],
        root,
    );
    if fetched {
        run("tar", &["xzf", &format!("{folder}.tar.gz")], root);
    }
}

fn debian_package(folder: &Path, name: &str) {
    if folder.is_dir() {
        return;
    }
    std::fs::create_dir_all(folder).unwrap();
    run("apt-get", &["download", "-qq", name], folder);
    for path in files(folder) {
        let package = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        run("dpkg-deb", &["-x", &package, "."], folder);
    }
}

fn run(program: &str, arguments: &[&str], folder: &Path) -> bool {
    let status = Command::new(program).args(arguments).current_dir(folder).status();
    status.is_ok_and(|status| status.success())
}
