//! Which crate may know which, and which feature may know what of another.
//!
//! The compiler already refuses a `use` of a crate that is not a dependency, so the first half reads the
//! `Cargo.toml` files. The second half reads paths: a feature folder's `store` is its own, SQL stands only in
//! files named `store.rs`, and `testkit` never reaches the product.

use crate::excuses::Excuses;
use crate::rules::Report;
use crate::source::{Finding, SourceFile, Sources};
use crate::tokens;
use std::collections::BTreeSet;
use toml::{Table, Value};

/// One crate of the house and the crates of the house it may depend on.
struct Crate {
    folder: &'static str,
    package: &'static str,
    may_know: &'static [&'static str],
}

/// The house of ARCHITECTURE.md. A new crate needs a decision record and a line here.
const HOUSE: &[Crate] = &[
    known("kit", "kit", &[]),
    known("mail", "mail", &["kit"]),
    known("core", "tandem-core", &["kit"]),
    known("desk", "desk", &["kit", "mail", "tandem-core"]),
    known("success", "success", &["kit", "tandem-core"]),
    known("server", "server", &["kit", "tandem-core", "desk", "success"]),
    known(TEST_KIT, TEST_KIT, &["kit", "tandem-core"]),
    known("xtask", "xtask", &[]),
    // Outside the workspace; of `kit` only files.
    known("fuzz", "fuzz", &["kit", "mail"]),
];

/// What the tests of every crate but `xtask` may know beyond that.
const TEST_KIT: &str = "testkit";

const fn known(folder: &'static str, package: &'static str, may_know: &'static [&'static str]) -> Crate {
    Crate {
        folder,
        package,
        may_know,
    }
}

/// The crates that are cut into feature folders.
const FEATURE_CRATES: &[&str] = &["core", "desk", "success"];

/// Every breach of the borders.
pub(crate) fn check(sources: &Sources, _: &Excuses) -> Report {
    let summary = format!("{} files", sources.with_extension("rs").count());
    Report {
        findings: findings(sources),
        summary,
    }
}

fn findings(sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    let features = Features::of(sources);
    for file in sources.all() {
        match file.extension() {
            "toml" if file.name() == "Cargo.toml" => findings.extend(dependencies(file)),
            "rs" => findings.extend(paths(file, sources, &features)),
            _ => {}
        }
    }
    findings
}

fn dependencies(file: &SourceFile) -> Vec<Finding> {
    let folder = file.crate_folder().unwrap_or_default();
    let Some(own) = HOUSE.iter().find(|known| known.folder == folder) else {
        return vec![file.finding(0, "a crate that the table in xtask's borders.rs does not know")];
    };
    let manifest: Table = match file.text.parse() {
        Ok(manifest) => manifest,
        Err(error) => return vec![file.finding(0, format!("cannot be read: {error}"))],
    };
    let mut findings = Vec::new();
    for (section, is_for_tests) in sections(&manifest) {
        for name in section.iter().map(|(key, value)| package_name(key, value)) {
            let is_of_the_house = HOUSE.iter().any(|known| known.package == name);
            let is_test_kit = is_for_tests && name == TEST_KIT && own.folder != "xtask";
            let may_know = own.may_know.contains(&name) || is_test_kit;
            if is_of_the_house && name != own.package && !may_know {
                findings.push(file.finding(0, format!("`{}` must not depend on `{name}`", own.package)));
            }
        }
    }
    findings
}

/// All dependency tables of a manifest, those of a `[target]` included, and whether they are for tests only.
fn sections(manifest: &Table) -> Vec<(&Table, bool)> {
    let targets = manifest
        .get("target")
        .and_then(Value::as_table)
        .into_iter()
        .flat_map(Table::values);
    let tables = targets.filter_map(Value::as_table).chain([manifest]);
    let mut found = Vec::new();
    for table in tables {
        for (name, is_for_tests) in [
            ("dependencies", false),
            ("build-dependencies", false),
            ("dev-dependencies", true),
        ] {
            found.extend(
                table
                    .get(name)
                    .and_then(Value::as_table)
                    .map(|section| (section, is_for_tests)),
            );
        }
    }
    found
}

/// A dependency may be renamed by `package = "…"`.
fn package_name<'a>(key: &'a str, value: &'a Value) -> &'a str {
    value.get("package").and_then(Value::as_str).unwrap_or(key)
}

/// The feature folders of the house: a folder in `src` with a `mod.rs`.
struct Features(BTreeSet<(String, String)>);

impl Features {
    fn of(sources: &Sources) -> Self {
        let folders = sources.with_extension("rs").filter_map(|file| {
            let (feature, rest) = file.below_src()?.split_once('/')?;
            let folder = file
                .crate_folder()
                .filter(|folder| FEATURE_CRATES.contains(folder))?;
            (rest == "mod.rs").then(|| (folder.to_owned(), feature.to_owned()))
        });
        Self(folders.collect())
    }

    /// The feature a file belongs to.
    fn own<'a>(&self, file: &'a SourceFile) -> Option<(&'a str, &'a str)> {
        let (feature, _) = file.below_src()?.split_once('/')?;
        let folder = file.crate_folder()?;
        self.0
            .contains(&(folder.to_owned(), feature.to_owned()))
            .then_some((folder, feature))
    }

    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(_, feature)| feature == name)
    }
}

fn paths(file: &SourceFile, sources: &Sources, features: &Features) -> Vec<Finding> {
    if file.is_test() || file.is_example() {
        return Vec::new();
    }
    let tokens = match tokens::outside_tests(file) {
        Ok(tokens) => tokens,
        Err(finding) => return vec![finding],
    };
    let mut findings = Vec::new();
    if !may_hold_sql(file) {
        for call in tokens::macro_calls(tokens.clone(), "sql") {
            findings.push(file.finding(call.line, "SQL belongs in the feature's store.rs"));
        }
    }
    if is_feature_root(file, features) && shows_its_store(&file.text) {
        findings.push(file.finding(
            0,
            "a feature's store is private: `mod store;`, and nothing of it is `pub use`",
        ));
    }
    for path in tokens::paths(tokens) {
        findings.extend(foreign_crate(file, sources, &path));
        findings.extend(foreign_store(file, features, &path));
    }
    findings
}

fn may_hold_sql(file: &SourceFile) -> bool {
    let is_store = file.name() == "store.rs" && file.crate_folder() != Some("server");
    is_store || file.path.starts_with("crates/kit/src/db/") || file.crate_folder() == Some("testkit")
}

fn is_feature_root(file: &SourceFile, features: &Features) -> bool {
    file.name() == "mod.rs"
        && features.own(file).is_some()
        && file.below_src().is_some_and(|p| p.matches('/').count() == 1)
}

fn shows_its_store(text: &str) -> bool {
    text.lines().map(str::trim_start).any(|line| {
        let is_public = line.starts_with("pub ") || line.starts_with("pub(");
        is_public && (line.contains(" mod store;") || line.contains(" use store::"))
    })
}

/// The compiler guards what ships; this guards code that only builds with test dependencies around.
fn foreign_crate(file: &SourceFile, sources: &Sources, path: &tokens::UsedPath) -> Option<Finding> {
    let own = HOUSE
        .iter()
        .find(|known| Some(known.folder) == file.crate_folder())?;
    let first = path.segments.first().filter(|_| path.segments.len() > 1)?;
    let other = HOUSE
        .iter()
        .find(|known| known.package.replace('-', "_") == *first)?;
    let is_allowed = other.package == own.package || own.may_know.contains(&other.package);
    let is_module = ["", "/mod"].iter().any(|end| {
        sources
            .at(&format!("crates/{}/src/{first}{end}.rs", own.folder))
            .is_some()
    });
    (!is_allowed && !is_module).then(|| {
        file.finding(
            path.line,
            format!("`{}` must not use `{}`", own.package, other.package),
        )
    })
}

fn foreign_store(file: &SourceFile, features: &Features, path: &tokens::UsedPath) -> Option<Finding> {
    let own = features.own(file).map(|(_, feature)| feature);
    let foreign = path
        .segments
        .windows(2)
        .find(|pair| pair[1] == "store" && features.has(&pair[0]) && own != Some(pair[0].as_str()))?;
    let message = format!(
        "`{0}::store` is private to `{0}`: call one of its verbs",
        foreign[0]
    );
    Some(file.finding(path.line, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(texts: &[(&str, &str)]) -> Vec<String> {
        findings(&Sources::of(texts))
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    fn manifest(folder: &str, section: &str, dependency: &str) -> Vec<String> {
        let path = format!("crates/{folder}/Cargo.toml");
        messages(&[(
            &path,
            &format!("[{section}]\n{dependency}.workspace = true\nserde = \"1\"\n"),
        )])
    }

    #[test]
    fn the_house_as_drawn_passes() {
        assert!(manifest("core", "dependencies", "kit").is_empty());
        assert!(manifest("desk", "dependencies", "tandem-core").is_empty());
        assert!(manifest("desk", "dependencies", "mail").is_empty());
        assert!(manifest("server", "dependencies", "success").is_empty());
        assert!(manifest("desk", "dev-dependencies", "testkit").is_empty());
    }

    #[test]
    fn a_dependency_against_the_drawing_is_flagged() {
        for (folder, dependency) in [
            ("kit", "tandem-core"),
            ("core", "desk"),
            ("core", "mail"),
            ("kit", "mail"),
            ("mail", "tandem-core"),
            ("desk", "success"),
            ("success", "desk"),
            ("desk", "server"),
            ("xtask", "kit"),
            ("server", "testkit"),
        ] {
            let found = manifest(folder, "dependencies", dependency);
            assert_eq!(found.len(), 1, "{folder} -> {dependency}: {found:?}");
        }
    }

    #[test]
    fn tests_do_not_cross_the_border_either() {
        assert_eq!(manifest("desk", "dev-dependencies", "success").len(), 1);
        assert_eq!(
            manifest("desk", "target.'cfg(unix)'.dependencies", "success").len(),
            1
        );
    }

    #[test]
    fn a_renamed_dependency_is_recognised() {
        let found = messages(&[(
            "crates/desk/Cargo.toml",
            "[dependencies]\nother = { package = \"success\", path = \"../success\" }\n",
        )]);
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn an_unknown_crate_is_flagged() {
        assert_eq!(
            messages(&[("crates/compat/Cargo.toml", "[dependencies]\n")]).len(),
            1
        );
    }

    #[test]
    fn a_path_into_a_forbidden_crate_is_flagged_outside_tests() {
        assert_eq!(
            messages(&[("crates/desk/src/a.rs", "use success::health;")]).len(),
            1
        );
        assert_eq!(
            messages(&[("crates/desk/src/a.rs", "fn a() { success::health::now() }")]).len(),
            1
        );
        assert!(messages(&[("crates/desk/src/a.rs", "use tandem_core::accounts;")]).is_empty());
        assert!(
            messages(&[(
                "crates/desk/src/a.rs",
                "#[cfg(test)] mod tests { use testkit::on_both; }"
            )])
            .is_empty()
        );
        assert_eq!(
            messages(&[("crates/desk/src/a.rs", "use testkit::on_both;")]).len(),
            1
        );
    }

    #[test]
    fn a_local_module_may_have_the_name_of_a_crate() {
        let found = messages(&[
            ("crates/kit/src/server.rs", ""),
            ("crates/kit/src/lib.rs", "mod server; use server::listen;"),
        ]);
        assert!(found.is_empty(), "{found:?}");
    }

    const TICKETS: (&str, &str) = ("crates/desk/src/tickets/mod.rs", "mod store; mod closing;");
    const RULES: (&str, &str) = ("crates/desk/src/rules/mod.rs", "mod store;");

    #[test]
    fn a_feature_uses_its_own_store() {
        let own = (
            "crates/desk/src/tickets/closing.rs",
            "use super::store; fn a() { store::close(); }",
        );
        assert!(messages(&[TICKETS, RULES, own]).is_empty());
    }

    #[test]
    fn a_foreign_store_is_flagged_however_it_is_reached() {
        for text in [
            "use crate::rules::store;",
            "use crate::{rules::{store, model}};",
            "use super::super::rules::store::all;",
            "fn a() { crate::rules::store::all(); }",
        ] {
            let found = messages(&[TICKETS, RULES, ("crates/desk/src/tickets/closing.rs", text)]);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
        }
    }

    #[test]
    fn a_store_shown_to_others_is_flagged() {
        for text in [
            "pub mod store;",
            "pub(crate) mod store;",
            "mod store;\npub use store::close;",
        ] {
            assert_eq!(
                messages(&[("crates/desk/src/tickets/mod.rs", text)]).len(),
                1,
                "{text}"
            );
        }
    }

    #[test]
    fn sql_outside_a_store_is_flagged() {
        let text = "fn a() { tx.rows(sql!(\"select id from t\")); }";
        assert_eq!(messages(&[("crates/desk/src/tickets/closing.rs", text)]).len(), 1);
        assert_eq!(messages(&[("crates/server/src/store.rs", text)]).len(), 1);
        for path in [
            "crates/desk/src/tickets/store.rs",
            "crates/kit/src/jobs/store.rs",
            "crates/kit/src/db/migrate.rs",
            "crates/desk/src/tickets/tests.rs",
            "crates/kit/examples/bench_db.rs",
        ] {
            assert!(messages(&[(path, text)]).is_empty(), "{path}");
        }
    }
}
