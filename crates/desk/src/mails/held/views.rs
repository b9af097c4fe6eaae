//! What is held back, by cause, as tabs.

use kit::i18n::Text;
use kit::web::Tab;

use super::super::web::ADDRESS;
use super::super::{Cause, State};

/// One tab for each cause for which something is held back, where that is shown and there is more than one.
pub(in crate::mails) fn tabs(
    t: &Text,
    (state, shown): (Option<State>, Option<Cause>),
    counted: &[(Cause, i64)],
) -> Vec<Tab> {
    if state != Some(State::Suspended) || (shown.is_none() && counted.len() < 2) {
        return Vec::new();
    }
    let all = Tab {
        text: t.say("mails-causes-all"),
        href: format!("{ADDRESS}?state=suspended"),
        current: shown.is_none(),
        count: None,
    };
    let each = counted.iter().map(|(cause, count)| Tab {
        text: t.say(&cause.text()),
        href: format!("{ADDRESS}?state=suspended&cause={}", cause.as_str()),
        current: shown == Some(*cause),
        count: Some(*count),
    });
    std::iter::once(all).chain(each).collect()
}
