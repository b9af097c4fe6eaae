//! What the templates of sources take.

use askama::Template;
use kit::i18n::Text;
use kit::web::Filled;

use super::Source;
use crate::usage::log::sealable::Unread;

#[derive(Template)]
#[template(path = "usage/sources/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) sources: Vec<Source>,
    /// What can't be read of what came.
    pub(super) unread: Vec<Unread>,
    pub(super) form: &'a Filled,
    pub(super) may_write: bool,
}

#[derive(Template)]
#[template(path = "usage/sources/views/source.html")]
pub(super) struct SourcePage<'a> {
    pub(super) t: &'a Text,
    pub(super) source: &'a Source,
    pub(super) origin: &'a str,
    pub(super) form: &'a Filled,
    pub(super) may_write: bool,
}

#[derive(Template)]
#[template(path = "usage/sources/views/source_actions.html")]
pub(super) struct SourceActions<'a> {
    t: &'a Text,
    source: &'a Source,
}

#[derive(Template)]
#[template(path = "usage/sources/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    t: &'a Text,
    may_write: bool,
}

/// How a source stands, as a badge shows it.
struct State {
    tone: &'static str,
    icon: &'static str,
    word: &'static str,
}

impl State {
    fn of(source: &Source) -> Self {
        if source.is_on() {
            Self {
                tone: "good",
                icon: "circle-check",
                word: "usage-sources-on",
            }
        } else {
            Self {
                tone: "",
                icon: "ban",
                word: "usage-sources-off",
            }
        }
    }
}

impl ListPage<'_> {
    pub(super) fn actions(&self) -> ListActions<'_> {
        ListActions {
            t: self.t,
            may_write: self.may_write,
        }
    }

    fn state(&self, source: &Source) -> State {
        State::of(source)
    }

    fn name(&self, unread: &Unread) -> &str {
        let found = self.sources.iter().find(|source| source.id == unread.source);
        found.map_or("", |source| source.name.as_str())
    }

    fn how_much(&self, unread: &Unread) -> String {
        let args = kit::args!(found = unread.found, events = unread.events);
        self.t.say_with("usage-sources-unread-events", args)
    }
}

impl SourcePage<'_> {
    pub(super) fn actions(&self) -> SourceActions<'_> {
        SourceActions {
            t: self.t,
            source: self.source,
        }
    }

    fn state(&self) -> State {
        State::of(self.source)
    }

    fn is_first(&self, name: &str) -> bool {
        name == "Node.js"
    }

    /// The SDKs that people have, with the lines that point them here.
    fn snippets(&self) -> [(&'static str, String); 4] {
        let (key, origin) = (self.source.key(), self.origin);
        [
            (
                "Node.js",
                format!(
                    "import {{ Analytics }} from '@segment/analytics-node'\n\n\
                     const analytics = new Analytics({{\n  writeKey: '{key}',\n  host: '{origin}',\n}})\n\n\
                     analytics.group({{ userId: 'u-1', groupId: 'acme' }})\n\
                     analytics.track({{\n  userId: 'u-1',\n  event: 'Report opened',\n  context: {{ groupId: 'acme' }},\n}})"
                ),
            ),
            (
                "Python",
                format!(
                    "import segment.analytics as analytics\n\n\
                     analytics.write_key = '{key}'\nanalytics.host = '{origin}'\n\n\
                     analytics.track('u-1', 'Report opened', context={{'groupId': 'acme'}})"
                ),
            ),
            (
                "Browser",
                format!(
                    "import {{ AnalyticsBrowser }} from '@segment/analytics-next'\n\n\
                     const analytics = AnalyticsBrowser.load({{\n  writeKey: '{key}',\n  cdnURL: '{origin}',\n}})\n\n\
                     analytics.track('Report opened')"
                ),
            ),
            (
                "curl",
                format!(
                    "curl -u {key}: {origin}/v1/track \\\n  -d '{{\"userId\":\"u-1\",\"event\":\"Report opened\",\"context\":{{\"groupId\":\"acme\"}}}}'"
                ),
            ),
        ]
    }
}
