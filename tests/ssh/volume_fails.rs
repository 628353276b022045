//! A node whose /var is full, or read-only, from some moment on; one without room for answers.

use std::process::Stdio;

use calha::node::NodeName;

use crate::trials::Trials;
use crate::volume::Volume;
use crate::{Far, installed, same, visible};

#[test]
fn a_full_or_read_only_var_ends_the_run_and_once_put_right_it_goes_on() {
    if !installed() {
        return;
    }
    let trials = Trials::begin("CALHA_FULL");
    let seed = trials.seed;
    let mut met = 0;
    for time in trials.numbers.clone() {
        let trial = trials.one(time);
        let (node, moment) = (trial.node, trial.moment);
        let far = Far::new();
        let Some(volume) = Volume::under(&far.site.lab.root(&NodeName(node.into())).join("var"))
        else {
            return;
        };
        let mut program =
            far.site.program(&["install", far.site.profile.to_str().unwrap(), "--yes"]);
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
        let (out, err) =
            (String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr));
        let label = format!(
            "volume {time} (seed {seed}): /var of {node} is {kind} after {} ms",
            moment.as_millis()
        );
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
        trials.end(&trial, &far, ended.status.success(), &label, |_| {});
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
