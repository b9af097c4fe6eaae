//! The frames in which a place shows its panels.

use askama::Template;
use kit::i18n::Text;

use super::{Panel, Width};

/// The panels of a place, each a frame that loads by itself.
#[derive(Debug, Template)]
#[template(path = "panels/views/frames.html")]
pub struct PanelFrames<'a> {
    t: &'a Text,
    panels: Vec<&'static Panel>,
    subject: &'a str,
}

impl<'a> PanelFrames<'a> {
    /// The frames of `panels` for the `subject` of the place; empty where a place has none.
    pub fn new(t: &'a Text, panels: Vec<&'static Panel>, subject: &'a str) -> Self {
        Self { t, panels, subject }
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.panels.is_empty()
    }

    fn is_wide(&self, panel: &Panel) -> bool {
        panel.width == Width::Line
    }
}
