//! Small things about texts and bytes that everybody needs: folding for search and order, base64, hashes.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
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

/// Base64 for URLs, without padding (RFC 4648, section 5).
pub fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads what [`base64url`] wrote; `None` for anything else.
pub fn from_base64url(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
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
    fn base64_goes_both_ways() {
        assert_eq!(from_base64url(&base64url(&[0, 250, 3])), Some(vec![0, 250, 3]));
        assert_eq!(from_base64url("a b"), None);
    }
}
