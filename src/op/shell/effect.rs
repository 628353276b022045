//! What an operation does, as shell: its status says whether that could be done.

use super::text::{printed, written};
use super::{ShellText, numbers};
use crate::node::{Mode, Owner};
use crate::op::{Change, Op, Run, Stdin};

impl Op {
    pub(super) fn effect_text(&self) -> ShellText {
        match self {
            Self::Mkdir { mode, owner, .. } => mkdir(*mode, *owner),
            Self::Rmdir { .. } => ShellText::fixed("rmdir \"$p\"\n"),

            Self::Symlink { target, .. } => {
                ShellText::fixed("if calha_exists \"$p\"; then return 1; fi\nln -s ")
                    .word(target)
                    .then(" \"$p\"\n")
            }
            Self::Unlink { .. } | Self::Remove { .. } => ShellText::fixed("rm -f \"$p\"\n"),

            Self::Install { mode, owner, content, .. } => install(*mode, *owner, content),
            Self::Copy { mode, .. } => copy(*mode),
            Self::Edit { changes, undoes, .. } => edit(changes, undoes.as_deref()),

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
fn mkdir(mode: Mode, owner: Owner) -> ShellText {
    ShellText::fixed("calha_drop \"$n\"\ncalha_mkdir ")
        .plain(mode)
        .then(" ")
        .plain(owner)
        .then(" \"$n\" && calha_place\n")
}

fn install(mode: Mode, owner: Owner, content: &str) -> ShellText {
    ShellText::fixed("calha_drop \"$n\"\n")
        .with(&written("> \"$n\"", content))
        .then("chmod ")
        .plain(mode)
        .then(" \"$n\" && chown ")
        .plain(owner)
        .then(" \"$n\" && calha_place\n")
}

fn copy(mode: Option<Mode>) -> ShellText {
    let mut text = ShellText::fixed("calha_drop \"$n\"\ncp -p \"$from\" \"$n\"");
    if let Some(mode) = mode {
        text = text.then(" && chmod ").plain(mode).then(" \"$n\"");
    }
    text.then(" && calha_place\n")
}

/// Makes the changes beside the file, or takes its pre-image where nobody has touched it since.
fn edit(changes: &[Change], undoes: Option<&str>) -> ShellText {
    let mut text = ShellText::fixed("calha_edit_begin || return 1\n");
    if changes.iter().all(Change::removes) {
        text = text.then("calha_removed=yes\n");
    }

    let is_alone = changes.len() == 1;
    let made =
        changes.iter().zip(numbers(changes)).fold(ShellText::default(), |text, (change, entry)| {
            text.with(&change.effect_text(entry, is_alone))
        });
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
