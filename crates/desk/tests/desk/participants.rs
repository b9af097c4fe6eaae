//! Participants: who else gets the answers of a ticket.

use std::sync::Arc;

use desk::mailboxes::{self, MailboxText};
use desk::participants::{self, Participant, ParticipantError};
use desk::tickets::connections::{self, Joint};
use desk::tickets::{NewTicket, TicketError, TicketId};
use kit::db::Db;
use kit::id::Ids;
use kit::seal::{Seal, SealKey};
use tandem_core::actor::{Actor, Forbidden};
use tandem_core::contacts::erasing::{self, Holdings};
use tandem_core::contacts::identities::{self, NewIdentity};
use tandem_core::permissions::Permission;
use testkit::on_both;

use crate::mails::{Post, letter};
use crate::tickets::{asked, open};
use crate::world::{LISTS, World};

async fn add(
    db: &Db,
    actor: &Actor,
    id: TicketId,
    address: &str,
    is_copy: bool,
) -> Result<Participant, ParticipantError> {
    let (actor, address) = (actor.clone(), address.to_owned());
    db.write(move |tx| participants::add(tx, &actor, id, (&address, is_copy)))
        .await
}

/// To whom the next answer goes, the copies with a mark.
async fn next(db: &Db, actor: &Actor, id: TicketId) -> Vec<String> {
    let actor = actor.clone();
    let (recipients, _) = db
        .read(move |tx| participants::next(tx, &actor, id))
        .await
        .unwrap();
    let said = |one: desk::outbox::Recipient| {
        if one.is_copy {
            format!("cc {}", one.address)
        } else {
            one.address
        }
    };
    recipients.into_iter().map(said).collect()
}

async fn known(db: &Db, world: &World) {
    let (ada, contact) = (world.ada.clone(), world.contact);
    db.write(move |tx| identities::add(tx, &ada, contact, &NewIdentity::email("leyla@acme.example")))
        .await
        .unwrap();
}

/// To whom the next answer goes, with their names.
async fn named(db: &Db, actor: &Actor, id: TicketId) -> Vec<(String, String)> {
    let actor = actor.clone();
    let next = db.read(move |tx| participants::next(tx, &actor, id)).await;
    let said = |one: desk::outbox::Recipient| (one.address, one.name);
    next.unwrap().0.into_iter().map(said).collect()
}

on_both! { LISTS;
    async fn an_answer_goes_to_who_asked_and_to_everybody_who_was_added_once(db: TestDb) {
        let world = World::new(&db).await;
        known(&db, &world).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let copy = add(&db, &world.sam, ticket.id, "Tom@acme.example", true).await.unwrap();
        add(&db, &world.sam, ticket.id, "LEYLA@acme.example", true).await.unwrap();
        add(&db, &world.sam, ticket.id, "eve@acme.example", false).await.unwrap();
        let everybody = ["leyla@acme.example", "cc Tom@acme.example", "eve@acme.example"];
        assert_eq!(next(&db, &world.sam, ticket.id).await, everybody);
        // The same address again is said anew, and who is taken off can be put back.
        let said = add(&db, &world.ada, ticket.id, "tom@acme.example", false).await.unwrap();
        assert_eq!((said.id, said.is_copy), (copy.id, false));
        for _ in 0..2 {
            let sam = world.sam.clone();
            db.write(move |tx| participants::remove(tx, &sam, copy.id)).await.unwrap();
        }
        assert_eq!(next(&db, &world.sam, ticket.id).await, ["leyla@acme.example", "eve@acme.example"]);
        let sam = world.sam.clone();
        db.write(move |tx| participants::restore(tx, &sam, copy.id)).await.unwrap();
        assert_eq!(next(&db, &world.sam, ticket.id).await.len(), 3);
    }

    async fn what_is_no_address_or_our_own_is_refused(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        db.attach(Arc::new(Seal::new(&[SealKey::new(&Ids::seeded(5))]).unwrap()));
        let ada = world.ada.clone();
        db.write(move |tx| {
            let text = MailboxText { name: "Support".into(), address: "help@desk.example".into(), ..MailboxText::default() };
            mailboxes::create(tx, &ada, &text)
        }).await.unwrap();
        for address in ["", "nobody", "a@b\r\nBcc: c@example.com", "HELP@desk.example"] {
            let refused = add(&db, &world.sam, ticket.id, address, true).await;
            assert_eq!(refused.unwrap_err(), ParticipantError::BadAddress, "{address}");
        }
        for place in 0..participants::MOST {
            add(&db, &world.sam, ticket.id, &format!("p{place}@acme.example"), true).await.unwrap();
        }
        let refused = add(&db, &world.sam, ticket.id, "more@acme.example", true).await;
        assert_eq!(refused.unwrap_err(), ParticipantError::TooMany);
    }

    async fn a_merge_brings_them_along_and_nobody_else_sees_them(db: TestDb) {
        let world = World::new(&db).await;
        let first = open(&db, &world.sam, asked(&world)).await.unwrap();
        let second = open(&db, &world.sam, NewTicket { contact: None, ..asked(&world) }).await.unwrap();
        let one = add(&db, &world.sam, second.id, "tom@acme.example", true).await.unwrap();
        let (sam, pair) = (world.sam.clone(), (second.id, first.id));
        db.write(move |tx| connections::connect(tx, &sam, pair, Joint::Merged)).await.unwrap();
        assert_eq!(next(&db, &world.sam, first.id).await, ["cc tom@acme.example"]);
        let refused = add(&db, &world.eve, first.id, "eve@example.com", true).await;
        assert_eq!(refused.unwrap_err(), ParticipantError::Ticket(TicketError::Unknown));
        let eve = world.eve.clone();
        let refused = db.write(move |tx| participants::remove(tx, &eve, one.id)).await;
        assert_eq!(refused.unwrap_err(), ParticipantError::Unknown);
        let refused = add(&db, &world.pat, first.id, "pat@example.com", true).await;
        assert_eq!(refused.unwrap_err(), ParticipantError::Forbidden(Forbidden(Permission::TicketsWrite)));
    }

    async fn whoever_wrote_last_the_one_who_asked_gets_the_answer(db: TestDb) {
        let post = Post::open(&db).await;
        let sam = post.world.sam.clone();
        let first = post.deliver(&letter("1@example.com", "", "Every export ends after 10,000 rows.")).await;
        let ticket = first.ticket.unwrap();
        let from = |id: &str, answers: &str, whom: &str| {
            letter(id, &format!("In-Reply-To: <{answers}>\n"), "Here too").replace("Leyla <leyla@example.com>", whom)
        };
        let leyla = ("leyla@example.com".to_owned(), "Leyla".to_owned());
        let tom = ("tom@acme.example".to_owned(), "Tom".to_owned());
        // A stranger is shown, but nothing goes to them by itself.
        let by_pal = post.deliver(&from("2@other.example", "1@example.com", "Pal <pal@other.example>")).await;
        assert!(by_pal.is_stranger && by_pal.ticket == first.ticket);
        assert_eq!(named(&db, &sam, ticket).await, std::slice::from_ref(&leyla));
        add(&db, &sam, ticket, "tom@acme.example", true).await.unwrap();
        let by_tom = post.deliver(&from("3@acme.example", "1@example.com", "Tom <tom@acme.example>")).await;
        assert!(!by_tom.is_stranger && by_tom.ticket == first.ticket);
        assert_eq!(named(&db, &sam, ticket).await, [leyla.clone(), tom.clone()]);
        // The one who asked in what is merged into it is another person too.
        let mira = letter("4@acme.example", "", "The same").replace("Leyla <leyla@example.com>", "Mira <mira@acme.example>");
        let other = post.deliver(&mira).await.ticket.unwrap();
        let (actor, pair) = (sam.clone(), (other, ticket));
        db.write(move |tx| connections::connect(tx, &actor, pair, Joint::Merged)).await.unwrap();
        let mira = ("mira@acme.example".to_owned(), "Mira".to_owned());
        // Whose name was not known when they were put there has none.
        let tom = ("tom@acme.example".to_owned(), String::new());
        assert_eq!(named(&db, &sam, ticket).await, [leyla.clone(), mira, tom.clone()]);
        post.deliver(&from("5@example.com", "1@example.com", "Leyla <leyla@example.com>")).await;
        assert_eq!(named(&db, &sam, ticket).await, [leyla, tom]);
    }

    async fn who_is_put_back_needs_room_too(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let first = add(&db, &world.sam, ticket.id, "first@acme.example", true).await.unwrap();
        let sam = world.sam.clone();
        db.write(move |tx| participants::remove(tx, &sam, first.id)).await.unwrap();
        for place in 0..participants::MOST {
            add(&db, &world.sam, ticket.id, &format!("p{place}@acme.example"), true).await.unwrap();
        }
        let sam = world.sam.clone();
        let refused = db.write(move |tx| participants::restore(tx, &sam, first.id)).await;
        assert_eq!(refused.unwrap_err(), ParticipantError::TooMany);
    }

    async fn who_is_erased_takes_part_nowhere_also_under_an_address_that_became_theirs_later(db: TestDb) {
        let world = World::new(&db).await;
        db.attach(Arc::new(Holdings::new(&[&participants::HOLDS])));
        let ticket = open(&db, &world.sam, NewTicket { contact: None, ..asked(&world) }).await.unwrap();
        add(&db, &world.sam, ticket.id, "Leyla@acme.example", true).await.unwrap();
        add(&db, &world.sam, ticket.id, "tom@acme.example", true).await.unwrap();
        known(&db, &world).await;
        let (ada, contact) = (world.ada.clone(), world.contact);
        let taken = db.read(move |tx| erasing::export(tx, &ada, contact)).await.unwrap();
        assert_eq!(taken["held_elsewhere"]["ticket_participants"].as_array().unwrap().len(), 1);
        let ada = world.ada.clone();
        db.write(move |tx| erasing::erase(tx, &ada, contact)).await.unwrap();
        assert_eq!(next(&db, &world.sam, ticket.id).await, ["cc tom@acme.example"]);
    }
}
