use super::*;

fn settled(cells: &[&str]) -> Writing {
    let mut evidence = Evidence::default();
    cells.iter().for_each(|cell| evidence.see(cell));
    evidence.settled()
}

#[test]
fn the_whole_column_says_which_number_is_the_month() {
    assert_eq!(settled(&["2026-04-03", "2026-12-31"]).days, None);
    assert_eq!(settled(&["03.04.2026"]).days, Some(DayOrder::DayFirst));
    assert_eq!(
        settled(&["03/04/2026", "25/04/2026"]).days,
        Some(DayOrder::DayFirst)
    );
    assert_eq!(
        settled(&["03/04/2026", "04/25/26"]).days,
        Some(DayOrder::MonthFirst)
    );
    assert_eq!(
        settled(&["03/04/2026", "04-05-2026"]).days,
        Some(DayOrder::Unclear)
    );
    assert_eq!(
        settled(&["25/04/2026", "04/25/2026"]).days,
        Some(DayOrder::Unclear)
    );
}

#[test]
fn days_are_read_in_three_ways_and_impossible_ones_are_none() {
    let of = |days| Writing { days, amounts: None };
    assert_eq!(of(None).day("2026-04-03").as_deref(), Some("2026-04-03"));
    assert_eq!(of(None).day("2026/4/3").as_deref(), Some("2026-04-03"));
    let (day, month) = (of(Some(DayOrder::DayFirst)), of(Some(DayOrder::MonthFirst)));
    assert_eq!(day.day("03/04/2026").as_deref(), Some("2026-04-03"));
    assert_eq!(month.day("03/04/2026").as_deref(), Some("2026-03-04"));
    assert_eq!(month.day("3/4/26 09:30").as_deref(), Some("2026-03-04 09:30"));
    assert_eq!(
        day.day("2026-04-03T14:05:59Z").as_deref(),
        Some("2026-04-03 14:05Z")
    );
    for wrong in [
        "31.02.2026",
        "04/25/2026",
        "soon",
        "",
        "2026",
        "1.2.3.4",
        "2026-13-01",
    ] {
        assert_eq!(day.day(wrong), None, "{wrong}");
    }
    assert_eq!(of(Some(DayOrder::Unclear)).day("03/04/2026"), None);
}

#[test]
fn a_time_keeps_its_offset_and_its_half_of_the_day() {
    let day = Writing::default();
    for (written, meant) in [
        ("2026-04-03T14:05:59.123+02:00", Some("14:05+02:00")),
        ("2026-04-03 14:05 -0330", Some("14:05-03:30")),
        ("2026-04-03 14:05:00 +0000 UTC", Some("14:05+00:00")),
        ("2026-04-03T14:05+02[Europe/Warsaw]", Some("14:05+02:00")),
        ("2026-04-03 14:05 utc", Some("14:05Z")),
        ("2026-04-03 9:05", Some("09:05")),
        ("2026-04-03 2:05 PM", Some("14:05")),
        ("2026-04-03 12:05am", Some("00:05")),
        ("2026-04-03 14:05 pm", None),
        ("2026-04-03 14:05 CET", None),
        ("2026-04-03 14:05+99:00", None),
        ("2026-04-03 14", None),
        ("2026-04-03 14:5", None),
    ] {
        let meant = meant.map(|time| format!("2026-04-03 {time}"));
        assert_eq!(day.day(written), meant, "{written}");
    }
}

#[test]
fn the_whole_column_says_what_a_comma_means() {
    assert_eq!(settled(&["1.234", "99,50"]).amounts, Some(DecimalSign::Comma));
    assert_eq!(settled(&["1,234", "99.5"]).amounts, Some(DecimalSign::Point));
    assert_eq!(settled(&["1,234,567"]).amounts, Some(DecimalSign::Point));
    assert_eq!(settled(&["1.234,00 zł"]).amounts, Some(DecimalSign::Comma));
    assert_eq!(settled(&["1.234", "5.678"]).amounts, Some(DecimalSign::Unclear));
    assert_eq!(settled(&["12", "1200"]).amounts, None);
}

#[test]
fn amounts_are_read_with_comma_or_point() {
    let of = |amounts| Writing { days: None, amounts };
    let (comma, point) = (of(Some(DecimalSign::Comma)), of(Some(DecimalSign::Point)));
    for (written, meant) in [
        ("1.234,50", "1234.50"),
        ("1 234,5 zł", "1234.5"),
        ("-12", "-12"),
        ("(7,00)", "-7.00"),
        ("€ 1.234", "1234"),
        ("1'000'000", "1000000"),
        (",5", "0.5"),
    ] {
        assert_eq!(comma.amount(written).as_deref(), Some(meant), "{written}");
    }
    assert_eq!(point.amount("$1,234.50").as_deref(), Some("1234.50"));
    for wrong in ["12,34,5.00", "abc", "", "1.2.3", "12 EUR 5x", "1e3"] {
        assert_eq!(point.amount(wrong), None, "{wrong}");
    }
}
