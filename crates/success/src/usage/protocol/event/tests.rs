use super::*;

const NOW: Timestamp = Timestamp(1_800_000_000_000_000);

fn read_one(text: &str) -> Result<Event, (Reason, String)> {
    read(text, 0, None, (NOW, None)).map_err(|refused| (refused.reason, refused.about))
}

#[test]
fn an_event_is_read_with_all_that_tells_whose_it_is() {
    let event = read_one(
        r#"{"type":"track","messageId":"m-1","event":" Report opened ","userId":42,"anonymousId":"a-1",
           "context":{"groupId":"acme","ip":"1.2.3.4"},"properties":{"rows":7},"timestamp":"2027-01-15T07:00:00Z"}"#,
    )
    .unwrap();
    assert_eq!(event.name, "Report opened");
    assert_eq!(event.person.user.as_deref(), Some("42"));
    assert_eq!(event.group.as_deref(), Some("acme"));
    assert_eq!(event.message.as_deref(), Some("m-1"));
}

#[test]
fn what_is_wrong_is_named() {
    let long = "x".repeat(1_000_000);
    let many: Vec<String> = (0..600).map(|n| format!("\"p{n}\":1")).collect();
    let cases = [
        ("[]".to_owned(), Reason::Malformed),
        (r#"{"event":"x","userId":"u"}"#.to_owned(), Reason::NoCall),
        (r#"{"type":"dance","userId":"u"}"#.to_owned(), Reason::NoCall),
        (r#"{"type":"track","userId":"u"}"#.to_owned(), Reason::NoEvent),
        (r#"{"type":"track","event":"x"}"#.to_owned(), Reason::NoPerson),
        (
            r#"{"type":"track","event":"x","userId":"null"}"#.to_owned(),
            Reason::NoPerson,
        ),
        (
            r#"{"type":"track","event":"x","userId":"00000000-0000-0000"}"#.to_owned(),
            Reason::NoPerson,
        ),
        (
            r#"{"type":"track","event":{"x":1},"userId":"u"}"#.to_owned(),
            Reason::WrongType,
        ),
        (
            r#"{"type":"track","event":"x","userId":["u"]}"#.to_owned(),
            Reason::WrongType,
        ),
        (
            r#"{"type":"track","event":"x","userId":"u","properties":7}"#.to_owned(),
            Reason::WrongType,
        ),
        (
            r#"{"type":"track","event":"x\u0000","userId":"u"}"#.to_owned(),
            Reason::Nul,
        ),
        (
            "{\"type\":\"track\",\"event\":\"x\0\",\"userId\":\"u\"}".to_owned(),
            Reason::Malformed,
        ),
        (
            format!(r#"{{"type":"track","event":"x","userId":"{long}"}}"#),
            Reason::Large,
        ),
        (
            format!(r#"{{"type":"track","event":"x","userId":"{}"}}"#, &long[..201]),
            Reason::LongId,
        ),
        (
            format!(r#"{{"type":"track","event":"{}","userId":"u"}}"#, &long[..201]),
            Reason::LongName,
        ),
        (
            format!(
                r#"{{"type":"track","event":"x","userId":"u","properties":{{{}}}}}"#,
                many.join(",")
            ),
            Reason::ManyProperties,
        ),
        (
            r#"{"type":"track","event":"x","userId":"u","timestamp":"soon"}"#.to_owned(),
            Reason::BadTime,
        ),
        (
            r#"{"type":"track","event":"x","userId":"u","timestamp":"9999-01-01T00:00:00Z"}"#.to_owned(),
            Reason::Future,
        ),
        (
            r#"{"type":"track","event":"x","userId":"u","timestamp":"1970-01-01T00:00:00Z"}"#.to_owned(),
            Reason::Ancient,
        ),
        (r#"{"type":"group","userId":"u"}"#.to_owned(), Reason::NoGroup),
        (r#"{"type":"alias","userId":"u"}"#.to_owned(), Reason::NoPrevious),
    ];
    for (text, reason) in cases {
        let found = read_one(&text).map_err(|(reason, _)| reason);
        assert_eq!(found, Err(reason), "{}", &text[..text.len().min(120)]);
    }
}

#[test]
fn browsers_write_calls_by_their_first_letter() {
    for call in Call::ALL {
        assert_eq!(Call::named(&call.as_str()[..1]), Some(call));
        assert_eq!(Call::named(call.as_str()), Some(call));
    }
    assert_eq!(Call::named(""), None);
    assert_eq!(Call::named("b"), None);
}

#[test]
fn an_identify_says_who_somebody_is_in_its_traits_or_in_those_of_its_context() {
    let said = |text: &str| {
        let event = read_one(text).unwrap();
        (event.title, event.email)
    };
    let both = (Some("Ada Byron".to_owned()), Some("ada@acme.example".to_owned()));
    let inner = r#""context":{"traits":{"firstName":"Ada","lastName":"Byron","email":"ada@acme.example","traits":[1]}}"#;
    assert_eq!(
        said(&format!(r#"{{"type":"identify","userId":"u",{inner}}}"#)),
        both
    );
    let outer = r#""traits":{"name":"Ada King"}"#;
    assert_eq!(
        said(&format!(r#"{{"type":"identify","userId":"u",{inner},{outer}}}"#)),
        (Some("Ada King".to_owned()), both.1.clone())
    );
    // There they are the person's, and a group is no person.
    let group = format!(r#"{{"type":"group","userId":"u","groupId":"acme",{inner}}}"#);
    assert_eq!(said(&group), (None, None));
    let odd = r#"{"type":"identify","userId":"u","context":{"traits":"none"}}"#;
    assert_eq!(said(odd), (None, None));
}
