//! One change of an edited file, as shell: whether it stands there, and how it is made.

use super::ShellText;
use super::text::written;
use crate::node::Sum;
use crate::op::Change;
use crate::op::effect::OPEN;
use crate::op::reality::{CHANGED_ENTRY, LEFT_OF_BLOCK, is_ours_alone};

impl Change {
    pub(super) fn reality_text(&self, entry: usize) -> ShellText {
        match self {
            Self::AddLine { key, .. } => added_reality(key, entry),
            Self::RemoveLine { .. } => counted(entry)
                .then("case $have in\n'0 0 0') ;;\n'')\n  calha_unread\n  return 0\n  ;;\n'0 '*) ")
                .with(&unless_removed(CHANGED_ENTRY))
                .then(" ;;\n*) is=absent ;;\nesac\n"),
            Self::SetBlock { begin, end, text, .. } => set_block_reality(begin, end, text),
            Self::RemoveBlock { begin, end, sum, lines, only_here } => {
                let lines: Vec<String> = lines.iter().map(|l| setting(l, only_here)).collect();
                removed_block_reality(begin, end, *sum, &lines)
            }
        }
    }

    /// `is_alone`: its edit has no other change, so what is absent of the edit is this.
    pub(super) fn effect_text(&self, entry: usize, is_alone: bool) -> ShellText {
        match self {
            Self::AddLine { line, .. } => {
                let add = ShellText::fixed("calha_last_line || return 1\n")
                    .with(&written(">> \"$n\"", &format!("{line}\n")));
                if is_alone { add } else { unless_there(entry, &add) }
            }
            Self::SetBlock { text, .. } => {
                ShellText::fixed("calha_last_line || return 1\nif test -n \"$opened\"; then\n  ")
                    .with(&written(">> \"$n\"", &format!("{OPEN}\n")))
                    .then("fi\n")
                    .with(&written(">> \"$n\"", text))
            }
            Self::RemoveLine { .. } => {
                ShellText::fixed("calha_without_entry ").plain(entry).then(" || return 1\n")
            }
            Self::RemoveBlock { begin, end, .. } => ShellText::fixed("calha_without_block ")
                .word(&regex(begin))
                .then(" ")
                .word(&regex(end))
                .then(" ")
                .word(end)
                .then(" ")
                .word(OPEN)
                .then(" || return 1\n"),
        }
    }
}

/// What is true of an entry that is added: absent, there once, or differs with what was found.
fn added_reality(key: &str, entry: usize) -> ShellText {
    let several = counted(entry)
        .then(
            r#"case $have in
'0 0 '*) is=absent ;;
'1 0 '*) ;;
*' 0 '*)
  set x $have
  is=differs found="the entry for "#,
        )
        .within_double_quotes(key)
        .then(" stands $2 times\"\n  return 0\n  ;;\n");

    several
        .then(
            r#"'')
  calha_unread
  return 0
  ;;
*)
  is=differs found="#,
        )
        .word(&format!("another entry for {key}"))
        .then("\n  return 0\n  ;;\nesac\n")
}

/// Adds an entry where the copy has none of it: of several some may stand already.
fn unless_there(entry: usize, add: &ShellText) -> ShellText {
    ShellText::fixed("have=`calha_counts ")
        .plain(entry)
        .then(" \"$n\"`\ncase $have in\n'1 0 '*) ;;\n'0 0 '*)\n")
        .with(&add.clone().indented())
        .then("  ;;\n*) return 1 ;;\nesac\n")
}

/// An address of sed(1): the line, whatever stands around it that is not printable ASCII.
fn address(line: &str) -> String {
    format!("/^[^!-~]*{}[^!-~]*$/", regex(line))
}

/// An address of sed(1): a line of a block; where nobody else sets the same, whatever stands around
/// name and value.
fn setting(line: &str, only_here: &[String]) -> String {
    match line.split_once('=') {
        Some((name, value)) if is_ours_alone(line, only_here) => {
            let (name, value) = (regex(name.trim()), regex(value.trim().trim_matches('"')));
            format!("/^[^!-~]*{name}[^!-~]*=[^!-~]*\"*{value}\"*[^!-~]*$/")
        }
        _ => address(line),
    }
}

/// One sed(1) prints what is between the markers, and each line of the end marker once more:
/// nothing without markers, and nothing but the text and that line where they stand once. Only what
/// is odd is looked at again.
fn set_block_reality(begin: &str, end: &str, text: &str) -> ShellText {
    let (b, e) = (address(begin), address(end));

    let print = ShellText::fixed("have=`calha_whole \"$p\" | sed -n -e ")
        .word(&format!("{b},{e}p"))
        .then(" -e ")
        .word(&format!("{e}p"))
        .then(" -e \"/^$calha_end/p\"`\n");

    let judge = ShellText::fixed(
        "if test \"x$have\" = \"x$calha_end\"; then is=absent\nelif test \"x$have\" = x",
    )
    .word(&format!("{text}{end}\n"))
    .then("\"$calha_end\"; then :\n");

    let odd = ShellText::fixed("  have=`calha_whole \"$p\" | sed -n -e ")
        .word(&format!("{b}p"))
        .then(" -e ")
        .word(&format!("{e}p"))
        .then("`\n  if test \"x$have\" = x")
        .word(&format!("{begin}\n{end}"))
        .then(
            r#"; then is=differs found='the block was changed'
  else is=differs found='the markers of the block are damaged'; fi
  return 0
fi
"#,
        );

    print.with(&judge).then("else\n").then(UNREAD).with(&odd)
}

/// What was printed does not end in the mark behind the file's last line.
const UNREAD: &str = r#"  case $have in
  *"$calha_end") ;;
  *)
    calha_unread
    return 0
    ;;
  esac
"#;

/// Of a block that is to be removed only the sum is known, and the addresses of its lines that set
/// something.
fn removed_block_reality(begin: &str, end: &str, sum: Sum, lines: &[String]) -> ShellText {
    let (b, e) = (address(begin), address(end));
    let mut nothing = ShellText::fixed(" :\n");
    if !lines.is_empty() {
        // Not within backquotes, which would eat backslashes.
        let each: Vec<String> = lines.iter().map(|line| format!("{line}p")).collect();
        nothing = ShellText::fixed("\n  want=")
            .word(&each.join("\n"))
            .then("\n  left=`calha_whole \"$p\" | sed -n \"$want\"`\n")
            .then("  if test \"x$left\" = x; then :; else ")
            .with(&unless_removed(LEFT_OF_BLOCK))
            .then("; fi\n");
    }

    let print = ShellText::fixed("have=`calha_whole \"$p\" | sed -n -e ")
        .word(&format!("{b}p"))
        .then(" -e ")
        .word(&format!("{e}p"))
        .then(" -e \"/^$calha_end/p\"`\nif test \"x$have\" = \"x$calha_end\"; then")
        .with(&nothing);
    let stands = ShellText::fixed("elif test \"x$have\" = x")
        .word(&format!("{begin}\n{end}\n"))
        .then("\"$calha_end\"; then\n  set x `calha_whole \"$p\" | sed -n ")
        .word(&format!("/^{}$/,/^{}$/p", regex(begin), regex(end)))
        .then(" | cksum`\n  if test \"x$2 $3\" = 'x")
        .plain(sum)
        .then(
            r#"'; then is=absent; else
    is=differs found='the block was changed'
    return 0
  fi
"#,
        );
    print
        .with(&stands)
        .then("else\n")
        .then(UNREAD)
        .then("  is=differs found='the markers of the block are damaged'\n  return 0\nfi\n")
}

/// What is there besides is somebody else's once ours has just been removed.
fn unless_removed(found: &str) -> ShellText {
    ShellText::fixed("if test -n \"$calha_removed\"; then :; else\n    is=differs found=")
        .word(found)
        .then("\n    return 0\n  fi")
}

/// Sets have to three counts: lines that mean the same, that mean something else at the same place,
/// and that are about it otherwise.
fn counted(entry: usize) -> ShellText {
    ShellText::fixed("have=`calha_counts ").plain(entry).then(" \"$p\"`\n")
}

/// A basic regular expression that matches exactly this text.
fn regex(text: &str) -> String {
    text.chars()
        .flat_map(|c| if ".[]*^$\\/".contains(c) { vec!['\\', c] } else { vec![c] })
        .collect()
}
