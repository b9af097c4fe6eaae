//! Where the write key stands: the user of `Basic` (RFC 7617), a bearer, or the body.

use http::{HeaderMap, header};

/// The write key of the headers.
pub(super) fn of_headers(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, rest) = value.trim().split_once(' ')?;
    let rest = rest.trim();
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(rest.to_owned());
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let pair = String::from_utf8(kit::text::from_base64(rest)?).ok()?;
    let key = pair.split_once(':').map_or(pair.as_str(), |(key, _)| key);
    Some(key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_in_each_form() {
        let of = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, value.parse().unwrap());
            of_headers(&headers)
        };
        assert_eq!(of("Basic YWJjOg==").as_deref(), Some("abc"));
        assert_eq!(of("basic YWJj").as_deref(), Some("abc"));
        assert_eq!(of("Bearer abc").as_deref(), Some("abc"));
        assert_eq!(of("Digest abc"), None);
        assert_eq!(of("Basic ///"), None);
    }
}
