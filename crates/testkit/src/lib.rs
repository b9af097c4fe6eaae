//! What tests of every crate stand on: a fresh database each, on SQLite and on PostgreSQL, and a clock set by hand.
//!
//! `on_both! { LISTS; async fn a_sentence(db: TestDb) { … } }` makes two tests, `a_sentence::sqlite` and
//! `a_sentence::postgres`. PostgreSQL's address comes from `TANDEM_TEST_POSTGRES`; `cargo xtask test` starts a server and
//! sets it. Without it the second test says that it was skipped; where `CI=true` that is a failure.

pub mod authenticator;
pub mod browser;
mod fresh;
mod furnished;
pub mod hostile;
pub mod kills;
pub mod loops;
pub mod postbox;
mod postgres;
pub mod program;
pub mod provider;
pub mod s3;
mod skip;
pub mod smtp;
mod statements;
pub mod torture;
pub mod tour;
pub mod walk;

pub use fresh::{Furnish, Lists, Place, Start, TestDb, fresh, run};
pub use skip::skip;
pub use statements::{every_statement_is_registered, every_statement_prepares};

use kit::clock::Timestamp;

/// When tests begin: Monday, 2 March 2026, 09:00 UTC.
pub const MORNING: Timestamp = Timestamp::from_seconds(1_772_442_000);

/// One test body, two tests: see the [crate](crate).
#[macro_export]
macro_rules! on_both {
    ($lists:expr; $($(#[$meta:meta])* async fn $name:ident($db:ident: TestDb) $body:block)+) => {$(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn body($db: $crate::TestDb) $body

            #[test]
            fn sqlite() {
                $crate::run($crate::Place::Sqlite, $lists, body);
            }

            #[test]
            fn postgres() {
                $crate::run($crate::Place::Postgres, $lists, body);
            }
        }
    )+};
}

/// Compares a document made from code with the one in the repository at `path`; with `UPDATE_DOCS=1` writes it instead.
///
/// # Panics
/// When they differ.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration struct")]
pub fn same_as_document(path: &str, made: &str) {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path);
    if std::env::var("UPDATE_DOCS").is_ok() {
        std::fs::write(&file, made).expect("the document is written");
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        written == made,
        "{path} is out of date; renew it with UPDATE_DOCS=1 and the same test"
    );
}
