//! Who gets an account: the first rule that fits and finds somebody with room. Pure, so that a dry run is the real thing.

use super::{Fits, Load, Method, Rule, Target, Why};
use crate::agents::AgentId;

/// What somebody without a limit is compared by: as if they could look after so many accounts.
const USUAL: i64 = 50;

/// Who was chosen, by which rule, among whom.
#[derive(Clone, Debug)]
pub struct Choice<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// Who.
    pub agent: AgentId,
    /// Among whom: those of the rule who were there and had room.
    pub among: Vec<&'a Load>,
}

impl Choice<'_> {
    /// What is kept of it.
    pub fn why(&self) -> Why {
        let among = self.among.iter();
        Why::Rule {
            rule: self.rule.name.clone(),
            method: self.rule.method,
            among: among
                .map(|load| (load.name.clone(), load.accounts, load.capacity.accounts))
                .collect(),
        }
    }
}

/// Whom the rules choose for an account; nobody when none fits, nobody has room, or its tier gives it no person.
pub fn choose<'a>(rules: &'a [Rule], of: &Fits, loads: &'a [Load]) -> Option<Choice<'a>> {
    if !of.gets_owner() {
        return None;
    }
    rules
        .iter()
        .filter(|rule| rule.conditions.hold(of))
        .find_map(|rule| {
            let is_meant = |load: &&Load| match rule.target {
                Target::Agent(agent) => load.agent == agent,
                Target::Team(team) => load.teams.contains(&team),
            };
            let mut among: Vec<&Load> = loads
                .iter()
                .filter(is_meant)
                .filter(|load| load.has_room(of))
                .collect();
            among.sort_by_key(|load| load.agent);
            let agent = match rule.method {
                Method::LeastLoaded => least_loaded(&among),
                Method::RoundRobin => next(&among, rule.last),
            }?;
            Some(Choice { rule, agent, among })
        })
}

/// Who has the smallest share of what they can look after.
fn least_loaded(among: &[&Load]) -> Option<AgentId> {
    let share = |load: &Load| {
        let most = load.capacity.accounts.unwrap_or(USUAL).max(1);
        // Compared as fractions of whole numbers: accounts · 1000 / most.
        load.accounts.saturating_mul(1_000) / most
    };
    among
        .iter()
        .min_by_key(|load| (share(load), load.accounts, load.agent))
        .map(|load| load.agent)
}

/// Who comes after `last` in the order of ids.
fn next(among: &[&Load], last: Option<AgentId>) -> Option<AgentId> {
    let after = among
        .iter()
        .find(|load| last.is_some_and(|last| load.agent > last));
    after.or(among.first()).map(|load| load.agent)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::assignment::{Capacity, Conditions};
    use crate::ladders::RungId;
    use crate::tiers::service::{Service, TouchModel};

    fn agent(number: u8) -> AgentId {
        format!("agt_01k000000000000000000000{number:02}")
            .parse()
            .expect("an id")
    }

    fn load(number: u8, accounts: i64, most: Option<i64>) -> Load {
        Load {
            agent: agent(number),
            name: format!("Agent {number}"),
            teams: vec!["tem_01k0000000000000000000000z".parse().expect("an id")],
            accounts,
            mrr: 0,
            on_tiers: BTreeMap::new(),
            capacity: Capacity {
                accounts: most,
                ..Capacity::default()
            },
            is_away: false,
        }
    }

    fn rule(method: Method, last: Option<AgentId>, conditions: Conditions) -> Rule {
        Rule {
            id: "rul_01k0000000000000000000000z".parse().expect("an id"),
            name: "All".to_owned(),
            conditions,
            target: Target::Team("tem_01k0000000000000000000000z".parse().expect("an id")),
            method,
            last,
            place: 1,
            version: 1,
        }
    }

    #[test]
    fn the_smallest_share_of_the_capacity_decides_and_the_full_are_passed_over() {
        let loads = [load(1, 10, Some(20)), load(2, 12, Some(40)), load(3, 5, Some(5))];
        let rules = [rule(Method::LeastLoaded, None, Conditions::default())];
        let choice = choose(&rules, &Fits::default(), &loads).expect("somebody has room");
        assert_eq!((choice.agent, choice.among.len()), (agent(2), 2));
    }

    #[test]
    fn one_after_the_other_goes_round() {
        let loads = [load(1, 0, None), load(2, 0, None), load(3, 0, None)];
        let chosen = |last| {
            let rules = [rule(Method::RoundRobin, last, Conditions::default())];
            choose(&rules, &Fits::default(), &loads).map(|choice| choice.agent)
        };
        assert_eq!(chosen(None), Some(agent(1)));
        assert_eq!(chosen(Some(agent(1))), Some(agent(2)));
        assert_eq!(chosen(Some(agent(3))), Some(agent(1)));
    }

    #[test]
    fn where_a_rule_does_not_fit_or_finds_nobody_the_next_is_asked() {
        let big = Conditions {
            mrr_from: Some(100),
            ..Conditions::default()
        };
        let away = Load {
            is_away: true,
            ..load(1, 0, None)
        };
        let rules = [rule(Method::LeastLoaded, None, big)];
        let fits = |mrr| Fits {
            mrr,
            ..Fits::default()
        };
        let loads = [load(2, 0, None)];
        assert!(choose(&rules, &fits(99), &loads).is_none());
        assert!(choose(&rules, &fits(100), &loads).is_some());
        assert!(choose(&rules, &fits(100), &[away]).is_none());
    }

    #[test]
    fn what_the_tier_gives_decides_whether_and_how_many_somebody_gets() {
        let tier: RungId = "rng_01k0000000000000000000000z".parse().expect("an id");
        let fits = |model, has_owner, most| Fits {
            tier: Some(tier),
            service: Some(Service {
                model,
                channels: Vec::new(),
                cadence: None,
                has_owner,
                most,
                version: 1,
            }),
            ..Fits::default()
        };
        let high = Conditions {
            touch: Some(TouchModel::HighTouch),
            ..Conditions::default()
        };
        let rules = [rule(Method::LeastLoaded, None, high)];
        let full = Load {
            on_tiers: BTreeMap::from([(tier, 2)]),
            ..load(1, 2, None)
        };
        let loads = [full, load(2, 40, None)];
        let chosen = |of: &Fits| choose(&rules, of, &loads).map(|choice| choice.agent);
        assert_eq!(chosen(&fits(TouchModel::HighTouch, true, None)), Some(agent(1)));
        assert_eq!(
            chosen(&fits(TouchModel::HighTouch, true, Some(2))),
            Some(agent(2))
        );
        assert_eq!(chosen(&fits(TouchModel::HighTouch, false, None)), None);
        assert_eq!(chosen(&fits(TouchModel::TechTouch, true, None)), None);
        assert_eq!(chosen(&Fits::default()), None);
    }
}
