//! Where the guide speaks of taking away what a step of an installation made (6.9), and what is
//! wrong there: what an undo is traced to. Steps that are no part of an installation have only
//! their own section.

use super::{Citation, Step, StepKind};

impl StepKind {
    /// The section by which what the step made is removed; none where that is its own.
    pub const fn removal(self) -> Option<Citation> {
        use StepKind::*;
        let errata: &[&str] = match self {
            ServiceEnable | HaspEnable | ResourceGroup => &["E38"],
            ServiceResource | HaspResource | LogicalHost => &["E38", "E39"],
            ResourceTypes => &["E40"],
            Record | Preflight | Prerequisites | Accounts | Agent | FileSystem | MountDirectory
            | VfstabEntry | MountGlobal | Software | InstalledTree | SpareSoftware
            | DirectoryServer | Online | HoldPrimary | ConfigurePrimary | CarryState
            | SwitchSecondary | LinkSecondary | ConfigureSecondary | Links | Backup | HaBlock
            | DropState | SwitchBack | Prove | Complete => &["E41"],
            DebugLevel | DebugFile | DebugRetell | DebugSyslog | DebugReload | ServiceStart
            | ServiceStop | ServiceRestart | ServiceFailover | ServiceRemove | AloneDirectory
            | AloneEntry | AloneMount | AloneLink | AloneUnlink | TypeRegister | TypeDown
            | TypeVersion | TypeUp | TypeUnregister => return None,
        };
        Some(Citation { section: "6.9", errata })
    }
}

impl Step {
    /// The section of the guide by which what the step did is undone.
    pub fn undone_by(&self) -> Citation {
        self.id.kind.removal().unwrap_or(self.cite)
    }
}
