//! Programs that say that they have done their work and have done nothing, or half of it: the
//! script that has called them says so and does not end with 0, and goes on once they do it.

use std::path::Path;

use calha::guide::Guide;
use calha::lab::{Disk, Fault, Trouble};
use calha::node::Command;
use calha::op::{Op, Run};
use calha::plan::{Script, scripts};
use calha::step::Role;

use super::lie::{program, telling};
use super::thorough::thorough;
use super::{handwork, lab, resolved, with};

/// The commands of a script that bring something about, each with the operation that calls it. What
/// is kept of the state before is what they say.
fn commands(guide: &Guide, script: &Script) -> Vec<(String, Command)> {
    let calls = |op: &str| script.text.contains(&format!("\ncalha_do {op} "));
    let acting = guide.ops().into_iter().filter(|(step, ..)| step.role != Role::Records);
    let of = acting.filter_map(|(_, id, op)| match op {
        Op::Run(Run { command, .. }) if id.node == script.node => Some((id.file_stem(), command)),
        _ => None,
    });
    of.filter(|(op, command)| calls(op) && command.program.as_str() != "/bin/true").collect()
}

fn lies(lab: &Disk, command: &Command, trouble: Trouble) {
    let fault = Fault::Call {
        program: program(command),
        host: None,
        argument: telling(command),
        nth: 1,
        seen: 0,
        trouble,
    };
    lab.inject(fault).unwrap();
}

/// A command that is not called lies to nobody.
fn has_lied(lab: &Disk) -> bool {
    let seen = |fault: &Fault| matches!(fault, Fault::Call { seen: 1.., .. });
    lab.cluster().unwrap().faults.iter().any(seen)
}

fn run(lab: &Disk, script: &Script, code: &str) -> (Option<i32>, String) {
    let output = with(lab, &script.node, "/bin/sh", &script.text, &[code], &[]);
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The same where what is waited for does not come about: that need not take long.
fn deceived(script: &Script) -> Script {
    let mut text = script.text.clone();
    for line in script.text.lines().filter(|line| line.trim().starts_with("calha_settle ")) {
        text = text.replace(line, "  calha_settle 1");
    }
    Script { text, ..script.clone() }
}

fn fresh(dir: &Path) -> (Disk, Guide, Vec<Script>) {
    let resolved = resolved(&[]);
    let guide = Guide::of(&resolved, "asymmetric").unwrap();
    let lab = lab(&resolved, dir);
    handwork(&lab, &guide);
    let all = scripts(&guide);
    (lab, guide, all)
}

#[test]
fn a_script_does_not_believe_a_program_that_does_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (lab, guide, all) = fresh(&dir.path().join("lab"));
    let (mut code, mut number, mut told) = (String::new(), 0, 0);
    for script in &all {
        for (op, command) in commands(&guide, script) {
            number += 1;
            if !thorough() && number % 4 != 1 {
                continue;
            }
            lies(&lab, &command, Trouble::Pretends { after: 0 });
            let (status, said) = run(&lab, &deceived(script), &code);
            if has_lied(&lab) {
                told += 1;
                // That its tasks passed a run says which left the link that was there.
                let step = if op.starts_with("configure-secondary") { "links" } else { &op };
                let named = format!("calha: {step}: failed: ");
                assert!(status == Some(1) && said.contains(&named), "{op}: {status:?} {said}");
                if step == "links" {
                    let data = "ln -s /cal \"$CALHA_LAB_ROOT\"/opt/SUNWics5/cal/data\n";
                    assert!(with(&lab, &script.node, "/bin/sh", data, &[], &[]).status.success());
                }
            }
            lab.clear_faults().unwrap();
        }
        let (status, said) = run(&lab, script, &code);
        assert_eq!(status, Some(0), "{}: {said}", script.name);
        code.clone_from(&script.code);
    }
    assert!(told >= if thorough() { 12 } else { 3 }, "{told} of {number}");
}

/// The installer ends with 0 behind each of its parts.
#[test]
fn a_script_does_not_believe_an_installer_that_stops_half_way() {
    let most = if thorough() { 6 } else { 4 };
    for after in if thorough() { 1 } else { 3 }..most {
        let dir = tempfile::tempdir().unwrap();
        let (lab, guide, all) = fresh(&dir.path().join("lab"));
        let mut code = String::new();
        let mut found = false;
        for script in &all {
            let own = commands(&guide, script);
            let installs = own.iter().find(|(op, _)| op.starts_with("software."));
            if let Some((_, command)) = installs {
                lies(&lab, command, Trouble::Pretends { after });
            }
            let (status, said) = run(&lab, script, &code);
            if installs.is_some() && has_lied(&lab) {
                let named = ["calha: software.1: failed: ", "[software.incomplete]"];
                let is_named = named.iter().any(|name| said.contains(name));
                assert!(status == Some(1) && is_named, "{after}: {status:?} {said}");
                found = true;
                break;
            }
            assert_eq!(status, Some(0), "{}: {said}", script.name);
            code.clone_from(&script.code);
        }
        assert!(found, "{after}");
    }
}
