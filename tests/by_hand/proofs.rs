//! The last scripts prove the service, and record nothing as complete that does not serve.

use calha::guide::Guide;
use calha::lab::Fault;
use calha::plan::scripts;

use super::{handwork, lab, resolved, with};

#[test]
fn the_last_script_proves_the_service_or_fails() {
    let resolved = resolved(&[]);
    let guide = Guide::of(&resolved, "asymmetric").unwrap();
    let dir = tempfile::tempdir().unwrap();
    let lab = lab(&resolved, &dir.path().join("lab"));
    handwork(&lab, &guide);
    let all = scripts(&guide);
    let proves = |text: &str| text.contains("\ncalha_op=prove\n");
    let (last, before) = all.split_last().unwrap();
    assert!(proves(&last.text), "{}", last.name);

    let mut code = String::new();
    for script in before {
        let output = with(&lab, &script.node, "/bin/sh", &script.text, &[&code], &[]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{}: {said}", script.name);
        let compares = said.contains("compare: /usr/cluster/bin/scstat -q: more votes are present");
        assert_eq!(compares, script.name.as_str() < "03", "{said}");
        assert_eq!(proves(&script.text), said.contains("calha: prove: proved: "), "{said}");
        code.clone_from(&script.code);
    }

    // Somebody stops the service before the last script.
    let disable = "\"$CALHA_LAB_ROOT\"/usr/cluster/bin/scswitch -n -j CAL-SVR-RS\n";
    let enable = disable.replace(" -n ", " -e ");
    let typed = |line: &str| with(&lab, &last.node, "/bin/sh", line, &[], &[]).status.success();
    assert!(typed(disable));
    let output = with(&lab, &last.node, "/bin/sh", &last.text, &[&code], &[]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.code() == Some(1) && said.contains("[service.not-online]"), "{said}");
    assert!(!said.contains("complete.1: done"), "{said}");

    // That it runs, a word that calha does not know does not prove, and does not deny.
    assert!(typed(&enable));
    let reads = Fault::StateReads { of: "CAL-SVR-RS".into(), word: "RECONSIDERING".into() };
    lab.inject(reads).unwrap();
    let output = with(&lab, &last.node, "/bin/sh", &last.text, &[&code], &[]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.code() == Some(3) && said.contains("prove: not proved: "), "{said}");
    assert!(said.contains("calha does not know the state of CAL-SVR-RS on "), "{said}");
    assert!(said.contains("[service.state-unknown]") && !said.contains("complete.1: done"));

    lab.clear_faults().unwrap();
    let output = with(&lab, &last.node, "/bin/sh", &last.text, &[&code], &[]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && said.contains("calha: prove: proved: "), "{said}");
}
