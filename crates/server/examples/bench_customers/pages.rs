//! The pages that are asked for, each with the address of one request of many.

use tandem_core::accounts::AccountId;

use super::load::Rungs;

type Address<'a> = Box<dyn Fn(usize) -> String + 'a>;

pub(super) fn all<'a>(ids: &'a [AccountId], rungs: &'a Rungs) -> Vec<(&'static str, Address<'a>)> {
    let mut all = lists(rungs);
    all.extend(of_one(ids));
    all.push(("contacts by name", Box::new(|_| "/contacts".to_owned())));
    all.push((
        "retention over 36 months",
        Box::new(|_| "/retention?from=2023-12-01&last=2026-11-01".to_owned()),
    ));
    all
}

fn lists(rungs: &Rungs) -> Vec<(&'static str, Address<'_>)> {
    let tier = |number: usize| rungs.tiers[number % rungs.tiers.len()];
    let stage = |number: usize| rungs.stages[number % rungs.stages.len()];
    let tag = rungs.tag;
    vec![
        ("accounts by name", Box::new(|_| "/accounts".to_owned())),
        (
            "accounts, the last changed first",
            Box::new(|_| "/accounts?sort=-changed".to_owned()),
        ),
        (
            "accounts, by what they bring",
            Box::new(|_| "/accounts?sort=-arr".to_owned()),
        ),
        (
            "a part of the name",
            Box::new(|number| format!("/accounts?q=account+{:04}", number * 37 % 10_000)),
        ),
        (
            "a tier, by what they bring",
            Box::new(move |number| format!("/accounts?tier={}&sort=-arr", tier(number))),
        ),
        (
            "a stage, the last changed first",
            Box::new(move |number| format!("/accounts?stage={}&sort=-changed", stage(number))),
        ),
        (
            "a tag of one in a hundred, by name",
            Box::new(move |_| format!("/accounts?tag={tag}")),
        ),
        (
            "tag, tier, stage and state, by what they bring",
            Box::new(move |number| {
                let (tier, stage) = (tier(number), stage(number));
                format!("/accounts?tag={tag}&tier={tier}&stage={stage}&state=open&sort=-arr")
            }),
        ),
        (
            "renewing within ninety days, by name",
            Box::new(|_| "/accounts?renews=90".to_owned()),
        ),
    ]
}

fn of_one(ids: &[AccountId]) -> Vec<(&'static str, Address<'_>)> {
    let below = |path: &'static str| -> Address<'_> {
        Box::new(move |number| format!("/accounts/{}{path}", ids[number * 7_919 % ids.len()]))
    };
    vec![
        ("account", below("")),
        ("its contacts", below("/contacts")),
        ("its timeline", below("/touchpoints")),
        ("its subscriptions", below("/subscriptions")),
        ("its history", below("/history")),
    ]
}
