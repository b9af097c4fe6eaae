//! The home page: what needs me now. Features put their panels here; today it shows the book's size and what happened.

mod views;
pub mod web;
