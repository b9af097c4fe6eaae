//! Segments: who is in after whatever happened, who hears of it, who sees it, and what can't be asked.

mod asking;
mod coming;
mod merged;
mod removed;
mod seeing;

use std::sync::Arc;

use kit::db::Db;
use kit::id::{TypedId, Uuid};
use kit::jobs::{Jobs, Options};
use tandem_core::accounts::merging::Parts;
use tandem_core::accounts::{self, AccountId, NOUN};
use tandem_core::actor::Actor;
use tandem_core::events::{self, Wiring};
use tandem_core::metrics::{self, Metric, Producer, Producers, Unit};
use tandem_core::permissions::Permission;
use tandem_core::segments::{
    self, Condition, Group, Segment, SegmentError, SegmentId, SegmentText, Subject, Test,
};
use tandem_core::{assignment, tags};

/// A metric that tests say by hand.
static PEOPLE: Metric = Metric::new("tests.people", Unit::Count, Permission::AccountsRead);

/// One that not everybody may see.
static SECRET: Metric = Metric::new("tests.secret", Unit::Count, Permission::AuditRead);

static PRODUCER: Producer = Producer {
    metrics: &[&PEOPLE, &SECRET],
    read: |_, _, _, _| Ok(Vec::new()),
};

fn wired(db: &Db) {
    let follow = &[segments::jobs::FOLLOW];
    let wiring = Wiring::default()
        .on(&accounts::ADDED, follow)
        .on(&accounts::CHANGED, follow)
        .on(&accounts::CLOSED, follow)
        .on(&accounts::REOPENED, follow)
        .on(&accounts::nouns::TAGGED, follow)
        .on(&accounts::nouns::DESCRIBED, follow)
        .on(&assignment::MOVED, follow)
        .on(&metrics::CHANGED, follow)
        .on(&segments::CHANGED, &[])
        .on(&segments::ENTERED, &[])
        .on(&segments::LEFT, &[]);
    db.attach(Arc::new(wiring));
    db.attach(Arc::new(Producers::new(&[&PRODUCER])));
    db.attach(Arc::new(Parts::new(&[&tags::MERGES, &segments::MERGES])));
}

/// Runs what is due, as the program would.
async fn settle(db: &Db) {
    let mut jobs = Jobs::new();
    jobs.reaction(Options::new(), segments::jobs::follow);
    jobs.reaction(Options::new(), segments::jobs::follow_many);
    jobs.reaction(Options::new(), segments::jobs::follow_these);
    jobs.reaction(Options::new(), segments::jobs::build);
    jobs.reaction(Options::new(), segments::jobs::turn);
    jobs.reaction(Options::new(), segments::jobs::daily);
    jobs.reaction(Options::new(), accounts::jobs::tally);
    while kit::jobs::run_due(db, &jobs).await.unwrap() > 0 {}
}

fn ask(about: Subject, test: Test) -> Condition {
    Condition { about, test }
}

fn all_of(conditions: Vec<Condition>) -> Group {
    Group {
        conditions,
        ..Group::default()
    }
}

fn open_ones() -> Group {
    all_of(vec![ask(Subject::State, Test::OneOf(vec!["open".to_owned()]))])
}

fn people(test: Test) -> Condition {
    ask(Subject::Metric(PEOPLE.name.to_owned()), test)
}

fn shared(definition: Group) -> SegmentText {
    SegmentText {
        name: "A segment".to_owned(),
        about: String::new(),
        owner: None,
        definition,
    }
}

async fn add(db: &Db, actor: &Actor, text: SegmentText) -> Result<Segment, SegmentError> {
    let actor = actor.clone();
    let added = db.write(move |tx| segments::add(tx, &actor, &text)).await;
    settle(db).await;
    added
}

async fn find(db: &Db, actor: &Actor, id: SegmentId) -> Option<Segment> {
    let actor = actor.clone();
    db.read(move |tx| segments::find(tx, &actor, id)).await.unwrap()
}

/// Who is in by the rows, in the order of ids; the count says the same.
async fn members(db: &Db, actor: &Actor, id: SegmentId) -> Vec<AccountId> {
    let count = find(db, actor, id).await.unwrap().members;
    let actor = actor.clone();
    let first = AccountId::from_uuid(Uuid::nil());
    let found = db
        .read(move |tx| segments::members(tx, &actor, id, first, 1_000))
        .await
        .unwrap();
    assert_eq!(count, found.len() as i64, "the count");
    found.into_iter().map(|member| member.account).collect()
}

/// What was told of accounts that came and went, in order.
async fn told(db: &Db) -> Vec<(String, String)> {
    events::give_positions(db).await.unwrap();
    let all = db
        .read(|tx| events::after(tx, events::Position::default(), 10_000))
        .await
        .unwrap();
    let moves = all
        .into_iter()
        .filter(|event| event.kind == segments::ENTERED.name || event.kind == segments::LEFT.name);
    moves.map(|event| (event.kind, event.subject)).collect()
}

async fn know(db: &Db, actor: &Actor, account: AccountId, value: Option<f64>) {
    let workspace = actor.workspace;
    db.write(move |tx| {
        let today = tandem_core::workspaces::today(tx, workspace)?;
        metrics::note(tx, workspace, account, today, &[PEOPLE.may_be(value)])
    })
    .await
    .unwrap();
}

async fn tag(db: &Db, actor: &Actor, account: AccountId, name: &'static str) -> tags::Tag {
    let actor = actor.clone();
    db.write(move |tx| tags::put(tx, &actor, &NOUN, account.into(), name))
        .await
        .unwrap()
}
