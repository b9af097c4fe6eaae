//! Tickets of a past that is made up, many at once: they are what the verbs would have made of them one by one.

use std::sync::Arc;
use std::time::Duration;

use desk::numbers::{self, Fact};
use desk::own_views::{self, Conditions, Order, ViewText};
use desk::replies::Audience;
use desk::surveys::past::Said;
use desk::surveys::{self, Survey, SurveyId, answering};
use desk::tickets::past::{self, Story};
use desk::tickets::{
    self, Change, ChangeId, Field, Message, MessageId, MessageKind, Status, Ticket, TicketError, TicketId,
};
use kit::clock::Timestamp;
use kit::db::{Db, DbError};
use kit::id::{TypedId, Uuid};
use kit::jobs::{self, Jobs, Options};
use tandem_core::events::{self, Wiring};
use tandem_core::tallies;
use tandem_core::touchpoints::{self, Filter, Touchpoint, TouchpointId, Traces, Whose};
use testkit::{MORNING, TestDb, on_both};

use crate::tickets::{asked, open, says};
use crate::world::{LISTS, World};

const HOUR: Duration = Duration::from_secs(3_600);

/// What we and the customer do, after so many hours.
enum Act {
    Take,
    Answer(&'static str, Status),
    Hear(&'static str),
    Note(&'static str),
    Solve,
}

const ACTS: &[(u32, Act)] = &[
    (1, Act::Take),
    (1, Act::Answer("Is it the preview or the file?", Status::Waiting)),
    (4, Act::Hear("The file.")),
    (5, Act::Note("The limit of previews, again.")),
    (
        6,
        Act::Answer("It is mended, please try once more.", Status::Solved),
    ),
    (30, Act::Hear("It stops again, at 20,000 now.")),
    (31, Act::Answer("Now there is no limit left.", Status::Waiting)),
    (32, Act::Hear("Confirmed.")),
    (33, Act::Solve),
];
/// When they were asked, when they said how it was, and what.
const SAID: (u32, u32, i64, &str) = (40, 42, 2, "It came back, though.");
/// When all is over.
const END: u32 = 100;

/// All that is kept of a ticket, without its ids and its number.
#[derive(Debug, PartialEq)]
struct Kept {
    ticket: Ticket,
    last_public: Option<usize>,
    messages: Vec<Message>,
    changes: Vec<Change>,
    fact: Option<Fact>,
    survey: Option<Survey>,
    told: Vec<(String, String, serde_json::Value, usize, Timestamp)>,
    left: Vec<Touchpoint>,
}

fn none<I: TypedId>() -> I {
    I::from_uuid(Uuid::nil())
}

fn at(hours: u32) -> Timestamp {
    MORNING.plus(HOUR * hours)
}

async fn kept(db: &Db, world: &World, id: TicketId) -> Kept {
    let (ada, account) = (world.ada.clone(), world.account);
    db.read(move |tx| {
        let ticket = tickets::find(tx, &ada, id)?.unwrap();
        let messages = tickets::messages(tx, &ada, id, None, 100)?;
        let changes = tickets::changes(tx, &ada, id, 100)?;
        let told = events::about(tx, ada.workspace, id, 100)?
            .into_iter()
            .map(|event| {
                let mut payload = event.payload;
                for name in ["number", "message", "survey"] {
                    payload.as_object_mut().unwrap().remove(name);
                }
                (
                    event.kind,
                    event.actor,
                    payload,
                    event.topics.len(),
                    event.created_at,
                )
            });
        let timeline = touchpoints::timeline(tx, &ada, Whose::Account(account), &Filter::default()).unwrap();
        let evidence = format!("/tickets/{id}");
        let mut left: Vec<Touchpoint> = timeline
            .into_iter()
            .filter(|one| one.evidence.as_ref() == Some(&evidence))
            .collect();
        left.sort_by_key(|one| one.happened_at);
        Ok::<_, TicketError>(Kept {
            last_public: messages.iter().position(|one| Some(one.id) == ticket.last_public),
            ticket: Ticket {
                id: none(),
                number: 0,
                last_public: None,
                ..ticket
            },
            messages: messages
                .into_iter()
                .map(|one| Message {
                    id: none::<MessageId>(),
                    ticket: none(),
                    ..one
                })
                .collect(),
            changes: changes
                .into_iter()
                .map(|one| Change {
                    id: none::<ChangeId>(),
                    ticket: none(),
                    ..one
                })
                .collect(),
            fact: numbers::fact(tx, &ada, id).unwrap().map(|fact| Fact {
                ticket: none(),
                number: 0,
                ..fact
            }),
            survey: surveys::of_ticket(tx, &ada, id).unwrap().map(|survey| Survey {
                id: none::<SurveyId>(),
                ticket: none(),
                ..survey
            }),
            told: told.collect(),
            left: left
                .into_iter()
                .map(|one| Touchpoint {
                    id: none::<TouchpointId>(),
                    evidence: None,
                    ..one
                })
                .collect(),
        })
    })
    .await
    .unwrap()
}

/// Lives through it by the verbs, one act after the other.
async fn by_verbs(db: &TestDb, world: &World) -> TicketId {
    let ada = world.ada.clone();
    db.clock.set(at(0));
    let id = open(db, &ada, asked(world)).await.unwrap().id;
    for (hours, act) in ACTS {
        db.clock.set(at(*hours));
        let (actor, me) = (ada.clone(), ada.agent().unwrap().to_string());
        db.write(move |tx| match act {
            Act::Take => tickets::change(tx, &actor, id, &[(Field::Agent, me.clone())]).map(drop),
            Act::Solve => tickets::change(tx, &actor, id, &[(Field::Status, "solved".to_owned())]).map(drop),
            Act::Hear(words) => tickets::write(tx, &actor, id, &says(MessageKind::Inbound, words)).map(drop),
            Act::Note(words) => tickets::write(tx, &actor, id, &says(MessageKind::Note, words)).map(drop),
            Act::Answer(words, then) => {
                let new = tickets::NewMessage {
                    then: Some(*then),
                    ..says(MessageKind::Reply, words)
                };
                tickets::write(tx, &actor, id, &new).map(drop)
            }
        })
        .await
        .unwrap();
    }
    let (asked_at, answered_at, rating, words) = SAID;
    db.clock.set(at(asked_at));
    let (_, secret) = db.write(move |tx| surveys::link(tx, &ada, id)).await.unwrap();
    db.clock.set(at(answered_at));
    db.write(move |tx| answering::answer(tx, &secret, rating, words))
        .await
        .unwrap();
    id
}

/// The same, all at once.
async fn at_once(db: &TestDb, world: &World) -> TicketId {
    let (ada, workspace, account) = (world.ada.clone(), world.workspace, world.account);
    let mut new = asked(world);
    new.account = Some(account);
    let brought = db.write(move |tx| {
        let number = past::take_numbers(tx, workspace, 1)?;
        let mut story = Story::open(tx, &ada, (at(0), number), &new)?;
        let me = ada.agent().unwrap().to_string();
        for (hours, act) in ACTS {
            let who = (&ada, at(*hours));
            match act {
                Act::Take => story.change(tx, who, &[(Field::Agent, me.clone())])?,
                Act::Solve => story.change(tx, who, &[(Field::Status, "solved".to_owned())])?,
                Act::Hear(words) => story.write(tx, who, (MessageKind::Inbound, words), None)?,
                Act::Note(words) => story.write(tx, who, (MessageKind::Note, words), None)?,
                Act::Answer(words, then) => story.write(tx, who, (MessageKind::Reply, words), Some(*then))?,
            }
        }
        let (asked_at, answered_at, rating, words) = SAID;
        let settings = surveys::settings(tx, workspace)?;
        let said = Said {
            settings: &settings,
            language: "en",
            asked_at: at(asked_at),
            answer: Some((at(answered_at), rating, words)),
        };
        surveys::past::rate(tx, &ada, &mut story, said).unwrap();
        let id = story.id();
        past::bring(tx, workspace, vec![story])?;
        Ok::<_, TicketError>(id)
    });
    brought.await.unwrap()
}

on_both! { LISTS;
    async fn a_ticket_of_the_past_is_what_the_verbs_would_have_made_of_it(db: TestDb) {
        let follow = [touchpoints::jobs::FOLLOW];
        let wiring = Wiring::default()
            .on(&tickets::OPENED, &follow)
            .on(&tickets::SOLVED, &follow)
            .on(&tickets::REOPENED, &follow)
            .on(&surveys::ANSWERED, &follow);
        db.attach(Arc::new(wiring));
        db.attach(Arc::new(Traces::new(&[
            &tickets::traces::OPENED,
            &tickets::traces::SOLVED,
            &tickets::traces::REOPENED,
            &surveys::traces::ANSWERED,
        ])));
        let world = World::new(&db).await;
        let text = ViewText {
            name: "Solved".to_owned(),
            audience: Audience::Everyone,
            conditions: Conditions { shelves: vec!["solved".to_owned()], ..Conditions::default() },
            order: Order::Newest,
        };
        let ada = world.ada.clone();
        let view = db.write(move |tx| own_views::add(tx, &ada, &text)).await.unwrap();
        let one = by_verbs(&db, &world).await;
        db.clock.set(at(END));
        let mut known = Jobs::new();
        known.reaction(Options::new(), touchpoints::jobs::follow);
        while jobs::run_due(&db, &known).await.unwrap() > 0 {}
        let other = at_once(&db, &world).await;
        events::give_positions(&db).await.unwrap();
        let (one, other) = (kept(&db, &world, one).await, kept(&db, &world, other).await);
        assert!(one.ticket.reopenings > 0 && one.left.len() == 5 && one.survey.is_some(), "{one:?}");
        assert_eq!(one, other);
        let (ada, workspace) = (world.ada.clone(), world.workspace);
        let (solved, open, numbers, lie, positions) = db
            .read(move |tx| {
                let lie = own_views::tickets(tx, &ada, view.id, None, 10).unwrap();
                let positions = events::newest(tx, workspace, 1_000)?;
                Ok::<_, DbError>((
                    tallies::total(tx, workspace, "tickets.solved")?,
                    tallies::total(tx, workspace, "tickets.open")?,
                    [1, 2].map(|number| tickets::numbered(tx, &ada, number).unwrap().is_some()),
                    lie.len(),
                    positions.into_iter().map(|event| event.position.unwrap()).collect::<Vec<_>>(),
                ))
            })
            .await
            .unwrap();
        assert_eq!((solved, open, numbers, lie), (2, 0, [true, true], 2));
        // Every event has a place of its own, the newest first.
        assert!(positions.is_sorted_by(|one, other| one > other));
    }
}
