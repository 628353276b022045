//! What an operation does, as shell: its status says whether that could be done.

use super::text::{printed, written};
use super::{ShellText, numbers};
use crate::node::{Mode, NodePath, Owner};
use crate::op::{Change, Op, Run, Stdin};

impl Op {
    pub(super) fn effect_text(&self) -> ShellText {
        match self {
            Self::Mkdir { path, mode, owner, .. } => mkdir(path, *mode, *owner),
            Self::Rmdir { path } => ShellText::fixed("rmdir \"$R\"").word(path.as_str()).then("\n"),

            Self::Symlink { path, target } => ShellText::fixed("ln -s ")
                .word(target)
                .then(" \"$R\"")
                .word(path.as_str())
                .then("\n"),
            Self::Unlink { path, .. } | Self::Remove { path, .. } => {
                ShellText::fixed("rm -f \"$R\"").word(path.as_str()).then("\n")
            }

            Self::Install { path, mode, owner, content } => install(path, *mode, *owner, content),
            Self::Copy { from, to, mode } => copy(from, to, *mode),
            Self::Edit { path, changes, undoes, .. } => edit(path, changes, undoes.as_deref()),

            Self::Run(Run { stdin: Stdin::Closed, settle, .. }) => {
                ShellText::fixed("calha_run || return $?\ncalha_settle ").plain(*settle).then("\n")
            }
            Self::Run(Run { stdin: Stdin::Terminal { .. }, settle, .. }) => ShellText::fixed(
                r#"calha_drop "$D/$calha_op.rc"
(trap '' 1; calha_start) </dev/tty >/dev/tty 2>&1
calha_settle "#,
            )
            .plain(*settle)
            .then("\n"),

            Self::Operator { instructions, .. } => printed(&format!("{instructions}\n"))
                .then("\necho 'Press Return when it is done.'\nread answer </dev/tty\n"),
        }
    }
}

/// Made beside its place, so that it is never there with another owner.
fn mkdir(path: &NodePath, mode: Mode, owner: Owner) -> ShellText {
    ShellText::fixed("n=$R")
        .word(path.as_str())
        .then(".calha\ncalha_mkdir ")
        .plain(mode)
        .then(" ")
        .plain(owner)
        .then(" \"$n\" && mv -f \"$n\" \"$R\"")
        .word(path.as_str())
        .then("\n")
}

fn install(path: &NodePath, mode: Mode, owner: Owner, content: &str) -> ShellText {
    ShellText::fixed("n=$R")
        .word(path.as_str())
        .then(".calha\ncalha_drop \"$n\"\n")
        .with(&written("> \"$n\"", content))
        .then("chmod ")
        .plain(mode)
        .then(" \"$n\" && chown ")
        .plain(owner)
        .then(" \"$n\" && mv -f \"$n\" \"$R\"")
        .word(path.as_str())
        .then("\n")
}

fn copy(from: &NodePath, to: &NodePath, mode: Option<Mode>) -> ShellText {
    let mut text = ShellText::fixed("n=$R")
        .word(to.as_str())
        .then(".calha\ncalha_drop \"$n\"\ncp -p \"$R\"")
        .word(from.as_str())
        .then(" \"$n\"");
    if let Some(mode) = mode {
        text = text.then(" && chmod ").plain(mode).then(" \"$n\"");
    }
    text.then(" && mv -f \"$n\" \"$R\"").word(to.as_str()).then("\n")
}

/// Makes the changes beside the file, or takes its pre-image where nobody has touched it since.
fn edit(path: &NodePath, changes: &[Change], undoes: Option<&str>) -> ShellText {
    let mut text = ShellText::fixed("calha_edit_begin ").word(path.as_str()).then(" || return 1\n");
    if changes.iter().all(Change::removes) {
        text = text.then("calha_removed=yes\n");
    }

    let made = changes
        .iter()
        .zip(numbers(changes))
        .fold(ShellText::default(), |text, (change, entry)| text.with(&change.effect_text(entry)));
    text = match undoes {
        Some(stem) => text
            .then("if calha_untouched ")
            .word(stem)
            .then("; then\n  cat \"$D\"/")
            .word(stem)
            .then(".before >\"$n\" || return 1\nelse\n")
            .with(&made.indented())
            .then("fi\n"),
        None => text.with(&made),
    };
    text.then("calha_edit_end\n")
}
