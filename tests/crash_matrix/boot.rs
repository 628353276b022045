//! What starts the server when a node boots: entries of run levels and services of SMF that speak
//! of cal-svr-base, and nothing that only has a name like it.

use calha::guide::Guide;
use calha::lab::Trouble;
use calha::node::{Files, Mode, Owner};

use super::bench::{Start, install, node, path, resolved, run};
use super::documents::verify;

const ENTRY: &str = "/etc/rc3.d/S99cal";
const MANIFEST: &str = "/var/svc/manifest/site/cal.xml";

/// An installation on a Node1 that has SMF.
fn installed() -> (Guide, Start) {
    let resolved = resolved(&[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let mut fresh = Start::fresh(&resolved);
    fresh.rack.lab.make_solaris_10(&node("Node1")).unwrap();
    let (after, start) = run(&guide, &fresh, &install);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    (guide, start)
}

fn write(start: &mut Start, file: &str, text: &str) {
    let mut files = start.rack.lab.files(&node("Node1"));
    let (directory, _) = file.rsplit_once('/').unwrap();
    for (at, _) in format!("{directory}/").match_indices('/').skip(1) {
        let above = path(&directory[..at.min(directory.len())]);
        if !files.stat(&above).unwrap().exists() {
            files.mkdir(&above, Mode(0o755), Owner::ROOT).unwrap();
        }
    }
    files.write(&path(file), text.as_bytes(), Mode(0o644), Owner::ROOT).unwrap();
}

#[test]
fn whatever_starts_the_server_at_boot_is_found_and_its_neighbour_is_not() {
    let (guide, start) = installed();
    for (file, before, behind) in
        [(ENTRY, "#!/sbin/sh\n", "\n"), (MANIFEST, "<exec_method exec='", "'/>")]
    {
        for (program, found) in [
            ("/opt/SUNWics5/cal/sbin/start-cal", true),
            ("/opt/SUNWics5/calendar-old/sbin/start-cal", false),
        ] {
            let mut start = start.clone();
            write(&mut start, file, &format!("{before}{program} start{behind}"));
            let said = verify(&guide, &start);
            let is_found = said.problems.iter().any(|code| code == "configurator.starts-at-boot");
            assert_eq!(is_found, found, "{file} {program}: {said:?}");
        }
    }
}

#[test]
fn what_cannot_be_listed_is_not_proved() {
    let (guide, start) = installed();
    // Logs are looked for with find as well.
    for (program, argument) in [("find", Some("/etc/rc")), ("svcprop", None)] {
        let mut start = start.clone();
        start.first_call(
            program,
            Some("Node1"),
            argument,
            Trouble::Fails { status: 1, text: "no service repository\n".into() },
        );
        let said = verify(&guide, &start);
        let codes: Vec<&String> = said.problems.iter().collect();
        assert_eq!(codes, ["configurator.boot-unknown"], "{program}");
    }
}
