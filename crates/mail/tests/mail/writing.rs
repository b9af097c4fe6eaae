//! What our own people write with formatting: read into a tree, and written again from it alone.

use mail::written::{Block, Written};

fn picture(src: &str) -> Option<(String, String)> {
    let name = src.strip_prefix("cid:")?;
    (name != "strange").then(|| (name.to_owned(), "screen.png".to_owned()))
}

fn read(html: &str) -> Written {
    Written::read(html, picture).unwrap()
}

/// As it is kept, and that reading it again changes nothing.
fn kept(html: &str) -> String {
    let kept = read(html).html();
    assert_eq!(read(&kept).html(), kept, "{html}");
    kept
}

#[test]
fn paragraphs_lists_quotes_code_and_links_stay() {
    let html = "<p>Hello <b>Ada</b>, <i>this</i> <u>and</u> <s>that</s>:</p><ul><li>one</li><li>two<ol><li>deeper</li></ol></li></ul>\
        <blockquote><p>Why?</p></blockquote><pre>let a = 1;\n  b &lt; 2</pre><p>See <a href=\"https://a.example/x?y=1&amp;z=2\">there</a> or \
        <code>here</code>.<br>Bye</p>";
    assert_eq!(
        kept(html),
        "<p>Hello <strong>Ada</strong>, <em>this</em> <u>and</u> <s>that</s>:</p><ul><li>one</li><li>two<ol><li>deeper</li></ol></li></ul>\
         <blockquote><p>Why?</p></blockquote><pre>let a = 1;\n  b &lt; 2</pre><p>See <a href=\"https://a.example/x?y=1&amp;z=2\">there</a> or \
         <code>here</code>.<br>Bye</p>"
    );
    assert_eq!(
        read(html).text(),
        "Hello Ada, this and that:\n\n- one\n- two\n  1. deeper\n\n> Why?\n\nlet a = 1;\n  b < 2\n\n\
         See there (https://a.example/x?y=1&z=2) or here.\nBye"
    );
}

#[test]
fn what_runs_styles_or_leads_elsewhere_goes_and_its_words_stay() {
    let hostile = [
        ("<script>alert(1)</script>Hi", "<p>Hi</p>"),
        (
            "<p onclick=\"x()\" style=\"color:red\" class=\"a\">Hi</p>",
            "<p>Hi</p>",
        ),
        (
            "<style>p{}</style><iframe src=\"https://x.example\"></iframe>Hi",
            "<p>Hi</p>",
        ),
        ("<a href=\"javascript:alert(1)\">Hi</a>", "<p>Hi</p>"),
        ("<a href=\" JaVa\tScript:alert(1)\">Hi</a>", "<p>Hi</p>"),
        ("<a href=\"data:text/html,x\">Hi</a>", "<p>Hi</p>"),
        ("<a href=\"/settings\">Hi</a>", "<p>Hi</p>"),
        ("Hi<img src=x onerror=alert(1)>", "<p>Hi</p>"),
        ("Hi<img src=\"data:image/png;base64,AAAA\">", "<p>Hi</p>"),
        ("Hi<img src=\"https://x.example/pixel\">", "<p>Hi</p>"),
        ("Hi<img src=\"cid:strange\">", "<p>Hi</p>"),
        ("<svg><script>alert(1)</script></svg>Hi", "<p>Hi</p>"),
        (
            "<math><mtext><script>alert(1)</script></mtext></math>Hi",
            "<p>Hi</p>",
        ),
        ("<form action=\"/x\"><input name=\"a\">Hi</form>", "<p>Hi</p>"),
        (
            "<p>&lt;script&gt;Hi&lt;/script&gt;</p>",
            "<p>&lt;script&gt;Hi&lt;/script&gt;</p>",
        ),
        ("<!-- <p>no</p> -->Hi", "<p>Hi</p>"),
        ("<template><p>no</p></template>Hi", "<p>Hi</p>"),
        (
            "<a href='https://a.example/\"onmouseover=\"x()'>Hi</a>",
            "<p><a href=\"https://a.example/%22onmouseover=%22x()\">Hi</a></p>",
        ),
        ("<b><p>Hi</b> you", "<p><strong>Hi</strong> you</p>"),
        ("<ul><li><p>Hi", "<ul><li>Hi</li></ul>"),
    ];
    for (html, wanted) in hostile {
        assert_eq!(kept(html), wanted, "{html}");
    }
}

#[test]
fn no_depth_and_no_number_of_tags_is_too_much() {
    assert_eq!(Written::read(&"<div>".repeat(1_000), picture), None);
    let deep = format!("{}Hi{}", "<blockquote>".repeat(300), "</blockquote>".repeat(300));
    assert_eq!(kept(&deep).matches("<blockquote>").count(), 6);
    assert!(read(&deep).text().ends_with("Hi"));
    // Every `</p>` looks like the end of an element, so that the depth is not seen by counting.
    let hidden: String = (0..2_000).map(|at| format!("<b id={at}></p>")).collect();
    assert_eq!(kept(&format!("{hidden}Hi")), "<p><strong>Hi</strong></p>");
    let many = "<li>".repeat(10_000);
    assert_eq!(kept(&many), "");
}

#[test]
fn lines_of_editors_are_lines() {
    assert_eq!(
        kept("<div>one</div><div>two<br></div><div><br></div><div>three</div>"),
        "<p>one<br>two<br><br>three</p>"
    );
    assert_eq!(kept("<p>one</p><p><br></p><p>two</p>"), "<p>one</p><p>two</p>");
    assert_eq!(
        kept("<ul><li>one</li><ul><li>two</li></ul></ul>"),
        "<ul><li>one<ul><li>two</li></ul></li></ul>"
    );
    assert_eq!(
        kept("<h2>Title</h2><table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"),
        "<p><strong>Title</strong></p><p>a b<br>c</p>"
    );
    assert_eq!(
        kept("<p>Hello&nbsp;<b>you</b>&nbsp;all, 10&nbsp;000</p>"),
        "<p>Hello <strong>you</strong> all, 10\u{a0}000</p>"
    );
    assert_eq!(kept("  <p> a \n  b&nbsp;c </p> "), "<p>a b\u{a0}c</p>");
}

#[test]
fn plain_words_are_known_as_such_and_come_back_as_they_were() {
    let text = "Hello,\n\nthis is <b>it</b>.\nBye";
    let written = Written::of_text(text);
    assert!(written.is_plain());
    assert_eq!(written.text(), text);
    assert!(read(&written.html()).is_plain());
    assert_eq!(read(&written.html()).text(), text);
    assert!(!read("<p>Hello <b>you</b></p>").is_plain());
    assert!(!read("<ul><li>one</li></ul>").is_plain());
    assert!(read("<div>one</div><div>two</div>").is_plain());
}

#[test]
fn pictures_are_the_messages_own_and_have_a_name_for_whoever_does_not_see_them() {
    let written = read("<p>Look: <img src=\"cid:tfl_1\" alt=\"\" width=900></p>");
    assert_eq!(written.pictures(), ["tfl_1"]);
    assert_eq!(written.text(), "Look: [screen.png]");
    assert_eq!(
        written.html(),
        "<p>Look: <img src=\"cid:tfl_1\" alt=\"screen.png\"></p>"
    );
    let page = written.page(|name| Some(format!("/files/{name}")));
    assert!(
        page.contains("<img src=\"/files/tfl_1\" alt=\"screen.png\""),
        "{page}"
    );
    assert_eq!(written.page(|_| None), "<p>Look: [screen.png]</p>");
}

#[test]
fn a_link_that_says_its_address_says_it_once() {
    let written = read(
        "<p><a href=\"https://a.example/\">a.example</a> <a href=\"mailto:ada@a.example\">ada@a.example</a></p>",
    );
    assert_eq!(written.text(), "a.example ada@a.example");
    let [Block::Paragraph(runs)] = &written.blocks[..] else {
        panic!("one paragraph");
    };
    assert_eq!(runs.len(), 3);
    assert!(
        written
            .page(|_| None)
            .contains(" target=\"_blank\" rel=\"noopener noreferrer\">a.example</a>")
    );
    assert!(!written.mail(|_| None).contains("target"));
}
