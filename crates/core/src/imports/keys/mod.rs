//! Keys: what tells the rows of a target apart, and what each has brought, over all files.

mod store;

pub(super) use store::{forget, keys_of, remember, remembered};
