//! What lies outside this machine or faces it: blob store, mail server, address.

use std::time::Duration;

use kit::{clock::Clock, id::Ids};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    net::TcpStream,
    time::timeout,
};

use super::Finding;
use crate::{
    config::{Config, SecretUrl, Value},
    stores,
};

/// Longest wait for a mail server, for its connection and for its greeting each.
const PATIENCE: Duration = Duration::from_secs(5);

/// Whether an object can be written, read and taken away.
pub(super) async fn blobs(config: &Config, clock: &Clock) -> Finding {
    let name = "blob store";
    let is_folder = !config
        .blobs
        .as_deref()
        .is_some_and(|place| place.starts_with("s3://"));
    if is_folder && !config.data.is_dir() && config.blobs.is_none() {
        return Finding::ok(name, "will lie in the data folder");
    }
    let checked = match stores::blobs(config, clock.clone(), Ids::random()) {
        Ok(blobs) => blobs.check().await,
        Err(error) => Err(error),
    };
    match checked {
        Ok(()) => Finding::ok(name, "an object was written, read and taken away"),
        Err(error) if is_folder => Finding::fail(
            name,
            error.to_string(),
            "make the folder writable for the user that runs tandem",
        ),
        Err(error) => {
            let advice =
                "check s3_endpoint, s3_region and the keys, and that they may write, read and delete";
            Finding::fail(name, error.to_string(), advice)
        }
    }
}

/// Whether the mail server answers.
pub(super) async fn mail(config: &Config) -> Finding {
    let name = "mail";
    let Some(url) = &config.smtp_url else {
        return Finding::warn(
            name,
            "no smtp_url: no mail leaves",
            "set smtp_url to the server that takes outgoing mail",
        );
    };
    let advice = "check smtp_url, and that this machine may connect there";
    match greeting(url).await {
        Ok(()) => Finding::ok(name, format!("{} answers", url.show())),
        Err(problem) => Finding::fail(name, format!("{}: {problem}", url.show()), advice),
    }
}

async fn greeting(url: &SecretUrl) -> Result<(), String> {
    let (address, is_plain) = mail_address(url)?;
    let late = |_| format!("no answer within {} s", PATIENCE.as_secs());
    let stream = timeout(PATIENCE, TcpStream::connect(&address))
        .await
        .map_err(late)?;
    let stream = stream.map_err(|error| error.to_string())?;
    if !is_plain {
        // The greeting comes after TLS; a connection is what can be seen without it.
        return Ok(());
    }
    let mut line = String::new();
    let mut reader = BufReader::new(stream);
    let read = timeout(PATIENCE, reader.read_line(&mut line))
        .await
        .map_err(late)?;
    read.map_err(|error| error.to_string())?;
    if line.starts_with("220") {
        Ok(())
    } else {
        Err("what answers is no mail server".to_owned())
    }
}

/// Host and port, and whether the conversation begins without TLS.
fn mail_address(url: &SecretUrl) -> Result<(String, bool), String> {
    let (is_plain, port) = match url.scheme() {
        "smtp" => (true, 587),
        "smtps" => (false, 465),
        _ => return Err("the URL must begin with smtp:// or smtps://".to_owned()),
    };
    let rest = url
        .expose()
        .split_once("://")
        .map(|(_, rest)| rest)
        .unwrap_or_default();
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let has_port = host.rsplit_once(':').is_some_and(|(_, port)| !port.contains(']'));
    match host {
        "" => Err("the URL names no host".to_owned()),
        host if has_port => Ok((host.to_owned(), is_plain)),
        host => Ok((format!("{host}:{port}"), is_plain)),
    }
}

/// Whether links and proxies fit together.
pub(super) fn address(config: &Config) -> Finding {
    let name = "address";
    let origin = config.public_origin();
    let found = format!("people come by {}", origin.as_str());
    if config.public_url.is_none() && !config.listen.ip().is_loopback() {
        let advice = "set public_url to the address that people type: links in mails lead there";
        return Finding::warn(name, found, advice);
    }
    if !origin.is_https() && !config.listen.ip().is_loopback() {
        let advice = "put a proxy with TLS before it and set public_url to its https address";
        return Finding::warn(name, format!("{found}, without encryption"), advice);
    }
    if origin.is_https() && config.trusted_proxies.is_empty() {
        let advice = "set trusted_proxies to the proxy's address, or every visitor seems to come from there";
        return Finding::warn(name, format!("{found}, and no proxy is trusted"), advice);
    }
    Finding::ok(name, found)
}
