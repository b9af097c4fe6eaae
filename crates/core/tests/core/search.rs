//! Search over what happens: found after it happened, by those who may, whatever became of the index meanwhile.

use std::sync::Mutex;

use jiff::tz::TimeZone;
use kit::clock::Timestamp;
use kit::db::{Db, DbError};
use kit::i18n::{Locale, Text};
use kit::id::TypedId;
use kit::search::SearchError;
use tandem_core::accounts::{self, AccountError};
use tandem_core::actor::Actor;
use tandem_core::agents;
use tandem_core::contacts::{self, ContactText, Introduction, erasing};
use tandem_core::events;
use tandem_core::permissions::Permission;
use tandem_core::search::{Follow, Found, Search, Sources, Wish, rebuild};
use tandem_core::segments;
use tandem_core::tags::{self, Tag, TagId, TagText};
use tandem_core::touchpoints::{self, Channel, Direction, NewTouchpoint};
use tempfile::TempDir;
use testkit::on_both;

use crate::world::{LISTS, World, add_account, text, without};

/// A search with an index of its own.
pub(crate) struct Desk {
    folder: TempDir,
    search: Search,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let search = fresh(&folder);
        Self { folder, search }
    }

    /// One that knows touchpoints.
    fn of_touchpoints() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let sources = Sources::new(&[&touchpoints::search::SOURCE]).following(touchpoints::search::FOLLOWS);
        let search = Search::new(folder.path().join("search"), sources);
        Self { folder, search }
    }

    /// One that knows accounts, and what is filed under which name.
    fn following(follows: &[Follow]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let sources = Sources::new(&[&accounts::search::SOURCE]).following(follows);
        let search = Search::new(folder.path().join("search"), sources);
        Self { folder, search }
    }

    /// Everything up to now is found.
    pub(crate) async fn settle(&self, db: &Db) {
        events::give_positions(db).await.unwrap();
        self.search.catch_up(db).await.unwrap();
    }

    async fn ask(&self, actor: &Actor, typed: &str) -> Found {
        let t = Text::new(Locale::english(), TimeZone::UTC, Timestamp(0));
        let wish = Wish {
            text: typed.to_owned(),
            each: 50,
            after: None,
        };
        self.search.find(actor, &t, wish).await.unwrap()
    }

    pub(crate) async fn titles(&self, actor: &Actor, typed: &str) -> Vec<String> {
        let groups = self.ask(actor, typed).await.answer.groups;
        let mut titles: Vec<_> = groups
            .into_iter()
            .flat_map(|group| group.hits)
            .map(|hit| hit.shown.title)
            .collect();
        titles.sort();
        titles
    }
}

/// The search as another process would begin it in the same folder.
fn fresh(folder: &TempDir) -> Search {
    let sources = Sources::new(&[
        &accounts::search::SOURCE,
        &agents::search::SOURCE,
        &segments::search::SOURCE,
    ]);
    Search::new(folder.path().join("search"), sources)
}

/// How many things were asked for at once.
static ASKED: Mutex<Vec<i64>> = Mutex::new(Vec::new());

async fn rename(db: &Db, actor: &Actor, tag: &Tag, name: &str) {
    let (actor, id, version) = (actor.clone(), tag.id, tag.version);
    let text = TagText {
        name: name.to_owned(),
        colour: tag.colour,
    };
    db.write(move |tx| tags::change(tx, &actor, id, version, &text))
        .await
        .unwrap();
}

on_both! { LISTS;
    async fn what_happens_is_found_as_it_is_now(db: TestDb) {
        let (world, desk) = (World::new(&db).await, Desk::new());
        let acme = add_account(&db, &world.ada, "Acme Wagons").await.unwrap();
        desk.settle(&db).await;
        assert_eq!(desk.titles(&world.ada, "wagon").await, ["Acme Wagons"]);
        assert_eq!(desk.titles(&world.ada, &acme.id.to_string()).await, ["Acme Wagons"]);
        let (ada, id) = (world.ada.clone(), acme.id);
        db.write(move |tx| {
            accounts::change(tx, &ada, id, 1, &text("Acme Łodzie"))?;
            accounts::close(tx, &ada, id)
        })
        .await
        .unwrap_or_else(|error: AccountError| panic!("{error}"));
        assert_eq!(desk.titles(&world.ada, "wagon").await, ["Acme Wagons"], "nothing is found before its commit");
        desk.settle(&db).await;
        assert!(desk.titles(&world.ada, "wagon").await.is_empty());
        assert_eq!(desk.titles(&world.ada, "lodzie is:closed").await, ["Acme Łodzie"]);
        assert!(desk.titles(&world.ada, "lodzie is:open").await.is_empty());
        assert_eq!(desk.titles(&world.ada, "kind:agent ada").await, ["Ada"]);
    }

    async fn another_workspace_finds_and_counts_nothing_of_ours(db: TestDb) {
        let (world, desk) = (World::new(&db).await, Desk::new());
        add_account(&db, &world.ada, "Greenwood").await.unwrap();
        desk.settle(&db).await;
        for typed in ["greenwood", "grenwood", "green", "is:open", "kind:account", "\"greenwood\""] {
            let answer = desk.ask(&world.eve, typed).await.answer;
            assert_eq!((answer.count(), answer.meant), (0, None), "{typed}");
        }
        let theirs = desk.search.condition(world.eve.workspace).await.unwrap();
        assert_eq!(theirs.documents, Some(1), "Eve herself");
    }

    async fn an_index_made_of_another_database_is_made_anew(db: TestDb) {
        let (world, desk) = (World::new(&db).await, Desk::new());
        add_account(&db, &world.ada, "Acme").await.unwrap();
        desk.settle(&db).await;
        let mut build = desk.search.shelf().build().unwrap();
        build.writer().take(kit::id::Uuid::nil(), "acc_0");
        build.finish("3 evt_01k0000000000000000000000z").unwrap();
        let again = Desk { search: fresh(&desk.folder), ..desk };
        assert!(again.titles(&world.ada, "acme").await.is_empty());
        again.settle(&db).await;
        assert_eq!(again.titles(&world.ada, "acme").await, ["Acme"]);
    }

    async fn a_missing_or_damaged_index_is_made_anew(db: TestDb) {
        let (world, desk) = (World::new(&db).await, Desk::new());
        add_account(&db, &world.ada, "Acme").await.unwrap();
        assert!(!desk.ask(&world.ada, "acme").await.is_ready);
        desk.settle(&db).await;
        let shelf = desk.search.shelf().clone();
        let index = shelf.folder().join(shelf.current().unwrap());
        let mut segment = std::fs::read_dir(index).unwrap().map(|file| file.unwrap().path());
        let segment = segment.find(|file| file.extension().is_some_and(|end| end == "term")).unwrap();
        let mut bytes = std::fs::read(&segment).unwrap();
        bytes[0] ^= 0xff;
        std::fs::write(&segment, bytes).unwrap();
        assert!(matches!(shelf.check(), Err(SearchError::Damaged(_))));
        let again = Desk { search: fresh(&desk.folder), ..desk };
        again.settle(&db).await;
        again.search.shelf().check().unwrap();
        assert_eq!(again.titles(&world.ada, "acme").await, ["Acme"]);
    }

    async fn a_rebuild_while_others_write_misses_nothing(db: TestDb) {
        let (world, desk) = (World::new(&db).await, Desk::new());
        desk.settle(&db).await;
        let names: Vec<_> = (0..60).map(|number| format!("Wagon {number}")).collect();
        let writing = async {
            for name in &names {
                add_account(&db, &world.ada, name).await.unwrap();
            }
        };
        let building = async {
            for _ in 0..3 {
                rebuild(&db, desk.search.shelf(), desk.search.sources(), |_| {}).await.unwrap();
            }
        };
        tokio::join!(writing, building);
        desk.settle(&db).await;
        let kept = desk.search.shelf().open().unwrap().1.everything().unwrap();
        rebuild(&db, desk.search.shelf(), desk.search.sources(), |_| {}).await.unwrap();
        let rebuilt = desk.search.shelf().open().unwrap().1.everything().unwrap();
        assert_eq!(kept, rebuilt);
        assert_eq!(kept.iter().filter(|shown| shown.kind == "account").count(), names.len());
    }

    async fn everything_filed_under_another_name_is_read_again(db: TestDb) {
        let (world, desk) = (World::new(&db).await, Desk::following(accounts::search::FOLLOWS));
        let ada = world.ada.clone();
        let tag = db.write(move |tx| {
            let mut tag = None;
            for number in 0..510 {
                let account = accounts::add(tx, &ada, &text(&format!("Wagon{number:03}"))).unwrap().id;
                tag = Some(tags::put(tx, &ada, &accounts::NOUN, account.into(), "vip").unwrap());
            }
            Ok::<_, DbError>(tag.unwrap())
        }).await.unwrap();
        desk.settle(&db).await;
        rename(&db, &world.ada, &tag, "core").await;
        desk.settle(&db).await;
        for name in ["Wagon000", "Wagon509"] {
            let found = desk.titles(&world.ada, &format!("tag:core {name}")).await;
            assert!(found.contains(&name.to_owned()), "{name}: {found:?}");
        }
    }

    async fn touchpoints_are_found_by_their_words_and_no_longer_than_these_stand(db: TestDb) {
        let (world, desk) = (World::new(&db).await, Desk::of_touchpoints());
        let acme = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let ada = world.ada.clone();
        let (anna, call) = db.write(move |tx| {
            let introduction = Introduction::default();
            let called = ContactText { name: "Anna Kowalska".to_owned(), ..ContactText::default() };
            let anna = contacts::add(tx, &ada, &called, &introduction).unwrap().id;
            let new = |kind: &str, channel, contact, summary: &str| NewTouchpoint {
                contact,
                kind: kind.to_owned(),
                channel,
                direction: Direction::Outbound,
                summary: summary.to_owned(),
                evidence: None,
                happened_at: None,
                impression: None,
            };
            let call = new("call", Channel::Phone, Some(anna), "Spoke about the migration");
            let call = touchpoints::add(tx, &ada, acme, &call).unwrap().id;
            let visit = new("visit", Channel::InPerson, None, "Showed the migration to everybody");
            touchpoints::add(tx, &ada, acme, &visit).unwrap();
            Ok::<_, DbError>((anna, call))
        }).await.unwrap();
        desk.settle(&db).await;
        for (typed, found) in [
            ("migration", 2),
            ("migration channel:phone", 1),
            ("migration is:visit", 1),
            ("migration account:acme from:anna", 1),
            ("migration before:2001-01-01", 0),
        ] {
            assert_eq!(desk.titles(&world.ada, typed).await.len(), found, "{typed}");
        }
        assert_eq!(desk.titles(&world.eve, "migration").await.len(), 0);
        let blind = without(&world.ada, Permission::AccountsRead);
        assert_eq!(desk.titles(&blind, "migration").await.len(), 0);
        // Called otherwise, withdrawn, put back, and forgotten with whom it was.
        let ada = world.ada.clone();
        db.write(move |tx| {
            accounts::change(tx, &ada, acme, 1, &text("Umbrella")).unwrap();
            touchpoints::withdraw(tx, &ada, call).map(drop)
        }).await.unwrap();
        desk.settle(&db).await;
        assert_eq!(desk.titles(&world.ada, "migration account:umbrella").await, ["Umbrella"]);
        let ada = world.ada.clone();
        db.write(move |tx| touchpoints::restore(tx, &ada, call)).await.unwrap();
        desk.settle(&db).await;
        assert_eq!(desk.titles(&world.ada, "migration").await.len(), 2);
        let ada = world.ada.clone();
        db.write(move |tx| erasing::erase(tx, &ada, anna)).await.unwrap();
        desk.settle(&db).await;
        assert_eq!(desk.titles(&world.ada, "migration").await.len(), 1);
    }

    async fn what_several_names_file_is_read_in_bounded_parts(db: TestDb) {
        let follow = Follow {
            find: |tx, workspace, tag, part| {
                ASKED.lock().unwrap().push(part.1);
                tags::bearers(tx, workspace, &accounts::NOUN, TagId::from_uuid(tag), part)
            },
            ..accounts::search::FOLLOWS[0]
        };
        let (world, desk) = (World::new(&db).await, Desk::following(&[follow]));
        let ada = world.ada.clone();
        let held = db.write(move |tx| {
            let account = accounts::add(tx, &ada, &text("Acme")).unwrap().id;
            let put = |name: &str| tags::put(tx, &ada, &accounts::NOUN, account.into(), name).unwrap();
            Ok::<_, DbError>(["one", "two"].map(put))
        }).await.unwrap();
        desk.settle(&db).await;
        ASKED.lock().unwrap().clear();
        rename(&db, &world.ada, &held[0], "first").await;
        rename(&db, &world.ada, &held[1], "second").await;
        desk.settle(&db).await;
        let asked = ASKED.lock().unwrap().clone();
        assert_eq!((asked.len(), asked[0] - asked[1]), (2, 1), "{asked:?}");
        assert_eq!(desk.titles(&world.ada, "tag:second").await, ["Acme"]);
    }
}
