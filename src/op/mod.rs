//! Operations: everything that may change a node, as data.

mod command;
mod mode;
mod node_path;
mod owner;
mod sum;

pub use command::Command;
pub use mode::Mode;
pub use node_path::NodePath;
pub use owner::Owner;
pub use sum::Sum;
