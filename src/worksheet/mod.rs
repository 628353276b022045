//! The worksheet of 6.5: the tables of names, blank or filled, with a picture of the model.

mod picture;
mod sheet;

pub use picture::picture;
pub use sheet::{Sheet, Table};
