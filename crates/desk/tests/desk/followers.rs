//! Followers, mentions and tags of tickets.

use std::time::Duration;

use desk::tickets::followers;
use desk::tickets::nouns::NOUN;
use desk::tickets::{MessageKind, TicketError, TicketId};
use kit::db::Db;
use kit::id::TypedId;
use tandem_core::actor::{Actor, Forbidden};
use tandem_core::permissions::Permission;
use tandem_core::tags::{self, TagError};
use testkit::on_both;

use crate::tickets::{asked, open, says, write};
use crate::world::{LISTS, World};

async fn mentions(db: &Db, actor: &Actor) -> Vec<(String, bool)> {
    let actor = actor.clone();
    let found = db.read(move |tx| followers::mentions(tx, &actor)).await.unwrap();
    let said = |one: followers::Shown| (one.words, one.mention.seen_at.is_some());
    found.into_iter().map(said).collect()
}

async fn followed(db: &Db, actor: &Actor) -> Vec<(i64, bool)> {
    let actor = actor.clone();
    let found = db.read(move |tx| followers::followed(tx, &actor)).await.unwrap();
    found
        .into_iter()
        .map(|(ticket, has_news)| (ticket.number, has_news))
        .collect()
}

async fn see(db: &Db, actor: &Actor, id: TicketId) {
    let actor = actor.clone();
    db.write(move |tx| followers::see(tx, &actor, id)).await.unwrap();
}

on_both! { LISTS;
    async fn whom_a_note_names_finds_it_and_follows_until_they_have_looked(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let body = "@ada, @Pat and @Sam: the same as last month? @Eve and ada@example.com are nobody here";
        write(&db, &world.sam, ticket.id, says(MessageKind::Note, body)).await.unwrap();
        assert_eq!(mentions(&db, &world.ada).await, [(body.to_owned(), false)]);
        assert_eq!(mentions(&db, &world.pat).await.len(), 1);
        // Nobody names themselves, nor anybody of another workspace.
        assert_eq!((mentions(&db, &world.sam).await.len(), mentions(&db, &world.eve).await.len()), (0, 0));
        db.clock().advance(Duration::from_secs(60));
        see(&db, &world.ada, ticket.id).await;
        assert_eq!(mentions(&db, &world.ada).await, [(body.to_owned(), true)]);
        assert_eq!(followed(&db, &world.ada).await, [(1, false)]);
        db.clock().advance(Duration::from_secs(60));
        write(&db, &world.sam, ticket.id, says(MessageKind::Inbound, "Hello?")).await.unwrap();
        assert_eq!(followed(&db, &world.ada).await, [(1, true)]);
        db.clock().advance(Duration::from_secs(60));
        see(&db, &world.ada, ticket.id).await;
        assert_eq!(followed(&db, &world.ada).await, [(1, false)]);
        // What customers read names nobody.
        write(&db, &world.sam, ticket.id, says(MessageKind::Reply, "Dear @Ada")).await.unwrap();
        assert_eq!(mentions(&db, &world.ada).await.len(), 1);
    }

    async fn following_twice_is_no_harm_and_ends_when_said(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        for _ in 0..2 {
            let sam = world.sam.clone();
            db.write(move |tx| followers::follow(tx, &sam, ticket.id)).await.unwrap();
        }
        let sam = world.sam.clone();
        let all = db.read(move |tx| followers::of(tx, &sam, ticket.id)).await.unwrap();
        assert_eq!(all.iter().map(|(id, _)| Some(*id)).collect::<Vec<_>>(), [world.sam.agent()]);
        for _ in 0..2 {
            let sam = world.sam.clone();
            db.write(move |tx| followers::unfollow(tx, &sam, ticket.id)).await.unwrap();
        }
        assert_eq!(followed(&db, &world.sam).await, []);
        let eve = world.eve.clone();
        let refused = db.write(move |tx| followers::follow(tx, &eve, ticket.id)).await;
        assert_eq!(refused.unwrap_err(), TicketError::Unknown);
    }

    async fn tickets_have_tags_of_the_workspaces_one_vocabulary(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let sam = world.sam.clone();
        let names = db
            .write(move |tx| {
                tags::put(tx, &sam, &NOUN, ticket.id.into(), "exports")?;
                tags::put(tx, &sam, &NOUN, ticket.id.into(), "Exports")?;
                let tags = tags::of(tx, sam.workspace, &NOUN, ticket.id.uuid())?;
                Ok::<_, TagError>(tags.into_iter().map(|tag| tag.name).collect::<Vec<_>>())
            })
            .await
            .unwrap();
        assert_eq!(names, ["exports"]);
        let pat = world.pat.clone();
        let refused = db.write(move |tx| tags::put(tx, &pat, &NOUN, ticket.id.into(), "vip")).await;
        assert!(matches!(refused, Err(TagError::Forbidden(Forbidden(Permission::TicketsWrite)))));
    }
}
