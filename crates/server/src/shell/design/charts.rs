//! Charts with invented numbers for the design page.

use kit::chart::{
    Bars, Caption, Change, Cohorts, Contribution, Contributions, Funnel, HeatMap, Lines, Point, Quadrant,
    Series, Sparkline, Stacking, Step, Unit, Waterfall,
};
use kit::i18n::{Args, Text};

use super::samples;

/// Every kind of chart, drawn.
pub(super) fn charts(t: &Text) -> Vec<String> {
    vec![
        lines(t),
        bars(t),
        waterfall(t),
        quadrant(t),
        heat_map(t),
        cohorts(t),
        contributions(t),
        funnel(t),
    ]
}

/// A small line for a row of the table.
pub(super) fn sparkline(t: &Text, score: i64) -> String {
    let last = score as f64;
    let slope = if score < 50 { 3.4 } else { -1.1 };
    let past = |week: i32| {
        last + f64::from(12 - week) * slope + f64::from(week * 7 % 11 - 5) * f64::from((12 - week).min(3))
    };
    let values: Vec<_> = (0..13)
        .map(|week| (week != 4).then(|| past(week).clamp(0.0, 100.0)))
        .collect();
    let sentence = t.say_with("design-sparkline", Args::new().with_number("score", score));
    Sparkline {
        sentence,
        values,
        range: Some((0.0, 100.0)),
    }
    .draw(t)
}

fn caption(t: &Text, name: &str) -> Caption {
    let title = t.say(&format!("design-chart-{name}"));
    Caption::new(
        format!("chart-{name}"),
        title,
        t.say(&format!("design-chart-{name}-says")),
    )
}

fn months(t: &Text) -> Vec<String> {
    (0..12)
        .map(|index| t.month(if index < 1 { 2025 } else { 2026 }, (index + 11) % 12 + 1))
        .collect()
}

fn lines(t: &Text) -> String {
    let minutes = |values: &[i32]| {
        values
            .iter()
            .map(|value| Some(f64::from(*value) * 60.0))
            .collect::<Vec<_>>()
    };
    let mut fast = minutes(&[52, 48, 55, 47, 44, 41, 0, 39, 36, 38, 33, 31]);
    let mut slow = minutes(&[190, 176, 240, 205, 168, 170, 0, 150, 138, 161, 122, 118]);
    (fast[6], slow[6]) = (None, None);
    let series = vec![
        Series {
            name: t.say("design-median"),
            values: fast,
        },
        Series {
            name: t.say("design-ninetieth"),
            values: slow,
        },
    ];
    Lines {
        caption: caption(t, "lines"),
        unit: Unit::Span,
        places: months(t),
        series,
        band: Some((0, 1)),
    }
    .draw(t)
}

fn bars(t: &Text) -> String {
    let series = vec![
        Series::new(
            t.say("design-chart-mail"),
            &[
                212., 198., 240., 251., 230., 224., 219., 262., 248., 239., 255., 231.,
            ],
        ),
        Series::new(
            t.say("design-chart-chat"),
            &[
                84., 92., 90., 101., 118., 121., 117., 130., 142., 139., 151., 160.,
            ],
        ),
        Series::new(
            t.say("design-chart-phone"),
            &[41., 38., 36., 35., 33., 30., 31., 28., 27., 25., 24., 22.],
        ),
    ];
    let (caption, places) = (caption(t, "bars"), months(t));
    Bars {
        caption,
        unit: Unit::Number(0),
        places,
        series,
        stacking: Stacking::Stacked,
        links: Vec::new(),
    }
    .draw(t)
}

fn waterfall(t: &Text) -> String {
    let change = |key: &str, by: f64| Change {
        name: t.say(key),
        by: by * 100.0,
    };
    Waterfall {
        caption: caption(t, "waterfall"),
        unit: Unit::Money("EUR".to_owned()),
        start: (t.say("design-chart-start"), 81_200_000.0),
        changes: vec![
            change("design-chart-expansion", 114_000.0),
            change("design-chart-contraction", -38_000.0),
            change("design-chart-churn", -52_500.0),
        ],
        end: t.say("design-chart-end"),
        links: Vec::new(),
    }
    .draw(t)
}

fn quadrant(t: &Text) -> String {
    let point = |account: &samples::Account| Point {
        name: account.name.to_owned(),
        href: "/design?part=charts".to_owned(),
        x: account.score as f64,
        y: account.yearly as f64,
        size: (account.tickets * 9 + 8) as f64,
        weight: 1.0 / (account.tickets + 1) as f64,
    };
    let corner = |name: &str| t.say(&format!("design-chart-corner-{name}"));
    Quadrant {
        caption: caption(t, "quadrant"),
        across: (t.say("design-health"), Unit::Number(0), 60.0),
        upward: (t.say("design-yearly"), Unit::Money("EUR".to_owned()), 4_000_000.0),
        size: (t.say("design-chart-days"), Unit::Number(0)),
        corners: [corner("call"), corner("keep"), corner("watch"), corner("grow")],
        points: samples::accounts(t).iter().map(point).collect(),
    }
    .draw(t)
}

fn heat_map(t: &Text) -> String {
    let hour = |day: i32, hour: i32| {
        let rush = 30 - (hour - 10).pow(2) / 2 + 12 - (hour - 15).pow(2) / 3;
        let load = if day > 5 { rush / 4 } else { rush + day * 2 };
        (hour > 5 && hour < 21).then(|| f64::from(load.max(0)))
    };
    HeatMap {
        caption: caption(t, "heat"),
        unit: Unit::Number(0),
        columns: (0..24).map(|hour| format!("{hour:02}")).collect(),
        rows: (1..=7_i8)
            .map(|day| (t.weekday(day), (0..24).map(|at| hour(day.into(), at)).collect()))
            .collect(),
        most: None,
        written: false,
        links: Vec::new(),
    }
    .draw(t)
}

fn cohorts(t: &Text) -> String {
    let row = |month: i8| {
        let kept = (0..=8 - month).map(|age| 1.0 - f64::from(age) * (0.06 - f64::from(month) * 0.004));
        (t.month(2026, month), i64::from(18 + month * 3), kept.collect())
    };
    Cohorts {
        caption: caption(t, "cohorts"),
        rows: (1..=8).map(row).collect(),
        links: Vec::new(),
    }
    .draw(t)
}

fn contributions(t: &Text) -> String {
    let part = |key: &str, by: f64| Contribution { name: t.say(key), by };
    let parts = vec![
        part("design-chart-usage", -9.4),
        part("design-chart-unanswered", -4.1),
        part("design-chart-champion", 5.2),
        part("design-chart-paid", 2.3),
    ];
    Contributions {
        caption: caption(t, "contributions"),
        unit: Unit::Number(1),
        parts,
    }
    .draw(t)
}

fn funnel(t: &Text) -> String {
    let step = |key: &str, count: i64| Step {
        name: t.say(key),
        count,
    };
    let steps = vec![
        step("design-chart-searched", 4_812),
        step("design-chart-opened", 2_960),
        step("design-chart-helped", 1_744),
        step("design-chart-asked", 402),
    ];
    Funnel {
        caption: caption(t, "funnel"),
        steps,
    }
    .draw(t)
}
