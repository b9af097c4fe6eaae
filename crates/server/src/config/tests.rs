//! The configuration from the outside: what wins, what is refused, what is shown.

use std::collections::BTreeMap;

use super::*;

fn named(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect()
}

fn file(text: &str) -> Inputs {
    Inputs {
        file: Some(("tandem.toml".to_owned(), text.to_owned())),
        ..Inputs::default()
    }
}

fn refusal(inputs: &Inputs) -> String {
    Config::load(inputs).expect_err("must be refused").to_string()
}

#[test]
fn every_default_is_a_value_its_setting_takes() {
    let config = Config::load(&Inputs::default()).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.drain, Duration::from_secs(5));
    assert!(config.roles.includes(Role::Ingest));
    for shown in Config::show(&Inputs::default()).unwrap() {
        let setting = SETTINGS.iter().find(|setting| setting.key == shown.key).unwrap();
        assert_eq!(
            (shown.value.as_str(), shown.place),
            (setting.default, Place::Default),
            "{}",
            shown.key
        );
    }
}

#[test]
fn a_later_source_wins_over_an_earlier_one() {
    let mut inputs = file("slow_query = \"1ms\"\n");
    let mut seen = vec![Config::load(&inputs).unwrap().slow_query];
    inputs.credentials = named(&[("slow_query", "2ms\n")]);
    seen.push(Config::load(&inputs).unwrap().slow_query);
    inputs.environment = named(&[("TANDEM_SLOW_QUERY", "3ms")]);
    seen.push(Config::load(&inputs).unwrap().slow_query);
    inputs.flags = named(&[("slow_query", "4ms")]);
    seen.push(Config::load(&inputs).unwrap().slow_query);
    assert_eq!(seen, [1, 2, 3, 4].map(Duration::from_millis));
}

#[test]
fn its_own_variable_wins_over_the_common_one_for_the_database() {
    let mut inputs = Inputs {
        environment: named(&[("DATABASE_URL", "postgres://a/one")]),
        ..Inputs::default()
    };
    assert_eq!(
        Config::load(&inputs).unwrap().database_url.unwrap().expose(),
        "postgres://a/one"
    );
    inputs
        .environment
        .insert("TANDEM_DATABASE_URL".to_owned(), "postgres://a/two".to_owned());
    assert_eq!(
        Config::load(&inputs).unwrap().database_url.unwrap().expose(),
        "postgres://a/two"
    );
}

#[test]
fn an_empty_variable_counts_as_not_given() {
    let inputs = Inputs {
        environment: named(&[("TANDEM_LISTEN", "")]),
        ..Inputs::default()
    };
    assert_eq!(Config::load(&inputs).unwrap().listen.port(), 8080);
}

#[test]
fn an_unknown_name_is_refused_with_its_place_and_the_nearest_known_one() {
    assert_eq!(
        refusal(&file("lissten = \"x\"")),
        "unknown setting lissten from file tandem.toml; did you mean listen?"
    );
    let inputs = Inputs {
        environment: named(&[("TANDEM_LOGFORMAT", "json")]),
        ..Inputs::default()
    };
    assert_eq!(
        refusal(&inputs),
        "unknown setting logformat from environment TANDEM_LOGFORMAT; did you mean log_format?"
    );
    assert_eq!(
        refusal(&file("[database]\nurl = 1")),
        "unknown setting database from file tandem.toml; `tandem config` lists all settings"
    );
}

#[test]
fn a_bad_value_is_refused_with_what_would_be_right() {
    let flag = |key, text| Inputs {
        flags: named(&[(key, text)]),
        ..Inputs::default()
    };
    assert_eq!(
        refusal(&flag("log_format", "xml")),
        "log_format from flag --log-format must be text or json, not \"xml\""
    );
    assert!(refusal(&flag("log_level", "infos")).contains("must be error, warn, info"));
    assert!(refusal(&flag("listen", "localhost")).contains("an IP address and a port"));
    assert!(refusal(&flag("drain", "5")).contains("such as 200ms, 5s or 10min"));
    assert!(refusal(&flag("drain", "99999999999999999999h")).contains("such as 200ms"));
    assert!(refusal(&flag("body_limit", "32MB")).contains("such as 32MiB"));
    assert!(refusal(&flag("further_workspaces", "maybe")).contains("must be true or false"));
    assert!(refusal(&flag("roles", "web,cook")).contains("web, mail, worker, ingest"));
    assert!(refusal(&flag("roles", "")).contains("one or more of"));
    assert!(refusal(&flag("public_url", "https://a.example/desk")).contains("without a path"));
    assert!(refusal(&flag("trusted_proxies", "10.0.0.0/33")).contains("such as 127.0.0.1"));
    assert!(refusal(&flag("database_readers", "0")).contains("from 1 to 1024"));
    assert!(refusal(&file("listen = 8080.5")).contains("a plain value (address)"));
}

#[test]
fn a_broken_file_is_refused_with_its_line_and_without_quoting_it() {
    let message = refusal(&file(
        "listen = \"127.0.0.1:1\"\nsmtp_url = smtp://me:hunter2@mail\n",
    ));
    assert!(
        message.starts_with("cannot read tandem.toml: line 2: "),
        "{message}"
    );
    assert!(!message.contains("hunter2"), "{message}");
}

#[test]
fn no_secret_is_ever_shown() {
    let canaries = "postgres://tandem:hunter2@db.example.com/tandem?password=hunter2";
    let inputs = Inputs {
        flags: named(&[
            ("database_url", canaries),
            ("smtp_url", "smtps://me:hunter2@mail.example.com"),
            ("s3_secret_key", "hunter2"),
            ("s3_access_key", "hunter2"),
        ]),
        ..Inputs::default()
    };
    let shown = format!(
        "{:?} {:?}",
        Config::show(&inputs).unwrap(),
        Config::load(&inputs).unwrap()
    );
    assert!(!shown.contains("hunter2"), "{shown}");
    assert!(
        shown.contains("postgres://(secret)@db.example.com/tandem"),
        "{shown}"
    );
    let bad = Inputs {
        flags: named(&[("smtp_url", "hunter2")]),
        ..Inputs::default()
    };
    assert!(!refusal(&bad).contains("hunter2"));
}

#[test]
fn a_network_contains_its_addresses_in_either_notation() {
    let networks = Vec::<Network>::parse("10.0.0.0/8, ::1, fd00::/8, 192.0.2.7").unwrap();
    let is_inside = |address: &str| {
        networks
            .iter()
            .any(|network| network.contains(address.parse().unwrap()))
    };
    assert!(
        ["10.255.0.1", "::1", "fd12::3", "192.0.2.7", "::ffff:10.1.1.1"]
            .into_iter()
            .all(is_inside)
    );
    assert!(
        !["11.0.0.1", "::2", "fe00::1", "192.0.2.8", "::ffff:11.1.1.1"]
            .into_iter()
            .any(is_inside)
    );
    let everything = Network::parse("0.0.0.0/0").unwrap();
    assert!(everything.contains("203.0.113.9".parse().unwrap()));
}

#[test]
fn links_lead_to_a_host_that_a_browser_can_reach() {
    let origin = |listen| {
        let inputs = Inputs {
            flags: named(&[("listen", listen)]),
            ..Inputs::default()
        };
        Config::load(&inputs).unwrap().public_origin().as_str().to_owned()
    };
    assert_eq!(origin("0.0.0.0:80"), "http://localhost:80");
    assert_eq!(origin("[::1]:8080"), "http://[::1]:8080");
    assert_eq!(origin("127.0.0.1:8080"), "http://127.0.0.1:8080");
}

#[test]
fn the_written_reference_is_the_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/configuration.md");
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        written == reference(),
        "docs/configuration.md is out of date: run `cargo run -- config --reference > docs/configuration.md`"
    );
}
