//! A line as small as a word: the last weeks of one number, for a row of a table.

use super::scale::Scale;
use super::svg::{at, escaped, put};
use crate::i18n::Text;

const WIDTH: f64 = 88.0;
const HEIGHT: f64 = 24.0;

/// A small line without axes. Its sentence is read out in its place, its numbers as what describes it; whoever points at it
/// reads both.
#[derive(Clone, Debug)]
pub struct Sparkline {
    /// What it shows, as a sentence: "Health over 13 weeks, from 78 to 61".
    pub sentence: String,
    /// The values, oldest first; a gap where nothing was measured.
    pub values: Vec<Option<f64>>,
    /// The range of the scale, such as 0 to 100; the values' own without.
    pub range: Option<(f64, f64)>,
}

impl Sparkline {
    /// The drawing: an `<svg>` for a table cell.
    pub fn draw(&self, t: &Text) -> String {
        let (sentence, numbers) = (escaped(&self.sentence), escaped(&self.numbers(t)));
        let (width, height) = (at(WIDTH), at(HEIGHT));
        let mut out = String::new();
        put!(
            out,
            r#"<svg class="sparkline" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-label="{sentence}"><title>{sentence}
{numbers}</title><desc>{numbers}</desc>"#
        );
        let known = self.values.iter().flatten().copied();
        let scale = match self.range {
            Some((low, high)) => Scale::over([low, high].into_iter(), false),
            None => Scale::over(known, false),
        };
        let step = (WIDTH - 6.0) / (self.values.len().max(2) - 1) as f64;
        let place = |(index, value): (usize, f64)| {
            (
                3.0 + index as f64 * step,
                3.0 + (1.0 - scale.share(value)) * (HEIGHT - 6.0),
            )
        };
        for run in runs(&self.values) {
            let points: Vec<_> = run
                .into_iter()
                .map(place)
                .map(|(x, y)| format!("{},{}", at(x), at(y)))
                .collect();
            put!(
                out,
                r#"<polyline class="line line-1" points="{}"/>"#,
                points.join(" ")
            );
        }
        let last = self
            .values
            .iter()
            .enumerate()
            .rev()
            .find_map(|(index, value)| Some((index, (*value)?)));
        if let Some((x, y)) = last.map(place) {
            put!(
                out,
                r#"<circle class="fill-1" cx="{}" cy="{}" r="2.5"/>"#,
                at(x),
                at(y)
            );
        }
        out.push_str("</svg>");
        out
    }

    /// The values in the reader's digits, oldest first; a dash where nothing was measured.
    fn numbers(&self, t: &Text) -> String {
        let written = |value: &Option<f64>| match value.filter(|value| value.is_finite()) {
            Some(value) => t.decimal(value, usize::from(value.fract().abs() > 0.05)),
            None => "–".to_owned(),
        };
        let all: Vec<String> = self.values.iter().map(written).collect();
        all.join(" · ")
    }
}

/// Stretches of values without a gap, each value with its place.
pub(super) fn runs(values: &[Option<f64>]) -> Vec<Vec<(usize, f64)>> {
    let mut runs: Vec<Vec<(usize, f64)>> = Vec::new();
    let mut open = false;
    for (index, value) in values.iter().enumerate() {
        match value.filter(|value| value.is_finite()) {
            Some(value) if open => runs.last_mut().expect("a run is open").push((index, value)),
            Some(value) => runs.push(vec![(index, value)]),
            None => {}
        }
        open = value.is_some_and(f64::is_finite);
    }
    runs
}
