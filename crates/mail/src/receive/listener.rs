//! The network around a conversation: connections in bounds, and answers only after what they promise.

use super::{Answer, Bounds, Dialect, Envelope, Session, Step};
use crate::wire::{Stream, WireError};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::collections::HashMap;
use std::fmt;
use std::future::Future;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

/// A mail that came, and from whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Who was on the other side.
    pub peer: IpAddr,
    /// What it called itself.
    pub hello: String,
    /// Whether nobody on the way could read it.
    pub is_encrypted: bool,
    /// From whom, to whom, and what.
    pub envelope: Envelope,
}

/// Answers later.
type Later<T> = Pin<Box<dyn Future<Output = T> + Send>>;
/// Whether an address is ours.
pub type Knows = Arc<dyn Fn(String) -> Later<Answer> + Send + Sync>;
/// Stores a mail: one answer for each recipient, [`Answer::Stored`] only once it would survive the loss of power.
pub type Deliver = Arc<dyn Fn(Received) -> Later<Vec<Answer>> + Send + Sync>;

/// By what we prove who we are to those who want encryption. Clones share it, also when it is renewed.
#[derive(Clone)]
pub struct Encryption(Arc<RwLock<TlsAcceptor>>);

impl fmt::Debug for Encryption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Encryption").finish()
    }
}

impl Encryption {
    /// From a chain of certificates and a key, as PEM.
    ///
    /// # Errors
    /// [`WireError::Tls`] if they are none, or don't belong together.
    pub fn of_pem(chain: &[u8], key: &[u8]) -> Result<Self, WireError> {
        Ok(Self(Arc::new(RwLock::new(acceptor(chain, key)?))))
    }

    /// Proves it by another chain and key from now on; conversations that are encrypted already go on.
    ///
    /// # Errors
    /// As of [`Self::of_pem`]; what was there then stays.
    pub fn renew(&self, chain: &[u8], key: &[u8]) -> Result<(), WireError> {
        let new = acceptor(chain, key)?;
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = new;
        Ok(())
    }

    fn acceptor(&self) -> TlsAcceptor {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn acceptor(chain: &[u8], key: &[u8]) -> Result<TlsAcceptor, WireError> {
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(chain).collect();
    let chain = chain.map_err(|_| WireError::Tls)?;
    let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| WireError::Tls)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| WireError::Tls)?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|_| WireError::Tls)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

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
    /// With what STARTTLS is offered, if it is.
    pub encryption: Option<Encryption>,
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
            encryption: None,
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

async fn talk(stream: TcpStream, place: &Place, listening: &Listening, mut stop: watch::Receiver<bool>) {
    let mut session = Session::new(listening.dialect, &listening.host, listening.bounds);
    if listening.encryption.is_some() {
        session = session.with_encryption();
    }
    let mut talk = Talk {
        stream: Box::new(stream),
        is_encrypted: false,
        peer: place.peer,
        listening,
    };
    let mut piece = vec![0; 16 << 10];
    loop {
        while let Some(step) = session.step() {
            if !talk.take(step, &mut session).await {
                return;
            }
        }
        let read = tokio::select! {
            biased;
            () = over(&mut stop) => {
                talk.send("421 4.3.2 Going away, try again later\r\n").await;
                return;
            }
            read = timeout(listening.silence, talk.stream.read(&mut piece)) => read,
        };
        match read {
            Ok(Ok(count)) if count > 0 => session.push(&piece[..count]),
            Ok(_) => return,
            Err(_) => {
                talk.send("421 4.4.2 Silent for too long\r\n").await;
                return;
            }
        }
    }
}

/// A conversation on its connection.
struct Talk<'a> {
    stream: Box<dyn Stream>,
    is_encrypted: bool,
    peer: IpAddr,
    listening: &'a Listening,
}

impl Talk<'_> {
    /// Does what a step wants; whether the conversation goes on.
    async fn take(&mut self, step: Step, session: &mut Session) -> bool {
        let reply = match step {
            Step::Decide(address) => {
                let answer = (self.listening.knows)(address).await;
                session.recipient(answer)
            }
            Step::Store(envelope) => {
                let answers = self.store(session.peer_name(), envelope).await;
                session.stored(&answers)
            }
            other => other,
        };
        match reply {
            Step::Send(lines) => self.send(&lines).await,
            Step::Encrypt(lines) => {
                let is_done = self.send(&lines).await && self.encrypt().await;
                session.encrypted();
                is_done
            }
            Step::Close(lines) => {
                self.send(&lines).await;
                false
            }
            Step::Decide(_) | Step::Store(_) => false,
        }
    }

    async fn encrypt(&mut self) -> bool {
        let Some(encryption) = &self.listening.encryption else {
            return false;
        };
        let acceptor = encryption.acceptor();
        let plain = std::mem::replace(&mut self.stream, Box::new(tokio::io::empty()));
        match timeout(self.listening.silence, acceptor.accept(plain)).await {
            Ok(Ok(stream)) => {
                self.stream = Box::new(stream);
                self.is_encrypted = true;
                true
            }
            _ => false,
        }
    }

    /// Stores a mail. It runs by itself, so that a failure of it, or a connection that ends meanwhile, ends nothing else;
    /// what isn't done in time, or broke, is to be tried again.
    async fn store(&mut self, hello: &str, envelope: Envelope) -> Vec<Answer> {
        let count = envelope.to.len();
        let received = Received {
            peer: self.peer,
            hello: hello.to_owned(),
            is_encrypted: self.is_encrypted,
            envelope,
        };
        let storing = tokio::spawn((self.listening.deliver)(received));
        match timeout(self.listening.storing, storing).await {
            Ok(Ok(answers)) if answers.len() == count => answers,
            _ => vec![Answer::Later; count],
        }
    }

    async fn send(&mut self, lines: &str) -> bool {
        let sending = async {
            self.stream.write_all(lines.as_bytes()).await?;
            self.stream.flush().await
        };
        matches!(timeout(self.listening.silence, sending).await, Ok(Ok(())))
    }
}
