//! Where this installation keeps what it knows: the database and the blobs of the configuration.

use desk::mailboxes::reach::{MailReach, ReachError};
use desk::mails::{MailChecker, Pictures};
use kit::{
    blob::{BlobError, BlobPlace, Blobs, Bucket},
    clock::Clock,
    db::{DbConfig, Location},
    id::Ids,
    outgoing::OutgoingError,
    post::{Post, PostError},
    seal::{Seal, SealError, SealKey},
};
use secrecy::ExposeSecret;
use tandem_core::doors::letters::Outgoing;
use tandem_core::search::Search;

use crate::config::Config;
use crate::wiring;

/// How the configured database is opened.
pub fn database(config: &Config) -> DbConfig {
    let location = match &config.database_url {
        Some(url) => Location::Postgres(url.expose().to_owned()),
        None => Location::File(config.sqlite_file()),
    };
    DbConfig {
        readers: config.database_readers.get(),
        writers: config.database_writers.get(),
        reporters: config.database_reporters.get(),
        limit: config.statement_timeout,
        report_limit: config.report_timeout,
        slow: config.slow_query,
        ..DbConfig::new(location)
    }
}

/// Where the configured blobs lie.
pub fn blob_place(config: &Config) -> BlobPlace {
    let Some(place) = &config.blobs else {
        return BlobPlace::Folder(config.data.join("blobs"));
    };
    let Some(bucket) = place.strip_prefix("s3://") else {
        return BlobPlace::Folder(place.into());
    };
    let (name, prefix) = bucket.split_once('/').unwrap_or((bucket, ""));
    let keys = config.s3_access_key.as_ref().zip(config.s3_secret_key.as_ref());
    BlobPlace::Bucket(Bucket {
        name: name.to_owned(),
        prefix: prefix.trim_matches('/').to_owned(),
        endpoint: config
            .s3_endpoint
            .as_ref()
            .map(|endpoint| endpoint.as_str().to_owned()),
        region: config.s3_region.clone(),
        keys: keys.map(|(access, secret)| {
            (
                access.expose_secret().to_owned(),
                secret.expose_secret().to_owned(),
            )
        }),
    })
}

/// The search of this node; its index is made from the database and lies in the data folder.
pub fn search(config: &Config) -> Search {
    Search::new(config.data.join("search"), wiring::sources())
}

/// Opens the configured blobs.
///
/// # Errors
/// The folder can't be made or opened.
pub fn blobs(config: &Config, clock: Clock, ids: Ids) -> Result<Blobs, BlobError> {
    Blobs::open(&blob_place(config), clock, ids)
}

/// The keys that seal secrets: the configured ones, else those of the file in the data folder.
///
/// # Errors
/// A key that is none; the file can't be read or made.
pub fn seal(config: &Config, ids: &Ids) -> Result<Seal, SealError> {
    let keys = match &config.seal_keys {
        Some(keys) => SealKey::parse_all(keys.expose_secret())?,
        None => SealKey::load_or_make(&seal_file(config), ids)?,
    };
    Seal::new(&keys)
}

/// The client for addresses that people have written down.
///
/// # Errors
/// This machine's certificates can't be read.
pub fn client(config: &Config) -> Result<kit::outgoing::Outgoing, OutgoingError> {
    let networks = config.outgoing_allowed.clone();
    let allowed = move |address| networks.iter().any(|network| network.contains(address));
    kit::outgoing::Outgoing::new(std::sync::Arc::new(allowed))
}

/// The way to images in mails: strangers have written their addresses, so no network of this installation's own is reached.
///
/// # Errors
/// This machine's certificates can't be read.
pub fn pictures() -> Result<Pictures, OutgoingError> {
    Pictures::new()
}

/// The way to mail servers that people have written down.
///
/// # Errors
/// No encryption can be set up.
pub fn reach(config: &Config) -> Result<MailReach, ReachError> {
    let networks = config.outgoing_allowed.clone();
    let allowed = move |address| networks.iter().any(|network| network.contains(address));
    let reach = MailReach::new(allowed, &[], &mail_host(config))?;
    Ok(reach.with_connections(config.mail_connections.get()))
}

/// How this installation names itself to mail servers.
pub fn mail_host(config: &Config) -> String {
    host_of(config.public_origin().as_str()).to_owned()
}

/// Checks of senders by the DNS; without resolvers of this machine there are none.
pub fn mail_checker() -> Option<MailChecker> {
    match MailChecker::of_system() {
        Ok(checker) => Some(checker),
        Err(error) => {
            tracing::warn!(%error, "senders of mail are not checked");
            None
        }
    }
}

/// The name in an origin, without scheme and port.
fn host_of(origin: &str) -> &str {
    let authority = origin.split("://").nth(1).unwrap_or("localhost");
    authority.rsplit_once(':').map_or(authority, |(host, _)| host)
}

/// Where the key file lies when no keys are configured.
pub fn seal_file(config: &Config) -> std::path::PathBuf {
    config.data.join("seal.key")
}

/// How the program's own mail leaves; none when no mail server is configured.
///
/// # Errors
/// The server or the sender can't be one.
pub fn outgoing(config: &Config) -> Result<Option<Outgoing>, PostError> {
    let Some(url) = &config.smtp_url else {
        return Ok(None);
    };
    let origin = config.public_origin();
    let sender = config
        .mail_sender
        .clone()
        .unwrap_or_else(|| format!("Tandem <tandem@{}>", host_of(origin.as_str())));
    Ok(Some(Outgoing {
        post: Post::new(url.expose(), &sender)?,
        origin: origin.as_str().into(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Inputs;

    fn place(flags: &[(&str, &str)]) -> BlobPlace {
        let flags = flags
            .iter()
            .map(|(key, text)| ((*key).to_owned(), (*text).to_owned()))
            .collect();
        blob_place(
            &Config::load(&Inputs {
                flags,
                ..Inputs::default()
            })
            .unwrap(),
        )
    }

    #[test]
    fn blobs_lie_in_the_data_folder_unless_said_otherwise() {
        assert_eq!(place(&[("data", "/d")]), BlobPlace::Folder("/d/blobs".into()));
        assert_eq!(place(&[("blobs", "/b")]), BlobPlace::Folder("/b".into()));
        let BlobPlace::Bucket(bucket) = place(&[("blobs", "s3://name/a/b/"), ("s3_access_key", "x")]) else {
            panic!("an s3 address is a bucket");
        };
        assert_eq!(
            (bucket.name.as_str(), bucket.prefix.as_str(), bucket.keys),
            ("name", "a/b", None)
        );
    }
}
