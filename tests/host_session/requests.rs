//! Whatever a request does or prints, its answer is exact and the next request is undisturbed.

use std::fs;
use std::time::{Duration, Instant};

use calha::host::Session;
use calha::node::{HostError, Output};

use crate::support::{Root, shells};
use crate::{SOON, session};

/// How an answer comes back.
type Way = fn(&mut Session, &str, Duration) -> Result<Output, HostError>;

/// In one piece, and as it is printed.
const WAYS: [Way; 2] = [Session::ask, Session::ask_straight];

fn ask(session: &mut Session, script: &str) -> Output {
    session.ask(script, SOON).unwrap_or_else(|e| panic!("{script}: {e}"))
}

/// Asks, then checks that the session still answers, in each way.
fn then_fine(session: &mut Session, way: Way, shell: &str, script: &str) -> Output {
    let output = way(session, script, SOON).unwrap_or_else(|e| panic!("{shell}: {script}: {e}"));
    for way in WAYS {
        let fine = way(session, "echo fine; echo \"$R\" >/dev/null", SOON)
            .unwrap_or_else(|e| panic!("{shell}: after {script}: {e}"));
        assert_eq!(fine.stdout, b"fine\n", "{shell}: after {script}");
    }
    output
}

/// Every shell with every way.
fn each(test: impl Fn(&str, Way)) {
    for shell in shells() {
        for way in WAYS {
            test(&shell, way);
        }
    }
}

#[test]
fn status_and_outputs_are_told_apart() {
    each(|shell, way| {
        let root = Root::new();
        let mut session = session(&root, shell);
        for (script, status, stdout, stderr) in [
            ("echo out; echo err >&2; false", 1, "out\n", "err\n"),
            (":", 0, "", ""),
            ("", 0, "", ""),
            ("exit 7", 7, "", ""),
            ("exit 255", 255, "", ""),
            ("set -e; false; echo no", 1, "", ""),
            ("set -e; exit 0", 0, "", ""),
            ("cat; read x; echo \"[$x]\"", 0, "[]\n", ""),
            ("echo 'it'\\''s \\ \"$0\" $HOME' | sed 's/ .*//'", 0, "it's\n", ""),
            ("exec >/dev/null; echo gone", 0, "", ""),
            ("trap 'echo bye' 0; echo hello; exit 0", 0, "hello\nbye\n", ""),
            ("calha_answer() { :; }; calha_t=x; PATH=; cd /; umask 0; echo set", 0, "set\n", ""),
            (
                "x=1\n\nif test $x = 1; then\n  echo several lines\nfi\n# comment",
                0,
                "several lines\n",
                "",
            ),
        ] {
            let output = then_fine(&mut session, way, shell, script);
            let said = (
                output.status,
                String::from_utf8(output.stdout).unwrap(),
                String::from_utf8(output.stderr).unwrap(),
            );
            assert_eq!(said, (status, stdout.to_owned(), stderr.to_owned()), "{shell}: {script}");
        }
    });
}

#[test]
fn what_is_no_shell_at_all_fails_alone() {
    each(|shell, way| {
        let root = Root::new();
        let mut session = session(&root, shell);
        for script in [
            "if then",
            "(",
            ")",
            "'unclosed",
            "`unclosed",
            "case x in",
            "}",
            "no_such_program_anywhere",
            "cat <<X",
        ] {
            let output = then_fine(&mut session, way, shell, script);
            // A here-document without end is a mistake to some shells only.
            assert!(!output.success() || script == "cat <<X", "{shell}: {script} succeeded");
        }
        assert!(
            matches!(way(&mut session, "echo \0", SOON), Err(HostError::Invalid(_))),
            "{shell}"
        );
        let long = format!(": {}; echo long", "x".repeat(300_000));
        assert_eq!(then_fine(&mut session, way, shell, &long).stdout, b"long\n", "{shell}");
    });
}

#[test]
fn every_byte_comes_through_and_nothing_passes_for_a_frame() {
    let all: Vec<u8> = (0..=255).cycle().take(5000).collect();
    for shell in shells() {
        let root = Root::new();
        fs::write(root.here("/d/all"), &all).unwrap();
        fs::write(root.here("/d/open"), "no newline").unwrap();
        let mut session = session(&root, &shell);
        let output = then_fine(
            &mut session,
            Session::ask,
            &shell,
            "cat \"$R/d/all\"; cat \"$R/d/open\" >&2",
        );
        assert_eq!(
            (output.stdout, output.stderr),
            (all.clone(), b"no newline".to_vec()),
            "{shell}"
        );
        let output = then_fine(
            &mut session,
            Session::ask_straight,
            &shell,
            "cat \"$R/d/all\"; cat \"$R/d/open\" >&2",
        );
        assert_eq!(
            (output.stdout, output.stderr),
            (all.clone(), b"no newline".to_vec()),
            "{shell}"
        );
        // Earlier answers whole, with their marks, and its own head.
        let script = "cat \"$calha_c\"/o1 \"$calha_c\"/o2; sed 1q \"$calha_c/o7\"; echo; echo \"$calha_t\"; echo end";
        let output = then_fine(&mut session, Session::ask, &shell, script);
        let text = output.text();
        assert!(
            text.contains(" 0\n") && text.contains("\nfine\n") && text.ends_with("\nend\n"),
            "{shell}: {text}"
        );
        // Emptying the file that its output goes to takes the answer's head away; the true Bourne shell goes on at the place where it was.
        let output = then_fine(
            &mut session,
            Session::ask,
            &shell,
            "echo before; : >\"$calha_c/o10\"; echo after",
        );
        let hole = output.stdout.iter().take_while(|b| **b == 0).count();
        assert_eq!(&output.stdout[hole..], b"after\n", "{shell}");
    }
}

#[test]
fn large_outputs_arrive_whole() {
    each(|shell, way| {
        let root = Root::new();
        let mut seed = 1u64;
        let mut random = |length: usize| -> Vec<u8> {
            let step = |_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (seed >> 33) as u8
            };
            (0..length).map(step).collect()
        };
        let (out, err) = (random(20 << 20), random(300_000));
        fs::write(root.here("/d/out"), &out).unwrap();
        fs::write(root.here("/d/err"), &err).unwrap();
        let mut session = session(&root, shell);
        let output =
            then_fine(&mut session, way, shell, "cat \"$R/d/out\" & cat \"$R/d/err\" >&2; wait");
        assert!(
            output.stdout == out && output.stderr == err,
            "{shell}: {} {}",
            output.stdout.len(),
            output.stderr.len()
        );
        // What they took on the node goes before the next request.
        let kept: u64 = files(&root).iter().map(|(_, size)| size).sum();
        assert!(kept < 1 << 20, "{shell}: {kept} bytes are kept");
    });
}

#[test]
fn a_process_left_in_the_background_neither_delays_nor_spoils() {
    for shell in shells() {
        let root = Root::new();
        let mut session = session(&root, &shell);
        let began = Instant::now();
        let output = then_fine(
            &mut session,
            Session::ask,
            &shell,
            "( sleep 2; echo late; echo late >&2 ) & echo now",
        );
        assert_eq!(output.stdout, b"now\n", "{shell}");
        assert!(began.elapsed() < Duration::from_millis(1800), "{shell}: waited for it");
        assert_eq!(ask(&mut session, "sleep 2; echo x").stdout, b"x\n", "{shell}");
        assert_eq!(ask(&mut session, "echo y").stdout, b"y\n", "{shell}");
    }
}

#[test]
fn a_killed_subshell_is_a_failed_request() {
    each(|shell, way| {
        let root = Root::new();
        let mut session = session(&root, shell);
        match way(&mut session, "/bin/sh -c 'kill -9 $PPID'; :", SOON) {
            Ok(output) => assert_eq!(output.status, 137, "{shell}"),
            // Its subshells are no processes of their own, so that was the session.
            Err(HostError::Lost { .. }) => assert_eq!(shell, "ksh93"),
            Err(other) => panic!("{shell}: {other}"),
        }
    });
}

#[test]
fn files_on_the_node_stay_few_and_go_with_the_session() {
    for shell in shells() {
        let root = Root::new();
        let mut session = session(&root, &shell);
        for _ in 0..100 {
            ask(&mut session, "echo x");
        }
        let kept = files(&root);
        assert!(kept.len() < 80, "{shell}: {kept:?}");
        drop(session);
        assert_eq!(
            fs::read_dir(root.here("/tmp")).unwrap().count(),
            0,
            "{shell}: something stays in /tmp"
        );
    }
}

/// Names and sizes in the session's directory.
fn files(root: &Root) -> Vec<(String, u64)> {
    let mut found = Vec::new();
    for directory in fs::read_dir(root.here("/tmp")).unwrap() {
        for file in fs::read_dir(directory.unwrap().path()).unwrap() {
            let file = file.unwrap();
            found.push((file.file_name().into_string().unwrap(), file.metadata().unwrap().len()));
        }
    }
    found
}
