//! Lines over time: one for each series, with a band between two of them when they are percentiles.

use super::figure::{Axis, Caption, Drawn, FOOT, HEIGHT, Legend, Numbers, Series, Unit, framed, top};
use super::scale::{Scale, labelled};
use super::sparkline::runs;
use super::svg::{across, at, classed, marked, put};
use crate::i18n::Text;

/// Width of the stretched drawing that lines are in; only their share of it matters.
const INNER: f64 = 1000.0;

/// Lines over places along time.
#[derive(Clone, Debug)]
pub struct Lines {
    /// Title and sentence.
    pub caption: Caption,
    /// What the numbers are.
    pub unit: Unit,
    /// The places along, such as weeks.
    pub places: Vec<String>,
    /// One line each, six at most.
    pub series: Vec<Series>,
    /// Two series, by index, between which a band is drawn: p50 and p90.
    pub band: Option<(usize, usize)>,
}

impl Lines {
    /// The chart as HTML.
    pub fn draw(&self, t: &Text) -> String {
        let values = || {
            self.series
                .iter()
                .flat_map(|series| series.values.iter().flatten().copied())
        };
        let (low, high) = values().fold((f64::MAX, f64::MIN), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        // A line may start above zero, but only where zero would flatten it.
        let axis = Axis::over(t, &self.unit, values(), low <= high * 0.5);
        let mut plot = axis.lines();
        put!(
            plot,
            r#"<svg width="100%" height="{}" viewBox="0 0 {INNER} {}" preserveAspectRatio="none">"#,
            at(HEIGHT),
            at(HEIGHT)
        );
        self.band(&mut plot, &axis.scale);
        for (index, series) in self.series.iter().enumerate() {
            for run in runs(&series.values) {
                let points = self.points(&axis.scale, &run).join(" ");
                let colour = index % 6 + 1;
                put!(
                    plot,
                    r#"<polyline class="line line-{colour}" points="{points}"/>"#
                );
            }
        }
        plot.push_str("</svg>");
        self.marks(&mut plot, t, &axis.scale);
        for (index, class) in labelled(self.places.len()) {
            let anchor = anchor(index, self.places.len());
            let place = (across(self.share(index)), HEIGHT + 18.0);
            classed(&mut plot, class, (&place.0, place.1), anchor, &self.places[index]);
        }
        let numbers = Numbers::of_series(t, &self.unit, &self.places, &self.series);
        let legend = Legend::Lines(self.series.iter().map(|series| series.name.clone()).collect());
        let drawn = Drawn::new(plot, HEIGHT + FOOT, numbers)
            .left(axis.left())
            .legend(legend);
        framed(t, &self.caption, &drawn)
    }

    fn share(&self, index: usize) -> f64 {
        if self.places.len() < 2 {
            0.5
        } else {
            index as f64 / (self.places.len() - 1) as f64
        }
    }

    fn points(&self, scale: &Scale, run: &[(usize, f64)]) -> Vec<String> {
        let point = |(index, value): &(usize, f64)| {
            format!("{},{}", at(self.share(*index) * INNER), at(top(scale, *value)))
        };
        run.iter().map(point).collect()
    }

    fn band(&self, plot: &mut String, scale: &Scale) {
        let both = self
            .band
            .and_then(|(low, high)| Some((self.series.get(low)?, self.series.get(high)?)));
        let Some((low, high)) = both else { return };
        // Only where both are known: a band across a gap would invent values.
        let known = |one: &Series, other: &Series| -> Vec<Option<f64>> {
            let pairs = one.values.iter().zip(&other.values);
            pairs
                .map(|(value, other)| value.filter(|_| other.is_some()))
                .collect()
        };
        for (floor, ceiling) in runs(&known(low, high)).into_iter().zip(runs(&known(high, low))) {
            let mut points = self.points(scale, &floor);
            points.extend(self.points(scale, &ceiling).into_iter().rev());
            put!(plot, r#"<polygon class="band" points="{}"/>"#, points.join(" "));
        }
    }

    /// A dot on each value that says what it is when pointed at.
    fn marks(&self, plot: &mut String, t: &Text, scale: &Scale) {
        for (index, series) in self.series.iter().enumerate() {
            for (place, value) in series.values.iter().enumerate() {
                let (Some(value), Some(name)) = (value, self.places.get(place)) else {
                    continue;
                };
                let (x, y, colour) = (across(self.share(place)), at(top(scale, *value)), index % 6 + 1);
                let shape = format!(r#"circle class="dot fill-{colour}" cx="{x}" cy="{y}" r="5""#);
                let tip = format!("{name} · {}: {}", series.name, self.unit.written(t, *value));
                marked(plot, &shape, "circle", &tip);
            }
        }
    }
}

/// Keeps the first and the last word inside the drawing.
fn anchor(index: usize, count: usize) -> &'static str {
    match index {
        0 if count > 1 => "start",
        _ if index + 1 == count && count > 1 => "end",
        _ => "middle",
    }
}
