//! A package of ACME's print queue on the nodes of a lab on disk: a registration file and its methods.

use std::os::unix::fs::PermissionsExt as _;

use calha::lab::Disk;
use calha::node::NodeName;

/// Puts a version's registration file and its methods on both nodes.
pub fn deliver(lab: &Disk, version: &str, directives: &str) {
    for name in ["Node1", "Node2"] {
        let base = lab.root(&NodeName(name.into())).join("opt/ACMEqueue");
        std::fs::create_dir_all(base.join("etc")).unwrap();
        std::fs::create_dir_all(base.join(version)).unwrap();
        let text = format!(
            "RESOURCE_TYPE = \"queue\";\nVENDOR_ID = ACME;\nRT_VERSION = \"{version}\";\n\
             API_VERSION = 2;\nFAILOVER = TRUE;\nRT_BASEDIR = /opt/ACMEqueue/{version};\n\
             START = start;\nSTOP = stop;\nVALIDATE = validate;\nMONITOR_START = mon_start;\n\
             MONITOR_STOP = mon_stop;\n{directives}"
        );
        std::fs::write(base.join(format!("etc/queue.{version}")), text).unwrap();
        for method in ["start", "stop", "validate", "mon_start", "mon_stop"] {
            let at = base.join(version).join(method);
            std::fs::write(&at, "#!/bin/sh\n").unwrap();
            std::fs::set_permissions(&at, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
    }
}
