//! Postfix delivers to our receiver.

use super::{both, letter};
use mail::receive::{Answer, Deliver, Dialect, Encryption, Listening, Received, serve};
use mail::submit::{Fate, Parcel, send};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};

/// Listens where Postfix delivers `r{at}.test` to.
async fn listening(port: u16, encryption: Option<Encryption>, deliver: Deliver) -> watch::Sender<bool> {
    let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    let knows = Arc::new(
        |address: String| -> std::pin::Pin<Box<dyn Future<Output = Answer> + Send>> {
            Box::pin(async move {
                if address.starts_with("nobody") {
                    Answer::NoSuchAddress
                } else {
                    Answer::Stored
                }
            })
        },
    );
    let (stop, stopped) = watch::channel(false);
    let mut listening = Listening::new(Dialect::Lmtp, "desk.test", knows, deliver);
    listening.encryption = encryption;
    tokio::spawn(serve(listener, listening, stopped));
    stop
}

#[tokio::test]
async fn what_fails_to_be_stored_is_brought_again_until_it_is_stored_once() {
    let Some(servers) = both() else { return };
    let (_, _, ports) = servers.postfix.clone().unwrap();
    let (sender, mut came) = mpsc::unbounded_channel();
    let tries = Arc::new(Mutex::new(0));
    let deliver: Deliver = Arc::new(move |received: Received| {
        let (sender, tries) = (sender.clone(), Arc::clone(&tries));
        Box::pin(async move {
            let try_number = {
                let mut tries = tries.lock().unwrap();
                *tries += 1;
                *tries
            };
            match try_number {
                1 => vec![Answer::Later; received.envelope.to.len()],
                2 => panic!("the store broke"),
                _ => {
                    let answers = vec![Answer::Stored; received.envelope.to.len()];
                    sender.send((try_number, received)).unwrap();
                    answers
                }
            }
        })
    });
    let stop = listening(ports[0], None, deliver).await;
    let to = ["help@r0.test".to_owned()];
    let raw = letter("u20@world.test", &to[0], "again@w", "Try again");
    let parcel = Parcel {
        from: "u20@world.test",
        to: &to,
        raw: &raw,
    };
    assert!(matches!(
        send(&mut servers.way_out().await, parcel).await[..],
        [Fate::Accepted(_)]
    ));
    let (tries, received) = tokio::time::timeout(Duration::from_secs(60), came.recv())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(tries, 3);
    assert!(received.peer.is_loopback());
    assert_eq!(
        (received.envelope.from.as_str(), &received.envelope.to[..]),
        ("u20@world.test", &to[..])
    );
    assert!(String::from_utf8_lossy(&received.envelope.raw).contains("<again@w>"));
    let more = tokio::time::timeout(Duration::from_secs(3), came.recv()).await;
    assert!(more.is_err(), "it came once more");
    stop.send(true).unwrap();
}

#[tokio::test]
async fn slow_storing_is_waited_for_and_a_stop_lets_it_end() {
    let Some(servers) = both() else { return };
    let (_, _, ports) = servers.postfix.clone().unwrap();
    let (sender, mut came) = mpsc::unbounded_channel();
    let deliver: Deliver = Arc::new(move |received: Received| {
        let sender = sender.clone();
        Box::pin(async move {
            sender.send(received.envelope.to.clone()).unwrap();
            tokio::time::sleep(Duration::from_secs(3)).await;
            vec![Answer::Stored; received.envelope.to.len()]
        })
    });
    let stop = listening(ports[1], None, deliver).await;
    let to = ["slow@r1.test".to_owned(), "nobody@r1.test".to_owned()];
    let raw = letter("u21@world.test", &to[0], "slow@w", "Slowly");
    let parcel = Parcel {
        from: "u21@world.test",
        to: &to,
        raw: &raw,
    };
    assert!(matches!(
        send(&mut servers.way_out().await, parcel).await[..],
        [Fate::Accepted(_), Fate::Accepted(_)]
    ));
    let taken = tokio::time::timeout(Duration::from_secs(30), came.recv())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(taken, ["slow@r1.test"], "who is not known is refused before");
    stop.send(true).unwrap();
    // The report about the other comes back, and nothing is brought a second time.
    let (mut desk, mut store) = (servers.mailbox("u21").await, super::Store::default());
    super::awaited(&mut desk, &mut store, "nobody@r1.test").await;
    let report =
        mail::understand::understand(&store.raws[0], jiff::Timestamp::UNIX_EPOCH, &Default::default());
    let failures = mail::bounces::bounce(&report).unwrap().failures;
    assert_eq!(failures.len(), 1, "{failures:?}");
    assert!(came.try_recv().is_err());
}

#[tokio::test]
async fn postfix_encrypts_what_it_brings_if_we_offer_it() {
    let Some(servers) = both() else { return };
    let (_, _, ports) = servers.postfix.clone().unwrap();
    let (sender, mut came) = mpsc::unbounded_channel();
    let deliver: Deliver = Arc::new(move |received: Received| {
        let answers = vec![Answer::Stored; received.envelope.to.len()];
        sender.send(received).unwrap();
        Box::pin(async move { answers })
    });
    let pem = |name: &str| std::fs::read(servers.folder.join(name)).unwrap();
    let encryption = Encryption::of_pem(&pem("server.pem"), &pem("server.key")).unwrap();
    assert!(Encryption::of_pem(&pem("ca.pem"), &pem("server.key")).is_err());
    let stop = listening(ports[2], Some(encryption), deliver).await;
    let to = ["help@r2.test".to_owned()];
    let raw = letter("u22@world.test", &to[0], "secret@w", "Secret");
    let parcel = Parcel {
        from: "u22@world.test",
        to: &to,
        raw: &raw,
    };
    assert!(matches!(
        send(&mut servers.way_out().await, parcel).await[..],
        [Fate::Accepted(_)]
    ));
    let received = tokio::time::timeout(Duration::from_secs(30), came.recv())
        .await
        .unwrap()
        .unwrap();
    assert!(received.is_encrypted);
    assert_eq!(received.hello, "mx.world.test");
    stop.send(true).unwrap();
}
