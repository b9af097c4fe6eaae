//! Accepting connections and speaking HTTP/1.1 on them.
//!
//! `axum::serve` has no time limit for the head of a request, so that a few hundred idle peers
//! could hold the server; that is why this loop is our own.

use std::{net::SocketAddr, pin::pin, time::Duration};

use axum::{Router, extract::ConnectInfo, http::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

use crate::drain::Drain;

/// Longest time from the start of a connection, or the end of the last answer, to the end of the next head.
const HEAD_TIMEOUT: Duration = Duration::from_secs(60);
/// Largest head of a request.
const LARGEST_HEAD: usize = 64 * 1024;
/// Pause after the system refused a connection, mostly because too many files are open.
const PAUSE: Duration = Duration::from_millis(100);

/// Accepts until the drain of `connections` begins. Every connection is a task of it and finishes
/// the request it is in the middle of.
pub(super) async fn accept(listener: TcpListener, app: Router, connections: Drain) {
    loop {
        tokio::select! {
            biased;
            () = connections.begun() => return,
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => connections.spawn(converse(stream, peer, app.clone(), connections.clone())),
                Err(error) => {
                    tracing::warn!(%error, "cannot accept a connection");
                    tokio::time::sleep(PAUSE).await;
                }
            },
        }
    }
}

/// Answers the requests of one peer, one after the other.
async fn converse(stream: TcpStream, peer: SocketAddr, app: Router, drain: Drain) {
    // Answers are small; waiting to fill a packet only delays them.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        app.clone().oneshot(request.map(axum::body::Body::new))
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(LARGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    // A broken connection is the peer's affair: it sees it, and the log would only fill.
    tokio::select! {
        _ = connection.as_mut() => return,
        () = drain.begun() => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}
