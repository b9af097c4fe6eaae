//! The loop tournament: our inboxes among vacation responders, lists, forwarders, bouncing addresses and machines without
//! manners. Forty topologies; however they are wired, no pair sees more than two automatic messages of ours a day.

use crate::composing::letter;
use jiff::Timestamp;
use mail::compose::{Letter, Occasion, compose};
use mail::loops::{Budget, Budgets, Held, Own, Sent, may_answer};
use mail::understand::{Address, Limits, Message, understand};
use std::collections::{HashMap, VecDeque};

const STAMP: &str = "X-Desk-Stamp";

#[derive(Debug, Clone)]
enum Actor {
    /// An inbox of ours that says "we got your mail".
    Desk,
    /// An inbox of somebody else's desk, with a stamp of its own.
    OtherDesk,
    /// Says that it is away, by the book.
    Vacation,
    /// Answers everything, with a new subject, and says nothing of being a machine.
    Rude(u32),
    /// Everything comes back as a report.
    Bouncing,
    /// A report without any field that says so.
    RudeBouncing,
    /// Passes on to an address.
    Forwarder(&'static str),
    /// Passes on to members.
    List(Vec<&'static str>),
    /// A person: reads.
    Person,
}

struct World {
    actors: HashMap<&'static str, Actor>,
    queue: VecDeque<(String, Vec<u8>)>,
    /// Automatic messages of ours: from, to.
    ours: HashMap<(String, String), u32>,
    everybody: u32,
    counter: u32,
}

impl World {
    fn new(actors: &[(&'static str, Actor)]) -> Self {
        Self {
            actors: actors.iter().cloned().collect(),
            queue: VecDeque::new(),
            ours: HashMap::new(),
            everybody: 0,
            counter: 0,
        }
    }

    fn run(&mut self) -> usize {
        for step in 0..300 {
            let Some((to, raw)) = self.queue.pop_front() else {
                return step;
            };
            let Some(name) = self.actors.keys().copied().find(|name| *name == to) else {
                continue;
            };
            let actor = self.actors[name].clone();
            let message = understand(&raw, Timestamp::UNIX_EPOCH, &Limits::default());
            self.receive(name, actor, &message, &raw);
        }
        300
    }

    #[expect(clippy::too_many_arguments, reason = "as many as a mail has parts")]
    fn send(
        &mut self,
        from: &str,
        to: &str,
        subject: &str,
        text: &str,
        occasion: Occasion,
        stamp: Option<&str>,
    ) {
        self.counter += 1;
        let raw = compose(&Letter {
            message_id: format!("{}@{from}", self.counter),
            from: Address {
                name: String::new(),
                address: from.into(),
            },
            to: vec![Address {
                name: String::new(),
                address: to.into(),
            }],
            subject: subject.into(),
            text: text.into(),
            occasion,
            stamp: stamp.map(|stamp| (stamp.to_owned(), "1".to_owned())),
            ..letter()
        });
        self.queue.push_back((to.to_owned(), raw.unwrap()));
    }

    fn receive(&mut self, name: &'static str, actor: Actor, message: &Message, raw: &[u8]) {
        let back = message
            .reply_to
            .first()
            .or(message.writer())
            .map(|address| address.address.clone());
        match (actor, back) {
            (Actor::Desk, Some(back)) => self.desk(name, &back, message),
            (Actor::OtherDesk, Some(back)) => {
                let own = Own { stamp: "X-Other", addresses: &[] };
                if may_answer(message, &own, &Sent::default(), &Budgets::default()).is_ok() {
                    self.send(name, &back, "We got it", "Thanks", Occasion::AutoReplied, Some("X-Other"));
                }
            }
            (Actor::Vacation, Some(back)) if mail::automatic::may_be_answered(message).is_ok() => {
                self.send(name, &back, "Out of office", "Away", Occasion::AutoReplied, None);
            }
            (Actor::Rude(most), Some(back)) if self.counter < most => {
                let subject = format!("Number {}", self.counter);
                self.send(name, &back, &subject, "I got your mail", Occasion::Written, None);
            }
            (Actor::Bouncing, Some(back)) => self.send("mailer-daemon@mx.example", &back, "Undelivered Mail Returned to Sender", &format!("Unable to deliver to the following address:\n\n<{name}>: 550 user unknown"), Occasion::AutoReplied, None),
            (Actor::RudeBouncing, Some(back)) => self.send("mailer-daemon@mx.example", &back, "failure notice", &format!("I wasn't able to deliver your message to the following addresses.\n\n<{name}>:\nno such user"), Occasion::Written, None),
            (Actor::Forwarder(to), _) => self.queue.push_back((to.to_owned(), raw.to_vec())),
            (Actor::List(members), _) => {
                for member in members {
                    let listed = [b"List-Id: <list.example>\r\n", raw].concat();
                    self.queue.push_back((member.to_owned(), listed));
                }
            }
            _ => {}
        }
    }

    fn desk(&mut self, name: &'static str, back: &str, message: &Message) {
        let own: Vec<String> = self
            .actors
            .iter()
            .filter(|(_, actor)| matches!(actor, Actor::Desk))
            .map(|(name, _)| (*name).to_owned())
            .collect();
        let pair = (name.to_owned(), back.to_owned());
        let to_address: u32 = self
            .ours
            .iter()
            .filter(|((_, to), _)| to == back)
            .map(|(_, count)| count)
            .sum();
        let count = self.ours.get(&pair).copied().unwrap_or(0);
        let sent = Sent {
            pair_in_day: count,
            address_in_three_hours: to_address,
            same_subject_in_day: to_address,
            everybody_in_hour: self.everybody,
            ..Sent::default()
        };
        let guard = Own {
            stamp: STAMP,
            addresses: &own,
        };
        if may_answer(message, &guard, &sent, &Budgets::default()).is_ok() {
            *self.ours.entry(pair).or_default() += 1;
            self.everybody += 1;
            self.send(
                name,
                back,
                "We got your mail",
                "Thanks",
                Occasion::AutoReplied,
                Some(STAMP),
            );
        }
    }
}

#[test]
fn no_topology_loops() {
    let kinds = [
        Actor::Desk,
        Actor::OtherDesk,
        Actor::Vacation,
        Actor::Rude(60),
        Actor::Bouncing,
        Actor::RudeBouncing,
        Actor::Forwarder("a@desk.example"),
        Actor::Forwarder("y@other.example"),
        Actor::List(vec!["a@desk.example", "y@other.example", "x@other.example"]),
        Actor::Person,
    ];
    let mut topologies = 0;
    for (at, x) in kinds.iter().enumerate() {
        for y in &kinds[at..] {
            let mut world = World::new(&[
                ("a@desk.example", Actor::Desk),
                ("x@other.example", x.clone()),
                ("y@other.example", y.clone()),
            ]);
            world.send(
                "x@other.example",
                "a@desk.example",
                "Lamp",
                "Hello",
                Occasion::Written,
                None,
            );
            world.send(
                "y@other.example",
                "a@desk.example",
                "Lamp",
                "Hello",
                Occasion::Written,
                None,
            );
            world.send(
                "a@desk.example",
                "x@other.example",
                "Answer",
                "Hello",
                Occasion::Written,
                Some(STAMP),
            );
            world.send(
                "y@other.example",
                "x@other.example",
                "Hi",
                "Hello",
                Occasion::Written,
                None,
            );
            let is_circle = matches!(
                (x, y),
                (
                    Actor::Forwarder("y@other.example") | Actor::List(_),
                    Actor::Forwarder("y@other.example") | Actor::List(_)
                )
            ) || matches!(y, Actor::Forwarder("y@other.example") | Actor::List(_))
                || matches!(x, Actor::List(_));
            let steps = world.run();
            // Circles of forwarders without us end by their own hop counts.
            assert!(is_circle || steps < 300, "{x:?} {y:?}");
            for (pair, count) in &world.ours {
                assert!(*count <= 2, "{x:?} {y:?}: {count} to {pair:?}");
            }
            topologies += 1;
        }
    }
    assert!(topologies >= 40);
}

#[test]
fn each_guard_holds_by_itself() {
    let message = |header: &str| {
        understand(
            format!("From: ada@example.com\n{header}\n\nHi").as_bytes(),
            Timestamp::UNIX_EPOCH,
            &Limits::default(),
        )
    };
    let addresses = ["support@desk.example".to_owned()];
    let own = Own {
        stamp: STAMP,
        addresses: &addresses,
    };
    let budgets = Budgets::default();
    assert_eq!(
        may_answer(&message("Subject: x"), &own, &Sent::default(), &budgets),
        Ok(())
    );
    assert_eq!(
        may_answer(&message("X-Desk-Stamp: 1"), &own, &Sent::default(), &budgets),
        Err(Held::OwnStamp)
    );
    let from_us = understand(
        b"From: Support+k1@desk.example\n\nHi",
        Timestamp::UNIX_EPOCH,
        &Limits::default(),
    );
    assert_eq!(
        may_answer(&from_us, &own, &Sent::default(), &budgets),
        Err(Held::OwnAddress)
    );
    assert!(matches!(
        may_answer(&message("Precedence: bulk"), &own, &Sent::default(), &budgets),
        Err(Held::Machine(_))
    ));
    let spent = Sent {
        conversation_in_day: 5,
        ..Sent::default()
    };
    assert_eq!(
        may_answer(&message("Subject: x"), &own, &spent, &budgets),
        Err(Held::Budget(Budget::Conversation))
    );
    let storm = Sent {
        everybody_in_hour: 1_000,
        ..Sent::default()
    };
    assert_eq!(
        may_answer(&message("Subject: x"), &own, &storm, &budgets),
        Err(Held::Budget(Budget::Everybody))
    );
}
