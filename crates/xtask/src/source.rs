//! The project's own text, as the house rules read it.
//!
//! Every rule is a pure function from [`Sources`] to a list of [`Finding`]s, so that its tests hand it a bad
//! example as a string and see it flagged. Only [`Sources::read`] touches the disk.

use crate::failure::{Failure, While};
use std::fmt;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The folder of the one crate that is no part of the workspace.
const FUZZ: &str = crate::fuzz::FOLDER;

/// What the rules look at; everything else (pictures, fonts) has no rule.
const EXTENSIONS: &[&str] = &["rs", "toml", "html", "txt", "ftl", "sql", "css", "js"];

/// All files that a rule may look at, ordered by path.
pub(crate) struct Sources {
    files: Vec<SourceFile>,
}

/// One text file of the project.
pub(crate) struct SourceFile {
    /// Path from the root of the project, with forward slashes.
    pub(crate) path: String,
    /// The whole text.
    pub(crate) text: String,
}

/// One breach of a house rule.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    /// Path from the root of the project.
    pub(crate) path: String,
    /// Line, counted from 1; 0 means the file as a whole.
    pub(crate) line: usize,
    /// What is wrong, and what would be right.
    pub(crate) message: String,
}

impl Sources {
    /// Reads crates, locales and the programs for fuzzing below `root`.
    pub(crate) fn read(root: &Path) -> Result<Self, Failure> {
        let mut files = Vec::new();
        for folder in ["crates", "locales", FUZZ]
            .into_iter()
            .filter(|folder| root.join(folder).is_dir())
        {
            let entries = WalkDir::new(root.join(folder)).sort_by_file_name().into_iter();
            for entry in entries.filter_entry(|entry| !is_built(entry.path())) {
                let entry = entry.while_trying("list the source files")?;
                if entry.file_type().is_file() && has_rules(entry.path()) {
                    files.push(SourceFile::read(root, entry.path())?);
                }
            }
        }
        Ok(Self { files })
    }

    /// Sources made of path and text, for the rules' own tests.
    #[cfg(test)]
    pub(crate) fn of(texts: &[(&str, &str)]) -> Self {
        let files = texts.iter().map(|(path, text)| SourceFile {
            path: (*path).into(),
            text: (*text).into(),
        });
        Self {
            files: files.collect(),
        }
    }

    /// Every file.
    pub(crate) fn all(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter()
    }

    /// The files whose name ends in `.extension`.
    pub(crate) fn with_extension(&self, extension: &str) -> impl Iterator<Item = &SourceFile> {
        self.files
            .iter()
            .filter(move |file| file.extension() == extension)
    }

    /// The file at exactly this path.
    pub(crate) fn at(&self, path: &str) -> Option<&SourceFile> {
        self.files.iter().find(|file| file.path == path)
    }
}

impl SourceFile {
    fn read(root: &Path, path: &Path) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(path).while_trying(format!("read {}", path.display()))?;
        let inside = path.strip_prefix(root).unwrap_or(path);
        Ok(Self {
            path: inside.to_string_lossy().replace('\\', "/"),
            text,
        })
    }

    /// The folder below `crates/` that the file belongs to, or the one crate beside that.
    pub(crate) fn crate_folder(&self) -> Option<&str> {
        let (first, rest) = self.path.split_once('/')?;
        match first {
            "crates" => rest.split('/').next(),
            FUZZ => Some(FUZZ),
            _ => None,
        }
    }

    /// The path below the crate's `src`, such as `tickets/closing.rs`.
    pub(crate) fn below_src(&self) -> Option<&str> {
        self.path
            .strip_prefix("crates/")?
            .split_once('/')?
            .1
            .strip_prefix("src/")
    }

    /// The last part of the path.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// What follows the last dot of the name.
    pub(crate) fn extension(&self) -> &str {
        self.name()
            .rsplit_once('.')
            .map_or("", |(_, extension)| extension)
    }

    /// Whether all of the file is test code: `tests.rs`, `…_tests.rs`, or below a `tests` folder.
    pub(crate) fn is_test(&self) -> bool {
        let name = self.name();
        name == "tests.rs" || name.ends_with("_tests.rs") || self.path.split('/').any(|part| part == "tests")
    }

    /// Whether the file is a program beside the product: an example or a bench.
    pub(crate) fn is_example(&self) -> bool {
        self.path
            .split('/')
            .any(|part| part == "examples" || part == "benches")
    }

    /// Whether somebody else wrote the file and we only keep a pinned copy.
    pub(crate) fn is_vendored(&self) -> bool {
        self.path.split('/').any(|part| part == "vendor")
    }

    /// A finding in this file.
    pub(crate) fn finding(&self, line: usize, message: impl Into<String>) -> Finding {
        Finding {
            path: self.path.clone(),
            line,
            message: message.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(formatter, "{}: {}", self.path, self.message),
            line => write!(formatter, "{}:{line}: {}", self.path, self.message),
        }
    }
}

/// The folder that holds the workspace's `Cargo.toml`, whichever folder the command was started in.
pub(crate) fn project_root() -> Result<PathBuf, Failure> {
    let crate_folder = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let root = crate_folder
        .ancestors()
        .find(|folder| folder.join("Cargo.lock").is_file());
    root.map(Path::to_path_buf)
        .ok_or_else(|| Failure::new("no Cargo.lock above crates/xtask"))
}

fn is_built(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name == "target" || name == "node_modules" || name.starts_with('.')
}

fn has_rules(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| EXTENSIONS.iter().any(|known| extension == *known))
}
