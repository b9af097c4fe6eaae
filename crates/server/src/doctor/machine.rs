//! The data folder, the room on its disk, and who uses it.

use std::io::Write;

use super::Finding;
use crate::{
    config::{Config, Size},
    lock::{DatabaseLock, LockError},
    operations::disk,
};

/// Below this many times the reserve it is time to think of a larger disk.
const COMFORT: u64 = 8;

/// Whether the data folder takes files.
pub(super) fn folder(config: &Config) -> Finding {
    let name = "data folder";
    let shown = config.data.display();
    if !config.data.is_dir() {
        let advice = "`tandem serve` makes it; if it should be there, check --data and the working folder";
        return Finding::warn(name, format!("{shown} does not exist yet"), advice);
    }
    let probe = config.data.join(format!(".doctor-{}", std::process::id()));
    let written = std::fs::File::create_new(&probe).and_then(|mut file| {
        file.write_all(b"tandem doctor")?;
        file.sync_all()
    });
    let removed = std::fs::remove_file(&probe);
    match written.and(removed) {
        Ok(()) => Finding::ok(name, format!("{shown} takes files")),
        Err(error) => {
            let advice = "make the folder writable for the user that runs tandem, and make room on its disk";
            Finding::fail(name, format!("{shown} takes no files: {error}"), advice)
        }
    }
}

/// Whether the disk has room.
pub(super) fn room(config: &Config) -> Finding {
    let name = "disk";
    // Before the folder exists, its disk is that of the nearest folder above it.
    let whole = std::path::absolute(&config.data).unwrap_or_else(|_| config.data.clone());
    let folder = whole.ancestors().find(|folder| folder.is_dir()).unwrap_or(&whole);
    let reserve = config.disk_reserve;
    match disk::room(folder) {
        Ok(Size(left)) => {
            let found = format!("{} MiB left", left >> 20);
            if left < reserve.0 {
                let advice = "make room: the server reports itself not ready below disk_reserve";
                Finding::fail(name, found, advice)
            } else if left < reserve.0.saturating_mul(COMFORT) {
                Finding::warn(name, found, "make room or move the data folder to a larger disk")
            } else {
                Finding::ok(name, found)
            }
        }
        Err(error) => Finding::fail(
            name,
            format!("cannot be asked: {error}"),
            "check that the data folder is mounted",
        ),
    }
}

/// Who uses the database file.
pub(super) fn holder(config: &Config) -> Finding {
    let name = "process";
    if config.database_url.is_some() || !config.sqlite_file().exists() {
        return Finding::ok(name, "no database file is in use");
    }
    match DatabaseLock::take(&config.sqlite_file()) {
        Ok(_) => Finding::ok(name, "no server is running on the database file"),
        Err(LockError::Held { pid: Some(pid), .. }) => {
            Finding::ok(name, format!("the server runs as process {pid}"))
        }
        Err(LockError::Held { pid: None, .. }) => {
            Finding::ok(name, "a server is running on the database file")
        }
        Err(error @ LockError::Io { .. }) => Finding::fail(
            name,
            error.to_string(),
            "make the data folder writable for the user that runs tandem",
        ),
    }
}
