//! The keys that seal secrets in the database.

use std::os::unix::fs::PermissionsExt;

use kit::id::Ids;
use kit::seal::{Seal, SealError};

use super::Finding;
use crate::config::Config;
use crate::stores;

const NAME: &str = "seal keys";

/// Whether the keys can be read, and by nobody else.
pub(super) fn examine(config: &Config) -> Finding {
    let file = stores::seal_file(config);
    if config.seal_keys.is_none() && !file.exists() {
        return Finding::ok(NAME, "will be made in the data folder");
    }
    let advice = "give seal_keys, or put the key file back: without its key a sealed secret is lost";
    match stores::seal(config, &Ids::random()) {
        Err(error) => Finding::fail(NAME, error.to_string(), advice),
        Ok(seal) if config.seal_keys.is_some() => Finding::ok(NAME, format!("configured: {}", named(&seal))),
        Ok(seal) => of_file(config, &seal)
            .unwrap_or_else(|error| Finding::fail(NAME, SealError::File(file, error).to_string(), advice)),
    }
}

fn of_file(config: &Config, seal: &Seal) -> std::io::Result<Finding> {
    let file = stores::seal_file(config);
    let found = format!("{}: {}", file.display(), named(seal));
    if file.metadata()?.permissions().mode() & 0o077 != 0 {
        let advice = "let only the user that runs tandem read it: chmod 600";
        return Ok(Finding::warn(
            NAME,
            format!("{found}, open to other users"),
            advice,
        ));
    }
    if config.database_url.is_some() {
        let advice = "set seal_keys to the same on every machine of this database";
        return Ok(Finding::warn(
            NAME,
            format!("{found}, of this machine alone"),
            advice,
        ));
    }
    Ok(Finding::ok(NAME, format!("{found}; not in backups, keep a copy")))
}

fn named(seal: &Seal) -> String {
    let ids: Vec<String> = seal.ids().map(|id| id.to_string()).collect();
    format!("{} seals, {} in all", ids[0], ids.len())
}
