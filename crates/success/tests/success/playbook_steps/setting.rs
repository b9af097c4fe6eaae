//! Steps that set a field or call a webhook.

use std::sync::Arc;

use kit::db::{Db, DbError};
use kit::id::Ids;
use kit::outgoing::Outgoing;
use kit::seal::{Seal, SealKey};
use success::playbooks::{self, PlaybookError, Step};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::fields::{self, Field, FieldKind, FieldValue};
use tandem_core::ladders::{self, Ladder};
use tandem_core::stages;
use tandem_core::webhooks::deliveries::{self, DeliveryState};
use tandem_core::webhooks::{self, WebhookText};
use testkit::on_both;

use super::{begin, content, field, jobs, outcomes, published, put, settle};
use crate::world::{LISTS, World};

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

on_both! { LISTS;
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
}
