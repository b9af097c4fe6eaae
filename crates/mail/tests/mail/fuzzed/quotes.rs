//! A text and HTML divided into new and old: nothing is lost, and something is shown.

use super::stored;
use crate::malformed;
use mail::dom;
use mail::quotes;
use std::collections::BTreeMap;

/// One text, which is HTML too.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    divides(&text);
    marks(&text);
}

/// Spans cover the text without gaps, and what they say is what is shown and what is not.
fn divides(text: &str) {
    let division = quotes::text(text);
    let mut at = 0;
    for span in &division.spans {
        assert_eq!(span.range.start, at, "no gap");
        assert!(span.range.end > at, "no empty span");
        at = span.range.end;
    }
    assert_eq!(at, text.len(), "up to the end");
    let shown = division.shown(text);
    assert_eq!(
        text.trim().is_empty(),
        shown.trim().is_empty(),
        "something is shown"
    );
    let rest = division.only(text, |kind| !kind.is_shown());
    assert_eq!(
        letters(&[text]),
        letters(&[&shown, &rest]),
        "the rest is one click away"
    );
}

/// What is shown and what is folded away are together what the HTML says.
fn marks(html: &str) {
    let marked = quotes::html(html);
    let (all, is_odd) = dom::text(html);
    assert_eq!(marked.is_odd, is_odd);
    assert_eq!(
        all.trim().is_empty(),
        marked.text.trim().is_empty(),
        "something is shown"
    );
    assert_eq!(
        letters(&[&all]),
        letters(&[&marked.text, &marked.rest]),
        "the rest is one click away"
    );
}

/// How often each letter stands in some texts.
fn letters(texts: &[&str]) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for letter in texts.iter().flat_map(|text| text.chars()) {
        if !letter.is_whitespace() {
            *counts.entry(letter).or_default() += 1;
        }
    }
    counts
}

/// Replies that people marked, what mail programs write around old mails, and bodies that are broken on purpose.
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = stored::files("crates/mail/tests/data/replies/emails");
    seeds.extend(SHAPES.iter().map(|shape| shape.as_bytes().to_vec()));
    seeds.extend((0..50).map(malformed::mail));
    seeds
}

const SHAPES: &[&str] = &[
    "Above.\n\nOn Mon, 2 Feb 2026 at 10:00, Ada <ada@example.com> wrote:\n> One?\n\nYes.\n\n> Two?\n",
    "Danke!\n\n________________________________\nVon: Ada\nGesendet: Montag, 2. Februar 2026 10:00\nAn: Bob\nBetreff: x\n\nalt",
    "-----Original Message-----\nFrom: a\nTo: b\nSubject: c\n\nold",
    "It works.\n\n##- Please type your reply above this line -##\n\nYour request was received.",
    "Hello\n\n-- \nAda\nLovelace Ltd\n",
    "<div dir=ltr>Hello<br></div><div class=gmail_quote><div class=gmail_attr>On Mon, Ada &lt;a@b.example&gt; wrote:<br></div><blockquote class=gmail_quote>old</blockquote></div>",
    "<div>Hello</div><div id=appendonsend></div><hr><div id=divRplyFwdMsg><b>From:</b> Ada<br><b>Sent:</b> Monday<br></div><div>old</div>",
    "<p>Hello</p><div style='border:none;border-top:solid #E1E1E1 1.0pt'><p><b>From:</b> Ada<br><b>Sent:</b> Monday<br></p></div><p>old</p>",
    "<div>Hello</div><div class=moz-cite-prefix>Am 1.2.2026 um 10:00 schrieb Ada:<br></div><blockquote type=cite cite='mid:x'>old</blockquote><div class=moz-signature>-- <br>Bob</div>",
    "<table><tr><td>a<td>b</table><pre>  x\n> y</pre><ul><li>one<li>two</ul>",
];
