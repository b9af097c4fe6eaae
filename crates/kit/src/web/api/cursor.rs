//! Cursors: where the next part of a list begins, as a text that programs keep and never read.
//!
//! A cursor names its list and carries a checksum, so that one of another list, a cut one or an invented one is refused
//! instead of leading to a wrong place. It is no secret: it holds the keys of a row that its holder has seen.

use http::StatusCode;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::text::{base64url, from_base64url, sha256};
use crate::web::Failure;

const CHECK: usize = 6;

/// The cursor of `list` after the row with `key`.
pub fn write(list: &str, key: &impl Serialize) -> String {
    let body = serde_json::to_vec(key).expect("the keys of a row are plain values");
    base64url(&[check(list, &body).as_slice(), &body].concat())
}

/// Reads what [`write()`] wrote for the same list; `None` for anything else.
pub fn read<K: DeserializeOwned>(list: &str, text: &str) -> Option<K> {
    let bytes = from_base64url(text)?;
    let (checked, body) = bytes.split_at_checked(CHECK)?;
    if checked != check(list, body) || has_nul(body) {
        return None;
    }
    serde_json::from_slice(body).ok()
}

/// The place a request wants to go on from, if it names one.
///
/// # Errors
/// 400 with the parameter `after` for a text that is no cursor of this list.
pub fn wanted<K: DeserializeOwned>(list: &str, text: Option<&str>) -> Result<Option<K>, Failure> {
    let wrong = || {
        Failure::of(StatusCode::BAD_REQUEST)
            .parameter("after", "is not a cursor that this list has given out")
    };
    text.map(|text| read(list, text).ok_or_else(wrong)).transpose()
}

fn check(list: &str, body: &[u8]) -> [u8; CHECK] {
    let hash = sha256(&[b"cursor ", list.as_bytes(), b" ", body].concat());
    hash[..CHECK].try_into().expect("a hash is longer")
}

/// No text of a database holds this character.
fn has_nul(body: &[u8]) -> bool {
    body.windows(6).any(|part| part == br"\u0000")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_back_to_its_place_in_its_own_list_only() {
        let key = ("łódź\nand more".to_owned(), 7_i64);
        let text = write("accounts", &key);
        assert_eq!(read("accounts", &text), Some(key));
        assert_eq!(read::<(String, i64)>("jobs", &text), None);
        assert_eq!(read::<(String, i64)>("accounts", &text[1..]), None);
        assert_eq!(read::<(String, i64)>("accounts", "%%%"), None);
        assert_eq!(read::<(String, i64)>("accounts", ""), None);
    }

    #[test]
    fn an_invented_cursor_with_a_character_no_database_takes_is_refused() {
        let text = write("accounts", &("a\u{0}", 7));
        assert_eq!(read::<(String, i64)>("accounts", &text), None);
        let failure = wanted::<i64>("accounts", Some("x")).unwrap_err();
        assert_eq!(failure.status(), StatusCode::BAD_REQUEST);
        assert_eq!(wanted::<i64>("accounts", None), Ok(None));
    }
}
