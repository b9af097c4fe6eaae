use proptest::prelude::*;

use super::scale::{Scale, labelled};
use super::svg::{at, escaped};
use super::*;
use crate::i18n::Text;

fn caption() -> Caption {
    Caption::new("volume", "Volume <by> week", "It \"fell\" by a third.")
}

fn weeks(count: usize) -> Vec<String> {
    (1..=count).map(|week| format!("W{week}")).collect()
}

/// One of each kind from the same numbers.
fn all(values: &[Option<f64>]) -> Vec<String> {
    let t = Text::default();
    let series = vec![
        Series {
            name: "created".to_owned(),
            values: values.to_vec(),
        },
        Series {
            name: "solved & <closed>".to_owned(),
            values: values.iter().rev().copied().collect(),
        },
    ];
    let places = weeks(values.len());
    let known: Vec<f64> = values.iter().flatten().copied().collect();
    let bars = |stacking| Bars {
        caption: caption(),
        unit: Unit::Number(0),
        places: places.clone(),
        series: series.clone(),
        stacking,
        links: Vec::new(),
    };
    let point = |(index, value): (usize, &f64)| Point {
        name: format!("account {index}"),
        href: format!("/accounts/{index}?a=1&b=\"2\""),
        x: *value,
        y: -value,
        size: 41.0,
        weight: 0.5,
    };
    let unit = Unit::Number(1);
    vec![
        Lines {
            caption: caption(),
            unit: Unit::Span,
            places: places.clone(),
            series: series.clone(),
            band: Some((0, 1)),
        }
        .draw(&t),
        bars(Stacking::Stacked).draw(&t),
        bars(Stacking::Beside).draw(&t),
        HeatMap {
            caption: caption(),
            unit: unit.clone(),
            columns: places.clone(),
            rows: vec![("Mon".to_owned(), values.to_vec())],
            most: None,
            written: true,
            links: Vec::new(),
        }
        .draw(&t),
        Cohorts {
            caption: caption(),
            rows: vec![("Jan".to_owned(), 12, known.clone())],
            links: Vec::new(),
        }
        .draw(&t),
        Waterfall {
            caption: caption(),
            unit: Unit::Money("EUR".to_owned()),
            start: ("Start".to_owned(), 100.0),
            changes: known
                .iter()
                .map(|by| Change {
                    name: "change".to_owned(),
                    by: *by,
                })
                .collect(),
            end: "End".to_owned(),
            links: Vec::new(),
        }
        .draw(&t),
        Quadrant {
            caption: caption(),
            across: ("Health".to_owned(), unit.clone(), 50.0),
            upward: ("ARR".to_owned(), unit.clone(), 10.0),
            size: ("Days".to_owned(), unit.clone()),
            corners: ["a", "b", "c", "d"].map(str::to_owned),
            points: known.iter().enumerate().map(point).collect(),
        }
        .draw(&t),
        Funnel {
            caption: caption(),
            steps: known
                .iter()
                .map(|n| Step {
                    name: "step".to_owned(),
                    count: *n as i64,
                })
                .collect(),
        }
        .draw(&t),
        Contributions {
            caption: caption(),
            unit,
            parts: known
                .iter()
                .map(|by| Contribution {
                    name: "usage".to_owned(),
                    by: *by,
                })
                .collect(),
        }
        .draw(&t),
        Sparkline {
            sentence: "a < b".to_owned(),
            values: values.to_vec(),
            range: Some((0.0, 100.0)),
        }
        .draw(&t),
    ]
}

#[test]
fn every_chart_says_what_it_shows_and_has_its_numbers() {
    let mut charts = all(&[Some(4.0), None, Some(9.0), Some(-2.0)]);
    let sparkline = charts.pop().expect("the small one is the last");
    assert!(
        sparkline.contains(r#"role="img" aria-label="a &lt; b""#),
        "{sparkline}"
    );
    assert!(
        sparkline.contains("<title>a &lt; b\n4 · – · 9 · −2</title><desc>4 · – · 9 · −2</desc>"),
        "{sparkline}"
    );
    assert_eq!(charts.len(), 9);
    for chart in &charts {
        assert!(chart.contains(">Volume &lt;by&gt; week</p>"), "{chart}");
        assert!(
            chart.contains(r#"<title id="volume-title">"#) && chart.contains(r#"<desc id="volume-desc">"#)
        );
        assert!(chart.contains("It &quot;fell&quot; by a third."));
        assert!(chart.contains("<details class=\"chart-numbers\">") && chart.contains("<th scope=\"row\">"));
    }
}

#[test]
fn without_numbers_a_chart_says_so() {
    let empty = all(&[]);
    for chart in [&empty[0], &empty[1], &empty[6], &empty[7], &empty[8]] {
        assert!(
            chart.contains("chart-empty") && !chart.contains("<table"),
            "{chart}"
        );
    }
}

#[test]
fn a_gap_breaks_the_line_and_is_no_zero() {
    let chart = &all(&[Some(4.0), Some(5.0), None, Some(9.0)])[0];
    assert_eq!(
        chart.matches("<polyline").count(),
        4,
        "two runs in each of two series"
    );
    assert!(chart.contains("—"));
}

#[test]
fn a_waterfall_ends_at_the_sum_of_its_steps() {
    let changes = [("expansion", 30.0), ("churn", -12.0)].map(|(name, by)| Change {
        name: name.to_owned(),
        by,
    });
    let waterfall = Waterfall {
        caption: caption(),
        unit: Unit::Number(0),
        start: ("start".to_owned(), 100.0),
        changes: changes.into(),
        end: "end".to_owned(),
        links: vec!["/start".to_owned(), "/a?b&c".to_owned()],
    };
    let chart = waterfall.draw(&Text::default());
    let links = chart.matches("<a ").count();
    assert_eq!(links, 2, "bars without a place are no links: {chart}");
    assert!(
        chart.contains("href=\"/a?b&amp;c\" aria-label=\"expansion: +30\""),
        "{chart}"
    );
    assert!(
        chart.contains("end: 118") && chart.contains("expansion: +30") && chart.contains("churn: −12"),
        "{chart}"
    );
}

#[test]
fn axis_steps_are_round() {
    let scale = Scale::over([3.0, 97.0].into_iter(), true);
    assert_eq!(scale.ticks(), [0.0, 50.0, 100.0]);
    let scale = Scale::over([0.02, 0.17].into_iter(), true);
    assert_eq!(scale.ticks().len(), 5);
    assert_eq!(
        Scale::of_time([0.0, 15_000.0].into_iter(), true).ticks(),
        [0.0, 7_200.0, 14_400.0, 21_600.0]
    );
    assert_eq!(Scale::over(std::iter::empty(), false).ticks(), [0.0, 0.5, 1.0]);
}

#[test]
fn the_last_label_is_always_written() {
    let always = |count| {
        labelled(count)
            .filter(|(_, class)| *class == "tick")
            .map(|(index, _)| index)
            .collect::<Vec<_>>()
    };
    assert_eq!(always(12), [3, 7, 11]);
    assert_eq!(always(13), [4, 12]);
    assert_eq!(
        (always(1), labelled(12).count(), labelled(0).count()),
        (vec![0], 12, 0)
    );
}

#[test]
fn coordinates_and_words_are_safe() {
    assert_eq!(
        (at(1.0), at(0.126), at(-0.001), at(f64::NAN)),
        ("1".into(), "0.13".into(), "0".into(), "0".into())
    );
    assert_eq!(escaped("a<b>&\""), "a&lt;b&gt;&amp;&quot;");
}

proptest! {
    #[test]
    fn an_axis_holds_every_value(values in prop::collection::vec(-1e9..1e9_f64, 1..40), from_zero: bool) {
        let scale = Scale::over(values.iter().copied(), from_zero);
        let ticks = scale.ticks();
        prop_assert!(ticks.len() >= 2 && ticks.len() <= 12, "{} steps", ticks.len());
        for value in values {
            let slack = (scale.high - scale.low) * 1e-9;
            prop_assert!(scale.low - slack <= value && value <= scale.high + slack);
            prop_assert!((0.0..=1.0).contains(&scale.share(value)));
        }
    }

    #[test]
    fn no_numbers_break_a_chart(values in prop::collection::vec(prop::option::of(prop::num::f64::ANY), 0..16)) {
        for chart in all(&values) {
            prop_assert!(!chart.contains("NaN\"") && !chart.contains("inf\"") && !chart.contains("style="));
            prop_assert_eq!(chart.matches("<svg").count(), chart.matches("</svg>").count());
        }
    }
}
