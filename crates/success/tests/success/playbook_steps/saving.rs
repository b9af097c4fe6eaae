//! What is checked when a playbook is saved and when it is put in force.

use std::sync::Arc;

use kit::db::{Db, DbError};
use kit::id::Ids;
use kit::outgoing::Outgoing;
use kit::seal::{Seal, SealKey};
use success::playbooks::{self, Aim, Content, Goal, OwnerOf, PlaybookError, Recipient, Side, Step, Trigger};
use success::tasks::Priority;
use tandem_core::actor::Actor;
use tandem_core::agents::{self, NewAgent};
use tandem_core::permissions::Role;
use tandem_core::webhooks::{self, WebhookText};
use testkit::on_both;

use super::{content, jobs, mail, published, tag};
use crate::world::{LISTS, World};

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
