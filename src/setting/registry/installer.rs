//! Entries for the Communications Suite installer. Which one it is decides whether a host can have
//! two install roots, and so whether programs have to be on shared disks. The values of "who runs
//! it" are shared by all programs of vendors.

use super::Setting;
use crate::setting::{Choice, Fallback, Group, Kind, Need};

/// Who runs a vendor's program; the same three for all of them.
pub(super) const MODES: Kind = Kind::Choice(&[
    Choice { value: "silent", means: "calha runs it without questions" },
    Choice { value: "attended", means: "calha starts it on your terminal and you answer" },
    Choice { value: "operator", means: "you run it by instructions and calha verifies" },
]);

/// Installation of the packages on each node.
pub const SETTINGS: &[Setting] = &[
    Setting {
        key: "installer.kind",
        kind: Kind::Choice(&[
            Choice {
                value: "suite-5",
                means: "installer of Communications Suite 5: one install root on a host",
            },
            Choice {
                value: "commpkg",
                means: "commpkg of Communications Suite 6: several install roots on a host",
            },
        ]),
        prompt: "Which installer it is",
        help: "Which installer puts Calendar Server on the nodes",
        long: "The installer of Communications Suite 5 installs a product once on a host and \
               refuses a second install root; commpkg allows several. So with the first one a \
               node of several instances has their programs on shared disks \
               (install-root-device). It also says how the program is called.",
        group: Group::Installer,
        source: "6.6.3",
        fallback: Fallback::Fixed("suite-5"),
        need: Need::Always,
    },
    Setting {
        key: "installer.mode",
        kind: MODES,
        prompt: "Who runs the Communications Suite installer",
        help: "Who runs the installer",
        long: "Silent needs a state file recorded with the installer's own -saveState. Calendar \
               Server cannot be configured while it is installed: choose Configure Later in every \
               mode (6.6.3).",
        group: Group::Installer,
        source: "6.6.3",
        fallback: Fallback::Fixed("operator"),
        need: Need::Always,
    },
    Setting {
        key: "installer.program",
        kind: Kind::Path,
        prompt: "Installer program",
        help: "Path of the Communications Suite installer on each node",
        long: "On the medium or a copy of it, at the same place on every node.",
        group: Group::Installer,
        source: "6.6.3",
        fallback: Fallback::None,
        need: Need::When { key: "installer.mode", is: &["silent", "attended"] },
    },
    Setting {
        key: "installer.state-file",
        kind: Kind::Path,
        prompt: "State file of the installer",
        help: "State file on each node, for a silent run",
        long: "Recorded by the installer on a node of the same release. It may contain encoded \
               passwords: mode 0600, in a directory of root's, such as /var/opt/calha-files. %i \
               stands for the name of the instance: where several are \
               installed on one node, each has its install root and needs its own file.",
        group: Group::Installer,
        source: "6.6.3",
        fallback: Fallback::None,
        need: Need::When { key: "installer.mode", is: &["silent"] },
    },
];
