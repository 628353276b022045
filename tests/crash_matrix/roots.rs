//! Which install roots an installer allows on a host: a second one is refused before the first change, and what stands stays ours to
//! verify and to undo.

use std::path::Path;

use calha::engine::{Engine, Event, Stop};
use calha::guide::Guide;
use calha::node::Command;
use calha::setting::{Resolved, resolve};

use super::bench::{Start, difference, install, node, of_model, rollback, run, visible};
use super::models::refuses;
use super::whole::{leftovers, once_and_back};

/// A model whose programs are on each node's own disks.
fn local(model: &str, kind: &str) -> Resolved {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("profiles/{model}.toml"));
    let text = std::fs::read_to_string(file).unwrap();
    let shared =
        |line: &&str| line.starts_with("install-root-device") || line.starts_with("var-dir-device");
    let kept: Vec<&str> = text.lines().filter(|line| !shared(line)).collect();
    let text = kept.join("\n").replace("# kind = \"suite-5\"", &format!("kind = \"{kind}\""));
    resolve(&calha::profile::parse("local.toml", &text)).unwrap_or_else(|p| panic!("{p:?}"))
}

/// Nodes on which somebody has installed the programs of all instances with commpkg, below local roots.
fn with_local_programs(model: &str) -> Start {
    let resolved = local(model, "commpkg");
    let mut start = Start::fresh(&resolved);
    for instance in &resolved.settings.instances {
        let file = format!("/var/tmp/calha-installer-{}.state", instance.name);
        let program = resolved.settings.installer.program.as_ref().unwrap().as_str();
        let command = Command::new(program, ["install", "--silent", &file]);
        for name in &instance.nodes {
            let said = start.rack.lab.exec(name, &command, b"").unwrap();
            assert!(said.success(), "{}", String::from_utf8_lossy(&said.stderr));
        }
    }
    start
}

#[test]
fn a_second_install_root_on_a_host_is_refused_unless_the_installer_is_commpkg() {
    for model in ["symmetric", "n-plus-one"] {
        refuses(&local(model, "suite-5"), Start::fresh, "preflight.second-root");
        once_and_back(&local(model, "commpkg"));
    }

    // One root in the profile, and another one on the node.
    let one = of_model("asymmetric", &["instance.cal.install-root=/cs", "instance.cal.var-dir=/v"]);
    refuses(&one, |_| with_local_programs("n-plus-one"), "Calendar Server is installed below");
}

#[test]
fn local_programs_that_stand_are_verified_and_taken_back() {
    let (resolved, start) = (local("n-plus-one", "suite-5"), with_local_programs("n-plus-one"));
    let guide = Guide::of(&resolved, "cal").unwrap();
    let (after, done) = run(&guide, &start, &install);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let (verified, _) = run(&guide, &done, &verified);
    verified.result.unwrap_or_else(|stop| panic!("{stop:#?}"));

    let (back, end) = run(&guide, &done, &rollback);
    back.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let left = leftovers(&guide);
    let left: Vec<&str> = left.iter().map(String::as_str).collect();
    let (now, then) = (visible(&end.rack, &left), visible(&start.rack, &left));
    assert!(now == then, "{}", difference(&now, &then));
}

#[test]
fn what_the_spare_lacks_of_an_installation_is_done_by_hand_and_named() {
    let resolved = of_model("n-plus-one", &[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let packages = |start: &Start, name: &str| {
        start.rack.lab.cluster().hosts[&node(name)].packages.keys().cloned().collect::<Vec<_>>()
    };
    let (after, done) = run(&guide, &Start::fresh(&resolved), &install);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    assert_eq!(packages(&done, "Node4"), packages(&done, "Node1"));

    // Somebody has made only the package known there: what is missing is said, and is nobody's fault.
    let mut bare = Start::fresh(&resolved);
    let spare = bare.rack.lab.cluster_mut().hosts.get_mut(&node("Node4")).unwrap();
    spare.packages.insert("SUNWics5".into(), "/opt".into());
    let (after, _) = run(&guide, &bare, &install);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let said = format!("{:?}", after.events.iter().filter(|e| is_notice(e)).collect::<Vec<_>>());
    let wanted = "lacks packages that Node1 has: SUNWica5, SUNWicu";
    assert!(said.contains("spare.packages") && said.contains(wanted), "{said}");
}

/// Nothing is to be done, and nothing is wrong.
fn verified(engine: &mut Engine<'_>) -> Result<(), Stop> {
    let (survey, problems) = engine.verify()?;
    let odd = survey.findings.iter().any(calha::engine::Finding::is_work);
    assert!(!odd && survey.questions.is_empty() && problems.is_empty(), "{survey:?} {problems:?}");
    Ok(())
}

fn is_notice(event: &Event) -> bool {
    matches!(event, Event::Notice { .. })
}
