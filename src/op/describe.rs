use super::{Change, Command, Op, Stdin, quote};

impl Command {
    /// The command as an administrator would type it.
    pub fn line(&self) -> String {
        let mut words = vec![quote(self.program.as_str())];
        words.extend(self.args.iter().map(|a| quote(a)));
        words.join(" ")
    }
}

impl Op {
    /// The commands it comes down to, as an administrator would type them; the script form adds guards, intent and proof.
    pub fn commands(&self) -> Vec<String> {
        match self {
            Self::Mkdir { path, mode, owner, .. } => {
                let mut lines = vec![format!("mkdir -m {mode} {path}")];
                if *owner != super::Owner::ROOT {
                    lines.push(format!("chown {owner} {path}"));
                }
                lines
            }
            Self::Rmdir { path } => vec![format!("rmdir {path}")],
            Self::Symlink { path, target } => vec![format!("ln -s {} {path}", quote(target))],
            Self::Unlink { path, .. } | Self::Remove { path, .. } => vec![format!("rm -f {path}")],
            Self::Install { path, mode, content, .. } => {
                vec![format!("cat > {path}    # mode {mode}, {} bytes", content.len())]
            }
            Self::Copy { from, to, .. } => vec![format!("cp -p {from} {to}")],
            Self::Edit { path, changes, .. } => changes.iter().map(|c| c.describe(path.as_str())).collect(),
            Self::Run { command, stdin: Stdin::Closed, .. } => vec![command.line()],
            Self::Run { command, stdin: Stdin::Terminal { instructions }, .. } => {
                let mut lines = vec![format!("{}    # on a terminal of its own", command.line())];
                lines.extend(instructions.lines().map(|l| format!("(to answer) {l}")));
                lines
            }
            Self::Operator { instructions, .. } => instructions.lines().map(|l| format!("(by hand) {l}")).collect(),
        }
    }
}

impl Change {
    /// One line about the change.
    pub fn describe(&self, path: &str) -> String {
        match self {
            Self::AddLine { line, .. } => format!("edit {path}: add the entry \"{}\"", line.replace('\t', " ")),
            Self::RemoveLine { line } => format!("edit {path}: remove the entry \"{}\"", line.replace('\t', " ")),
            Self::SetBlock { begin, text, .. } => format!("edit {path}: add {} lines from \"{begin}\"", text.lines().count()),
            Self::RemoveBlock { begin, .. } => format!("edit {path}: remove the block \"{begin}\""),
        }
    }
}
