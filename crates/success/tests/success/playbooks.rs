//! Playbooks: what begins runs and what does not, and that nothing that a run does is done twice.

use std::sync::Arc;
use std::time::Duration;

use kit::db::Db;
use kit::jobs::{Jobs, Options};
use success::playbooks::{
    self, Content, OwnerOf, Playbook, PlaybookError, Run, RunState, Status, Step, Test, Trigger,
};
use success::tasks::{self, Field, Filter, Priority, State, View};
use tandem_core::accounts::deeds::{self, AccountBulkError, Chosen, Deeds, NewAccountBulk, Wanted};
use tandem_core::accounts::{self, AccountId, AccountText};
use tandem_core::actor::Actor;
use tandem_core::events::Wiring;
use testkit::on_both;

use crate::world::{LISTS, World};

const DAY: Duration = Duration::from_secs(86_400);

fn task(title: &str) -> Step {
    Step::Task {
        title: title.to_owned(),
        words: String::new(),
        owner: OwnerOf::Account,
        due_in: 2,
        priority: Priority::Normal,
    }
}

fn content(steps: Vec<Step>) -> Content {
    Content {
        steps,
        ..Content::default()
    }
}

/// Everything that playbooks listen to and do.
fn jobs(db: &Db) -> Jobs {
    db.attach(Arc::new(
        Wiring::default()
            .on(&accounts::REOPENED, &[playbooks::jobs::HEAR])
            .on(&tasks::DONE, &[playbooks::jobs::AWAITED])
            .on(&tasks::DROPPED, &[playbooks::jobs::AWAITED]),
    ));
    let mut jobs = Jobs::new();
    jobs.reaction(Options::new(), playbooks::jobs::advance);
    jobs.reaction(Options::new(), playbooks::jobs::hear);
    jobs.reaction(Options::new(), playbooks::jobs::awaited);
    jobs.reaction(Options::new(), playbooks::jobs::go_on_all);
    jobs.reaction(Options::new(), playbooks::jobs::look_ahead);
    jobs
}

async fn settle(db: &Db, jobs: &Jobs) {
    while kit::jobs::run_due(db, jobs).await.unwrap() > 0 {}
}

async fn published(db: &Db, actor: &Actor, content: Content) -> Playbook {
    let actor = actor.clone();
    db.write(move |tx| {
        let one = playbooks::add(tx, &actor, "Save them", content.clone())?;
        playbooks::publish(tx, &actor, one.id)
    })
    .await
    .unwrap()
}

async fn begin(db: &Db, actor: &Actor, one: &Playbook, account: AccountId) -> Result<Run, PlaybookError> {
    let (actor, id) = (actor.clone(), one.id);
    db.write(move |tx| playbooks::begin(tx, &actor, id, account))
        .await
}

async fn run(db: &Db, actor: &Actor, run: &Run) -> Run {
    let (actor, id) = (actor.clone(), run.id);
    db.read(move |tx| playbooks::find_run(tx, &actor, id))
        .await
        .unwrap()
}

async fn titles(db: &Db, actor: &Actor) -> Vec<String> {
    let actor = actor.clone();
    let filter = Filter {
        view: View::All,
        state: State::Open,
        account: None,
    };
    let lines = db
        .read(move |tx| tasks::list(tx, &actor, filter, None, 200))
        .await
        .unwrap();
    let mut titles: Vec<String> = lines.into_iter().map(|line| line.task.title).collect();
    titles.sort();
    titles
}

async fn close_and_reopen(db: &Db, actor: &Actor, account: AccountId) {
    let actor = actor.clone();
    db.write(move |tx| {
        accounts::close(tx, &actor, account)?;
        accounts::reopen(tx, &actor, account)
    })
    .await
    .unwrap();
}

fn on_reopening(holdout: i64, cooldown: i64) -> Content {
    Content {
        trigger: Trigger::Event {
            event: "account.reopened".to_owned(),
        },
        holdout,
        cooldown,
        ..content(vec![task("Welcome {{ account.name }} back")])
    }
}

on_both! { LISTS;
    async fn a_run_waits_branches_and_comes_to_its_end(db: TestDb) {
        let world = World::new(&db).await;
        let jobs = jobs(&db);
        let steps = vec![
            task("First"),
            Step::Await { days: 5 },
            Step::Branch { test: Test::Done, otherwise: 5 },
            task("It was done"),
            Step::Wait { days: 3 },
            task("Last"),
            Step::Tag { name: "played".to_owned() },
            Step::Note { words: "To {{ account.name }}: done".to_owned() },
            Step::Signal { name: "end".to_owned() },
        ];
        let one = published(&db, &world.ada, content(steps)).await;
        let begun = begin(&db, &world.ada, &one, world.account).await.unwrap();
        settle(&db, &jobs).await;
        assert_eq!(titles(&db, &world.ada).await, ["First"]);
        let waiting = run(&db, &world.ada, &begun).await;
        assert_eq!((waiting.step, waiting.waits_for.is_empty()), (1, false));
        // What it waits for is done: it goes on by itself.
        let (ada, id) = (world.ada.clone(), waiting.waits_for.parse().unwrap());
        db.write(move |tx| tasks::change(tx, &ada, (id, None), &[(Field::State, "done".to_owned())])).await.unwrap();
        settle(&db, &jobs).await;
        assert_eq!(titles(&db, &world.ada).await, ["It was done"]);
        db.clock.advance(DAY * 3);
        settle(&db, &jobs).await;
        assert_eq!(titles(&db, &world.ada).await, ["It was done", "Last"]);
        let ended = run(&db, &world.ada, &begun).await;
        assert_eq!((ended.state, ended.why.as_str()), (RunState::Finished, "steps"));
        let (ada, id) = (world.ada.clone(), begun.id);
        let outcomes: Vec<String> = db.read(move |tx| playbooks::steps_of(tx, &ada, id)).await.unwrap().into_iter().map(|one| one.outcome).collect();
        assert_eq!(outcomes, ["done", "done", "yes", "done", "waited", "done", "done", "done", "done"]);
    }

    async fn a_wait_that_is_too_long_takes_the_other_way(db: TestDb) {
        let world = World::new(&db).await;
        let jobs = jobs(&db);
        let steps = vec![
            task("First"),
            Step::Await { days: 5 },
            Step::Branch { test: Test::Done, otherwise: 5 },
            task("It was done"),
            task("Either way"),
        ];
        let one = published(&db, &world.ada, content(steps)).await;
        let begun = begin(&db, &world.ada, &one, world.account).await.unwrap();
        settle(&db, &jobs).await;
        db.clock.advance(DAY * 5);
        settle(&db, &jobs).await;
        assert_eq!(titles(&db, &world.ada).await, ["Either way", "First"]);
        assert_eq!(run(&db, &world.ada, &begun).await.state, RunState::Finished);
    }

    async fn killed_and_repeated_at_any_point_nothing_doubles(db: TestDb) {
        let world = World::new(&db).await;
        let jobs = jobs(&db);
        let steps = vec![task("One"), task("Two"), Step::Wait { days: 1 }, task("Three"), Step::Await { days: 9 }, task("Four")];
        let one = published(&db, &world.ada, content(steps)).await;
        let begun = begin(&db, &world.ada, &one, world.account).await.unwrap();
        let (workspace, id) = (world.workspace, begun.id);
        for day in 0..14 {
            // The end of a transaction that was never reached: everything in it is as if it had not been.
            let killed: Result<(), PlaybookError> = db.write(move |tx| {
                playbooks::advance(tx, workspace, id)?;
                playbooks::advance(tx, workspace, id)?;
                Err(PlaybookError::Unknown)
            }).await;
            assert!(killed.is_err());
            for _ in 0..=day % 3 {
                db.write(move |tx| playbooks::advance(tx, workspace, id)).await.unwrap();
            }
            if day % 2 == 0 {
                settle(&db, &jobs).await;
            }
            db.clock.advance(DAY);
        }
        settle(&db, &jobs).await;
        assert_eq!(titles(&db, &world.ada).await, ["Four", "One", "Three", "Two"]);
        assert_eq!(run(&db, &world.ada, &begun).await.state, RunState::Finished);
    }

    async fn an_event_begins_one_run_and_not_again_before_the_rest_is_over(db: TestDb) {
        let world = World::new(&db).await;
        let jobs = jobs(&db);
        let one = published(&db, &world.ada, on_reopening(0, 30)).await;
        for _ in 0..3 {
            close_and_reopen(&db, &world.ada, world.account).await;
            settle(&db, &jobs).await;
        }
        assert_eq!(titles(&db, &world.ada).await, ["Welcome Acme back"]);
        db.clock.advance(DAY * 31);
        close_and_reopen(&db, &world.ada, world.account).await;
        settle(&db, &jobs).await;
        assert_eq!(titles(&db, &world.ada).await.len(), 2);
        // Paused it hears nothing.
        let (ada, id) = (world.ada.clone(), one.id);
        db.write(move |tx| playbooks::pause(tx, &ada, id)).await.unwrap();
        db.clock.advance(DAY * 31);
        close_and_reopen(&db, &world.ada, world.account).await;
        settle(&db, &jobs).await;
        assert_eq!(titles(&db, &world.ada).await.len(), 2);
        // What it would have done in the past is as long as the rest between runs.
        let (ada, id) = (world.ada.clone(), one.id);
        let fired = db.read(move |tx| playbooks::dry_run(tx, &ada, id, 90)).await.unwrap();
        assert_eq!(fired.len(), 1);
        assert_eq!(fired[0].days.len(), 3);
    }

    async fn who_is_held_out_is_written_down_and_left_alone(db: TestDb) {
        let world = World::new(&db).await;
        let jobs = jobs(&db);
        let one = published(&db, &world.ada, on_reopening(50, 0)).await;
        let mut accounts = vec![world.account];
        for number in 0..24 {
            let ada = world.ada.clone();
            let text = AccountText { name: format!("Account {number}"), ..AccountText::default() };
            accounts.push(db.write(move |tx| accounts::add(tx, &ada, &text)).await.unwrap().id);
        }
        for account in &accounts {
            for _ in 0..2 {
                close_and_reopen(&db, &world.ada, *account).await;
                settle(&db, &jobs).await;
            }
        }
        let (ada, id) = (world.ada.clone(), one.id);
        let (fired, runs) = db.read(move |tx| {
            Ok::<_, PlaybookError>((playbooks::dry_run(tx, &ada, id, 90)?, playbooks::runs_of(tx, &ada, id, None, 200)?))
        }).await.unwrap();
        let held = fired.iter().filter(|one| one.is_held_out).count();
        assert!(held > 0 && held < accounts.len(), "{held} of {}", accounts.len());
        for one in &fired {
            let has_run = runs.iter().any(|(run, _)| run.account == one.account);
            assert_eq!(has_run, !one.is_held_out, "{}", one.name);
        }
    }

    async fn a_playbook_begins_at_many_accounts_and_one_undo_stops_its_runs(db: TestDb) {
        let world = World::new(&db).await;
        db.attach(Arc::new(Deeds::new(&[&playbooks::deed::START])));
        let jobs = jobs(&db);
        let one = published(&db, &world.ada, content(vec![Step::Wait { days: 3 }, task("First")])).await;
        let busy = published(&db, &world.ada, content(vec![task("Other")])).await;
        let (ada, mut accounts) = (world.ada.clone(), vec![world.account]);
        accounts.push(db.write(move |tx| {
            let text = AccountText { name: "Second".to_owned(), ..AccountText::default() };
            accounts::add(tx, &ada, &text)
        }).await.unwrap().id);
        begin(&db, &world.ada, &one, world.account).await.unwrap();
        let new = NewAccountBulk {
            wishes: Default::default(),
            chosen: Chosen::These(accounts.clone()),
            deeds: vec![Wanted { deed: "playbook".to_owned(), value: one.id.to_string(), detail: String::new() }],
        };
        let (ada, asked) = (world.ada.clone(), new.clone());
        let done = db.write(move |tx| deeds::begin(tx, &ada, &asked)).await.unwrap();
        // One has a run already: it is named, and the other begins.
        assert_eq!((done.changed, done.refused), (1, 1));
        settle(&db, &jobs).await;
        let at = async |account: AccountId| {
            let ada = world.ada.clone();
            db.read(move |tx| playbooks::runs_at(tx, &ada, account, 9)).await.unwrap()
        };
        assert_eq!(at(accounts[1]).await[0].0.state, RunState::Running);
        let ada = world.ada.clone();
        let back = db.write(move |tx| deeds::undo(tx, &ada, done.id)).await.unwrap();
        assert_eq!((back.changed, back.refused), (0, 0));
        assert_eq!(at(accounts[1]).await[0].0.state, RunState::Stopped);
        assert_eq!(at(accounts[0]).await[0].0.state, RunState::Running);
        let (ada, id) = (world.ada.clone(), busy.id);
        db.write(move |tx| playbooks::pause(tx, &ada, id)).await.unwrap();
        let (ada, mut paused) = (world.ada.clone(), new);
        paused.deeds[0].value = busy.id.to_string();
        let refused = db.write(move |tx| deeds::begin(tx, &ada, &paused)).await.unwrap_err();
        assert_eq!(refused, AccountBulkError::BadValue("playbook".to_owned(), "playbooks-failure-not-active"));
    }

    async fn a_run_keeps_its_version_and_an_earlier_one_comes_back(db: TestDb) {
        let world = World::new(&db).await;
        let jobs = jobs(&db);
        let first = content(vec![Step::Wait { days: 1 }, task("As it was")]);
        let one = published(&db, &world.ada, first.clone()).await;
        let begun = begin(&db, &world.ada, &one, world.account).await.unwrap();
        settle(&db, &jobs).await;
        let (ada, id) = (world.ada.clone(), one.id);
        let changed = db.write(move |tx| {
            let changed = playbooks::change(tx, &ada, (id, 1), "Save them", content(vec![task("As it is")]))?;
            assert_eq!((changed.version, changed.published), (2, Some(1)));
            playbooks::publish(tx, &ada, id)
        }).await.unwrap();
        assert_eq!((changed.version, changed.published, changed.status), (2, Some(2), Status::Active));
        db.clock.advance(DAY);
        settle(&db, &jobs).await;
        assert_eq!(titles(&db, &world.ada).await, ["As it was"]);
        assert_eq!(run(&db, &world.ada, &begun).await.version, 1);
        let (ada, id) = (world.ada.clone(), one.id);
        let back = db.write(move |tx| playbooks::roll_back(tx, &ada, id, 1)).await.unwrap();
        assert_eq!((back.version, back.published), (3, Some(3)));
        assert_eq!(back.content, first);
        let (ada, id) = (world.ada.clone(), one.id);
        let stale = db.write(move |tx| playbooks::change(tx, &ada, (id, 2), "Mine", content(vec![task("No")]))).await;
        assert!(matches!(stale, Err(PlaybookError::Stale(_))));
    }

    async fn an_account_has_one_run_at_a_time_and_a_stopped_one_can_go_on(db: TestDb) {
        let world = World::new(&db).await;
        let jobs = jobs(&db);
        let one = published(&db, &world.ada, content(vec![Step::Wait { days: 1 }, task("Last")])).await;
        let begun = begin(&db, &world.ada, &one, world.account).await.unwrap();
        let twice = begin(&db, &world.ada, &one, world.account).await;
        assert!(matches!(twice, Err(PlaybookError::Running)));
        settle(&db, &jobs).await;
        let (ada, id) = (world.ada.clone(), begun.id);
        db.write(move |tx| playbooks::stop(tx, &ada, id)).await.unwrap();
        db.clock.advance(DAY);
        settle(&db, &jobs).await;
        assert!(titles(&db, &world.ada).await.is_empty());
        let ada = world.ada.clone();
        db.write(move |tx| playbooks::resume(tx, &ada, id)).await.unwrap();
        db.clock.advance(DAY);
        settle(&db, &jobs).await;
        assert_eq!(titles(&db, &world.ada).await, ["Last"]);
        // Another workspace neither sees nor stops it, and support writes no playbooks.
        let eve = world.eve.clone();
        let foreign = db.write(move |tx| playbooks::stop(tx, &eve, id)).await;
        assert!(matches!(foreign, Err(PlaybookError::UnknownRun)));
        let sam = world.sam.clone();
        let forbidden = db.write(move |tx| playbooks::add(tx, &sam, "Mine", content(vec![task("No")]))).await;
        assert!(matches!(forbidden, Err(PlaybookError::Forbidden(_))));
    }

    async fn what_does_not_fit_is_named(db: TestDb) {
        let world = World::new(&db).await;
        let add = |name: &'static str, content: Content| {
            let (ada, db) = (world.ada.clone(), db.db.clone());
            async move { db.write(move |tx| playbooks::add(tx, &ada, name, content.clone())).await.unwrap_err() }
        };
        assert!(matches!(add(" ", content(vec![task("One")])).await, PlaybookError::BadName));
        assert!(matches!(add("Empty", content(Vec::new())).await, PlaybookError::StepCount));
        assert!(matches!(add("Nameless", content(vec![task("One"), task(" ")])).await, PlaybookError::BadStep(2)));
        let half = Content { holdout: 51, ..content(vec![task("One")]) };
        assert!(matches!(add("Half", half).await, PlaybookError::BadHoldout));
        let soon = Content { trigger: Trigger::Renewal { days: 0 }, ..content(vec![task("One")]) };
        assert!(matches!(add("Soon", soon).await, PlaybookError::BadTrigger));
        for (rule, severity) in [("", "loud"), ("usage drops", "")] {
            let trigger = Trigger::Alert { rule: rule.to_owned(), severity: severity.to_owned() };
            let never = Content { trigger, ..content(vec![task("One")]) };
            assert!(matches!(add("Never", never).await, PlaybookError::BadTrigger), "it would never begin");
        }
        let nowhere = Content { trigger: Trigger::Stage { stage: "rng_01k0000000000000000000000z".parse().unwrap() }, ..content(vec![task("One")]) };
        assert!(matches!(add("Nowhere", nowhere).await, PlaybookError::UnknownRung));
    }
}
