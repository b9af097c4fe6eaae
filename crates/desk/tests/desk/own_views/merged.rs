//! Views that ask for what was merged into something else.

use std::sync::Arc;

use desk::own_views::{Conditions, Order};
use desk::tickets::nouns::NOUN;
use desk::tickets::{self, NewTicket};
use tandem_core::accounts::{self, AccountText};
use tandem_core::contacts::{self, ContactId, ContactText, Introduction};
use tandem_core::tags::{self, TagError, TagText};
use testkit::on_both;

use super::{add, asks, find, settle, shown, wired};
use crate::tickets::{asked, open};
use crate::world::{LISTS, World};

on_both! { LISTS;
    async fn a_view_asks_for_the_tag_into_which_its_own_was_merged(db: TestDb) {
        let world = World::new(&db).await;
        wired(&db);
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let (ada, id) = (world.ada.clone(), ticket.id);
        let (gone, kept) = db
            .write(move |tx| {
                let gone = tags::put(tx, &ada, &NOUN, id.into(), "crash")?.id;
                let kept = TagText { name: "outage".into(), ..TagText::default() };
                Ok::<_, TagError>((gone, tags::add(tx, &ada, &kept)?.id))
            })
            .await
            .unwrap();
        let with_tag = Conditions { tags: vec![gone], ..Conditions::default() };
        let view = add(&db, &world.ada, asks(with_tag, Order::Newest)).await;
        settle(&db).await;
        let ada = world.ada.clone();
        db.write(move |tx| tags::merge(tx, &ada, gone, kept).map(drop)).await.unwrap();
        settle(&db).await;
        let now = find(&db, &world.ada, view.id).await;
        assert_eq!(now.text.conditions.tags, [kept]);
        assert_eq!(shown(&db, &world.sam, &now).await, (vec![id], Some(1)));
    }

    async fn a_view_asks_for_who_stands_for_a_merged_contact_until_they_are_parted(db: TestDb) {
        let world = World::new(&db).await;
        wired(&db);
        let (ada, kept) = (world.ada.clone(), world.contact);
        let text = ContactText { name: "Nino".to_owned(), ..ContactText::default() };
        let introduction = Introduction { identities: Vec::new(), membership: None };
        let gone = db.write(move |tx| contacts::add(tx, &ada, &text, &introduction)).await.unwrap().id;
        let new = NewTicket { contact: Some(gone), account: None, ..asked(&world) };
        let ticket = open(&db, &world.sam, new).await.unwrap();
        let by = |contact: ContactId| Conditions { contact: contact.to_string(), ..Conditions::default() };
        let of_kept = add(&db, &world.ada, asks(by(kept), Order::Newest)).await;
        let of_gone = add(&db, &world.ada, asks(by(gone), Order::Newest)).await;
        settle(&db).await;
        assert_eq!(shown(&db, &world.sam, &of_kept).await, (vec![], Some(0)));
        let ada = world.ada.clone();
        db.write(move |tx| contacts::merging::merge(tx, &ada, kept, gone)).await.unwrap();
        settle(&db).await;
        for view in [&of_kept, &of_gone] {
            assert_eq!(shown(&db, &world.sam, view).await, (vec![ticket.id], Some(1)));
        }
        let ada = world.ada.clone();
        db.write(move |tx| contacts::merging::unmerge(tx, &ada, gone)).await.unwrap();
        settle(&db).await;
        assert_eq!(shown(&db, &world.sam, &of_kept).await, (vec![], Some(0)));
        assert_eq!(shown(&db, &world.sam, &of_gone).await, (vec![ticket.id], Some(1)));
    }

    async fn a_view_by_an_account_follows_its_merge(db: TestDb) {
        let world = World::new(&db).await;
        wired(&db);
        db.attach(Arc::new(accounts::merging::Parts::new(&[&tickets::MERGES])));
        let (ada, kept) = (world.ada.clone(), world.account);
        let text = AccountText { name: "Other".to_owned(), ..AccountText::default() };
        let gone = db.write(move |tx| accounts::add(tx, &ada, &text)).await.unwrap().id;
        let new = NewTicket { account: Some(gone), ..asked(&world) };
        let ticket = open(&db, &world.sam, new).await.unwrap();
        let by = Conditions { account: gone.to_string(), ..Conditions::default() };
        let view = add(&db, &world.ada, asks(by, Order::Newest)).await;
        settle(&db).await;
        let ada = world.ada.clone();
        db.write(move |tx| accounts::merging::merge(tx, &ada, kept, gone, &[])).await.unwrap();
        settle(&db).await;
        assert_eq!(shown(&db, &world.sam, &view).await, (vec![ticket.id], Some(1)));
    }
}
