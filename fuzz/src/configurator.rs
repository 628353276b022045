//! What the configurator prints: whatever else stands in it, a task that failed is a failure, and
//! what does not say that all has passed never counts as done.

use std::sync::LazyLock;

use calha::guide::Guide;
use calha::node::{
    Command, Entry, HostError, Inspect, Mode, NodeName, NodePath, Output, Owner, Sum,
};
use calha::op::Check;
use calha::profile::parse;
use calha::setting::resolve;
use calha::step::{Guard, StepKind};

use super::Target;

/// Its last sentence, as it is documented: English, and as in the guide's own sample.
const PASSED: [&str; 2] = ["All Tasks Passed", "모든 작업이 성공했습니다"];
const FAILED: [&str; 2] = ["Some Tasks Failed", "일부 작업이 실패했습니다"];

/// The codes of what is found.
const FAILURE: &str = "configurator.failed";
const QUESTION: &str = "configurator.unclear";

const LOG: &str = "/var/sadm/install/logs/Sun_Java_System_Calendar_Server_install.B12181533";

pub const TARGET: Target = Target {
    name: "configurator",
    law: check,
    seeds: &["tests/fixtures/configurator-ko.txt", "fuzz/seeds/configurator"],
    pieces: &[
        "PASSED: /bin/rm -f /opt/SUNWics5/cal/config : status = 0\n",
        "FAILED: /usr/sbin/groupadd icsgroup : status = 9\n",
        "PASSED:",
        "FAILED:",
        " FAILED:",
        "All Tasks Passed",
        "Some Tasks Failed",
        "모든 작업이 성공했습니다",
        "일부 작업이 실패했습니다",
        "log",
        "log:1",
        "\n",
        "\r",
        "\0",
        "\u{1b}[2K",
        "\u{feff}",
    ],
};

/// What the run on the first node proves of its words, in silent mode.
static PROOFS: LazyLock<Vec<Guard>> = LazyLock::new(|| {
    let profile = include_str!("../../profiles/asymmetric.toml");
    let resolved = resolve(&parse("asymmetric.toml", profile)).expect("an example");
    let guide = Guide::of(&resolved, "asymmetric").expect("an example");
    let run = guide.steps.iter().find(|step| step.id.kind == StepKind::ConfigurePrimary);

    let guards = run.expect("the step").guards.iter();
    guards
        .filter(|guard| [FAILURE, QUESTION].iter().any(|code| guard.code.to_string() == *code))
        .cloned()
        .collect()
});

/// A node on which the configurator has run: its output was kept, and its one log says the same.
struct Ran<'a> {
    node: NodeName,
    said: &'a [u8],
}

pub fn check(bytes: &[u8]) {
    let ran = Ran { node: NodeName("Node1".into()), said: bytes };
    let is_told = |code: &str| {
        PROOFS.iter().filter(|guard| guard.code.to_string() == code).any(|guard| {
            let holds = |check: &Check| check.holds(&ran).expect("everything is answered");
            let is_told = holds(&guard.only) && holds(&guard.wrong);
            if is_told {
                guard.wrong.evidence(&ran).expect("everything is answered");
            }
            is_told
        })
    };
    let (failed, unclear) = (is_told(FAILURE), is_told(QUESTION));

    let text = String::from_utf8_lossy(bytes);
    let has_any = |sentences: [&str; 2]| sentences.iter().any(|said| text.contains(said));
    let is_failure = bytes.split(|b| *b == b'\n').any(|line| line.starts_with(b"FAILED:"));
    if is_failure || has_any(FAILED) {
        assert!(failed, "a task that failed is not seen");
    } else if !has_any(PASSED) || !text.contains("PASSED:") {
        assert!(failed || unclear, "nothing says that all has passed, and it counts as done");
    } else if !text.contains("FAILED:") && !text.contains("log") {
        assert!(!failed && !unclear, "all has passed, and it does not count");
    }
}

impl Ran<'_> {
    fn is_kept(path: &NodePath) -> bool {
        path.as_str().ends_with(".out")
    }
}

impl Inspect for Ran<'_> {
    fn name(&self) -> &NodeName {
        &self.node
    }

    fn stat(&self, path: &NodePath) -> Result<Entry, HostError> {
        let (mode, owner) = (Mode(0o600), Owner { uid: 0, gid: 0 });
        Ok(match Self::is_kept(path) || path.as_str().ends_with(".rc") {
            true => Entry::File { mode, owner, links: 1, sum: Sum::of(b"") },
            false => Entry::Missing,
        })
    }

    fn read(&self, path: &NodePath) -> Result<Vec<u8>, HostError> {
        Ok(if Self::is_kept(path) { self.said.to_vec() } else { b"0\n".to_vec() })
    }

    fn query(&self, command: &Command) -> Result<Output, HostError> {
        let has = |word: &str| command.args.iter().any(|arg| arg == word);
        let mut stdout = Vec::new();

        if has("/usr/bin/echo") {
            stdout.extend_from_slice(b"log\n");
        }
        match command.program.as_str() {
            "/usr/bin/find" if has("-print") => stdout.extend_from_slice(LOG.as_bytes()),
            "/usr/bin/find" if has("/usr/bin/cat") => stdout.extend_from_slice(self.said),
            "/usr/bin/cat" => {
                let path = NodePath::new(&command.args[0]).expect("a path");
                stdout = self.read(&path)?;
            }
            _ => {}
        }
        Ok(Output { stdout, ..Output::default() })
    }

    fn mounted(&self, _: &NodePath) -> Result<bool, HostError> {
        Ok(true)
    }
}
