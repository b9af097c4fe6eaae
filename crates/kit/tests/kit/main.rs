//! Tests of `kit` through its public face, on both databases.

mod db;
mod db_limits;
