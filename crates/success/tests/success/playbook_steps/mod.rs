//! Steps of playbooks that reach out, the days and segments that begin them, and what they are measured by.

mod beginning;
mod judging;
mod mailing;
mod merged;
mod saving;
mod setting;

use std::sync::Arc;
use std::time::Duration;

use kit::day::Day;
use kit::db::{Db, DbError};
use kit::jobs::{Jobs, Options, Queue};
use success::playbooks::{self, Content, Playbook, PlaybookError, Recipient, Run, Step};
use success::tasks;
use tandem_core::accounts::{self, AccountId, AccountText};
use tandem_core::actor::Actor;
use tandem_core::contacts::memberships::{ContactRole, MembershipText};
use tandem_core::contacts::{self, ContactId, ContactText, Introduction};
use tandem_core::correspondence::{Carried, Carrier, Fate};
use tandem_core::events::{self, Kind, NewEvent, Wiring};
use tandem_core::fields::{self, Field, FieldKind, FieldText, FieldValue};
use tandem_core::segments;
use tandem_core::workspaces;
use testkit::TestDb;

use crate::world::World;

const DAY: Duration = Duration::from_secs(86_400);

/// Carries everything.
const CARRIER: Carrier = Carrier {
    asks: |_, _, _| Ok(None),
    carries: |_, _, mailing| {
        let number = mailing.subject.len();
        Ok(Ok(Carried {
            conversation: format!("tkt_{number}"),
            message: mailing.words.clone(),
        }))
    },
    follows: |_, _, _| Ok(Some(Fate::Sent)),
    place: "/tickets/",
};

fn jobs(db: &Db) -> Jobs {
    db.attach(Arc::new(
        Wiring::default()
            .on(&accounts::REOPENED, &[playbooks::jobs::HEAR])
            .on(&segments::ENTERED, &[playbooks::jobs::HEAR])
            .on(&segments::LEFT, &[playbooks::jobs::HEAR])
            .on(&playbooks::WEBHOOK_CALLED, &[])
            .on(&tasks::DONE, &[playbooks::jobs::AWAITED])
            .on(&tasks::DROPPED, &[playbooks::jobs::AWAITED]),
    ));
    let mut jobs = Jobs::new();
    jobs.reaction(Options::new(), playbooks::jobs::advance);
    jobs.reaction(Options::new(), playbooks::jobs::hear);
    jobs.reaction(Options::new(), playbooks::jobs::awaited);
    jobs.reaction(Options::new(), playbooks::jobs::go_on_all);
    jobs.reaction(Options::new(), playbooks::jobs::nightly);
    jobs.reaction(Options::new(), playbooks::jobs::look_ahead);
    jobs.reaction(Options::new(), segments::jobs::build);
    jobs
}

async fn settle(db: &Db, jobs: &Jobs) {
    while kit::jobs::run_due(db, jobs).await.unwrap() > 0 {}
}

async fn night(db: &Db, jobs: &Jobs) {
    db.write(|tx| Queue::new(&playbooks::jobs::Nightly {}).put(tx).map(drop))
        .await
        .unwrap();
    settle(db, jobs).await;
}

fn content(steps: Vec<Step>) -> Content {
    Content {
        steps,
        ..Content::default()
    }
}

fn mail(to: Recipient, subject: &str, words: &str) -> Step {
    Step::Mail {
        to,
        subject: subject.to_owned(),
        words: words.to_owned(),
    }
}

fn tag(name: &str) -> Step {
    Step::Tag {
        name: name.to_owned(),
    }
}

async fn published(db: &Db, actor: &Actor, content: Content) -> Result<Playbook, PlaybookError> {
    let actor = actor.clone();
    db.write(move |tx| {
        let one = playbooks::add(tx, &actor, "Reach out", content.clone())?;
        playbooks::publish(tx, &actor, one.id)
    })
    .await
}

async fn begin(db: &Db, actor: &Actor, one: &Playbook, account: AccountId) -> Run {
    let (actor, id) = (actor.clone(), one.id);
    db.write(move |tx| playbooks::begin(tx, &actor, id, account))
        .await
        .unwrap()
}

async fn run(db: &Db, actor: &Actor, run: &Run) -> Run {
    let (actor, id) = (actor.clone(), run.id);
    db.read(move |tx| playbooks::find_run(tx, &actor, id))
        .await
        .unwrap()
}

async fn outcomes(db: &Db, actor: &Actor, run: &Run) -> Vec<String> {
    let (actor, id) = (actor.clone(), run.id);
    let steps = db
        .read(move |tx| playbooks::steps_of(tx, &actor, id))
        .await
        .unwrap();
    steps.into_iter().map(|step| step.outcome).collect()
}

async fn mails(db: &Db, actor: &Actor, run: &Run) -> Vec<playbooks::Mailed> {
    let (actor, id) = (actor.clone(), run.id);
    db.read(move |tx| playbooks::mails_of(tx, &actor, id))
        .await
        .unwrap()
}

async fn runs(db: &Db, actor: &Actor, one: &Playbook) -> Vec<Run> {
    let (actor, id) = (actor.clone(), one.id);
    let runs = db
        .read(move |tx| playbooks::runs_of(tx, &actor, id, None, 200))
        .await
        .unwrap();
    runs.into_iter().map(|(run, _)| run).collect()
}

async fn champion(db: &Db, world: &World, name: &str) -> ContactId {
    let (ada, account, name) = (world.ada.clone(), world.account, name.to_owned());
    db.write(move |tx| {
        let text = ContactText {
            name: name.clone(),
            ..ContactText::default()
        };
        let introduction = Introduction {
            identities: Vec::new(),
            membership: Some((
                account,
                MembershipText {
                    roles: vec![ContactRole::Champion],
                    ..MembershipText::default()
                },
            )),
        };
        Ok::<_, DbError>(contacts::add(tx, &ada, &text, &introduction).unwrap().id)
    })
    .await
    .unwrap()
}

async fn field(db: &Db, actor: &Actor, kind: FieldKind, label: &str) -> Field {
    let (actor, label) = (actor.clone(), label.to_owned());
    db.write(move |tx| {
        let text = FieldText {
            label: label.clone(),
            ..FieldText::default()
        };
        fields::add(tx, &actor, &accounts::NOUN, kind, &text)
    })
    .await
    .unwrap()
}

async fn put(db: &Db, actor: &Actor, account: AccountId, field: &Field, value: Option<FieldValue>) {
    let (actor, id) = (actor.clone(), field.id);
    db.write(move |tx| {
        let wanted = [(id, value.clone())].into_iter().collect();
        fields::set(tx, &actor, &accounts::NOUN, account.into(), &wanted)
    })
    .await
    .unwrap();
}

async fn today(db: &TestDb, world: &World) -> Day {
    let workspace = world.workspace;
    db.read(move |tx| workspaces::today(tx, workspace)).await.unwrap()
}

async fn tell(db: &Db, actor: &Actor, kind: &'static Kind, account: AccountId, payload: serde_json::Value) {
    let actor = actor.clone();
    db.write(move |tx| {
        let event = NewEvent::of(kind, account)
            .topic(account)
            .payload(payload.clone());
        events::record(tx, &actor, event).map(drop)
    })
    .await
    .unwrap();
}

async fn more_accounts(db: &Db, actor: &Actor, count: usize) -> Vec<AccountId> {
    let actor = actor.clone();
    db.write(move |tx| {
        let mut made = Vec::new();
        for number in 0..count {
            let text = AccountText {
                name: format!("Account {number}"),
                ..AccountText::default()
            };
            made.push(accounts::add(tx, &actor, &text).unwrap().id);
        }
        Ok::<_, DbError>(made)
    })
    .await
    .unwrap()
}
