//! What an operation does, as shell: its status says whether that could be done.

use std::fmt::Write as _;

use super::numbers;
use super::text::{indented, printed, written};
use crate::op::{Change, NodePath, Op, Stdin, quote};

impl Op {
    pub(super) fn effect_text(&self) -> String {
        match self {
            Self::Mkdir { path, mode, owner, .. } => {
                let path = quote(path.as_str());
                format!(
                    "n=$R{path}.calha\ncalha_mkdir {mode} {owner} \"$n\" && mv -f \"$n\" \"$R\"{path}\n"
                )
            }
            Self::Rmdir { path } => format!("rmdir \"$R\"{}\n", quote(path.as_str())),
            Self::Symlink { path, target } => {
                format!("ln -s {} \"$R\"{}\n", quote(target), quote(path.as_str()))
            }
            Self::Unlink { path, .. } | Self::Remove { path, .. } => {
                format!("rm -f \"$R\"{}\n", quote(path.as_str()))
            }
            Self::Install { path, mode, owner, content } => {
                let path = quote(path.as_str());
                let mut text = format!("n=$R{path}.calha\ncalha_drop \"$n\"\n");
                text.push_str(&written("> \"$n\"", content));
                let _ = writeln!(
                    text,
                    "chmod {mode} \"$n\" && chown {owner} \"$n\" && mv -f \"$n\" \"$R\"{path}"
                );
                text
            }
            Self::Copy { from, to, mode } => {
                let (from, to) = (quote(from.as_str()), quote(to.as_str()));
                let mut text =
                    format!("n=$R{to}.calha\ncalha_drop \"$n\"\ncp -p \"$R\"{from} \"$n\"");
                if let Some(mode) = mode {
                    let _ = write!(text, " && chmod {mode} \"$n\"");
                }
                let _ = writeln!(text, " && mv -f \"$n\" \"$R\"{to}");
                text
            }
            Self::Edit { path, changes, undoes, .. } => edit(path, changes, undoes.as_deref()),
            Self::Run { stdin: Stdin::Closed, settle, .. } => {
                format!("calha_run || return $?\ncalha_settle {settle}\n")
            }
            Self::Run { stdin: Stdin::Terminal { .. }, settle, .. } => format!(
                "calha_drop \"$D/$calha_op.rc\"\n(trap '' 1; calha_start) </dev/tty >/dev/tty 2>&1\ncalha_settle {settle}\n"
            ),
            Self::Operator { instructions, .. } => {
                printed(&format!("{instructions}\n"))
                    + "\necho 'Press Return when it is done.'\nread answer </dev/tty\n"
            }
        }
    }
}

/// Makes the changes beside the file, or takes its pre-image where nobody has touched it since.
fn edit(path: &NodePath, changes: &[Change], undoes: Option<&str>) -> String {
    let mut text = format!("calha_edit_begin {} || return 1\n", quote(path.as_str()));
    if changes.iter().all(Change::removes) {
        text.push_str("calha_removed=yes\n");
    }
    let changes: String = changes
        .iter()
        .zip(numbers(changes))
        .map(|(change, entry)| change.effect_text(entry))
        .collect();
    match undoes {
        Some(stem) => {
            let _ = writeln!(
                text,
                "if calha_untouched {stem}; then\n  cat \"$D\"/{stem}.before >\"$n\" || return 1\nelse\n{}fi",
                indented(&changes)
            );
        }
        None => text.push_str(&changes),
    }
    text + "calha_edit_end\n"
}
