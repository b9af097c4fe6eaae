//! Steps of playbooks that reach out, the days and segments that begin them, and what they are measured by.

use std::sync::Arc;
use std::time::Duration;

use kit::day::Day;
use kit::db::{Db, DbError};
use kit::id::Ids;
use kit::jobs::{Jobs, Options, Queue};
use kit::outgoing::Outgoing;
use kit::seal::{Seal, SealKey};
use serde_json::json;
use success::alerts::SignalKind;
use success::alerts::signals::{self, NewSignal};
use success::playbooks::effect::{self, Verdict};
use success::playbooks::{
    self, Aim, Content, Goal, OwnerOf, Playbook, PlaybookError, Recipient, Run, RunState, Side, Step, Trigger,
};
use success::tasks::{self, Filter, Priority, State, View};
use tandem_core::accounts::merging::Parts;
use tandem_core::accounts::{self, AccountId, AccountText};
use tandem_core::actor::Actor;
use tandem_core::agents::{self, AgentId, NewAgent};
use tandem_core::assignment;
use tandem_core::contacts::memberships::{ContactRole, MembershipText};
use tandem_core::contacts::{self, ContactId, ContactText, Introduction};
use tandem_core::correspondence::{Carried, Carrier, Fate, Hindrance};
use tandem_core::events::{self, Kind, NewEvent, Wiring};
use tandem_core::fields::{self, Field, FieldKind, FieldText, FieldValue};
use tandem_core::ladders::{self, Ladder};
use tandem_core::permissions::Role;
use tandem_core::segments::{self, SegmentId, SegmentText};
use tandem_core::webhooks::deliveries::{self, DeliveryState};
use tandem_core::webhooks::{self, WebhookText};
use tandem_core::{stages, subscriptions, workspaces};
use testkit::{TestDb, on_both};

use crate::world::{LISTS, World};

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

async fn send(db: &Db, actor: &Actor, run: &Run, contact: ContactId) -> Result<Run, PlaybookError> {
    let (actor, id) = (actor.clone(), run.id);
    db.write(move |tx| playbooks::send(tx, &actor, id, contact)).await
}

async fn runs(db: &Db, actor: &Actor, one: &Playbook) -> Vec<Run> {
    let (actor, id) = (actor.clone(), one.id);
    let runs = db
        .read(move |tx| playbooks::runs_of(tx, &actor, id, None, 200))
        .await
        .unwrap();
    runs.into_iter().map(|(run, _)| run).collect()
}

async fn open_tasks(db: &Db, actor: &Actor) -> usize {
    let actor = actor.clone();
    let filter = Filter {
        view: View::All,
        state: State::Open,
        account: None,
    };
    db.read(move |tx| tasks::list(tx, &actor, filter, None, 200))
        .await
        .unwrap()
        .len()
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

async fn owned(db: &Db, world: &World) {
    let (ada, account) = (world.ada.clone(), world.account);
    let agent: Option<AgentId> = ada.agent();
    db.write(move |tx| assignment::give(tx, &ada, account, agent))
        .await
        .unwrap();
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

async fn value(db: &Db, actor: &Actor, account: AccountId, field: &Field) -> Option<FieldValue> {
    use kit::id::TypedId;
    let (workspace, field) = (actor.workspace, field.clone());
    let of = db.read(move |tx| {
        fields::of_many(tx, workspace, std::slice::from_ref(&field), &[account.uuid()]).map(|all| {
            all.get(&account.uuid())
                .and_then(|values| values.get(field.id).cloned())
        })
    });
    of.await.unwrap()
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

/// Somebody who writes playbooks and sets no webhooks up.
async fn lead(db: &Db, world: &World) -> Actor {
    let new = NewAgent {
        name: "Lee".to_owned(),
        email: "lee@example.com".to_owned(),
        role: Role::SuccessLead,
    };
    let (ada, workspace) = (world.ada.clone(), world.workspace);
    let agent = db.write(move |tx| agents::add(tx, &ada, &new)).await.unwrap();
    agent.actor(workspace)
}

on_both! { LISTS;
    async fn a_mail_goes_once_to_each_of_those_with_the_role(db: TestDb) {
        let world = World::new(&db).await;
        db.attach(Arc::new(CARRIER));
        let jobs = jobs(&db);
        let (nino, oli) = (champion(&db, &world, "Nino Gela").await, champion(&db, &world, "Oli").await);
        let steps = vec![
            mail(Recipient::Champion, "Hello", "Dear {{ contact.first_name }}, {{ account.name }} {{ owner.name | default(\"we\") }}"),
            tag("written"),
        ];
        let one = published(&db, &world.ada, content(steps)).await.unwrap();
        let begun = begin(&db, &world.ada, &one, world.account).await;
        settle(&db, &jobs).await;
        assert_eq!(run(&db, &world.ada, &begun).await.state, RunState::Finished);
        let mails = mails(&db, &world.ada, &begun).await;
        let mut to: Vec<ContactId> = mails.iter().map(|mail| mail.contact).collect();
        to.sort_unstable();
        let mut both = [nino, oli];
        both.sort_unstable();
        assert_eq!(to, both, "Leyla has no role there");
        assert!(mails.iter().all(|mail| mail.outcome == "written" && mail.fate == Some(Fate::Sent)));
        assert_eq!(outcomes(&db, &world.ada, &begun).await, ["done", "done"]);
        assert_eq!(open_tasks(&db, &world.ada).await, 0);
    }

    async fn what_is_missing_waits_for_a_person_who_can_send_it_then(db: TestDb) {
        let world = World::new(&db).await;
        db.attach(Arc::new(CARRIER));
        let jobs = jobs(&db);
        let nino = champion(&db, &world, "Nino").await;
        let steps = vec![mail(Recipient::Champion, "Hello", "Yours, {{ owner.name }}"), tag("written")];
        let one = published(&db, &world.ada, content(steps)).await.unwrap();
        let begun = begin(&db, &world.ada, &one, world.account).await;
        settle(&db, &jobs).await;
        let waiting = run(&db, &world.ada, &begun).await;
        assert_eq!((waiting.step, waiting.waits_for.starts_with("tsk_")), (0, true));
        assert_eq!(mails(&db, &world.ada, &begun).await[0].outcome, "missing");
        assert_eq!(open_tasks(&db, &world.ada).await, 1);
        let missing = send(&db, &world.ada, &begun, nino).await;
        assert!(matches!(missing, Err(PlaybookError::Missing(names)) if names == ["owner.name"]));
        owned(&db, &world).await;
        db.clock.advance(Duration::from_secs(60));
        // Eve of another workspace reaches nothing, and nobody who is not there is written to.
        assert!(matches!(send(&db, &world.eve, &begun, nino).await, Err(PlaybookError::UnknownRun)));
        let stranger: ContactId = "con_01k0000000000000000000000z".parse().unwrap();
        assert!(matches!(send(&db, &world.ada, &begun, stranger).await, Err(PlaybookError::UnknownContact)));
        send(&db, &world.ada, &begun, nino).await.unwrap();
        settle(&db, &jobs).await;
        assert_eq!(run(&db, &world.ada, &begun).await.state, RunState::Finished);
        assert_eq!(mails(&db, &world.ada, &begun).await[0].outcome, "written");
        assert_eq!((outcomes(&db, &world.ada, &begun).await, open_tasks(&db, &world.ada).await), (vec!["done".to_owned(), "done".to_owned()], 0));
        assert!(matches!(send(&db, &world.ada, &begun, nino).await, Err(PlaybookError::NotWaiting)));
    }

    async fn who_is_done_with_the_task_without_sending_has_left_it(db: TestDb) {
        let world = World::new(&db).await;
        db.attach(Arc::new(CARRIER));
        let jobs = jobs(&db);
        champion(&db, &world, "Nino").await;
        // With this name the mail is too long: it waits, and the other one is out already.
        champion(&db, &world, &"n".repeat(200)).await;
        let steps = vec![mail(Recipient::Champion, "Hello", &"{{contact.name}}".repeat(260))];
        let one = published(&db, &world.ada, content(steps)).await.unwrap();
        let begun = begin(&db, &world.ada, &one, world.account).await;
        settle(&db, &jobs).await;
        let mut sent: Vec<String> = mails(&db, &world.ada, &begun).await.into_iter().map(|one| one.outcome).collect();
        sent.sort();
        assert_eq!(sent, ["missing", "written"]);
        db.clock.advance(Duration::from_secs(60));
        let waiting = run(&db, &world.ada, &begun).await;
        let (ada, id) = (world.ada.clone(), waiting.waits_for.parse().unwrap());
        db.write(move |tx| tasks::change(tx, &ada, (id, None), &[(tasks::Field::State, "done".to_owned())])).await.unwrap();
        settle(&db, &jobs).await;
        assert_eq!(outcomes(&db, &world.ada, &begun).await, ["left"]);
    }

    async fn whom_a_person_chooses_gets_it_and_without_a_mailbox_nobody_does(db: TestDb) {
        let world = World::new(&db).await;
        let jobs = jobs(&db);
        let steps = vec![mail(Recipient::Chosen, "Hello", "Dear {{ contact.name }}"), tag("written")];
        let one = published(&db, &world.ada, content(steps)).await.unwrap();
        let begun = begin(&db, &world.ada, &one, world.account).await;
        settle(&db, &jobs).await;
        assert_eq!(open_tasks(&db, &world.ada).await, 1);
        let hindered = send(&db, &world.ada, &begun, world.contact).await;
        assert!(matches!(hindered, Err(PlaybookError::Hindered(Hindrance::NoWay))));
        db.attach(Arc::new(CARRIER));
        send(&db, &world.ada, &begun, world.contact).await.unwrap();
        settle(&db, &jobs).await;
        assert_eq!(run(&db, &world.ada, &begun).await.state, RunState::Finished);
        // Who is forgotten is forgotten here too.
        let (ada, contact) = (world.ada.clone(), world.contact);
        let exported = db.write(move |tx| {
            let exported = (playbooks::HOLDS.export)(tx, &ada, contact)?.len();
            (playbooks::HOLDS.forget)(tx, &ada, contact)?;
            Ok::<_, DbError>(exported)
        }).await.unwrap();
        assert_eq!((exported, mails(&db, &world.ada, &begun).await.len()), (1, 0));
    }

    async fn a_step_that_can_not_be_is_named_when_it_is_saved(db: TestDb) {
        let world = World::new(&db).await;
        let add = |content: Content| {
            let (ada, db) = (world.ada.clone(), db.db.clone());
            async move { published(&db, &ada, content).await.unwrap_err() }
        };
        let wrong = content(vec![tag("one"), mail(Recipient::Champion, "Hello", "Dear {{ contact.fist_name }}")]);
        assert!(matches!(add(wrong).await, PlaybookError::UnknownVariable(2, name) if name == "contact.fist_name"));
        let task = Step::Task {
            title: "Call {{ contact.name }}".to_owned(),
            words: String::new(),
            owner: OwnerOf::Account,
            due_in: 1,
            priority: Priority::Normal,
        };
        assert!(matches!(add(content(vec![task])).await, PlaybookError::UnknownVariable(1, _)), "a task is to nobody");
        let set = |field: &str, value: &str| content(vec![Step::Set { field: field.to_owned(), value: value.to_owned() }]);
        assert!(matches!(add(set("stage", "")).await, PlaybookError::BadStep(1)));
        assert!(matches!(add(set("colour", "red")).await, PlaybookError::BadStep(1)));
        let gone = Step::Webhook { webhook: "whk_01k0000000000000000000000z".to_owned(), name: "x".to_owned() };
        assert!(matches!(add(content(vec![gone])).await, PlaybookError::BadStep(1)));
        let day = |date: &str, side| Content {
            trigger: Trigger::Date { date: date.to_owned(), days: 3, side },
            ..content(vec![tag("one")])
        };
        assert!(matches!(add(day("added", Side::Before)).await, PlaybookError::BadTrigger));
        assert!(matches!(add(day("fld_01k0000000000000000000000z", Side::After)).await, PlaybookError::BadTrigger));
        let goal = Content { goal: Goal { aim: Aim::Score { points: 0 }, days: 30 }, ..content(vec![tag("one")]) };
        assert!(matches!(add(goal).await, PlaybookError::BadGoal));
    }

    async fn a_field_is_set_and_can_be_taken_back_while_it_stands(db: TestDb) {
        let world = World::new(&db).await;
        let jobs = jobs(&db);
        let plan = field(&db, &world.ada, FieldKind::Text, "Plan").await;
        put(&db, &world.ada, world.account, &plan, Some(FieldValue::Words("Small".to_owned()))).await;
        let (ada, workspace, account) = (world.ada.clone(), world.workspace, world.account);
        let rungs = db.write(move |tx| {
            ladders::begin(tx, &ada, Ladder::Stages, &kit::i18n::Text::default()).unwrap();
            let rungs = ladders::open(tx, workspace, Ladder::Stages)?;
            stages::set(tx, &ada, account, rungs[0].id).unwrap();
            Ok::<_, DbError>(rungs)
        }).await.unwrap();
        let steps = vec![
            Step::Set { field: plan.id.to_string(), value: "Large".to_owned() },
            Step::Set { field: "stage".to_owned(), value: rungs[1].id.to_string() },
        ];
        let one = published(&db, &world.ada, content(steps)).await.unwrap();
        let begun = begin(&db, &world.ada, &one, world.account).await;
        settle(&db, &jobs).await;
        assert_eq!(value(&db, &world.ada, world.account, &plan).await, Some(FieldValue::Words("Large".to_owned())));
        let (ada, id) = (world.ada.clone(), begun.id);
        let steps = db.read(move |tx| playbooks::steps_of(tx, &ada, id)).await.unwrap();
        let change = steps[0].change.clone().unwrap();
        assert_eq!((change.before.as_str(), change.after.as_str()), ("Small", "Large"));
        let back = |actor: &Actor, number: i64| {
            let (actor, db) = (actor.clone(), db.db.clone());
            async move { db.write(move |tx| playbooks::take_back(tx, &actor, id, number)).await }
        };
        for _ in 0..2 {
            back(&world.ada, 0).await.unwrap();
        }
        assert_eq!(value(&db, &world.ada, world.account, &plan).await, Some(FieldValue::Words("Small".to_owned())));
        assert_eq!(outcomes(&db, &world.ada, &begun).await, ["undone", "done"]);
        let (ada, other) = (world.ada.clone(), rungs[2].id);
        db.write(move |tx| stages::set(tx, &ada, account, other)).await.unwrap();
        assert!(matches!(back(&world.ada, 1).await, Err(PlaybookError::ChangedSince)));
        assert!(matches!(back(&world.eve, 1).await, Err(PlaybookError::UnknownRun)));
    }

    async fn a_webhook_is_called_whatever_else_it_wants_to_hear(db: TestDb) {
        let world = World::new(&db).await;
        let jobs = jobs(&db);
        db.attach(Arc::new(Seal::new(&[SealKey::new(&Ids::seeded(5))]).unwrap()));
        db.attach(Arc::new(Outgoing::new(Arc::new(|_| false)).unwrap()));
        let ada = world.ada.clone();
        let webhook = db.write(move |tx| {
            let text = WebhookText {
                name: "Chat".to_owned(),
                url: "https://hooks.example.com/tandem".to_owned(),
                kinds: vec!["account.reopened".to_owned()],
            };
            Ok::<_, DbError>(webhooks::add(tx, &ada, &text).unwrap().0)
        }).await.unwrap();
        let call = Step::Webhook { webhook: webhook.id.to_string(), name: "look".to_owned() };
        let one = published(&db, &world.ada, content(vec![call])).await.unwrap();
        let begun = begin(&db, &world.ada, &one, world.account).await;
        settle(&db, &jobs).await;
        let (ada, id, workspace) = (world.ada.clone(), begun.id, world.workspace);
        let (state, body) = db.read(move |tx| {
            let subject = playbooks::steps_of(tx, &ada, id).unwrap()[0].subject.clone();
            let delivery = subject.parse().unwrap();
            let state = deliveries::standing(tx, workspace, delivery)?;
            let (delivery, _) = deliveries::find(tx, &ada, delivery).unwrap();
            Ok::<_, DbError>((state, delivery.body))
        }).await.unwrap();
        assert_eq!(state, Some(DeliveryState::Waiting));
        assert!(body.contains("playbook.webhook_called") && body.contains("\"look\""), "{body}");
        let ada = world.ada.clone();
        db.write(move |tx| webhooks::remove(tx, &ada, webhook.id)).await.unwrap();
        let again = begin(&db, &world.ada, &one, world.account).await;
        settle(&db, &jobs).await;
        assert_eq!(outcomes(&db, &world.ada, &again).await, ["failed"]);
    }

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

    async fn a_mail_that_would_say_nothing_waits_for_a_person(db: TestDb) {
        let world = World::new(&db).await;
        db.attach(Arc::new(CARRIER));
        let jobs = jobs(&db);
        let nino = champion(&db, &world, "Nino").await;
        let steps = vec![mail(Recipient::Champion, "{{ owner.name | default(\"\") }}", "{{ owner.name | default(\" \") }}")];
        let one = published(&db, &world.ada, content(steps)).await.unwrap();
        let begun = begin(&db, &world.ada, &one, world.account).await;
        settle(&db, &jobs).await;
        assert_eq!(run(&db, &world.ada, &begun).await.state, RunState::Running);
        assert_eq!((mails(&db, &world.ada, &begun).await[0].outcome.as_str(), open_tasks(&db, &world.ada).await), ("missing", 1));
        let missing = send(&db, &world.ada, &begun, nino).await;
        assert!(matches!(missing, Err(PlaybookError::Missing(parts)) if parts == ["subject", "words"]));
        owned(&db, &world).await;
        send(&db, &world.ada, &begun, nino).await.unwrap();
    }

    async fn what_stands_still_sends_nothing(db: TestDb) {
        let world = World::new(&db).await;
        db.attach(Arc::new(CARRIER));
        let jobs = jobs(&db);
        let steps = vec![mail(Recipient::Chosen, "Hello", "Dear {{ contact.name }}")];
        let one = published(&db, &world.ada, content(steps)).await.unwrap();
        let begun = begin(&db, &world.ada, &one, world.account).await;
        settle(&db, &jobs).await;
        let (id, account) = (one.id, world.account);
        let ada = world.ada.clone();
        db.write(move |tx| playbooks::pause(tx, &ada, id)).await.unwrap();
        assert!(matches!(send(&db, &world.ada, &begun, world.contact).await, Err(PlaybookError::NotWaiting)));
        let ada = world.ada.clone();
        db.write(move |tx| playbooks::remove(tx, &ada, id)).await.unwrap();
        assert!(matches!(send(&db, &world.ada, &begun, world.contact).await, Err(PlaybookError::NotWaiting)));
        let ada = world.ada.clone();
        db.write(move |tx| {
            playbooks::restore(tx, &ada, id)?;
            playbooks::publish(tx, &ada, id)
        }).await.unwrap();
        let ada = world.ada.clone();
        db.write(move |tx| accounts::close(tx, &ada, account)).await.unwrap();
        assert!(matches!(send(&db, &world.ada, &begun, world.contact).await, Err(PlaybookError::NotWaiting)));
        let ada = world.ada.clone();
        db.write(move |tx| accounts::reopen(tx, &ada, account)).await.unwrap();
        send(&db, &world.ada, &begun, world.contact).await.unwrap();
    }

    async fn two_who_turn_out_to_be_one_are_written_to_once(db: TestDb) {
        let world = World::new(&db).await;
        db.attach(Arc::new(CARRIER));
        let jobs = jobs(&db);
        let (nino, oli) = (champion(&db, &world, "Nino").await, champion(&db, &world, "Oli").await);
        let steps = vec![mail(Recipient::Chosen, "Hello", "Dear {{ contact.name }}")];
        let one = published(&db, &world.ada, content(steps)).await.unwrap();
        let begun = begin(&db, &world.ada, &one, world.account).await;
        settle(&db, &jobs).await;
        send(&db, &world.ada, &begun, oli).await.unwrap();
        let ada = world.ada.clone();
        db.write(move |tx| contacts::merging::merge(tx, &ada, nino, oli)).await.unwrap();
        send(&db, &world.ada, &begun, nino).await.unwrap();
        let mails = mails(&db, &world.ada, &begun).await;
        assert_eq!((mails.len(), mails[0].contact), (1, oli));
    }

    async fn whoever_puts_a_step_in_force_may_do_what_it_does(db: TestDb) {
        let world = World::new(&db).await;
        let _jobs = jobs(&db);
        db.attach(Arc::new(Seal::new(&[SealKey::new(&Ids::seeded(5))]).unwrap()));
        db.attach(Arc::new(Outgoing::new(Arc::new(|_| false)).unwrap()));
        let lead = lead(&db, &world).await;
        let ada = world.ada.clone();
        let webhook = db.write(move |tx| {
            let text = WebhookText {
                name: "Chat".to_owned(),
                url: "https://hooks.example.com/tandem".to_owned(),
                kinds: vec!["account.reopened".to_owned()],
            };
            Ok::<_, DbError>(webhooks::add(tx, &ada, &text).unwrap().0)
        }).await.unwrap();
        let call = Step::Webhook { webhook: webhook.id.to_string(), name: "look".to_owned() };
        let calls = content(vec![call.clone(), tag("called")]);
        let (ada, first) = (world.ada.clone(), calls.clone());
        let one = db.write(move |tx| playbooks::add(tx, &ada, "Call", first.clone())).await.unwrap();
        let publish = |actor: &Actor| {
            let (actor, id, db) = (actor.clone(), one.id, db.db.clone());
            async move { db.write(move |tx| playbooks::publish(tx, &actor, id)).await }
        };
        let change = |actor: &Actor, version: i64, content: Content| {
            let (actor, id, db) = (actor.clone(), one.id, db.db.clone());
            async move { db.write(move |tx| playbooks::change(tx, &actor, (id, version), "Call", content.clone())).await }
        };
        assert!(matches!(publish(&lead).await, Err(PlaybookError::Forbidden(_))), "somebody else's draft");
        publish(&world.ada).await.unwrap();
        // What is in force stays while it is for the same accounts.
        change(&lead, 1, content(vec![call.clone(), tag("told")])).await.unwrap();
        publish(&lead).await.unwrap();
        let often = Content { trigger: Trigger::Event { event: "account.reopened".to_owned() }, ..calls.clone() };
        assert!(matches!(change(&lead, 2, often).await, Err(PlaybookError::Forbidden(_))));
        let later = Content { trigger: Trigger::Event { event: "account.reopened".to_owned() }, ..content(vec![tag("told")]) };
        change(&lead, 2, later).await.unwrap();
        publish(&lead).await.unwrap();
        let (actor, id) = (lead.clone(), one.id);
        let back = db.write(move |tx| playbooks::roll_back(tx, &actor, id, 1)).await;
        assert!(matches!(back, Err(PlaybookError::Forbidden(_))));
    }
}
