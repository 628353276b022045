//! The files that edits are tried on: with the entry, without it, and with what somebody made of
//! it.

use calha::op::effect::OPEN;
use calha::op::{Change, Format, Op};

use crate::support::path;

pub const LINE: &str =
    "/dev/md/penguin/dsk/d400\t/dev/md/penguin/rdsk/d400\t/cal\tufs\t2\tno\tlogging";

/// More than the awk(1) of Solaris takes as a text.
pub fn long() -> String {
    LINE.replace("penguin", &"penguin".repeat(10))
}

/// What would have to be written otherwise in an awk(1) program.
pub fn odd() -> String {
    LINE.replace("logging", "a=\"b\\c\\\\d\"")
}

pub const BEGIN: &str = "! BEGIN calha HA block cal";

pub const END: &str = "! END calha HA block cal";

pub fn block() -> String {
    format!(
        "{BEGIN}\nlocal.server.ha.enabled=\"yes\"\nlocal.hostname=\"it's $HOME `x` \\ \"\n{END}\n"
    )
}

pub const SYSLOG: &str = "daemon.debug\t/var/adm/clusterlog";

/// How the names of parameters begin that nothing but the block sets.
pub fn only_here() -> Vec<String> {
    calha::document::HaBlock::only_here()
}

/// The lines of the block that set something.
pub fn settings() -> Vec<String> {
    block().lines().filter(|line| !line.starts_with('!')).map(String::from).collect()
}

/// Files with an entry that means the same, or became another.
pub fn entries() -> Vec<String> {
    vec![
        format!("{}\n", LINE.replace('\t', "  ")),
        format!(" {} \t\nlast", LINE.replace('\t', " ")),
        format!("first\n{LINE}\n{}\n", LINE.replace('\t', " ")),
        format!("# dos\r\n{LINE}\r\n"),
        LINE.replace("\tno\t", "\tyes\t") + "\n",
        LINE.replace("\t2\t", "\t02\t") + "\n",
        LINE.replace("/cal\t", "/cal/\t") + "\n",
        LINE.replace("/cal\t", "//cal\t") + "\n",
        LINE.replace("/cal\t", "/other\t") + "\n",
        format!("{LINE}\n{}\n", LINE.replace("/cal\t", "/other\t")),
        format!("{LINE} x\n"),
        format!("#{LINE}\n \n\t\n"),
        LINE.replace("/cal\t", "/./cal/.\t") + "\n",
        LINE.replace("/cal\t", "/cal/..\t") + "\n",
        LINE.replace("/cal\t", "/other\t").replace("/dev/", "/dev//") + "\n",
        LINE.replace("/cal\t", "cal\t").replace("/dev/", "dev/") + "\n",
        LINE.replace("/cal\t", "/other\t").replace("/dev/", "/dev/./") + " x y\n",
    ]
}

/// The same of syslog.conf.
pub fn selectors() -> Vec<String> {
    vec![
        format!("{SYSLOG}\n"),
        format!("x\n{}", SYSLOG.replace('\t', "\t\t")),
        format!("{SYSLOG} \n*.err\t/dev/console\n"),
        format!("{}\n", SYSLOG.replace('\t', "  ")),
        format!("{SYSLOG}\r\n"),
        format!("{SYSLOG}\n{SYSLOG}\n"),
        format!("{}\n{SYSLOG}\n", SYSLOG.replace("debug", "info")),
        format!("{SYSLOG}2\n#{SYSLOG}\n"),
    ]
}

/// Files with what somebody made of a block.
pub fn blocks() -> Vec<String> {
    vec![
        format!("before\n{BEGIN} \nx\n{END}\n"),
        block().replace('\n', "\r\n"),
        format!("before\n{}", block()).replace(END, &format!("  {END}")),
        format!("\u{feff}{}", block()),
        block().replace("cal\n", "cal2\n"),
        "before\nlocal.server.ha.enabled=\"yes\"\nafter\n".to_owned(),
        "before\nlocal.hostname=\"it's $HOME `x` \\ \"\t\r\n".to_owned(),
        "local.server.ha.enabled = \"yes\"\n!local.server.ha.enabled=\"yes\"\n".to_owned(),
        "local.server.ha.enabled = \"yes\"\n".to_owned(),
        "local.server.ha.enabled\t=\tyes\r\n".to_owned(),
        "local.server.ha.enabled=\"yes\nx".to_owned(),
        "local.server.ha.enabled=\" yes\"\nlocal.server.ha.enabled=yes!\n".to_owned(),
        "local.server.ha.enabled: yes\nlocal.server.ha.enabled=no\n".to_owned(),
        format!("{END}\n{BEGIN}\n"),
        format!("open\n{OPEN}\n{}", block()),
        format!("open\n{OPEN}\n{}later\n", block()),
        format!("open\n{OPEN}\n{}later", block()),
        format!("{OPEN}\n{}", block()),
        format!("\n{OPEN}\n{}", block()),
        format!("open\n{OPEN}\nmine\n{}", block()),
        format!("first\n{}{BEGIN}", block()),
        format!("first\n{}", block()).trim_end().to_owned(),
    ]
}

pub fn add_entry() -> Op {
    Op::Edit {
        path: path("/etc/vfstab"),
        format: Format::Vfstab,
        changes: vec![Change::AddLine { line: LINE.into(), key: "/cal".into() }],
        undoes: None,
    }
}

pub fn set_block() -> Op {
    set_block_in("/etc/conf")
}

/// The block of [`block`] is put into this file.
pub fn set_block_in(file: &str) -> Op {
    Op::Edit {
        path: path(file),
        format: Format::IcsConf,
        changes: vec![Change::SetBlock {
            begin: BEGIN.into(),
            end: END.into(),
            text: block(),
            only_here: only_here(),
        }],
        undoes: None,
    }
}
