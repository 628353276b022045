//! Operations carried out through a shell: what becomes of them is told exactly.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use calha::host::{Applied, Due, Host, Sent};
use calha::node::{Answer, Command, HostError, Inspect, Mode, Question};
use calha::op::{Check, Op, OpId, Run, Stdin, Undo};

use crate::host;
use crate::support::{RECORD, Root, me, path, shells};

pub(super) fn id(root: &Root, number: u32) -> OpId {
    OpId { step: "step".into(), node: root.name.clone(), number }
}

pub(super) fn run(command: Command, stdin: Stdin, done_when: Check) -> Op {
    Op::Run(Run::new(command, done_when, Undo::nothing("a test")).stdin(stdin).within(20))
}

pub(super) fn failed(applied: Result<Applied, HostError>) -> (i32, String) {
    match applied {
        Ok(Applied::Failed { status: Some(status), tail }) => (status, tail),
        other => panic!("{other:?}"),
    }
}

#[test]
fn done_already_differs_and_failed_are_told_apart() {
    for shell in shells() {
        let root = Root::new();
        let host = host(&root, &shell);
        let mkdir = |at: &str| Op::Mkdir {
            path: path(at),
            mode: Mode(0o755),
            owner: me(),
            mount_point: false,
        };
        assert_eq!(
            host.apply(&Due::unseen(&id(&root, 1), &mkdir("/d/new"))),
            Ok(Applied::Done),
            "{shell}"
        );
        assert_eq!(
            host.apply(&Due::unseen(&id(&root, 1), &mkdir("/d/new"))),
            Ok(Applied::Already),
            "{shell}"
        );
        assert!(
            matches!(
                host.apply(&Due::unseen(&id(&root, 2), &mkdir("/d/file"))),
                Ok(Applied::Differs { .. })
            ),
            "{shell}"
        );
        let (_, why) = failed(host.apply(&Due::unseen(&id(&root, 3), &mkdir("/d/no/parent"))));
        assert!(why.contains("No such file"), "{shell}: {why}");

        let content = "it's\n$HOME `x` \\ \"\nCALHA_END\n".repeat(3000);
        let install = Op::Install {
            path: path("/d/text"),
            mode: Mode(0o640),
            owner: me(),
            content: content.clone(),
        };
        assert_eq!(host.apply(&Due::unseen(&id(&root, 4), &install)), Ok(Applied::Done), "{shell}");
        assert_eq!(fs::read_to_string(root.here("/d/text")).unwrap(), content, "{shell}");
        assert_eq!(
            host.apply(&Due::unseen(&id(&root, 4), &install)),
            Ok(Applied::Already),
            "{shell}"
        );

        let operator = Op::Operator {
            on: None,
            command: None,
            instructions: "type it".into(),
            done_when: Check::Always,
            leaves: Vec::new(),
        };
        assert!(
            matches!(
                host.apply(&Due::unseen(&id(&root, 5), &operator)),
                Err(HostError::Invalid(_))
            ),
            "{shell}"
        );
    }
}

#[test]
fn a_command_is_told_by_its_status_and_last_words() {
    for shell in shells() {
        let root = Root::new();
        let host = host(&root, &shell);
        let expr =
            |text: &str, done| run(Command::new("/usr/bin/expr", [text]), Stdin::Closed, done);
        // What it prints looks like calha's own words.
        let (_, tail) = failed(
            host.apply(&Due::unseen(&id(&root, 1), &expr("calha: step.1: done", Check::Never))),
        );
        assert_eq!(tail.lines().next_back(), Some("calha: step.1: done"), "{shell}");
        let missing =
            run(Command::new("/usr/bin/ls", ["/no/such/place"]), Stdin::Closed, Check::Never);
        let (status, tail) = failed(host.apply(&Due::unseen(&id(&root, 2), &missing)));
        assert!(status != 0 && tail.contains("/no/such/place"), "{shell}: {status} {tail}");
        let touch = run(
            Command::new("/usr/bin/touch", [root.here("/d/made").to_str().unwrap()]),
            Stdin::Closed,
            Check::Exists(path("/d/made")),
        );
        assert_eq!(host.apply(&Due::unseen(&id(&root, 3), &touch)), Ok(Applied::Done), "{shell}");
        assert_eq!(
            host.apply(&Due::unseen(&id(&root, 3), &touch)),
            Ok(Applied::Already),
            "{shell}"
        );
        // The disk is full when the intent is written: nothing is begun, and no half intent stays.
        fs::remove_file(root.here("/d/made")).unwrap();
        symlink("/dev/full", root.here(&format!("{RECORD}/step.4.intent"))).unwrap();
        let (_, why) = failed(host.apply(&Due::unseen(&id(&root, 4), &touch)));
        assert!(why.contains("cannot write the record"), "{shell}: {why}");
        assert!(!root.here("/d/made").exists(), "{shell}");
        assert!(
            fs::symlink_metadata(root.here(&format!("{RECORD}/step.4.intent"))).is_err(),
            "{shell}"
        );
        // The record cannot be written: nothing is begun.
        fs::remove_dir_all(root.here(RECORD)).unwrap();
        let (_, why) = failed(host.apply(&Due::unseen(&id(&root, 3), &touch)));
        assert!(why.contains("cannot write the record"), "{shell}: {why}");
        assert!(!root.here("/d/made").exists(), "{shell}");
    }
}

#[test]
fn several_operations_go_in_one_request_until_one_fails_and_questions_are_asked_behind_them() {
    for shell in shells() {
        let root = Root::new();
        let host = host(&root, &shell);
        let mkdir = |number, at: &str| {
            let op =
                Op::Mkdir { path: path(at), mode: Mode(0o755), owner: me(), mount_point: true };
            Due::unseen(&id(&root, number), &op)
        };
        let touch = |number, at: &str| {
            let command = Command::new("/usr/bin/touch", [root.here(at).to_str().unwrap()]);
            Due::unseen(&id(&root, number), &run(command, Stdin::Closed, Check::Exists(path(at))))
        };
        let questions = [Question::Exists(path("/d/one/two")), Question::Exists(path("/d/three"))];
        let ops = [
            mkdir(1, "/d/one"),
            mkdir(2, "/d/one/two"),
            touch(3, "/d/one/two/file"),
            mkdir(4, "/d/one"),
        ];
        let Sent { outcomes, answers } = host.apply_all_then_ask(&ops, &questions);
        assert_eq!(
            outcomes,
            [Ok(Applied::Done), Ok(Applied::Done), Ok(Applied::Done), Ok(Applied::Already)],
            "{shell}"
        );
        assert_eq!(answers, [Ok(Answer::Exists(true)), Ok(Answer::Exists(false))], "{shell}");
        for number in 1..=3 {
            assert!(
                root.here(&format!("{RECORD}/step.{number}.intent")).exists(),
                "{shell}: {number}"
            );
        }
        // The second has no place to stand: what comes behind it is not begun, and nothing is
        // asked.
        let ops = [mkdir(5, "/d/five"), mkdir(6, "/d/none/six"), mkdir(7, "/d/seven")];
        let Sent { outcomes, answers } = host.apply_all_then_ask(&ops, &questions);
        assert_eq!((outcomes.len(), answers.len()), (2, 0), "{shell}: {outcomes:?}");
        assert_eq!(outcomes[0], Ok(Applied::Done), "{shell}");
        let (_, why) = failed(outcomes[1].clone());
        assert!(why.contains("No such file"), "{shell}: {why}");
        assert!(
            !root.here("/d/seven").exists()
                && !root.here(&format!("{RECORD}/step.7.intent")).exists(),
            "{shell}"
        );
        // What takes long, or asks, goes alone.
        let mut long = touch(8, "/d/long");
        if let Op::Run(Run { within, .. }) = &mut long.op {
            *within = 7200;
        }
        assert!(
            matches!(
                host.apply_all(&[long, mkdir(9, "/d/nine")])[..],
                [Err(HostError::Invalid(_))]
            ),
            "{shell}"
        );
    }
}

#[test]
fn a_run_that_has_lost_its_lock_begins_nothing_more() {
    for shell in shells() {
        for line in ["admin@one, process 1", "DOMAIN\\admin@one, process 1"] {
            let root = Root::new();
            let (host, other) = (host(&root, &shell), host(&root, &shell));
            assert_eq!(host.take(line), Ok(None), "{shell}");
            let touch = |number, at: &str| {
                let command = Command::new("/usr/bin/touch", [root.here(at).to_str().unwrap()]);
                Due::unseen(
                    &id(&root, number),
                    &run(command, Stdin::Closed, Check::Exists(path(at))),
                )
            };
            assert_eq!(
                host.apply_all(&[touch(1, "/d/one")]),
                [Ok(Applied::Done)],
                "{shell}: its own lock"
            );
            // The second of a request is what another run takes for settled when it has come
            // between.
            let script = format!("#!/bin/sh\n: >{}\nsleep 1\n", root.here("/d/two").display());
            fs::write(root.here("/d/slow"), script).unwrap();
            fs::set_permissions(root.here("/d/slow"), fs::Permissions::from_mode(0o755)).unwrap();
            let slow = Command::new("/d/slow", [""; 0]);
            let slow = Due::unseen(
                &id(&root, 2),
                &run(slow, Stdin::Closed, Check::Exists(path("/d/two"))),
            );
            let outcomes = std::thread::scope(|scope| {
                let outcomes = scope.spawn(|| host.apply_all(&[slow, touch(3, "/d/three")]));
                while !root.here("/d/two").exists() && !outcomes.is_finished() {
                    std::thread::sleep(std::time::Duration::from_millis(5));
                }
                assert_eq!(
                    (other.release(line), other.take("another")),
                    (Ok(()), Ok(None)),
                    "{shell}"
                );
                outcomes.join().unwrap()
            });
            assert_eq!(
                (outcomes.len(), &outcomes[0]),
                (2, &Ok(Applied::Done)),
                "{shell}: {outcomes:?}"
            );
            assert_eq!(
                outcomes[1],
                Err(HostError::LostLock { holder: "another".into() }),
                "{shell}"
            );
            assert!(
                !root.here("/d/three").exists()
                    && !root.here(&format!("{RECORD}/step.3.intent")).exists(),
                "{shell}"
            );
            // Given back by force, it is nobody's.
            assert_eq!(other.release("another"), Ok(()), "{shell}");
            let nobody = Err(HostError::LostLock { holder: "nobody".into() });
            assert_eq!(host.apply_all(&[touch(4, "/d/four")]), [nobody], "{shell}");
            assert_eq!(host.take(line), Ok(None), "{shell}");
            assert_eq!(host.apply_all(&[touch(5, "/d/five")]), [Ok(Applied::Done)], "{shell}");
        }
    }
}

#[test]
fn a_command_that_was_seen_not_to_be_done_is_not_looked_at_again_unless_it_began_before() {
    for shell in shells() {
        let root = Root::new();
        let host = host(&root, &shell);
        // Its check notes that it was asked.
        let asked = root.here("/d/asked");
        let script = format!(
            "#!/bin/sh\necho x >>{}\ntest -f {}\n",
            asked.display(),
            root.here("/d/file").display()
        );
        fs::write(root.here("/d/check"), script).unwrap();
        fs::set_permissions(root.here("/d/check"), fs::Permissions::from_mode(0o755)).unwrap();
        let check = Command::new("/d/check", [""; 0]);
        let touch = Command::new("/usr/bin/touch", [root.here("/d/file").to_str().unwrap()]);
        let mut due =
            Due::unseen(&id(&root, 1), &run(touch, Stdin::Closed, Check::Succeeds(check)));
        let mut questions = |seen| {
            due.seen = seen;
            assert_eq!(host.apply_all(std::slice::from_ref(&due)), [Ok(Applied::Done)], "{shell}");
            fs::remove_file(root.here("/d/file")).unwrap();
            let count = fs::read_to_string(&asked).unwrap().lines().count();
            fs::remove_file(&asked).unwrap();
            count
        };
        assert_eq!(questions(true), 1, "{shell}");
        // There was an attempt before.
        assert_eq!(questions(true), 2, "{shell}");
        fs::remove_dir_all(root.here(RECORD)).unwrap();
        fs::create_dir_all(root.here(RECORD)).unwrap();
        assert_eq!(questions(false), 2, "{shell}");
    }
}

#[test]
fn a_link_is_known_by_its_whole_target() {
    for shell in shells() {
        let root = Root::new();
        let host = host(&root, &shell);
        // What the shell can take apart by itself, and what it cannot.
        let targets = [
            "/cal/config",
            "a -> b",
            "a b",
            "a  b",
            " a",
            "a ",
            "a\tb",
            "a>",
            ">a",
            "->",
            "a\\b",
            "*",
        ];
        for (number, target) in (1u32..).zip(targets) {
            let at = format!("/d/link{number}");
            symlink(target, root.here(&at)).unwrap();
            let link = |target: &str| Op::Symlink { path: path(&at), target: target.into() };
            assert_eq!(
                host.apply(&Due::unseen(&id(&root, number), &link(target))),
                Ok(Applied::Already),
                "{shell}: {target:?}"
            );
            let other =
                host.apply(&Due::unseen(&id(&root, number + 50), &link(&format!("{target}x"))));
            assert!(matches!(other, Ok(Applied::Differs { .. })), "{shell}: {target:?}: {other:?}");
        }
    }
}

#[test]
fn a_question_that_hangs_ends_the_session_but_not_the_host() {
    let root = Root::new();
    let host = host(&root, "dash").query_within(2);
    let sleep = |seconds| Command::new("/usr/bin/sleep", [seconds]);
    let silent = HostError::Unreachable {
        node: host.name().0.clone(),
        why: "no answer to a question within 2 seconds (limit.query)".into(),
    };
    assert_eq!(host.query(&sleep("6")), Err(silent));
    assert_eq!(host.query(&sleep("0")).map(|o| o.status), Ok(0), "a new connection");
    assert_eq!(host.release("nobody"), Ok(()));
}

#[test]
fn a_command_of_an_earlier_run_is_waited_for() {
    for shell in shells() {
        let root = Root::new();
        let host = host(&root, &shell);
        assert_eq!(host.wait(&id(&root, 1), 1), Ok(()), "{shell}: there is none");
        let boot = Command::new("/usr/bin/who", ["-b"]);
        let boot =
            host.query(&boot).unwrap().text().split_whitespace().collect::<Vec<_>>().join(" ");
        let pid = |boot: &str| {
            fs::write(
                root.here(&format!("{RECORD}/step.1.pid")),
                format!("{} {boot}\n", std::process::id()),
            )
        };
        pid(boot.trim()).unwrap();
        if !boot.trim().is_empty() {
            assert_eq!(
                host.wait(&id(&root, 1), 1),
                Err(HostError::TimedOut(1)),
                "{shell}: this process runs"
            );
        }
        assert_eq!(host.release("nobody"), Ok(()), "{shell}: the session goes on");
        fs::write(root.here(&format!("{RECORD}/step.1.rc")), "0\n").unwrap();
        assert_eq!(host.wait(&id(&root, 1), 1), Ok(()), "{shell}: it has ended");
        fs::remove_file(root.here(&format!("{RECORD}/step.1.rc"))).unwrap();
        pid("another boot").unwrap();
        assert_eq!(host.wait(&id(&root, 1), 1), Ok(()), "{shell}: of another boot");
    }
}
