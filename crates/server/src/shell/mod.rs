//! The shell: what stands around every page, how it looks, and the addresses it answers itself.
//!
//! Features return a [`kit::web::Page`] and know nothing of the shell. [`around`] wraps a router: it tells each request who
//! is looking ([`Viewer`]) and in which words ([`kit::i18n::Text`]), and puts rail, top bar and dialogs around each page
//! on its way out. Whoever knows the session puts a [`Viewer`] into the request's extensions further out; without one the
//! browser's wishes decide.

mod assets;
mod commands;
mod design;
mod document;
mod headers;
mod keeper;
mod keys;
mod layer;
mod look;
mod navigation;
mod notice;
mod preferences;
mod settings;
mod trouble;
mod viewer;

use axum::Router;
use axum::routing::{get, post};

pub use commands::{Act, COMMANDS, Command, CommandGroup};
pub use keeper::Keeper;
pub use layer::{around, error_page};
pub use look::{After, Density, Look, Rail, Theme};
pub use navigation::{ITEMS, NavItem};
pub use settings::{SETTINGS, SettingsGroup, SettingsItem, settings};
pub use trouble::trouble;
pub use viewer::{Own, Person, Viewer};

/// The shell's own addresses: assets and preferences.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    assets::announce();
    Router::new()
        .route("/assets/{*path}", get(assets::serve))
        .route("/design", get(design::show))
        .route("/design/columns", post(design::arrange))
        .route("/design/trouble/{status}", get(design::trouble))
        .route("/preferences", get(preferences::show).post(preferences::keep))
        .route("/preferences/keys", get(keys::show).post(keys::keep))
}

#[cfg(test)]
mod tests;
