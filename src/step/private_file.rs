//! Whether a state file or a password file on a node may be given to a program that runs as root:
//! a regular file of root's that nobody else can read, change or replace. The content is not
//! looked at, and neither is whether the file is there.

use super::{Asked, Guard};
use crate::node::{Command, NodeName, NodePath};
use crate::op::Check;
use crate::problem::codes;

/// A directory that the remedy makes, of root's alone. The example profiles name it.
const KEPT: &str = "/var/opt/calha-files";

/// What is wrong with the file itself, and with the directories above it, before the first change.
pub(super) fn guards(key: &str, file: &NodePath, nodes: Vec<NodeName>) -> [Guard; 2] {
    let asked = Asked::Each(nodes);
    let (exposed, replaceable) = (exposed(file), replaceable(file));

    let of_file = Guard::new(
        codes::FILE_EXPOSED,
        asked.clone(),
        Check::Other { command: exposed, than: Vec::new() },
        format!("{file} is not a regular file of root's with mode 0600"),
    )
    .showing(Command::new("/usr/bin/ls", ["-ldn", file.as_str()]))
    .hint(
        format!(
            "others may have written it: look at what it says; then run, as root: chown root \
             {file}; chmod 600 {file}. In the place of a link make a new file"
        ),
        "6.6.3",
    );

    let kept = format!("{KEPT}/{}", file.file_name());
    let of_directory = Guard::new(
        codes::FILE_EXPOSED,
        asked,
        Check::Other { command: replaceable.clone(), than: Vec::new() },
        format!("others can put another file in the place of {file}, by a directory above it"),
    )
    .showing(replaceable)
    .hint(
        format!(
            "look at what it says; then run, as root: mkdir -m 700 {KEPT}; mv {file} {kept}; \
             chown root {kept}; chmod 600 {kept}; and set {key} to {kept} in the profile"
        ),
        "6.6.3",
    );
    [of_file, of_directory]
}

/// Prints the file where it is something else than root's alone.
fn exposed(file: &NodePath) -> Command {
    let mut args = vec![file.as_str(), "-prune", "(", "!", "-type", "f", "-o", "!", "-user", "0"];
    for bit in ["-040", "-020", "-010", "-004", "-002", "-001"] {
        args.extend(["-o", "-perm", bit]);
    }
    args.extend([")", "-print"]);
    Command::new("/usr/bin/find", args)
}

/// Prints each directory above the file in which somebody else can replace what is root's. Where
/// everybody may write, the sticky bit keeps others from that, as in /var/tmp.
fn replaceable(file: &NodePath) -> Command {
    let above: Vec<NodePath> = std::iter::successors(file.parent(), NodePath::parent).collect();
    let names = above.iter().rev().map(NodePath::as_str);
    let others = "-prune ( ! -user 0 -o -type d -perm -002 ! -perm -1000 ) -print";
    Command::new("/usr/bin/find", names.chain(others.split(' ')))
}
