//! What nothing can be faster than: reading alone, and the drivers alone, which store the same bytes and know nothing of them.

use std::path::Path;
use std::time::{Duration, Instant};

use kit::clock::Clock;
use kit::id::Ids;
use success::usage::log::{self, Entry};
use success::usage::protocol::{Call, read};
use tokio_postgres::NoTls;

use crate::Outcome;
use crate::load::event;

/// Events of one commit.
const BATCH: u64 = 100;
/// How many connections write to PostgreSQL at the same time.
const WRITERS: usize = 8;

/// Events a second that are read and packed, on one core.
pub(crate) fn reading(span: Duration) -> f64 {
    let (ids, now) = (Ids::random(), Clock::system().now());
    let items = events();
    let (begin, mut done) = (Instant::now(), 0);
    while begin.elapsed() < span {
        let entries = items.iter().map(|item| {
            let event = read(item, 0, None::<Call>, (now, None)).expect("it fits");
            Entry::of(&ids, &event, item)
        });
        assert!(!log::Batch::of(now, entries.collect()).is_empty());
        done += items.len();
    }
    done as f64 / begin.elapsed().as_secs_f64()
}

/// Events a second that SQLite stores by its driver, a row each, a hundred a commit, each commit on the disk.
pub(crate) fn lite(folder: &Path, span: Duration) -> Outcome<f64> {
    let mut connection = rusqlite::Connection::open(folder.join("bare.sqlite"))?;
    connection.execute_batch(
        "pragma journal_mode = wal; pragma synchronous = full; create table bare (id integer primary key, body blob not null)",
    )?;
    let items = events();
    let (begin, mut done) = (Instant::now(), 0);
    while begin.elapsed() < span {
        let tx = connection.transaction()?;
        {
            let mut insert = tx.prepare_cached("insert into bare (body) values (?1)")?;
            for item in &items {
                insert.execute([item.as_bytes()])?;
            }
        }
        tx.commit()?;
        done += items.len();
    }
    Ok(done as f64 / begin.elapsed().as_secs_f64())
}

/// The same by the driver of PostgreSQL, a hundred rows a statement, on several connections.
pub(crate) fn pg(url: &str, span: Duration) -> Outcome<f64> {
    tokio::runtime::Runtime::new()?.block_on(async {
        let client = connected(url).await?;
        client
            .batch_execute("create table bare (id bigserial primary key, body bytea not null)")
            .await?;
        let begin = Instant::now();
        let writers: Vec<_> = (0..WRITERS)
            .map(|_| tokio::spawn(written(url.to_owned(), (begin, span))))
            .collect();
        let mut done = 0;
        for writer in writers {
            done += writer.await??;
        }
        let rate = done as f64 / begin.elapsed().as_secs_f64();
        client.batch_execute("drop table bare").await?;
        Ok(rate)
    })
}

async fn written(url: String, (begin, span): (Instant, Duration)) -> Outcome<usize> {
    let client = connected(&url).await?;
    let insert = client
        .prepare("insert into bare (body) select unnest($1::bytea[])")
        .await?;
    let items = events();
    let items: Vec<&[u8]> = items.iter().map(String::as_bytes).collect();
    let mut done = 0;
    while begin.elapsed() < span {
        client.execute(&insert, &[&items]).await?;
        done += items.len();
    }
    Ok(done)
}

/// How many bytes the database has on PostgreSQL.
pub(crate) fn pg_size(url: &str) -> Outcome<u64> {
    tokio::runtime::Runtime::new()?.block_on(async {
        let client = connected(url).await?;
        let row = client
            .query_one("select pg_database_size(current_database())", &[])
            .await?;
        Ok(u64::try_from(row.get::<_, i64>(0))?)
    })
}

async fn connected(url: &str) -> Outcome<tokio_postgres::Client> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

fn events() -> Vec<String> {
    let now = jiff::Timestamp::now().to_string();
    (0..BATCH).map(|number| event(number, &now)).collect()
}
