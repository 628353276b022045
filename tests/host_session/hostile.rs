//! What a connection leads to may answer whatever it likes, for as long as it likes: that costs
//! calha no more time than an answer may. What it costs in memory is measured on the program.

use std::time::{Duration, Instant};

use calha::host::{Becoming, Connector, Session, ShellHost};
use calha::node::{BecomeProgram, Command, HostError, Inspect as _, NodeName};

use crate::support::{RECORD, path};

/// So long may an endless answer be read.
const TIME: Duration = Duration::from_secs(20);

fn through(script: &str) -> Connector {
    let words = ["/bin/sh", "-c", script].map(String::from);
    Connector { enter: None, ..Connector::new(NodeName("hostile".into()), words) }
}

/// Before there is a session: each way of saying nothing sensible, with what is sent.
const TALKERS: [(&str, &str); 5] = [
    ("one endless line", "exec tr '\\0' x </dev/zero"),
    ("endless lines", "exec yes"),
    ("endless zeros", "exec cat /dev/zero"),
    ("endless complaints", "exec yes >&2"),
    ("a slow drip", "while :; do printf x; sleep 0.05; done"),
];

#[test]
fn a_hostile_connection_costs_its_limit_in_seconds() {
    for (what, script) in TALKERS {
        for becoming in [None, Some(BecomeProgram::Sudo)] {
            let becoming = becoming.map(|program| Becoming { program, password: None });
            let entered = [None, Some("/bin/sh".to_owned())];
            for enter in entered {
                let begun = Instant::now();
                let connector = Connector { becoming: becoming.clone(), enter, ..through(script) };
                let started = Session::start(&connector, Duration::from_secs(1));
                assert!(matches!(started, Err(HostError::Unreachable { .. })), "{what}");
                assert!(begun.elapsed() < TIME, "{what}: {:?}", begun.elapsed());
            }
        }
    }
}

#[test]
fn an_endless_answer_ends_with_the_line_and_the_next_question_has_another() {
    let host = ShellHost::connect(through("exec /bin/sh"), &path(RECORD)).unwrap();
    let host = host.query_within(5);
    for script in ["exec yes", "exec tr '\\0' x </dev/zero"] {
        let begun = Instant::now();
        let endless = host.query(&Command::new("/bin/sh", ["-c", script]));
        let ended = matches!(endless, Err(HostError::Lost { .. } | HostError::TimedOut(_)));
        assert!(ended, "{script}: {endless:?}");
        assert!(begun.elapsed() < TIME, "{script}: {:?}", begun.elapsed());

        let next = host.query(&Command::new("/bin/echo", ["still"])).unwrap();
        assert_eq!(next.stdout, b"still\n", "{script}");
    }
}
