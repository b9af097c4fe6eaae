//! The home page: what needs me now. It shows the panels that features registered, for each person those of their work;
//! its own one is what happened last.

mod views;
pub mod web;

use crate::panels::{Panel, Place, Width};
use crate::permissions::Permission;

/// The panel of what happened last.
pub const NEWEST: Panel = Panel {
    width: Width::Line,
    lines: 6,
    ..Panel::new("newest", Place::Home, Permission::AccountsRead, "/home/newest")
};
