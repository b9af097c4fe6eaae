//! The program with a file system that only it sees: full, or not to be written.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Node, Program};
use crate::skip;

impl Program {
    /// A command whose process has mounts of its own, made by the shell's `script` from `$1`, the data folder, and
    /// `$2`, which is `second`. `None` where this user may not mount.
    ///
    /// # Panics
    /// When the data folder cannot be made.
    pub fn in_own_mounts(&self, script: &str, second: &Path, arguments: &[&str]) -> Option<Command> {
        let tried = Command::new("unshare").args(["--mount", "true"]).output();
        if !tried.is_ok_and(|done| done.status.success()) {
            skip("this user may not mount");
            return None;
        }
        let data = self.data();
        std::fs::create_dir_all(&data).expect("a folder of our own");
        let script = format!("{script} && shift 2 && exec \"$@\"");
        let mut command = self.command_of(Path::new("unshare"), &["--mount", "sh", "-c", &script, "sh"]);
        command.arg(data).arg(second).arg(&self.binary).args(arguments);
        Some(command)
    }

    /// Serves from a file system that holds `megabytes` and begins as a copy of `seed`. `None` where this user may not
    /// mount.
    pub fn serve_on_small_disk(&self, megabytes: u32, seed: &Path) -> Option<Node> {
        let mount = format!("mount -t tmpfs -o size={megabytes}m none \"$1\" && cp -a \"$2/.\" \"$1\"");
        self.in_own_mounts(&mount, seed, &["serve"]).map(Node::serving)
    }
}

impl Node {
    /// A path as the process sees it, when it has mounts of its own.
    ///
    /// # Panics
    /// When the path is relative.
    pub fn inside(&self, path: &Path) -> PathBuf {
        Path::new("/proc")
            .join(self.id().to_string())
            .join("root")
            .join(path.strip_prefix("/").expect("an absolute path"))
    }
}
