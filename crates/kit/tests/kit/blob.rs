//! Blobs: what is stored comes back, belongs to its workspace, and is swept when nobody needs it.

use std::time::Duration;

use bytes::Bytes;
use futures::{StreamExt, TryStreamExt, stream};
use kit::blob::{self, Blob, BlobError, BlobId, BlobPlace, Blobs, Bucket, GRACE, Stored, Swept, sweep};
use kit::clock::Clock;
use kit::db::{Db, Migration};
use kit::id::{Ids, Uuid};
use testkit::s3::FakeS3;
use testkit::{MORNING, TestDb, on_both};

const SCHEMA: &[&[Migration]] = &[blob::MIGRATIONS];
const OURS: Uuid = Uuid::from_u128(1);
const THEIRS: Uuid = Uuid::from_u128(2);
/// The SHA-256 of `abc`, as published in FIPS 180-4.
const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

fn folder_of(db: &TestDb) -> BlobPlace {
    BlobPlace::Folder(db.folder.path().join("blobs"))
}

fn in_folder(db: &TestDb) -> Blobs {
    Blobs::open(&folder_of(db), db.clock.clone(), Ids::seeded(1)).unwrap()
}

fn in_bucket(s3: &FakeS3) -> Blobs {
    let bucket = Bucket {
        name: "tandem".to_owned(),
        prefix: "test".to_owned(),
        endpoint: Some(s3.endpoint.clone()),
        region: "us-east-1".to_owned(),
        keys: Some(("access".to_owned(), "secret".to_owned())),
    };
    Blobs::open(&BlobPlace::Bucket(bucket), Clock::manual(MORNING), Ids::seeded(1)).unwrap()
}

/// A content of `length` bytes in chunks of a size that fits no boundary.
fn long(length: usize) -> (Vec<u8>, impl futures::Stream<Item = Result<Bytes, String>> + Send) {
    let content: Vec<u8> = (0..length).map(|place| (place % 251) as u8).collect();
    let chunks: Vec<_> = content
        .chunks(65_521)
        .map(|chunk| Ok(Bytes::copy_from_slice(chunk)))
        .collect();
    (content, stream::iter(chunks))
}

async fn add(db: &Db, stored: &Stored, subject: &'static str) -> Result<BlobId, BlobError> {
    let stored = stored.clone();
    db.write(move |tx| blob::add(tx, OURS, &stored, "text/plain", subject))
        .await
}

async fn find(db: &Db, workspace: Uuid, id: BlobId) -> Option<Blob> {
    db.read(move |tx| blob::find(tx, workspace, id)).await.unwrap()
}

/// Puts the clock so far after the files' real times that everything is old.
fn long_after(db: &TestDb) {
    db.clock.set(Clock::system().now().plus(GRACE * 3));
}

/// Moves the test's clock to the real time, which is what files are stamped with.
fn now_as_files_have_it(db: &TestDb) {
    db.clock.set(Clock::system().now());
}

fn files(db: &TestDb) -> Vec<String> {
    fn walk(folder: &std::path::Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else {
                found.push(path.file_name().unwrap().to_string_lossy().into_owned());
            }
        }
    }
    let mut found = Vec::new();
    walk(&db.folder.path().join("blobs"), &mut found);
    found
}

on_both! { SCHEMA;
    async fn what_was_put_comes_back_to_its_workspace_alone(db: TestDb) {
        let blobs = in_folder(&db);
        let stored = blobs.put_bytes(Bytes::from_static(b"abc")).await.unwrap();
        assert_eq!((stored.id.to_string().as_str(), stored.size), (ABC, 3));
        let id = add(&db, &stored, "msg_1").await.unwrap();
        let blob = find(&db, OURS, id).await.unwrap();
        assert_eq!((blob.size, blob.media_type.as_str()), (3, "text/plain"));
        assert_eq!(blobs.read_all(&blob).await.unwrap(), "abc");
        assert_eq!(find(&db, THEIRS, id).await, None);
        assert!(!db.write(move |tx| blob::link(tx, THEIRS, id, "msg_9")).await.unwrap());
        assert_eq!(find(&db, THEIRS, id).await, None);
    }

    async fn the_same_content_is_kept_once_in_a_workspace(db: TestDb) {
        let blobs = in_folder(&db);
        now_as_files_have_it(&db);
        let first = blobs.put_bytes(Bytes::from_static(b"abc")).await.unwrap();
        let second = blobs.put_bytes(Bytes::from_static(b"abc")).await.unwrap();
        assert_eq!(add(&db, &first, "msg_1").await.unwrap(), add(&db, &second, "msg_2").await.unwrap());
        assert_eq!(files(&db).len(), 2);
        long_after(&db);
        assert_eq!(sweep(&db, &blobs).await.unwrap(), Swept { objects: 1, ..Swept::default() });
        let blob = find(&db, OURS, first.id).await.unwrap();
        assert_eq!(blobs.read_all(&blob).await.unwrap(), "abc");
    }

    async fn the_sweep_takes_what_nobody_needs_and_nothing_younger_than_the_grace(db: TestDb) {
        let blobs = in_folder(&db);
        now_as_files_have_it(&db);
        let kept = blobs.put_bytes(Bytes::from_static(b"kept")).await.unwrap();
        let dropped = blobs.put_bytes(Bytes::from_static(b"dropped")).await.unwrap();
        blobs.put_bytes(Bytes::from_static(b"never added")).await.unwrap();
        add(&db, &kept, "msg_1").await.unwrap();
        let id = add(&db, &dropped, "msg_1").await.unwrap();
        db.write(move |tx| blob::unlink(tx, OURS, id, "msg_1")).await.unwrap();

        assert_eq!(sweep(&db, &blobs).await.unwrap(), Swept::default());
        assert!(find(&db, OURS, id).await.is_some());
        long_after(&db);
        assert_eq!(sweep(&db, &blobs).await.unwrap(), Swept { rows: 1, objects: 2, leftovers: 0 });
        assert_eq!(sweep(&db, &blobs).await.unwrap(), Swept::default());
        assert_eq!(find(&db, OURS, id).await, None);
        let blob = find(&db, OURS, kept.id).await.unwrap();
        assert_eq!(blobs.read_all(&blob).await.unwrap(), "kept");
    }

    async fn a_content_is_needed_as_long_as_one_subject_needs_it(db: TestDb) {
        let blobs = in_folder(&db);
        now_as_files_have_it(&db);
        let stored = blobs.put_bytes(Bytes::from_static(b"abc")).await.unwrap();
        let id = add(&db, &stored, "msg_1").await.unwrap();
        assert!(db.write(move |tx| blob::link(tx, OURS, id, "msg_2")).await.unwrap());
        db.write(move |tx| blob::unlink(tx, OURS, id, "msg_1")).await.unwrap();
        long_after(&db);
        assert_eq!(sweep(&db, &blobs).await.unwrap(), Swept::default());
        // Dropped and needed again before the sweep came by.
        db.write(move |tx| blob::unlink(tx, OURS, id, "msg_2")).await.unwrap();
        assert!(db.write(move |tx| blob::link(tx, OURS, id, "msg_3")).await.unwrap());
        db.clock.advance(GRACE * 2);
        assert_eq!(sweep(&db, &blobs).await.unwrap(), Swept::default());
    }

    async fn an_object_that_the_sweep_may_be_at_gets_no_row(db: TestDb) {
        let blobs = in_folder(&db);
        let stored = blobs.put_bytes(Bytes::from_static(b"abc")).await.unwrap();
        db.clock.advance(GRACE / 2 + Duration::from_secs(1));
        assert_eq!(add(&db, &stored, "msg_1").await, Err(BlobError::Stale));
        assert_eq!(find(&db, OURS, stored.id).await, None);
    }

    async fn a_damaged_object_is_noticed_at_its_end(db: TestDb) {
        let blobs = in_folder(&db);
        let stored = blobs.put_bytes(Bytes::from_static(b"abc")).await.unwrap();
        let id = add(&db, &stored, "msg_1").await.unwrap();
        let blob = find(&db, OURS, id).await.unwrap();
        let path = db.folder.path().join("blobs/ba/78").join(&files(&db)[0]);
        std::fs::write(&path, "abd").unwrap();
        assert!(matches!(blobs.read_all(&blob).await, Err(BlobError::Damaged { .. })));
        std::fs::write(&path, "ab").unwrap();
        assert!(matches!(blobs.read_all(&blob).await, Err(BlobError::Damaged { .. })));
        std::fs::remove_file(&path).unwrap();
        assert!(matches!(blobs.read_all(&blob).await, Err(BlobError::Missing { .. })));
    }

    async fn a_crash_while_writing_leaves_only_what_the_sweep_removes(db: TestDb) {
        let blobs = in_folder(&db);
        now_as_files_have_it(&db);
        // What the store leaves behind when the process dies before, and just after, the last byte.
        let incoming = db.folder.path().join("blobs/incoming");
        std::fs::create_dir_all(&incoming).unwrap();
        std::fs::write(incoming.join("00aa#1"), "half").unwrap();
        std::fs::write(incoming.join("00bb"), "whole").unwrap();
        assert_eq!(sweep(&db, &blobs).await.unwrap(), Swept::default());
        long_after(&db);
        assert_eq!(sweep(&db, &blobs).await.unwrap(), Swept { rows: 0, objects: 1, leftovers: 1 });
        assert_eq!(files(&db), [""; 0]);
    }
}

on_both! { SCHEMA;
    async fn a_long_content_is_written_as_it_comes(db: TestDb) {
        let blobs = in_folder(&db);
        let (content, chunks) = long(20_000_003);
        let stored = blobs.put(chunks, 20_000_003).await.unwrap();
        assert_eq!(stored.size, 20_000_003);
        assert_eq!(files(&db).len(), 1);
        let id = add(&db, &stored, "msg_1").await.unwrap();
        let blob = find(&db, OURS, id).await.unwrap();
        assert!(blobs.read_all(&blob).await.unwrap() == content);
        let part = blobs.read_range(&blob, 10_000_000..10_000_100).await.unwrap();
        let part: Vec<u8> = part.try_fold(Vec::new(), async |all, chunk| Ok([all, chunk.to_vec()].concat())).await.unwrap();
        assert_eq!(part, content[10_000_000..10_000_100]);
        for wrong in [5..5, 20_000_000..20_000_004] {
            assert!(matches!(blobs.read_range(&blob, wrong).await, Err(BlobError::Range)));
        }
    }

    async fn a_refused_content_leaves_nothing(db: TestDb) {
        let blobs = in_folder(&db);
        for length in [1_000, 20_000_000] {
            let limit = length as u64 - 1;
            assert_eq!(blobs.put(long(length).1, limit).await, Err(BlobError::TooLarge { limit }));
            let torn = long(length).1.chain(stream::iter([Err("peer gone".to_owned())]));
            assert_eq!(blobs.put(torn, u64::MAX).await, Err(BlobError::Interrupted("peer gone".to_owned())));
        }
        assert_eq!(files(&db), [""; 0]);
    }

    async fn a_bucket_behaves_as_a_folder(db: TestDb) {
        let s3 = FakeS3::start().await;
        let blobs = in_bucket(&s3);
        let short = blobs.put_bytes(Bytes::from_static(b"abc")).await.unwrap();
        assert_eq!(s3.log(), ["put"]);
        let (content, chunks) = long(20_000_003);
        let stored = blobs.put(chunks, u64::MAX).await.unwrap();
        assert_eq!(s3.log()[1..], ["begin", "part", "part", "part", "complete", "copy", "delete"]);
        let id = add(&db, &stored, "msg_1").await.unwrap();
        add(&db, &short, "msg_1").await.unwrap();
        let blob = find(&db, OURS, id).await.unwrap();
        assert!(blobs.read_all(&blob).await.unwrap() == content);
        let part = blobs.read_range(&blob, 3..7).await.unwrap();
        assert_eq!(part.map(Result::unwrap).collect::<Vec<_>>().await, [Bytes::from_static(&[3, 4, 5, 6])]);
        assert_eq!(s3.names().len(), 2);
        assert!(s3.names().iter().all(|name| name.starts_with("tandem/test/")));
    }

    async fn a_bucket_is_swept_page_by_page(db: TestDb) {
        let s3 = FakeS3::start().await;
        let blobs = in_bucket(&s3);
        for text in ["a", "b", "c", "d", "e"] {
            let stored = blobs.put_bytes(Bytes::from_static(text.as_bytes())).await.unwrap();
            if text == "c" {
                add(&db, &stored, "msg_1").await.unwrap();
            }
        }
        assert_eq!(sweep(&db, &blobs).await.unwrap(), Swept::default());
        // The bucket's clock stands at the tests' morning; its sweeper comes two days later.
        let later = Blobs::open(&BlobPlace::Bucket(Bucket {
            name: "tandem".to_owned(),
            prefix: "test".to_owned(),
            endpoint: Some(s3.endpoint.clone()),
            region: "us-east-1".to_owned(),
            keys: Some(("access".to_owned(), "secret".to_owned())),
        }), Clock::manual(MORNING.plus(GRACE * 2)), Ids::seeded(2)).unwrap();
        assert_eq!(sweep(&db, &later).await.unwrap(), Swept { objects: 4, ..Swept::default() });
        assert_eq!(s3.names().len(), 1);
    }
}

#[tokio::test]
async fn a_refused_content_leaves_no_open_upload_in_a_bucket() {
    let s3 = FakeS3::start().await;
    let limit = 19_000_000;
    assert_eq!(
        in_bucket(&s3).put(long(20_000_000).1, limit).await,
        Err(BlobError::TooLarge { limit })
    );
    assert_eq!((s3.open_uploads(), s3.names().len()), (0, 0));
}

#[tokio::test]
async fn a_bucket_that_refuses_acknowledges_nothing() {
    let s3 = FakeS3::start().await;
    let blobs = in_bucket(&s3);
    s3.fail_with(Some(http::StatusCode::FORBIDDEN));
    assert_eq!(
        blobs.put_bytes(Bytes::from_static(b"abc")).await,
        Err(BlobError::ReadOnly)
    );
    assert_eq!(blobs.check().await, Err(BlobError::ReadOnly));
    s3.fail_with(None);
    assert_eq!(blobs.check().await, Ok(()));
    assert_eq!(s3.names().len(), 0);
}

#[tokio::test]
async fn a_folder_that_takes_no_files_acknowledges_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let place = BlobPlace::Folder(folder.path().join("blobs"));
    let blobs = Blobs::open(&place, Clock::manual(MORNING), Ids::seeded(1)).unwrap();
    // A file where a folder must be stands in for a broken disk: it stops even the superuser.
    std::fs::write(folder.path().join("blobs/ba"), "").unwrap();
    let refused = blobs.put_bytes(Bytes::from_static(b"abc")).await.unwrap_err();
    assert!(matches!(refused, BlobError::Unavailable(_)), "{refused:?}");
}

#[test]
fn an_id_is_its_text() {
    let id: BlobId = ABC.parse().unwrap();
    assert_eq!(id.to_string(), ABC);
    assert_eq!(
        serde_json::from_str::<BlobId>(&serde_json::to_string(&id).unwrap()).unwrap(),
        id
    );
    for wrong in ["", &ABC[1..], &ABC.to_uppercase(), &ABC.replace('b', "é")] {
        assert!(wrong.parse::<BlobId>().is_err(), "{wrong}");
    }
}
