//! What the templates of roles take; the choices of roles and permissions that other forms show too.

use askama::Template;
use kit::i18n::Text;
use kit::web::Choice;

use super::CustomRole;
use crate::actor::Actor;
use crate::permissions::{Permission, PermissionSet, Role};

/// Permissions to tick, by what they are about.
#[derive(Debug)]
pub(crate) struct TickGroup {
    pub(crate) name: String,
    pub(crate) ticks: Vec<Tick>,
}

/// One permission to tick.
#[derive(Debug)]
pub(crate) struct Tick {
    pub(crate) word: &'static str,
    pub(crate) name: String,
    pub(crate) hint: String,
    pub(crate) checked: bool,
}

/// What may be ticked: the permissions of `offered`, those of `ticked` already so.
pub(crate) fn ticks(t: &Text, offered: PermissionSet, ticked: PermissionSet) -> Vec<TickGroup> {
    let mut groups: Vec<TickGroup> = Vec::new();
    let mut last = "";
    for permission in offered.iter() {
        if permission.group() != last {
            last = permission.group();
            groups.push(TickGroup {
                name: t.say(&format!("permission-group-{last}")),
                ticks: Vec::new(),
            });
        }
        let tick = Tick {
            word: permission.as_str(),
            name: t.say(&permission.text()),
            hint: t.say(&permission.hint()),
            checked: ticked.has(permission),
        };
        groups
            .last_mut()
            .expect("a group was just begun")
            .ticks
            .push(tick);
    }
    groups
}

/// The roles that `actor` may give: those that allow no more than the actor may do.
pub(crate) fn choices(t: &Text, actor: &Actor, custom: &[CustomRole], chosen: Role) -> Vec<Choice> {
    let built_in = Role::ALL
        .into_iter()
        .map(|role| (role, t.say(role.text()), role.permissions()));
    let own = custom
        .iter()
        .map(|role| (Role::Custom(role.id), role.name.clone(), role.permissions));
    built_in
        .chain(own)
        .filter(|(role, _, permissions)| *role == chosen || permissions.is_within(actor.permissions()))
        .map(|(role, name, _)| Choice::new(role.to_string(), name).chosen_if(role == chosen))
        .collect()
}

#[derive(Template)]
#[template(path = "roles/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) roles: Vec<CustomRole>,
    pub(super) holders: Vec<(Role, i64)>,
    pub(super) may_write: bool,
}

#[derive(Template)]
#[template(path = "roles/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    t: &'a Text,
}

impl<'a> ListPage<'a> {
    pub(super) fn actions(&self) -> ListActions<'a> {
        ListActions { t: self.t }
    }

    fn built_in(&self) -> [Role; 6] {
        Role::ALL
    }

    fn held(&self, role: &Role) -> i64 {
        self.holders
            .iter()
            .find(|(held, _)| held == role)
            .map_or(0, |(_, count)| *count)
    }

    fn held_custom(&self, role: &CustomRole) -> i64 {
        self.held(&Role::Custom(role.id))
    }

    fn allowed_built_in(&self, role: &Role) -> String {
        self.allowed(&role.permissions())
    }

    fn allowed(&self, permissions: &PermissionSet) -> String {
        let names: Vec<String> = permissions
            .iter()
            .map(|permission| self.t.say(&permission.text()))
            .collect();
        if names.len() == Permission::ALL.len() {
            self.t.say("roles-everything")
        } else {
            names.join(", ")
        }
    }
}

#[derive(Template)]
#[template(path = "roles/views/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) t: &'a Text,
    pub(super) action: String,
    pub(super) version: i64,
    pub(super) name: &'a str,
    pub(super) groups: Vec<TickGroup>,
    pub(super) name_error: String,
    pub(super) permissions_error: String,
    pub(super) whole: Option<String>,
}

#[derive(Template)]
#[template(path = "roles/views/form_actions.html")]
pub(super) struct FormActions<'a> {
    pub(super) t: &'a Text,
    pub(super) id: String,
}
