//! What the guide's profile wants in each document, and documents as they come.

use calha::document::{HaBlock, VfstabEntry};
use calha::op::Change;
use calha::profile::guide_values;
use calha::setting::{Instance, Model, resolve};

pub const VFSTAB: &str = "#device\t\tdevice\t\tmount\n#\nfd\t-\t/dev/fd\tfd\t-\tno\t-\n\
    /dev/dsk/c0t0d0s1\t-\t-\tswap\t-\tno\t-\n\n\
                      /dev/did/dsk/d1s3 /dev/did/rdsk/d1s3 /global/.devices/node@1 ufs 2 no global\n";

pub const ICS_CONF: &str = "!\n! Calendar Server\n!\nlocal.hostname = \"node1\"\n\
    service.http.port=\"80\"\nservice.http.port=\"8080\"\n\
    !!service.listenaddr = \"INADDR_ANY\"\n!local.servername=\"x\"\n\
    local.enduseradmincred = \"geheim\"\n";

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

pub fn remove_block() -> Change {
    let HaBlock { begin, end, text } = block();
    let lines = text.lines().filter(|l| !l.starts_with('!')).map(String::from).collect();
    let sum = calha::node::Sum::of(text.as_bytes());
    Change::RemoveBlock { begin, end, sum, lines, only_here: HaBlock::only_here() }
}

pub const SYSLOG_ENTRY: &str = "daemon.debug\t/var/adm/clusterlog";
