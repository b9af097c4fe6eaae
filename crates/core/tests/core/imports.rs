//! Imports: good rows go in, bad ones come back, the same rows double nothing, and all of it can be taken back.

use std::convert::Infallible;
use std::sync::Arc;

use futures::StreamExt;
use kit::blob::{BlobPlace, Blobs};
use kit::db::Migration;
use kit::i18n::Text;
use kit::id::Ids;
use kit::jobs::{Jobs, Options};
use tandem_core::accounts::{self, Account, AccountText};
use tandem_core::actor::Actor;
use tandem_core::events::{self, Wiring};
use tandem_core::imports::target::{Taken, Target, Targets};
use tandem_core::imports::{self, Import, ImportError, ImportId, New, State, files};
use tandem_core::touchpoints::{self, Filter, Traces, Whose};
use tandem_core::{contacts, invoices, orders, subscriptions, tallies};
use testkit::{TestDb, on_both};

use crate::world::{World, add_account, kinds};

pub(crate) const LISTS: &[&[Migration]] = &[
    kit::jobs::MIGRATIONS,
    kit::blob::MIGRATIONS,
    tandem_core::MIGRATIONS,
];

/// The store of files, as long as the test runs.
pub(crate) fn equip(db: &TestDb) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let place = BlobPlace::Folder(folder.path().to_owned());
    let blobs = Blobs::open(&place, db.clock().clone(), Ids::seeded(9)).unwrap();
    db.attach(Arc::new(blobs));
    db.attach(Arc::new(Targets::new(&[
        &accounts::imports::TARGET,
        &ONE_BY_ONE,
        &contacts::importing::TARGET,
        &subscriptions::importing::TARGET,
        &orders::importing::TARGET,
        &invoices::importing::TARGET,
        &touchpoints::importing::TARGET,
    ])));
    db.attach(Arc::new(Traces::new(&[
        &touchpoints::kinds::ACCOUNT_ADDED,
        &touchpoints::kinds::ACCOUNTS_IMPORTED,
    ])));
    db.attach(Arc::new(
        Wiring::default()
            .on(
                &accounts::ADDED,
                &[accounts::jobs::ONE_MORE, touchpoints::jobs::FOLLOW],
            )
            .on(
                &accounts::bulk::IMPORTED,
                &[accounts::jobs::MANY_MORE, touchpoints::jobs::FOLLOW_ALL],
            ),
    ));
    folder
}

/// Accounts of which every row is taken by itself: what the others have to come to, too.
static ONE_BY_ONE: Target = Target {
    key: "one by one",
    bulk: None,
    ..accounts::imports::TARGET
};

async fn bring(db: &TestDb, actor: &Actor, text: impl Into<Vec<u8>>) -> Result<Import, ImportError> {
    bring_to(db, actor, "accounts", text).await
}

pub(crate) async fn bring_to(
    db: &TestDb,
    actor: &Actor,
    target: &str,
    text: impl Into<Vec<u8>>,
) -> Result<Import, ImportError> {
    let new = New {
        target: target.into(),
        file_name: "list.csv".into(),
    };
    let pieces: Vec<_> = text
        .into()
        .chunks(11)
        .map(|piece| Ok::<_, Infallible>(piece.to_vec().into()))
        .collect();
    files::receive(db, actor, new, futures::stream::iter(pieces)).await
}

pub(crate) async fn work(db: &TestDb) {
    let mut jobs = Jobs::new();
    jobs.errand(Options::new(), imports::jobs::run);
    jobs.errand(Options::new(), imports::scrubbing::run);
    jobs.reaction(Options::new(), accounts::jobs::tally);
    jobs.reaction(Options::new(), touchpoints::jobs::follow);
    jobs.reaction(Options::new(), touchpoints::jobs::follow_all);
    while kit::jobs::run_due(db, &jobs).await.unwrap() > 0 {}
}

/// Brings a file, runs it to its end, and gives the import as it is then.
async fn import(db: &TestDb, actor: &Actor, text: impl Into<Vec<u8>>) -> Import {
    import_to(db, actor, "accounts", text).await
}

pub(crate) async fn import_to(db: &TestDb, actor: &Actor, target: &str, text: impl Into<Vec<u8>>) -> Import {
    let id = bring_to(db, actor, target, text).await.unwrap().id;
    let author = actor.clone();
    db.write(move |tx| imports::start(tx, &author, id)).await.unwrap();
    work(db).await;
    find(db, actor, id).await
}

pub(crate) async fn find(db: &TestDb, actor: &Actor, id: ImportId) -> Import {
    let actor = actor.clone();
    db.read(move |tx| imports::find(tx, &actor, id))
        .await
        .unwrap()
        .unwrap()
}

pub(crate) async fn all(db: &TestDb, actor: &Actor) -> Vec<Account> {
    let actor = actor.clone();
    db.read(move |tx| accounts::list(tx, &actor, None, 5_000))
        .await
        .unwrap()
}

async fn names(db: &TestDb, actor: &Actor) -> Vec<String> {
    all(db, actor)
        .await
        .into_iter()
        .map(|account| account.name)
        .collect()
}

pub(crate) async fn refused(db: &TestDb, actor: &Actor, id: ImportId) -> String {
    let lines = imports::refused(db, actor, id, Text::default()).await.unwrap();
    let bytes: Vec<u8> = lines.map(|piece| piece.unwrap().to_vec()).concat().await;
    String::from_utf8(bytes).unwrap()
}

pub(crate) fn counts(import: &Import) -> [i64; 4] {
    let counts = import.counts;
    [counts.added, counts.changed, counts.unchanged, counts.refused]
}

on_both! { LISTS;
    async fn good_rows_go_in_and_bad_ones_come_back_and_mended_they_go_in_too(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        let file = "Company;Website;Notes\nAcme;https://acme.com;\"a;b\"\n;x.com;nameless\nBest;best,com;=1+1\nCore;;\n";
        let import = import(&db, &world.ada, file).await;
        assert_eq!((import.state, counts(&import)), (State::Done, [2, 0, 0, 2]));
        assert_eq!(names(&db, &world.ada).await, ["Acme", "Core"]);
        let back = refused(&db, &world.ada, import.id).await;
        assert_eq!(
            back,
            "\u{feff}Company,Website,Notes,Reason,Suggestion\r\n\
             ,x.com,nameless,Name (column “Company”) is empty,Fill it in\r\n\
             Best,\"best,com\",'=1+1,Website is no website,Perhaps best.com\r\n"
        );
        let mended = back.replace("\"best,com\"", "best.com").replace("\n,x.com", "\nExtra,x.com");
        let again = self::import(&db, &world.ada, mended).await;
        assert_eq!(counts(&again), [2, 0, 0, 0]);
        assert_eq!(names(&db, &world.ada).await, ["Acme", "Best", "Core", "Extra"]);
    }

    async fn the_same_file_twice_doubles_nothing(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        let file = "id,name,website\n17,Acme,acme.com\n18,Acme,acme.com\n,Best,\n";
        let first = import(&db, &world.ada, file).await;
        assert_eq!(counts(&first), [3, 0, 0, 0]);
        let second = import(&db, &world.ada, file).await;
        assert_ne!(first.id, second.id);
        assert_eq!(counts(&second), [0, 0, 3, 0]);
        let third = import(&db, &world.ada, "id,name,website\n17,Acme Ltd,acme.com\n").await;
        assert_eq!(counts(&third), [0, 1, 0, 0]);
        assert_eq!(names(&db, &world.ada).await, ["Acme", "Acme Ltd", "Best"]);
    }

    async fn what_is_there_already_is_meant_and_not_doubled(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        add_account(&db, &world.ada, "Acme").await.unwrap();
        for name in ["Twin", "Twin"] {
            add_account(&db, &world.ada, name).await.unwrap();
        }
        let import = import(&db, &world.ada, "name,website\n ACME ,acme.com\nTwin,twin.com\n").await;
        assert_eq!(counts(&import), [0, 1, 0, 1]);
        let ada = world.ada.clone();
        let reasons = db.read(move |tx| imports::refused_after(tx, &ada, import.id, 0, 10)).await.unwrap();
        assert_eq!((reasons[0].0, reasons[0].1.code.as_str()), (3, "ambiguous"));
        assert_eq!(all(&db, &world.ada).await[0].website.as_deref(), Some("acme.com"));
    }

    async fn two_rows_of_a_file_that_contradict_each_other_are_told_apart_by_row(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        let import = import(&db, &world.ada, "id,name\n1,Acme\n1,Acme\n1,Other\n").await;
        assert_eq!(counts(&import), [1, 0, 1, 1]);
        let back = refused(&db, &world.ada, import.id).await;
        assert!(back.contains("1,Other,Row 3 says something else of the same thing,"), "{back}");
        assert_eq!(names(&db, &world.ada).await, ["Acme"]);
    }

    async fn ragged_rows_and_foreign_letters_are_read_and_unreadable_ones_named(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        // "Название;Сайт" and two rows in windows-1251; the third row has a cell too many.
        let mut bytes: Vec<u8> = b"\xcd\xe0\xe7\xe2\xe0\xed\xe8\xe5;\xd1\xe0\xe9\xf2\n".to_vec();
        bytes.extend_from_slice(b"\xce\xce\xce \xd0\xee\xec\xe0\xf8\xea\xe0\n\xc7\xe0\xe2\xee\xe4 \xd1\xf2\xe0\xeb\xfc;stal.ru\nA;b.ru;c\n");
        let import = import(&db, &world.ada, bytes).await;
        assert_eq!(counts(&import), [2, 0, 0, 1]);
        assert_eq!(names(&db, &world.ada).await, ["Завод Сталь", "ООО Ромашка"]);
        assert!(refused(&db, &world.ada, import.id).await.contains("more cells than the 2 columns"));
    }

    async fn a_preview_says_what_will_happen_and_does_nothing(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        add_account(&db, &world.ada, "Acme").await.unwrap();
        let draft = bring(&db, &world.ada, "name,website\nAcme,\nBest,best\nCore,core.com\nCore,core.com\n").await.unwrap();
        work(&db).await;
        let before = kinds(&db).await;
        let (rows, _) = files::preview(&db, &world.ada, draft.id).await.unwrap();
        let words: Vec<&str> = rows.iter().map(|row| match &row.outcome {
            Ok(Taken::Added(..)) => "new",
            Ok(Taken::Changed { .. }) => "changed",
            Ok(Taken::Unchanged(_)) => "unchanged",
            Err(refusal) => refusal.code.as_str(),
        }).collect();
        assert_eq!(words, ["unchanged", "bad-website", "new", "unchanged"]);
        assert_eq!(rows[1].row, 3);
        work(&db).await;
        assert_eq!(names(&db, &world.ada).await, ["Acme"]);
        assert_eq!(kinds(&db).await, before);
        assert_eq!(find(&db, &world.ada, draft.id).await, draft);
    }

    async fn an_import_is_taken_back_as_far_as_nobody_touched_it(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        let old = add_account(&db, &world.ada, "Acme").await.unwrap();
        let import = import(&db, &world.ada, "name,website\nAcme,acme.com\nBest,\nCore,\nDone,\n").await;
        assert_eq!(counts(&import), [3, 1, 0, 0]);
        let touched = all(&db, &world.ada).await;
        let (sam, best) = (world.sam.clone(), touched.iter().find(|one| one.name == "Best").unwrap().clone());
        let text = AccountText { name: "Best Ltd".into(), ..AccountText::default() };
        db.write(move |tx| accounts::change(tx, &sam, best.id, best.version, &text)).await.unwrap();
        let (ada, done) = (world.ada.clone(), touched.iter().find(|one| one.name == "Done").unwrap().id);
        db.write(move |tx| accounts::close(tx, &ada, done)).await.unwrap();
        for _ in 0..2 {
            let (ada, id) = (world.ada.clone(), import.id);
            db.write(move |tx| imports::undo(tx, &ada, id)).await.unwrap();
            work(&db).await;
            let undone = find(&db, &world.ada, import.id).await;
            assert_eq!((undone.state, undone.counts.taken_back, undone.counts.left_alone), (State::Undone, 2, 2));
        }
        assert_eq!(names(&db, &world.ada).await, ["Acme", "Best Ltd", "Done"]);
        let acme = all(&db, &world.ada).await.remove(0);
        assert_eq!((acme.id, acme.website), (old.id, None));
        let (ada, id) = (world.ada.clone(), import.id);
        let left = db.read(move |tx| imports::first_left(tx, &ada, id, 10)).await.unwrap();
        assert_eq!(left.iter().map(|left| left.row).collect::<Vec<_>>(), [3, 5]);
        let again = self::import(&db, &world.ada, "name,website\nCore,\n").await;
        assert_eq!(counts(&again), [1, 0, 0, 0], "what was taken back can come again");
    }

    async fn a_paused_import_goes_on_where_it_was(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        let rows: String = (0..1_300).map(|number| format!("Account {number:04}\n")).collect();
        let id = bring(&db, &world.ada, format!("name\n{rows}")).await.unwrap().id;
        let ada = world.ada.clone();
        db.write(move |tx| {
            imports::start(tx, &ada, id)?;
            imports::pause(tx, &ada, id)
        }).await.unwrap();
        work(&db).await;
        assert_eq!(find(&db, &world.ada, id).await.position, 0);
        let ada = world.ada.clone();
        db.write(move |tx| imports::resume(tx, &ada, id)).await.unwrap();
        // Two jobs for one import do its rows once.
        let ada = world.ada.clone();
        db.write(move |tx| {
            imports::pause(tx, &ada, id)?;
            imports::resume(tx, &ada, id)
        }).await.unwrap();
        work(&db).await;
        let over = find(&db, &world.ada, id).await;
        assert_eq!((over.state, over.position, counts(&over)), (State::Done, 1_301, [1_300, 0, 0, 0]));
        assert_eq!(all(&db, &world.ada).await.len(), 1_300);
    }

    async fn many_new_rows_go_in_together_and_nothing_of_them_is_lost(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        let rows: String = (0..1_300).map(|number| format!("C-{number},Account {number:04}\n")).collect();
        let import = import(&db, &world.ada, format!("id,name\n{rows}")).await;
        assert_eq!(counts(&import), [1_300, 0, 0, 0]);
        let ada = world.ada.clone();
        let open = db.read(move |tx| tallies::total(tx, ada.workspace, accounts::OPEN_TALLY)).await;
        assert_eq!(open, Ok(1_300));
        let told = kinds(&db).await;
        assert!(told.iter().filter(|kind| *kind == "accounts.imported").count() <= 3, "{told:?}");
        assert!(!told.contains(&"account.added".to_owned()));
        let everyone = all(&db, &world.ada).await;
        for account in [&everyone[0], &everyone[777], &everyone[1_299]] {
            let (ada, id) = (world.ada.clone(), account.id);
            let line = db.read(move |tx| touchpoints::timeline(tx, &ada, Whose::Account(id), &Filter::default())).await.unwrap();
            assert_eq!(line.iter().map(|touch| touch.kind.as_str()).collect::<Vec<_>>(), ["account_added"]);
        }
        // Every account stands in the events once: that is how search and feed hear of it.
        let recorded = db.read(|tx| events::after(tx, Default::default(), 1_000)).await.unwrap();
        let mut named: Vec<String> = recorded
            .iter()
            .filter(|event| event.kind == "accounts.imported")
            .flat_map(|event| event.subjects().map(str::to_owned))
            .collect();
        named.sort();
        let mut ids: Vec<String> = everyone.iter().map(|account| account.id.to_string()).collect();
        ids.sort();
        assert_eq!(named, ids);
        let (ada, id) = (world.ada.clone(), import.id);
        db.write(move |tx| imports::undo(tx, &ada, id)).await.unwrap();
        work(&db).await;
        let undone = find(&db, &world.ada, import.id).await;
        assert_eq!((undone.state, undone.counts.taken_back, undone.counts.left_alone), (State::Undone, 1_300, 0));
        assert!(all(&db, &world.ada).await.is_empty());
        let ada = world.ada.clone();
        assert_eq!(db.read(move |tx| tallies::total(tx, ada.workspace, accounts::OPEN_TALLY)).await, Ok(0));
    }

    async fn rows_that_go_in_together_come_to_the_same_as_one_by_one(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        // Few names, ids and websites, so that rows mean each other in every way; a fixed walk through all of them.
        let mut rows = String::from("id,name,website\n");
        let mut state = 7_u64;
        for _ in 0..900 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let pick = |shift: u64, of: u64| (state >> shift) % of;
            let id = if pick(20, 3) == 0 { format!("{}", pick(24, 60)) } else { String::new() };
            let website = ["", "a.example", "b.example", "broken"][pick(40, 4) as usize];
            rows.push_str(&format!("{id},Name {},{website}\n", pick(48, 400)));
        }
        for actor in [&world.ada, &world.eve] {
            for name in ["Name 1", "NAME 2", "Name 2"] {
                add_account(&db, actor, name).await.unwrap();
            }
        }
        let quick = import_to(&db, &world.ada, "accounts", rows.clone()).await;
        let slow = import_to(&db, &world.eve, "one by one", rows.clone()).await;
        assert_eq!((quick.state, counts(&quick)), (State::Done, counts(&slow)));
        assert!(counts(&quick).iter().all(|count| *count > 20), "{quick:?}");
        let said = async |actor: &Actor| {
            let all = all(&db, actor).await.into_iter();
            all.map(|account| (account.name, account.website, account.version)).collect::<std::collections::BTreeSet<_>>()
        };
        assert_eq!(said(&world.ada).await, said(&world.eve).await);
        let codes = async |actor: &Actor, id| {
            let actor = actor.clone();
            db.read(move |tx| imports::refused_after(tx, &actor, id, 0, 1_000)).await.unwrap()
        };
        assert_eq!(codes(&world.ada, quick.id).await, codes(&world.eve, slow.id).await);
        for (actor, id) in [(&world.ada, quick.id), (&world.eve, slow.id)] {
            let author = actor.clone();
            db.write(move |tx| imports::undo(tx, &author, id)).await.unwrap();
            work(&db).await;
        }
        let (quick, slow) = (find(&db, &world.ada, quick.id).await, find(&db, &world.eve, slow.id).await);
        assert_eq!(quick.counts, slow.counts);
        assert_eq!(said(&world.ada).await, said(&world.eve).await);
    }

    async fn only_leads_bring_files_and_only_their_own_are_seen(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        assert!(matches!(bring(&db, &world.sam, "name\nAcme\n").await, Err(ImportError::Forbidden(_))));
        let id = bring(&db, &world.ada, "name\nAcme\n").await.unwrap().id;
        let eve = world.eve.clone();
        let unknown = db.write(move |tx| imports::start(tx, &eve, id)).await;
        assert_eq!(unknown, Err(ImportError::Unknown));
        let eve = world.eve.clone();
        assert_eq!(db.read(move |tx| imports::list(tx, &eve, None, 10)).await, Ok(Vec::new()));
    }

    async fn a_file_without_rows_or_with_an_open_quotation_mark_leaves_nothing_behind(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        for empty in ["", "name,website\n", "\n\n"] {
            assert_eq!(bring(&db, &world.ada, empty).await, Err(ImportError::Empty), "{empty:?}");
        }
        let open = format!("name\nAcme\n\"{}", "x".repeat(2 << 20));
        let refused = bring(&db, &world.ada, open).await.unwrap_err();
        assert_eq!(refused.to_string(), "row 3, column 1: the cell is longer than 1 MiB; look for a quotation mark that is not closed");
        let ada = world.ada.clone();
        assert_eq!(db.read(move |tx| imports::list(tx, &ada, None, 10)).await, Ok(Vec::new()));
    }

    async fn columns_are_mapped_by_hand_and_required_ones_asked_for(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        let draft = bring(&db, &world.ada, "a,b\nx,Acme\n").await.unwrap();
        let map = async |fields: [Option<&str>; 2]| {
            let (ada, fields) = (world.ada.clone(), fields.map(|field| field.map(str::to_owned)));
            db.write(move |tx| {
                imports::map(tx, &ada, draft.id, &fields, &[])?;
                imports::start(tx, &ada, draft.id)
            }).await.map(drop)
        };
        assert_eq!(map([None, Some("website")]).await, Err(ImportError::Unmapped("name")));
        assert_eq!(map([Some("name"), Some("name")]).await, Err(ImportError::Twice("name".into())));
        assert_eq!(map([Some("nonsense"), Some("name")]).await, Ok(()));
        work(&db).await;
        assert_eq!(names(&db, &world.ada).await, ["Acme"]);
        assert_eq!(map([None, None]).await, Err(ImportError::Past(State::Done)));
    }
}
