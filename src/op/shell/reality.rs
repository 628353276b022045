//! What an operation looks at, as shell: it sets `is`, and `found` to what stands there instead.

use super::entry::{link, permissions, with_entry, with_sum, with_type};
use super::{ShellText, numbers};
use crate::node::{Mode, NodePath, Owner, Sum};
use crate::op::{Change, Op, Run};

impl Op {
    pub(super) fn reality_text(&self) -> ShellText {
        match self {
            Self::Mkdir { path, mount_point: true, .. } => {
                with_type(path.as_str(), "absent", "directory", "present")
            }
            Self::Mkdir { path, mode, owner, mount_point: false } => with_entry(
                path.as_str(),
                "absent",
                &pattern("directory:d", *mode, *owner).then(") is=present ;;"),
            ),

            Self::Rmdir { path } => with_type(path.as_str(), "present", "directory", "absent"),
            Self::Symlink { path, target } => link(path.as_str(), target, "absent", "present"),
            Self::Unlink { path, target } => link(path.as_str(), target, "present", "absent"),

            Self::Install { path, mode, owner, content } => with_sum(
                path.as_str(),
                "absent",
                &pattern("file:-", *mode, *owner),
                Sum::of(content.as_bytes()),
                "present",
            ),

            Self::Copy { from, to, mode } => copy(from, to, *mode),
            Self::Remove { path, sum: Some(sum) } => {
                with_sum(path.as_str(), "present", &ShellText::fixed("file:*"), *sum, "absent")
            }
            Self::Remove { path, sum: None } => {
                with_type(path.as_str(), "present", "file", "absent")
            }

            Self::Edit { path, changes, .. } => edit(path, changes),

            Self::Run(Run { done_when, absent_when, .. }) => ShellText::fixed("if ")
                .with(&done_when.to_shell())
                .then("; then is=present\nelif ")
                .with(&absent_when.to_shell())
                .then("; then is=absent\nelse is=differs ")
                .then("found='neither the state before this step nor the one after it'; fi\n"),
            Self::Operator { done_when, .. } => ShellText::fixed("if ")
                .with(&done_when.to_shell())
                .then("; then is=present; else is=absent; fi\n"),
        }
    }
}

/// An entry of this kind, with permissions, owner and group; what ls(1) appends to permissions is
/// of no interest.
fn pattern(kind: &'static str, mode: Mode, owner: Owner) -> ShellText {
    ShellText::fixed(kind)
        .with(&permissions(mode))
        .then("*:")
        .plain(owner.uid)
        .then(":")
        .plain(owner.gid)
}

/// A copy has the bytes of what it is a copy of, and its mode where none is given.
fn copy(from: &NodePath, to: &NodePath, mode: Option<Mode>) -> ShellText {
    let (from, to) = (from.as_str(), to.as_str());
    let wanted = match mode {
        Some(mode) => ShellText::fixed("want=-").with(&permissions(mode)),
        // What ls(1) appends where there is an access control list is not asked for.
        None => ShellText::fixed("calha_entry \"$R\"").word(from).then(
            r#"
case $perm in
??????????) want=$perm ;;
*) want=`expr "x$perm" : 'x\(..........\)'` ;;
esac"#,
        ),
    };

    wanted
        .then("\ncalha_entry \"$R\"")
        .word(to)
        .then("\ncase $type:$perm in\nmissing:*) is=absent ;;\nfile:$want*)\n  cmp -s \"$R\"")
        .word(from)
        .then(" \"$R\"")
        .word(to)
        .then(
            r#"
  case $? in
  0) is=present ;;
  1) is=differs found='other bytes' ;;
  *) calha_unread ;;
  esac
  ;;
*) is=differs found="$type $perm" ;;
esac
"#,
        )
}

/// A file that is edited, change by change. Where there is none, nothing of ours is left.
fn edit(path: &NodePath, changes: &[Change]) -> ShellText {
    let missing = if changes.iter().all(Change::removes) {
        "if calha_exists \"$p\"; then is=differs found='it cannot be read'; else is=present; fi"
    } else {
        "is=differs found='no such file'"
    };

    let begin = ShellText::fixed("calha_resolve ")
        .word(path.as_str())
        .then("\nif test -f \"$p\" && test -r \"$p\"; then :; else\n  ")
        .then(missing)
        .then("\n  return 0\nfi\nis=present\n");
    changes
        .iter()
        .zip(numbers(changes))
        .fold(begin, |text, (change, entry)| text.with(&change.reality_text(entry)))
}
