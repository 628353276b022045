//! Documents that calha edits on a node: what stands in them, what would make an edit wrong, and
//! how a change looks.
//!
//! A document is lossless: it is the bytes it was parsed from plus an index, so what calha does not
//! understand cannot be spoiled. Nothing here writes. An edit is an [`Op::Edit`](crate::op::Op)
//! that the node's shell carries out; these documents say beforehand whether it may, in terms that
//! an administrator can act on, and are at least as strict as the guard on the node.
//!
//! Contents of files are hostile until shown otherwise: messages and diffs never send a control
//! character to a terminal, and never show the value of a credential.

mod diff;
mod ha_block;
mod ics_conf;
mod ics_conf_misspelt;
mod ics_conf_notices;
mod ics_conf_problems;
mod lines;
mod m4_opening;
mod mask;
mod parameter;
mod shown;
mod syslog_conf;
mod vfstab;
mod vfstab_entry;
mod vfstab_line;
mod vfstab_notices;
mod vfstab_problems;

pub use diff::diff;
pub use ha_block::HaBlock;
pub use ics_conf::IcsConf;
pub use mask::mask;
pub use parameter::Parameter;
pub use syslog_conf::SyslogConf;
pub use vfstab::Vfstab;
pub use vfstab_entry::VfstabEntry;
pub use vfstab_line::VfstabLine;
