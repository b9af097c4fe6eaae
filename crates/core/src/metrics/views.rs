//! What the templates of metrics take.

use askama::Template;
use kit::i18n::{Text, Value};

use super::{Book, Metric, Ranked, Spread};

/// A metric with how it lies over the book; none where no account has a value.
pub(super) type Line = (&'static Metric, Option<Spread>);

#[derive(Template)]
#[template(path = "metrics/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) lines: Vec<Line>,
    pub(super) currency: String,
}

impl ListPage<'_> {
    fn written(&self, metric: &Metric, value: impl Value<f64>) -> String {
        metric.written(self.t, value.value(), &self.currency)
    }
}

#[derive(Template)]
#[template(path = "metrics/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    pub(super) t: &'a Text,
}

#[derive(Template)]
#[template(path = "metrics/views/book.html")]
pub(super) struct BookPage<'a> {
    pub(super) t: &'a Text,
    pub(super) metric: &'static Metric,
    pub(super) book: Option<Book>,
    pub(super) chart: String,
    pub(super) currency: String,
}

impl BookPage<'_> {
    fn written(&self, value: impl Value<f64>) -> String {
        self.metric.written(self.t, value.value(), &self.currency)
    }

    /// The two ends of the book, each with its title.
    fn ends<'b>(&self, book: &'b Book) -> [(String, &'b [Ranked]); 2] {
        [
            (self.t.say("metrics-lowest"), book.low.as_slice()),
            (self.t.say("metrics-highest"), book.high.as_slice()),
        ]
    }
}
