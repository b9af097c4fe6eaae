#[test]
fn a_reader_sees_lines() {
    let html = "<html><head><style>p{}</style></head><body><p>Hello <b>there</b>,</p><p>a<br>b</p>\
                <ul><li>one</li><li>two</li></ul><pre>x\n  y</pre><div style='display: none'>no</div></body>";
    let (text, is_odd) = crate::dom::text(html);
    assert!(!is_odd);
    assert_eq!(text, "Hello there,\n\na\nb\n\n- one\n- two\n\nx\n  y");
}

#[test]
fn quotations_get_their_sign_and_tables_stay_in_line() {
    let html = "Hi<blockquote type=cite>old<blockquote type=cite>older</blockquote></blockquote>\
                <table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>";
    let (text, _) = crate::dom::text(html);
    assert_eq!(text, "Hi\n\n> old\n>\n>> older\n\na b\nc");
}

#[test]
fn what_would_be_slow_is_read_loosely() {
    let deep = format!("{}deep{}", "<div>".repeat(50_000), "</div>".repeat(50_000));
    assert_eq!(crate::dom::text(&deep), ("deep".into(), true));
    let long = "<b>x</b>".repeat(100_000);
    assert!(crate::dom::text(&long).1);
}
