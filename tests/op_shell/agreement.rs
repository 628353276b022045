//! Running an operation under a shell, and comparing it with what Rust says before and after.

use std::fs;
use std::process::Command as Process;

use calha::op::shell::PRELUDE;
use calha::op::{Op, OpId, Reality};

use crate::support::{RECORD, Root, shells};

/// Runs an operation as a node would.
pub trait Runs {
    fn run(&self, shell: &str, op: &Op) -> String;
    fn run_as(&self, number: u32, shell: &str, op: &Op) -> String;
    fn try_as(&self, number: u32, shell: &str, op: &Op) -> Result<String, String>;
    fn try_with(&self, prelude: &str, number: u32, shell: &str, op: &Op) -> Result<String, String>;
}

impl Runs for Root {
    /// The last line calha printed.
    fn run(&self, shell: &str, op: &Op) -> String {
        self.run_as(1, shell, op)
    }

    fn run_as(&self, number: u32, shell: &str, op: &Op) -> String {
        self.try_as(number, shell, op).unwrap_or_else(|why| panic!("{why}"))
    }

    /// An error when the shell ended without an answer.
    fn try_as(&self, number: u32, shell: &str, op: &Op) -> Result<String, String> {
        self.try_with(PRELUDE, number, shell, op)
    }

    fn try_with(&self, prelude: &str, number: u32, shell: &str, op: &Op) -> Result<String, String> {
        let id = OpId { step: "step".into(), node: self.name.clone(), number };
        let prefix = format!("calha: step.{number}: ");
        let text = op.to_shell(&id);
        // A true Bourne shell may end with a signal when a function that has a here-document is
        // defined anew.
        assert!(
            !text.as_str().contains("<<") || format!("{op:?}").contains("<<"),
            "a here-document in a function:\n{text}"
        );
        let script = format!("CALHA_RECORD={RECORD}\n{prelude}\n{text}");
        let file = self.here("/script");
        fs::write(&file, &script).unwrap();
        let mut words = shell.split(' ');
        let output = Process::new(words.next().unwrap())
            .args(words)
            .arg(&file)
            .env_clear()
            .env("CALHA_LAB_ROOT", self.dir.path())
            .output()
            .expect("the shell starts");
        fs::remove_file(&file).unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let last = text.lines().rfind(|l| l.starts_with(&prefix));
        last.map(|l| l[prefix.len()..].to_owned()).ok_or_else(|| {
            format!(
                "{shell}: no answer\n{script}\n--- out\n{text}\n--- err\n{}",
                String::from_utf8_lossy(&output.stderr)
            )
        })
    }
}

/// Runs every operation in a fresh root under every shell and compares with what Rust says before
/// and after.
pub fn agree(ops: &[Op]) {
    agree_on(Root::new, &shells(), ops);
}

pub fn agree_on(node: fn() -> Root, shells: &[String], ops: &[Op]) {
    for shell in shells {
        for op in ops {
            let root = node();
            let before = op.reality(&root).unwrap();
            let said = root.run(shell, op);
            let after = op.reality(&root).unwrap();
            let context = format!("{shell}: {op:?}: Rust says {before}, the shell {said}");
            match before {
                Reality::Present => assert_eq!(said, "already", "{context}"),
                Reality::Differs { .. } => {
                    assert!(said.starts_with("differs"), "{context}");
                    assert_eq!(after, before, "{context}: changed something");
                }
                // A directory that is not empty cannot be removed: the failure must be told, not
                // hidden.
                Reality::Absent if matches!(op, Op::Rmdir { path } if path.as_str() == "/d/full") =>
                {
                    assert!(said.starts_with("failed"), "{context}");
                }
                Reality::Absent => {
                    assert_eq!(said, "done", "{context}");
                    assert_eq!(after, Reality::Present, "{context}");
                    assert!(
                        root.here(RECORD).join("step.1.intent").exists(),
                        "{context}: no intent"
                    );
                    assert_eq!(root.run(shell, op), "already", "{context}: the second time");
                }
            }
        }
    }
}
