//! What a playbook brought about, and what it did not.

use kit::db::Db;
use serde_json::json;
use success::alerts::SignalKind;
use success::alerts::signals::{self, NewSignal};
use success::playbooks::effect::{self, Verdict};
use success::playbooks::{Aim, Content, Goal, PlaybookError, Trigger};
use tandem_core::accounts::{self, AccountId};
use tandem_core::subscriptions;
use testkit::on_both;

use super::{DAY, begin, content, jobs, more_accounts, published, runs, settle, tag, tell};
use crate::world::{LISTS, World};

on_both! { LISTS;
    async fn the_effect_counts_each_account_where_chance_put_it(db: TestDb) {
        let world = World::new(&db).await;
        let jobs = jobs(&db);
        let content = Content {
            trigger: Trigger::Event { event: "account.reopened".to_owned() },
            holdout: 50,
            goal: Goal { aim: Aim::Renewed, days: 30 },
            ..content(vec![tag("asked")])
        };
        let one = published(&db, &world.ada, content).await.unwrap();
        let of = |db: &Db| {
            let (ada, id, db) = (world.ada.clone(), one.id, db.clone());
            async move { db.read(move |tx| effect::of(tx, &ada, id)).await }
        };
        assert_eq!(of(&db).await.unwrap().verdict, Verdict::Nobody);
        let accounts = more_accounts(&db, &world.ada, 80).await;
        for account in &accounts {
            tell(&db, &world.ada, &accounts::REOPENED, *account, json!({})).await;
        }
        settle(&db, &jobs).await;
        let begun: Vec<AccountId> = runs(&db, &world.ada, &one).await.into_iter().map(|run| run.account).collect();
        let early = of(&db).await.unwrap();
        assert_eq!((early.begun.n, early.left_alone.n, early.verdict), (0, 0, Verdict::TooFew));
        assert_eq!(early.begun.early, begun.len() as u64);
        // All that were begun renew, and none of those left alone but one that somebody began by hand.
        let left = *accounts.iter().find(|id| !begun.contains(id)).unwrap();
        begin(&db, &world.ada, &one, left).await;
        db.clock.advance(DAY);
        for account in begun.iter().chain([&left]) {
            tell(&db, &world.ada, &subscriptions::RENEWED, *account, json!({})).await;
        }
        db.clock.advance(DAY * 31);
        let judged = of(&db).await.unwrap();
        assert_eq!((judged.begun.n, judged.begun.reached), (begun.len() as u64, begun.len() as u64));
        assert_eq!((judged.left_alone.n, judged.left_alone.reached), ((80 - begun.len()) as u64, 1));
        assert_eq!((judged.crossed, judged.verdict), (1, Verdict::Better));
        assert!(judged.difference.unwrap().low > 0.5);
        // Who is gone has reached nothing, and another workspace sees none of it.
        let (ada, gone) = (world.ada.clone(), begun[0]);
        db.clock.set(db.clock().now().minus(DAY * 20));
        db.write(move |tx| accounts::close(tx, &ada, gone)).await.unwrap();
        db.clock.advance(DAY * 20);
        assert_eq!(of(&db).await.unwrap().begun.reached, begun.len() as u64 - 1);
        let (eve, id) = (world.eve.clone(), one.id);
        let foreign = db.read(move |tx| effect::of(tx, &eve, id)).await;
        assert!(matches!(foreign, Err(PlaybookError::Unknown)));
    }

    async fn what_people_told_is_no_alert_that_a_playbook_eases(db: TestDb) {
        let world = World::new(&db).await;
        let jobs = jobs(&db);
        let content = Content {
            trigger: Trigger::Event { event: "account.reopened".to_owned() },
            holdout: 50,
            goal: Goal { aim: Aim::Eased, days: 30 },
            ..content(vec![tag("asked")])
        };
        let one = published(&db, &world.ada, content).await.unwrap();
        let accounts = more_accounts(&db, &world.ada, 10).await;
        for account in &accounts {
            let (ada, new) = (world.ada.clone(), NewSignal {
                kind: SignalKind::Risk,
                words: "They look at another".to_owned(),
                account: Some(*account),
                ticket: String::new(),
            });
            db.write(move |tx| {
                let id = tx.new_id();
                signals::tell(tx, &ada, id, &new).map(drop)
            })
            .await
            .unwrap();
            tell(&db, &world.ada, &accounts::REOPENED, *account, json!({})).await;
        }
        settle(&db, &jobs).await;
        db.clock.advance(DAY * 32);
        let (ada, id) = (world.ada.clone(), one.id);
        let judged = db.read(move |tx| effect::of(tx, &ada, id)).await.unwrap();
        assert_eq!((judged.begun.n, judged.left_alone.n), (0, 0));
        assert_eq!((judged.begun.unknown + judged.left_alone.unknown, judged.until), (10, None));
    }
}
