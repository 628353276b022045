//! Entries for csconfigurator.sh: who runs it, and with which options. The guide names no option
//! for its state file (E32), so each option can be changed for a release that wants another.

use super::Setting;
use super::installer::MODES;
use crate::setting::{Fallback, Group, Kind, Need};

/// csconfigurator.sh, which runs on both nodes.
pub const SETTINGS: &[Setting] = &[
    Setting {
        key: "configurator.mode",
        kind: MODES,
        prompt: "Who runs csconfigurator.sh",
        help: "Who runs the configurator on the primary node",
        long: "The guide answers its panels on the primary node and uses the recorded state file \
               on the secondary (6.6.3). Attended does just that; silent uses a state file on \
               both.",
        group: Group::Configurator,
        source: "6.6.3",
        fallback: Fallback::Fixed("attended"),
        need: Need::Always,
    },
    Setting {
        key: "configurator.state-file",
        kind: Kind::Path,
        prompt: "State file of the configurator",
        help: "State file on the primary node: given for a silent run, else recorded there, in \
               calha's own directory unless it is named",
        long: "The guide tells to use the state file but gives no option for it (E32). It holds \
               encoded passwords: mode 0600, in a directory of root's, such as \
               /var/opt/calha-files. A run that is recorded needs none: the file is then in \
               calha's own directory on the node, which goes with an uninstallation.",
        group: Group::Configurator,
        source: "6.6.3, E32",
        fallback: Fallback::None,
        need: Need::When { key: "configurator.mode", is: &["silent"] },
    },
    Setting {
        key: "configurator.state-option",
        kind: Kind::Option,
        prompt: "Option that reads a state file",
        help: "Option with which the configurator reads a state file",
        long: "-state in all programs of this family; the guide's command has none (E32).",
        group: Group::Configurator,
        source: "E32",
        fallback: Fallback::Fixed("-state"),
        need: Need::Always,
    },
    Setting {
        key: "configurator.record-option",
        kind: Kind::Option,
        prompt: "Option that records a state file",
        help: "Option with which the configurator records a state file",
        long: "-saveState in all programs of this family.",
        group: Group::Configurator,
        source: "6.6.3",
        fallback: Fallback::Fixed("-saveState"),
        need: Need::Always,
    },
    Setting {
        key: "configurator.options",
        kind: Kind::Options,
        prompt: "Options of a silent run",
        help: "Options of a run without questions",
        long: "As the guide prints them for the secondary node (6.6.3). No password may stand \
               here: a command line is seen by everybody.",
        group: Group::Configurator,
        source: "6.6.3",
        fallback: Fallback::Fixed("-nodisplay -noconsole -novalidate"),
        need: Need::Always,
    },
];
