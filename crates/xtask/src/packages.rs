//! What the product links: licences, bans, origin and number of packages, held offline against `deny.toml`.

use crate::failure::{Failure, Outcome, While};
use crate::{fuzz, programs, source};
use serde_json::Value;
use std::path::Path;
use toml::Table;

const RULES: &str = "deny.toml";
/// Two cores build this; beyond that a dependency has to earn its place by pushing another one out.
const LIMIT: usize = 600;
/// What fuzzing needs beyond the packages of the product, into which it is not linked: both are under MIT or Apache-2.0, and
/// the library in the second one under the licence of LLVM's older releases (NCSA), which asks no more than they.
const FOR_FUZZING: [&str; 2] = ["arbitrary", "libfuzzer-sys"];

/// `cargo xtask packages`.
pub(crate) fn check(_: &[String]) -> Outcome {
    let root = source::project_root()?;
    let rules = Rules::read(&root)?;
    let packages = linked()?;
    let mut problems = packages
        .iter()
        .flat_map(|package| rules.problems(package))
        .collect::<Vec<_>>();
    let lock = read(&root.join("Cargo.lock"))?;
    problems.extend(rules.banned_in(&lock)?);
    problems.extend(beside(
        &lock,
        &read(&root.join(fuzz::FOLDER).join("Cargo.lock"))?,
    )?);
    let foreign = packages.iter().filter(|package| package.origin.is_some()).count();
    if foreign >= LIMIT {
        problems.push(format!("{foreign} packages: the limit is {LIMIT}"));
    }
    for problem in &problems {
        println!("{problem}");
    }
    println!("packages: {foreign} of other people ({} found)", problems.len());
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(format!("the packages breach {RULES}")))
    }
}

/// One package of the graph.
#[derive(Debug, Default)]
struct Package {
    name: String,
    version: String,
    licence: Option<String>,
    /// None for our own.
    origin: Option<String>,
}

/// What `cargo metadata` says for this machine's platform; reads only what is already downloaded.
fn linked() -> Result<Vec<Package>, Failure> {
    let host = programs::host()?;
    let metadata = programs::output(programs::cargo(&[
        "metadata",
        "--format-version",
        "1",
        "--locked",
        "--all-features",
        "--filter-platform",
        &host,
    ])?)?;
    let metadata: Value = serde_json::from_str(&metadata).while_trying("read what cargo metadata printed")?;
    let packages = metadata["packages"]
        .as_array()
        .ok_or_else(|| Failure::new("cargo metadata has no packages"))?;
    Ok(packages.iter().map(Package::of).collect())
}

impl Package {
    fn of(metadata: &Value) -> Self {
        let text = |key: &str| metadata[key].as_str().map(str::to_owned);
        Self {
            name: text("name").unwrap_or_default(),
            version: text("version").unwrap_or_default(),
            licence: text("license"),
            origin: text("source"),
        }
    }
}

/// The parts of `deny.toml` that are held here.
struct Rules {
    licences: Vec<String>,
    bans: Vec<(String, String)>,
    registries: Vec<String>,
}

impl Rules {
    fn read(root: &Path) -> Result<Self, Failure> {
        Self::parse(&read(&root.join(RULES))?)
    }

    fn parse(text: &str) -> Result<Self, Failure> {
        let table: Table = text.parse().while_trying(format!("read {RULES}"))?;
        let list = |section: &str, key: &str| {
            let list = table
                .get(section)
                .and_then(|section| section.get(key))
                .and_then(toml::Value::as_array);
            list.cloned()
                .ok_or_else(|| Failure::new(format!("{RULES} has no {section}.{key}")))
        };
        let texts = |list: Vec<toml::Value>| {
            list.iter()
                .filter_map(toml::Value::as_str)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let ban = |entry: &toml::Value| {
            let text = |key: &str| entry.get(key).and_then(toml::Value::as_str).map(str::to_owned);
            text("crate").zip(text("reason"))
        };
        let bans: Option<Vec<_>> = list("bans", "deny")?.iter().map(ban).collect();
        Ok(Self {
            licences: texts(list("licenses", "allow")?),
            bans: bans.ok_or_else(|| Failure::new(format!("{RULES}: a ban has a crate and a reason")))?,
            registries: texts(list("sources", "allow-registry")?),
        })
    }

    fn problems(&self, package: &Package) -> Vec<String> {
        let Some(origin) = &package.origin else {
            return Vec::new();
        };
        let mut problems = Vec::new();
        let named = format!("{} {}", package.name, package.version);
        if !self
            .registries
            .iter()
            .any(|registry| origin.strip_prefix("registry+") == Some(registry))
        {
            problems.push(format!("{named} comes from {origin}"));
        }
        match &package.licence {
            None => problems.push(format!("{named} names no licence")),
            Some(licence) if !self.allows(licence) => problems.push(format!("{named} is under {licence}")),
            Some(_) => {}
        }
        problems
    }

    fn allows(&self, expression: &str) -> bool {
        let expression = expression
            .replace('/', " OR ")
            .replace('(', " ( ")
            .replace(')', " ) ");
        let words: Vec<&str> = expression.split_whitespace().collect();
        let mut licence = Licence {
            words: &words,
            allowed: &self.licences,
        };
        licence.any_of() && licence.words.is_empty()
    }

    /// The lock file knows the packages of every platform, so a ban holds on all of them.
    fn banned_in(&self, lock: &str) -> Result<Vec<String>, Failure> {
        let names = named_in(lock)?;
        let banned = self.bans.iter().filter(|(name, _)| names.contains(name));
        Ok(banned
            .map(|(name, reason)| format!("{name} is banned: {reason}"))
            .collect())
    }
}

/// The names of all packages in a lock file.
fn named_in(lock: &str) -> Result<Vec<String>, Failure> {
    let lock: Table = lock.parse().while_trying("read Cargo.lock")?;
    let packages = lock.get("package").and_then(toml::Value::as_array);
    let names = packages
        .into_iter()
        .flatten()
        .filter_map(|package| package.get("name")?.as_str());
    Ok(names.map(str::to_owned).collect())
}

/// Packages of the programs for fuzzing that were held against no rule: all others are the product's.
fn beside(product: &str, fuzzing: &str) -> Result<Vec<String>, Failure> {
    let known = named_in(product)?;
    let strangers = named_in(fuzzing)?.into_iter().filter(|name| {
        !known.contains(name) && name != fuzz::FOLDER && !FOR_FUZZING.contains(&name.as_str())
    });
    Ok(strangers
        .map(|name| format!("{name} is in fuzz/Cargo.lock, and no package of the product"))
        .collect())
}

/// Reads an SPDX expression from left to right; `OR` binds weaker than `AND`.
struct Licence<'a> {
    words: &'a [&'a str],
    allowed: &'a [String],
}

impl Licence<'_> {
    fn any_of(&mut self) -> bool {
        let mut is_allowed = self.all_of();
        while self.take("OR") {
            is_allowed |= self.all_of();
        }
        is_allowed
    }

    fn all_of(&mut self) -> bool {
        let mut is_allowed = self.one();
        while self.take("AND") {
            is_allowed &= self.one();
        }
        is_allowed
    }

    fn one(&mut self) -> bool {
        if self.take("(") {
            let is_allowed = self.any_of();
            return self.take(")") && is_allowed;
        }
        let Some((name, rest)) = self.words.split_first() else {
            return false;
        };
        self.words = rest;
        let mut name = (*name).to_owned();
        if self.take("WITH") {
            name = format!("{name} WITH {}", self.words.first().unwrap_or(&""));
            self.words = self.words.get(1..).unwrap_or_default();
        }
        self.allowed.contains(&name)
    }

    fn take(&mut self, word: &str) -> bool {
        let is_next = self.words.first() == Some(&word);
        if is_next {
            self.words = &self.words[1..];
        }
        is_next
    }
}

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).while_trying(format!("read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Rules {
        Rules::parse(
            "[licenses]\nallow = [\"MIT\", \"Apache-2.0\", \"Apache-2.0 WITH LLVM-exception\"]\n\
             [bans]\ndeny = [{ crate = \"openssl-sys\", reason = \"one TLS\" }]\n\
             [sources]\nallow-registry = [\"https://example.com/index\"]\n",
        )
        .unwrap()
    }

    #[test]
    fn licence_expressions_are_read_as_spdx_means_them() {
        let rules = rules();
        for good in [
            "MIT",
            "MIT/GPL-3.0",
            "GPL-3.0 OR MIT",
            "MIT AND Apache-2.0",
            "(GPL-3.0 OR MIT) AND Apache-2.0",
            "Apache-2.0 WITH LLVM-exception",
            "GPL-3.0 AND Zlib OR MIT",
        ] {
            assert!(rules.allows(good), "{good}");
        }
        for bad in [
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "(MIT",
            "",
            "MIT WITH Classpath-exception",
            "MIT GPL-3.0",
        ] {
            assert!(!rules.allows(bad), "{bad}");
        }
    }

    #[test]
    fn a_package_of_unknown_licence_or_origin_is_flagged() {
        let registry = Some("registry+https://example.com/index".to_owned());
        let good = Package {
            licence: Some("MIT".into()),
            origin: registry.clone(),
            ..Package::default()
        };
        assert!(rules().problems(&good).is_empty());
        assert!(
            rules().problems(&Package::default()).is_empty(),
            "our own are not asked"
        );
        assert_eq!(
            rules()
                .problems(&Package {
                    licence: None,
                    ..clone(&good)
                })
                .len(),
            1
        );
        assert_eq!(
            rules()
                .problems(&Package {
                    licence: Some("SSPL-1.0".into()),
                    ..clone(&good)
                })
                .len(),
            1
        );
        let from_git = Some("git+https://example.com/a".to_owned());
        assert_eq!(
            rules()
                .problems(&Package {
                    origin: from_git,
                    ..clone(&good)
                })
                .len(),
            1
        );
    }

    fn clone(package: &Package) -> Package {
        Package {
            licence: package.licence.clone(),
            origin: package.origin.clone(),
            ..Package::default()
        }
    }

    #[test]
    fn a_banned_package_is_found_in_the_lock_file() {
        let lock = |name: &str| format!("[[package]]\nname = \"{name}\"\nversion = \"1.0.0\"\n");
        assert_eq!(rules().banned_in(&lock("openssl-sys")).unwrap().len(), 1);
        assert!(rules().banned_in(&lock("openssl-probe")).unwrap().is_empty());
    }

    #[test]
    fn fuzzing_brings_no_package_of_its_own_but_two() {
        let lock = |names: &[&str]| -> String {
            let packages = names
                .iter()
                .map(|name| format!("[[package]]\nname = \"{name}\"\nversion = \"1.0.0\"\n"));
            packages.collect()
        };
        let product = lock(&["mail", "tokio"]);
        let good = lock(&["fuzz", "mail", "tokio", "arbitrary", "libfuzzer-sys"]);
        assert!(beside(&product, &good).unwrap().is_empty());
        assert_eq!(beside(&product, &lock(&["fuzz", "honggfuzz"])).unwrap().len(), 1);
    }

    #[test]
    fn a_ban_without_a_reason_is_refused() {
        let text =
            "[licenses]\nallow = []\n[bans]\ndeny = [{ crate = \"a\" }]\n[sources]\nallow-registry = []\n";
        assert!(Rules::parse(text).is_err());
    }
}
