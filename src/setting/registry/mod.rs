//! The one list of settings. A group of settings has a file; a test walks the whole list.

mod account;
mod address;
mod cluster;
mod configurator;
mod directories;
mod directory;
mod file_system;
mod installer;
mod limit;
mod lookup;
mod panels;
mod resources;
mod setting;

pub use lookup::{Found, lookup, matching};
pub use setting::Setting;
pub(in crate::setting) use setting::{fill, is_placeholder};

/// The groups, in the order of the guide. What a default is derived from comes before it.
const GROUPS: [&[Setting]; 11] = [
    cluster::SETTINGS,
    account::SETTINGS,
    directories::SETTINGS,
    file_system::SETTINGS,
    panels::SETTINGS,
    resources::SETTINGS,
    address::SETTINGS,
    installer::SETTINGS,
    configurator::SETTINGS,
    directory::SETTINGS,
    limit::SETTINGS,
];

/// Every setting, in the order of the guide.
pub fn registry() -> impl Iterator<Item = &'static Setting> {
    GROUPS.iter().flat_map(|group| group.iter())
}
