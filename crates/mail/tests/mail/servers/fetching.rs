//! Reading mailboxes of Dovecot.

use super::{Store, dovecot, letter, password};
use mail::imap::Because;
use mail::imap::Plan;
use mail::imap::client::{Credentials, Entry, Fetched, ImapError, Use, Woken};
use mail::probe::{Problem, Step, mailbox};
use mail::wire::Security;
use std::process::Command;
use std::time::Duration;

#[tokio::test]
async fn every_way_in_leads_to_the_same_mailbox() {
    let Some(servers) = dovecot() else { return };
    for (port, security) in [
        (servers.imaps, Security::Tls),
        (servers.imap, Security::StartTls),
        (servers.imap, Security::Plain),
    ] {
        let server = servers.at(port, security);
        let entry = Entry::knock(&servers.reach(), &server).await.unwrap();
        let mut client = entry.enter(&password("u0")).await.unwrap();
        assert!(client.can("IDLE") && client.can("imap4rev1"));
        let folders = client.folders().await.unwrap();
        let purpose = |purpose: Use| folders.iter().find(|folder| folder.purpose == Some(purpose));
        assert_eq!(purpose(Use::Inbox).unwrap().name, "INBOX");
        assert_eq!(purpose(Use::Sent).unwrap().name, "Sent");
        assert_eq!(
            client.open("Nowhere", false).await.unwrap_err(),
            ImapError::NoSuchFolder
        );
        client.leave().await;
    }
}

#[tokio::test]
async fn a_trial_says_which_step_fails_and_why() {
    let Some(servers) = dovecot() else { return };
    let reach = servers.reach();
    let good = servers.at(servers.imaps, Security::Tls);
    let trial = mailbox(&reach, &good, &password("u0"), "INBOX").await;
    assert_eq!(trial.failed, None, "{trial:?}");
    assert_eq!(
        trial.done,
        [
            Step::Resolve,
            Step::Connect,
            Step::Encrypt,
            Step::Greet,
            Step::Authenticate,
            Step::Folder
        ]
    );
    let wrong = Credentials::Password {
        name: "u0@world.test".into(),
        password: "guess".into(),
    };
    let token = Credentials::Token {
        name: "u0@world.test".into(),
        token: "guess".into(),
    };
    let mut other = good.clone();
    other.host = "127.0.0.1".into();
    let mut nowhere = good.clone();
    nowhere.port = 1;
    let mut unknown = good.clone();
    unknown.host = "mail.invalid".into();
    let start = servers.at(servers.imap, Security::StartTls);
    for (server, credentials, folder, expected) in [
        (
            &good,
            &wrong,
            "INBOX",
            (Step::Authenticate, Problem::BadCredentials),
        ),
        (
            &start,
            &wrong,
            "INBOX",
            (Step::Authenticate, Problem::BadCredentials),
        ),
        (
            &good,
            &token,
            "INBOX",
            (Step::Authenticate, Problem::TokenRefused),
        ),
        (
            &good,
            &password("u0"),
            "Nowhere",
            (Step::Folder, Problem::NoSuchFolder),
        ),
        (
            &other,
            &wrong,
            "INBOX",
            (Step::Encrypt, Problem::CertificateForOtherName),
        ),
        (&nowhere, &wrong, "INBOX", (Step::Connect, Problem::NobodyListens)),
        (&unknown, &wrong, "INBOX", (Step::Resolve, Problem::NoSuchHost)),
        (
            &servers.at(servers.imap, Security::Tls),
            &wrong,
            "INBOX",
            (Step::Encrypt, Problem::WrongPort),
        ),
    ] {
        let trial = mailbox(&reach, server, credentials, folder).await;
        assert_eq!(trial.failed, Some(expected), "{server:?} {credentials:?}");
        assert!(!format!("{trial:?}{credentials:?}").contains("guess"));
    }
    let strange = mail::wire::Reach::new(std::sync::Arc::new(|_| true), &[]).unwrap();
    let trial = mailbox(&strange, &good, &wrong, "INBOX").await;
    assert_eq!(trial.failed, Some((Step::Encrypt, Problem::CertificateUnknown)));
    let guarded = mail::wire::Reach::new(std::sync::Arc::new(|_| false), &[]).unwrap();
    let trial = mailbox(&guarded, &good, &wrong, "INBOX").await;
    assert_eq!(trial.failed, Some((Step::Resolve, Problem::NetworkNotAllowed)));
}

#[tokio::test]
async fn mails_come_once_with_their_bytes_and_stay_unread() {
    let Some(servers) = dovecot() else { return };
    let mut client = servers.mailbox("u1").await;
    let mut sent = Vec::new();
    for at in 0..25 {
        let raw = letter(
            "a@world.test",
            "u1@world.test",
            &format!("{at}@w"),
            &format!("mail {at} {{12}}\r\n)"),
        );
        let uid = client.append("Sent", &raw).await.unwrap();
        assert_eq!(uid, Some(at + 1));
        sent.push(raw);
    }
    let mut store = Store::default();
    let survey = store.fetch(&mut client, "Sent").await.unwrap();
    assert_eq!(survey.plan, Plan::Compare(Because::First));
    assert_eq!(store.raws, sent);
    assert_eq!(store.ledger[3].message_id.as_deref(), Some("3@w"));
    assert!(
        store
            .ledger
            .iter()
            .all(|mail| mail.arrived.as_second() > 1_700_000_000)
    );
    let survey = store.fetch(&mut client, "Sent").await.unwrap();
    assert_eq!(survey.plan, Plan::Rest);
    client.append("Sent", &sent[0]).await.unwrap();
    let survey = store.fetch(&mut client, "Sent").await.unwrap();
    assert_eq!(survey.plan, Plan::Fetch { from: 26 });
    assert_eq!(store.raws.len(), 26);
    client.open("Sent", true).await.unwrap();
    client.mark_seen(&[1, 2, 3]).await.unwrap();
    assert_eq!(client.uids(2, 5).await.unwrap(), [2, 3, 4, 5]);
    let mut small = client.with_largest(10);
    let listing = small.list(1).await.unwrap();
    let mut fetching = small.fetch(&listing[..2]).await.unwrap();
    while let Some(fetched) = fetching.next().await.unwrap() {
        assert!(matches!(fetched, Fetched::TooLarge(_)));
    }
}

#[tokio::test]
async fn a_folder_made_anew_brings_nothing_twice() {
    let Some(servers) = dovecot() else { return };
    let mut client = servers.mailbox("u2").await;
    let one = |at: u32| {
        letter(
            "a@world.test",
            "u2@world.test",
            &format!("{at}@w"),
            &format!("mail {at}"),
        )
    };
    for at in 0..12 {
        client.append("Sent", &one(at)).await.unwrap();
    }
    let mut store = Store::default();
    store.fetch(&mut client, "Sent").await.unwrap();
    let before = store.cursor.unwrap();
    client.leave().await;
    // Without its list of UIDs the server begins anew, with another validity.
    let folder = servers.folder.join("mail/u2/Maildir/.Sent");
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_string_lossy().starts_with("dovecot") {
            std::fs::remove_file(path).unwrap();
        }
    }
    let _ = std::fs::remove_file(servers.folder.join("mail/u2/Maildir/dovecot-uidvalidity"));
    let mut client = servers.mailbox("u2").await;
    client.append("Sent", &one(12)).await.unwrap();
    let survey = store.fetch(&mut client, "Sent").await.unwrap();
    assert_eq!(survey.plan, Plan::Compare(Because::ValidityChanged));
    assert_ne!(store.cursor.unwrap().validity, before.validity);
    assert_eq!(store.raws.len(), 13);
    for at in 0..13 {
        assert_eq!(store.count(&format!("<{at}@w>")), 1, "{at}");
    }
}

#[tokio::test]
async fn a_server_that_goes_away_in_the_middle_loses_and_doubles_nothing() {
    let Some(servers) = dovecot() else { return };
    let mut client = servers.mailbox("u3").await;
    let filler = "x".repeat(600_000);
    for at in 0..30 {
        let raw = letter("a@world.test", "u3@world.test", &format!("{at}@w"), &filler);
        client.append("Sent", &raw).await.unwrap();
    }
    let mut store = Store::default();
    let survey = client.survey("Sent", None).await.unwrap();
    let mut fetching = client.fetch(&survey.wanted(&[])).await.unwrap();
    let mut count = 0;
    let error = loop {
        match fetching.next().await {
            Ok(Some(Fetched::Mail { listed, raw })) => {
                store.ledger.push(mail::imap::Remembered {
                    size: listed.size,
                    arrived: listed.arrived,
                    message_id: listed.message_id.clone(),
                });
                store.raws.push(raw);
                store.cursor = survey.after(store.cursor, &[listed]);
                count += 1;
                if count == 4 {
                    kick(&servers.folder, "u3@world.test");
                }
            }
            Ok(other) => panic!("the server answered to the end: {other:?}"),
            Err(error) => break error,
        }
    };
    assert!(matches!(error, ImapError::Wire(_) | ImapError::Bye), "{error:?}");
    assert!(store.raws.len() < 30);
    let mut client = servers.mailbox("u3").await;
    store.fetch(&mut client, "Sent").await.unwrap();
    let mut all: Vec<String> = (0..30).map(|at| format!("{at}@w")).collect();
    all.sort_unstable();
    assert_eq!(store.identifiers(), all);
}

/// Ends the server's process that serves somebody.
fn kick(folder: &std::path::Path, person: &str) {
    let status = Command::new("doveadm")
        .arg("-c")
        .arg(folder.join("dovecot.conf"))
        .args(["kick", person])
        .status()
        .unwrap();
    assert!(status.success());
}

#[tokio::test]
async fn idle_wakes_up_at_once_and_polling_does_too() {
    let Some(servers) = dovecot() else { return };
    let mut waiting = servers.mailbox("u4").await;
    let mut other = servers.mailbox("u4").await;
    waiting.open("INBOX", false).await.unwrap();
    let nothing = waiting
        .wait(Duration::from_millis(300), Duration::from_millis(100))
        .await;
    assert_eq!(nothing.unwrap(), Woken::Nothing);
    let sending = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        other
            .append("INBOX", &letter("a@w.test", "u4@world.test", "1@w", "wake up"))
            .await
            .unwrap();
        tokio::time::Instant::now()
    };
    let waking = async {
        let woken = waiting
            .wait(Duration::from_secs(30), Duration::from_secs(30))
            .await
            .unwrap();
        (woken, tokio::time::Instant::now())
    };
    let (sent, (woken, at)) = tokio::join!(sending, waking);
    assert_eq!(woken, Woken::Mail);
    assert!(at.saturating_duration_since(sent) < Duration::from_secs(1));
}
