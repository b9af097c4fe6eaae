//! Every statement of the whole program means the same on both databases, and none is hidden from this test.

use std::collections::BTreeMap;
use std::path::Path;

use kit::db::sql::{Shape, Sql, registry};
use kit::db::{Db, DbError};
use testkit::{Place, fresh};

use crate::world::LISTS;

/// The product's own statements: those of tests and of the test kit stand on tables of their own.
fn of_the_product() -> impl Iterator<Item = &'static Sql> {
    registry().filter(|sql| !sql.place().contains("/tests/") && !sql.place().contains("crates/testkit/"))
}

async fn shapes(db: &Db) -> BTreeMap<String, Shape> {
    let mut shapes = BTreeMap::new();
    for sql in of_the_product() {
        let shape: Result<Shape, DbError> = db.write(move |tx| tx.shape(sql)).await;
        shapes.insert(
            sql.place(),
            shape.unwrap_or_else(|error| panic!("{}: {error}", sql.place())),
        );
    }
    shapes
}

#[test]
fn every_statement_prepares_on_both_databases_with_the_same_columns() {
    testkit::run(Place::Sqlite, LISTS, async |lite| {
        let on_lite = shapes(&lite).await;
        assert!(on_lite.len() > 50, "{} statements", on_lite.len());
        // Without PostgreSQL the helper says that it was skipped, and in CI fails.
        if let Some(pg) = fresh(Place::Postgres, LISTS).await {
            let on_pg = shapes(&pg).await;
            for (place, shape) in &on_lite {
                assert_eq!(Some(shape), on_pg.get(place), "{place}");
            }
        }
    });
}

/// Counts `sql!` in the sources of the product; the linker must not have left any out of the registry.
#[test]
fn the_registry_has_every_statement_of_the_sources() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let registered = of_the_product().count();
    let written: usize = ["kit", "core", "desk", "success", "server"]
        .iter()
        .map(|name| count(&crates.join(name).join("src")))
        .sum();
    assert_eq!(registered, written);
}

fn count(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .map(|path| match path.extension() {
            _ if path.is_dir() => count(&path),
            Some(extension) if extension == "rs" => in_text(&std::fs::read_to_string(&path).unwrap()),
            _ => 0,
        })
        .sum()
}

fn in_text(text: &str) -> usize {
    let code = text
        .lines()
        .map(str::trim_start)
        .filter(|line| !line.starts_with("//"));
    code.filter(|line| (line.contains("sql!(") || line.contains("sql! {")) && !line.contains("$crate"))
        .count()
}
