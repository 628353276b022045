//! What a program said: a script run by hand asks about the configurator's words as an installation
//! does, and goes on once somebody who knows has said yes.

use calha::guide::Guide;
use calha::lab::{Fault, Trouble};
use calha::plan::scripts;

use super::{handwork, lab, resolved, with};

#[test]
fn a_script_asks_about_words_of_the_configurator_that_nobody_knows() {
    let set = ["configurator.mode=silent", "configurator.state-file=/var/tmp/csconfig.state"];
    let resolved = resolved(&set);
    let guide = Guide::of(&resolved, "asymmetric").unwrap();
    let dir = tempfile::tempdir().unwrap();
    let lab = lab(&resolved, &dir.path().join("lab"));
    handwork(&lab, &guide);
    let call = |nth, trouble| Fault::Call {
        program: "csconfigurator.sh".into(),
        host: None,
        argument: None,
        nth,
        seen: 0,
        trouble,
    };
    lab.inject(call(1, Trouble::Concludes { sentence: "That was it.".into() })).unwrap();

    let (mut code, mut asked) = (String::new(), 0);
    for script in scripts(&guide) {
        let run = |accepted: &[(&str, &str)]| {
            let output = with(&lab, &script.node, "/bin/sh", &script.text, &[&code], accepted);
            (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
        };
        let (mut status, mut said) = run(&[]);
        if said.contains("[configurator.unclear]") {
            // At the step, and once more where nothing is left but to prove it.
            let step = if asked == 0 { "configure-primary" } else { "links" };
            let told = said.contains(&format!("calha: {step}: not proved: "));
            assert!(status == Some(3) && told && said.contains("That was it."), "{said}");
            asked += 1;
            (status, said) = run(&[("CALHA_ACCEPT", "configurator.unclear")]);
        }
        assert_eq!(status, Some(0), "{}: {said}", script.name);
        code.clone_from(&script.code);
    }
    assert!(asked >= 1, "{asked}");
}

#[test]
fn a_script_asks_where_the_log_of_the_configurator_is_not_there() {
    let set = ["configurator.mode=silent", "configurator.state-file=/var/tmp/csconfig.state"];
    let resolved = resolved(&set);
    let guide = Guide::of(&resolved, "asymmetric").unwrap();
    let dir = tempfile::tempdir().unwrap();
    let lab = lab(&resolved, &dir.path().join("lab"));
    handwork(&lab, &guide);

    let (mut code, mut asked) = (String::new(), 0);
    for script in scripts(&guide) {
        let run = |accepted: &[(&str, &str)]| {
            let output = with(&lab, &script.node, "/bin/sh", &script.text, &[&code], accepted);
            (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
        };
        let (mut status, mut said) = run(&[]);
        if said.contains("[configurator.unclear]") {
            assert!(status == Some(3) && said.contains("no log is of this run"), "{said}");
            asked += 1;
            (status, said) = run(&[("CALHA_ACCEPT", "configurator.unclear")]);
        }
        assert_eq!(status, Some(0), "{}: {said}", script.name);
        code.clone_from(&script.code);

        // Somebody tidies up between two scripts.
        for node in &guide.hosts {
            let _ = std::fs::remove_dir_all(lab.root(node).join("var/sadm/install/logs"));
        }
    }
    assert!(asked >= 1, "{asked}");
}
