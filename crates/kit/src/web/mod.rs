//! What every page is made of: its place in the shell, the values its parts take, where its assets stand.

pub mod api;
pub mod assets;
mod failure;
mod linked;
mod notice;
mod onward;
mod page;
mod parts;
mod path;
mod people;
mod query;
mod sent;
pub mod table;
mod upload;

pub use failure::{Code, Failure, GENERAL, Misfit, NOT_FOUND};
pub use linked::{Piece, linked, pieces};
pub use notice::Notice;
pub use onward::Onward;
pub use page::{Crumb, Frame, Page};
pub use parts::{Choice, Column, Filled, Order, Tab};
pub use path::{is_own_path, known};
pub use people::{hue, initials};
pub use query::address;
pub use sent::Sent;
pub use upload::{Content, Upload, UploadPart, Uploads, plain_name};
