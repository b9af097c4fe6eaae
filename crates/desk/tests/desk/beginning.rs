//! A new ticket with everything that goes with it, and its form while it is filled in.

use desk::participants;
use desk::tickets::beginning::draft;
use desk::tickets::beginning::{self, Beginning, BeginningError, Requester, Source};
use desk::tickets::nouns::NOUN;
use desk::tickets::{Ticket, TicketError};
use kit::db::Db;
use tandem_core::actor::Actor;
use tandem_core::contacts;
use tandem_core::tags;
use testkit::on_both;

use crate::tickets::asked;
use crate::world::{LISTS, World};

async fn begin(db: &Db, actor: &Actor, new: Beginning) -> Result<Ticket, BeginningError> {
    let actor = actor.clone();
    db.write(move |tx| beginning::begin(tx, &actor, &new)).await
}

fn of(world: &World) -> Beginning {
    let mut ticket = asked(world);
    ticket.contact = None;
    Beginning {
        ticket,
        ..Beginning::default()
    }
}

fn asks(address: &str, name: &str) -> Option<Requester> {
    Some(Requester {
        address: address.to_owned(),
        name: name.to_owned(),
    })
}

on_both! {
    LISTS;

    async fn whoever_is_new_is_added_by_address_and_name_and_found_again_by_it(db: TestDb) {
        let world = World::new(&db).await;
        let new = Beginning { requester: asks("tom@new.example", "Tom Ro"), ..of(&world) };
        let first = begin(&db, &world.sam, new).await.unwrap();
        let again = Beginning { requester: asks("TOM@new.example", "Somebody"), ..of(&world) };
        let second = begin(&db, &world.sam, again).await.unwrap();
        assert_eq!(first.contact, second.contact);
        let (reader, id) = (world.sam.clone(), first.contact.unwrap());
        let tom = db.read(move |tx| contacts::find(tx, &reader, id)).await.unwrap().unwrap();
        assert_eq!(tom.text.name, "Tom Ro");
        let bad = Beginning { requester: asks("tom", ""), ..of(&world) };
        assert_eq!(begin(&db, &world.sam, bad).await, Err(BeginningError::BadRequester));
    }

    async fn tags_and_recipients_are_there_from_the_beginning_or_nothing_is(db: TestDb) {
        let world = World::new(&db).await;
        let new = Beginning {
            participants: vec![("a@x.example".to_owned(), false), ("b@x.example".to_owned(), true)],
            tags: vec!["exports".to_owned()],
            ..of(&world)
        };
        let ticket = begin(&db, &world.sam, new.clone()).await.unwrap();
        let (reader, id) = (world.sam.clone(), ticket.id);
        let (people, marks) = db
            .read(move |tx| {
                let people = participants::of(tx, &reader, id).unwrap();
                Ok::<_, kit::db::DbError>((people, tags::of(tx, reader.workspace, &NOUN, kit::id::TypedId::uuid(id))?))
            })
            .await
            .unwrap();
        let people: Vec<_> = people.iter().map(|one| (one.address.as_str(), one.is_copy)).collect();
        assert_eq!(people, [("a@x.example", false), ("b@x.example", true)]);
        assert_eq!(marks[0].name, "exports");
        let bad = Beginning { participants: vec![("nobody".to_owned(), false)], ..new };
        assert!(matches!(begin(&db, &world.sam, bad).await, Err(BeginningError::Participant(_))));
        let next = begin(&db, &world.sam, of(&world)).await.unwrap();
        assert_eq!(next.number, ticket.number + 1);
    }

    async fn the_same_thing_of_another_program_is_one_ticket_in_each_workspace(db: TestDb) {
        let world = World::new(&db).await;
        let source = Some(Source::External("SUP-1".to_owned()));
        let new = Beginning { source, ..of(&world) };
        let first = begin(&db, &world.sam, new.clone()).await.unwrap();
        assert_eq!(begin(&db, &world.ada, new.clone()).await.unwrap().id, first.id);
        let elsewhere = begin(&db, &world.eve, new).await.unwrap();
        assert_ne!(elsewhere.id, first.id);
    }

    async fn a_form_is_kept_until_it_is_sent_or_thrown_away(db: TestDb) {
        let world = World::new(&db).await;
        let pairs = |subject: &str| vec![("channel".to_owned(), "phone".to_owned()), ("subject".to_owned(), subject.to_owned())];
        let sam = world.sam.clone();
        let kept = db
            .write(move |tx| {
                draft::save(tx, &sam, pairs("Half a"))?;
                draft::save(tx, &sam, pairs("Half a word"))?;
                draft::mine(tx, &sam)
            })
            .await
            .unwrap();
        assert_eq!(kept.unwrap().pairs, pairs("Half a word"));
        let (ada, sam) = (world.ada.clone(), world.sam.clone());
        let (of_ada, gone) = db
            .write(move |tx| {
                let of_ada = draft::mine(tx, &ada)?;
                draft::end(tx, &sam, "")?;
                Ok::<_, TicketError>((of_ada, draft::mine(tx, &sam)?))
            })
            .await
            .unwrap();
        assert_eq!((of_ada, gone), (None, None));
    }

    async fn a_form_takes_no_other_forms_place(db: TestDb) {
        let world = World::new(&db).await;
        let (first, second) = ("tfm_01k5x0h3m8f2rq7v9c4w6d1nbe", "tfm_01k5x0h3m8f2rq7v9c4w6d1nbf");
        let pairs = |form: &str, subject: &str| vec![("form".to_owned(), form.to_owned()), ("subject".to_owned(), subject.to_owned())];
        let sam = world.sam.clone();
        let (last, left, none) = db
            .write(move |tx| {
                draft::save(tx, &sam, pairs(first, "Exports stop"))?;
                draft::save(tx, &sam, pairs(second, "Another"))?;
                let last = draft::mine(tx, &sam)?;
                draft::save(tx, &sam, pairs(second, " "))?;
                draft::end(tx, &sam, second)?;
                let left = draft::mine(tx, &sam)?;
                draft::end(tx, &sam, first)?;
                Ok::<_, TicketError>((last, left, draft::mine(tx, &sam)?))
            })
            .await
            .unwrap();
        assert_eq!(last.unwrap().pairs, pairs(second, "Another"));
        assert_eq!(left.unwrap().pairs, pairs(first, "Exports stop"));
        assert_eq!(none, None);
    }

    async fn an_editor_in_which_nothing_was_written_begins_without_a_message(db: TestDb) {
        let world = World::new(&db).await;
        let mut new = of(&world);
        (new.ticket.body, new.ticket.html) = (String::new(), Some("<p><br></p>".to_owned()));
        let ticket = begin(&db, &world.sam, new).await.unwrap();
        assert_eq!((ticket.last_public, ticket.preview.as_str()), (None, ""));
    }
}
