//! The program in front of a human: bars, questions, handwork, vendor programs that ask, ^C.

#[path = "../cli_run/site.rs"]
mod site;

mod attended;
mod back;
mod before;
mod failures;
#[path = "../support/far.rs"]
mod far;
mod gone;
mod keys;
mod lab;
mod leaving;
mod new_type;
mod once;
mod pty;
#[path = "../support/real_root.rs"]
mod real_root;
mod screens;
#[path = "../support/sshd.rs"]
mod sshd;
mod svg;
#[path = "../support/thorough.rs"]
mod thorough;
mod upgrade_type;
mod versions;
mod walk;
mod whole_way;

use pty::Pty;
use site::Site;

const CALHA: &str = env!("CARGO_BIN_EXE_calha");

/// What the plan prints for the directory server host, up to the manager's name.
const PREPARE: &str = "/opt/SUNWcomds/sbin/comm_dssetup.pl -i yes -R no -c /var/opt/mps/serverroot -d slapd-ldap -r o=internet -u o=usergroup -s yes -b yes -t 2 -m yes";

fn start(site: &Site, args: &[&str], env: &[(&str, &str)]) -> Pty {
    let state = site.dir.path().join("state").display().to_string();
    let mut all: Vec<&str> = vec![args[0], site.profile.to_str().unwrap()];
    all.extend(&args[1..]);
    let mut env = env.to_vec();
    env.push(("XDG_STATE_HOME", &state));
    Pty::start(CALHA, &all, &env, 30, 80)
}

/// Agrees to every step that asks, until this appears.
fn agree_until(pty: &mut Pty, text: &str) {
    while pty.waits_for_one(&["[q]uit > ", text]) == 0 {
        pty.types("\n");
    }
}

#[test]
fn a_human_agrees_does_the_handwork_and_is_not_believed_before_it_is_done() {
    let site = Site::new();
    let by_hand = ["--set", "directory.mode=operator"];
    let mut pty = start(&site, &["install", by_hand[0], by_hand[1]], &[]);
    // All that is said in a line is shown on request.
    pty.waits_for("go on with these steps? [s]how [y/N] ");
    assert!(!pty.written().contains("31   complete"), "{}", pty.written());
    pty.types("s");
    pty.waits_for("31   complete");
    pty.waits_for("/etc/passwd /etc/group");
    pty.waits_for("proof: Node2: quorum");
    pty.waits_for("go on with these steps? [s]how [y/N] ");
    pty.types("n");
    assert_eq!(pty.ends().code(), Some(3), "{}", pty.screen());
    assert_eq!(site.changing_calls(), 0);

    let mut pty = start(&site, &["install", by_hand[0], by_hand[1]], &[]);
    pty.waits_for("go on with these steps?");
    pty.types("y");
    pty.waits_for("[q]uit > ");
    pty.types("a\n");
    agree_until(&mut pty, "is it done?");
    let screen = pty.screen();
    assert!(screen.contains("comm_dssetup.pl"), "{screen}");
    pty.types("y");
    assert_eq!(pty.ends().code(), Some(1), "{}", pty.screen());
    assert!(pty.written().contains("calha does not see its effect"), "{}", pty.written());

    let mut pty = start(&site, &["resume", by_hand[0], by_hand[1]], &[]);
    pty.waits_for("go on with these steps?");
    pty.types("y");
    agree_until(&mut pty, "is it done?");
    let mut words: Vec<&str> = PREPARE.split(' ').collect();
    words.extend(["-D", "cn=Directory Manager", "-j", "/etc/passwd"]);
    let done = site.types("ldap", "/usr/bin/perl", &words);
    assert_eq!(done.status, 0, "{}{}", done.out, done.err);
    pty.types("y");
    agree_until(&mut pty, "operations carried out");
    let status = pty.ends();
    assert_eq!(status.code(), Some(0), "{}", pty.written());
    assert!(pty.written().contains("[30/31] prove"), "{}", pty.written());
    let screen = pty.screen();
    assert!(!screen.contains('\u{2588}') && !screen.contains("] is it done?"), "{screen}");
}

/// csconfigurator.sh: directory host, port, manager, password, administrator, port, user, group,
/// start now, at boot, the directories, "Create directory?".
const ANSWERS: &str = "ldap\n\n\nsecret\n\n80\n\n\nno\nn\n/cal/config\n/cal/csdb\n/cal/store\n/cal/logs\n/cal/tmp\n\n/cal/csdb/archive\n/cal/csdb/hotbackup\nyes\n";

#[test]
fn the_vendors_programs_ask_on_the_same_terminal() {
    let site = Site::new();
    let attended = [
        "--set",
        "configurator.mode=attended",
        "--set",
        "installer.mode=attended",
        "--set",
        "directory.mode=attended",
    ];
    let mut words = vec!["install", site.profile.to_str().unwrap(), "--yes"];
    words.extend(attended);
    let nobody = site.calha(&words);
    assert_eq!(nobody.status, 3, "{}{}", nobody.out, nobody.err);
    for step in ["attended.software", "attended.directory-server", "attended.configure-primary"] {
        assert!(nobody.err.contains(step), "{}", nobody.err);
    }
    for mode in ["installer.mode", "directory.mode", "configurator.mode"] {
        assert!(nobody.err.contains(&format!("or set {mode} to")), "{}", nobody.err);
    }
    assert_eq!(site.changing_calls(), 0);

    words.remove(1);
    let mut pty = start(&site, &words, &[]);
    for _ in 0..2 {
        pty.waits_for("license agreement? [yes]: ");
        pty.types("\n\n\n\n");
    }
    pty.waits_for("]: ");
    pty.types("y\n\n\n\nsecret\n\n\n2\n\n\n\ny\n");
    pty.waits_for("Hot backup directory   /cal/csdb/hotbackup");
    pty.waits_for("]: ");
    pty.types(ANSWERS);
    pty.waits_for("All Tasks Passed");
    let status = pty.ends();
    assert_eq!(status.code(), Some(0), "{}", pty.written());
    let verify = site.calha(&[&["verify", site.profile.to_str().unwrap()], &attended[..]].concat());
    assert!(
        verify.status == 0 && verify.out.contains("nothing to do"),
        "{}{}",
        verify.out,
        verify.err
    );
}

#[test]
fn control_c_ends_the_run_after_the_operation_at_hand_and_the_way_goes_on() {
    let site = Site::new();
    let mut pty = start(&site, &["install", "--yes"], &[("NO_COLOR", "1")]);
    pty.waits_for("] software");
    pty.types("\u{3}");
    assert_eq!(pty.ends().code(), Some(130), "{}", pty.screen());
    let written = pty.written();
    assert!(written.contains("calha resume"), "{written}");
    let coloured = written.split("\u{1b}[").skip(1).any(|rest| {
        rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').starts_with('m')
    });
    assert!(!coloured, "a colour where none was wanted:\n{written}");
    let resumed = site.run("resume", &["--yes"]);
    assert_eq!(resumed.status, 0, "{}{}", resumed.out, resumed.err);

    // At a question it ends the run as well; nothing has begun.
    let other = Site::new();
    let mut pty = start(&other, &["install"], &[]);
    pty.waits_for("go on with these steps?");
    pty.types("\u{3}");
    assert_eq!(pty.ends().code(), Some(130), "{}", pty.screen());
    assert_eq!(other.changing_calls(), 0);
}

/// Whatever ends or stops the program at a question, the terminal is as it was given; [`Pty::ends`]
/// compares its modes.
#[test]
fn the_terminal_is_put_back_after_a_signal_at_any_question() {
    use rustix::process::Signal;
    let site = Site::new();
    let secret =
        ["install", "--set", "node.Node1.become=su", "--set", "node.Node1.become-password=ask"];
    let questions: [(&[&str], &[&str]); 3] = [
        (&["install"], &["go on with these steps?"]),
        (&secret, &["password of su on Node1: "]),
        (&["install"], &["go on with these steps?", "[q]uit > "]),
    ];
    for (args, questions) in questions {
        for signal in [Signal::TERM, Signal::INT, Signal::HUP] {
            let mut pty = start(&site, args, &[]);
            for (at, question) in questions.iter().enumerate() {
                pty.waits_for(question);
                if at + 1 < questions.len() {
                    pty.types("y");
                }
            }
            pty.signal(signal);
            let status = pty.ends();
            assert!(
                matches!(status.code(), Some(130 | 1)),
                "{args:?} {signal:?}: {status:?}\n{}",
                pty.screen()
            );
        }
    }
    assert_eq!(site.changing_calls(), 0);

    // One that comes while nodes are being connected is heard when they are, or are not; nothing
    // begins then.
    let mut pty = start(
        &site,
        &["install", "--yes", "--set", "node.Node2.connection={command=[\"/bin/sleep\", \"3\"]}"],
        &[],
    );
    std::thread::sleep(std::time::Duration::from_millis(600));
    pty.signal(Signal::TERM);
    assert_eq!(pty.ends().code(), Some(130), "{}", pty.screen());
    assert_eq!(site.changing_calls(), 0);

    // ^Z stops it, and it goes on where it was.
    let state = site.dir.path().join("state").display().to_string();
    let mut pty = Pty::start(
        CALHA,
        &["new", "/tmp/calha-is-never-written.toml"],
        &[("XDG_STATE_HOME", &state)],
        30,
        80,
    );
    pty.waits_for("n-plus-one  N instances");
    pty.waits_for("> ");
    pty.signal(Signal::TSTP);
    pty.signal(Signal::CONT);
    pty.types("2\n");
    pty.waits_for("can be asked now");
    pty.waits_for("> ");
    pty.types("\u{4}");
    assert_eq!(pty.ends().code(), Some(3), "{}", pty.screen());
}

/// In the program started below: the terminal as a question may have it, and something goes wrong.
fn panics_if_asked() {
    if std::env::var_os("CALHA_TEST_PANICS").is_none() {
        return;
    }
    calha::ui::tell_of_faults();
    let _keyboard = calha::ui::Keyboard::new().expect("a terminal");
    let mut raw = rustix::termios::tcgetattr(std::io::stdin()).unwrap();
    raw.make_raw();
    rustix::termios::tcsetattr(std::io::stdin(), rustix::termios::OptionalActions::Now, &raw)
        .unwrap();
    std::io::Write::write_all(&mut std::io::stderr(), b"\x1b[?25l").unwrap();
    panic!("on purpose");
}

#[test]
fn a_panic_puts_the_terminal_back() {
    panics_if_asked();
    let program = std::env::current_exe().unwrap().display().to_string();
    let args = ["a_panic_puts_the_terminal_back", "--exact", "--nocapture"];
    let mut pty = Pty::start(&program, &args, &[("CALHA_TEST_PANICS", "1")], 30, 80);
    assert_eq!(pty.ends().code(), Some(1), "{}", pty.screen());
    assert!(
        pty.written().contains("\u{1b}[?25l")
            && pty.written().contains("calha has a fault of its own: on purpose"),
        "{}",
        pty.written()
    );
}
