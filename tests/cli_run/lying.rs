//! Programs that lie on a real lab: a sample of what the crash matrix tries in memory.

use calha::lab::{Fault, Trouble};

use super::site::Site;

fn lies(site: &Site, program: &str, trouble: Trouble) {
    let fault = Fault::Call {
        program: program.into(),
        host: None,
        argument: None,
        nth: 1,
        seen: 0,
        trouble,
    };
    site.lab.inject(fault).unwrap();
}

#[test]
fn a_program_that_lies_ends_an_installation_at_its_own_step() {
    let local = Trouble::Misplaces { ending: "-other".into() };
    for (program, trouble, told) in [
        ("installer", Trouble::Pretends { after: 1 }, "installed-tree"),
        ("csconfigurator.sh", local, "/cal/config/ics.conf is not there"),
        ("csconfigurator.sh", Trouble::Pretends { after: 11 }, "configure-primary"),
    ] {
        let site = Site::new();
        lies(&site, program, trouble.clone());
        let said = site.run("install", &["--yes"]);
        let all = format!("{}{}", said.out, said.err);
        assert!(said.status == 1 && all.contains(told), "{trouble:?}: {} {all}", said.status);
    }
}

#[test]
fn words_that_nobody_knows_are_a_question_with_what_was_said() {
    let site = Site::new();
    lies(&site, "csconfigurator.sh", Trouble::Concludes { sentence: "That was it.".into() });
    let said = site.run("install", &["--yes"]);
    let all = format!("{}{}", said.out, said.err);
    let asked = all.contains("configurator.unclear") && all.contains("That was it.");
    assert!(said.status == 3 && asked, "{} {all}", said.status);

    let accepted = site.run("install", &["--yes", "--accept", "configurator.unclear"]);
    assert_eq!(accepted.status, 0, "{}{}", accepted.out, accepted.err);
    let verified = site.run("verify", &[]);
    assert_eq!(verified.status, 0, "{}{}", verified.out, verified.err);
}
