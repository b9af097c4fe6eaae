//! Each rule sees its bad example and lets the good one pass.

use super::*;

const CODE: &str = "crates/desk/src/tickets/web.rs";
const PAGE: &str = "crates/desk/src/tickets/views/list.html";

fn found(texts: &[(&str, &str)]) -> Vec<String> {
    let excuses = Excuses::parse("").unwrap();
    let mut findings = check(&Sources::of(texts), &excuses).findings;
    findings.sort();
    findings.iter().map(ToString::to_string).collect()
}

/// English says what `code` says; the other languages say it as given.
fn in_languages(english: &str, others: &[(&str, &str)]) -> Vec<String> {
    let paths: Vec<String> = others
        .iter()
        .map(|(tag, _)| format!("locales/{tag}/desk.ftl"))
        .collect();
    let code = "fn a() { [\"greeting\", \"tickets\"]; }";
    let mut texts = vec![(CODE, code), ("locales/en/desk.ftl", english)];
    texts.extend(
        paths
            .iter()
            .zip(others)
            .map(|(path, (_, text))| (path.as_str(), *text)),
    );
    found(&texts)
}

fn said(code: &str, english: &str) -> Vec<String> {
    found(&[(CODE, code), ("locales/en/desk.ftl", english)])
}

fn in_template(html: &str) -> Vec<String> {
    found(&[(PAGE, html), ("locales/en/desk.ftl", "")])
}

const ENGLISH_PLURAL: &str = "tickets = { $n ->\n    [one] { $n } ticket\n   *[other] { $n } tickets\n}\n";
const SLAVIC_PLURAL: &str = "tickets = { $n ->\n    [one] { $n } a\n    [few] { $n } b\n    [many] { $n } c\n   *[other] { $n } d\n}\n";

#[test]
fn complete_languages_pass() {
    let others = [
        ("pl", SLAVIC_PLURAL),
        ("ru", SLAVIC_PLURAL),
        ("az", "tickets = { $n } bilet\n"),
        ("id", "tickets = { $n } tiket\n"),
    ];
    assert_eq!(in_languages(ENGLISH_PLURAL, &others), Vec::<String>::new());
}

#[test]
fn a_missing_and_a_foreign_message_are_flagged() {
    let found = in_languages("greeting = Hello\n", &[("pl", "welcome = Witaj\n")]);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found
            .iter()
            .any(|finding| finding.contains("`greeting`: pl lacks it")),
        "{found:?}"
    );
    assert!(
        found
            .iter()
            .any(|finding| finding.contains("`welcome`: English has no such")),
        "{found:?}"
    );
}

#[test]
fn other_variables_are_flagged() {
    let found = in_languages(
        "greeting = Hello { $name }\n",
        &[("pl", "greeting = Witaj { $nazwa }\n")],
    );
    assert_eq!(
        found,
        ["locales/pl/desk.ftl:1: `greeting`: has the variables nazwa, English has name"]
    );
}

#[test]
fn wrong_plural_forms_are_flagged() {
    assert_eq!(in_languages(ENGLISH_PLURAL, &[("ru", ENGLISH_PLURAL)]).len(), 1);
    assert_eq!(in_languages(ENGLISH_PLURAL, &[("id", ENGLISH_PLURAL)]).len(), 1);
    assert!(in_languages(ENGLISH_PLURAL, &[("az", ENGLISH_PLURAL)]).is_empty());
    let function = "tickets = { NUMBER($n) ->\n    [one] { $n } a\n   *[other] { $n } b\n}\n";
    assert_eq!(in_languages(ENGLISH_PLURAL, &[("pl", function)]).len(), 1);
}

#[test]
fn a_slavic_choice_may_end_with_many_or_with_other() {
    let many = "tickets = { $n ->\n    [one] { $n } a\n    [few] { $n } b\n   *[many] { $n } c\n}\n";
    assert!(in_languages(ENGLISH_PLURAL, &[("pl", many), ("ru", SLAVIC_PLURAL)]).is_empty());
}

#[test]
fn a_slavic_language_chooses_where_english_chooses() {
    assert_eq!(
        in_languages(ENGLISH_PLURAL, &[("pl", "tickets = { $n } zgłoszeń\n")]).len(),
        1
    );
}

#[test]
fn a_choice_between_words_or_exact_numbers_is_not_one_of_plural_forms() {
    let words = "greeting = { $who ->\n    [agent] Hello\n   *[contact] Dear\n}\n";
    assert!(in_languages(words, &[("pl", words)]).is_empty());
    let exact = "tickets = { $n ->\n    [0] none\n    [one] one\n   *[other] { $n }\n}\n";
    assert!(in_languages(exact, &[("az", exact)]).is_empty());
}

#[test]
fn an_unknown_language_a_broken_file_and_a_repeated_id_are_flagged() {
    assert!(
        in_languages("", &[("xx", "")])
            .iter()
            .any(|finding| finding.contains("plural forms"))
    );
    assert_eq!(in_languages("greeting = { $n ->\n", &[]).len(), 1);
    assert_eq!(in_languages("greeting = a\ngreeting = b\n", &[]).len(), 1);
}

#[test]
fn a_message_stands_in_the_same_file_in_every_language() {
    let found = found(&[
        (CODE, "fn a() { t.say(\"greeting\"); }"),
        ("locales/en/desk.ftl", "greeting = Hello\n"),
        ("locales/pl/other.ftl", "greeting = Witaj\n"),
    ]);
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn a_reference_to_nothing_is_flagged() {
    assert!(in_languages("-brand = Tandem\ngreeting = Hello from { -brand }\n", &[]).is_empty());
    assert_eq!(in_languages("greeting = Hello from { -brand }\n", &[]).len(), 1);
}

#[test]
fn saying_a_message_that_does_not_exist_is_flagged_in_code_and_templates() {
    assert_eq!(said("fn a() { t.say(\"greeting\"); }", "").len(), 1);
    assert_eq!(in_template("<p>{{ t.say(\"greeting\") }}</p>").len(), 1);
    assert_eq!(
        in_template("\n\n{% if t.count(\"x\", 1) == y %}"),
        [format!("{PAGE}:3: English has no message `x`")]
    );
}

#[test]
fn saying_a_message_with_other_values_is_flagged() {
    let english = "greeting = Hello { $name }\n";
    assert!(
        said(
            "fn a() { t.say_with(\"greeting\", args![name = agent.name(1, 2)]); }",
            english
        )
        .is_empty()
    );
    assert_eq!(
        said(
            "fn a() { t.say_with(\"greeting\", args![nom = agent.name]); }",
            english
        )
        .len(),
        1
    );
    assert_eq!(said("fn a() { t.say(\"greeting\"); }", english).len(), 1);
    assert!(said("fn a() { t.say_with(\"greeting\", values); }", english).is_empty());
}

#[test]
fn a_message_that_nothing_says_is_flagged() {
    assert_eq!(said("fn a() {}", "greeting = Hello\n").len(), 1);
    assert_eq!(
        said(
            "#[cfg(test)] mod tests { fn a() { t.say(\"greeting\"); } }",
            "greeting = Hello\n"
        )
        .len(),
        1
    );
    assert!(said("const KEYS: &[&str] = &[\"greeting\"];", "greeting = Hello\n").is_empty());
}

#[test]
fn a_text_put_together_uses_the_messages_of_its_form() {
    let code = "fn a() { t.count(&format!(\"time-{unit}-{way}\"), n); }";
    assert!(said(code, "time-days-ago = { $n } days ago\n").is_empty());
    assert_eq!(said(code, "month-days-ago = { $n } days ago\n").len(), 1);
    assert_eq!(
        said("fn a() { format!(\"{a}-{b}\"); }", "greeting-short = Hello\n").len(),
        1
    );
}

#[test]
fn words_in_a_template_are_flagged_with_their_line() {
    assert_eq!(
        in_template("<p>\n  Hello\n</p>"),
        [format!("{PAGE}:2: \"Hello\" belongs in locales/")]
    );
    for html in [
        "<button title=\"Close it\">{{ x }}</button>",
        "<input placeholder='Search'>",
        "<p>{{ n }}d</p>",
        "{% if a %} aria-label=\"Close\"{% endif %}",
        "<title>{{ title }} · Tandem</title><p>Tandem rocks</p>",
        "{% call ui::button(\"Save\") %}",
        "<a href=\"{{ url }}\" aria-label=\"Next {{ x }}\"></a>",
    ] {
        assert_eq!(in_template(html).len(), 1, "{html}");
    }
}

#[test]
fn what_is_not_words_passes() {
    for html in [
        "{# a comment #}<!-- and another --><p>{{ x }} · {{ y }} &nbsp;&middot; 12%</p>",
        "{% if a %} aria-describedby=\"{% if b %}{{ id }}-hint{% endif %}\"{% endif %} aria-invalid=\"true\"",
        "<div class=\"card wide\" title=\"{{ x }}\" data-a=\"x > y\"></div>",
        "<style>p { color: red }</style><script src=\"a.js\">let a;</script><kbd>Esc</kbd>",
        "{% if a < b && method == \"GET\" %}{% call ui::icon(\"chevron-down\") %}{% endif %}",
    ] {
        assert_eq!(in_template(html), Vec::<String>::new(), "{html}");
    }
}

#[test]
fn a_template_that_does_not_end_is_read_to_its_end() {
    for html in ["{{", "{{ t.say(\"é", "{%", "{# é", "<p", "<!-- é", "<script>é"] {
        assert_eq!(in_template(html), Vec::<String>::new(), "{html}");
    }
}

#[test]
fn an_excuse_frees_a_name() {
    let text = format!("[[plain-text]]\npath = \"{PAGE}\"\ntext = \"PostgreSQL\"\nreason = \"a name\"\n");
    let excuses = Excuses::parse(&text).unwrap();
    let report = check(&Sources::of(&[(PAGE, "<b>PostgreSQL</b><i>Other</i>")]), &excuses);
    assert_eq!(report.findings.len(), 1);
    assert!(excuses.unused(&["plain-text"]).is_empty());
}
