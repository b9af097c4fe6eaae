//! Fresh databases on a PostgreSQL server, each a copy of a template database.

#![expect(clippy::disallowed_methods, reason = "the address comes from the environment")]

use std::sync::atomic::{AtomicUsize, Ordering};

use kit::clock::Clock;
use kit::db::{Db, DbConfig, Location, fingerprint};
use kit::id::Ids;
use tokio_postgres::{Client, NoTls};

use crate::fresh::{Furnish, Lists, Start};
use crate::{MORNING, furnished, skip};

static COUNT: AtomicUsize = AtomicUsize::new(0);

/// Makes a database and gives its URL; `None` when there is no server, which in CI is a failure.
pub(crate) async fn fresh(start: Start) -> Option<String> {
    let Ok(server) = std::env::var("TANDEM_TEST_POSTGRES") else {
        skip("no PostgreSQL; run `cargo xtask test`, or set TANDEM_TEST_POSTGRES");
        return None;
    };
    let admin = connect(&server).await;
    let name = format!(
        "test_{}_{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    );
    // One test makes the templates, the others wait.
    admin
        .batch_execute("select pg_advisory_lock(5170)")
        .await
        .expect("a lock among tests");
    let mut template = bare(&admin, &server, start.lists).await;
    if let Some(furnish) = start.furnish {
        template = furnished_template(&admin, (&server, &template), start.lists, furnish).await;
    }
    admin
        .batch_execute("select pg_advisory_unlock(5170)")
        .await
        .expect("the lock is free");
    admin
        .batch_execute(&format!("create database {name} template {template}"))
        .await
        .expect("a database is made");
    Some(with_database(&server, &name))
}

/// Takes the database of `url` away, whoever is still connected.
pub(crate) async fn drop_database(url: &str) {
    let Ok(server) = std::env::var("TANDEM_TEST_POSTGRES") else {
        return;
    };
    let name = url
        .rsplit('/')
        .next()
        .and_then(|end| end.split('?').next())
        .unwrap_or_default();
    let admin = connect(&server).await;
    admin
        .batch_execute(&format!("drop database if exists {name} with (force)"))
        .await
        .expect("the database goes");
}

/// The template that has the schema and nothing in it.
async fn bare(admin: &Client, server: &str, lists: Lists) -> String {
    let template = format!("template_{}", fingerprint(lists));
    if !is_there(admin, &template).await {
        let making = begin(admin, &template, "template1").await;
        let config = DbConfig::new(Location::Postgres(with_database(server, &making)));
        let db = Db::open(&config, Clock::manual(MORNING), Ids::random()).expect("the template opens");
        db.migrate(lists).await.expect("the template migrates");
        db.close().await;
        drop(db);
        finish(admin, &making, &template).await;
    }
    template
}

/// The template that has in it what many tests begin with; its folder is [`furnished::beside`].
async fn furnished_template(
    admin: &Client,
    (server, bare): (&str, &str),
    lists: Lists,
    furnish: Furnish,
) -> String {
    let (template, folder) = (furnished::name(lists), furnished::beside(lists));
    if is_there(admin, &template).await && folder.exists() {
        return template;
    }
    // A database without its folder, or a folder of another server's database.
    admin
        .batch_execute(&format!("drop database if exists {template} with (force)"))
        .await
        .expect("room");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).expect("room");
    }
    let making = begin(admin, &template, bare).await;
    let location = Location::Postgres(with_database(server, &making));
    let own = tempfile::TempDir::new().expect("a temporary folder");
    furnished::make(location, own, furnish, &folder).await;
    finish(admin, &making, &template).await;
    template
}

async fn is_there(admin: &Client, name: &str) -> bool {
    let found = admin
        .query("select 1 from pg_database where datname = $1", &[&name])
        .await;
    !found.expect("a look").is_empty()
}

/// A database beside the template that will become it.
async fn begin(admin: &Client, template: &str, from: &str) -> String {
    let making = format!("{template}_making");
    admin
        .batch_execute(&format!("drop database if exists {making} with (force)"))
        .await
        .expect("room");
    admin
        .batch_execute(&format!("create database {making} template {from}"))
        .await
        .expect("a template is made");
    making
}

/// Gives a whole template its name, as soon as nobody is connected to it.
async fn finish(admin: &Client, making: &str, template: &str) {
    let rename = format!("alter database {making} rename to {template}");
    while admin.batch_execute(&rename).await.is_err() {
        tokio::task::yield_now().await;
    }
}

async fn connect(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls)
        .await
        .expect("the test server answers");
    tokio::spawn(connection);
    client
}

/// The URL `server` with its database replaced by `name`.
fn with_database(server: &str, name: &str) -> String {
    let (front, options) = server
        .split_once('?')
        .map_or((server, None), |(front, options)| (front, Some(options)));
    let base = front.rsplit_once('/').map_or(front, |(base, _)| base);
    match options {
        Some(options) => format!("{base}/{name}?{options}"),
        None => format!("{base}/{name}"),
    }
}
