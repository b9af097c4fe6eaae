//! Who wrote a mail, found by ourselves: signatures, senders, and the domain in From.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use mail::authenticate::{Arrival, Checker, Identity, Method, Outcome, Statement, Zone, identity};
use mail::dkim::{Algorithm, DkimError, Secret, Signer, generate};
use mail::understand::{Limits, understand};
use mail_auth::arc::ArcSealer;
use mail_auth::common::crypto::Ed25519Key;
use mail_auth::common::headers::HeaderWriter;
use mail_auth::{ArcOutput, AuthenticatedMessage, AuthenticationResults};
use proptest::prelude::*;
use rand::{Rng, SeedableRng};

/// RFC 8463 A.3, signed with both kinds of key.
const BOTH: &str = include_str!("vectors/rfc8463.eml");
/// RFC 6376 A.2.
const OLD: &str = include_str!("vectors/rfc6376.eml");

fn vectors() -> Zone {
    Zone::default()
        .text(
            "brisbane._domainkey.football.example.com",
            "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
        )
        .text(
            "test._domainkey.football.example.com",
            "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB",
        )
        .text(
            "brisbane._domainkey.example.com",
            "v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB",
        )
}

fn lines(text: &str) -> Vec<u8> {
    text.replace("\r\n", "\n").replace('\n', "\r\n").into_bytes()
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}

fn checked(zone: Zone, raw: &[u8], arrival: Option<Arrival<'_>>, stated: Vec<Statement>) -> Vec<Statement> {
    runtime().block_on(async { Checker::of_zone(zone).unwrap().check(raw, arrival, stated).await })
}

fn of(statements: &[Statement], method: Method) -> Vec<Outcome> {
    let found = statements.iter().filter(|statement| statement.method == method);
    found.map(|statement| statement.outcome).collect()
}

fn key(algorithm: Algorithm, seed: u64) -> Secret {
    let mut random = rand_chacha::ChaCha20Rng::seed_from_u64(seed);
    generate(algorithm, &mut |bytes| random.fill_bytes(bytes)).unwrap()
}

fn signed(signer: &Signer, raw: &[u8]) -> Vec<u8> {
    [
        signer
            .sign(raw, Timestamp::from_second(1_790_000_000).unwrap())
            .unwrap(),
        raw.to_vec(),
    ]
    .concat()
}

#[test]
fn the_standards_examples_are_verified_and_their_forgeries_not() {
    let found = checked(vectors(), &lines(BOTH), None, Vec::new());
    assert_eq!(
        of(&found, Method::Dkim),
        [Outcome::Pass, Outcome::Pass],
        "{found:?}"
    );
    assert_eq!(found[0].domain.as_deref(), Some("football.example.com"));
    let forged = lines(&BOTH.replace("lost the game", "won the game"));
    let found = checked(vectors(), &forged, None, Vec::new());
    assert_eq!(of(&found, Method::Dkim), [Outcome::Fail, Outcome::Fail]);
    let found = checked(vectors(), &lines(OLD), None, Vec::new());
    assert_eq!(of(&found, Method::Dkim), [Outcome::Pass], "{found:?}");
    let found = checked(Zone::default(), &lines(OLD), None, Vec::new());
    assert_eq!(of(&found, Method::Dkim), [Outcome::PermanentError]);
    let failing = Zone::default().failing("brisbane._domainkey.example.com");
    let found = checked(failing, &lines(OLD), None, Vec::new());
    assert_eq!(of(&found, Method::Dkim), [Outcome::TemporaryError]);
}

const LETTER: &str = "From: Desk <help@desk.example>\r\nTo: Ada <ada@example.com>\r\nSubject: Your\r\n lamp\r\n\
    Date: Sun, 1 Mar 2026 12:00:00 +0000\r\nMessage-ID: <1@desk.example>\r\nMIME-Version: 1.0\r\n\r\nHello,\r\n\r\nit  is \tlit. \r\n\r\n";

#[test]
fn what_we_sign_is_verified_with_the_record_that_we_publish() {
    for algorithm in [Algorithm::Rsa, Algorithm::Ed25519] {
        let secret = key(algorithm, 1);
        let signer = Signer::new("Desk.example", "s1", &secret).unwrap();
        let (name, text) = signer.record();
        assert_eq!(name, "s1._domainkey.desk.example");
        let zone = || Zone::default().text(&name, &text);
        let raw = signed(&signer, LETTER.as_bytes());
        assert_eq!(
            raw,
            signed(&signer, LETTER.as_bytes()),
            "the same mail is the same bytes"
        );
        assert!(raw.split(|byte| *byte == b'\n').all(|line| line.len() < 100));
        let outcome = |raw: &[u8]| of(&checked(zone(), raw, None, Vec::new()), Method::Dkim);
        assert_eq!(outcome(&raw), [Outcome::Pass], "{algorithm:?}");
        let text = String::from_utf8(raw).unwrap();
        for (from, to) in [
            ("is \tlit", "is not lit"),
            ("Your\r\n lamp", "Your bill"),
            ("To: Ada", "To: Eve"),
            ("\r\nFrom: Desk", "\r\nFrom: Eve <eve@evil.example>\r\nFrom: Desk"),
        ] {
            assert!(text.contains(from));
            let forged = text.replacen(from, to, 1);
            assert_eq!(outcome(forged.as_bytes()), [Outcome::Fail], "{to}");
        }
        for (from, to) in [
            ("it  is", "it is"),
            ("Subject: Your\r\n lamp", "SUBJECT:Your lamp"),
            ("lit. \r\n\r\n", "lit.\r\n"),
        ] {
            let relayed = text.replacen(from, to, 1);
            assert_eq!(outcome(relayed.as_bytes()), [Outcome::Pass], "{to}");
        }
    }
}

#[test]
fn secrets_are_not_shown_and_bad_names_are_refused() {
    let secret = key(Algorithm::Ed25519, 1);
    assert_eq!(format!("{secret:?}"), "Secret(Ed25519, …)");
    for (domain, selector) in [
        ("desk", "s1"),
        ("desk.example\r\nX: y", "s1"),
        ("desk.example", "s 1"),
        ("desk..example", "s"),
    ] {
        assert_eq!(
            Signer::new(domain, selector, &secret).unwrap_err(),
            DkimError::Name
        );
    }
    let broken = Secret {
        algorithm: Algorithm::Rsa,
        bytes: vec![1, 2, 3],
    };
    assert_eq!(
        Signer::new("desk.example", "s1", &broken).unwrap_err(),
        DkimError::Key
    );
    let signer = Signer::new("desk.example", "s1", &secret).unwrap();
    assert_eq!(
        signer.sign(b"To: x\r\n\r\n", Timestamp::UNIX_EPOCH),
        Err(DkimError::NoFrom)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_body_that_is_signed_is_verified(body in "[a \\t.\\r\\n]{0,40}", subject in "[a-z \\t]{0,20}") {
        let secret = Secret { algorithm: Algorithm::Ed25519, bytes: vec![7; 32] };
        let signer = Signer::new("desk.example", "s1", &secret).unwrap();
        let (name, text) = signer.record();
        let body = body.replace('\r', "").replace('\n', "\r\n");
        let raw = format!("From: help@desk.example\r\nSubject: {subject}\r\n\r\n{body}");
        let found = checked(Zone::default().text(&name, &text), &signed(&signer, raw.as_bytes()), None, Vec::new());
        prop_assert_eq!(of(&found, Method::Dkim), [Outcome::Pass]);
    }
}

fn arrival<'a>(peer: &str, from: &'a str) -> Arrival<'a> {
    Arrival {
        peer: peer.parse().unwrap(),
        hello: "mx.example.com",
        from,
        host: "mx.desk.example",
    }
}

fn world() -> Zone {
    Zone::default()
        .text(
            "example.com",
            "v=spf1 ip4:192.0.2.0/24 include:_spf.example.net mx -all",
        )
        .text("_spf.example.net", "v=spf1 a:out.example.net ~all")
        .text("soft.example", "v=spf1 ~all")
        .text("loop.example", "v=spf1 include:loop.example -all")
        .failing("down.example")
        .text("_dmarc.example.com", "v=DMARC1; p=reject")
        .addresses("out.example.net", &["198.51.100.7".parse().unwrap()])
        .exchanges("example.com", &["mx.example.com"])
        .addresses(
            "mx.example.com",
            &["203.0.113.5".parse().unwrap(), "2001:db8::5".parse().unwrap()],
        )
}

#[test]
fn servers_that_may_send_are_told_from_those_that_may_not() {
    let raw = b"From: ada@example.com\r\n\r\nHi\r\n";
    for (peer, from, expected) in [
        ("192.0.2.77", "ada@example.com", Outcome::Pass),
        ("198.51.100.7", "ada@example.com", Outcome::Pass),
        ("203.0.113.5", "ada@example.com", Outcome::Pass),
        ("2001:db8::5", "ada@example.com", Outcome::Pass),
        ("203.0.113.6", "ada@example.com", Outcome::Fail),
        ("203.0.113.6", "ada@soft.example", Outcome::SoftFail),
        ("203.0.113.6", "ada@silent.example", Outcome::None),
        ("203.0.113.6", "ada@loop.example", Outcome::PermanentError),
        ("203.0.113.6", "ada@down.example", Outcome::TemporaryError),
    ] {
        let found = checked(world(), raw, Some(arrival(peer, from)), Vec::new());
        assert_eq!(of(&found, Method::Spf), [expected], "{peer} {from}");
    }
}

fn who(zone: Zone, raw: &str, arrival: Option<Arrival<'_>>, stated: Vec<Statement>) -> Identity {
    let raw = lines(raw);
    let found = checked(zone, &raw, arrival, stated);
    identity(
        &understand(&raw, Timestamp::UNIX_EPOCH, &Limits::default()),
        &found,
    )
}

#[test]
fn the_domain_in_from_vouches_denies_or_says_nothing() {
    let raw = "From: Ada <ada@example.com>\n\nHi\n";
    let good = Some(arrival("192.0.2.1", "ada@example.com"));
    let bad = Some(arrival("203.0.113.6", "ada@soft.example"));
    assert_eq!(who(world(), raw, good, Vec::new()), Identity::Authenticated);
    assert_eq!(who(world(), raw, bad, Vec::new()), Identity::Denied);
    assert_eq!(
        who(
            world(),
            &raw.replace("ada@example", "ada@mail.example"),
            bad,
            Vec::new()
        ),
        Identity::Denied,
        "a domain below is held to it too"
    );
    assert_eq!(
        who(
            world(),
            &raw.replace("example.com", "silent.example"),
            bad,
            Vec::new()
        ),
        Identity::Unknown
    );
    // Fetched from a mailbox: nobody knows the connection, so that nothing can be denied.
    assert_eq!(who(world(), raw, None, Vec::new()), Identity::Unknown);
    let spf = Statement {
        method: Method::Spf,
        outcome: Outcome::Pass,
        domain: Some("example.com".into()),
    };
    assert_eq!(
        who(world(), raw, None, vec![spf.clone()]),
        Identity::Authenticated
    );
    let other = Statement {
        domain: Some("evil.example".into()),
        ..spf
    };
    assert_eq!(who(world(), raw, None, vec![other]), Identity::Denied);
}

#[test]
fn the_border_is_believed_over_ourselves() {
    let dkim = Statement {
        method: Method::Dkim,
        outcome: Outcome::Pass,
        domain: Some("football.example.com".into()),
    };
    let footer = lines(&format!("{BOTH}\n-- \nScanned by the border\n"));
    let found = checked(vectors(), &footer, None, vec![dkim.clone()]);
    assert_eq!(of(&found, Method::Dkim), [Outcome::Pass]);
    assert_eq!(found[0], dkim);
    assert_eq!(
        of(&found, Method::Dmarc).len(),
        1,
        "what it did not speak of is ours"
    );
}

#[test]
fn those_who_pass_a_mail_on_vouch_for_what_they_saw() {
    let secret = key(Algorithm::Ed25519, 3);
    let signer = Signer::new("list.example", "s1", &secret).unwrap();
    let (name, text) = signer.record();
    let public = STANDARD.decode(text.rsplit("p=").next().unwrap()).unwrap();
    let sealing = Ed25519Key::from_seed_and_public_key(&secret.bytes, &public).unwrap();
    let message = AuthenticatedMessage::parse(LETTER.as_bytes()).unwrap();
    let results = AuthenticationResults::new("mx.list.example");
    let set = ArcSealer::from_key(sealing)
        .domain("list.example")
        .selector("s1")
        .headers(["From", "Subject", "To"])
        .seal(&message, &results, &ArcOutput::default())
        .unwrap();
    let sealed = format!("{}{LETTER}", set.to_header());
    let arc = |raw: &str| {
        let found = checked(
            Zone::default().text(&name, &text),
            raw.as_bytes(),
            None,
            Vec::new(),
        );
        let mut arc = found
            .into_iter()
            .filter(|statement| statement.method == Method::Arc);
        arc.next()
            .map(|statement| (statement.outcome, statement.domain.unwrap()))
    };
    let by = |outcome| Some((outcome, "list.example".to_owned()));
    assert_eq!(arc(&sealed), by(Outcome::Pass));
    assert_eq!(arc(&sealed.replace("is \tlit", "is not lit")), by(Outcome::Fail));
    assert_eq!(arc(&sealed.replace("To: Ada", "To: Eve")), by(Outcome::Fail));
    assert_eq!(arc(LETTER), None);
}

#[test]
fn a_thousand_signatures_cost_ten() {
    let header = lines("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=evil.example; s=x;\n h=from; bh=AAAA; b=AAAA\n").repeat(1_000);
    let raw = [header, LETTER.as_bytes().to_vec()].concat();
    let found = checked(Zone::default(), &raw, None, Vec::new());
    assert_eq!(of(&found, Method::Dkim).len(), 10);
}
