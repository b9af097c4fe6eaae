//! Stages, tiers, and what accounts are worth.

use std::time::Duration;

use kit::db::Db;
use tandem_core::accounts::{AccountId, family};
use tandem_core::actor::Actor;
use tandem_core::currencies;
use tandem_core::ladders::{self, Ladder, LadderError, Rung, RungText};
use tandem_core::products;
use tandem_core::stages::{self, StageError};
use tandem_core::subscriptions::{self, Price, RenewalTerms, Terms};
use tandem_core::tiers::{self, TierError};
use tandem_core::touchpoints::{self, Channel, Direction, Impression, NewTouchpoint};
use tandem_core::worth;
use testkit::on_both;

use crate::world::{LISTS, World, add_account};

on_both! { LISTS;
    async fn a_new_workspace_has_the_usual_stages_and_tiers(db: TestDb) {
        let world = World::new(&db).await;
        let stages = rungs(&db, &world.ada, Ladder::Stages).await;
        let names: Vec<_> = stages.iter().map(|stage| stage.text.name.as_str()).collect();
        assert_eq!(names, ["Onboarding", "Adopting", "Established", "Renewing", "At end"]);
        let tiers = rungs(&db, &world.ada, Ladder::Tiers).await;
        let from: Vec<_> = tiers.iter().map(|tier| tier.text.threshold).collect();
        assert_eq!(from, [Some(0), Some(25_000), Some(100_000)]);
    }

    async fn rungs_are_kept_by_those_who_may_and_archived_ones_take_nobody(db: TestDb) {
        let world = World::new(&db).await;
        let id = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let stages = rungs(&db, &world.ada, Ladder::Stages).await;
        let (sam, first) = (world.sam.clone(), stages[0].id);
        assert!(matches!(db.write(move |tx| ladders::archive(tx, &sam, first)).await, Err(LadderError::Forbidden(_))));
        let ada = world.ada.clone();
        db.write(move |tx| ladders::archive(tx, &ada, first)).await.unwrap();
        let ada = world.ada.clone();
        assert_eq!(db.write(move |tx| stages::set(tx, &ada, id, first)).await.unwrap_err(), StageError::UnknownStage);
        let (ada, same) = (world.ada.clone(), RungText { name: "adopting".into(), ..RungText::default() });
        let taken = db.write(move |tx| ladders::add(tx, &ada, Ladder::Stages, &same)).await.unwrap_err();
        assert_eq!(taken, LadderError::NameTaken);
        let (ada, second) = (world.ada.clone(), stages[1].id);
        db.write(move |tx| ladders::step(tx, &ada, second, false)).await.unwrap();
        let names: Vec<_> = rungs(&db, &world.ada, Ladder::Stages).await.into_iter().map(|stage| stage.text.name).collect();
        assert_eq!(names, ["Established", "Adopting", "Renewing", "At end"]);
    }

    async fn each_stage_knows_its_days_and_how_the_account_fared_there(db: TestDb) {
        let world = World::new(&db).await;
        let id = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let stages = rungs(&db, &world.ada, Ladder::Stages).await;
        let workspace = world.workspace.id;
        db.write(move |tx| stages::begin(tx, workspace, id)).await.unwrap();
        let ada = world.ada.clone();
        say(&db, &ada, id, -2).await;
        db.clock.advance(Duration::from_secs(10 * 86_400));
        let (second, actor) = (stages[1].id, ada.clone());
        let before = db.write(move |tx| stages::set(tx, &actor, id, second)).await.unwrap();
        assert_eq!(before, Some(stages[0].id));
        db.clock.advance(Duration::from_secs(60));
        say(&db, &ada, id, 1).await;
        let actor = ada.clone();
        let spans = db.read(move |tx| stages::spans(tx, &actor, id)).await.unwrap();
        let seen: Vec<_> = spans
            .iter()
            .map(|(span, experience)| (span.stage.text.name.as_str(), span.until.is_none(), experience.n, experience.index.unwrap().round()))
            .collect();
        assert_eq!(seen, [("Adopting", true, 1, 1.0), ("Onboarding", false, 1, -2.0)]);
        // Said again it begins no other span.
        db.write(move |tx| stages::set(tx, &ada, id, second)).await.unwrap();
        let ada = world.ada.clone();
        assert_eq!(db.read(move |tx| stages::spans(tx, &ada, id)).await.unwrap().len(), 2);
    }

    async fn a_tier_follows_the_revenue_until_it_is_pinned(db: TestDb) {
        let world = World::new(&db).await;
        let id = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let workspace = world.workspace.id;
        let look = |db: Db| async move {
            db.write(move |tx| { worth::count(tx, workspace, id)?; tiers::place(tx, workspace, id) }).await.unwrap();
            let why = db.read(move |tx| tiers::why(tx, workspace, id)).await.unwrap();
            let standing = why.standing.clone().unwrap();
            (standing.tier.map(|tier| tier.text.name), standing.is_pinned, why.mrr.minor)
        };
        assert_eq!(look(db.db.clone()).await, (Some("Basic".into()), false, 0));
        subscribe(&db, &world.ada, id, 360_000).await;
        assert_eq!(look(db.db.clone()).await, (Some("Plus".into()), false, 30_000));
        let premium = rungs(&db, &world.ada, Ladder::Tiers).await[2].id;
        let ada = world.ada.clone();
        assert_eq!(db.write(move |tx| tiers::pin(tx, &ada, id, premium, " ")).await.unwrap_err(), TierError::BadReason);
        let ada = world.ada.clone();
        db.write(move |tx| tiers::pin(tx, &ada, id, premium, "Strategic")).await.unwrap();
        assert_eq!(look(db.db.clone()).await, (Some("Premium".into()), true, 30_000));
        let ada = world.ada.clone();
        db.write(move |tx| tiers::unpin(tx, &ada, id)).await.unwrap();
        assert_eq!(look(db.db.clone()).await, (Some("Plus".into()), false, 30_000));
    }

    async fn a_family_adds_up_what_its_accounts_bring(db: TestDb) {
        let world = World::new(&db).await;
        let top = add_account(&db, &world.ada, "Top").await.unwrap().id;
        let low = add_account(&db, &world.ada, "Low").await.unwrap().id;
        subscribe(&db, &world.ada, top, 120_000).await;
        subscribe(&db, &world.ada, low, 240_000).await;
        let ada = world.ada.clone();
        let whole = db.write(move |tx| { family::place(tx, &ada, low, Some(top))?; family::of(tx, &ada, low) }).await.unwrap();
        assert_eq!((whole.mrr.unwrap().total.minor, whole.subscriptions), (30_000, 2));
    }
}

async fn rungs(db: &Db, actor: &Actor, ladder: Ladder) -> Vec<Rung> {
    let workspace = actor.workspace;
    db.read(move |tx| ladders::open(tx, workspace, ladder))
        .await
        .unwrap()
}

async fn say(db: &Db, actor: &Actor, account: AccountId, impression: i64) {
    let actor = actor.clone();
    let new = NewTouchpoint {
        contact: None,
        kind: "call".into(),
        channel: Channel::Phone,
        direction: Direction::Inbound,
        summary: "They called".into(),
        evidence: None,
        happened_at: None,
        impression: Some((Impression::try_from(impression).unwrap(), String::new())),
    };
    db.write(move |tx| touchpoints::add(tx, &actor, account, &new))
        .await
        .unwrap();
}

/// A yearly subscription in the reporting currency that began today.
async fn subscribe(db: &Db, actor: &Actor, account: AccountId, yearly: i64) {
    let actor = actor.clone();
    db.write(move |tx| {
        let name = format!("Plan {yearly}");
        let product = products::add(tx, &actor, &name).unwrap().id;
        let today = tandem_core::workspaces::today(tx, actor.workspace)?;
        let terms = Terms {
            product,
            currency: currencies::reporting(tx, actor.workspace)?,
            period_months: 12,
            price: Price {
                since: today,
                seats: 1,
                amount: yearly,
                discount: 0,
            },
            renewal: RenewalTerms {
                term_months: 12,
                notice_days: 30,
                is_automatic: true,
                day: None,
            },
            ends: None,
        };
        subscriptions::add(tx, &actor, account, &terms).unwrap();
        Ok::<_, kit::db::DbError>(())
    })
    .await
    .unwrap();
}
