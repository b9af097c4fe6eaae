//! Who is in which segment: the rows, and the count that is kept with them.

pub(super) mod store;
