//! The folder of the servers, and who owns what in it.

use crate::failure::{Failure, Outcome, While};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};

/// A folder that goes away with us.
pub(super) struct Folder(PathBuf);

/// Whether we are root, by what is ours.
pub(super) fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

/// User and group of this name, from the password file.
pub(super) fn account(name: &str) -> Result<(u32, u32), Failure> {
    let accounts = fs::read_to_string("/etc/passwd").while_trying("read /etc/passwd")?;
    let line = accounts.lines().find(|line| line.split(':').next() == Some(name));
    let mut fields = line.unwrap_or_default().split(':').skip(2);
    let mut number = || fields.next().and_then(|field| field.parse().ok());
    match (number(), number()) {
        (Some(user), Some(group)) => Ok((user, group)),
        _ => Err(Failure::new(format!("no account `{name}`"))),
    }
}

/// User and group that we are.
pub(super) fn own() -> Result<(u32, u32), Failure> {
    let own = fs::metadata("/proc/self").while_trying("find out who we are")?;
    Ok((own.uid(), own.gid()))
}

impl Folder {
    pub(super) fn make() -> Result<Self, Failure> {
        let path = std::env::temp_dir().join(format!("tandem-mail-{}", std::process::id()));
        fs::create_dir_all(&path).while_trying(format!("make {}", path.display()))?;
        // The servers change to accounts of their own and have to get through.
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
        Ok(Self(path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(super) fn write(&self, name: &str, text: &str) -> Outcome {
        fs::write(self.file(name), text).while_trying(format!("write {name}"))
    }

    pub(super) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).unwrap_or_default()
    }

    /// A folder in it, which belongs to this account.
    pub(super) fn sub(&self, name: &str, owner: (u32, u32)) -> Outcome {
        let path = self.file(name);
        fs::create_dir_all(&path).while_trying(format!("make {}", path.display()))?;
        if is_root() {
            chown(&path, Some(owner.0), Some(owner.1)).while_trying(format!("give {name} away"))?;
        }
        Ok(())
    }

    pub(super) fn remove(&self) {
        if self.0.exists()
            && let Err(error) = fs::remove_dir_all(&self.0)
        {
            eprintln!("xtask: remove {}: {error}", self.0.display());
        }
    }
}
