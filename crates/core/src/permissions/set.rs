//! Which permissions someone has: a bit each, so that asking costs nothing.

use super::Permission;

/// A set of permissions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PermissionSet(u128);

// Each permission has its bit.
const _: () = assert!(Permission::ALL.len() <= 128);

impl PermissionSet {
    /// None.
    pub const NONE: Self = Self(0);

    /// Every permission there is.
    pub fn all() -> Self {
        Permission::ALL.iter().copied().collect()
    }

    /// Reads what [`PermissionSet::words`] wrote. A word that no permission has any more gives nothing.
    pub fn of_words(words: &str) -> Self {
        words
            .split_whitespace()
            .filter_map(|word| word.parse().ok())
            .collect()
    }

    /// Whether `permission` is in it.
    pub const fn has(self, permission: Permission) -> bool {
        self.0 & bit(permission) != 0
    }

    /// What is in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What is in this one and not in `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether nothing is in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether everything in it is in `other` too.
    pub const fn is_within(self, other: Self) -> bool {
        self.without(other).is_empty()
    }

    /// What is in it, in the table's order.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL
            .iter()
            .copied()
            .filter(move |permission| self.has(*permission))
    }

    /// The words of what is in it, for tables and programs: `accounts.read accounts.write`.
    pub fn words(self) -> String {
        self.iter().map(Permission::as_str).collect::<Vec<_>>().join(" ")
    }
}

impl FromIterator<Permission> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        permissions
            .into_iter()
            .fold(Self::NONE, |set, permission| Self(set.0 | bit(permission)))
    }
}

const fn bit(permission: Permission) -> u128 {
    1 << permission as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_survives_its_words_and_forgets_unknown_ones() {
        for permission in Permission::ALL {
            let alone: PermissionSet = [*permission].into_iter().collect();
            assert_eq!(PermissionSet::of_words(&alone.words()), alone);
            assert!(alone.has(*permission) && alone.is_within(PermissionSet::all()));
            assert_eq!(
                PermissionSet::all().without(alone).iter().count(),
                Permission::ALL.len() - 1
            );
        }
        assert_eq!(PermissionSet::of_words("accounts.fly"), PermissionSet::NONE);
    }
}
