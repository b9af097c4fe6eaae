//! The charts of a report.

use kit::chart::{Bars, Caption, HeatMap, Lines, Series, Stacking, Unit};
use kit::day::Day;
use kit::i18n::Text;

use super::asking::{address, pairs};
use super::item::HOURS;
use super::period::Ask;
use super::report::{Report, Spans, Sum};
use super::rows::{Age, Of};

/// All of them, in their order on the page; `rows` is the page of tickets behind a number, where the reader may open it.
pub(super) fn draw(t: &Text, ask: &Ask, report: &Report, rows: Option<&str>) -> Vec<String> {
    let places: Vec<String> = ask.period.steps().into_iter().map(|day| place(t, day)).collect();
    let mut all = vec![
        flow(t, report, &places),
        speed(t, report, (&places, "first-response"), |sum| &sum.first_response),
        speed(t, report, (&places, "resolution"), |sum| &sum.resolution),
        ages(t, (ask, rows), report),
        heat(t, (ask, rows), report),
    ];
    let rated = ["csat", "ces"].map(|key| ratings(t, report, (&places, key)));
    all.extend(rated.into_iter().flatten());
    all
}

fn place(t: &Text, day: Day) -> String {
    day.to_string()
        .parse::<jiff::civil::Date>()
        .map_or_else(|_| day.to_string(), |date| t.day(date))
}

fn flow(t: &Text, report: &Report, places: &[String]) -> String {
    let whole = &report.whole;
    let summary = kit::args!(
        created = whole.created,
        solved = whole.solved,
        open = report.open_now()
    );
    let floats =
        |of: &dyn Fn(&Sum) -> i64| -> Vec<f64> { report.steps.iter().map(|sum| of(sum) as f64).collect() };
    let backlog: Vec<f64> = report.backlog_steps().into_iter().map(|n| n as f64).collect();
    let lines = Lines {
        caption: Caption::new(
            "flow",
            t.say("numbers-flow"),
            t.say_with("numbers-flow-summary", summary),
        ),
        unit: Unit::Number(0),
        places: places.to_vec(),
        series: vec![
            Series::new(t.say("numbers-created"), &floats(&|sum| sum.created)),
            Series::new(t.say("numbers-solved"), &floats(&|sum| sum.solved)),
            Series::new(t.say("numbers-backlog"), &backlog),
        ],
        band: None,
    };
    lines.draw(t)
}

fn speed(
    t: &Text,
    report: &Report,
    (places, key): (&[String], &str),
    spans: impl Fn(&Sum) -> &Spans,
) -> String {
    let spreads: Vec<_> = report.steps.iter().map(|sum| spans(sum).spread()).collect();
    let line = |name: &str, values: Vec<Option<f64>>| Series {
        name: t.say(name),
        values,
    };
    let whole = spans(&report.whole).spread();
    let summary = match whole {
        Some(one) => t.say_with(
            "numbers-speed-summary",
            kit::args!(
                p50 = t.span(one.p50.round() as i64),
                p90 = t.span(one.p90.round() as i64),
                n = one.n as i64
            ),
        ),
        None => t.say("numbers-speed-nothing"),
    };
    let lines = Lines {
        caption: Caption::new(key, t.say(&format!("numbers-{key}")), summary),
        unit: Unit::Span,
        places: places.to_vec(),
        series: vec![
            line(
                "numbers-p50",
                spreads.iter().map(|one| one.map(|one| one.p50)).collect(),
            ),
            line(
                "numbers-p90",
                spreads.iter().map(|one| one.map(|one| one.p90)).collect(),
            ),
        ],
        band: Some((0, 1)),
    };
    lines.draw(t)
}

/// How those who were asked rated, step by step: the share of 4 and 5, or the mean effort; none where nobody did.
fn ratings(t: &Text, report: &Report, (places, key): (&[String], &str)) -> Option<String> {
    let value = |sum: &Sum| match key {
        "csat" => sum.csat().map(|(share, _)| share),
        _ => sum.ces(),
    };
    let unit = if key == "csat" {
        Unit::Percent(0)
    } else {
        Unit::Number(0)
    };
    let whole = unit.written(t, value(&report.whole)?);
    let summary = t.say_with("numbers-rating-summary", kit::args!(value = whole));
    let name = t.say(&format!("numbers-trend-{key}"));
    let lines = Lines {
        caption: Caption::new(key, name.clone(), summary),
        unit,
        places: places.to_vec(),
        series: vec![Series {
            name,
            values: report.steps.iter().map(value).collect(),
        }],
        band: None,
    };
    Some(lines.draw(t))
}

/// The address of the tickets behind a part of a chart; empty where there are none, or nobody may open them.
fn behind((ask, rows): (&Ask, Option<&str>), of: Of, count: i64, part: &[(&str, String)]) -> String {
    let Some(rows) = rows.filter(|_| count > 0) else {
        return String::new();
    };
    let mut asked = pairs(ask, ask.period);
    asked.push(("of".to_owned(), of.as_str().to_owned()));
    asked.extend(
        part.iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone())),
    );
    address(rows, &asked)
}

fn ages(t: &Text, asked: (&Ask, Option<&str>), report: &Report) -> String {
    let names = Age::ALL.map(Age::as_str);
    let link =
        |(age, count): (&Age, &i64)| behind(asked, Of::Backlog, *count, &[("age", age.as_str().to_owned())]);
    let values: Vec<f64> = report.backlog.iter().map(|n| *n as f64).collect();
    let bars = Bars {
        caption: Caption::new(
            "ages",
            t.say("numbers-ages"),
            t.count("numbers-ages-summary", report.open_now()),
        ),
        unit: Unit::Number(0),
        places: names
            .iter()
            .map(|name| t.say(&format!("numbers-age-{name}")))
            .collect(),
        series: vec![Series::new(t.say("numbers-backlog"), &values)],
        stacking: Stacking::Beside,
        links: Age::ALL.iter().zip(&report.backlog).map(link).collect(),
    };
    bars.draw(t)
}

fn heat(t: &Text, asked: (&Ask, Option<&str>), report: &Report) -> String {
    let row = |(place, hours): (usize, &[i64; 24])| {
        let weekday = t.weekday(i8::try_from(place + 1).unwrap_or(1));
        (weekday, hours.iter().map(|n| Some(*n as f64)).collect())
    };
    let link = |weekday: usize, (hour, count): (usize, &i64)| {
        let part = [
            ("weekday", (weekday + 1).to_string()),
            ("hour", HOURS[hour].to_owned()),
        ];
        behind(asked, Of::Created, *count, &part)
    };
    let links = report.heat.iter().enumerate().map(|(weekday, hours)| {
        let hours = hours.iter().enumerate();
        hours.map(|hour| link(weekday, hour)).collect()
    });
    let map = HeatMap {
        caption: Caption::new("heat", t.say("numbers-heat"), t.say("numbers-heat-summary")),
        unit: Unit::Number(0),
        columns: (0..24).map(|hour| format!("{hour:02}")).collect(),
        rows: report.heat.iter().enumerate().map(row).collect(),
        most: None,
        written: false,
        links: links.collect(),
    };
    map.draw(t)
}
