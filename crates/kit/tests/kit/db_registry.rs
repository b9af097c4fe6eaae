//! Every statement of this crate, on both databases.

use kit::db::Migration;

const SCHEMA: &[&[Migration]] = &[
    kit::jobs::MIGRATIONS,
    kit::blob::MIGRATIONS,
    kit::web::api::once::MIGRATIONS,
];

#[test]
fn every_statement_prepares_and_means_the_same() {
    testkit::every_statement_prepares(SCHEMA);
}

#[test]
fn every_statement_is_in_the_registry() {
    testkit::every_statement_is_registered(&["kit"]);
}
