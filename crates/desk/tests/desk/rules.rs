//! Which tickets have which own fields, and what is filled in before an agent solves one.

use std::collections::BTreeMap;

use desk::bulk::{self, Chosen, NewBulk};
use desk::tickets::details::rules::{self, Layout, Rule, RuleError};
use desk::tickets::extras::Extras;
use desk::tickets::listing::View;
use desk::tickets::nouns::NOUN;
use desk::tickets::{self, Field, Kind, MessageKind, NewMessage, Status, TicketError, TicketId};
use kit::db::Db;
use tandem_core::actor::Actor;
use tandem_core::fields::conditions::Condition;
use tandem_core::fields::{self, FieldId, FieldKind, FieldText, FieldValue};
use testkit::on_both;

use crate::tickets::{asked, change, open, says, write};
use crate::world::{LISTS, World};

async fn field(db: &Db, actor: &Actor, kind: FieldKind, label: &str) -> FieldId {
    let text = FieldText {
        label: label.to_owned(),
        ..FieldText::default()
    };
    let actor = actor.clone();
    let added = db.write(move |tx| fields::add(tx, &actor, &NOUN, kind, &text));
    added.await.unwrap().id
}

async fn rule(db: &Db, actor: &Actor, id: FieldId, rule: Rule) -> Result<Rule, RuleError> {
    let actor = actor.clone();
    let set = db.write(move |tx| rules::set(tx, &actor, id, &rule));
    set.await.map(|(_, rule)| rule)
}

async fn fill(db: &Db, actor: &Actor, ticket: TicketId, id: FieldId, value: FieldValue) {
    let (actor, values) = (actor.clone(), BTreeMap::from([(id, Some(value))]));
    let filled = db.write(move |tx| fields::set(tx, &actor, &NOUN, ticket.into(), &values));
    filled.await.unwrap();
}

fn before_solving(kinds: &[Kind]) -> Rule {
    Rule {
        kinds: kinds.to_vec(),
        is_before_solving: true,
        ..Rule::default()
    }
}

fn unanswered(labels: &[(&str, &str)]) -> TicketError {
    let named = labels
        .iter()
        .map(|(key, label)| ((*key).to_owned(), (*label).to_owned()));
    TicketError::Unanswered(named.collect())
}

fn solving() -> NewMessage {
    NewMessage {
        then: Some(Status::Solved.into()),
        ..says(MessageKind::Reply, "It works again.")
    }
}

on_both! { LISTS;
    async fn an_agent_solves_when_everything_is_filled_in_that_the_kind_asks_for(db: TestDb) {
        let world = World::new(&db).await;
        let cause = field(&db, &world.ada, FieldKind::Text, "Cause").await;
        rule(&db, &world.ada, cause, before_solving(&[Kind::Problem])).await.unwrap();
        let question = open(&db, &world.sam, asked(&world)).await.unwrap().id;
        change(&db, &world.sam, question, Field::Status, "solved").await.unwrap();

        let problem = open(&db, &world.sam, asked(&world)).await.unwrap().id;
        change(&db, &world.sam, problem, Field::Kind, "problem").await.unwrap();
        let missing = unanswered(&[("cause", "Cause")]);
        let refused = change(&db, &world.sam, problem, Field::Status, "solved").await.unwrap_err();
        assert_eq!(refused, missing);
        let refused = write(&db, &world.sam, problem, solving()).await.unwrap_err();
        assert_eq!(refused, missing);
        let many = NewBulk {
            view: View::Open,
            chosen: Chosen::These(vec![problem]),
            changes: vec![(Field::Status, "solved".to_owned())],
            extras: Extras::default(),
            merge_into: None,
            answer: None,
        };
        let sam = world.sam.clone();
        let done = db.write(move |tx| bulk::begin(tx, &sam, &many)).await.unwrap();
        assert_eq!((done.changed, done.refused), (0, 1));
        let (sam, id) = (world.sam.clone(), done.id);
        let left = db.read(move |tx| bulk::troubles(tx, &sam, id, 9)).await.unwrap();
        assert_eq!(left[0].about.as_deref(), Some("Cause"), "the field is named");

        fill(&db, &world.sam, problem, cause, FieldValue::Words("A full disk".to_owned())).await;
        let (solved, _) = write(&db, &world.sam, problem, solving()).await.unwrap();
        assert_eq!(solved.status, Status::Solved);
    }

    async fn what_is_solved_by_itself_is_not_stopped(db: TestDb) {
        let world = World::new(&db).await;
        let cause = field(&db, &world.ada, FieldKind::Text, "Cause").await;
        rule(&db, &world.ada, cause, before_solving(&[])).await.unwrap();
        let id = open(&db, &world.sam, asked(&world)).await.unwrap().id;
        let program = Actor::system(world.workspace, "rules");
        let (solved, _) = change(&db, &program, id, Field::Status, "solved").await.unwrap();
        assert_eq!(solved.status, Status::Solved);
        // What an agent did to an open ticket is taken back whatever stands in its fields.
        let (_, changes) = change(&db, &world.sam, id, Field::Status, "open").await.unwrap();
        let (sam, back) = (world.sam.clone(), changes[0].id);
        let (again, _) = db.write(move |tx| tickets::undo(tx, &sam, back)).await.unwrap();
        assert_eq!(again.status, Status::Solved);
    }

    async fn a_field_that_depends_on_another_is_asked_for_where_that_has_the_value(db: TestDb) {
        let world = World::new(&db).await;
        let is_bug = field(&db, &world.ada, FieldKind::YesNo, "Is it a bug").await;
        let number = field(&db, &world.ada, FieldKind::Text, "Bug number").await;
        let on = |field, value: &str| Some(Condition { field, value: value.to_owned() });
        let when_bug = Rule { when: on(is_bug, "yes"), ..before_solving(&[]) };
        rule(&db, &world.ada, number, when_bug.clone()).await.unwrap();
        let id = open(&db, &world.sam, asked(&world)).await.unwrap().id;
        fill(&db, &world.sam, id, is_bug, FieldValue::Flag(true)).await;
        let refused = change(&db, &world.sam, id, Field::Status, "solved").await.unwrap_err();
        assert_eq!(refused, unanswered(&[("bug_number", "Bug number")]));
        fill(&db, &world.sam, id, is_bug, FieldValue::Flag(false)).await;
        change(&db, &world.sam, id, Field::Status, "solved").await.unwrap();

        let circle = Rule { when: on(number, "yes"), ..Rule::default() };
        assert_eq!(rule(&db, &world.ada, is_bug, circle).await, Err(RuleError::BadCondition));
        let other = Rule { when: on(is_bug, "perhaps"), version: 1, ..Rule::default() };
        assert_eq!(rule(&db, &world.ada, number, other).await, Err(RuleError::BadCondition));
        let stale = rule(&db, &world.ada, number, Rule::default()).await.unwrap_err();
        assert!(matches!(stale, RuleError::Stale(now) if now.version == 1));
    }

    async fn who_does_not_set_fields_up_sets_no_rule_and_another_workspace_sees_none(db: TestDb) {
        let world = World::new(&db).await;
        let cause = field(&db, &world.ada, FieldKind::Text, "Cause").await;
        let refused = rule(&db, &world.sam, cause, before_solving(&[])).await.unwrap_err();
        assert!(matches!(refused, RuleError::Forbidden(_)));
        let refused = rule(&db, &world.eve, cause, before_solving(&[])).await.unwrap_err();
        assert_eq!(refused, RuleError::Unknown);
        rule(&db, &world.ada, cause, before_solving(&[Kind::Billing])).await.unwrap();
        let other = world.eve.workspace;
        let theirs = db.read(move |tx| Layout::read(tx, other)).await.unwrap();
        assert!(theirs.fields().is_empty());
    }
}
