//! Hostile addresses, and a small server on this machine that must hear only what may reach it.

use std::sync::atomic::{AtomicUsize, Ordering};

use futures::FutureExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

fn nothing() -> Allowed {
    Arc::new(|_| false)
}

fn loopback() -> Allowed {
    Arc::new(|address| address.to_canonical().is_loopback())
}

/// A resolver that gives one answer after the other, the last for ever.
fn answers(lists: &[&[&str]]) -> (Lookup, Arc<AtomicUsize>) {
    let lists: Vec<Vec<IpAddr>> = lists
        .iter()
        .map(|list| list.iter().map(|text| text.parse().unwrap()).collect())
        .collect();
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let lookup: Lookup = Arc::new(move |_| {
        let at = count.fetch_add(1, Ordering::SeqCst).min(lists.len() - 1);
        let list = lists[at].clone();
        async move { Ok(list) }.boxed()
    });
    (lookup, asked)
}

/// A server that gives `answer` to each connection; its port, and how many came.
async fn server(answer: &'static str) -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (port, heard) = (
        listener.local_addr().unwrap().port(),
        Arc::new(AtomicUsize::new(0)),
    );
    let count = Arc::clone(&heard);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(async move {
                let mut bytes = [0; 4_096];
                let _ = stream.read(&mut bytes).await;
                let _ = stream.write_all(answer.as_bytes()).await;
            });
        }
    });
    (port, heard)
}

async fn post(outgoing: &Outgoing, url: &str) -> Result<Reply, OutgoingError> {
    outgoing
        .post(&Url::parse(url).unwrap(), HeaderMap::new(), b"{}".to_vec())
        .await
}

#[rustfmt::skip]
const NOT_PUBLIC: &[&str] = &[
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.1.2.3",
    "169.254.169.254", "169.254.0.1", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1",
    "192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.7",
    "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:0:127.0.0.1", "::127.0.0.1",
    "::7f00:1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::7f00:1", "100::1", "2001::1", "2001:0:4136:e378::1",
    "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::1", "2002:a00:1::", "3fff::1", "5f00::1", "fc00::1",
    "fd00:ec2::254", "fdff::1", "fe80::1", "febf::1", "fec0::1", "ff02::1", "ff05::2", "4000::1", "8000::1",
];

#[rustfmt::skip]
const PUBLIC: &[&str] = &[
    "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.1",
    "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.1", "192.167.255.255", "192.169.0.0",
    "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::1111", "2001:4860:4860::8888", "2a00:1450::1",
    "2001:200::1", "3ffe::1", "::ffff:8.8.8.8",
];

#[test]
fn only_addresses_of_the_public_internet_are_public() {
    for text in NOT_PUBLIC {
        assert!(!is_public(text.parse().unwrap()), "{text}");
    }
    for text in PUBLIC {
        assert!(is_public(text.parse().unwrap()), "{text}");
    }
}

#[tokio::test]
async fn an_address_in_numbers_is_held_to_the_rule_however_it_is_written() {
    let outgoing = Outgoing::new(nothing()).unwrap();
    for address in NOT_PUBLIC {
        let host = if address.contains(':') {
            format!("[{address}]")
        } else {
            (*address).to_owned()
        };
        assert_eq!(
            outgoing.accept(&format!("https://{host}/")),
            Err(OutgoingError::Forbidden),
            "{host}"
        );
    }
    for host in [
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "127.0.0.1.",
        "[::ffff:7f00:1]",
        "0",
        "１２７.0.0.1",
        "%31%32%37.0.0.1",
        "2852039166",
    ] {
        assert_eq!(
            outgoing.accept(&format!("https://{host}/")),
            Err(OutgoingError::Forbidden),
            "{host}"
        );
    }
    assert!(outgoing.accept("https://1.1.1.1/hook").is_ok());
}

#[tokio::test]
async fn what_is_no_address_of_the_web_is_refused() {
    let outgoing = Outgoing::new(nothing()).unwrap();
    for text in [
        "",
        "example.com",
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "unix:///run/x",
        "https://a:b@example.com/",
        "https://a@example.com/",
        "https://example.com/#x",
        "https://",
        "javascript:alert(1)",
    ] {
        assert_eq!(outgoing.accept(text), Err(OutgoingError::BadAddress), "{text}");
    }
    for port in [1, 22, 25, 53, 110, 143, 445, 993] {
        assert_eq!(
            outgoing.accept(&format!("https://example.com:{port}/")),
            Err(OutgoingError::BadPort)
        );
    }
    let long = format!("https://example.com/{}", "x".repeat(2_000));
    assert_eq!(outgoing.accept(&long), Err(OutgoingError::BadAddress));
    assert!(outgoing.accept("https://example.com:8443/hook?a=b").is_ok());
}

#[tokio::test]
async fn a_name_that_leads_inside_is_refused_and_nobody_hears_of_it() {
    let (port, heard) = server("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    for inside in [
        "127.0.0.1",
        "::ffff:127.0.0.1",
        "169.254.169.254",
        "fd00:ec2::254",
    ] {
        let outgoing = Outgoing::with_lookup(nothing(), answers(&[&[inside]]).0).unwrap();
        let reply = post(&outgoing, &format!("https://127.0.0.1.nip.example:{port}/")).await;
        assert_eq!(reply, Err(OutgoingError::Forbidden), "{inside}");
    }
    assert_eq!(heard.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_name_that_changes_its_mind_is_asked_once_and_what_was_looked_at_is_connected_to() {
    let (port, heard) = server("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    // Allowed is one address that nobody answers at; the second answer would be the way in.
    let dead: IpAddr = "127.9.9.9".parse().unwrap();
    let (lookup, asked) = answers(&[&["127.9.9.9"], &["127.0.0.1"]]);
    let outgoing = Outgoing::with_lookup(Arc::new(move |address| address == dead), lookup).unwrap();
    assert_eq!(
        post(&outgoing, &format!("http://rebind.example:{port}/")).await,
        Err(OutgoingError::NoConnection)
    );
    assert_eq!(
        (asked.load(Ordering::SeqCst), heard.load(Ordering::SeqCst)),
        (1, 0)
    );
    assert_eq!(
        post(&outgoing, &format!("http://rebind.example:{port}/")).await,
        Err(OutgoingError::Forbidden)
    );
    assert_eq!(heard.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn an_allowed_network_is_reached_and_plain_http_goes_nowhere_else() {
    let (port, heard) = server("HTTP/1.1 201 Created\r\ncontent-length: 2\r\n\r\nok").await;
    let outgoing = Outgoing::new(loopback()).unwrap();
    let reply = post(&outgoing, &format!("http://127.0.0.1:{port}/"))
        .await
        .unwrap();
    assert_eq!(
        (reply.status.as_u16(), reply.beginning.as_slice()),
        (201, b"ok".as_slice())
    );
    assert_eq!(heard.load(Ordering::SeqCst), 1);
    assert_eq!(outgoing.accept("http://1.1.1.1/"), Err(OutgoingError::Forbidden));
    let public = Outgoing::with_lookup(loopback(), answers(&[&["1.1.1.1"]]).0).unwrap();
    assert_eq!(
        post(&public, "http://example.com/").await,
        Err(OutgoingError::Forbidden)
    );
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_is_not_followed() {
    let (inside, heard) = server("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let answer = format!(
        "HTTP/1.1 307 Temporary Redirect\r\nlocation: http://127.0.0.1:{inside}/\r\ncontent-length: 0\r\n\r\n"
    );
    let (port, _) = server(Box::leak(answer.into_boxed_str())).await;
    let reply = post(
        &Outgoing::new(loopback()).unwrap(),
        &format!("http://127.0.0.1:{port}/"),
    )
    .await
    .unwrap();
    assert_eq!((reply.status.as_u16(), heard.load(Ordering::SeqCst)), (307, 0));
}

#[tokio::test]
async fn of_a_huge_answer_only_the_beginning_is_read_and_a_cut_one_is_lost() {
    let huge = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\n{}",
        "x".repeat(100_000)
    );
    let (port, _) = server(Box::leak(huge.into_boxed_str())).await;
    let outgoing = Outgoing::new(loopback()).unwrap();
    let reply = post(&outgoing, &format!("http://127.0.0.1:{port}/"))
        .await
        .unwrap();
    assert_eq!(reply.beginning.len(), READ);
    let (port, _) = server("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc").await;
    assert_eq!(
        post(&outgoing, &format!("http://127.0.0.1:{port}/")).await,
        Err(OutgoingError::Lost)
    );
    let (port, _) = server("").await;
    assert_eq!(
        post(&outgoing, &format!("http://127.0.0.1:{port}/")).await,
        Err(OutgoingError::Lost)
    );
}
