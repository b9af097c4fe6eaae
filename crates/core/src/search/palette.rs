//! What the command palette shows of what was found: ready words, pieces to be marked, and what can be done.

use kit::i18n::Text;
use kit::search::{Hit, Piece};
use serde::Serialize;

use super::{Action, Found, Source, Sources};
use crate::actor::Actor;

/// The answer to the palette.
#[derive(Debug, Serialize)]
pub struct Palette {
    groups: Vec<PaletteGroup>,
}

/// The hits of one kind.
#[derive(Debug, Serialize)]
struct PaletteGroup {
    name: String,
    items: Vec<Item>,
}

/// One hit.
#[derive(Debug, Serialize)]
struct Item {
    id: String,
    /// The title in pieces; each says whether it is marked.
    title: Vec<(String, bool)>,
    note: String,
    icon: &'static str,
    path: String,
    steps: Vec<Step>,
}

/// Something to be done with it.
#[derive(Debug, Serialize)]
struct Step {
    id: &'static str,
    title: String,
    icon: &'static str,
    path: String,
    post: bool,
}

impl Palette {
    pub(super) fn new(found: &Found, sources: &Sources, actor: &Actor, t: &Text) -> Self {
        let group = |group: &kit::search::Group| {
            let source = sources.of_kind(&group.kind)?;
            let items = group.hits.iter().map(|hit| item(hit, source, actor, t));
            Some(PaletteGroup {
                name: t.say(source.title),
                items: items.collect(),
            })
        };
        Self {
            groups: found.answer.groups.iter().filter_map(group).collect(),
        }
    }
}

fn item(hit: &Hit, source: &'static Source, actor: &Actor, t: &Text) -> Item {
    let path = format!("{}{}", source.path, hit.shown.key);
    let step = |action: &Action| Step {
        id: action.text,
        title: t.say(action.text),
        icon: action.icon,
        path: format!("{path}{}", action.path),
        post: action.is_post,
    };
    let fitting = source
        .actions
        .iter()
        .filter(|action| action.fits(actor, &hit.shown.flags));
    let pieces = hit
        .title
        .iter()
        .map(|Piece { text, is_marked }| (text.clone(), *is_marked));
    Item {
        id: hit.shown.key.clone(),
        title: pieces.collect(),
        note: hit.text.iter().map(|piece| piece.text.as_str()).collect(),
        icon: source.icon,
        steps: fitting.map(step).collect(),
        path,
    }
}
