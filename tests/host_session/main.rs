//! The shell of a node as a session, and the host that works through it, under each shell that
//! stands for a true Bourne shell here.

mod becoming;
mod hostile;
mod laws;
mod lifetime;
mod locks;
mod operations;
mod programs;
mod requests;
#[path = "../support/root.rs"]
mod root;
mod share;
#[path = "../support/mod.rs"]
mod support;

use std::time::Duration;

use calha::host::{Connector, Session, ShellHost};
use support::{RECORD, Root, path};

/// Long enough for a busy machine.
const SOON: Duration = Duration::from_secs(30);

/// How a root's shell is reached.
fn connector(root: &Root, shell: &str) -> Connector {
    let env = vec![("CALHA_LAB_ROOT".into(), root.dir.path().to_str().unwrap().to_owned())];
    Connector { env, clean: true, ..Connector::new(root.name.clone(), shell.split(' ')) }
}

fn session(root: &Root, shell: &str) -> Session {
    Session::start(&connector(root, shell), SOON).unwrap_or_else(|e| panic!("{shell}: {e}"))
}

fn host(root: &Root, shell: &str) -> ShellHost {
    ShellHost::connect(connector(root, shell), &path(RECORD))
        .unwrap_or_else(|e| panic!("{shell}: {e}"))
}
