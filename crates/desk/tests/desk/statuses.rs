//! Statuses of the workspace: chosen, standing for their category, archived; what is counted stays with the category.

use std::time::Duration;

use desk::own_views::{self, Conditions, Order, ViewText};
use desk::replies::Audience;
use desk::statuses::{self, OwnStatus, StatusError, StatusText};
use desk::tickets::listing::View;
use desk::tickets::{Field, MessageKind, NewMessage, Status, TicketError};
use kit::db::{Db, DbError};
use tandem_core::actor::Actor;
use testkit::on_both;

use crate::tickets::{asked, change, lies_in, open, says, write};
use crate::world::{LISTS, World};

async fn add(
    db: &Db,
    actor: &Actor,
    category: Status,
    (name, is_default): (&str, bool),
) -> Result<OwnStatus, StatusError> {
    let (actor, name) = (actor.clone(), name.to_owned());
    db.write(move |tx| {
        let text = StatusText {
            name: name.clone(),
            is_default,
        };
        statuses::add(tx, &actor, category, &text)
    })
    .await
}

async fn all(db: &Db, actor: &Actor) -> Vec<OwnStatus> {
    let workspace = actor.workspace;
    let found = db.read(move |tx| statuses::all(tx, workspace));
    found.await.unwrap()
}

on_both! { LISTS;
    async fn a_status_of_the_workspace_is_chosen_taken_back_and_follows_its_category(db: TestDb) {
        let world = World::new(&db).await;
        let parts = add(&db, &world.ada, Status::Waiting, ("Waiting for parts", false)).await.unwrap();
        let fixed = add(&db, &world.ada, Status::Solved, ("Fixed", true)).await.unwrap();
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        assert_eq!((ticket.status, ticket.own), (Status::Open, None));

        let (now, changes) = change(&db, &world.sam, ticket.id, Field::Status, &parts.step().to_string()).await.unwrap();
        assert_eq!((now.status, now.own), (Status::Waiting, Some(parts.id)));
        assert_eq!(lies_in(&db, &world.sam, View::Waiting).await, (vec![1], Some(1)));
        db.clock().advance(Duration::from_secs(1));
        // Inside its category nothing is counted, and the bare word is the category itself.
        let (plain, _) = change(&db, &world.sam, ticket.id, Field::Status, "waiting").await.unwrap();
        assert_eq!((plain.status, plain.own), (Status::Waiting, None));
        assert_eq!(lies_in(&db, &world.sam, View::Waiting).await, (vec![1], Some(1)));
        db.clock().advance(Duration::from_secs(1));
        let sam = world.sam.clone();
        let stale = changes[0].id;
        let refused = db.write(move |tx| desk::tickets::undo(tx, &sam, stale)).await;
        assert_eq!(refused.unwrap_err(), TicketError::ChangedMeanwhile);

        // What comes to a category by its word alone gets its default.
        let sent = NewMessage { then: Some(Status::Solved.into()), ..says(MessageKind::Reply, "Mended") };
        let solved = write(&db, &world.sam, ticket.id, sent).await.unwrap().0;
        assert_eq!((solved.status, solved.own, solved.reopenings), (Status::Solved, Some(fixed.id), 0));
        db.clock().advance(Duration::from_secs(60));
        let back = write(&db, &world.sam, ticket.id, says(MessageKind::Inbound, "Not quite")).await.unwrap().0;
        assert_eq!((back.status, back.own, back.reopenings), (Status::Open, None, 1));

        // A solving in the workspace's words that is taken back was none.
        db.clock().advance(Duration::from_secs(60));
        let (_, changes) = change(&db, &world.sam, ticket.id, Field::Status, &fixed.step().to_string()).await.unwrap();
        db.clock().advance(Duration::from_secs(1));
        let (sam, id) = (world.sam.clone(), changes[0].id);
        let undone = db.write(move |tx| desk::tickets::undo(tx, &sam, id)).await.unwrap().0;
        assert_eq!((undone.status, undone.own, undone.reopenings), (Status::Open, None, 1));
        assert_eq!(undone.solved_at, None);
    }

    async fn what_cannot_be_chosen_is_refused_and_what_is_archived_stays_where_it_is(db: TestDb) {
        let world = World::new(&db).await;
        let parts = add(&db, &world.ada, Status::Waiting, ("Waiting for parts", false)).await.unwrap();
        assert_eq!(add(&db, &world.ada, Status::OnHold, ("waiting FOR parts", false)).await, Err(StatusError::NameTaken));
        assert_eq!(add(&db, &world.ada, Status::OnHold, (" ", false)).await, Err(StatusError::BadName));
        assert_eq!(add(&db, &world.ada, Status::Merged, ("Gone", false)).await, Err(StatusError::BadCategory));
        let forbidden = add(&db, &world.sam, Status::OnHold, ("Mine", false)).await;
        assert!(matches!(forbidden, Err(StatusError::Forbidden(_))), "{forbidden:?}");
        // One default in a category, whoever was it before.
        let first = add(&db, &world.ada, Status::OnHold, ("With engineers", true)).await.unwrap();
        let second = add(&db, &world.ada, Status::OnHold, ("With the carrier", true)).await.unwrap();
        let defaults: Vec<_> = all(&db, &world.ada).await.into_iter().filter(|own| own.text.is_default).collect();
        assert_eq!(defaults.iter().map(|own| own.id).collect::<Vec<_>>(), [second.id]);

        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let theirs = add(&db, &world.eve, Status::Waiting, ("Theirs", false)).await.unwrap();
        for bad in [
            format!("waiting/{}", theirs.id),
            format!("waiting/{}", first.id),
            "waiting/".to_owned(),
            "gone".to_owned(),
        ] {
            let refused = change(&db, &world.sam, ticket.id, Field::Status, &bad).await;
            assert_eq!(refused.unwrap_err(), TicketError::BadStatus, "{bad}");
        }
        change(&db, &world.sam, ticket.id, Field::Status, &parts.step().to_string()).await.unwrap();
        let view = ViewText {
            name: "For parts".to_owned(),
            audience: Audience::Everyone,
            conditions: Conditions { statuses: vec![parts.id], ..Conditions::default() },
            order: Order::Oldest,
        };
        let (ada, id) = (world.ada.clone(), parts.id);
        db.write(move |tx| {
            own_views::add(tx, &ada, &view).unwrap();
            let foreign = Conditions { statuses: vec![theirs.id], ..Conditions::default() };
            let foreign = ViewText { conditions: foreign, ..view.clone() };
            assert!(own_views::add(tx, &ada, &foreign).is_err());
            statuses::archive(tx, &ada, id).unwrap();
            Ok::<_, DbError>(())
        }).await.unwrap();
        let kept = change(&db, &world.sam, ticket.id, Field::Priority, "high").await.unwrap().0;
        assert_eq!(kept.own, Some(parts.id));
        change(&db, &world.sam, ticket.id, Field::Status, "open").await.unwrap();
        let refused = change(&db, &world.sam, ticket.id, Field::Status, &parts.step().to_string()).await;
        assert_eq!(refused.unwrap_err(), TicketError::BadStatus);
    }
}
