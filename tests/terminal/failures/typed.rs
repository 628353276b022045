//! Somebody who types what is printed, and nothing else: the command behind "next" of `calha
//! status`, on this machine or on the node that it names, and what a prompt offers.

use crate::pty::Pty;
use crate::real_root;
use crate::site::Site;

use calha::node::NodeName;

/// What is printed, and what it says is next.
pub struct Told {
    /// All of it.
    pub written: String,
    /// Its last word.
    pub screen: String,
    /// What hands do before it.
    pub first: String,
    /// Each as it is printed.
    pub commands: Vec<String>,
}

impl Told {
    pub fn is_healthy(&self) -> bool {
        self.screen.starts_with("healthy   yes: ")
    }

    /// Whether nothing of it is left.
    pub fn is_clean(&self) -> bool {
        self.screen.contains(" NO: the installation was undone")
    }
}

/// `calha status` in front of somebody: its last word, where a node was slow.
pub fn status(site: &Site) -> Told {
    let mut pty = start(site, &format!("calha status {}", site.profile.display()));
    pty.ends();
    let written = pty.written().replace('\r', "");
    let screen = written.rsplit("\nat the end:\n").next().unwrap_or_default().to_owned();

    let mut lines = screen.lines().skip_while(|line| !line.starts_with("next      "));
    let head = lines.next().unwrap_or_else(|| panic!("nothing is next:\n{screen}"));
    let more = lines.take_while(|line| line.starts_with("          "));
    let (mut first, mut commands) = (String::new(), Vec::new());
    for line in std::iter::once(&head[10..]).chain(more.map(|line| &line[10..])) {
        let of_node = line.strip_prefix("on ").and_then(|rest| rest.split(' ').next());
        let is_command =
            of_node.is_some_and(|node| node.ends_with(':')) || is_of_this_machine(line);
        match is_command {
            true => commands.push(line.to_owned()),
            // Another way, for somebody who wants something else.
            false if !commands.is_empty() => break,
            false => first = format!("{first} {line}"),
        }
    }
    Told { first: first.trim().to_owned(), commands, screen, written }
}

fn is_of_this_machine(line: &str) -> bool {
    ["calha ", "ssh-keygen ", "ssh "].iter().any(|program| line.starts_with(program))
}

/// Types a printed command; everything that it said.
pub fn types(site: &Site, command: &str) -> String {
    let of_node = command.strip_prefix("on ").and_then(|rest| rest.split_once(": "));
    match of_node {
        Some((node, command)) => on_node(site, node, command),
        None => answered(&mut start(site, command)),
    }
}

fn on_node(site: &Site, node: &str, command: &str) -> String {
    let node = NodeName(node.to_owned());
    let output = real_root::enter(&site.lab, &node, &["-c", command]);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

/// What may be asked, and what somebody answers who wants to get on.
const PROMPTS: [(&str, &str); 5] = [
    ("[a]ll [q]uit > ", "a\n"),
    ("[a]ll that can be undone [q]uit > ", "a\n"),
    ("ip [q]uit > ", "\n"),
    ("[y/N] ", "y"),
    ("(yes/no/[fingerprint])? ", "yes\n"),
];

fn answered(pty: &mut Pty) -> String {
    let prompts = PROMPTS.map(|(prompt, _)| prompt);
    let mut answers = 0;
    while let Some(which) = pty.asks(&prompts) {
        answers += 1;
        assert!(answers < 60, "it asks for ever:\n{}", pty.screen());
        pty.types(PROMPTS[which].1);
    }
    pty.ends();
    pty.written()
}

/// A shell of this machine with the command, the site's own journals, and its own programs first.
fn start(site: &Site, command: &str) -> Pty {
    let state = site.dir.path().join("state").display().to_string();
    let own = site.dir.path().join("bin");
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_calha")).parent().unwrap();
    let path = std::env::var("PATH").unwrap();
    let path = format!("{}:{}:{path}", own.display(), program.display());
    let env = [("XDG_STATE_HOME", state.as_str()), ("PATH", path.as_str())];
    Pty::start("/bin/sh", &["-c", command], &env, 50, 80)
}
