//! The page on which agents look after what lets them in: sessions, password, second step, passkeys.

mod device;
mod page;
mod picture;
mod proof;
mod second_step;
mod views;
pub mod web;

pub(in crate::doors) use page::refusal;
pub(in crate::doors) use proof::{is_them, who as whose};

/// Where the page is.
pub(in crate::doors) const ADDRESS: &str = "/settings/security";
