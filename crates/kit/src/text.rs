//! Small things about texts and bytes that everybody needs: folding for search and order, base64, hashes.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// The form of a text by which two are the same whatever their capitals: every i with or without dot becomes `i`, so
/// that Azerbaijani and Turkish names are found from any keyboard.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            'I' | 'İ' | 'ı' => folded.push('i'),
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded
}

/// A text as a part of an address: letters, digits and `-_.~` stay, every other byte is `%` and two digits (RFC 3986).
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

/// Base64 for URLs, without padding (RFC 4648, section 5).
pub fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads what [`base64url`] wrote; `None` for anything else.
pub fn from_base64url(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// Base64 with padding (RFC 4648, section 4).
pub fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Reads what [`base64()`] wrote; `None` for anything else.
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// The HMAC-SHA-256 of `bytes` with `key` (RFC 2104).
pub fn hmac_sha256(key: &[u8], bytes: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key may have any length");
    mac.update(bytes);
    mac.finalize().into_bytes().into()
}

/// The SHA-256 hash of `bytes`.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold_alike_from_any_keyboard() {
        assert_eq!(fold(" İSTANBUL "), fold("istanbul"));
        assert_eq!(fold("ISI"), fold("ısı"));
        assert_eq!(fold("ŁÓDŹ"), "łódź");
        assert_eq!(fold("ƏLİ"), "əli");
    }

    #[test]
    fn an_authentication_code_is_that_of_rfc_4231() {
        let code = hmac_sha256(b"Jefe", b"what do ya want for nothing?");
        assert_eq!(code[..4], [0x5b, 0xdc, 0xc1, 0x46]);
        assert_eq!(code[28..], [0x64, 0xec, 0x38, 0x43]);
    }

    #[test]
    fn what_means_something_in_an_address_is_escaped() {
        assert_eq!(escaped("/a b?c=ł&d"), "%2Fa%20b%3Fc%3D%C5%82%26d");
        assert_eq!(escaped("a-Z_0.~"), "a-Z_0.~");
    }

    #[test]
    fn base64_goes_both_ways() {
        assert_eq!(from_base64url(&base64url(&[0, 250, 3])), Some(vec![0, 250, 3]));
        assert_eq!(from_base64url("a b"), None);
        assert_eq!(from_base64(&base64(b"ab")), Some(b"ab".to_vec()));
    }
}
