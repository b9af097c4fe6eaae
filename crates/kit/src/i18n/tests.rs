use jiff::civil::date;
use jiff::tz::TimeZone;

use super::{Formats, Locale, MoneyTrouble, Text, keys};
use crate::clock::Timestamp;

/// 22 November 2026, 10:05 UTC.
const NOW: Timestamp = Timestamp::from_seconds(1_795_341_900);
const NUMBERS: [i64; 9] = [0, 1, 2, 5, 11, 21, 22, 25, 101];

fn text(tag: &str) -> Text {
    let zone = TimeZone::get("Asia/Baku").expect("the zone is in the bundled table");
    Text::new(Locale::parse(tag).expect("the language is there"), zone, NOW)
}

fn hours_ago(tag: &str) -> Vec<String> {
    let text = text(tag);
    NUMBERS.iter().map(|n| text.count("time-hours-ago", *n)).collect()
}

#[test]
fn each_language_counts_with_its_own_plurals() {
    let en = [
        "hours", "hour", "hours", "hours", "hours", "hours", "hours", "hours", "hours",
    ];
    assert_counted("en", &en, "ago");
    let pl = [
        "godzin", "godzinę", "godziny", "godzin", "godzin", "godzin", "godziny", "godzin", "godzin",
    ];
    assert_counted("pl", &pl, "temu");
    let ru = [
        "часов",
        "час",
        "часа",
        "часов",
        "часов",
        "час",
        "часа",
        "часов",
        "час",
    ];
    assert_counted("ru", &ru, "назад");
    assert_counted("az", &["saat"; 9], "əvvəl");
    assert_counted("id", &["jam"; 9], "lalu");
}

fn assert_counted(tag: &str, words: &[&str; 9], ending: &str) {
    let expected: Vec<_> = NUMBERS
        .iter()
        .zip(words)
        .map(|(n, word)| format!("{n} {word} {ending}"))
        .collect();
    assert_eq!(hours_ago(tag), expected, "{tag}");
}

#[test]
fn every_language_has_every_message() {
    let english = keys("en");
    assert!(english.len() > 50);
    for locale in Locale::all() {
        let own = keys(locale.tag());
        let missing: Vec<_> = english.difference(&own).collect();
        let strange: Vec<_> = own.difference(&english).collect();
        assert!(
            missing.is_empty() && strange.is_empty(),
            "{locale:?} lacks {missing:?}, has unknown {strange:?}"
        );
    }
}

#[test]
fn the_five_languages_are_there() {
    let tags: Vec<_> = Locale::all().map(Locale::tag).collect();
    for tag in ["az", "en", "id", "pl", "ru"] {
        assert!(tags.contains(&tag), "{tag}");
    }
}

#[test]
fn the_browsers_heaviest_known_language_wins() {
    assert_eq!(Locale::negotiate("pl-PL,pl;q=0.9,en;q=0.8").tag(), "pl");
    assert_eq!(Locale::negotiate("xx, ru;q=0.2, az;q=0.9").tag(), "az");
    assert_eq!(Locale::negotiate("id;q=0, *").tag(), "en");
    assert_eq!(Locale::negotiate("").tag(), "en");
}

#[test]
fn numbers_follow_the_language() {
    assert_eq!(text("en").number(1_204_567), "1,204,567");
    assert_eq!(text("pl").number(1204), "1204");
    assert_eq!(text("pl").number(12_040), "12\u{a0}040");
    assert_eq!(text("ru").decimal(-1204.5, 2), "−1\u{a0}204,50");
    assert_eq!(text("az").percent(0.1234, 1), "12,3%");
    assert_eq!(text("id").number(-5), "−5");
    assert_eq!(text("en").decimal(-0.001, 2), "0.00");
}

#[test]
fn money_shows_every_minor_unit_of_its_currency() {
    assert_eq!(text("en").money(123_450, "USD"), "$1,234.50");
    assert_eq!(text("en").money(-123_450, "PLN"), "−PLN\u{a0}1,234.50");
    assert_eq!(text("pl").money(1_234_550, "PLN"), "12\u{a0}345,50\u{a0}zł");
    assert_eq!(text("ru").money(5, "RUB"), "0,05\u{a0}₽");
    assert_eq!(text("az").money(100, "AZN"), "1,00\u{a0}₼");
    assert_eq!(text("id").money(1_500_000, "IDR"), "Rp\u{a0}15.000,00");
    assert_eq!(text("en").money(1500, "JPY"), "¥1,500");
    assert_eq!(text("en").money(1500, "KWD"), "KWD\u{a0}1.500");
    assert_eq!(text("en").money_whole(-123_450, "USD"), "−$1,235");
}

#[test]
fn near_moments_are_relative_and_far_ones_dates() {
    let en = text("en");
    let seconds = |n: i64| Timestamp::from_seconds(NOW.seconds() + n);
    assert_eq!(en.ago(seconds(-30)), "just now");
    assert_eq!(en.ago(seconds(-720)), "12 minutes ago");
    assert_eq!(en.ago(seconds(3 * 86_400)), "in 3 days");
    assert_eq!(en.ago(seconds(-40 * 86_400)), "13 Oct");
    assert_eq!(en.ago(seconds(-400 * 86_400)), "18 Oct 2025");
    assert_eq!(en.age(seconds(-7_300)), "2h");
    assert_eq!(text("ru").ago(seconds(21 * 60)), "через 21 минуту");
    assert_eq!(en.span(7_500), "2 h 5 min");
    assert_eq!(en.span(0), "0 s");
}

#[test]
fn absolute_moments_stand_in_the_readers_zone() {
    assert_eq!(text("en").moment(NOW), "22 November 2026, 14:05 (Asia/Baku)");
    assert_eq!(text("pl").day_long(date(2027, 1, 3)), "3 stycznia 2027");
    assert_eq!(text("ru").day(date(2026, 5, 9)), "9 мая");
    assert_eq!(text("az").month(2026, 11), "noy 2026");
    assert_eq!(text("id").weekday(7), "Min");
    assert_eq!(text("en").machine(NOW), "2026-11-22T10:05:00Z");
}

#[test]
fn plain_output_carries_no_isolation_marks() {
    let said = text("pl").say_with("date-day", args![day = "3", month = "sty"]);
    assert_eq!(said, "3 sty");
}

#[test]
fn an_unknown_message_shows_its_key_instead_of_failing() {
    assert_eq!(text("pl").say("no-such-message"), "no-such-message");
}

#[test]
fn days_are_read_in_the_ways_of_each_language() {
    let christmas = Some(date(2026, 12, 25));
    for (tag, typed) in [
        ("en", "25 December 2026"),
        ("en", "December 25, 2026"),
        ("en", "12/25/2026"),
        ("pl", "25 grudnia 2026"),
        ("pl", "25.12.2026"),
        ("ru", "25 декабря"),
        ("ru", "25.12.26"),
        ("az", "25 dekabr"),
        ("id", "25/12/2026"),
        ("id", "25 Desember 2026"),
    ] {
        assert_eq!(text(tag).read_day(typed), christmas, "{tag}: {typed}");
    }
    for locale in Locale::all() {
        let text = text(locale.tag());
        assert_eq!(text.read_day("2026-12-25"), christmas, "{}", locale.tag());
        assert_eq!(text.read_day(&text.day_example()), christmas, "{}", locale.tag());
        assert_eq!(
            text.read_day(&text.day_long(date(2026, 12, 25))),
            christmas,
            "{}",
            locale.tag()
        );
        assert_eq!(
            text.read_day(&text.say("day-tomorrow")),
            Some(date(2026, 11, 23)),
            "{}",
            locale.tag()
        );
        for nonsense in [
            "",
            "31.02.2026",
            "25",
            "soon",
            "1.2.3.4",
            "2026-13-01",
            "٢٥.١٢.٢٠٢٦",
        ] {
            assert_eq!(text.read_day(nonsense), None, "{}: {nonsense}", locale.tag());
        }
    }
}

#[test]
fn amounts_are_read_in_the_ways_of_each_language() {
    for (tag, typed, minor) in [
        ("en", "1,234.50", 123_450),
        ("en", "1 234,50", 123_450),
        ("pl", "1 234,50", 123_450),
        ("pl", "1\u{a0}234,50 EUR", 123_450),
        ("pl", "1.234", 123_400),
        ("ru", "1234,5", 123_450),
        ("az", "1.234,50 €", 123_450),
        ("id", "1.234.567", 123_456_700),
        ("en", "1,234", 123_400),
        ("en", "-12", -1_200),
        ("en", "(12.00)", -1_200),
        ("en", "1’234.5", 123_450),
        ("en", ".5", 50),
        ("en", "12.500", 1_250),
    ] {
        assert_eq!(text(tag).read_money(typed, "EUR"), Ok(minor), "{tag}: {typed}");
    }
}

#[test]
fn an_amount_that_could_be_wrong_by_a_thousand_is_refused() {
    for (tag, typed, trouble) in [
        ("en", "1.234", MoneyTrouble::TooPrecise),
        ("pl", "1,234", MoneyTrouble::TooPrecise),
        ("en", "12.345,678", MoneyTrouble::TooPrecise),
        ("en", "1,23,456", MoneyTrouble::NoNumber),
        ("en", "1,2.3,4", MoneyTrouble::NoNumber),
        ("en", "twelve", MoneyTrouble::NoNumber),
        ("en", "", MoneyTrouble::NoNumber),
        ("en", "99999999999999999999", MoneyTrouble::TooMuch),
    ] {
        assert_eq!(text(tag).read_money(typed, "EUR"), Err(trouble), "{tag}: {typed}");
    }
    assert_eq!(text("en").read_money("1,234", "JPY"), Ok(1_234));
    assert_eq!(text("en").read_money("1.5", "JPY"), Err(MoneyTrouble::TooPrecise));
    assert_eq!(text("en").read_money("1.234", "KWD"), Ok(1_234));
    let said = text("pl").money_trouble(MoneyTrouble::NoNumber, "EUR");
    assert!(said.contains("1234,50"), "{said}");
}

#[test]
fn what_a_field_holds_is_read_back_as_it_was() {
    for locale in Locale::all() {
        let text = text(locale.tag());
        for minor in [0, 5, -5, 99, 123_450, 100_000_000, 9_007_199_254_740_993] {
            for currency in ["EUR", "JPY", "KWD", "CLF"] {
                let written = text.money_written(minor, currency);
                assert_eq!(
                    text.read_money(&written, currency),
                    Ok(minor),
                    "{} {currency}: {written}",
                    locale.tag()
                );
            }
        }
    }
}

#[test]
fn several_things_are_joined_by_the_languages_own_word() {
    let all = |tag: &str, items: &[&str]| text(tag).list(items);
    assert_eq!(all("en", &["a", "b", "c"]), "a, b and c");
    assert_eq!(all("pl", &["a", "b"]), "a i b");
    assert_eq!(all("ru", &["a", "b", "c"]), "a, b и c");
    assert_eq!(all("az", &["a", "b"]), "a və b");
    assert_eq!(all("id", &["a", "b", "c"]), "a, b, dan c");
    assert_eq!((all("en", &["a"]).as_str(), all("en", &[]).as_str()), ("a", ""));
}

#[test]
fn days_times_and_numbers_are_written_as_the_reader_chose_and_read_so() {
    let chosen = |words: &str| text("en").with_formats(Formats::read(words));
    let christmas = date(2027, 12, 25);
    let american = chosen("date:mdy|clock:12|numbers:comma");
    assert_eq!(american.day_written(christmas), "12/25/2027");
    assert_eq!(american.day_pattern(), "m/d/y");
    assert_eq!(
        (american.day(christmas), american.day(date(2026, 12, 25))),
        ("Dec 25, 2027".into(), "Dec 25".into())
    );
    assert_eq!(american.day_long(christmas), "December 25, 2027");
    assert_eq!(american.time(NOW), "2:05 pm");
    assert_eq!(american.number(1_204), "1.204");
    assert_eq!(american.money(123_450, "USD"), "$1.234,50");
    assert_eq!(american.read_money("1.234", "USD"), Ok(123_400));
    assert_eq!(american.count("time-hours-ago", 1_204), "1.204 hours ago");
    assert_eq!(text("en").count("time-hours-ago", 1_204), "1,204 hours ago");
    assert_eq!(american.read_day("3/4/2027"), Some(date(2027, 3, 4)));
    assert_eq!(american.read_day("3 April"), Some(date(2026, 4, 3)));
    assert_eq!(text("en").read_day("3/4/2027"), Some(date(2027, 4, 3)));
    assert_eq!(chosen("date:ymd").day_long(christmas), "2027-12-25");
    assert_eq!(chosen("date:dmy").day_written(christmas), "25/12/2027");
    assert_eq!(chosen("numbers:space").number(12_045), "12\u{a0}045");
    assert_eq!(chosen("numbers:apostrophe").number(12_045), "12’045");
}

#[test]
fn formats_are_kept_as_one_text_and_what_is_not_understood_chooses_nothing() {
    let kept = "date:ymd|clock:24|numbers:point";
    assert_eq!(Formats::read(kept).kept().as_deref(), Some(kept));
    assert_eq!(
        Formats::read("date:|clock:13|numbers:comma|x:y")
            .kept()
            .as_deref(),
        Some("numbers:comma")
    );
    assert_eq!(Formats::default().kept(), None);
}
