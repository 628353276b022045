//! For tests: stands between calha and a node's shell, and kills calha with SIGKILL at the moment that a plan names.
//!
//! `relay PLAN NODE PROGRAM [ARGUMENT …]`: PLAN is a file with `MOMENT NODE STEM PREVIOUS`, or missing. It only relays then.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Set when the previous operation's answer has passed.
static PREVIOUS: AtomicBool = AtomicBool::new(false);

struct Plan {
    moment: String,
    stem: String,
    previous: String,
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [plan, node, program, rest @ ..] = &args[..] else {
        panic!("relay PLAN NODE PROGRAM [ARGUMENT ...]")
    };
    let plan = read(plan, node);
    let mut child = Command::new(program)
        .args(rest)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the shell");
    let (mut to, mut from) =
        (child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
    let (begins, ends, before) = match &plan {
        Some(p) => (
            // Alone, or with the seconds that a command may take.
            ["\n", " "].map(|end| format!("calha_do {}{end}", p.stem)),
            [format!("calha: {}: done", p.stem)],
            [format!("calha: {}: done", p.previous)],
        ),
        None => Default::default(),
    };
    let moment = plan.map_or_else(String::new, |p| p.moment);
    let shell = child.id();
    let inward = moment.clone();
    std::thread::spawn(move || {
        let mut seen = Window::default();
        let mut chunk = vec![0; 65536];
        while let Ok(length @ 1..) = std::io::stdin().read(&mut chunk) {
            let here = seen.has(&chunk[..length], &begins);
            if inward == "before-intent" && PREVIOUS.load(Ordering::SeqCst)
                || inward == "after-intent" && here
            {
                end(None);
            }
            if to.write_all(&chunk[..length]).is_err() {
                break;
            }
            if here && inward.starts_with("mid-effect") {
                std::thread::sleep(Duration::from_millis(300));
                end((inward == "mid-effect-node").then_some(shell));
            }
        }
        // The end of calha is the end of the shell's input.
        drop(to);
    });
    let (mut answered, mut prior) = (Window::default(), Window::default());
    let mut chunk = vec![0; 65536];
    while let Ok(length @ 1..) = from.read(&mut chunk) {
        if moment == "after-effect" && answered.has(&chunk[..length], &ends) {
            end(None);
        }
        if std::io::stdout()
            .write_all(&chunk[..length])
            .and_then(|()| std::io::stdout().flush())
            .is_err()
        {
            break;
        }
        if moment == "before-intent" && prior.has(&chunk[..length], &before) {
            PREVIOUS.store(true, Ordering::SeqCst);
        }
    }
    wait(&mut child);
}

fn read(plan: &str, node: &str) -> Option<Plan> {
    let text = std::fs::read_to_string(plan).ok()?;
    let words: Vec<&str> = text.split_whitespace().collect();
    let [moment, on, stem, previous] = words[..] else { return None };
    (on == node).then(|| Plan {
        moment: moment.into(),
        stem: stem.into(),
        previous: previous.into(),
    })
}

/// Kills calha, the parent of this process, and with `node` the node's shell and all that it runs.
fn end(node: Option<u32>) -> ! {
    let parent = std::os::unix::process::parent_id().to_string();
    let _ = Command::new("/bin/kill").args(["-9", &parent]).status();
    if let Some(shell) = node {
        let _ = Command::new("/usr/bin/pkill").args(["-9", "-P", &shell.to_string()]).status();
        let _ = Command::new("/bin/kill").args(["-9", &shell.to_string()]).status();
    }
    std::process::exit(0)
}

fn wait(child: &mut Child) {
    let _ = child.wait();
}

/// The end of what has passed, so that a text cut in two by a read is found.
#[derive(Default)]
struct Window {
    tail: Vec<u8>,
}

impl Window {
    /// Whether one of these texts has passed.
    fn has(&mut self, chunk: &[u8], texts: &[String]) -> bool {
        self.tail.extend_from_slice(chunk);
        let passed = |text: &String| self.tail.windows(text.len()).any(|w| w == text.as_bytes());
        let found = texts.iter().filter(|text| !text.is_empty()).any(passed);
        let surplus = self.tail.len().saturating_sub(200);
        self.tail.drain(..surplus);
        found
    }
}
