//! What every chart has around its drawing: title, sentence, legend, and the numbers as a table.

use super::scale::Scale;
use super::svg::{across, at, escaped, marked, put, word};
use crate::i18n::Text;

/// The height of a plot in pixels, and of the words below it.
pub(super) const HEIGHT: f64 = 180.0;
pub(super) const FOOT: f64 = 24.0;

/// What a chart is called and what it says.
#[derive(Clone, Debug)]
pub struct Caption {
    /// Unique on the page; the ids of title and description are made of it.
    pub id: String,
    /// The heading.
    pub title: String,
    /// One sentence: what the chart shows at this moment.
    pub summary: String,
}

impl Caption {
    /// A caption; `summary` is a whole sentence.
    pub fn new(id: impl Into<String>, title: impl Into<String>, summary: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            summary: summary.into(),
        }
    }
}

/// What a chart's numbers are, so that they are written as the reader writes them.
#[derive(Clone, Debug, PartialEq)]
pub enum Unit {
    /// A plain number with so many digits after the separator.
    Number(usize),
    /// A share; 1 is 100 %.
    Percent(usize),
    /// Minor units of an ISO 4217 currency, shown in major ones.
    Money(String),
    /// Seconds, shown as a span.
    Span,
}

impl Unit {
    /// The value in the reader's writing.
    pub fn written(&self, t: &Text, value: f64) -> String {
        match self {
            Self::Number(digits) => t.decimal(value, *digits),
            Self::Percent(digits) => t.percent(value, *digits),
            // Whole minor units below 2^53 are exact in a float.
            Self::Money(currency) => t.money_whole(value.round() as i64, currency),
            Self::Span => t.span(value.round() as i64),
        }
    }

    pub(super) fn written_or_gap(&self, t: &Text, value: Option<f64>) -> String {
        value.map_or_else(|| "—".to_owned(), |value| self.written(t, value))
    }
}

/// One named row of values, one for each place along the chart; `None` where nothing was measured.
#[derive(Clone, Debug)]
pub struct Series {
    /// What it is called.
    pub name: String,
    /// Its values in order.
    pub values: Vec<Option<f64>>,
}

impl Series {
    /// A row of values without gaps.
    pub fn new(name: impl Into<String>, values: &[f64]) -> Self {
        Self {
            name: name.into(),
            values: values.iter().copied().map(Some).collect(),
        }
    }
}

/// The numbers behind a chart: a head and rows of equal length, the first cell of each being its name.
pub(super) struct Numbers {
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

impl Numbers {
    /// A row for each place, a column for each series.
    pub(super) fn of_series(t: &Text, unit: &Unit, places: &[String], series: &[Series]) -> Self {
        let head = std::iter::once(String::new())
            .chain(series.iter().map(|one| one.name.clone()))
            .collect();
        let row = |(index, place): (usize, &String)| {
            let cells = series
                .iter()
                .map(|one| unit.written_or_gap(t, one.values.get(index).copied().flatten()));
            std::iter::once(place.clone()).chain(cells).collect()
        };
        Self {
            head,
            rows: places.iter().enumerate().map(row).collect(),
        }
    }
}

/// What a chart hands over to be framed.
pub(super) struct Drawn {
    /// The inside of the plot's `<svg>`.
    pub(super) plot: String,
    /// Height of the plot with its words, in pixels.
    pub(super) height: f64,
    /// Words at the left, each at its height: those of the value axis, or the names of rows.
    pub(super) left: Vec<(f64, String)>,
    /// Names of the series in the order of their colours; empty for a single one.
    pub(super) legend: Legend,
    /// Whether a narrow screen scrolls it instead of squeezing it.
    pub(super) wide: bool,
    pub(super) numbers: Numbers,
}

impl Drawn {
    /// A plot of this height with the numbers behind it, and nothing more.
    pub(super) fn new(plot: String, height: f64, numbers: Numbers) -> Self {
        Self {
            plot,
            height,
            left: Vec::new(),
            legend: Legend::None,
            wide: false,
            numbers,
        }
    }

    pub(super) fn left(mut self, words: Vec<(f64, String)>) -> Self {
        self.left = words;
        self
    }

    pub(super) fn legend(mut self, legend: Legend) -> Self {
        self.legend = legend;
        self
    }

    pub(super) fn wide(mut self) -> Self {
        self.wide = true;
        self
    }
}

/// The names of a chart's series.
pub(super) enum Legend {
    None,
    Lines(Vec<String>),
    Fills(Vec<String>),
}

/// A value axis: its steps and their words.
pub(super) struct Axis {
    pub(super) scale: Scale,
    words: Vec<String>,
}

impl Axis {
    pub(super) fn new(t: &Text, unit: &Unit, scale: Scale) -> Self {
        let words = scale
            .ticks()
            .into_iter()
            .map(|tick| unit.written(t, tick))
            .collect();
        Self { scale, words }
    }

    /// An axis that fits `values` in steps that suit the unit.
    pub(super) fn over(t: &Text, unit: &Unit, values: impl Iterator<Item = f64>, from_zero: bool) -> Self {
        let scale = match unit {
            Unit::Span => Scale::of_time(values, from_zero),
            _ => Scale::over(values, from_zero),
        };
        Self::new(t, unit, scale)
    }

    /// Its words, each at its height.
    pub(super) fn left(&self) -> Vec<(f64, String)> {
        let heights = self
            .scale
            .ticks()
            .into_iter()
            .map(|tick| top(&self.scale, tick) + 4.0);
        heights.zip(self.words.iter().cloned()).collect()
    }

    /// The hairlines across the plot, the one at zero stronger.
    pub(super) fn lines(&self) -> String {
        let mut out = String::new();
        for tick in self.scale.ticks() {
            let kind = if tick == 0.0 { "zero" } else { "rule" };
            let y = at(top(&self.scale, tick));
            put!(
                out,
                r#"<line class="{kind}" x1="0" x2="100%" y1="{y}" y2="{y}"/>"#
            );
        }
        out
    }
}

/// Pixels from the top at which `value` stands.
pub(super) fn top(scale: &Scale, value: f64) -> f64 {
    8.0 + (1.0 - scale.share(value)) * (HEIGHT - 8.0)
}

/// A bar over `place` (its left edge and width as shares) from one value to another, with its tooltip.
pub(super) fn bar(plot: &mut String, class: &str, place: (f64, f64), heights: (f64, f64), tip: &str) {
    let (upper, lower) = (heights.0.min(heights.1), heights.0.max(heights.1));
    let (x, width, y, height) = (
        across(place.0),
        across(place.1),
        at(upper),
        at((lower - upper).max(0.5)),
    );
    let shape = format!(r#"rect class="{class}" x="{x}" width="{width}" y="{y}" height="{height}""#);
    marked(plot, &shape, "rect", tip);
}

/// The chart with everything around it.
pub(super) fn framed(t: &Text, caption: &Caption, drawn: &Drawn) -> String {
    let (id, title, summary) = (
        escaped(&caption.id),
        escaped(&caption.title),
        escaped(&caption.summary),
    );
    let mut out = String::with_capacity(drawn.plot.len() + 2048);
    put!(
        out,
        r#"<figure class="chart" id="{id}"><figcaption><p class="chart-title">{title}</p>"#
    );
    put!(out, r#"<p class="chart-summary">{summary}</p></figcaption>"#);
    if drawn.numbers.rows.is_empty() {
        put!(
            out,
            r#"<p class="chart-empty">{}</p></figure>"#,
            escaped(&t.say("chart-empty"))
        );
        return out;
    }
    legend(&mut out, &drawn.legend);
    body(&mut out, caption, drawn);
    table(&mut out, t, caption, &drawn.numbers);
    out.push_str("</figure>");
    out
}

fn body(out: &mut String, caption: &Caption, drawn: &Drawn) {
    let (id, title, summary) = (
        escaped(&caption.id),
        escaped(&caption.title),
        escaped(&caption.summary),
    );
    if drawn.wide {
        put!(
            out,
            r#"<div class="chart-body wide" role="group" tabindex="0" aria-labelledby="{id}-title">"#
        );
    } else {
        out.push_str(r#"<div class="chart-body">"#);
    }
    left_column(out, drawn);
    // An image hides what is in it from the keyboard; links must not be hidden.
    let role = if drawn.plot.contains("<a ") {
        "group"
    } else {
        "img"
    };
    let height = at(drawn.height);
    put!(
        out,
        r#"<svg class="plot" height="{height}" role="{role}" aria-labelledby="{id}-title""#
    );
    put!(
        out,
        r#" aria-describedby="{id}-desc"><title id="{id}-title">{title}</title>"#
    );
    put!(
        out,
        r#"<desc id="{id}-desc">{summary}</desc>{}</svg></div>"#,
        drawn.plot
    );
}

fn legend(out: &mut String, legend: &Legend) {
    let (names, key) = match legend {
        Legend::Lines(names) => (names, r#"line class="line line-"#),
        Legend::Fills(names) => (names, r#"rect class="fill-"#),
        Legend::None => return,
    };
    if names.len() < 2 {
        return;
    }
    out.push_str(r#"<ul class="chart-legend">"#);
    for (index, name) in names.iter().enumerate() {
        let (colour, name) = (index % 6 + 1, escaped(name));
        let shape = match legend {
            Legend::Lines(_) => r#"x1="0" x2="16" y1="5" y2="5""#,
            _ => r#"width="10" height="10" rx="2""#,
        };
        put!(
            out,
            r#"<li><svg class="key" width="16" height="10" aria-hidden="true"><{key}{colour}" {shape}/></svg>{name}</li>"#
        );
    }
    out.push_str("</ul>");
}

fn left_column(out: &mut String, drawn: &Drawn) {
    if drawn.left.is_empty() {
        return;
    }
    // The widest word decides; a letter is about 7 px wide at 11 px.
    let longest = drawn
        .left
        .iter()
        .map(|(_, word)| word.chars().count())
        .max()
        .unwrap_or(0);
    let width = (longest as f64 * 7.0 + 10.0).max(24.0);
    let (shown, height) = (at(width), at(drawn.height));
    put!(
        out,
        r#"<svg class="axis" width="{shown}" height="{height}" aria-hidden="true">"#
    );
    for (y, text) in &drawn.left {
        word(out, &at(width - 8.0), *y, "end", text);
    }
    out.push_str("</svg>");
}

fn table(out: &mut String, t: &Text, caption: &Caption, numbers: &Numbers) {
    let title = escaped(&caption.title);
    put!(
        out,
        r#"<details class="chart-numbers"><summary>{}</summary><div class="table-frame" role="region" tabindex="0" aria-label="{title}"><table class="table"><thead><tr>"#,
        escaped(&t.say("chart-as-table"))
    );
    for (index, name) in numbers.head.iter().enumerate() {
        match (index, name.is_empty()) {
            (0, true) => out.push_str("<td></td>"),
            (0, false) => put!(out, r#"<th scope="col">{}</th>"#, escaped(name)),
            _ => put!(out, r#"<th scope="col" class="number">{}</th>"#, escaped(name)),
        }
    }
    out.push_str("</tr></thead><tbody>");
    for row in &numbers.rows {
        let (name, cells) = row.split_first().expect("every row has its name");
        put!(out, r#"<tr><th scope="row">{}</th>"#, escaped(name));
        for cell in cells {
            put!(out, r#"<td class="number">{}</td>"#, escaped(cell));
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table></div></details>");
}
