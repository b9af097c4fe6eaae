//! Every statement of the whole program, on both databases with the whole schema.

use crate::world::LISTS;

#[test]
fn every_statement_prepares_and_means_the_same() {
    testkit::every_statement_prepares(LISTS);
}

#[test]
fn every_statement_is_in_the_registry() {
    testkit::every_statement_is_registered(&["kit", "core", "desk", "success", "server"]);
}
