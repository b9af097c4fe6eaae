//! Opening a connection: address, TLS, and the session's settings.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use rustls::{ClientConfig, RootCertStore};
use tokio::task::JoinHandle;
use tokio_postgres::config::SslMode;
use tokio_postgres::{Client, Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::errors;
use crate::db::error::DbError;

/// Where the server is and how to speak to it.
#[derive(Clone)]
pub(in crate::db) struct Address {
    config: Config,
    tls: Option<MakeRustlsConnect>,
}

impl Address {
    /// Reads a `postgres://` URL.
    pub(in crate::db) fn parse(url: &str) -> Result<Self, DbError> {
        let wrong = |error: &dyn std::fmt::Display| {
            DbError::Unavailable(format!("the database URL is not usable: {error}"))
        };
        let mut config = Config::from_str(url).map_err(|error| wrong(&error))?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(5));
        }
        config
            .keepalives_idle(Duration::from_secs(30))
            .application_name("tandem");
        let tls = match config.get_ssl_mode() {
            SslMode::Disable => None,
            _ => Some(MakeRustlsConnect::new(tls().map_err(|error| wrong(&error))?)),
        };
        Ok(Self { config, tls })
    }

    /// Connects; the returned task drives the connection on the current runtime.
    pub(super) async fn connect(&self, settings: &str) -> Result<(Client, JoinHandle<()>), DbError> {
        let unavailable = |error: tokio_postgres::Error| errors::unavailable(&error);
        let (client, driver) = match &self.tls {
            Some(tls) => {
                let (client, connection) = self.config.connect(tls.clone()).await.map_err(unavailable)?;
                (client, tokio::spawn(async move { drive(connection.await) }))
            }
            None => {
                let (client, connection) = self.config.connect(NoTls).await.map_err(unavailable)?;
                (client, tokio::spawn(async move { drive(connection.await) }))
            }
        };
        client.batch_execute(settings).await.map_err(unavailable)?;
        Ok((client, driver))
    }

    /// The parsed address, for the announcer's own connection.
    pub(super) fn config(&self) -> (&Config, Option<MakeRustlsConnect>) {
        (&self.config, self.tls.clone())
    }
}

fn drive(ended: Result<(), tokio_postgres::Error>) {
    if let Err(error) = ended {
        tracing::debug!(%error, "a database connection ended");
    }
}

fn tls() -> Result<ClientConfig, rustls::Error> {
    let roots = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth())
}
