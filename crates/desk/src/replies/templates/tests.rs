use super::*;

fn filled(source: &str) -> Result<String, Broken> {
    let values = [
        ("contact.first_name", "<Leyla> & {{ today }}"),
        ("agent.name", "Sam"),
    ];
    fill(
        source,
        &values.map(|(name, value)| (name, value.to_owned())).into(),
    )
}

#[test]
fn variables_stand_as_they_are_and_what_they_hold_is_never_read_as_a_template() {
    assert_eq!(
        filled("Hello {{ contact.first_name }},\n{{agent.name|upper}}\n").unwrap(),
        "Hello <Leyla> & {{ today }},\nSAM"
    );
}

#[test]
fn a_variable_without_a_value_is_named_and_may_have_something_instead() {
    let gone = |name: &str| Err(Broken::Missing(name.to_owned()));
    assert_eq!(filled("{{ contact.email }}"), gone("contact.email"));
    assert_eq!(filled("{{ contact.email }}{{ today }}"), gone("contact.email"));
    assert_eq!(
        filled("Dear {{ contact.name | default(\"you\") }}").unwrap(),
        "Dear you"
    );
    assert_eq!(
        filled("a{% if contact.email %} {{ contact.email }}{% endif %}b").unwrap(),
        "ab"
    );
    assert_eq!(
        filled("{% if contact.email is defined %}x{% else %}y{% endif %}").unwrap(),
        "y"
    );
}

#[test]
fn a_variable_that_there_is_not_is_refused_with_its_name() {
    for (source, name) in [
        ("{{ contact.frist_name }}", "contact.frist_name"),
        ("{{ contact }}", "contact"),
        ("{{ password }}", "password"),
        ("{% if account.secret %}{% endif %}", "account.secret"),
    ] {
        assert_eq!(check(source), Err(Broken::Unknown(name.to_owned())), "{source}");
    }
}

#[test]
fn what_is_badly_written_is_refused_with_its_line() {
    for source in ["\n{{ today", "\n{% if today %}", "\n{{ today( }}"] {
        assert!(
            matches!(check(source), Err(Broken::Syntax(2 | 3))),
            "{source}: {:?}",
            check(source)
        );
    }
}

#[test]
fn nothing_makes_much_of_little() {
    for source in [
        "{{ \"a\" * 1000000000 }}",
        "{{ today ~ today }}",
        "{% set x = today %}",
        "{% for c in today %}{{ c }}{% endfor %}",
        "{% include \"x\" %}",
        "{% macro m() %}{% endmacro %}",
        "{{ [today] }}",
        "{% raw %}x{% endraw %}",
        "{{ 9 ** 9 }}",
        "{{ today | replace(\"\", \"x\") }}",
    ] {
        assert!(matches!(check(source), Err(Broken::Forbidden(_))), "{source}");
    }
    let long = "{{ contact.first_name }}".repeat(10_000);
    assert_eq!(filled(&long), Err(Broken::TooLong));
}

#[test]
fn braces_and_signs_in_plain_text_are_plain_text() {
    assert_eq!(filled("a { b } 100 % * [x] {").unwrap(), "a { b } 100 % * [x] {");
    assert_eq!(filled("{{ \"a*b\" }}").unwrap(), "a*b");
}

#[test]
fn every_variable_can_stand_in_a_text() {
    for variable in VARIABLES {
        let source = format!("{{{{ {} }}}}", variable.name);
        assert_eq!(
            fill(&source, &[(variable.name, "x".to_owned())].into()).unwrap(),
            "x"
        );
    }
}
