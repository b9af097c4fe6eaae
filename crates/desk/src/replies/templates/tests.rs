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
    let values = Values::from([("today", "x".repeat(200))]);
    assert_eq!(fill(&"{{ today }}".repeat(1_500), &values), Err(Broken::TooLong));
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

/// Runs on a stack as small as any that texts are read on.
fn on_a_small_stack(what: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(512 * 1_024);
    thread.spawn(what).unwrap().join().unwrap();
}

#[test]
fn no_text_is_so_long_or_deep_that_reading_it_takes_the_stack() {
    let chain = |first: &str, more: &str, many: usize| format!("{{{{ {first}{} }}}}", more.repeat(many));
    let within = |open: &str, many: usize, close: &str| open.repeat(many) + close;
    let many = 2_600;
    let refused = [
        chain("1", "-1", 9_900),
        chain("1", "-1", 500_000),
        chain("1", " and 1", many),
        chain("1", "<1", 9_000),
        chain("today", "|trim", 3_900),
        chain("a", ".a", 9_000),
        within("{{ ", 1, &within("not ", 4_900, "1 }}")),
        within("{{ 1", 1, &within("-", 9_900, "1 }}")),
        chain("-1", " if 1", many),
        within("{{ ", 1, &(within("(", 9_000, "1") + &")".repeat(9_000) + " }}")),
        within("{{ ", 1, &(within("(", 140, "1") + &")".repeat(140) + " }}")),
        within("{% if today %}", 1_400, ""),
        within("{% if today %}", 700, &"{% endif %}".repeat(700)),
        within(
            "{% if today %}",
            1,
            &(within("{% elif today %}", 1_200, "") + "{% endif %}"),
        ),
        within("{% if today %}", 21, &"{% endif %}".repeat(21)),
        "x".repeat(LONGEST + 1),
    ];
    let deepest = [
        chain("1", "-1", 140),
        chain("1", " and 1", 48),
        chain("1", "<1", 140),
        chain("today", "|trim", 56),
        within("{{ ", 1, &within("not ", 72, "1 }}")),
        within("{{ 1", 1, &within("-", 290, "1 }}")),
        chain("1", " if 1", 55),
        chain("1", " if 1 else 1", 22),
        within("{{ ", 1, &(within("(", 5, "1") + &")".repeat(5) + " }}")),
        within("{% if today %}", 20, &"{% endif %}".repeat(20)),
        within(
            "{% if today %}",
            1,
            &(within("{% elif today %}", 19, "") + "{% endif %}"),
        ),
        "{% if not today %}x{% else %}y{% endif %}".repeat(450),
    ];
    on_a_small_stack(move || {
        for source in refused {
            let found = check(&source);
            assert!(
                matches!(found, Err(Broken::TooLong | Broken::Tangled(_))),
                "{found:?}: {:.60}",
                source
            );
        }
        for source in deepest {
            let found = filled(&source);
            assert!(
                !matches!(found, Err(Broken::TooLong | Broken::Tangled(_))),
                "{found:?}: {source:.60}"
            );
        }
    });
}

#[test]
fn quotes_and_brackets_hide_nothing() {
    assert_eq!(filled("{{ \"}}{#\" }}").unwrap(), "}}{#");
    for source in [
        "{{ \"}}{#\" }}{% for c in today %}{{ c }}{% endfor %}{# #}",
        "{{ \"}}\" * 9 }}",
        "{{ '%}' }}{% include 'x' %}",
        "{{ \"\\\"}}\" * 9 }}",
        "{{ \"\\x41\" }}",
    ] {
        assert!(
            matches!(check(source), Err(Broken::Forbidden(_))),
            "{source}: {:?}",
            check(source)
        );
    }
    for source in [
        "{{ \" }}",
        "{{ ' }} x",
        "{{ (1 }} 1) }}",
        "{{ ) }}",
        "{{ 1) + (1 }}",
    ] {
        assert!(
            matches!(check(source), Err(Broken::Syntax(1))),
            "{source}: {:?}",
            check(source)
        );
    }
}
