//! Our receiver and those who connect to it, politely or not.

use mail::receive::{Answer, Bounds, Deliver, Dialect, Knows, Listening, Received, Session, Step, serve};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

type Stored = Arc<Mutex<Vec<Received>>>;

struct Receiver {
    port: u16,
    stored: Stored,
    stop: watch::Sender<bool>,
    served: tokio::task::JoinHandle<()>,
}

/// A receiver that knows everybody but `nobody…` and stores at once.
async fn receiver(dialect: Dialect, change: impl FnOnce(&mut Listening)) -> Receiver {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let stored = Stored::default();
    let knows: Knows = Arc::new(|address| {
        let answer = if address.starts_with("nobody") {
            Answer::NoSuchAddress
        } else {
            Answer::Stored
        };
        Box::pin(async move { answer })
    });
    let kept = Arc::clone(&stored);
    let deliver: Deliver = Arc::new(move |received| {
        let answers = vec![Answer::Stored; received.envelope.to.len()];
        kept.lock().unwrap().push(received);
        Box::pin(async move { answers })
    });
    let mut listening = Listening::new(dialect, "desk.test", knows, deliver);
    change(&mut listening);
    let (stop, stopped) = watch::channel(false);
    let served = tokio::spawn(serve(listener, listening, stopped));
    Receiver {
        port,
        stored,
        stop,
        served,
    }
}

impl Receiver {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(("127.0.0.1", self.port)).await.unwrap()
    }

    /// Says everything and hears everything up to the end.
    async fn talk(&self, said: &[u8]) -> String {
        let mut stream = self.connect().await;
        stream.write_all(said).await.unwrap();
        heard(&mut stream).await
    }
}

/// What the other side says until it closes; a reset is an end too.
async fn heard(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut piece = [0; 4_096];
    let reading = async {
        while let Ok(count) = stream.read(&mut piece).await {
            if count == 0 {
                break;
            }
            bytes.extend_from_slice(&piece[..count]);
        }
    };
    tokio::time::timeout(Duration::from_secs(20), reading)
        .await
        .unwrap();
    String::from_utf8(bytes).unwrap()
}

const MAIL: &[u8] = b"EHLO mx.example\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<help@desk.test>\r\nRCPT TO:<nobody@desk.test>\r\nDATA\r\nSubject: x\r\n\r\nHi\r\n.\r\nQUIT\r\n";

#[tokio::test]
async fn a_mail_is_answered_after_it_is_stored_and_says_where_it_came_from() {
    let receiver = receiver(Dialect::Smtp, |_| ()).await;
    let heard = receiver.talk(MAIL).await;
    assert!(
        heard.contains("550 5.1.1")
            && heard.contains("\r\n250 2.0.0")
            && heard.ends_with("221 2.0.0 Bye\r\n"),
        "{heard}"
    );
    let stored = receiver.stored.lock().unwrap();
    assert_eq!((stored.len(), stored[0].hello.as_str()), (1, "mx.example"));
    assert_eq!(stored[0].envelope.to, ["help@desk.test"]);
}

#[tokio::test]
async fn storing_that_takes_too_long_or_breaks_or_forgets_somebody_is_to_be_tried_again() {
    let slow: Deliver = Arc::new(|_| Box::pin(std::future::pending()));
    let broken: Deliver = Arc::new(|_| Box::pin(async { panic!("the store broke") }));
    let short: Deliver = Arc::new(|_| Box::pin(async { Vec::new() }));
    for deliver in [slow, broken, short] {
        let receiver = receiver(Dialect::Lmtp, |listening| {
            listening.deliver = deliver;
            listening.storing = Duration::from_millis(100);
        })
        .await;
        let mail = String::from_utf8(MAIL.to_vec()).unwrap().replace("EHLO", "LHLO");
        let heard = receiver.talk(mail.as_bytes()).await;
        assert!(
            heard.contains("\r\n451 4.3.0") && !heard.contains("250 2.0.0"),
            "{heard}"
        );
    }
}

#[tokio::test]
async fn too_many_connections_are_sent_away_and_free_places_are_taken_again() {
    let receiver = receiver(Dialect::Smtp, |listening| listening.per_peer = 2).await;
    let (mut first, mut second) = (receiver.connect().await, receiver.connect().await);
    let mut piece = [0; 200];
    for stream in [&mut first, &mut second] {
        assert!(stream.read(&mut piece).await.unwrap() > 0);
    }
    let third = heard(&mut receiver.connect().await).await;
    assert!(third.starts_with("421 4.3.2"), "{third}");
    first.write_all(b"QUIT\r\n").await.unwrap();
    heard(&mut first).await;
    for _ in 0..100 {
        let heard = receiver.talk(b"QUIT\r\n").await;
        if heard.starts_with("220") {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("the place was never free again");
}

#[tokio::test]
async fn who_says_nothing_or_talks_for_ever_is_left() {
    let receiver = receiver(Dialect::Smtp, |listening| {
        listening.silence = Duration::from_millis(100);
        listening.whole = Duration::from_millis(1_500);
        listening.bounds = Bounds {
            bytes: 1_000,
            ..Bounds::default()
        };
    })
    .await;
    let silent = heard(&mut receiver.connect().await).await;
    assert!(silent.contains("421 4.4.2"), "{silent}");
    let large = [
        b"EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@desk.test>\r\nDATA\r\n".as_slice(),
        &b"x".repeat(1 << 20),
        b"\r\n.\r\nQUIT\r\n",
    ]
    .concat();
    let heard_large = receiver.talk(&large).await;
    assert!(heard_large.contains("552 5.3.4"), "{heard_large}");
    // A drop now and then is not silence, and still it ends.
    let mut stream = receiver.connect().await;
    let (mut reading, mut writing) = stream.split();
    let drops = async {
        while writing.write_all(b"NOOP\r\n").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let ending = async {
        let mut piece = [0; 4_096];
        while reading.read(&mut piece).await.is_ok_and(|count| count > 0) {}
    };
    let both = async {
        tokio::select! { () = drops => (), () = ending => () }
    };
    tokio::time::timeout(Duration::from_secs(20), both).await.unwrap();
    assert!(receiver.stored.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_stop_ends_conversations_and_lets_storing_end() {
    let (begun, mut has_begun) = tokio::sync::mpsc::unbounded_channel();
    let (go, gone) = watch::channel(false);
    let deliver: Deliver = Arc::new(move |received| {
        let (begun, mut gone) = (begun.clone(), gone.clone());
        Box::pin(async move {
            begun.send(()).unwrap();
            gone.wait_for(|may| *may).await.unwrap();
            vec![Answer::Stored; received.envelope.to.len()]
        })
    });
    let receiver = receiver(Dialect::Smtp, |listening| listening.deliver = deliver).await;
    let mut idle = receiver.connect().await;
    let mut storing = receiver.connect().await;
    storing.write_all(MAIL).await.unwrap();
    has_begun.recv().await.unwrap();
    receiver.stop.send(true).unwrap();
    assert!(heard(&mut idle).await.contains("421 4.3.2 Going away"));
    assert!(!receiver.served.is_finished());
    go.send(true).unwrap();
    assert!(
        heard(&mut storing).await.contains("\r\n250 2.0.0"),
        "what was stored is answered"
    );
    receiver.served.await.unwrap();
}

#[tokio::test]
async fn what_is_said_in_the_same_breath_as_the_wish_for_encryption_ends_the_conversation() {
    let receiver = receiver(Dialect::Smtp, |_| ()).await;
    let heard = receiver.talk(b"EHLO x\r\nSTARTTLS\r\nQUIT\r\n").await;
    assert!(
        !heard.contains("STARTTLS\r\n") && heard.contains("500 5.5.1"),
        "not offered: {heard}"
    );
    let mut session = Session::new(Dialect::Smtp, "desk.test", Bounds::default()).with_encryption();
    session.push(b"EHLO x\r\nSTARTTLS\r\nMAIL FROM:<evil@example.com>\r\n");
    let mut said = String::new();
    while let Some(step) = session.step() {
        match step {
            Step::Send(lines) | Step::Close(lines) => said.push_str(&lines),
            other => panic!("{other:?}"),
        }
    }
    assert!(
        said.ends_with("501 5.5.4 Nothing may follow STARTTLS\r\n"),
        "{said}"
    );
    let mut session = Session::new(Dialect::Smtp, "desk.test", Bounds::default()).with_encryption();
    session.push(b"EHLO x\r\nMAIL FROM:<a@example.com>\r\nSTARTTLS\r\n");
    let steps: Vec<Step> = std::iter::from_fn(|| session.step()).collect();
    assert!(matches!(steps.last(), Some(Step::Encrypt(_))));
    session.encrypted();
    session.push(b"RCPT TO:<b@example.com>\r\n");
    assert_eq!(
        session.step(),
        Some(Step::Send("503 5.5.1 Say hello first\r\n".into())),
        "all is forgotten"
    );
}

/// What a certificate is of whom we are talking to, after STARTTLS.
async fn shown(receiver: &Receiver, trusted: &[u8]) -> Result<Vec<u8>, std::io::Error> {
    use tokio_rustls::rustls::pki_types::pem::PemObject;
    use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
    use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto::ring};
    let mut stream = receiver.connect().await;
    stream.write_all(b"EHLO mx.example\r\n").await?;
    let mut heard = Vec::new();
    while !heard.ends_with(b"\r\n") || !String::from_utf8_lossy(&heard).contains("\n250 ") {
        heard.push(stream.read_u8().await?);
    }
    assert!(String::from_utf8_lossy(&heard).contains("STARTTLS"));
    stream.write_all(b"STARTTLS\r\n").await?;
    let mut ready = Vec::new();
    while !ready.ends_with(b"\r\n") {
        ready.push(stream.read_u8().await?);
    }
    assert!(ready.starts_with(b"220"));
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_slice(trusted).unwrap())
        .unwrap();
    let client = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connector = tokio_rustls::TlsConnector::from(Arc::new(client));
    let name = ServerName::try_from("desk.test").unwrap();
    let mut stream = connector.connect(name, stream).await?;
    stream.write_all(MAIL).await?;
    let mut answers = Vec::new();
    let mut piece = [0; 4_096];
    while let Ok(count) = stream.read(&mut piece).await {
        if count == 0 {
            break;
        }
        answers.extend_from_slice(&piece[..count]);
    }
    Ok(answers)
}

#[tokio::test]
async fn encryption_is_offered_by_a_certificate_that_can_be_renewed_meanwhile() {
    use mail::receive::Encryption;
    let one = include_bytes!("starttls/one.pem");
    let two = include_bytes!("starttls/two.pem");
    let encryption = Encryption::of_pem(one, include_bytes!("starttls/one.key")).unwrap();
    let offered = encryption.clone();
    let receiver = receiver(Dialect::Smtp, |listening| listening.encryption = Some(offered)).await;
    let answers = shown(&receiver, one).await.unwrap();
    assert!(String::from_utf8_lossy(&answers).contains("250 2.0.0 OK"));
    assert!(receiver.stored.lock().unwrap()[0].is_encrypted);
    assert!(shown(&receiver, two).await.is_err(), "it is still the first");
    assert!(encryption.renew(two, include_bytes!("starttls/one.key")).is_err());
    shown(&receiver, one).await.unwrap();
    encryption.renew(two, include_bytes!("starttls/two.key")).unwrap();
    shown(&receiver, two).await.unwrap();
    assert!(shown(&receiver, one).await.is_err());
}
