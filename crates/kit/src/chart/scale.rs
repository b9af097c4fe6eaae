//! From values to places: round steps for an axis, and where a value stands on it.

/// An axis from `low` to `high` with round steps between.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scale {
    pub(super) low: f64,
    pub(super) high: f64,
    step: f64,
}

impl Scale {
    /// An axis that holds all `values`, zero too when `from_zero`, in about four round steps (1, 2 or 5 times a power of
    /// ten). No values, or equal ones, still make an axis that can be drawn.
    pub(super) fn over(values: impl Iterator<Item = f64>, from_zero: bool) -> Self {
        Self::in_steps(values, from_zero, round_step)
    }

    /// The same for seconds: steps that clocks and calendars have.
    pub(super) fn of_time(values: impl Iterator<Item = f64>, from_zero: bool) -> Self {
        Self::in_steps(values, from_zero, time_step)
    }

    fn in_steps(values: impl Iterator<Item = f64>, from_zero: bool, stepping: fn(f64) -> f64) -> Self {
        let start = if from_zero { Some((0.0, 0.0)) } else { None };
        // Beyond this a float holds no minor units any more, and a step would overflow.
        let sound = values.filter(|value| value.abs() < 1e15);
        let range = sound.fold(start, |range: Option<(f64, f64)>, value| {
            let (low, high) = range.unwrap_or((value, value));
            Some((low.min(value), high.max(value)))
        });
        let (low, high) = range.unwrap_or((0.0, 1.0));
        let high = if high > low {
            high
        } else {
            low + low.abs().max(1.0)
        };
        let step = stepping((high - low) / 4.0);
        Self {
            low: (low / step).floor() * step,
            high: (high / step).ceil() * step,
            step,
        }
    }

    /// The values with a line, from the lowest up.
    pub(super) fn ticks(&self) -> Vec<f64> {
        let count = ((self.high - self.low) / self.step).round();
        // Never more than a few: the step was made from the range.
        (0..=count as u32)
            .map(|index| self.low + f64::from(index) * self.step)
            .collect()
    }

    /// How far up `value` stands: 0 at the low end, 1 at the high end.
    pub(super) fn share(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }
}

fn round_step(rough: f64) -> f64 {
    let power = 10_f64.powf(rough.log10().floor());
    let lead = rough / power;
    let round = match lead {
        _ if lead <= 1.0 => 1.0,
        _ if lead <= 2.0 => 2.0,
        _ if lead <= 5.0 => 5.0,
        _ => 10.0,
    };
    round * power
}

fn time_step(rough: f64) -> f64 {
    const STEPS: [f64; 14] = [
        1., 5., 15., 30., 60., 300., 900., 1_800., 3_600., 7_200., 14_400., 28_800., 43_200., 86_400.,
    ];
    let fitting = STEPS.into_iter().find(|step| *step >= rough);
    fitting.unwrap_or_else(|| round_step(rough / 86_400.0) * 86_400.0)
}

/// Which of `count` labels to write, each with the class that says from which width on it is: a third of a dozen always,
/// half of them in a middling chart, all in a wide one. The last one is always written.
pub(super) fn labelled(count: usize) -> impl Iterator<Item = (usize, &'static str)> {
    let every = count.div_ceil(12).max(1);
    let class = move |index: usize| match (count - 1 - index) / every {
        _ if !(count - 1 - index).is_multiple_of(every) => None,
        step if step.is_multiple_of(4) => Some("tick"),
        step if step.is_multiple_of(2) => Some("tick from-middling"),
        _ => Some("tick from-wide"),
    };
    (0..count).filter_map(move |index| Some((index, class(index)?)))
}
