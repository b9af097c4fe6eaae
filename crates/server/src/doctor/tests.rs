//! The doctor on sound and on broken installations.

use kit::{blob, clock::Timestamp, db::Db, id::Ids};
use tokio::{io::AsyncWriteExt, net::TcpListener};

use super::*;
use crate::{config::Inputs, stores};

const SCHEMA: &[&[Migration]] = &[blob::MIGRATIONS];

fn config(folder: &std::path::Path, more: &[(&str, &str)]) -> Config {
    let data = folder.join("data").display().to_string();
    let usual = [("data", data.as_str()), ("disk_reserve", "1B")];
    let flags = usual.into_iter().chain(more.iter().copied());
    let flags = flags
        .map(|(key, text)| (key.to_owned(), text.to_owned()))
        .collect();
    Config::load(&Inputs {
        flags,
        ..Inputs::default()
    })
    .unwrap()
}

async fn settled(folder: &std::path::Path, clock: &Clock) {
    let config = config(folder, &[]);
    std::fs::create_dir_all(&config.data).unwrap();
    let db = Db::open(&stores::database(&config), clock.clone(), Ids::seeded(1)).unwrap();
    db.migrate(SCHEMA).await.unwrap();
    let blobs = stores::blobs(&config, clock.clone(), Ids::seeded(1)).unwrap();
    let stored = blobs.put_bytes(b"abc".as_slice().into()).await.unwrap();
    let workspace = Ids::seeded(2).next(clock.now());
    db.write(move |tx| blob::add(tx, workspace, &stored, "text/plain", "msg_1"))
        .await
        .unwrap();
    db.close().await;
}

async fn found(config: &Config, name: &str) -> Finding {
    let findings = examine(config, &Clock::system(), SCHEMA).await;
    findings
        .into_iter()
        .find(|finding| finding.name == name)
        .unwrap_or_else(|| panic!("nothing about {name}"))
}

#[tokio::test]
async fn a_sound_installation_has_nothing_failing_and_keeps_its_files() {
    let folder = tempfile::tempdir().unwrap();
    settled(folder.path(), &Clock::system()).await;
    let findings = examine(&config(folder.path(), &[]), &Clock::system(), SCHEMA).await;
    assert!(
        findings.iter().all(|finding| finding.verdict < Verdict::Fail),
        "{findings:#?}"
    );
    let names: Vec<_> = findings.iter().map(|finding| finding.name).collect();
    assert_eq!(
        names,
        [
            "data folder",
            "disk",
            "process",
            "seal keys",
            "database",
            "schema",
            "clock",
            "newest row",
            "blob store",
            "search index",
            "mail",
            "address"
        ]
    );
    assert!(
        findings
            .iter()
            .all(|finding| (finding.verdict == Verdict::Ok) == finding.advice.is_none())
    );
    let shown = text(&findings);
    assert_eq!(shown.lines().count(), findings.len() + 1, "{shown}");
    let left = std::fs::read_dir(folder.path().join("data")).unwrap();
    assert!(
        left.flatten()
            .all(|entry| !entry.file_name().to_string_lossy().starts_with(".doctor"))
    );
}

#[tokio::test]
async fn a_new_installation_is_told_how_to_begin() {
    let folder = tempfile::tempdir().unwrap();
    let findings = examine(&config(folder.path(), &[]), &Clock::system(), SCHEMA).await;
    assert!(
        findings.iter().all(|finding| finding.verdict < Verdict::Fail),
        "{findings:#?}"
    );
    assert!(!folder.path().join("data").exists(), "the doctor makes nothing");
}

#[tokio::test]
async fn a_full_disk_is_a_failure() {
    let folder = tempfile::tempdir().unwrap();
    let config = config(folder.path(), &[("disk_reserve", "1000000GiB")]);
    assert_eq!(found(&config, "disk").await.verdict, Verdict::Fail);
}

#[tokio::test]
async fn a_clock_that_was_set_back_is_noticed_by_the_newest_row() {
    let folder = tempfile::tempdir().unwrap();
    let tomorrow = Clock::system().now().plus(std::time::Duration::from_secs(86_400));
    settled(folder.path(), &Clock::manual(tomorrow)).await;
    let finding = found(&config(folder.path(), &[]), "newest row").await;
    assert_eq!(finding.verdict, Verdict::Fail);
    assert!(
        finding.found.starts_with("blobs has a row from "),
        "{}",
        finding.found
    );
    let stopped = Clock::manual(Timestamp::from_seconds(1_000));
    let findings = examine(&config(folder.path(), &[]), &stopped, SCHEMA).await;
    assert!(
        findings
            .iter()
            .any(|finding| finding.name == "clock" && finding.verdict == Verdict::Fail)
    );
}

#[tokio::test]
async fn a_damaged_database_file_is_a_failure() {
    let folder = tempfile::tempdir().unwrap();
    settled(folder.path(), &Clock::system()).await;
    let config = config(folder.path(), &[]);
    let file = config.sqlite_file();
    let mut bytes = std::fs::read(&file).unwrap();
    let half = bytes.len() / 2;
    bytes[half..].fill(0xff);
    std::fs::write(&file, bytes).unwrap();
    assert_eq!(found(&config, "database").await.verdict, Verdict::Fail);
    std::fs::write(&file, "this is no database, and long enough to be read as one").unwrap();
    assert_eq!(found(&config, "database").await.verdict, Verdict::Fail);
}

#[tokio::test]
async fn a_newer_schema_and_a_pending_one_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    settled(folder.path(), &Clock::system()).await;
    let config = config(folder.path(), &[]);
    let of = async |lists: &'static [&'static [Migration]]| {
        let findings = examine(&config, &Clock::system(), lists).await;
        findings
            .into_iter()
            .find(|finding| finding.name == "schema")
            .unwrap()
    };
    assert_eq!(of(&[]).await.verdict, Verdict::Fail);
    const MORE: &[&[Migration]] = &[blob::MIGRATIONS, &[Migration::new("zzz_0001_later", "")]];
    assert_eq!(of(MORE).await.verdict, Verdict::Warn);
}

#[tokio::test]
async fn an_unreachable_database_is_a_failure_that_keeps_its_password() {
    let folder = tempfile::tempdir().unwrap();
    let url = "postgres://tandem:hunter2@127.0.0.1:1/tandem";
    let findings = examine(
        &config(folder.path(), &[("database_url", url)]),
        &Clock::system(),
        SCHEMA,
    )
    .await;
    let database = findings
        .iter()
        .find(|finding| finding.name == "database")
        .unwrap();
    assert_eq!(database.verdict, Verdict::Fail);
    assert!(!text(&findings).contains("hunter2"));
}

#[tokio::test]
async fn a_mail_server_is_known_by_its_greeting() {
    let folder = tempfile::tempdir().unwrap();
    for (greeting, verdict) in [
        ("220 mail.example.com\r\n", Verdict::Ok),
        ("HTTP/1.1 400\r\n", Verdict::Fail),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://me:hunter2@{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            listener
                .accept()
                .await
                .unwrap()
                .0
                .write_all(greeting.as_bytes())
                .await
        });
        let finding = found(&config(folder.path(), &[("smtp_url", &url)]), "mail").await;
        assert_eq!(finding.verdict, verdict, "{}", finding.found);
        assert!(!finding.found.contains("hunter2"));
    }
    assert_eq!(
        found(
            &config(folder.path(), &[("smtp_url", "smtp://127.0.0.1:1")]),
            "mail"
        )
        .await
        .verdict,
        Verdict::Fail
    );
    assert_eq!(
        found(&config(folder.path(), &[("smtp_url", "http://x")]), "mail")
            .await
            .verdict,
        Verdict::Fail
    );
}

#[tokio::test]
async fn a_blob_folder_that_takes_nothing_is_a_failure() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();
    let blobs = folder.path().join("file/blobs").display().to_string();
    assert_eq!(
        found(&config(folder.path(), &[("blobs", &blobs)]), "blob store")
            .await
            .verdict,
        Verdict::Fail
    );
}

#[tokio::test]
async fn an_open_address_without_a_public_url_is_worth_a_word() {
    let folder = tempfile::tempdir().unwrap();
    let verdict = async |more: &[(&str, &str)]| found(&config(folder.path(), more), "address").await.verdict;
    assert_eq!(verdict(&[]).await, Verdict::Ok);
    assert_eq!(verdict(&[("listen", "0.0.0.0:80")]).await, Verdict::Warn);
    let public = ("public_url", "https://desk.example.com");
    assert_eq!(verdict(&[public]).await, Verdict::Warn);
    assert_eq!(
        verdict(&[public, ("trusted_proxies", "127.0.0.1")]).await,
        Verdict::Ok
    );
}

#[tokio::test]
async fn a_key_file_that_others_may_read_or_that_is_none_is_noticed() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    settled(folder.path(), &Clock::system()).await;
    let config = config(folder.path(), &[]);
    let file = stores::seal_file(&config);
    stores::seal(&config, &Ids::seeded(1)).unwrap();
    assert_eq!(found(&config, "seal keys").await.verdict, Verdict::Ok);
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(found(&config, "seal keys").await.verdict, Verdict::Warn);
    std::fs::write(&file, "hunter2").unwrap();
    let broken = found(&config, "seal keys").await;
    assert_eq!(broken.verdict, Verdict::Fail);
    assert!(!broken.found.contains("hunter2"));
}
