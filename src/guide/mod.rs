//! Guides: settings in, steps out, in the order in which they must be done.

mod asymmetric;
#[allow(clippy::module_inception)]
mod guide;

pub use guide::Guide;
