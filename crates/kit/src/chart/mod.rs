//! Charts drawn on the server as SVG: no script, no style attribute, readable without colour and without sight.
//!
//! Every chart has a title, a description, one sentence that says what it shows, and its numbers as a table behind a
//! toggle. Positions across are percentages, so a chart fits any width while its words keep their size; colours come from
//! classes. A value that is missing is a gap, never a zero.
//!
//! A chart is a plain value with a `draw` that gives HTML for a template: `{{ chart|safe }}`.

mod bars;
mod contributions;
mod figure;
mod funnel;
mod heat;
mod lines;
mod quadrant;
mod scale;
mod sparkline;
mod svg;
mod waterfall;

pub use bars::{Bars, Stacking};
pub use contributions::{Contribution, Contributions};
pub use figure::{Caption, Series, Unit};
pub use funnel::{Funnel, Step};
pub use heat::{Cohorts, HeatMap};
pub use lines::Lines;
pub use quadrant::{Point, Quadrant};
pub use sparkline::Sparkline;
pub use waterfall::{Change, Waterfall};

#[cfg(test)]
mod tests;
