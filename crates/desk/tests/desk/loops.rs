//! The tournament of loops through the real rules: intake, threading, suspicion, questions after solving, outbox. Agents of
//! these desks solve every ticket at once and are asked for no rest between two questions, which is the worst that settings
//! allow.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use desk::mailboxes::reach::MailReach;
use desk::mailboxes::{Incoming, MailboxText, Outgoing, Protection, ServerText};
use desk::surveys::{self, Origin, Settings};
use desk::tickets::{self, Field, MessageKind, Status, Ticket};
use desk::{mails, outbox};
use kit::db::{Db, DbError};
use kit::jobs::{self, Jobs, Options};
use mail::wire::Budget;
use tandem_core::actor::Actor;
use tandem_core::events::Wiring;
use testkit::loops::{Letter, Topology, bare, field, topologies};
use testkit::smtp::Smtp;
use testkit::{TestDb, on_both};

use crate::mailboxes::create;
use crate::mails::Post;
use crate::tickets::{change, says, write};
use crate::world::LISTS;

const HELP: &str = "help@desk.example";
const SALES: &str = "sales@desk.example";
const THEIRS: &str = "eve@elsewhere.example";

fn mailbox(address: &str, port: u16) -> MailboxText {
    MailboxText {
        name: address.to_owned(),
        address: address.to_owned(),
        incoming: Incoming::Handed,
        outgoing: Outgoing::Smtp,
        smtp: ServerText {
            host: "127.0.0.1".to_owned(),
            port,
            protection: Protection::Plain,
            ..ServerText::default()
        },
        ..MailboxText::default()
    }
}

/// Two desks of ours and one of somebody else, all of which send by `smtp` and ask after every ticket.
async fn desks(db: &TestDb, smtp: &Smtp) -> Post {
    let port = smtp.url().rsplit(':').next().unwrap().parse().unwrap();
    let reach = MailReach::new(|_| true, &[], "desk.test").unwrap();
    db.attach(Arc::new(MailReach {
        budget: Budget::new(64, Duration::ZERO),
        ..reach
    }));
    db.attach(Arc::new(Origin("https://desk.test".into())));
    db.attach(Arc::new(
        Wiring::default()
            .on(&tickets::SOLVED, &[surveys::jobs::FOLLOW])
            .on(&tickets::REPLIED, &[outbox::WRITE]),
    ));
    let post = Post::with(db, mailbox(HELP, port)).await;
    create(db, &post.world.ada, mailbox(SALES, port)).await.unwrap();
    create(db, &post.world.eve, mailbox(THEIRS, port)).await.unwrap();
    for actor in [&post.world.ada, &post.world.eve] {
        let actor = actor.clone();
        db.write(move |tx| {
            let asking = Settings {
                is_on: true,
                delay_minutes: 0,
                rest_days: 0,
                ..Settings::default()
            };
            surveys::change_settings(tx, &actor, asking).unwrap();
            let at_once = outbox::Settings {
                undo_seconds: 0,
                ..outbox::Settings::default()
            };
            outbox::change_settings(tx, &actor, at_once).unwrap();
            Ok::<_, DbError>(())
        })
        .await
        .unwrap();
    }
    post
}

async fn all_tickets(db: &Db, actor: &Actor) -> Vec<Ticket> {
    let actor = actor.clone();
    db.read(move |tx| {
        let mut all = Vec::new();
        while let Some(ticket) = tickets::numbered(tx, &actor, all.len() as i64 + 1).unwrap() {
            all.push(ticket);
        }
        Ok::<_, DbError>(all)
    })
    .await
    .unwrap()
}

/// Agents answer each ticket of the first round, and solve every one at once.
async fn solve_all(db: &Db, actor: &Actor, answers: bool) {
    for ticket in all_tickets(db, actor).await {
        if answers {
            write(
                db,
                actor,
                ticket.id,
                says(MessageKind::Reply, "Try another bulb."),
            )
            .await
            .unwrap();
        }
        if ticket.status != Status::Solved || answers {
            change(db, actor, ticket.id, Field::Status, "solved")
                .await
                .unwrap();
        }
    }
}

async fn run(db: &Db) {
    let mut known = Jobs::new();
    known.reaction(Options::new(), surveys::jobs::ask);
    known.errand(Options::new().attempts(100), outbox::send);
    known.errand(Options::new(), mails::jobs::read);
    while jobs::run_due(db, &known).await.unwrap() > 0 {}
}

/// What the desks' server took since `seen`: for the machines, who answer, and for desks.
fn passed_on(taken: &[testkit::smtp::Taken], all: &mut [Topology]) -> Vec<Letter> {
    let mut next = Vec::new();
    for mail in taken {
        for to in &mail.to {
            let letter = Letter {
                from: mail.from.clone(),
                to: to.clone(),
                raw: mail.text.clone(),
            };
            match all.iter_mut().find(|topology| topology.knows(to)) {
                Some(topology) => next.extend(topology.hear(&letter)),
                None => next.push(letter),
            }
        }
    }
    next
}

on_both! { LISTS;
    async fn of_forty_topologies_no_pair_sees_more_than_two_automatic_mails_a_day(db: TestDb) {
        let smtp = Smtp::start().await;
        let post = desks(&db, &smtp).await;
        let mut all = topologies([HELP, SALES, THEIRS]);
        let mut letters: Vec<Letter> = all.iter_mut().flat_map(Topology::begins).collect();
        let (mut seen, mut automatic): (usize, HashMap<(String, String), usize>) = (0, HashMap::new());
        let mut rounds = 0;
        while !letters.is_empty() {
            assert!(rounds < 20, "it goes round for ever: {letters:?}");
            for letter in letters.drain(..).filter(|letter| [HELP, SALES, THEIRS].contains(&bare(&letter.to).as_str())) {
                post.hand(&letter.from, &[&letter.to], &letter.raw).await;
            }
            run(&db).await;
            for actor in [&post.world.ada, &post.world.eve] {
                solve_all(&db, actor, rounds == 0).await;
            }
            run(&db).await;
            let taken = smtp.taken().split_off(seen);
            seen += taken.len();
            for mail in taken.iter().filter(|mail| field(&mail.text, "Auto-Submitted").is_some()) {
                *automatic.entry((mail.from.clone(), mail.to[0].clone())).or_default() += 1;
            }
            letters = passed_on(&taken, &mut all);
            db.clock.advance(Duration::from_secs(600));
            rounds += 1;
        }
        assert!(automatic.values().any(|count| *count == 2), "some are asked twice, none more often");
        for (pair, count) in &automatic {
            assert!(*count <= 2, "{count} automatic mails from {} to {}", pair.0, pair.1);
        }
        let names: Vec<&str> = all.iter().map(|topology| topology.name.as_str()).collect();
        assert!(names.len() >= 40, "{names:?}");
    }
}
