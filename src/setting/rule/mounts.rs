use super::Of;
use crate::problem::Problem;

/// The kind of the file system, mounting at boot and the option `global` go together (6.6.1, E42).
pub fn check(of: &Of<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let Some(kind) = of.text("file-system") else { return problems };
    if kind == "failover" && of.text("mount-at-boot") == Some("yes") {
        let remedy = "HAStoragePlus mounts it on one node; mounted by both at boot it is destroyed: write \"no\" (E42)";
        problems.push(of.conflict("mount-at-boot", "is yes for a failover file system", remedy));
    }
    let Some(options) = of.text("mount-options") else { return problems };
    let global = options.split(',').any(|option| option == "global");
    if kind == "cluster" && !global {
        problems.push(of.conflict(
            "mount-options",
            "lacks global for a cluster file system",
            "write \"global,logging\" (6.6.1)",
        ));
    }
    if kind == "failover" && global {
        let remedy = "write \"logging\", or file-system = \"cluster\" (6.6.1)";
        problems.push(of.conflict(
            "mount-options",
            "contains global for a failover file system",
            remedy,
        ));
    }
    problems
}
