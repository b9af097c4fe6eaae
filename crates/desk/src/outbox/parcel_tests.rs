//! What becomes of a mail: every way from waiting to settled, and none back by itself.

use kit::id::{TypedId, Uuid};
use mail::submit::Reply;

use super::super::model::Mail;
use super::*;

fn id<T: TypedId>(number: u128) -> T {
    T::from_uuid(Uuid::from_u128(number))
}

fn parcel(addresses: &[&str]) -> Parcel {
    Parcel {
        mail: Mail {
            id: id(1),
            ticket: id(2),
            message: id(3),
            contact: None,
            mailbox: id(4),
            identifier: "a@b".into(),
            from_address: "support@desk.example".into(),
            from_name: "Support".into(),
            subject: "Re: Lamp".into(),
            in_reply_to: None,
            references: Vec::new(),
            outlook: None,
            body: "Hello".into(),
            state: MailState::Waiting,
            attempts: 0,
            due_at: Timestamp(10),
            written_by: "agt_1 Ada".into(),
            written_at: Timestamp(0),
            settled_at: None,
            handed_by: None,
            handed_at: None,
            trouble: None,
            survey: None,
            side: None,
            reply_to: None,
        },
        recipients: addresses
            .iter()
            .map(|address| Recipient::new("", address, false))
            .collect(),
    }
}

fn reply(code: u16) -> Reply {
    Reply {
        code,
        enhanced: None,
        said: "words".into(),
    }
}

fn settled(parcel: &mut Parcel, fates: &[Fate]) -> Option<Timestamp> {
    let waiting = parcel.waiting();
    assert!(parcel.hand(id(9), Timestamp(10)));
    let of = (Some(id(9)), &waiting[..]);
    parcel.settle(of, fates, (Timestamp(20), Duration::ZERO)).0
}

#[test]
fn a_mail_is_sent_when_everybody_was_accepted() {
    let mut one = parcel(&["a@x", "b@x"]);
    assert_eq!(
        one.look(id(9), Timestamp(9)),
        Look::Later(Timestamp(10)),
        "not before it is due"
    );
    let fates = [Fate::Accepted(reply(250)), Fate::Accepted(reply(250))];
    assert_eq!(settled(&mut one, &fates), None);
    assert_eq!(
        (one.mail.state, one.mail.settled_at),
        (MailState::Sent, Some(Timestamp(20)))
    );
    assert_eq!(one.look(id(9), Timestamp(30)), Look::Over);
    assert!(matches!(
        one.again(Timestamp(30)),
        Err(OutboxError::NothingToSend)
    ));
    assert!(matches!(one.withdraw(Timestamp(30)), Err(OutboxError::TooLate)));
}

#[test]
fn each_recipient_has_a_fate_and_who_is_for_later_is_tried_again_alone() {
    let mut one = parcel(&["a@x", "b@x", "c@x"]);
    let fates = [
        Fate::Accepted(reply(250)),
        Fate::Refused(reply(451)),
        Fate::Refused(reply(550)),
    ];
    let next = settled(&mut one, &fates);
    assert_eq!(next, Some(Timestamp(20).plus(SCHEDULE[0])));
    assert_eq!(one.mail.state, MailState::Waiting);
    assert_eq!(one.waiting(), ["b@x"]);
    assert!(!one.may_withdraw(), "one has it already");
    one.mail.due_at = Timestamp(10);
    assert_eq!(settled(&mut one, &[Fate::Accepted(reply(250))]), None);
    assert_eq!(one.mail.state, MailState::Failed, "the third was refused");
    one.again(Timestamp(30)).unwrap();
    assert_eq!(one.waiting(), ["c@x"]);
}

#[test]
fn after_the_last_attempt_a_delay_is_a_refusal() {
    let mut one = parcel(&["a@x"]);
    for place in 0..=SCHEDULE.len() {
        one.mail.due_at = Timestamp(10);
        let fate = if place % 2 == 0 {
            Fate::NotSent
        } else {
            Fate::Refused(reply(421))
        };
        let next = settled(&mut one, &[fate]);
        assert_eq!(next.is_some(), place < SCHEDULE.len(), "attempt {place}");
    }
    assert_eq!(one.mail.state, MailState::Failed);
    let days = SCHEDULE.iter().sum::<Duration>().as_secs() / 86_400;
    assert_eq!(days, 5);
}

#[test]
fn what_is_unknown_is_never_sent_by_itself() {
    let mut one = parcel(&["a@x"]);
    assert_eq!(settled(&mut one, &[Fate::Unknown]), None);
    assert_eq!(one.mail.state, MailState::Unknown);
    assert_eq!(one.look(id(9), Timestamp(30)), Look::Over);
    assert!(!one.hand(id(9), Timestamp(30)));
    one.again(Timestamp(30)).unwrap();
    assert_eq!(one.look(id(9), Timestamp(30)), Look::Ready, "a person wants it");
}

#[test]
fn a_kill_after_the_hand_over_is_unknown_and_before_it_nothing_happened() {
    let mut one = parcel(&["a@x"]);
    assert_eq!(one.look(id(9), Timestamp(10)), Look::Ready);
    // Killed before it was noted: the next run begins anew.
    assert!(one.hand(id(9), Timestamp(10)));
    // Killed after it was noted: the same job runs again.
    let mut again = one.clone();
    assert_eq!(again.look(id(9), Timestamp(11)), Look::Lost);
    assert_eq!(again.mail.state, MailState::Unknown);
    // Another job waits until no answer can come any more.
    let until = Timestamp(10).plus(SILENCE);
    assert_eq!(one.clone().look(id(8), Timestamp(11)), Look::Later(until));
    assert_eq!(one.clone().look(id(8), until), Look::Lost);
    assert!(
        !one.clone().hand(id(8), Timestamp(11)),
        "two jobs don't send it twice"
    );
    let failed = one.clone().settle(
        (None, &["a@x".to_owned()]),
        &[Fate::NotSent],
        (Timestamp(12), Duration::ZERO),
    );
    assert_eq!(
        failed,
        (None, Vec::new()),
        "who reached nobody says nothing of what is in other hands"
    );
    // The answer comes after all to the one who waited for it.
    let late = [Fate::Accepted(reply(250))];
    let of = ["a@x".to_owned()];
    let when = (Timestamp(40), Duration::ZERO);
    assert_eq!(
        again.settle((Some(id(8)), &of), &late, when).1,
        [],
        "not of another"
    );
    again.settle((Some(id(9)), &of), &late, when);
    assert_eq!(again.mail.state, MailState::Sent);
}

#[test]
fn taking_back_works_until_somebody_may_have_it() {
    let mut one = parcel(&["a@x"]);
    one.withdraw(Timestamp(5)).unwrap();
    one.withdraw(Timestamp(6)).unwrap();
    assert_eq!(one.mail.state, MailState::Withdrawn);
    assert_eq!(one.look(id(9), Timestamp(20)), Look::Over);
    assert!(!one.hand(id(9), Timestamp(20)));
    let mut one = parcel(&["a@x"]);
    assert!(one.hand(id(9), Timestamp(10)));
    assert!(matches!(one.withdraw(Timestamp(11)), Err(OutboxError::TooLate)));
}

#[test]
fn a_report_turns_what_was_accepted_into_a_failure_and_a_delay_is_noted_once() {
    let mut one = parcel(&["A@x"]);
    settled(&mut one, &[Fate::Accepted(reply(250))]);
    let mut told = Told {
        is_final: false,
        is_delivered: false,
        enhanced: Some("4.2.2".into()),
        said: "full".into(),
    };
    let settled_at = one.mail.settled_at;
    assert!(one.told("a@x", &told, Timestamp(45)));
    assert!(!one.told("a@x", &told, Timestamp(46)), "once");
    assert_eq!(
        (one.mail.state, one.mail.settled_at),
        (MailState::Sent, settled_at)
    );
    assert!(one.recipients[0].is_late());
    let mut arrived = one.clone();
    let delivered = Told {
        is_delivered: true,
        ..told.clone()
    };
    assert!(arrived.told("a@x", &delivered, Timestamp(47)));
    assert!(!arrived.recipients[0].is_late());
    told.is_final = true;
    told.enhanced = Some("5.2.2".into());
    assert!(one.told("a@x", &told, Timestamp(50)));
    assert_eq!(
        (one.mail.state, one.mail.settled_at),
        (MailState::Failed, Some(Timestamp(50)))
    );
    assert!(!one.told("a@x", &told, Timestamp(60)), "once");
    assert!(!one.told("b@x", &told, Timestamp(60)), "nobody we wrote to");
}
