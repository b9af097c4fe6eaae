//! Where the browser finds styles, scripts and icons.
//!
//! All assets stand below one address that contains a digest of them all, so that scripts may import each other by
//! relative paths and everything can be cached for ever. The server says once, at start, which address that is.

use std::sync::OnceLock;

static BASE: OnceLock<String> = OnceLock::new();

/// Says where assets stand, such as `/assets/3f9a…`; only the first call counts.
pub fn serve_from(base: impl Into<String>) {
    BASE.get_or_init(|| base.into());
}

/// The address of an asset: `url("app.css")`.
pub fn url(path: &str) -> String {
    format!("{}/{path}", BASE.get().map_or("/assets", String::as_str))
}

/// The address of one icon in the sprite, for `<use href>`.
pub fn icon(name: &str) -> String {
    format!("{}#{name}", url("icons.svg"))
}
