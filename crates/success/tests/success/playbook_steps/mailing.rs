//! Mails of playbooks: to whom they go, what holds them back, and who sends them then.

use std::sync::Arc;
use std::time::Duration;

use kit::db::{Db, DbError};
use success::playbooks::{self, PlaybookError, Recipient, Run, RunState};
use success::tasks::{self, Filter, State, View};
use tandem_core::accounts;
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;
use tandem_core::assignment;
use tandem_core::contacts::{self, ContactId};
use tandem_core::correspondence::{Fate, Hindrance};
use testkit::on_both;

use super::{CARRIER, begin, champion, content, jobs, mail, mails, outcomes, published, run, settle, tag};
use crate::world::{LISTS, World};

async fn send(db: &Db, actor: &Actor, run: &Run, contact: ContactId) -> Result<Run, PlaybookError> {
    let (actor, id) = (actor.clone(), run.id);
    db.write(move |tx| playbooks::send(tx, &actor, id, contact)).await
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

async fn owned(db: &Db, world: &World) {
    let (ada, account) = (world.ada.clone(), world.account);
    let agent: Option<AgentId> = ada.agent();
    db.write(move |tx| assignment::give(tx, &ada, account, agent))
        .await
        .unwrap();
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
}
