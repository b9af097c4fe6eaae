//! What the handlers of the doors stand on.

use std::sync::Arc;

use kit::db::Db;

use super::web::SessionCookie;

/// The database, how cookies travel, and where people reach this installation. Clones share.
#[derive(Clone, Debug)]
pub struct Entrance {
    /// The database, with the seal attached.
    pub db: Db,
    /// How cookies travel.
    pub cookie: SessionCookie,
    /// Where people reach this installation: `https://desk.example.com`.
    pub origin: Arc<str>,
    /// Whether further workspaces may be opened from the pages.
    pub opens_further: bool,
}
