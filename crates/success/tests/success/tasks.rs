//! Tasks: adding and changing them, taking changes back, and what becomes of them when people leave.

use kit::jobs::{Jobs, Options};
use success::tasks::{
    self, Cursor, Due, Field, Filter, HOLDS, Origin, Owner, Priority, State, Task, TaskError, TaskText, View,
};
use tandem_core::actor::Actor;
use tandem_core::events::Wiring;
use tandem_core::{agents, workspaces};
use testkit::on_both;

use crate::world::{LISTS, World};

fn text(title: &str) -> TaskText {
    TaskText {
        title: title.to_owned(),
        ..TaskText::default()
    }
}

async fn add(world: &World, db: &kit::db::Db, text: TaskText) -> Task {
    let ada = world.ada.clone();
    db.write(move |tx| tasks::add(tx, &ada, &text, Origin::Hand))
        .await
        .unwrap()
}

async fn set(
    db: &kit::db::Db,
    actor: &Actor,
    task: &Task,
    values: &[(Field, &str)],
) -> Result<(Task, Option<tasks::TaskChangeId>), TaskError> {
    let (actor, id) = (actor.clone(), task.id);
    let values: Vec<(Field, String)> = values
        .iter()
        .map(|(field, value)| (*field, (*value).to_owned()))
        .collect();
    db.write(move |tx| tasks::change(tx, &actor, (id, None), &values))
        .await
}

fn mine(view: View) -> Filter {
    Filter {
        view,
        state: State::Open,
        account: None,
    }
}

on_both! { LISTS;
    async fn a_change_is_kept_and_taken_back_while_nobody_changed_it_again(db: TestDb) {
        let world = World::new(&db).await;
        let task = add(&world, &db, text("Call them")).await;
        let (done, change) = set(&db, &world.ada, &task, &[(Field::State, "done")]).await.unwrap();
        assert_eq!((done.state, done.version), (State::Done, 2));
        assert!(done.settled.is_some());
        // Said twice it changes nothing.
        let again = set(&db, &world.sam, &task, &[(Field::State, "done")]).await.unwrap();
        assert_eq!(again, (done, None));
        let (ada, id, change) = (world.ada.clone(), task.id, change.unwrap());
        let back = db.write(move |tx| tasks::undo(tx, &ada, id, change)).await.unwrap();
        assert_eq!((back.state, back.settled), (State::Open, None));
        set(&db, &world.ada, &task, &[(Field::State, "dropped")]).await.unwrap();
        let ada = world.ada.clone();
        let moved = db.write(move |tx| tasks::undo(tx, &ada, id, change)).await;
        // It was open before that change: dropped since, so there is nothing of it left to take back.
        assert!(matches!(moved, Err(TaskError::Moved)), "{moved:?}");
        let ada = world.ada.clone();
        let history = db.read(move |tx| tasks::history(tx, &ada, id)).await.unwrap();
        let states: Vec<(String, String)> = history.into_iter().map(|one| (one.before, one.after)).collect();
        let pairs: Vec<(&str, &str)> = states.iter().map(|(before, after)| (before.as_str(), after.as_str())).collect();
        assert_eq!(pairs, [("open", "dropped"), ("done", "open"), ("open", "done")]);
    }

    async fn what_does_not_fit_is_named_and_nothing_is_half_done(db: TestDb) {
        let world = World::new(&db).await;
        let wrong = |change: fn(&mut TaskText)| {
            let (ada, db) = (world.ada.clone(), db.db.clone());
            let mut text = text("Call them");
            change(&mut text);
            async move { db.write(move |tx| tasks::add(tx, &ada, &text, Origin::Hand)).await.unwrap_err() }
        };
        assert!(matches!(wrong(|text| text.title = " ".to_owned()).await, TaskError::BadTitle));
        assert!(matches!(wrong(|text| text.title = "x".repeat(201)).await, TaskError::BadTitle));
        assert!(matches!(wrong(|text| text.words = "x".repeat(5_001)).await, TaskError::LongWords));
        assert!(matches!(wrong(|text| text.evidence = "acc_1".to_owned()).await, TaskError::BadEvidence));
        assert!(matches!(wrong(|text| text.due = Due::In(366)).await, TaskError::BadDue));
        assert!(matches!(wrong(|text| text.owner = Owner::read("agt_01k0000000000000000000000z").unwrap()).await, TaskError::UnknownOwner));
        assert!(matches!(wrong(|text| text.account = "acc_01k0000000000000000000000z".parse().ok()).await, TaskError::UnknownAccount));
        let ada = world.ada.clone();
        let all = db.read(move |tx| tasks::list(tx, &ada, mine(View::All), None, 10)).await.unwrap();
        assert!(all.is_empty());
    }

    async fn another_workspace_sees_nothing_and_changes_nothing(db: TestDb) {
        let world = World::new(&db).await;
        let task = add(&world, &db, text("Call them")).await;
        let found = set(&db, &world.eve, &task, &[(Field::State, "done")]).await;
        assert!(matches!(found, Err(TaskError::Unknown)));
        let (eve, account) = (world.eve.clone(), world.account);
        let theirs = TaskText { account: Some(account), ..text("Steal it") };
        let added = db.write(move |tx| tasks::add(tx, &eve, &theirs, Origin::Hand)).await;
        assert!(matches!(added, Err(TaskError::UnknownAccount)));
        let eve = world.eve.clone();
        let all = db.read(move |tx| tasks::list(tx, &eve, mine(View::All), None, 10)).await.unwrap();
        assert!(all.is_empty());
    }

    async fn a_worklist_has_the_first_due_first_and_pages_without_gaps(db: TestDb) {
        let world = World::new(&db).await;
        let workspace = world.workspace;
        let today = db.read(move |tx| workspaces::today(tx, workspace)).await.unwrap();
        let ada = Owner::Agent(world.ada.agent().unwrap());
        let cases = [
            ("whenever", None, Priority::Urgent),
            ("late", Some(-3), Priority::Low),
            ("today", Some(0), Priority::Normal),
            ("today, at once", Some(0), Priority::Urgent),
            ("later", Some(30), Priority::Normal),
        ];
        for (title, days, priority) in cases {
            let due = days.map_or(Due::Whenever, |days| Due::On(today.plus_days(days)));
            let owned = TaskText { owner: ada, due, priority, account: Some(world.account), ..text(title) };
            add(&world, &db, owned).await;
        }
        for view in [View::Mine, View::All, View::Account] {
            let (mut after, mut seen) = (None, Vec::new());
            loop {
                let (reader, from): (Actor, Option<Cursor>) = (world.ada.clone(), after.clone());
                let part = db.read(move |tx| tasks::list(tx, &reader, mine(view), from.clone(), 2)).await.unwrap();
                let Some(last) = part.last() else { break };
                after = Some(Cursor::after(last));
                seen.extend(part.iter().map(|line| line.task.title.clone()));
            }
            assert_eq!(seen, ["late", "today, at once", "today", "later", "whenever"], "{view:?}");
        }
        let reader = world.ada.clone();
        let (due, counts) = db.read(move |tx| Ok::<_, TaskError>((tasks::due_today(tx, &reader, 10)?, tasks::counts(tx, &reader)?))).await.unwrap();
        assert_eq!((due.len(), counts.mine, counts.due, counts.nobody), (3, 5, 3, 0));
        let sam = world.sam.clone();
        let none = db.read(move |tx| tasks::list(tx, &sam, mine(View::Mine), None, 10)).await.unwrap();
        assert!(none.is_empty());
    }

    async fn whoever_leaves_leaves_their_open_tasks_to_nobody(db: TestDb) {
        db.attach(std::sync::Arc::new(Wiring::default().on(&agents::DEACTIVATED, &[tasks::jobs::RELEASE])));
        let world = World::new(&db).await;
        let sam = Owner::Agent(world.sam.agent().unwrap());
        let open = add(&world, &db, TaskText { owner: sam, ..text("Open") }).await;
        let done = add(&world, &db, TaskText { owner: sam, ..text("Done") }).await;
        set(&db, &world.ada, &done, &[(Field::State, "done")]).await.unwrap();
        let (ada, id) = (world.ada.clone(), world.sam.agent().unwrap());
        db.write(move |tx| agents::deactivate(tx, &ada, id)).await.unwrap();
        let mut jobs = Jobs::new();
        jobs.reaction(Options::new(), tasks::jobs::release);
        while kit::jobs::run_due(&db, &jobs).await.unwrap() > 0 {}
        let (ada, ids) = (world.ada.clone(), (open.id, done.id));
        let (open, done) = db.read(move |tx| Ok::<_, TaskError>((tasks::find(tx, &ada, ids.0)?, tasks::find(tx, &ada, ids.1)?))).await.unwrap();
        assert_eq!((open.owner, done.owner), (Owner::Nobody, sam));
        let ada = world.ada.clone();
        let nobodys = db.read(move |tx| tasks::list(tx, &ada, mine(View::Nobody), None, 10)).await.unwrap();
        assert_eq!(nobodys.len(), 1);
    }

    async fn an_erased_person_leaves_a_task_without_words(db: TestDb) {
        let world = World::new(&db).await;
        let about = TaskText { words: "Leyla is ill".to_owned(), contact: Some(world.contact), ..text("Call Leyla") };
        let task = add(&world, &db, about).await;
        set(&db, &world.ada, &task, &[(Field::Title, "Call Leyla again")]).await.unwrap();
        let (ada, contact) = (world.ada.clone(), world.contact);
        let told = db.read(move |tx| (HOLDS.export)(tx, &ada, contact)).await.unwrap();
        assert!(told[0].to_string().contains("Leyla is ill"));
        let (ada, id) = (world.ada.clone(), task.id);
        let (count, after, history) = db.write(move |tx| {
            let count = (HOLDS.forget)(tx, &ada, contact)?;
            Ok::<_, TaskError>((count, tasks::find(tx, &ada, id)?, tasks::history(tx, &ada, id)?))
        }).await.unwrap();
        assert_eq!((count, after.title.as_str(), after.words.as_str(), after.contact), (1, "", "", None));
        assert!(history.is_empty());
    }

    async fn who_changes_an_older_state_is_told(db: TestDb) {
        let world = World::new(&db).await;
        let task = add(&world, &db, text("Call them")).await;
        set(&db, &world.sam, &task, &[(Field::Priority, "high")]).await.unwrap();
        let (ada, id) = (world.ada.clone(), task.id);
        let stale = db.write(move |tx| tasks::change(tx, &ada, (id, Some(1)), &[(Field::Title, "Write".to_owned())])).await;
        assert!(matches!(stale, Err(TaskError::Stale(now)) if now.priority == Priority::High));
    }
}
