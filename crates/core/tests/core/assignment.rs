//! Owners of accounts, the rules that choose them, and how much everybody can look after.

use kit::db::Db;
use kit::jobs::{Jobs, Options};
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::agents::{self, AgentId};
use tandem_core::assignment::{
    self, AssignmentError, Capacity, Conditions, Method, RuleText, Target, Why, rules,
};
use tandem_core::events::Wiring;
use tandem_core::teams::{self, TeamText};
use testkit::on_both;

use crate::world::{LISTS, World, add_account, kinds};

on_both! { LISTS;
    async fn an_owner_is_given_taken_and_remembered_with_days(db: TestDb) {
        let world = World::new(&db).await;
        let id = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let (ada, sam) = (world.ada.agent().unwrap(), world.sam.agent().unwrap());
        assert_eq!(give(&db, &world.sam, id, Some(ada)).await.unwrap(), None);
        assert_eq!(give(&db, &world.sam, id, Some(ada)).await.unwrap(), Some(ada));
        db.clock.advance(std::time::Duration::from_secs(60));
        assert_eq!(give(&db, &world.sam, id, Some(sam)).await.unwrap(), Some(ada));
        assert_eq!(give(&db, &world.sam, id, None).await.unwrap(), Some(sam));
        let actor = world.pat.clone();
        let spans = db.read(move |tx| assignment::spans(tx, &actor, id)).await.unwrap();
        let seen: Vec<_> = spans.iter().map(|span| (span.name.as_str(), span.until.is_some())).collect();
        assert_eq!(seen, [("Sam", true), ("Ada", true)]);
        let moves = kinds(&db).await.iter().filter(|kind| *kind == "account.owner_changed").count();
        assert_eq!(moves, 3);
        assert!(matches!(give(&db, &world.pat, id, None).await, Err(AssignmentError::Forbidden(_))));
        assert_eq!(give(&db, &world.eve, id, None).await.unwrap_err(), AssignmentError::UnknownAccount);
        let eve = world.eve.agent().unwrap();
        assert_eq!(give(&db, &world.ada, id, Some(eve)).await.unwrap_err(), AssignmentError::UnknownAgent);
    }

    async fn the_first_rule_that_fits_chooses_and_says_why(db: TestDb) {
        let world = World::new(&db).await;
        let (ada, sam) = (world.ada.agent().unwrap(), world.sam.agent().unwrap());
        let team = team(&db, &world.ada, &[ada, sam]).await;
        let big = Conditions { mrr_from: Some(1_000_000), ..Conditions::default() };
        add_rule(&db, &world.ada, "Big ones", big, (Target::Agent(ada), Method::LeastLoaded)).await;
        add_rule(&db, &world.ada, "Everybody", Conditions::default(), (team, Method::RoundRobin)).await;
        let mut owners = Vec::new();
        for number in 0..4 {
            let id = add_account(&db, &world.ada, &format!("Account {number}")).await.unwrap().id;
            owners.push(assign(&db, &world, id).await.unwrap());
            // Once more changes nothing.
            assert_eq!(assign(&db, &world, id).await, owners.last().copied());
        }
        let mut both = [ada, sam];
        both.sort();
        assert_eq!(owners, [both[0], both[1], both[0], both[1]]);
        let id = add_account(&db, &world.ada, "Last").await.unwrap().id;
        assign(&db, &world, id).await;
        let workspace = world.workspace.id;
        let span = db.read(move |tx| assignment::of(tx, workspace, &[id])).await.unwrap().remove(&id).unwrap();
        let Why::Rule { rule, method, among } = span.why else { panic!("by rule") };
        assert_eq!((rule.as_str(), method, among.len()), ("Everybody", Method::RoundRobin, 2));
    }

    async fn nobody_gets_more_than_they_can_look_after(db: TestDb) {
        let world = World::new(&db).await;
        let (ada, sam) = (world.ada.agent().unwrap(), world.sam.agent().unwrap());
        let team = team(&db, &world.ada, &[ada, sam]).await;
        add_rule(&db, &world.ada, "Everybody", Conditions::default(), (team, Method::LeastLoaded)).await;
        capacity(&db, &world.ada, ada, Capacity { accounts: Some(1), ..Capacity::default() }).await;
        let away = Capacity { away_until: Some("2999-01-01".parse().unwrap()), ..Capacity::default() };
        capacity(&db, &world.ada, sam, away).await;
        let first = add_account(&db, &world.ada, "First").await.unwrap().id;
        let second = add_account(&db, &world.ada, "Second").await.unwrap().id;
        assert_eq!(assign(&db, &world, first).await, Some(ada));
        assert_eq!(assign(&db, &world, second).await, None);
        let (actor, own) = (world.pat.clone(), Some(ada));
        let (own, none) = db.read(move |tx| {
            let own = assignment::book(tx, &actor, own, None, 10)?;
            Ok::<_, AssignmentError>((own, assignment::book(tx, &actor, None, None, 10)?))
        }).await.unwrap();
        assert_eq!((own[0].0, none[0].0), (first, second));
    }

    async fn whoever_leaves_leaves_their_accounts_to_the_rules_and_those_that_wait_are_tried_again(db: TestDb) {
        let wiring = Wiring::default()
            .on(&agents::DEACTIVATED, &[assignment::jobs::RELEASE])
            .on(&assignment::CHANGED, &[assignment::jobs::AGAIN]);
        db.attach(std::sync::Arc::new(wiring));
        let world = World::new(&db).await;
        let (ada, sam) = (world.ada.agent().unwrap(), world.sam.agent().unwrap());
        let team = team(&db, &world.ada, &[ada, sam]).await;
        add_rule(&db, &world.ada, "Everybody", Conditions::default(), (team, Method::LeastLoaded)).await;
        capacity(&db, &world.ada, ada, Capacity { accounts: Some(1), ..Capacity::default() }).await;
        let mut ids = Vec::new();
        for name in ["First", "Second", "Third", "Nobody's on purpose"] {
            let id = add_account(&db, &world.ada, name).await.unwrap().id;
            give(&db, &world.ada, id, Some(sam)).await.unwrap();
            ids.push(id);
        }
        give(&db, &world.ada, ids[3], None).await.unwrap();
        let actor = world.ada.clone();
        db.write(move |tx| agents::deactivate(tx, &actor, sam)).await.unwrap();
        settle(&db).await;
        let owned = async |agent: Option<AgentId>| {
            let actor = world.pat.clone();
            db.read(move |tx| assignment::book(tx, &actor, agent, None, 10)).await.unwrap().len()
        };
        assert_eq!((owned(Some(sam)).await, owned(Some(ada)).await, owned(None).await), (0, 1, 3));
        capacity(&db, &world.ada, ada, Capacity { accounts: Some(9), ..Capacity::default() }).await;
        settle(&db).await;
        assert_eq!((owned(Some(ada)).await, owned(None).await), (3, 1), "who was taken away by hand does not wait");
        let actor = world.pat.clone();
        let (last, spans) = (ids[3], ids[0]);
        let (none, spans) = db.read(move |tx| Ok::<_, AssignmentError>((assignment::book(tx, &actor, None, None, 10)?, assignment::spans(tx, &actor, spans)?))).await.unwrap();
        assert_eq!((none[0].0, spans.len(), spans[1].until.is_some()), (last, 2, true));
    }

    async fn accounts_stay_with_whoever_left_where_there_are_no_rules_and_closed_ones_always(db: TestDb) {
        db.attach(std::sync::Arc::new(Wiring::default().on(&agents::DEACTIVATED, &[assignment::jobs::RELEASE])));
        let world = World::new(&db).await;
        let (ada, sam) = (world.ada.agent().unwrap(), world.sam.agent().unwrap());
        let [open, closed] = [
            add_account(&db, &world.ada, "Open").await.unwrap().id,
            add_account(&db, &world.ada, "Closed").await.unwrap().id,
        ];
        for id in [open, closed] {
            give(&db, &world.ada, id, Some(sam)).await.unwrap();
        }
        let leave = async || {
            let actor = world.ada.clone();
            db.write(move |tx| agents::deactivate(tx, &actor, sam)).await.unwrap();
            settle(&db).await;
            let workspace = world.workspace.id;
            let owners = db.read(move |tx| assignment::of(tx, workspace, &[open, closed])).await.unwrap();
            [open, closed].map(|id| owners.get(&id).map(|span| span.agent))
        };
        let actor = world.ada.clone();
        db.write(move |tx| accounts::close(tx, &actor, closed)).await.unwrap();
        assert_eq!(leave().await, [Some(sam), Some(sam)]);
        let actor = world.ada.clone();
        db.write(move |tx| agents::reactivate(tx, &actor, sam)).await.unwrap();
        add_rule(&db, &world.ada, "Everybody", Conditions::default(), (Target::Agent(ada), Method::LeastLoaded)).await;
        assert_eq!(leave().await, [Some(ada), Some(sam)]);
    }

    async fn a_dry_run_says_what_would_be_and_changes_nothing(db: TestDb) {
        let world = World::new(&db).await;
        let ada = world.ada.agent().unwrap();
        for number in 0..3 {
            add_account(&db, &world.ada, &format!("Account {number}")).await.unwrap();
        }
        capacity(&db, &world.ada, ada, Capacity { accounts: Some(2), ..Capacity::default() }).await;
        let text = RuleText { name: "Draft".into(), conditions: Conditions::default(), target: Some(Target::Agent(ada)), method: Method::LeastLoaded };
        let actor = world.ada.clone();
        let tried = db.read(move |tx| rules::try_out(tx, &actor, Some((None, &text)))).await.unwrap();
        let found: Vec<_> = tried.iter().map(|(_, _, chosen)| chosen.as_ref().map(|(agent, _)| *agent)).collect();
        assert_eq!(found, [Some(ada), Some(ada), None]);
        let actor = world.ada.clone();
        assert!(db.read(move |tx| rules::all(tx, &actor)).await.unwrap().is_empty());
        let actor = world.pat.clone();
        assert_eq!(db.read(move |tx| assignment::book(tx, &actor, None, None, 10)).await.unwrap().len(), 3);
    }

    async fn rules_are_kept_by_those_who_may_and_name_people_of_here(db: TestDb) {
        let world = World::new(&db).await;
        let text = |target| RuleText { name: "Rule".into(), conditions: Conditions::default(), target, method: Method::LeastLoaded };
        let (sam, own) = (world.sam.clone(), text(Some(Target::Agent(world.ada.agent().unwrap()))));
        assert!(matches!(db.write(move |tx| rules::add(tx, &sam, &own)).await, Err(AssignmentError::Forbidden(_))));
        for target in [None, Some(Target::Agent(world.eve.agent().unwrap()))] {
            let (ada, foreign) = (world.ada.clone(), text(target));
            assert_eq!(db.write(move |tx| rules::add(tx, &ada, &foreign)).await.unwrap_err(), AssignmentError::BadTarget);
        }
    }

    async fn what_is_done_to_rules_is_taken_back(db: TestDb) {
        let world = World::new(&db).await;
        let target = Some(Target::Agent(world.ada.agent().unwrap()));
        let text = |name: &str| RuleText { name: name.into(), conditions: Conditions::default(), target, method: Method::LeastLoaded };
        let texts = [text("First"), text("Second"), text("Other")];
        let ada = world.ada.clone();
        db.write(move |tx| {
            let names = |tx: &mut kit::db::Tx<'_>| {
                let all = rules::all(tx, &ada)?;
                Ok::<_, AssignmentError>(all.into_iter().map(|rule| rule.name).collect::<Vec<_>>())
            };
            let first = rules::add(tx, &ada, &texts[0])?.id;
            rules::add(tx, &ada, &texts[1])?;
            assert_eq!(rules::take_back(tx, &ada, first)?.name, "First", "it never changed");
            rules::change(tx, &ada, first, &texts[2])?;
            assert_eq!(names(tx)?, ["Other", "Second"]);
            rules::take_back(tx, &ada, first)?;
            assert_eq!(names(tx)?, ["First", "Second"]);
            rules::take_back(tx, &ada, first)?;
            assert_eq!(names(tx)?, ["Other", "Second"], "taken back twice it is changed again");
            rules::remove(tx, &ada, first)?;
            assert_eq!(rules::remove(tx, &ada, first).unwrap_err(), AssignmentError::UnknownRule);
            assert_eq!(names(tx)?, ["Second"]);
            rules::restore(tx, &ada, first)?;
            rules::restore(tx, &ada, first)?;
            assert_eq!(names(tx)?, ["Other", "Second"], "where it stood");
            rules::place(tx, &ada, first, 9)?;
            assert_eq!(names(tx)?, ["Second", "Other"]);
            Ok::<_, AssignmentError>(())
        }).await.unwrap();
    }
}

/// Runs what follows from agents who leave and rules that change.
async fn settle(db: &Db) {
    let mut jobs = Jobs::new();
    jobs.reaction(Options::new(), assignment::jobs::release);
    jobs.reaction(Options::new(), assignment::jobs::again);
    while kit::jobs::run_due(db, &jobs).await.unwrap() > 0 {}
}

async fn give(
    db: &Db,
    actor: &Actor,
    id: AccountId,
    agent: Option<AgentId>,
) -> Result<Option<AgentId>, AssignmentError> {
    let actor = actor.clone();
    db.write(move |tx| assignment::give(tx, &actor, id, agent)).await
}

async fn assign(db: &Db, world: &World, id: AccountId) -> Option<AgentId> {
    let workspace = world.workspace.id;
    db.write(move |tx| assignment::assign(tx, workspace, id))
        .await
        .unwrap()
}

async fn capacity(db: &Db, actor: &Actor, agent: AgentId, capacity: Capacity) {
    let actor = actor.clone();
    db.write(move |tx| assignment::set_capacity(tx, &actor, agent, &capacity))
        .await
        .unwrap();
}

async fn team(db: &Db, actor: &Actor, members: &[AgentId]) -> Target {
    let (actor, text) = (
        actor.clone(),
        TeamText {
            name: "Success".into(),
            members: members.to_vec(),
        },
    );
    let team = db
        .write(move |tx| teams::add(tx, &actor, &text))
        .await
        .unwrap_or_else(|error| panic!("{error}"));
    Target::Team(team.id)
}

async fn add_rule(
    db: &Db,
    actor: &Actor,
    name: &str,
    conditions: Conditions,
    (target, method): (Target, Method),
) {
    let text = RuleText {
        name: name.into(),
        conditions,
        target: Some(target),
        method,
    };
    let actor = actor.clone();
    db.write(move |tx| rules::add(tx, &actor, &text)).await.unwrap();
}
