//! Stored mail that is read again.

use std::time::Duration;

use desk::mails::replaying::{self, Phase, Replay};
use desk::mails::{self, MailError, State};
use desk::tickets::{Field, files};
use kit::db::{Db, DbError};
use kit::jobs::{Jobs, Options};
use kit::{params, sql};
use tandem_core::actor::Forbidden;
use tandem_core::permissions::Permission;
use testkit::on_both;

use super::post::{Post, letter, settle, work};
use crate::world::LISTS;

/// A mail with a file in it.
const CARRIER: &str = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n";
const PARTS: &str = "--b\n\nSee the file.\n--b\nContent-Type: text/plain; name=log.txt\nContent-Disposition: attachment; \
    filename=log.txt\n\nline\n--b--";

/// What an earlier version had understood: other words, another name of the file, nothing of the sender.
async fn forget_what_was_read(db: &Db, post: &Post) {
    let workspace = post.world.workspace;
    db.write(move |tx| {
        tx.execute(
            sql!("update ticket_messages set body = 'as it was read' where workspace_id = $1 and kind = 'inbound'"),
            params![workspace],
        )?;
        tx.execute(
            sql!("update tickets set preview = 'as it was read' where workspace_id = $1"),
            params![workspace],
        )?;
        tx.execute(
            sql!("update ticket_files set name = 'file' where workspace_id = $1"),
            params![workspace],
        )?;
        tx.execute(
            sql!("update mails set nature = '', oddities = null, shape = null, parser = null where workspace_id = $1"),
            params![workspace],
        )?;
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

fn again() -> Jobs {
    let mut work = work();
    work.errand(Options::new(), replaying::jobs::replay);
    work
}

async fn replayed(db: &Db, post: &Post) -> Replay {
    let (ada, id) = (post.world.ada.clone(), post.mailbox.id);
    db.write(move |tx| replaying::begin(tx, &ada, id)).await.unwrap();
    while kit::jobs::run_due(db, &again()).await.unwrap() > 0 {}
    now(db, post).await
}

async fn now(db: &Db, post: &Post) -> Replay {
    let (ada, id) = (post.world.ada.clone(), post.mailbox.id);
    db.read(move |tx| replaying::find(tx, &ada, id))
        .await
        .unwrap()
        .unwrap()
}

on_both! { LISTS;
    async fn stored_mail_says_what_it_says_now_and_nothing_moves_or_comes_twice(db: TestDb) {
        let post = Post::open(&db).await;
        let first = post.deliver(&letter("1@example.com", CARRIER, PARTS)).await;
        let ticket = first.ticket.unwrap();
        let (ada, workspace) = (post.world.ada.clone(), post.world.workspace);
        let renamed = vec![(Field::Subject, "What the agent calls it".to_owned())];
        db.write(move |tx| desk::tickets::change(tx, &ada, ticket, &renamed).map(drop)).await.unwrap();
        forget_what_was_read(&db, &post).await;
        let over = replayed(&db, &post).await;
        assert_eq!((over.phase, over.total, over.looked, over.changed, over.unread), (Phase::Done, 1, 1, 1, 0));
        let (after, messages) = post.ticket(ticket).await;
        assert_eq!((after.subject.as_str(), after.preview.as_str()), ("What the agent calls it", "See the file."));
        assert_eq!((messages.len(), messages[0].body.as_str()), (1, "See the file."));
        let reader = post.world.ada.clone();
        let kept = db.read(move |tx| files::of_ticket(tx, &reader, ticket)).await.unwrap();
        let names: Vec<&str> = kept.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["log.txt"]);
        let mails = post.mails().await;
        assert_eq!((mails.len(), mails[0].reading.nature.as_str()), (1, "person"));
        assert_eq!((mails[0].ticket, mails[0].message), (first.ticket, first.message));
        let shape: Option<String> = db
            .read(move |tx| tx.one(sql!("select shape from mails where workspace_id = $1"), params![workspace], |row| row.get("shape")))
            .await
            .unwrap();
        assert_eq!(shape.as_deref(), Some(""));
        let parser: Option<i64> = db
            .read(move |tx| tx.one(sql!("select parser from mails where workspace_id = $1"), params![workspace], |row| row.get("parser")))
            .await
            .unwrap();
        assert_eq!(parser, Some(mail::PARSER));
        let over = replayed(&db, &post).await;
        assert_eq!((over.phase, over.looked, over.changed), (Phase::Done, 1, 0), "the same version says the same");
    }

    async fn what_could_not_be_read_gets_another_chance_and_what_is_held_back_stays_so(db: TestDb) {
        let post = Post::open(&db).await;
        post.deliver(&letter("1@example.com", "", "Hello")).await;
        let held = post.deliver(&letter("2@example.com", "Precedence: bulk\nList-Unsubscribe: <https://x.example>\n", "News")).await;
        assert_eq!(held.state, State::Suspended, "{held:?}");
        let broken = post.deliver(&letter("3@example.com", "", "Was not read").replace("leyla@", "ida@")).await;
        let (workspace, id) = (post.world.workspace, broken.id);
        db.write(move |tx| {
            tx.execute(
                sql!("update mails set state = 'failed', ticket_id = null, ticket_message_id = null where workspace_id = $1 and id = $2"),
                params![workspace, id],
            )
            .map(drop)
        })
        .await
        .unwrap();
        let over = replayed(&db, &post).await;
        assert_eq!((over.looked, over.changed), (3, 1), "{over:?}");
        let states: Vec<State> = post.mails().await.iter().map(|mail| mail.state).collect();
        assert_eq!(states, [State::Placed, State::Suspended, State::Placed]);
    }

    async fn a_replay_that_is_cut_off_again_and_again_reads_each_mail_once(db: TestDb) {
        let post = Post::open(&db).await;
        for at in 0..40 {
            let raw = letter(&format!("{at}@k"), CARRIER, PARTS).replace("leyla@", &format!("leyla{at}@"));
            post.hand("x@example.com", &["help@desk.example"], &raw).await;
        }
        settle(&db).await;
        forget_what_was_read(&db, &post).await;
        for cut in 0..25 {
            let (ada, id) = (post.world.ada.clone(), post.mailbox.id);
            db.write(move |tx| replaying::begin(tx, &ada, id)).await.unwrap();
            let jobs = again();
            let reading = kit::jobs::run_due(&db, &jobs);
            if tokio::time::timeout(Duration::from_millis(cut * 3), reading).await.is_ok() {
                break;
            }
        }
        if now(&db, &post).await.phase != Phase::Done {
            replayed(&db, &post).await;
        }
        let over = now(&db, &post).await;
        assert_eq!((over.phase, over.looked, over.unread), (Phase::Done, over.total, 0), "{over:?}");
        let mails = post.mails().await;
        assert_eq!(mails.len(), 40);
        for mail in mails {
            let (_, messages) = post.ticket(mail.ticket.unwrap()).await;
            assert_eq!((messages.len(), messages[0].body.as_str()), (1, "See the file."));
            let (reader, ticket) = (post.world.ada.clone(), mail.ticket.unwrap());
            let kept = db.read(move |tx| files::of_ticket(tx, &reader, ticket)).await.unwrap();
            assert_eq!(kept.len(), 1);
        }
    }

    async fn a_replay_is_paused_goes_on_and_is_ended(db: TestDb) {
        let post = Post::open(&db).await;
        post.deliver(&letter("1@example.com", "", "Hello")).await;
        let (ada, sam, id) = (post.world.ada.clone(), post.world.sam.clone(), post.mailbox.id);
        let refused = db.write(move |tx| replaying::begin(tx, &sam, id)).await;
        assert_eq!(refused.map(drop), Err(MailError::from(Forbidden(Permission::MailsWrite))));
        let actor = ada.clone();
        let early = db.write(move |tx| replaying::pause(tx, &actor, id)).await;
        assert_eq!(early.map(drop), Err(MailError::NoReplay));
        let actor = ada.clone();
        db.write(move |tx| {
            replaying::begin(tx, &actor, id)?;
            replaying::pause(tx, &actor, id)
        })
        .await
        .unwrap();
        while kit::jobs::run_due(&db, &again()).await.unwrap() > 0 {}
        assert_eq!((now(&db, &post).await.phase, now(&db, &post).await.looked), (Phase::Paused, 0));
        let actor = ada.clone();
        db.write(move |tx| replaying::resume(tx, &actor, id)).await.unwrap();
        while kit::jobs::run_due(&db, &again()).await.unwrap() > 0 {}
        assert_eq!((now(&db, &post).await.phase, now(&db, &post).await.looked), (Phase::Done, 1));
        let actor = ada.clone();
        let ended = db.write(move |tx| {
            replaying::begin(tx, &actor, id)?;
            replaying::cancel(tx, &actor, id)
        });
        assert_eq!(ended.await.unwrap().phase, Phase::Cancelled);
        while kit::jobs::run_due(&db, &again()).await.unwrap() > 0 {}
        let over = now(&db, &post).await;
        assert_eq!((over.phase, over.looked), (Phase::Cancelled, 0));
        let mails = db.read(move |tx| mails::list(tx, &ada, None, None, 10)).await.unwrap();
        assert_eq!(mails.len(), 1);
    }
}
