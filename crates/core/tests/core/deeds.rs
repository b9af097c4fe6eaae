//! Acts on many accounts: in one act, back by one undo, by a job where they are many, and what is refused is named.

use std::sync::Arc;

use kit::db::Db;
use kit::id::TypedId;
use kit::jobs::{Jobs, Options};
use kit::web::table::{Shown, Words};
use tandem_core::accounts::columns::{Column, Columns, Shows};
use tandem_core::accounts::deeds::{
    self, AccountBulk, AccountBulkError, AccountBulkId, Chosen, Deeds, Fate, NewAccountBulk, State, Wanted,
    own,
};
use tandem_core::accounts::finding::Wishes;
use tandem_core::accounts::{self, AccountId, NOUN};
use tandem_core::actor::Actor;
use tandem_core::fields::{self, FieldKind, FieldText};
use tandem_core::ladders::{self, Ladder, RungText};
use tandem_core::permissions::Permission;
use tandem_core::{agents, assignment, stages, tags, tiers};
use testkit::on_both;

use crate::world::{LISTS, World, add_account};

async fn world(db: &Db) -> World {
    db.attach(Arc::new(Deeds::new(&[
        &own::OWNER,
        &own::TAG,
        &own::UNTAG,
        &own::TIER,
        &own::STAGE,
        &own::STATE,
        &own::FIELD,
    ])));
    World::new(db).await
}

async fn some(db: &Db, world: &World, many: usize) -> Vec<AccountId> {
    let mut made = Vec::new();
    for number in 0..many {
        let name = format!("Account {number:03}");
        made.push(add_account(db, &world.ada, &name).await.unwrap().id);
    }
    made
}

fn wanted(deed: &str, value: impl ToString) -> Wanted {
    Wanted {
        deed: deed.to_owned(),
        value: value.to_string(),
        detail: String::new(),
    }
}

fn with(deed: &str, value: impl ToString, detail: &str) -> Wanted {
    Wanted {
        detail: detail.to_owned(),
        ..wanted(deed, value)
    }
}

async fn begin(
    db: &Db,
    actor: &Actor,
    chosen: Chosen,
    deeds: Vec<Wanted>,
) -> Result<AccountBulk, AccountBulkError> {
    let actor = actor.clone();
    let new = NewAccountBulk {
        wishes: Wishes::default(),
        chosen,
        deeds,
    };
    db.write(move |tx| deeds::begin(tx, &actor, &new)).await
}

async fn undo(db: &Db, actor: &Actor, id: AccountBulkId) -> Result<AccountBulk, AccountBulkError> {
    let actor = actor.clone();
    db.write(move |tx| deeds::undo(tx, &actor, id)).await
}

async fn fates(db: &Db, actor: &Actor, id: AccountBulkId) -> Vec<(AccountId, Fate, String)> {
    let actor = actor.clone();
    let rows = db
        .read(move |tx| deeds::results(tx, &actor, id, &[], (-1, 999)))
        .await;
    let rows = rows.unwrap().into_iter();
    rows.map(|(row, _)| (row.account, row.fate, row.reason)).collect()
}

async fn tags_of(db: &Db, actor: &Actor, id: AccountId) -> Vec<String> {
    let workspace = actor.workspace;
    let held = db.read(move |tx| tags::of(tx, workspace, &NOUN, id.uuid())).await;
    held.unwrap().into_iter().map(|tag| tag.name).collect()
}

async fn settle(db: &Db) {
    let mut jobs = Jobs::new();
    jobs.reaction(Options::new(), deeds::jobs::go);
    while kit::jobs::run_due(db, &jobs).await.unwrap() > 0 {}
}

on_both! { LISTS;
    async fn an_act_does_several_things_and_one_undo_takes_all_of_them_back(db: TestDb) {
        let world = world(&db).await;
        let made = some(&db, &world, 3).await;
        let (ada, workspace) = (world.ada.clone(), world.workspace.id);
        let first = made[0];
        let (stages, tier) = db.write(move |tx| {
            let stages = ladders::open(tx, workspace, Ladder::Stages)?;
            let text = RungText { name: "Gold".to_owned(), ..RungText::default() };
            let tier = ladders::add(tx, &ada, Ladder::Tiers, &text).unwrap();
            let text = FieldText { label: "Industry".to_owned(), ..FieldText::default() };
            fields::add(tx, &ada, &NOUN, FieldKind::Text, &text).unwrap();
            tags::put(tx, &ada, &NOUN, first.into(), "old").unwrap();
            Ok::<_, kit::db::DbError>((stages, tier))
        }).await.unwrap();
        for account in &made {
            let (account, ada, stage) = (*account, world.ada.clone(), stages.first().map(|stage| stage.id));
            if let Some(stage) = stage {
                db.write(move |tx| stages::set(tx, &ada, account, stage)).await.unwrap();
            }
        }
        let old = {
            let all = db.read(move |tx| tags::all(tx, workspace)).await.unwrap();
            all.into_iter().find(|(tag, _)| tag.name == "old").unwrap().0.id
        };
        let mut deeds = vec![
            wanted("owner", "me"),
            wanted("tag", "key account"),
            wanted("untag", old),
            with("tier", tier.id, "Strategic for us"),
            wanted("state", "closed"),
            with("field", "\"Retail\"", "industry"),
        ];
        if let Some(last) = stages.last().filter(|_| stages.len() > 1) {
            deeds.push(wanted("stage", last.id));
        }
        let done = begin(&db, &world.ada, Chosen::These(made.clone()), deeds).await.unwrap();
        assert_eq!((done.state, done.total, done.changed, done.refused), (State::Done, 3, 3, 0));
        assert_eq!(tags_of(&db, &world.ada, first).await, ["key account"]);
        let ada = world.ada.clone();
        let (account, owner, standing) = db.read(move |tx| {
            let account = accounts::find(tx, &ada, first)?.unwrap();
            let owner = assignment::of(tx, workspace, &[first])?.remove(&first).map(|span| span.agent);
            Ok::<_, accounts::AccountError>((account, owner, tiers::of(tx, workspace, &[first])?.remove(&first)))
        }).await.unwrap();
        assert!(!account.is_open() && owner == world.ada.agent() && standing.unwrap().is_pinned);
        let back = undo(&db, &world.ada, done.id).await.unwrap();
        assert_eq!((back.state, back.changed, back.refused), (State::Undone, 0, 0), "{:?}", fates(&db, &world.ada, done.id).await);
        assert_eq!(tags_of(&db, &world.ada, first).await, ["old"]);
        let ada = world.ada.clone();
        let (account, owner, standing) = db.read(move |tx| {
            let account = accounts::find(tx, &ada, first)?.unwrap();
            let owner = assignment::of(tx, workspace, &[first])?.remove(&first).map(|span| span.agent);
            Ok::<_, accounts::AccountError>((account, owner, tiers::of(tx, workspace, &[first])?.remove(&first)))
        }).await.unwrap();
        assert!(account.is_open() && owner.is_none() && !standing.unwrap().is_pinned);
        assert_eq!(undo(&db, &world.ada, done.id).await.unwrap_err(), AccountBulkError::NotNow);
    }

    async fn what_somebody_changed_since_is_left_alone_and_named(db: TestDb) {
        let world = world(&db).await;
        let made = some(&db, &world, 2).await;
        let deeds = vec![wanted("owner", "me"), wanted("tag", "vip")];
        let done = begin(&db, &world.sam, Chosen::These(made.clone()), deeds).await;
        // Sam may not change accounts where the role does not say so: then nothing at all is done.
        let may = world.sam.may(Permission::AccountsWrite);
        assert_eq!(done.is_ok(), may);
        let deeds = vec![wanted("owner", world.ada.agent().unwrap()), wanted("tag", "core")];
        let done = begin(&db, &world.ada, Chosen::These(made.clone()), deeds).await.unwrap();
        let (ada, sam, moved) = (world.ada.clone(), world.sam.agent(), made[1]);
        db.write(move |tx| assignment::give(tx, &ada, moved, sam)).await.unwrap();
        let back = undo(&db, &world.ada, done.id).await.unwrap();
        assert_eq!((back.state, back.changed, back.refused), (State::Undone, 1, 1));
        let all = fates(&db, &world.ada, done.id).await;
        let kept = all.iter().find(|(id, ..)| *id == moved).unwrap();
        assert_eq!((kept.1, kept.2.as_str()), (Fate::Kept, "deeds-failure-since"));
        // Nothing of it is taken back by half.
        assert!(tags_of(&db, &world.ada, moved).await.contains(&"core".to_owned()));
        assert!(!tags_of(&db, &world.ada, made[0]).await.contains(&"core".to_owned()));
    }

    async fn what_can_not_be_changed_is_named_and_holds_up_no_other(db: TestDb) {
        let world = world(&db).await;
        let mut made = some(&db, &world, 2).await;
        let foreign = add_account(&db, &world.eve, "Theirs").await.unwrap().id;
        made.push(foreign);
        let done = begin(&db, &world.ada, Chosen::These(made.clone()), vec![wanted("tag", "vip")]).await.unwrap();
        assert_eq!((done.changed, done.refused), (2, 1));
        let all = fates(&db, &world.ada, done.id).await;
        assert!(all.contains(&(foreign, Fate::Refused, "failure-not-found".to_owned())), "{all:?}");
        assert!(tags_of(&db, &world.eve, foreign).await.is_empty());
        let again = begin(&db, &world.ada, Chosen::These(made[..2].to_vec()), vec![wanted("tag", "VIP")]).await.unwrap();
        assert_eq!((again.changed, again.refused), (0, 0));
        assert!(fates(&db, &world.ada, again.id).await.iter().all(|(_, fate, _)| *fate == Fate::Same));
        let eve = world.eve.clone();
        assert_eq!(db.read(move |tx| deeds::find(tx, &eve, done.id)).await.unwrap(), None);
    }

    async fn bad_wishes_name_themselves_and_nothing_is_done(db: TestDb) {
        let world = world(&db).await;
        let made = some(&db, &world, 1).await;
        let these = || Chosen::These(made.clone());
        let value = |deed: &str, why| AccountBulkError::BadValue(deed.to_owned(), why);
        let cases = [
            (these(), vec![], AccountBulkError::NoDeeds),
            (Chosen::These(Vec::new()), vec![wanted("tag", "a")], AccountBulkError::NoAccounts),
            (these(), vec![wanted("dance", "a")], AccountBulkError::BadDeed("dance".to_owned())),
            (these(), vec![wanted("state", "open"), wanted("state", "closed")], AccountBulkError::BadDeed("state".to_owned())),
            (these(), vec![wanted("owner", "nobody")], value("owner", "deeds-failure-value")),
            (these(), vec![wanted("owner", world.eve.agent().unwrap())], value("owner", "deeds-failure-value")),
            (these(), vec![wanted("tag", "a,b")], value("tag", "deeds-failure-value")),
            (these(), vec![with("field", "1", "no_such")], value("field", "deeds-failure-field")),
        ];
        for (chosen, deeds, expected) in cases {
            assert_eq!(begin(&db, &world.ada, chosen, deeds).await.unwrap_err(), expected);
        }
        let refused = begin(&db, &world.pat, these(), vec![wanted("tag", "a")]).await.unwrap_err();
        assert!(matches!(refused, AccountBulkError::Forbidden(_)), "{refused}");
        assert!(tags_of(&db, &world.ada, made[0]).await.is_empty());
    }

    async fn many_are_gone_through_by_a_job_in_the_name_of_who_asked(db: TestDb) {
        let world = world(&db).await;
        let made = some(&db, &world, 70).await;
        let busy = begin(&db, &world.ada, Chosen::All, vec![wanted("tag", "all")]).await.unwrap();
        assert_eq!((busy.state, busy.total, busy.done), (State::Running, 70, 0));
        assert_eq!(undo(&db, &world.ada, busy.id).await.unwrap_err(), AccountBulkError::NotNow);
        settle(&db).await;
        let ada = world.ada.clone();
        let done = db.read(move |tx| deeds::find(tx, &ada, busy.id)).await.unwrap().unwrap();
        assert_eq!((done.state, done.done, done.changed), (State::Done, 70, 70));
        assert_eq!(undo(&db, &world.ada, busy.id).await.unwrap().state, State::Undoing);
        settle(&db).await;
        assert!(tags_of(&db, &world.ada, made[69]).await.is_empty());
        let busy = begin(&db, &world.ada, Chosen::All, vec![wanted("tag", "again")]).await.unwrap();
        let (system, ada) = (Actor::system(world.workspace.id, "tests"), world.ada.agent().unwrap());
        let other = agents::NewAgent {
            name: "Other".to_owned(),
            email: "other@example.com".to_owned(),
            role: tandem_core::permissions::Role::Admin,
        };
        db.write(move |tx| {
            agents::add(tx, &system, &other).unwrap();
            agents::deactivate(tx, &system, ada)
        }).await.unwrap();
        settle(&db).await;
        let reader = Actor::system(world.workspace.id, "tests");
        let done = db.read(move |tx| deeds::find(tx, &reader, busy.id)).await.unwrap().unwrap();
        assert_eq!((done.state, done.changed, done.refused), (State::Done, 0, 70));
    }

    async fn a_column_of_a_feature_is_offered_to_those_who_may_see_it(db: TestDb) {
        const SECRET: Column = Column {
            key: "secret",
            text: "deeds-column-tickets",
            needs: Permission::AuditRead,
            shown: Shown::Usually,
            numeric: true,
            in_files: true,
            read: |_, _, accounts| Ok(accounts.iter().map(|id| (*id, vec![Shows::Number(7)])).collect()),
        };
        let _ = World::new(&db).await;
        let columns = Columns::new(&[&SECRET]);
        let all = columns.table().arranged(Words::default(), Words::default());
        assert!(all.shows("secret") && all.shows("name"));
        let t = kit::i18n::Text::default();
        let place = |arrangement: &kit::web::table::Arrangement| {
            arrangement.choices(&t).iter().any(|choice| choice.value == "secret")
        };
        let less = all.clone().hiding(&["secret"]);
        assert!(place(&all) && !place(&less) && !less.shows("secret"));
    }

    async fn a_tag_that_was_taken_off_comes_back_as_it_is_called_now_and_is_not_made_again(db: TestDb) {
        let world = world(&db).await;
        let made = some(&db, &world, 1).await;
        let (ada, account) = (world.ada.clone(), made[0]);
        let old = db.write(move |tx| tags::put(tx, &ada, &NOUN, account.into(), "old")).await.unwrap();
        let old_id = old.id;
        let done = begin(&db, &world.ada, Chosen::These(made.clone()), vec![wanted("untag", old_id)]).await.unwrap();
        let (ada, text) = (world.ada.clone(), tags::TagText { name: "new".to_owned(), colour: old.colour });
        db.write(move |tx| tags::change(tx, &ada, old_id, old.version, &text)).await.unwrap();
        let back = undo(&db, &world.ada, done.id).await.unwrap();
        assert_eq!((back.changed, back.refused), (0, 0));
        assert_eq!(tags_of(&db, &world.ada, account).await, ["new"]);
        let done = begin(&db, &world.ada, Chosen::These(made.clone()), vec![wanted("untag", old_id)]).await.unwrap();
        let ada = world.ada.clone();
        db.write(move |tx| {
            let text = tags::TagText { name: "kept".to_owned(), colour: old.colour };
            let kept = tags::add(tx, &ada, &text)?;
            tags::merge(tx, &ada, old_id, kept.id)
        }).await.unwrap();
        undo(&db, &world.ada, done.id).await.unwrap();
        let all = fates(&db, &world.ada, done.id).await;
        assert_eq!(all, [(account, Fate::Kept, "deeds-failure-since".to_owned())]);
        assert!(tags_of(&db, &world.ada, account).await.is_empty());
        let workspace = world.workspace.id;
        let known = db.read(move |tx| tags::all(tx, workspace)).await.unwrap();
        assert!(known.iter().all(|(tag, _)| tag.name == "kept"), "{known:?}");
    }
}
