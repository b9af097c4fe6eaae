//! Hostile HTML: after cleaning, nothing is left that runs, loads or leaves the frame. The result is parsed again and
//! every element and attribute looked at, so that no vector needs its own assertion.

use crate::harmless::{VECTORS, assert_harmless, cleaned};
use proptest::prelude::*;

#[test]
fn known_attacks_leave_nothing_that_runs_loads_or_leaves() {
    for vector in VECTORS {
        assert_harmless(&cleaned(vector).html, vector);
        // Once more inside something, and cleaned twice.
        let nested = format!("<div><table><tr><td>{vector}</td></tr></table></div>");
        let once = cleaned(&nested).html;
        assert_harmless(&once, vector);
        assert_harmless(&cleaned(&once).html, vector);
    }
}

#[test]
fn images_are_listed_mapped_or_gone() {
    let safe = cleaned(
        "<img src='cid:known%40x' alt=a><img src='cid:other@x'><img src='https://shop.example/a.png' width=1><img src='data:image/png;base64,AAAA'>\
         <div style='background:url(https://shop.example/b.png)'>x</div>",
    );
    assert_eq!(safe.content_ids, ["known@x", "other@x"]);
    let remote: Vec<_> = safe
        .remote_images
        .iter()
        .map(|image| (image.url.as_str(), image.is_pixel))
        .collect();
    assert_eq!(
        remote,
        [
            ("https://shop.example/a.png", true),
            ("https://shop.example/b.png", false)
        ]
    );
    assert!(
        safe.html.contains("src=\"/mail/parts/1\"") && safe.html.contains("data-remote=\"0\""),
        "{}",
        safe.html
    );
    assert!(safe.html.contains("data:image/png"), "{}", safe.html);
}

#[test]
fn links_say_where_they_lead() {
    let safe = cleaned(
        "<a href='https://evil.example/x'>https://bank.example</a> <a href='https://www.shop.example/y'>shop.example</a> <a href='https://x.example'>click here</a>",
    );
    let links: Vec<_> = safe
        .links
        .iter()
        .map(|link| (link.url.as_str(), link.deceives))
        .collect();
    assert_eq!(
        links,
        [
            ("https://evil.example/x", true),
            ("https://www.shop.example/y", false),
            ("https://x.example/", false)
        ]
    );
    assert!(
        safe.html.contains("rel=\"noopener noreferrer nofollow\"") && safe.html.contains("target=\"_blank\"")
    );
    assert!(safe.html.contains("data-host=\"evil.example\"") && safe.html.contains("data-deceives"));
}

#[test]
fn letters_that_look_alike_are_shown_as_what_they_are() {
    let safe = cleaned("<a href='https://bаnk.example/'>bank.example</a>");
    assert!(
        safe.links[0].url.starts_with("https://xn--") && safe.links[0].deceives,
        "{:?}",
        safe.links
    );
}

#[test]
fn what_would_be_slow_shows_as_text() {
    let deep = format!("{}<script>x</script>deep", "<div>".repeat(50_000));
    let safe = cleaned(&deep);
    assert!(safe.is_odd && safe.html.contains("deep"));
    assert_harmless(&safe.html, "deep");
}

proptest! {
    #[test]
    fn no_mixture_of_pieces_gets_through(pieces in proptest::collection::vec(0..VECTORS.len(), 1..4), cut in 0usize..60) {
        let mut html: String = pieces.iter().map(|at| VECTORS[*at]).collect();
        let mut at = cut.min(html.len());
        while !html.is_char_boundary(at) { at -= 1; }
        html.insert_str(at, "<b title=\"");
        assert_harmless(&cleaned(&html).html, &html);
    }
}
