//! A node whose /var is full, or read-only, from some moment on; one without room for answers.

use std::process::Stdio;
use std::time::Instant;

use calha::host::NodeName;

use crate::volume::Volume;
use crate::{Far, installed, number, random, same, thorough, visible};

#[test]
fn a_full_or_read_only_var_ends_the_run_and_once_put_right_it_goes_on() {
    if !installed() {
        return;
    }
    let first = number("CALHA_FIRST", 0);
    let times = number("CALHA_FULL", if thorough::thorough() { 4 } else { 2 });
    let seed = number("CALHA_SEED", 6_560_681);
    println!("volumes {first} to {times}, seed {seed}; others with CALHA_FIRST, CALHA_FULL and CALHA_SEED");
    let undisturbed = Far::new();
    let begun = Instant::now();
    let said = undisturbed.site.run("install", &["--yes"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    let (took, wanted) = (begun.elapsed(), visible(&undisturbed.site));
    let mut met = 0;
    for time in first..times {
        let random = random(seed, time);
        let far = Far::new();
        let node = if random & 1024 == 0 { "Node1" } else { "Node2" };
        let Some(volume) = Volume::under(&far.site.lab.root(&NodeName(node.into())).join("var")) else { return };
        let moment = took.mul_f64((random % 1000) as f64 / 1000.0);
        let mut program = far.site.program(&["install", far.site.profile.to_str().unwrap(), "--yes"]);
        let child = program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        std::thread::sleep(moment);
        let kind = if time % 2 == 0 {
            volume.fills();
            "full"
        } else {
            volume.becomes_read_only();
            "read-only"
        };
        let ended = child.wait_with_output().unwrap();
        let (out, err) = (String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr));
        let label = format!("volume {time} (seed {seed}): /var of {node} is {kind} after {} ms", moment.as_millis());
        println!("{label}: {:?}: {}", ended.status.code(), err.lines().next().unwrap_or_default());
        assert!(matches!(ended.status.code(), Some(0 | 1)), "{label}: {out}{err}");
        if ended.status.code() == Some(1) {
            met += 1;
            assert!(err.contains(node), "{label}: {err}");
            // Nothing is made worse by trying again too early.
            let early = far.site.run("resume", &["--yes"]);
            assert!(matches!(early.status, 0 | 1), "{label}, again: {}{}", early.out, early.err);
        }
        volume.is_put_right();
        if random & 2048 == 0 || ended.status.success() {
            let resumed = far.site.run("resume", &["--yes"]);
            assert_eq!(resumed.status, 0, "{label}: {}{}", resumed.out, resumed.err);
            same(&visible(&far.site), &wanted, &label);
        } else {
            let back = far.site.run("rollback", &["--yes"]);
            assert_eq!(back.status, 0, "{label}: {}{}", back.out, back.err);
            let again = far.site.run("install", &["--yes", "--accept", "calendar.configured"]);
            assert_eq!(again.status, 0, "{label}: {}{}", again.out, again.err);
            same(&visible(&far.site), &wanted, &format!("{label}, taken back and done again"));
        }
    }
    assert!(met > 0, "no run has met a volume that failed");
}

#[test]
fn a_node_without_room_for_answers_is_named_before_anything_is_changed() {
    if !installed() {
        return;
    }
    let far = Far::new();
    let tmp = far.site.lab.root(&NodeName("Node2".into())).join("tmp");
    let Some(volume) = Volume::under(&tmp) else { return };
    // To a volume a size of nothing is no limit.
    std::fs::write(tmp.join("somebody's"), [b'x'; 4096]).unwrap();
    let fresh = visible(&far.site);
    volume.fills();
    let said = far.site.run("install", &["--yes"]);
    assert_eq!(said.status, 5, "{}{}", said.out, said.err);
    assert!(said.err.contains("Node2") && said.err.contains("/tmp"), "{}", said.err);
    same(&visible(&far.site), &fresh, "/tmp is full");
    volume.is_put_right();
    let said = far.site.run("install", &["--yes"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
}
