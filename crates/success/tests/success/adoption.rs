//! Adoption: which features accounts use, counted from what came in, wherever it is put down to since.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::{Db, DbError};
use kit::id::{TypedId, Uuid};
use kit::jobs::{Jobs, Options, Queue};
use success::usage::adoption::jobs::{self, Turn, adopt_all};
use success::usage::adoption::{
    self, Adoption, AdoptionError, FeatureCall, Filter, Found, Mark, Place, Use, Users, Wanted, Whose, Window,
};
use success::usage::folding::{FeatureId, fold};
use success::usage::sources::Gate;
use success::usage::{account, contact, people};
use tandem_core::accounts::merging::{self, Parts};
use tandem_core::accounts::{self, AccountId, AccountText, external_ids};
use tandem_core::actor::Actor;
use tandem_core::agents::{self, NewAgent};
use tandem_core::assignment;
use tandem_core::contacts::identities::{self, NewIdentity};
use tandem_core::permissions::{Permission, Role};
use tandem_core::roles::{self, RoleText};
use tandem_core::segments::SegmentId;
use testkit::on_both;

use crate::taking::{gate, send};
use crate::world::{LISTS, World};

const DAY: i64 = 86_400_000_000;

/// An account that the product calls by its id here.
async fn account(db: &Db, world: &World, name: &'static str) -> AccountId {
    let ada = world.ada.clone();
    db.write(move |tx| {
        let text = AccountText {
            name: name.to_owned(),
            ..AccountText::default()
        };
        Ok::<_, DbError>(accounts::add(tx, &ada, &text).unwrap().id)
    })
    .await
    .unwrap()
}

/// Somebody of a group did something so many days ago.
async fn done(db: &Db, gate: &Gate, (who, group): (&str, &str), what: &str, ago: i64) {
    let at = Timestamp(db.clock().now().0 - ago * DAY).calendar().unwrap();
    static SENT: AtomicU32 = AtomicU32::new(0);
    let id = SENT.fetch_add(1, Ordering::Relaxed);
    let text = format!(
        r#"{{{what},"messageId":"m-{id}","userId":"{who}","context":{{"groupId":"{group}"}},"timestamp":"{at}"}}"#
    );
    assert_eq!(send(db, gate, &[&text]).await.accepted, 1, "{text}");
}

fn track(event: &str) -> String {
    format!(r#""type":"track","event":"{event}""#)
}

async fn counted(db: &Db, world: &World) {
    fold(db).await.unwrap();
    adopt_all(db, world.workspace).await.unwrap();
}

async fn list(db: &Db, actor: &Actor, wanted: Wanted) -> Result<Found, AdoptionError> {
    let actor = actor.clone();
    db.read(move |tx| adoption::list(tx, &actor, &wanted, None, 99))
        .await
}

async fn all(db: &Db, world: &World) -> Vec<Adoption> {
    list(db, &world.ada, Wanted::default()).await.unwrap().lines
}

async fn feature(db: &Db, world: &World, name: &'static str) -> FeatureId {
    let ada = world.ada.clone();
    let found = db.read(move |tx| adoption::called(tx, &ada, (FeatureCall::Track, name)));
    found.await.unwrap().expect(name)
}

async fn users(
    db: &Db,
    actor: &Actor,
    (feature, whose): (FeatureId, Whose),
    after: Option<Place>,
) -> Result<Vec<Use>, AdoptionError> {
    let actor = actor.clone();
    let asked = Users {
        feature,
        whose,
        window: Window::Month,
        filter: Filter::default(),
    };
    db.read(move |tx| adoption::users(tx, &actor, asked, after.as_ref(), 2))
        .await
}

async fn names(db: &Db, world: &World, feature: FeatureId, whose: Whose) -> Vec<String> {
    let found = users(db, &world.ada, (feature, whose), None).await.unwrap();
    found.into_iter().map(|one| one.name).collect()
}

/// An agent who may do this alone.
async fn hired(db: &Db, world: &World, permissions: &'static [Permission]) -> Actor {
    let system = Actor::system(world.workspace, "tests");
    let workspace = world.workspace;
    let agent = db.write(move |tx| {
        let text = RoleText {
            name: format!("Role {}", permissions.len()),
            permissions: permissions.iter().copied().collect(),
        };
        let role = roles::add(tx, &system, &text).unwrap();
        let new = NewAgent {
            name: "Hired".to_owned(),
            email: format!("hired{}@example.com", permissions.len()),
            role: Role::Custom(role.id),
        };
        Ok::<_, DbError>(agents::add(tx, &system, &new).unwrap())
    });
    agent.await.unwrap().actor(workspace)
}

on_both! { LISTS;
    async fn what_came_in_is_counted_once_and_a_page_is_no_event(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        let acme = world.account.to_string();
        for who in ["u-1", "u-1", "u-2"] {
            done(&db, &gate, (who, &acme), &track("Pricing"), 0).await;
        }
        done(&db, &gate, ("u-2", &acme), r#""type":"page","name":"Pricing""#, 0).await;
        fold(&db).await.unwrap();
        let before = list(&db, &world.ada, Wanted::default()).await.unwrap();
        assert!(before.has_any && before.counted_at.is_none() && before.lines.iter().all(|one| one.figures.accounts == 0));
        counted(&db, &world).await;
        let found = list(&db, &world.ada, Wanted::default()).await.unwrap();
        assert_eq!((found.active, found.counted_at), (1, Some(db.clock().now())));
        let figures = |call: FeatureCall| {
            let one = found.lines.iter().find(|one| one.feature.call == call).unwrap();
            (one.figures.accounts, one.figures.people, one.figures.events, one.weeks.last().copied())
        };
        assert_eq!(figures(FeatureCall::Track), (1, 2, 3, Some(1)));
        assert_eq!(figures(FeatureCall::Page), (1, 1, 1, Some(1)));
        counted(&db, &world).await;
        assert_eq!(list(&db, &world.ada, Wanted::default()).await.unwrap(), found, "nothing came since");
        let (ada, id) = (world.ada.clone(), world.account);
        let today = kit::day::Day::of(db.clock().now(), &jiff::tz::TimeZone::UTC);
        let taken = db.read(move |tx| account::taken(tx, &ada, id, (today, Window::Month))).await.unwrap();
        let taken: Vec<_> = taken.iter().map(|one| (one.feature.call, one.people, one.share, one.events)).collect();
        assert_eq!(taken, [(FeatureCall::Track, 2, 1.0, 3), (FeatureCall::Page, 1, 0.5, 1)]);
    }

    async fn what_turns_out_to_be_another_accounts_is_counted_there(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        let beta = account(&db, &world, "Beta").await;
        done(&db, &gate, ("u-1", "north"), &track("Report opened"), 1).await;
        counted(&db, &world).await;
        let report = feature(&db, &world, "Report opened").await;
        assert_eq!(all(&db, &world).await[0].figures.accounts, 0, "nobody knows whose it is");
        for (id, name) in [(world.account, "Acme"), (beta, "Beta")] {
            let (ada, workspace, both) = (world.ada.clone(), world.workspace, [world.account, beta]);
            db.write(move |tx| {
                for one in both {
                    for known in external_ids::of(tx, &ada, one).unwrap() {
                        external_ids::remove(tx, &ada, known.id).unwrap();
                    }
                }
                external_ids::add(tx, &ada, id, "usage", "north").unwrap();
                for one in both {
                    people::follow_account(tx, workspace, one)?;
                }
                Ok::<_, DbError>(())
            })
            .await
            .unwrap();
            counted(&db, &world).await;
            assert_eq!(all(&db, &world).await[0].figures.accounts, 1);
            assert_eq!(names(&db, &world, report, Whose::Used).await, [name]);
        }
    }

    async fn what_is_new_and_what_dropped_stands_out_and_moves_with_the_days(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        let beta = account(&db, &world, "Beta").await.to_string();
        let acme = world.account.to_string();
        done(&db, &gate, ("u-1", &acme), &track("Old"), 40).await;
        done(&db, &gate, ("u-1", &acme), &track("Fresh"), 2).await;
        done(&db, &gate, ("u-2", &beta), &track("Steady"), 40).await;
        done(&db, &gate, ("u-2", &beta), &track("Steady"), 3).await;
        counted(&db, &world).await;
        let marks = async |mark: Mark| {
            let wanted = Wanted { mark: Some(mark), ..Wanted::default() };
            let found = list(&db, &world.ada, wanted).await.unwrap().lines;
            found.into_iter().map(|one| one.feature.name).collect::<Vec<_>>()
        };
        assert_eq!(marks(Mark::New).await, ["Fresh"]);
        assert_eq!(marks(Mark::Dropped).await, ["Old"]);
        let old = feature(&db, &world, "Old").await;
        assert!(names(&db, &world, old, Whose::Used).await.is_empty());
        assert_eq!(names(&db, &world, old, Whose::Stopped).await, ["Acme"]);
        assert_eq!(names(&db, &world, old, Whose::Never).await, ["Beta"]);
        let wide = Wanted { window: Window::Quarter, ..Wanted::default() };
        let wide = list(&db, &world.ada, wide).await.unwrap();
        assert!(wide.lines.iter().all(|one| one.figures.accounts == 1 && !one.figures.is_dropped()));

        // Nothing comes, and a month goes by.
        db.clock().advance(Duration::from_secs(31 * 86_400));
        let mut registry = Jobs::new();
        registry.errand(Options::new().limit(1), jobs::adopt);
        registry.reaction(Options::new(), jobs::turn);
        db.write(|tx| Queue::new(&Turn {}).put(tx).map(drop)).await.unwrap();
        while kit::jobs::run_due(&db, &registry).await.unwrap() > 0 {}
        assert!(marks(Mark::New).await.is_empty());
        let mut dropped = marks(Mark::Dropped).await;
        dropped.sort();
        assert_eq!(dropped, ["Fresh", "Steady"]);
    }

    async fn lists_go_by_owner_and_name_and_part_by_part(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        let (beta, gamma) = (account(&db, &world, "Beta").await, account(&db, &world, "Gamma").await);
        for (number, id) in [world.account, beta, gamma].into_iter().enumerate() {
            for _ in 0..=number {
                done(&db, &gate, ("u-1", &id.to_string()), &track("Report opened"), 0).await;
            }
        }
        done(&db, &gate, ("u-2", &beta.to_string()), &track("Export made"), 0).await;
        counted(&db, &world).await;
        let (ada, me) = (world.ada.clone(), world.ada.agent().unwrap());
        db.write(move |tx| assignment::give(tx, &ada, beta, Some(me))).await.unwrap();
        let mine = |owner| Wanted { filter: Filter { owner, ..Filter::default() }, ..Wanted::default() };
        let found = list(&db, &world.ada, mine(Some(me))).await.unwrap();
        let told: Vec<_> = found.lines.iter().map(|one| (one.feature.name.as_str(), one.figures.accounts, one.weeks.last().copied())).collect();
        assert_eq!((found.active, told), (1, vec![("Export made", 1, Some(1)), ("Report opened", 1, Some(1))]));
        let nobodys = list(&db, &world.ada, mine(world.sam.agent())).await.unwrap();
        assert!(nobodys.lines.is_empty() && nobodys.has_any && nobodys.active == 0);
        let by_name = Wanted { q: "EXPORT".to_owned(), ..Wanted::default() };
        assert_eq!(list(&db, &world.ada, by_name).await.unwrap().lines.len(), 1);
        let pages = Wanted { call: Some(FeatureCall::Page), ..Wanted::default() };
        assert!(list(&db, &world.ada, pages).await.unwrap().lines.is_empty());

        let report = feature(&db, &world, "Report opened").await;
        let first = users(&db, &world.ada, (report, Whose::Used), None).await.unwrap();
        let last = Place::of(first.last().unwrap(), Whose::Used);
        let rest = users(&db, &world.ada, (report, Whose::Used), Some(last)).await.unwrap();
        let told: Vec<_> = first.iter().chain(&rest).map(|one| (one.name.as_str(), one.events)).collect();
        assert_eq!(told, [("Gamma", 3), ("Beta", 2), ("Acme", 1)]);
        let export = feature(&db, &world, "Export made").await;
        let mut never = names(&db, &world, export, Whose::Never).await;
        never.sort();
        assert_eq!(never, ["Acme", "Gamma"]);
    }

    async fn another_workspace_and_who_may_not_are_told_nothing(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        done(&db, &gate, ("u-1", &world.account.to_string()), &track("Report opened"), 0).await;
        counted(&db, &world).await;
        let report = feature(&db, &world, "Report opened").await;
        let theirs = list(&db, &world.eve, Wanted::default()).await.unwrap();
        assert_eq!(theirs, Found::default());
        for whose in Whose::ALL {
            assert_eq!(users(&db, &world.eve, (report, whose), None).await, Err(AdoptionError::Unknown));
        }
        let unknown = Filter { segment: Some(SegmentId::from_uuid(Uuid::from_u128(7))), ..Filter::default() };
        let asked = Wanted { filter: unknown, ..Wanted::default() };
        assert_eq!(list(&db, &world.ada, asked).await, Err(AdoptionError::Unknown));
        let narrow = hired(&db, &world, &[Permission::AccountsRead]).await;
        assert!(matches!(list(&db, &narrow, Wanted::default()).await, Err(AdoptionError::Forbidden(_))));
        assert!(matches!(users(&db, &narrow, (report, Whose::Used), None).await, Err(AdoptionError::Forbidden(_))));
        let moneyless = hired(&db, &world, &[Permission::AccountsRead, Permission::UsageRead]).await;
        let found = users(&db, &moneyless, (report, Whose::Used), None).await.unwrap();
        assert_eq!((found.len(), found[0].mrr), (1, None));
    }

    async fn adoption_goes_with_an_account_that_is_merged_and_comes_back(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        let other = account(&db, &world, "Other").await;
        done(&db, &gate, ("u-1", &other.to_string()), &track("Report opened"), 0).await;
        counted(&db, &world).await;
        let report = feature(&db, &world, "Report opened").await;
        assert_eq!(names(&db, &world, report, Whose::Used).await, ["Other"]);
        let parts = [&success::usage::MERGES, &adoption::MERGES[0], &adoption::MERGES[1], &adoption::MERGES[2]];
        db.attach(std::sync::Arc::new(Parts::new(&parts)));
        let (ada, kept) = (world.ada.clone(), world.account);
        db.write(move |tx| merging::merge(tx, &ada, kept, other, &[])).await.unwrap();
        adopt_all(&db, world.workspace).await.unwrap();
        assert_eq!(names(&db, &world, report, Whose::Used).await, ["Acme"]);
        let ada = world.ada.clone();
        db.write(move |tx| merging::unmerge(tx, &ada, other)).await.unwrap();
        adopt_all(&db, world.workspace).await.unwrap();
        assert_eq!(names(&db, &world, report, Whose::Used).await, ["Other"]);
        assert_eq!(all(&db, &world).await[0].figures.accounts, 1);
    }

    async fn who_is_forgotten_is_as_many_people_as_they_had_ids(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        let (ada, id) = (world.ada.clone(), world.contact);
        db.write(move |tx| identities::add(tx, &ada, id, &NewIdentity::email("leyla@acme.example"))).await.unwrap();
        let acme = world.account.to_string();
        let said = r#"{"type":"identify","userId":"u-leyla","traits":{"email":"leyla@acme.example"}}"#;
        assert_eq!(send(&db, &gate, &[said]).await.accepted, 1);
        for who in ["u-leyla", "leyla@acme.example"] {
            done(&db, &gate, (who, &acme), &track("Report opened"), 0).await;
        }
        counted(&db, &world).await;
        assert_eq!(all(&db, &world).await[0].figures.people, 1);
        let ada = world.ada.clone();
        db.write(move |tx| (people::personal::HOLDS.forget)(tx, &ada, id)).await.unwrap();
        counted(&db, &world).await;
        assert_eq!(all(&db, &world).await[0].figures.people, 2);
    }

    async fn a_contact_is_shown_with_what_they_did_by_every_id_of_theirs(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        let (ada, id) = (world.ada.clone(), world.contact);
        db.write(move |tx| identities::add(tx, &ada, id, &NewIdentity::email("leyla@acme.example"))).await.unwrap();
        let shown = async || {
            let (ada, today) = (world.ada.clone(), kit::day::Day::of(db.clock().now(), &jiff::tz::TimeZone::UTC));
            db.read(move |tx| contact::of(tx, &ada, id, today)).await.unwrap()
        };
        assert_eq!((shown().await.last, shown().await.ids), (None, 0));
        for event in [
            r#"{"type":"page","name":"Pricing","anonymousId":"b-1"}"#,
            r#"{"type":"identify","userId":"u-leyla","anonymousId":"b-1","traits":{"email":"leyla@acme.example"}}"#,
            r#"{"type":"track","event":"Report opened","userId":"u-leyla"}"#,
        ] {
            assert_eq!(send(&db, &gate, &[event]).await.accepted, 1);
        }
        fold(&db).await.unwrap();
        let seen = shown().await;
        assert_eq!((seen.name.as_str(), seen.ids, seen.devices, seen.events), ("Leyla", 1, 1, 2));
        assert!(seen.last.is_some());
        let mut used: Vec<&str> = seen.features.iter().map(|(_, name, ..)| name.as_str()).collect();
        used.sort_unstable();
        assert_eq!(used, ["Pricing", "Report opened"]);
        let (eve, today) = (world.eve.clone(), kit::day::Day::of(db.clock().now(), &jiff::tz::TimeZone::UTC));
        let theirs = db.read(move |tx| contact::of(tx, &eve, id, today)).await;
        assert_eq!(theirs, Err(contact::ContactUsageError::Unknown));
    }
}
