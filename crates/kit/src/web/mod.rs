//! What every page is made of: its place in the shell, where its assets stand, how people are drawn.

pub mod assets;
mod page;
mod people;

pub use page::{Crumb, Frame, Page};
pub use people::{hue, initials};
