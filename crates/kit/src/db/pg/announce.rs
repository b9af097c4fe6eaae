//! Wake-ups between nodes: gathers what this node's commits woke into `NOTIFY`, and passes on what others announce.

use std::convert::Infallible;
use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;

use tokio_postgres::{AsyncMessage, Client, Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{Address, errors};
use crate::db::error::DbError;
use crate::db::shared::Shared;

/// The channel of our notifications.
const CHANNEL: &str = "tandem";
/// How long topics are gathered before they are announced.
const GATHER: Duration = Duration::from_millis(2);
/// How long to wait before connecting again.
const PAUSE: Duration = Duration::from_millis(500);

/// Announces and hears until the task is aborted; connects again whenever the connection is lost.
pub(in crate::db) fn spawn(address: Address, shared: Arc<Shared>) -> tokio::task::JoinHandle<()> {
    tokio::spawn(async move {
        let mut is_known = false;
        loop {
            let Err(error) = serve(&address, &shared, &mut is_known).await;
            if !is_known {
                is_known = true;
                tracing::warn!(%error, "wake-ups between nodes are interrupted");
            }
            tokio::time::sleep(PAUSE).await;
        }
    })
}

async fn serve(address: &Address, shared: &Arc<Shared>, is_known: &mut bool) -> Result<Infallible, DbError> {
    let unavailable = |error: tokio_postgres::Error| errors::unavailable(&error);
    let (config, tls) = address.config();
    let (client, mut hearing) = connect(config, tls, shared).await.map_err(unavailable)?;
    let listen = format!("listen {CHANNEL}");
    client.batch_execute(&listen).await.map_err(unavailable)?;
    if std::mem::take(is_known) {
        tracing::info!("wake-ups between nodes are back");
    }
    // What was announced while nobody listened is not known: look at everything once.
    shared.bus.wake_all_here();
    tokio::select! {
        ended = announce(&client, shared) => ended.map_err(unavailable),
        _ = &mut hearing => Err(DbError::Unavailable("the connection was lost".to_owned())),
    }
}

async fn connect(
    config: &Config,
    tls: Option<MakeRustlsConnect>,
    shared: &Arc<Shared>,
) -> Result<(Client, tokio::task::JoinHandle<()>), tokio_postgres::Error> {
    Ok(match tls {
        Some(tls) => {
            let (client, connection) = config.connect(tls).await?;
            (client, tokio::spawn(hear(connection, Arc::clone(shared))))
        }
        None => {
            let (client, connection) = config.connect(NoTls).await?;
            (client, tokio::spawn(hear(connection, Arc::clone(shared))))
        }
    })
}

async fn hear<S, T>(mut connection: tokio_postgres::Connection<S, T>, shared: Arc<Shared>)
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
    T: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    while let Some(Ok(message)) = poll_fn(|context| connection.poll_message(context)).await {
        if let AsyncMessage::Notification(note) = message {
            shared.bus.hear(note.payload());
        }
    }
}

async fn announce(client: &Client, shared: &Shared) -> Result<Infallible, tokio_postgres::Error> {
    loop {
        let topics = shared.bus.outgoing().await;
        let texts: Vec<&str> = topics.iter().copied().collect();
        let told = client
            .execute(
                "select pg_notify($1, topic) from unnest($2::text[]) as topic",
                &[&CHANNEL, &texts],
            )
            .await;
        if let Err(error) = told {
            shared.bus.announce(topics);
            return Err(error);
        }
        tokio::time::sleep(GATHER).await;
    }
}
