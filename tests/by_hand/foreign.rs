//! A Calendar Server of somebody else, in each place where it may stand: no script touches it, and
//! one that stands where it can be seen keeps every node as it was.

use std::path::{Path, PathBuf};

use calha::guide::Guide;
use calha::lab::Disk;
use calha::node::NodeName;
use calha::plan::{Script, scripts};

use super::{handwork, lab, resolved, visible, with};

/// Where somebody else's server stands, and what is said of it.
struct Place {
    /// `None`: on the shared volume.
    node: Option<&'static str>,
    path: &'static str,
    code: &'static str,
    /// Whether it can be seen before the first change.
    early: bool,
}

const PLACES: [Place; 6] = [
    Place::on("Node1", "opt/SUNWics5/cal/config/ics.conf", "calendar.configured"),
    Place::on("Node2", "opt/SUNWics5/cal/config/ics.conf", "calendar.configured"),
    Place::on("Node2", "opt/SUNWics5/cal/data/counters", "calendar.configured"),
    Place::on("Node1", "cal/config/ics.conf", "calendar.configured"),
    Place::shared("config/ics.conf", "calendar.configured"),
    Place::shared("csdb/ics50calprops.db", "calendar.data"),
];

impl Place {
    const fn on(node: &'static str, path: &'static str, code: &'static str) -> Self {
        Self { node: Some(node), path, code, early: true }
    }

    const fn shared(path: &'static str, code: &'static str) -> Self {
        Self { node: None, path, code, early: false }
    }

    fn file(&self, lab: &Disk, top: &Path) -> PathBuf {
        let Some(node) = self.node else {
            let volume = std::fs::read_dir(top.join("volumes")).unwrap().next().unwrap();
            return volume.unwrap().path().join(self.path);
        };
        lab.root(&NodeName(node.into())).join(self.path)
    }
}

/// Runs scripts in their turn up to the first that refuses, with what it said.
fn refused(lab: &Disk, all: &[Script]) -> Option<(usize, String)> {
    let mut code = String::new();
    for (at, script) in all.iter().enumerate() {
        let output = with(lab, &script.node, "/bin/sh", &script.text, &[&code], &[]);
        code.clone_from(&script.code);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        match output.status.code() {
            Some(0) => {}
            Some(3) => return Some((at, said)),
            other => panic!("{}: {other:?} {said}", script.name),
        }
    }
    None
}

#[test]
fn no_script_touches_a_calendar_server_of_somebody_else() {
    let resolved = resolved(&[]);
    let guide = Guide::of(&resolved, "asymmetric").unwrap();
    let all = scripts(&guide);
    for place in &PLACES {
        let dir = tempfile::tempdir().unwrap();
        let top = dir.path().join("lab");
        let lab = lab(&resolved, &top);
        handwork(&lab, &guide);
        let file = place.file(&lab, &top);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, "! somebody else's\nlocal.hostname = \"other\"\n").unwrap();
        let fresh = visible(&lab);

        let (at, said) = refused(&lab, &all).unwrap_or_else(|| panic!("{} passes", place.path));
        assert!(said.contains(&format!("[{}]", place.code)), "{}: {said}", place.path);
        assert!(file.is_file(), "{} is gone", place.path);

        let configured = lab.calls().unwrap().iter().any(|c| c.program == "csconfigurator.sh");
        assert!(!configured, "{}: {}", place.path, all[at].name);
        if place.early {
            let changed = visible(&lab).differences(&fresh);
            let others: Vec<&String> =
                changed.iter().filter(|line| !line.contains("/var/opt/calha")).collect();
            assert!(others.is_empty(), "{}: {others:?}", place.path);
        }
    }
}
