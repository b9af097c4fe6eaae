use super::*;

fn text(body: &str, changes: &[(Field, &str)]) -> ReplyText {
    ReplyText {
        name: " Ask  for   logs ".to_owned(),
        folder: String::new(),
        body: body.to_owned(),
        words: BTreeMap::new(),
        is_note: false,
        audience: Audience::Everyone,
        changes: changes
            .iter()
            .map(|(field, value)| (*field, (*value).to_owned()))
            .collect(),
        extras: Extras::default(),
    }
}

#[test]
fn tags_alone_make_a_macro_and_bad_ones_are_named() {
    let with = |extras| ReplyText {
        extras,
        ..text("", &[])
    };
    assert!(with(Extras::said("vip", "", "")).checked().is_ok());
    assert!(with(Extras::said("", "", "on")).checked().is_ok());
    let both = with(Extras::said("vip", "VIP", "")).checked().unwrap_err();
    assert_eq!(both, ReplyError::BadTags("remove_tags"));
}

#[test]
fn a_name_is_single_spaced_and_changes_stand_in_the_order_of_the_form() {
    let changes = [(Field::Snooze, "monday"), (Field::Status, "waiting")];
    let checked = text("Hello", &changes).checked().unwrap();
    assert_eq!(checked.name, "Ask for logs");
    assert_eq!(checked.changes[0].0, Field::Status);
}

#[test]
fn whoever_speaks_one_of_its_languages_gets_the_words_in_it() {
    let with = |words: &[(&str, &str)]| ReplyText {
        words: words
            .iter()
            .map(|(tag, body)| ((*tag).to_owned(), (*body).to_owned()))
            .collect(),
        ..text("Hello", &[])
    };
    let both = with(&[("pl", " Dzień dobry "), ("ru", " ")]).checked().unwrap();
    assert_eq!(both.said_in(Some("pl-PL")), "Dzień dobry");
    for other in [Some("ru"), Some("de"), None] {
        assert_eq!(both.said_in(other), "Hello", "{other:?}");
    }
    assert_eq!(with(&[("de", "Hallo")]).checked(), Err(ReplyError::BadLanguage));
    let broken = with(&[("pl", "{{ nobody }}")]).checked().unwrap_err();
    assert!(matches!(broken, ReplyError::BadWords(tag, _) if tag == "pl"));
}

#[test]
fn what_can_never_be_done_is_refused_with_its_field() {
    let wrong = |body: &str, changes: &[(Field, &str)]| text(body, changes).checked().unwrap_err();
    assert_eq!(wrong(" ", &[]), ReplyError::Empty);
    assert_eq!(wrong(&"x".repeat(LONGEST + 1), &[]), ReplyError::LongBody);
    for (field, value) in [
        (Field::Status, "gone"),
        (Field::Agent, "somebody"),
        (Field::Snooze, "never"),
        (Field::Subject, "x"),
    ] {
        assert_eq!(wrong("", &[(field, value)]), ReplyError::BadChange(field));
    }
    let both = [(Field::Status, "solved"), (Field::Snooze, "week")];
    assert_eq!(wrong("", &both), ReplyError::BadChange(Field::Snooze));
}
