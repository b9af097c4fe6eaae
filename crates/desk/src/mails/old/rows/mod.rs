//! What is known of each mail of a file, and of each ticket that an import has touched.

pub(super) mod store;
