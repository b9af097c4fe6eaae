//! The registry of commands: one table feeds the keys, the palette, the shortcut sheet and the menus' hints.
//!
//! A command leads to an address, is carried out by a script under its id, or presses what a page marks with
//! `data-command="id"`; a command that a page does not offer is neither shown in the palette nor bound to its keys.
//! Its words are the messages `command-ID` and, for the palette's search, `command-ID-words`.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use kit::i18n::Text;
use serde::Serialize;

use super::look::Look;
use super::settings::{SETTINGS, SettingsItem};
use super::viewer::Viewer;

/// Something a person can do from anywhere, by key or by name.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// What pages, scripts and messages call it.
    pub id: &'static str,
    /// Where it is listed.
    pub group: CommandGroup,
    /// Its icon in the sprite.
    pub icon: &'static str,
    /// Keys pressed together (`mod+k`; `mod` is ⌘ or Ctrl) or one after the other (`g i`); empty for none.
    pub keys: &'static str,
    /// What it does.
    pub act: Act,
}

/// What a command does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Opens a page as a dialog.
    Dialog(&'static str),
    /// A script carries it out, on every page.
    Script,
    /// Presses what the page marks with the command's id.
    Press,
}

/// A part of the shortcut sheet and of the palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommandGroup {
    /// Works on every page.
    Everywhere,
    /// Leads to a place.
    Places,
    /// What the page at hand offers to do.
    Page,
    /// Works where a list is.
    Lists,
    /// Leads to a page of the settings.
    Settings,
}

impl CommandGroup {
    /// The parts in the order of the sheet.
    pub const ALL: [Self; 5] = [
        Self::Everywhere,
        Self::Places,
        Self::Page,
        Self::Lists,
        Self::Settings,
    ];

    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Everywhere => "command-group-everywhere",
            Self::Places => "command-group-places",
            Self::Page => "command-group-page",
            Self::Lists => "command-group-lists",
            Self::Settings => "command-group-settings",
        }
    }
}

use Act::{Dialog, Press, Script};
use CommandGroup::{Everywhere, Lists, Page};

/// Every command but the places and the pages of the settings, which come from tables of their own.
#[rustfmt::skip]
pub const COMMANDS: &[Command] = &[
    Command { id: "palette",        group: Everywhere, icon: "command",           keys: "mod+k",   act: Script },
    Command { id: "search",         group: Everywhere, icon: "search",            keys: "/",       act: Script },
    Command { id: "shortcuts",      group: Everywhere, icon: "keyboard",          keys: "?",       act: Dialog("/preferences/keys") },
    Command { id: "undo",           group: Everywhere, icon: "undo-2",            keys: "mod+z",   act: Press },
    Command { id: "drawer",         group: Everywhere, icon: "panel-right",       keys: "]",       act: Script },
    Command { id: "back",           group: Everywhere, icon: "arrow-left",        keys: "escape",  act: Script },
    Command { id: "rail",           group: Everywhere, icon: "panel-left",        keys: "",        act: Script },
    Command { id: "preferences",    group: Everywhere, icon: "sliders-horizontal", keys: "",       act: Dialog("/preferences") },
    Command { id: "workspaces",     group: Everywhere, icon: "building-2",        keys: "",        act: Dialog("/workspaces") },
    Command { id: "theme-light",    group: Everywhere, icon: "sun",               keys: "",        act: Script },
    Command { id: "theme-dark",     group: Everywhere, icon: "moon",              keys: "",        act: Script },
    Command { id: "theme-system",   group: Everywhere, icon: "monitor",           keys: "",        act: Script },
    Command { id: "theme-contrast", group: Everywhere, icon: "contrast",          keys: "",        act: Script },
    Command { id: "create",         group: Page,       icon: "plus",              keys: "c",       act: Press },
    Command { id: "create-machine", group: Page,       icon: "workflow",          keys: "",        act: Press },
    Command { id: "save",           group: Page,       icon: "check",             keys: "mod+s",   act: Press },
    Command { id: "edit",           group: Page,       icon: "pencil",            keys: "",        act: Press },
    Command { id: "close",          group: Page,       icon: "archive",           keys: "",        act: Press },
    Command { id: "reopen",         group: Page,       icon: "undo-2",            keys: "shift+e", act: Press },
    Command { id: "remove",         group: Page,       icon: "trash-2",           keys: "",        act: Press },
    Command { id: "renew",          group: Page,       icon: "rotate-cw",         keys: "",        act: Press },
    Command { id: "export",         group: Page,       icon: "download",          keys: "",        act: Press },
    Command { id: "export-workbook", group: Page,      icon: "table-2",           keys: "",        act: Press },
    Command { id: "stop",           group: Page,       icon: "ban",               keys: "",        act: Press },
    Command { id: "start",          group: Page,       icon: "zap",               keys: "",        act: Press },
    Command { id: "test",           group: Page,       icon: "send",              keys: "",        act: Press },
    Command { id: "replay",         group: Page,       icon: "rotate-cw",         keys: "",        act: Press },
    Command { id: "reply",          group: Page,       icon: "reply",             keys: "r",       act: Press },
    Command { id: "forward",        group: Page,       icon: "arrow-up-right",    keys: "f",       act: Press },
    Command { id: "side",           group: Page,       icon: "message-square",    keys: "",        act: Press },
    Command { id: "note",           group: Page,       icon: "pencil",            keys: "n",       act: Press },
    Command { id: "bulk",           group: Page,       icon: "list-checks",       keys: ".",       act: Press },
    Command { id: "view-new",       group: Page,       icon: "list-filter",       keys: "",        act: Press },
    Command { id: "macro",          group: Page,       icon: "zap",               keys: "m",       act: Press },
    Command { id: "format",         group: Page,       icon: "type",              keys: "mod+shift+f", act: Press },
    Command { id: "send",           group: Page,       icon: "send",              keys: "mod+enter", act: Press },
    Command { id: "send-solve",     group: Page,       icon: "circle-check",      keys: "mod+shift+enter", act: Press },
    Command { id: "discard-draft",  group: Page,       icon: "trash-2",           keys: "",        act: Press },
    Command { id: "watch",          group: Page,       icon: "eye",               keys: "w",       act: Press },
    Command { id: "mentions",       group: Page,       icon: "at-sign",           keys: "",        act: Press },
    Command { id: "followed",       group: Page,       icon: "eye",               keys: "",        act: Press },
    Command { id: "by-tag",         group: Page,       icon: "tag",               keys: "",        act: Press },
    Command { id: "participant",    group: Page,       icon: "user-plus",         keys: "",        act: Press },
    Command { id: "scheduled",      group: Page,       icon: "calendar-clock",    keys: "",        act: Press },
    Command { id: "schedule",       group: Page,       icon: "calendar-clock",    keys: "mod+shift+s", act: Press },
    Command { id: "drafts",         group: Page,       icon: "pencil",            keys: "",        act: Press },
    Command { id: "take",           group: Page,       icon: "user-plus",         keys: "i",       act: Press },
    Command { id: "snooze",         group: Page,       icon: "clock",             keys: "h",       act: Press },
    Command { id: "wake",           group: Page,       icon: "bell",              keys: "",        act: Press },
    Command { id: "dismiss",        group: Page,       icon: "ban",               keys: "",        act: Press },
    Command { id: "solve",          group: Page,       icon: "circle-check",      keys: "e",       act: Press },
    Command { id: "spam",           group: Page,       icon: "ban",               keys: "#",       act: Press },
    Command { id: "hand-on",        group: Page,       icon: "user-plus",         keys: "a",       act: Press },
    Command { id: "status",         group: Page,       icon: "circle-dot",        keys: "s",       act: Script },
    Command { id: "priority",       group: Page,       icon: "flag",              keys: "p",       act: Script },
    Command { id: "kind",           group: Page,       icon: "list-filter",       keys: "",        act: Script },
    Command { id: "tag",            group: Page,       icon: "tag",               keys: "t",       act: Script },
    Command { id: "account",        group: Page,       icon: "building-2",        keys: "l",       act: Script },
    Command { id: "unread",         group: Page,       icon: "circle-dot",        keys: "u",       act: Script },
    Command { id: "unread-only",    group: Page,       icon: "circle-dot",        keys: "",        act: Press },
    Command { id: "message-next",   group: Page,       icon: "arrow-down",        keys: "shift+n", act: Script },
    Command { id: "message-previous", group: Page,     icon: "arrow-up",          keys: "shift+p", act: Script },
    Command { id: "copy-link",      group: Page,       icon: "link",              keys: "mod+shift+c", act: Script },
    Command { id: "signal",         group: Page,       icon: "signal",            keys: "shift+s", act: Press },
    Command { id: "counter-next",   group: Page,       icon: "bell",              keys: "q",       act: Press },
    Command { id: "counter-again",  group: Page,       icon: "bell",              keys: "shift+q", act: Press },
    Command { id: "counter-done",   group: Page,       icon: "check",             keys: "d",       act: Press },
    Command { id: "counter-no-show", group: Page,      icon: "circle-x",          keys: "shift+d", act: Press },
    Command { id: "print",          group: Page,       icon: "receipt",           keys: "",        act: Press },
    Command { id: "task",           group: Page,       icon: "list-checks",       keys: "shift+t", act: Press },
    Command { id: "touchpoint",     group: Page,       icon: "plus",              keys: "y",       act: Press },
    Command { id: "merge",          group: Page,       icon: "git-merge",         keys: "b",       act: Press },
    Command { id: "doubles",        group: Page,       icon: "git-merge",         keys: "",        act: Press },
    Command { id: "erase",          group: Page,       icon: "trash-2",           keys: "",        act: Press },
    Command { id: "import",         group: Page,       icon: "upload",            keys: "",        act: Press },
    Command { id: "book",           group: Page,       icon: "users",             keys: "",        act: Press },
    Command { id: "members",        group: Page,       icon: "building-2",        keys: "",        act: Press },
    Command { id: "save-view",      group: Page,       icon: "star",              keys: "",        act: Press },
    Command { id: "look",           group: Page,       icon: "eye",               keys: "",        act: Press },
    Command { id: "pause",          group: Page,       icon: "hourglass",         keys: "",        act: Press },
    Command { id: "resume",         group: Page,       icon: "rotate-cw",         keys: "",        act: Press },
    Command { id: "take-back",      group: Page,       icon: "undo-2",            keys: "",        act: Press },
    Command { id: "list-next",      group: Lists,      icon: "arrow-down",        keys: "j",       act: Script },
    Command { id: "list-previous",  group: Lists,      icon: "arrow-up",          keys: "k",       act: Script },
    Command { id: "list-open",      group: Lists,      icon: "corner-down-left",  keys: "o",       act: Script },
    Command { id: "list-select",    group: Lists,      icon: "check",             keys: "x",       act: Script },
    Command { id: "list-range",     group: Lists,      icon: "check",             keys: "shift+x", act: Script },
    Command { id: "list-all",       group: Lists,      icon: "list-checks",       keys: "mod+a",   act: Script },
    Command { id: "list-extend",    group: Lists,      icon: "chevron-down",      keys: "shift+j", act: Script },
    Command { id: "list-shrink",    group: Lists,      icon: "chevron-up",        keys: "shift+k", act: Script },
];

/// A command in one person's words and with their keys: for the page's scripts and for the shortcut sheet.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Spoken {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) words: String,
    pub(super) group: String,
    pub(super) icon: &'static str,
    pub(super) keys: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'static str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    dialog: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    press: bool,
}

/// Every command that `viewer` has, in the order of the sheet.
pub(super) fn spoken(viewer: &Viewer, t: &Text) -> Vec<Spoken> {
    let places = viewer.navigation().map(|item| Spoken {
        id: item.command(),
        title: t.say_with(
            "command-go",
            kit::i18n::Args::new().with("place", t.say(&item.text())),
        ),
        words: String::new(),
        group: t.say(CommandGroup::Places.text()),
        icon: item.icon,
        keys: viewer.look.keys_of(&item.command(), item.keys).to_owned(),
        path: Some(item.path),
        dialog: false,
        press: false,
    });
    let mut all: Vec<Spoken> = COMMANDS
        .iter()
        .map(|command| in_words(command, &viewer.look, t))
        .collect();
    let lists = all.split_off(
        all.iter()
            .take_while(|command| command.group == all[0].group)
            .count(),
    );
    all.extend(places);
    all.extend(lists);
    all.extend(viewer.settings().map(|item| to_settings(item, viewer, t)));
    all
}

/// The way to a page of the settings, which is found by its hint's words too.
fn to_settings(item: &SettingsItem, viewer: &Viewer, t: &Text) -> Spoken {
    Spoken {
        title: t.say_with(
            "command-settings",
            kit::i18n::Args::new().with("page", t.say(&item.text())),
        ),
        words: t.say(&item.hint()),
        group: t.say(CommandGroup::Settings.text()),
        icon: item.icon,
        keys: viewer.look.keys_of(&item.command(), "").to_owned(),
        id: item.command(),
        path: Some(item.path),
        dialog: false,
        press: false,
    }
}

/// How many readers' commands are kept in words.
const KEPT: usize = 256;

/// All that the words of somebody's commands depend on.
#[derive(PartialEq, Eq, Hash)]
struct Reader {
    locale: &'static str,
    places: Vec<&'static str>,
    settings: Vec<&'static str>,
    keys: Vec<(String, String)>,
}

/// The commands as JSON that is safe inside a `<script type="application/json">`. Each page has them: they are put into words once
/// for all who read and may do the same.
pub(super) fn as_json(viewer: &Viewer, t: &Text) -> Arc<str> {
    static KNOWN: LazyLock<Mutex<HashMap<Reader, Arc<str>>>> = LazyLock::new(Mutex::default);
    let keymap = viewer.look.keymap.iter();
    let reader = Reader {
        locale: t.locale().tag(),
        places: viewer.places.clone(),
        settings: viewer.settings.clone(),
        keys: keymap.map(|(id, keys)| (id.clone(), keys.clone())).collect(),
    };
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(json) = known.get(&reader) {
        return Arc::clone(json);
    }
    if known.len() == KEPT {
        known.clear();
    }
    let json = serde_json::to_string(&spoken(viewer, t)).expect("strings and flags are always JSON");
    let json: Arc<str> = json.replace('<', "\\u003c").into();
    known.insert(reader, Arc::clone(&json));
    json
}

/// The default keys of a command, place or page of the settings; none when there is no such command.
pub(super) fn default_keys(id: &str) -> Option<&'static str> {
    let place = super::ITEMS
        .iter()
        .find(|item| item.command() == id)
        .map(|item| item.keys);
    let command = || COMMANDS.iter().find(|command| command.id == id);
    let is_of_settings = || SETTINGS.iter().any(|item| item.command() == id);
    place
        .or_else(|| command().map(|command| command.keys))
        .or_else(|| is_of_settings().then_some(""))
}

/// Whether `keys` can be pressed: up to three steps, each one key with at most two modifiers in the order in which the
/// scripts write them; empty for none. Alt is for letters together with `mod` alone, and Shift is not for signs: on
/// keyboards both make other signs of them.
pub(super) fn are_keys(keys: &str) -> bool {
    keys.is_empty() || (keys.split(' ').count() <= 3 && keys.split(' ').all(is_step))
}

fn is_step(step: &str) -> bool {
    let (held, key) = step.rsplit_once('+').unwrap_or(("", step));
    let named = [
        "enter", "escape", "tab", "space", "up", "down", "left", "right", "home", "end",
    ]
    .contains(&key);
    // What a cookie may hold and its separators do not claim.
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"?#/.[]-='".contains(&byte);
    let single = key.len() == 1 && key.bytes().all(plain);
    let letter = single && key.bytes().all(|byte| byte.is_ascii_alphanumeric());
    match held {
        "" | "mod" => named || single,
        "shift" | "mod+shift" => named || letter,
        "mod+alt" => single,
        _ => false,
    }
}

fn in_words(command: &Command, look: &Look, t: &Text) -> Spoken {
    Spoken {
        id: command.id.to_owned(),
        title: t.say(&format!("command-{}", command.id)),
        words: t.say(&format!("command-{}-words", command.id)),
        group: t.say(command.group.text()),
        icon: command.icon,
        keys: look.keys_of(command.id, command.keys).to_owned(),
        path: if let Dialog(path) = command.act {
            Some(path)
        } else {
            None
        },
        dialog: matches!(command.act, Dialog(_)),
        press: command.act == Press,
    }
}
