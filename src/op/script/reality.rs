//! What an operation looks at, as shell: it sets `is`, and `found` to what stands there instead.

use super::entry::{link, permissions, with_entry, with_sum, with_type};
use super::numbers;
use crate::op::{Change, Mode, NodePath, Op, Sum, quote};

impl Op {
    pub(super) fn reality_text(&self) -> String {
        match self {
            Self::Mkdir { path, mount_point: true, .. } => {
                with_type(path.as_str(), "missing) is=absent ;;", "directory) is=present ;;")
            }
            Self::Mkdir { path, mode, owner, mount_point: false } => with_entry(
                path.as_str(),
                "missing) is=absent ;;",
                &format!(
                    "directory:{}*:{}:{}) is=present ;;",
                    permissions('d', mode.0),
                    owner.uid,
                    owner.gid
                ),
            ),
            Self::Rmdir { path } => {
                with_type(path.as_str(), "missing) is=present ;;", "directory) is=absent ;;")
            }
            Self::Symlink { path, target } => link(path.as_str(), target, "absent", "present"),
            Self::Unlink { path, target } => link(path.as_str(), target, "present", "absent"),
            Self::Install { path, mode, owner, content } => with_sum(
                path.as_str(),
                "missing) is=absent ;;",
                &format!("file:{}*:{}:{}", permissions('-', mode.0), owner.uid, owner.gid),
                &Sum::of(content.as_bytes()).to_string(),
                "present",
            ),
            Self::Copy { from, to, mode } => copy(from, to, *mode),
            Self::Remove { path, sum: Some(sum) } => with_sum(
                path.as_str(),
                "missing) is=present ;;",
                "file:*",
                &sum.to_string(),
                "absent",
            ),
            Self::Remove { path, sum: None } => {
                with_type(path.as_str(), "missing) is=present ;;", "file) is=absent ;;")
            }
            Self::Edit { path, changes, .. } => edit(path, changes),
            Self::Run { done_when, absent_when, .. } => format!(
                "if {}; then is=present\nelif {}; then is=absent\nelse is=differs found='neither done nor absent'; fi\n",
                done_when.to_shell(),
                absent_when.to_shell()
            ),
            Self::Operator { done_when, .. } => {
                format!("if {}; then is=present; else is=absent; fi\n", done_when.to_shell())
            }
        }
    }
}

/// A copy has the bytes of what it is a copy of, and its mode where none is given.
fn copy(from: &NodePath, to: &NodePath, mode: Option<Mode>) -> String {
    let perm = match mode {
        Some(mode) => format!("want={}", permissions('-', mode.0)),
        // What ls(1) appends where there is an access control list is not asked for.
        None => format!(
            "calha_entry \"$R\"{}\ncase $perm in\n??????????) want=$perm ;;\n*) want=`expr \"x$perm\" : 'x\\(..........\\)'` ;;\nesac",
            quote(from.as_str())
        ),
    };

    format!(
        "{perm}\ncalha_entry \"$R\"{to}\ncase $type:$perm in\nmissing:*) is=absent ;;\nfile:$want*)\n  cmp -s \"$R\"{from} \"$R\"{to}\n  case $? in\n  0) is=present ;;\n  1) is=differs found='other bytes' ;;\n  *) calha_unread ;;\n  esac\n  ;;\n*) is=differs found=\"$type $perm\" ;;\nesac\n",
        from = quote(from.as_str()),
        to = quote(to.as_str())
    )
}

/// A file that is edited, change by change. Where there is none, nothing of ours is left.
fn edit(path: &NodePath, changes: &[Change]) -> String {
    let missing = if changes.iter().all(Change::removes) {
        "if calha_exists \"$p\"; then is=differs found='it cannot be read'; else is=present; fi"
    } else {
        "is=differs found='no such file'"
    };

    let mut text = format!(
        "calha_resolve {}\nif test -f \"$p\" && test -r \"$p\"; then :; else\n  {missing}\n  return 0\nfi\nis=present\n",
        quote(path.as_str()),
    );
    for (change, entry) in changes.iter().zip(numbers(changes)) {
        text.push_str(&change.reality_text(entry));
    }
    text
}
