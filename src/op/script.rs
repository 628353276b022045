//! The one form in which an operation reaches a node: the text that `plan` prints and `install` sends.

use std::fmt::Write as _;

use super::effect::OPEN;
use super::reality::{CHANGED_ENTRY, LEFT_OF_BLOCK};
use super::{Change, Check, Command, Op, OpId, Stdin, quote};

/// Functions and variables that every operation's text relies on. Wants `CALHA_RECORD` set to calha's directory on the node.
pub const PRELUDE: &str = include_str!("prelude.sh");

impl Op {
    /// The operation as Bourne shell: what it looks at, what it does, its intent, and the call that carries it out.
    ///
    /// Depends on nothing but the operation and its name, so the plan and the run cannot differ.
    pub fn to_shell(&self, id: &OpId) -> String {
        let stem = id.file_stem();
        let mut text = format!("# {id}\n");
        for line in self.commands() {
            let _ = writeln!(text, "#   {}", line.replace(|c: char| c.is_control(), " "));
        }
        let _ = writeln!(text, "calha_reality() {{\n{}}}", indented(&self.reality_text()));
        let keep = match self {
            Self::Edit { path, .. } => format!("calha_keep_file {}", quote(path.as_str())),
            _ => ":".into(),
        };
        let _ = writeln!(text, "calha_keep() {{ {keep}; }}");
        if let Self::Edit { changes, .. } = self {
            let entries: Vec<&str> = changes.iter().filter_map(Change::entry).collect();
            if !entries.is_empty() {
                let all: String = entries.iter().map(|entry| format!("{entry}\n")).collect();
                let _ = writeln!(text, "calha_wanted() {{ {}; }}", printed(&all));
                let _ = writeln!(text, "calha_entries={}", entries.len());
            }
        }
        // What an attempt that was killed had prepared beside the file.
        let clean = match self {
            Self::Edit { path, .. } => {
                format!("calha_resolve {}; calha_drop \"$p.calha\"", quote(path.as_str()))
            }
            Self::Mkdir { path, .. }
            | Self::Rmdir { path }
            | Self::Install { path, .. }
            | Self::Copy { to: path, .. }
            | Self::Remove { path, .. } => {
                format!("calha_drop \"$R\"{}.calha", quote(path.as_str()))
            }
            _ => ":".into(),
        };
        let _ = writeln!(text, "calha_clean() {{ {clean}; }}");
        if let Self::Run { command, done_when, never, .. } = self {
            let behind = self.asked_behind().map(|c| format!(" && {}", c.to_shell()));
            let command = command.to_shell() + &behind.unwrap_or_default();
            let _ = writeln!(text, "calha_command() {{ {command}; }}");
            let _ = writeln!(text, "calha_never() {{ {}; }}", never.to_shell());
            let _ = writeln!(text, "calha_states() {{ {}; }}", states(done_when, never));
        }
        let _ = writeln!(text, "calha_effect() {{\n{}}}", indented(&self.effect_text()));
        let intent = super::intent::line(id, self) + "\n";
        let _ = writeln!(text, "calha_intent() {{ {}; }}", printed(&intent));
        let _ = match self {
            Self::Run { command, within, stdin: Stdin::Closed, .. } => {
                writeln!(text, "calha_do {stem} {within} {}", quote(&command.line()))
            }
            _ => writeln!(text, "calha_do {stem}"),
        };
        text
    }

    /// For records: texts of files and blocks are replaced by their sums, since records are no place for contents.
    pub fn without_contents(&self) -> serde_json::Value {
        let mut value = serde_json::json!(self);
        hide(&mut value, "content");
        if let Some(changes) = value.get_mut("changes").and_then(serde_json::Value::as_array_mut) {
            changes.iter_mut().for_each(|change| hide(change, "text"));
        }
        value
    }

    fn reality_text(&self) -> String {
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
            Self::Symlink { path, target } => link_text(path.as_str(), target, "absent", "present"),
            Self::Unlink { path, target } => link_text(path.as_str(), target, "present", "absent"),
            Self::Install { path, mode, owner, content } => with_sum(
                path.as_str(),
                "missing) is=absent ;;",
                &format!("file:{}*:{}:{}", permissions('-', mode.0), owner.uid, owner.gid),
                &super::Sum::of(content.as_bytes()).to_string(),
                "present",
            ),
            Self::Copy { from, to, mode } => {
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
            Self::Edit { path, changes, .. } => {
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

    fn effect_text(&self) -> String {
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
            Self::Edit { path, changes, undoes, .. } => {
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

/// Puts the sum of a text in its place.
fn hide(value: &mut serde_json::Value, field: &str) {
    let Some(fields) = value.as_object_mut() else { return };
    if let Some(serde_json::Value::String(text)) = fields.remove(field) {
        fields.insert("sum".into(), serde_json::json!(super::Sum::of(text.as_bytes())));
    }
}

/// The number of each change's entry among those that `calha_wanted` prints.
fn numbers(changes: &[Change]) -> Vec<usize> {
    let mut number = 0;
    let count = |change: &Change| {
        number += usize::from(change.entry().is_some());
        number
    };
    changes.iter().map(count).collect()
}

impl Change {
    fn reality_text(&self, entry: usize) -> String {
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

    fn effect_text(&self, entry: usize) -> String {
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

impl Check {
    /// The check as a shell command whose status is the answer.
    pub fn to_shell(&self) -> String {
        match self {
            Self::Succeeds(command) => format!("calha_succeeds {}", invocation(command)),
            Self::Prints { command, text } => {
                format!("calha_prints {} {}", quote(text), invocation(command))
            }
            Self::Says { command, text } => {
                format!("calha_says {} {}", quote(text), invocation(command))
            }
            Self::Line { command, line } => {
                format!("calha_line {} {}", quote(line), invocation(command))
            }
            Self::Versions { command, name, least } => {
                format!("calha_versions {least} {} {}", quote(name), invocation(command))
            }
            Self::Exists(path) => format!("calha_exists \"$R\"{}", quote(path.as_str())),
            Self::Begins { path, text } => {
                format!("calha_begins {} \"$R\"{}", quote(text), quote(path.as_str()))
            }
            Self::Holds { path, text } => {
                format!("calha_holds {} \"$R\"{}", quote(text), quote(path.as_str()))
            }
            Self::Mounted(path) => format!("calha_mounted {}", quote(path.as_str())),
            Self::Not(check) => format!("if {}; then false; else :; fi", check.to_shell()),
            Self::All(checks) => joined(checks, " && ", ":"),
            Self::Any(checks) => joined(checks, " || ", "false"),
            Self::Always => ":".into(),
            Self::Never => "false".into(),
        }
    }
}

/// The states of groups and resources that a wait looks at, each asked once, as shell.
fn states(done_when: &Check, never: &Check) -> String {
    let mut asked: Vec<&Command> = Vec::new();
    let mut open = vec![never, done_when];
    while let Some(check) = open.pop() {
        match check {
            Check::Prints { command, .. } if !asked.contains(&command) => asked.push(command),
            Check::Not(check) => open.push(check),
            Check::All(checks) | Check::Any(checks) => open.extend(checks.iter().rev()),
            _ => {}
        }
    }
    let state = |command: &&Command| {
        let place = match &command.args[..] {
            [_, tag, _, _, node] if tag == "RG_STATE_NODE" => format!("on {node}"),
            [_, tag, _, resource, node] if tag == "RESOURCE_STATE_NODE" => {
                format!("of {resource} on {node}")
            }
            _ => return None,
        };
        Some(format!("calha_state {} {}", quote(&place), invocation(command)))
    };
    let all: Vec<String> = asked.iter().filter_map(state).collect();
    if all.is_empty() { ":".into() } else { all.join("; ") }
}

/// Groups in braces keep `&&` and `||` from mixing: both have the same precedence in the shell.
fn joined(checks: &[Check], with: &str, none: &str) -> String {
    if checks.is_empty() {
        return none.into();
    }
    checks.iter().map(|c| format!("{{ {}; }}", c.to_shell())).collect::<Vec<_>>().join(with)
}

/// The program word gets the root, its arguments never do.
fn invocation(command: &Command) -> String {
    let mut words: Vec<String> = Vec::new();
    words.push(format!("\"$R\"{}", quote(command.program.as_str())));
    words.extend(command.args.iter().map(|a| quote(a)));
    words.join(" ")
}

impl Command {
    /// The command as shell, from the directory it wants to be started in; a subshell then, so that nothing after it is moved.
    pub fn to_shell(&self) -> String {
        match &self.cwd {
            Some(cwd) => format!("(cd \"$R\"{} && {})", quote(cwd.as_str()), invocation(self)),
            None => invocation(self),
        }
    }
}

/// An address of sed(1): the line, whatever stands around it that is not printable ASCII.
fn address(line: &str) -> String {
    format!("/^[^!-~]*{}[^!-~]*$/", regex(line))
}

/// One sed(1) prints what is between the markers, and each line of the end marker once more: nothing without markers, and nothing but the text and that line
/// where they stand once. Only what is odd is looked at again.
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
fn removed_block_reality(begin: &str, end: &str, sum: super::Sum, lines: &[String]) -> String {
    let (b, e) = (address(begin), address(end));
    let mut nothing = String::from(" :\n");
    if !lines.is_empty() {
        // Not within backquotes, which would eat backslashes.
        let each: Vec<String> = lines.iter().map(|line| address(line) + "p").collect();
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

/// Sets have to three counts: lines that mean the same, that mean something else at the same place, and that are about it otherwise.
fn counted(entry: usize) -> String {
    format!("have=`calha_counts {entry} \"$p\"`\n")
}

/// A case over type, permissions, owner and group of an entry.
fn with_entry(path: &str, first: &str, second: &str) -> String {
    format!(
        "calha_entry \"$R\"{}\ncase $type:$perm:$uid:$gid in\n{}\n{second}\n*) is=differs found=\"$type $perm $uid:$gid\" ;;\nesac\n",
        quote(path),
        first.replacen("missing)", "missing:*)", 1)
    )
}

/// A case over what kind of entry it is.
fn with_type(path: &str, first: &str, second: &str) -> String {
    let path = quote(path);
    format!(
        "calha_type \"$R\"{path}\ncase $type in\n{first}\n{second}\n*)\n  calha_entry \"$R\"{path}\n  is=differs found=\"$type $perm $uid:$gid\"\n  ;;\nesac\n"
    )
}

fn with_sum(path: &str, first: &str, pattern: &str, sum: &str, same: &str) -> String {
    let arm = format!(
        "{pattern})\n  calha_sum \"$R\"{}\n  if test \"x$sum\" = 'x{sum}'; then is={same}; else is=differs found='other bytes'; fi\n  ;;",
        quote(path)
    );
    with_entry(path, first, &arm)
}

fn link_text(path: &str, target: &str, missing: &str, same: &str) -> String {
    format!(
        "calha_entry \"$R\"{}\ncase $type in\nmissing) is={missing} ;;\nlink) if test \"x$target\" = x{}; then is={same}; else is=differs found=\"a link to $target\"; fi ;;\n*) is=differs found=\"a $type\" ;;\nesac\n",
        quote(path),
        quote(target)
    )
}

/// A command that prints a text, which ends in a newline or is empty, exactly in every shell: echo(1), which takes a backslash for something else in
/// some, and a minus sign at the beginning in others. Another character stands for these then.
///
/// No here-document, since this stands in functions that are defined anew for each operation: a Bourne shell forgets such a document wrongly, and may end
/// with a signal because of it (freeio() in Solaris' func.c).
pub(crate) fn printed(text: &str) -> String {
    debug_assert!(text.is_empty() || text.ends_with('\n'), "an open line");
    let Some(text) = text.strip_suffix('\n') else { return ":".into() };
    let mut said = text.to_owned();
    let (mut stand_ins, mut originals) = (String::new(), String::new());
    for (original, octal) in [('\\', "\\134"), ('-', "\\055")] {
        if !(if original == '-' { text.starts_with('-') } else { text.contains(original) }) {
            continue;
        }
        let mut free = "|~@".chars().chain('\u{1}'..='\u{8}').filter(|c| !said.contains(*c));
        let stand_in = free.next().unwrap_or('\u{b}');
        said = said.replace(original, &stand_in.to_string());
        stand_ins.push(stand_in);
        originals.push_str(octal);
    }
    let said = quote(&said);
    if stand_ins.is_empty() {
        format!("echo {said}")
    } else {
        format!("echo {said} | tr '{stand_ins}' '{originals}'")
    }
}

/// The same, to a file, as a line of an effect. Its failure ends the effect: on a full disk half a text must not be put in place by what follows, and not
/// every shell says that its echo could not write.
fn written(redirect: &str, text: &str) -> String {
    format!("{} | cat {redirect} || return 1\n", printed(text))
}

/// A basic regular expression that matches exactly this text.
fn regex(text: &str) -> String {
    text.chars()
        .flat_map(|c| if ".[]*^$\\/".contains(c) { vec!['\\', c] } else { vec![c] })
        .collect()
}

/// `drwxr-xr-x` as ls(1) prints it.
fn permissions(letter: char, mode: u32) -> String {
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

/// Two spaces before each line, but not inside quoted words.
fn indented(text: &str) -> String {
    let mut out = String::new();
    let mut quoted = false;
    for line in text.lines() {
        // A quote in a quoted word is written as four characters that open and close nothing.
        let turns = line.replace("'\\''", "").matches('\'').count() % 2 == 1;
        if !quoted {
            out.push_str("  ");
        }
        out.push_str(line);
        out.push('\n');
        quoted = quoted != turns;
    }
    out
}
