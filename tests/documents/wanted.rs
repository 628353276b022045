//! What the guide's profile wants in each document.

use calha::document::{HaBlock, VfstabEntry};
use calha::op::Change;
use calha::profile::guide_values;
use calha::setting::{Instance, Model, resolve};

pub fn guide() -> Instance {
    resolve(&guide_values(Model::Asymmetric))
        .expect("the guide's values are valid")
        .settings
        .instances
        .remove(0)
}

pub fn wanted() -> VfstabEntry {
    VfstabEntry::of(&guide().file_system)
}

pub fn block() -> HaBlock {
    HaBlock::of(&guide()).expect("the guide's values fit")
}

pub fn add_line() -> Change {
    Change::AddLine { line: wanted().line(), key: wanted().mount_point }
}

pub fn set_block() -> Change {
    let HaBlock { begin, end, text } = block();
    Change::SetBlock { begin, end, text, only_here: HaBlock::only_here() }
}
