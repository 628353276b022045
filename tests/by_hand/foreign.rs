//! A Calendar Server of somebody else, in each place where it may stand: no script touches it, and
//! one that stands where it can be seen keeps every node as it was.

use calha::guide::Guide;
use calha::lab::Disk;
use calha::node::NodeName;
use calha::plan::{Script, scripts};

use super::foreign_places::{PLACES, Place};
use super::thorough::thorough;
use super::{handwork, lab, resolved, visible, with};

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

fn is_left_alone(place: &Place) {
    let resolved = resolved(&place.set.into_iter().collect::<Vec<_>>());
    let guide = Guide::of(&resolved, "asymmetric").unwrap();
    let all = scripts(&guide);
    let dir = tempfile::tempdir().unwrap();
    let lab = lab(&resolved, &dir.path().join("lab"));
    handwork(&lab, &guide);
    place.stage(&lab);
    let fresh = visible(&lab);

    let (at, said) = refused(&lab, &all).unwrap_or_else(|| panic!("{} passes", place.name));
    // An operation that finds something else says so itself.
    let told = match place.code.strip_prefix("drift.") {
        Some(step) => format!("calha: {step}.1: differs: "),
        None => format!("[{}]", place.code),
    };
    assert!(said.contains(&told), "{}: {} {said}", place.name, all[at].name);
    place.is_untouched(&lab);
    if place.early {
        let changed = visible(&lab).differences(&fresh);
        let others: Vec<&String> =
            changed.iter().filter(|line| !line.contains("/var/opt/calha")).collect();
        assert!(others.is_empty(), "{}: {others:?}", place.name);
    }
}

#[test]
fn no_script_touches_a_calendar_server_of_somebody_else() {
    // What is seen late takes most scripts.
    let late = |place: &&Place| !place.early;
    PLACES.iter().filter(|place| place.early).for_each(is_left_alone);
    PLACES
        .iter()
        .filter(late)
        .take(if thorough() { PLACES.len() } else { 2 })
        .for_each(is_left_alone);
}

/// What calha reads of a table and of packages, scripts find as well, before the first change on
/// any node.
#[test]
fn a_wrong_vfstab_and_a_second_root_stop_scripts_before_the_first_change() {
    let resolved = resolved(&[]);
    let guide = Guide::of(&resolved, "asymmetric").unwrap();
    let all = scripts(&guide);
    let device = "/dev/md/penguin/dsk/d400";
    let lines = [
        ("vfstab.device-in-use", format!("{device} - /elsewhere ufs - no -\n")),
        (
            "vfstab.other-entry",
            "/dev/dsk/c0t1d0s0\t/dev/rdsk/c0t1d0s0\t/cal/ ufs 2 yes -\n".to_owned(),
        ),
        ("vfstab.fields", format!("{device}\t/cal\tufs\n")),
        ("vfstab.crlf", "nas:/x - /x nfs - yes -\r\n".to_owned()),
    ];
    let node = NodeName("Node2".into());
    for wrong in lines.iter().map(Some).chain([None]) {
        let dir = tempfile::tempdir().unwrap();
        let lab = lab(&resolved, &dir.path().join("lab"));
        handwork(&lab, &guide);
        let code = if let Some((code, line)) = wrong {
            let file = lab.root(&node).join("etc/vfstab");
            let text = std::fs::read_to_string(&file).unwrap();
            std::fs::write(&file, format!("# {device} /cal is a comment\n{text}{line}")).unwrap();
            code
        } else {
            lab.edit(|cluster| {
                let packages = &mut cluster.hosts.get_mut(&node).unwrap().packages;
                packages.insert("SUNWics5".into(), "/export/other".into());
            })
            .unwrap();
            "preflight.second-root"
        };

        let fresh = visible(&lab);
        let (at, said) = refused(&lab, &all).unwrap_or_else(|| panic!("{wrong:?} passes"));
        assert_eq!(all[at].node, node, "{said}");
        assert!(said.contains(&format!("[{code}]")), "{wrong:?}: {said}");
        assert!(all[at].text.contains("compare: /usr/cluster/bin/scstat -q: more votes"));
        let changed = visible(&lab).differences(&fresh);
        let others = changed.iter().filter(|line| !line.contains("/var/opt/calha")).count();
        assert_eq!(others, 0, "{wrong:?}: {changed:?}");
    }
}
