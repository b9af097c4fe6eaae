//! Servers that lie, babble, fall silent or go away.

use mail::imap::client::{Credentials, Entry, Fetched, ImapError};
use mail::submit::{self, Fate, Parcel, SubmitError, send};
use mail::wire::{Reach, Security, Server, WireError};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

/// One part of a script.
#[derive(Clone)]
enum Part {
    /// Say this.
    Say(Vec<u8>),
    /// Hear a line and answer with this; `TAG` is its first word.
    Answer(&'static str),
    /// Hear a line.
    Hear,
    /// Hear everything up to a line with a dot.
    HearMail,
    /// Say this again and again.
    Babble(&'static [u8]),
    /// Say nothing more, but stay.
    Silence,
}
use Part::{Answer, Babble, Hear, HearMail, Say, Silence};

fn say(text: &str) -> Part {
    Say(text.as_bytes().to_vec())
}

/// A server on loopback that plays a script once and goes away.
async fn playing(script: Vec<Part>) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream = BufReader::new(stream);
        for part in script {
            // The other side may be gone already, as it should.
            if play(&mut stream, part).await.is_err() {
                return;
            }
        }
    });
    Server {
        host: "127.0.0.1".into(),
        port,
        security: Security::Plain,
    }
}

async fn play(stream: &mut BufReader<tokio::net::TcpStream>, part: Part) -> std::io::Result<()> {
    let mut line = String::new();
    match part {
        Say(bytes) => stream.write_all(&bytes).await?,
        Answer(answer) => {
            stream.read_line(&mut line).await?;
            let tag = line.split(' ').next().unwrap_or_default();
            stream.write_all(answer.replace("TAG", tag).as_bytes()).await?;
        }
        Hear => drop(stream.read_line(&mut line).await?),
        HearMail => loop {
            line.clear();
            if stream.read_line(&mut line).await? == 0 || line == ".\r\n" {
                break;
            }
        },
        Babble(bytes) => loop {
            stream.write_all(bytes).await?;
        },
        Silence => drop(stream.read(&mut [0; 1]).await?),
    }
    Ok(())
}

fn reach() -> Reach {
    Reach::new(Arc::new(|_| true), &[])
        .unwrap()
        .with_patience(Duration::from_millis(400))
        .with_plain_loopback()
}

fn credentials() -> Credentials {
    Credentials::Password {
        name: "ada".into(),
        password: "secret".into(),
    }
}

const GREETING: &str = "* OK hello\r\n";
const CAPABLE: Part = Answer("* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\nTAG OK done\r\n");
const OPENED: Part = Answer("* 3 EXISTS\r\n* OK [UIDVALIDITY 7]\r\n* OK [UIDNEXT 9]\r\nTAG OK done\r\n");

/// Gets in and opens a folder of three mails; what follows is the test's.
async fn opened(rest: Vec<Part>) -> Result<mail::imap::client::Client, ImapError> {
    let script = [
        vec![say(GREETING), CAPABLE, Answer("TAG OK in\r\n"), CAPABLE, OPENED],
        rest,
    ]
    .concat();
    let entry = Entry::knock(&reach(), &playing(script).await).await?;
    let mut client = entry.enter(&credentials()).await?;
    client.open("INBOX", false).await?;
    Ok(client)
}

#[tokio::test]
async fn no_greeting_of_whatever_kind_hangs_or_fills_memory() {
    for (script, expected) in [
        (vec![Silence], ImapError::Wire(WireError::TooLate)),
        (
            vec![Babble(b"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")],
            ImapError::Wire(WireError::TooLong),
        ),
        (
            vec![say("* OK {999999999999}\r\n")],
            ImapError::Wire(WireError::TooLong),
        ),
        (vec![say("HTTP/1.1 400 Bad Request\r\n\r\n")], ImapError::NotImap),
        (vec![say("220 mx.example ESMTP\r\n")], ImapError::NotImap),
        (vec![say("* BYE full\r\n")], ImapError::Unavailable),
        // Unencrypted, that we are in already is no server's to say.
        (vec![say("* PREAUTH hello\r\n")], ImapError::NotImap),
        (vec![], ImapError::Wire(WireError::Lost)),
        (
            vec![say(GREETING), Hear, Babble(b"* OK still here\r\n")],
            ImapError::Wire(WireError::TooLong),
        ),
    ] {
        let entry = Entry::knock(&reach(), &playing(script).await).await;
        assert_eq!(entry.unwrap_err(), expected);
    }
}

#[tokio::test]
async fn encryption_that_is_offered_with_a_word_too_many_is_refused() {
    let script = vec![
        say(GREETING),
        Answer("* CAPABILITY IMAP4rev1 STARTTLS\r\nTAG OK\r\n"),
        Answer("TAG OK begin\r\n* CAPABILITY AUTH=EVIL\r\n"),
        Silence,
    ];
    let server = Server {
        security: Security::StartTls,
        ..playing(script).await
    };
    let entry = Entry::knock(&reach(), &server).await;
    assert_eq!(entry.unwrap_err(), ImapError::Wire(WireError::Injected));
    let script = vec![say(GREETING), CAPABLE];
    let server = Server {
        security: Security::StartTls,
        ..playing(script).await
    };
    assert_eq!(
        Entry::knock(&reach(), &server).await.unwrap_err(),
        ImapError::NoStartTls
    );
}

#[tokio::test]
async fn plain_connections_are_made_to_loopback_only_and_only_if_set() {
    let server = playing(vec![say(GREETING), CAPABLE]).await;
    let strict = Reach::new(Arc::new(|_| true), &[]).unwrap();
    let error = Entry::knock(&strict, &server).await.unwrap_err();
    assert_eq!(error, ImapError::Wire(WireError::NotEncrypted));
    let outside = Server {
        host: "192.0.2.1".into(),
        ..server
    };
    let error = Entry::knock(&reach(), &outside).await.unwrap_err();
    assert_eq!(error, ImapError::Wire(WireError::NotEncrypted));
}

#[tokio::test]
async fn a_wish_for_another_password_is_told_from_a_wrong_one() {
    for (said, expected) in [
        (
            "TAG NO [ALERT] Application-specific password required\r\n",
            ImapError::AppPassword,
        ),
        ("TAG NO [AUTHENTICATIONFAILED] no\r\n", ImapError::BadCredentials),
        ("TAG NO [UNAVAILABLE] later\r\n", ImapError::Unavailable),
    ] {
        let script = vec![say(GREETING), CAPABLE, Answer(said)];
        let entry = Entry::knock(&reach(), &playing(script).await).await.unwrap();
        assert_eq!(entry.enter(&credentials()).await.unwrap_err(), expected);
    }
    let disabled = Answer("* CAPABILITY IMAP4rev1 LOGINDISABLED\r\nTAG OK\r\n");
    let entry = Entry::knock(&reach(), &playing(vec![say(GREETING), disabled]).await)
        .await
        .unwrap();
    assert_eq!(entry.enter(&credentials()).await.unwrap_err(), ImapError::NoWayIn);
    // The reason of a refused token comes as a question.
    let able = Answer("* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\nTAG OK\r\n");
    let script = vec![
        say(GREETING),
        able,
        Answer("+ \r\n"),
        Answer("+ eyJzdGF0dXMiOiI0MDAifQ==\r\n"),
        Answer("t2 NO no\r\n"),
    ];
    let token = Credentials::Token {
        name: "ada".into(),
        token: "expired".into(),
    };
    let entry = Entry::knock(&reach(), &playing(script).await).await.unwrap();
    let refused = ImapError::TokenRefused("{\"status\":\"400\"}".to_owned());
    assert_eq!(entry.enter(&token).await.unwrap_err(), refused);
    // A server that has only the standard's mechanism gets that; its reason is answered with one byte.
    let able = Answer("* CAPABILITY IMAP4rev1 SASL-IR AUTH=OAUTHBEARER\r\nTAG OK\r\n");
    let script = vec![
        say(GREETING),
        able,
        Answer("+ eyJzdGF0dXMiOiJpbnZhbGlkX3Rva2VuIn0=\r\n"),
        Answer("t2 NO no\r\n"),
    ];
    let entry = Entry::knock(&reach(), &playing(script).await).await.unwrap();
    let refused = ImapError::TokenRefused("{\"status\":\"invalid_token\"}".to_owned());
    assert_eq!(entry.enter(&token).await.unwrap_err(), refused);
    let script = vec![say(GREETING), CAPABLE];
    let entry = Entry::knock(&reach(), &playing(script).await).await.unwrap();
    assert_eq!(entry.enter(&token).await.unwrap_err(), ImapError::TokenNotTaken);
}

#[tokio::test]
async fn what_was_not_asked_for_is_not_taken() {
    let listing = "* 1 FETCH (UID 3 RFC822.SIZE 5 INTERNALDATE \"17-Jul-2026 02:44:25 +0000\")\r\n\
        * 2 FETCH (UID 4 RFC822.SIZE 5 BODY[HEADER.FIELDS (MESSAGE-ID)] {21}\r\nMessage-ID: <a@b>\r\n\r\n)\r\n\
        * 3 FETCH (UID 0 RFC822.SIZE 5)\r\n* 9 FETCH (FLAGS (\\Seen))\r\n* 4 FETCH (UID 99999999999)\r\nTAG OK\r\n";
    let mails = "* 1 FETCH (UID 77 BODY[] {4}\r\nevil)\r\n* 2 FETCH (UID 4 FLAGS ())\r\n* 2 FETCH (UID 4 BODY[] {5}\r\nfirst)\r\n\
        * 2 FETCH (UID 4 BODY[] {5}\r\nagain)\r\n* 1 FETCH (UID 3 BODY[] NIL)\r\nTAG OK\r\n";
    let mut client = opened(vec![
        OPENED,
        Answer(Box::leak(listing.to_owned().into_boxed_str())),
        Answer(mails),
    ])
    .await
    .unwrap();
    let survey = client.survey("INBOX", None).await.unwrap();
    let wanted = survey.wanted(&[]);
    assert_eq!(wanted.iter().map(|mail| mail.uid).collect::<Vec<_>>(), [3, 4]);
    assert_eq!(wanted[1].message_id.as_deref(), Some("a@b"));
    let mut fetching = client.fetch(&wanted).await.unwrap();
    let Some(Fetched::Mail { listed, raw }) = fetching.next().await.unwrap() else {
        panic!("a mail");
    };
    assert_eq!((listed.uid, raw.as_slice()), (4, &b"first"[..]));
    assert!(matches!(fetching.next().await.unwrap(), Some(Fetched::Gone(mail)) if mail.uid == 3));
    assert_eq!(fetching.next().await.unwrap(), None);
}

#[tokio::test]
async fn announced_bytes_are_not_believed() {
    for said in [
        "* 1 FETCH (UID 3 BODY[] {4000000000}\r\n",
        "* 1 FETCH (UID 3 BODY[] {18446744073709551615}\r\n",
    ] {
        let mut client = opened(vec![Answer(said), Silence]).await.unwrap();
        assert!(client.list(1).await.is_err());
    }
    // What was announced and does not come is waited for, but not for ever.
    let mut client = opened(vec![Answer("* 1 FETCH (UID 3 BODY[] {60000}\r\nabc"), Silence])
        .await
        .unwrap();
    assert_eq!(
        client.list(1).await.unwrap_err(),
        ImapError::Wire(WireError::TooLate)
    );
    let deep: &'static str = Box::leak(format!("* 1 FETCH {}\r\n", "(".repeat(100_000)).into_boxed_str());
    let mut client = opened(vec![Answer(deep)]).await.unwrap();
    assert_eq!(client.list(1).await.unwrap_err(), ImapError::Odd);
}

#[tokio::test]
async fn a_server_without_idle_is_asked_now_and_then() {
    let mut client = opened(vec![Answer("TAG OK\r\n"), Answer("* 4 EXISTS\r\nTAG OK\r\n")])
        .await
        .unwrap();
    let woken = client
        .wait(Duration::from_secs(5), Duration::from_millis(20))
        .await;
    assert_eq!(woken.unwrap(), mail::imap::client::Woken::Mail);
}

#[tokio::test]
async fn a_server_that_talks_on_does_not_keep_us_waiting_for_ever() {
    let capable = Answer("* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR IDLE\r\nTAG OK done\r\n");
    let script = vec![
        say(GREETING),
        capable.clone(),
        Answer("TAG OK in\r\n"),
        capable,
        OPENED,
        Answer("+ idling\r\n"),
        Babble(b"* OK still here\r\n"),
    ];
    let entry = Entry::knock(&reach(), &playing(script).await).await.unwrap();
    let mut client = entry.enter(&credentials()).await.unwrap();
    client.open("INBOX", false).await.unwrap();
    let waiting = client.wait(Duration::from_millis(200), Duration::from_secs(1));
    let end = tokio::time::timeout(Duration::from_secs(20), waiting)
        .await
        .unwrap();
    assert_eq!(end.unwrap_err(), ImapError::Wire(WireError::TooLong));
}

async fn out(rest: Vec<Part>) -> Result<submit::Client, SubmitError> {
    let hello = Answer("250-mx.example\r\n250-SIZE 1000000\r\n250 AUTH PLAIN LOGIN\r\n");
    let script = [vec![say("220 mx.example\r\n"), hello], rest].concat();
    submit::Entry::knock(&reach(), &playing(script).await, "desk.example")
        .await?
        .enter(None)
        .await
}

const OK: Part = Answer("250 2.1.0 OK\r\n");

async fn sent(end: Vec<Part>) -> Vec<Fate> {
    let script = [
        vec![OK, OK, Answer("550 5.1.1 Who\r\n"), Answer("354 go\r\n")],
        end,
    ]
    .concat();
    let mut client = out(script).await.unwrap();
    let to = ["a@example.com".to_owned(), "b@example.com".to_owned()];
    let parcel = Parcel {
        from: "",
        to: &to,
        raw: b"Subject: x\r\n\r\n.\r\nx\r\n",
    };
    send(&mut client, parcel).await
}

#[tokio::test]
async fn the_moment_of_handing_over_decides_what_is_known() {
    let refused =
        |fate: &Fate| matches!(fate, Fate::Refused(reply) if reply.enhanced.as_deref() == Some("5.1.1"));
    let fates = sent(vec![HearMail, say("250 2.0.0 queued\r\n")]).await;
    assert!(
        matches!(fates[0], Fate::Accepted(_)) && refused(&fates[1]),
        "{fates:?}"
    );
    let fates = sent(vec![HearMail, say("451 4.3.0 disk full\r\n")]).await;
    assert!(matches!(&fates[0], Fate::Refused(reply) if reply.is_for_later()) && refused(&fates[1]));
    // Gone after the dot: nobody knows.
    let fates = sent(vec![HearMail]).await;
    assert!(fates[0] == Fate::Unknown && refused(&fates[1]), "{fates:?}");
    let fates = sent(vec![HearMail, say("2")]).await;
    assert!(fates[0] == Fate::Unknown, "{fates:?}");
    let fates = sent(vec![HearMail, say("nonsense\r\n")]).await;
    assert!(fates[0] == Fate::Unknown, "{fates:?}");
}

#[tokio::test]
async fn before_the_end_of_the_mail_nothing_is_sent() {
    let to = ["a@example.com".to_owned()];
    let parcel = Parcel {
        from: "",
        to: &to,
        raw: b"x\r\n",
    };
    for script in [vec![], vec![OK], vec![OK, OK], vec![OK, Silence]] {
        let mut client = out(script).await.unwrap();
        assert_eq!(send(&mut client, parcel).await, [Fate::NotSent]);
    }
    let mut client = out(vec![OK, OK, Answer("421 4.3.2 closing\r\n")]).await.unwrap();
    assert_eq!(send(&mut client, parcel).await, [Fate::NotSent]);
    let mut client = out(vec![]).await.unwrap();
    let large = vec![b'x'; 1_000_001];
    let fates = send(
        &mut client,
        Parcel {
            raw: &large,
            ..parcel
        },
    )
    .await;
    assert!(matches!(&fates[0], Fate::Refused(reply) if reply.enhanced.as_deref() == Some("5.3.4")));
    let bad = ["a@example.com>\r\nDATA".to_owned()];
    assert_eq!(
        send(&mut client, Parcel { to: &bad, ..parcel }).await,
        [Fate::NotSent]
    );
}

#[tokio::test]
async fn babbling_servers_are_left() {
    for (script, expected) in [
        (vec![Silence], SubmitError::Wire(WireError::TooLate)),
        (vec![Babble(b"220-hello\r\n")], SubmitError::NotSmtp),
        (
            vec![Babble(b"xxxxxxxxxxxxxxxxxxxxxxxxxx")],
            SubmitError::Wire(WireError::TooLong),
        ),
        (vec![say("* OK IMAP\r\n")], SubmitError::NotSmtp),
        (vec![say("\r\n")], SubmitError::NotSmtp),
    ] {
        let entry = submit::Entry::knock(&reach(), &playing(script).await, "desk.example").await;
        assert_eq!(entry.unwrap_err(), expected);
    }
}

#[tokio::test]
async fn passwords_go_by_the_way_that_is_offered() {
    let hello = Answer("250-mx.example\r\n250 AUTH LOGIN\r\n");
    let script = vec![
        say("220 x\r\n"),
        hello,
        Answer("334 VXNlcm5hbWU6\r\n"),
        Answer("334 UGFzc3dvcmQ6\r\n"),
        Answer("235 2.7.0 in\r\n"),
    ];
    let entry = submit::Entry::knock(&reach(), &playing(script).await, "desk.example")
        .await
        .unwrap();
    entry.enter(Some(&credentials())).await.unwrap();
    let hello = Answer("250-mx.example\r\n250 AUTH PLAIN\r\n");
    let script = vec![
        say("220 x\r\n"),
        hello,
        Answer("534-5.7.9 Application-specific password required\r\n534 5.7.9 see\r\n"),
    ];
    let entry = submit::Entry::knock(&reach(), &playing(script).await, "desk.example")
        .await
        .unwrap();
    assert_eq!(
        entry.enter(Some(&credentials())).await.unwrap_err(),
        SubmitError::AppPassword
    );
}
