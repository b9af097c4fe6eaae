//! What the template of a scorecard's versions takes.

use askama::Template;
use kit::clock::Timestamp;
use kit::i18n::Text;
use tandem_core::metrics::Producers;

use super::{Bands, Difference, Version, differences};
use crate::health::standard::called;
use crate::health::{Group, Measure};

#[derive(Template)]
#[template(path = "health/scorecards/versions/views/versions.html")]
pub(super) struct VersionsPage<'a> {
    pub(super) t: &'a Text,
    pub(super) versions: Vec<ShownVersion>,
}

/// A version in words.
pub(super) struct ShownVersion {
    pub(super) number: i64,
    pub(super) by: String,
    pub(super) at: Timestamp,
    /// What it changed; none of the first.
    pub(super) differences: Option<Vec<ShownDifference>>,
}

/// Something that changed, in words: what it is, how it was, how it is; empty for not there.
pub(super) struct ShownDifference {
    pub(super) what: String,
    pub(super) before: String,
    pub(super) after: String,
}

/// Versions in words, the newest first; each beside the one before it.
pub(super) fn shown(t: &Text, producers: &Producers, versions: Vec<Version>) -> Vec<ShownVersion> {
    let saying = Saying { t, producers };
    let said = |(index, version): (usize, &Version)| ShownVersion {
        number: version.number,
        by: version
            .by
            .split_once(' ')
            .map_or(version.by.as_str(), |(_, name)| name)
            .to_owned(),
        at: version.at,
        differences: versions.get(index + 1).map(|before| {
            let all = differences(&before.content, &version.content);
            all.iter().map(|one| saying.difference(one)).collect()
        }),
    };
    versions.iter().enumerate().map(said).collect()
}

struct Saying<'a> {
    t: &'a Text,
    producers: &'a Producers,
}

impl Saying<'_> {
    fn difference(&self, one: &Difference) -> ShownDifference {
        let t = self.t;
        match one {
            Difference::Measure(before, after) => {
                let metric = before.as_ref().or(after.as_ref());
                let metric = metric.map_or("", |measure| measure.metric.as_str());
                let say = |measure: &Option<Measure>| {
                    measure
                        .as_ref()
                        .map(|measure| self.measure(measure))
                        .unwrap_or_default()
                };
                ShownDifference {
                    what: self.producers.called(t, metric),
                    before: say(before),
                    after: say(after),
                }
            }
            Difference::Group(before, after) => {
                let name = before.as_ref().or(after.as_ref());
                let name = name.map_or("", |group| group.name.as_str());
                let say = |group: &Option<Group>| {
                    group
                        .as_ref()
                        .map(|group| self.weight(group.weight))
                        .unwrap_or_default()
                };
                ShownDifference {
                    what: format!("{} {}", t.say("health-group"), called(t, name)),
                    before: say(before),
                    after: say(after),
                }
            }
            Difference::Bands(before, after) => ShownDifference {
                what: t.say("health-bands"),
                before: self.bands(before),
                after: self.bands(after),
            },
        }
    }

    fn measure(&self, measure: &Measure) -> String {
        let t = self.t;
        let mut parts = vec![self.weight(measure.weight)];
        if !measure.group.is_empty() {
            parts.push(called(t, &measure.group));
        }
        if let Some(days) = measure.half_life {
            parts.push(format!("{} {}", t.say("health-half-life"), t.number(days)));
        }
        let points = measure
            .curve
            .iter()
            .map(|(value, score)| format!("{value}:{score}"));
        parts.push(points.collect::<Vec<_>>().join("; "));
        parts.join(" · ")
    }

    fn weight(&self, weight: f64) -> String {
        let digits = if weight.fract().abs() < 0.05 { 0 } else { 1 };
        format!(
            "{} {}",
            self.t.say("health-weight"),
            self.t.decimal(weight, digits)
        )
    }

    fn bands(&self, bands: &Bands) -> String {
        let t = self.t;
        let parts = [
            format!("{} {}", t.say("health-red-below"), t.decimal(bands.red_below, 0)),
            format!(
                "{} {}",
                t.say("health-green-from"),
                t.decimal(bands.green_from, 0)
            ),
            format!("{} {}", t.say("health-floor"), t.decimal(bands.floor * 100.0, 0)),
        ];
        parts.join(" · ")
    }
}
