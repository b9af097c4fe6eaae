//! HTML of strangers made safe, marked and taken over into what we write.

use crate::harmless::{VECTORS, assert_harmless, cleaned};
use mail::written::Written;
use mail::{html, quotes};

/// One piece of HTML.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let once = cleaned(&text);
    assert_harmless(&once.html, "what came");
    assert_harmless(&cleaned(&once.html).html, "what was clean");
    let marked = quotes::html(&text);
    assert_harmless(&cleaned(&marked.html).html, "what was marked");
    assert_harmless(&cleaned(&marked.shown).html, "what is shown");
    let _ = html::has_look(&text);
    if let Some(written) = read(&text) {
        let page = written.page(|_| Some("/mail/parts/1".to_owned()));
        assert_harmless(&page, "what was written");
        let kept = written.html();
        let again = read(&kept).map(|again| again.html());
        assert_eq!(again.as_deref(), Some(kept.as_str()), "what is kept is canonical");
        let _ = (written.is_plain(), written.text(), written.pictures().len());
    }
}

fn read(text: &str) -> Option<Written> {
    let known = |address: &str| Some((address.strip_prefix("cid:")?.to_owned(), "a picture".to_owned()));
    Written::read(text, known)
}

/// Attacks that are known, and what mails are made of.
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = VECTORS.iter().map(|vector| vector.as_bytes().to_vec()).collect();
    seeds.push(VECTORS.concat().into_bytes());
    seeds.push(
        b"<div style='color:red;border:1px solid'><a href='https://a.example/x'>a.example</a><img src='cid:known@x'></div>"
            .to_vec(),
    );
    seeds
}
