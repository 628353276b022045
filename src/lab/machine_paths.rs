//! Where a root that is entered for real keeps what is the machine's: paths below `/.machine`, as a
//! process inside sees them. `real_root` puts it there.

/// The name under which calha runs as a program of the lab.
pub(crate) const CALHA: &str = "/.machine/calha-itself";

/// The node's own directory, through the lab.
pub(crate) const NODE: &str = "/.machine/node";

/// The machine's loader: the path by which the kernel would look for it belongs to the node.
pub(crate) const LOADER: &str = "/.machine/loader";

/// The machine's libraries; build.rs tells calha itself.
pub(crate) const LIBRARIES: &str = "/.machine/lib";

/// The machine's commands.
pub(crate) const COMMANDS: &str = "/.machine/bin";
