//! What an act changes of a ticket beside its fields: tags that are put on and taken off, and that whoever acts follows it.
//!
//! [`apply`] says what it really did, so that [`back`] takes back that and nothing else.

use kit::db::Tx;
use kit::id::TypedId;
use kit::text::fold;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;
use tandem_core::permissions::Permission;
use tandem_core::tags::{self, TagError, TagId};

use super::connections::must_stand;
use super::nouns::NOUN;
use super::{TicketError, TicketId, followers, store};

/// How many tags one act puts on at most, and how many it takes off.
pub const MOST: usize = 20;

/// What an act does beside changing fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "TicketExtras")]
pub struct Extras {
    /// Tags that are put on, as words; one that is not known yet becomes a tag.
    #[schemars(length(max = 20))]
    pub add_tags: Vec<String>,
    /// Tags that are taken off, as words.
    #[schemars(length(max = 20))]
    pub remove_tags: Vec<String>,
    /// Whether whoever acts follows the ticket from then on.
    pub follow: bool,
}

/// What was really done of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Did {
    /// Tags that were not on it before.
    pub put: Vec<TagId>,
    /// Tags that were on it before.
    pub taken: Vec<TagId>,
    /// Who follows it and did not before.
    pub follower: Option<AgentId>,
}

impl Did {
    /// Whether nothing is other than before.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

impl Extras {
    /// Whether nothing is asked for.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// What a form says: words between commas in `add_tags` and `remove_tags`, and `follow`.
    pub fn said(add_tags: &str, remove_tags: &str, follow: &str) -> Self {
        let words = |line: &str| -> Vec<String> {
            let words = line.split(',').map(str::trim).filter(|word| !word.is_empty());
            words.map(str::to_owned).collect()
        };
        Self {
            add_tags: words(add_tags),
            remove_tags: words(remove_tags),
            follow: !follow.is_empty(),
        }
    }

    /// Both together.
    pub fn and(mut self, other: Self) -> Self {
        self.add_tags.extend(other.add_tags);
        self.remove_tags.extend(other.remove_tags);
        self.follow |= other.follow;
        self
    }

    /// In the form in which it is stored; the name of the part that can't be, where there is one.
    ///
    /// # Errors
    /// `add_tags` or `remove_tags`: too many, a word that can't be a tag, or one in both.
    pub fn checked(&self) -> Result<Self, &'static str> {
        let add_tags = clean(&self.add_tags).ok_or("add_tags")?;
        let remove_tags = clean(&self.remove_tags).ok_or("remove_tags")?;
        let is_added = |word: &String| add_tags.iter().any(|other| fold(other) == fold(word));
        if remove_tags.iter().any(is_added) {
            return Err("remove_tags");
        }
        Ok(Self {
            add_tags,
            remove_tags,
            follow: self.follow,
        })
    }
}

/// Words that can be tags, each once.
fn clean(words: &[String]) -> Option<Vec<String>> {
    let mut all: Vec<String> = Vec::new();
    for word in words {
        let word = word.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_clean = word.chars().all(|c| !c.is_control() && c != ',');
        if word.is_empty() || word.chars().count() > 40 || !is_clean {
            return None;
        }
        if all.iter().all(|other| fold(other) != fold(&word)) {
            all.push(word);
        }
    }
    (all.len() <= MOST).then_some(all)
}

/// Whether it can be done to a ticket: [`apply`] does it whole after that.
///
/// # Errors
/// As of [`apply`].
pub fn must_fit(tx: &mut Tx<'_>, actor: &Actor, id: TicketId, extras: &Extras) -> Result<(), TicketError> {
    if extras.is_nothing() {
        return Ok(());
    }
    actor.must(Permission::TicketsWrite)?;
    let ticket = store::find(tx, actor.workspace, id)?.ok_or(TicketError::Unknown)?;
    must_stand(tx, actor.workspace, &ticket)?;
    if extras.follow && actor.agent().is_none() {
        return Err(TicketError::NoAgent);
    }
    let held = tags::of(tx, actor.workspace, &NOUN, id.uuid())?;
    let held: Vec<String> = held.iter().map(|tag| fold(&tag.name)).collect();
    let has = |word: &&String| held.contains(&fold(word));
    let fewer = extras.remove_tags.iter().filter(has).count();
    let more = extras.add_tags.iter().filter(|word| !has(word)).count();
    if more > 0 && held.len() + more - fewer > tags::MOST {
        return Err(TicketError::ManyTags);
    }
    Ok(())
}

/// Does it to a ticket; gives what is other than before.
///
/// # Errors
/// [`TicketError::NoAgent`] where nobody could follow, [`TicketError::ManyTags`], a ticket of no or another workspace or one that
/// is merged, a missing permission, or the database's. Nothing is done then.
pub fn apply(tx: &mut Tx<'_>, actor: &Actor, id: TicketId, extras: &Extras) -> Result<Did, TicketError> {
    let mut did = Did::default();
    if extras.is_nothing() {
        return Ok(did);
    }
    must_fit(tx, actor, id, extras)?;
    let held = tags::of(tx, actor.workspace, &NOUN, id.uuid())?;
    let on_it = |word: &String| held.iter().find(|tag| fold(&tag.name) == fold(word));
    for tag in extras.remove_tags.iter().filter_map(on_it) {
        tags::take(tx, actor, &NOUN, id.into(), tag.id).map_err(of_tag)?;
        did.taken.push(tag.id);
    }
    for word in extras.add_tags.iter().filter(|word| on_it(word).is_none()) {
        let tag = tags::put(tx, actor, &NOUN, id.into(), word).map_err(of_tag)?;
        did.put.push(tag.id);
    }
    if extras.follow
        && let Some(me) = actor.agent()
        && followers::of(tx, actor, id)?
            .iter()
            .all(|(agent, _)| *agent != me)
    {
        followers::follow(tx, actor, id)?;
        did.follower = Some(me);
    }
    Ok(did)
}

/// Takes back what was done. A tag that is no more stays away; who follows ends that themselves.
///
/// # Errors
/// A ticket of no or another workspace or one that is merged, a missing permission, or the database's.
pub fn back(tx: &mut Tx<'_>, actor: &Actor, id: TicketId, did: &Did) -> Result<(), TicketError> {
    actor.must(Permission::TicketsWrite)?;
    let ticket = store::find(tx, actor.workspace, id)?.ok_or(TicketError::Unknown)?;
    must_stand(tx, actor.workspace, &ticket)?;
    let vocabulary = tags::all(tx, actor.workspace)?;
    let known = |id: &TagId| vocabulary.iter().find(|(tag, _)| tag.id == *id);
    for (tag, _) in did.put.iter().filter_map(known) {
        tags::take(tx, actor, &NOUN, id.into(), tag.id).map_err(of_tag)?;
    }
    for (tag, _) in did.taken.iter().filter_map(known) {
        tags::put(tx, actor, &NOUN, id.into(), &tag.name).map_err(of_tag)?;
    }
    if did.follower.is_some() && did.follower == actor.agent() {
        followers::unfollow(tx, actor, id)?;
    }
    Ok(())
}

fn of_tag(error: TagError) -> TicketError {
    match error {
        TagError::Forbidden(missing) => missing.into(),
        TagError::Db(error) => error.into(),
        TagError::TooMany => TicketError::ManyTags,
        _ => TicketError::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cleaned_and_what_can_be_no_tag_is_named() {
        let said = Extras::said(" Month  end, vip ,, VIP", "old", "on");
        let clean = said.checked().unwrap();
        assert_eq!(clean.add_tags, ["Month end", "vip"]);
        assert_eq!((clean.remove_tags.len(), clean.follow), (1, true));
        assert!(Extras::said(" , ", "", "").is_nothing());
        assert_eq!(Extras::said(&"x".repeat(41), "", "").checked(), Err("add_tags"));
        assert_eq!(Extras::said("Vip", "vip", "").checked(), Err("remove_tags"));
        let many: Vec<String> = (0..=MOST).map(|n| n.to_string()).collect();
        assert_eq!(
            Extras::said("", &many.join(","), "").checked(),
            Err("remove_tags")
        );
    }
}
