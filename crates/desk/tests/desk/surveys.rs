//! Questions after solving: asked once and in time, answered by whoever has the link, followed up, forgotten.

use std::sync::Arc;
use std::time::Duration;

use desk::forms::sending::{self, Draft};
use desk::forms::{self, FormText};
use desk::mailboxes::{self, MailboxText, Outgoing, ServerText};
use desk::notices::listing::Asked;
use desk::notices::{self, Reason};
use desk::outbox::{self, Parcel};
use desk::surveys::listing::{self, Filter};
use desk::surveys::{
    self, AfterLow, Asks, Direction, Origin, Question, Settings, Survey, SurveyError, answering,
};
use desk::tickets::{self, Field, MessageKind, Status, Ticket, TicketId};
use kit::clock::Timestamp;
use kit::db::{Db, DbError};
use kit::jobs::{self, Jobs, Options};
use tandem_core::actor::Actor;
use tandem_core::contacts::erasing::{self, Holdings};
use tandem_core::contacts::identities::{self, NewIdentity};
use tandem_core::doors::Secret;
use tandem_core::events::Wiring;
use testkit::{TestDb, on_both};

use crate::mailboxes::seal;
use crate::tickets::{asked, change, open, says, write};
use crate::world::{LISTS, World};

const HOUR: Duration = Duration::from_secs(3_600);
const DAY: Duration = Duration::from_secs(86_400);

/// A world that sends mail and asks an hour after solving.
async fn asking(db: &TestDb, wanted: Settings) -> World {
    seal(db);
    db.attach(Arc::new(Origin("https://desk.test".into())));
    db.attach(Arc::new(
        Wiring::default().on(&tickets::SOLVED, &[surveys::jobs::FOLLOW]),
    ));
    db.attach(Arc::new(Holdings::new(&[&surveys::HOLDS])));
    let world = World::new(db).await;
    let text = MailboxText {
        name: "Support".to_owned(),
        address: "support@northwind.test".to_owned(),
        outgoing: Outgoing::Smtp,
        smtp: ServerText {
            host: "localhost".to_owned(),
            port: 1,
            ..ServerText::default()
        },
        ..MailboxText::default()
    };
    let (ada, contact) = (world.ada.clone(), world.contact);
    db.write(move |tx| {
        mailboxes::create(tx, &ada, &text).unwrap();
        identities::add(tx, &ada, contact, &NewIdentity::email("leyla@acme.test")).unwrap();
        surveys::change_settings(tx, &ada, wanted.clone()).unwrap();
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
    world
}

fn on() -> Settings {
    Settings {
        is_on: true,
        ..Settings::default()
    }
}

async fn solved(db: &Db, world: &World) -> Ticket {
    let ticket = open(db, &world.sam, asked(world)).await.unwrap();
    write(db, &world.sam, ticket.id, says(MessageKind::Reply, "Try again."))
        .await
        .unwrap();
    change(db, &world.sam, ticket.id, Field::Status, "solved")
        .await
        .unwrap()
        .0
}

/// Runs what is due to be asked.
async fn run(db: &Db) {
    let mut known = Jobs::new();
    known.reaction(Options::new(), surveys::jobs::ask);
    while jobs::run_due(db, &known).await.unwrap() > 0 {}
}

async fn of_ticket(db: &Db, world: &World, id: TicketId) -> Option<Survey> {
    let sam = world.sam.clone();
    db.read(move |tx| surveys::of_ticket(tx, &sam, id)).await.unwrap()
}

async fn mails(db: &Db, world: &World) -> Vec<Parcel> {
    let sam = world.sam.clone();
    db.read(move |tx| outbox::list(tx, &sam, (None, None), 50))
        .await
        .unwrap()
}

async fn link(db: &Db, actor: &Actor, id: TicketId) -> Result<Secret, SurveyError> {
    let actor = actor.clone();
    db.write(move |tx| surveys::link(tx, &actor, id).map(|(_, secret)| secret))
        .await
}

async fn answer(db: &Db, secret: &Secret, rating: i64, comment: &str) -> Result<Survey, SurveyError> {
    let (secret, comment) = (secret.clone(), comment.to_owned());
    db.write(move |tx| answering::answer(tx, &secret, rating, &comment).map(|opened| opened.survey))
        .await
}

async fn ticket(db: &Db, world: &World, id: TicketId) -> Ticket {
    let sam = world.sam.clone();
    db.read(move |tx| tickets::find(tx, &sam, id))
        .await
        .unwrap()
        .unwrap()
}

async fn events(db: &Db, world: &World, id: TicketId) -> Vec<String> {
    let workspace = world.workspace;
    let all = db
        .read(move |tx| tandem_core::events::about(tx, workspace, id, 500))
        .await
        .unwrap();
    all.into_iter()
        .rev()
        .map(|event| event.kind)
        .filter(|kind| kind.starts_with("survey."))
        .collect()
}

on_both! { LISTS;
    async fn nobody_is_asked_while_the_answer_that_solved_can_be_taken_back(db: TestDb) {
        let world = asking(&db, Settings { delay_minutes: 0, ..on() }).await;
        solved(&db, &world).await;
        run(&db).await;
        assert!(mails(&db, &world).await.is_empty());
        db.clock().advance(Duration::from_secs(10));
        run(&db).await;
        assert_eq!(mails(&db, &world).await.len(), 1);
    }

    async fn a_contact_is_asked_by_mail_an_hour_after_solving_and_not_again_for_a_month(db: TestDb) {
        let world = asking(&db, on()).await;
        let first = solved(&db, &world).await;
        run(&db).await;
        assert!(mails(&db, &world).await.is_empty());
        db.clock().advance(HOUR);
        run(&db).await;
        let mail = mails(&db, &world).await.pop().unwrap();
        assert_eq!(mail.recipients[0].address, "leyla@acme.test");
        assert!(mail.mail.body.contains("https://desk.test/s/…?rating=5"), "{}", mail.mail.body);
        assert!(mail.mail.body.contains("Exports stop"));
        let survey = of_ticket(&db, &world, first.id).await.unwrap();
        assert_eq!((survey.is_mailed, mail.mail.survey), (true, Some(survey.id)));

        let second = solved(&db, &world).await;
        db.clock().advance(HOUR);
        run(&db).await;
        assert_eq!((of_ticket(&db, &world, second.id).await, mails(&db, &world).await.len()), (None, 1));
        db.clock().advance(DAY * 31);
        let third = solved(&db, &world).await;
        db.clock().advance(HOUR);
        run(&db).await;
        assert!(of_ticket(&db, &world, third.id).await.is_some());
    }

    async fn what_came_by_a_form_is_asked_about_only_where_somebody_made_sure_of_the_address(db: TestDb) {
        let world = asking(&db, on()).await;
        let (ada, workspace) = (world.ada.clone(), world.workspace);
        let sent = db.write(move |tx| {
            let text = FormText { title: "Write to us".to_owned(), ..FormText::default() };
            let form = forms::add(tx, &ada, &text)?;
            let draft = Draft {
                address: "leyla@acme.test".to_owned(),
                subject: "Cheap watches".to_owned(),
                body: "Buy them now.".to_owned(),
                stamp: "one".to_owned(),
                ..Draft::default()
            };
            sending::take(tx, workspace, &form, &draft)
        });
        let id = sent.await.unwrap().id;
        let solved = change(&db, &world.sam, id, Field::Status, "solved").await.unwrap().0;
        let at = solved.solved_at.unwrap();
        let ask = async |at: Timestamp| db.write(move |tx| surveys::ask(tx, workspace, id, at)).await.unwrap();
        assert_eq!(ask(at).await, Err(surveys::Silence::Unproven));
        let (ada, contact) = (world.ada.clone(), world.contact);
        db.write(move |tx| {
            let known = identities::of(tx, &ada, contact).unwrap();
            identities::verify(tx, &ada, known[0].id).unwrap();
            Ok::<_, DbError>(())
        })
        .await
        .unwrap();
        assert!(ask(at).await.is_ok());
    }

    async fn what_came_back_before_its_hour_is_not_asked_about(db: TestDb) {
        let world = asking(&db, on()).await;
        let one = solved(&db, &world).await;
        db.clock().advance(HOUR / 2);
        write(&db, &world.sam, one.id, says(MessageKind::Inbound, "It still does not work.")).await.unwrap();
        db.clock().advance(HOUR);
        run(&db).await;
        assert_eq!(of_ticket(&db, &world, one.id).await, None);
        // Solved anew, the hour begins anew.
        change(&db, &world.sam, one.id, Field::Status, "solved").await.unwrap();
        db.clock().advance(HOUR / 2);
        run(&db).await;
        assert_eq!(of_ticket(&db, &world, one.id).await, None);
        db.clock().advance(HOUR / 2);
        run(&db).await;
        assert!(of_ticket(&db, &world, one.id).await.is_some());
    }

    async fn nobody_is_asked_without_the_setting_an_address_or_a_wish(db: TestDb) {
        let world = asking(&db, Settings { is_on: false, ..on() }).await;
        let off = solved(&db, &world).await;
        db.clock().advance(HOUR * 2);
        run(&db).await;
        assert_eq!(of_ticket(&db, &world, off.id).await, None);

        let ask = async |id: TicketId, at: Timestamp| {
            let workspace = world.workspace;
            db.write(move |tx| surveys::ask(tx, workspace, id, at)).await.unwrap()
        };
        assert_eq!(ask(off.id, off.solved_at.unwrap()).await, Err(surveys::Silence::Off));
        let (ada, version) = (world.ada.clone(), 0);
        db.write(move |tx| surveys::change_settings(tx, &ada, Settings { version, ..on() })).await.unwrap();
        let nobody = open(&db, &world.sam, tickets::NewTicket { contact: None, ..asked(&world) }).await.unwrap();
        let nobody = change(&db, &world.sam, nobody.id, Field::Status, "solved").await.unwrap().0;
        assert_eq!(ask(nobody.id, nobody.solved_at.unwrap()).await, Err(surveys::Silence::Nobody));

        // Whoever says so once is not asked again.
        let secret = link(&db, &world.sam, off.id).await.unwrap();
        db.write(move |tx| answering::refuse(tx, &secret).map(drop)).await.unwrap();
        db.clock().advance(DAY * 40);
        let next = solved(&db, &world).await;
        assert_eq!(ask(next.id, next.solved_at.unwrap()).await, Err(surveys::Silence::Refused));
    }

    async fn whoever_has_the_link_answers_and_looking_does_not(db: TestDb) {
        let world = asking(&db, on()).await;
        let one = solved(&db, &world).await;
        let secret = link(&db, &world.sam, one.id).await.unwrap();
        let look = secret.clone();
        let looked = db.read(move |tx| answering::look(tx, &look)).await.unwrap();
        assert_eq!((looked.survey.answer, looked.is_open), (None, true));

        assert_eq!(answer(&db, &secret, 6, "").await, Err(SurveyError::BadRating));
        assert_eq!(answer(&db, &secret, 0, "").await, Err(SurveyError::BadRating));
        let long = "a".repeat(2_001);
        assert_eq!(answer(&db, &secret, 4, &long).await, Err(SurveyError::LongComment));
        answer(&db, &secret, 4, "Good\u{7}, thanks").await.unwrap();
        answer(&db, &secret, 4, "Good, thanks").await.unwrap();
        assert_eq!(events(&db, &world, one.id).await, ["survey.asked", "survey.answered"]);
        db.clock().advance(DAY);
        let again = answer(&db, &secret, 5, "").await.unwrap();
        assert_eq!(again.answer.unwrap().rating, 5);
        db.clock().advance(DAY * 14);
        assert_eq!(answer(&db, &secret, 1, "").await, Err(SurveyError::Settled));
        db.clock().advance(DAY * 60);
        assert_eq!(answer(&db, &secret, 1, "").await, Err(SurveyError::Closed));
        let kept = of_ticket(&db, &world, one.id).await.unwrap().answer.unwrap();
        assert_eq!((kept.rating, kept.comment.as_str()), (5, ""));
    }

    async fn a_low_rating_opens_the_ticket_again_or_leaves_a_note(db: TestDb) {
        let world = asking(&db, Settings { after_low: AfterLow::Reopen, ..on() }).await;
        let one = solved(&db, &world).await;
        let secret = link(&db, &world.sam, one.id).await.unwrap();
        answer(&db, &secret, 2, "Nobody called back").await.unwrap();
        assert_eq!(ticket(&db, &world, one.id).await.status, Status::Open);
        assert_eq!(events(&db, &world, one.id).await, ["survey.asked", "survey.answered", "survey.low"]);
        // What stays low is told of once.
        change(&db, &world.sam, one.id, Field::Status, "solved").await.unwrap();
        answer(&db, &secret, 1, "Nobody called back").await.unwrap();
        assert_eq!(ticket(&db, &world, one.id).await.status, Status::Solved);

        let ada = world.ada.clone();
        db.write(move |tx| {
            let wanted = Settings { after_low: AfterLow::Note, version: 1, ..on() };
            surveys::change_settings(tx, &ada, wanted)
        }).await.unwrap();
        let two = solved(&db, &world).await;
        let secret = link(&db, &world.sam, two.id).await.unwrap();
        answer(&db, &secret, 1, "Still broken").await.unwrap();
        assert_eq!(ticket(&db, &world, two.id).await.status, Status::Solved);
        let sam = world.sam.clone();
        let messages = db.read(move |tx| tickets::messages(tx, &sam, two.id, None, 10)).await.unwrap();
        let note = messages.last().unwrap();
        assert_eq!((note.kind, note.body.as_str()), (MessageKind::Note, "Rated 1 of 5 (Satisfaction)."));
    }

    async fn a_low_answer_is_in_the_bell_of_whose_work_the_ticket_is(db: TestDb) {
        let world = asking(&db, on()).await;
        let one = solved(&db, &world).await;
        let sam = world.sam.agent().unwrap();
        change(&db, &world.ada, one.id, Field::Agent, &sam.to_string()).await.unwrap();
        db.attach(Arc::new(Wiring::default().on(&surveys::LOW, &[notices::TELL])));
        let secret = link(&db, &world.sam, one.id).await.unwrap();
        answer(&db, &secret, 1, "Still broken").await.unwrap();
        let reader = world.sam.clone();
        let found = db.read(move |tx| notices::listing::part(tx, &reader, Asked::default(), 9)).await.unwrap();
        let found: Vec<_> = found.into_iter().map(|(notice, ticket)| (notice.reason, ticket.id)).collect();
        assert_eq!(found, [(Reason::Low, one.id)]);
    }

    async fn answers_are_listed_and_counted_for_whom_they_concern(db: TestDb) {
        let world = asking(&db, on()).await;
        for (rating, comment) in [(5, ""), (4, "ok"), (2, "slow"), (5, "")] {
            let one = solved(&db, &world).await;
            let secret = link(&db, &world.sam, one.id).await.unwrap();
            db.clock().advance(HOUR);
            answer(&db, &secret, rating, comment).await.unwrap();
        }
        solved(&db, &world).await;
        let filter = Filter::between(Timestamp(0), db.clock().now().plus(HOUR));
        let (sam, eve, pat, all) = (world.sam.clone(), world.eve.clone(), world.pat.clone(), filter.clone());
        let (figures, low, foreign, seen) = db.read(move |tx| {
            let low = Filter { impressions: (-2, -1), ..all.clone() };
            Ok::<_, SurveyError>((
                listing::figures(tx, &sam, &all)?,
                listing::list(tx, &sam, &low, None, 10)?,
                listing::list(tx, &eve, &all, None, 10)?,
                listing::list(tx, &pat, &all, None, 10)?,
            ))
        }).await.unwrap();
        assert_eq!((figures.asked, figures.answered), (4, 4));
        let (share, _) = figures.ratings[0].csat().unwrap();
        assert!((share - 0.75).abs() < 1e-12);
        assert_eq!(low.iter().map(|one| one.answer.as_ref().unwrap().rating).collect::<Vec<_>>(), [2]);
        assert!(foreign.is_empty());
        assert_eq!(seen.len(), 4);
        // By pages, nothing is lost or doubled.
        let (sam, first) = (world.sam.clone(), filter.clone());
        let pages = db.read(move |tx| {
            let one = listing::list(tx, &sam, &first, None, 3)?;
            let rest = listing::list(tx, &sam, &first, Some(listing::Cursor::after(&one[2])), 3)?;
            Ok::<_, SurveyError>(one.into_iter().chain(rest).map(|one| one.id).collect::<Vec<_>>())
        }).await.unwrap();
        assert_eq!(pages, seen.iter().map(|one| one.id).collect::<Vec<_>>());
    }

    async fn settings_name_what_does_not_fit(db: TestDb) {
        let world = World::new(&db).await;
        let set = async |actor: &Actor, wanted: Settings| {
            let actor = actor.clone();
            db.write(move |tx| surveys::change_settings(tx, &actor, wanted.clone())).await
        };
        let asks = |question, direction, scale| Asks { question, direction, scale };
        let wrong = Settings { asks: asks(Question::Csat, Direction::Easy, 7), ..on() };
        assert_eq!(set(&world.ada, wrong).await, Err(SurveyError::BadScale));
        assert_eq!(set(&world.ada, Settings { delay_minutes: -1, ..on() }).await, Err(SurveyError::BadDelay));
        assert_eq!(set(&world.ada, Settings { rest_days: 366, ..on() }).await, Err(SurveyError::BadRest));
        let words = [("en".to_owned(), "a".repeat(301))].into();
        assert_eq!(set(&world.ada, Settings { words, ..on() }).await, Err(SurveyError::LongQuestion));
        assert!(matches!(set(&world.sam, on()).await, Err(SurveyError::Forbidden(_))));
        let effort = Settings {
            asks: asks(Question::Ces, Direction::Effort, 7),
            words: [("pl".to_owned(), "  Ile   wysiłku? ".to_owned()), ("xx".to_owned(), "?".to_owned())].into(),
            ..on()
        };
        let kept = set(&world.ada, effort).await.unwrap();
        assert_eq!((kept.version, kept.words.get("pl").map(String::as_str), kept.words.len()), (1, Some("Ile wysiłku?"), 1));
        assert_eq!(set(&world.ada, on()).await, Err(SurveyError::Stale));
    }

    async fn erasing_a_person_takes_their_words_and_links_and_leaves_the_rating(db: TestDb) {
        let world = asking(&db, on()).await;
        let one = solved(&db, &world).await;
        let secret = link(&db, &world.sam, one.id).await.unwrap();
        answer(&db, &secret, 3, "Leyla here").await.unwrap();
        let (ada, contact) = (world.ada.clone(), world.contact);
        let taken = db.read(move |tx| Ok::<_, DbError>(erasing::export(tx, &ada, contact).unwrap())).await.unwrap();
        assert_eq!(taken["held_elsewhere"]["surveys"][0]["answers"][0]["comment"], "Leyla here");
        let ada = world.ada.clone();
        db.write(move |tx| Ok::<_, DbError>(erasing::erase(tx, &ada, contact).unwrap())).await.unwrap();
        let kept = of_ticket(&db, &world, one.id).await.unwrap();
        let left = kept.answer.unwrap();
        assert_eq!((kept.contact, left.rating, left.comment.as_str()), (None, 3, ""));
        assert_eq!(answer(&db, &secret, 1, "").await, Err(SurveyError::Closed));
    }
}
