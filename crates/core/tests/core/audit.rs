//! The audit trail: written with what it tells, never changed, and a break in it is found.

use kit::db::{Db, DbError};
use kit::{params, sql};
use tandem_core::actor::{Actor, Origin, Whence};
use tandem_core::agents::{self, AgentError, NewAgent};
use tandem_core::audit::{self, Act, AuditError, Break, Entry, Filter, Record, Trail};
use tandem_core::permissions::Role;
use testkit::{TestDb, on_both};

use crate::world::{LISTS, World};

async fn entries(db: &Db, actor: &Actor, filter: Filter) -> Vec<Record> {
    let actor = actor.clone();
    db.read(move |tx| audit::list(tx, &actor, &filter, None, 100))
        .await
        .unwrap()
}

async fn check(db: &Db, actor: &Actor) -> Trail {
    let workspace = actor.workspace;
    db.read(move |tx| audit::check(tx, workspace))
        .await
        .unwrap_or_else(|error: DbError| panic!("{error}"))
}

/// Writes three more entries.
async fn write(db: &Db, actor: &Actor) {
    for name in ["one", "two", "three"] {
        let actor = actor.clone();
        let done: Result<(), DbError> = db
            .write(move |tx| {
                let entry = Entry::of(Act::Exported, actor.workspace).named(name);
                audit::record(tx, &actor, entry)
            })
            .await;
        done.unwrap();
    }
}

/// What somebody does who has the database's password and takes its guard away first.
async fn unguard(db: &TestDb) {
    let dropped: Result<(), DbError> = db
        .write(|tx| {
            for guard in [
                sql! { kind: "catalogue", lite: "drop trigger audit_entries_are_not_changed", pg: "drop trigger audit_entries_are_not_changed on audit_entries" },
                sql! { kind: "catalogue", lite: "drop trigger audit_entries_are_not_removed", pg: "drop trigger audit_entries_are_not_emptied on audit_entries" },
            ] {
                tx.execute(guard, params![])?;
            }
            Ok(())
        })
        .await;
    dropped.unwrap();
}

async fn tamper(db: &Db, statement: &'static kit::db::sql::Sql, actor: &Actor) -> Result<u64, DbError> {
    let workspace = actor.workspace;
    db.write(move |tx| tx.execute(statement, params![workspace]))
        .await
}

on_both! { LISTS;
    async fn a_change_leaves_who_what_before_after_and_from_where(db: TestDb) {
        let world = World::new(&db).await;
        let origin = Origin::new(Whence {
            address: Some("203.0.113.9".to_owned()),
            user_agent: Some("Browser\n7".to_owned()),
            session: Some("ses_1".to_owned()),
            request_id: Some("abc".to_owned()),
        });
        let (ada, sam) = (world.ada.clone().from(origin), world.sam.agent().unwrap());
        db.write(move |tx| agents::change_role(tx, &ada, sam, Role::SupportLead)).await.unwrap();
        let newest = entries(&db, &world.ada, Filter::default()).await.remove(0);
        assert_eq!((newest.act.as_str(), newest.subject, newest.subject_name), ("agent.role_changed", sam.to_string(), "Sam".to_owned()));
        assert_eq!(newest.actor, world.ada.signature());
        assert_eq!((newest.before["role"].as_str(), newest.after["role"].as_str()), (Some("support_agent"), Some("support_lead")));
        assert_eq!(newest.whence.address.as_deref(), Some("203.0.113.9"));
        assert_eq!(newest.whence.user_agent.as_deref(), Some("Browser7"));
    }

    async fn what_was_not_done_leaves_no_entry(db: TestDb) {
        let world = World::new(&db).await;
        let before = entries(&db, &world.ada, Filter::default()).await.len();
        let (ada, id) = (world.ada.clone(), world.ada.agent().unwrap());
        let refused = db.write(move |tx| agents::deactivate(tx, &ada, id)).await;
        assert_eq!(refused, Err(AgentError::LastAdmin));
        let ada = world.ada.clone();
        let taken = NewAgent { name: "Sam".into(), email: "sam@example.com".into(), role: Role::Admin };
        assert!(db.write(move |tx| agents::add(tx, &ada, &taken)).await.is_err());
        assert_eq!(entries(&db, &world.ada, Filter::default()).await.len(), before);
    }

    async fn filters_find_by_actor_act_subject_and_time_and_pages_meet(db: TestDb) {
        let world = World::new(&db).await;
        db.clock.advance(std::time::Duration::from_secs(86_400));
        let noon = db.clock.now();
        write(&db, &world.sam).await;
        let found = async |filter| entries(&db, &world.ada, filter).await.len();
        assert_eq!(found(Filter { actor: Some(world.sam.agent().unwrap().to_string()), ..Filter::default() }).await, 3);
        assert_eq!(found(Filter { actor: Some("system".into()), ..Filter::default() }).await, 3);
        assert_eq!(found(Filter { act: Some(Act::Exported), ..Filter::default() }).await, 3);
        assert_eq!(found(Filter { subject: Some("TW".into()), ..Filter::default() }).await, 1);
        assert_eq!(found(Filter { subject: Some("%".into()), ..Filter::default() }).await, 0);
        assert_eq!(found(Filter { subject: Some(world.sam.agent().unwrap().to_string()), ..Filter::default() }).await, 1);
        assert_eq!(found(Filter { from: Some(noon), ..Filter::default() }).await, 3);
        assert_eq!(found(Filter { until: Some(noon), ..Filter::default() }).await, 3);
        let (reader, mut seen, mut before) = (world.ada.clone(), Vec::new(), None);
        loop {
            let reader = reader.clone();
            let page = db.read(move |tx| audit::list(tx, &reader, &Filter::default(), before, 2)).await.unwrap();
            let Some(last) = page.last() else { break };
            before = Some(last.number);
            seen.extend(page.into_iter().map(|record| record.number));
        }
        assert_eq!(seen, (1..=6).rev().collect::<Vec<_>>());
    }

    async fn only_those_with_the_permission_read_it_and_only_their_workspaces(db: TestDb) {
        let world = World::new(&db).await;
        let sam = world.sam.clone();
        let refused = db.read(move |tx| audit::list(tx, &sam, &Filter::default(), None, 9)).await;
        assert!(matches!(refused, Err(AuditError::Forbidden(_))));
        let theirs = entries(&db, &world.eve, Filter::default()).await;
        assert_eq!(theirs.iter().map(|record| record.subject_name.as_str()).collect::<Vec<_>>(), ["Eve"]);
    }

    async fn the_database_itself_keeps_entries_from_being_changed_or_removed(db: TestDb) {
        let world = World::new(&db).await;
        let before = entries(&db, &world.ada, Filter::default()).await;
        for statement in [
            sql!("update audit_entries set act = 'agent.added' where workspace_id = $1"),
            sql!("delete from audit_entries where workspace_id = $1"),
        ] {
            assert!(tamper(&db, statement, &world.ada).await.is_err());
        }
        assert_eq!(entries(&db, &world.ada, Filter::default()).await, before);
    }

    async fn an_untouched_trail_is_whole(db: TestDb) {
        let world = World::new(&db).await;
        write(&db, &world.ada).await;
        let ours = check(&db, &world.ada).await;
        assert_eq!((ours.entries, ours.broken), (6, None));
        write(&db, &world.eve).await;
        assert_eq!(check(&db, &world.ada).await, ours);
        assert_eq!(check(&db, &world.eve).await.entries, 4);
    }

    async fn an_edited_entry_is_found(db: TestDb) {
        let world = World::new(&db).await;
        unguard(&db).await;
        for (statement, number) in [
            (sql!("update audit_entries set subject_folded = 'x' where workspace_id = $1 and number = 3"), 3),
            (sql!("update audit_entries set after = '{ }' where workspace_id = $1 and number = 2"), 2),
            (sql!("update audit_entries set address = '' where workspace_id = $1 and number = 1"), 1),
        ] {
            assert_eq!(tamper(&db, statement, &world.ada).await, Ok(1));
            assert_eq!(check(&db, &world.ada).await.broken, Some(Break::Changed(number)));
        }
    }

    async fn a_removed_entry_is_found_at_the_start_in_the_middle_and_at_the_end(db: TestDb) {
        let world = World::new(&db).await;
        unguard(&db).await;
        for (statement, number) in [
            (sql!("delete from audit_entries where workspace_id = $1 and number = 3"), 3),
            (sql!("delete from audit_entries where workspace_id = $1 and number = 1"), 1),
        ] {
            assert_eq!(tamper(&db, statement, &world.ada).await, Ok(1));
            assert_eq!(check(&db, &world.ada).await.broken, Some(Break::Missing(number)));
        }
    }

    async fn a_forged_entry_is_found(db: TestDb) {
        let world = World::new(&db).await;
        let forge = sql!(
            "insert into audit_entries (workspace_id, number, actor, actor_id, act, subject, subject_name,
               subject_folded, before, after, address, user_agent, session, request_id, created_at, hash)
             select workspace_id, 4, actor, actor_id, act, subject, subject_name,
               subject_folded, before, after, address, user_agent, session, request_id, created_at, hash
             from audit_entries
             where workspace_id = $1 and number = 3"
        );
        assert_eq!(tamper(&db, forge, &world.ada).await, Ok(1));
        assert_eq!(check(&db, &world.ada).await.broken, Some(Break::Changed(4)));
    }
}
