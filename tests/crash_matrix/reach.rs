//! A shared file system that is mounted nowhere, in each state that its group may be in: the
//! commands that calha prints work as printed, and the same command goes on behind them.

use calha::engine::Stop;
use calha::guide::Guide;
use calha::journal::RunCommand;
use calha::node::Command;

use super::bench::{Start, install, node, of_model, resolved, rollback, run, run_accepting};

/// What somebody has done to the group: words of scswitch(1M), or a umount(1M).
const STATES: [(&str, &[&str]); 6] = [
    ("offline", &["-F -g CAL-RG"]),
    ("unmounted below the group", &["-n -j CAL-SVR-RS", "umount /cal"]),
    ("offline, the service disabled", &["-n -j CAL-SVR-RS", "-F -g CAL-RG"]),
    ("all disabled", &["-F -g CAL-RG", "-n -j CAL-SVR-RS", "-n -j CAL-HASP-RS,LOG-HOST-RS"]),
    (
        "unmanaged",
        &["-F -g CAL-RG", "-n -j CAL-SVR-RS", "-n -j CAL-HASP-RS,LOG-HOST-RS", "-u -g CAL-RG"],
    ),
    (
        "online elsewhere without storage",
        &["-z -g CAL-RG -h Node2", "-n -j CAL-SVR-RS", "-n -j CAL-HASP-RS"],
    ),
];

fn types(start: &mut Start, on: &str, line: &str) {
    let mut words = line.split(' ');
    let command = Command::new(words.next().unwrap(), words);
    let said = start.rack.lab.exec(&node(on), &command, b"").unwrap();
    assert!(said.success(), "{line}: {}", String::from_utf8_lossy(&said.stderr));
}

fn brought_into(done: &Start, commands: &[&str]) -> Start {
    let mut start = done.clone();
    for words in commands {
        let line = match words.strip_prefix("umount ") {
            Some(mount) => format!("/usr/sbin/umount {mount}"),
            None => format!("/usr/cluster/bin/scswitch {words}"),
        };
        types(&mut start, "Node1", &line);
    }
    start
}

fn is_served(start: &Start) -> bool {
    let mut resources = start.rack.lab.cluster().resources.iter();
    resources.any(|r| r.name == "CAL-SVR-RS" && r.states.values().any(|s| s.is_started()))
}

#[test]
fn a_way_back_goes_on_behind_the_commands_in_every_state() {
    let resolved = resolved(&[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let (_, done) = run(&guide, &Start::fresh(&resolved), &install);
    for (label, commands) in STATES {
        let start = brought_into(&done, commands);
        let (asked, mut end) = run(&guide, &start, &rollback);
        let Err(Stop::Unanswered(questions)) = asked.result else {
            panic!("{label}: {:?}", asked.result)
        };
        let question = questions.iter().find(|q| q.code == "ha-block.unreachable").unwrap();
        let lines: Vec<&str> =
            question.accepting.lines().filter_map(|l| l.strip_prefix("    ")).collect();
        assert!(!lines.is_empty(), "{label}");
        for line in lines {
            types(&mut end, question.node.as_ref().expect("a node").as_str(), line);
        }
        assert!(!is_served(&end), "{label}: the service was started");
        let (after, _) = run(&guide, &end, &rollback);
        assert!(after.result.is_ok(), "{label}: {:?}", after.result);
    }
}

#[test]
fn an_installation_brings_it_back_by_itself_once_what_has_changed_is_accepted() {
    let resolved = resolved(&[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let (_, done) = run(&guide, &Start::fresh(&resolved), &install);
    let drift: Vec<String> = guide.steps.iter().map(|s| format!("drift.{}", s.id)).collect();
    let drift: Vec<&str> = drift.iter().map(String::as_str).collect();
    for (label, commands) in STATES {
        let start = brought_into(&done, commands);
        let (after, end) = run_accepting(&guide, &start, &drift, &install);
        // Where a group stands is nobody's drift: that nobody is served is said, and left.
        if label == "offline" {
            let Err(Stop::Blocked(problems)) = &after.result else {
                panic!("{label}: {:?}", after.result)
            };
            assert!(problems.iter().any(|p| p.code == "service.not-online"), "{problems:?}");
            continue;
        }
        assert!(after.result.is_ok(), "{label}: {:?}", after.result);
        assert!(is_served(&end), "{label}");
    }
}

/// An installation whose block was undone, and whose group somebody has taken offline then.
fn without_its_block(set: &[&str]) -> (Guide, Start) {
    let resolved = of_model("asymmetric", set);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let (_, done) = run(&guide, &Start::fresh(&resolved), &install);
    let (restored, start) =
        run(&guide, &done, &|e| e.undo_steps(RunCommand::Restore, &["ha-block".into()]));
    assert!(restored.result.is_ok(), "{:?}", restored.result);
    (guide, brought_into(&start, &["-F -g CAL-RG"]))
}

/// The block is to be put back, and bringing its group online would start the service without it:
/// that is said before the first change, and what is printed leads on.
#[test]
fn no_service_is_started_without_its_block() {
    let unmanaged = ["-n -j CAL-SVR-RS", "-n -j CAL-HASP-RS,LOG-HOST-RS", "-u -g CAL-RG"];
    for (kind, besides) in [("failover", &[][..]), ("cluster", &[]), ("failover", &unmanaged)] {
        let (guide, start) = without_its_block(&[&format!("instance.cal.file-system={kind}")]);
        let start = brought_into(&start, besides);
        let calls = start.rack.lab.changing_calls().len();
        let drift: Vec<String> = guide.steps.iter().map(|s| format!("drift.{}", s.id)).collect();
        let drift: Vec<&str> = drift.iter().map(String::as_str).collect();

        let (refused, mut start) = run_accepting(&guide, &start, &drift, &install);
        let Err(Stop::Blocked(problems)) = refused.result else {
            panic!("{kind} {besides:?}: {:?}", refused.result)
        };
        let problem = problems.iter().find(|p| p.code == "service.unready").unwrap();
        assert_eq!(start.rack.lab.changing_calls().len(), calls, "{kind} {besides:?}");

        let hint = problem.remedy.as_deref().unwrap();
        assert!(hint.contains("--accept drift.service-enable"), "{hint}");
        let typed = hint.strip_prefix("type there: ").unwrap().split("; then ").next().unwrap();
        for line in typed.split("; ") {
            types(&mut start, problem.node.as_deref().unwrap(), line);
            assert!(!is_served(&start), "{kind} {besides:?}: {line} started the service");
        }

        let accepted = if besides.is_empty() { &["drift.service-enable"][..] } else { &drift };
        let (gone_on, end) = run_accepting(&guide, &start, accepted, &install);
        assert!(gone_on.result.is_ok(), "{kind} {besides:?}: {:?}", gone_on.result);
        assert!(is_served(&end), "{kind} {besides:?}");
    }
}

/// Where the service is disabled, bringing its group online starts nothing, and nobody is asked.
#[test]
fn a_service_that_would_not_start_is_in_nobodys_way() {
    let (guide, start) = without_its_block(&[]);
    let start = brought_into(&start, &["-n -j CAL-SVR-RS"]);
    let (gone_on, end) = run_accepting(&guide, &start, &["drift.service-enable"], &install);
    assert!(gone_on.result.is_ok(), "{:?}", gone_on.result);
    assert!(is_served(&end));
}

/// Somebody has started it without its block all the same: what is printed then leads on.
#[test]
fn a_service_that_was_started_without_its_block_keeps_nobody_from_putting_it_back() {
    let (guide, mut start) = without_its_block(&[]);
    let online = Command::new("/usr/cluster/bin/scswitch", ["-Z", "-g", "CAL-RG"]);
    drop(start.rack.lab.exec(&node("Node1"), &online, b""));
    assert!(!is_served(&start), "the service started without its block");

    let (refused, mut start) = run(&guide, &start, &install);
    let Err(Stop::Blocked(problems)) = refused.result else { panic!("{:?}", refused.result) };
    let hint = problems.iter().find(|p| p.code == "preflight.group-state").unwrap();
    let line = "/usr/cluster/bin/scswitch -n -j CAL-SVR-RS";
    assert!(hint.to_string().contains(line), "{hint:?}");

    types(&mut start, "Node1", line);
    let (gone_on, end) = run_accepting(&guide, &start, &["drift.service-enable"], &install);
    assert!(gone_on.result.is_ok(), "{:?}", gone_on.result);
    assert!(is_served(&end));
}
