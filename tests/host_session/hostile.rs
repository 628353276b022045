//! What a connection leads to may answer whatever it likes, for as long as it likes: that costs
//! calha no more time than an answer may. What it costs in memory is measured on the program.

use std::time::{Duration, Instant};

use calha::host::{Becoming, Connector, Session, ShellHost};
use calha::node::{Answer, BecomeProgram, Command, HostError, Inspect as _, NodeName, Question};

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

/// What looks are answered is kept for a while, several at a time.
#[test]
fn of_a_flood_of_answers_none_is_kept() {
    let host = ShellHost::connect(through("exec /bin/sh"), &path(RECORD)).unwrap();
    let bytes = |count: usize| {
        let flood = format!("head -c {count} /dev/zero | tr '\\0' '\\377'");
        Question::Query(Command::new("/bin/sh", ["-c".to_owned(), flood]))
    };
    let echo = Question::Query(Command::new("/bin/echo", ["still"]));
    let mib = 1 << 20;

    for questions in [vec![bytes(3 * mib)], vec![echo.clone(), bytes(3 * mib), echo.clone()]] {
        let answers = host.ask(&questions).unwrap();
        for (question, answer) in questions.iter().zip(answers) {
            match answer {
                Ok(Answer::Query(output)) => assert_eq!(output.stdout, b"still\n"),
                Err(HostError::Io { why, .. }) if *question != echo => {
                    assert!(why.contains("more than 2 MiB"), "{why}");
                }
                other => panic!("{question:?}: {other:?}"),
            }
        }
    }

    let many = host.ask(&vec![bytes(mib + mib / 2); 3]);
    assert!(
        matches!(&many, Err(HostError::Lost { why, .. }) if why.contains("more than 4 MiB")),
        "{many:?}"
    );
    // Who asks for one alone has a use for it.
    let Question::Query(alone) = bytes(20 * mib) else { unreachable!("it is a query") };
    assert_eq!(host.query(&alone).unwrap().stdout.len(), 20 * mib);
    assert_eq!(host.ask(&[echo]).unwrap().len(), 1);
}
