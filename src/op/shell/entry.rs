//! What stands at a path, as shell: a case over its kind, permissions, owner, sum or target.

use super::ShellText;
use crate::node::{Mode, Sum};

/// A case over type, permissions, owner and group of an entry: what is said where nothing stands,
/// and the arm of what is looked for.
pub(super) fn with_entry(path: &str, missing: &'static str, arm: &ShellText) -> ShellText {
    ShellText::fixed("calha_entry \"$R\"")
        .word(path)
        .then("\ncase $type:$perm:$uid:$gid in\nmissing:*) is=")
        .then(missing)
        .then(" ;;\n")
        .with(arm)
        .then("\n*) is=differs found=\"$type $perm $uid:$gid\" ;;\nesac\n")
}

/// A case over what kind of entry it is: nothing, or the kind that is looked for.
pub(super) fn with_type(
    path: &str,
    missing: &'static str,
    kind: &'static str,
    same: &'static str,
) -> ShellText {
    ShellText::fixed("calha_type \"$R\"")
        .word(path)
        .then("\ncase $type in\nmissing) is=")
        .then(missing)
        .then(" ;;\n")
        .then(kind)
        .then(") is=")
        .then(same)
        .then(" ;;\n*)\n  calha_entry \"$R\"")
        .word(path)
        .then("\n  is=differs found=\"$type $perm $uid:$gid\"\n  ;;\nesac\n")
}

/// A case in which a file counts as the same only with this sum.
pub(super) fn with_sum(
    path: &str,
    missing: &'static str,
    pattern: &ShellText,
    sum: Sum,
    same: &'static str,
) -> ShellText {
    let arm = ShellText::default()
        .with(pattern)
        .then(")\n  calha_sum \"$R\"")
        .word(path)
        .then("\n  if test \"x$sum\" = 'x")
        .plain(sum)
        .then("'; then is=")
        .then(same)
        .then("; else is=differs found='other bytes'; fi\n  ;;");
    with_entry(path, missing, &arm)
}

/// A symbolic link with this target.
pub(super) fn link(
    path: &str,
    target: &str,
    missing: &'static str,
    same: &'static str,
) -> ShellText {
    ShellText::fixed("calha_entry \"$R\"")
        .word(path)
        .then("\ncase $type in\nmissing) is=")
        .then(missing)
        .then(" ;;\nlink) if test \"x$target\" = x")
        .word(target)
        .then("; then is=")
        .then(same)
        .then("; else is=differs found=\"a link to $target\"; fi ;;\n")
        .then("*) is=differs found=\"a $type\" ;;\nesac\n")
}

/// Permissions as ls(1) prints them behind the letter of the kind: `rwxr-xr-x`.
pub(super) fn permissions(mode: Mode) -> ShellText {
    let mut text = ShellText::default();
    for shift in [6, 3, 0] {
        let bits = mode.0 >> shift & 7;
        let special = mode.0 >> (9 + shift / 3) & 1 == 1;
        text = text.then(if bits & 4 != 0 { "r" } else { "-" });
        text = text.then(if bits & 2 != 0 { "w" } else { "-" });
        text = text.then(match (bits & 1 != 0, special, shift) {
            (true, false, _) => "x",
            (false, false, _) => "-",
            (true, true, 0) => "t",
            (false, true, 0) => "T",
            (true, true, _) => "s",
            (false, true, _) => "S",
        });
    }
    text
}
