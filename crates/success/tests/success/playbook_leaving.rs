//! Runs that end when their account is not in a segment any more because the segment is another, or gone.

use std::sync::Arc;

use kit::db::Db;
use kit::jobs::{Jobs, Options};
use success::playbooks::{self, Content, Run, RunState, Step, Trigger};
use tandem_core::actor::Actor;
use tandem_core::events::Wiring;
use tandem_core::segments::{self, Condition, Group, Segment, SegmentText, Subject, Test};
use testkit::on_both;

use crate::world::{LISTS, World};

fn jobs(db: &Db) -> Jobs {
    let leave = &[playbooks::runs::leaving::LEAVE];
    db.attach(Arc::new(
        Wiring::default()
            .on(&segments::CHANGED, leave)
            .on(&segments::REMOVED, leave)
            .on(&segments::ENTERED, &[playbooks::jobs::HEAR])
            .on(&segments::LEFT, &[playbooks::jobs::HEAR]),
    ));
    let mut jobs = Jobs::new();
    jobs.reaction(Options::new(), playbooks::jobs::advance);
    jobs.reaction(Options::new(), playbooks::jobs::hear);
    jobs.reaction(Options::new(), playbooks::runs::leaving::leave);
    jobs.reaction(Options::new(), segments::jobs::build);
    jobs
}

async fn settle(db: &Db, jobs: &Jobs) {
    while kit::jobs::run_due(db, jobs).await.unwrap() > 0 {}
}

/// Accounts in a state.
fn in_state(state: &str) -> SegmentText {
    let condition = Condition {
        about: Subject::State,
        test: Test::OneOf(vec![state.to_owned()]),
    };
    SegmentText {
        name: "A segment".to_owned(),
        about: String::new(),
        owner: None,
        definition: Group {
            conditions: vec![condition],
            ..Group::default()
        },
    }
}

/// A segment of open accounts and a playbook that ends with who is in it, and a run of that at the account of the world.
async fn begun(db: &Db, world: &World, jobs: &Jobs) -> (Segment, Run) {
    let ada = world.ada.clone();
    let segment = db
        .write(move |tx| segments::add(tx, &ada, &in_state("open")))
        .await
        .unwrap();
    settle(db, jobs).await;
    let content = Content {
        trigger: Trigger::Segment {
            segment: segment.id.to_string(),
        },
        until_left: true,
        steps: vec![Step::Wait { days: 9 }],
        ..Content::default()
    };
    let (ada, account) = (world.ada.clone(), world.account);
    let run = db
        .write(move |tx| {
            let one = playbooks::add(tx, &ada, "Save them", content.clone())?;
            let one = playbooks::publish(tx, &ada, one.id)?;
            playbooks::begin(tx, &ada, one.id, account)
        })
        .await
        .unwrap();
    settle(db, jobs).await;
    (segment, run)
}

async fn now(db: &Db, actor: &Actor, run: &Run) -> (RunState, String) {
    let (actor, id) = (actor.clone(), run.id);
    let run = db.read(move |tx| playbooks::find_run(tx, &actor, id)).await;
    let run = run.unwrap();
    (run.state, run.why)
}

on_both! { LISTS;
    async fn a_new_definition_ends_the_runs_of_those_who_are_out(db: TestDb) {
        let world = World::new(&db).await;
        let jobs = jobs(&db);
        let (segment, run) = begun(&db, &world, &jobs).await;
        let (other, stays) = begun(&db, &world, &jobs).await;
        assert_eq!(now(&db, &world.ada, &run).await.0, RunState::Running);
        let (ada, text) = (world.ada.clone(), in_state("closed"));
        let id = segment.id;
        db.write(move |tx| segments::change(tx, &ada, id, 1, &text)).await.unwrap();
        // Of another definition that keeps the account in, the run does not end.
        let (ada, id) = (world.ada.clone(), other.id);
        let text = SegmentText {
            definition: Group { groups: vec![in_state("open").definition], ..in_state("open").definition },
            ..in_state("open")
        };
        db.write(move |tx| segments::change(tx, &ada, id, 1, &text)).await.unwrap();
        settle(&db, &jobs).await;
        assert_eq!(now(&db, &world.ada, &run).await, (RunState::Stopped, "segment".to_owned()));
        assert_eq!(now(&db, &world.ada, &stays).await.0, RunState::Running);
    }

    async fn a_removed_segment_ends_its_runs(db: TestDb) {
        let world = World::new(&db).await;
        let jobs = jobs(&db);
        let (segment, run) = begun(&db, &world, &jobs).await;
        let (_, stays) = begun(&db, &world, &jobs).await;
        let (ada, id) = (world.ada.clone(), segment.id);
        db.write(move |tx| segments::remove(tx, &ada, id)).await.unwrap();
        settle(&db, &jobs).await;
        assert_eq!(now(&db, &world.ada, &run).await, (RunState::Stopped, "segment".to_owned()));
        assert_eq!(now(&db, &world.ada, &stays).await.0, RunState::Running);
    }
}
