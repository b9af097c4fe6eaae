//! Paths that people bring along: the ids in them, and where to go on after an act.

use std::str::FromStr;

use http::StatusCode;

use super::Failure;

/// The id that stands in a path as text.
///
/// # Errors
/// 404: an address with something that can't be an id leads nowhere.
pub fn known<T: FromStr>(id: &str) -> Result<T, Failure> {
    id.parse().map_err(|_| Failure::of(StatusCode::NOT_FOUND))
}

/// Whether `path` leads to an address of this site, whatever a browser makes of it.
pub fn is_own_path(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && path.bytes().all(|b| b > b' ' && b < 0x7f)
}

#[cfg(test)]
mod tests {
    use super::is_own_path;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        for own in ["/", "/accounts", "/accounts?after=a%20b#c"] {
            assert!(is_own_path(own), "{own}");
        }
        for foreign in [
            "",
            "accounts",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/a\nb",
            "/\t/evil.example",
        ] {
            assert!(!is_own_path(foreign), "{foreign}");
        }
    }
}
