use std::path::Path;

use kit::i18n::{Locale, Text, keys};

use super::{ask, leyla, page};
use crate::shell::commands::{Act, COMMANDS, CommandGroup, are_keys};
use crate::shell::{ITEMS, Look, SETTINGS, assets};

fn bound() -> Vec<(String, &'static str)> {
    let places = ITEMS.iter().map(|item| (item.command(), item.keys));
    let commands = COMMANDS
        .iter()
        .map(|command| (command.id.to_owned(), command.keys));
    commands
        .chain(places)
        .filter(|(_, keys)| !keys.is_empty())
        .collect()
}

#[test]
fn every_command_has_its_words() {
    let english = keys("en");
    for command in COMMANDS {
        for key in [
            format!("command-{}", command.id),
            format!("command-{}-words", command.id),
        ] {
            assert!(english.contains(&key), "{key}");
        }
    }
    for item in ITEMS {
        assert!(english.contains(&item.text()), "{}", item.text());
    }
}

#[test]
fn no_keys_hide_others() {
    let bound = bound();
    for (id, keys) in &bound {
        assert!(are_keys(keys), "{id} has keys that cannot be pressed: {keys}");
        for (other, others) in &bound {
            let hides = format!("{others} ").starts_with(&format!("{keys} "));
            assert!(id == other || !hides, "{id} ({keys}) hides {other} ({others})");
        }
    }
}

#[test]
fn every_script_command_is_registered_by_a_script() {
    let scripts: String = assets::all()
        .iter()
        .filter(|(name, _)| name.starts_with("js/"))
        .map(|(_, asset)| String::from_utf8_lossy(asset.plain()).into_owned())
        .collect();
    for command in COMMANDS.iter().filter(|command| command.act == Act::Script) {
        let themes = command.id.starts_with("theme-") && scripts.contains("register(`theme-${theme}`");
        assert!(
            themes || scripts.contains(&format!("register(\"{}\"", command.id)),
            "{}",
            command.id
        );
    }
}

#[test]
fn every_mark_in_a_template_names_a_command() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut seen = 0;
    for template in templates(&crates) {
        let text = std::fs::read_to_string(&template).expect("a template is text");
        for mark in text
            .split("data-command=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
        {
            let known = COMMANDS.iter().any(|command| command.id == mark) || mark.contains("{{");
            assert!(
                known,
                "{} marks \"{mark}\", which is no command",
                template.display()
            );
            seen += 1;
        }
    }
    assert!(seen > 0, "the scan found no template");
}

/// What a page offers to do stands in the top bar, in a template called `actions`; each of its buttons and links is
/// pressed by a command, so that the palette and the keys reach it too.
#[test]
fn every_action_of_a_page_has_its_command() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let is_of_actions = |path: &Path| {
        let name = path.file_stem().map(|name| name.to_string_lossy().into_owned());
        name.is_some_and(|name| name.ends_with("actions"))
    };
    let mut seen = 0;
    for template in templates(&crates).into_iter().filter(|path| is_of_actions(path)) {
        let text = std::fs::read_to_string(&template).expect("a template is text");
        let calls = text.split("press::").skip(1);
        for call in calls.filter_map(|rest| rest.split("}}").next()) {
            let id = call
                .split("command = \"")
                .nth(1)
                .and_then(|rest| rest.split('"').next());
            let is_known = COMMANDS.iter().any(|command| Some(command.id) == id);
            assert!(
                is_known,
                "{}: {call} names no command of the registry",
                template.display()
            );
            seen += 1;
        }
        assert!(
            !text.contains("<button") && !text.contains("<a "),
            "{}: an action is made by the parts",
            template.display()
        );
    }
    assert!(seen > 4, "{seen} actions");
}

/// The keys as people read them; written anew by `UPDATE_DOCS=1`.
#[test]
fn the_document_of_keys_is_up_to_date() {
    let t = Text::default();
    let mut text = String::from(
        "# Keys\n\nMade from the tables in `commands.rs`, `navigation.rs` and `settings.rs` of `server/src/shell`. `mod` is ⌘ on a Mac and Ctrl\nelsewhere; keys with a space between are pressed one after the other. Each can be changed, and single keys switched\noff, under *Preferences*. What has no keys is in the palette.\n",
    );
    for group in CommandGroup::ALL {
        text.push_str(&format!(
            "\n## {}\n\n| keys | command | id |\n|---|---|---|\n",
            t.say(group.text())
        ));
        let mut row = |id: &str, title: &str, keys: &str| {
            let keys = if keys.is_empty() {
                String::new()
            } else {
                format!("`{keys}`")
            };
            text.push_str(&format!("| {keys} | {title} | {id} |\n"));
        };
        if group == CommandGroup::Places {
            for item in ITEMS {
                row(&item.command(), &t.say(&item.text()), item.keys);
            }
        }
        if group == CommandGroup::Settings {
            for item in SETTINGS.iter().filter(|item| item.path != "/preferences") {
                row(&item.command(), &t.say(&item.text()), "");
            }
        }
        for command in COMMANDS.iter().filter(|command| command.group == group) {
            row(
                command.id,
                &t.say(&format!("command-{}", command.id)),
                command.keys,
            );
        }
    }
    testkit::same_as_document("docs/keys.md", &text);
}

fn templates(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder)
        .expect("the folder is part of the source")
        .flatten();
    entries
        .flat_map(|entry| match entry.path() {
            path if path.is_dir() && !path.ends_with("target") => templates(&path),
            path if path.extension().is_some_and(|ending| ending == "html") => vec![path],
            _ => Vec::new(),
        })
        .collect()
}

#[tokio::test]
async fn the_page_tells_its_commands_in_the_readers_language() {
    let mut viewer = leyla();
    viewer.locale = Locale::parse("pl").expect("Polish is there");
    let body = ask(Some(viewer), page("/accounts/1"), "").await.body;
    let (_, rest) = body
        .split_once(r#"<script type="application/json" id="commands">"#)
        .expect("commands are told");
    let (json, _) = rest.split_once("</script>").expect("the element ends");
    let commands: Vec<serde_json::Value> = serde_json::from_str(json).expect("it is JSON");
    let accounts = commands
        .iter()
        .find(|command| command["id"] == "go-accounts")
        .expect("a place of hers");
    assert_eq!(
        (&accounts["title"], &accounts["path"]),
        (&"Przejdź: Konta klientów".into(), &"/accounts".into())
    );
    assert!(
        commands.iter().all(|command| command["id"] != "go-settings"),
        "not a place of hers"
    );
}

#[test]
fn chosen_keys_travel_in_the_cookie() {
    let mut look = Look::default();
    look.wish("key.list-next", "g_x");
    look.wish("key.palette", "mod+p");
    look.wish("key.list-open", "ß");
    look.wish("key.no-such-command", "e");
    assert!(
        look.to_string().ends_with("|key.list-next:g_x|key.palette:mod+p"),
        "{look}"
    );
    assert_eq!(look.keys_of("list-next", "j"), "g x");
    assert_eq!(look.keys_of("list-open", "o"), "o");
    look.wish("key.palette", "mod+k");
    assert_eq!(look.keymap.len(), 1, "the default needs no line of its own");
}

#[tokio::test]
async fn keys_that_another_command_has_are_refused_and_kept_in_the_form() {
    let request = axum::extract::Request::post("/preferences/keys")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("accept", "text/html");
    let answer = ask(
        Some(leyla()),
        request,
        "act=keep&key.list-next=g+a&key.go-accounts=g+a&key.list-open=%C3%9F",
    )
    .await;
    assert_eq!(answer.status, 422);
    assert!(
        answer.body.contains("Already used by “Go to Accounts”"),
        "{}",
        answer.body
    );
    assert!(answer.body.contains(r#"value="ß""#) && answer.body.contains("Not a key."));
}

#[test]
fn keys_that_no_keyboard_sends_so_are_refused() {
    for good in [
        "",
        "k",
        "g i",
        "?",
        "mod+k",
        "mod+alt+k",
        "shift+k",
        "mod+shift+enter",
        "shift+up",
        "]",
        "mod+'",
    ] {
        assert!(are_keys(good), "{good}");
    }
    for bad in [
        "alt+k",
        "alt+up",
        "shift+?",
        "shift+mod+k",
        "mod+mod+k",
        "mod+alt+enter",
        "mod+alt+shift+k",
        "super+k",
        "kk",
        "+",
    ] {
        assert!(!are_keys(bad), "{bad}");
    }
}

#[tokio::test]
async fn the_palette_and_the_sheet_lead_to_the_settings_that_one_may_open() {
    let mut viewer = leyla();
    viewer.settings = vec!["look", "agents"];
    viewer.look.wish("key.settings-agents", "g_y");
    let commands = crate::shell::commands::as_json(&viewer, &Text::default());
    let commands: Vec<serde_json::Value> = serde_json::from_str(&commands).expect("it is JSON");
    let of_settings: Vec<_> = commands
        .iter()
        .filter(|command| command["group"] == "Settings")
        .collect();
    assert_eq!(of_settings.len(), 1, "the preferences have a command already");
    assert_eq!(
        (
            &of_settings[0]["title"],
            &of_settings[0]["path"],
            &of_settings[0]["keys"]
        ),
        (
            &"Settings: Agents".into(),
            &"/settings/agents".into(),
            &"g y".into()
        )
    );
    assert!(
        of_settings[0]["words"]
            .as_str()
            .is_some_and(|words| !words.is_empty())
    );
    let sheet = ask(Some(viewer), page("/preferences/keys"), "").await.body;
    assert!(
        sheet.contains(r#"name="key.settings-agents" value="g y""#) && !sheet.contains("key.settings-teams")
    );
}

#[test]
fn a_message_cannot_end_the_script_it_stands_in() {
    let mut viewer = leyla();
    viewer.places = vec!["home"];
    let json = crate::shell::commands::as_json(&viewer, &Text::default());
    assert!(!json.contains('<'));
}
