//! Threading, client by client: what each does to identifiers, subjects and addresses, and where its answer goes.

use jiff::Timestamp;
use mail::threading::{
    Clue, Decision, Inbox, Key, Keys, Participation, Refusal, Signer, Standing, candidates, decide,
};
use mail::understand::{Limits, understand};
use std::collections::HashMap;

const TICKET: [u8; 16] = [1; 16];
const OTHER: [u8; 16] = [2; 16];

#[derive(Default)]
struct Store {
    known: HashMap<String, [u8; 16]>,
    merged: HashMap<[u8; 16], [u8; 16]>,
    gone: Vec<[u8; 16]>,
}

impl Inbox for Store {
    fn by_message_id(&mut self, identifier: &str) -> Option<[u8; 16]> {
        let conversation = *self.known.get(identifier)?;
        self.standing(conversation)
    }

    fn standing(&mut self, conversation: [u8; 16]) -> Option<[u8; 16]> {
        let now = self.merged.get(&conversation).copied().unwrap_or(conversation);
        (!self.gone.contains(&now)).then_some(now)
    }

    fn participation(&mut self, _: [u8; 16], address: &str) -> Participation {
        if address == "ada@example.com" {
            Participation::Participant
        } else {
            Participation::Stranger
        }
    }
}

fn now() -> Timestamp {
    "2026-03-01T12:00:00Z".parse().unwrap()
}

fn signer() -> Signer {
    let key = Key::new('a', &[5; 32]).unwrap();
    Signer::new(Keys::new(key, Vec::new()), b"workspace and inbox")
}

fn ours() -> String {
    signer().identifier(TICKET, [3; 16], "desk.example")
}

fn address() -> String {
    signer().address("support@desk.example", TICKET, None).unwrap()
}

fn decided(header: &str, store: &mut Store) -> Decision {
    let raw = format!("From: Ada <ada@example.com>\n{header}\n\nText");
    let message = understand(raw.as_bytes(), now(), &Limits::default());
    let clues = candidates(&message, &[], &signer(), now());
    decide(
        clues,
        message.writer().map(|writer| writer.address.as_str()),
        store,
    )
}

fn because(header: &str) -> Option<Clue> {
    let decision = decided(header, &mut Store::default());
    assert!(
        decision
            .conversation
            .is_none_or(|conversation| conversation == TICKET),
        "{header}"
    );
    decision.because.map(|evidence| evidence.clue)
}

#[test]
fn every_client_finds_its_conversation() {
    let (id, to) = (ours(), address());
    for (client, header, clue) in [
        (
            "Gmail",
            format!("To: {to}\nIn-Reply-To: <{id}>\nReferences: <x@y> <{id}>"),
            Clue::ReplyAddress,
        ),
        (
            "Gmail, to the plain address",
            format!("To: support@desk.example\nIn-Reply-To: <{id}>"),
            Clue::OwnInReplyTo,
        ),
        (
            "Outlook desktop",
            format!("To: 'Support' <{to}>\nThread-Topic: Lamp\nIn-Reply-To: <{id}>"),
            Clue::ReplyAddress,
        ),
        (
            "Outlook web, identifier in References only",
            format!("To: support@desk.example\nReferences: <a@b>,<{id}>"),
            Clue::OwnReference(1),
        ),
        (
            "Outlook mobile, no identifiers",
            format!("To: {}", to.to_uppercase()),
            Clue::ReplyAddress,
        ),
        (
            "Apple Mail, References rewritten",
            format!(
                "To: support@desk.example\nIn-Reply-To: <new@icloud.com>\nReferences: <{id}> <new@icloud.com>"
            ),
            Clue::OwnReference(1),
        ),
        (
            "Yahoo, References folded",
            format!("To: support@desk.example\nReferences: <a@b>\n <c@d>\n <{id}>\n <e@f>"),
            Clue::OwnReference(2),
        ),
        (
            "Proton, identifier in quotes of a relay",
            format!(
                "To: support@desk.example\nIn-Reply-To: <{}>",
                id.replace('@', "=") + "@relay.example"
            ),
            Clue::OwnInReplyTo,
        ),
        (
            "Thunderbird",
            format!("To: support@desk.example\nReferences: <{id}>\nIn-Reply-To: <{id}>"),
            Clue::OwnInReplyTo,
        ),
        (
            "a relay that keeps the envelope",
            format!("To: list@example.com\nDelivered-To: {to}"),
            Clue::ReplyAddress,
        ),
        (
            "a program that keeps the subject only",
            format!(
                "To: support@desk.example\nSubject: AW: Lamp {}",
                signer().tag(TICKET, None)
            ),
            Clue::SubjectTag,
        ),
    ] {
        assert_eq!(because(&header), Some(clue), "{client}");
    }
}

#[test]
fn numbers_and_equal_subjects_never_thread() {
    for header in [
        "To: support@desk.example\nSubject: Re: [#1234] Lamp",
        "To: support@desk.example\nSubject: Re: Ticket 1234",
        "To: support+1234@desk.example\nSubject: Lamp",
        "To: support@desk.example\nIn-Reply-To: <unknown@example.com>",
    ] {
        assert_eq!(because(header), None, "{header}");
    }
}

#[test]
fn identifiers_of_the_customers_own_mail_thread_in_the_same_inbox() {
    let mut store = Store::default();
    store.known.insert("first@example.com".into(), TICKET);
    store.known.insert("old@example.com".into(), OTHER);
    let decision = decided(
        "To: s@d.example\nReferences: <old@example.com> <first@example.com>",
        &mut store,
    );
    assert_eq!(decision.conversation, Some(TICKET), "the newest reference counts");
    assert_eq!(decision.because.unwrap().clue, Clue::KnownReference(1));
    let signed = decided(
        &format!(
            "To: s@d.example\nIn-Reply-To: <old@example.com>\nReferences: <{}>",
            ours()
        ),
        &mut store,
    );
    assert_eq!(
        signed.conversation,
        Some(TICKET),
        "ours count before those that anybody may write"
    );
}

#[test]
fn forged_tokens_start_a_new_conversation_and_are_named() {
    let mut forged = address().into_bytes();
    forged[30] = if forged[30] == b'0' { b'1' } else { b'0' };
    let forged = String::from_utf8(forged).unwrap();
    let decision = decided(&format!("To: {forged}"), &mut Store::default());
    assert_eq!(decision.conversation, None);
    assert_eq!(decision.refused[0].standing, Standing::Refused(Refusal::Forged));
    let with_reference = decided(
        &format!("To: {forged}\nIn-Reply-To: <{}>", ours()),
        &mut Store::default(),
    );
    assert_eq!(
        with_reference.conversation,
        Some(TICKET),
        "what does hold still counts"
    );
    assert_eq!(with_reference.refused.len(), 1);
}

#[test]
fn merged_conversations_lead_on_and_deleted_ones_lead_nowhere() {
    let mut store = Store::default();
    store.merged.insert(TICKET, OTHER);
    assert_eq!(
        decided(&format!("To: {}", address()), &mut store).conversation,
        Some(OTHER)
    );
    store.gone.push(OTHER);
    assert_eq!(
        decided(&format!("To: {}", address()), &mut store).conversation,
        None
    );
}

#[test]
fn knowing_the_thread_makes_nobody_a_participant() {
    let raw = format!("From: Eve <eve@evil.example>\nTo: {}\n\nText", address());
    let message = understand(raw.as_bytes(), now(), &Limits::default());
    let clues = candidates(&message, &[], &signer(), now());
    let decision = decide(clues, Some("eve@evil.example"), &mut Store::default());
    assert_eq!(decision.conversation, Some(TICKET));
    assert_eq!(decision.writer, Participation::Stranger);
}

#[test]
fn the_envelope_counts_before_the_header() {
    let message = understand(
        b"From: a@b.example\nTo: undisclosed-recipients:;\n\nHi",
        now(),
        &Limits::default(),
    );
    let clues = candidates(&message, &[address()], &signer(), now());
    assert_eq!(clues[0].clue, Clue::ReplyAddress);
}
