//! Whose views are, how many one has, and what becomes of removed ones.

use std::collections::BTreeMap;

use desk::own_views::{self, Conditions, Order, ViewError, ViewText};
use desk::replies::{self, Audience, ReplyText};
use desk::tickets::extras::Extras;
use kit::db::DbError;
use tandem_core::events;
use tandem_core::teams::{self, TeamText};
use testkit::on_both;

use super::{add, asks, is_true, settle, shown};
use crate::tickets::{asked, open};
use crate::world::{LISTS, World};

on_both! { LISTS;
    async fn what_is_removed_holds_nothing_and_comes_back_as_it_would_be(db: TestDb) {
        let world = World::new(&db).await;
        open(&db, &world.sam, asked(&world)).await.unwrap();
        let view = add(&db, &world.ada, asks(Conditions::default(), Order::Newest)).await;
        settle(&db).await;
        for _ in 0..2 {
            let (ada, id) = (world.ada.clone(), view.id);
            db.write(move |tx| own_views::remove(tx, &ada, id)).await.unwrap();
        }
        settle(&db).await;
        let (sam, id) = (world.sam.clone(), view.id);
        let refused = db.read(move |tx| own_views::tickets(tx, &sam, id, None, 9)).await;
        assert_eq!(refused.unwrap_err(), ViewError::Unknown);
        open(&db, &world.sam, asked(&world)).await.unwrap();
        let (ada, id) = (world.ada.clone(), view.id);
        db.write(move |tx| own_views::restore(tx, &ada, id)).await.unwrap();
        settle(&db).await;
        assert_eq!(shown(&db, &world.sam, &view).await.1, Some(2));
        is_true(&db, &world.sam, &view, "back").await;
    }

    async fn ones_own_is_seen_by_nobody_else_and_shared_ones_need_whoever_sets_up_the_inbox(db: TestDb) {
        let world = World::new(&db).await;
        let own = ViewText {
            audience: Audience::Own(world.sam.agent().unwrap()),
            ..asks(Conditions::default(), Order::Newest)
        };
        let view = add(&db, &world.sam, own).await;
        for other in [&world.ada, &world.eve] {
            let (other, id) = (other.clone(), view.id);
            assert_eq!(db.read(move |tx| own_views::find(tx, &other, id)).await.unwrap(), None);
        }
        let (sam, text) = (world.sam.clone(), asks(Conditions::default(), Order::Newest));
        let refused = db.write(move |tx| own_views::add(tx, &sam, &text)).await;
        assert_eq!(refused.unwrap_err(), ViewError::NotYours);
        let eve = world.eve.agent().unwrap().to_string();
        let bad = asks(Conditions { agent: eve, ..Conditions::default() }, Order::Newest);
        let ada = world.ada.clone();
        let refused = db.write(move |tx| own_views::add(tx, &ada, &bad)).await;
        assert_eq!(refused.unwrap_err(), ViewError::Bad("agent"));
    }

    async fn each_has_so_many_views_of_their_own(db: TestDb) {
        let world = World::new(&db).await;
        let own = ViewText { audience: Audience::Own(world.sam.agent().unwrap()), ..asks(Conditions::default(), Order::Newest) };
        let first = add(&db, &world.sam, own.clone()).await;
        let (sam, id) = (world.sam.clone(), first.id);
        db.write(move |tx| own_views::remove(tx, &sam, id)).await.unwrap();
        for _ in 0..own_views::OWN {
            add(&db, &world.sam, own.clone()).await;
        }
        let (sam, text) = (world.sam.clone(), own.clone());
        assert_eq!(db.write(move |tx| own_views::add(tx, &sam, &text)).await.unwrap_err(), ViewError::TooMany);
        let (sam, id) = (world.sam.clone(), first.id);
        assert_eq!(db.write(move |tx| own_views::restore(tx, &sam, id)).await.unwrap_err(), ViewError::TooMany);
        // Another's number is their own, and what is shared does not count there.
        let theirs = ViewText { audience: Audience::Own(world.ada.agent().unwrap()), ..own.clone() };
        add(&db, &world.ada, theirs).await;
        add(&db, &world.ada, asks(Conditions::default(), Order::Newest)).await;
    }

    async fn what_a_team_calls_its_views_is_in_no_event(db: TestDb) {
        let world = World::new(&db).await;
        let (ada, sam) = (world.ada.clone(), world.sam.agent().unwrap());
        let team = db.write(move |tx| teams::add(tx, &ada, &TeamText { name: "Billing".into(), members: vec![sam] })).await.unwrap().id;
        let named = async |audience: Audience| {
            let view = add(&db, &world.ada, ViewText { audience, ..asks(Conditions::default(), Order::Newest) }).await;
            let text = ReplyText {
                name: "A view".to_owned(), folder: String::new(), body: "x".to_owned(), words: BTreeMap::new(), is_note: false, audience, changes: Vec::new(), extras: Extras::default(),
            };
            let (ada, workspace) = (world.ada.clone(), world.workspace);
            db.write(move |tx| {
                let reply = replies::add(tx, &ada, &text).unwrap();
                let mut all = events::about(tx, workspace, view.id, 9)?;
                all.extend(events::about(tx, workspace, reply.id, 9)?);
                Ok::<_, DbError>(all.iter().map(|event| event.payload.to_string().contains("A view")).collect::<Vec<_>>())
            })
            .await
            .unwrap()
        };
        assert_eq!(named(Audience::Everyone).await, [true, true]);
        assert_eq!(named(Audience::Team(team)).await, [false, false]);
    }
}
