//! What hostile HTML must have become after cleaning, and HTML that would rather not.

use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use mail::html::{Safe, safe};
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

/// Cleaned as mails are, with one image that is known.
pub fn cleaned(html: &str) -> Safe {
    safe(html, |id| (id == "known@x").then(|| "/mail/parts/1".to_owned()))
}

/// Parses the result again and looks at every element and attribute.
pub fn assert_harmless(html: &str, vector: &str) {
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

/// Attacks that are known.
pub const VECTORS: &[&str] = &[
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
