//! Rounds of contenders in turns, and their medians. Ratios are taken within each round, because a machine that others
//! use too is never the same for long.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

/// Tells contenders when to stop, and counts what they have done between their start and their end, so that connecting
/// and leaving cost nothing.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    is_over: AtomicBool,
    done: AtomicU64,
    start: OnceLock<Moment>,
    end: Mutex<Option<Moment>>,
}

#[derive(Clone, Copy, Debug)]
struct Moment {
    at: Instant,
    cpu_micros: f64,
}

impl Meter {
    /// Everybody is ready.
    pub(crate) fn start(&self) {
        self.start.get_or_init(Moment::now);
    }

    /// Whether the run goes on.
    pub(crate) fn goes_on(&self) -> bool {
        !self.is_over.load(Ordering::Relaxed)
    }

    /// Ends the run.
    pub(crate) fn end(&self) {
        self.is_over.store(true, Ordering::Relaxed);
    }

    /// Counts what one caller has done until now.
    pub(crate) fn add(&self, done: u64) {
        self.done.fetch_add(done, Ordering::Relaxed);
        *self.end.lock().unwrap() = Some(Moment::now());
    }

    fn sample(&self) -> Sample {
        let start = self.start.get().expect("the run has started");
        let end = self.end.lock().unwrap().expect("somebody has done something");
        let done = self.done.load(Ordering::Relaxed).max(1) as f64;
        Sample {
            per_second: done / (end.at - start.at).as_secs_f64(),
            cpu_micros: (end.cpu_micros - start.cpu_micros) / done,
        }
    }
}

impl Moment {
    #[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
    fn now() -> Self {
        Self {
            at: Instant::now(),
            cpu_micros: cpu_micros(),
        }
    }
}

/// One way of doing the work. `run` returns when the meter is over and all is done.
pub(crate) struct Contender {
    pub(crate) name: String,
    pub(crate) run: Box<dyn FnMut(&Meter)>,
}

/// What one line of the table measures.
pub(crate) struct Line {
    pub(crate) place: &'static str,
    pub(crate) work: &'static str,
    pub(crate) callers: usize,
}

/// How long and how often.
pub(crate) struct Rounds {
    pub(crate) each: Duration,
    pub(crate) count: usize,
}

#[derive(Clone, Copy)]
struct Sample {
    per_second: f64,
    cpu_micros: f64,
}

pub(crate) fn print_head() {
    println!(
        "| database | work | callers | by | per second | µs each | CPU µs each | kit takes × its time | × its CPU |"
    );
    println!("|---|---|---:|---|---:|---:|---:|---:|---:|");
}

impl Rounds {
    /// Runs all contenders in turns and prints a line for each; the first is ours.
    pub(crate) fn run(&self, line: &Line, mut contenders: Vec<Contender>) {
        let mut samples: Vec<Vec<Sample>> = vec![Vec::new(); contenders.len()];
        for round in 0..=self.count {
            for (contender, samples) in contenders.iter_mut().zip(&mut samples) {
                let sample = self.once(contender, round == 0);
                if round > 0 {
                    samples.push(sample);
                }
            }
        }
        for (contender, of) in contenders.iter().zip(&samples) {
            let ratios = if std::ptr::eq(of, &samples[0]) {
                " | ".to_owned()
            } else {
                let pairs = || samples[0].iter().zip(of);
                format!(
                    "{:.2} | {:.2}",
                    median(pairs().map(|(ours, theirs)| theirs.per_second / ours.per_second)),
                    median(pairs().map(|(ours, theirs)| ours.cpu_micros / theirs.cpu_micros))
                )
            };
            let per_second = median(of.iter().map(|sample| sample.per_second));
            println!(
                "| {} | {} | {} | {} | {per_second:.0} | {:.1} | {:.1} | {ratios} |",
                line.place,
                line.work,
                line.callers,
                contender.name,
                1e6 * line.callers as f64 / per_second,
                median(of.iter().map(|sample| sample.cpu_micros)),
            );
        }
    }

    fn once(&self, contender: &mut Contender, is_warming: bool) -> Sample {
        let meter = Meter::default();
        let span = if is_warming { self.each / 4 } else { self.each };
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while meter.start.get().is_none() {
                    std::thread::park_timeout(Duration::from_millis(1));
                }
                std::thread::park_timeout(span);
                meter.end();
            });
            (contender.run)(&meter);
        });
        meter.sample()
    }
}

fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut all: Vec<f64> = numbers.collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(f64::NAN)
}

/// User and system time of this process, in microseconds.
fn cpu_micros() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 * 1e6 + time.tv_nsec as f64 / 1e3
}
