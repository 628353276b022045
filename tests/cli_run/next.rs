//! What is printed as the next command is typed as it stands, by a shell, and goes on.

use std::process::Command;

use calha::lab::Fault;
use calha::node::NodeName;

use super::site::{Said, Site, said};

/// A site whose profile has a name that a shell would take apart.
fn awkward() -> Site {
    let mut site = Site::new();
    let profile = site.dir.path().join("my site's.toml");
    std::fs::rename(&site.profile, &profile).unwrap();
    site.profile = profile;
    site
}

/// The command behind "next: ", from this word on.
pub fn next(told: &Said, from: &str) -> String {
    let line = told.err.lines().find(|l| l.starts_with("next: "));
    let line = line.unwrap_or_else(|| panic!("{}{}", told.out, told.err));
    let at = line.find(from).unwrap_or_else(|| panic!("{from:?} is not in {line}"));
    line[at..].to_owned()
}

/// Somebody types it, with the journals in `state`.
pub fn typed(site: &Site, command: &str, state: &str) -> Said {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_calha")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", command]).env("PATH", path);
    shell.env("XDG_STATE_HOME", site.dir.path().join(state)).stdin(std::process::Stdio::null());
    said(shell.output().unwrap())
}

#[test]
fn a_command_that_could_not_begin_is_gone_on_with_by_itself() {
    let site = awkward();
    let installed = site.run("install", &["--yes"]);
    assert_eq!(installed.status, 0, "{}{}", installed.out, installed.err);

    // A resumed installation would find nothing to do: it is the removal that was wanted.
    let secret = site.dir.path().join("of root");
    let set = format!("node.Node1.become-password={{file=\"{}\"}}", secret.display());
    let of_su = ["--yes", "--set", "node.Node1.become=su", "--set", &set];
    let without = site.run("uninstall", &of_su);
    assert_eq!(without.status, 1, "{}{}", without.out, without.err);
    let again = next(&without, "calha ");
    assert!(again.starts_with("calha uninstall '"), "{again}");
    assert!(again.ends_with(&format!("--set '{set}'")), "{again}");
    let same = typed(&site, &again, "state");
    assert_eq!((same.status, next(&same, "calha ")), (1, again), "{}", same.err);

    let unreachable = ["--yes", "--set", "node.Node2.connection={command=[\"/bin/false\"]}"];
    let lost = site.run("uninstall", &unreachable);
    assert_eq!(lost.status, 5, "{}{}", lost.out, lost.err);
    assert!(next(&lost, "calha ").starts_with("calha uninstall '"), "{}", lost.err);

    let asked = site.run("uninstall", &[]);
    assert_eq!(asked.status, 3, "{}{}", asked.out, asked.err);
    let gone = typed(&site, &next(&asked, "calha "), "state");
    assert_eq!(gone.status, 0, "{}{}", gone.out, gone.err);
}

#[test]
fn an_installation_from_elsewhere_is_taken_over_by_what_is_printed() {
    let site = awkward();
    let installed = site.run("install", &["--yes"]);
    assert_eq!(installed.status, 0, "{}{}", installed.out, installed.err);

    std::fs::rename(site.dir.path().join("state"), site.dir.path().join("another")).unwrap();
    for command in ["install", "uninstall", "rollback", "resume"] {
        let refused = site.run(command, &["--yes"]);
        assert_eq!(refused.status, 1, "{command}: {}{}", refused.out, refused.err);
        let next = next(&refused, "calha ");
        assert!(next.starts_with("calha adopt '"), "{command}: {next}");
    }
    let refused = site.run("uninstall", &["--yes"]);
    let adopted = typed(&site, &next(&refused, "calha "), "state");
    assert_eq!(adopted.status, 0, "{}{}", adopted.out, adopted.err);
    // It has ended: nothing of it is left to be resumed.
    let status = site.run("status", &["--format", "json"]);
    let standing: serde_json::Value = serde_json::from_str(&status.out).unwrap();
    let next = standing["commands"][0]["command"].as_str().unwrap_or_else(|| panic!("{standing}"));
    assert!(next.starts_with("calha install '"), "{next}");
    assert!(standing["problems"][0].as_str().unwrap().ends_with("; to do: agent"), "{standing}");
    assert!(adopted.out.contains(&format!("{next} does what is left")), "{}", adopted.out);
    let gone = site.run("uninstall", &["--yes"]);
    assert_eq!(gone.status, 0, "{}{}", gone.out, gone.err);
}

#[test]
fn what_is_refused_for_how_it_was_typed_is_not_typed_again() {
    let site = awkward();
    let none = site.run("install", &["--yes", "--only", "vfstab-enty"]);
    assert_eq!(none.status, 2, "{}", none.err);
    assert!(none.err.contains("hint: did you mean vfstab-entry?"), "{}", none.err);
    assert!(!none.err.contains("--accept CODE"), "{}", none.err);

    // Only some steps: a resumed run would do all the others as well.
    let host = NodeName("Node2".into());
    site.lab.inject(Fault::DiskFull { host, path: "/etc".into() }).unwrap();
    let part =
        site.run("install", &["--yes", "--only", "vfstab-entry", "--only", "mount-directory"]);
    assert_eq!(part.status, 1, "{}{}", part.out, part.err);
    let again = next(&part, "calha ");
    assert!(again.contains(" --only vfstab-entry"), "{again}");
    site.lab.clear_faults().unwrap();
    let done = typed(&site, &again, "state");
    assert_eq!(done.status, 0, "{}{}", done.out, done.err);
    assert!(!done.out.contains("] resource-group"), "{}", done.out);
}

/// Setting what another entry says is refused once steps have used the old settings, so what undoes
/// them is named before it.
#[test]
fn a_way_out_that_changes_settings_works_from_where_an_installation_is() {
    let site = awkward();
    let steps = ["--yes", "--only", "vfstab-entry", "--only", "mount-directory"];
    let done = site.run("install", &steps);
    assert_eq!(done.status, 0, "{}{}", done.out, done.err);
    // Nobody has removed what the other settings look for.
    let device = ["--set", "instance.cal.block-device=/dev/md/penguin/dsk/d401"];
    let other = site.run("verify", &device);
    assert_eq!(other.status, 3, "{}{}", other.out, other.err);
    assert!(other.err.contains("[profile.changed]"), "{}", other.err);
    assert!(!other.err.contains("since"), "{}", other.err);

    let vfstab = site.lab.root(&NodeName("Node2".into())).join("etc/vfstab");
    let text = std::fs::read_to_string(&vfstab).unwrap();
    std::fs::write(&vfstab, text.replace("dsk/d400", "dsk/d401")).unwrap();

    let refused = site.run("install", &steps);
    assert_eq!(refused.status, 1, "{}{}", refused.out, refused.err);
    let hint =
        refused.err.lines().find(|line| line.contains(" is the right one, set block-device"));
    let back =
        hint.and_then(|line| line.rsplit_once(": ")).unwrap_or_else(|| panic!("{}", refused.err));
    assert!(back.1.ends_with(" --from vfstab-entry"), "{}", back.1);
    let accepted = format!("{} --yes --accept drift.vfstab-entry", back.1);
    let undone = typed(&site, &accepted, "state");
    assert_eq!(undone.status, 0, "{}{}", undone.out, undone.err);
    let again = site.run("install", &[&steps[..], &device].concat());
    assert!(!again.err.contains("[profile.changed]"), "{}", again.err);
    assert!(!again.err.contains("[vfstab.other-entry]"), "{}", again.err);
}
