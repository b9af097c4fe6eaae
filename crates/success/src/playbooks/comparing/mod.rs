//! What changed from a version to another, in words.

use axum::extract::{Path, Query, State};
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::money::Currency;
use kit::web::{Failure, Page, known};
use serde::Deserialize;
use tandem_core::actor::Actor;
use tandem_core::currencies;
use tandem_core::permissions::Permission;

use super::asked::found;
use super::offered::{Offered, offered};
use super::saying::Saying;
use super::web::PLACE;
use super::{Content, PlaybookError, PlaybookId, Step, store};

mod views;

/// Which version, and with which it is compared: with the one before it unless told.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CompareQuery {
    of: i64,
    with: i64,
}

/// One thing that is another: nothing before it where it came, nothing after it where it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) what: String,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

/// What became of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Fate {
    Came(usize),
    Went(usize),
    Changed(usize, usize),
    Moved(usize, usize),
}

/// The steps that stand in both in the same order: pairs of places, the longest there are.
fn common(before: &[Step], after: &[Step]) -> Vec<(usize, usize)> {
    // The length of the longest from each pair of places on; forty steps at most.
    let mut longest = vec![vec![0_usize; after.len() + 1]; before.len() + 1];
    for old in (0..before.len()).rev() {
        for new in (0..after.len()).rev() {
            longest[old][new] = if before[old] == after[new] {
                longest[old + 1][new + 1] + 1
            } else {
                longest[old + 1][new].max(longest[old][new + 1])
            };
        }
    }
    let (mut old, mut new, mut pairs) = (0, 0, Vec::new());
    while old < before.len() && new < after.len() {
        if before[old] == after[new] {
            pairs.push((old, new));
            (old, new) = (old + 1, new + 1);
        } else if longest[old + 1][new] >= longest[old][new + 1] {
            old += 1;
        } else {
            new += 1;
        }
    }
    pairs
}

/// What became of the steps: what stands elsewhere was moved; what stands between the same neighbours and is of the same kind
/// was changed; the rest came or went.
fn fates(before: &[Step], after: &[Step]) -> Vec<Fate> {
    let mut pairs = common(before, after);
    pairs.push((before.len(), after.len()));
    let (mut went, mut came, mut found) = (Vec::new(), Vec::new(), Vec::new());
    let (mut old, mut new) = (0, 0);
    for (next_old, next_new) in pairs {
        let mut gone: Vec<usize> = (old..next_old).collect();
        for (place, step) in after.iter().enumerate().take(next_new).skip(new) {
            let same = gone.iter().position(|one| before[*one].kind() == step.kind());
            match same.filter(|_| !before.contains(step)) {
                Some(at) => found.push(Fate::Changed(gone.remove(at), place)),
                None => came.push(place),
            }
        }
        went.extend(gone);
        (old, new) = (next_old + 1, next_new + 1);
    }
    for place in came {
        match went.iter().position(|one| before[*one] == after[place]) {
            Some(at) => found.push(Fate::Moved(went.remove(at), place)),
            None => found.push(Fate::Came(place)),
        }
    }
    found.extend(went.into_iter().map(Fate::Went));
    found.sort_by_key(|fate| match fate {
        Fate::Came(new) | Fate::Changed(_, new) | Fate::Moved(_, new) => (*new, 0),
        Fate::Went(old) => (*old, 1),
    });
    found
}

/// What a playbook says beside its steps, each under its name.
fn facts(saying: &Saying<'_>, content: &Content, currency: Currency) -> Vec<(&'static str, String)> {
    let t = saying.t;
    let limits = &content.conditions;
    let id = |id: Option<tandem_core::ladders::RungId>| id.map(|id| id.to_string()).unwrap_or_default();
    let money = |minor: Option<i64>| {
        minor.map_or_else(|| t.say("playbooks-any"), |minor| t.money(minor, currency.code()))
    };
    let yes = |is: bool| t.say(if is { "fields-yes" } else { "fields-no" });
    let band = content.until_band.map_or("playbooks-never", |band| band.text());
    vec![
        ("playbooks-what-for", content.about.clone()),
        ("playbooks-trigger", saying.trigger(&content.trigger)),
        (
            "tiers-tier",
            saying.rung(&saying.offered.tiers, &id(limits.tier), "playbooks-any"),
        ),
        (
            "stages-stage",
            saying.rung(&saying.offered.stages, &id(limits.stage), "playbooks-any"),
        ),
        ("playbooks-mrr-from", money(limits.mrr_from)),
        ("playbooks-mrr-to", money(limits.mrr_to)),
        ("playbooks-holdout", t.number(content.holdout)),
        ("playbooks-cooldown", t.number(content.cooldown)),
        ("playbooks-until-band", t.say(band)),
        ("playbooks-until-closed", yes(content.until_closed)),
        ("playbooks-until-left", yes(content.until_left)),
        ("playbooks-goal", saying.goal(&content.goal)),
    ]
}

/// Everything that is another in a version.
pub(super) fn differences(
    (t, offered, currency): (&Text, &Offered, Currency),
    before: &Content,
    after: &Content,
) -> Vec<Difference> {
    let saying = Saying { t, offered };
    let pairs = facts(&saying, before, currency)
        .into_iter()
        .zip(facts(&saying, after, currency));
    let mut found: Vec<Difference> = pairs
        .filter(|((_, before), (_, after))| before != after)
        .map(|((what, before), (_, after))| Difference {
            what: t.say(what),
            before: Some(before),
            after: Some(after),
        })
        .collect();
    let step = |key: &str, place: usize| t.say_with(key, kit::args!(n = t.number(place as i64 + 1)));
    let (old, new) = (
        |at: usize| Some(saying.step(&before.steps[at])),
        |at: usize| Some(saying.step(&after.steps[at])),
    );
    for fate in fates(&before.steps, &after.steps) {
        found.push(match fate {
            Fate::Came(at) => Difference {
                what: step("playbooks-step-came", at),
                before: None,
                after: new(at),
            },
            Fate::Went(at) => Difference {
                what: step("playbooks-step-went", at),
                before: old(at),
                after: None,
            },
            Fate::Changed(from, to) => Difference {
                what: step("playbooks-step-changed", to),
                before: old(from),
                after: new(to),
            },
            Fate::Moved(from, to) => {
                let numbers = kit::args!(from = t.number(from as i64 + 1), to = t.number(to as i64 + 1));
                Difference {
                    what: t.say_with("playbooks-step-moved", numbers),
                    before: None,
                    after: new(to),
                }
            }
        });
    }
    found
}

fn read(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, of, with): (PlaybookId, i64, i64),
) -> Result<(Content, Content, Offered, Currency), PlaybookError> {
    let after = store::content(tx, actor.workspace, id, of)?.ok_or(PlaybookError::Unknown)?;
    let before = store::content(tx, actor.workspace, id, with)?.ok_or(PlaybookError::Unknown)?;
    let currency = currencies::reporting(tx, actor.workspace)?;
    Ok((before, after, offered(tx, actor)?, currency))
}

/// A version beside another, as people read it.
///
/// # Errors
/// No such playbook or version here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    (Path(id), Query(query)): (Path<String>, Query<CompareQuery>),
) -> Result<Page, Failure> {
    let one = found(&db, &actor, known(&id)?).await?;
    let of = if query.of < 1 { one.version } else { query.of };
    let with = if query.with < 1 {
        (of - 1).max(1)
    } else {
        query.with
    };
    let (id, reader) = (one.id, actor.clone());
    let (before, after, offered, currency) = db.read(move |tx| read(tx, &reader, (id, of, with))).await?;
    let mut differences = differences((&t, &offered, currency), &before, &after);
    if !actor.may(Permission::MoneyRead) {
        let money = [t.say("playbooks-mrr-from"), t.say("playbooks-mrr-to")];
        differences.retain(|one| !money.contains(&one.what));
    }
    let number = |number: i64| t.say_with("playbooks-version", kit::args!(n = t.number(number)));
    let view = views::ComparePage {
        t: &t,
        names: (number(with), number(of)),
        differences,
    };
    Ok(Page::new(t.say("playbooks-what-changed"), &view)
        .place(PLACE)
        .crumb(t.say("playbooks-title"), "/playbooks")
        .crumb(one.name, format!("/playbooks/{id}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(name: &str) -> Step {
        Step::Tag {
            name: name.to_owned(),
        }
    }

    #[test]
    fn steps_come_go_change_and_move() {
        let (one, two, three) = (tag("one"), tag("two"), tag("three"));
        let wait = Step::Wait { days: 3 };
        let all = [one.clone(), two.clone(), three.clone()];
        assert_eq!(fates(&all, &all), []);
        assert_eq!(fates(&all, &[one.clone(), three.clone()]), [Fate::Went(1)]);
        let longer = [one.clone(), two.clone(), wait, three.clone()];
        assert_eq!(fates(&all, &longer), [Fate::Came(2)]);
        assert_eq!(
            fates(&all, &[one.clone(), tag("other"), three.clone()]),
            [Fate::Changed(1, 1)]
        );
        assert_eq!(fates(&all, &[three, one, two]), [Fate::Moved(2, 0)]);
    }
}
