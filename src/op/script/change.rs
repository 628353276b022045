//! One change of an edited file, as shell: whether it stands there, and how it is made.

use super::text::written;
use crate::op::effect::OPEN;
use crate::op::reality::{CHANGED_ENTRY, LEFT_OF_BLOCK};
use crate::op::{Change, Sum, quote};

impl Change {
    pub(super) fn reality_text(&self, entry: usize) -> String {
        match self {
            Self::AddLine { key, .. } => format!(
                "{}case $have in\n'0 0 '*) is=absent ;;\n'1 0 '*) ;;\n*' 0 '*)\n  set x $have\n  is=differs found=\"the entry for {key} stands $2 times\"\n  return 0\n  ;;\n'')\n  calha_unread\n  return 0\n  ;;\n*)\n  is=differs found='another entry for {key}'\n  return 0\n  ;;\nesac\n",
                counted(entry)
            ),
            Self::RemoveLine { .. } => format!(
                "{}case $have in\n'0 0 0') ;;\n'')\n  calha_unread\n  return 0\n  ;;\n'0 '*) {} ;;\n*) is=absent ;;\nesac\n",
                counted(entry),
                unless_removed(CHANGED_ENTRY)
            ),
            Self::SetBlock { begin, end, text } => set_block_reality(begin, end, text),
            Self::RemoveBlock { begin, end, sum, lines } => {
                removed_block_reality(begin, end, *sum, lines)
            }
        }
    }

    pub(super) fn effect_text(&self, entry: usize) -> String {
        match self {
            Self::AddLine { line, .. } => {
                format!(
                    "calha_last_line || return 1\n{}",
                    written(">> \"$n\"", &format!("{line}\n"))
                )
            }
            Self::SetBlock { text, .. } => format!(
                "calha_last_line || return 1\nif test -n \"$opened\"; then\n  {}fi\n{}",
                written(">> \"$n\"", &format!("{OPEN}\n")),
                written(">> \"$n\"", text)
            ),
            Self::RemoveLine { .. } => format!("calha_without_entry {entry} || return 1\n"),
            Self::RemoveBlock { begin, end, .. } => format!(
                "calha_without_block {} {} {} {} || return 1\n",
                quote(&regex(begin)),
                quote(&regex(end)),
                quote(end),
                quote(OPEN)
            ),
        }
    }
}

/// An address of sed(1): the line, whatever stands around it that is not printable ASCII.
fn address(line: &str) -> String {
    format!("/^[^!-~]*{}[^!-~]*$/", regex(line))
}

/// An address of sed(1): a line that sets the same, whatever stands around the name and the value.
fn setting(line: &str) -> String {
    match line.split_once('=') {
        Some((name, value)) => {
            let (name, value) = (regex(name.trim()), regex(value.trim().trim_matches('"')));
            format!("/^[^!-~]*{name}[^!-~]*=[^!-~]*\"*{value}\"*[^!-~]*$/")
        }
        None => address(line),
    }
}

/// One sed(1) prints what is between the markers, and each line of the end marker once more:
/// nothing without markers, and nothing but the text and that line where they stand once. Only what
/// is odd is looked at again.
fn set_block_reality(begin: &str, end: &str, text: &str) -> String {
    let (b, e) = (address(begin), address(end));
    let print = format!(
        "have=`calha_whole \"$p\" | sed -n -e '{b},{e}p' -e '{e}p' -e \"/^$calha_end/p\"`\n"
    );
    let judge = format!(
        "if test \"x$have\" = \"x$calha_end\"; then is=absent\nelif test \"x$have\" = x{}\"$calha_end\"; then :\n",
        quote(&format!("{text}{end}\n")),
    );
    let odd = format!(
        "  have=`calha_whole \"$p\" | sed -n -e '{b}p' -e '{e}p'`\n  if test \"x$have\" = x{}; then is=differs found='the block was changed'\n  else is=differs found='the markers of the block are damaged'; fi\n  return 0\nfi\n",
        quote(&format!("{begin}\n{end}")),
    );
    print + &judge + "else\n" + UNREAD + &odd
}

/// What was printed does not end in the mark behind the file's last line.
const UNREAD: &str = "  case $have in\n  *\"$calha_end\") ;;\n  *)\n    calha_unread\n    return 0\n    ;;\n  esac\n";

/// Of a block that is to be removed only the sum is known, and the lines that set something.
fn removed_block_reality(begin: &str, end: &str, sum: Sum, lines: &[String]) -> String {
    let (b, e) = (address(begin), address(end));
    let mut nothing = String::from(" :\n");
    if !lines.is_empty() {
        // Not within backquotes, which would eat backslashes.
        let each: Vec<String> = lines.iter().map(|line| setting(line) + "p").collect();
        nothing = format!(
            "\n  want={}\n  left=`calha_whole \"$p\" | sed -n \"$want\"`\n  if test \"x$left\" = x; then :; else {}; fi\n",
            quote(&each.join("\n")),
            unless_removed(LEFT_OF_BLOCK)
        );
    }
    let print = format!(
        "have=`calha_whole \"$p\" | sed -n -e '{b}p' -e '{e}p' -e \"/^$calha_end/p\"`\nif test \"x$have\" = \"x$calha_end\"; then{nothing}"
    );
    let stands = format!(
        "elif test \"x$have\" = x{both}\"$calha_end\"; then\n  set x `calha_whole \"$p\" | sed -n '/^{rb}$/,/^{re}$/p' | cksum`\n  if test \"x$2 $3\" = 'x{sum}'; then is=absent; else\n    is=differs found='the block was changed'\n    return 0\n  fi\n",
        both = quote(&format!("{begin}\n{end}\n")),
        rb = regex(begin),
        re = regex(end),
    );
    let odd = "  is=differs found='the markers of the block are damaged'\n  return 0\nfi\n";
    print + &stands + "else\n" + UNREAD + odd
}

/// What is there besides is somebody else's once ours has just been removed.
fn unless_removed(found: &str) -> String {
    format!(
        "if test -n \"$calha_removed\"; then :; else\n    is=differs found={}\n    return 0\n  fi",
        quote(found)
    )
}

/// Sets have to three counts: lines that mean the same, that mean something else at the same place,
/// and that are about it otherwise.
fn counted(entry: usize) -> String {
    format!("have=`calha_counts {entry} \"$p\"`\n")
}

/// A basic regular expression that matches exactly this text.
fn regex(text: &str) -> String {
    text.chars()
        .flat_map(|c| if ".[]*^$\\/".contains(c) { vec!['\\', c] } else { vec![c] })
        .collect()
}
