//! The network around a conversation: connections in bounds, and answers only after what they promise.

use super::{Answer, Bounds, Dialect, Envelope, Session, Step};
use std::collections::HashMap;
use std::fmt;
use std::future::Future;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;

/// A mail that came, and from whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Who was on the other side.
    pub peer: IpAddr,
    /// What it called itself.
    pub hello: String,
    /// From whom, to whom, and what.
    pub envelope: Envelope,
}

/// Answers later.
type Later<T> = Pin<Box<dyn Future<Output = T> + Send>>;
/// Whether an address is ours.
pub type Knows = Arc<dyn Fn(String) -> Later<Answer> + Send + Sync>;
/// Stores a mail: one answer for each recipient, [`Answer::Stored`] only once it would survive the loss of power.
pub type Deliver = Arc<dyn Fn(Received) -> Later<Vec<Answer>> + Send + Sync>;

/// How to receive.
#[derive(Clone)]
pub struct Listening {
    /// Which protocol.
    pub dialect: Dialect,
    /// How we name ourselves.
    pub host: String,
    /// How much a conversation may take.
    pub bounds: Bounds,
    /// Connections at a time.
    pub connections: usize,
    /// Connections of one peer at a time.
    pub per_peer: usize,
    /// Longest silence of the other side.
    pub silence: Duration,
    /// Longest conversation.
    pub whole: Duration,
    /// Longest time for storing a mail; then the other side is to try again.
    pub storing: Duration,
    /// Whether an address is ours.
    pub knows: Knows,
    /// Stores a mail.
    pub deliver: Deliver,
}

impl fmt::Debug for Listening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listening")
            .field("dialect", &self.dialect)
            .field("host", &self.host)
            .finish_non_exhaustive()
    }
}

impl Listening {
    /// With usual bounds: 50 connections, 20 of one peer, five minutes of silence, half an hour in all, two minutes to
    /// store.
    pub fn new(dialect: Dialect, host: &str, knows: Knows, deliver: Deliver) -> Self {
        Self {
            dialect,
            host: host.to_owned(),
            bounds: Bounds::default(),
            connections: 50,
            per_peer: 20,
            silence: Duration::from_secs(300),
            whole: Duration::from_secs(1_800),
            storing: Duration::from_secs(120),
            knows,
            deliver,
        }
    }
}

/// Connections of each peer.
type Peers = Arc<Mutex<HashMap<IpAddr, usize>>>;

/// Counts a connection for as long as it lives.
struct Place {
    peers: Peers,
    peer: IpAddr,
}

impl Place {
    fn take(peers: &Peers, peer: IpAddr, most: usize) -> Option<Self> {
        let mut counts = peers.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(peer).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Self {
            peers: Arc::clone(peers),
            peer,
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.peers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.peer) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.peer);
            }
        }
    }
}

/// Receives until `stop` says so (or nobody can any more); mails that are being stored then are answered before it returns.
pub async fn serve(listener: TcpListener, listening: Listening, mut stop: watch::Receiver<bool>) {
    let listening = Arc::new(listening);
    let peers = Peers::default();
    let mut talks = JoinSet::new();
    loop {
        tokio::select! {
            biased;
            () = over(&mut stop) => break,
            Some(_) = talks.join_next() => {}
            accepted = listener.accept() => {
                let Ok((stream, peer)) = accepted else {
                    // No more files can be opened: others will be closed.
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                };
                let place = Place::take(&peers, peer.ip().to_canonical(), listening.per_peer);
                let place = place.filter(|_| talks.len() < listening.connections);
                let (listening, stop) = (Arc::clone(&listening), stop.clone());
                let Some(place) = place else {
                    refuse(&stream);
                    continue;
                };
                talks.spawn(async move {
                    // A conversation that takes too long simply ends: nothing was promised.
                    let _ = timeout(listening.whole, talk(stream, &place, &listening, stop)).await;
                });
            }
        }
    }
    while talks.join_next().await.is_some() {}
}

/// Waits for the end.
async fn over(stop: &mut watch::Receiver<bool>) {
    // Whoever could say so being gone says it too.
    let _ = stop.wait_for(|is_over| *is_over).await;
}

/// A word of farewell, if it fits into the system's buffer.
fn refuse(stream: &TcpStream) {
    let _ = stream.try_write(b"421 4.3.2 Too many connections, try again later\r\n");
}

async fn talk(mut stream: TcpStream, place: &Place, listening: &Listening, mut stop: watch::Receiver<bool>) {
    let mut session = Session::new(listening.dialect, &listening.host, listening.bounds);
    let mut piece = vec![0; 16 << 10];
    loop {
        while let Some(step) = session.step() {
            let lines = match step {
                Step::Decide(address) => {
                    let answer = (listening.knows)(address).await;
                    session.recipient(answer)
                }
                Step::Store(envelope) => {
                    let answers = store(listening, place.peer, session.peer_name(), envelope).await;
                    session.stored(&answers)
                }
                other => other,
            };
            let is_sent = match &lines {
                Step::Send(lines) | Step::Close(lines) => send(&mut stream, lines, listening.silence).await,
                Step::Decide(_) | Step::Store(_) => false,
            };
            if !is_sent || matches!(lines, Step::Close(_)) {
                return;
            }
        }
        let read = tokio::select! {
            biased;
            () = over(&mut stop) => {
                send(&mut stream, "421 4.3.2 Going away, try again later\r\n", listening.silence).await;
                return;
            }
            read = timeout(listening.silence, stream.read(&mut piece)) => read,
        };
        match read {
            Ok(Ok(count)) if count > 0 => session.push(&piece[..count]),
            Ok(_) => return,
            Err(_) => {
                send(
                    &mut stream,
                    "421 4.4.2 Silent for too long\r\n",
                    listening.silence,
                )
                .await;
                return;
            }
        }
    }
}

/// Stores a mail. It runs by itself, so that a failure of it, or a connection that ends meanwhile, ends nothing else; what
/// isn't done in time, or broke, is to be tried again.
async fn store(listening: &Listening, peer: IpAddr, hello: &str, envelope: Envelope) -> Vec<Answer> {
    let count = envelope.to.len();
    let received = Received {
        peer,
        hello: hello.to_owned(),
        envelope,
    };
    let storing = tokio::spawn((listening.deliver)(received));
    match timeout(listening.storing, storing).await {
        Ok(Ok(answers)) if answers.len() == count => answers,
        _ => vec![Answer::Later; count],
    }
}

async fn send(stream: &mut TcpStream, lines: &str, wait: Duration) -> bool {
    matches!(
        timeout(wait, stream.write_all(lines.as_bytes())).await,
        Ok(Ok(()))
    )
}
