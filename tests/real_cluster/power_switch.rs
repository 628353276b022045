//! The power switch outside of the nodes, which the fence agents ask through a pipe: a line is
//! "ID ACTION NODE", the answer a file with a status. It answers "off" when the node has ended.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use crate::nodes::Nodes;

pub struct PowerSwitch {
    requests: PathBuf,
    closing: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl PowerSwitch {
    pub fn on(nodes: Arc<Nodes>, directory: PathBuf) -> Self {
        let requests = directory.join("requests");
        let closing = Arc::new(AtomicBool::new(false));
        // Opened both ways, so that it has no end while nobody asks.
        let pipe = fs::OpenOptions::new().read(true).write(true).open(&requests).unwrap();
        let ends = Arc::clone(&closing);
        let thread = std::thread::spawn(move || {
            for line in BufReader::new(pipe).lines().map_while(Result::ok) {
                if ends.load(Ordering::SeqCst) {
                    return;
                }
                serve(&nodes, &directory, &line);
            }
        });
        Self { requests, closing, thread: Some(thread) }
    }
}

fn serve(nodes: &Nodes, directory: &Path, line: &str) {
    let [id, action, node] = line.split_whitespace().collect::<Vec<_>>()[..] else { return };
    let known = nodes.names.iter().any(|n| n == node);
    let status = match action {
        _ if !known => 1,
        "status" => {
            if nodes.init(node).is_some() {
                0
            } else {
                2
            }
        }
        "off" => {
            nodes.power_off(node);
            0
        }
        "on" => {
            nodes.boot(node);
            0
        }
        _ => 1,
    };
    // Whole at once: the agent reads as soon as there is something.
    let answer = directory.join(format!("answer.{id}"));
    let draft = directory.join(format!("draft.{id}"));
    if fs::write(&draft, format!("{status}\n")).is_ok() {
        let _ = fs::rename(draft, answer);
    }
}

impl Drop for PowerSwitch {
    fn drop(&mut self) {
        self.closing.store(true, Ordering::SeqCst);
        if let Ok(mut pipe) = fs::OpenOptions::new().write(true).open(&self.requests) {
            let _ = pipe.write_all(b"close - -\n");
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
