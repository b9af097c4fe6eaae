//! Log lines: text for a person or JSON for a collector, filtered by level.
//!
//! Invariant: no line holds a body, a secret, a mail address or an address of a network; requests
//! are named by their route, not by their path.

#[cfg(test)]
mod tests;

use std::panic::PanicHookInfo;

use tracing_subscriber::{
    Layer, Registry, fmt, fmt::writer::BoxMakeWriter, layer::SubscriberExt, util::SubscriberInitExt,
};

use crate::config::{LogFormat, LogLevel};

/// Where log lines go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Standard output: the server has nothing else to say there.
    Output,
    /// Standard error: a command whose output is its result.
    Error,
}

/// Starts logging for the whole process. Only the first call counts.
pub fn start(format: LogFormat, level: &LogLevel, target: Target) {
    let writer = match target {
        Target::Output => BoxMakeWriter::new(std::io::stdout),
        Target::Error => BoxMakeWriter::new(std::io::stderr),
    };
    let lines = lines(format, writer);
    let is_first = tracing_subscriber::registry()
        .with(lines.with_filter(level.filter()))
        .try_init()
        .is_ok();
    if is_first {
        std::panic::set_hook(Box::new(log_panic));
    }
}

/// The layer that writes the lines.
pub(crate) fn lines(format: LogFormat, writer: BoxMakeWriter) -> Box<dyn Layer<Registry> + Send + Sync> {
    match format {
        LogFormat::Text => fmt::layer().with_ansi(false).with_writer(writer).boxed(),
        LogFormat::Json => fmt::layer()
            .json()
            .flatten_event(true)
            .with_span_list(false)
            .with_writer(writer)
            .boxed(),
    }
}

/// Logs where a panic happened. Its text only when it was written into the program: a formatted one
/// may quote what somebody sent.
fn log_panic(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let text = panic
        .payload()
        .downcast_ref::<&'static str>()
        .copied()
        .unwrap_or("(formatted text)");
    tracing::error!(place, text, "panic");
}
