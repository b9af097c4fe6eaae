//! Mails that other features write to contacts: in a ticket at the account, taken back in time, and never to an address that
//! takes none.

use desk::mailboxes::Protection;
use desk::outbox::{self, CARRIER, MailState, Told};
use desk::tickets::{self, MessageId, Status, TicketId};
use kit::db::{Db, DbError};
use tandem_core::contacts::{self, ContactId, ContactText, Introduction};
use tandem_core::correspondence::{Carried, Fate, Hindrance, Mailing};
use testkit::on_both;

use super::{Desk, WINDOW, person, run, withdraw};
use crate::world::LISTS;

async fn carry(db: &Db, desk: &Desk, contact: ContactId) -> Result<Carried, Hindrance> {
    carry_words(db, desk, contact, "Dear Leyla,\n\nshall we talk?").await
}

async fn carry_words(db: &Db, desk: &Desk, contact: ContactId, words: &str) -> Result<Carried, Hindrance> {
    let mailing = Mailing {
        contact,
        account: desk.world.account,
        agent: desk.world.sam.agent(),
        subject: "Your renewal".to_owned(),
        words: words.to_owned(),
        by: "playbook",
    };
    let workspace = desk.world.sam.workspace;
    db.write(move |tx| (CARRIER.carries)(tx, workspace, &mailing))
        .await
        .unwrap()
}

async fn fate(db: &Db, desk: &Desk, carried: &Carried) -> Option<Fate> {
    let (workspace, message) = (desk.world.sam.workspace, carried.message.clone());
    db.read(move |tx| (CARRIER.follows)(tx, workspace, &message))
        .await
        .unwrap()
}

/// Somebody of whom no address is known.
async fn stranger(db: &Db, desk: &Desk) -> ContactId {
    let ada = desk.world.ada.clone();
    let text = ContactText {
        name: "Nino".to_owned(),
        ..ContactText::default()
    };
    let introduction = Introduction {
        identities: Vec::new(),
        membership: None,
    };
    let added = db.write(move |tx| contacts::add(tx, &ada, &text, &introduction));
    added.await.unwrap().id
}

on_both! { LISTS;
    async fn a_mail_opens_a_ticket_that_waits_for_its_answer_and_can_be_taken_back(db: TestDb) {
        let desk = Desk::new(&db, 1, Protection::Plain, None).await;
        let carried = carry(&db, &desk, desk.world.contact).await.unwrap();
        let (sam, id): (_, TicketId) = (desk.world.sam.clone(), carried.conversation.parse().unwrap());
        let ticket = db.read(move |tx| tickets::find(tx, &sam, id)).await.unwrap().unwrap();
        assert_eq!((ticket.account, ticket.contact), (Some(desk.world.account), Some(desk.world.contact)));
        assert_eq!((ticket.status, ticket.is_ours, ticket.subject.as_str()), (Status::Waiting, true, "Your renewal"));
        assert_eq!(ticket.agent, desk.world.sam.agent());
        let (workspace, message): (_, MessageId) = (desk.world.sam.workspace, carried.message.parse().unwrap());
        let parcel = db.read(move |tx| outbox::of_message(tx, workspace, message)).await.unwrap().unwrap();
        assert_eq!(parcel.mail.state, MailState::Waiting);
        assert_eq!(parcel.recipients[0].address, "u38@world.test");
        assert_eq!(fate(&db, &desk, &carried).await, Some(Fate::Waiting));
        withdraw(&db, &desk.world.sam, &parcel).await.unwrap();
        assert_eq!(fate(&db, &desk, &carried).await, Some(Fate::Withdrawn));
    }

    async fn who_takes_no_mail_is_not_written_to_and_no_ticket_is_opened(db: TestDb) {
        let (desk, peer) = Desk::with(&db, &[]).await;
        let carried = carry(&db, &desk, desk.world.contact).await.unwrap();
        db.clock.advance(WINDOW);
        run(&db).await;
        assert_eq!((peer.mails().len(), fate(&db, &desk, &carried).await), (1, Some(Fate::Sent)));
        let (workspace, message): (_, MessageId) = (desk.world.sam.workspace, carried.message.parse().unwrap());
        let parcel = db.read(move |tx| outbox::of_message(tx, workspace, message)).await.unwrap().unwrap();
        let identifier = parcel.mail.identifier.clone();
        let bounced = Told {
            is_final: true,
            is_delivered: false,
            enhanced: Some("5.1.1".to_owned()),
            said: "User unknown".to_owned(),
        };
        db.write(move |tx| outbox::told(tx, workspace, (&identifier, "u38@world.test"), &bounced)).await.unwrap();
        assert_eq!(carry(&db, &desk, desk.world.contact).await, Err(Hindrance::Suppressed));
        let stranger = stranger(&db, &desk).await;
        assert_eq!(carry(&db, &desk, stranger).await, Err(Hindrance::NoAddress));
        let sam = desk.world.sam.clone();
        let count = db.read(move |tx| {
            let second = tickets::numbered(tx, &sam, 2).unwrap();
            Ok::<_, DbError>(second.is_some())
        }).await.unwrap();
        assert!(!count, "only the first mail has a ticket");
    }

    async fn mails_that_nobody_wrote_say_so_and_are_few(db: TestDb) {
        let (desk, peer) = Desk::with(&db, &[]).await;
        for _ in 0..2 {
            carry(&db, &desk, desk.world.contact).await.unwrap();
        }
        assert_eq!(carry(&db, &desk, desk.world.contact).await, Err(Hindrance::TooMany), "two a day and pair");
        desk.replied(&db).await;
        db.clock.advance(WINDOW);
        run(&db).await;
        let mails = peer.mails();
        let automatic = mails.iter().filter(|mail| mail.contains("Auto-Submitted: auto-generated"));
        assert_eq!((mails.len(), automatic.count()), (3, 2), "what a person writes does not say so and does not count");
        db.clock.advance(std::time::Duration::from_secs(86_400));
        carry(&db, &desk, desk.world.contact).await.unwrap();
    }

    async fn a_mail_to_ourselves_or_of_no_words_leaves_no_ticket(db: TestDb) {
        let desk = Desk::new(&db, 1, Protection::Plain, None).await;
        let own = person(&db, &desk.world, "Support", "U37@world.test").await;
        assert_eq!(carry(&db, &desk, own).await, Err(Hindrance::NoAddress));
        let workspace = desk.world.sam.workspace;
        let asked = db.read(move |tx| (CARRIER.asks)(tx, workspace, own)).await.unwrap();
        assert_eq!(asked, Some(Hindrance::NoAddress));
        for words in ["", " \n", "\u{1}"] {
            let blank = carry_words(&db, &desk, desk.world.contact, words).await;
            assert_eq!(blank, Err(Hindrance::NoAddress), "{words:?}");
        }
        let sam = desk.world.sam.clone();
        let opened = db.read(move |tx| {
            Ok::<_, DbError>(tickets::numbered(tx, &sam, 1).unwrap().is_some())
        }).await.unwrap();
        assert!(!opened, "nothing was written");
    }
}
