//! Runs of accounts that are merged and parted again.

use std::sync::Arc;

use kit::db::Db;
use success::playbooks::{self, Content, Recipient, RunState, Side, Step, Trigger};
use success::tasks;
use tandem_core::accounts::merging::Parts;
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::contacts;
use tandem_core::fields::{self, FieldKind, FieldValue};
use testkit::on_both;

use super::{
    CARRIER, DAY, begin, champion, content, field, jobs, mail, mails, more_accounts, night, outcomes,
    published, put, run, runs, settle, today,
};
use crate::world::{LISTS, World};

/// What of the accounts of these tests a merge moves.
fn merged_parts() -> Parts {
    Parts::new(&[
        &contacts::memberships::MERGES,
        &fields::MERGES,
        &tasks::MERGES,
        &playbooks::MERGES[0],
        &playbooks::MERGES[1],
        &playbooks::MERGES[2],
        &playbooks::MERGES[3],
        &playbooks::MERGES[4],
    ])
}

async fn merge(db: &Db, actor: &Actor, kept: AccountId, gone: AccountId) {
    let actor = actor.clone();
    db.write(move |tx| accounts::merging::merge(tx, &actor, kept, gone, &[]))
        .await
        .unwrap();
}

async fn unmerge(db: &Db, actor: &Actor, gone: AccountId) {
    let actor = actor.clone();
    db.write(move |tx| accounts::merging::unmerge(tx, &actor, gone))
        .await
        .unwrap();
}

on_both! { LISTS;
    async fn a_merge_takes_runs_days_and_mails_along_and_nothing_begins_twice(db: TestDb) {
        let world = World::new(&db).await;
        db.attach(Arc::new(CARRIER));
        db.attach(Arc::new(merged_parts()));
        let jobs = jobs(&db);
        let nino = champion(&db, &world, "Nino").await;
        let other = more_accounts(&db, &world.ada, 1).await[0];
        let review = field(&db, &world.ada, FieldKind::Date, "Review").await;
        let day = FieldValue::Day(today(&db, &world).await.plus_days(5));
        put(&db, &world.ada, world.account, &review, Some(day.clone())).await;
        let by_date = Content {
            trigger: Trigger::Date { date: review.id.to_string(), days: 7, side: Side::Before },
            ..content(vec![mail(Recipient::Champion, "Hello", "Dear {{ contact.name }}")])
        };
        let one = published(&db, &world.ada, by_date).await.unwrap();
        night(&db, &jobs).await;
        let begun = runs(&db, &world.ada, &one).await.remove(0);
        assert_eq!((begun.account, mails(&db, &world.ada, &begun).await.len()), (world.account, 1));
        put(&db, &world.ada, other, &review, Some(day)).await;
        merge(&db, &world.ada, other, world.account).await;
        night(&db, &jobs).await;
        let now = runs(&db, &world.ada, &one).await;
        assert_eq!((now.len(), now[0].id, now[0].account), (1, begun.id, other));
        assert_eq!((outcomes(&db, &world.ada, &begun).await, mails(&db, &world.ada, &begun).await.len()), (vec!["done".to_owned()], 1));
        // Who is forgotten now does not come back with the account.
        let ada = world.ada.clone();
        let forgotten = db.write(move |tx| (playbooks::HOLDS.forget)(tx, &ada, nino)).await.unwrap();
        assert_eq!(forgotten, 1);
        unmerge(&db, &world.ada, world.account).await;
        let back = runs(&db, &world.ada, &one).await.remove(0);
        assert_eq!((back.id, back.account), (begun.id, world.account));
        assert_eq!((outcomes(&db, &world.ada, &begun).await.len(), mails(&db, &world.ada, &begun).await.len()), (1, 0));
        // Its day had its occasion; the other's had none.
        night(&db, &jobs).await;
        let accounts: Vec<AccountId> = runs(&db, &world.ada, &one).await.into_iter().map(|run| run.account).collect();
        assert_eq!(accounts, [other, world.account]);
    }

    async fn of_two_runs_on_their_way_one_stands_still_in_a_merge(db: TestDb) {
        let world = World::new(&db).await;
        db.attach(Arc::new(merged_parts()));
        let jobs = jobs(&db);
        let other = more_accounts(&db, &world.ada, 1).await[0];
        let both = published(&db, &world.ada, content(vec![Step::Wait { days: 2 }])).await.unwrap();
        let alone = published(&db, &world.ada, content(vec![Step::Wait { days: 2 }])).await.unwrap();
        let ours = begin(&db, &world.ada, &both, other).await;
        let theirs = begin(&db, &world.ada, &both, world.account).await;
        begin(&db, &world.ada, &alone, world.account).await;
        settle(&db, &jobs).await;
        merge(&db, &world.ada, other, world.account).await;
        let left = runs(&db, &world.ada, &both).await;
        assert_eq!((left.len(), left[0].id), (1, ours.id));
        db.clock.advance(DAY * 2);
        settle(&db, &jobs).await;
        let gone_on = runs(&db, &world.ada, &alone).await.remove(0);
        assert_eq!((gone_on.account, gone_on.state), (other, RunState::Finished));
        unmerge(&db, &world.ada, world.account).await;
        let again = run(&db, &world.ada, &theirs).await;
        assert_eq!((again.account, again.state), (world.account, RunState::Running));
        assert_eq!(run(&db, &world.ada, &ours).await.account, other);
        assert_eq!(runs(&db, &world.ada, &alone).await[0].account, world.account);
    }
}
