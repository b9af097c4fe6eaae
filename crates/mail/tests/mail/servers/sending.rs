//! Sending by Postfix, and what comes back.

use super::{Store, awaited, both, letter, password};
use jiff::Timestamp;
use mail::authenticate::{Checker, Method, Outcome, Zone};
use mail::automatic::may_be_answered;
use mail::bounces::{Lasting, Reason, bounce};
use mail::compose::{Letter, Occasion, compose};
use mail::dkim::{Algorithm, Secret, Signer};
use mail::probe::{Problem, Step, way_out};
use mail::submit::{Fate, Parcel, send};
use mail::understand::{Address, Limits, Message, understand};
use mail::wire::Security;

fn understood(raw: &[u8]) -> Message {
    understand(raw, Timestamp::UNIX_EPOCH, &Limits::default())
}

fn address(address: &str) -> Address {
    Address {
        name: String::new(),
        address: address.into(),
    }
}

fn reply(to: &Message, from: &str, occasion: Occasion, id: &str) -> Vec<u8> {
    let answered = to.message_id.clone();
    compose(&Letter {
        message_id: id.into(),
        date: Timestamp::from_second(1_790_000_000).unwrap(),
        from: address(from),
        reply_to: None,
        to: vec![address(&to.from[0].address)],
        cc: Vec::new(),
        subject: format!("Re: {}", to.subject),
        in_reply_to: answered.clone(),
        references: mail::compose::references(&to.references, answered.as_deref()),
        text: "An answer.\n.\nWith dots.\n".into(),
        html: None,
        enclosures: Vec::new(),
        occasion,
        outlook: None,
        stamp: None,
    })
    .unwrap()
}

#[tokio::test]
async fn a_mail_is_sent_signed_fetched_and_answered() {
    let Some(servers) = both() else { return };
    let mut out = servers.way_out().await;
    let raw = letter(
        "u11@world.test",
        "u10@world.test",
        "question@w",
        "Where is my lamp",
    );
    let secret = Secret {
        algorithm: Algorithm::Ed25519,
        bytes: vec![3; 32],
    };
    let signer = Signer::new("world.test", "s1", &secret).unwrap();
    let signed = [signer.sign(&raw, Timestamp::UNIX_EPOCH).unwrap(), raw].concat();
    let to = ["u10@world.test".to_owned()];
    let parcel = Parcel {
        from: "u11@world.test",
        to: &to,
        raw: &signed,
    };
    let fates = send(&mut out, parcel).await;
    assert!(
        matches!(&fates[..], [Fate::Accepted(reply)] if reply.enhanced.as_deref() == Some("2.0.0")),
        "{fates:?}"
    );
    let (mut desk, mut store) = (servers.mailbox("u10").await, Store::default());
    awaited(&mut desk, &mut store, "<question@w>").await;
    let (name, text) = signer.record();
    let checker = Checker::of_zone(Zone::default().text(&name, &text)).unwrap();
    let found = checker.check(&store.raws[0], None, Vec::new()).await;
    assert!(
        found
            .iter()
            .any(|statement| statement.method == Method::Dkim && statement.outcome == Outcome::Pass),
        "what we signed survives Postfix and Dovecot: {found:?}"
    );
    let question = understood(&store.raws[0]);
    let answer = reply(&question, "u10@world.test", Occasion::Written, "answer@w");
    let to = [question.from[0].address.clone()];
    let parcel = Parcel {
        from: "u10@world.test",
        to: &to,
        raw: &answer,
    };
    assert!(matches!(send(&mut out, parcel).await[..], [Fate::Accepted(_)]));
    let (mut other, mut store) = (servers.mailbox("u11").await, Store::default());
    awaited(&mut other, &mut store, "<answer@w>").await;
    let answer = understood(&store.raws[0]);
    assert_eq!(answer.in_reply_to, ["question@w"]);
    assert!(
        answer.text.contains("An answer.\n.\nWith dots."),
        "{:?}",
        answer.text
    );
}

#[tokio::test]
async fn somebody_unknown_bounces_and_the_report_is_understood() {
    let Some(servers) = both() else { return };
    let mut out = servers.way_out().await;
    let to = ["nobody-here@world.test".to_owned()];
    let parcel = Parcel {
        from: "u12@world.test",
        to: &to,
        raw: &letter("u12@world.test", &to[0], "lost@w", "Hello"),
    };
    assert!(matches!(send(&mut out, parcel).await[..], [Fate::Accepted(_)]));
    let (mut desk, mut store) = (servers.mailbox("u12").await, Store::default());
    awaited(&mut desk, &mut store, "nobody-here@world.test").await;
    let report = understood(&store.raws[0]);
    let bounce = bounce(&report).unwrap();
    assert_eq!(bounce.original.message_id.as_deref(), Some("lost@w"));
    let failure = &bounce.failures[0];
    assert_eq!(
        (failure.address.as_str(), failure.lasting, failure.reason),
        (
            "nobody-here@world.test",
            Lasting::Permanent,
            Reason::NoSuchAddress
        )
    );
    assert!(may_be_answered(&report).is_err());
}

#[tokio::test]
async fn each_recipient_has_its_fate() {
    let Some(servers) = both() else { return };
    let mut out = servers.way_out().await;
    let to = [
        "u13@world.test".to_owned(),
        "eve@elsewhere.test".to_owned(),
        "u14@world.test".to_owned(),
    ];
    let raw = letter("u13@world.test", &to[0], "three@w", "Hello");
    let parcel = Parcel {
        from: "u13@world.test",
        to: &to,
        raw: &raw,
    };
    let fates = send(&mut out, parcel).await;
    assert!(
        matches!(&fates[..], [Fate::Accepted(_), Fate::Refused(reply), Fate::Accepted(_)] if reply.code == 550 && reply.enhanced.as_deref() == Some("5.1.2")),
        "{fates:?}"
    );
    let large = vec![b'x'; 21_000_000];
    let parcel = Parcel {
        raw: &large,
        ..parcel
    };
    let fates = send(&mut out, parcel).await;
    assert!(
        matches!(&fates[0], Fate::Refused(reply) if reply.enhanced.as_deref() == Some("5.3.4")),
        "{fates:?}"
    );
    let parcel = Parcel { raw: &raw, ..parcel };
    assert!(
        matches!(send(&mut out, parcel).await[0], Fate::Accepted(_)),
        "the conversation goes on"
    );
}

#[tokio::test]
async fn two_machines_stop_answering_each_other() {
    let Some(servers) = both() else { return };
    let mut out = servers.way_out().await;
    let people = ["u15", "u16"];
    let to = ["u15@world.test".to_owned()];
    let first = Parcel {
        from: "u16@world.test",
        to: &to,
        raw: &letter("u16@world.test", &to[0], "start@w", "Hello"),
    };
    send(&mut out, first).await;
    let mut stores = [Store::default(), Store::default()];
    let mut awaited_id = "<start@w>".to_owned();
    let mut sent = 0;
    for round in 0..10 {
        let (person, store) = (people[round % 2], &mut stores[round % 2]);
        let mut desk = servers.mailbox(person).await;
        awaited(&mut desk, store, &awaited_id).await;
        let came = understood(store.raws.last().unwrap());
        if may_be_answered(&came).is_err() {
            break;
        }
        let id = format!("auto{round}@w");
        let from = format!("{person}@world.test");
        let to = [came.from[0].address.clone()];
        let raw = reply(&came, &from, Occasion::AutoReplied, &id);
        // Machines answer from nobody, so that reports of their answers go nowhere (RFC 3834 3.3).
        let parcel = Parcel {
            from: "",
            to: &to,
            raw: &raw,
        };
        assert!(matches!(send(&mut out, parcel).await[..], [Fate::Accepted(_)]));
        sent += 1;
        awaited_id = format!("<{id}>");
    }
    assert_eq!(sent, 1, "the first is answered, its answer is not");
}

#[tokio::test]
async fn a_trial_of_the_way_out_says_which_step_fails() {
    let Some(servers) = both() else { return };
    let (smtp, submission, _) = servers.postfix.clone().unwrap();
    let reach = servers.reach();
    let good = servers.at(submission, Security::StartTls);
    let to = ["u17@world.test".to_owned()];
    let raw = letter("u17@world.test", &to[0], "trial@w", "Trial");
    let parcel = Parcel {
        from: "u17@world.test",
        to: &to,
        raw: &raw,
    };
    let right = password("u17");
    let trial = way_out(&reach, &good, "desk.test", Some(&right), Some(parcel)).await;
    assert_eq!(trial.failed, None, "{trial:?}");
    assert_eq!(trial.done.last(), Some(&Step::Send));
    let wrong = mail::imap::client::Credentials::Password {
        name: "u17@world.test".into(),
        password: "guess".into(),
    };
    let trial = way_out(&reach, &good, "desk.test", Some(&wrong), None).await;
    assert_eq!(
        trial.failed,
        Some((Step::Authenticate, Problem::BadCredentials)),
        "{trial:?}"
    );
    let trial = way_out(
        &reach,
        &servers.at(smtp, Security::StartTls),
        "desk.test",
        Some(&right),
        None,
    )
    .await;
    assert_eq!(
        trial.failed,
        Some((Step::Authenticate, Problem::PasswordNotTaken)),
        "{trial:?}"
    );
    let trial = way_out(
        &reach,
        &servers.at(servers.imap, Security::StartTls),
        "desk.test",
        Some(&right),
        None,
    )
    .await;
    assert_eq!(trial.failed, Some((Step::Greet, Problem::WrongPort)), "{trial:?}");
}
