//! The guide's own operations through the shell of a node on disk.

use calha::guide::Guide;
use calha::host::{Applied, Due, Host, ShellHost};
use calha::node::{Command, HostError, Inspect};

use crate::disk::Typed;
use crate::site::*;

#[test]
fn the_guides_first_steps_are_done_once() {
    let typed = Typed::new();
    let guide = Guide::new(&settings(), "cal").unwrap();
    let host = ShellHost::connect(typed.lab.connector(&node("Node1")), &guide.record).unwrap();
    assert_eq!(host.take("a test"), Ok(None));
    let steps = ["record", "accounts", "mount-directory", "vfstab-entry", "resource-types"];
    let ops: Vec<_> = guide
        .ops()
        .into_iter()
        .filter(|(step, id, _)| steps.contains(&step.id.as_str()) && id.node == node("Node1"))
        .map(|(_, id, op)| (id, op))
        .collect();
    assert!(ops.len() >= 8, "{ops:?}");
    for (id, op) in &ops {
        assert_eq!(host.apply(&Due::unseen(id, op)), Ok(Applied::Done), "{id}");
    }
    let changes = typed.lab.changing_calls().unwrap().len();
    for (id, op) in &ops {
        assert_eq!(host.apply(&Due::unseen(id, op)), Ok(Applied::Already), "{id}: the second time");
        assert_eq!(op.reality(&host).map(|r| r.to_string()), Ok("present".into()), "{id}");
    }
    assert_eq!(
        typed.lab.changing_calls().unwrap().len(),
        changes,
        "the second time changed something"
    );
    assert_eq!(host.release("a test"), Ok(()));
    assert_eq!(host.remove_record(), Ok(()));
    assert!(!host.stat(&path("/var/opt/calha")).unwrap().exists());
}

#[test]
fn a_node_that_is_down_is_not_a_node_where_nothing_is() {
    let typed = Typed::new();
    let guide = Guide::new(&settings(), "cal").unwrap();
    let connector = typed.lab.connector(&node("Node1"));
    let host = ShellHost::connect(connector.clone(), &guide.record).unwrap();
    assert!(host.query(&Command::new("/usr/bin/uname", ["-r"])).unwrap().success());
    typed.lab.kill_node(&node("Node1")).unwrap();
    assert!(matches!(host.stat(&path("/cal")), Err(HostError::Lost { .. })));
    assert!(matches!(
        ShellHost::connect(connector, &guide.record),
        Err(HostError::Unreachable { .. })
    ));
}
