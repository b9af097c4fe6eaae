//! Days and segments that begin a playbook.

use kit::db::Db;
use serde_json::json;
use success::playbooks::{self, Content, PlaybookError, RunState, Side, Step, Trigger};
use tandem_core::actor::Actor;
use tandem_core::fields::{FieldKind, FieldValue};
use tandem_core::segments::{self, SegmentId, SegmentText};
use testkit::on_both;

use super::{DAY, content, field, jobs, night, published, put, runs, settle, tag, tell, today};
use crate::world::{LISTS, World};

async fn segment(db: &Db, actor: &Actor, name: &str, state: &'static str) -> SegmentId {
    let (actor, name) = (actor.clone(), name.to_owned());
    db.write(move |tx| {
        let open = segments::Condition {
            about: segments::Subject::State,
            test: segments::Test::OneOf(vec![state.into()]),
        };
        let text = SegmentText {
            name: name.clone(),
            about: String::new(),
            owner: None,
            definition: segments::Group {
                conditions: vec![open],
                ..segments::Group::default()
            },
        };
        segments::add(tx, &actor, &text)
    })
    .await
    .unwrap()
    .id
}

on_both! { LISTS;
    async fn each_date_begins_one_run_and_a_changed_date_has_its_own(db: TestDb) {
        let world = World::new(&db).await;
        let jobs = jobs(&db);
        let review = field(&db, &world.ada, FieldKind::Date, "Review").await;
        let first = today(&db, &world).await.plus_days(10);
        put(&db, &world.ada, world.account, &review, Some(FieldValue::Day(first))).await;
        let by_date = |side, days| Content {
            trigger: Trigger::Date { date: review.id.to_string(), days, side },
            ..content(vec![tag("reviewed")])
        };
        let before = published(&db, &world.ada, by_date(Side::Before, 7)).await.unwrap();
        let after = published(&db, &world.ada, by_date(Side::After, 2)).await.unwrap();
        night(&db, &jobs).await;
        assert_eq!((runs(&db, &world.ada, &before).await.len(), runs(&db, &world.ada, &after).await.len()), (0, 0));
        for _ in 0..5 {
            db.clock.advance(DAY);
            night(&db, &jobs).await;
        }
        let begun = runs(&db, &world.ada, &before).await;
        assert_eq!((begun.len(), begun[0].cause.as_str()), (1, "date"));
        assert_eq!(runs(&db, &world.ada, &after).await.len(), 0);
        // The date moves: what comes after it begins by the new one, what came before it begins again.
        put(&db, &world.ada, world.account, &review, Some(FieldValue::Day(first.plus_days(4)))).await;
        for _ in 0..14 {
            db.clock.advance(DAY);
            night(&db, &jobs).await;
        }
        assert_eq!((runs(&db, &world.ada, &before).await.len(), runs(&db, &world.ada, &after).await.len()), (2, 1));
        // A date that is long past begins nothing.
        put(&db, &world.ada, world.account, &review, Some(FieldValue::Day(first.plus_days(-300)))).await;
        night(&db, &jobs).await;
        assert_eq!((runs(&db, &world.ada, &before).await.len(), runs(&db, &world.ada, &after).await.len()), (2, 1));
        // What comes after an account's coming, found in the past too.
        let came = Content {
            trigger: Trigger::Date { date: "added".to_owned(), days: 19, side: Side::After },
            ..content(vec![tag("welcome")])
        };
        let came = published(&db, &world.ada, came).await.unwrap();
        night(&db, &jobs).await;
        assert_eq!(runs(&db, &world.ada, &came).await.len(), 1);
        let (ada, id) = (world.ada.clone(), came.id);
        let fired = db.read(move |tx| playbooks::dry_run(tx, &ada, id, 90)).await.unwrap();
        assert_eq!((fired.len(), fired[0].days.len()), (1, 1));
    }

    async fn coming_into_a_segment_begins_and_leaving_it_ends(db: TestDb) {
        let world = World::new(&db).await;
        let jobs = jobs(&db);
        let good = segment(&db, &world.ada, "Good", "open").await;
        let other = segment(&db, &world.ada, "Other", "closed").await;
        let content = Content {
            trigger: Trigger::Segment { segment: good.to_string() },
            until_left: true,
            ..content(vec![Step::Wait { days: 9 }])
        };
        let nowhere = Content {
            trigger: Trigger::Segment { segment: "seg_01k0000000000000000000000z".to_owned() },
            ..content.clone()
        };
        assert!(matches!(published(&db, &world.ada, nowhere).await, Err(PlaybookError::BadTrigger)));
        let gone = Content {
            trigger: Trigger::Segment { segment: other.to_string() },
            ..content.clone()
        };
        let gone = published(&db, &world.ada, gone).await.unwrap();
        let one = published(&db, &world.ada, content).await.unwrap();
        tell(&db, &world.ada, &segments::ENTERED, world.account, json!({ "segment": other })).await;
        settle(&db, &jobs).await;
        assert_eq!(runs(&db, &world.ada, &one).await.len(), 0);
        assert_eq!(runs(&db, &world.ada, &gone).await.len(), 0, "it is not in it any more when that is heard");
        tell(&db, &world.ada, &segments::ENTERED, world.account, json!({ "segment": good })).await;
        settle(&db, &jobs).await;
        assert_eq!(runs(&db, &world.ada, &one).await[0].state, RunState::Running);
        tell(&db, &world.ada, &segments::LEFT, world.account, json!({ "segment": other })).await;
        settle(&db, &jobs).await;
        assert_eq!(runs(&db, &world.ada, &one).await[0].state, RunState::Running);
        tell(&db, &world.ada, &segments::LEFT, world.account, json!({ "segment": good })).await;
        settle(&db, &jobs).await;
        let ended = runs(&db, &world.ada, &one).await.remove(0);
        assert_eq!((ended.state, ended.why.as_str()), (RunState::Stopped, "segment"));
    }
}
