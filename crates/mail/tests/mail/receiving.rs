//! Conversations with other servers, byte by byte.

use mail::receive::{Answer, Bounds, Dialect, Envelope, Session, Step};
use proptest::prelude::*;

/// Runs a conversation in which `known` addresses are ours; answers with what was sent and what was stored.
fn talked(dialect: Dialect, bounds: Bounds, pieces: &[&[u8]]) -> (String, Vec<Envelope>) {
    let mut session = Session::new(dialect, "desk.example", bounds);
    let (mut sent, mut stored) = (String::new(), Vec::new());
    for piece in [&[][..]].iter().chain(pieces) {
        session.push(piece);
        while let Some(step) = session.step() {
            let reply = match step {
                Step::Decide(address) if address.starts_with("no") => {
                    session.recipient(Answer::NoSuchAddress)
                }
                Step::Decide(_) => session.recipient(Answer::Stored),
                Step::Store(envelope) => {
                    let answers: Vec<Answer> = envelope
                        .to
                        .iter()
                        .map(|to| {
                            if to.starts_with("later") {
                                Answer::Later
                            } else {
                                Answer::Stored
                            }
                        })
                        .collect();
                    stored.push(envelope);
                    session.stored(&answers)
                }
                other => other,
            };
            match reply {
                Step::Send(lines) => sent.push_str(&lines),
                Step::Close(lines) => {
                    sent.push_str(&lines);
                    return (sent, stored);
                }
                _ => unreachable!("answers are sent"),
            }
        }
    }
    (sent, stored)
}

fn codes(sent: &str) -> Vec<&str> {
    sent.lines()
        .filter(|line| line.as_bytes().get(3) == Some(&b' '))
        .map(|line| &line[..3])
        .collect()
}

const MAIL: &[u8] = b"LHLO mx.example\r\nMAIL FROM:<ada@example.com> SIZE=10\r\nRCPT TO:<a@desk.example>\r\nRCPT TO:<no@desk.example>\r\n\
    RCPT TO:<later@desk.example>\r\nDATA\r\nSubject: x\r\n\r\n..dot\r\n.also\r\nend\r\n.\r\nQUIT\r\n";

#[test]
fn each_recipient_gets_its_own_answer() {
    let (sent, stored) = talked(Dialect::Lmtp, Bounds::default(), &[MAIL]);
    assert_eq!(
        codes(&sent),
        [
            "220", "250", "250", "250", "550", "250", "354", "250", "451", "221"
        ]
    );
    assert_eq!(stored[0].to, ["a@desk.example", "later@desk.example"]);
    assert_eq!(stored[0].raw, b"Subject: x\r\n\r\n.dot\r\nalso\r\nend\r\n");
}

#[test]
fn pieces_of_any_size_make_the_same_conversation() {
    let whole = talked(Dialect::Lmtp, Bounds::default(), &[MAIL]);
    let bytes: Vec<&[u8]> = MAIL.chunks(1).collect();
    assert_eq!(talked(Dialect::Lmtp, Bounds::default(), &bytes), whole);
}

#[test]
fn only_one_dot_between_right_line_ends_ends_a_mail() {
    for smuggled in ["\n.\n", "\n.\r\n", "\r.\r", "\r\n.\n", "\r\n.\r", "\r\n\0.\r\n"] {
        let raw = format!(
            "EHLO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\nText{smuggled}MAIL FROM:<evil@x>\r\nRCPT TO:<c@d>\r\n\r\n.\r\n"
        );
        let (_, stored) = talked(Dialect::Smtp, Bounds::default(), &[raw.as_bytes()]);
        assert_eq!(stored.len(), 1, "{smuggled:?}");
        assert!(
            stored[0].raw.windows(4).any(|four| four == b"evil"),
            "{smuggled:?}"
        );
    }
}

#[test]
fn smtp_answers_once_and_never_better_than_the_worst() {
    let raw = b"EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@d>\r\nRCPT TO:<later@d>\r\nDATA\r\nx\r\n.\r\n";
    let (sent, stored) = talked(Dialect::Smtp, Bounds::default(), &[raw]);
    assert_eq!(codes(&sent).last(), Some(&"451"));
    assert_eq!(stored[0].from, "");
}

#[test]
fn what_is_too_large_is_read_to_its_end_and_refused_for_each() {
    let bounds = Bounds {
        bytes: 100,
        ..Bounds::default()
    };
    let raw = format!(
        "LHLO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nRCPT TO:<e@f>\r\nDATA\r\n{}\r\n.\r\nNOOP\r\n",
        "x".repeat(200_000)
    );
    let (sent, stored) = talked(Dialect::Lmtp, bounds, &[raw.as_bytes()]);
    assert_eq!(codes(&sent)[6..], ["552", "552", "250"]);
    assert!(stored.is_empty());
    let (sent, _) = talked(
        Dialect::Lmtp,
        bounds,
        &[b"LHLO x\r\nMAIL FROM:<a@b> SIZE=101\r\n"],
    );
    assert_eq!(codes(&sent).last(), Some(&"552"));
}

#[test]
fn disorder_is_named_and_ends_the_conversation_in_time() {
    for (said, code) in [
        ("MAIL FROM:<a@b>\r\n", "503"),
        ("EHLO x\r\n", "500"),
        ("LHLO\r\n", "501"),
        ("LHLO x\r\nRCPT TO:<a@b>\r\n", "503"),
        ("LHLO x\r\nDATA\r\n", "503"),
        ("LHLO x\r\nMAIL FROM:a@b\r\n", "501"),
        ("LHLO x\r\nMAIL FROM:<a@b> SIZE=x\r\n", "501"),
        ("LHLO x\r\nMAIL FROM:<a@b>\r\nMAIL FROM:<a@b>\r\n", "503"),
        ("STARTTLS\r\n", "500"),
        ("NOOP\nQUIT\r\n", "421"),
    ] {
        let (sent, _) = talked(Dialect::Lmtp, Bounds::default(), &[said.as_bytes()]);
        assert_eq!(codes(&sent).last(), Some(&code), "{said}");
    }
    let (sent, _) = talked(
        Dialect::Lmtp,
        Bounds::default(),
        &["WHAT\r\n".repeat(30).as_bytes()],
    );
    assert_eq!(codes(&sent).last(), Some(&"421"));
    let (sent, _) = talked(Dialect::Lmtp, Bounds::default(), &[&[b'x'; 10_000]]);
    assert_eq!(codes(&sent).last(), Some(&"500"));
}

proptest! {
    #[test]
    fn any_bytes_are_survived(pieces in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..100), 0..20)) {
        let pieces: Vec<&[u8]> = pieces.iter().map(Vec::as_slice).collect();
        let (sent, _) = talked(Dialect::Smtp, Bounds::default(), &pieces);
        prop_assert!(sent.starts_with("220 "));
    }

    #[test]
    fn any_lines_come_out_as_they_went_in(lines in proptest::collection::vec("[.a-z ]{0,8}", 0..20)) {
        let body: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
        let stuffed: String = lines.iter().map(|line| if line.starts_with('.') { format!(".{line}\r\n") } else { format!("{line}\r\n") }).collect();
        let raw = format!("EHLO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\n{stuffed}.\r\n");
        let (_, stored) = talked(Dialect::Smtp, Bounds::default(), &[raw.as_bytes()]);
        prop_assert_eq!(stored[0].raw.as_slice(), body.as_bytes());
    }
}
