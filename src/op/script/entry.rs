//! What stands at a path, as shell: a case over its kind, permissions, owner, sum or target.

use crate::op::quote;

/// A case over type, permissions, owner and group of an entry.
pub(super) fn with_entry(path: &str, first: &str, second: &str) -> String {
    format!(
        "calha_entry \"$R\"{}\ncase $type:$perm:$uid:$gid in\n{}\n{second}\n*) is=differs found=\"$type $perm $uid:$gid\" ;;\nesac\n",
        quote(path),
        first.replacen("missing)", "missing:*)", 1)
    )
}

/// A case over what kind of entry it is.
pub(super) fn with_type(path: &str, first: &str, second: &str) -> String {
    let path = quote(path);
    format!(
        "calha_type \"$R\"{path}\ncase $type in\n{first}\n{second}\n*)\n  calha_entry \"$R\"{path}\n  is=differs found=\"$type $perm $uid:$gid\"\n  ;;\nesac\n"
    )
}

pub(super) fn with_sum(path: &str, first: &str, pattern: &str, sum: &str, same: &str) -> String {
    let arm = format!(
        "{pattern})\n  calha_sum \"$R\"{}\n  if test \"x$sum\" = 'x{sum}'; then is={same}; else is=differs found='other bytes'; fi\n  ;;",
        quote(path)
    );
    with_entry(path, first, &arm)
}

pub(super) fn link(path: &str, target: &str, missing: &str, same: &str) -> String {
    format!(
        "calha_entry \"$R\"{}\ncase $type in\nmissing) is={missing} ;;\nlink) if test \"x$target\" = x{}; then is={same}; else is=differs found=\"a link to $target\"; fi ;;\n*) is=differs found=\"a $type\" ;;\nesac\n",
        quote(path),
        quote(target)
    )
}

/// `drwxr-xr-x` as ls(1) prints it.
pub(super) fn permissions(letter: char, mode: u32) -> String {
    let mut text = String::from(letter);
    for shift in [6, 3, 0] {
        let bits = mode >> shift & 7;
        let special = mode >> (9 + shift / 3) & 1 == 1;
        text.push(if bits & 4 != 0 { 'r' } else { '-' });
        text.push(if bits & 2 != 0 { 'w' } else { '-' });
        text.push(match (bits & 1 != 0, special, shift) {
            (true, false, _) => 'x',
            (false, false, _) => '-',
            (true, true, 0) => 't',
            (false, true, 0) => 'T',
            (true, true, _) => 's',
            (false, true, _) => 'S',
        });
    }
    text
}
