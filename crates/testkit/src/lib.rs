//! What tests of every crate stand on: a fresh database each, on SQLite and on PostgreSQL, and a clock set by hand.
//!
//! `on_both! { LISTS; async fn a_sentence(db: TestDb) { … } }` makes two tests, `a_sentence::sqlite` and
//! `a_sentence::postgres`. PostgreSQL's address comes from `TANDEM_TEST_POSTGRES`; `cargo xtask test` starts a server and
//! sets it. Without it the second test says that it was skipped; where `CI=true` that is a failure.

mod fresh;
mod postgres;
pub mod s3;

pub use fresh::{Lists, Place, TestDb, fresh, run};

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
