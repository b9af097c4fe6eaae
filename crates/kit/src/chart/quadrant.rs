//! A quadrant: two numbers of each thing as its place, a third as its size; whom to look at first stands in a corner.

use super::figure::{Axis, Caption, Drawn, FOOT, HEIGHT, Numbers, Unit, framed, top};
use super::scale::Scale;
use super::svg::{across, at, classed, escaped, put, word};
use crate::i18n::Text;

/// Up to so many points have their names written beside them; more would hide each other.
const NAMED: usize = 12;

/// Things by two numbers, such as accounts by health and revenue.
#[derive(Clone, Debug)]
pub struct Quadrant {
    /// Title and sentence.
    pub caption: Caption,
    /// What stands across: its name, unit, and the value of the dividing line.
    pub across: (String, Unit, f64),
    /// What stands upwards: its name, unit, and the value of the dividing line.
    pub upward: (String, Unit, f64),
    /// What the size says.
    pub size: (String, Unit),
    /// The names of the corners: upper left, upper right, lower left, lower right.
    pub corners: [String; 4],
    /// The things.
    pub points: Vec<Point>,
}

/// One thing in a quadrant.
#[derive(Clone, Debug)]
pub struct Point {
    /// What it is called.
    pub name: String,
    /// Where a press leads.
    pub href: String,
    /// Its place across.
    pub x: f64,
    /// Its place upwards.
    pub y: f64,
    /// What its size says; the least is drawn largest when that is the urgent end.
    pub size: f64,
    /// From 0 to 1: how large it is drawn.
    pub weight: f64,
}

impl Quadrant {
    /// The chart as HTML.
    pub fn draw(&self, t: &Text) -> String {
        let over = |values: Vec<f64>, middle: f64| Scale::over(values.into_iter().chain([middle]), true);
        let flat = over(self.points.iter().map(|point| point.x).collect(), self.across.2);
        let axis = Axis::new(
            t,
            &self.upward.1,
            over(self.points.iter().map(|point| point.y).collect(), self.upward.2),
        );
        let mut plot = axis.lines();
        self.corners(&mut plot, &flat, &axis.scale);
        for tick in flat.ticks() {
            let share = flat.share(tick);
            let anchor = if share == 0.0 {
                "start"
            } else if share == 1.0 {
                "end"
            } else {
                "middle"
            };
            word(
                &mut plot,
                &across(share),
                HEIGHT + 18.0,
                anchor,
                &self.across.1.written(t, tick),
            );
        }
        for point in &self.points {
            self.point(
                &mut plot,
                t,
                point,
                (flat.share(point.x), top(&axis.scale, point.y)),
            );
        }
        let numbers = self.numbers(t);
        framed(
            t,
            &self.caption,
            &Drawn::new(plot, HEIGHT + FOOT, numbers).left(axis.left()),
        )
    }

    fn point(&self, plot: &mut String, t: &Text, point: &Point, place: (f64, f64)) {
        let radius = 4.0 + point.weight.clamp(0.0, 1.0) * 8.0;
        if self.points.len() <= NAMED {
            name(plot, point, place.0, place.1 - radius - 3.0);
        }
        let (href, tip) = (escaped(&point.href), escaped(&self.tip(t, point)));
        let (x, y, radius) = (across(place.0), at(place.1), at(radius));
        put!(
            plot,
            r#"<a href="{href}" aria-label="{tip}"><circle class="point" cx="{x}" cy="{y}" r="{radius}">"#
        );
        put!(plot, "<title>{tip}</title></circle></a>");
    }

    fn corners(&self, plot: &mut String, flat: &Scale, tall: &Scale) {
        let (x, y) = (across(flat.share(self.across.2)), at(top(tall, self.upward.2)));
        put!(
            plot,
            r#"<line class="divide" x1="{x}" x2="{x}" y1="8" y2="{HEIGHT}"/>"#
        );
        put!(
            plot,
            r#"<line class="divide" x1="0" x2="100%" y1="{y}" y2="{y}"/>"#
        );
        let places = [
            ("0.5%", 20.0, "start"),
            ("99.5%", 20.0, "end"),
            ("0.5%", HEIGHT - 6.0, "start"),
            ("99.5%", HEIGHT - 6.0, "end"),
        ];
        for (name, (x, y, anchor)) in self.corners.iter().zip(places) {
            word(plot, x, y, anchor, name);
        }
    }

    fn tip(&self, t: &Text, point: &Point) -> String {
        let said = self.cells(t, point);
        let names = [&self.across.0, &self.upward.0, &self.size.0];
        let parts: Vec<_> = names
            .iter()
            .zip(said)
            .map(|(name, value)| format!("{name} {value}"))
            .collect();
        format!("{}: {}", point.name, parts.join(", "))
    }

    fn cells(&self, t: &Text, point: &Point) -> [String; 3] {
        let (across, upward, size) = (&self.across.1, &self.upward.1, &self.size.1);
        [
            across.written(t, point.x),
            upward.written(t, point.y),
            size.written(t, point.size),
        ]
    }

    fn numbers(&self, t: &Text) -> Numbers {
        let head = vec![
            String::new(),
            self.across.0.clone(),
            self.upward.0.clone(),
            self.size.0.clone(),
        ];
        let row = |point: &Point| {
            std::iter::once(point.name.clone())
                .chain(self.cells(t, point))
                .collect()
        };
        Numbers {
            head,
            rows: self.points.iter().map(row).collect(),
        }
    }
}

/// The name over its point, kept inside the drawing; a narrow chart leaves it to the tooltip and the table.
fn name(plot: &mut String, point: &Point, share: f64, y: f64) {
    let anchor = if share < 0.2 {
        "start"
    } else if share > 0.8 {
        "end"
    } else {
        "middle"
    };
    let short: String = point.name.chars().take(20).collect();
    let mark = if short.len() < point.name.len() { "…" } else { "" };
    let (x, name) = (across(share), format!("{}{mark}", short.trim_end()));
    classed(plot, "tick from-middling", (&x, y.max(10.0)), anchor, &name);
}
