//! Paths and device files on a node. What is taken needs no quoting in a shell, in vfstab or in a
//! list of scrgadm. Whether the path exists there is asked by the preflight checks.

use crate::node::NodePath;
use crate::problem::codes;
use crate::setting::Fault;
use crate::setting::fault::shown;

/// Longest path that Solaris takes (PATH_MAX is 1024 with the final NUL).
const LONGEST: usize = 1023;

/// An absolute path on a node.
pub fn path(text: &str) -> Result<(), Fault> {
    let remedy = "write an absolute path of letters, digits and . _ - @ % + , : = without '..' \
                  and without a slash at the end";
    if text.len() > LONGEST {
        return Err(Fault::new(
            codes::SETTING_PATH,
            format!("is {} bytes long", text.len()),
            format!("Solaris takes {LONGEST} bytes"),
        ));
    }
    NodePath::new(text).map(drop).map_err(|_| Fault::new(codes::SETTING_PATH, reason(text), remedy))
}

/// A path that stands in a list of `scrgadm -x`, such as FilesystemMountPoints.
pub fn listed(text: &str) -> Result<(), Fault> {
    path(text)?;
    if text == "/" {
        return Err(Fault::new(
            codes::SETTING_PATH,
            "is the root directory",
            "name a directory of its own",
        ));
    }
    match text.chars().find(|&c| ",:=%".contains(c)) {
        Some(bad) => {
            let what = format!("contains {bad:?}: {}", shown(text));
            Err(Fault::new(
                codes::SETTING_PATH,
                what,
                "the path becomes part of a list of scrgadm, which would read that character as \
                 syntax; leave it out",
            ))
        }
        None => Ok(()),
    }
}

/// A device file of vfstab.
pub fn device(text: &str) -> Result<(), Fault> {
    path(text)?;
    if text.starts_with("/dev/") || text.starts_with("/devices/") {
        return Ok(());
    }
    Err(Fault::new(
        codes::SETTING_PATH,
        format!("{} is not a device", shown(text)),
        "name a file below /dev, such as /dev/md/penguin/dsk/d400",
    ))
}

/// Why `NodePath` refuses a path. Its own message repeats the text, which the key and an excerpt
/// already show.
fn reason(text: &str) -> String {
    if text.is_empty() {
        return "is empty".into();
    }
    if !text.starts_with('/') {
        return format!("{} is not an absolute path", shown(text));
    }
    if let Some(bad) = text.chars().find(|&c| NodePath::new(format!("/x{c}x")).is_err() && c != '/')
    {
        return format!("{} contains {bad:?}, which cannot stand in a path on a node", shown(text));
    }
    match text[1..].split('/').find(|part| matches!(*part, "" | "." | "..")) {
        Some("") => format!("{} has an empty component", shown(text)),
        Some(part) => format!("{} contains '{part}'", shown(text)),
        None => format!("{} is not a path that can stand on a node", shown(text)),
    }
}
